//! Errors of decoding photos, one for each photo.

use std::fmt;

use crate::model::Picture;

/// Why a photo cannot be decoded.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The file cannot be read.
    #[error("{name} cannot be read: {source}")]
    Read {
        /// The photo's name in the manifest.
        name: String,
        /// The error of the operating system.
        source: std::io::Error,
    },
    /// The file is damaged.
    #[error("{name} cannot be decoded: {reason}")]
    Decode {
        /// The photo's name in the manifest.
        name: String,
        /// The message of the decoder.
        reason: String,
    },
}

/// A decode error for a photo.
pub(super) fn decode_error(picture: &Picture, reason: &str) -> PictureError {
    PictureError::Decode { name: picture.name.clone(), reason: reason.to_owned() }
}

/// All photos of an edition that cannot be decoded, so that one run reports them all.
#[derive(Debug, Default)]
pub struct PictureErrors(Vec<PictureError>);

impl PictureErrors {
    /// Returns the value, or collects the error and returns `None`.
    pub fn collect<T>(&mut self, result: Result<T, PictureError>) -> Option<T> {
        result.map_err(|error| self.0.push(error)).ok()
    }

    /// Fails if any errors were collected.
    ///
    /// # Errors
    /// The collected errors.
    pub fn into_result(self) -> Result<(), Self> {
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
