//! The file: the order of its objects, its metadata and its output intent.

pub(super) mod conformance;
pub(super) mod document;
pub(super) mod metadata;
pub(super) mod object_writer;
pub(super) mod output_intent;
