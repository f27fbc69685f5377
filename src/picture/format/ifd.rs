//! Directories of tags: TIFF 6.0, its 64-bit form and EXIF share them.

use std::io;

use crate::picture::format::source::RandomAccess;

/// Directories of more entries than this are taken for damaged.
const MOST_ENTRIES: u64 = 4096;

/// A TIFF structure: directories of tagged values that point to one another.
#[derive(Debug)]
pub(in crate::picture) struct TiffDirectories<'a, B> {
    bytes: &'a mut B,
    little: bool,
    big: bool,
    first: u64,
}

/// One tag of a directory.
#[derive(Debug, Clone, Copy)]
pub(in crate::picture) struct TiffEntry {
    pub(in crate::picture) tag: u16,
    kind: u16,
    count: u64,
    /// Where the values stand.
    at: u64,
}

impl TiffEntry {
    /// The size of one value (TIFF 6.0, section 2).
    fn unit(&self) -> u64 {
        match self.kind {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 | 16 | 17 | 18 => 8,
            _ => 0,
        }
    }
}

impl<'a, B: RandomAccess> TiffDirectories<'a, B> {
    /// Reads the header.
    pub(in crate::picture) fn open(bytes: &'a mut B) -> io::Result<Self> {
        let head: [u8; 8] = bytes.array(0)?;
        let little = match &head[..2] {
            b"II" => true,
            b"MM" => false,
            _ => return Err(io::ErrorKind::InvalidData.into()),
        };
        let mut ifds = Self { bytes, little, big: false, first: 0 };
        match ifds.whole(&head[2..4]) {
            42 => ifds.first = ifds.whole(&head[4..]),
            43 => {
                ifds.big = true;
                let first: [u8; 8] = ifds.bytes.array(8)?;
                ifds.first = ifds.whole(&first);
            }
            _ => return Err(io::ErrorKind::InvalidData.into()),
        }
        Ok(ifds)
    }

    /// The entries of the first directory, and where the next one is (0: nowhere).
    pub(in crate::picture) fn first(&mut self) -> io::Result<(Vec<TiffEntry>, u64)> {
        self.directory(self.first)
    }

    /// The entries of a directory, and where the next one is. What lies beyond the end of
    /// the file is left out.
    pub(in crate::picture) fn directory(&mut self, at: u64) -> io::Result<(Vec<TiffEntry>, u64)> {
        let (counter, size, inline) = if self.big { (8, 20, 8) } else { (2, 12, 4) };
        let count = self.bytes.bytes(at, counter)?;
        let count = self.whole(&count);
        if count > MOST_ENTRIES {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut entries = Vec::new();
        for number in 0..count {
            let start = at + counter + number * size;
            let Ok(raw) = self.bytes.bytes(start, size) else { return Ok((entries, 0)) };
            let (head, value) = raw.split_at(if self.big { 12 } else { 8 });
            let mut entry = TiffEntry {
                tag: self.short(&head[..2]),
                kind: self.short(&head[2..4]),
                count: self.whole(&head[4..]),
                at: start + size - inline,
            };
            let length = entry.count.saturating_mul(entry.unit());
            if length > inline {
                entry.at = self.whole(value);
            }
            if entry.unit() != 0 {
                entries.push(entry);
            }
        }
        let next = self.bytes.bytes(at + counter + count * size, inline);
        let next = next.map_or(0, |next| self.whole(&next));
        Ok((entries, next))
    }

    /// A tag's values as bytes, unless they are more than `most`.
    pub(in crate::picture) fn raw(&mut self, entry: &TiffEntry, most: u64) -> Option<Vec<u8>> {
        let length = entry.count.checked_mul(entry.unit())?;
        if length > most {
            return None;
        }
        self.bytes.bytes(entry.at, length).ok()
    }

    /// A tag's values as whole numbers, up to `most` of them.
    pub(in crate::picture) fn numbers(&mut self, entry: &TiffEntry, most: u64) -> Vec<u64> {
        let unit = entry.unit();
        if !matches!(entry.kind, 1 | 3 | 4 | 13 | 16 | 18) {
            return Vec::new();
        }
        let Ok(bytes) = self.bytes.bytes(entry.at, entry.count.min(most) * unit) else {
            return Vec::new();
        };
        let unit = usize::try_from(unit).unwrap_or(1);
        bytes.chunks_exact(unit).map(|value| self.whole(value)).collect()
    }

    /// A tag's first value as a whole number.
    pub(in crate::picture) fn number(&mut self, entry: &TiffEntry) -> Option<u64> {
        self.numbers(entry, 1).first().copied()
    }

    /// The length of all.
    pub(in crate::picture) fn length(&self) -> u64 {
        self.bytes.length()
    }

    /// Whether numbers have their lowest byte first.
    pub(in crate::picture) fn is_little_endian(&self) -> bool {
        self.little
    }

    fn short(&self, bytes: &[u8]) -> u16 {
        u16::try_from(self.whole(bytes)).unwrap_or_default()
    }

    /// Up to eight bytes as a number.
    fn whole(&self, bytes: &[u8]) -> u64 {
        let join = |sum: u64, byte: &u8| (sum << 8) | u64::from(*byte);
        if self.little { bytes.iter().rev().fold(0, join) } else { bytes.iter().fold(0, join) }
    }
}
