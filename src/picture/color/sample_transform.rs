//! Precalculated transforms for samples, fast enough for millions of pixels.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "levels are clamped, and tables are short"
)]

use crate::picture::color::device_profile::DeviceProfile;
use crate::picture::color::matrix_shaper::{MatrixShaper, PixelGroup, TOGETHER};
use crate::picture::color::srgb_curve;
use crate::picture::color::transform::Transform;

/// The nodes along each axis of three and of four.
const GRID_3: usize = 33;
const GRID_4: usize = 17;

/// The maximum value of a sample.
const MAX: usize = 255;

/// A transform for 8-bit samples.
#[derive(Debug)]
pub(in crate::picture) struct SampleTransform {
    outputs: usize,
    tables: LookupTables,
}

#[derive(Debug)]
enum LookupTables {
    /// The output for each level of one channel.
    Curve(Vec<[u8; 4]>),
    MatrixShaper(Box<MatrixShaper>),
    Grid3 {
        axes: [Vec<GridPosition>; 3],
        nodes: Vec<GridNode>,
        /// With one output: for each cell, by the offset of its lowest node, the lowest and the
        /// highest output within it.
        ranges: Vec<[u8; 2]>,
    },
    Grid4 {
        axes: [Vec<GridPosition>; 4],
        nodes: Vec<GridNode>,
    },
}

type GridNode = [f32; 4];

/// The position of a level along an axis: the offset of the node below it, and the fraction of the
/// distance to the next node.
#[derive(Debug, Clone, Copy)]
struct GridPosition {
    node: u32,
    fraction: f32,
}

impl SampleTransform {
    /// Precalculates a transform.
    pub(super) fn new(
        transform: &Transform,
        source: &DeviceProfile,
        channels: usize,
        outputs: usize,
        to_srgb: bool,
    ) -> Self {
        let level = |index: usize| index as f64 / MAX as f64;
        let tables = match (channels, source.matrix_shaper()) {
            (1, _) => LookupTables::Curve(
                (0..=MAX)
                    .map(|index| transform.apply([level(index), 0.0, 0.0, 0.0]).map(to_8))
                    .collect(),
            ),
            (3, Some((curves, matrix))) if to_srgb => {
                let primary = |colour| srgb_curve::linear_from_xyz(transform.compensate(colour));
                let black = primary([0.0; 3]);
                let columns = [0, 1, 2].map(|column| primary(matrix.map(|row| row[column])));
                let matrix = [0, 1, 2].map(|row| {
                    let [r, g, b] = columns.map(|column| column[row] - black[row]);
                    [r, g, b, black[row]].map(|value| value as f32)
                });
                let curves = curves.map(|curve| move |index| curve.apply(level(index)) as f32);
                LookupTables::MatrixShaper(Box::new(MatrixShaper::new(&curves, matrix)))
            }
            (3, Some((curves, matrix))) => {
                // The nodes are at visually equal distances, whatever the device's curves are.
                let axes = [0, 1, 2].map(|axis| {
                    let position =
                        |index| srgb_curve::encode([curves[axis].apply(level(index)); 3])[0];
                    axis_positions(GRID_3, 2 - axis, position)
                });
                let nodes = nodes::<3>(GRID_3, |position| {
                    let [r, g, b] = [position[0], position[1], position[2]].map(srgb_curve::decode);
                    let colour = matrix.map(|row| row[0] * r + row[1] * g + row[2] * b);
                    transform.convert_xyz(colour)
                });
                grid_3(axes, nodes, outputs)
            }
            (3, None) => {
                let axes = [0, 1, 2].map(|axis| axis_positions(GRID_3, 2 - axis, level));
                grid_3(axes, nodes::<3>(GRID_3, |position| transform.apply(position)), outputs)
            }
            _ => LookupTables::Grid4 {
                axes: [0, 1, 2, 3].map(|axis| axis_positions(GRID_4, 3 - axis, level)),
                nodes: nodes::<4>(GRID_4, |position| transform.apply(position)),
            },
        };
        Self { outputs, tables }
    }

