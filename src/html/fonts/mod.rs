//! The fonts that pages in HTML embed: whole, extracted from a collection, or reduced to the
//! letters that a book shows.

pub(crate) mod cmap;
pub(crate) mod embedded;
pub(crate) mod opentype;
pub(crate) mod scripts;
pub(crate) mod subset;
pub(crate) mod web;
pub(crate) mod woff;
