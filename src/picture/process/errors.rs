//! The pictures of an edition that could not be had, gathered while the others were made.

use std::fmt;

use crate::picture::PictureError;

/// Why an edition's pictures are not complete: all of them at once, so that whoever mends
/// one does not hear of the next only in the next run.
#[derive(Debug, Default)]
pub struct PictureErrors(Vec<PictureError>);

impl PictureErrors {
    /// What was made, or nothing when it could not be, which is remembered.
    pub fn keep<T>(&mut self, made: Result<T, PictureError>) -> Option<T> {
        made.map_err(|error| self.0.push(error)).ok()
    }

    /// Ends the work: an error when there is one.
    ///
    /// # Errors
    /// All that was remembered.
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
