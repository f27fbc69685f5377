//! Decodes blocks with Huffman codes (ITU-T T.81, F.2.2 and G.2).

#![expect(clippy::inline_always, reason = "bits are read faster where the processor is known")]

use super::bits::{BitReader, extended};
use super::huffman::{HuffmanTable, PAIRS, Pair, SKIPS};
use super::store::{LAST, Store};

/// Why a block cannot be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct InvalidBlock;

/// Decodes the blocks of one restart interval.
pub(super) trait BlockDecoder {
    /// A block of a sequential picture. Returns its first coefficient.
    fn sequential(&mut self, tables: Tables, store: &mut impl Store) -> Result<i32, InvalidBlock>;

    /// The first coefficient of the next block of a component.
    fn dc(&mut self, tables: Tables) -> Result<i32, InvalidBlock>;

    /// A bit that is coded by itself.
    fn bit(&mut self) -> bool;

    /// The first scan of the first coefficient. Returns it.
    fn dc_first(
        &mut self,
        tables: Tables,
        low: u32,
        store: &mut impl Store,
    ) -> Result<i32, InvalidBlock> {
        let dc = self.dc(tables)?.wrapping_shl(low);
        store.set(0, dc);
        Ok(dc)
    }

    /// A later scan of the first coefficient.
    fn dc_refine(&mut self, low: u32, store: &mut impl Store) {
        if self.bit() {
            store.refine_dc(1 << low);
        }
    }

    /// The first scan of other coefficients.
    fn ac_first(
        &mut self,
        tables: Tables,
        band: (usize, usize),
        low: u32,
        store: &mut impl Store,
    ) -> Result<(), InvalidBlock>;

    /// A later scan of other coefficients.
    fn ac_refine(
        &mut self,
        tables: Tables,
        band: (usize, usize),
        low: u32,
        store: &mut impl Store,
    ) -> Result<(), InvalidBlock>;

    /// Whether more data has been read than there is.
    fn is_past_end(&self) -> bool;

    /// Whether the data ends as it should after the last block.
    fn ends_well(&self) -> bool;
}

/// The tables of a component: its index in the scan, and the numbers of its tables.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tables {
    pub(super) component: usize,
    pub(super) dc: usize,
    pub(super) ac: usize,
}

/// The Huffman tables of a scan.
#[derive(Debug, Clone, Copy)]
pub(super) struct HuffmanTables<'a> {
    pub(super) dc: [Option<&'a HuffmanTable>; 4],
    pub(super) ac: [Option<&'a HuffmanTable>; 4],
}

/// Decodes Huffman codes.
#[derive(Debug)]
pub(super) struct HuffmanDecoder<'a> {
    bits: BitReader<'a>,
    tables: HuffmanTables<'a>,
    /// The first coefficient of the block before, for each component.
    previous: [i32; 4],
    /// How many more blocks have no further coefficients in this scan.
    end_run: u32,
}

/// The most bytes after the last block that are taken for padding, of any value and of zeros: some
/// cameras and programs write a few.
const MAX_EXTRA: usize = 8;
const MAX_EXTRA_ZEROS: usize = 512;

impl<'a> HuffmanDecoder<'a> {
    pub(super) fn new(bytes: &'a [u8], tables: HuffmanTables<'a>) -> Self {
        Self { bits: BitReader::new(bytes), tables, previous: [0; 4], end_run: 0 }
    }

    /// Skips the coefficients of a sequential block after those up to `index`.
    #[inline(always)]
    fn skip_block(&mut self, table: &HuffmanTable, mut index: usize) -> Result<(), InvalidBlock> {
        while index < LAST {
            self.bits.refill();
            for _ in 0..SKIPS {
                // The block ends with its last coefficient, before which several can be skipped.
                let Some(skip) = table.next_skip(&mut self.bits, LAST - 1 - index) else {
                    self.bits.refill_if_needed();
                    match table.next_in_block(&mut self.bits, index)? {
                        Next::End => return Ok(()),
                        Next::Zeros { last: at } | Next::Coefficient { at, .. } => index = at,
                    }
                    break;
                };
                if skip.ends() {
                    return Ok(());
                }
                index += skip.coefficients();
            }
        }
        Ok(())
    }

    /// Refines the coefficients that are not zero up to the one after `zeros` zeros, or to the end
    /// of the band. Returns its index.
    fn refine_up_to(
        &mut self,
        mut index: usize,
        last: usize,
        mut zeros: u32,
        bit: i32,
        store: &mut impl Store,
    ) -> usize {
        while index <= last {
            if store.is_set(index) {
                if self.bits.read(1) == 1 {
                    store.refine(index, bit);
                }
            } else if zeros == 0 {
                break;
            } else {
                zeros -= 1;
            }
            index += 1;
        }
        index
    }
}

