//! What a picture shows, which a crop keeps if its author does not say what to keep.

use crate::model::{Focus, Length, Point, Rect, Size, Turn};

/// What stands out in an upright picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Subject {
    /// The part with nearly all that stands out.
    pub core: Region,
    /// The part with all of it, up to where the picture becomes quiet: a crop that keeps it cuts no
    /// head and no summit.
    pub outline: Region,
    /// Where most of it is.
    pub middle: Focus,
}

impl Subject {
    /// The same subject after the picture is rotated.
    #[must_use]
    pub fn turned(self, turn: Turn) -> Self {
        Self {
            core: self.core.turned(turn),
            outline: self.outline.turned(turn),
            middle: self.middle.turned(turn),
        }
    }
}

/// A part of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Region {
    /// The upper left corner.
    pub from: Focus,
    /// The lower right corner.
    pub to: Focus,
}

impl Region {
    fn turned(self, turn: Turn) -> Self {
        let (one, other) = (self.from.turned(turn), self.to.turned(turn));
        Self {
            from: Focus::new(one.across.min(other.across), one.down.min(other.down)),
            to: Focus::new(one.across.max(other.across), one.down.max(other.down)),
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
        let part = |from: (u16, u16), to: (u16, u16)| Region {
            from: Focus::new(from.0, from.1),
            to: Focus::new(to.0, to.1),
        };
        let subject = Subject {
            core: part((1_000, 2_000), (3_000, 6_000)),
            outline: part((500, 1_000), (3_000, 8_000)),
            middle: Focus::new(1_500, 5_000),
        };
        let turned = subject.turned(Turn::HeadLeft);
        assert_eq!(turned.core, part((2_000, 7_000), (6_000, 9_000)));
        assert_eq!(turned.outline, part((1_000, 7_000), (8_000, 9_500)));
        assert_eq!(turned.middle, Focus::new(5_000, 8_500));
    }
}
