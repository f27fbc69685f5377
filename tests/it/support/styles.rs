//! The style of plain text.

use recto::model::{Ink, Length};
use recto::typeset::{Capitals, Family, Figures, Slant, Stress, Style, Weight};

/// The serif of 10 pt, without any treatment.
pub(crate) fn plain() -> Style {
    Style {
        family: Family::Serif,
        slant: Slant::Upright,
        weight: Weight::Regular,
        size: Length::pt(10),
        tracking: 0,
        capitals: Capitals::AsWritten,
        figures: Figures::OldStyle,
        ink: Ink::BLACK,
        stress: Stress::None,
    }
}
