//! The inverse cosine transform of blocks (ITU-T T.81, A.3.3), whole or reduced in size.

#![expect(clippy::inline_always, reason = "vectors must be calculated where their kind is known")]

use std::array::from_fn;
use std::f32::consts::{FRAC_1_SQRT_2, SQRT_2};

use fearless_simd::{Level, Simd, SimdBase, dispatch, f32x8};

use crate::picture::jpeg_block::{FACTORS, Lines, SIDE, ZIGZAG, limited, transposed};
use crate::picture::simd;

/// How many pixels of the picture become one in each direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::picture) enum Reduction {
    /// The picture in its own size.
    None,
    /// Half of it.
    Half,
    /// Three eighths.
    ThreeEighths,
    /// A quarter.
    Quarter,
    /// An eighth: the means of the blocks.
    Eighth,
}

impl Reduction {
    /// The side of a block after it.
    pub(in crate::picture) fn block_side(self) -> usize {
        match self {
            Self::None => SIDE,
            Self::Half => 4,
            Self::ThreeEighths => 3,
            Self::Quarter => 2,
            Self::Eighth => 1,
        }
    }

    /// The index in zigzag order of the last coefficient that the samples depend on.
    pub(super) fn last_needed(self) -> usize {
        let side = self.block_side();
        let is_needed = |position: &u8| {
            let position = usize::from(*position);
            position / SIDE < side && position % SIDE < side
        };
        ZIGZAG.iter().rposition(is_needed).unwrap_or(0)
    }
}

/// The factors of quantization steps in zigzag order, for blocks that are transformed with this
/// reduction.
pub(super) fn multipliers(steps: [u16; 64], reduction: Reduction) -> [f32; 64] {
    from_fn(|index| {
        let position = usize::from(ZIGZAG[index]);
        let (down, across) = (position / SIDE, position % SIDE);
        let is_fast = reduction == Reduction::None;
        let factor = if is_fast { FACTORS[across] * FACTORS[down] } else { 1.0 };
        f32::from(steps[index]) * factor / 8.0
    })
}

/// The coefficients of one block.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// Each row has a vertical frequency, each column a horizontal one.
    rows: [[f32; SIDE]; SIDE],
    /// The last index in zigzag order that may not be zero.
    last: usize,
    level: Level,
}

impl Block {
    /// A block without any coefficients.
    pub(super) fn new() -> Self {
        Self { rows: [[0.0; SIDE]; SIDE], last: 0, level: simd::level() }
    }

    /// Sets the coefficient with an index in zigzag order, which is not before those that are set.
    #[inline(always)]
    pub(super) fn set(&mut self, index: usize, value: f32) {
        let position = usize::from(ZIGZAG[index & 63]);
        self.rows[position / SIDE][position % SIDE] = value;
        self.last = index;
    }

    /// Writes the samples of the block, 0 to 255, to its columns, from the row `top` of these on, and
    /// removes its coefficients.
    pub(super) fn transform(&mut self, reduction: Reduction, top: usize, out: &mut [[f32; SIDE]]) {
        // Samples are stored as differences from the middle of their range.
        self.rows[0][0] += 128.0;
        match reduction {
            Reduction::None => {
                if let Some(out) = out.first_chunk_mut() {
                    self.whole(out);
                }
            }
            Reduction::Half => {
                dispatch!(self.level, simd => reduced::<_, 4>(simd, &self.rows, &HALF, top, out));
            }
            Reduction::ThreeEighths => {
                dispatch!(self.level, simd => reduced::<_, 3>(simd, &self.rows, &THREE_EIGHTHS, top, out));
            }
            Reduction::Quarter => {
                dispatch!(self.level, simd => reduced::<_, 2>(simd, &self.rows, &QUARTER, top, out));
            }
            Reduction::Eighth => {
                if let Some(sample) = out.first_mut().and_then(|column| column.get_mut(top)) {
                    *sample = limited(self.rows[0][0]);
                }
            }
        }
        self.rows = [[0.0; SIDE]; SIDE];
        self.last = 0;
    }

