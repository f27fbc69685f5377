//! The pages as bound: spreads, with the first page alone on a recto.

use crate::html::page::contents::PageContents;
use crate::html::page::stylesheet::PageStylesheet;
use crate::html::page::viewport::{Viewport, css};
use crate::html::page::writer::PageWriter;
use crate::html::xml::Xml;
use crate::model::LanguageRuns;
use crate::model::{Book, Entry, Item, Length, Page, Pages, Side, plain_text};

use super::findings::{PinnedFinding, write_pin};
use super::pictures;
use super::resources::{PictureSource, Resource, Resources, digest};

/// Text closer to the trim than this may be cut off.
const SAFETY: Length = Length::mm(3);

/// Two pages that face each other, by their indices. The first page faces the cover, and the last
/// one may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::preview) struct Spread {
    /// The page that is read first.
    pub(in crate::preview) verso: Option<usize>,
    /// The other one.
    pub(in crate::preview) recto: Option<usize>,
}

impl Spread {
    /// The indices of its pages, in reading order.
    pub(in crate::preview) fn pages(self) -> impl Iterator<Item = usize> {
        self.verso.into_iter().chain(self.recto)
    }

    /// The folios of its pages: `Page i`, `Pages 2–3`.
    pub(in crate::preview) fn label(self, pages: &Pages) -> String {
        let folios = self.folios(pages);
        if folios.contains('–') { format!("Pages {folios}") } else { format!("Page {folios}") }
    }

    /// The folios of its pages: `i`, `2–3`.
    pub(in crate::preview) fn folios(self, pages: &Pages) -> String {
        let folios: Vec<String> = self
            .pages()
            .filter_map(|index| Some(pages.pages.get(index)?.folio.to_string()))
            .collect();
        folios.join("–")
    }
}

/// The spreads of this many pages.
pub(in crate::preview) fn spreads(pages: usize) -> Vec<Spread> {
    let existing = |index: usize| (index < pages).then_some(index);
    let first = existing(0).map(|recto| Spread { verso: None, recto: Some(recto) });
    let others = (1..pages)
        .step_by(2)
        .map(|verso| Spread { verso: Some(verso), recto: existing(verso + 1) });
    first.into_iter().chain(others).collect()
}

/// Writes spreads as HTML.
pub(in crate::preview) struct SpreadWriter<'a> {
    book: &'a Book,
    pages: &'a Pages,
    contents: PageContents<'a>,
    stylesheet: PageStylesheet<'a>,
    viewport: Viewport,
    addresses: Vec<Option<String>>,
    with_bleed: bool,
    /// The document of the e-book that shows the same as a page, by the page's index.
    documents: &'a [Option<String>],
}

impl<'a> SpreadWriter<'a> {
    pub(in crate::preview) fn new(
        (book, pages): (&'a Book, &'a Pages),
        stylesheet: PageStylesheet<'a>,
        documents: &'a [Option<String>],
        with_bleed: bool,
    ) -> Self {
        let addresses = (0..pages.pages.len()).map(|index| Some(format!("#p{index}"))).collect();
        Self {
            book,
            pages,
            contents: PageContents::new(book, pages),
            stylesheet,
            viewport: pictures::viewport(pages),
            addresses,
            with_bleed,
            documents,
        }
    }

    /// The stylesheet of the pages, with the lengths that the preview's own stylesheet uses.
    pub(in crate::preview) fn css(&self) -> String {
        let px = |length| css(self.viewport.px(length));
        let bleed = self.pages.bleed;
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
                None => content.element("div", &[("class", "page empty")], |_| {}),
            }
        }
        let content = String::from_utf8_lossy(&content.into_bytes()?).into_owned();
        let mut xml = Xml::html();
        let label = spread.label(self.pages);
        let attributes = [
            ("class", "spread"),
            ("id", &*format!("s{number}")),
            ("role", "group"),
            ("aria-label", &label),
            // Scripts replace only what has changed.
            ("data-v", &digest(content.as_bytes())),
        ];
        xml.element("div", &attributes, |xml| xml.raw(&content));
        xml.line();
        Ok(String::from_utf8_lossy(&xml.into_bytes()?).into_owned())
    }

    fn page(
        &self,
        xml: &mut Xml,
        index: usize,
        findings: &[PinnedFinding],
        resources: &mut Resources,
    ) {
        let Some(page) = self.pages.pages.get(index) else { return };
        let area = pictures::area(page, self.pages, self.with_bleed);
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
        let Some(content) = self.contents.page(index, area, &addresses) else { return };
        let writer = PageWriter {
            language: &self.book.language,
            viewport: self.viewport,
            stylesheet: &self.stylesheet,
            addresses: &self.addresses,
            lazy: true,
        };
        let folio = page.folio.to_string();
        let is_blank = page.items.is_empty();
        let blank = if is_blank { ", blank" } else { "" };
        let side = if page.side == Side::Recto { "page recto" } else { "page verso" };
        let (id, label) = (format!("p{index}"), format!("Page {folio}{blank}"));
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
            xml.mark(LanguageRuns::new(language));
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
            Some(Entry::Essay(essay) | Entry::Dedication(essay) | Entry::Colophon(essay)) => {
                essay.title().map(plain_text).unwrap_or_default()
            }
            Some(Entry::Chapter(chapter)) => plain_text(&chapter.title),
            None => String::new(),
        };
        let first = self.pages.pages.iter().position(|other| other.entry == page.entry);
        digest(format!("{text} {}", index - first.unwrap_or(index)).as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_stands_alone_on_the_recto() {
        assert_eq!(spreads(0), []);
        let first = Spread { verso: None, recto: Some(0) };
        assert_eq!(spreads(1), [first]);
        assert_eq!(spreads(2), [first, Spread { verso: Some(1), recto: None }]);
        assert_eq!(spreads(3), [first, Spread { verso: Some(1), recto: Some(2) }]);
    }
}
