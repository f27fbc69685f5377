//! A text as rows of the baseline grid, its notes and its pictures.

use std::ops::Range;
use std::sync::Arc;

use crate::model::{Length, Picture, Size};
use crate::typeset::Line;

/// A text that is set but not yet cut into pages.
#[derive(Debug, Clone, Default)]
pub(in crate::layout) struct SetText {
    pub(in crate::layout) rows: Vec<TextRow>,
    /// The lines of its notes, one after another.
    pub(in crate::layout) notes: Vec<TextRow>,
    /// The pictures in it, in order.
    pub(in crate::layout) figures: Vec<TextPicture>,
}

/// One row of running text: lines, or white.
#[derive(Debug, Clone)]
pub(in crate::layout) struct TextRow {
    /// The lines that stand on it, each with its distance from the column's left edge: one,
    /// two where a list has its mark, or as many as a table has columns.
    pub(in crate::layout) lines: Vec<(Length, Line)>,
    /// What it would cost to end a page after this row.
    pub(in crate::layout) end: End,
    /// How many lines of notes the text has up to here.
    pub(in crate::layout) notes: usize,
    /// How many rows from here on stand on one page.
    pub(in crate::layout) together: usize,
    /// A rule under it.
    pub(in crate::layout) rule: Option<RowRule>,
    /// The rows that stand again at the head of a page that begins with this one: the
    /// headings of its table.
    pub(in crate::layout) heads: Range<usize>,
}

/// A rule under a row.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct RowRule {
    /// From the column's left edge.
    pub(in crate::layout) left: Length,
    pub(in crate::layout) width: Length,
}

/// A picture in the text.
#[derive(Debug, Clone)]
pub(in crate::layout) struct TextPicture {
    pub(in crate::layout) picture: Arc<Picture>,
    pub(in crate::layout) alt: Option<String>,
    pub(in crate::layout) size: Size,
    pub(in crate::layout) caption: Vec<Line>,
    pub(in crate::layout) cap_height: Length,
    pub(in crate::layout) text_cap_height: Length,
    /// The row before which it is named.
    pub(in crate::layout) anchor: usize,
    pub(in crate::layout) picture_rows: usize,
    /// The rows that its caption takes, as far as they are more than the one of white below it.
    pub(in crate::layout) caption_rows: usize,
}

impl TextPicture {
    /// The rows that it takes: a row of white below it, and one above where none is there.
    pub(in crate::layout) fn rows(&self, above: Above) -> usize {
        self.picture_rows + self.caption_rows + if above == Above::Text { 2 } else { 1 }
    }
}

/// What stands above a picture in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum Above {
    /// The head of the page.
    Head,
    /// A row of white.
    White,
    /// A line.
    Text,
}

impl SetText {
    /// What stands above this row on a page that begins with that one.
    pub(in crate::layout) fn above(&self, row: usize, first: usize) -> Above {
        match self.rows[first..row].last() {
            None => Above::Head,
            Some(row) if row.is_white() => Above::White,
            Some(_) => Above::Text,
        }
    }
}

/// How well a page ends after a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum End {
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
    pub(in crate::layout) fn cost(self, at_turn: bool) -> u64 {
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

impl TextRow {
    /// A row of white, which vanishes at the head of a page.
    pub(in crate::layout) fn white() -> Self {
        Self { lines: Vec::new(), end: End::Fine, notes: 0, together: 1, rule: None, heads: 0..0 }
    }

    pub(in crate::layout) fn is_white(&self) -> bool {
        self.lines.is_empty()
    }
}
