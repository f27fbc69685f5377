//! Divides the items of a page into marked content: the texts and pictures of elements, and
//! artifacts, which are not read out.

use std::ops::Range;
use std::sync::Arc;

use pdf_writer::types::{ArtifactSubtype, ArtifactType};
use pdf_writer::{Content, Name};

use crate::model::{
    GlyphRun, Item, Language, LanguageRuns, Page, PassageKind, Point, Rect, Size, StructureElement,
    StructureKind,
};

use crate::pdf::page::geometry::PageBoxes;

/// Consecutive items with a common tag.
#[derive(Debug)]
pub(in crate::pdf) struct TaggedItems<'p> {
    pub(in crate::pdf) tag: Tag<'p>,
    pub(in crate::pdf) items: Range<usize>,
    /// The area that they cover.
    pub(in crate::pdf) area: Rect,
}

/// What items are marked as.
#[derive(Debug, Clone)]
pub(in crate::pdf) enum Tag<'p> {
    /// Text, with its language if that is not the language of the book.
    Text(Arc<StructureElement>, Option<&'p str>),
    /// A picture, with its alt text if it has one here.
    Picture(Arc<StructureElement>, Option<&'p str>),
    Artifact(Artifact),
}

/// What is not read out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pdf) enum Artifact {
    /// A page number.
    Folio,
    /// Text of an earlier page, such as the header row of a table.
    Repeated,
    /// A rule, leader dots, a picture that is only decoration.
    Decoration,
    /// The colour of the page.
    Background,
    /// Printer's marks.
    Marks,
}

/// What determines how the items of all pages are marked.
#[derive(Debug)]
pub(in crate::pdf) struct Tagging {
    /// Whether links are elements. Otherwise, their text is part of what they are in.
    pub(in crate::pdf) has_links: bool,
    /// Finds text in other scripts than that of the book.
    pub(in crate::pdf) language_runs: LanguageRuns,
}

/// Divides the items of a page.
pub(in crate::pdf) fn tagged_items<'p>(
    page: &'p Page,
    boxes: &PageBoxes,
    tagging: &Tagging,
) -> Vec<TaggedItems<'p>> {
    let mut tagged_items: Vec<TaggedItems<'p>> = Vec::new();
    let mut texts = UnstructuredTexts::default();
    for (index, item) in page.items.iter().enumerate() {
        let (tag, area) = match item {
            Item::Glyphs(run) if run.glyphs.is_empty() => continue,
            Item::Glyphs(run) => (text_tag(run, &mut texts, tagging), area(run)),
            Item::Rule(rule) => {
                let is_page = rule.rect.contains(&boxes.trim);
                let artifact = if is_page { Artifact::Background } else { Artifact::Decoration };
                (Tag::Artifact(artifact), rule.rect)
            }
            Item::Picture(placed) => {
                let alt = placed.alt.as_deref().filter(|alt| !alt.is_empty());
                let is_decoration = placed.alt.as_deref() == Some("") && !placed.continues_previous;
                let tag = if is_decoration {
                    Tag::Artifact(Artifact::Decoration)
                } else {
                    let figure = || StructureElement::part(StructureKind::Figure);
                    Tag::Picture(placed.element.clone().unwrap_or_else(figure), alt)
                };
                (tag, placed.clip.common(&boxes.bleed))
            }
        };
        let is_neutral = matches!(item, Item::Glyphs(run) if !has_letters(run));
        match tagged_items.last_mut().filter(|last| last.tag.continues(&tag, is_neutral)) {
            Some(last) => {
                last.items.end = index + 1;
                last.area = union(last.area, area);
            }
            None => tagged_items.push(TaggedItems { tag, items: index..index + 1, area }),
        }
    }
    tagged_items
}

impl Tag<'_> {
    /// Whether items with the other tag are the same marked content. Text without letters is in the
    /// language of the text before it.
    fn continues(&self, next: &Self, is_neutral: bool) -> bool {
        match (self, next) {
            (Self::Text(element, language), Self::Text(next, next_language)) => {
                element.is(next) && (is_neutral || language == next_language)
            }
            (Self::Artifact(artifact), Self::Artifact(next)) => {
                artifact == next && *artifact != Artifact::Background
            }
            _ => false,
        }
    }
}

