//! The transformation that makes the stored pixels of a photo upright.

use crate::model::Matrix;

/// The eight orientations of a camera (EXIF 3.0, tag 0x0112).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Orientation {
    /// 1: as stored.
    #[default]
    Upright,
    /// 2: mirrored left to right.
    MirroredHorizontally,
    /// 3: turned by 180°.
    Turned180,
    /// 4: mirrored top to bottom.
    MirroredVertically,
    /// 5: mirrored at the diagonal from the upper left to the lower right.
    Transposed,
    /// 6: to be turned clockwise by 90°.
    Turned90,
    /// 7: mirrored at the other diagonal.
    Transversed,
    /// 8: to be turned counter-clockwise by 90°.
    Turned270,
}

impl Orientation {
    /// The orientation for a value of the tag; values other than 1 to 8 count as upright.
    pub fn from_exif(value: u32) -> Self {
        match value {
            2 => Self::MirroredHorizontally,
            3 => Self::Turned180,
            4 => Self::MirroredVertically,
            5 => Self::Transposed,
            6 => Self::Turned90,
            7 => Self::Transversed,
            8 => Self::Turned270,
            _ => Self::Upright,
        }
    }

    /// Whether width and height are exchanged.
    pub fn swaps_axes(self) -> bool {
        matches!(self, Self::Transposed | Self::Turned90 | Self::Transversed | Self::Turned270)
    }

    /// The matrix that maps the stored unit square to the upright one.
    pub fn matrix(self) -> Matrix {
        Matrix(match self {
            Self::Upright => [1, 0, 0, 1, 0, 0],
            Self::MirroredHorizontally => [-1, 0, 0, 1, 1, 0],
            Self::Turned180 => [-1, 0, 0, -1, 1, 1],
            Self::MirroredVertically => [1, 0, 0, -1, 0, 1],
            Self::Transposed => [0, -1, -1, 0, 1, 1],
            Self::Turned90 => [0, -1, 1, 0, 0, 1],
            Self::Transversed => [0, 1, 1, 0, 0, 0],
            Self::Turned270 => [0, 1, -1, 0, 1, 0],
        })
    }
}
