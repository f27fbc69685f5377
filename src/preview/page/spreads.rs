//! The pages as bound: spreads, with the first page alone on a recto.

use crate::html::page::contents::PageContents;
use crate::html::page::stylesheet::PageStylesheet;
use crate::html::page::viewport::{Viewport, css};
use crate::html::page::writer::PageWriter;
use crate::html::xml::Xml;
use crate::model::{Book, Entry, Item, Length, Page, Pages, Side, plain_text};

use super::bound::{BoundPages, Spread};
use super::findings::{PinnedFinding, write_pin};
use super::pictures;
use super::resources::{PictureSource, Resource, Resources, digest};

/// Text closer to the trim than this may be cut off.
const SAFETY: Length = Length::mm(3);

/// Writes spreads as HTML.
pub(in crate::preview) struct SpreadWriter<'a> {
    book: &'a Book,
    pages: BoundPages<'a>,
    contents: PageContents<'a>,
    cover_contents: Option<PageContents<'a>>,
    stylesheet: PageStylesheet<'a>,
    viewport: Viewport,
    addresses: Vec<Option<String>>,
    with_bleed: bool,
    /// The document of the e-book that shows the same as a page, by the page's index.
    documents: &'a [Option<String>],
}

impl<'a> SpreadWriter<'a> {
    pub(in crate::preview) fn new(
        (book, pages): (&'a Book, BoundPages<'a>),
        stylesheet: PageStylesheet<'a>,
        documents: &'a [Option<String>],
        with_bleed: bool,
    ) -> Self {
        let addresses = (0..pages.cover_index()).map(|index| Some(format!("#p{index}"))).collect();
        Self {
            book,
            pages,
            contents: PageContents::new(book, pages.pages),
            cover_contents: pages.cover.map(|cover| PageContents::new(book, cover)),
            stylesheet,
            viewport: pictures::viewport(pages.pages),
            addresses,
            with_bleed,
            documents,
        }
    }

    /// The stylesheet of the pages, with the lengths that the preview's own stylesheet uses.
    pub(in crate::preview) fn css(&self) -> String {
        let px = |length| css(self.viewport.px(length));
        let bleed = self.pages.pages.bleed;
        format!(
            "{}:root {{\n  --pw: {};\n  --ph: {};\n  --bleed-top: {};\n  --bleed-bottom: {};\n  \
             --bleed-inner: {};\n  --bleed-outer: {};\n  --safety: {};\n}}\n\n{}",
            self.stylesheet.font_face_rules,
            self.viewport.pixels.width,
            self.viewport.pixels.height,
            px(bleed.top),
            px(bleed.bottom),
            px(bleed.inner),
            px(bleed.outer),
            px(SAFETY),
            self.stylesheet.scoped_rules(".sheet"),
        )
    }

    /// A spread as HTML.
    pub(in crate::preview) fn spread(
        &self,
        number: usize,
        spread: Spread,
        findings: &[PinnedFinding],
        resources: &mut Resources,
    ) -> std::io::Result<String> {
        let mut content = Xml::html();
        for index in [spread.verso, spread.recto] {
            match index {
                Some(index) => self.page(&mut content, index, findings, resources),
                None if self.pages.is_cover(spread) => {}
                None => content.element("div", &[("class", "page empty")], |_| {}),
            }
        }
        let content = String::from_utf8_lossy(&content.into_bytes()?).into_owned();
        let mut xml = Xml::html();
        let label = spread.label(self.pages);
        let (id, version) = (format!("s{number}"), digest(content.as_bytes()));
        let cover_size = self.pages.cover.filter(|_| self.pages.is_cover(spread));
        let cover_size = cover_size.map(|cover| self.cover_size(cover));
        let class = if cover_size.is_some() { "spread cover" } else { "spread" };
        let mut attributes = vec![
            ("class", class),
            ("id", id.as_str()),
            ("role", "group"),
            ("aria-label", &label),
            // Scripts replace only what has changed.
            ("data-v", &version),
        ];
        attributes.extend(cover_size.as_deref().map(|size| ("style", size)));
        xml.element("div", &attributes, |xml| xml.raw(&content));
        xml.line();
        Ok(String::from_utf8_lossy(&xml.into_bytes()?).into_owned())
    }