    fn whole(&self, out: &mut [[f32; SIDE]; SIDE]) {
        if self.last == 0 {
            out.fill([limited(self.rows[0][0]); SIDE]);
        } else {
            dispatch!(self.level, simd => whole(simd, &self.rows, out));
        }
    }
}

/// Transforms all frequencies to samples.
#[inline(always)]
fn whole<S: Simd>(simd: S, rows: &[[f32; SIDE]; SIDE], out: &mut [[f32; SIDE]; SIDE]) {
    let mut lines = [f32x8::splat(simd, 0.0); SIDE];
    for (line, row) in lines.iter_mut().zip(rows) {
        *line = f32x8::from_slice(simd, row);
    }
    let columns = pass(transposed(pass(lines)));
    for (target, column) in out.iter_mut().zip(columns) {
        column.max(0.0).min(255.0).store_slice(target);
    }
}

/// Transforms the lowest `N` frequencies to `N` samples in each direction.
#[inline(always)]
fn reduced<S: Simd, const N: usize>(
    _: S,
    rows: &[[f32; SIDE]; SIDE],
    basis: &[[f32; N]; N],
    top: usize,
    out: &mut [[f32; SIDE]],
) {
    // By horizontal frequency, then by row.
    let mut columns = [[0.0_f32; N]; N];
    for (coefficients, frequencies) in rows.iter().zip(basis) {
        for (column, coefficient) in columns.iter_mut().zip(coefficients) {
            for (sample, factor) in column.iter_mut().zip(frequencies) {
                *sample += coefficient * factor;
            }
        }
    }
    for (x, target) in out.iter_mut().take(N).enumerate() {
        let mut samples = [0.0_f32; N];
        for (column, frequencies) in columns.iter().zip(basis) {
            for (sample, value) in samples.iter_mut().zip(column) {
                *sample += value * frequencies[x];
            }
        }
        if let Some(target) = target.get_mut(top..top + N) {
            target.copy_from_slice(&samples.map(limited));
        }
    }
}

/// By frequency and position: √2 cos((2x + 1)kπ/8), and 1 for k = 0.
const HALF: [[f32; 4]; 4] = [
    [1.0, 1.0, 1.0, 1.0],
    [1.306_563, 0.541_196_1, -0.541_196_1, -1.306_563],
    [1.0, -1.0, -1.0, 1.0],
    [0.541_196_1, -1.306_563, 1.306_563, -0.541_196_1],
];

/// By frequency and position: √2 cos((2x + 1)kπ/6), and 1 for k = 0.
const THREE_EIGHTHS: [[f32; 3]; 3] =
    [[1.0, 1.0, 1.0], [1.224_744_9, 0.0, -1.224_744_9], [FRAC_1_SQRT_2, -SQRT_2, FRAC_1_SQRT_2]];

/// By frequency and position: √2 cos((2x + 1)kπ/4), and 1 for k = 0.
const QUARTER: [[f32; 2]; 2] = [[1.0, 1.0], [1.0, -1.0]];

