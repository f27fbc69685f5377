//! Conversion of RGB to sRGB by three curves and a matrix: exact, without a table in between, so
//! that colours outside the gamut are clipped as they are.

#![expect(clippy::inline_always, reason = "vectors must be calculated where their kind is known")]

use fearless_simd::{Simd, dispatch};

use crate::picture::color::srgb_curve;
use crate::picture::jpeg_block::ROUND;
use crate::picture::simd;

/// The number of steps of linear light that are encoded.
const STEPS: u16 = 1 << 15;

/// How many pixels are converted at once.
pub(in crate::picture) const TOGETHER: usize = 64;

/// Pixels by channel.
pub(in crate::picture) type PixelGroup = [[u8; TOGETHER]; 3];

/// Curves and a matrix.
#[derive(Debug)]
pub(super) struct MatrixShaper {
    /// The linear light of each level of each channel.
    light: [[f32; 256]; 3],
    /// The linear light of sRGB: the factors of the three channels, and the light of black.
    matrix: [[f32; 4]; 3],
    /// The level of each step of linear light.
    levels: Vec<u8>,
}

impl MatrixShaper {
    /// The tables for these curves, each of which gives the light of a level, and this matrix.
    pub(super) fn new(curves: &[impl Fn(usize) -> f32; 3], matrix: [[f32; 4]; 3]) -> Self {
        let step = |step: u16| nearest_level(f64::from(step) / f64::from(STEPS));
        let light = curves.each_ref().map(std::array::from_fn);
        Self { light, matrix, levels: (0..=STEPS).map(step).collect() }
    }

    /// The matrix, with the light of black in the last column.
    pub(super) fn matrix(&self) -> &[[f32; 4]; 3] {
        &self.matrix
    }

    /// Converts a group of pixels.
    pub(super) fn convert(&self, pixels: &mut PixelGroup) {
        dispatch!(simd::level(), simd => self.convert_with(simd, pixels));
    }

    #[inline(always)]
    fn convert_with<S: Simd>(&self, _: S, pixels: &mut PixelGroup) {
        let mut light = [[0.0_f32; TOGETHER]; 3];
        for ((light, levels), curve) in light.iter_mut().zip(&*pixels).zip(&self.light) {
            for (light, level) in light.iter_mut().zip(levels) {
                *light = curve[usize::from(*level)];
            }
        }
        let [red, green, blue] = &light;
        for (levels, row) in pixels.iter_mut().zip(&self.matrix) {
            let mut steps = [0_u32; TOGETHER];
            for (index, step) in steps.iter_mut().enumerate() {
                let sum = row[0] * red[index] + row[1] * green[index] + row[2] * blue[index];
                *step = nearest_step(sum + row[3]);
            }
            for (level, step) in levels.iter_mut().zip(steps) {
                *level = self.levels[(step & u32::from(u16::MAX)) as usize];
            }
        }
    }
}

/// The step that is the nearest to linear light, in the lower 16 bits.
#[inline(always)]
fn nearest_step(light: f32) -> u32 {
    let light = if light > 0.0 { light } else { 0.0 };
    let light = if light < 1.0 { light } else { 1.0 };
    (light * f32::from(STEPS) + ROUND).to_bits()
}

/// The level of sRGB for linear light.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "levels are within their range"
)]
fn nearest_level(light: f64) -> u8 {
    (srgb_curve::encode([light; 3])[0].clamp(0.0, 1.0) * 255.0).round() as u8
}
