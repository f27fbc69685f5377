//! The focus of a picture, which is kept when it is cropped.

use crate::model::{Length, Point, Size, Turn};

/// A point in an upright picture, in ten-thousandths from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Focus {
    /// The horizontal position, 0 to 10 000 of the width.
    pub across: u16,
    /// The vertical position, 0 to 10 000 of the height.
    pub down: u16,
}

const WHOLE: u16 = 10_000;

impl Focus {
    /// The middle of the picture.
    pub const MIDDLE: Self = Self { across: WHOLE / 2, down: WHOLE / 2 };

    /// A point in ten-thousandths, limited to the picture.
    pub fn new(across: u16, down: u16) -> Self {
        Self { across: across.min(WHOLE), down: down.min(WHOLE) }
    }

    /// The same point after the picture is rotated.
    #[must_use]
    pub fn turned(self, turn: Turn) -> Self {
        match turn {
            Turn::Upright => self,
            Turn::HeadLeft => Self { across: self.down, down: WHOLE - self.across },
            Turn::HeadRight => Self { across: WHOLE - self.down, down: self.across },
        }
    }

    /// The position in a picture of this size, relative to its upper left corner.
    pub fn within(self, size: Size) -> Point {
        let share = |length: Length, part: u16| length.scale(part.into(), WHOLE.into());
        Point::new(share(size.width, self.across), share(size.height, self.down))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_focus_turns_with_its_picture() {
        // Near the upper left corner: it goes to the lower left when the head goes left, to
        // the upper right when the head goes right.
        let focus = Focus::new(1_000, 2_000);
        assert_eq!(focus.turned(Turn::HeadLeft), Focus::new(2_000, 9_000));
        assert_eq!(focus.turned(Turn::HeadRight), Focus::new(8_000, 1_000));
    }
}
