//! What a preview shows.

use std::path::PathBuf;

use crate::build::ProjectOptions;
use crate::model::EditionSet;

/// What is shown, and how it is loaded.
#[derive(Debug, Clone)]
pub struct PreviewOptions {
    /// The manifest file.
    pub manifest: PathBuf,
    /// How the book is loaded.
    pub project: ProjectOptions,
    /// The editions to show; by default those that the manifest asks for.
    pub editions: Option<EditionSet>,
    /// Whether it is for a file to be mailed, which has to be small.
    pub is_file: bool,
}
