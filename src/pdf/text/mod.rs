//! Text in a PDF: glyph runs, fonts, and codes that give back the text of the manifest.

pub(super) mod direction;
pub(super) mod font;
pub(super) mod glyph_position;
pub(super) mod glyph_variants;
pub(super) mod phrases;
pub(super) mod runs;
