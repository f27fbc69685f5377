//! One page: its boxes, its content, what can be clicked.

use std::collections::BTreeMap;
use std::io::Write;

use pdf_writer::types::{ActionType, AnnotationFlags, AnnotationType, TabOrder};
use pdf_writer::{Content, Finish, Name, Ref, Str};

use crate::model::{Ink, Item, Link, Page, Pages, Target};

use crate::pdf::error::WriteError;
use crate::pdf::file::output_intent::FlatColor;
use crate::pdf::file::sink::Sink;
use crate::pdf::options::Options;
use crate::pdf::page::geometry::PageBoxes;
use crate::pdf::page::marks;
use crate::pdf::page::picture::Images;
use crate::pdf::structure::tags;
use crate::pdf::structure::tags::{StructureRole, StructureTree, TaggedItems};
use crate::pdf::text::direction;
use crate::pdf::text::direction::DirectionMarks;
use crate::pdf::text::font::EmbeddedFonts;
use crate::pdf::text::runs;

/// What all pages share.
pub(in crate::pdf) struct PageContext<'a, 'f> {
    pub(in crate::pdf) pages: &'a Pages,
    pub(in crate::pdf) options: &'a Options<'a>,
    pub(in crate::pdf) flat: FlatColor,
    pub(in crate::pdf) images: &'a Images<'a>,
    pub(in crate::pdf) fonts: EmbeddedFonts<'f>,
    /// The numbers of the pages in the file.
    pub(in crate::pdf) page_ids: &'a [Ref],
    /// What is read out, in editions for the screen.
    pub(in crate::pdf) tags: Option<StructureTree>,
    /// The bookmarks that lead to each page, with their depths.
    pub(in crate::pdf) headings: BTreeMap<usize, Vec<(usize, &'a str)>>,
    /// The ink of the marks, if the edition has any.
    pub(in crate::pdf) all_inks: Option<Ref>,
}

impl PageContext<'_, '_> {
    /// Writes the page with this index: its content first, then the page itself.
    pub(in crate::pdf) fn page<W: Write>(
        &mut self,
        index: usize,
        parent: Ref,
        sink: &mut Sink<'_, W>,
    ) -> Result<(), WriteError> {
        let (Some(page), Some(&id)) = (self.pages.pages.get(index), self.page_ids.get(index))
        else {
            return Ok(());
        };
        let sheet = PageBoxes::new(page, self.pages, self.options);
        let headings = self.headings.remove(&index).unwrap_or_default();
        let stretches = tags::stretches(page, &headings);
        let mut used = PageResources::default();
        let content = self.content(page, &stretches, &sheet, &mut used, sink)?;
        let content_id = sink.promise();
        sink.deflated(content_id, &content, |_| {})?;
        let key = match &mut self.tags {
            Some(tags) => Some(tags.page(index, id, &stretches, &sheet, sink)?),
            None => None,
        };
        let links = if self.options.interactive { page.links.as_slice() } else { &[] };
        let links = self.links(links, id, &sheet, sink)?;

        sink.object(id, |chunk| {
            let mut entries = chunk.page(id);
            entries.parent(parent).media_box(sheet.media_box()).contents(content_id);
            if self.options.bleed {
                // The printer cuts at the trim; the bleed lies outside (ISO 32000-2, 14.11.2).
                entries.trim_box(sheet.rect(sheet.trim)).bleed_box(sheet.rect(sheet.bleed));
            }
            if !links.is_empty() {
                entries.annotations(links);
            }
            if let Some(key) = key {
                entries.struct_parents(key).tab_order(TabOrder::StructureOrder);
            }
            let mut resources = entries.resources();
            if !used.fonts.is_empty() {
                let mut fonts = resources.fonts();
                for (name, font) in &used.fonts {
                    fonts.pair(Name(name.as_bytes()), *font);
                }
            }
            if !used.images.is_empty() {
                let mut images = resources.x_objects();
                for (name, image) in &used.images {
                    images.pair(Name(name.as_bytes()), *image);
                }
            }
            if let Some(all_inks) = self.all_inks {
                resources.color_spaces().pair(marks::ALL_INKS, all_inks);
            }
            resources.finish();
        })?;
        Ok(())
    }

