//! The error of writing a PDF.

use std::io;

use crate::picture::{PictureError, PictureErrors};

/// Why a PDF could not be written.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The output cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Some photos cannot be read or decoded.
    #[error(transparent)]
    Pictures(#[from] PictureErrors),
    /// The standard is not supported.
    #[error("{0} is not supported yet")]
    Standard(&'static str),
    /// A font cannot be embedded.
    #[error("the font {face} cannot be embedded: {reason}")]
    Face {
        /// Its PostScript name.
        face: String,
        /// The reason.
        reason: String,
    },
}

impl From<PictureError> for PdfError {
    fn from(error: PictureError) -> Self {
        Self::Pictures(error.into())
    }
}