    /// Whether RGB values stay the same, except for rounding.
    pub(super) fn is_identity(&self) -> bool {
        let LookupTables::MatrixShaper(shaper) = &self.tables else { return false };
        let straight = shaper.matrix().iter().enumerate().all(|(index, row)| {
            let one = |column| if index == column { 1.0 } else { 0.0 };
            (0..3).all(|column| (row[column] - one(column)).abs() < 0.004)
        });
        let ramp: Vec<u8> = (0..=255).flat_map(|level| [level; 3]).collect();
        let mut after = vec![0; ramp.len()];
        self.convert(&ramp, &mut after);
        straight && ramp.iter().zip(&after).all(|(before, after)| before.abs_diff(*after) <= 1)
    }

    /// The number of samples per pixel in the output.
    pub(in crate::picture) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Converts all pixels of a slice.
    pub(in crate::picture) fn convert(&self, input: &[u8], out: &mut [u8]) {
        match self.outputs {
            1 => self.convert_to::<1>(input, out),
            3 => self.convert_to::<3>(input, out),
            _ => self.convert_to::<4>(input, out),
        }
    }

    /// Converts a group of RGB pixels to others with three channels.
    pub(in crate::picture) fn convert_group(&self, group: &mut PixelGroup) {
        if let LookupTables::MatrixShaper(shaper) = &self.tables {
            shaper.convert(group);
            return;
        }
        let input: [[u8; 3]; TOGETHER] =
            std::array::from_fn(|index| group.each_ref().map(|channel| channel[index]));
        let mut out = [[0; 3]; TOGETHER];
        self.convert(input.as_flattened(), out.as_flattened_mut());
        for (index, pixel) in out.into_iter().enumerate() {
            for (channel, level) in group.iter_mut().zip(pixel) {
                channel[index] = level;
            }
        }
    }

    /// Whether the output of each pixel is above a limit, for a transform with one output: faster
    /// than converting them, since most cells of a table are above or below it as a whole.
    pub(in crate::picture) fn is_above(&self, limit: u8, input: &[u8], out: &mut [bool]) {
        if let LookupTables::Grid3 { axes, nodes, ranges } = &self.tables
            && !ranges.is_empty()
        {
            let (input, _) = input.as_chunks::<3>();
            for (input, out) in input.iter().zip(out) {
                let positions = positions(axes, *input);
                let start = lowest_node(&positions);
                let [low, high] = ranges[start];
                *out = low > limit
                    || high > limit && {
                        let fractions = positions.map(|position| position.fraction);
                        level(interpolate(nodes, start, fractions, GRID_3)[0]) > limit
                    };
            }
            return;
        }
        let mut levels = vec![0; out.len()];
        self.convert(input, &mut levels);
        for (out, level) in out.iter_mut().zip(levels) {
            *out = level > limit;
        }
    }

    fn convert_to<const N: usize>(&self, input: &[u8], out: &mut [u8]) {
        let (out, _) = out.as_chunks_mut::<N>();
        match &self.tables {
            LookupTables::Curve(tones) => {
                for (&input, out) in input.iter().zip(out) {
                    out.copy_from_slice(&tones[usize::from(input)][..N]);
                }
            }
            LookupTables::MatrixShaper(shaper) => {
                let (input, _) = input.as_chunks::<3>();
                let mut group = [[0; TOGETHER]; 3];
                for (input, out) in input.chunks(TOGETHER).zip(out.chunks_mut(TOGETHER)) {
                    for (index, pixel) in input.iter().enumerate() {
                        for (channel, level) in group.iter_mut().zip(pixel) {
                            channel[index] = *level;
                        }
                    }
                    shaper.convert(&mut group);
                    for (index, pixel) in out.iter_mut().enumerate() {
                        for (level, channel) in pixel.iter_mut().zip(&group) {
                            *level = channel[index];
                        }
                    }
                }
            }
            LookupTables::Grid3 { axes, nodes, .. } => {
                let (input, _) = input.as_chunks::<3>();
                for (input, out) in input.iter().zip(out) {
                    let positions = positions(axes, *input);
                    let start = lowest_node(&positions);
                    let node = interpolate(
                        nodes,
                        start,
                        positions.map(|position| position.fraction),
                        GRID_3,
                    );
                    out.copy_from_slice(&node.map(level)[..N]);
                }
            }
            LookupTables::Grid4 { axes, nodes } => {
                let (input, _) = input.as_chunks::<4>();
                for (input, out) in input.iter().zip(out) {
                    let positions =
                        [0, 1, 2, 3].map(|axis: usize| axes[axis][usize::from(input[axis])]);
                    let start =
                        positions.iter().map(|position| position.node as usize).sum::<usize>();
                    let [first, rest @ ..] = positions.map(|position| position.fraction);
                    let low = interpolate(nodes, start, rest, GRID_4);
                    let high = interpolate(nodes, start + GRID_4 * GRID_4 * GRID_4, rest, GRID_4);
                    let node: GridNode = std::array::from_fn(|index| {
                        low[index] + (high[index] - low[index]) * first
                    });
                    out.copy_from_slice(&node.map(level)[..N]);
                }
            }
        }
    }
}

