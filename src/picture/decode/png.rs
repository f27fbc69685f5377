//! Examines the image data of PNG files, and repairs damaged ones as far as possible (ISO/IEC
//! 15948, 5.3 and 10).

use std::io::Write as _;

use crc32fast::Hasher as Crc;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Decompress, FlushDecompress, Status};

/// The first chunk after the signature.
const FIRST_CHUNK: usize = 8;
/// How many bytes are decompressed at once.
const BLOCK_SIZE: usize = 64 * 1024;

/// Damage of the image data.
#[derive(Debug, Clone, Copy)]
pub(in crate::picture) struct PngDamage {
    pub(in crate::picture) fault: PngFault,
    /// The part of the data that is missing or not certainly right, 0 to 1.
    pub(in crate::picture) lost: f64,
}

/// The first sign of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::picture) enum PngFault {
    /// A chunk has a wrong checksum.
    Checksum,
    /// The compressed data is invalid, or its own checksum is wrong.
    Compression,
    /// The data ends before the last row.
    EndsEarly,
    /// The decompressed data is not rows of samples.
    Filter,
    /// The last chunk is missing.
    NoEnd,
}

/// The image data of a file.
struct PngData<'a> {
    /// Everything before it.
    head: &'a [u8],
    /// The contents of its chunks, each with whether its checksum is right.
    chunks: Vec<(&'a [u8], bool)>,
    has_end: bool,
    /// The rows of its samples.
    rows: Vec<RowGroup>,
}

/// Rows of the same length: all rows of a picture, or those of a pass of an interlaced one.
struct RowGroup {
    /// The length of a row with the byte for its filter.
    row: usize,
    count: usize,
}

impl RowGroup {
    fn length(&self) -> usize {
        self.row * self.count
    }
}

/// Looks for damage in the image data. `None` for a file without a valid header, too.
pub(in crate::picture) fn damage(file: &[u8]) -> Option<PngDamage> {
    let data = PngData::read(file)?;
    let length = data.length();
    let mut filters = FilterCheck::new(&data.rows);
    let inflated = data.inflate(|bytes| filters.check(bytes));
    let has_wrong_checksum = data.chunks.iter().any(|(_, is_right)| !is_right);
    let fault = if has_wrong_checksum {
        PngFault::Checksum
    } else if inflated.is_invalid {
        PngFault::Compression
    } else if inflated.length < length {
        PngFault::EndsEarly
    } else if filters.invalid.is_some() {
        PngFault::Filter
    } else if !data.has_end {
        PngFault::NoEnd
    } else {
        return None;
    };
    let certain = match inflated.certain {
        // The compressed data has a checksum of its own, so it is right to its end.
        _ if inflated.has_end && inflated.length >= length => length,
        // With all data in one chunk, it is only known that it cannot be decompressed further.
        0 => inflated.length.min(length),
        certain => certain.min(length),
    };
    let certain = certain.min(filters.invalid.unwrap_or(length));
    #[expect(clippy::cast_precision_loss, reason = "only a ratio")]
    let lost = 1.0 - certain as f64 / length.max(1) as f64;
    Some(PngDamage { fault, lost })
}

/// A valid file with the rows that can be decompressed; those that are missing are zero.
pub(super) fn repaired(file: &[u8]) -> Option<Vec<u8>> {
    let data = PngData::read(file)?;
    let length = data.length();
    let mut rows = Vec::with_capacity(length);
    let mut filters = FilterCheck::new(&data.rows);
    data.inflate(|bytes| {
        filters.check(bytes);
        rows.extend_from_slice(&bytes[..bytes.len().min(length - rows.len())]);
    });
    // What follows an invalid filter is not samples.
    rows.truncate(filters.invalid.unwrap_or(length));
    rows.resize(length, 0);
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(&rows).ok()?;
    let mut repaired = data.head.to_vec();
    push_chunk(&mut repaired, *b"IDAT", &packer.finish().ok()?);
    push_chunk(&mut repaired, *b"IEND", &[]);
    Some(repaired)
}

/// Checks the filter at the beginning of each row.
struct FilterCheck<'a> {
    rows: std::slice::Iter<'a, RowGroup>,
    /// The rows that are left of the current group, and their length.
    group: (usize, usize),
    /// The bytes that are left of the current row.
    left: usize,
    position: usize,
    /// The offset of the first row with an invalid filter.
    invalid: Option<usize>,
}

impl<'a> FilterCheck<'a> {
    fn new(rows: &'a [RowGroup]) -> Self {
        Self { rows: rows.iter(), group: (0, 0), left: 0, position: 0, invalid: None }
    }

    fn check(&mut self, bytes: &[u8]) {
        /// The highest number of a filter (9.2).
        const LAST_FILTER: u8 = 4;
        let mut rest = bytes;
        while let Some(&first) = rest.first() {
            if self.left == 0 {
                while self.group.0 == 0 {
                    let Some(&RowGroup { row, count }) = self.rows.next() else { return };
                    self.group = (count, row);
                }
                self.group.0 -= 1;
                self.left = self.group.1;
                if first > LAST_FILTER {
                    self.invalid.get_or_insert(self.position);
                }
            }
            let count = self.left.min(rest.len());
            self.left -= count;
            self.position += count;
            rest = &rest[count..];
        }
    }
}

