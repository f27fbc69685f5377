//! The file itself: the order of its objects, its metadata and its output intent.

pub(super) mod document;
pub(super) mod metadata;
pub(super) mod output_intent;
pub(super) mod sink;
