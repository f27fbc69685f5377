//! Decodes blocks with arithmetic codes (ITU-T T.81, D.2, F.2.4 and G.2).

use super::coder::{BlockDecoder, InvalidBlock, Tables};
use super::store::Store;

/// How the probabilities of coefficients depend on others (B.2.4.3).
#[derive(Debug, Clone, Copy)]
pub(super) struct Conditioning {
    /// For each table of first coefficients: the limits of small differences.
    pub(super) dc: [(u8, u8); 4],
    /// For each table of other coefficients: the last one that counts as low.
    pub(super) ac: [u8; 4],
}

impl Default for Conditioning {
    fn default() -> Self {
        Self { dc: [(0, 1); 4], ac: [5; 4] }
    }
}

impl Conditioning {
    /// Reads a segment. `None` if it is invalid.
    pub(super) fn add(&mut self, payload: &[u8]) -> Option<()> {
        for pair in payload.chunks(2) {
            let &[target, value] = pair else { return None };
            let table = usize::from(target & 15);
            if target >> 4 == 0 {
                *self.dc.get_mut(table)? = (value & 15, value >> 4);
            } else {
                *self.ac.get_mut(table)? = value;
            }
        }
        Some(())
    }
}

/// The bytes that a decoder reads ahead of the last decision.
const READ_AHEAD: usize = 4;
/// The zeros that an encoder may have left out at the end: likely decisions give only zeros.
const MAX_ZEROS: usize = 64;

/// The statistics of first coefficients: those of the difference in each context, and those of its
/// magnitude.
const DC_STATES: usize = 64;
const DC_MAGNITUDE: usize = 20;
/// The statistics of other coefficients: three for each, and those of the magnitudes of low and
/// high ones.
const AC_STATES: usize = 256;
const AC_MAGNITUDE_LOW: usize = 189;
const AC_MAGNITUDE_HIGH: usize = 217;
/// The statistics of the bits of a magnitude follow those of its size.
const MAGNITUDE_BITS: usize = 14;
/// The size at which a magnitude is invalid.
const MAX_MAGNITUDE: i32 = 0x8000;

/// What is known about a binary decision.
#[derive(Debug, Clone, Copy, Default)]
struct Statistics {
    /// The index of its probability.
    index: u8,
    /// The more probable value.
    likely: bool,
}

/// Decodes binary decisions.
#[derive(Debug)]
struct DecisionDecoder<'a> {
    bytes: &'a [u8],
    position: usize,
    /// The code register, whose upper half is compared with the interval.
    code: u32,
    interval: u32,
    /// The bits that are left in the lower half.
    count: u32,
    /// The number of decisions with equal probabilities so far.
    even_decisions: usize,
}

impl<'a> DecisionDecoder<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let mut decoder =
            Self { bytes, position: 0, code: 0, interval: 0x1_0000, count: 0, even_decisions: 0 };
        for _ in 0..2 {
            decoder.read_byte();
            decoder.code <<= 8;
        }
        decoder.count = 0;
        decoder
    }

    /// Adds a byte to the lower half of the code register. Zeros follow the data.
    fn read_byte(&mut self) {
        let byte = self.bytes.get(self.position).copied().unwrap_or(0);
        self.position += 1;
        self.code += u32::from(byte) << 8;
        self.count = 8;
    }

    fn renormalize(&mut self) {
        loop {
            if self.count == 0 {
                self.read_byte();
            }
            self.interval <<= 1;
            self.code <<= 1;
            self.count -= 1;
            if self.interval >= 0x8000 {
                return;
            }
        }
    }

    /// Decodes a decision and adapts its statistics (figures D.8 to D.13).
    fn decide(&mut self, statistics: &mut Statistics) -> bool {
        let (probability, after_unlikely, after_likely, switches) =
            PROBABILITIES[usize::from(statistics.index)];
        let probability = u32::from(probability);
        let likely = statistics.likely;
        self.interval -= probability;
        let is_below = self.code >> 16 < self.interval;
        if is_below && self.interval >= 0x8000 {
            return likely;
        }
        // Where the interval of the likely value is the smaller one, they are exchanged.
        let is_exchanged = self.interval < probability;
        if !is_below {
            self.code -= self.interval << 16;
            self.interval = probability;
        }
        let is_likely = is_below != is_exchanged;
        if is_likely {
            statistics.index = after_likely;
        } else {
            statistics.index = after_unlikely;
            statistics.likely ^= switches;
        }
        self.renormalize();
        likely == is_likely
    }

    /// Decodes a decision whose values are equally probable.
    fn decide_evenly(&mut self) -> bool {
        self.even_decisions += 1;
        self.decide(&mut Statistics::default())
    }
}

