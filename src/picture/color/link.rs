//! The same way, drawn up beforehand for every level that a channel can have, so that
//! millions of pixels go through it.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "levels are clamped, and tables are short"
)]

use crate::picture::color::device::DeviceProfile;
use crate::picture::color::srgb;
use crate::picture::color::way::Transform;

/// Nodes along each axis of three, and of four.
const OF_THREE: usize = 33;
const OF_FOUR: usize = 17;
/// Steps in which linear light is turned into levels.
const LIGHTS: usize = 1 << 15;

/// A sample of 8 or 16 bits.
pub(in crate::picture) trait Sample: Copy {
    /// The most there can be.
    const MOST: usize;

    fn index(self) -> usize;
}

impl Sample for u8 {
    const MOST: usize = 255;

    fn index(self) -> usize {
        self.into()
    }
}

impl Sample for u16 {
    const MOST: usize = 65535;

    fn index(self) -> usize {
        self.into()
    }
}

/// A way for samples of one width.
#[derive(Debug)]
pub(in crate::picture) struct SampleTransform {
    outputs: usize,
    kind: SampleKind,
}

#[derive(Debug)]
enum SampleKind {
    /// What each level of one channel becomes.
    Tone(Vec<[u8; 4]>),
    /// Light of each level; the primaries' matrix, black beside it; levels of light.
    Shaper {
        light: [Vec<f32>; 3],
        matrix: [[f32; 4]; 3],
        levels: Vec<u8>,
    },
    Three {
        axes: [Vec<GridPosition>; 3],
        nodes: Vec<Node>,
    },
    Four {
        axes: [Vec<GridPosition>; 4],
        nodes: Vec<Node>,
    },
}

type Node = [f32; 4];

/// Where a level lies along an axis: the node below, counted in nodes of the table, and
/// the share of the way to the next.
#[derive(Debug, Clone, Copy)]
struct GridPosition {
    node: u32,
    share: f32,
}

impl SampleTransform {
    /// Draws up a way for samples up to `most`.
    pub(super) fn new(
        way: &Transform,
        from: &DeviceProfile,
        channels: usize,
        outputs: usize,
        to_srgb: bool,
        most: usize,
    ) -> Self {
        let level = |index: usize| index as f64 / most as f64;
        let kind = match (channels, from.shaper()) {
            (1, _) => SampleKind::Tone(
                (0..=most).map(|index| way.at([level(index), 0.0, 0.0, 0.0]).map(to_8)).collect(),
            ),
            (3, Some((curves, matrix))) if to_srgb => {
                // No table in between: what sRGB lacks is cut off as sharply as it should be.
                let light = curves
                    .map(|curve| (0..=most).map(|index| curve.at(level(index)) as f32).collect());
                let primary = |colour| srgb::linear(way.compensated(colour));
                let black = primary([0.0; 3]);
                let columns = [0, 1, 2].map(|column| primary(matrix.map(|row| row[column])));
                let matrix = [0, 1, 2].map(|row| {
                    let [r, g, b] = columns.map(|column| column[row] - black[row]);
                    [r, g, b, black[row]].map(|share| share as f32)
                });
                let levels = (0..=LIGHTS)
                    .map(|step| to_8(srgb::encoded([step as f64 / LIGHTS as f64; 3])[0]))
                    .collect();
                SampleKind::Shaper { light, matrix, levels }
            }
            (3, Some((curves, matrix))) => {
                // Nodes at equal distances for the eye, whatever the device's curves are.
                let axes = [0, 1, 2].map(|axis| {
                    let place = |index| srgb::encoded([curves[axis].at(level(index)); 3])[0];
                    axis_of(most, OF_THREE, 2 - axis, place)
                });
                let nodes = nodes::<3>(OF_THREE, |place| {
                    let [r, g, b] = [place[0], place[1], place[2]].map(srgb::light);
                    let colour = matrix.map(|row| row[0] * r + row[1] * g + row[2] * b);
                    way.back(colour)
                });
                SampleKind::Three { axes, nodes }
            }
            (3, None) => SampleKind::Three {
                axes: [0, 1, 2].map(|axis| axis_of(most, OF_THREE, 2 - axis, level)),
                nodes: nodes::<3>(OF_THREE, |place| way.at(place)),
            },
            _ => SampleKind::Four {
                axes: [0, 1, 2, 3].map(|axis| axis_of(most, OF_FOUR, 3 - axis, level)),
                nodes: nodes::<4>(OF_FOUR, |place| way.at(place)),
            },
        };
        Self { outputs, kind }
    }

    /// Whether red, green and blue stay what they are, but for rounding.
    pub(super) fn is_same(&self) -> bool {
        let SampleKind::Shaper { matrix, .. } = &self.kind else { return false };
        let straight = matrix.iter().enumerate().all(|(index, row)| {
            let one = |column| if index == column { 1.0 } else { 0.0 };
            (0..3).all(|column| (row[column] - one(column)).abs() < 0.004)
        });
        let ramp: Vec<u8> = (0..=255).flat_map(|level| [level; 3]).collect();
        let mut after = vec![0; ramp.len()];
        self.convert(&ramp, &mut after);
        straight && ramp.iter().zip(&after).all(|(before, after)| before.abs_diff(*after) <= 1)
    }

