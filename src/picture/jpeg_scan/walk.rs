//! Walks through the scans of a JPEG file (ITU-T T.81, E.2), and finds where its data is damaged.

#![expect(clippy::inline_always, reason = "bits are read faster where the processor is known")]

use fearless_simd::{Simd, dispatch};

use super::arithmetic::{ArithmeticDecoder, Conditioning};
use super::coder::{BlockDecoder, HuffmanDecoder, HuffmanTables, InvalidBlock, Tables};
use super::frame::{Frame, Scan};
use super::huffman::HuffmanTable;
use super::intervals::{Intervals, Next};
use super::rewrite::Headers;
use super::store::Store;
use crate::picture::simd;

/// The first sign of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::picture) enum ScanError {
    /// A header or a table is damaged or missing.
    Header,
    /// The data contains codes or values that no encoder writes.
    InvalidCode,
    /// A brightness or colour is outside the possible range.
    Range,
    /// Restart markers are missing, in the wrong order, or where there should be none.
    RestartMarkers,
    /// Data is left over after the last block.
    DataLeftOver,
    /// The data ends before the last block.
    EndsEarly,
}

/// The result of a walk.
#[derive(Debug, Default)]
pub(super) struct Walked<'a> {
    /// What a rewritten file needs besides the coefficients.
    pub(super) headers: Headers<'a>,
    /// The first sign of damage.
    pub(super) scan_error: Option<ScanError>,
    /// The part of the picture that is missing or not certainly right, 0 to 1.
    pub(super) lost: f64,
    /// Whether no block of any component was decoded.
    pub(super) is_empty: bool,
    /// Whether it has restart markers, which end what is lost.
    pub(super) has_restarts: bool,
    /// Whether the file has an end marker.
    pub(super) has_end: bool,
}

/// The tables that segments define for the scans after them.
#[derive(Debug, Default)]
struct Definitions {
    dc: [Option<HuffmanTable>; 4],
    ac: [Option<HuffmanTable>; 4],
    conditioning: Conditioning,
    restart_interval: usize,
}

/// Walks through all scans of a picture with this frame, and stores the coefficients.
pub(super) fn walk<'a>(file: &'a [u8], frame: &Frame, store: &mut impl Store) -> Walked<'a> {
    let mut definitions = Definitions::default();
    let mut walked = Walked::default();
    // For each component, the part that a first scan has decoded.
    let mut decoded = vec![0.0_f64; frame.components.len()];
    let mut data = Vec::new();
    let mut at = 2;
    while let Some((marker, body)) = next_marker(file, at) {
        if marker == 0xD9 {
            walked.has_end = true;
            break;
        }
        if matches!(marker, 0x01 | 0xD0..=0xD8) {
            at = body;
            continue;
        }
        let Some(payload) = payload(file, body) else {
            walked.scan_error.get_or_insert(ScanError::Header);
            break;
        };
        at = body + 2 + payload.len();
        let is_valid = match marker {
            0xC4 => definitions.add_huffman(payload).is_some(),
            0xCC => definitions.conditioning.add(payload).is_some(),
            0xDB => walked.headers.add_quantization(payload).is_some(),
            0xDD => payload
                .first_chunk()
                .map(|interval| {
                    definitions.restart_interval = u16::from_be_bytes(*interval).into();
                })
                .is_some(),
            0xDA => match Scan::parse(frame, payload) {
                Some(scan) => {
                    let mut intervals = Intervals::new(file, at);
                    let limits = walked.headers.dc_limits(frame, &scan);
                    let done = definitions.walk_scan(
                        frame,
                        &scan,
                        limits,
                        &mut intervals,
                        &mut data,
                        store,
                    );
                    at = intervals.at;
                    walked.scan_error = walked.scan_error.or(done.scan_error);
                    walked.lost = walked.lost.max(1.0 - done.decoded);
                    if scan.band.0 == 0 && scan.high == 0 {
                        for component in &scan.components {
                            decoded[component.index] = decoded[component.index].max(done.decoded);
                        }
                    }
                    true
                }
                None => false,
            },
            // JFIF and Adobe's marker say which colours the components are.
            0xE0 | 0xEE => {
                walked.headers.segments.push((marker, payload));
                true
            }
            _ => true,
        };
        if !is_valid {
            walked.scan_error.get_or_insert(ScanError::Header);
        }
    }
    walked.has_restarts = definitions.restart_interval != 0;
    walked.is_empty = decoded.iter().all(|&part| part == 0.0);
    for part in decoded {
        if part < 1.0 {
            walked.scan_error.get_or_insert(ScanError::EndsEarly);
            walked.lost = walked.lost.max(1.0 - part);
        }
    }
    walked
}

