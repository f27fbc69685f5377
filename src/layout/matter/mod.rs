//! Front and back matter: title pages, contents, lists, index, colophon.

pub(super) mod back;
pub(super) mod catalogue;
mod distribution;
pub(super) mod front;
mod index;
mod index_columns;
pub(super) mod lists;
pub(super) mod shortened_caption;
mod small_print;
mod thumbnails;
mod title_page;
