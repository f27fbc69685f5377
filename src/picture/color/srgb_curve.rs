//! The formulas of sRGB (IEC 61966-2-1), adapted to D50.

use pxfm::f_pow;

use crate::picture::color::lab::Xyz;

/// The matrix from XYZ under D50 to linear RGB: the inverse of the Bradford-adapted matrix in sRGB
/// profiles.
const FROM_XYZ: [[f64; 3]; 3] = [
    [3.133_856_1, -1.616_866_7, -0.490_614_6],
    [-0.978_768_4, 1.916_141_5, 0.033_454_0],
    [0.071_945_3, -0.228_991_4, 1.405_242_7],
];

/// Converts XYZ to linear RGB. Components below 0 or above 1 are outside the gamut of sRGB.
pub(super) fn linear_from_xyz(colour: Xyz) -> [f64; 3] {
    FROM_XYZ.map(|row| row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2])
}

/// Applies the transfer function to linear RGB, mirrored at 0.
pub(super) fn encode(linear: [f64; 3]) -> [f64; 3] {
    linear.map(|linear| {
        let strength = linear.abs();
        let level = if strength <= 0.003_130_8 {
            strength * 12.92
        } else {
            1.055 * f_pow(strength, 1.0 / 2.4) - 0.055
        };
        level.copysign(linear)
    })
}

/// Converts an encoded component from 0 to 1 to a linear one.
pub(super) fn decode(level: f64) -> f64 {
    if level <= 0.040_45 { level / 12.92 } else { f_pow((level + 0.055) / 1.055, 2.4) }
}
