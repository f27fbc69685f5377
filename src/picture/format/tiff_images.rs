//! Decides which of the images in a TIFF file is the picture: thumbnails, masks and the sensor data
//! of raw files are images too.

use std::collections::BTreeSet;
use std::io::{self, Read, Seek, SeekFrom};

use crate::picture::format::source::RandomAccess;
use crate::picture::format::tiff_directory::{TiffEntry, TiffReader};

/// The maximum number of directories that are read.
const MAX_DIRECTORIES: usize = 1024;

const NEW_SUBFILE_TYPE: u16 = 254;
const OLD_SUBFILE_TYPE: u16 = 255;
const WIDTH: u16 = 256;
const HEIGHT: u16 = 257;
const COMPRESSION: u16 = 259;
const PHOTOMETRIC: u16 = 262;
const SUB_DIRECTORIES: u16 = 330;

/// The image that is the picture.
#[derive(Debug)]
pub(in crate::picture) struct TiffImage {
    /// The offset of its directory.
    pub(in crate::picture) offset: u64,
    pub(in crate::picture) entries: Vec<TiffEntry>,
    /// The entries of the first directory, which has the metadata if the picture is in another one.
    pub(in crate::picture) first_entries: Vec<TiffEntry>,
    /// The number of images that could be the picture: the pages.
    pub(in crate::picture) pages: usize,
    /// Whether the file has only previews of sensor data.
    pub(in crate::picture) is_raw: bool,
}

/// A directory that was read.
struct Directory {
    offset: u64,
    entries: Vec<TiffEntry>,
    role: ImageRole,
}

/// What an image is in its file (TIFF 6.0, section 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ImageRole {
    Full,
    /// A smaller version of another image, such as a thumbnail.
    Reduced,
    /// The transparency of another image.
    Mask,
    /// The samples of a sensor, which only a raw converter can read.
    Sensor,
    /// It has no image.
    None,
}

/// Selects the picture: the first image at full size in the chain of directories, or else in their
/// subordinate directories, or else the largest one.
///
/// # Errors
/// The first directory cannot be read.
pub(in crate::picture) fn select<B: RandomAccess>(
    reader: &mut TiffReader<B>,
) -> io::Result<TiffImage> {
    let chain = chain(reader)?;
    let first_entries = chain.first().map(|first| first.entries.clone()).unwrap_or_default();
    let pages = chain.iter().filter(|directory| directory.role == ImageRole::Full).count();
    let mut is_raw = false;
    let mut selected = chain.iter().position(|directory| directory.role == ImageRole::Full);
    let mut directories = chain;
    if selected.is_none() {
        let subordinate = subordinate(reader, &directories);
        let has_sensor = subordinate.iter().any(|directory| directory.role == ImageRole::Sensor);
        let full = subordinate.iter().position(|directory| directory.role == ImageRole::Full);
        is_raw = has_sensor || (full.is_none() && !subordinate.is_empty());
        if let Some(full) = full {
            selected = Some(full);
            directories = subordinate;
        }
    }
    let selected = selected.or_else(|| largest(reader, &directories)).unwrap_or(0);
    let Directory { offset, entries, .. } = directories.swap_remove(selected);
    Ok(TiffImage { offset, entries, first_entries, pages: pages.max(1), is_raw })
}

/// The directories from the first one on. Those after one that cannot be read are left out.
fn chain<B: RandomAccess>(reader: &mut TiffReader<B>) -> io::Result<Vec<Directory>> {
    let (entries, mut next) = reader.first_directory()?;
    let offset = reader.first_offset();
    let role = role(reader, &entries);
    let mut directories = vec![Directory { offset, entries, role }];
    let mut seen = BTreeSet::from([offset]);
    while next != 0 && directories.len() < MAX_DIRECTORIES && seen.insert(next) {
        let Ok((entries, after)) = reader.directory(next) else { break };
        let role = self::role(reader, &entries);
        directories.push(Directory { offset: next, entries, role });
        next = after;
    }
    Ok(directories)
}

