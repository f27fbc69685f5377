//! Text in a PDF: glyph runs, fonts, and codes from which readers extract the original text.

pub(super) mod direction;
pub(super) mod font;
pub(super) mod glyph_position;
pub(super) mod glyph_variants;
pub(super) mod runs;
pub(super) mod text_spans;
