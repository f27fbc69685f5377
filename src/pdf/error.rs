//! Why a PDF could not be written.

use std::io;

use crate::picture::{PictureError, PictureErrors};

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
