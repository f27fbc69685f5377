//! Scales one channel of a picture as its rows arrive, with the Lanczos filter.
//!
//! `fast_image_resize` scales pictures that are in memory as a whole, and is made for pixels of
//! several channels.

#![expect(clippy::inline_always, reason = "vectors must be calculated where their kind is known")]

use fearless_simd::{Simd, SimdBase, dispatch, f32x8};
use pxfm::f_sinpi;

use crate::picture::jpeg_block::{ROUND, SIDE, limited, transposed};
use crate::picture::simd;

/// The lobes of the filter on each side.
const LOBES: f64 = 3.0;
/// How many rows are added at once.
const TOGETHER: usize = 4;

/// The weights of the samples that each sample of the result is made from.
#[derive(Debug, Clone)]
struct Weights {
    /// For each sample of the result, the first one that it is made from.
    first: Vec<usize>,
    /// How many there are.
    count: usize,
    values: Vec<f32>,
}

impl Weights {
    /// The weights for scaling the first `extent` of so many samples.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "positions within a picture, and weights of at most 1"
    )]
    fn new(samples: usize, extent: f64, target: usize) -> Self {
        let step = extent / target as f64;
        let scale = step.max(1.0);
        let count = ((2.0 * LOBES * scale).ceil() as usize).min(samples);
        let (mut first, mut values) = (Vec::new(), Vec::new());
        for index in 0..target {
            let middle = (index as f64 + 0.5) * step;
            // The first whose middle is within the reach of the filter.
            let start = (middle - LOBES * scale - 0.5).floor() + 1.0;
            let start = start.max(0.0) as usize;
            let start = start.min(samples - count);
            let position = |sample: usize| (sample as f64 + 0.5 - middle) / scale;
            let raw: Vec<f64> = (start..start + count).map(|it| lanczos(position(it))).collect();
            let sum: f64 = raw.iter().sum();
            first.push(start);
            values.extend(raw.iter().map(|weight| (weight / sum) as f32));
        }
        Self { first, count, values }
    }

    fn weights(&self, index: usize) -> (usize, &[f32]) {
        (self.first[index], &self.values[index * self.count..][..self.count])
    }
}

/// The Lanczos filter.
fn lanczos(x: f64) -> f64 {
    if x == 0.0 {
        1.0
    } else if x.abs() < LOBES {
        let angle = std::f64::consts::PI * x;
        LOBES * f_sinpi(x) * f_sinpi(x / LOBES) / (angle * angle)
    } else {
        0.0
    }
}

/// Scales one channel.
#[derive(Debug)]
pub(in crate::picture) struct PlaneScaler {
    height: usize,
    width: usize,
    across: Weights,
    down: Weights,
    /// The rows that are scaled horizontally and may still be needed, the number of the first, and
    /// of the one after the last.
    rows: Vec<f32>,
    first: usize,
    end: usize,
    /// The sums of a row, and the rows of the result.
    sums: Vec<f32>,
    result: Vec<u8>,
    done: usize,
}

impl PlaneScaler {
    /// A scaler of so many samples, of which those within `extent` are scaled to `target`. No side
    /// is 0.
    pub(in crate::picture) fn new(
        samples: (usize, usize),
        extent: (f64, f64),
        target: (usize, usize),
    ) -> Self {
        Self {
            height: samples.1,
            width: target.0,
            across: Weights::new(samples.0, extent.0, target.0),
            down: Weights::new(samples.1, extent.1, target.1),
            rows: Vec::new(),
            first: 0,
            end: 0,
            sums: vec![0.0; target.0],
            result: Vec::with_capacity(target.0 * target.1),
            done: 0,
        }
    }

    /// Another scaler for a channel of the same size, before any rows are added.
    pub(in crate::picture) fn another(&self) -> Self {
        Self {
            across: self.across.clone(),
            down: self.down.clone(),
            rows: Vec::new(),
            sums: self.sums.clone(),
            result: Vec::with_capacity(self.result.capacity()),
            ..*self
        }
    }

    /// Adds `count` rows, at most eight, as columns. Columns and rows beyond the last are ignored.
    pub(in crate::picture) fn push(&mut self, columns: &[[f32; SIDE]], count: usize) {
        dispatch!(simd::level(), simd => self.push_rows(simd, columns, count));
    }

    #[inline(always)]
    fn push_rows<S: Simd>(&mut self, simd: S, columns: &[[f32; SIDE]], count: usize) {
        let start = self.rows.len();
        self.rows.resize(start + count * self.width, 0.0);
        let rows = &mut self.rows[start..];
        // Eight columns of the result are calculated at once, to be written as rows.
        for x in (0..self.width).step_by(SIDE) {
            let across = (self.width - x).min(SIDE);
            let mut scaled = [f32x8::splat(simd, 0.0); SIDE];
            for (index, scaled) in scaled.iter_mut().enumerate().take(across) {
                let (first, weights) = self.across.weights(x + index);
                let mut sums = f32x8::splat(simd, 0.0);
                for (column, weight) in columns[first..].iter().zip(weights) {
                    sums += f32x8::from_slice(simd, column) * *weight;
                }
                *scaled = sums;
            }
            for (y, row) in transposed(scaled).iter().enumerate().take(count) {
                let target = &mut rows[y * self.width + x..][..across];
                if across == SIDE {
                    row.store_slice(target);
                } else {
                    target.copy_from_slice(&row.as_slice()[..across]);
                }
            }
        }
        self.end = (self.end + count).min(self.height);
        self.scale_down(simd);
    }

