//! The rotation of a picture on its page.

use crate::model::{Matrix, Orientation};

/// The rotation of an upright picture on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
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
}
