//! The cosine transform of blocks (ITU-T T.81, A.3.3) and their quantization.

#![expect(clippy::inline_always, reason = "vectors must be calculated where their kind is known")]

use std::array::from_fn;
use std::f32::consts::FRAC_1_SQRT_2;

use fearless_simd::{Level, Simd, SimdBase, dispatch, f32x8};

use super::planes::Plane;
use crate::picture::jpeg_block::{FACTORS, Lines, ROUND, SIDE, ZIGZAG, transposed};
use crate::picture::simd;

/// Transforms and quantizes blocks.
#[derive(Debug)]
pub(super) struct Quantizer {
    /// By horizontal and vertical frequency.
    multipliers: [[f32; SIDE]; SIDE],
    level: Level,
}

impl Quantizer {
    /// A quantizer with these steps, row by row.
    pub(super) fn new(steps: &[u8; 64]) -> Self {
        let multipliers = from_fn(|across| {
            from_fn(|down| {
                let step = f32::from(steps[down * SIDE + across]);
                1.0 / (step * FACTORS[across] * FACTORS[down] * 8.0)
            })
        });
        Self { multipliers, level: simd::level() }
    }

    /// The coefficients of a block in zigzag order. Beyond the edges, the last samples are
    /// repeated.
    pub(super) fn block(&self, plane: &Plane, (column, row): (usize, usize)) -> [i16; 64] {
        let (left, top) = (column * SIDE, row * SIDE);
        let mut rows = [[0; SIDE]; SIDE];
        for (y, line) in rows.iter_mut().enumerate() {
            let y = (top + y).min(plane.height - 1);
            let samples = &plane.samples[y * plane.width..][..plane.width];
            match samples.get(left..).and_then(|samples| samples.first_chunk()) {
                Some(samples) => *line = *samples,
                None => *line = from_fn(|x| samples[(left + x).min(plane.width - 1)]),
            }
        }
        let quantized = dispatch!(self.level, simd => self.quantized(simd, rows));
        let mut block = [0; SIDE * SIDE];
        for (coefficient, position) in block.iter_mut().zip(&ZIGZAG) {
            // The columns are turned into rows.
            let (down, across) = (usize::from(*position) / SIDE, usize::from(*position) % SIDE);
            *coefficient = quantized[(across * SIDE + down) % (SIDE * SIDE)];
        }
        block
    }

    /// The coefficients of rows of samples, by horizontal and vertical frequency.
    #[inline(always)]
    fn quantized<S: Simd>(&self, simd: S, rows: [[u8; SIDE]; SIDE]) -> [i16; SIDE * SIDE] {
        let mut lines = [f32x8::splat(simd, 0.0); SIDE];
        for (line, row) in lines.iter_mut().zip(&rows) {
            let mut samples = [0.0; SIDE];
            for (sample, level) in samples.iter_mut().zip(row) {
                *sample = centred(*level);
            }
            *line = f32x8::from_slice(simd, &samples);
        }
        let columns = pass(transposed(pass(lines)));
        let mut quantized = [0_i16; SIDE * SIDE];
        let (targets, _) = quantized.as_chunks_mut::<SIDE>();
        for ((target, column), multipliers) in
            targets.iter_mut().zip(columns).zip(&self.multipliers)
        {
            let mut steps = [0.0; SIDE];
            (column * f32x8::from_slice(simd, multipliers)).store_slice(&mut steps);
            for (coefficient, step) in target.iter_mut().zip(steps) {
                *coefficient = rounded(step);
            }
        }
        quantized
    }
}

/// A sample as the difference from the middle of its range.
#[inline(always)]
fn centred(sample: u8) -> f32 {
    f32::from(sample) - 128.0
}

/// The nearest integer; halves go to the even one.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "a coefficient is below 2^11")]
fn rounded(value: f32) -> i16 {
    (value + ROUND).to_bits() as i16
}

/// Transforms eight samples to eight coefficients in each column of the lines.
#[inline(always)]
fn pass<S: Simd>(lines: Lines<S>) -> Lines<S> {
    let sum = |index: usize| lines[index] + lines[7 - index];
    let sums = [sum(0), sum(1), sum(2), sum(3)];
    let difference = |index: usize| lines[index] - lines[7 - index];
    let differences = [difference(0), difference(1), difference(2), difference(3)];

    let (outer, inner) = (sums[0] + sums[3], sums[1] + sums[2]);
    let (outer_odd, inner_odd) = (sums[0] - sums[3], sums[1] - sums[2]);
    let turned = (inner_odd + outer_odd) * FRAC_1_SQRT_2;

    let (low, mid, high) = (
        differences[3] + differences[2],
        differences[2] + differences[1],
        differences[1] + differences[0],
    );
    // sin(π/8), and the difference and the sum of cos(π/8) and sin(π/8).
    let both = (low - high) * 0.382_683_43;
    let low = low * 0.541_196_1 + both;
    let high = high * 1.306_563 + both;
    let mid = mid * FRAC_1_SQRT_2;
    let (plus, minus) = (differences[0] + mid, differences[0] - mid);
    [
        outer + inner,
        plus + high,
        outer_odd + turned,
        minus - low,
        outer - inner,
        minus + low,
        outer_odd - turned,
        plus - high,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coefficients_are_the_same_on_every_processor() {
        let samples = (0..64_u8).map(|index| index.wrapping_mul(89)).collect();
        let plane = Plane { width: SIDE, height: SIDE, samples };
        let [widest, plain] = [simd::level(), Level::baseline()]
            .map(|level| Quantizer { level, ..Quantizer::new(&[3; 64]) });
        assert_eq!(widest.block(&plane, (0, 0)), plain.block(&plane, (0, 0)));
    }
}
