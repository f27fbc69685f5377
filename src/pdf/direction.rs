//! Lines that run both ways, for readers who know but the order in which letters are seen.
//! Such a reader puts a space, a full stop or a figure with the letters beside it, on
//! whichever side the line goes on; a mark of direction, which nobody sees, says where.

use crate::model::{GlyphRun, Item, Length, Page};
use crate::typeset::Bearing;

/// U+200E: what stands here runs from left to right.
const LEFT_TO_RIGHT: char = '\u{200E}';

/// U+200F: what stands here runs from right to left.
const RIGHT_TO_LEFT: char = '\u{200F}';

/// The marks of direction at the two ends of a run, as they are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Ends {
    pub(super) left: Option<char>,
    pub(super) right: Option<char>,
}

/// The marks that the runs of a page want, by item; none where all run from left to right.
pub(super) fn ends(page: &Page) -> Vec<Ends> {
    let mut ends = vec![Ends::default(); page.items.len()];
    let mut runs: Vec<(usize, &GlyphRun)> = Vec::new();
    for (index, item) in page.items.iter().enumerate() {
        match item {
            Item::Glyphs(run) if !run.glyphs.is_empty() => runs.push((index, run)),
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
        let (first, last) = (run.glyphs.first(), run.glyphs.last());
        let (on_left, on_right) = if run.right_to_left {
            let on_left = first.and_then(|glyph| run.shown(glyph).chars().next_back());
            (on_left, last.and_then(|glyph| run.shown(glyph).chars().next()))
        } else {
            let on_left = first.and_then(|glyph| run.shown(glyph).chars().next());
            (on_left, last.and_then(|glyph| run.shown(glyph).chars().next_back()))
        };
        let mark = if run.right_to_left { RIGHT_TO_LEFT } else { LEFT_TO_RIGHT };
        let wanted = |c: Option<char>| c.is_some_and(|c| !is_firm(c, run.right_to_left));
        // Where a line ends in the page's own direction, nothing has to be said.
        let left_alone = run.right_to_left && !mostly_left;
        let right_alone = !run.right_to_left && mostly_left;
        ends[index] = Ends {
            left: (left.unwrap_or(left_alone) && wanted(on_left)).then_some(mark),
            right: (right.unwrap_or(right_alone) && wanted(on_right)).then_some(mark),
        };
    }
    ends
}

/// Whether more letters are read from the right than from the left.
fn goes_left<'r>(runs: impl Iterator<Item = &'r GlyphRun>) -> bool {
    let letters = runs.flat_map(|run| run.text.chars());
    let count = letters.fold(0_i64, |count, c| match Bearing::of(c) {
        Bearing::RightToLeft => count + 1,
        Bearing::LeftToRight => count - 1,
        _ => count,
    });
    count > 0
}

/// Whether a character says by itself which way it runs.
fn is_firm(c: char, right_to_left: bool) -> bool {
    match Bearing::of(c) {
        Bearing::RightToLeft => right_to_left,
        Bearing::LeftToRight | Bearing::Figure => !right_to_left,
        Bearing::Mark | Bearing::Neutral => false,
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
