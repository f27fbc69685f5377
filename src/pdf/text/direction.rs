//! Lines that run both ways, for readers who know but the order in which letters are seen.
//! Such a reader puts a space, a full stop or a figure with the letters beside it, on
//! whichever side the line goes on; a mark of direction, which nobody sees, says where.

use crate::model::{Glyph, GlyphRun, Item, Length, Page};
use crate::typeset::DirectionClass;

/// U+200E: what stands here runs from left to right.
const LEFT_TO_RIGHT: char = '\u{200E}';

/// U+200F: what stands here runs from right to left.
const RIGHT_TO_LEFT: char = '\u{200F}';

/// The marks of direction that a run wants, at its two ends as they are seen, and inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::pdf) struct DirectionMarks {
    pub(in crate::pdf) left: Option<char>,
    pub(in crate::pdf) right: Option<char>,
    /// What stands behind a point or a comma inside the run.
    pub(in crate::pdf) behind_separators: Option<char>,
}

/// The marks that the runs of a page want, by item; none where all run from left to right.
pub(in crate::pdf) fn ends(page: &Page) -> Vec<DirectionMarks> {
    let mut ends = vec![DirectionMarks::default(); page.items.len()];
    let mut runs: Vec<(usize, &GlyphRun)> = Vec::new();
    for (index, item) in page.items.iter().enumerate() {
        match item {
            Item::Glyphs(run) if visible(run).is_some() => runs.push((index, run)),
            _ => {}
        }
    }
    if runs.iter().all(|(_, run)| !run.right_to_left) {
        return ends;
    }
    let mostly_left = goes_left(runs.iter().map(|(_, run)| *run));
    runs.sort_by_key(|(_, run)| (run.origin.y, run.origin.x));
    for (place, &(index, run)) in runs.iter().enumerate() {
        // Whether the line turns here; `None` where it ends.
        let turns = |other: Option<&(usize, &GlyphRun)>| {
            let (_, other) = other.filter(|(_, other)| touch(run, other))?;
            Some(other.right_to_left != run.right_to_left)
        };
        let left = turns(place.checked_sub(1).and_then(|before| runs.get(before)));
        let right = turns(runs.get(place + 1));
        let (first, last) = visible(run).unwrap_or_default();
        let [mut first, mut last] = [first, last].map(|at| run.shown(&run.glyphs[at]).chars());
        let (on_left, on_right) = if run.right_to_left {
            (first.next_back(), last.next())
        } else {
            (first.next(), last.next_back())
        };
        let mark = if run.right_to_left { RIGHT_TO_LEFT } else { LEFT_TO_RIGHT };
        let wanted = |c: Option<char>| c.is_some_and(|c| !is_firm(c, run.right_to_left));
        // On a page that is read from the right, readers take a comma for a figure.
        let parts = mostly_left && run.right_to_left;
        let comma =
            parts && on_left.map(DirectionClass::from_char) == Some(DirectionClass::Separator);
        // Where a line ends in the page's own direction, nothing has to be said.
        let left_alone = run.right_to_left && !mostly_left;
        let right_alone = !run.right_to_left && mostly_left;
        let turns_left = left.unwrap_or(left_alone) || (comma && left.is_some());
        ends[index] = DirectionMarks {
            left: (turns_left && wanted(on_left)).then_some(mark),
            right: (right.unwrap_or(right_alone) && wanted(on_right)).then_some(mark),
            behind_separators: parts.then_some(mark),
        };
    }
    ends
}

/// The first and the last glyph that take up room: white space at a line's end does not.
pub(in crate::pdf) fn visible(run: &GlyphRun) -> Option<(usize, usize)> {
    let is_visible = |glyph: &Glyph| glyph.advance != Length::ZERO;
    let first = run.glyphs.iter().position(is_visible)?;
    Some((first, run.glyphs.iter().rposition(is_visible)?))
}

/// Whether more letters are read from the right than from the left.
fn goes_left<'r>(runs: impl Iterator<Item = &'r GlyphRun>) -> bool {
    let letters = runs.flat_map(|run| run.text.chars());
    let count = letters.fold(0_i64, |count, c| match DirectionClass::from_char(c) {
        DirectionClass::RightToLeft => count + 1,
        DirectionClass::LeftToRight => count - 1,
        _ => count,
    });
    count > 0
}

/// Whether a character says by itself which way it runs.
fn is_firm(c: char, right_to_left: bool) -> bool {
    match DirectionClass::from_char(c) {
        DirectionClass::RightToLeft => right_to_left,
        DirectionClass::LeftToRight | DirectionClass::Figure => !right_to_left,
        DirectionClass::Separator | DirectionClass::Mark | DirectionClass::Neutral => false,
    }
}

/// Whether two runs stand side by side on one line: columns of a table are further apart.
fn touch(run: &GlyphRun, other: &GlyphRun) -> bool {
    let (left, right) = if run.origin.x <= other.origin.x { (run, other) } else { (other, run) };
    let gap = right.origin.x - (left.origin.x + left.width());
    left.origin.y == right.origin.y
        && gap <= run.size.max(other.size) / 2
        && gap >= Length::ZERO - run.size
}
