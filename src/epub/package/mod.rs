//! The files around the content of an EPUB: the package document, the navigation and the
//! archive.
//!
//! epub-builder creates a skeleton, which `finish` completes.

pub(super) mod accessibility;
pub(super) mod accessibility_summary;
pub(super) mod archive;
pub(super) mod files;
pub(super) mod finish;
pub(super) mod metadata;
pub(super) mod navigation;
pub(super) mod skeleton;
