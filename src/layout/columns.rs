//! The columns of a page, whose edges pictures, captions and texts share.

use crate::model::Length;

/// The columns between the margins of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageColumns {
    /// Their number, at least 2.
    pub count: i64,
    /// The width of each.
    pub width: Length,
    /// The distance between them.
    pub gap: Length,
}

impl PageColumns {
    /// The columns of a page with this room between its margins; `None` for a single one.
    pub(super) fn new(count: i64, room: Length, gap: Length) -> Option<Self> {
        let width = (room - gap * (count - 1)) / count.max(1);
        (count > 1 && width > Length::ZERO).then_some(Self { count, width, gap })
    }

    /// The width of this many columns, with the gaps between them.
    pub fn span(&self, columns: i64) -> Length {
        (self.width * columns + self.gap * (columns - 1)).max(Length::ZERO)
    }

    /// The distance between the left edges of two columns that are this many apart.
    pub fn step(&self, columns: i64) -> Length {
        (self.width + self.gap) * columns
    }

    /// The number of columns whose width is nearest to a length.
    pub(in crate::layout) fn nearest(&self, to: Length) -> i64 {
        let distance = |columns: &i64| (self.span(*columns) - to).to_emu().abs();
        (1..=self.count).min_by_key(distance).unwrap_or(1)
    }

    /// The largest number of columns that are at most this wide.
    pub(in crate::layout) fn within(&self, limit: Length) -> i64 {
        (1..=self.count).rev().find(|columns| self.span(*columns) <= limit).unwrap_or(1)
    }
}
