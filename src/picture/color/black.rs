//! Black point compensation (ISO 18619): the darkest colour of one device becomes the
//! darkest of the other, so that shadows neither block up nor stay grey.

use crate::model::RenderingIntent;

use crate::picture::color::device::DeviceProfile;
use crate::picture::color::lab::{D50, Xyz, determinant, to_lab, to_xyz};

/// A scale and an offset for each of X, Y and Z.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct BlackPointScale {
    scale: Xyz,
    offset: Xyz,
}

impl BlackPointScale {
    /// Leaves white where it is and brings one black to the other (ISO 18619, 4.3).
    pub(super) fn between(from: Xyz, to: Xyz) -> Self {
        let scale: Xyz =
            std::array::from_fn(|index| (to[index] - D50[index]) / (from[index] - D50[index]));
        let offset = std::array::from_fn(|index| D50[index] * (1.0 - scale[index]));
        Self { scale, offset }
    }

    /// Scales from one white to another, as absolute colorimetry does.
    pub(super) fn of_whites(from: Xyz, to: Xyz) -> Self {
        let scale = std::array::from_fn(|index| from[index] / to[index].max(1e-6));
        Self { scale, offset: [0.0; 3] }
    }

    pub(super) fn at(&self, colour: Xyz) -> Xyz {
        std::array::from_fn(|index| colour[index] * self.scale[index] + self.offset[index])
    }
}

/// Where all perceptual tables of version 4 have their black (ICC.1:2022, 6.3.3).
const PERCEPTUAL: Xyz = [0.003_36, 0.003_473_1, 0.002_87];

/// No device counts as lighter than this in its blacks.
const LIGHTEST: f64 = 50.0;

/// The darkest colour that a device's numbers make.
pub(super) fn source(device: &DeviceProfile, intent: RenderingIntent) -> Xyz {
    let tables = device.shaper().is_none();
    let rendered = matches!(intent, RenderingIntent::Perceptual | RenderingIntent::Saturation);
    if rendered && device.is_version_4() && tables && device.channels() != 1 {
        return PERCEPTUAL;
    }
    if intent == RenderingIntent::Relative && device.is_press() {
        // No press prints all inks in full: black is what its perceptual table makes of it.
        let back = device.to_numbers(RenderingIntent::Perceptual);
        if let (Some(back), Some(there)) = (back, device.to_colour(RenderingIntent::Relative)) {
            return grey(there.at(back.at([0.0; 3])));
        }
    }
    let darkest = if device.channels() == 4 { [1.0; 4] } else { [0.0; 4] };
    device.to_colour(intent).map_or([0.0; 3], |there| grey(there.at(darkest)))
}

/// The black of a device that colours are brought to (ISO 18619, 4.2.4): that of the
/// source where its table is straight, else where its table's toe would end if it went
/// on as it does above.
pub(super) fn destination(device: &DeviceProfile, intent: RenderingIntent) -> Xyz {
    let usual = source(device, intent);
    let rendered = matches!(intent, RenderingIntent::Perceptual | RenderingIntent::Saturation);
    if rendered && device.is_version_4() {
        return usual;
    }
    let (Some(back), Some(there)) =
        (device.to_numbers(intent), device.to_colour(RenderingIntent::Relative))
    else {
        return usual;
    };
    let mut ramp: Vec<(f64, f64)> = (0..=255_u8)
        .map(|step| {
            let lightness = f64::from(step) / 2.55;
            (lightness, to_lab(there.at(back.at(to_xyz([lightness, 0.0, 0.0]))))[0])
        })
        .collect();
    let mut above = f64::INFINITY;
    for (_, out) in ramp.iter_mut().rev() {
        *out = out.min(above);
        above = *out;
    }
    let (Some(&(_, darkest)), Some(&(_, lightest))) = (ramp.first(), ramp.last()) else {
        return usual;
    };
    let range = lightest - darkest;
    if range <= 0.0 {
        return [0.0; 3];
    }
    let relative = intent == RenderingIntent::Relative;
    let straight = ramp.iter().all(|&(l, out)| l <= darkest + 0.2 * range || (l - out).abs() < 4.0);
    if relative && straight {
        return usual;
    }
    let toe = if relative { 0.1..0.5 } else { 0.03..0.25 };
    let points: Vec<_> = ramp
        .iter()
        .map(|&(l, out)| (l, (out - darkest) / range))
        .filter(|(_, share)| toe.contains(share))
        .collect();
    to_xyz([root(&points).clamp(0.0, LIGHTEST), 0.0, 0.0])
}

/// Its lightness without its tint: a compensation that kept the tint would tint all else.
fn grey(colour: Xyz) -> Xyz {
    to_xyz([to_lab(colour)[0].clamp(0.0, LIGHTEST), 0.0, 0.0])
}

/// Where the parabola that fits some points best meets nought.
fn root(points: &[(f64, f64)]) -> f64 {
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
    let rows: [[f64; 3]; 3] = std::array::from_fn(|row| [0, 1, 2].map(|at| moments[row + at]));
    let with = |column: usize| {
        let mut rows = rows;
        for (row, value) in rows.iter_mut().zip(values) {
            row[column] = value;
        }
        determinant(&rows)
    };
    let whole = determinant(&rows);
    if whole.abs() < 1e-12 {
        return 0.0;
    }
    let [c, b, a] = [with(0), with(1), with(2)].map(|part| part / whole);
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
        let (from, to) = (to_xyz([4.0, 0.0, 0.0]), to_xyz([11.0, 0.0, 0.0]));
        let compensation = BlackPointScale::between(from, to);
        let near = |one: Xyz, other: Xyz| one.iter().zip(other).all(|(a, b)| (a - b).abs() < 1e-12);
        assert!(near(compensation.at(D50), D50));
        assert!(near(compensation.at(from), to));
    }

    #[test]
    fn a_parabola_s_root_is_found() {
        let points: Vec<_> =
            (20..60).map(f64::from).map(|x| (x, 0.001 * (x - 9.0) * (x + 30.0))).collect();
        assert!((root(&points) - 9.0).abs() < 1e-6);
    }
}
