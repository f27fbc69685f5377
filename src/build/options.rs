//! The options of a build.

use std::path::PathBuf;

use time::OffsetDateTime;

use crate::picture::{ImageProcessor, ProcessorOptions};

use super::output::Durability;
use super::running::RunningBuild;

/// How an edition is built, whatever the book is.
#[derive(Debug, Clone, Copy)]
pub struct BuildOptions<'a> {
    /// The time that the file gives as the time of its creation; see
    /// [`default_timestamp`](super::default_timestamp).
    pub modified: OffsetDateTime,
    /// Whether the printed cover has a layer with its folds and edges; see
    /// [`CoverSheet::guides`](crate::model::CoverSheet::guides).
    pub guides: bool,
    /// Scales and converts the photos.
    pub processor: &'a ImageProcessor,
}

/// How editions are built into a folder.
#[derive(Debug, Clone)]
pub struct BuildAllOptions {
    /// The time that the files give as the time of their creation; see
    /// [`default_timestamp`](super::default_timestamp).
    pub modified: OffsetDateTime,
    /// Whether the printed cover has a layer with its folds and edges.
    pub guides: bool,
    /// Whether warnings stop an edition, as errors do.
    pub deny_warnings: bool,
    /// The threads, the memory and the cache for photos.
    pub processor: ProcessorOptions,
    /// The file of the running program. With it and a cache, editions that are up to date are
    /// not written again.
    pub program: Option<PathBuf>,
    /// The files that the build is writing, for a handler of interrupts.
    pub running: RunningBuild,
    /// Whether the build waits until its files are on the disk.
    pub durability: Durability,
}
