//! EXIF 3.0: what the camera wrote.

use crate::model::{Metadata, Sourced};

use super::text;
use crate::picture::format::ifd::{TiffDirectories, TiffEntry};
use crate::picture::format::source::RandomAccess;

/// Texts longer than this are no captions.
const MOST_TEXT: u64 = 64 * 1024;

/// What was found in the tags.
#[derive(Debug, Default)]
pub(in super::super) struct Exif {
    pub(in super::super) metadata: Metadata,
    /// Tag 0x0112.
    pub(in super::super) orientation: Option<u32>,
    /// Whether it says where the picture was taken.
    pub(in super::super) location: bool,
}

/// Reads the tags of an EXIF block; what is damaged is left out.
pub(in super::super) fn read(mut bytes: &[u8]) -> Exif {
    let Ok(mut ifds) = TiffDirectories::open(&mut bytes) else { return Exif::default() };
    let Ok((entries, _)) = ifds.first() else { return Exif::default() };
    of_directory(&mut ifds, &entries)
}

/// Reads the tags of a first directory, and of those that it points to.
pub(in super::super) fn of_directory<B: RandomAccess>(
    ifds: &mut TiffDirectories<B>,
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
            0x0112 => exif.orientation = ifds.number(entry).and_then(|value| value.try_into().ok()),
            0x010E => metadata.caption = ascii(ifds, entry, "EXIF ImageDescription"),
            0x013B => metadata.creator = ascii(ifds, entry, "EXIF Artist"),
            0x8298 => metadata.rights = copyright(ifds, entry),
            0x9C9B => metadata.headline = wide(ifds, entry, "EXIF XPTitle"),
            0x9C9C => xp_comment = wide(ifds, entry, "EXIF XPComment"),
            0x9C9D => xp_author = wide(ifds, entry, "EXIF XPAuthor"),
            0x9C9F => xp_subject = wide(ifds, entry, "EXIF XPSubject"),
            0x8769 => {
                let Some(at) = ifds.number(entry) else { continue };
                let Ok((details, _)) = ifds.directory(at) else { continue };
                for entry in &details {
                    match entry.tag {
                        0x9003 => metadata.taken = date(ifds, entry, "EXIF DateTimeOriginal"),
                        0x9004 => digitized = date(ifds, entry, "EXIF DateTimeDigitized"),
                        0x9286 => comment = user_comment(ifds, entry),
                        _ => {}
                    }
                }
            }
            0x8825 => {
                let Some(at) = ifds.number(entry) else { continue };
                let Ok((places, _)) = ifds.directory(at) else { continue };
                exif.location = places.iter().any(is_place);
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

/// Everything that GPS writes but its version, the time and the date.
fn is_place(entry: &TiffEntry) -> bool {
    !matches!(entry.tag, 0x00 | 0x07 | 0x1D)
}

fn sourced(value: Option<String>, source: &'static str) -> Option<Sourced> {
    Some(Sourced::new(value?, source))
}

fn ascii<B: RandomAccess>(
    ifds: &mut TiffDirectories<B>,
    entry: &TiffEntry,
    source: &'static str,
) -> Option<Sourced> {
    let bytes = ifds.raw(entry, MOST_TEXT)?;
    sourced(text::clean(&text::guess(&bytes)), source)
}

/// The photographer's notice and the editor's, with a zero between them.
fn copyright<B: RandomAccess>(ifds: &mut TiffDirectories<B>, entry: &TiffEntry) -> Option<Sourced> {
    let bytes = ifds.raw(entry, MOST_TEXT)?;
    let notices: Vec<String> = bytes
        .split(|&byte| byte == 0)
        .take(2)
        .filter_map(|notice| text::clean(&text::guess(notice)))
        .collect();
    sourced((!notices.is_empty()).then(|| notices.join("; ")), "EXIF Copyright")
}

fn date<B: RandomAccess>(
    ifds: &mut TiffDirectories<B>,
    entry: &TiffEntry,
    source: &'static str,
) -> Option<Sourced> {
    let bytes = ifds.raw(entry, 64)?;
    sourced(text::day(&text::guess(&bytes)), source)
}

/// Windows' own fields: UTF-16, lowest byte first.
fn wide<B: RandomAccess>(
    ifds: &mut TiffDirectories<B>,
    entry: &TiffEntry,
    source: &'static str,
) -> Option<Sourced> {
    let bytes = ifds.raw(entry, MOST_TEXT)?;
    sourced(text::clean(&text::utf16(&bytes, true)), source)
}

/// Eight bytes name the encoding (EXIF 3.0, 4.6.6.4.2).
fn user_comment<B: RandomAccess>(
    ifds: &mut TiffDirectories<B>,
    entry: &TiffEntry,
) -> Option<Sourced> {
    let bytes = ifds.raw(entry, MOST_TEXT)?;
    let (code, comment) = bytes.split_first_chunk::<8>()?;
    let comment = match code {
        b"UNICODE\0" => text::utf16(comment, ifds.is_little_endian()),
        // Nothing here speaks JIS X 0208; what is not ASCII, or switches to it by an escape,
        // would come out as rubbish.
        b"JIS\0\0\0\0\0" if !comment.is_ascii() || comment.contains(&0x1B) => return None,
        _ => text::guess(comment),
    };
    sourced(text::clean(&comment), "EXIF UserComment")
}