/// Decodes arithmetic codes.
#[derive(Debug)]
pub(super) struct ArithmeticDecoder<'a> {
    decisions: DecisionDecoder<'a>,
    conditioning: Conditioning,
    dc: [[Statistics; DC_STATES]; 4],
    ac: [[Statistics; AC_STATES]; 4],
    /// For each component, the first coefficient of the block before, and the context of the next
    /// difference.
    previous: [(i32, usize); 4],
    /// The number of blocks without their first coefficients so far.
    later_blocks: usize,
}

impl<'a> ArithmeticDecoder<'a> {
    pub(super) fn new(bytes: &'a [u8], conditioning: Conditioning) -> Self {
        Self {
            decisions: DecisionDecoder::new(bytes),
            conditioning,
            dc: [[Statistics::default(); DC_STATES]; 4],
            ac: [[Statistics::default(); AC_STATES]; 4],
            previous: [(0, 0); 4],
            later_blocks: 0,
        }
    }

    fn decide_dc(&mut self, table: usize, state: usize) -> bool {
        self.decisions.decide(&mut self.dc[table][state])
    }

    fn decide_ac(&mut self, table: usize, state: usize) -> bool {
        self.decisions.decide(&mut self.ac[table][state])
    }

    /// Decodes the coefficients of a band up to the end of the block (F.1.4.4.2 and F.2.4.2).
    fn band(
        &mut self,
        table: usize,
        (first, last): (usize, usize),
        low: u32,
        store: &mut impl Store,
    ) -> Result<(), InvalidBlock> {
        let mut index = first;
        while index <= last {
            if self.decide_ac(table, 3 * (index - 1)) {
                return Ok(());
            }
            while !self.decide_ac(table, 3 * (index - 1) + 1) {
                index += 1;
                if index > last {
                    return Err(InvalidBlock);
                }
            }
            let is_negative = self.decisions.decide_evenly();
            let mut state = 3 * (index - 1) + 2;
            let mut size = i32::from(self.decide_ac(table, state));
            if size != 0 && self.decide_ac(table, state) {
                size = 2;
                let is_low = index <= usize::from(self.conditioning.ac[table]);
                state = if is_low { AC_MAGNITUDE_LOW } else { AC_MAGNITUDE_HIGH };
                while self.decide_ac(table, state) {
                    size <<= 1;
                    if size == MAX_MAGNITUDE {
                        return Err(InvalidBlock);
                    }
                    state += 1;
                }
            }
            let mut magnitude = size;
            while size > 1 {
                size >>= 1;
                if self.decide_ac(table, state + MAGNITUDE_BITS) {
                    magnitude |= size;
                }
            }
            magnitude += 1;
            let value = if is_negative { -magnitude } else { magnitude };
            store.set(index, value.wrapping_shl(low));
            index += 1;
        }
        Ok(())
    }
}

