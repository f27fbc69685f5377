//! Shaping: pieces of one font, script and direction are converted to glyphs, each distinct
//! piece once.

pub(super) mod bidi;
pub(super) mod fullwidth;
pub(super) mod pieces;
pub(super) mod reshape;
pub(super) mod script;
pub(super) mod shape;
pub(super) mod stress;