fn text_tag<'p>(run: &'p GlyphRun, texts: &mut UnstructuredTexts, tagging: &Tagging) -> Tag<'p> {
    match run.passage.kind {
        PassageKind::Folio => Tag::Artifact(Artifact::Folio),
        PassageKind::RunningHead => Tag::Artifact(Artifact::Repeated),
        PassageKind::Ornament => Tag::Artifact(Artifact::Decoration),
        _ if run.is_repeated => Tag::Artifact(Artifact::Repeated),
        _ => {
            let element = run.element.clone().unwrap_or_else(|| texts.paragraph(run));
            let element = if tagging.has_links { element } else { outside_links(element) };
            Tag::Text(element, language(run, tagging))
        }
    }
}

/// The language of a run, if it is not that of the book: as written, or as its script tells.
fn language<'p>(run: &'p GlyphRun, tagging: &Tagging) -> Option<&'p str> {
    let Some(language) = run.language.as_deref() else {
        return tagging.language_runs.single_language(&run.text);
    };
    let language_runs = LanguageRuns::new(&Language::new(language));
    Some(language_runs.single_language(&run.text).unwrap_or(language))
}

fn has_letters(run: &GlyphRun) -> bool {
    run.text.contains(char::is_alphabetic)
}

/// The element, or what it is in if it is a link.
fn outside_links(mut element: Arc<StructureElement>) -> Arc<StructureElement> {
    while element.kind == StructureKind::Link
        && let Some(parent) = element.parent.clone()
    {
        element = parent;
    }
    element
}

/// Paragraphs for text without an element: each passage is one.
#[derive(Default)]
struct UnstructuredTexts {
    last: Option<(u32, Arc<StructureElement>)>,
}

impl UnstructuredTexts {
    fn paragraph(&mut self, run: &GlyphRun) -> Arc<StructureElement> {
        let number = run.passage.number;
        let last = self.last.take().filter(|(last, _)| *last == number && number > 0);
        let (_, paragraph) = self.last.insert(
            last.unwrap_or_else(|| (number, StructureElement::part(StructureKind::Paragraph))),
        );
        Arc::clone(paragraph)
    }
}

/// The area of a line of text, which is about as high as its type.
fn area(run: &GlyphRun) -> Rect {
    let top = Point::new(run.origin.x, run.origin.y - run.size);
    Rect::new(top, Size::new(run.width(), run.size.scale(5, 4)))
}

/// The smallest rectangle that contains both.
pub(in crate::pdf) fn union(one: Rect, other: Rect) -> Rect {
    let (x, y) = (one.x.min(other.x), one.y.min(other.y));
    let (right, bottom) = (one.right().max(other.right()), one.bottom().max(other.bottom()));
    Rect::new(Point::new(x, y), Size::new(right - x, bottom - y))
}

impl Artifact {
    /// Begins an artifact in a page's content stream (ISO 32000-1, 14.8.2.2).
    pub(in crate::pdf) fn begin(self, content: &mut Content, area: Rect, boxes: &PageBoxes) {
        let mut marked = content.begin_marked_content_with_properties(Name(b"Artifact"));
        let mut artifact = marked.properties().artifact();
        match self {
            Self::Folio => {
                artifact.kind(ArtifactType::Pagination).subtype(ArtifactSubtype::Footer);
            }
            Self::Repeated => {
                artifact.kind(ArtifactType::Pagination);
            }
            Self::Decoration => {
                artifact.kind(ArtifactType::Layout);
            }
            Self::Background => {
                let area = boxes.rect(area.common(&boxes.bleed));
                artifact.kind(ArtifactType::Background).bounding_box(area);
            }
            Self::Marks => {
                artifact.kind(ArtifactType::Page);
            }
        }
    }
}
