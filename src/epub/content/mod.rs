//! The content of the reflowable e-book: the book's entries as XHTML files.

pub(super) mod files;
pub(super) mod page_breaks;
pub(super) mod pages;
pub(super) mod parts;
