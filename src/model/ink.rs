//! Colours of text and rules.

/// A process colour in per cent of each ink. Text is black only ([`Ink::BLACK`]): a
/// press cannot hold four inks in register within a hairline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ink {
    /// Cyan, 0 to 100.
    pub c: u8,
    /// Magenta, 0 to 100.
    pub m: u8,
    /// Yellow, 0 to 100.
    pub y: u8,
    /// Black, 0 to 100.
    pub k: u8,
}

impl Ink {
    /// 100 K.
    pub const BLACK: Self = Self::gray(100);
    /// 65 K, for credits, folios and other secondary text.
    pub const SECONDARY: Self = Self::gray(65);
    /// The unprinted paper.
    pub const PAPER: Self = Self::gray(0);

    /// Black ink alone.
    pub const fn gray(k: u8) -> Self {
        Self { c: 0, m: 0, y: 0, k }
    }
}
