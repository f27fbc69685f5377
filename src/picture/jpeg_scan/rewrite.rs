//! Writes coefficients as a sequential JPEG file with one scan (ITU-T T.81, F.1.2), which every
//! decoder reads. Nothing is lost: the samples stay the same.

use super::frame::{Component, Frame, Scan, ScanComponent};
use super::store::Coefficients;

/// The largest magnitude of a coefficient of 8-bit samples.
const MAX_COEFFICIENT: i16 = 1023;
/// The number of codes for the first coefficient: sizes from 0 to 11 bits.
const DC_CODES: u8 = 12;
/// The number of codes for runs of zeros and the sizes of the values after them: 16 runs with 10
/// sizes, the end of the block and a run of 16 zeros.
const AC_CODES: u8 = 162;

/// The tables and markers that a rewritten file needs besides its coefficients.
#[derive(Debug, Default)]
pub(super) struct Headers<'a> {
    /// The segments that say how the components are to be understood, each with its marker.
    pub(super) segments: Vec<(u8, &'a [u8])>,
    /// The quantization tables: their precision and number, and their values.
    pub(super) quantization: [Option<&'a [u8]>; 4],
}

impl<'a> Headers<'a> {
    /// Adds the tables of a segment. `None` if it is invalid.
    pub(super) fn add_quantization(&mut self, payload: &'a [u8]) -> Option<()> {
        let mut rest = payload;
        while let Some((&target, after)) = rest.split_first() {
            let length = if target >> 4 == 0 { 64 } else { 128 };
            let (table, after) = after.split_at_checked(length)?;
            *self.quantization.get_mut(usize::from(target & 15))? = Some(table);
            rest = after;
        }
        Some(())
    }

    /// The largest magnitudes of the first coefficients of a scan's components.
    pub(super) fn dc_limits(&self, frame: &Frame, scan: &Scan) -> Vec<i32> {
        let limit = |component: &ScanComponent| {
            // A table of 128 bytes has values of 16 bits.
            let step = match self.quantization[frame.components[component.index].quantization] {
                Some(table @ [high, low, ..]) if table.len() > 64 => {
                    u16::from_be_bytes([*high, *low])
                }
                Some(table) => table.first().copied().unwrap_or(1).into(),
                None => 1,
            };
            dc_limit(step, frame.precision)
        };
        scan.components.iter().map(limit).collect()
    }
}

/// Writes the file. `None` if a quantization table is missing.
pub(super) fn written(
    frame: &Frame,
    headers: &Headers,
    coefficients: &Coefficients,
) -> Option<Vec<u8>> {
    let mut out = vec![0xFF, 0xD8];
    for (marker, payload) in &headers.segments {
        segment(&mut out, *marker, payload);
    }
    let mut is_wide = false;
    for component in &frame.components {
        let values = headers.quantization[component.quantization]?;
        is_wide |= values.len() > 64;
        let precision = u8::from(values.len() > 64) << 4;
        let number = u8::try_from(component.quantization).unwrap_or(0);
        segment(&mut out, 0xDB, &[&[precision | number], values].concat());
    }
    segment(&mut out, if is_wide { 0xC1 } else { 0xC0 }, &frame_header(frame));
    segment(&mut out, 0xC4, &huffman_tables());
    let mut scan = vec![u8::try_from(frame.components.len()).unwrap_or(0)];
    scan.extend(frame.components.iter().flat_map(|component| [component.id, 0]));
    scan.extend([0, 63, 0]);
    segment(&mut out, 0xDA, &scan);
    let mut bits = BitWriter { out, buffer: 0, count: 0 };
    let mut previous = [0; 4];
    for_each_block(frame, |index, block| {
        let block = coefficients.components.get(index).and_then(|blocks| blocks.get(block));
        write_block(&mut bits, block.unwrap_or(&[0; 64]), &mut previous[index]);
    });
    let mut out = bits.finish();
    out.extend([0xFF, 0xD9]);
    Some(out)
}

/// The largest magnitude of the first coefficient, which is eight times the mean of a block, in
/// steps of its quantization. Rounding adds a step, and some encoders are not exact.
fn dc_limit(step: u16, precision: u8) -> i32 {
    let range = 1_i32 << (u32::from(precision.clamp(8, 12)) + 2);
    let step = i32::from(step.max(1));
    (range + range / 32) / step + 1
}

fn segment(out: &mut Vec<u8>, marker: u8, payload: &[u8]) {
    let length = u16::try_from(payload.len() + 2).unwrap_or(u16::MAX);
    out.extend([0xFF, marker]);
    out.extend(length.to_be_bytes());
    out.extend(payload);
}

fn frame_header(frame: &Frame) -> Vec<u8> {
    let side = |side: usize| u16::try_from(side).unwrap_or(u16::MAX).to_be_bytes();
    let small = |number: usize| u8::try_from(number).unwrap_or(0);
    let mut header = vec![frame.precision];
    header.extend(side(frame.height));
    header.extend(side(frame.width));
    header.push(small(frame.components.len()));
    for Component { id, sampling, quantization, .. } in &frame.components {
        header.extend([*id, small(sampling.0) << 4 | small(sampling.1), small(*quantization)]);
    }
    header
}

/// A table of codes of 4 bits for the first coefficient, and one of 8 bits for the others. The file
/// is only read again, so its length does not matter.
fn huffman_tables() -> Vec<u8> {
    let mut tables = vec![0x00];
    tables.extend((1..=16).map(|length| if length == 4 { DC_CODES } else { 0 }));
    tables.extend(0..DC_CODES);
    tables.push(0x10);
    tables.extend((1..=16).map(|length| if length == 8 { AC_CODES } else { 0 }));
    tables.extend((0..AC_CODES).map(ac_symbol));
    tables
}

/// The symbol of a code: a run of zeros, and the size of the value after it.
fn ac_symbol(code: u8) -> u8 {
    match code {
        0 => 0x00,
        1 => 0xF0,
        _ => ((code - 2) / 10) << 4 | ((code - 2) % 10 + 1),
    }
}

/// The code of a run of up to 15 zeros and a value of this size.
fn ac_code(run: u32, size: u32) -> u32 {
    2 + run * 10 + size - 1
}

/// Visits the blocks in the order of a scan that contains all components.
fn for_each_block(frame: &Frame, mut visit: impl FnMut(usize, usize)) {
    if let [only] = &frame.components[..] {
        for row in 0..only.own_blocks.1 {
            for column in 0..only.own_blocks.0 {
                visit(0, row * only.blocks.0 + column);
            }
        }
        return;
    }
    for unit in 0..frame.units.0 * frame.units.1 {
        let (row, column) = (unit / frame.units.0, unit % frame.units.0);
        for (index, component) in frame.components.iter().enumerate() {
            let (across, down) = component.sampling;
            for y in 0..down {
                for x in 0..across {
                    // Scans of one component leave out the blocks that only fill up the last MCUs;
                    // they continue the picture.
                    let row = (row * down + y).min(component.own_blocks.1 - 1);
                    let column = (column * across + x).min(component.own_blocks.0 - 1);
                    visit(index, row * component.blocks.0 + column);
                }
            }
        }
    }
}

fn write_block(bits: &mut BitWriter, block: &[i16; 64], previous: &mut i16) {
    let clamped = |value: i16| value.clamp(-MAX_COEFFICIENT, MAX_COEFFICIENT);
    let dc = block[0].clamp(-MAX_COEFFICIENT - 1, MAX_COEFFICIENT);
    let difference = dc - *previous;
    *previous = dc;
    let size = size(difference);
    bits.write(size, 4);
    bits.write_value(difference, size);
    let mut run = 0;
    for &value in &block[1..] {
        let value = clamped(value);
        if value == 0 {
            run += 1;
            continue;
        }
        while run >= 16 {
            bits.write(1, 8);
            run -= 16;
        }
        let size = self::size(value);
        bits.write(ac_code(run, size), 8);
        bits.write_value(value, size);
        run = 0;
    }
    if run > 0 {
        bits.write(0, 8);
    }
}

/// The number of bits of a magnitude.
fn size(value: i16) -> u32 {
    u16::BITS - value.unsigned_abs().leading_zeros()
}

/// Writes bits, the highest of each byte first, with a zero after each byte 0xFF.
struct BitWriter {
    out: Vec<u8>,
    buffer: u32,
    count: u32,
}

impl BitWriter {
    fn write(&mut self, bits: u32, count: u32) {
        self.buffer = self.buffer << count | bits;
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            let byte = (self.buffer >> self.count & 0xFF) as u8;
            self.out.push(byte);
            if byte == 0xFF {
                self.out.push(0);
            }
        }
    }

    /// Writes a value of this size; negative ones minus one (ITU-T T.81, F.1.2.1).
    fn write_value(&mut self, value: i16, size: u32) {
        let value = i32::from(value) - i32::from(value < 0);
        self.write(value.cast_unsigned() & ((1 << size) - 1), size);
    }

    fn finish(mut self) -> Vec<u8> {
        self.write(0x7F, 7);
        self.out
    }
}
