//! Small print at the foot of a page: the imprint and a short colophon, in groups of lines.

use std::sync::Arc;

use crate::model::{Block, Book, Inline, Length, Page, Point, StructureElement, StructureKind};
use crate::typeset::{Align, Faces, Line, Span};

use crate::layout::text::styles;
use crate::layout::{Grid, elements, placement};

/// The longest paragraph whose lines are centred.
const MAX_CENTRED_LINES: usize = 4;

/// Groups of lines with space between them.
pub(super) struct SmallPrint<'a> {
    book: &'a Book,
    faces: &'a Faces,
    grid: &'a Grid,
    section: &'a Arc<StructureElement>,
    leading: Length,
    groups: Vec<Vec<Line>>,
}

impl<'a> SmallPrint<'a> {
    pub(super) fn new(
        book: &'a Book,
        faces: &'a Faces,
        grid: &'a Grid,
        section: &'a Arc<StructureElement>,
        leading: Length,
    ) -> Self {
        Self { book, faces, grid, section, leading, groups: Vec::new() }
    }

    /// Adds paragraphs that follow each other without space.
    pub(super) fn group(&mut self, paragraphs: impl IntoIterator<Item = Vec<Span>>) {
        let lines: Vec<Line> =
            paragraphs.into_iter().flat_map(|spans| self.paragraph(spans)).collect();
        if !lines.is_empty() {
            self.groups.push(lines);
        }
    }

    /// Sets a paragraph: aligned as titles are, or flush if it has many lines.
    fn paragraph(&self, spans: Vec<Span>) -> Vec<Line> {
        let set = |spans, align| {
            let language = &self.book.language;
            placement::ragged(self.faces, spans, language, self.grid.measure, align)
        };
        let mut lines = set(spans.clone(), styles::title_align(self.grid));
        if lines.len() > MAX_CENTRED_LINES {
            lines = set(spans, Align::Balanced);
        }
        elements::in_element(lines, &self.section.child(StructureKind::Paragraph))
    }

    /// From the top of the first line to its last baseline.
    pub(super) fn height(&self) -> Length {
        let lines: usize = self.groups.iter().map(Vec::len).sum();
        let gaps = i64::try_from(self.groups.len().saturating_sub(1)).unwrap_or(0);
        self.leading * i64::try_from(lines).unwrap_or(0) + self.gap() * gaps
    }

    fn gap(&self) -> Length {
        self.leading.scale(6, 10)
    }

    /// Places the groups with their last line at the foot of the page.
    pub(super) fn place(self, page: &mut Page) {
        let foot = self.grid.baseline(self.grid.rows() - 1);
        let mut y = foot - self.height() + self.leading;
        for lines in &self.groups {
            let at = Point::new(self.grid.column_left(page.side), y);
            y = placement::lines(page, lines, at, self.leading) + self.gap();
        }
    }

    /// Changes the lines.
    pub(super) fn map(mut self, change: impl Fn(Vec<Line>) -> Vec<Line>) -> Self {
        self.groups = self.groups.into_iter().map(change).collect();
        self
    }
}

/// The paragraphs of a text that has nothing else.
pub(super) fn only_paragraphs(blocks: &[Block]) -> Option<Vec<&[Inline]>> {
    let paragraphs = blocks.iter().map(|block| match block {
        Block::Paragraph(content) => Some(content.as_slice()),
        _ => None,
    });
    paragraphs.collect()
}
