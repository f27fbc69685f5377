//! How a span of words is to look.

use crate::model::{Ink, Length};

/// The look of a span of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    /// Serif or sans-serif.
    pub family: Family,
    /// Upright or italic.
    pub slant: Slant,
    /// Regular or semibold.
    pub weight: Weight,
    /// The size of the em.
    pub size: Length,
    /// Space added after each letter, in thousandths of the em.
    pub tracking: i32,
    /// Which capitals.
    pub capitals: Capitals,
    /// Which figures.
    pub figures: Figures,
    /// The colour.
    pub ink: Ink,
}

/// Which of the book's families.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// The serif, in the cut for its size: caption, text or display.
    Serif,
    /// The sans-serif.
    Sans,
}

/// Upright or italic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slant {
    /// Roman.
    Upright,
    /// Italic.
    Italic,
}

/// How heavy the strokes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600.
    Semibold,
}

/// Which capitals are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Capitals {
    /// As written.
    AsWritten,
    /// As written, but runs of two or more capitals (AD, NASA) as letter-spaced small capitals.
    SmallForAbbreviations,
    /// All letters as small capitals (`c2sc`, `smcp`).
    Small,
    /// All letters as capitals.
    Full,
}

/// Which figures are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Figures {
    /// `onum`, for running text.
    OldStyle,
    /// `lnum`, `tnum`, for tables.
    LiningTabular,
    /// `sups`, for the marks of notes.
    Superior,
}
