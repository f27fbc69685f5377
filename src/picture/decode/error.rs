//! The error of a decoder.

use std::io;

#[cfg(feature = "heif")]
use crate::picture::format::header::FormatError;

/// Why a photo could not be decoded.
pub(super) enum DecodeError {
    /// The file cannot be read.
    Io(io::Error),
    /// The file is damaged, for this reason.
    Damaged(String),
}

impl From<io::Error> for DecodeError {
    fn from(error: io::Error) -> Self {
        // Decoders report damage as I/O errors; only those of the system have a code.
        match (error.raw_os_error(), error.kind()) {
            (Some(_), _) => Self::Io(error),
            (None, io::ErrorKind::UnexpectedEof) => {
                Self::Damaged("the file is truncated".to_owned())
            }
            (None, _) => Self::Damaged(error.to_string()),
        }
    }
}

#[cfg(feature = "heif")]
impl From<FormatError> for DecodeError {
    fn from(error: FormatError) -> Self {
        match error {
            FormatError::Io(error) => error.into(),
            FormatError::Damaged(reason) => Self::Damaged(reason),
            FormatError::Unsupported(format) => Self::Damaged(format!("it is {}", format.name)),
        }
    }
}
