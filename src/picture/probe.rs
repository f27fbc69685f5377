//! What a file is, without decoding it.

use std::path::Path;

use crate::finding::Finding;
use crate::model::{Metadata, Picture};

/// The ICC profiles seen so far, so that photos which carry the same one share it.
#[derive(Debug, Default)]
pub struct Profiles {}

/// A picture that was looked at.
#[derive(Debug)]
pub struct Probed {
    /// The picture.
    pub picture: Picture,
    /// What it says about itself.
    pub metadata: Metadata,
    /// Notes and warnings, without a place: the caller knows where it is named.
    pub findings: Vec<Finding>,
}

/// Looks at a file: format, size, orientation, colour, profile, metadata.
///
/// # Errors
/// A finding that says why the file cannot be used (`photo-unreadable`,
/// `photo-format`, `photo-too-large`) and what to do about it; `photo-missing` is the
/// caller's, who knows what else lies in the folder.
pub fn probe(path: &Path, name: &str, profiles: &mut Profiles) -> Result<Probed, Finding> {
    let _ = (path, profiles);
    Err(Finding::error("photo-unreadable", name))
}
