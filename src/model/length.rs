//! Exact lengths.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};
use std::str::FromStr;

/// A length in English Metric Units: 36 000 to the millimetre, 12 700 to the PostScript point,
/// 914 400 to the inch. Millimetres, points and hundredths of an inch are whole numbers of
/// units, so page arithmetic is exact and identical on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Length(i64);

const PER_MM: i64 = 36_000;
const PER_PT: i64 = 12_700;
const PER_INCH: i64 = 914_400;

impl Length {
    /// The length zero.
    pub const ZERO: Self = Self(0);

    /// From English Metric Units.
    pub const fn emu(units: i64) -> Self {
        Self(units)
    }

    /// From whole millimetres.
    pub const fn mm(mm: i64) -> Self {
        Self(mm * PER_MM)
    }

    /// From whole points of 1/72 inch.
    pub const fn pt(pt: i64) -> Self {
        Self(pt * PER_PT)
    }

    /// From thousandths of a point, the unit in which fonts are measured at 1 pt.
    pub const fn milli_pt(milli: i64) -> Self {
        Self(milli * PER_PT / 1000)
    }

    /// The length in English Metric Units.
    pub const fn to_emu(self) -> i64 {
        self.0
    }

    /// The length in points, for output formats.
    #[expect(clippy::cast_precision_loss, reason = "a page is far below 2^52 units")]
    pub fn to_pt(self) -> f64 {
        self.0 as f64 / PER_PT as f64
    }

    /// The length in millimetres, for messages.
    #[expect(clippy::cast_precision_loss, reason = "a page is far below 2^52 units")]
    pub fn to_mm(self) -> f64 {
        self.0 as f64 / PER_MM as f64
    }

    /// The length in inches, for resolutions in pixels per inch.
    #[expect(clippy::cast_precision_loss, reason = "a page is far below 2^52 units")]
    pub fn to_inches(self) -> f64 {
        self.0 as f64 / PER_INCH as f64
    }

    /// `self × numerator / denominator`, rounded towards zero, without overflow in between.
    #[must_use]
    pub fn scale(self, numerator: i64, denominator: i64) -> Self {
        let wide = i128::from(self.0) * i128::from(numerator) / i128::from(denominator.max(1));
        Self(i64::try_from(wide).unwrap_or(i64::MAX))
    }

    /// The absolute value.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.abs())
    }
}

impl Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl SubAssign for Length {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Mul<i64> for Length {
    type Output = Self;
    fn mul(self, factor: i64) -> Self {
        Self(self.0 * factor)
    }
}

impl Div<i64> for Length {
    type Output = Self;
    fn div(self, divisor: i64) -> Self {
        Self(self.0 / divisor)
    }
}

impl Neg for Length {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        lengths.fold(Self::ZERO, Add::add)
    }
}

/// The error of parsing a length.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LengthError {
    /// The number is missing or is not a decimal number.
    #[error("expected a number with a unit, such as 3 mm")]
    Number,
    /// The unit is missing or unknown.
    #[error("expected a unit after the number: mm, cm, in, pt or px")]
    Unit,
    /// The length is larger than any page.
    #[error("the length is out of range (at most 10 m)")]
    Range,
}

impl FromStr for Length {
    type Err = LengthError;

    /// Parses `3 mm`, `0.125in`, `1.5cm`, `12pt` or `8.5"`. Decimals are parsed as digits, never
    /// as floating point, so `0.125in` is exact.
    fn from_str(text: &str) -> Result<Self, LengthError> {
        let text = text.trim();
        let end = text
            .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-' || c == '+'))
            .unwrap_or(text.len());
        let (number, unit) = text.split_at(end);
        let (numerator, denominator) = decimal(number).ok_or(LengthError::Number)?;
        let per_unit = match unit.trim() {
            "mm" => PER_MM,
            "cm" => PER_MM * 10,
            "in" | "\"" | "″" => PER_INCH,
            "pt" => PER_PT,
            _ if numerator == 0 && unit.trim().is_empty() => 0,
            _ => return Err(LengthError::Unit),
        };
        let emu = numerator * i128::from(per_unit) / denominator;
        if emu.abs() > i128::from(PER_MM * 10_000) {
            return Err(LengthError::Range);
        }
        i64::try_from(emu).map(Self).map_err(|_| LengthError::Range)
    }
}

/// A decimal number as an exact fraction; at most 9 digits on either side of the point.
fn decimal(text: &str) -> Option<(i128, i128)> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_short = |part: &str| part.len() <= 9 && part.bytes().all(|b| b.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !is_short(whole) || !is_short(fraction) {
        return None;
    }
    let denominator = 10_i128.pow(u32::try_from(fraction.len()).ok()?);
    let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let fraction: i128 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    Some((sign * (whole * denominator + fraction), denominator))
}

impl fmt::Display for Length {
    /// Formats the length in millimetres with as many decimals as needed, at most three: `3 mm`,
    /// `3.175 mm`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micrometres = self.0 / (PER_MM / 1000);
        let sign = if micrometres < 0 { "-" } else { "" };
        let (whole, rest) = (micrometres.abs() / 1000, micrometres.abs() % 1000);
        let decimals = format!("{rest:03}");
        match decimals.trim_end_matches('0') {
            "" => write!(f, "{sign}{whole} mm"),
            decimals => write!(f, "{sign}{whole}.{decimals} mm"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_eighth_of_an_inch_is_exact() {
        assert_eq!("0.125in".parse(), Ok(Length::emu(114_300)));
        assert_eq!("0.125 in".parse::<Length>().map(|l| l.to_string()), Ok("3.175 mm".into()));
    }

    #[test]
    fn a_length_needs_a_unit_unless_it_is_nothing() {
        assert_eq!("3".parse::<Length>(), Err(LengthError::Unit));
        assert_eq!("0".parse::<Length>(), Ok(Length::ZERO));
        assert_eq!("three mm".parse::<Length>(), Err(LengthError::Number));
        assert_eq!("99999999 mm".parse::<Length>(), Err(LengthError::Range));
    }
}
