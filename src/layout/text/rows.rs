//! A text as rows of the baseline grid, with its notes and pictures.

use std::ops::Range;
use std::sync::Arc;

use crate::layout::Grid;
use crate::layout::grid::Overhang;
use crate::model::{Length, Picture, Size, StructureElement, TitleAlign};
use crate::typeset::Line;

/// A text that is set but not yet broken into pages.
#[derive(Debug, Clone, Default)]
pub(in crate::layout) struct SetText {
    pub(in crate::layout) rows: Vec<TextRow>,
    /// The lines of its notes, one after another.
    pub(in crate::layout) notes: Vec<TextRow>,
    /// The first line of each note.
    pub(in crate::layout) note_starts: Vec<usize>,
    /// The pictures in it, in order.
    pub(in crate::layout) figures: Vec<TextPicture>,
    /// The tables in which a word is wider than its column, each as the text of its header cells.
    pub(in crate::layout) wide_tables: Vec<String>,
}

/// One row of running text: lines, or a blank row.
#[derive(Debug, Clone)]
pub(in crate::layout) struct TextRow {
    /// The lines on it, each with its distance from the column's left edge: one, two for a list
    /// item with its marker, or one per column of a table.
    pub(in crate::layout) lines: Vec<(Length, Line)>,
    /// How far its lines stand above its baseline: headings and the headings of tables have space
    /// below them, and so have cells of several lines.
    pub(in crate::layout) lift: Length,
    /// Whether it is the blank row above the headings of a table, which they have for their lift. At
    /// the head of a page, they stand on it.
    pub(in crate::layout) is_above_table: bool,
    /// How far its lines reach beyond their column: those of a wide table.
    pub(in crate::layout) beyond: Overhang,
    /// Whether it is across all columns of a text that is in several.
    pub(in crate::layout) is_across: bool,
    /// The quality of a page break after this row.
    pub(in crate::layout) end: BreakQuality,
    /// The number of lines of notes in the text up to this row.
    pub(in crate::layout) notes: usize,
    /// The number of rows from this one on that must stay on one page.
    pub(in crate::layout) keep_together: usize,
    /// The rule under it.
    pub(in crate::layout) rule: Option<RowRule>,
    /// The rows repeated at the top of a page that begins with this row: the header rows of its
    /// table.
    pub(in crate::layout) header_rows: Range<usize>,
}

/// A rule under a row.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct RowRule {
    /// The distance from the column's left edge.
    pub(in crate::layout) left: Length,
    pub(in crate::layout) width: Length,
    /// The distance below the baseline of the row.
    pub(in crate::layout) below: Length,
}

/// A picture in the text.
#[derive(Debug, Clone)]
pub(in crate::layout) struct TextPicture {
    pub(in crate::layout) picture: Arc<Picture>,
    pub(in crate::layout) alt: Option<String>,
    pub(in crate::layout) element: Arc<StructureElement>,
    pub(in crate::layout) size: Size,
    pub(in crate::layout) caption: Vec<Line>,
    pub(in crate::layout) cap_height: Length,
    pub(in crate::layout) text_cap_height: Length,
    /// The row before which it occurs in the text.
    pub(in crate::layout) anchor: usize,
    pub(in crate::layout) picture_rows: usize,
    /// The number of rows that its caption takes in addition to the blank row below it.
    pub(in crate::layout) caption_rows: usize,
}

impl TextPicture {
    /// The number of rows that it takes: including a blank row below it, and one above if there
    /// is none yet.
    pub(in crate::layout) fn rows(&self, above: Above) -> usize {
        self.picture_rows + self.caption_rows + if above == Above::Text { 2 } else { 1 }
    }
}

/// What precedes a picture on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum Above {
    /// The top of the page.
    Head,
    /// A blank row.
    Blank,
    /// A line of text.
    Text,
}

impl SetText {
    /// Puts a text of one line into the middle of its column, as the title above it is.
    pub(in crate::layout) fn centre_single_line(&mut self, grid: &Grid) {
        if !self.notes.is_empty() || !self.figures.is_empty() {
            return;
        }
        if let [TextRow { lines, .. }] = self.rows.as_mut_slice()
            && let [(left, line)] = lines.as_mut_slice()
        {
            let half = ((grid.measure - line.width) / 2).max(Length::ZERO);
            *left = if grid.binding_right { *left - half } else { *left + half };
        }
    }