/// The first frame header.
pub(super) fn first_frame(file: &[u8]) -> Option<Frame> {
    let mut at = 2;
    while let Some((marker, body)) = next_marker(file, at) {
        if matches!(marker, 0x01 | 0xD0..=0xD9) {
            at = body;
            continue;
        }
        let payload = payload(file, body)?;
        at = body + 2 + payload.len();
        if matches!(marker, 0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF) {
            return Frame::parse(marker, payload);
        }
    }
    None
}

/// The next marker, and the offset after it.
pub(super) fn next_marker(file: &[u8], at: usize) -> Option<(u8, usize)> {
    let rest = file.get(at..)?;
    let is_marker = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xFF);
    let found = rest.windows(2).position(is_marker)?;
    Some((rest[found + 1], at + found + 2))
}

/// The payload of a segment whose length is at this offset.
pub(super) fn payload(file: &[u8], at: usize) -> Option<&[u8]> {
    let length = u16::from_be_bytes(*file.get(at..)?.first_chunk()?);
    file.get(at + 2..at + usize::from(length).max(2))
}

/// The result of a scan.
struct ScanResult {
    scan_error: Option<ScanError>,
    /// The part of it that was decoded without a sign of damage, 0 to 1.
    decoded: f64,
}

impl Definitions {
    fn add_huffman(&mut self, payload: &[u8]) -> Option<()> {
        let mut rest = payload;
        while let Some((&target, after)) = rest.split_first() {
            let (counts, after) = after.split_first_chunk::<16>()?;
            let sum = counts.iter().map(|&count| usize::from(count)).sum();
            let (symbols, after) = after.split_at_checked(sum)?;
            let table = HuffmanTable::new(*counts, symbols)?;
            let tables = if target >> 4 == 0 { &mut self.dc } else { &mut self.ac };
            *tables.get_mut(usize::from(target & 15))? = Some(table);
            rest = after;
        }
        Some(())
    }

    fn walk_scan<S: Store>(
        &self,
        frame: &Frame,
        scan: &Scan,
        limits: Vec<i32>,
        intervals: &mut Intervals,
        data: &mut Vec<u8>,
        store: &mut S,
    ) -> ScanResult {
        let mut walk = ScanWalk::new(frame, scan, limits, S::RECOVERS);
        let length = match self.restart_interval {
            0 => walk.count,
            length => length,
        };
        // The number of the interval.
        let mut number = 0;
        let mut decoded = 0;
        let mut ends = false;
        while !ends {
            let next = intervals.next(data);
            ends = next == Next::End;
            let first = number * length;
            let units = first.min(walk.count)..(first + length).min(walk.count);
            if units.is_empty() {
                // A restart marker may stand after the last interval.
                if !data.is_empty() {
                    walk.scan_error(ScanError::DataLeftOver);
                }
            } else {
                decoded += if frame.is_arithmetic {
                    let mut decoder = ArithmeticDecoder::new(data, self.conditioning);
                    walk.interval(&mut decoder, units, store)
                } else {
                    let tables = HuffmanTables {
                        dc: self.dc.each_ref().map(Option::as_ref),
                        ac: self.ac.each_ref().map(Option::as_ref),
                    };
                    let mut decoder = HuffmanDecoder::new(data, tables);
                    dispatch!(simd::level(), simd => {
                        walk.interval_with(simd, &mut decoder, units, store)
                    })
                };
            }
            if let Next::Restart(mark) = next {
                if self.restart_interval == 0 {
                    walk.scan_error(ScanError::RestartMarkers);
                    if !walk.recovers {
                        break;
                    }
                }
                let following = nearest(number, mark.into()) + 1;
                if following != number + 1 {
                    walk.scan_error(ScanError::RestartMarkers);
                }
                number = following;
            }
        }
        // A walk that was given up has not come to the end of the scan.
        while !ends {
            ends = intervals.next(data) == Next::End;
        }
        if decoded < walk.count {
            walk.scan_error(ScanError::EndsEarly);
        }
        #[expect(clippy::cast_precision_loss, reason = "a picture has less than 2^32 blocks")]
        let decoded = decoded.min(walk.count) as f64 / walk.count.max(1) as f64;
        ScanResult { scan_error: walk.scan_error, decoded }
    }
}

