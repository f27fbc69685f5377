//! Writes baseline JPEG files (ITU-T T.81, annex F) of pictures whose colours are already luminance
//! and chrominance, with Huffman codes for each picture.
//!
//! A picture is transformed block by block, and only its codes are kept until their frequencies are
//! known, whereas `jpeg-encoder` keeps the samples and the coefficients of the whole picture.

mod forward;
mod huffman;
mod planes;

use crate::picture::jpeg_block::ZIGZAG;
use forward::Quantizer;
use huffman::{Code, HuffmanCodes};

pub(in crate::picture) use planes::{Plane, Planes, half};

/// Steps of quantization, row by row (annex K.1).
const LUMA_STEPS: [u16; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];
const CHROMA_STEPS: [u16; 64] = [
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
];

/// Steps for a quality from 1 to 100, as all encoders that descend from libjpeg scale them.
fn steps(steps: [u16; 64], quality: u8) -> [u8; 64] {
    let quality = u16::from(quality.clamp(1, 100));
    let percent = if quality < 50 { 5000 / quality } else { 200 - 2 * quality };
    steps.map(|step| {
        let scaled = (u32::from(step) * u32::from(percent) + 50) / 100;
        u8::try_from(scaled.clamp(1, 255)).unwrap_or(u8::MAX)
    })
}