/// The subordinate directories of these (TIFF Technical Note 1).
fn subordinate<B: RandomAccess>(
    reader: &mut TiffReader<B>,
    directories: &[Directory],
) -> Vec<Directory> {
    let mut found = Vec::new();
    for directory in directories {
        let Some(entry) = find(&directory.entries, SUB_DIRECTORIES) else { continue };
        for offset in reader.numbers(&entry, MAX_DIRECTORIES as u64) {
            if found.len() < MAX_DIRECTORIES
                && let Ok((entries, _)) = reader.directory(offset)
            {
                let role = role(reader, &entries);
                found.push(Directory { offset, entries, role });
            }
        }
    }
    found
}

fn role<B: RandomAccess>(reader: &mut TiffReader<B>, entries: &[TiffEntry]) -> ImageRole {
    if find(entries, WIDTH).is_none() {
        return ImageRole::None;
    }
    if is_sensor_data(reader, entries) {
        return ImageRole::Sensor;
    }
    match (number(reader, entries, NEW_SUBFILE_TYPE), number(reader, entries, OLD_SUBFILE_TYPE)) {
        (Some(kind), _) if kind & 4 != 0 => ImageRole::Mask,
        (Some(kind), _) if kind & 1 != 0 => ImageRole::Reduced,
        (None, Some(2)) => ImageRole::Reduced,
        _ => ImageRole::Full,
    }
}

/// Whether an image has the samples of a sensor, or a compression of raw files.
pub(in crate::picture) fn is_sensor_data<B: RandomAccess>(
    reader: &mut TiffReader<B>,
    entries: &[TiffEntry],
) -> bool {
    matches!(number(reader, entries, PHOTOMETRIC), Some(32803 | 34892))
        || matches!(number(reader, entries, COMPRESSION), Some(32767 | 32769 | 34713 | 65535))
}

/// The position of the image with the most pixels.
fn largest<B: RandomAccess>(
    reader: &mut TiffReader<B>,
    directories: &[Directory],
) -> Option<usize> {
    let mut size = |directory: &Directory| {
        let side = |side: Option<u64>| side.unwrap_or(0);
        let width = side(number(reader, &directory.entries, WIDTH));
        width.saturating_mul(side(number(reader, &directory.entries, HEIGHT)))
    };
    let sizes: Vec<(usize, u64)> = directories
        .iter()
        .enumerate()
        .filter(|(_, directory)| directory.role == ImageRole::Reduced)
        .map(|(index, directory)| (index, size(directory)))
        .collect();
    // The first of equally large ones.
    sizes.into_iter().rev().max_by_key(|&(_, size)| size).map(|(index, _)| index)
}

fn find(entries: &[TiffEntry], tag: u16) -> Option<TiffEntry> {
    entries.iter().find(|entry| entry.tag == tag).copied()
}

fn number<B: RandomAccess>(
    reader: &mut TiffReader<B>,
    entries: &[TiffEntry],
    tag: u16,
) -> Option<u64> {
    find(entries, tag).and_then(|entry| reader.number(&entry))
}

/// A reader of a TIFF file in whose header another directory is the first one, for a decoder that
/// reads only the first one and those that follow it.
#[derive(Debug)]
pub(in crate::picture) struct WithFirstDirectory<R> {
    file: R,
    position: u64,
    /// The offset of the field in the header, and its bytes.
    field: (u64, Vec<u8>),
}

impl<R: Read + Seek> WithFirstDirectory<R> {
    /// A reader from the beginning of `file`.
    pub(in crate::picture) fn new(file: R, field: (u64, Vec<u8>)) -> Self {
        Self { file, position: 0, field }
    }
}

impl<R: Read> Read for WithFirstDirectory<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        let (start, bytes) = &self.field;
        for (at, byte) in (*start..).zip(bytes) {
            let index = at.checked_sub(self.position).and_then(|index| usize::try_from(index).ok());
            if let Some(target) = index.and_then(|index| buffer[..count].get_mut(index)) {
                *target = *byte;
            }
        }
        self.position += count as u64;
        Ok(count)
    }
}

impl<R: Seek> Seek for WithFirstDirectory<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.position = self.file.seek(to)?;
        Ok(self.position)
    }
}
