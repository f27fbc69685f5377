//! What the e-books, the offline edition and the preview share: XML with all text escaped, the
//! book's texts and their stylesheet, the fonts to embed, the cover as a picture, and laid-out
//! pages.

pub(crate) mod address;
pub(crate) mod content;
pub(crate) mod cover;
pub(crate) mod fonts;
pub(crate) mod fragment;
pub(crate) mod long_words;
pub(crate) mod page;
pub(crate) mod style;
pub(crate) mod xml;
