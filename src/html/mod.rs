//! What the e-books and the preview share: XML with all text escaped, the fonts to embed, and
//! laid-out pages as HTML.

pub(crate) mod address;
pub(crate) mod fonts;
pub(crate) mod fragment;
pub(crate) mod language_runs;
pub(crate) mod page;
pub(crate) mod xml;
