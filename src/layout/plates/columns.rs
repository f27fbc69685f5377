//! Places pictures and captions on the columns of a page.

use crate::model::{Captions, Length, Side, Size};

use crate::layout::plates::caption;
use crate::layout::{Grid, PageColumns};

/// The area that a picture keeps on columns, in per cent of the ideal one.
const MIN_SNAPPED_PERCENT: i128 = 62;
/// The narrowest column of a caption beside its picture.
const MIN_CAPTION: Length = Length::mm(38);

/// The outer columns of a page, where captions stand beside their pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) struct CaptionColumns {
    /// Their number.
    pub(in crate::layout) count: i64,
    /// Their width.
    pub(in crate::layout) width: Length,
}

impl CaptionColumns {
    /// The columns that running text leaves free, as many as a caption may fill; `None` if the
    /// design has none, or if the page is too small.
    pub(in crate::layout) fn for_grid(grid: &Grid) -> Option<Self> {
        let columns = grid.columns.filter(|_| grid.style.captions == Captions::Beside)?;
        let free = columns.count - columns.nearest(grid.measure);
        let count = free.min(columns.within(caption::widest(grid)));
        Self::new(count, &columns)
    }

    fn new(count: i64, columns: &PageColumns) -> Option<Self> {
        let width = columns.span(count);
        (count > 0 && width >= MIN_CAPTION).then_some(Self { count, width })
    }

    /// Their left edge directly beside a picture at the inner margin.
    pub(in crate::layout) fn left_beside(
        &self,
        picture: Length,
        side: Side,
        grid: &Grid,
    ) -> Length {
        let Some(columns) = grid.columns else { return self.left(side, grid) };
        let inside = grid.inside(side);
        let from_inner = columns.step(columns.nearest(picture));
        if grid.bind_edge_is_left(side) {
            inside.x + from_inner
        } else {
            inside.right() - from_inner - self.width
        }
    }

    /// Their left edge.
    pub(in crate::layout) fn left(&self, side: Side, grid: &Grid) -> Length {
        let inside = grid.inside(side);
        if grid.bind_edge_is_left(side) { inside.right() - self.width } else { inside.x }
    }
}

/// The columns that the caption of a picture of this width has beside it; `None` if the caption
/// must be below it.
pub(in crate::layout) fn beside(width: Length, grid: &Grid) -> Option<CaptionColumns> {
    let columns = grid.columns?;
    let captions = CaptionColumns::for_grid(grid)?;
    let free = columns.count - columns.nearest(width);
    CaptionColumns::new(free.min(captions.count), &columns)
}

/// The size of a picture whose width is that of a whole number of columns: the one whose area is
/// nearest to that of `ideal`. It either leaves room for its caption beside it or fills the page. A
/// picture that would lose much on columns has a width of its own.
pub(in crate::layout) fn snapped(ideal: Size, max_height: Length, grid: &Grid) -> Size {
    let Some(columns) = grid.columns else { return ideal };
    let is_beside = CaptionColumns::for_grid(grid).is_some();
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
        .filter(|size| is_beside || area(*size) * 100 >= area(ideal) * MIN_SNAPPED_PERCENT)
        .unwrap_or(ideal)
}

/// The left edge of a picture of this width: at the inner margin, as that of running text.
pub(in crate::layout) fn picture_left(width: Length, side: Side, grid: &Grid) -> Length {
    let inside = grid.inside(side);
    if grid.bind_edge_is_left(side) { inside.x } else { inside.right() - width }
}
