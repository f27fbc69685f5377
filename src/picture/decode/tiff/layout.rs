//! How the image data of a TIFF file is laid out, read before it is decoded; and files of kinds that
//! the `tiff` crate does not read, written as equivalent ones that it does.

use std::io;

use super::fax::{self, FaxOptions};
use crate::picture::format::source::{RandomAccess, Source};
use crate::picture::format::tiff_directory::{TiffEntry, TiffReader};
use crate::picture::format::tiff_images::{self, TiffImage};

/// The maximum number of strips or tiles.
const MAX_STRIPS: u64 = 1 << 20;
/// The maximum length of a table.
const MAX_TABLE: u64 = 1 << 20;

/// No compression.
const UNCOMPRESSED: u64 = 1;
/// A palette, and levels of gray from black.
const PALETTE: u64 = 3;
const BLACK_IS_ZERO: u64 = 1;

/// The tags that the pixels depend on, except for those that are treated by themselves.
const COPIED_TAGS: [u16; 15] =
    [256, 257, 258, 259, 262, 273, 277, 278, 279, 284, 317, 338, 339, 347, 530];

/// The layout of the picture: the first image at full size.
#[derive(Debug)]
pub(super) struct TiffLayout {
    little_endian: bool,
    /// The field of the header with the offset of its directory.
    pub(super) directory_field: (u64, Vec<u8>),
    entries: Vec<TiffEntry>,
    compression: u64,
    photometric: u64,
    /// The offsets and lengths of the strips or tiles.
    offsets: Vec<u64>,
    lengths: Vec<u64>,
    is_tiled: bool,
    /// Whether the lengths are not in the file, but calculated.
    has_own_lengths: bool,
    file_length: u64,
    width: u64,
    height: u64,
    rows_per_strip: u64,
    fax: FaxOptions,
    /// The colours of a palette.
    pub(super) palette: Option<Vec<[u8; 3]>>,
}

impl TiffLayout {
    pub(super) fn read(source: &mut Source) -> io::Result<Self> {
        let file_length = source.length();
        let mut reader = TiffReader::open(source)?;
        let TiffImage { entries, offset, .. } = tiff_images::select(&mut reader)?;
        let find = |tag: u16| entries.iter().find(|entry| entry.tag == tag).copied();
        let mut numbers = |tag: u16, max: u64| {
            find(tag).map(|entry| reader.numbers(&entry, max)).unwrap_or_default()
        };
        let mut number =
            |tag: u16, default: u64| numbers(tag, 1).first().copied().unwrap_or(default);
        let (width, height) = (number(256, 0), number(257, 0));
        let (bits, samples) = (number(258, 1), number(277, 1));
        let (compression, photometric) = (number(259, UNCOMPRESSED), number(262, 1));
        let rows_per_strip = number(278, u64::MAX).clamp(1, height.max(1));
        let fax = FaxOptions {
            compression,
            is_two_dimensional: number(292, 0) & 1 != 0,
            is_reversed: number(266, 1) == 2,
        };
        let is_planar = number(284, 1) == 2;
        let is_tiled = find(324).is_some() && find(273).is_none();
        let tags = if is_tiled { (324, 325) } else { (273, 279) };
        let (offsets, mut lengths) = (numbers(tags.0, MAX_STRIPS), numbers(tags.1, MAX_STRIPS));
        let has_own_lengths = is_tiled
            || (lengths.len() == offsets.len() && lengths.iter().any(|&length| length != 0));
        let row = (width * bits * if is_planar { 1 } else { samples }).div_ceil(8);
        if !has_own_lengths {
            let strips = height.div_ceil(rows_per_strip).max(1);
            lengths = (0..)
                .zip(&offsets)
                .map(|(number, &offset)| {
                    let rows = rows_per_strip.min(height - number % strips * rows_per_strip);
                    let following = offsets.iter().copied().filter(|&next| next > offset).min();
                    let space = following.unwrap_or(file_length).saturating_sub(offset);
                    if compression == UNCOMPRESSED { row * rows } else { space }
                })
                .collect();
        }
        let palette = (photometric == PALETTE).then(|| {
            let colours = numbers(320, 3 << 16);
            palette(&colours, 1 << bits.min(16))
        });
        Ok(Self {
            little_endian: reader.is_little_endian(),
            directory_field: reader.first_directory_field(offset),
            entries,
            compression,
            photometric,
            offsets,
            lengths,
            is_tiled,
            has_own_lengths,
            file_length,
            width,
            height,
            rows_per_strip,
            fax,
            palette,
        })
    }

    /// For each strip or tile, how much of its data is in the file, 0 to 1.
    pub(super) fn present(&self) -> Vec<f64> {
        let part = |(&offset, &length): (&u64, &u64)| {
            let present = self.file_length.saturating_sub(offset).min(length);
            #[expect(clippy::cast_precision_loss, reason = "only a ratio")]
            let part = present as f64 / length.max(1) as f64;
            if length == 0 { 1.0 } else { part }
        };
        self.offsets.iter().zip(&self.lengths).map(part).collect()
    }

    /// Whether samples are stored without compression, so that a part of a strip is a part of the
    /// picture.
    pub(super) fn is_uncompressed(&self) -> bool {
        self.compression == UNCOMPRESSED
    }