/// Writes a file; `None` if it is too large for a JPEG, or empty.
pub(in crate::picture) fn written(planes: &Planes, quality: u8) -> Option<Vec<u8>> {
    let (width, height) = (planes.luma.width, planes.luma.height);
    let sides = [u16::try_from(height).ok()?, u16::try_from(width).ok()?];
    if sides.contains(&0) {
        return None;
    }
    let factor = if planes.blue.width == width && planes.blue.height == height { 1 } else { 2 };
    let (luma, chroma) = (steps(LUMA_STEPS, quality), steps(CHROMA_STEPS, quality));
    let tokens = tokens(planes, factor, &Quantizer::new(&luma), &Quantizer::new(&chroma));
    let codes = tokens.frequencies.each_ref().map(HuffmanCodes::new);

    let mut out = vec![0xFF, 0xD8];
    // Version 1.2, square pixels, no thumbnail.
    segment(&mut out, 0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0");
    for (number, steps) in [(0, luma), (1, chroma)] {
        let values = ZIGZAG.map(|position| steps[usize::from(position)]);
        segment(&mut out, 0xDB, &[&[number][..], &values].concat());
    }
    let mut frame = vec![8];
    frame.extend(sides.iter().flat_map(|side| side.to_be_bytes()));
    frame.extend([3, 1, factor << 4 | factor, 0, 2, 0x11, 1, 3, 0x11, 1]);
    segment(&mut out, 0xC0, &frame);
    for (table, codes) in TABLES.into_iter().zip(&codes) {
        segment(&mut out, 0xC4, &[&[table][..], &codes.counts, &codes.symbols].concat());
    }
    segment(&mut out, 0xDA, &[3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);
    let codes = codes.map(|codes| codes.by_symbol());
    write_codes(&mut out, &tokens.list, &codes);
    out.extend([0xFF, 0xD9]);
    Some(out)
}

/// The tables of codes: their classes and numbers, in the order of [`Kind`].
const TABLES: [u8; 4] = [0x00, 0x10, 0x01, 0x11];

fn segment(out: &mut Vec<u8>, marker: u8, payload: &[u8]) {
    let length = u16::try_from(payload.len() + 2).unwrap_or(u16::MAX);
    out.extend([0xFF, marker]);
    out.extend(length.to_be_bytes());
    out.extend(payload);
}

/// The codes of a picture before their bits are known: in each, the number of its table, its
/// symbol, and the bits after it, of which there are as many as the lower half of the symbol says.
#[derive(Debug)]
struct Tokens {
    list: Vec<u32>,
    frequencies: [[u32; 256]; 4],
}

impl Tokens {
    #[inline]
    fn push(&mut self, table: usize, symbol: u8, bits: u16) {
        self.frequencies[table & 3][usize::from(symbol)] += 1;
        let table = u32::try_from(table).unwrap_or(0);
        self.list.push(table << 24 | u32::from(symbol) << 16 | u32::from(bits));
    }

    /// Adds a block, whose coefficients are in zigzag order.
    #[inline]
    fn push_block(&mut self, block: &[i16; 64], class: usize, previous: &mut i16) {
        let (size, bits) = size_and_bits(block[0] - *previous);
        *previous = block[0];
        self.push(class, size, bits);
        let mut left = set_bits(block) & !1;
        let mut before = 0;
        while left != 0 {
            let index = left.trailing_zeros();
            let mut run = index - before - 1;
            while run > 15 {
                self.push(class + 1, 0xF0, 0);
                run -= 16;
            }
            let (size, bits) = size_and_bits(block[index as usize & 63]);
            self.push(class + 1, u8::try_from(run << 4).unwrap_or(0) | size, bits);
            before = index;
            left &= left - 1;
        }
        if before < 63 {
            self.push(class + 1, 0, 0);
        }
    }
}

/// A bit for each coefficient, from the lowest on, that is set if the coefficient is not zero.
#[inline]
fn set_bits(block: &[i16; 64]) -> u64 {
    let mut bits = 0;
    for (index, values) in block.as_chunks::<8>().0.iter().enumerate() {
        // The multiplication moves the lowest bit of each byte into the highest byte.
        let bytes = u64::from_le_bytes(values.map(|value| u8::from(value != 0)));
        bits |= (bytes.wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * index);
    }
    bits
}

/// The number of bits of a magnitude, and the bits that follow its code (F.1.2.1).
#[inline]
fn size_and_bits(value: i16) -> (u8, u16) {
    let size = u16::BITS - value.unsigned_abs().leading_zeros();
    let mask = u16::MAX.checked_shr(u16::BITS - size).unwrap_or(0);
    let bits = (value - i16::from(value < 0)).cast_unsigned() & mask;
    (u8::try_from(size).unwrap_or(0), bits)
}

fn tokens(planes: &Planes, factor: u8, luma: &Quantizer, chroma: &Quantizer) -> Tokens {
    let factor = usize::from(factor);
    let units_across = planes.luma.width.div_ceil(8 * factor);
    let units_down = planes.luma.height.div_ceil(8 * factor);
    let mut tokens = Tokens {
        list: Vec::with_capacity(units_across * units_down * factor * factor * 8),
        frequencies: [[0; 256]; 4],
    };
    let mut previous = [0; 3];
    for row in 0..units_down {
        for column in 0..units_across {
            for y in 0..factor {
                for x in 0..factor {
                    let at = (column * factor + x, row * factor + y);
                    let block = luma.block(&planes.luma, at);
                    tokens.push_block(&block, 0, &mut previous[0]);
                }
            }
            for (plane, previous) in [&planes.blue, &planes.red].into_iter().zip(&mut previous[1..])
            {
                tokens.push_block(&chroma.block(plane, (column, row)), 2, previous);
            }
        }
    }
    tokens
}

/// Writes the codes with a zero after each byte 0xFF.
fn write_codes(out: &mut Vec<u8>, tokens: &[u32], codes: &[[Code; 256]; 4]) {
    let (mut buffer, mut count) = (0_u64, 0_u32);
    for token in tokens {
        let [table, symbol, high, low] = token.to_be_bytes();
        let code = codes[usize::from(table & 3)][usize::from(symbol)];
        let size = u32::from(symbol & 15);
        let value = u64::from(code.bits) << size | u64::from(u16::from_be_bytes([high, low]));
        buffer = buffer << (code.length + size) | value;
        count += code.length + size;
        // A code and its value have at most 27 bits.
        if count >= 32 {
            count -= 32;
            let word = u32::try_from(buffer >> count & u64::from(u32::MAX)).unwrap_or(0);
            write_bytes(out, word.to_be_bytes());
        }
    }
    // The last byte is filled up with ones.
    let bits = (buffer << 7 | 0x7F) >> (7 - (8 - count % 8) % 8);
    let bytes = count.div_ceil(8);
    for index in (0..bytes).rev() {
        let byte = (bits >> (8 * index)).to_le_bytes()[0];
        out.push(byte);
        if byte == 0xFF {
            out.push(0);
        }
    }
}

#[inline]
fn write_bytes(out: &mut Vec<u8>, bytes: [u8; 4]) {
    if bytes.contains(&0xFF) {
        for byte in bytes {
            out.push(byte);
            if byte == 0xFF {
                out.push(0);
            }
        }
    } else {
        out.extend(bytes);
    }
}

#[cfg(test)]
mod tests {
    use zune_jpeg::JpegDecoder;
    use zune_jpeg::zune_core::bytestream::ZCursor;
    use zune_jpeg::zune_core::colorspace::ColorSpace;
    use zune_jpeg::zune_core::options::DecoderOptions;

    use super::*;

    fn plane(width: usize, height: usize, shift: usize) -> Plane {
        let sample = |index: usize| {
            let (x, y) = (index % width, index / width);
            u8::try_from((x * 2 + y * 3 + shift) % 500 / 2).unwrap()
        };
        Plane { width, height, samples: (0..width * height).map(sample).collect() }
    }

    #[test]
    fn a_written_file_has_the_samples() {
        for (width, height) in [(1, 1), (37, 50), (64, 48)] {
            for halve in [false, true] {
                let luma = plane(width, height, 0);
                let [blue, red] = [60, 200].map(|shift| plane(width, height, shift));
                let [blue, red] = if halve { [blue.halved(), red.halved()] } else { [blue, red] };
                let planes = Planes { luma: luma.clone(), blue: blue.clone(), red };
                let file = written(&planes, 100).unwrap();
                let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::YCbCr);
                let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&file[..]), options);
                let samples = decoder.decode().unwrap();
                assert_eq!(decoder.dimensions(), Some((width, height)));
                let (samples, _) = samples.as_chunks::<3>();
                for (sample, expected) in samples.iter().zip(&luma.samples) {
                    assert!(sample[0].abs_diff(*expected) <= 3, "{width} {height} {halve}");
                }
                if !halve {
                    for (sample, expected) in samples.iter().zip(&blue.samples) {
                        assert!(sample[1].abs_diff(*expected) <= 3, "{width} {height}");
                    }
                }
            }
        }
    }

    #[test]
    fn each_coefficient_that_is_not_zero_has_its_bit() {
        for set in [0, 1, 1 << 63, 0x8040_2010_0804_0201, 0x0123_4567_89AB_CDEF, u64::MAX] {
            let values = [-7, 300, 1, -1024];
            let block = std::array::from_fn(|index| {
                if set >> index & 1 == 1 { values[index % values.len()] } else { 0 }
            });
            assert_eq!(set_bits(&block), set);
        }
    }

    #[test]
    fn a_picture_that_is_too_large_for_a_jpeg_is_not_written() {
        let wide = || Plane { width: 65_536, height: 1, samples: vec![0; 65_536] };
        assert_eq!(written(&Planes { luma: wide(), blue: wide(), red: wide() }, 85), None);
    }
}
