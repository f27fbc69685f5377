//! Front and back matter: title pages, contents, lists, colophon, and the cover.

pub(super) mod back;
pub(super) mod cover;
pub(super) mod cover_sheet;
pub(super) mod front;
pub(super) mod lists;
