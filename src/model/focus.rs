//! The point of a picture that a crop must keep.

use super::{Length, Point, Size, Turn};

/// A place in a picture that is looked at upright, in ten-thousandths from its upper left
/// corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Focus {
    /// To the right, 0 to 10 000 of the width.
    pub across: u16,
    /// Down, 0 to 10 000 of the height.
    pub down: u16,
}

const WHOLE: u16 = 10_000;

impl Focus {
    /// The middle of the picture.
    pub const MIDDLE: Self = Self { across: WHOLE / 2, down: WHOLE / 2 };

    /// A place in ten-thousandths; nothing lies beyond the picture.
    pub fn new(across: u16, down: u16) -> Self {
        Self { across: across.min(WHOLE), down: down.min(WHOLE) }
    }

    /// The same place in the picture when it is turned.
    #[must_use]
    pub fn turned(self, turn: Turn) -> Self {
        match turn {
            Turn::Upright => self,
            Turn::HeadLeft => Self { across: self.down, down: WHOLE - self.across },
            Turn::HeadRight => Self { across: WHOLE - self.down, down: self.across },
        }
    }

    /// Where it lies in a picture of this size, from its upper left corner.
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
