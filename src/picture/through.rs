//! Pictures for the press: a JPEG's own compressed data, or lossless samples.

use std::io::{self, Write};

use crate::model::Picture;

use super::PictureError;

/// A picture as a PDF image can hold it, not yet read into memory.
#[derive(Debug)]
pub struct Passage {
    /// How its bytes are to be understood.
    pub stored: Stored,
    /// How many bytes [`Passage::copy`] writes, exactly.
    pub length: u64,
}

/// What the bytes of a passage are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stored {
    /// A JPEG stream without its APPn metadata and comments (Adobe's APP14 is kept).
    Jpeg,
    /// Rows of 8-bit samples, deflated (zlib), opaque, upright or not as the picture says.
    Deflated,
}

/// Finds what of the file has to be copied.
pub fn passage(picture: &Picture) -> Result<Passage, PictureError> {
    Err(PictureError::Decode { name: picture.name.clone(), reason: "not yet".into() })
}

impl Passage {
    /// Copies the bytes.
    pub fn copy(self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&[])
    }
}
