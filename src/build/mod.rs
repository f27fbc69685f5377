//! Builds books: reads a manifest, checks the book, and writes its editions.
//!
//! [`Project::load`] reads everything that a manifest names; [`Project::check`] returns what can
//! be known without building; [`Project::build`] writes one edition to any stream, and
//! [`Project::build_all`] writes files, each whole or not at all, with their checksums.
//!
//! The clock, the environment and the machine's size are not read here: they are options.

mod all;
mod convert;
mod damage;
mod ebook;
mod editions;
mod error;
mod offline;
mod options;
mod output;
mod photo_check;
mod progress;
mod project;
mod running;
mod size_limit;
mod subjects;
mod timestamp;

pub use crate::model::SUMS;
pub use all::BuildReport;
pub use convert::{Conversion, ConversionOutcome, convert_photos};
pub use error::{BuildError, ChangedPhoto};
pub use options::{BuildAllOptions, BuildOptions};
pub use output::{
    Durability, FolderError, WrittenFile, create_text_file, replace_text_file, write_file,
};
pub use progress::{EditionResult, NoProgress, Outcome, Progress};
pub use project::{Examination, LoadedProject, PrintedCover, Project, ProjectOptions};
pub use running::{AbandonedBuild, RunningBuild};
pub use timestamp::default_timestamp;
