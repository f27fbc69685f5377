//! The rotation of a picture or a line of text on its page.

use crate::model::{Matrix, Orientation, Point};

/// The rotation of an upright picture or line of text on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Turn {
    /// Not rotated.
    #[default]
    Upright,
    /// With its top to the left: rotated counter-clockwise by 90°.
    HeadLeft,
    /// With its top to the right: rotated clockwise by 90°.
    HeadRight,
}

impl Turn {
    /// The matrix of this rotation of the unit square.
    pub fn matrix(self) -> Matrix {
        match self {
            Self::Upright => Orientation::Upright,
            Self::HeadLeft => Orientation::Turned270,
            Self::HeadRight => Orientation::Turned90,
        }
        .matrix()
    }

    /// A point moved by an offset that turns with the picture or the line.
    #[must_use]
    pub fn moved(self, from: Point, by: Point) -> Point {
        let (across, down) = match self {
            Self::Upright => (by.x, by.y),
            Self::HeadLeft => (by.y, -by.x),
            Self::HeadRight => (-by.y, by.x),
        };
        Point::new(from.x + across, from.y + down)
    }
}
