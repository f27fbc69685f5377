//! How large the framed plates of a book are: alike, so that none shouts.

use crate::model::{Book, Length, Picture, PlateLayout, PlateSizing, Rotate, Side, Size, Turn};

use crate::layout::Grid;

/// The common size of a book's framed plates.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct PlateSizes {
    common: CommonSize,
    /// No picture is wider or higher.
    limit: Size,
    /// The area of a plate on a page that suits its shape.
    ideal: i128,
    /// How wide pictures are turned, if they may be.
    turn: Option<Turn>,
}

/// What framed plates have in common.
#[derive(Debug, Clone, Copy)]
enum CommonSize {
    /// The area, in square EMU.
    Area(i128),
    /// The longer edge.
    Edge(Length),
}

/// A picture's shape as it lies on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) struct PictureShape {
    pub(in crate::layout) turn: Turn,
    /// Across the page; only the ratio to the height counts.
    pub(in crate::layout) width: i64,
    /// Down the page.
    pub(in crate::layout) height: i64,
}

/// By how much a square exceeds the ideal area where edges are made alike, in per cent.
const LARGEST: i128 = 124;
/// A picture is turned when it is shown larger by this, in tenths of its area.
const WORTH_TURNING: i128 = 14;

impl PictureShape {
    /// A picture as it is looked at.
    pub(in crate::layout) fn upright(picture: &Picture) -> Self {
        let pixels = picture.upright();
        Self {
            turn: Turn::Upright,
            width: pixels.width.max(1).into(),
            height: pixels.height.max(1).into(),
        }
    }

    /// The same picture turned by a quarter.
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

    /// The smallest size of this shape that covers an area of that size.
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
    /// The common size of a book's plates: the largest that most of them can take. A shape
    /// that is rare in the book is as large as it can be, and does not make the others small.
    pub(in crate::layout) fn new(book: &Book, grid: &Grid) -> Self {
        let (page, plates) = (grid.trim, grid.look.plates);
        let limit =
            Size::new(grid.inside(Side::Recto).width, page.height.scale(plates.highest, 1000));
        let ideal = area(page) * i128::from(plates.share) / 1000;
        // Only a wide picture on an upright page, and always to the same side: the reader
        // turns the book once, and pictures on facing pages have their heads alike. The head
        // goes to the left, where the outer edge of a verso and the spine of a recto are, and
        // to the right in books that are read from there.
        let head = if grid.binding_right { Turn::HeadRight } else { Turn::HeadLeft };
        let turns = book.print.rotate == Rotate::Auto && page.height > page.width;
        let mut sizes =
            Self { common: CommonSize::Area(ideal), limit, ideal, turn: turns.then_some(head) };
        let framed = book.plates().filter(|(_, plate)| plate.layout == PlateLayout::Framed);
        let mut largest: Vec<Size> =
            framed.map(|(_, plate)| sizes.shape(&plate.picture).within(limit)).collect();
        sizes.common = match book.print.plates {
            PlateSizing::EqualArea => {
                largest.sort_unstable_by_key(|size| area(*size));
                let area = largest.get(largest.len() / 5).map_or(ideal, |size| area(*size));
                CommonSize::Area(area.clamp(ideal / 2, ideal))
            }
            PlateSizing::EqualEdge => {
                largest.sort_unstable_by_key(|size| size.width.max(size.height));
                let edge = |size: &Size| size.width.max(size.height);
                // The edge of a picture of 3 : 2 that has the ideal area.
                let ideal = Length::emu(root(ideal * 3 / 2));
                CommonSize::Edge(largest.get(largest.len() / 5).map_or(ideal, edge).min(ideal))
            }
        };
        sizes
    }

    /// How a picture lies on a page of its own: upright, or turned where that is allowed and
    /// worth it.
    pub(in crate::layout) fn shape(&self, picture: &Picture) -> PictureShape {
        let shown = |shape: PictureShape| area(shape.within(self.limit)).min(self.ideal);
        self.best(picture, shown)
    }

    /// How a picture lies that fills an area of this size and is cropped to it.
    pub(in crate::layout) fn filling(&self, picture: &Picture, size: Size) -> PictureShape {
        // What is kept of the picture, in millionths.
        let kept = |shape: PictureShape| area(size) * 1_000_000 / area(shape.covering(size)).max(1);
        self.best(picture, kept)
    }

    fn best(&self, picture: &Picture, worth: impl Fn(PictureShape) -> i128) -> PictureShape {
        let upright = PictureShape::upright(picture);
        let turned = self.turn.filter(|_| upright.width > upright.height);
        turned
            .map(|turn| upright.turned(turn))
            .filter(|turned| worth(*turned) * 10 >= worth(upright) * WORTH_TURNING)
            .unwrap_or(upright)
    }

    /// The size of a picture of this shape.
    pub(in crate::layout) fn size(&self, shape: PictureShape) -> Size {
        let largest = shape.within(self.limit);
        let most = match self.common {
            CommonSize::Area(area) => area,
            CommonSize::Edge(edge) => {
                let longer = shape.width.max(shape.height);
                let sides = (edge.scale(shape.width, longer), edge.scale(shape.height, longer));
                area(Size::new(sides.0, sides.1)).min(self.ideal * LARGEST / 100)
            }
        };
        if area(largest) <= most {
            return largest;
        }
        // Both sides shrink by the root of the areas' ratio.
        let width = Length::emu(root(most * i128::from(shape.width) / i128::from(shape.height)));
        Size::new(width, width.scale(shape.height, shape.width))
    }
}

fn area(size: Size) -> i128 {
    i128::from(size.width.to_emu()) * i128::from(size.height.to_emu())
}

/// The whole square root.
fn root(square: i128) -> i64 {
    i64::try_from(square.max(0).isqrt()).unwrap_or(i64::MAX)
}
