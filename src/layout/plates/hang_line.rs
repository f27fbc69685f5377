//! The two lines from which the pictures of designs with such lines hang.

use crate::layout::Grid;
use crate::model::Length;

/// The lower line is a multiple of this part of the page's height below the first one (one over the
/// number).
const STEPS_OF_PAGE: i64 = 12;

/// The lines from which the framed pictures of a book hang.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) struct HangLines {
    first: Length,
    /// The steps from the first line to the lower one, if any picture hangs from it.
    steps: Option<i64>,
}

impl HangLines {
    /// The lines for pictures that would have their tops here in the optical centre. High pictures
    /// hang from the first one; one that is much higher than most moves nothing but itself. The lower
    /// one is not below the optical centre of half of the others.
    pub(super) fn new(mut tops: Vec<Length>, grid: &Grid) -> Self {
        tops.sort_unstable();
        let rare = tops.len() / 8;
        let first = tops.get(rare).copied().unwrap_or_default().max(grid.margins.top);
        let steps = tops.iter().map(|top| steps_down(*top, first, grid));
        let low: Vec<i64> = steps.filter(|steps| *steps > 0).collect();
        Self { first, steps: low.get(low.len().saturating_sub(1) / 2).copied() }
    }

    /// The line for a picture that would have its top here in the optical centre: the lowest one that
    /// is not below that, so that low pictures are not far above the white below them.
    pub(super) fn line_for(self, top: Length, grid: &Grid) -> Length {
        let down = steps_down(top, self.first, grid);
        let steps = self.steps.filter(|steps| *steps <= down).unwrap_or(0);
        self.first + step(grid) * steps
    }
}

fn step(grid: &Grid) -> Length {
    grid.trim.height / STEPS_OF_PAGE
}

/// The whole steps from the first line to this height.
fn steps_down(top: Length, first: Length, grid: &Grid) -> i64 {
    (top - first).max(Length::ZERO).to_emu() / step(grid).to_emu().max(1)
}
