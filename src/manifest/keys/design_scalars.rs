//! The scalar types of design files: sizes, percentages, inks.

use std::str::FromStr;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::manifest::keys::invalid::InvalidValue;

use crate::model::Length;

/// A share such as `28 %`, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("title" = "percentage", "pattern" = r"^\s*[0-9]+(\.[0-9])?\s*%\s*$"))]
pub(crate) struct Share(#[schemars(with = "String")] pub i64);

impl TryFrom<String> for Share {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        match per_mille(&text)? {
            share @ 0..=1000 => Ok(Self(share)),
            _ => Err(InvalidValue::new(format!("`{}` is out of range", text.trim()))
                .hint("valid range: 0 % to 100 %")),
        }
    }
}

/// Space between letters such as `8 %` of their size, in thousandths; `-1 %` sets tighter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("title" = "percentage", "pattern" = r"^\s*-?[0-9]+(\.[0-9])?\s*%\s*$"))]
pub(crate) struct Tracking(#[schemars(with = "String")] pub i32);

impl TryFrom<String> for Tracking {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        match i32::try_from(per_mille(&text)?) {
            Ok(share @ -50..=300) => Ok(Self(share)),
            _ => Err(InvalidValue::new(format!("`{}` is out of range", text.trim()))
                .hint("valid range: -5 % to 30 %")),
        }
    }
}

/// Parses a percentage with at most one decimal, in thousandths.
fn per_mille(text: &str) -> Result<i64, InvalidValue> {
    let text = text.trim();
    let error = || {
        InvalidValue::new(format!("`{text}` is not a percentage"))
            .hint("write a number and %, such as 28 % or 8.5 %")
    };
    let number = text.strip_suffix('%').ok_or_else(error)?.trim();
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, number),
    };
    let (whole, tenth) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if tenth.len() != 1 || whole.is_empty() || whole.len() > 6 || !is_number(whole) {
        return Err(error());
    }
    let whole: i64 = whole.parse().map_err(|_| error())?;
    let tenth: i64 = tenth.parse().map_err(|_| error())?;
    Ok(sign * (whole * 10 + tenth))
}

/// A size of type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("title" = "length", "examples" = ["10 pt"]))]
pub(crate) struct TypeSize(#[schemars(with = "String")] pub Length);

impl TryFrom<String> for TypeSize {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        length(&text, (Length::pt(4), Length::pt(200)), "4 pt to 200 pt").map(Self)
    }
}

/// The distance between baselines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("title" = "length", "examples" = ["14.5 pt"]))]
pub(crate) struct Leading(#[schemars(with = "String")] pub Length);

impl TryFrom<String> for Leading {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        length(&text, (Length::pt(5), Length::pt(300)), "5 pt to 300 pt").map(Self)
    }
}

/// The length of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("title" = "length", "examples" = ["112 mm"]))]
pub(crate) struct TextMeasure(#[schemars(with = "String")] pub Length);

impl TryFrom<String> for TextMeasure {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        length(&text, (Length::mm(30), Length::mm(300)), "30 mm to 300 mm").map(Self)
    }
}

fn length(text: &str, range: (Length, Length), range_text: &str) -> Result<Length, InvalidValue> {
    let text = text.trim();
    match Length::from_str(text) {
        Ok(length) if length >= range.0 && length <= range.1 => Ok(length),
        Ok(_) => Err(InvalidValue::new(format!("`{text}` is out of range"))
            .hint(format!("valid range: {range_text}"))),
        Err(_) if text.parse::<f64>().is_ok() => {
            Err(InvalidValue::new(format!("`{text}` has no unit"))
                .hint(format!("did you mean `{text} pt`?")))
        }
        Err(_) => Err(InvalidValue::new(format!("`{text}` is not a length"))
            .hint("write a number and pt, mm or in")),
    }
}

/// The percentage of an ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "u32")]
#[schemars(inline, extend("minimum" = 0, "maximum" = 100))]
pub(crate) struct InkShare(#[schemars(with = "u32")] pub u8);

impl TryFrom<u32> for InkShare {
    type Error = InvalidValue;

    fn try_from(number: u32) -> Result<Self, InvalidValue> {
        match u8::try_from(number) {
            Ok(share @ 0..=100) => Ok(Self(share)),
            _ => Err(InvalidValue::new(format!("{number} is out of range"))
                .hint("valid range: 0 to 100")),
        }
    }
}

/// A number of columns of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "u32")]
#[schemars(inline, extend("minimum" = 1, "maximum" = 12))]
pub(crate) struct ColumnCount(#[schemars(with = "u32")] pub i64);

impl TryFrom<u32> for ColumnCount {
    type Error = InvalidValue;

    fn try_from(number: u32) -> Result<Self, InvalidValue> {
        count(number, 12).map(Self)
    }
}

/// A number of columns of running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "u32")]
#[schemars(inline, extend("minimum" = 1, "maximum" = 4))]
pub(crate) struct TextColumnCount(#[schemars(with = "u32")] pub i64);

impl TryFrom<u32> for TextColumnCount {
    type Error = InvalidValue;

    fn try_from(number: u32) -> Result<Self, InvalidValue> {
        count(number, 4).map(Self)
    }
}

fn count(number: u32, most: u32) -> Result<i64, InvalidValue> {
    if (1..=most).contains(&number) {
        return Ok(number.into());
    }
    Err(InvalidValue::new(format!("{number} is out of range"))
        .hint(format!("valid range: 1 to {most}")))
}
