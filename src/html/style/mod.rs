//! The stylesheet of reflowable text and the fonts that it needs.

pub(crate) mod design_css;
pub(crate) mod emphasis_css;
pub(crate) mod stylesheet;
pub(crate) mod table_css;
pub(crate) mod verse_css;
