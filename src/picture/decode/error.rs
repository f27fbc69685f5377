//! Why a photo could not be decoded.

use std::io;

pub(super) enum DecodeError {
    Io(io::Error),
    Damaged(String),
}

impl From<io::Error> for DecodeError {
    fn from(error: io::Error) -> Self {
        // Decoders report damage as errors of reading; the system's own carry a number.
        match (error.raw_os_error(), error.kind()) {
            (Some(_), _) => Self::Io(error),
            (None, io::ErrorKind::UnexpectedEof) => Self::Damaged("it ends too early".to_owned()),
            (None, _) => Self::Damaged(error.to_string()),
        }
    }
}
