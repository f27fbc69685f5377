//! Pages to PDF, as a stream: one finished object at a time, and nothing is kept but
//! the places where objects began.

mod file;
mod page;
mod structure;
mod text;

use std::io::{self, Write};

use time::OffsetDateTime;

use crate::model::{Book, Marks, Pages, Standard};
use crate::picture::{ImageProcessor, PictureError, PictureErrors, Press, ScaleOptions};
use crate::typeset::Faces;

/// What of the book this file is to be.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// The standard that the file claims and keeps.
    pub standard: Standard,
    /// Printer's marks.
    pub marks: Marks,
    /// Whether the bleed is there; a file for the screen ends at the trim.
    pub bleed: bool,
    /// What happens to the pictures.
    pub art: PictureOptions<'a>,
    /// Whether links and the title bar are live; never under a press standard.
    pub interactive: bool,
    /// The moment that the file names as that of its making.
    pub modified: OffsetDateTime,
    /// Where the pictures are made.
    pub processor: &'a ImageProcessor,
}

/// What happens to the pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureOptions<'p> {
    /// At full resolution, for the press: as they are, compressed data byte for byte and
    /// tagged with their own profiles, or converted.
    Press(Press<'p>),
    /// Upright sRGB JPEGs, scaled down.
    Scaled(ScaleOptions),
}

/// Why a PDF could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The stream refused.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The data of some pictures could not be had.
    #[error(transparent)]
    Pictures(#[from] PictureErrors),
    /// The standard is one that recto does not write.
    #[error("{0} cannot be written yet")]
    Standard(&'static str),
    /// A face could not be embedded.
    #[error("the face {face} cannot be embedded: {reason}")]
    Face {
        /// Its PostScript name.
        face: String,
        /// What the subsetter says.
        reason: String,
    },
}

impl From<PictureError> for WriteError {
    fn from(error: PictureError) -> Self {
        Self::Pictures(error.into())
    }
}

/// Writes the pages; `picture_done` is told of each picture as it is written.
pub fn write(
    book: &Book,
    pages: &Pages,
    faces: &Faces,
    edition: &Options<'_>,
    out: &mut impl Write,
    picture_done: &mut dyn FnMut(),
) -> Result<(), WriteError> {
    file::document::write(book, pages, faces, edition, out, picture_done)
}
