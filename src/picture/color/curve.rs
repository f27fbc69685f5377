//! The tone curve of a channel in an ICC profile (ICC.1:2022, 10.6 and 10.18).

#![expect(clippy::many_single_char_names, reason = "the standard's own names")]

use moxcms::{LutStore, ParametricCurve, ToneReprCurve};
use pxfm::f_pow;

/// A tone curve over levels from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Curve {
    Identity,
    Gamma(f64),
    /// Levels at equal distances from 0 to 1.
    Table(Vec<f64>),
    Parametric([f64; 7]),
}

impl Curve {
    /// A curve in its own tag, or of a `mAB` or `mBA` table.
    pub(super) fn new(curve: &ToneReprCurve) -> Option<Self> {
        match curve {
            ToneReprCurve::Lut(levels) => Some(match levels[..] {
                [] => Self::Identity,
                // A single value is an exponent in 8.8 fixed point.
                [gamma] => Self::Gamma(f64::from(gamma) / 256.0),
                _ => Self::Table(levels.iter().map(|&level| from_16(level)).collect()),
            }),
            ToneReprCurve::Parametric(values) => {
                let ParametricCurve { g, a, b, c, d, e, f } = ParametricCurve::new(values)?;
                Some(Self::Parametric([g, a, b, c, d, e, f].map(f64::from)))
            }
        }
    }

    /// The curves of a `mft1` or `mft2` table, which are stored one after the other.
    pub(super) fn from_lut(store: &LutStore, entries: usize) -> Vec<Self> {
        levels(store).chunks_exact(entries.max(2)).map(|part| Self::Table(part.to_vec())).collect()
    }

    /// Applies the curve to a level.
    pub(super) fn apply(&self, level: f64) -> f64 {
        match self {
            Self::Identity => level,
            Self::Gamma(gamma) => f_pow(level.clamp(0.0, 1.0), *gamma),
            Self::Table(levels) => interpolate(levels, level),
            &Self::Parametric([g, a, b, c, d, e, f]) => {
                if level < d {
                    c * level + f
                } else {
                    f_pow((a * level + b).max(0.0), g) + e
                }
            }
        }
    }
}

/// Interpolates in a table whose entries are at equal distances from 0 to 1.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "tables are short, and the level is clamped"
)]
fn interpolate(levels: &[f64], level: f64) -> f64 {
    let last = levels.len().saturating_sub(1);
    let position = level.clamp(0.0, 1.0) * last as f64;
    let below = (position as usize).min(last);
    let above = (below + 1).min(last);
    levels[below] + (levels[above] - levels[below]) * (position - below as f64)
}

/// The entries of a table, from 0 to 1.
pub(super) fn levels(store: &LutStore) -> Vec<f64> {
    match store {
        LutStore::Store8(levels) => levels.iter().map(|&level| f64::from(level) / 255.0).collect(),
        LutStore::Store16(levels) => levels.iter().map(|&level| from_16(level)).collect(),
    }
}

fn from_16(level: u16) -> f64 {
    f64::from(level) / 65535.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_value_is_an_exponent() {
        let curve = Curve::new(&ToneReprCurve::Lut(vec![2 * 256])).unwrap();
        assert!((curve.apply(0.5) - 0.25).abs() < 1e-12);
    }

    #[test]
    fn a_table_is_straight_between_its_entries() {
        let curve = Curve::new(&ToneReprCurve::Lut(vec![0, 16384, 65535])).unwrap();
        assert!((curve.apply(0.25) - 8192.0 / 65535.0).abs() < 1e-12);
        assert!((curve.apply(2.0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_parametric_curve_is_straight_in_the_shadows() {
        let srgb = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045];
        let curve = Curve::new(&ToneReprCurve::Parametric(srgb.to_vec())).unwrap();
        assert!((curve.apply(0.02) - 0.02 / 12.92).abs() < 1e-7);
        assert!((curve.apply(0.5) - 0.214_041).abs() < 1e-6);
    }
}
