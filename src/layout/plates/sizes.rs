//! The sizes of the framed plates of a book, equal so that no plate dominates.

use crate::model::{
    Book, Length, Picture, PlateLayout, PlateSize, PlateSizing, Rotate, Side, Size, Turn,
};

use crate::layout::Grid;

/// The common size of a book's framed plates.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct PlateSizes {
    common: CommonSize,
    /// The maximum size of a picture.
    pub(in crate::layout) limit: Size,
    /// The maximum area of a plate that is not `large`.
    most: i128,
    /// The direction in which landscape pictures are rotated; `None` if rotation is off.
    turn: Option<Turn>,
}

/// The dimension that all framed plates share.
#[derive(Debug, Clone, Copy)]
enum CommonSize {
    /// The area, in square EMU.
    Area(i128),
    /// The longer edge.
    Edge(Length),
    /// The height.
    Height(Length),
}

/// The aspect ratio of a picture as placed on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) struct PictureShape {
    pub(in crate::layout) turn: Turn,
    /// The horizontal side; only the ratio to the height matters.
    pub(in crate::layout) width: i64,
    /// The vertical side.
    pub(in crate::layout) height: i64,
}

/// The maximum height of a picture in per cent of the height between the margins.
const HIGHEST_PERCENT: i64 = 94;
/// The area of a small plate in per cent of its usual one.
const SMALL_PERCENT: i128 = 48;
/// A plate with this part, in per cent, of the largest area it can have is as large as that: else
/// its edges would miss the margins by a few millimetres.
const NEARLY_LARGEST_PERCENT: i128 = 93;
/// A picture that is higher than this many times its width has less than the common area.
const MOST_UPRIGHT: i64 = 2;
/// With equal edges, the maximum area of a square in per cent of the largest area.
const MAX_SQUARE_PERCENT: i128 = 124;
/// The area of pictures in per cent of the one that those of the other direction can have.
const BALANCED_PERCENT: i128 = 170;
/// Upright or wide pictures are a part of the book if one of so many pictures is.
const FEW: usize = 6;
/// A picture is rotated if its area grows at least by this factor, in tenths.
const MIN_GAIN_TENTHS: i128 = 14;

impl PictureShape {
    /// The shape of a picture that is not rotated.
    pub(in crate::layout) fn upright(picture: &Picture) -> Self {
        let pixels = picture.upright();
        Self {
            turn: Turn::Upright,
            width: pixels.width.max(1).into(),
            height: pixels.height.max(1).into(),
        }
    }

    /// The shape rotated by a quarter turn.
    pub(in crate::layout) fn turned(self, turn: Turn) -> Self {
        Self { turn, width: self.height, height: self.width }
    }

    /// The largest size of this shape within the limit.
    pub(in crate::layout) fn within(self, limit: Size) -> Size {
        let by_width = Size::new(limit.width, limit.width.scale(self.height, self.width));
        if by_width.height <= limit.height {
            by_width
        } else {
            Size::new(limit.height.scale(self.width, self.height), limit.height)
        }
    }

    /// The smallest size of this shape that covers the given area.
    pub(in crate::layout) fn covering(self, area: Size) -> Size {
        let by_width = Size::new(area.width, area.width.scale(self.height, self.width));
        if by_width.height >= area.height {
            by_width
        } else {
            Size::new(area.height.scale(self.width, self.height), area.height)
        }
    }
}

impl PlateSizes {
    /// The common size of a book's plates: that of its usual shape. A picture whose shape is rare
    /// in the book is made as large as possible and does not reduce the others.
    pub(in crate::layout) fn new(book: &Book, grid: &Grid) -> Self {
        let (page, plates) = (grid.trim, grid.style.plates);
        let inside = grid.inside(Side::Recto);
        // Below the picture there is white even if it has no caption, so that no picture reaches
        // all margins.
        let highest = inside.height.scale(HIGHEST_PERCENT, 100);
        let limit = Size::new(inside.width, page.height.scale(plates.highest, 1000).min(highest));
        let most = area(page) * i128::from(plates.share) / 1000;
        // Only landscape pictures on portrait pages are rotated, and always in the same
        // direction: the reader turns the book once, and pictures on facing pages have the same
        // orientation. The top is on the left, at the outer edge of a verso and the spine of a
        // recto, and on the right in right-to-left books.
        let head = if grid.binding_right { Turn::HeadRight } else { Turn::HeadLeft };
        let turns = book.print.rotate == Rotate::Auto && page.height > page.width;
        let mut sizes =
            Self { common: CommonSize::Area(most), limit, most, turn: turns.then_some(head) };
        let framed = book.plates().filter(|(_, plate)| plate.layout == PlateLayout::Framed);
        let largest: Vec<Size> =
            framed.map(|(_, plate)| sizes.shape(&plate.picture).within(limit)).collect();
        let fill = |area: i128| area * i128::from(plates.fill) / 1000;
        // The part of the white beside a picture is the same as that below it.
        let fill_side = |side: i64| root(fill(i128::from(side) * i128::from(side)));
        sizes.common = match book.print.plates {
            PlateSizing::EqualArea => {
                let usual = middle(largest.iter().map(|size| area(*size)).collect());
                let most = balanced_area(&largest).map_or(most, |balanced| most.min(balanced));
                CommonSize::Area(usual.map_or(most, |usual| fill(usual).min(most)))
            }
            PlateSizing::EqualEdge => {
                let edge = |size: &Size| size.width.max(size.height).to_emu();
                // The longer edge of a 3 : 2 picture with the largest area.
                let most = root(most * 3 / 2);
                let common = common_side(largest.iter().map(edge).collect());
                CommonSize::Edge(Length::emu(common.map_or(most, |side| fill_side(side).min(most))))
            }
            PlateSizing::EqualHeight => {
                // The height of a 3 : 2 picture with the largest area.
                let most = root(most * 2 / 3);
                let common = common_side(largest.iter().map(|size| size.height.to_emu()).collect());
                CommonSize::Height(Length::emu(
                    common.map_or(most, |side| fill_side(side).min(most)),
                ))
            }
        };
        sizes
    }

