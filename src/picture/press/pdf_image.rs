//! Pictures on their way into a PDF: a JPEG's own compressed data, or what was made of a
//! picture.

use std::io::{self, Read, Write};
use std::ops::Range;
use std::path::PathBuf;

use std::sync::Arc;

use tempfile::SpooledTempFile;

use crate::model::{ColorModel, Picture, Pixels, Profile};

use crate::picture::errors::PictureError;
use crate::picture::format::header::FormatError;
use crate::picture::format::jpeg;
use crate::picture::format::jpeg::{APP0, APP14, APP15, COM, EOI, SOI, SOS};
use crate::picture::format::source::{RandomAccess, Source};
use crate::picture::process::pool::MemorySize;

/// How much is copied at once.
const BLOCK: usize = 256 * 1024;

/// A picture as a PDF image can hold it, not yet read into memory.
#[derive(Debug)]
pub struct PdfImage {
    /// How its bytes are to be understood.
    pub stored: Stored,
    /// How many bytes [`PdfImage::copy`] writes, exactly.
    pub length: u64,
    /// The size of the image, not turned.
    pub pixels: Pixels,
    /// The samples' colour model. Inverted ink needs a `Decode` array of 1 and 0.
    pub colour: ColorModel,
    /// The profile that tells what they mean; without one, light is sRGB, and ink that of
    /// the press.
    pub profile: Option<Arc<Profile>>,
    pub(in crate::picture) content: Content,
}

/// What the bytes of a passage are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stored {
    /// A JPEG stream without its metadata segments and comments (Adobe's APP14 is kept).
    Jpeg,
    /// Rows of 8-bit samples, opaque, upright or not as the picture says; each as its
    /// differences from what a PNG predictor foretold, deflated (zlib).
    Deflated,
}

#[derive(Debug)]
pub(in crate::picture) enum Content {
    Parts { path: PathBuf, name: String, parts: Vec<StreamPart> },
    Packed(SpooledTempFile),
    Memory(Vec<u8>),
}

impl MemorySize for PdfImage {
    fn memory_size(&self) -> u64 {
        match &self.content {
            Content::Parts { .. } => 0,
            Content::Packed(file) if file.is_rolled() => 0,
            Content::Packed(_) | Content::Memory(_) => self.length,
        }
    }
}

/// A piece of a JPEG stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::picture) enum StreamPart {
    /// Taken from the file.
    Range(Range<u64>),
    /// Written by us.
    Fixed(&'static [u8]),
}

impl StreamPart {
    fn length(&self) -> u64 {
        match self {
            Self::Range(range) => range.end - range.start,
            Self::Fixed(bytes) => bytes.len() as u64,
        }
    }
}

/// Finds what of a JPEG has to be copied.
pub(in crate::picture) fn jpeg(picture: &Picture) -> Result<PdfImage, PictureError> {
    let (length, content) = content(picture).map_err(|fault| {
        let name = picture.name.clone();
        match fault {
            FormatError::Io(source) => PictureError::Read { name, source },
            FormatError::Damaged(reason) => PictureError::Decode { name, reason },
            FormatError::Foreign(foreign) => PictureError::Decode { name, reason: foreign.what },
        }
    })?;
    Ok(PdfImage {
        stored: Stored::Jpeg,
        length,
        pixels: picture.stored,
        colour: picture.colour,
        profile: picture.profile.clone(),
        content,
    })
}

/// What is to be copied, and how much that is.
fn content(picture: &Picture) -> Result<(u64, Content), FormatError> {
    let parts = parts(&mut Source::open(&picture.path)?)?;
    let length = parts.iter().map(StreamPart::length).sum();
    let (path, name) = (picture.path.clone(), picture.name.clone());
    Ok((length, Content::Parts { path, name, parts }))
}

/// The pieces of a JPEG that make its picture, up to the end of the first one: what
/// follows are previews and gain maps.
fn parts(source: &mut impl RandomAccess) -> Result<Vec<StreamPart>, FormatError> {
    /// Adobe's marker with transform 0: three components that are red, green and blue.
    /// Without it, a PDF reader takes them for YCbCr (ISO 32000-2, table 13).
    const RGB: &[u8] = b"\xFF\xEE\0\x0EAdobe\0\x64\0\0\0\0\0";
    let mut parts = vec![StreamPart::Fixed(&[0xFF, SOI])];
    if jpeg::frame(source)?.is_unmarked_rgb() {
        parts.push(StreamPart::Fixed(RGB));
    }
    let mut block = vec![0; BLOCK];
    let mut at = 2;
    while let Some(segment) = next(source, at)? {
        at = segment.end();
        match segment.marker {
            EOI => {
                parts.push(StreamPart::Fixed(&[0xFF, EOI]));
                return Ok(parts);
            }
            APP14 => {
                let payload = source.bytes(segment.data, segment.length)?;
                if jpeg::adobe_transform(&payload).is_some() {
                    add(&mut parts, segment.start..at);
                }
            }
            APP0..=APP15 | COM | SOI | 0x01 | 0xD0..=0xD7 => {}
            SOS => {
                at = jpeg::end_of_scan(source, at, &mut block)?;
                add(&mut parts, segment.start..at);
            }
            _ => add(&mut parts, segment.start..at),
        }
    }
    // The file was cut off; the stream must end all the same.
    parts.push(StreamPart::Fixed(&[0xFF, EOI]));
    Ok(parts)
}

/// The next segment, or nothing when the file ends before it does.
fn next(source: &mut impl RandomAccess, at: u64) -> Result<Option<jpeg::Segment>, FormatError> {
    match jpeg::segment(source, at) {
        Ok(segment) if segment.end() <= source.length() => Ok(Some(segment)),
        Ok(_) => Ok(None),
        Err(FormatError::Io(error)) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Adds a range, together with the one before when they touch.
fn add(parts: &mut Vec<StreamPart>, range: Range<u64>) {
    match parts.last_mut() {
        Some(StreamPart::Range(last)) if last.end == range.start => last.end = range.end,
        _ => parts.push(StreamPart::Range(range)),
    }
}

impl PdfImage {
    /// Copies the bytes.
    pub fn copy(self, out: &mut impl Write) -> io::Result<()> {
        match self.content {
            Content::Memory(bytes) => out.write_all(&bytes)?,
            Content::Packed(mut file) => {
                let mut block = vec![0; BLOCK];
                let mut left = self.length;
                while left > 0 {
                    let count = at_once(left);
                    file.read_exact(&mut block[..count])?;
                    out.write_all(&block[..count])?;
                    left -= count as u64;
                }
            }
            Content::Parts { path, name, parts } => {
                let mut block = vec![0; BLOCK];
                let mut source = Source::open(&path).map_err(|error| named(&name, &error))?;
                for part in parts {
                    match part {
                        StreamPart::Fixed(bytes) => out.write_all(bytes)?,
                        StreamPart::Range(range) => {
                            let mut at = range.start;
                            while at < range.end {
                                let count = at_once(range.end - at);
                                source
                                    .read_at(at, &mut block[..count])
                                    .map_err(|error| named(&name, &error))?;
                                out.write_all(&block[..count])?;
                                at += count as u64;
                            }
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

/// How much of the rest to copy next.
fn at_once(left: u64) -> usize {
    usize::try_from(left).map_or(BLOCK, |left| left.min(BLOCK))
}

/// The system's error with the photo's name before it.
fn named(name: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{name}: {error}"))
}
