//! Reads EXIF 3.0 metadata.

use crate::model::{Metadata, Sourced};

use super::text;
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
    let mut digitized = None;
    for entry in entries {
        let metadata = &mut exif.metadata;
        match entry.tag {
            0x0112 => {
                exif.orientation = reader.number(entry).and_then(|value| value.try_into().ok());
            }
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
                        0x9003 => metadata.taken = date(reader, entry, "EXIF DateTimeOriginal"),
                        0x9004 => digitized = date(reader, entry, "EXIF DateTimeDigitized"),
                        0x9286 => comment = user_comment(reader, entry),
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
    metadata.caption = metadata.caption.take().or(comment).or(xp_comment).or(xp_subject);
    metadata.creator = metadata.creator.take().or(xp_author);
    metadata.taken = metadata.taken.take().or(digitized);
    exif
}

/// Whether a GPS tag reveals a location: all do, except for the version, the time and the date.
fn is_location(entry: &TiffEntry) -> bool {
    !matches!(entry.tag, 0x00 | 0x07 | 0x1D)
}

fn sourced(value: Option<String>, source: &'static str) -> Option<Sourced> {
    Some(Sourced::new(value?, source))
}

fn ascii_text<B: RandomAccess>(
    reader: &mut TiffReader<B>,
    entry: &TiffEntry,
    source: &'static str,
) -> Option<Sourced> {
    let bytes = reader.value_bytes(entry, MAX_TEXT)?;
    sourced(text::clean(&text::decode(&bytes)), source)
}

/// The copyright notices of the photographer and the editor, separated by a zero byte.
fn copyright<B: RandomAccess>(reader: &mut TiffReader<B>, entry: &TiffEntry) -> Option<Sourced> {
    let bytes = reader.value_bytes(entry, MAX_TEXT)?;
    let notices: Vec<String> = bytes
        .split(|&byte| byte == 0)
        .take(2)
        .filter_map(|notice| text::clean(&text::decode(notice)))
        .collect();
    sourced((!notices.is_empty()).then(|| notices.join("; ")), "EXIF Copyright")
}

fn date<B: RandomAccess>(
    reader: &mut TiffReader<B>,
    entry: &TiffEntry,
    source: &'static str,
) -> Option<Sourced> {
    let bytes = reader.value_bytes(entry, 64)?;
    sourced(text::date(&text::decode(&bytes)), source)
}

/// A text field of Windows: UTF-16, little-endian.
fn utf16_text<B: RandomAccess>(
    reader: &mut TiffReader<B>,
    entry: &TiffEntry,
    source: &'static str,
) -> Option<Sourced> {
    let bytes = reader.value_bytes(entry, MAX_TEXT)?;
    sourced(text::clean(&text::utf16(&bytes, true)), source)
}

/// A comment after eight bytes that give its encoding (EXIF 3.0, 4.6.6.4.2).
fn user_comment<B: RandomAccess>(reader: &mut TiffReader<B>, entry: &TiffEntry) -> Option<Sourced> {
    let bytes = reader.value_bytes(entry, MAX_TEXT)?;
    let (code, comment) = bytes.split_first_chunk::<8>()?;
    let comment = match code {
        b"UNICODE\0" => text::utf16(comment, reader.is_little_endian()),
        // JIS X 0208 is not supported: text that is not ASCII, or switches to JIS by an escape
        // sequence, would be garbled.
        b"JIS\0\0\0\0\0" if !comment.is_ascii() || comment.contains(&0x1B) => return None,
        _ => text::decode(comment),
    };
    sourced(text::clean(&comment), "EXIF UserComment")
}
