//! What the cosine transform of blocks and its inverse share (ITU-T T.81, A.3.3): the order of the
//! coefficients, the range of samples, and the factors and operations of the fast transform of
//! Arai, Agui and Nakajima.

#![expect(clippy::inline_always, reason = "vectors must be calculated where their kind is known")]

use fearless_simd::{Simd, SimdBase, f32x8};

/// The side of a block.
pub(in crate::picture) const SIDE: usize = 8;

/// The position in a block of each index in zigzag order (A.3.6).
pub(in crate::picture) const ZIGZAG: [u8; SIDE * SIDE] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// The factors that the fast transform leaves in its coefficients, and that its inverse expects:
/// √2 cos(kπ/16), and 1 for k = 0.
pub(in crate::picture) const FACTORS: [f32; SIDE] =
    [1.0, 1.387_039_8, 1.306_563, 1.175_875_6, 1.0, 0.785_694_96, 0.541_196_1, 0.275_899_38];

/// Added to a number below 2²², it leaves a sum without bits for fractions: its lowest bits are the
/// nearest integer, and halves go to the even one.
pub(in crate::picture) const ROUND: f32 = 12_582_912.0;

/// A sample within its range of 0 to 255.
#[inline(always)]
pub(in crate::picture) fn limited(sample: f32) -> f32 {
    // Comparisons instead of `clamp`, which must also handle NaN.
    let sample = if sample > 0.0 { sample } else { 0.0 };
    if sample < 255.0 { sample } else { 255.0 }
}

/// A block by rows or by columns.
pub(in crate::picture) type Lines<S> = [f32x8<S>; SIDE];

/// Turns rows into columns, or columns into rows.
#[inline(always)]
pub(in crate::picture) fn transposed<S: Simd>(lines: Lines<S>) -> Lines<S> {
    // After each of three steps, lines that were four apart are next to each other.
    let mut lines = lines;
    for _ in 0..3 {
        let first = lines[0].interleave(lines[4]);
        let second = lines[1].interleave(lines[5]);
        let third = lines[2].interleave(lines[6]);
        let fourth = lines[3].interleave(lines[7]);
        lines = [first.0, first.1, second.0, second.1, third.0, third.1, fourth.0, fourth.1];
    }
    lines
}