    /// What stands on the page, as operators.
    fn content<W: Write>(
        &mut self,
        page: &Page,
        stretches: &[TaggedItems<'_>],
        sheet: &PageBoxes,
        used: &mut PageResources,
        sink: &mut Sink<'_, W>,
    ) -> Result<Vec<u8>, WriteError> {
        let mut content = Content::new();
        let ends = direction::ends(page);
        let mut read = 0;
        for stretch in stretches {
            if self.tags.is_some() {
                StructureTree::open(&mut content, stretch.role, read);
                read += usize::from(stretch.role != StructureRole::Artifact);
            }
            for index in stretch.items.clone() {
                self.item(&mut content, &page.items[index], ends[index], sheet, used, sink)?;
            }
            if self.tags.is_some() {
                content.end_marked_content();
            }
        }
        if self.all_inks.is_some() {
            marks::crop(&mut content, sheet);
        }
        Ok(content.finish().into_vec())
    }

    fn item<W: Write>(
        &mut self,
        content: &mut Content,
        item: &Item,
        ends: DirectionMarks,
        sheet: &PageBoxes,
        used: &mut PageResources,
        sink: &mut Sink<'_, W>,
    ) -> Result<(), WriteError> {
        match item {
            Item::Glyphs(run) if run.glyphs.is_empty() => {}
            Item::Glyphs(run) => {
                let font = self.fonts.get(run.face, sink)?;
                used.fonts.insert(font.name.clone(), font.id);
                self.flat.dip(content, run.ink, &mut used.ink);
                runs::show(content, run, ends, font, sheet);
            }
            Item::Picture(placed) => {
                if let Some(image) = self.images.get(placed) {
                    let name = format!("I{}", image.get());
                    self.images.show(content, placed, Name(name.as_bytes()), sheet);
                    used.images.insert(name, image);
                }
            }
            Item::Rule(rule) => {
                self.flat.dip(content, rule.ink, &mut used.ink);
                let [left, bottom] = [sheet.x(rule.rect.x), sheet.y(rule.rect.bottom())];
                let [right, top] = [sheet.x(rule.rect.right()), sheet.y(rule.rect.y)];
                content.rect(left, bottom, right - left, top - bottom).fill_nonzero();
            }
        }
        Ok(())
    }

    /// Writes the places that can be clicked.
    fn links<W: Write>(
        &mut self,
        links: &[Link],
        page: Ref,
        sheet: &PageBoxes,
        sink: &mut Sink<'_, W>,
    ) -> Result<Vec<Ref>, WriteError> {
        let mut ids = Vec::new();
        for link in links {
            let destination = match &link.target {
                Target::Uri(_) => None,
                Target::Page(index) => match self.page_ids.get(*index) {
                    Some(page) => Some(*page),
                    None => continue,
                },
            };
            let id = sink.promise();
            let key = match &mut self.tags {
                Some(tags) => Some(tags.link(id, page, sink)?),
                None => None,
            };
            sink.object(id, |chunk| {
                let mut annotation = chunk.annotation(id);
                annotation
                    .subtype(AnnotationType::Link)
                    .rect(sheet.rect(link.rect))
                    .border(0.0, 0.0, 0.0, None)
                    .flags(AnnotationFlags::PRINT);
                if let Some(key) = key {
                    annotation.struct_parent(key);
                }
                match &link.target {
                    Target::Uri(uri) => {
                        annotation
                            .action()
                            .action_type(ActionType::Uri)
                            .uri(Str(percent_encoded(uri).as_bytes()));
                    }
                    Target::Page(_) => {
                        let destination = destination.into_iter();
                        let mut array = annotation.insert(Name(b"Dest")).array();
                        array.items(destination).item(Name(b"Fit"));
                    }
                }
            })?;
            ids.push(id);
        }
        Ok(ids)
    }
}

impl FlatColor {
    /// Sets the colour unless it is set already.
    fn dip(self, content: &mut Content, ink: Ink, last: &mut Option<Ink>) {
        if last.replace(ink) != Some(ink) {
            self.fill(content, ink);
        }
    }
}

/// What a page refers to, by the names it uses, and the colour that is set.
#[derive(Default)]
struct PageResources {
    fonts: BTreeMap<String, Ref>,
    images: BTreeMap<String, Ref>,
    ink: Option<Ink>,
}

/// An address in ASCII alone, as an action wants it (ISO 32000-2, 12.6.4.8).
fn percent_encoded(uri: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(uri.len());
    for byte in uri.bytes() {
        if byte.is_ascii_graphic() {
            encoded.push(char::from(byte));
        } else {
            let [high, low] = [byte >> 4, byte & 15].map(|half| DIGITS[usize::from(half)]);
            encoded.extend(['%', char::from(high), char::from(low)]);
        }
    }
    encoded
}