/// What the next code of a block stands for.
enum Next {
    /// The other coefficients are zero.
    End,
    /// The coefficients up to this one are zero.
    Zeros { last: usize },
    /// The coefficient with an index.
    Coefficient { at: usize, value: i32 },
}

impl HuffmanTable {
    /// The next code of a sequential block, whose coefficients up to `index` were read, and its
    /// value.
    #[inline(always)]
    fn next_in_block(&self, bits: &mut BitReader, index: usize) -> Result<Next, InvalidBlock> {
        let (symbol, value) = self.next_with_value(bits).ok_or(InvalidBlock)?;
        let (zeros, size) = (usize::from(symbol >> 4), u32::from(symbol & 15));
        let at = index + zeros + 1;
        match (zeros, size) {
            (0, 0) => Ok(Next::End),
            _ if at > LAST => Err(InvalidBlock),
            (15, 0) => Ok(Next::Zeros { last: at }),
            (_, 0) => Err(InvalidBlock),
            _ => Ok(Next::Coefficient { at, value: extended(value, size) }),
        }
    }
}

impl BlockDecoder for HuffmanDecoder<'_> {
    #[inline(always)]
    fn dc(&mut self, tables: Tables) -> Result<i32, InvalidBlock> {
        let table = self.tables.dc[tables.dc].ok_or(InvalidBlock)?;
        self.bits.refill();
        let (size, value) = table.next_with_value(&mut self.bits).ok_or(InvalidBlock)?;
        if size > 15 {
            return Err(InvalidBlock);
        }
        let difference = extended(value, size.into());
        let previous = &mut self.previous[tables.component];
        *previous = previous.wrapping_add(difference);
        Ok(*previous)
    }

    #[inline(always)]
    fn bit(&mut self) -> bool {
        self.bits.read(1) == 1
    }

    #[inline(always)]
    fn sequential(&mut self, tables: Tables, store: &mut impl Store) -> Result<i32, InvalidBlock> {
        let dc = self.dc(tables)?;
        store.set(0, dc);
        let table = self.tables.ac[tables.ac].ok_or(InvalidBlock)?;
        let needed = store.last_needed();
        let mut index = 0;
        while index < needed {
            self.bits.refill();
            // Most codes and their values are so short that several can be read at once.
            for _ in 0..PAIRS {
                let Some(Pair { first, second }) = table.peek_pair(&self.bits) else { break };
                let at = index + first.distance();
                if at >= LAST {
                    // What follows is another block.
                    HuffmanTable::skip_coefficient(&mut self.bits, first);
                    if at > LAST {
                        return if first.ends() { Ok(dc) } else { Err(InvalidBlock) };
                    }
                    store.set(at, first.value());
                    return Ok(dc);
                }
                HuffmanTable::skip_coefficient(&mut self.bits, second);
                store.set(at, first.value());
                index = at + second.distance();
                if index > LAST {
                    return if second.ends() { Ok(dc) } else { Err(InvalidBlock) };
                }
                store.set(index, second.value());
                if index == LAST {
                    return Ok(dc);
                }
            }
            self.bits.refill_if_needed();
            match table.next_in_block(&mut self.bits, index)? {
                Next::End => return Ok(dc),
                Next::Zeros { last } => index = last,
                Next::Coefficient { at, value } => {
                    index = at;
                    store.set(index, value);
                }
            }
        }
        self.skip_block(table, index)?;
        Ok(dc)
    }

    fn ac_first(
        &mut self,
        tables: Tables,
        (first, last): (usize, usize),
        low: u32,
        store: &mut impl Store,
    ) -> Result<(), InvalidBlock> {
        if self.end_run > 0 {
            self.end_run -= 1;
            return Ok(());
        }
        let table = self.tables.ac[tables.ac].ok_or(InvalidBlock)?;
        let mut index = first;
        while index <= last {
            let symbol = table.next(&mut self.bits).ok_or(InvalidBlock)?;
            let (run, size) = (symbol >> 4, u32::from(symbol & 15));
            if size == 0 {
                if run < 15 {
                    self.end_run = (1 << run) - 1 + self.bits.read(run.into());
                    return Ok(());
                }
                index += 16;
                continue;
            }
            index += usize::from(run);
            if index > last {
                return Err(InvalidBlock);
            }
            store.set(index, extended(self.bits.read(size), size).wrapping_shl(low));
            index += 1;
        }
        if index > last + 1 { Err(InvalidBlock) } else { Ok(()) }
    }

    fn ac_refine(
        &mut self,
        tables: Tables,
        (first, last): (usize, usize),
        low: u32,
        store: &mut impl Store,
    ) -> Result<(), InvalidBlock> {
        let bit = 1 << low;
        let table = self.tables.ac[tables.ac].ok_or(InvalidBlock)?;
        let mut index = first;
        while self.end_run == 0 && index <= last {
            let symbol = table.next(&mut self.bits).ok_or(InvalidBlock)?;
            let (run, size) = (u32::from(symbol >> 4), symbol & 15);
            let value = match (size, run) {
                (0, 15) => 0,
                (0, _) => {
                    // This block is the first of the run.
                    self.end_run = (1 << run) + self.bits.read(run);
                    break;
                }
                (1, _) => {
                    if self.bits.read(1) == 1 {
                        bit
                    } else {
                        -bit
                    }
                }
                _ => return Err(InvalidBlock),
            };
            index = self.refine_up_to(index, last, run, bit, store);
            if index > last {
                return Err(InvalidBlock);
            }
            if value != 0 {
                store.set(index, value);
            }
            index += 1;
        }
        if self.end_run > 0 {
            self.refine_up_to(index, last, u32::MAX, bit, store);
            self.end_run -= 1;
        }
        Ok(())
    }

    #[inline(always)]
    fn is_past_end(&self) -> bool {
        self.bits.is_past_end()
    }

    fn ends_well(&self) -> bool {
        let rest = self.bits.rest();
        let (padding, count) = self.bits.padding();
        let is_uniform = padding == 0 || u32::from(padding) == (1 << count) - 1;
        let is_padding = rest.len() <= MAX_EXTRA
            || (rest.len() <= MAX_EXTRA_ZEROS && rest.iter().all(|&byte| byte == 0));
        self.end_run == 0 && (rest.is_empty() || (is_uniform && is_padding))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keeps the coefficients up to the last one that is needed.
    struct Kept {
        last_needed: usize,
        block: [i32; 64],
    }

    impl Store for Kept {
        const RECOVERS: bool = false;

        fn select(&mut self, _: usize, _: usize) {
            self.block = [0; 64];
        }

        fn last_needed(&self) -> usize {
            self.last_needed
        }

        fn set(&mut self, index: usize, value: i32) {
            assert!([0, value].contains(&self.block[index]), "a coefficient has one value");
            if index <= self.last_needed {
                self.block[index] = value;
            }
        }

        fn is_set(&self, _: usize) -> bool {
            false
        }

        fn refine(&mut self, _: usize, _: i32) {}

        fn refine_dc(&mut self, _: i32) {}
    }

    /// A code with the lengths of that of ITU-T T.81, K.3.3.2, whose short codes are those of values
    /// with few bits after few zeros, and of the end.
    fn table() -> HuffmanTable {
        let mut symbols: Vec<u8> =
            (0..=15).flat_map(|zeros| (1..=10).map(move |size| zeros << 4 | size)).collect();
        symbols.sort_by_key(|symbol| (symbol >> 4) + 2 * (symbol & 15));
        symbols.insert(3, 0x00);
        symbols.insert(10, 0xF0);
        let counts = [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125];
        HuffmanTable::new(counts, &symbols).unwrap()
    }

    #[test]
    fn coefficients_that_are_not_needed_take_the_same_bits() {
        let (dc, ac) = (
            HuffmanTable::new([0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[0, 1, 2, 3]),
            table(),
        );
        let tables = HuffmanTables { dc: [dc.as_ref(); 4], ac: [Some(&ac); 4] };
        let of_scan = Tables { component: 0, dc: 0, ac: 0 };
        let (mut ended, mut invalid) = (0, 0);
        for seed in 0..200_u64 {
            let mut state = seed;
            let bytes: Vec<u8> = std::iter::repeat_with(|| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                state.to_be_bytes()[0]
            })
            .take(500)
            .collect();
            let mut all = HuffmanDecoder::new(&bytes, tables);
            let mut some = HuffmanDecoder::new(&bytes, tables);
            let mut kept = Kept { last_needed: LAST, block: [0; 64] };
            let needed = usize::try_from(seed % 64).unwrap();
            let mut few = Kept { last_needed: needed, block: [0; 64] };
            while !all.is_past_end() {
                kept.select(0, 0);
                few.select(0, 0);
                let result = all.sequential(of_scan, &mut kept);
                assert_eq!(some.sequential(of_scan, &mut few), result, "{seed}");
                let Ok(_) = result else {
                    invalid += 1;
                    break;
                };
                ended += 1;
                assert_eq!(all.bits.bits_read(), some.bits.bits_read(), "{seed}");
                assert_eq!(kept.block[..=needed], few.block[..=needed], "{seed}");
            }
        }
        assert!(ended > 1000 && invalid > 10, "{ended} blocks ended, {invalid} were invalid");
    }
}
