//! What a build reports while it runs.

use std::path::{Path, PathBuf};

use crate::finding::Finding;
use crate::model::Edition;

use super::output::WrittenFile;

/// Receives the progress of a build. Every method does nothing unless it is overridden.
pub trait Progress {
    /// Another build writes into this folder; this one waits until it has ended.
    fn waiting(&mut self, _folder: &Path) {}

    /// An edition with this number of pictures is about to be written to this file.
    fn edition_started(&mut self, _edition: Edition, _file: &Path, _pictures: usize) {}

    /// One more picture of the edition is written.
    fn picture_done(&mut self) {}

    /// So many bytes of the edition are written. It is called before each `picture_done`.
    fn bytes_written(&mut self, _bytes: u64) {}

    /// An edition is finished, whether it was written or not.
    fn edition_finished(&mut self, _result: &EditionResult) {}
}

/// Ignores the progress of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NoProgress;

impl Progress for NoProgress {}

/// The result of building one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionResult {
    /// The edition.
    pub edition: Edition,
    /// The file that it is written to.
    pub file: PathBuf,
    /// Whether it was written.
    pub outcome: Outcome,
    /// What was found while it was written.
    pub findings: Vec<Finding>,
}

/// What happened to an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was written.
    Written(WrittenFile),
    /// The file there is what a build would write.
    Unchanged(WrittenFile),
    /// It could not be written; an earlier file is still there.
    Failed,
    /// An earlier finding stops it; an earlier file is still there.
    Stopped,
}

impl Outcome {
    /// The file, if it is there and up to date.
    pub fn file(&self) -> Option<&WrittenFile> {
        match self {
            Self::Written(file) | Self::Unchanged(file) => Some(file),
            Self::Failed | Self::Stopped => None,
        }
    }
}
