//! Transforms the coefficients of a sequential JPEG file to samples as they are decoded, so that
//! only a few rows of them are in memory.

#![expect(clippy::inline_always, reason = "bits are read faster where the processor is known")]

use crate::picture::jpeg_block::SIDE;

use super::frame::{Component, Frame};
use super::rewrite::Headers;
use super::store::Store;
use super::transform::{Block, Reduction, multipliers};
use super::walk::{first_frame, next_marker, payload, walk};

/// A sequential JPEG file with eight bits per sample.
#[derive(Debug)]
pub(in crate::picture) struct SequentialJpeg<'a> {
    file: &'a [u8],
    frame: Frame,
    headers: Headers<'a>,
}

/// The size of a component of a reduced picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::picture) struct ComponentSize {
    /// The number of samples, the last of which may reach beyond the picture.
    pub(in crate::picture) samples: (usize, usize),
    /// The size of the picture in samples.
    pub(in crate::picture) extent: (f64, f64),
}

impl<'a> SequentialJpeg<'a> {
    /// Reads the headers. `None` if the file is of another kind, or its headers are damaged.
    pub(in crate::picture) fn new(file: &'a [u8]) -> Option<Self> {
        let frame = first_frame(file)?;
        if frame.is_progressive || frame.is_arithmetic || frame.precision != 8 {
            return None;
        }
        let mut headers = Headers::default();
        let mut at = 2;
        while let Some((marker, body)) = next_marker(file, at) {
            at = body;
            match marker {
                0x01 | 0xD0..=0xD8 => continue,
                0xD9 | 0xDA => break,
                _ => {}
            }
            let payload = payload(file, body)?;
            at += 2 + payload.len();
            if marker == 0xDB {
                headers.add_quantization(payload)?;
            }
        }
        Some(Self { file, frame, headers })
    }

    /// The number of components.
    pub(in crate::picture) fn component_count(&self) -> usize {
        self.frame.components.len()
    }

    /// How many samples of the component with the most become one of this component.
    pub(in crate::picture) fn subsampling(&self, component: usize) -> (f64, f64) {
        let most = |side: fn(&Component) -> usize| {
            self.frame.components.iter().map(side).max().unwrap_or(1)
        };
        let (across, down) = (most(|it| it.sampling.0), most(|it| it.sampling.1));
        let own = self.frame.components[component].sampling;
        (ratio(across, own.0), ratio(down, own.1))
    }

    /// The size of a component of the reduced picture.
    pub(in crate::picture) fn component_size(
        &self,
        component: usize,
        reduction: Reduction,
    ) -> ComponentSize {
        let (across, down) = self.subsampling(component);
        let divisor = ratio(SIDE, reduction.block_side());
        let extent = (
            ratio(self.frame.width, 1) / across / divisor,
            ratio(self.frame.height, 1) / down / divisor,
        );
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a side has at most 65,535 pixels"
        )]
        let samples = (extent.0.ceil() as usize, extent.1.ceil() as usize);
        ComponentSize { samples, extent }
    }

    /// Decodes the picture, and passes the components, each reduced, to `take`, up to eight rows at a
    /// time, from the first to the last. `None` if the data is damaged, or a quantization table
    /// changes.
    pub(in crate::picture) fn read_rows(
        &self,
        reductions: &[Reduction],
        take: impl FnMut(usize, SampleRows<'_>),
    ) -> Option<()> {
        let mut components = Vec::new();
        let mut factors = [[0.0; 64]; 4];
        let parts = self.frame.components.iter().zip(reductions);
        for ((component, reduction), factors) in parts.zip(&mut factors) {
            let steps = steps(self.headers.quantization[component.quantization]?);
            *factors = multipliers(steps.try_into().ok()?, *reduction);
            components.push(ComponentRows::new(component, *reduction));
        }
        let block = Block::new();
        let mut rows =
            Rows { components, multipliers: factors, block, component: 0, place: None, take };
        let walked = walk(self.file, &self.frame, &mut rows);
        let is_whole =
            walked.scan_error.is_none() && walked.headers.quantization == self.headers.quantization;
        rows.finish();
        is_whole.then_some(())
    }
}

/// The steps of a table, each of which has one byte or two.
fn steps(table: &[u8]) -> Vec<u16> {
    if table.len() > 64 {
        table.chunks_exact(2).map(|step| u16::from_be_bytes([step[0], step[1]])).collect()
    } else {
        table.iter().map(|&step| u16::from(step)).collect()
    }
}

fn ratio(dividend: usize, divisor: usize) -> f64 {
    let number = |value: usize| f64::from(u32::try_from(value).unwrap_or(u32::MAX));
    number(dividend) / number(divisor.max(1))
}