    /// Scales vertically what can be scaled, and removes the rows that are no longer needed.
    #[inline(always)]
    fn scale_down<S: Simd>(&mut self, _: S) {
        while let Some(&first) = self.down.first.get(self.done)
            && first + self.down.count <= self.end
        {
            let (first, weights) = self.down.weights(self.done);
            let rows = &self.rows[(first - self.first) * self.width..];
            self.sums.fill(0.0);
            add_rows(&mut self.sums, rows, weights);
            self.result.extend(self.sums.iter().map(|sum| rounded(*sum)));
            self.done += 1;
        }
        let needed = self.down.first.get(self.done).copied().unwrap_or(self.end).min(self.end);
        // Rows are removed now and then, since the others are moved.
        if needed - self.first >= 4 * self.down.count {
            self.rows.drain(..(needed - self.first) * self.width);
            self.first = needed;
        }
    }

    /// The scaled channel.
    pub(in crate::picture) fn finish(self) -> Vec<u8> {
        self.result
    }
}

/// Adds weighted rows.
#[inline(always)]
fn add_rows(sums: &mut [f32], rows: &[f32], weights: &[f32]) {
    let width = sums.len();
    let (groups, rest) = weights.as_chunks::<TOGETHER>();
    let mut rows = rows.chunks_exact(width);
    for weights in groups {
        let mut next = || rows.next().unwrap_or_default();
        let (one, two, three, four) = (next(), next(), next(), next());
        let others = one.iter().zip(two).zip(three).zip(four);
        for (sum, (((one, two), three), four)) in sums.iter_mut().zip(others) {
            *sum +=
                (one * weights[0] + two * weights[1]) + (three * weights[2] + four * weights[3]);
        }
    }
    for (row, weight) in rows.zip(rest) {
        for (sum, sample) in sums.iter_mut().zip(row) {
            *sum += sample * weight;
        }
    }
}

/// The nearest sample; halves go to the even one.
#[inline(always)]
fn rounded(sample: f32) -> u8 {
    (limited(sample) + ROUND).to_bits().to_le_bytes()[0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Pixels;
    use crate::picture::process::resize::scaled_to;
    use crate::picture::process::samples::{Channels, Samples};

    /// A picture with edges and gradients, as rows.
    fn picture(width: usize, height: usize) -> Vec<u8> {
        let sample = |index: usize| {
            let (x, y) = (index % width, index / width);
            let edge = if (x / 9 + y / 7) % 3 == 0 { 50 } else { 0 };
            // The filter stays within the range of samples, which the other limits between passes.
            u8::try_from((x * 3 + y * 2) % 80 + edge + 60).unwrap()
        };
        (0..width * height).map(sample).collect()
    }

    /// The picture scaled, from so many rows at a time, with samples beyond its edges.
    fn scaled(
        rows: &[u8],
        (width, height): (usize, usize),
        count: usize,
        target: (usize, usize),
    ) -> Vec<u8> {
        let number = |side: usize| f64::from(u16::try_from(side).unwrap());
        let extent = (number(width), number(height));
        let mut scaler = PlaneScaler::new((width, height), extent, target).another();
        for top in (0..height).step_by(count) {
            let sample = |x: usize, y: usize| {
                let is_inside = x < width && y < height.min(top + count);
                if is_inside { rows[y * width + x].into() } else { 77.0 }
            };
            let columns = (0..width.next_multiple_of(SIDE))
                .map(|x| std::array::from_fn(|y| sample(x, top + y)));
            scaler.push(&columns.collect::<Vec<[f32; SIDE]>>(), count);
        }
        scaler.finish()
    }

    #[test]
    fn rows_that_arrive_in_parts_are_scaled_like_a_whole_picture() {
        let size = (157, 203);
        let rows = picture(size.0, size.1);
        for (count, target) in [(8, (101, 127)), (6, (157, 203)), (3, (20, 31)), (1, (211, 260))] {
            let result = scaled(&rows, size, count, target);
            let pixels = |(width, height): (usize, usize)| Pixels {
                width: u32::try_from(width).unwrap(),
                height: u32::try_from(height).unwrap(),
            };
            let samples =
                Samples { pixels: pixels(size), channels: Channels::Gray, bytes: rows.clone() };
            let expected = scaled_to(samples, pixels(target)).unwrap().bytes;
            assert_eq!(result.len(), expected.len());
            // The other rounds between its two passes.
            let differences = result.iter().zip(&expected).map(|(one, other)| one.abs_diff(*other));
            assert!(differences.max().unwrap() <= 3, "{count} {target:?}");
        }
    }

    #[test]
    fn a_picture_in_its_own_size_stays_the_same() {
        let rows = picture(40, 30);
        assert_eq!(scaled(&rows, (40, 30), 8, (40, 30)), rows);
    }
}
