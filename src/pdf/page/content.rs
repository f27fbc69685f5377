//! Writes a page: its boxes, its content and its links.

use std::collections::BTreeMap;
use std::io::Write;

use pdf_writer::types::{ActionType, AnnotationFlags, AnnotationType, TabOrder};
use pdf_writer::{Content, Finish, Name, Ref, Str, TextStr};

use crate::model::{Ink, Item, Link, Page, Pages, Target};

use crate::pdf::error::PdfError;
use crate::pdf::file::object_writer::ObjectWriter;
use crate::pdf::file::output_intent::FlatColor;
use crate::pdf::options::Options;
use crate::pdf::page::geometry::PageBoxes;
use crate::pdf::page::guides;
use crate::pdf::page::marks;
use crate::pdf::page::picture::Images;
use crate::pdf::structure::tags;
use crate::pdf::structure::tags::{Artifact, Tag, Tagging};
use crate::pdf::structure::tree::{StructureTree, TaggedPage};
use crate::pdf::text::direction;
use crate::pdf::text::direction::DirectionMarks;
use crate::pdf::text::font::EmbeddedFonts;
use crate::pdf::text::runs;

/// The context that all pages share.
pub(in crate::pdf) struct PageContext<'a, 'f> {
    pub(in crate::pdf) pages: &'a Pages,
    pub(in crate::pdf) options: &'a Options<'a>,
    pub(in crate::pdf) flat_color: FlatColor,
    pub(in crate::pdf) images: &'a Images<'a>,
    pub(in crate::pdf) fonts: EmbeddedFonts<'f>,
    /// The object numbers of the pages.
    pub(in crate::pdf) page_ids: &'a [Ref],
    pub(in crate::pdf) tagging: Tagging,
    /// The structure tree, if the file has one.
    pub(in crate::pdf) structure: Option<StructureTree<'a>>,
    /// The colour space of the printer's marks, if the edition has any.
    pub(in crate::pdf) all_inks: Option<Ref>,
    /// The layer of the guides, if there are any.
    pub(in crate::pdf) guides: Option<Ref>,
}

impl PageContext<'_, '_> {
    /// Writes the content of a page, then the page object.
    pub(in crate::pdf) fn page<W: Write>(
        &mut self,
        index: usize,
        parent: Ref,
        writer: &mut ObjectWriter<'_, W>,
    ) -> Result<(), PdfError> {
        let (Some(page), Some(&id)) = (self.pages.pages.get(index), self.page_ids.get(index))
        else {
            return Ok(());
        };
        let boxes = PageBoxes::new(page, self.pages, self.options);
        let tagged_page = TaggedPage { index, id, boxes: &boxes };
        let mut resources = PageResources::default();
        let content = self.content(page, tagged_page, &mut resources, writer)?;
        let content_id = writer.reserve_id();
        writer.deflated_stream(content_id, &content, |_| {})?;
        let links = if self.options.links { page.links.as_slice() } else { &[] };
        let links = self.links(links, tagged_page, writer)?;
        let struct_parent = match &mut self.structure {
            Some(structure) => structure.end_page(tagged_page, writer)?,
            None => None,
        };

        writer.object(id, |chunk| {
            let mut entries = chunk.page(id);
            entries.parent(parent).media_box(boxes.media_box()).contents(content_id);
            if self.options.bleed {
                // The printer cuts at the trim; the bleed lies outside (ISO 32000-2, 14.11.2).
                entries.trim_box(boxes.rect(boxes.trim)).bleed_box(boxes.rect(boxes.bleed));
            }
            if !links.is_empty() {
                entries.annotations(links);
            }
            if let Some(struct_parent) = struct_parent {
                entries.struct_parents(struct_parent);
            }
            if self.structure.is_some() {
                entries.tab_order(TabOrder::StructureOrder);
            }
            let mut dict = entries.resources();
            if !resources.fonts.is_empty() {
                let mut fonts = dict.fonts();
                for (name, font) in &resources.fonts {
                    fonts.pair(Name(name.as_bytes()), *font);
                }
            }
            if !resources.images.is_empty() {
                let mut images = dict.x_objects();
                for (name, image) in &resources.images {
                    images.pair(Name(name.as_bytes()), *image);
                }
            }
            if let Some(all_inks) = self.all_inks {
                dict.color_spaces().pair(marks::ALL_INKS, all_inks);
            }
            if let Some(layer) = self.guides {
                dict.insert(Name(b"Properties")).dict().pair(guides::LAYER, layer);
            }
            dict.finish();
        })?;
        Ok(())
    }