/// Several rows of samples of a component.
#[derive(Debug, Clone, Copy)]
pub(in crate::picture) struct SampleRows<'a> {
    /// Their columns, which may be more than its width.
    pub(in crate::picture) columns: &'a [[f32; SIDE]],
    /// How many rows the columns have. There may be fewer left of the component.
    pub(in crate::picture) count: usize,
}

/// The rows of blocks of a component that are decoded at present.
#[derive(Debug)]
struct ComponentRows {
    reduction: Reduction,
    /// The index of the last coefficient that the samples depend on.
    last_needed: usize,
    /// The blocks in a row.
    across: usize,
    /// How many rows of blocks are decoded before they are passed on, and how many of these have
    /// their samples in the same columns.
    held: usize,
    joined: usize,
    /// The first block of the present rows.
    first: usize,
    /// The columns of the present rows.
    samples: Vec<[f32; SIDE]>,
}

impl ComponentRows {
    fn new(component: &Component, reduction: Reduction) -> Self {
        let (across, in_unit) = (component.blocks.0, component.sampling.1);
        let fitting = SIDE / reduction.block_side();
        let divides = fitting.is_multiple_of(in_unit) || in_unit.is_multiple_of(fitting);
        let joined = if divides { fitting } else { 1 };
        let held = joined.max(in_unit);
        Self {
            reduction,
            last_needed: reduction.last_needed(),
            across,
            held,
            joined,
            first: 0,
            samples: vec![[0.0; SIDE]; held / joined * across * reduction.block_side()],
        }
    }

    /// The place of a block: its first column, and its first row in that.
    #[inline(always)]
    fn place(&self, block: usize) -> Option<(usize, usize)> {
        // Numbers of 32 bits are divided faster.
        let block = u32::try_from(block.checked_sub(self.first)?).ok()?;
        let across = u32::try_from(self.across).ok()?;
        let (row, column) = ((block / across) as usize, (block % across) as usize);
        let side = self.reduction.block_side();
        Some(((row / self.joined * self.across + column) * side, row % self.joined * side))
    }

    /// Passes the present rows to `take`.
    fn pass(&self, component: usize, take: &mut impl FnMut(usize, SampleRows<'_>)) {
        let side = self.reduction.block_side();
        for columns in self.samples.chunks_exact(self.across * side) {
            take(component, SampleRows { columns, count: self.joined * side });
        }
    }
}

/// Transforms each block as soon as it is decoded.
struct Rows<T> {
    components: Vec<ComponentRows>,
    /// By component and index in zigzag order, of which there are at most four components.
    multipliers: [[f32; 64]; 4],
    block: Block,
    component: usize,
    /// Where the samples of the present block are, if there is one: their columns, and the first row.
    place: Option<(usize, usize)>,
    take: T,
}

impl<T: FnMut(usize, SampleRows<'_>)> Rows<T> {
    /// Transforms the present block.
    #[inline(always)]
    fn finish_block(&mut self) {
        let rows = &mut self.components[self.component];
        if let Some((left, top)) = self.place
            && let Some(columns) = rows.samples.get_mut(left..)
        {
            self.block.transform(rows.reduction, top, columns);
        }
    }

    /// Ends the picture.
    fn finish(mut self) {
        self.finish_block();
        for (component, rows) in self.components.iter().enumerate() {
            rows.pass(component, &mut self.take);
        }
    }
}

impl<T: FnMut(usize, SampleRows<'_>)> Store for Rows<T> {
    const RECOVERS: bool = false;

    #[inline(always)]
    fn select(&mut self, component: usize, block: usize) {
        self.finish_block();
        let rows = &mut self.components[component];
        if block >= rows.first + rows.held * rows.across {
            rows.pass(component, &mut self.take);
            rows.first += rows.held * rows.across;
        }
        self.component = component;
        // A block that is in none of the rows comes from damaged data.
        self.place = rows.place(block);
    }

    #[inline(always)]
    fn last_needed(&self) -> usize {
        self.components[self.component].last_needed
    }

    #[inline(always)]
    fn set(&mut self, index: usize, value: i32) {
        #[expect(clippy::cast_precision_loss, reason = "a coefficient has at most 16 bits")]
        let value = value as f32;
        self.block.set(index, value * self.multipliers[self.component & 3][index & 63]);
    }

    fn is_set(&self, _: usize) -> bool {
        false
    }

    fn refine(&mut self, _: usize, _: i32) {}

    fn refine_dc(&mut self, _: i32) {}
}
