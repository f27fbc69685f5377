//! Errors of writing an EPUB.

use std::io;

use crate::picture::{PictureError, PictureErrors};

/// Why an EPUB could not be written.
#[derive(Debug, thiserror::Error)]
pub enum EpubError {
    /// The output stream could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Some pictures could not be read or decoded.
    #[error(transparent)]
    Pictures(#[from] PictureErrors),
    /// The skeleton from epub-builder has an unexpected structure.
    #[error("internal error: unexpected EPUB skeleton: {0}")]
    Skeleton(String),
}

impl From<PictureError> for EpubError {
    fn from(error: PictureError) -> Self {
        Self::Pictures(error.into())
    }
}
