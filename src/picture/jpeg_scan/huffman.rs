//! Huffman tables (ITU-T T.81, C and F.2.2.3).

#![expect(clippy::inline_always, reason = "bits are read faster where the processor is known")]

use super::bits::{BitReader, extended};

/// Codes of up to this many bits are found in one step.
const FAST_BITS: u32 = 11;

/// How many pairs of coefficients with codes and values of at most [`FAST_BITS`] bits can be read after
/// the bits were refilled.
pub(super) const PAIRS: usize = 4;

/// How often coefficients can be skipped after the bits were refilled: each time, their codes have at
/// most [`FAST_BITS`] bits, and the last value 15 more.
pub(super) const SKIPS: usize = 2;

/// A table that assigns symbols to codes.
#[derive(Debug, Clone)]
pub(super) struct HuffmanTable {
    /// By the next bits: the length of the code, and its symbol. The length is 0 if the code is
    /// longer than the bits or invalid.
    fast: Box<[(u8, u8); 1 << FAST_BITS]>,
    /// By the next bits: the coefficients whose codes and values they begin with. The lengths are 0 if
    /// the first is longer than the bits, or if they begin with something else.
    pairs: Box<[Pair; 1 << FAST_BITS]>,
    /// By the next bits: all coefficients whose codes are complete in them.
    skips: Box<[Skip; 1 << FAST_BITS]>,
    /// For each length: the first code that is too large for it, shifted to 16 bits.
    limits: [u32; 17],
    /// For each length: what must be subtracted from a code to get the index of its symbol.
    offsets: [i32; 17],
    symbols: Vec<u8>,
}

/// A coefficient after others that are zero, in one number: from the lowest byte on, how many bits
/// its code and its value have with those read before it, how far it is after the coefficient before
/// it, and its value. If the block ends with zeros, the distance is [`Coefficient::END`].
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Coefficient(u32);

impl Coefficient {
    /// As many coefficients as there are in a block, so that one comparison finds its end, and
    /// coefficients that are too many.
    const END: u32 = 64;

    fn new(length: u32, distance: u32, value: i32) -> Self {
        Self(value.cast_unsigned() << 16 | distance << 8 | length)
    }

    #[inline(always)]
    fn length(self) -> u32 {
        self.0 & 0xFF
    }

    /// Whether the block ends with zeros.
    #[inline(always)]
    pub(super) fn ends(self) -> bool {
        self.0 >> 8 & 0xFF == Self::END
    }

    /// How far it is after the one before it.
    #[inline(always)]
    pub(super) fn distance(self) -> usize {
        (self.0 >> 8 & 0xFF) as usize
    }

    #[inline(always)]
    pub(super) fn value(self) -> i32 {
        self.0.cast_signed() >> 16
    }
}

/// A coefficient and the one after it, if both are short. If only the first is, the second repeats
/// it at no distance.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pair {
    pub(super) first: Coefficient,
    pub(super) second: Coefficient,
}

/// Coefficients whose values are not needed, in one number: from the lowest bit on, how many bits
/// their codes and values have (five bits), whether the block ends with them, and how many they are.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Skip(u16);

impl Skip {
    const LENGTH: u16 = 31;
    const ENDS: u16 = 1 << 5;
    const ONE: u16 = 1 << 6;

    /// Whether the block ends with them.
    #[inline(always)]
    pub(super) fn ends(self) -> bool {
        self.0 & Self::ENDS != 0
    }

    /// How many there are, with those that are zero.
    #[inline(always)]
    pub(super) fn coefficients(self) -> usize {
        usize::from(self.0 / Self::ONE)
    }

    #[inline(always)]
    fn length(self) -> u32 {
        u32::from(self.0 & Self::LENGTH)
    }
}

impl HuffmanTable {
    /// The table with these numbers of codes of each length, and these symbols; `None` if they do
    /// not make up a code.
    pub(super) fn new(counts: [u8; 16], symbols: &[u8]) -> Option<Self> {
        let mut table = Self {
            fast: Box::new([(0, 0); 1 << FAST_BITS]),
            pairs: Box::new([Pair::default(); 1 << FAST_BITS]),
            skips: Box::new([Skip::default(); 1 << FAST_BITS]),
            limits: [0; 17],
            offsets: [0; 17],
            symbols: symbols.to_vec(),
        };
        let (mut code, mut index) = (0_u32, 0_usize);
        for (length, count) in (1..=16_u8).zip(counts) {
            table.offsets[usize::from(length)] =
                code.cast_signed() - i32::try_from(index).unwrap_or(i32::MAX);
            for &symbol in symbols.get(index..index + usize::from(count))? {
                if u32::from(length) <= FAST_BITS {
                    let shift = FAST_BITS - u32::from(length);
                    let first = (code << shift) as usize;
                    let same = table.fast.get_mut(first..first + (1 << shift))?;
                    same.fill((length, symbol));
                }
                code += 1;
            }
            if code > 1 << length {
                return None;
            }
            index += usize::from(count);
            table.limits[usize::from(length)] = code << (16 - length);
            code <<= 1;
        }
        for bits in 0..1 << FAST_BITS {
            let Some(first) = table.short_coefficient(bits, 0) else { continue };
            let second =
                if first.ends() { None } else { table.short_coefficient(bits, first.length()) };
            let again = Coefficient::new(first.length(), 0, first.value());
            table.pairs[bits as usize] = Pair { first, second: second.unwrap_or(again) };
        }
        let skips = (0..1 << FAST_BITS).map(|bits| table.skip(bits));
        table.skips = skips.collect::<Box<[Skip]>>().try_into().ok()?;
        Some(table)
    }

