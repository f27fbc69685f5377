//! The keys for the placement of photos: plates, captions and crops.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use crate::manifest::keys::invalid::InvalidValue;

use crate::manifest::keys::forms::{Key, scalar_or_map};
use crate::model::{CaptionPosition, Focus, PlateLayout};

/// How a photo and its caption are placed on the page.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PlacementKeys {
    /// How the photo is placed on the page.
    #[schemars(extend("examples" = ["full-bleed"], "default" = "framed"))]
    pub plate: Key<PlateLayout>,
    /// Where the caption is placed. By default, below a framed photo, and on the facing page for
    /// the other layouts.
    #[schemars(extend("examples" = ["below"]))]
    pub caption: Key<CaptionPosition>,
}

scalar_or_map! {
    /// How a photo is placed on its page.
    PlateKeys { Plate(PlateLayout), Keys(PlacementKeys) },
    "framed, full-bleed, spread or a mapping of plate and caption"
}

/// Two numbers from 0 to 1: across and down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub(crate) struct FocusPoint(pub Focus);

impl TryFrom<Vec<String>> for FocusPoint {
    type Error = InvalidValue;

    fn try_from(numbers: Vec<String>) -> Result<Self, InvalidValue> {
        const FORM: &str = "use the form [across, down], each from 0 to 1, such as [0.4, 0.3]";
        let [across, down] = numbers.as_slice() else {
            return Err(InvalidValue::new(format!(
                "expected two numbers, found {}",
                numbers.len()
            ))
            .hint(FORM));
        };
        let part = |text: &String| {
            share(text.trim()).ok_or_else(|| {
                InvalidValue::new(format!("`{text}` is not a number from 0 to 1")).hint(FORM)
            })
        };
        Ok(Self(Focus::new(part(across)?, part(down)?)))
    }
}

/// A decimal from 0 to 1 in ten-thousandths; further digits are ignored.
fn share(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(decimals) || (whole.len() + decimals.len() == 0) {
        return None;
    }
    let whole: u16 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let mut digits: String = decimals.chars().take(4).collect();
    while digits.len() < 4 {
        digits.push('0');
    }
    let parts: u16 = digits.parse().ok()?;
    let beyond = whole == 1 && decimals.bytes().any(|digit| digit != b'0');
    if whole > 1 || beyond { None } else { Some(whole * 10_000 + parts) }
}

impl JsonSchema for FocusPoint {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Focus".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "title": "two numbers",
            "type": "array",
            "items": { "type": "number", "minimum": 0, "maximum": 1 },
            "minItems": 2,
            "maxItems": 2
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_read_exactly() {
        assert_eq!(
            ["0.4", "1", ".5", "0.12345", "1.000"].map(share),
            [Some(4_000), Some(10_000), Some(5_000), Some(1_234), Some(10_000)]
        );
        assert_eq!(["1.2", "-0.1", "2", "", ".", "a", "40 %"].map(share), [None; 7]);
    }
}
