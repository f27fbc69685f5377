//! The line from which the pictures of designs with one hang.

use crate::model::{Book, Length, PlateLayout, PlatePosition};

use crate::layout::Grid;
use crate::layout::plates::caption;
use crate::layout::plates::columns;
use crate::layout::plates::sizes::PlateSizes;

/// The top of the framed pictures of a book whose design hangs them from one line: the line at
/// which the high ones are in the optical centre. A picture that is much higher than most moves
/// nothing but itself.
pub(in crate::layout) fn hang_line(book: &Book, grid: &Grid, sizes: &PlateSizes) -> Length {
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
    optical_top(high, caption::gap(grid) + caption::leading(grid) * 2, grid).max(grid.margins.top)
}

/// The top of a picture in the optical centre, with a caption of this height: the white below it is
/// somewhat higher than that above it.
pub(super) fn optical_top(height: Length, caption: Length, grid: &Grid) -> Length {
    (grid.trim.height - height - caption).max(Length::ZERO).scale(100, 225)
}
