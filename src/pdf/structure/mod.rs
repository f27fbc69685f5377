//! Navigation and accessibility: the structure tree, bookmarks, page labels and the page tree.

pub(super) mod element;
pub(super) mod labels;
pub(super) mod outline;
pub(super) mod page_tree;
pub(super) mod tags;
pub(super) mod tree;