fn grid_3(axes: [Vec<GridPosition>; 3], nodes: Vec<GridNode>, outputs: usize) -> LookupTables {
    let ranges = if outputs == 1 { ranges(&nodes) } else { Vec::new() };
    LookupTables::Grid3 { axes, nodes, ranges }
}

/// The lowest and the highest level of the first output in each cell of a table with three axes.
fn ranges(nodes: &[GridNode]) -> Vec<[u8; 2]> {
    /// More than what interpolation loses to rounding.
    const MARGIN: f32 = 1e-5;
    let (dx, dy) = (GRID_3 * GRID_3, GRID_3);
    let offsets = [0, 1, dy, dy + 1, dx, dx + 1, dx + dy, dx + dy + 1];
    let cell = |start: usize| {
        // Beyond the last cell of an axis, there is none.
        let corners = offsets.iter().filter_map(|offset| Some(nodes.get(start + offset)?[0]));
        let (low, high) = corners
            .fold((f32::MAX, f32::MIN), |(low, high), value| (low.min(value), high.max(value)));
        [level(low - MARGIN), level(high + MARGIN)]
    };
    (0..nodes.len()).map(cell).collect()
}

/// The positions of a pixel along the axes.
#[inline]
fn positions(axes: &[Vec<GridPosition>; 3], pixel: [u8; 3]) -> [GridPosition; 3] {
    [0, 1, 2].map(|axis: usize| axes[axis][usize::from(pixel[axis])])
}

/// The offset of the lowest node of a cell.
#[inline]
fn lowest_node(positions: &[GridPosition; 3]) -> usize {
    positions.iter().map(|position| position.node as usize).sum()
}

/// Interpolates in a cell of a table with three axes of `axis` nodes each, within the tetrahedron
/// around the point: along the axis with the largest fraction first, beginning at the lowest node.
#[inline]
fn interpolate(nodes: &[GridNode], start: usize, [x, y, z]: [f32; 3], axis: usize) -> GridNode {
    let (dx, dy, dz) = (axis * axis, axis, 1);
    // Selected, not branched to: the order of the axes differs from pixel to pixel.
    let (xy, yz, xz) = (x >= y, y >= z, x >= z);
    let first = if xy {
        if xz { dx } else { dz }
    } else if yz {
        dy
    } else {
        dz
    };
    let last = if xy {
        if yz { dz } else { dy }
    } else if xz {
        dz
    } else {
        dx
    };
    let (high, low) = (x.max(y).max(z), x.min(y).min(z));
    let middle = x.min(y).max(x.max(y).min(z));
    let end = start + dx + dy + dz;
    let corners = [&nodes[start], &nodes[start + first], &nodes[end - last], &nodes[end]];
    let weights = [1.0 - high, high - middle, middle - low, low];
    std::array::from_fn(|index| {
        corners[0][index] * weights[0]
            + corners[1][index] * weights[1]
            + corners[2][index] * weights[2]
            + corners[3][index] * weights[3]
    })
}

