//! Decodes fax group 3 (ITU-T T.4): one-dimensional and two-dimensional, with or without marks at
//! the ends of the rows.

use fax::BitReader;
use fax::maps::{Mode, black, mode, white};

/// How a fax is encoded in a TIFF file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FaxOptions {
    /// 2: rows start at whole bytes and have no marks; 3: rows end with marks.
    pub(super) compression: u64,
    /// Whether rows may refer to the row before.
    pub(super) is_two_dimensional: bool,
    /// Whether the first bit is the lowest of its byte.
    pub(super) is_reversed: bool,
}

/// The zeros of an end-of-line mark, which a one follows.
const MARK_ZEROS: u8 = 11;
/// No row is longer than this number of codes for each pixel.
const SPARE_CODES: usize = 16;

/// The rows of a strip, each in whole bytes; 0 is white. Rows that are missing are white, and so is
/// what follows an invalid code in its row.
pub(super) fn decoded(data: &[u8], width: usize, rows: usize, options: FaxOptions) -> Vec<u8> {
    let mut bytes = data.to_vec();
    if options.is_reversed {
        for byte in &mut bytes {
            *byte = byte.reverse_bits();
        }
    }
    // Codes are looked up by their longest form, beyond the last one too.
    bytes.extend([0; 4]);
    let mut bits = fax::slice_reader(&bytes);
    let mut picture = Vec::with_capacity(rows * width.div_ceil(8));
    let mut row = Row::new(width);
    for _ in 0..rows {
        let mut is_two_dimensional = false;
        if options.compression == 2 {
            let padding = bits.bits_to_byte_boundary();
            if bits.consume(padding).is_err() {
                break;
            }
        } else {
            let has_mark = skip_mark(&mut bits);
            if options.is_two_dimensional && has_mark {
                is_two_dimensional = bits.peek(1) == Some(0);
                if bits.consume(1).is_err() {
                    break;
                }
            }
            if bits.peek(12).is_none() {
                break;
            }
        }
        let before = row.changes();
        row = Row::new(width);
        let is_valid = if is_two_dimensional {
            row.decode_two_dimensional(&mut bits, &before)
        } else {
            row.decode(&mut bits)
        };
        if is_valid.is_none() && options.compression != 2 {
            seek_mark(&mut bits);
        }
        picture.extend(row.packed());
    }
    picture.resize(rows * width.div_ceil(8), 0);
    picture
}

/// Skips the end-of-line mark and the zeros before it, if they are next.
fn skip_mark(bits: &mut impl BitReader) -> bool {
    if bits.peek(MARK_ZEROS) != Some(0) {
        return false;
    }
    while bits.peek(1) == Some(0) {
        if bits.consume(1).is_err() {
            return false;
        }
    }
    bits.consume(1).is_ok()
}

/// Skips everything before the next end-of-line mark.
fn seek_mark(bits: &mut impl BitReader) {
    while bits.peek(MARK_ZEROS).is_some_and(|next| next != 0) {
        if bits.consume(1).is_err() {
            return;
        }
    }
}

/// The length of the next run of a colour.
fn run(bits: &mut impl BitReader, is_black: bool) -> Option<usize> {
    let mut length = 0;
    loop {
        let part = if is_black { black::decode(bits)? } else { white::decode(bits)? };
        length += usize::from(part);
        // A run of 64 or more ends with a shorter one.
        if part < 64 {
            return Some(length);
        }
    }
}

/// A row of pixels.
struct Row {
    is_black: Vec<bool>,
    /// How many pixels are known.
    at: usize,
}

impl Row {
    fn new(width: usize) -> Self {
        Self { is_black: vec![false; width], at: 0 }
    }

    fn is_complete(&self) -> bool {
        self.at >= self.is_black.len()
    }

    /// Continues with one colour up to a column.
    fn extend_to(&mut self, end: usize, is_black: bool) {
        let end = end.min(self.is_black.len());
        if let Some(pixels) = self.is_black.get_mut(self.at..end) {
            pixels.fill(is_black);
            self.at = end;
        }
    }

    /// Decodes runs of alternating colours (4.1). `None` if a code is invalid.
    fn decode(&mut self, bits: &mut impl BitReader) -> Option<()> {
        let mut is_black = false;
        for _ in 0..self.is_black.len() + SPARE_CODES {
            if self.is_complete() {
                return Some(());
            }
            let length = run(bits, is_black)?;
            self.extend_to(self.at + length, is_black);
            is_black = !is_black;
        }
        self.is_complete().then_some(())
    }

    /// Decodes a row that refers to the changes of colour of the one before (4.2). `None` if a code
    /// is invalid.
    fn decode_two_dimensional(
        &mut self,
        bits: &mut impl BitReader,
        before: &[usize],
    ) -> Option<()> {
        let width = self.is_black.len();
        let mut is_black = false;
        let mut is_start = true;
        for _ in 0..width + SPARE_CODES {
            if self.is_complete() {
                return Some(());
            }
            // The first change to the other colour (b1) after the current pixel, and the one after
            // it (b2). Changes to black have even numbers.
            let is_after = |change: usize| change > self.at || (is_start && change == 0);
            let first = (usize::from(is_black)..before.len())
                .step_by(2)
                .find(|&number| is_after(before[number]));
            let change = |number: Option<usize>| {
                number.and_then(|number| before.get(number)).copied().unwrap_or(width)
            };
            match mode::decode(bits)? {
                Mode::Pass => self.extend_to(change(first.map(|number| number + 1)), is_black),
                Mode::Horizontal => {
                    let length = run(bits, is_black)?;
                    self.extend_to(self.at + length, is_black);
                    let length = run(bits, !is_black)?;
                    self.extend_to(self.at + length, !is_black);
                }
                Mode::Vertical(distance) => {
                    let end = change(first).checked_add_signed(distance.into())?;
                    self.extend_to(end, is_black);
                    is_black = !is_black;
                }
                Mode::Extension | Mode::EOF => return None,
            }
            is_start = false;
        }
        self.is_complete().then_some(())
    }

    /// The columns at which the colour changes, starting from white.
    fn changes(&self) -> Vec<usize> {
        let before = std::iter::once(&false).chain(&self.is_black);
        let pairs = before.zip(&self.is_black).enumerate();
        pairs.filter(|(_, (before, now))| before != now).map(|(column, _)| column).collect()
    }

    fn packed(&self) -> impl Iterator<Item = u8> {
        self.is_black.chunks(8).map(|pixels| {
            let bits = pixels.iter().enumerate();
            bits.fold(0, |byte, (index, &is_black)| byte | u8::from(is_black) << (7 - index))
        })
    }
}
