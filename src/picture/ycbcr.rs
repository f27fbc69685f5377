//! Luminance and chrominance, and the RGB of which they are made (ITU-T T.871, 7).

#![expect(clippy::inline_always, reason = "vectors must be calculated where their kind is known")]

use fearless_simd::{Simd, dispatch};

use crate::model::Pixels;
use crate::picture::color::{PixelGroup, SampleTransform, TOGETHER};
use crate::picture::jpeg_write::{Plane, Planes};
use crate::picture::process::samples::{Channels, Samples};
use crate::picture::simd;

/// The RGB of a luminance and two chrominances.
#[inline(always)]
pub(in crate::picture) fn rgb_from_ycbcr([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let (luma, blue, red) = (i32::from(y) << 16, i32::from(cb) - 128, i32::from(cr) - 128);
    // 1.402, 0.344136, 0.714136 and 1.772 in units of 2^-16.
    [
        level(luma + 91_881 * red),
        level(luma - 22_554 * blue - 46_802 * red),
        level(luma + 116_130 * blue),
    ]
}

/// The luminance and the chrominances of RGB.
#[inline(always)]
fn ycbcr_from_rgb(rgb: [u8; 3]) -> [u8; 3] {
    const MIDDLE: i32 = 128 << 16;
    let [red, green, blue] = rgb.map(i32::from);
    // 0.299, 0.587 and 0.114 in units of 2^-16, and these divided by 1.772 and 1.402.
    [
        level(19_595 * red + 38_470 * green + 7_471 * blue),
        level(MIDDLE - 11_059 * red - 21_709 * green + 32_768 * blue),
        level(MIDDLE + 32_768 * red - 27_439 * green - 5_329 * blue),
    ]
}

/// The level that is the nearest to a value in units of 2^-16.
#[inline(always)]
#[expect(clippy::cast_sign_loss, reason = "limited to a byte")]
fn level(value: i32) -> u8 {
    ((value + (1 << 15)) >> 16).clamp(0, 255) as u8
}

/// Converts each pixel of a group.
#[inline(always)]
fn convert_group<S: Simd>(_: S, group: &mut PixelGroup, convert: impl Fn([u8; 3]) -> [u8; 3]) {
    let [first, second, third] = group;
    for ((one, two), three) in first.iter_mut().zip(second).zip(third) {
        [*one, *two, *three] = convert([*one, *two, *three]);
    }
}

/// The picture's planes, which must have the same size, with the colours that a transform of RGB
/// makes of them.
pub(in crate::picture) fn transformed(mut planes: Planes, transform: &SampleTransform) -> Planes {
    let level = simd::level();
    let channels = [&mut planes.luma, &mut planes.blue, &mut planes.red];
    let [first, second, third] = channels.map(|plane| plane.samples.chunks_mut(TOGETHER));
    let mut group = [[0; TOGETHER]; 3];
    for parts in first.zip(second).zip(third) {
        let ((one, two), three) = parts;
        let parts = [one, two, three];
        for (samples, part) in group.iter_mut().zip(&parts) {
            samples[..part.len()].copy_from_slice(part);
        }
        dispatch!(level, simd => convert_group(simd, &mut group, rgb_from_ycbcr));
        transform.convert_group(&mut group);
        dispatch!(level, simd => convert_group(simd, &mut group, ycbcr_from_rgb));
        for (samples, part) in group.iter().zip(parts) {
            part.copy_from_slice(&samples[..part.len()]);
        }
    }
    planes
}

/// The RGB of planes that have the same size.
pub(in crate::picture) fn rgb(planes: &Planes) -> Samples {
    let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
    let pixels = Pixels { width: side(planes.luma.width), height: side(planes.luma.height) };
    let mut bytes = vec![0; 3 * planes.luma.samples.len()];
    dispatch!(simd::level(), simd => rgb_with(simd, planes, &mut bytes));
    Samples { pixels, channels: Channels::Rgb, bytes }
}

#[inline(always)]
fn rgb_with<S: Simd>(_: S, planes: &Planes, bytes: &mut [u8]) {
    let Planes { luma, blue, red } = planes;
    let (pixels, _) = bytes.as_chunks_mut::<3>();
    let chroma = blue.samples.iter().zip(&red.samples);
    for (pixel, (y, (cb, cr))) in pixels.iter_mut().zip(luma.samples.iter().zip(chroma)) {
        *pixel = rgb_from_ycbcr([*y, *cb, *cr]);
    }
}

/// The planes of RGB samples.
pub(in crate::picture) fn planes(samples: &Samples) -> Planes {
    let (width, height) = (samples.pixels.width as usize, samples.pixels.height as usize);
    let plane = || Plane { width, height, samples: vec![0; width * height] };
    let mut planes = Planes { luma: plane(), blue: plane(), red: plane() };
    dispatch!(simd::level(), simd => planes_with(simd, &samples.bytes, &mut planes));
    planes
}

#[inline(always)]
fn planes_with<S: Simd>(_: S, bytes: &[u8], planes: &mut Planes) {
    let Planes { luma, blue, red } = planes;
    let (pixels, _) = bytes.as_chunks::<3>();
    let chroma = blue.samples.iter_mut().zip(&mut red.samples);
    for (pixel, (y, (cb, cr))) in pixels.iter().zip(luma.samples.iter_mut().zip(chroma)) {
        [*y, *cb, *cr] = ycbcr_from_rgb(*pixel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_that_are_converted_to_planes_and_back_stay_the_same() {
        let levels = [0, 1, 17, 100, 127, 128, 200, 254, 255];
        for rgb in levels.iter().flat_map(|red| {
            levels.iter().flat_map(move |green| levels.map(|blue| [*red, *green, blue]))
        }) {
            let back = rgb_from_ycbcr(ycbcr_from_rgb(rgb));
            assert!(rgb.iter().zip(back).all(|(one, other)| one.abs_diff(other) <= 1), "{rgb:?}");
        }
        assert_eq!(ycbcr_from_rgb([255; 3]), [255, 128, 128]);
        assert_eq!(ycbcr_from_rgb([255, 0, 0]), [76, 85, 255]);
    }

    #[test]
    fn interleaved_pixels_and_planes_hold_the_same_colours() {
        let pixels = Pixels { width: 37, height: 5 };
        let bytes: Vec<u8> =
            (0..=u8::MAX).map(|it| it.wrapping_mul(7)).cycle().take(37 * 5 * 3).collect();
        let samples = Samples { pixels, channels: Channels::Rgb, bytes };
        let back = rgb(&planes(&samples));
        let differences = samples.bytes.iter().zip(&back.bytes).map(|(a, b)| a.abs_diff(*b));
        // Chrominances are rounded, and strong colours limited.
        assert!(differences.max().unwrap() <= 2);
    }
}
