//! Converts high dynamic range (ITU-R BT.2100) to sRGB.
//!
//! A reference white of 203 cd/m² (ITU-R BT.2408, 3.2) becomes the white of sRGB, unless the picture
//! has highlights: then everything up to its brightest pixel is compressed by the curve of ITU-R
//! BT.2390, 5.4.1.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "levels are clamped, and tables are short"
)]

use moxcms::{ColorProfile, DataColorSpace, TransferCharacteristics};
use pxfm::{f_exp, f_log, f_pow, f_powf};

use crate::model::{HdrEncoding, HdrTransfer};

use crate::picture::color::curve::Curve;
use crate::picture::color::srgb_curve;
use crate::picture::process::samples::Channels;

/// The luminance of the reference white in cd/m².
const REFERENCE_WHITE: f64 = 203.0;
/// The maximum luminance of PQ in cd/m².
const PQ_MAX: f64 = 10_000.0;
/// The maximum luminance of the nominal display for HLG in cd/m², and its gamma.
const HLG_MAX: f64 = 1_000.0;
const HLG_GAMMA: f64 = 1.2;
/// The luminance of red, green and blue of BT.2020, in which the gamma of HLG is applied.
const HLG_LUMINANCE: [f32; 3] = [0.2627, 0.678, 0.0593];
/// The number of steps of the tables.
const STEPS: usize = 1 << 15;

/// Converts 16-bit samples in the byte order of the machine to 8-bit samples in sRGB.
pub(in crate::picture) fn standard_range_from_16(
    bytes: &[u8],
    channels: Channels,
    encoding: &HdrEncoding,
) -> Vec<u8> {
    let (samples, _) = bytes.as_chunks::<2>();
    let samples = HdrSamples {
        count: samples.len(),
        max: u16::MAX,
        sample: |index: usize| u16::from_ne_bytes(samples[index]),
    };
    samples.standard_range(channels, encoding)
}

/// Converts 8-bit samples to sRGB.
pub(in crate::picture) fn standard_range_from_8(
    bytes: &[u8],
    channels: Channels,
    encoding: &HdrEncoding,
) -> Vec<u8> {
    let samples = HdrSamples {
        count: bytes.len(),
        max: u8::MAX.into(),
        sample: |index: usize| bytes[index].into(),
    };
    samples.standard_range(channels, encoding)
}

/// The samples of a picture, from 0 to `max`.
struct HdrSamples<S> {
    count: usize,
    max: u16,
    sample: S,
}

impl<S: Fn(usize) -> u16> HdrSamples<S> {
    /// Converts the samples. An alpha channel is only scaled.
    fn standard_range(&self, channels: Channels, encoding: &HdrEncoding) -> Vec<u8> {
        let Self { count, max, sample } = self;
        let is_gray = matches!(channels, Channels::Gray | Channels::GrayAlpha);
        let colours = if is_gray { 1 } else { 3 };
        let light = Light::new(*max, encoding);
        let rgb = |at: usize| {
            light.rgb(if is_gray { [sample(at); 3] } else { [0, 1, 2].map(|n| sample(at + n)) })
        };
        let pixels = (0..*count).step_by(channels.count());
        let peak = pixels.clone().flat_map(rgb).fold(0.0, f32::max);
        let compression = Compression::new(peak);
        let output = Output::new(encoding, is_gray);
        let alpha = |at: usize| {
            let max = u32::from(*max);
            u8::try_from((u32::from(sample(at)) * 255 + max / 2) / max).unwrap_or(u8::MAX)
        };
        let mut bytes = Vec::with_capacity(*count);
        for at in pixels {
            let colour = output.levels(compression.apply(rgb(at)));
            bytes.extend_from_slice(&colour[..colours]);
            bytes.extend((colours..channels.count()).map(|channel| alpha(at + channel)));
        }
        bytes
    }
}

/// The light of each level, where 1 is the reference white.
struct Light {
    /// That of the display for PQ, that of the scene for HLG.
    levels: Vec<f32>,
    transfer: HdrTransfer,
}

impl Light {
    fn new(max: u16, encoding: &HdrEncoding) -> Self {
        let level = |sample: u16| {
            let level = f64::from(sample) / f64::from(max);
            // Video has black at 16 and white at 235 of 256 levels (BT.2100, table 9).
            let level = if encoding.full_range {
                level
            } else {
                let levels = f64::from(max) + 1.0;
                (f64::from(sample) / levels * 256.0 - 16.0) / 219.0
            };
            let level = level.clamp(0.0, 1.0);
            (match encoding.transfer {
                HdrTransfer::Pq => pq_decode(level) * PQ_MAX / REFERENCE_WHITE,
                HdrTransfer::Hlg => hlg_decode(level),
            }) as f32
        };
        Self { levels: (0..=max).map(level).collect(), transfer: encoding.transfer }
    }

