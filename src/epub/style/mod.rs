//! The stylesheet of an e-book and its embedded fonts.

pub(super) mod design_css;
pub(super) mod fonts;
pub(super) mod opentype;
pub(super) mod scripts;
pub(super) mod stylesheet;
pub(super) mod subset;
