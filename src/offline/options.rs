//! The options for writing the offline edition.

use std::fs::File;
use std::io::{self, Read, Seek as _};
use std::path::Path;

use time::OffsetDateTime;

use crate::model::{Edition, Pages};
use crate::picture::{ImageProcessor, ScaleOptions};

/// The options for writing the offline edition.
#[derive(Debug)]
pub struct OfflineOptions<'a> {
    /// The largest pictures; smaller ones are made from them.
    pub pictures: ScaleOptions,
    /// The cover: a single laid-out page, rasterized to a picture.
    pub cover: &'a Pages,
    /// The printed pages, which say what faces what.
    pub print: &'a Pages,
    /// The editions that lie inside.
    pub included: &'a [EditionInside],
    /// The time recorded in a ZIP archive.
    pub modified: OffsetDateTime,
    /// The folder for temporary files; that of the system by default.
    pub scratch: Option<&'a Path>,
    /// Scales and converts the pictures.
    pub processor: &'a ImageProcessor,
}

/// An edition that lies inside.
#[derive(Debug)]
pub struct EditionInside {
    /// The edition.
    pub edition: Edition,
    /// The name of its file.
    pub name: String,
    /// The size of its file in bytes.
    pub size: u64,
    /// Its file.
    pub file: File,
}

impl EditionInside {
    /// Reads the file from its beginning.
    pub(super) fn reader(&self) -> io::Result<impl Read> {
        let mut file = &self.file;
        file.rewind()?;
        Ok(file)
    }
}
