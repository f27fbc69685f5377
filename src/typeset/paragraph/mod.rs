//! Paragraphs: break opportunities, the choice of breaks, and the finished lines.

pub(super) mod abbreviations;
pub(super) mod addresses;
pub(super) mod balance;
pub(super) mod break_opportunities;
pub(super) mod compounds;
pub(super) mod hyphenation;
pub(super) mod knuth_plass;
pub(super) mod line;
pub(super) mod plain;
pub(super) mod prose;
pub(super) mod protrusion;
pub(super) mod setting;
pub(super) mod text_width;
pub(super) mod types;
pub(super) mod wide_words;
pub(super) mod word_joints;