    fn rgb(&self, samples: [u16; 3]) -> [f32; 3] {
        let light = samples.map(|sample| self.levels[usize::from(sample)]);
        match self.transfer {
            HdrTransfer::Pq => light,
            HdrTransfer::Hlg => {
                // The system gamma of the display (BT.2100, table 5).
                let luminance: f32 =
                    light.iter().zip(HLG_LUMINANCE).map(|(light, weight)| light * weight).sum();
                let scale = f_powf(luminance.max(1e-9), (HLG_GAMMA - 1.0) as f32)
                    * (HLG_MAX / REFERENCE_WHITE) as f32;
                light.map(|light| light * scale)
            }
        }
    }
}

/// Decodes PQ to a part of its maximum luminance (SMPTE ST 2084).
fn pq_decode(level: f64) -> f64 {
    let root = f_pow(level, 1.0 / PQ_M2);
    f_pow((root - PQ_C1).max(0.0) / (PQ_C2 - PQ_C3 * root), 1.0 / PQ_M1)
}

fn pq_encode(light: f64) -> f64 {
    let power = f_pow(light.clamp(0.0, 1.0), PQ_M1);
    f_pow((PQ_C1 + PQ_C2 * power) / (1.0 + PQ_C3 * power), PQ_M2)
}

const PQ_M1: f64 = 2610.0 / 16384.0;
const PQ_M2: f64 = 2523.0 / 4096.0 * 128.0;
const PQ_C1: f64 = 3424.0 / 4096.0;
const PQ_C2: f64 = 2413.0 / 4096.0 * 32.0;
const PQ_C3: f64 = 2392.0 / 4096.0 * 32.0;

/// Decodes HLG to the light of the scene from 0 to 1 (BT.2100, table 5).
fn hlg_decode(level: f64) -> f64 {
    const A: f64 = 0.178_832_77;
    const B: f64 = 1.0 - 4.0 * A;
    if level <= 0.5 {
        level * level / 3.0
    } else {
        let c = 0.5 - A * f_log(4.0 * A);
        (f_exp((level - c) / A) + B) / 12.0
    }
}

/// Compresses the light of a picture whose brightest channel is above the reference white.
struct Compression {
    peak: f32,
    /// The factor for the square root of a light from 0 to the peak.
    factors: Option<Vec<f32>>,
}

impl Compression {
    fn new(peak: f32) -> Self {
        // Rounding in the file makes the reference white slightly brighter.
        const TOLERANCE: f32 = 1.02;
        if peak <= TOLERANCE {
            return Self { peak, factors: None };
        }
        let factor = |step: usize| {
            let root = step.max(1) as f64 / STEPS as f64;
            let light = root * root * f64::from(peak);
            (compressed(light, f64::from(peak)) / light) as f32
        };
        Self { peak, factors: Some((0..=STEPS).map(factor).collect()) }
    }

    /// All channels are multiplied by the factor of the brightest one, which keeps the hue.
    fn apply(&self, rgb: [f32; 3]) -> [f32; 3] {
        let Some(factors) = &self.factors else { return rgb };
        let brightest = rgb.into_iter().fold(0.0, f32::max);
        let root = (brightest / self.peak).clamp(0.0, 1.0).sqrt();
        let factor = factors[(root * STEPS as f32 + 0.5) as usize];
        rgb.map(|light| light * factor)
    }
}

/// Maps light up to `peak` to light up to 1 by the curve of BT.2390, 5.4.1.
fn compressed(light: f64, peak: f64) -> f64 {
    let encode = |light: f64| pq_encode(light * REFERENCE_WHITE / PQ_MAX);
    let white = encode(peak);
    let level = encode(light) / white;
    let max = encode(1.0) / white;
    let knee = 1.5 * max - 0.5;
    let level = if level < knee {
        level
    } else {
        let t = (level - knee) / (1.0 - knee);
        let (t2, t3) = (t * t, t * t * t);
        (2.0 * t3 - 3.0 * t2 + 1.0) * knee
            + (t3 - 2.0 * t2 + t) * (1.0 - knee)
            + (3.0 * t2 - 2.0 * t3) * max
    };
    pq_decode(level * white) * PQ_MAX / REFERENCE_WHITE
}

