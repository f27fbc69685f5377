//! The height at which a picture looks centred: slightly above the middle.

use crate::layout::Grid;
use crate::layout::plates::caption;
use crate::model::Length;

/// The top of a picture in the optical centre, with a caption of two lines.
pub(super) fn usual_top(height: Length, grid: &Grid) -> Length {
    top(height, caption::gap(grid) + caption::leading(grid) * 2, grid)
}

/// The top of a picture in the optical centre, with a caption of this height: the white below it is
/// somewhat higher than that above it.
pub(super) fn top(height: Length, caption: Length, grid: &Grid) -> Length {
    (grid.trim.height - height - caption).max(Length::ZERO).scale(100, 225)
}
