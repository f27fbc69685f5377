//! Decodes blocks with Huffman codes (ITU-T T.81, F.2.2 and G.2).

#![expect(clippy::inline_always, reason = "bits are read faster where the processor is known")]

use super::bits::{BitReader, extended};
use super::huffman::{HuffmanTable, SHORT_COEFFICIENTS};
use super::store::Store;

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

impl BlockDecoder for HuffmanDecoder<'_> {
    #[inline(always)]
    fn dc(&mut self, tables: Tables) -> Result<i32, InvalidBlock> {
        let table = self.tables.dc[tables.dc].ok_or(InvalidBlock)?;
        let size = u32::from(table.next(&mut self.bits).ok_or(InvalidBlock)?);
        if size > 15 {
            return Err(InvalidBlock);
        }
        let difference = extended(self.bits.read(size), size);
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
        let mut index = 0;
        while index < 63 {
            self.bits.refill();
            // Most codes and their values are so short that several can be read at once.
            for _ in 0..SHORT_COEFFICIENTS {
                let Some(coefficient) = table.next_coefficient(&mut self.bits) else { break };
                index += coefficient.zeros() + 1;
                if index > 63 {
                    return Err(InvalidBlock);
                }
                store.set(index, coefficient.value());
                if index == 63 {
                    return Ok(dc);
                }
            }
            let (symbol, value) = table.next_with_value(&mut self.bits).ok_or(InvalidBlock)?;
            let (run, size) = (usize::from(symbol >> 4), u32::from(symbol & 15));
            if size == 0 {
                match run {
                    0 => return Ok(dc),
                    15 => index += 16,
                    _ => return Err(InvalidBlock),
                }
                continue;
            }
            index += run + 1;
            if index > 63 {
                return Err(InvalidBlock);
            }
            store.set(index, extended(value, size));
        }
        if index > 63 { Err(InvalidBlock) } else { Ok(dc) }
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
