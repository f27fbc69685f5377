//! The style of a span of text.

use crate::model::{Ink, Length};

pub use crate::model::{Capitals, Family, Figures, Slant, Weight};

/// The style of a span of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    /// Serif or sans-serif.
    pub family: Family,
    /// Upright or italic.
    pub slant: Slant,
    /// Regular or semibold.
    pub weight: Weight,
    /// The font size.
    pub size: Length,
    /// Space added after each letter, in thousandths of the em.
    pub tracking: i32,
    /// The treatment of capitals.
    pub capitals: Capitals,
    /// The style of figures.
    pub figures: Figures,
    /// The colour.
    pub ink: Ink,
    /// Why it differs from the text around it, for scripts in which its slant or weight does not
    /// show.
    pub stress: Stress,
}

impl Style {
    /// Black text as it is written: upright, in the regular weight, with old-style figures.
    pub const fn plain(family: Family, size: Length) -> Self {
        Self {
            family,
            slant: Slant::Upright,
            weight: Weight::Regular,
            size,
            tracking: 0,
            capitals: Capitals::AsWritten,
            figures: Figures::OldStyle,
            ink: Ink::BLACK,
            stress: Stress::None,
        }
    }
}

/// Why a span differs from the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Stress {
    /// It does not.
    #[default]
    None,
    /// Emphasis, for which Latin has italics.
    Emphasis,
    /// Strong importance, for which Latin has a bolder face.
    Strong,
}
