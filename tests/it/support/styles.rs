//! The style of plain text.

use recto::model::Length;
use recto::typeset::{Family, Style};

/// The serif of 10 pt, without any treatment.
pub(crate) fn plain() -> Style {
    Style::plain(Family::Serif, Length::pt(10))
}
