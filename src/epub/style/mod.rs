//! The stylesheet of an e-book and its embedded fonts.

pub(super) mod design_css;
pub(super) mod stylesheet;