/// Transforms eight coefficients to eight samples in each column of the lines.
#[inline(always)]
fn pass<S: Simd>(lines: Lines<S>) -> Lines<S> {
    let (sum, difference) = (lines[0] + lines[4], lines[0] - lines[4]);
    let far = lines[2] + lines[6];
    let near = (lines[2] - lines[6]) * SQRT_2 - far;
    let even = [sum + far, difference + near, difference - near, sum - far];

    let (inner_sum, inner) = (lines[5] + lines[3], lines[5] - lines[3]);
    let (outer_sum, outer) = (lines[1] + lines[7], lines[1] - lines[7]);
    let first = outer_sum + inner_sum;
    // 2 cos(π/8), and its sum and difference with 2 sin(π/8).
    let turned = (inner + outer) * 1.847_759_1;
    let second = turned - inner * 2.613_126 - first;
    let third = (outer_sum - inner_sum) * SQRT_2 - second;
    let fourth = turned - outer * 1.082_392_2 - third;
    [
        even[0] + first,
        even[1] + second,
        even[2] + third,
        even[3] + fourth,
        even[3] - fourth,
        even[2] - third,
        even[1] - second,
        even[0] - first,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: usize) -> f64 {
        f64::from(u16::try_from(value).unwrap())
    }

    /// The definition of the inverse transform (A.3.3), of the lowest frequencies only.
    fn inverse(coefficients: &[f64; 64], side: usize) -> Vec<f64> {
        let factor = |k: usize| if k == 0 { std::f64::consts::FRAC_1_SQRT_2 } else { 1.0 };
        let wave = |position: usize, k: usize| {
            let angle = number(2 * position + 1) * number(k) / number(2 * side);
            factor(k) * pxfm::f_cospi(angle)
        };
        let mut samples = Vec::new();
        for x in 0..side {
            for y in 0..side {
                let mut sum = 0.0;
                for down in 0..side {
                    for across in 0..side {
                        sum += coefficients[down * 8 + across] * wave(x, across) * wave(y, down);
                    }
                }
                samples.push((sum / 4.0 + 128.0).clamp(0.0, 255.0));
            }
        }
        samples
    }

    #[test]
    fn blocks_of_every_size_are_those_of_the_definition() {
        for (reduction, last) in [
            (Reduction::None, 63),
            (Reduction::None, 9),
            (Reduction::None, 0),
            (Reduction::Half, 63),
            (Reduction::ThreeEighths, 63),
            (Reduction::ThreeEighths, 8),
            (Reduction::Quarter, 20),
            (Reduction::Eighth, 5),
        ] {
            let steps: [u16; 64] = from_fn(|index| u16::try_from(index / 4 + 2).unwrap());
            let multipliers = multipliers(steps, reduction);
            let (mut block, mut coefficients) = (Block::new(), [0.0; 64]);
            for index in 0..=last {
                let number = i16::try_from(index).unwrap();
                let value = (number * 37 % 23 - 11) / (1 + number / 8);
                block.set(index, f32::from(value) * multipliers[index]);
                coefficients[usize::from(ZIGZAG[index])] =
                    f64::from(value) * f64::from(steps[index]);
            }
            let side = reduction.block_side();
            let top = SIDE - side;
            let mut columns = vec![[7.0; SIDE]; side];
            let samples = |columns: &[[f32; SIDE]]| -> Vec<f32> {
                assert!(
                    columns
                        .iter()
                        .flat_map(|column| &column[..top])
                        .all(|it| (it - 7.0).abs() < 1e-6)
                );
                columns.iter().flat_map(|column| &column[top..]).copied().collect()
            };
            // Twice, since the first time removes the coefficients.
            block.transform(reduction, top, &mut columns);
            for (sample, expected) in samples(&columns).iter().zip(inverse(&coefficients, side)) {
                assert!((f64::from(*sample) - expected).abs() < 0.01, "{reduction:?} {last}");
            }
            block.transform(reduction, top, &mut columns);
            assert!(samples(&columns).iter().all(|sample| (*sample - 128.0).abs() < 1e-6));
        }
    }
    #[test]
    fn samples_are_the_same_on_every_processor() {
        let [mut widest, mut plain] =
            [simd::level(), Level::baseline()].map(|level| Block { level, ..Block::new() });
        let reductions =
            [Reduction::None, Reduction::Half, Reduction::ThreeEighths, Reduction::Quarter];
        for reduction in reductions {
            let multipliers = multipliers([7; 64], reduction);
            let transformed = |block: &mut Block| {
                for (index, multiplier) in multipliers.iter().enumerate() {
                    let number = u8::try_from(index).unwrap();
                    block.set(index, (f32::from(number.wrapping_mul(89) % 31) - 15.0) * multiplier);
                }
                let mut columns = [[0.0; SIDE]; SIDE];
                block.transform(reduction, 0, &mut columns);
                columns.map(|column| column.map(f32::to_bits))
            };
            assert_eq!(transformed(&mut widest), transformed(&mut plain), "{reduction:?}");
        }
    }
}