    /// The coefficient that begins after the first `read` of these [`FAST_BITS`] bits, if it ends in
    /// them.
    fn short_coefficient(&self, bits: u32, read: u32) -> Option<Coefficient> {
        let rest = bits << read & ((1 << FAST_BITS) - 1);
        let (code, symbol) = self.fast[rest as usize];
        let (code, zeros, size) = (u32::from(code), u32::from(symbol >> 4), u32::from(symbol & 15));
        let length = read + code + size;
        if code == 0 || length > FAST_BITS || (size == 0 && symbol != 0) {
            return None;
        }
        if symbol == 0 {
            return Some(Coefficient::new(length, Coefficient::END, 0));
        }
        let value = rest >> (FAST_BITS - code - size) & ((1 << size) - 1);
        Some(Coefficient::new(length, zeros + 1, extended(value, size)))
    }

    /// All coefficients whose codes are complete in these bits, of which there are [`FAST_BITS`].
    fn skip(&self, bits: u32) -> Skip {
        let mut skip = Skip::default();
        while !skip.ends() && skip.length() < FAST_BITS {
            let read = skip.length();
            let rest = bits << read & ((1 << FAST_BITS) - 1);
            let (code, symbol) = self.fast[rest as usize];
            let (zeros, size) = (u16::from(symbol >> 4), u16::from(symbol & 15));
            if code == 0 || read + u32::from(code) > FAST_BITS {
                break;
            }
            skip.0 += match (zeros, size) {
                (0, 0) => u16::from(code) + Skip::ENDS,
                (15, 0) => u16::from(code) + 16 * Skip::ONE,
                // It has another meaning in progressive pictures, and none here.
                (_, 0) => break,
                (zeros, _) => u16::from(code) + size + (zeros + 1) * Skip::ONE,
            };
        }
        skip
    }

    /// The next symbol, or `None` if no code begins with the next bits.
    #[inline(always)]
    pub(super) fn next(&self, bits: &mut BitReader) -> Option<u8> {
        bits.refill_if_needed();
        let (length, symbol) = self.peek(bits)?;
        bits.skip(length);
        Some(symbol)
    }

    /// The next two coefficients that are not zero, if the codes and values are short and can be
    /// peeked at. `None` if that of the first is not.
    #[inline(always)]
    pub(super) fn peek_pair(&self, bits: &BitReader) -> Option<Pair> {
        let pair = self.pairs[bits.peek(FAST_BITS) as usize];
        (pair.first.length() != 0).then_some(pair)
    }

    /// Skips a coefficient and those before it that were peeked at.
    #[inline(always)]
    pub(super) fn skip_coefficient(bits: &mut BitReader, coefficient: Coefficient) {
        bits.skip(coefficient.length());
    }

    /// Several coefficients, if the next one has so few bits, which can be peeked at, and if there
    /// are no more than `most`.
    #[inline(always)]
    pub(super) fn next_skip(&self, bits: &mut BitReader, most: usize) -> Option<Skip> {
        let skip = self.skips[bits.peek(FAST_BITS) as usize];
        if skip.length() == 0 || skip.coefficients() > most {
            return None;
        }
        bits.skip(skip.length());
        Some(skip)
    }

    /// The next symbol, whose lower four bits are the size of a value, and that value, both of which
    /// can be peeked at.
    #[inline(always)]
    pub(super) fn next_with_value(&self, bits: &mut BitReader) -> Option<(u8, u32)> {
        let (length, symbol) = self.peek(bits)?;
        Some((symbol, bits.skip_code(length, u32::from(symbol & 15))))
    }

    /// The length of the next code, and its symbol.
    #[inline(always)]
    fn peek(&self, bits: &BitReader) -> Option<(u32, u8)> {
        let (length, symbol) = self.fast[bits.peek(FAST_BITS) as usize];
        if length != 0 { Some((length.into(), symbol)) } else { self.long_code(bits.peek(16)) }
    }

    #[cold]
    fn long_code(&self, next: u32) -> Option<(u32, u8)> {
        let length = (1..=16).find(|&length| next < self.limits[length])?;
        let code = (next >> (16 - length)).cast_signed();
        let symbol = *self.symbols.get(usize::try_from(code - self.offsets[length]).ok()?)?;
        Some((u32::try_from(length).ok()?, symbol))
    }
}