/// The number closest to the expected one with this remainder by 8.
fn nearest(expected: usize, remainder: usize) -> usize {
    let ahead = (remainder + 8 - expected % 8) % 8;
    if ahead <= 4 || expected + ahead < 8 { expected + ahead } else { expected + ahead - 8 }
}

/// A walk through one scan.
struct ScanWalk<'a> {
    frame: &'a Frame,
    scan: &'a Scan,
    /// The number of MCUs, or of blocks if there is one component only.
    count: usize,
    across: usize,
    /// The limits of the first coefficient, by component of the scan.
    limits: Vec<i32>,
    scan_error: Option<ScanError>,
    recovers: bool,
}

impl<'a> ScanWalk<'a> {
    fn new(frame: &'a Frame, scan: &'a Scan, limits: Vec<i32>, recovers: bool) -> Self {
        let (across, down) = scan.layout(frame);
        Self { frame, scan, count: across * down, across, limits, scan_error: None, recovers }
    }

    fn scan_error(&mut self, scan_error: ScanError) {
        self.scan_error.get_or_insert(scan_error);
    }

    /// Decodes an interval with the instructions of this processor that read bits faster.
    #[inline(always)]
    fn interval_with<S: Simd>(
        &mut self,
        _: S,
        decoder: &mut HuffmanDecoder,
        units: std::ops::Range<usize>,
        store: &mut impl Store,
    ) -> usize {
        self.interval(decoder, units, store)
    }

    /// Decodes an interval. Returns the number of units before the first sign of damage.
    #[inline(always)]
    fn interval(
        &mut self,
        decoder: &mut impl BlockDecoder,
        units: std::ops::Range<usize>,
        store: &mut impl Store,
    ) -> usize {
        let first = units.start;
        let mut good = None;
        for unit in units.clone() {
            let result = self.unit(decoder, unit, store);
            if decoder.is_past_end() {
                self.scan_error(ScanError::EndsEarly);
                return good.unwrap_or(unit - first);
            }
            if let Err(scan_error) = result {
                self.scan_error(scan_error);
                let good = *good.get_or_insert(unit - first);
                if !self.recovers {
                    return good;
                }
            }
        }
        if good.is_none() && !decoder.ends_well() {
            self.scan_error(ScanError::DataLeftOver);
        }
        good.unwrap_or(units.len())
    }

    /// Decodes an MCU, or a block of a scan with one component.
    #[inline(always)]
    fn unit(
        &self,
        decoder: &mut impl BlockDecoder,
        unit: usize,
        store: &mut impl Store,
    ) -> Result<(), ScanError> {
        let (row, column) = (unit / self.across, unit % self.across);
        let is_interleaved = self.scan.components.len() > 1;
        for (number, component) in self.scan.components.iter().enumerate() {
            let tables =
                Tables { component: number, dc: component.dc_table, ac: component.ac_table };
            let in_frame = &self.frame.components[component.index];
            let (h, v) = if is_interleaved { in_frame.sampling } else { (1, 1) };
            for y in 0..v {
                for x in 0..h {
                    let block = (row * v + y) * in_frame.blocks.0 + column * h + x;
                    store.select(component.index, block);
                    let dc = self
                        .block(decoder, tables, store)
                        .map_err(|InvalidBlock| ScanError::InvalidCode)?;
                    if dc.abs() > self.limits[number] {
                        return Err(ScanError::Range);
                    }
                }
            }
        }
        Ok(())
    }

    /// Decodes a block. Returns its first coefficient, or 0 if the scan does not contain it.
    #[inline(always)]
    fn block(
        &self,
        decoder: &mut impl BlockDecoder,
        tables: Tables,
        store: &mut impl Store,
    ) -> Result<i32, InvalidBlock> {
        let Scan { band, high, low, .. } = *self.scan;
        if !self.frame.is_progressive {
            return decoder.sequential(tables, store);
        }
        match (band.0, high) {
            (0, 0) => return decoder.dc_first(tables, low, store),
            (0, _) => decoder.dc_refine(low, store),
            (_, 0) => decoder.ac_first(tables, band, low, store)?,
            (_, _) => decoder.ac_refine(tables, band, low, store)?,
        }
        Ok(0)
    }
}
