//! Builds ICC profiles from colour spaces that a PNG describes by a few numbers.

use moxcms::{
    Chromaticity, CicpProfile, ColorDateTime, ColorPrimaries, ColorProfile, MatrixCoefficients,
    ToneReprCurve,
};

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
/// The exponent 1/2.2, which programs write for sRGB.
const SRGB_GAMMA: u32 = 45_455;
const UNITS: f32 = 100_000.0;

impl DescribedColor {
    /// Whether there are code points, which take precedence over a profile.
    pub(in crate::picture) fn has_code_points(&self) -> bool {
        self.code_points.is_some()
    }

    /// A profile of the described colour space; `None` for sRGB, or if nothing is described.
    pub(in crate::picture) fn profile(&self, is_gray: bool) -> Option<Vec<u8>> {
        let mut profile = match (self.code_points, is_gray) {
            (Some(points), false) => profile_from_code_points(points)?,
            (Some(_), true) => return None,
            (None, _) if self.srgb => return None,
            (None, true) => ColorProfile::new_gray_with_gamma(decoding(self.unusual_gamma()?)),
            (None, false) => self.profile_from_primaries()?,
        };
        // A fixed date, 2026-01-01, so that the same picture always has the same profile.
        profile.creation_date_time =
            ColorDateTime::new_from_slice(&[0x07, 0xEA, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]).ok()?;
        profile.encode().ok()
    }

    /// The exponent, if it is plausible and not that of sRGB.
    fn unusual_gamma(&self) -> Option<u32> {
        let plausible = |gamma: &u32| (10_000..=400_000).contains(gamma);
        self.gamma.filter(plausible).filter(|gamma| gamma.abs_diff(SRGB_GAMMA) > 500)
    }

    #[expect(clippy::cast_precision_loss, reason = "five digits fit")]
    fn profile_from_primaries(&self) -> Option<ColorProfile> {
        let is_srgb = |primaries: &[u32; 8]| {
            primaries.iter().zip(&SRGB_PRIMARIES).all(|(value, srgb)| value.abs_diff(*srgb) < 1_000)
        };
        let unusual =
            self.primaries.filter(|primaries| !is_srgb(primaries) && are_plausible(primaries));
        let gamma = self.unusual_gamma();
        if unusual.is_none() && gamma.is_none() {
            return None;
        }
        let mut profile = ColorProfile::new_srgb();
        if let Some(primaries) = unusual {
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
        Some(profile)
    }
}

/// Only standard dynamic range in another gamut: HDR transfer functions would come out far too dark
/// through a curve alone, and grey has no gamut.
fn profile_from_code_points([primaries, transfer, _, full]: [u8; 4]) -> Option<ColorProfile> {
    const PQ: u8 = 16;
    const HLG: u8 = 18;
    if (primaries, transfer) == (1, 13) || matches!(transfer, PQ | HLG) {
        return None;
    }
    let points = CicpProfile {
        color_primaries: primaries.try_into().ok()?,
        transfer_characteristics: transfer.try_into().ok()?,
        matrix_coefficients: MatrixCoefficients::Identity,
        full_range: full != 0,
    };
    let mut profile = ColorProfile::new_from_cicp(points);
    profile.red_trc.as_ref()?;
    profile.cicp = None;
    Some(profile)
}

/// Whether the points are within the chromaticity diagram, and the primaries span an area.
fn are_plausible(primaries: &[u32; 8]) -> bool {
    let points = primaries.as_chunks::<2>().0;
    let [_, [rx, ry], [gx, gy], [bx, by]] = *points else { return false };
    let area = (i64::from(gx) - i64::from(rx)) * (i64::from(by) - i64::from(ry))
        - (i64::from(bx) - i64::from(rx)) * (i64::from(gy) - i64::from(ry));
    area.abs() > 100_000_000 && points.iter().all(|&[x, y]| y > 0 && x + y <= 110_000)
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