impl BlockDecoder for ArithmeticDecoder<'_> {
    /// Decodes a first coefficient (F.1.4.4.1 and F.2.4.1).
    fn dc(&mut self, Tables { component, dc: table, .. }: Tables) -> Result<i32, InvalidBlock> {
        let (value, context) = self.previous[component];
        if !self.decide_dc(table, context) {
            self.previous[component].1 = 0;
            return Ok(value);
        }
        let is_negative = self.decide_dc(table, context + 1);
        let mut state = context + 2 + usize::from(is_negative);
        let mut size = i32::from(self.decide_dc(table, state));
        if size != 0 {
            state = DC_MAGNITUDE;
            while self.decide_dc(table, state) {
                size <<= 1;
                if size == MAX_MAGNITUDE {
                    return Err(InvalidBlock);
                }
                state += 1;
            }
        }
        let (lower, upper) = self.conditioning.dc[table];
        let sign = 4 * usize::from(is_negative);
        let next_context = if size < 1 << lower >> 1 {
            0
        } else if size > 1 << upper >> 1 {
            12 + sign
        } else {
            4 + sign
        };
        let mut magnitude = size;
        while size > 1 {
            size >>= 1;
            if self.decide_dc(table, state + MAGNITUDE_BITS) {
                magnitude |= size;
            }
        }
        magnitude += 1;
        let value = value.wrapping_add(if is_negative { -magnitude } else { magnitude });
        self.previous[component] = (value, next_context);
        Ok(value)
    }

    fn bit(&mut self) -> bool {
        self.decisions.decide_evenly()
    }

    fn sequential(&mut self, tables: Tables, store: &mut impl Store) -> Result<i32, InvalidBlock> {
        let dc = self.dc(tables)?;
        store.set(0, dc);
        self.band(tables.ac, (1, 63), 0, store)?;
        Ok(dc)
    }

    fn ac_first(
        &mut self,
        tables: Tables,
        band: (usize, usize),
        low: u32,
        store: &mut impl Store,
    ) -> Result<(), InvalidBlock> {
        self.later_blocks += 1;
        self.band(tables.ac, band, low, store)
    }

    fn ac_refine(
        &mut self,
        tables: Tables,
        (first, last): (usize, usize),
        low: u32,
        store: &mut impl Store,
    ) -> Result<(), InvalidBlock> {
        self.later_blocks += 1;
        let (table, bit) = (tables.ac, 1 << low);
        // The end of the block cannot be before the last coefficient of the earlier scans.
        let known_end = (first..=last).rev().find(|&index| store.is_set(index)).unwrap_or(0);
        let mut index = first;
        while index <= last {
            if index > known_end && self.decide_ac(table, 3 * (index - 1)) {
                return Ok(());
            }
            loop {
                let state = 3 * (index - 1);
                if store.is_set(index) {
                    if self.decide_ac(table, state + 2) {
                        store.refine(index, bit);
                    }
                    break;
                }
                if self.decide_ac(table, state + 1) {
                    let is_negative = self.decisions.decide_evenly();
                    store.set(index, if is_negative { -bit } else { bit });
                    break;
                }
                index += 1;
                if index > last {
                    return Err(InvalidBlock);
                }
            }
            index += 1;
        }
        Ok(())
    }

    fn is_past_end(&self) -> bool {
        let zeros = self.decisions.position.saturating_sub(self.decisions.bytes.len());
        // A decision with equal probabilities takes a bit, and a block of a later scan hardly any,
        // which are often zero.
        let frequent_zeros = self.decisions.even_decisions + self.later_blocks;
        zeros > READ_AHEAD + MAX_ZEROS + frequent_zeros / 8
    }

    fn ends_well(&self) -> bool {
        self.decisions.position + READ_AHEAD >= self.decisions.bytes.len()
    }
}

