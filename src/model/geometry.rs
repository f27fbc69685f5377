//! Points, rectangles and edges on a page. The origin is the upper left corner
//! of the trim; x grows to the right, y grows **down**.

use std::fmt;

use super::{Length, Side};

/// A point on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Point {
    /// The distance from the trim's left edge.
    pub x: Length,
    /// The distance from the trim's top edge, downwards.
    pub y: Length,
}

impl Point {
    /// Creates a point from its coordinates.
    pub const fn new(x: Length, y: Length) -> Self {
        Self { x, y }
    }
}

/// A width and a height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Size {
    /// The horizontal dimension.
    pub width: Length,
    /// The vertical dimension.
    pub height: Length,
}

impl Size {
    /// Creates a size from its dimensions.
    pub const fn new(width: Length, height: Length) -> Self {
        Self { width, height }
    }

    /// The shorter side, on which the proportions of a page are based.
    pub fn shorter(self) -> Length {
        self.width.min(self.height)
    }
}

impl fmt::Display for Size {
    /// `210 mm × 297 mm`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × {}", self.width, self.height)
    }
}

/// An axis-aligned rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Rect {
    /// The left edge.
    pub x: Length,
    /// The top edge.
    pub y: Length,
    /// The horizontal dimension.
    pub width: Length,
    /// The vertical dimension.
    pub height: Length,
}

impl Rect {
    /// Creates a rectangle from its upper left corner and its size.
    pub const fn new(origin: Point, size: Size) -> Self {
        Self { x: origin.x, y: origin.y, width: size.width, height: size.height }
    }

    /// The right edge.
    pub fn right(&self) -> Length {
        self.x + self.width
    }

    /// The bottom edge.
    pub fn bottom(&self) -> Length {
        self.y + self.height
    }

    /// Whether `other` lies completely inside.
    pub fn contains(&self, other: &Self) -> bool {
        other.x >= self.x
            && other.y >= self.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }

    /// The intersection; empty if they do not meet.
    #[must_use]
    pub fn common(&self, other: &Self) -> Self {
        let origin = Point::new(self.x.max(other.x), self.y.max(other.y));
        let right = self.right().min(other.right()).max(origin.x);
        let bottom = self.bottom().min(other.bottom()).max(origin.y);
        Self::new(origin, Size::new(right - origin.x, bottom - origin.y))
    }

    /// The rectangle moved by these distances.
    #[must_use]
    pub fn moved(self, across: Length, down: Length) -> Self {
        Self { x: self.x + across, y: self.y + down, ..self }
    }

    /// The page with its bleed, on this side of a leaf; see [`Edges::left`].
    pub fn with_bleed(trim: Size, bleed: &Edges, side: Side, binding_right: bool) -> Self {
        let left = bleed.left(side, binding_right);
        let right = bleed.right(side, binding_right);
        Self {
            x: -left,
            y: -bleed.top,
            width: left + trim.width + right,
            height: bleed.top + trim.height + bleed.bottom,
        }
    }
}

/// A length for each edge of a leaf: margins, bleeds. A bound book has an inner (bind) and an
/// outer (fore) edge, which are left or right depending on the side of the leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Edges {
    /// The top edge.
    pub top: Length,
    /// The bottom edge.
    pub bottom: Length,
    /// The edge at the spine.
    pub inner: Length,
    /// The fore edge.
    pub outer: Length,
}

impl Edges {
    /// The same length on all four edges.
    pub const fn all(length: Length) -> Self {
        Self { top: length, bottom: length, inner: length, outer: length }
    }

    /// The length at the left edge of a page on this side of a leaf; `binding_right` is true for
    /// right-to-left books.
    pub fn left(&self, side: Side, binding_right: bool) -> Length {
        if (side == Side::Recto) == binding_right { self.outer } else { self.inner }
    }

    /// The length at the right edge; see [`Edges::left`].
    pub fn right(&self, side: Side, binding_right: bool) -> Length {
        if (side == Side::Recto) == binding_right { self.inner } else { self.outer }
    }
}

impl fmt::Display for Edges {
    /// `3 mm`, or each edge.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { top, bottom, inner, outer } = self;
        if *self == Self::all(*top) {
            return write!(f, "{top}");
        }
        write!(f, "top {top}, bottom {bottom}, outer {outer}, inner {inner}")
    }
}

/// The linear part of a placement: how the unit square of a stored picture is mapped to its
/// upright frame. `[a b c d e f]` maps `(x, y)` to `(ax + cy + e, bx + dy + f)`, with the y axis
/// pointing **up**, as in PDF (ISO 32000-2, 8.3.3). Its entries are −1, 0 or 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Matrix(pub [i8; 6]);

impl Matrix {
    /// This placement followed by another one.
    #[must_use]
    pub fn then(self, other: Self) -> Self {
        let mapped = |x: i8, y: i8| {
            let of = |from: usize| other.0[from] * x + other.0[from + 2] * y;
            (of(0), of(1))
        };
        let across = mapped(self.0[0], self.0[1]);
        let up = mapped(self.0[2], self.0[3]);
        let origin = mapped(self.0[4], self.0[5]);
        let [.., x, y] = other.0;
        Self([across.0, across.1, up.0, up.1, origin.0 + x, origin.1 + y])
    }
}