    /// How many samples a pixel has afterwards.
    pub(in crate::picture) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Converts pixels, as many as there are.
    pub(in crate::picture) fn convert<S: Sample>(&self, from: &[S], into: &mut [u8]) {
        match self.outputs {
            1 => self.convert_to::<S, 1>(from, into),
            3 => self.convert_to::<S, 3>(from, into),
            _ => self.convert_to::<S, 4>(from, into),
        }
    }

    fn convert_to<S: Sample, const N: usize>(&self, from: &[S], into: &mut [u8]) {
        let (into, _) = into.as_chunks_mut::<N>();
        match &self.kind {
            SampleKind::Tone(tones) => {
                for (&from, into) in from.iter().zip(into) {
                    into.copy_from_slice(&tones[from.index()][..N]);
                }
            }
            SampleKind::Shaper { light, matrix, levels } => {
                let (from, _) = from.as_chunks::<3>();
                for (&[r, g, b], into) in from.iter().zip(into) {
                    let [r, g, b] = [light[0][r.index()], light[1][g.index()], light[2][b.index()]];
                    for (into, row) in into.iter_mut().zip(matrix) {
                        let light = row[0] * r + row[1] * g + row[2] * b + row[3];
                        let step = light.clamp(0.0, 1.0) * LIGHTS as f32 + 0.5;
                        *into = levels[step as usize];
                    }
                }
            }
            SampleKind::Three { axes, nodes } => {
                let (from, _) = from.as_chunks::<3>();
                for (from, into) in from.iter().zip(into) {
                    let places = [0, 1, 2].map(|axis: usize| axes[axis][from[axis].index()]);
                    let start = places.iter().map(|place| place.node as usize).sum();
                    let node = within(nodes, start, places.map(|place| place.share), OF_THREE);
                    into.copy_from_slice(&node.map(level)[..N]);
                }
            }
            SampleKind::Four { axes, nodes } => {
                let (from, _) = from.as_chunks::<4>();
                for (from, into) in from.iter().zip(into) {
                    let places = [0, 1, 2, 3].map(|axis: usize| axes[axis][from[axis].index()]);
                    let start = places.iter().map(|place| place.node as usize).sum::<usize>();
                    let [first, rest @ ..] = places.map(|place| place.share);
                    let low = within(nodes, start, rest, OF_FOUR);
                    let high = within(nodes, start + OF_FOUR * OF_FOUR * OF_FOUR, rest, OF_FOUR);
                    let node: Node = std::array::from_fn(|index| {
                        low[index] + (high[index] - low[index]) * first
                    });
                    into.copy_from_slice(&node.map(level)[..N]);
                }
            }
        }
    }
}

/// The value in a cell of three axes with `axis` nodes each: in the tetrahedron around the
/// place, which is the way from the lowest node along the largest share first.
#[inline]
fn within(nodes: &[Node], start: usize, [x, y, z]: [f32; 3], axis: usize) -> Node {
    let (dx, dy, dz) = (axis * axis, axis, 1);
    let ((first, high), (second, middle), low) = match (x >= y, y >= z, x >= z) {
        (true, true, _) => ((dx, x), (dy, y), z),
        (true, false, true) => ((dx, x), (dz, z), y),
        (true, false, false) => ((dz, z), (dx, x), y),
        (false, _, true) => ((dy, y), (dx, x), z),
        (false, true, false) => ((dy, y), (dz, z), x),
        (false, false, false) => ((dz, z), (dy, y), x),
    };
    let corners = [
        &nodes[start],
        &nodes[start + first],
        &nodes[start + first + second],
        &nodes[start + dx + dy + dz],
    ];
    let shares = [1.0 - high, high - middle, middle - low, low];
    std::array::from_fn(|index| {
        corners[0][index] * shares[0]
            + corners[1][index] * shares[1]
            + corners[2][index] * shares[2]
            + corners[3][index] * shares[3]
    })
}

/// Where each level lies along an axis of `count` nodes which runs `rank` ranks slower
/// than the fastest.
fn axis_of(
    most: usize,
    count: usize,
    rank: usize,
    place: impl Fn(usize) -> f64,
) -> Vec<GridPosition> {
    let stride = (0..rank).fold(1, |stride, _| stride * count);
    (0..=most)
        .map(|index| {
            let at = place(index).clamp(0.0, 1.0) * (count - 1) as f64;
            // The last level lies at the end of the last cell, not in a cell of its own.
            let below = (at as usize).min(count - 2);
            GridPosition { node: (below * stride) as u32, share: (at - below as f64) as f32 }
        })
        .collect()
}

/// The nodes of a table of `N` axes, the last one running fastest.
fn nodes<const N: usize>(count: usize, value: impl Fn([f64; 4]) -> [f64; 4]) -> Vec<Node> {
    let size = (0..N).fold(1, |size, _| size * count);
    (0..size)
        .map(|index| {
            let mut left = index;
            let mut place = [0.0; 4];
            for axis in (0..N).rev() {
                place[axis] = (left % count) as f64 / (count - 1) as f64;
                left /= count;
            }
            value(place).map(|value| value as f32)
        })
        .collect()
}

fn level(value: f32) -> u8 {
    (value * 255.0 + 0.5) as u8
}

fn to_8(value: f64) -> u8 {
    (value.clamp(0.0, 1.0) * 255.0).round() as u8
}