/// For each index: the probability of the less probable value, the indices after it and after the
/// more probable value, and whether the two are exchanged after it (table D.3).
#[rustfmt::skip]
const PROBABILITIES: [(u16, u8, u8, bool); 113] = [
    (0x5A1D, 1, 1, true), (0x2586, 14, 2, false), (0x1114, 16, 3, false),
    (0x080B, 18, 4, false), (0x03D8, 20, 5, false), (0x01DA, 23, 6, false),
    (0x00E5, 25, 7, false), (0x006F, 28, 8, false), (0x0036, 30, 9, false),
    (0x001A, 33, 10, false), (0x000D, 35, 11, false), (0x0006, 9, 12, false),
    (0x0003, 10, 13, false), (0x0001, 12, 13, false), (0x5A7F, 15, 15, true),
    (0x3F25, 36, 16, false), (0x2CF2, 38, 17, false), (0x207C, 39, 18, false),
    (0x17B9, 40, 19, false), (0x1182, 42, 20, false), (0x0CEF, 43, 21, false),
    (0x09A1, 45, 22, false), (0x072F, 46, 23, false), (0x055C, 48, 24, false),
    (0x0406, 49, 25, false), (0x0303, 51, 26, false), (0x0240, 52, 27, false),
    (0x01B1, 54, 28, false), (0x0144, 56, 29, false), (0x00F5, 57, 30, false),
    (0x00B7, 59, 31, false), (0x008A, 60, 32, false), (0x0068, 62, 33, false),
    (0x004E, 63, 34, false), (0x003B, 32, 35, false), (0x002C, 33, 9, false),
    (0x5AE1, 37, 37, true), (0x484C, 64, 38, false), (0x3A0D, 65, 39, false),
    (0x2EF1, 67, 40, false), (0x261F, 68, 41, false), (0x1F33, 69, 42, false),
    (0x19A8, 70, 43, false), (0x1518, 72, 44, false), (0x1177, 73, 45, false),
    (0x0E74, 74, 46, false), (0x0BFB, 75, 47, false), (0x09F8, 77, 48, false),
    (0x0861, 78, 49, false), (0x0706, 79, 50, false), (0x05CD, 48, 51, false),
    (0x04DE, 50, 52, false), (0x040F, 50, 53, false), (0x0363, 51, 54, false),
    (0x02D4, 52, 55, false), (0x025C, 53, 56, false), (0x01F8, 54, 57, false),
    (0x01A4, 55, 58, false), (0x0160, 56, 59, false), (0x0125, 57, 60, false),
    (0x00F6, 58, 61, false), (0x00CB, 59, 62, false), (0x00AB, 61, 63, false),
    (0x008F, 61, 32, false), (0x5B12, 65, 65, true), (0x4D04, 80, 66, false),
    (0x412C, 81, 67, false), (0x37D8, 82, 68, false), (0x2FE8, 83, 69, false),
    (0x293C, 84, 70, false), (0x2379, 86, 71, false), (0x1EDF, 87, 72, false),
    (0x1AA9, 87, 73, false), (0x174E, 72, 74, false), (0x1424, 72, 75, false),
    (0x119C, 74, 76, false), (0x0F6B, 74, 77, false), (0x0D51, 75, 78, false),
    (0x0BB6, 77, 79, false), (0x0A40, 77, 48, false), (0x5832, 80, 81, true),
    (0x4D1C, 88, 82, false), (0x438E, 89, 83, false), (0x3BDD, 90, 84, false),
    (0x34EE, 91, 85, false), (0x2EAE, 92, 86, false), (0x299A, 93, 87, false),
    (0x2516, 86, 71, false), (0x5570, 88, 89, true), (0x4CA9, 95, 90, false),
    (0x44D9, 96, 91, false), (0x3E22, 97, 92, false), (0x3824, 99, 93, false),
    (0x32B4, 99, 94, false), (0x2E17, 93, 86, false), (0x56A8, 95, 96, true),
    (0x4F46, 101, 97, false), (0x47E5, 102, 98, false), (0x41CF, 103, 99, false),
    (0x3C3D, 104, 100, false), (0x375E, 99, 93, false), (0x5231, 105, 102, false),
    (0x4C0F, 106, 103, false), (0x4639, 107, 104, false), (0x415E, 103, 99, false),
    (0x5627, 105, 106, true), (0x50E7, 108, 107, false), (0x4B85, 109, 103, false),
    (0x5597, 110, 109, false), (0x504F, 111, 107, false), (0x5A10, 110, 111, true),
    (0x5522, 112, 109, false), (0x59EB, 112, 111, true),
];
