//! Why the offline edition was not written.

use std::io;

use crate::picture::{PictureError, PictureErrors};

/// Why the offline edition was not written.
#[derive(Debug, thiserror::Error)]
pub enum OfflineError {
    /// The output cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Some pictures cannot be decoded.
    #[error(transparent)]
    Pictures(#[from] PictureErrors),
}

impl From<PictureError> for OfflineError {
    fn from(error: PictureError) -> Self {
        Self::Pictures(error.into())
    }
}
