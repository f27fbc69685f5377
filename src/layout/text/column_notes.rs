//! The notes of a page with columns: in one block under the text of all columns, which is in columns,
//! too.

use std::borrow::Cow;
use std::ops::Range;

use crate::layout::text::rows::{SetText, TextRow};

/// The fewest lines of a note on each side of a break within it.
const MIN_LINES: usize = 3;

/// A block of notes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::layout) struct NoteBlock {
    /// The lines in each column; none in a column that a picture covers.
    pub(in crate::layout) columns: Vec<Option<Range<usize>>>,
    /// The row of the page on which it ends.
    pub(in crate::layout) last_row: usize,
}

impl NoteBlock {
    /// The lines of its highest column.
    pub(in crate::layout) fn height(&self) -> usize {
        self.columns.iter().flatten().map(ExactSizeIterator::len).max().unwrap_or(0)
    }

    /// The first line of notes in it, or `from` if it has none.
    pub(super) fn start(&self, from: usize) -> usize {
        self.columns.iter().flatten().map(|lines| lines.start).min().unwrap_or(from)
    }

    /// The line of notes after its last one, or `from` if it has none.
    pub(super) fn end(&self, from: usize) -> usize {
        self.columns.iter().flatten().map(|lines| lines.end).max().unwrap_or(from)
    }

    /// Divides lines of notes among the columns that are free, as low as possible; a block of
    /// `most` lines may not have all of them. `starts` has the first lines of notes.
    pub(super) fn new(
        lines: Range<usize>,
        starts: &[usize],
        is_free: &[bool],
        most: usize,
    ) -> Self {
        let free = is_free.iter().filter(|it| **it).count();
        let most = most.min(lines.len());
        let least = lines.len().div_ceil(free.max(1)).min(most);
        // Returns whether all of its columns end well, too.
        let fill = |height| {
            let mut next = lines.start;
            let mut ends_well = true;
            let columns = is_free.iter().map(|is_free| {
                is_free.then(|| {
                    let from = next;
                    let end = column_end(from, lines.end, starts, height);
                    ends_well &= end.is_some();
                    next = end.unwrap_or(from + height);
                    from..next
                })
            });
            let columns = columns.collect();
            (Self { columns, last_row: 0 }, ends_well)
        };
        let mut heights = least..most;
        let whole = heights.find_map(|height| {
            let (block, ends_well) = fill(height);
            (ends_well && block.end(lines.start) == lines.end).then_some(block)
        });
        whole.unwrap_or_else(|| fill(most).0)
    }
}

/// The line before which a column of notes ends well that begins with line `from` and has up to
/// `height` lines.
fn column_end(from: usize, end: usize, starts: &[usize], height: usize) -> Option<usize> {
    let furthest = from + height;
    if furthest >= end {
        return Some(end);
    }
    let is_break = |line: &usize| {
        let after = starts.partition_point(|start| *start <= *line);
        let begins = after.checked_sub(1).map_or(0, |note| starts[note]).max(from);
        let ends = starts.get(after).copied().unwrap_or(end).min(end);
        starts.contains(line)
            || (*line - begins >= MIN_LINES && ends.saturating_sub(*line) >= MIN_LINES)
    };
    (from + 1..=furthest).rev().find(is_break)
}

/// A text without its notes.
pub(super) fn without_notes(text: &SetText) -> Cow<'_, SetText> {
    if text.notes.is_empty() {
        return Cow::Borrowed(text);
    }
    let rows = text.rows.iter().map(|row| TextRow { notes: 0, ..row.clone() }).collect();
    Cow::Owned(SetText { rows, notes: Vec::new(), note_starts: Vec::new(), ..text.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(lines: usize, starts: &[usize], columns: usize, most: usize) -> Vec<Range<usize>> {
        let block = NoteBlock::new(0..lines, starts, &vec![true; columns], most);
        block.columns.into_iter().flatten().collect()
    }

    #[test]
    fn notes_are_divided_among_columns_of_the_least_height() {
        assert_eq!(block(6, &[0, 2, 4], 3, 20), [0..2, 2..4, 4..6]);
        assert_eq!(block(5, &[0, 1, 2, 3, 4], 3, 20), [0..2, 2..4, 4..5]);
        assert_eq!(block(1, &[0], 3, 20), [0..1, 1..1, 1..1]);
    }

    #[test]
    fn a_short_note_stays_whole_and_a_long_one_keeps_three_lines_on_each_side() {
        assert_eq!(block(6, &[0, 3], 3, 20), [0..3, 3..6, 6..6]);
        assert_eq!(block(9, &[0], 3, 20), [0..3, 3..6, 6..9]);
        assert_eq!(block(6, &[0], 2, 20), [0..3, 3..6]);
        assert_eq!(block(5, &[0], 2, 20), [0..5, 5..5]);
        assert_eq!(block(3, &[0], 3, 20), [0..3, 3..3, 3..3]);
    }

    #[test]
    fn a_block_has_no_more_lines_than_it_may_and_leaves_out_columns_of_pictures() {
        assert_eq!(block(30, &[0], 3, 4), [0..4, 4..8, 8..12]);
        let block = NoteBlock::new(3..7, &[0, 3, 5], &[true, false, true], 9);
        assert_eq!(block.columns, [Some(3..5), None, Some(5..7)]);
        assert_eq!((block.height(), block.end(3)), (2, 7));
    }
}
