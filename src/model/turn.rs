//! How a picture or a page is turned on its side.

use super::{Matrix, Orientation};

/// How an upright picture lies on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Turn {
    /// As it is looked at.
    #[default]
    Upright,
    /// With its head to the left: turned counter-clockwise by 90°.
    HeadLeft,
    /// With its head to the right: turned clockwise by 90°.
    HeadRight,
}

impl Turn {
    /// The matrix that turns the upright unit square onto itself.
    pub fn matrix(self) -> Matrix {
        match self {
            Self::Upright => Orientation::Upright,
            Self::HeadLeft => Orientation::Turned270,
            Self::HeadRight => Orientation::Turned90,
        }
        .matrix()
    }
}
