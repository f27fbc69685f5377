//! Reads the tag directories of TIFF 6.0, `BigTIFF` and EXIF.

use std::io;

use crate::picture::format::source::RandomAccess;

/// Directories with more entries count as damaged.
const MAX_ENTRIES: u64 = 4096;

/// Reads a TIFF structure: directories of tagged values that point to one another.
#[derive(Debug)]
pub(in crate::picture) struct TiffReader<'a, B> {
    bytes: &'a mut B,
    little_endian: bool,
    big_tiff: bool,
    first_directory: u64,
}

/// An entry of a directory: a tag and its values.
#[derive(Debug, Clone, Copy)]
pub(in crate::picture) struct TiffEntry {
    pub(in crate::picture) tag: u16,
    kind: u16,
    count: u64,
    /// The offset of the values.
    offset: u64,
}

impl TiffEntry {
    /// The offset of a single value of 16 bits; `None` if it is another one.
    pub(in crate::picture) fn short_offset(&self) -> Option<u64> {
        (self.kind == 3 && self.count == 1).then_some(self.offset)
    }

    /// The size of one value in bytes (TIFF 6.0, section 2; 129 is UTF-8 text, EXIF 3.0, 4.6.2).
    fn value_size(&self) -> u64 {
        match self.kind {
            1 | 2 | 6 | 7 | 129 => 1,
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 | 16 | 17 | 18 => 8,
            _ => 0,
        }
    }
}

impl<'a, B: RandomAccess> TiffReader<'a, B> {
    /// Reads the header.
    pub(in crate::picture) fn open(bytes: &'a mut B) -> io::Result<Self> {
        let head: [u8; 8] = bytes.read_array(0)?;
        let little_endian = match &head[..2] {
            b"II" => true,
            b"MM" => false,
            _ => return Err(io::ErrorKind::InvalidData.into()),
        };
        let mut reader = Self { bytes, little_endian, big_tiff: false, first_directory: 0 };
        match reader.integer(&head[2..4]) {
            42 => reader.first_directory = reader.integer(&head[4..]),
            43 => {
                reader.big_tiff = true;
                let first: [u8; 8] = reader.bytes.read_array(8)?;
                reader.first_directory = reader.integer(&first);
            }
            _ => return Err(io::ErrorKind::InvalidData.into()),
        }
        Ok(reader)
    }

    /// The entries of the first directory, and the offset of the next one (0: none).
    pub(in crate::picture) fn first_directory(&mut self) -> io::Result<(Vec<TiffEntry>, u64)> {
        self.directory(self.first_directory)
    }

    /// The offset of the first directory.
    pub(in crate::picture) fn first_offset(&self) -> u64 {
        self.first_directory
    }

    /// The field of the header with the offset of the first directory: its own offset, and its
    /// bytes for another directory.
    pub(in crate::picture) fn first_directory_field(&self, directory: u64) -> (u64, Vec<u8>) {
        let mut bytes = directory.to_be_bytes().to_vec();
        if !self.big_tiff {
            bytes.drain(..4);
        }
        if self.little_endian {
            bytes.reverse();
        }
        (if self.big_tiff { 8 } else { 4 }, bytes)
    }

    /// The entries of a directory, and the offset of the next one. Entries beyond the end of the
    /// file are left out.
    pub(in crate::picture) fn directory(
        &mut self,
        offset: u64,
    ) -> io::Result<(Vec<TiffEntry>, u64)> {
        let (counter, size, inline) = if self.big_tiff { (8, 20, 8) } else { (2, 12, 4) };
        let count = self.bytes.read_bytes(offset, counter)?;
        let count = self.integer(&count);
        if count > MAX_ENTRIES {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut entries = Vec::new();
        for number in 0..count {
            let start = offset + counter + number * size;
            let Ok(raw) = self.bytes.read_bytes(start, size) else { return Ok((entries, 0)) };
            let (head, value) = raw.split_at(if self.big_tiff { 12 } else { 8 });
            let mut entry = TiffEntry {
                tag: self.short(&head[..2]),
                kind: self.short(&head[2..4]),
                count: self.integer(&head[4..]),
                offset: start + size - inline,
            };
            let length = entry.count.saturating_mul(entry.value_size());
            if length > inline {
                entry.offset = self.integer(value);
            }
            if entry.value_size() != 0 {
                entries.push(entry);
            }
        }
        let next = self.bytes.read_bytes(offset + counter + count * size, inline);
        let next = next.map_or(0, |next| self.integer(&next));
        Ok((entries, next))
    }

    /// The values of a tag as bytes, unless they are more than `max` bytes.
    pub(in crate::picture) fn value_bytes(
        &mut self,
        entry: &TiffEntry,
        max: u64,
    ) -> Option<Vec<u8>> {
        let length = entry.count.checked_mul(entry.value_size())?;
        if length > max {
            return None;
        }
        self.bytes.read_bytes(entry.offset, length).ok()
    }

    /// The values of a tag as integers, up to `max` of them.
    pub(in crate::picture) fn numbers(&mut self, entry: &TiffEntry, max: u64) -> Vec<u64> {
        let value_size = entry.value_size();
        if !matches!(entry.kind, 1 | 3 | 4 | 8 | 9 | 13 | 16 | 18) {
            return Vec::new();
        }
        let Ok(bytes) = self.bytes.read_bytes(entry.offset, entry.count.min(max) * value_size)
        else {
            return Vec::new();
        };
        let value_size = usize::try_from(value_size).unwrap_or(1);
        bytes.chunks_exact(value_size).map(|value| self.integer(value)).collect()
    }

    /// The values of a tag as ratios, up to `max` of them.
    pub(in crate::picture) fn ratios(&mut self, entry: &TiffEntry, max: u64) -> Vec<f64> {
        /// `RATIONAL`: two `LONG`s.
        const RATIONAL: u16 = 5;
        if entry.kind != RATIONAL {
            return Vec::new();
        }
        let Ok(bytes) = self.bytes.read_bytes(entry.offset, entry.count.min(max) * 8) else {
            return Vec::new();
        };
        let ratio = |value: &[u8; 8]| {
            let long = |bytes| u32::try_from(self.integer(bytes)).map_or(0.0, f64::from);
            long(&value[..4]) / long(&value[4..])
        };
        bytes.as_chunks::<8>().0.iter().map(ratio).collect()
    }

    /// The first value of a tag as an integer.
    pub(in crate::picture) fn number(&mut self, entry: &TiffEntry) -> Option<u64> {
        self.numbers(entry, 1).first().copied()
    }

    /// Whether numbers are stored in little-endian order.
    pub(in crate::picture) fn is_little_endian(&self) -> bool {
        self.little_endian
    }

    fn short(&self, bytes: &[u8]) -> u16 {
        u16::try_from(self.integer(bytes)).unwrap_or_default()
    }

    /// Up to eight bytes as an integer.
    fn integer(&self, bytes: &[u8]) -> u64 {
        let join = |sum: u64, byte: &u8| (sum << 8) | u64::from(*byte);
        if self.little_endian {
            bytes.iter().rev().fold(0, join)
        } else {
            bytes.iter().fold(0, join)
        }
    }
}
