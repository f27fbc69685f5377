//! The content of a book as reflowable HTML: running text, captions, title page, imprint and
//! index.

pub(crate) mod blocks;
pub(crate) mod caption;
pub(crate) mod figure;
pub(crate) mod heading;
pub(crate) mod index;
pub(crate) mod labels;
pub(crate) mod matter;
pub(crate) mod page_break;
pub(crate) mod table;
pub(crate) mod text_width;
pub(crate) mod title_widths;
