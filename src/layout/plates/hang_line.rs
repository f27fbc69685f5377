//! The lines from which the pictures of designs with such lines hang.

use crate::model::{Book, Length, PlateLayout, PlatePosition};

use crate::layout::Grid;
use crate::layout::plates::caption;
use crate::layout::plates::columns;
use crate::layout::plates::sizes::PlateSizes;

/// The parts of the page's height from one line to the next.
const LINES_OF_PAGE: i64 = 12;

/// The first line from which the framed pictures of a book hang, if its design has such lines: that
/// at which the high ones are in the optical centre. A picture that is much higher than most moves
/// nothing but itself.
pub(in crate::layout) fn first_line(book: &Book, grid: &Grid, sizes: &PlateSizes) -> Length {
    if grid.style.plates.position != PlatePosition::Hang {
        return grid.margins.top;
    }
    let framed = book.plates().filter(|(_, plate)| plate.layout == PlateLayout::Framed);
    let mut heights: Vec<Length> = framed
        .map(|(_, plate)| {
            let size = sizes.size(sizes.shape(&plate.picture), plate.size);
            columns::snapped(size, sizes.limit.height, grid).height
        })
        .collect();
    heights.sort_unstable();
    let rare = heights.len() / 8;
    let high = heights.iter().rev().nth(rare).copied().unwrap_or_default();
    usual_top(high, grid).max(grid.margins.top)
}

/// The line for a picture of this height: the lowest one that is not below the optical centre, so
/// that the pictures of a book hang from few lines and low ones not far above the white below them.
pub(super) fn line_for(height: Length, first: Length, grid: &Grid) -> Length {
    let step = grid.trim.height / LINES_OF_PAGE;
    let lines = (usual_top(height, grid) - first).max(Length::ZERO).to_emu() / step.to_emu().max(1);
    first + step * lines
}

/// The top of a picture in the optical centre, with a caption of two lines.
fn usual_top(height: Length, grid: &Grid) -> Length {
    optical_top(height, caption::gap(grid) + caption::leading(grid) * 2, grid)
}

/// The top of a picture in the optical centre, with a caption of this height: the white below it is
/// somewhat higher than that above it.
pub(super) fn optical_top(height: Length, caption: Length, grid: &Grid) -> Length {
    (grid.trim.height - height - caption).max(Length::ZERO).scale(100, 225)
}
