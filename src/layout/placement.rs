//! Places set lines on a page.

use std::sync::Arc;

use crate::layout::elements;
use crate::model::{
    Book, Folio, GlyphRun, Item, Language, Length, Link, Numbering, Page, Passage, PassageKind,
    Point, Rect, Rule, Side, Size, Target,
};
use crate::typeset::{self, Align, Anchor, Faces, Line, Paragraph, Setting, Span};

/// Creates an empty page.
pub(super) fn blank(folio: Folio, side: Side) -> Page {
    Page {
        folio,
        side,
        entry: None,
        items: Vec::new(),
        links: Vec::new(),
        torn: Vec::new(),
        title_overset: false,
        sheet: None,
    }
}

/// Creates an empty page of the body. The index counts from 0, the printed page number from 1.
pub(super) fn body_page(index: usize, book: &Book) -> Page {
    let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
    let digits = book.language.digits();
    blank(Folio { numbering: Numbering::Arabic, number, digits }, Side::from_index(index))
}

/// Places a line on the page with its origin (the baseline at the left edge of the measure) at
/// `at`.
pub(super) fn line(page: &mut Page, line: &Line, at: Point) {
    let height = line.runs.iter().map(|run| run.size).max().unwrap_or_default();
    let kind = line.runs.first().map(|run| run.passage.kind).unwrap_or_default();
    let number = passage(page, line.begins, at.x, kind);
    for run in &line.runs {
        page.items.push(Item::Glyphs(GlyphRun {
            origin: Point::new(run.origin.x + at.x, run.origin.y + at.y),
            passage: Passage { number, left: at.x, ..run.passage },
            ..run.clone()
        }));
    }
    // A table with such words is reported as too wide.
    if let Some(word) = line.torn.as_ref().filter(|_| kind != PassageKind::Cell)
        && !page.torn.contains(word)
    {
        page.torn.push(Arc::clone(word));
    }
    for (dot, ink) in &line.dots {
        let rect = dot.moved(at.x, at.y);
        page.items.push(Item::Rule(Rule { rect, ink: *ink, is_round: true }));
    }
    for link in &line.links {
        if let Anchor::Address(address) = &link.target {
            page.links.push(Link {
                rect: link_area(at, link.extent.start, link.extent.end, height),
                target: Target::Uri(address.to_string()),
                label: address.to_string(),
                element: elements::link_element(line, link),
            });
        }
    }
}

/// The number of the passage that a line belongs to: a new one, or the last one of the same kind
/// and left edge.
fn passage(page: &Page, begins: bool, left: Length, kind: PassageKind) -> u32 {
    let passages = || {
        page.items.iter().rev().filter_map(|item| match item {
            Item::Glyphs(run) => Some(run.passage),
            Item::Picture(_) | Item::Rule(_) => None,
        })
    };
    let same = |passage: &Passage| passage.left == left && passage.kind == kind;
    let existing = if begins { None } else { passages().find(same) };
    let next = || passages().map(|passage| passage.number).max().unwrap_or(0) + 1;
    existing.map_or_else(next, |passage| passage.number)
}

/// Changes the passage kind of the lines.
pub(super) fn with_kind(mut lines: Vec<Line>, kind: PassageKind) -> Vec<Line> {
    for run in lines.iter_mut().flat_map(|line| &mut line.runs) {
        run.passage.kind = kind;
    }
    lines
}

/// The alignment of a text below one in the language of the book: at the same edge, even if it is
/// read in the other direction.
pub(super) fn align_below(align: Align, language: &Language, book: &Language) -> Align {
    let turns = language.is_right_to_left() != book.is_right_to_left();
    match align {
        Align::Start | Align::Balanced if turns => Align::End,
        align => align,
    }
}

/// The lines of a text in another language than that of the book.
pub(super) fn in_language(mut lines: Vec<Line>, language: &Language) -> Vec<Line> {
    let tag: Arc<str> = language.tag().into();
    for run in lines.iter_mut().flat_map(|line| &mut line.runs) {
        run.language = Some(Arc::clone(&tag));
    }
    lines
}

/// The clickable area of a link in text of this size: slightly larger than the letters.
pub(super) fn link_area(baseline: Point, start: Length, end: Length, size: Length) -> Rect {
    Rect::new(
        Point::new(baseline.x + start, baseline.y - size),
        Size::new(end - start, size.scale(13, 10)),
    )
}

/// Places lines under each other, the first baseline at `at`; returns the next baseline.
pub(super) fn lines(page: &mut Page, lines: &[Line], at: Point, leading: Length) -> Length {
    let mut y = at.y;
    for set in lines {
        line(page, set, Point::new(at.x, y));
        y += leading;
    }
    y
}

/// Shifts the page indices of links, which were assigned before the number of preceding pages
/// was known.
pub(super) fn shift_links(pages: &mut [Page], by: usize) {
    for link in pages.iter_mut().flat_map(|page| &mut page.links) {
        if let Target::Page(index) = &mut link.target {
            *index += by;
        }
    }
}

/// Whether an item is a folio or a running head.
pub(super) fn is_at_edge(item: &Item) -> bool {
    let Item::Glyphs(run) = item else { return false };
    matches!(run.passage.kind, PassageKind::Folio | PassageKind::RunningHead)
}

/// The last baseline of a text, or the lower edge of anything else.
pub(super) fn bottom(item: &Item) -> Length {
    match item {
        Item::Glyphs(run) => run.origin.y,
        Item::Picture(placed) => placed.clip.bottom(),
        Item::Rule(rule) => rule.rect.bottom(),
    }
}

/// Moves all of a page down but its folio and its running head.
pub(super) fn move_content(page: &mut Page, down: Length) {
    for item in page.items.iter_mut().filter(|item| !is_at_edge(item)) {
        item.move_by(Length::ZERO, down);
    }
    for link in &mut page.links {
        link.rect.y += down;
    }
}

/// A function that sets spans in the lines of a measure.
pub(super) type SetLines = fn(&Faces, Vec<Span>, &Language, Length, Align) -> Vec<Line>;

/// Sets spans as lines without hyphenation.
pub(super) fn ragged(
    faces: &Faces,
    spans: Vec<Span>,
    language: &Language,
    measure: Length,
    align: Align,
) -> Vec<Line> {
    without_hyphens(faces, spans, language, measure, align, false)
}

/// Sets the spans of a title as lines without hyphenation, which end where the title pauses.
pub(super) fn title(
    faces: &Faces,
    spans: Vec<Span>,
    language: &Language,
    measure: Length,
    align: Align,
) -> Vec<Line> {
    without_hyphens(faces, spans, language, measure, align, true)
}

fn without_hyphens(
    faces: &Faces,
    spans: Vec<Span>,
    language: &Language,
    measure: Length,
    align: Align,
    is_title: bool,
) -> Vec<Line> {
    let paragraph = Paragraph { spans, language: language.clone() };
    let indent = Length::ZERO;
    let setting = Setting { measure, indent, align, hyphenate: false, is_title };
    typeset::set(faces, &paragraph, &setting)
}
