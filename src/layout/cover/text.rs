//! Blocks of lines under one another.

use crate::model::{Length, Page, PassageKind, Point};
use crate::typeset::{Line, Style};

use crate::layout::placement;

/// A set text.
#[derive(Debug, Clone)]
pub(super) struct TextBlock {
    pub(super) lines: Vec<Line>,
    pub(super) style: Style,
    /// The distance between its baselines.
    pub(super) leading: Length,
    /// The height of its capitals.
    pub(super) cap: Length,
    /// The space between the baseline above it and its capitals.
    pub(super) above: Length,
}

impl TextBlock {
    /// The block with this space above it.
    pub(super) fn below(self, above: Length) -> Self {
        Self { above, ..self }
    }

    /// The block as a passage of this kind.
    pub(super) fn of_kind(self, kind: PassageKind) -> Self {
        Self { lines: placement::with_kind(self.lines, kind), ..self }
    }

    /// From the top of its capitals to its last baseline.
    pub(super) fn height(&self) -> Length {
        let gaps = i64::try_from(self.lines.len().saturating_sub(1)).unwrap_or(0);
        self.cap + self.leading * gaps
    }

    /// The width of its longest line.
    pub(super) fn width(&self) -> Length {
        self.lines.iter().map(|line| line.width).max().unwrap_or_default()
    }

    /// The height of blocks under one another; the space above the first does not count.
    pub(super) fn height_of(blocks: &[Self]) -> Length {
        let gaps: Length = blocks.iter().skip(1).map(|block| block.above).sum();
        blocks.iter().map(Self::height).sum::<Length>() + gaps
    }

    /// Places blocks, with the top of the first one's capitals at `at`. Returns the last baseline.
    pub(super) fn place(page: &mut Page, blocks: &[Self], at: Point) -> Length {
        let mut y = at.y;
        for (index, block) in blocks.iter().enumerate() {
            if index > 0 {
                y += block.above;
            }
            y += block.cap;
            placement::lines(page, &block.lines, Point::new(at.x, y), block.leading);
            y += block.height() - block.cap;
        }
        y
    }
}