fn push_chunk(out: &mut Vec<u8>, kind: [u8; 4], body: &[u8]) {
    out.extend(u32::try_from(body.len()).unwrap_or(u32::MAX).to_be_bytes());
    out.extend(kind);
    out.extend(body);
    out.extend(checksum(&kind, body).to_be_bytes());
}

fn checksum(kind: &[u8], body: &[u8]) -> u32 {
    let mut sum = Crc::new();
    sum.update(kind);
    sum.update(body);
    sum.finalize()
}

/// The result of decompressing the data.
struct Inflated {
    /// The length of what can be decompressed.
    length: usize,
    /// The length of what comes before the first sign of damage.
    certain: usize,
    /// Whether the compressed data is invalid.
    is_invalid: bool,
    /// Whether it ends with its right checksum.
    has_end: bool,
}

impl<'a> PngData<'a> {
    /// The length of the decompressed data.
    fn length(&self) -> usize {
        self.rows.iter().map(RowGroup::length).sum()
    }

    fn read(file: &'a [u8]) -> Option<Self> {
        let mut at = FIRST_CHUNK;
        let mut rows = None;
        let mut first = None;
        let mut chunks = Vec::new();
        let mut has_end = false;
        while let Some([l3, l2, l1, l0, kind @ ..]) =
            file.get(at..).and_then(<[u8]>::first_chunk::<8>)
        {
            let size = u32::from_be_bytes([*l3, *l2, *l1, *l0]) as usize;
            let body = at + 8;
            let content = file.get(body..).map(|rest| &rest[..rest.len().min(size)])?;
            match kind {
                b"IHDR" if rows.is_none() => rows = row_groups(content),
                b"IDAT" => {
                    first.get_or_insert(at);
                    let stored = file.get(body + size..).and_then(<[u8]>::first_chunk::<4>);
                    let is_right = stored.is_none_or(|stored| {
                        u32::from_be_bytes(*stored) == checksum(kind, content)
                    });
                    chunks.push((content, is_right));
                }
                b"IEND" => {
                    has_end = true;
                    break;
                }
                _ => {}
            }
            at = body.checked_add(size)?.checked_add(4)?;
        }
        Some(Self { head: &file[..first?], chunks, has_end, rows: rows? })
    }

    /// Decompresses as much as possible.
    fn inflate(&self, mut take: impl FnMut(&[u8])) -> Inflated {
        let mut unpacker = Decompress::new(true);
        let mut inflated = Inflated { length: 0, certain: 0, is_invalid: false, has_end: false };
        let mut block = vec![0; BLOCK_SIZE];
        let mut is_certain = true;
        'chunks: for &(chunk, is_right) in &self.chunks {
            is_certain &= is_right;
            let mut rest = chunk;
            loop {
                let (before_in, before_out) = (unpacker.total_in(), unpacker.total_out());
                let result = unpacker.decompress(rest, &mut block, FlushDecompress::None);
                let read = usize::try_from(unpacker.total_in() - before_in).unwrap_or(usize::MAX);
                let written =
                    usize::try_from(unpacker.total_out() - before_out).unwrap_or(usize::MAX);
                take(&block[..written.min(block.len())]);
                inflated.length += written;
                if is_certain {
                    inflated.certain = inflated.length;
                }
                rest = rest.get(read..).unwrap_or_default();
                match result {
                    Err(_) => {
                        inflated.is_invalid = true;
                        break 'chunks;
                    }
                    Ok(Status::StreamEnd) => {
                        inflated.has_end = true;
                        break 'chunks;
                    }
                    // All of the chunk has been read, and all of its data has been written.
                    Ok(_) if rest.is_empty() && written < block.len() => break,
                    Ok(_) if read == 0 && written == 0 => break,
                    Ok(_) => {}
                }
            }
        }
        inflated
    }
}

/// The rows of a picture with this header.
fn row_groups(header: &[u8]) -> Option<Vec<RowGroup>> {
    /// The first column and row of each pass of an interlaced picture, and the steps between them.
    const ADAM7: [[usize; 4]; 7] = [
        [0, 0, 8, 8],
        [4, 0, 8, 8],
        [0, 4, 4, 8],
        [2, 0, 4, 4],
        [0, 2, 2, 4],
        [1, 0, 2, 2],
        [0, 1, 1, 2],
    ];
    let &[w3, w2, w1, w0, h3, h2, h1, h0, bits, colour, _, _, interlace] = header else {
        return None;
    };
    let width = u32::from_be_bytes([w3, w2, w1, w0]) as usize;
    let height = u32::from_be_bytes([h3, h2, h1, h0]) as usize;
    let samples = match colour {
        2 => 3,
        4 => 2,
        6 => 4,
        _ => 1,
    };
    let passes: &[[usize; 4]] = if interlace == 0 { &[[0, 0, 1, 1]] } else { &ADAM7 };
    let mut groups = Vec::new();
    let mut length = 0_usize;
    for &[left, top, across, down] in passes {
        let columns = width.saturating_sub(left).div_ceil(across);
        let rows = height.saturating_sub(top).div_ceil(down);
        if columns > 0 {
            let row = columns.checked_mul(samples * usize::from(bits))?.div_ceil(8) + 1;
            length = length.checked_add(row.checked_mul(rows)?)?;
            groups.push(RowGroup { row, count: rows });
        }
    }
    Some(groups)
}
