//! Colour spaces that a file describes by other means than an ICC profile: by the chunks of PNG, or
//! by tags of EXIF and TIFF.

use moxcms::{
    Chromaticity, CicpColorPrimaries, CicpProfile, ColorDateTime, ColorPrimaries, ColorProfile,
    MatrixCoefficients, ToneReprCurve, TransferCharacteristics,
};

use crate::model::{HdrEncoding, HdrTransfer};
use crate::picture::format::header::EmbeddedProfile;
use crate::picture::metadata::exif::ExifColor;

/// A colour space described by PNG chunks other than `iCCP` (PNG third edition, 4.3).
#[derive(Debug, Default, Clone, Copy)]
pub(in crate::picture) struct DescribedColor {
    /// `cICP`: primaries, transfer, matrix, range (ITU-T H.273).
    pub(in crate::picture) code_points: Option<[u8; 4]>,
    /// Whether there is an `sRGB` chunk.
    pub(in crate::picture) srgb: bool,
    /// `gAMA`: the encoding exponent, in units of 1/100000.
    pub(in crate::picture) gamma: Option<u32>,
    /// `cHRM`: white, red, green, blue, each x and y, in the same units.
    pub(in crate::picture) primaries: Option<[u32; 8]>,
}

/// The primaries of sRGB as `cHRM` states them.
const SRGB_PRIMARIES: [u32; 8] = [31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000];
/// The primaries of Adobe RGB (1998).
const ADOBE_RGB_PRIMARIES: [u32; 8] =
    [31_270, 32_900, 64_000, 33_000, 21_000, 71_000, 15_000, 6_000];
/// The exponent 1/2.2, which programs write for sRGB.
const SRGB_GAMMA: u32 = 45_455;
const UNITS: f32 = 100_000.0;

impl DescribedColor {
    /// The colour space of the code points, which take precedence over a profile; `None` if there
    /// are none, or if they are unspecified or unknown.
    pub(in crate::picture) fn profile_from_code_points(
        &self,
        is_gray: bool,
    ) -> Option<EmbeddedProfile> {
        let [primaries, transfer, _, range] = self.code_points?;
        let full_range = range != 0;
        let hdr_transfer = match transfer {
            16 => Some(HdrTransfer::Pq),
            18 => Some(HdrTransfer::Hlg),
            _ => None,
        };
        if let Some(transfer) = hdr_transfer {
            // Without known primaries, those of the standard (ITU-R BT.2100, table 2).
            const BT_2020: u8 = 9;
            let colorants = colorants(primaries).or_else(|| colorants(BT_2020))?;
            let hdr = HdrEncoding { transfer, colorants, full_range };
            return Some(EmbeddedProfile::Hdr(hdr));
        }
        // Grey has no gamut.
        if transfer == 13 && (is_gray || primaries == 1) {
            return Some(EmbeddedProfile::Srgb);
        }
        let points = CicpProfile {
            color_primaries: primaries.try_into().ok()?,
            transfer_characteristics: transfer.try_into().ok()?,
            matrix_coefficients: MatrixCoefficients::Identity,
            full_range,
        };
        let mut profile = ColorProfile::new_from_cicp(points);
        let curve = profile.red_trc.clone()?;
        if is_gray {
            profile = ColorProfile::new_gray_with_gamma(1.0);
            profile.gray_trc = Some(curve);
        }
        profile.cicp = None;
        encoded(profile)
    }

    /// The colour space of the chunks that a profile takes precedence over.
    pub(in crate::picture) fn profile_from_other_chunks(&self, is_gray: bool) -> EmbeddedProfile {
        if self.srgb {
            return EmbeddedProfile::Srgb;
        }
        let profile = if is_gray {
            self.unusual_gamma().map(|gamma| ColorProfile::new_gray_with_gamma(decoding(gamma)))
        } else {
            self.profile_from_primaries()
        };
        let states_srgb = self.gamma.is_some_and(is_srgb_gamma)
            && (is_gray || self.primaries.as_ref().is_some_and(is_srgb));
        profile.and_then(encoded).unwrap_or(if states_srgb {
            EmbeddedProfile::Srgb
        } else {
            EmbeddedProfile::Absent
        })
    }

    /// The exponent, if it is plausible and not that of sRGB.
    fn unusual_gamma(&self) -> Option<u32> {
        let plausible = |gamma: &u32| (10_000..=400_000).contains(gamma);
        self.gamma.filter(plausible).filter(|gamma| !is_srgb_gamma(*gamma))
    }

    fn profile_from_primaries(&self) -> Option<ColorProfile> {
        let unusual =
            self.primaries.filter(|primaries| !is_srgb(primaries) && are_plausible(primaries));
        let gamma = self.unusual_gamma();
        if unusual.is_none() && gamma.is_none() {
            return None;
        }
        Some(profile(unusual, gamma))
    }
}

