//! Places pictures and captions on the columns of a page.

use crate::model::{Captions, Length, Side, Size};

use crate::layout::Grid;
use crate::layout::plates::caption;

/// The narrowest column of a caption beside its picture.
const MIN_CAPTION: Length = Length::mm(38);

/// Where captions are that stand beside their pictures, or in the same columns below them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) struct CaptionColumns {
    /// Their number; they are the outer ones.
    pub(in crate::layout) count: i64,
    /// Their width.
    pub(in crate::layout) width: Length,
    /// The distance from the fore edge to them.
    inset: Length,
}

impl CaptionColumns {
    /// The outer columns that running text leaves free, as many as a caption may fill. On a page
    /// that leaves none, those of the text.
    pub(in crate::layout) fn for_grid(grid: &Grid) -> Option<Self> {
        let columns = grid.columns?;
        if grid.style.captions != Captions::Beside {
            return None;
        }
        let of_text = columns.nearest(grid.measure);
        let free = columns.count - of_text;
        let outer = grid.margins.outer;
        if columns.span(free) < MIN_CAPTION {
            let inset = grid.trim.width - grid.column_inset - grid.measure;
            return Some(Self { count: of_text, width: grid.measure, inset });
        }
        let count = free.min(columns.within(caption::widest(grid)));
        Some(Self { count, width: columns.span(count), inset: outer })
    }

    /// Their left edge.
    pub(in crate::layout) fn left(&self, side: Side, grid: &Grid) -> Length {
        if grid.bind_edge_is_left(side) {
            grid.trim.width - self.inset - self.width
        } else {
            self.inset
        }
    }

    /// Whether captions can stand beside pictures.
    fn are_free(&self, grid: &Grid) -> bool {
        self.inset == grid.margins.outer && self.width != grid.measure
    }
}

/// The outer columns that the caption of a picture of this width has beside it; `None` if the
/// caption must be below it.
pub(in crate::layout) fn beside(width: Length, grid: &Grid) -> Option<CaptionColumns> {
    let columns = grid.columns?;
    let captions = CaptionColumns::for_grid(grid)?;
    let free = columns.count - columns.nearest(width);
    let count = free.min(captions.count);
    let room = columns.span(count);
    (captions.are_free(grid) && room >= MIN_CAPTION).then_some(CaptionColumns {
        count,
        width: room,
        ..captions
    })
}

/// The size of a picture whose width is that of a whole number of columns: the one whose area is
/// nearest to that of `ideal`. It either leaves room for its caption beside it or fills the page.
pub(in crate::layout) fn snapped(ideal: Size, max_height: Length, grid: &Grid) -> Size {
    let Some(columns) = grid.columns else { return ideal };
    let is_beside = CaptionColumns::for_grid(grid).is_some_and(|it| it.are_free(grid));
    let area = |size: Size| i128::from(size.width.to_emu()) * i128::from(size.height.to_emu());
    let leaves_room = |count: i64| {
        let free = columns.count - count;
        free == 0 || !is_beside || columns.span(free) >= MIN_CAPTION
    };
    (1..=columns.count)
        .filter(|count| leaves_room(*count))
        .map(|count| {
            let width = columns.span(count);
            Size::new(width, width.scale(ideal.height.to_emu(), ideal.width.to_emu().max(1)))
        })
        .filter(|size| size.height <= max_height)
        .min_by_key(|size| (area(*size) - area(ideal)).abs())
        .unwrap_or(ideal)
}

/// The left edge of a picture of this width: inside the columns of captions, or, if it covers these,
/// at the inner margin.
pub(in crate::layout) fn picture_left(width: Length, side: Side, grid: &Grid) -> Length {
    let inside = grid.inside(side);
    let outer = match (grid.columns, beside(width, grid)) {
        (Some(columns), Some(captions)) => columns.step(captions.count),
        _ => inside.width - width,
    };
    if grid.bind_edge_is_left(side) { inside.right() - outer - width } else { inside.x + outer }
}
