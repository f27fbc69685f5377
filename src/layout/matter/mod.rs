//! Front and back matter: title pages, contents, lists, colophon.

pub(super) mod back;
pub(super) mod catalogue;
pub(super) mod front;
pub(super) mod lists;
mod small_print;