    /// The orientation of a framed picture: upright, or rotated if that is allowed and makes it
    /// sufficiently larger.
    pub(in crate::layout) fn shape(&self, picture: &Picture) -> PictureShape {
        let shown = |shape: PictureShape| area(shape.within(self.limit)).min(self.most);
        self.best(picture, shown)
    }

    /// The orientation of a picture that fills an area of this size and is cropped to it.
    pub(in crate::layout) fn filling(&self, picture: &Picture, size: Size) -> PictureShape {
        // The part of the picture that remains, in millionths.
        let kept_share =
            |shape: PictureShape| area(size) * 1_000_000 / area(shape.covering(size)).max(1);
        self.best(picture, kept_share)
    }

    fn best(&self, picture: &Picture, worth: impl Fn(PictureShape) -> i128) -> PictureShape {
        let upright = PictureShape::upright(picture);
        let turned = self.turn.filter(|_| upright.width > upright.height);
        turned
            .map(|turn| upright.turned(turn))
            .filter(|turned| worth(*turned) * 10 >= worth(upright) * MIN_GAIN_TENTHS)
            .unwrap_or(upright)
    }

    /// The size of a picture of this shape.
    pub(in crate::layout) fn size(&self, shape: PictureShape, plate_size: PlateSize) -> Size {
        let largest = shape.within(self.limit);
        let common = match self.common {
            CommonSize::Area(area) => area,
            CommonSize::Edge(edge) => {
                let longer = shape.width.max(shape.height);
                let sides = (edge.scale(shape.width, longer), edge.scale(shape.height, longer));
                area(Size::new(sides.0, sides.1)).min(self.most * MAX_SQUARE_PERCENT / 100)
            }
            CommonSize::Height(height) => {
                area(Size::new(height.scale(shape.width, shape.height), height))
            }
        };
        // One much higher than wide stands out beside all others, and most beside a panorama, which is
        // smaller than they are.
        let common = match self.common {
            CommonSize::Area(_) if shape.height > shape.width * MOST_UPRIGHT => {
                let most = i128::from(shape.width * MOST_UPRIGHT);
                let height = i128::from(shape.height);
                common * most * most / (height * height)
            }
            _ => common,
        };
        let max_area = match plate_size {
            PlateSize::Small => common.min(area(largest)) * SMALL_PERCENT / 100,
            PlateSize::Normal => common,
            PlateSize::Large => return largest,
        };
        let has_equal_area = matches!(self.common, CommonSize::Area(_));
        let is_near = has_equal_area && plate_size == PlateSize::Normal;
        let nearly = if is_near { NEARLY_LARGEST_PERCENT } else { 100 };
        if area(largest) * nearly <= max_area * 100 {
            return largest;
        }
        // Both sides are scaled by the square root of the ratio of areas.
        let width =
            Length::emu(root(max_area * i128::from(shape.width) / i128::from(shape.height)));
        Size::new(width, width.scale(shape.height, shape.width))
    }
}

/// The area above which wide pictures would dominate upright ones, or these the others: the page
/// may leave one of the two directions far less room. Panoramas are not considered.
fn balanced_area(largest: &[Size]) -> Option<i128> {
    let is_usual = |size: &&Size| {
        let (shorter, longer) = (size.width.min(size.height), size.width.max(size.height));
        longer <= shorter * 2
    };
    let of_direction = |is_upright: bool| {
        let direction = |size: &&Size| (size.height > size.width) == is_upright;
        let sizes: Vec<&Size> = largest.iter().filter(direction).filter(is_usual).collect();
        let is_part = sizes.len() * FEW >= largest.len();
        middle(sizes.into_iter().map(|size| area(*size)).collect()).filter(|_| is_part)
    };
    let least = [true, false].into_iter().filter_map(of_direction).min();
    least.map(|least| least * BALANCED_PERCENT / 100)
}

/// The mean of the middle half of the values; `None` if there are none. Unlike a mean, it does not
/// follow rare values, and unlike a median, it does not jump between two frequent ones.
fn middle(mut values: Vec<i128>) -> Option<i128> {
    values.sort_unstable();
    let quarter = values.len() / 4;
    let half = &values[quarter..values.len() - quarter];
    let count = i128::try_from(half.len()).ok().filter(|count| *count > 0)?;
    Some(half.iter().sum::<i128>() / count)
}

/// The largest side that about three of four plates can have.
fn common_side(mut sides: Vec<i64>) -> Option<i64> {
    sides.sort_unstable();
    sides.get(sides.len() / 4).copied()
}

fn area(size: Size) -> i128 {
    i128::from(size.width.to_emu()) * i128::from(size.height.to_emu())
}

/// The integer square root.
fn root(square: i128) -> i64 {
    i64::try_from(square.max(0).isqrt()).unwrap_or(i64::MAX)
}
