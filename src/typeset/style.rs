//! How a span of words is to look.

use crate::model::{Ink, Length};

pub use crate::model::{Capitals, Family, Figures, Slant, Weight};

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