    /// The content stream of a page.
    fn content<W: Write>(
        &mut self,
        page: &Page,
        tagged_page: TaggedPage<'_>,
        resources: &mut PageResources,
        writer: &mut ObjectWriter<'_, W>,
    ) -> Result<Vec<u8>, PdfError> {
        let mut content = Content::new();
        let direction_marks = direction::direction_marks(page);
        let boxes = tagged_page.boxes;
        let is_tagged = self.structure.is_some();
        for tagged in tags::tagged_items(page, boxes, &self.tagging) {
            if let Some(structure) = &mut self.structure {
                match structure.content(&tagged.tag, tagged.area, tagged_page, writer) {
                    Some((role, number)) => {
                        let tag = role.to_name();
                        content
                            .begin_marked_content_with_properties(tag)
                            .properties()
                            .identify(number);
                    }
                    None => {
                        if let Tag::Artifact(artifact) = tagged.tag {
                            artifact.begin(&mut content, tagged.area, boxes);
                        }
                    }
                }
            }
            for index in tagged.items {
                self.item(
                    &mut content,
                    (page, index),
                    direction_marks[index],
                    boxes,
                    resources,
                    writer,
                )?;
            }
            if is_tagged {
                content.end_marked_content();
            }
        }
        if self.all_inks.is_some() {
            if is_tagged {
                Artifact::Marks.begin(&mut content, boxes.trim, boxes);
            }
            marks::crop(&mut content, boxes);
            if is_tagged {
                content.end_marked_content();
            }
        }
        if self.guides.is_some() {
            guides::draw(&mut content, self.options.guides, boxes, self.flat_color);
        }
        Ok(content.finish().into_vec())
    }

    fn item<W: Write>(
        &mut self,
        content: &mut Content,
        (page, index): (&Page, usize),
        direction_marks: DirectionMarks,
        boxes: &PageBoxes,
        resources: &mut PageResources,
        writer: &mut ObjectWriter<'_, W>,
    ) -> Result<(), PdfError> {
        match &page.items[index] {
            Item::Glyphs(run) if run.glyphs.is_empty() => {}
            Item::Glyphs(run) => {
                let font = self.fonts.get(run.face, writer)?;
                resources.fonts.insert(font.name.clone(), font.id);
                self.flat_color.set_ink(content, run.ink, &mut resources.ink);
                runs::show(content, run, direction_marks, font, boxes);
            }
            Item::Picture(placed) => {
                let backdrop = page.backdrop(index, &placed.clip);
                if let Some(image) = self.images.get(placed, backdrop) {
                    let name = format!("I{}", image.get());
                    self.images.show(content, placed, Name(name.as_bytes()), boxes);
                    resources.images.insert(name, image);
                }
            }
            Item::Rule(rule) => {
                self.flat_color.set_ink(content, rule.ink, &mut resources.ink);
                let [left, bottom] = [boxes.x(rule.rect.x), boxes.y(rule.rect.bottom())];
                let [right, top] = [boxes.x(rule.rect.right()), boxes.y(rule.rect.y)];
                if rule.is_round {
                    ellipse(content, [left, bottom, right, top]);
                } else {
                    content.rect(left, bottom, right - left, top - bottom);
                }
                content.fill_nonzero();
            }
        }
        Ok(())
    }

    /// Writes the link annotations.
    fn links<W: Write>(
        &mut self,
        links: &[Link],
        page: TaggedPage<'_>,
        writer: &mut ObjectWriter<'_, W>,
    ) -> Result<Vec<Ref>, PdfError> {
        let mut ids = Vec::new();
        for link in links {
            let destination = match &link.target {
                Target::Uri(_) => None,
                Target::Page(index) => match self.page_ids.get(*index) {
                    Some(page) => Some(*page),
                    None => continue,
                },
            };
            let id = writer.reserve_id();
            let struct_parent =
                self.structure.as_mut().map(|structure| structure.link(link, id, page, writer));
            writer.object(id, |chunk| {
                let mut annotation = chunk.annotation(id);
                annotation
                    .subtype(AnnotationType::Link)
                    .rect(page.boxes.rect(link.rect))
                    .border(0.0, 0.0, 0.0, None)
                    .flags(AnnotationFlags::PRINT)
                    .contents(TextStr(&link.label));
                if let Some(struct_parent) = struct_parent {
                    annotation.struct_parent(struct_parent);
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
    /// Sets the fill colour, unless it is already set.
    fn set_ink(self, content: &mut Content, ink: Ink, current: &mut Option<Ink>) {
        if current.replace(ink) != Some(ink) {
            self.fill(content, ink);
        }
    }
}

/// The resources that a page uses, by name, and the current fill colour.
#[derive(Default)]
struct PageResources {
    fonts: BTreeMap<String, Ref>,
    images: BTreeMap<String, Ref>,
    ink: Option<Ink>,
}

/// The path of the ellipse in a rectangle: four curves that are off by less than a thousandth.
fn ellipse(content: &mut Content, [left, bottom, right, top]: [f32; 4]) {
    /// Where the control points of a quarter of a circle are, as a share of its radius.
    const CONTROL: f32 = 0.552_28;
    let [x, y] = [f32::midpoint(left, right), f32::midpoint(bottom, top)];
    let [across, up] = [(right - left) / 2.0 * CONTROL, (top - bottom) / 2.0 * CONTROL];
    content
        .move_to(right, y)
        .cubic_to(right, y + up, x + across, top, x, top)
        .cubic_to(x - across, top, left, y + up, left, y)
        .cubic_to(left, y - up, x - across, bottom, x, bottom)
        .cubic_to(x + across, bottom, right, y - up, right, y)
        .close_path();
}

/// Percent-encodes a URI, since actions require ASCII (ISO 32000-2, 12.6.4.8).
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
