//! Reads EXIF 3.0 metadata.

use crate::model::{Metadata, Sourced};

use super::text::DecodedText;
use super::{DeviceNames, text};
use crate::picture::format::source::RandomAccess;
use crate::picture::format::tiff_directory::{TiffEntry, TiffReader};

/// Longer texts are ignored.
const MAX_TEXT: u64 = 64 * 1024;

/// The EXIF metadata of a picture.
#[derive(Debug, Default)]
pub(in super::super) struct Exif {
    pub(in super::super) metadata: Metadata,
    /// Tag 0x0112.
    pub(in super::super) orientation: Option<u32>,
    /// Whether it contains the location of the camera.
    pub(in super::super) location: bool,
    /// The colour space.
    pub(in super::super) color: ExifColor,
    /// `Make`, `Model` and `Software`.
    pub(in super::super) device: DeviceNames,
}

/// The tags that state a colour space.
#[derive(Debug, Default, Clone, Copy)]
pub(in super::super) struct ExifColor {
    /// `ColorSpace`.
    pub(in super::super) space: Option<u64>,
    /// The first letters of `InteroperabilityIndex`.
    pub(in super::super) interoperability: Option<[u8; 3]>,
    /// `WhitePoint` and `PrimaryChromaticities`: white, red, green, blue, each x and y, in units of
    /// 1/100000.
    pub(in super::super) primaries: Option<[u32; 8]>,
    /// `Gamma`, as the exponent of encoding in the same units.
    pub(in super::super) gamma: Option<u32>,
}

/// Reads an EXIF block; damaged parts are ignored.
pub(in super::super) fn read(mut bytes: &[u8]) -> Exif {
    let Ok(mut reader) = TiffReader::open(&mut bytes) else { return Exif::default() };
    let Ok((entries, _)) = reader.first_directory() else { return Exif::default() };
    from_directory(&mut reader, &entries)
}

/// Reads the tags of a first directory, and of the directories that it points to.
pub(in super::super) fn from_directory<B: RandomAccess>(
    reader: &mut TiffReader<B>,
    entries: &[TiffEntry],
) -> Exif {
    let mut exif = Exif::default();
    let mut comment = None;
    let mut xp_comment = None;
    let mut xp_subject = None;
    let mut xp_author = None;
    let mut fraction = None;
    let mut white = Vec::new();
    let mut primaries = Vec::new();
    for entry in entries {
        let metadata = &mut exif.metadata;
        match entry.tag {
            0x013E => white = reader.ratios(entry, 2),
            0x013F => primaries = reader.ratios(entry, 6),
            0x0112 => {
                exif.orientation = reader.number(entry).and_then(|value| value.try_into().ok());
            }
            0x010F => exif.device.make = name(reader, entry),
            0x0110 => exif.device.model = name(reader, entry),
            0x0131 => exif.device.software = name(reader, entry),
            0x010E => metadata.caption = ascii_text(reader, entry, "EXIF ImageDescription"),
            0x013B => metadata.creator = ascii_text(reader, entry, "EXIF Artist"),
            0x8298 => metadata.rights = copyright(reader, entry),
            0x9C9B => metadata.headline = utf16_text(reader, entry, "EXIF XPTitle"),
            0x9C9C => xp_comment = utf16_text(reader, entry, "EXIF XPComment"),
            0x9C9D => xp_author = utf16_text(reader, entry, "EXIF XPAuthor"),
            0x9C9F => xp_subject = utf16_text(reader, entry, "EXIF XPSubject"),
            0x8769 => {
                let Some(at) = reader.number(entry) else { continue };
                let Ok((exif_entries, _)) = reader.directory(at) else { continue };
                for entry in &exif_entries {
                    match entry.tag {
                        0x9003 => {
                            metadata.taken = date(reader, entry, "EXIF DateTimeOriginal");
                            metadata.time = time(reader, entry);
                        }
                        0x9291 => fraction = name(reader, entry),
                        0x9004 => {
                            metadata.digitized = date(reader, entry, "EXIF DateTimeDigitized");
                        }
                        0x9286 => comment = user_comment(reader, entry),
                        0xA001 => exif.color.space = reader.number(entry),
                        0xA005 => exif.color.interoperability = interoperability(reader, entry),
                        0xA500 => {
                            exif.color.gamma = reader
                                .ratios(entry, 1)
                                .first()
                                .and_then(|gamma| units(1.0 / gamma));
                        }
                        _ => {}
                    }
                }
            }
            0x8825 => {
                let Some(at) = reader.number(entry) else { continue };
                let Ok((gps_entries, _)) = reader.directory(at) else { continue };
                exif.location = gps_entries.iter().any(is_location);
            }
            _ => {}
        }
    }
    let metadata = &mut exif.metadata;
    // `SubSecTimeOriginal` tells the photos of a series apart.
    let is_number = |text: &String| text.bytes().all(|byte| byte.is_ascii_digit());
    if let (Some(time), Some(fraction)) = (&mut metadata.time, fraction.filter(is_number)) {
        time.push('.');
        time.push_str(&fraction);
    }
    metadata.caption = metadata.caption.take().or(comment).or(xp_comment).or(xp_subject);
    metadata.creator = metadata.creator.take().or(xp_author);
    let points: Vec<u32> = white.into_iter().chain(primaries).filter_map(units).collect();
    exif.color.primaries = points.try_into().ok();
    exif
}

