//! The position of a glyph in a run.

use crate::model::Length;

/// The position of a glyph, from the run's origin.
#[derive(Debug, Clone, Copy)]
pub(in crate::pdf) struct GlyphPosition {
    /// The pen position before the glyph, in thousandths of the em.
    pub(in crate::pdf) pen: f64,
    /// The glyph's position, in thousandths of the em.
    pub(in crate::pdf) x: f64,
    /// Its distance above the baseline.
    pub(in crate::pdf) rise: Length,
}
