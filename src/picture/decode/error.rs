//! The error of a decoder.

use std::io;

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
