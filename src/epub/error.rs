//! Why an EPUB could not be written.

use std::io;

use crate::picture::{PictureError, PictureErrors};

/// Why an EPUB could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The stream refused.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The pixels of some pictures could not be had.
    #[error(transparent)]
    Pictures(#[from] PictureErrors),
    /// The skeleton is not what the finishing pass expects.
    #[error("the e-book's skeleton has changed: {0}")]
    Skeleton(String),
}

impl From<PictureError> for WriteError {
    fn from(error: PictureError) -> Self {
        Self::Pictures(error.into())
    }
}
