//! The error of writing a PDF.

use std::io;

use crate::model::Standards;
use crate::picture::{PictureError, PictureErrors};

use super::violation::Violation;

/// Why a PDF could not be written.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The output cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Some photos cannot be read or decoded.
    #[error(transparent)]
    Pictures(#[from] PictureErrors),
    /// The file would break rules of the standards that it claims.
    #[error("the file cannot be {standards}: {}", listed(violations))]
    Standard {
        /// The standards.
        standards: Standards,
        /// What breaks them; at least one.
        violations: Vec<Violation>,
    },
    /// A font cannot be embedded.
    #[error("the font {face} cannot be embedded: {reason}")]
    Face {
        /// Its PostScript name.
        face: String,
        /// The reason.
        reason: String,
    },
}

fn listed(violations: &[Violation]) -> String {
    violations.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

impl From<PictureError> for PdfError {
    fn from(error: PictureError) -> Self {
        Self::Pictures(error.into())
    }
}