/// Converts linear light in the primaries of the picture to levels of sRGB.
struct Output {
    matrix: Option<[[f32; 3]; 3]>,
    levels: Vec<u8>,
}

impl Output {
    fn new(encoding: &HdrEncoding, is_gray: bool) -> Self {
        let colorant =
            |column: usize| encoding.colorants.map(|row| f64::from(row[column]) / 65_536.0);
        let columns = [0, 1, 2].map(|column| srgb_curve::linear_from_xyz(colorant(column)));
        let matrix = [0, 1, 2].map(|row| columns.map(|column| column[row] as f32));
        let level = |step: usize| {
            let [level, ..] = srgb_curve::encode([step as f64 / STEPS as f64; 3]);
            (level.clamp(0.0, 1.0) * 255.0).round() as u8
        };
        Self { matrix: (!is_gray).then_some(matrix), levels: (0..=STEPS).map(level).collect() }
    }

    fn levels(&self, rgb: [f32; 3]) -> [u8; 3] {
        let linear = self.matrix.map_or(rgb, |matrix| {
            matrix.map(|row| row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2])
        });
        linear.map(|light| self.levels[(light.clamp(0.0, 1.0) * STEPS as f32 + 0.5) as usize])
    }
}

/// How samples with an ICC profile encode high dynamic range; `None` if they do not.
///
/// The transfer function is in the `cicp` tag (ICC.1:2022, 9.2.17). Older profiles have only its
/// curve, which is far below that of any display in the middle.
pub(in crate::picture) fn hdr_encoding(profile: &[u8]) -> Option<HdrEncoding> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    if !matches!(profile.color_space, DataColorSpace::Rgb | DataColorSpace::Gray) {
        return None;
    }
    let stated = profile.cicp.as_ref().map(|points| points.transfer_characteristics);
    let transfer = match stated {
        Some(TransferCharacteristics::Smpte2084) => HdrTransfer::Pq,
        Some(TransferCharacteristics::Hlg) => HdrTransfer::Hlg,
        _ => {
            if profile.lut_a_to_b_perceptual.is_some() {
                return None;
            }
            let curve = profile.red_trc.as_ref().or(profile.gray_trc.as_ref())?;
            transfer_of_curve(&Curve::new(curve)?)?
        }
    };
    let full_range = profile.cicp.as_ref().is_none_or(|points| points.full_range);
    let to_fixed = |value: f64| (value * 65_536.0).round() as i32;
    let colorants = profile.colorant_matrix().v.map(|row| row.map(to_fixed));
    Some(HdrEncoding { transfer, colorants, full_range })
}

/// The transfer function that a curve follows.
fn transfer_of_curve(curve: &Curve) -> Option<HdrTransfer> {
    const LEVELS: [f64; 4] = [0.25, 0.5, 0.625, 0.75];
    let follows = |decode: fn(f64) -> f64| {
        LEVELS.iter().all(|&level| {
            let expected = decode(level);
            (curve.apply(level) - expected).abs() < 0.03 * expected + 2e-4
        })
    };
    if follows(pq_decode) {
        Some(HdrTransfer::Pq)
    } else if follows(hlg_decode) {
        Some(HdrTransfer::Hlg)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pq_is_the_inverse_of_its_encoding_and_gives_the_luminance_of_the_standard() {
        for (level, luminance) in [(0.0, 0.0), (0.508_078, 100.0), (0.580_689, 203.0), (1.0, 1e4)] {
            assert!((pq_decode(level) * PQ_MAX - luminance).abs() < luminance * 1e-4 + 1e-9);
            assert!((pq_encode(luminance / PQ_MAX) - level).abs() < 1e-5);
        }
    }

    #[test]
    fn hlg_puts_the_reference_white_at_three_quarters() {
        let luminance = f_pow(hlg_decode(0.75), HLG_GAMMA) * HLG_MAX;
        assert!((luminance - REFERENCE_WHITE).abs() < 1.0, "{luminance}");
        assert!((hlg_decode(1.0) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn compression_keeps_the_order_and_ends_at_white() {
        for peak in [1.1, 4.9, 49.0] {
            let mut last = 0.0;
            for step in 1..=1000 {
                let light = f64::from(step) / 1000.0 * peak;
                let mapped = compressed(light, peak);
                assert!(mapped > last && mapped <= light + 1e-9, "{peak} {light}: {mapped}");
                last = mapped;
            }
            assert!((last - 1.0).abs() < 1e-6, "{peak}: {last}");
        }
    }
}