    /// The size and the bleed of the cover, which differ from those of the pages.
    fn cover_size(&self, cover: &Pages) -> String {
        let px = |length| css(self.viewport.px(length));
        let (width, height, bleed) =
            (px(cover.trim.width), px(cover.trim.height), px(cover.bleed.top));
        format!(
            "--pw:{width};--ph:{height};--bleed-top:{bleed};--bleed-bottom:{bleed};\
             --bleed-inner:{bleed};--bleed-outer:{bleed}"
        )
    }

    fn page(
        &self,
        xml: &mut Xml,
        index: usize,
        findings: &[PinnedFinding],
        resources: &mut Resources,
    ) {
        let Some((page, pages)) = self.pages.page(index) else { return };
        let is_cover = index == self.pages.cover_index();
        let area = pictures::area(page, pages, self.with_bleed);
        let mut add_picture = |(item, placed): (usize, &Item)| {
            let Item::Picture(placed) = placed else { return None };
            let cropped = pictures::cropped(placed, &area, self.viewport, false);
            Some(cropped.map(|cropped| {
                let source = PictureSource::Placed { page: index, item, small: false };
                let identity = pictures::identity(&cropped);
                resources.add("picture", identity.as_bytes(), Resource::Picture(source))
            }))
        };
        let addresses: Vec<_> =
            page.items.iter().enumerate().filter_map(&mut add_picture).collect();
        let content = match &self.cover_contents {
            Some(contents) if is_cover => contents.page(0, area, &addresses),
            _ => self.contents.page(index, area, &addresses),
        };
        let Some(content) = content else { return };
        let writer = PageWriter {
            language: &self.book.language,
            viewport: self.viewport,
            stylesheet: &self.stylesheet,
            addresses: &self.addresses,
            lazy: true,
            bleed: 0.0,
        };
        let folio = if is_cover { "Cover".to_owned() } else { page.folio.to_string() };
        let is_blank = page.items.is_empty();
        let blank = if is_blank { ", blank" } else { "" };
        let side = if page.side == Side::Recto { "page recto" } else { "page verso" };
        let (id, label) = (format!("p{index}"), format!("Page {folio}{blank}"));
        let label = if is_cover { folio.clone() } else { label };
        let key = self.key(index, page);
        let mut attributes = vec![
            ("class", side),
            ("id", id.as_str()),
            ("aria-label", label.as_str()),
            ("data-key", key.as_str()),
        ];
        if let Some(document) = self.documents.get(index).and_then(Option::as_deref) {
            attributes.push(("data-document", document));
        }
        xml.element("article", &attributes, |xml| {
            let language = &self.book.language;
            let direction = if language.is_right_to_left() { "rtl" } else { "ltr" };
            let sheet = [("class", "sheet"), ("lang", language.tag()), ("dir", direction)];
            xml.line();
            xml.open("div", &sheet);
            xml.mark_others_than(language);
            writer.content(xml, &content);
            xml.mark_nothing();
            xml.close("div");
            xml.element("div", &[("class", "guides"), ("aria-hidden", "true")], |_| {});
            xml.element("p", &[("class", "folio"), ("aria-hidden", "true")], |xml| {
                xml.text(&folio);
            });
            let mut pins = findings.iter().filter(|finding| finding.page == Some(index)).peekable();
            if pins.peek().is_some() {
                xml.element("div", &[("class", "pins")], |xml| {
                    pins.for_each(|finding| write_pin(xml, finding));
                });
            }
            xml.line();
        });
    }

    /// What identifies a page when pages are added before it: the entry that it shows, and its
    /// position among the pages of this entry.
    fn key(&self, index: usize, page: &Page) -> String {
        let text = match self.contents.entry(page) {
            Some(Entry::Plate(plate) | Entry::Frontispiece(plate)) => plate.picture.name.clone(),
            Some(entry) => entry.title().map(plain_text).unwrap_or_default(),
            None => String::new(),
        };
        if index == self.pages.cover_index() {
            return digest(b"cover");
        }
        let first = self.pages.pages.pages.iter().position(|other| other.entry == page.entry);
        digest(format!("{text} {}", index - first.unwrap_or(index)).as_bytes())
    }
}
