//! The cosine transform of blocks (ITU-T T.81, A.3.3) and their quantization.

use std::array::from_fn;

use super::planes::Plane;
use crate::picture::jpeg_block::{FACTORS, Lanes, ROUND, SIDE, ZIGZAG};

/// Transforms and quantizes blocks.
#[derive(Debug)]
pub(super) struct Quantizer {
    /// By horizontal and vertical frequency.
    multipliers: [[f32; SIDE]; SIDE],
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
        Self { multipliers }
    }

    /// The coefficients of a block in zigzag order. Beyond the edges, the last samples are
    /// repeated.
    pub(super) fn block(&self, plane: &Plane, (column, row): (usize, usize)) -> [i16; 64] {
        let (left, top) = (column * SIDE, row * SIDE);
        let mut rows: [[f32; SIDE]; SIDE] = from_fn(|y| {
            let y = (top + y).min(plane.height - 1);
            let samples = &plane.samples[y * plane.width..][..plane.width];
            match samples.get(left..).and_then(|samples| samples.first_chunk::<SIDE>()) {
                Some(samples) => from_fn(|x| centred(samples[x])),
                None => from_fn(|x| centred(samples[(left + x).min(plane.width - 1)])),
            }
        });
        pass::<0>(&mut rows);
        pass::<4>(&mut rows);
        let mut columns: [[f32; SIDE]; SIDE] = from_fn(|x| from_fn(|y| rows[y][x]));
        pass::<0>(&mut columns);
        pass::<4>(&mut columns);
        let mut quantized = [0_i16; SIDE * SIDE];
        let coefficients = columns.as_flattened().iter().zip(self.multipliers.as_flattened());
        for (target, (coefficient, multiplier)) in quantized.iter_mut().zip(coefficients) {
            *target = rounded(coefficient * multiplier);
        }
        ZIGZAG.map(|position| {
            // The columns are turned into rows.
            let (down, across) = (usize::from(position) / SIDE, usize::from(position) % SIDE);
            quantized[across * SIDE + down]
        })
    }
}

/// A sample as the difference from the middle of its range.
#[inline]
fn centred(sample: u8) -> f32 {
    f32::from(sample) - 128.0
}

/// The nearest integer; halves go to the even one.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "a coefficient is below 2^11")]
fn rounded(value: f32) -> i16 {
    (value + ROUND).to_bits() as i16
}

/// Transforms four columns from this one on: eight samples to eight coefficients.
#[inline]
fn pass<const FIRST: usize>(rows: &mut [[f32; SIDE]; SIDE]) {
    use std::f32::consts::FRAC_1_SQRT_2;
    let row = |index: usize| Lanes::new::<FIRST>(&rows[index]);
    let sums: [Lanes; 4] = from_fn(|index| row(index) + row(7 - index));
    let differences: [Lanes; 4] = from_fn(|index| row(index) - row(7 - index));

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

    let results = [
        outer + inner,
        plus + high,
        outer_odd + turned,
        minus - low,
        outer - inner,
        minus + low,
        outer_odd - turned,
        plus - high,
    ];
    for (row, result) in rows.iter_mut().zip(results) {
        row[FIRST..FIRST + 4].copy_from_slice(&result.0);
    }
}
