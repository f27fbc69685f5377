//! Photos in the form of PDF image streams: a JPEG's own compressed data, or converted samples.

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

/// How many bytes are copied at once.
const BLOCK_SIZE: usize = 256 * 1024;

/// A photo in the form of a PDF image stream. The data of a copied JPEG is not read into memory.
#[derive(Debug)]
pub struct PdfImage {
    /// How the data is encoded.
    pub encoding: ImageEncoding,
    /// The exact number of bytes that [`PdfImage::copy`] writes.
    pub length: u64,
    /// The size of the stored image, not turned.
    pub pixels: Pixels,
    /// The colour model of the samples. Inverted CMYK needs a `Decode` array of 1 and 0.
    pub colour: ColorModel,
    /// The profile of the samples. Without one, RGB is sRGB, and CMYK is that of the press.
    pub profile: Option<Arc<Profile>>,
    pub(in crate::picture) content: PdfImageContent,
}

/// How the data of a [`PdfImage`] is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ImageEncoding {
    /// A JPEG stream without its metadata segments and comments (Adobe's APP14 is kept).
    Jpeg,
    /// Rows of opaque 8-bit samples, not turned, each with a PNG predictor, deflated (zlib).
    Deflated,
}

#[derive(Debug)]
pub(in crate::picture) enum PdfImageContent {
    Parts { path: PathBuf, name: String, parts: Vec<StreamPart> },
    Packed(SpooledTempFile),
    Memory(Vec<u8>),
}

impl MemorySize for PdfImage {
    fn memory_size(&self) -> u64 {
        match &self.content {
            PdfImageContent::Parts { .. } => 0,
            PdfImageContent::Packed(file) if file.is_rolled() => 0,
            PdfImageContent::Packed(_) | PdfImageContent::Memory(_) => self.length,
        }
    }
}

/// A part of a copied JPEG stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::picture) enum StreamPart {
    /// A range of the file.
    Range(Range<u64>),
    /// Bytes that are inserted.
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

/// The image data of a JPEG file, without metadata.
pub(in crate::picture) fn copied_jpeg(picture: &Picture) -> Result<PdfImage, PictureError> {
    let (length, content) = content(picture).map_err(|error| {
        let name = picture.name.clone();
        match error {
            FormatError::Io(source) => PictureError::Read { name, source },
            FormatError::Damaged(reason) => PictureError::Decode { name, reason },
            FormatError::Unsupported(format) => PictureError::Decode { name, reason: format.name },
        }
    })?;
    Ok(PdfImage {
        encoding: ImageEncoding::Jpeg,
        length,
        pixels: picture.stored,
        colour: picture.colour,
        profile: picture.profile.clone(),
        content,
    })
}

/// The parts to copy, and their total length.
fn content(picture: &Picture) -> Result<(u64, PdfImageContent), FormatError> {
    let parts = parts(&mut Source::open(&picture.path)?)?;
    let length = parts.iter().map(StreamPart::length).sum();
    let (path, name) = (picture.path.clone(), picture.name.clone());
    Ok((length, PdfImageContent::Parts { path, name, parts }))
}

/// The parts of a JPEG file that make up its first image; previews and gain maps after it are left
/// out.
fn parts(source: &mut impl RandomAccess) -> Result<Vec<StreamPart>, FormatError> {
    /// Adobe's marker with transform 0, for RGB components. Without it, a PDF reader assumes YCbCr
    /// (ISO 32000-2, table 13).
    const RGB: &[u8] = b"\xFF\xEE\0\x0EAdobe\0\x64\0\0\0\0\0";
    let mut parts = vec![StreamPart::Fixed(&[0xFF, SOI])];
    if jpeg::frame(source)?.is_rgb_without_adobe_marker() {
        parts.push(StreamPart::Fixed(RGB));
    }
    let mut block = vec![0; BLOCK_SIZE];
    let mut at = 2;
    while let Some(segment) = next_segment(source, at)? {
        at = segment.end();
        match segment.marker {
            EOI => {
                parts.push(StreamPart::Fixed(&[0xFF, EOI]));
                return Ok(parts);
            }
            APP14 => {
                let payload = source.read_bytes(segment.data, segment.length)?;
                if jpeg::adobe_transform(&payload).is_some() {
                    add_range(&mut parts, segment.start..at);
                }
            }
            APP0..=APP15 | COM | SOI | 0x01 | 0xD0..=0xD7 => {}
            SOS => {
                at = jpeg::scan_end(source, at, &mut block)?;
                add_range(&mut parts, segment.start..at);
            }
            _ => add_range(&mut parts, segment.start..at),
        }
    }
    // The file is truncated; the stream needs an end marker all the same.
    parts.push(StreamPart::Fixed(&[0xFF, EOI]));
    Ok(parts)
}

/// The next segment, or `None` if the file ends before it does.
fn next_segment(
    source: &mut impl RandomAccess,
    at: u64,
) -> Result<Option<jpeg::Segment>, FormatError> {
    match jpeg::segment(source, at) {
        Ok(segment) if segment.end() <= source.length() => Ok(Some(segment)),
        Ok(_) => Ok(None),
        Err(FormatError::Io(error)) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// Adds a range, merged with the last one if they are adjacent.
fn add_range(parts: &mut Vec<StreamPart>, range: Range<u64>) {
    match parts.last_mut() {
        Some(StreamPart::Range(last)) if last.end == range.start => last.end = range.end,
        _ => parts.push(StreamPart::Range(range)),
    }
}

impl PdfImage {
    /// Writes the data.
    ///
    /// # Errors
    /// `out` cannot be written, or the photo cannot be read.
    pub fn copy(self, out: &mut impl Write) -> io::Result<()> {
        match self.content {
            PdfImageContent::Memory(bytes) => out.write_all(&bytes)?,
            PdfImageContent::Packed(mut file) => {
                let mut block = vec![0; BLOCK_SIZE];
                let mut remaining = self.length;
                while remaining > 0 {
                    let count = block_length(remaining);
                    file.read_exact(&mut block[..count])?;
                    out.write_all(&block[..count])?;
                    remaining -= count as u64;
                }
            }
            PdfImageContent::Parts { path, name, parts } => {
                let mut block = vec![0; BLOCK_SIZE];
                let mut source = Source::open(&path).map_err(|error| with_name(&name, &error))?;
                for part in parts {
                    match part {
                        StreamPart::Fixed(bytes) => out.write_all(bytes)?,
                        StreamPart::Range(range) => {
                            let mut at = range.start;
                            while at < range.end {
                                let count = block_length(range.end - at);
                                source
                                    .read_at(at, &mut block[..count])
                                    .map_err(|error| with_name(&name, &error))?;
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

/// The length of the next block to copy.
fn block_length(remaining: u64) -> usize {
    usize::try_from(remaining).map_or(BLOCK_SIZE, |remaining| remaining.min(BLOCK_SIZE))
}

/// Prefixes an I/O error with the photo's name.
fn with_name(name: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{name}: {error}"))
}
