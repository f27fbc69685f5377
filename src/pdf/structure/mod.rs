//! Navigation and accessibility: tags, bookmarks, page labels and the page tree.

pub(super) mod labels;
pub(super) mod outline;
pub(super) mod page_tree;
pub(super) mod tags;
