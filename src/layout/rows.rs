//! A text as rows of the baseline grid, its notes and its pictures.

use std::ops::Range;
use std::sync::Arc;

use crate::model::{Length, Picture, Size};
use crate::typeset::Line;

/// A text that is set but not yet cut into pages.
#[derive(Debug, Clone, Default)]
pub(super) struct Text {
    pub(super) rows: Vec<Row>,
    /// The lines of its notes, one after another.
    pub(super) notes: Vec<Row>,
    /// The pictures in it, in order.
    pub(super) figures: Vec<Figure>,
}

/// One row of running text: lines, or white.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The lines that stand on it, each with its distance from the column's left edge: one,
    /// two where a list has its mark, or as many as a table has columns.
    pub(super) lines: Vec<(Length, Line)>,
    /// What it would cost to end a page after this row.
    pub(super) end: End,
    /// How many lines of notes the text has up to here.
    pub(super) notes: usize,
    /// How many rows from here on stand on one page.
    pub(super) together: usize,
    /// A rule under it.
    pub(super) rule: Option<RowRule>,
    /// The rows that stand again at the head of a page that begins with this one: the
    /// headings of its table.
    pub(super) heads: Range<usize>,
}

/// A rule under a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowRule {
    /// From the column's left edge.
    pub(super) left: Length,
    pub(super) width: Length,
}

/// A picture in the text.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    pub(super) picture: Arc<Picture>,
    pub(super) alt: Option<String>,
    pub(super) size: Size,
    pub(super) caption: Vec<Line>,
    pub(super) cap_height: Length,
    pub(super) text_cap_height: Length,
    /// The row before which it is named.
    pub(super) anchor: usize,
    pub(super) picture_rows: usize,
    /// The rows that its caption takes, as far as they are more than the one of white below it.
    pub(super) caption_rows: usize,
}

impl Figure {
    /// The rows that it takes: a row of white below it, and one above where none is there.
    pub(super) fn rows(&self, above: Above) -> usize {
        self.picture_rows + self.caption_rows + if above == Above::Text { 2 } else { 1 }
    }
}

/// What stands above a picture in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Above {
    /// The head of the page.
    Head,
    /// A row of white.
    White,
    /// A line.
    Text,
}

impl Text {
    /// What stands above this row on a page that begins with that one.
    pub(super) fn above(&self, row: usize, first: usize) -> Above {
        match self.rows[first..row].last() {
            None => Above::Head,
            Some(row) if row.is_white() => Above::White,
            Some(_) => Above::Text,
        }
    }
}

/// How well a page ends after a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Within a paragraph.
    Fine,
    /// Within a word.
    Hyphen,
    /// It would part a paragraph's first line from its second, or its last from the
    /// one before.
    Lonely,
    /// Under a heading: never, unless there is no other way.
    Never,
}

impl End {
    pub(super) fn cost(self, at_turn: bool) -> u64 {
        match self {
            Self::Fine => 0,
            // Worse where the reader must turn the leaf in the middle of the word.
            Self::Hyphen => {
                if at_turn {
                    60
                } else {
                    20
                }
            }
            Self::Lonely => 1_000,
            Self::Never => 5_000,
        }
    }
}

impl Row {
    /// A row of white, which vanishes at the head of a page.
    pub(super) fn white() -> Self {
        Self { lines: Vec::new(), end: End::Fine, notes: 0, together: 1, rule: None, heads: 0..0 }
    }

    pub(super) fn is_white(&self) -> bool {
        self.lines.is_empty()
    }
}