/// The colour space that EXIF states, or TIFF by the same tags (EXIF 3.0, 4.6.5 and 4.6.8).
pub(in crate::picture) fn profile_from_exif(color: &ExifColor) -> EmbeddedProfile {
    const SRGB: u64 = 1;
    /// Not in the standard, but written by some programs.
    const ADOBE_RGB: u64 = 2;
    let adobe_rgb = || encoded(ColorProfile::new_adobe_rgb()).unwrap_or_default();
    match (color.space, color.interoperability) {
        (Some(SRGB), _) | (None, Some([b'R', b'9', b'8'])) => return EmbeddedProfile::Srgb,
        // A file by the rule of DCF for optional colour spaces, of which Adobe RGB is the only one
        // (DCF 2.0, 4.4).
        (Some(ADOBE_RGB), _) | (_, Some([b'R', b'0', b'3'])) => return adobe_rgb(),
        // Uncalibrated, or unknown.
        _ => {}
    }
    let Some(primaries) = color.primaries.filter(are_plausible) else {
        return EmbeddedProfile::Absent;
    };
    let gamma = color.gamma.filter(|gamma| (10_000..=400_000).contains(gamma));
    if are_close(&primaries, &ADOBE_RGB_PRIMARIES) && gamma.is_none_or(is_srgb_gamma) {
        return adobe_rgb();
    }
    let gamma = gamma.filter(|gamma| !is_srgb_gamma(*gamma));
    if is_srgb(&primaries) && gamma.is_none() {
        return EmbeddedProfile::Srgb;
    }
    encoded(profile(Some(primaries), gamma)).unwrap_or_default()
}

/// A profile with the primaries and the exponent, or those of sRGB.
#[expect(clippy::cast_precision_loss, reason = "six digits fit")]
fn profile(primaries: Option<[u32; 8]>, gamma: Option<u32>) -> ColorProfile {
    let mut profile = ColorProfile::new_srgb();
    if let Some(primaries) = primaries {
        let [white, red, green, blue] = [0, 2, 4, 6].map(|at| {
            Chromaticity::new(primaries[at] as f32 / UNITS, primaries[at + 1] as f32 / UNITS)
        });
        profile.update_rgb_colorimetry(white.to_xyyb(), ColorPrimaries { red, green, blue });
    }
    profile.cicp = None;
    if let Some(gamma) = gamma {
        let curve = curve(decoding(gamma));
        profile.red_trc = Some(curve.clone());
        profile.green_trc = Some(curve.clone());
        profile.blue_trc = Some(curve);
    }
    profile
}

fn encoded(mut profile: ColorProfile) -> Option<EmbeddedProfile> {
    // A fixed date, 2026-01-01, so that the same picture always has the same profile.
    profile.creation_date_time =
        ColorDateTime::new_from_slice(&[0x07, 0xEA, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]).ok()?;
    profile.encode().ok().map(EmbeddedProfile::Complete)
}

/// The primaries of a code point under D50.
fn colorants(primaries: u8) -> Option<[[i32; 3]; 3]> {
    let primaries = CicpColorPrimaries::try_from(primaries).ok()?;
    ColorPrimaries::try_from(primaries).ok()?;
    let profile = ColorProfile::new_from_cicp(CicpProfile {
        color_primaries: primaries,
        transfer_characteristics: TransferCharacteristics::Linear,
        matrix_coefficients: MatrixCoefficients::Identity,
        full_range: true,
    });
    Some(profile.colorant_matrix().v.map(|row| row.map(to_fixed)))
}

/// A value in the fixed-point format of ICC profiles.
#[expect(clippy::cast_possible_truncation, reason = "colorants are between -1 and 2")]
fn to_fixed(value: f64) -> i32 {
    (value * 65_536.0).round() as i32
}

fn is_srgb_gamma(gamma: u32) -> bool {
    gamma.abs_diff(SRGB_GAMMA) <= 500
}

fn is_srgb(primaries: &[u32; 8]) -> bool {
    are_close(primaries, &SRGB_PRIMARIES)
}

fn are_close(primaries: &[u32; 8], others: &[u32; 8]) -> bool {
    primaries.iter().zip(others).all(|(value, other)| value.abs_diff(*other) < 1_000)
}

/// Whether the points are within the chromaticity diagram, and the primaries span an area.
fn are_plausible(primaries: &[u32; 8]) -> bool {
    let points = primaries.as_chunks::<2>().0;
    let [_, [rx, ry], [gx, gy], [bx, by]] = *points else { return false };
    let area = (i64::from(gx) - i64::from(rx)) * (i64::from(by) - i64::from(ry))
        - (i64::from(bx) - i64::from(rx)) * (i64::from(gy) - i64::from(ry));
    area.abs() > 100_000_000 && points.iter().all(|&[x, y]| y > 0 && x.saturating_add(y) <= 110_000)
}

#[expect(clippy::cast_precision_loss, reason = "six digits fit")]
fn decoding(gamma: u32) -> f32 {
    UNITS / gamma as f32
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0.25 and 10")]
fn curve(gamma: f32) -> ToneReprCurve {
    // A curve with one entry is an exponent in 8.8 fixed point (ICC.1:2022, 10.6).
    ToneReprCurve::Lut(vec![(gamma * 256.0).round() as u16])
}
