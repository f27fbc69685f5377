//! Text to glyphs: pieces of one font, script and direction, each shaped once.

pub(super) mod bidi;
pub(super) mod pieces;
pub(super) mod reshape;
pub(super) mod script;
pub(super) mod shape;
