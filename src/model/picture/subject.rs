//! What a picture shows, which a crop keeps if its author does not say what to keep.

use crate::model::{Focus, Length, Point, Rect, Size, Turn};

/// The part of an upright picture that stands out, in ten-thousandths from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Subject {
    /// The upper left corner.
    pub from: Focus,
    /// The lower right corner.
    pub to: Focus,
    /// Where most of it is.
    pub middle: Focus,
}

impl Subject {
    /// The same part after the picture is rotated.
    #[must_use]
    pub fn turned(self, turn: Turn) -> Self {
        let (one, other) = (self.from.turned(turn), self.to.turned(turn));
        Self {
            from: Focus::new(one.across.min(other.across), one.down.min(other.down)),
            to: Focus::new(one.across.max(other.across), one.down.max(other.down)),
            middle: self.middle.turned(turn),
        }
    }

    /// The part in a picture of this size, relative to its upper left corner.
    pub fn within(self, size: Size) -> Rect {
        let (from, to) = (self.from.within(size), self.to.within(size));
        let length = |from: Length, to: Length| (to - from).max(Length::ZERO);
        let size = Size::new(length(from.x, to.x), length(from.y, to.y));
        Rect::new(Point::new(from.x, from.y), size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_turns_with_its_picture() {
        let subject = Subject {
            from: Focus::new(1_000, 2_000),
            to: Focus::new(3_000, 6_000),
            middle: Focus::new(1_500, 5_000),
        };
        let turned = subject.turned(Turn::HeadLeft);
        assert_eq!(turned.from, Focus::new(2_000, 7_000));
        assert_eq!(turned.to, Focus::new(6_000, 9_000));
        assert_eq!(turned.middle, Focus::new(5_000, 8_500));
    }
}