    /// A file with the same pixels that the decoder can read; `None` if this one is such a file.
    /// The colours of a palette are left as indices.
    pub(super) fn equivalent_file(&self, source: &mut Source) -> io::Result<Option<Vec<u8>>> {
        let is_fax = matches!(self.compression, 2 | 3);
        if !is_fax && self.palette.is_none() && self.has_own_lengths {
            return Ok(None);
        }
        let mut data = source.read_bytes(0, self.file_length)?;
        let (mut offsets, mut lengths) = (self.offsets.clone(), self.lengths.clone());
        let mut rows_per_strip = self.rows_per_strip;
        if is_fax {
            let bits = self.decoded_fax(&data);
            (offsets, lengths) = (vec![data.len() as u64], vec![bits.len() as u64]);
            rows_per_strip = self.height;
            data.extend(bits);
        }
        let mut directory = Vec::new();
        let mut reader = TiffReader::open(source)?;
        for tag in COPIED_TAGS {
            let entry = self.entries.iter().find(|entry| entry.tag == tag);
            let mut numbers = || entry.map(|entry| reader.numbers(entry, MAX_TABLE));
            let value = match tag {
                259 if is_fax => Some(TagValue::Numbers(vec![UNCOMPRESSED])),
                262 if self.palette.is_some() => Some(TagValue::Numbers(vec![BLACK_IS_ZERO])),
                262 => Some(TagValue::Numbers(vec![self.photometric])),
                273 if !self.is_tiled => Some(TagValue::Numbers(offsets.clone())),
                278 if !self.is_tiled => Some(TagValue::Numbers(vec![rows_per_strip])),
                279 if !self.is_tiled => Some(TagValue::Numbers(lengths.clone())),
                // Tables of JPEG data are bytes.
                347 => entry
                    .and_then(|entry| reader.value_bytes(entry, MAX_TABLE))
                    .map(TagValue::Bytes),
                _ => numbers().filter(|numbers| !numbers.is_empty()).map(TagValue::Numbers),
            };
            directory.extend(value.map(|value| (tag, value)));
            // Tiles, in the order of the tags.
            if tag == 317 && self.is_tiled {
                for tag in [322, 323] {
                    let entry = self.entries.iter().find(|entry| entry.tag == tag);
                    let numbers = entry.map(|entry| reader.numbers(entry, 1));
                    directory.extend(numbers.map(|numbers| (tag, TagValue::Numbers(numbers))));
                }
                directory.push((324, TagValue::Numbers(offsets.clone())));
                directory.push((325, TagValue::Numbers(lengths.clone())));
            }
        }
        Ok(Some(with_directory(data, self.little_endian, &directory)))
    }

    /// The rows of a fax, in bits: 0 is white.
    fn decoded_fax(&self, file: &[u8]) -> Vec<u8> {
        let to_usize = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let (width, mut left) = (to_usize(self.width), to_usize(self.height));
        let mut bits = Vec::new();
        for (&offset, &length) in self.offsets.iter().zip(&self.lengths) {
            let rows = left.min(to_usize(self.rows_per_strip));
            let start = to_usize(offset).min(file.len());
            let end = start.saturating_add(to_usize(length)).min(file.len());
            bits.extend(fax::decoded(&file[start..end], width, rows, self.fax));
            left -= rows;
        }
        bits
    }
}

/// The colours of a palette: all reds, then all greens, then all blues, with 16 bits each. Some
/// programs write only 8 bits.
fn palette(colours: &[u64], count: usize) -> Vec<[u8; 3]> {
    let is_short = colours.iter().all(|&level| level < 256);
    let level = |index: usize| {
        let level = colours.get(index).copied().unwrap_or(0).min(0xFFFF);
        u8::try_from(if is_short { level } else { (level + 128) / 257 }).unwrap_or(u8::MAX)
    };
    (0..count).map(|index| [0, 1, 2].map(|plane| level(plane * count + index))).collect()
}

/// The value of a tag.
enum TagValue {
    Numbers(Vec<u64>),
    Bytes(Vec<u8>),
}

/// A classic TIFF with this data at its old offsets, and a new directory after it.
fn with_directory(
    mut file: Vec<u8>,
    little_endian: bool,
    directory: &[(u16, TagValue)],
) -> Vec<u8> {
    let short = |number: u16| {
        if little_endian { number.to_le_bytes() } else { number.to_be_bytes() }
    };
    let long = |number: u64| {
        // Files that do not fit are not decoded.
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        if little_endian { number.to_le_bytes() } else { number.to_be_bytes() }
    };
    let mut entries = Vec::new();
    for (tag, value) in directory {
        let (kind, count, mut bytes) = match value {
            TagValue::Numbers(numbers) => {
                let bytes = numbers.iter().flat_map(|&number| long(number)).collect();
                (4, numbers.len(), bytes)
            }
            TagValue::Bytes(bytes) => (7, bytes.len(), bytes.clone()),
        };
        if bytes.len() > 4 {
            let offset = file.len() as u64;
            file.append(&mut bytes);
            bytes.extend(long(offset));
        }
        bytes.resize(4, 0);
        entries.extend(short(*tag));
        entries.extend(short(kind));
        entries.extend(long(count as u64));
        entries.extend(bytes);
    }
    let start = file.len() as u64;
    file.extend(short(u16::try_from(directory.len()).unwrap_or(u16::MAX)));
    file.extend(entries);
    file.extend([0; 4]);
    let order = if little_endian { b"II" } else { b"MM" };
    let head = [order.as_slice(), &short(42), &long(start)].concat();
    // The header of a BigTIFF is longer, so this one fits.
    file[..head.len()].copy_from_slice(&head);
    file
}
