//! Black point compensation (ISO 18619): maps the darkest colour of one device to the darkest of
//! another, so that shadows neither block up nor stay grey.

use crate::model::RenderingIntent;

use crate::picture::color::device_profile::DeviceProfile;
use crate::picture::color::lab::{D50, Xyz, determinant, lab_from_xyz, xyz_from_lab};

/// A scale and an offset for each of X, Y and Z.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct XyzScale {
    scale: Xyz,
    offset: Xyz,
}

impl XyzScale {
    /// Keeps white and maps one black point to another (ISO 18619, 4.3).
    pub(super) fn from_black_points(from: Xyz, to: Xyz) -> Self {
        let scale: Xyz =
            std::array::from_fn(|index| (to[index] - D50[index]) / (from[index] - D50[index]));
        let offset = std::array::from_fn(|index| D50[index] * (1.0 - scale[index]));
        Self { scale, offset }
    }

    /// Scales from one white point to another, for absolute colorimetry.
    pub(super) fn from_white_points(from: Xyz, to: Xyz) -> Self {
        let scale = std::array::from_fn(|index| from[index] / to[index].max(1e-6));
        Self { scale, offset: [0.0; 3] }
    }

    pub(super) fn apply(&self, colour: Xyz) -> Xyz {
        std::array::from_fn(|index| colour[index] * self.scale[index] + self.offset[index])
    }
}

/// The black point of the perceptual tables of all version 4 profiles (ICC.1:2022, 6.3.3).
const PERCEPTUAL_BLACK: Xyz = [0.003_36, 0.003_473_1, 0.002_87];

/// The maximum lightness of a black point.
const MAX_LIGHTNESS: f64 = 50.0;

/// The black point of a source device.
pub(super) fn source(device: &DeviceProfile, intent: RenderingIntent) -> Xyz {
    let tables = device.matrix_shaper().is_none();
    let is_rerendering =
        matches!(intent, RenderingIntent::Perceptual | RenderingIntent::Saturation);
    if is_rerendering && device.is_version_4() && tables && device.channels() != 1 {
        return PERCEPTUAL_BLACK;
    }
    if intent == RenderingIntent::Relative && device.is_press() {
        // A press never prints all inks in full: its black is what its perceptual table gives for
        // black.
        let from_xyz = device.to_device(RenderingIntent::Perceptual);
        if let (Some(from_xyz), Some(to_xyz)) = (from_xyz, device.to_xyz(RenderingIntent::Relative))
        {
            return neutral(to_xyz.apply(from_xyz.apply([0.0; 3])));
        }
    }
    let darkest = if device.channels() == 4 { [1.0; 4] } else { [0.0; 4] };
    device.to_xyz(intent).map_or([0.0; 3], |to_xyz| neutral(to_xyz.apply(darkest)))
}

/// The black point of a destination device (ISO 18619, 4.2.4): that of the source method if the
/// table is straight, else the point where the table would reach black if its toe were extended.
pub(super) fn destination(device: &DeviceProfile, intent: RenderingIntent) -> Xyz {
    let source_black = source(device, intent);
    let is_rerendering =
        matches!(intent, RenderingIntent::Perceptual | RenderingIntent::Saturation);
    if is_rerendering && device.is_version_4() {
        return source_black;
    }
    let (Some(from_xyz), Some(to_xyz)) =
        (device.to_device(intent), device.to_xyz(RenderingIntent::Relative))
    else {
        return source_black;
    };
    let mut ramp: Vec<(f64, f64)> = (0..=255_u8)
        .map(|step| {
            let lightness = f64::from(step) / 2.55;
            (
                lightness,
                lab_from_xyz(to_xyz.apply(from_xyz.apply(xyz_from_lab([lightness, 0.0, 0.0]))))[0],
            )
        })
        .collect();
    let mut above = f64::INFINITY;
    for (_, out) in ramp.iter_mut().rev() {
        *out = out.min(above);
        above = *out;
    }
    let (Some(&(_, darkest)), Some(&(_, lightest))) = (ramp.first(), ramp.last()) else {
        return source_black;
    };
    let range = lightest - darkest;
    if range <= 0.0 {
        return [0.0; 3];
    }
    let relative = intent == RenderingIntent::Relative;
    let is_straight =
        ramp.iter().all(|&(l, out)| l <= darkest + 0.2 * range || (l - out).abs() < 4.0);
    if relative && is_straight {
        return source_black;
    }
    let toe = if relative { 0.1..0.5 } else { 0.03..0.25 };
    let points: Vec<_> = ramp
        .iter()
        .map(|&(l, out)| (l, (out - darkest) / range))
        .filter(|(_, fraction)| toe.contains(fraction))
        .collect();
    xyz_from_lab([parabola_root(&points).clamp(0.0, MAX_LIGHTNESS), 0.0, 0.0])
}

/// The neutral colour of the same lightness: compensation towards a tinted black would tint all
/// other colours.
fn neutral(colour: Xyz) -> Xyz {
    xyz_from_lab([lab_from_xyz(colour)[0].clamp(0.0, MAX_LIGHTNESS), 0.0, 0.0])
}

/// The zero of the parabola that fits the points best.
fn parabola_root(points: &[(f64, f64)]) -> f64 {
    if points.len() < 3 {
        return 0.0;
    }
    let sum = |of: &dyn Fn(f64, f64) -> f64| points.iter().map(|&(x, y)| of(x, y)).sum::<f64>();
    let moments = [
        sum(&|_, _| 1.0),
        sum(&|x, _| x),
        sum(&|x, _| x * x),
        sum(&|x, _| x * x * x),
        sum(&|x, _| x * x * x * x),
    ];
    let values = [sum(&|_, y| y), sum(&|x, y| x * y), sum(&|x, y| x * x * y)];
    // The normal equations of c + b x + a x², solved by Cramer's rule.
    let rows: [[f64; 3]; 3] =
        std::array::from_fn(|row| [0, 1, 2].map(|column| moments[row + column]));
    let with = |column: usize| {
        let mut rows = rows;
        for (row, value) in rows.iter_mut().zip(values) {
            row[column] = value;
        }
        determinant(&rows)
    };
    let total = determinant(&rows);
    if total.abs() < 1e-12 {
        return 0.0;
    }
    let [c, b, a] = [with(0), with(1), with(2)].map(|part| part / total);
    if a.abs() < 1e-10 {
        return -c / b;
    }
    let under = b * b - 4.0 * a * c;
    if under <= 0.0 { 0.0 } else { (under.sqrt() - b) / (2.0 * a) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compensation_keeps_white_and_moves_black() {
        let (from, to) = (xyz_from_lab([4.0, 0.0, 0.0]), xyz_from_lab([11.0, 0.0, 0.0]));
        let compensation = XyzScale::from_black_points(from, to);
        let near = |one: Xyz, other: Xyz| one.iter().zip(other).all(|(a, b)| (a - b).abs() < 1e-12);
        assert!(near(compensation.apply(D50), D50));
        assert!(near(compensation.apply(from), to));
    }

    #[test]
    fn a_parabola_s_root_is_found() {
        let points: Vec<_> =
            (20..60).map(f64::from).map(|x| (x, 0.001 * (x - 9.0) * (x + 30.0))).collect();
        assert!((parabola_root(&points) - 9.0).abs() < 1e-6);
    }
}