    /// Moves a text that is narrower than its column to where titles are: to its start, or to its
    /// middle. Its lines stay as they are to each other.
    pub(in crate::layout) fn align_as_title(&mut self, grid: &Grid) {
        let extents = self.rows.iter().flat_map(|row| &row.lines).filter_map(|(left, line)| {
            let first = line.runs.iter().map(|run| run.origin.x).min()?;
            Some((*left + first, *left + first + line.width))
        });
        let Some((from, to)) =
            extents.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
        else {
            return;
        };
        let by = match grid.style.titles.align {
            TitleAlign::Centre => (grid.measure - from - to) / 2,
            TitleAlign::Start if grid.binding_right => grid.measure - to,
            TitleAlign::Start => Length::ZERO - from,
        };
        for (left, _) in self.rows.iter_mut().flat_map(|row| &mut row.lines) {
            *left += by;
        }
    }

    /// Whether a part of it is across all of its columns.
    pub(in crate::layout) fn has_rows_across(&self) -> bool {
        self.rows.iter().any(|row| row.is_across)
    }

    /// The text before this row, with its notes and its first `figures` pictures.
    pub(super) fn until(&self, row: usize, figures: usize) -> Self {
        let notes = row.checked_sub(1).map_or(0, |row| self.rows[row].notes);
        Self {
            rows: self.rows[..row].to_vec(),
            notes: self.notes[..notes].to_vec(),
            note_starts: self.note_starts.iter().copied().filter(|start| *start < notes).collect(),
            figures: self.figures[..figures].to_vec(),
            ..Self::default()
        }
    }

    /// The width of the widest line that is alone in its row.
    pub(in crate::layout) fn widest_line(&self) -> Length {
        self.rows.iter().map(TextRow::line_width).max().unwrap_or(Length::ZERO)
    }

    /// What precedes this row on a page that begins with row `first`.
    pub(in crate::layout) fn above(&self, row: usize, first: usize) -> Above {
        match self.rows[first..row].last() {
            None => Above::Head,
            Some(row) if row.is_blank() => Above::Blank,
            Some(_) => Above::Text,
        }
    }
}

/// The quality of a page break after a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum BreakQuality {
    /// Within a paragraph.
    Allowed,
    /// Within a word.
    Hyphen,
    /// It would leave the first line of a paragraph alone.
    Orphan,
    /// It would leave the last line of a paragraph alone on the next page.
    Widow,
    /// After a heading: only if there is no alternative.
    Forbidden,
}

impl BreakQuality {
    pub(in crate::layout) fn cost(self, at_turn: bool) -> u64 {
        match self {
            Self::Allowed => 0,
            // Worse where the reader must turn the page in the middle of the word.
            Self::Hyphen => {
                if at_turn {
                    60
                } else {
                    20
                }
            }
            Self::Orphan => 1_000,
            Self::Widow => 4_000,
            Self::Forbidden => 5_000,
        }
    }
}

impl TextRow {
    /// A blank row.
    pub(in crate::layout) fn blank() -> Self {
        Self {
            lines: Vec::new(),
            lift: Length::ZERO,
            is_above_table: false,
            beyond: Overhang::default(),
            is_across: false,
            end: BreakQuality::Allowed,
            notes: 0,
            keep_together: 1,
            rule: None,
            header_rows: 0..0,
        }
    }

    pub(in crate::layout) fn is_blank(&self) -> bool {
        self.lines.is_empty()
    }

    /// The width of its line, if that is alone in it.
    pub(in crate::layout) fn line_width(&self) -> Length {
        match self.lines.as_slice() {
            [(_, line)] => line.width,
            _ => Length::ZERO,
        }
    }

    /// Whether it is left out at the head of a page.
    pub(in crate::layout) fn is_dropped_at_head(&self) -> bool {
        self.is_blank() && !self.is_above_table
    }
}
