//! Turns converted photos upright: older converters turn the pixels as the container of a HEIC image
//! says and also keep the orientation in EXIF, so that viewers turn them twice.

use std::io;
use std::path::Path;

use crate::model::{Orientation, Pixels};

use crate::picture::converters::Converter;
use crate::picture::format::heif::{HeifContainer, HeifImage};
use crate::picture::format::jpeg;
use crate::picture::format::source::{RandomAccess, Source};
use crate::picture::format::tiff_directory::TiffReader;

/// The tag of the orientation.
const ORIENTATION: u16 = 0x0112;

/// A converted photo with another orientation than its converter gave it.
#[derive(Debug)]
pub struct CorrectedJpeg {
    /// The file with the right orientation.
    pub bytes: Vec<u8>,
    /// The value that its orientation had.
    pub wrong: u32,
}

/// Compares a JPEG with the HEIC or AVIF image that it was converted from. `None` if its
/// orientation is right, or if the original is no such image.
///
/// # Errors
/// The JPEG cannot be read.
pub fn corrected_jpeg(
    original: &Path,
    jpeg: &Path,
    converter: Converter,
) -> io::Result<Option<CorrectedJpeg>> {
    let Some(container) = Source::open(original).ok().and_then(ContainerOrientation::read) else {
        return Ok(None);
    };
    let mut source = Source::open(jpeg)?;
    let Ok(frame) = jpeg::frame(&mut source) else { return Ok(None) };
    let Some(tag) = OrientationTag::find(&mut source) else { return Ok(None) };
    let expected = container.expected(frame.pixels, converter);
    if Orientation::from_exif(tag.value) == expected {
        return Ok(None);
    }
    let length = source.length();
    let mut bytes = source.read_bytes(0, length)?;
    let value = exif_value(expected);
    let value = if tag.is_big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
    let Some(place) = bytes.get_mut(tag.at..).and_then(|it| it.first_chunk_mut::<2>()) else {
        return Ok(None);
    };
    *place = value;
    Ok(Some(CorrectedJpeg { bytes, wrong: tag.value }))
}

/// How the container of an image turns it.
struct ContainerOrientation {
    coded: Pixels,
    shown: Pixels,
    orientation: Orientation,
}

impl ContainerOrientation {
    fn read(mut source: Source) -> Option<Self> {
        let container = HeifContainer::read(&mut source).ok()?;
        let image = HeifImage::read(&container).ok()?;
        Some(Self { coded: image.coded, shown: image.shown(), orientation: image.orientation() })
    }

    /// The orientation that a converted picture of this size must have.
    fn expected(&self, pixels: Pixels, converter: Converter) -> Orientation {
        let is_wide = |it: Pixels| it.width > it.height;
        let is_square = self.coded.width == self.coded.height;
        let is_turned = if self.orientation.swaps_axes() && !is_square {
            is_wide(pixels) == is_wide(self.shown)
        } else {
            converter.turns_pixels()
        };
        if is_turned { Orientation::Upright } else { self.orientation }
    }
}

/// The orientation in the EXIF block of a JPEG.
struct OrientationTag {
    value: u32,
    /// Its offset in the file.
    at: usize,
    is_big_endian: bool,
}

impl OrientationTag {
    fn find(source: &mut Source) -> Option<Self> {
        let mut at = 2;
        loop {
            let segment = jpeg::segment(source, at).ok()?;
            if segment.marker == jpeg::SOS || segment.marker == jpeg::EOI {
                return None;
            }
            at = segment.end();
            if segment.marker != jpeg::APP0 + 1 {
                continue;
            }
            let payload = source.read_bytes(segment.data, segment.length).ok()?;
            let Some(tiff) = payload.strip_prefix(b"Exif\0\0") else { continue };
            let mut bytes = tiff;
            let mut reader = TiffReader::open(&mut bytes).ok()?;
            let (entries, _) = reader.first_directory().ok()?;
            let entry = entries.iter().find(|entry| entry.tag == ORIENTATION)?;
            let value = reader.number(entry)?.try_into().ok()?;
            let is_big_endian = tiff.starts_with(b"MM");
            // The name of the segment has six bytes.
            let offset = usize::try_from(segment.data + 6 + entry.short_offset()?).ok()?;
            return Some(Self { value, at: offset, is_big_endian });
        }
    }
}

/// The value of the tag for an orientation.
fn exif_value(orientation: Orientation) -> u16 {
    let mut values = 1..=8;
    values.find(|value| Orientation::from_exif(u32::from(*value)) == orientation).unwrap_or(1)
}