/// The position of each level along an axis of `count` nodes, which varies more slowly than `rank`
/// other axes.
fn axis_positions(count: usize, rank: usize, position: impl Fn(usize) -> f64) -> Vec<GridPosition> {
    let stride = (0..rank).fold(1, |stride, _| stride * count);
    (0..=MAX)
        .map(|index| {
            let along = position(index).clamp(0.0, 1.0) * (count - 1) as f64;
            // The last level is at the end of the last cell.
            let below = (along as usize).min(count - 2);
            GridPosition { node: (below * stride) as u32, fraction: (along - below as f64) as f32 }
        })
        .collect()
}

/// The nodes of a table with `N` axes, of which the last one varies fastest.
fn nodes<const N: usize>(count: usize, value: impl Fn([f64; 4]) -> [f64; 4]) -> Vec<GridNode> {
    let size = (0..N).fold(1, |size, _| size * count);
    (0..size)
        .map(|index| {
            let mut left = index;
            let mut position = [0.0; 4];
            for axis in (0..N).rev() {
                position[axis] = (left % count) as f64 / (count - 1) as f64;
                left /= count;
            }
            value(position).map(|value| value as f32)
        })
        .collect()
}

fn level(value: f32) -> u8 {
    (value * 255.0 + 0.5) as u8
}

fn to_8(value: f64) -> u8 {
    (value.clamp(0.0, 1.0) * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use moxcms::ColorProfile;

    use super::*;
    use crate::model::RenderingIntent;
    use crate::picture::bundled_profiles::fogra39;
    use crate::picture::color::transform::Destination;
    use crate::picture::color::{ColorTarget, ColorTransforms};
    use crate::picture::process::samples::Channels;

    #[test]
    fn a_group_of_pixels_is_converted_like_a_row() {
        let profile = ColorProfile::new_display_p3().encode().unwrap();
        let source = DeviceProfile::new(&profile).unwrap();
        let transform =
            Transform::new(&source, 3, Destination::Srgb, RenderingIntent::Relative).unwrap();
        let mut group: PixelGroup = [[0; TOGETHER]; 3];
        let levels = (0..=u8::MAX).map(|level| level.wrapping_mul(77)).cycle();
        for (sample, level) in group.as_flattened_mut().iter_mut().zip(levels) {
            *sample = level;
        }
        let pixels = |group: &PixelGroup| -> Vec<u8> {
            (0..TOGETHER).flat_map(|index| [0, 1, 2].map(|channel| group[channel][index])).collect()
        };
        // With the curves and the matrix, and with a table.
        for to_srgb in [true, false] {
            let transform = SampleTransform::new(&transform, &source, 3, 3, to_srgb);
            // One more pixel than a group has.
            let mut row = pixels(&group);
            row.extend([9, 99, 199]);
            let mut converted = vec![0; row.len()];
            transform.convert(&row, &mut converted);
            let mut group = group;
            transform.convert_group(&mut group);
            assert_eq!(pixels(&group), converted[..TOGETHER * 3], "{to_srgb}");
            let mut last = [0; 3];
            transform.convert(&[9, 99, 199], &mut last);
            assert_eq!(converted[TOGETHER * 3..], last);
        }
    }

    #[test]
    fn what_is_above_a_limit_is_what_is_converted_to_more() {
        let target = ColorTarget::Difference(fogra39());
        let transform = ColorTransforms::default()
            .get(Channels::Rgb, None, target, RenderingIntent::Relative)
            .expect("a transform")
            .expect("a difference");
        let levels = || (0..=255_u8).step_by(5).chain([1, 254]);
        let pixels =
            levels().flat_map(|r| levels().flat_map(move |g| levels().map(move |b| [r, g, b])));
        let pixels: Vec<u8> = pixels.flatten().collect();
        let mut differences = vec![0; pixels.len() / 3];
        transform.convert(&pixels, &mut differences);
        for limit in [0, 20, 50, 51, 100, 255] {
            let mut is_above = vec![false; differences.len()];
            transform.is_above(limit, &pixels, &mut is_above);
            assert!(differences.iter().zip(&is_above).all(|(it, above)| (*it > limit) == *above));
            let count = is_above.iter().filter(|above| **above).count();
            assert_eq!(count == 0, limit == 255, "{limit}: {count}");
        }
    }
}