/// A ratio in units of 1/100000, if it is positive and not too large.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the range")]
fn units(ratio: f64) -> Option<u32> {
    (ratio > 0.0 && ratio < 100.0).then(|| (ratio * 100_000.0).round() as u32)
}

/// The index in the interoperability directory.
fn interoperability<B: RandomAccess>(
    reader: &mut TiffReader<B>,
    pointer: &TiffEntry,
) -> Option<[u8; 3]> {
    let at = reader.number(pointer)?;
    let (entries, _) = reader.directory(at).ok()?;
    let index = entries.iter().find(|entry| entry.tag == 0x0001)?;
    reader.value_bytes(index, 16)?.first_chunk().copied()
}

/// Whether a GPS tag reveals a location: all do, except for the version, the time and the date.
fn is_location(entry: &TiffEntry) -> bool {
    !matches!(entry.tag, 0x00 | 0x07 | 0x1D)
}

fn sourced(value: Option<DecodedText>, source: &'static str) -> Option<Sourced> {
    Some(value?.with_source(source))
}

fn ascii_text<B: RandomAccess>(
    reader: &mut TiffReader<B>,
    entry: &TiffEntry,
    source: &'static str,
) -> Option<Sourced> {
    let bytes = reader.value_bytes(entry, MAX_TEXT)?;
    sourced(text::clean(text::decode(&bytes)), source)
}

fn name<B: RandomAccess>(reader: &mut TiffReader<B>, entry: &TiffEntry) -> Option<String> {
    let bytes = reader.value_bytes(entry, MAX_TEXT)?;
    text::clean(text::decode(&bytes)).map(|name| name.text)
}

/// The copyright notices of the photographer and the editor, separated by a zero byte.
fn copyright<B: RandomAccess>(reader: &mut TiffReader<B>, entry: &TiffEntry) -> Option<Sourced> {
    let bytes = reader.value_bytes(entry, MAX_TEXT)?;
    let notices: Vec<DecodedText> = bytes
        .split(|&byte| byte == 0)
        .take(2)
        .filter_map(|notice| text::clean(text::decode(notice)))
        .collect();
    sourced(DecodedText::join(&notices, "; "), "EXIF Copyright")
}

fn date<B: RandomAccess>(
    reader: &mut TiffReader<B>,
    entry: &TiffEntry,
    source: &'static str,
) -> Option<Sourced> {
    let bytes = reader.value_bytes(entry, 64)?;
    Some(Sourced::new(text::date(&text::decode(&bytes).text)?, source))
}

/// The time of day of a timestamp.
fn time<B: RandomAccess>(reader: &mut TiffReader<B>, entry: &TiffEntry) -> Option<String> {
    let bytes = reader.value_bytes(entry, 64)?;
    text::time(text::decode(&bytes).text.split_once(' ')?.1)
}

/// A text field of Windows: UTF-16, little-endian.
fn utf16_text<B: RandomAccess>(
    reader: &mut TiffReader<B>,
    entry: &TiffEntry,
    source: &'static str,
) -> Option<Sourced> {
    let bytes = reader.value_bytes(entry, MAX_TEXT)?;
    sourced(text::clean(text::utf16(&bytes, true)), source)
}

/// A comment after eight bytes that give its encoding (EXIF 3.0, 4.6.6.4.2).
fn user_comment<B: RandomAccess>(reader: &mut TiffReader<B>, entry: &TiffEntry) -> Option<Sourced> {
    let bytes = reader.value_bytes(entry, MAX_TEXT)?;
    let (code, comment) = bytes.split_first_chunk::<8>()?;
    let comment = match code {
        b"UNICODE\0" => text::utf16(comment, reader.is_little_endian()).into(),
        // JIS X 0208 is not supported: text that is not ASCII, or switches to JIS by an escape
        // sequence, would be garbled.
        b"JIS\0\0\0\0\0" if !comment.is_ascii() || comment.contains(&0x1B) => return None,
        _ => text::decode(comment),
    };
    sourced(text::clean(comment), "EXIF UserComment")
}
