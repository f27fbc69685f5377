//! What a reader navigates and hears: tags, bookmarks, page labels, the tree of pages.

pub(super) mod labels;
pub(super) mod outline;
pub(super) mod page_tree;
pub(super) mod tags;
