//! The device-independent colour spaces CIE XYZ and L*a*b* under D50, and the difference of two
//! colours.

#![expect(clippy::many_single_char_names, reason = "the standards' own names")]

use pxfm::{f_atan2, f_cbrt, f_cos, f_exp, f_sin};

/// CIE XYZ relative to the white of the medium, with Y = 1.
pub(super) type Xyz = [f64; 3];
/// CIE L*a*b* under D50.
pub(super) type Lab = [f64; 3];

/// The white of the profile connection space (ICC.1:2022, 7.2.16).
pub(super) const D50: Xyz = [0.9642, 1.0, 0.8249];

/// 216/24389 and 24389/27, the exact values of CIE 15:2018.
const EPSILON: f64 = 216.0 / 24389.0;
const KAPPA: f64 = 24389.0 / 27.0;

/// Converts L*a*b* to XYZ.
pub(super) fn xyz_from_lab([l, a, b]: Lab) -> Xyz {
    let y = (l + 16.0) / 116.0;
    let light = |f: f64| {
        let cube = f * f * f;
        if cube > EPSILON { cube } else { (116.0 * f - 16.0) / KAPPA }
    };
    let [x, y, z] = [y + a / 500.0, y, y - b / 200.0].map(light);
    [x * D50[0], y * D50[1], z * D50[2]]
}

/// Converts XYZ to L*a*b*.
pub(super) fn lab_from_xyz([x, y, z]: Xyz) -> Lab {
    let root = |light: f64| {
        if light > EPSILON { f_cbrt(light) } else { (KAPPA * light + 16.0) / 116.0 }
    };
    let [x, y, z] = [x / D50[0], y / D50[1], z / D50[2]].map(root);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The CIEDE2000 difference (ISO/CIE 11664-6), with all weights 1.
pub(super) fn difference([l1, a1, b1]: Lab, [l2, a2, b2]: Lab) -> f64 {
    let seventh = |c: f64| {
        let power = c * c * c * c * c * c * c;
        (power / (power + 6_103_515_625.0)).sqrt()
    };
    let chroma = |a: f64, b: f64| (a * a + b * b).sqrt();
    let stretch = 1.0 + 0.5 * (1.0 - seventh(f64::midpoint(chroma(a1, b1), chroma(a2, b2))));
    let (a1, a2) = (a1 * stretch, a2 * stretch);
    let (c1, c2) = (chroma(a1, b1), chroma(a2, b2));
    let hue = |a: f64, b: f64| {
        let degrees = if a == 0.0 && b == 0.0 { 0.0 } else { f_atan2(b, a).to_degrees() };
        if degrees < 0.0 { degrees + 360.0 } else { degrees }
    };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let is_neutral = c1 * c2 == 0.0;
    let hue_difference = match h2 - h1 {
        _ if is_neutral => 0.0,
        hue_difference if hue_difference > 180.0 => hue_difference - 360.0,
        hue_difference if hue_difference < -180.0 => hue_difference + 360.0,
        hue_difference => hue_difference,
    };
    let hue = match h1 + h2 {
        sum if is_neutral => sum,
        sum if (h1 - h2).abs() <= 180.0 => sum / 2.0,
        sum if sum < 360.0 => f64::midpoint(sum, 360.0),
        sum => (sum - 360.0) / 2.0,
    };
    let (l, c) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2));
    let cos = |degrees: f64| f_cos(degrees.to_radians());
    let t = 1.0 - 0.17 * cos(hue - 30.0) + 0.24 * cos(2.0 * hue) + 0.32 * cos(3.0 * hue + 6.0)
        - 0.20 * cos(4.0 * hue - 63.0);
    let lightness = (l - 50.0) * (l - 50.0);
    let weight_l = 1.0 + 0.015 * lightness / (20.0 + lightness).sqrt();
    let (weight_c, weight_h) = (1.0 + 0.045 * c, 1.0 + 0.015 * c * t);
    let from_blue = (hue - 275.0) / 25.0;
    let rotation_angle = 60.0 * f_exp(-from_blue * from_blue);
    let rotation = -2.0 * seventh(c) * f_sin(rotation_angle.to_radians());
    let dl = (l2 - l1) / weight_l;
    let dc = (c2 - c1) / weight_c;
    let dh = 2.0 * (c1 * c2).sqrt() * f_sin((hue_difference / 2.0).to_radians()) / weight_h;
    (dl * dl + dc * dc + dh * dh + rotation * dc * dh).max(0.0).sqrt()
}

/// The determinant of three rows.
pub(super) fn determinant([[a, b, c], [d, e, f], [g, h, i]]: &[[f64; 3]; 3]) -> f64 {
    a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lab_and_xyz_are_each_other_s_inverse() {
        for lab in [[50.0, 20.0, -30.0], [2.0, 1.0, -1.0], [100.0, 0.0, 0.0], [0.0, 0.0, 0.0]] {
            let back = lab_from_xyz(xyz_from_lab(lab));
            assert!(lab.iter().zip(back).all(|(one, other)| (one - other).abs() < 1e-9), "{lab:?}");
        }
    }

    /// Pairs from the table that Sharma, Wu and Dalal published for implementers (2005).
    #[test]
    fn the_difference_is_that_of_the_published_pairs() {
        for (one, other, wanted) in [
            ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
            ([50.0, -1.0, 2.0], [50.0, 0.0, 0.0], 2.3669),
            ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0011], 7.2195),
            ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
            ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
            ([22.7233, 20.0904, -46.6940], [23.0331, 14.9730, -42.5619], 2.0373),
            ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
        ] {
            let found = difference(one, other);
            assert!((found - wanted).abs() < 1e-4, "{one:?} {other:?}: {found}");
        }
    }
}
