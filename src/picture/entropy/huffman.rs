//! Huffman tables (ITU-T T.81, C and F.2.2.3).

use super::bits::BitReader;

/// Codes of up to this many bits are found in one step.
const FAST_BITS: u32 = 10;

/// A table that assigns symbols to codes.
#[derive(Debug, Clone)]
pub(super) struct HuffmanTable {
    /// By the next bits: the length of the code in the upper byte, and its symbol. The length is 0
    /// if the code is longer than the bits or invalid.
    fast: Box<[u16; 1 << FAST_BITS]>,
    /// For each length: the first code that is too large for it, shifted to 16 bits.
    limits: [u32; 17],
    /// For each length: what must be subtracted from a code to get the index of its symbol.
    offsets: [i32; 17],
    symbols: Vec<u8>,
}

impl HuffmanTable {
    /// The table with these numbers of codes of each length, and these symbols; `None` if they do
    /// not make up a code.
    pub(super) fn new(counts: [u8; 16], symbols: &[u8]) -> Option<Self> {
        let mut table = Self {
            fast: Box::new([0; 1 << FAST_BITS]),
            limits: [0; 17],
            offsets: [0; 17],
            symbols: symbols.to_vec(),
        };
        let (mut code, mut index) = (0_u32, 0_usize);
        for (length, count) in (1..=16_u32).zip(counts) {
            table.offsets[length as usize] =
                code.cast_signed() - i32::try_from(index).unwrap_or(i32::MAX);
            for &symbol in symbols.get(index..index + usize::from(count))? {
                if length <= FAST_BITS {
                    let first = (code << (FAST_BITS - length)) as usize;
                    let same = table.fast.get_mut(first..first + (1 << (FAST_BITS - length)))?;
                    same.fill(u16::from(symbol) | (length as u16) << 8);
                }
                code += 1;
            }
            if code > 1 << length {
                return None;
            }
            index += usize::from(count);
            table.limits[length as usize] = code << (16 - length);
            code <<= 1;
        }
        Some(table)
    }

    /// The next symbol, or `None` if no code begins with the next bits. The value that belongs to
    /// it can be peeked at afterwards.
    #[inline]
    pub(super) fn next(&self, bits: &mut BitReader) -> Option<u8> {
        bits.refill();
        let entry = self.fast[bits.peek(FAST_BITS) as usize];
        if entry >> 8 != 0 {
            bits.skip(u32::from(entry >> 8));
            return Some(entry as u8);
        }
        self.long_code(bits)
    }

    #[cold]
    fn long_code(&self, bits: &mut BitReader) -> Option<u8> {
        let next = bits.peek(16);
        let length = (1..=16).find(|&length| next < self.limits[length])?;
        let code = (next >> (16 - length)).cast_signed();
        let symbol = *self.symbols.get(usize::try_from(code - self.offsets[length]).ok()?)?;
        bits.skip(u32::try_from(length).ok()?);
        Some(symbol)
    }
}
