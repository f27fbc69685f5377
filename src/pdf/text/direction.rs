//! Direction marks for mixed-direction lines. PDF readers extract text in visual order and restore
//! the reading order, where spaces, punctuation and figures may attach to either side; invisible
//! direction marks make it unambiguous.

use crate::model::{Glyph, GlyphRun, Item, Length, Page};
use crate::typeset::DirectionClass;

/// U+200E, the left-to-right mark.
const LEFT_TO_RIGHT: char = '\u{200E}';

/// U+200F, the right-to-left mark.
const RIGHT_TO_LEFT: char = '\u{200F}';

/// The direction marks that a run needs: at its visual ends, and inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::pdf) struct DirectionMarks {
    pub(in crate::pdf) left: Option<char>,
    pub(in crate::pdf) right: Option<char>,
    /// After a full stop or a comma inside the run.
    pub(in crate::pdf) after_separators: Option<char>,
}

/// The direction marks of a page's runs, by item; all are empty if all runs are left-to-right.
pub(in crate::pdf) fn direction_marks(page: &Page) -> Vec<DirectionMarks> {
    let mut direction_marks = vec![DirectionMarks::default(); page.items.len()];
    let mut runs: Vec<(usize, &GlyphRun)> = Vec::new();
    for (index, item) in page.items.iter().enumerate() {
        match item {
            Item::Glyphs(run) if visible(run).is_some() => runs.push((index, run)),
            _ => {}
        }
    }
    if runs.iter().all(|(_, run)| !run.right_to_left) {
        return direction_marks;
    }
    let page_is_rtl = is_mostly_rtl(runs.iter().map(|(_, run)| *run));
    runs.sort_by_key(|(_, run)| {
        let (along, across) = run.along_and_across();
        (run.turn, across, along)
    });
    for (position, &(index, run)) in runs.iter().enumerate() {
        // Whether the direction changes here; `None` at the end of a line.
        let changes_direction = |other: Option<&(usize, &GlyphRun)>| {
            let (_, other) = other.filter(|(_, other)| are_adjacent(run, other))?;
            Some(other.right_to_left != run.right_to_left)
        };
        let left = changes_direction(position.checked_sub(1).and_then(|before| runs.get(before)));
        let right = changes_direction(runs.get(position + 1));
        let (first, last) = visible(run).unwrap_or_default();
        let [mut first, mut last] = [first, last].map(|at| run.text_of(&run.glyphs[at]).chars());
        let (left_char, right_char) = if run.right_to_left {
            (first.next_back(), last.next())
        } else {
            (first.next(), last.next_back())
        };
        let mark = if run.right_to_left { RIGHT_TO_LEFT } else { LEFT_TO_RIGHT };
        let is_needed = |c: Option<char>| c.is_some_and(|c| !is_strong(c, run.right_to_left));
        // On a right-to-left page, readers treat a comma as part of a number.
        let splits_numbers = page_is_rtl && run.right_to_left;
        let comma = splits_numbers
            && left_char.map(DirectionClass::from_char) == Some(DirectionClass::Separator);
        // A line that ends in the page's own direction needs no mark.
        let at_left_end = run.right_to_left && !page_is_rtl;
        let at_right_end = !run.right_to_left && page_is_rtl;
        let needs_left = left.unwrap_or(at_left_end) || (comma && left.is_some());
        direction_marks[index] = DirectionMarks {
            left: (needs_left && is_needed(left_char)).then_some(mark),
            right: (right.unwrap_or(at_right_end) && is_needed(right_char)).then_some(mark),
            after_separators: splits_numbers.then_some(mark),
        };
    }
    direction_marks
}

/// The first and the last glyph with a width: white space at the end of a line has none.
pub(in crate::pdf) fn visible(run: &GlyphRun) -> Option<(usize, usize)> {
    let is_visible = |glyph: &Glyph| glyph.advance != Length::ZERO;
    let first = run.glyphs.iter().position(is_visible)?;
    Some((first, run.glyphs.iter().rposition(is_visible)?))
}

/// Whether more letters are right-to-left than left-to-right.
fn is_mostly_rtl<'r>(runs: impl Iterator<Item = &'r GlyphRun>) -> bool {
    let letters = runs.flat_map(|run| run.text.chars());
    let count = letters.fold(0_i64, |count, c| match DirectionClass::from_char(c) {
        DirectionClass::RightToLeft => count + 1,
        DirectionClass::LeftToRight => count - 1,
        _ => count,
    });
    count > 0
}

/// Whether a character has a strong direction.
fn is_strong(c: char, right_to_left: bool) -> bool {
    match DirectionClass::from_char(c) {
        DirectionClass::RightToLeft => right_to_left,
        DirectionClass::LeftToRight | DirectionClass::Figure => !right_to_left,
        DirectionClass::Separator | DirectionClass::Mark | DirectionClass::Neutral => false,
    }
}

/// Whether two runs are adjacent on a line; columns of a table are further apart.
fn are_adjacent(run: &GlyphRun, other: &GlyphRun) -> bool {
    let [(start, line), (other_start, other_line)] = [run, other].map(GlyphRun::along_and_across);
    let gap = if start <= other_start {
        other_start - (start + run.width())
    } else {
        start - (other_start + other.width())
    };
    run.turn == other.turn
        && line == other_line
        && gap <= run.size.max(other.size) / 2
        && gap >= Length::ZERO - run.size
}
