//! Why photos cannot be decoded: one error each, and all errors of an edition together.

use std::fmt;

use crate::model::Picture;

/// Why a photo cannot be decoded.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The file cannot be read any more.
    #[error("{name} cannot be read: {source}")]
    Read {
        /// As the manifest names it.
        name: String,
        /// The error of the system.
        source: std::io::Error,
    },
    /// The file is damaged.
    #[error("{name} cannot be decoded: {reason}")]
    Decode {
        /// As the manifest names it.
        name: String,
        /// The message of the decoder.
        reason: String,
    },
}

/// The error that a photo is damaged.
pub(super) fn damaged(picture: &Picture, reason: &str) -> PictureError {
    PictureError::Decode { name: picture.name.clone(), reason: reason.to_owned() }
}

/// All photos of an edition that cannot be decoded, so that one run reports them all.
#[derive(Debug, Default)]
pub struct PictureErrors(Vec<PictureError>);

impl PictureErrors {
    /// The value, or `None` after an error, which is collected.
    pub fn keep<T>(&mut self, made: Result<T, PictureError>) -> Option<T> {
        made.map_err(|error| self.0.push(error)).ok()
    }

    /// Returns the errors, if there are any.
    ///
    /// # Errors
    /// The errors that were collected.
    pub fn end(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl From<PictureError> for PictureErrors {
    fn from(error: PictureError) -> Self {
        Self(vec![error])
    }
}

impl IntoIterator for PictureErrors {
    type Item = PictureError;
    type IntoIter = std::vec::IntoIter<PictureError>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for PictureErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, error) in self.0.iter().enumerate() {
            let comma = if number > 0 { "; " } else { "" };
            write!(f, "{comma}{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for PictureErrors {}
