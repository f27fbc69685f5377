//! sRGB by its own formulas (IEC 61966-2-1), adapted to D50.

use pxfm::f_pow;

use crate::picture::color::lab::Xyz;

/// XYZ under D50 to linear light of the primaries: the inverse of the Bradford-adapted
/// matrix that the profiles of sRGB carry.
const FROM_XYZ: [[f64; 3]; 3] = [
    [3.133_856_1, -1.616_866_7, -0.490_614_6],
    [-0.978_768_4, 1.916_141_5, 0.033_454_0],
    [0.071_945_3, -0.228_991_4, 1.405_242_7],
];

/// Linear light; below 0 or above 1 for colours that sRGB lacks.
pub(super) fn linear(colour: Xyz) -> [f64; 3] {
    FROM_XYZ.map(|row| row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2])
}

/// As sRGB numbers it, mirrored at nought.
pub(super) fn encoded(light: [f64; 3]) -> [f64; 3] {
    light.map(|light| {
        let strength = light.abs();
        let level = if strength <= 0.003_130_8 {
            strength * 12.92
        } else {
            1.055 * f_pow(strength, 1.0 / 2.4) - 0.055
        };
        level.copysign(light)
    })
}

/// The light of a level from 0 to 1.
pub(super) fn light(level: f64) -> f64 {
    if level <= 0.040_45 { level / 12.92 } else { f_pow((level + 0.055) / 1.055, 2.4) }
}
