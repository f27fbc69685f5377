//! The scalar types of the manifest: lines, lengths, dates, sizes.
//!
//! Each type parses a string. The first line of an error is the message, a second one the help.

use std::borrow::Cow;
use std::str::FromStr;

use regex_automata::meta::Regex;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use crate::finding::Code;
use crate::manifest::keys::edtf;
use crate::manifest::keys::identifier;
use crate::manifest::keys::invalid::InvalidValue;
use crate::manifest::keys::language_tag as language;
use crate::manifest::syntax::suggest;
use crate::model::{self, Date, Identifier, Language, Length, Size};

/// The maximum number of characters of a title and other short texts. No page has room for as many,
/// so what is longer is a mistake. Longer captions are reported.
pub(crate) const MAX_LINE: usize = 20_000;

fn check_length(text: &str) -> Result<(), InvalidValue> {
    let length = if text.len() > MAX_LINE { text.chars().count() } else { 0 };
    if length > MAX_LINE {
        return Err(InvalidValue::new(format!("the text has {length} characters"))
            .hint("the maximum is 20,000; put longer texts on a `text:` page"));
    }
    Ok(())
}

/// Text on one line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("type" = ["string", "number"]))]
pub(crate) struct SingleLine(pub String);

impl TryFrom<String> for SingleLine {
    type Error = InvalidValue;

    /// A folded text of several lines becomes one.
    fn try_from(text: String) -> Result<Self, InvalidValue> {
        check_length(&text)?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        Ok(Self(lines.collect::<Vec<_>>().join(" ")))
    }
}

/// `true` or `false`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("type" = "boolean", "title" = "true or false"))]
pub(crate) struct TrueOrFalse(pub bool);

impl TryFrom<String> for TrueOrFalse {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        match text.trim() {
            "true" => Ok(Self(true)),
            "false" => Ok(Self(false)),
            other => Err(InvalidValue::new(format!("`{other}` is neither true nor false"))
                .hint("write true or false")),
        }
    }
}

/// `true`: something is there. Without it, the key is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("type" = "boolean", "const" = true))]
pub(crate) struct True;

impl TryFrom<String> for True {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        match text.trim() {
            "true" => Ok(Self),
            other => Err(InvalidValue::new(format!("`{other}` is not `true`"))
                .hint("write true, or remove the entry")),
        }
    }
}

/// Text that may have several lines; Markdown where its key says so.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(from = "String")]
#[schemars(inline, extend("type" = ["string", "number"]))]
pub(crate) struct MultiLine(pub String);

impl From<String> for MultiLine {
    fn from(text: String) -> Self {
        // A block scalar (`|`, `>`) ends with a line break, which a file name does not.
        let end = if text.ends_with('\n') { "\n" } else { "" };
        Self(format!("{}{end}", text.trim_end()))
    }
}

/// An alt text, on one line: empty for decoration, `None` if it is blank, which is neither.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("type" = ["string", "number"]))]
pub(crate) struct AltText(#[schemars(with = "String")] pub Option<String>);

impl TryFrom<String> for AltText {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        check_length(&text)?;
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(Self(Some(line).filter(|line| text.is_empty() || !line.is_empty())))
    }
}

/// A BCP 47 tag, such as `en`, `de-CH` or `sr-Latn`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("title" = "BCP 47 language tag", "pattern" = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"))]
pub(crate) struct LanguageTag(#[schemars(with = "String")] pub Language);

impl TryFrom<String> for LanguageTag {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        language::parse(text.trim()).map(Self)
    }
}

/// The code of a finding that the author accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct AllowedCode(pub Code);

impl TryFrom<String> for AllowedCode {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        let name = text.trim();
        let Ok(code) = name.parse::<Code>() else {
            let names: Vec<&str> = AllowedCode::names().collect();
            let error = InvalidValue::new(format!("`{name}` is not the code of a finding"));
            return Err(match suggest::nearest(name, &names) {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error
                    .hint("use the code of a finding, such as alt-missing in warning[alt-missing]"),
            });
        };
        if code.can_be_allowed() {
            return Ok(Self(code));
        }
        Err(InvalidValue::new(format!("`{name}` is an error that cannot be accepted"))
            .hint("the book would be incomplete or incorrect; omit the code and fix the error"))
    }
}

impl AllowedCode {
    fn names() -> impl Iterator<Item = &'static str> {
        Code::ALL.iter().filter(|code| code.can_be_allowed()).map(|code| code.name())
    }
}

impl JsonSchema for AllowedCode {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "AllowedCode".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "title": "code of a finding", "enum": Self::names().collect::<Vec<_>>() })
    }
}

/// `isbn:` with ten or thirteen digits, a URN, a URL, or a bare UUID.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("title" = "identifier", "examples" = ["isbn:9780000000002", "https://example.org/books/1"]))]
pub(crate) struct IdentifierText(#[schemars(with = "String")] pub Identifier);

impl TryFrom<String> for IdentifierText {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        identifier::parse(text.trim()).map(Self)
    }
}

/// A date: a day, a month or a year, as `2026-11-22`, `2026-11` or `2026`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend(
    "title" = "date",
    "type" = ["string", "integer"],
    "pattern" = r"^\d{4}(-\d{2}(-\d{2})?)?$",
    "minimum" = 1000,
    "maximum" = 9999
))]
pub(crate) struct DateText(#[schemars(with = "String")] pub Date);

impl TryFrom<String> for DateText {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        edtf::parse_date(text.trim()).map(Self)
    }
}

/// When a photo was taken: a date of EDTF or words; empty to omit the date in the photo's metadata.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend(
    "title" = "date (EDTF) or words",
    "type" = ["string", "integer"],
    "minimum" = 1000,
    "maximum" = 9999
))]
pub(crate) struct Taken(#[schemars(with = "String")] pub Option<model::Taken>);

impl TryFrom<String> for Taken {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        check_length(&text)?;
        match text.split_whitespace().collect::<Vec<_>>().join(" ").as_str() {
            "" => Ok(Self(None)),
            text => edtf::parse(text).map(|taken| Self(Some(taken))),
        }
    }
}

/// An `http` or `https` address.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("title" = "web address", "format" = "uri", "pattern" = "^https?://"))]
pub(crate) struct WebAddress(pub String);

impl TryFrom<String> for WebAddress {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        let text = text.trim();
        let rest = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
        match rest {
            Some(rest) if !rest.is_empty() && !text.contains(char::is_whitespace) => {
                Ok(Self(text.to_owned()))
            }
            _ => Err(InvalidValue::new(format!("`{text}` is not a web address")).hint(
                "write the address of the licence's text, such as \
                 https://creativecommons.org/licenses/by/4.0/",
            )),
        }
    }
}

/// A length with its unit: `3 mm`, `0.125 in`, `1.5 cm`, `12 pt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("title" = "length", "pattern" = "^\\s*(0|[0-9.]+\\s*(mm|cm|in|pt|\"))\\s*$"))]
pub(crate) struct Measure(#[schemars(with = "String")] pub Length);

impl TryFrom<String> for Measure {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        let text = text.trim();
        match Length::from_str(text) {
            Ok(length) if length < Length::ZERO => {
                Err(InvalidValue::new(format!("`{text}` is negative")))
            }
            Ok(length) => Ok(Self(length)),
            Err(_) if text.parse::<f64>().is_ok() => {
                Err(InvalidValue::new(format!("`{text}` has no unit"))
                    .hint(format!("did you mean `{text} mm`?")))
            }
            Err(_) => Err(InvalidValue::new(format!("`{text}` is not a length"))
                .hint("write a number and mm, cm, in or pt, such as 3 mm")),
        }
    }
}

/// The finished size of a page: `210 x 210 mm`, `8.5 x 11 in`, or a name such as
/// `a4`, `a4-landscape`, `letter`, `8x10in`, `square-210`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("title" = "page size", "examples" = ["210 x 210 mm", "a4-landscape", "8x10in"]))]
pub(crate) struct TrimSize(#[schemars(with = "String")] pub Size);

/// Named page sizes in portrait format: width and height in tenths of a millimetre.
const PAGE_SIZES: [(&str, i64, i64); 11] = [
    ("a3", 2970, 4200),
    ("a4", 2100, 2970),
    ("a5", 1480, 2100),
    ("a6", 1050, 1480),
    ("b5", 1760, 2500),
    ("letter", 2159, 2794),
    ("legal", 2159, 3556),
    ("square-148", 1480, 1480),
    ("square-210", 2100, 2100),
    ("square-250", 2500, 2500),
    ("square-300", 3000, 3000),
];

impl TryFrom<String> for TrimSize {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        let text = text.trim();
        let size = named_size(text).or_else(|| two_lengths(text)).ok_or_else(|| {
            let names: Vec<_> = PAGE_SIZES.iter().map(|&(name, ..)| name).collect();
            match suggest::nearest(text, &names) {
                Some(near) => InvalidValue::new(format!("`{text}` is not a page size"))
                    .hint(format!("did you mean `{near}`?")),
                None => InvalidValue::new(format!("`{text}` is not a page size")).hint(format!(
                    "use width x height with a unit, such as \
                     210 x 210 mm or 8.5 x 11 in, or one of {}; add -landscape to turn it",
                    names.join(", ")
                )),
            }
        })?;
        // A PDF page reaches at most 200 inches (ISO 32000-2, annex C); the least is ours.
        let fits = |edge: Length| edge >= Length::mm(50) && edge <= Length::mm(2000);
        if fits(size.width) && fits(size.height) {
            Ok(Self(size))
        } else {
            Err(InvalidValue::new(format!("`{text}` is out of range"))
                .hint("the width and height can be 50 mm to 2000 mm"))
        }
    }
}

fn named_size(text: &str) -> Option<Size> {
    let name = text.to_ascii_lowercase().replace([' ', '_'], "-");
    let (base_name, is_landscape) = match name.strip_suffix("-landscape") {
        Some(base_name) => (base_name, true),
        None => (name.strip_suffix("-portrait").unwrap_or(&name), false),
    };
    let &(_, width, height) = PAGE_SIZES.iter().find(|&&(name, ..)| name == base_name)?;
    let tenth = |tenths: i64| Length::mm(tenths).scale(1, 10);
    let (width, height) = (tenth(width), tenth(height));
    Some(if is_landscape { Size::new(height, width) } else { Size::new(width, height) })
}

/// `210 x 210 mm`, `8x10in`, `210mm x 297mm`, with `x` or `×`.
fn two_lengths(text: &str) -> Option<Size> {
    let (width, height) = text.split_once(['x', '×', 'X'])?;
    let height_length = Length::from_str(height).ok()?;
    let unit = height.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
    let width_length =
        Length::from_str(width).or_else(|_| Length::from_str(&format!("{width} {unit}"))).ok()?;
    Some(Size::new(width_length, height_length))
}

/// A file size with its unit: `45 MB`, `64 MiB`, `900 kB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("title" = "file size", "pattern" = r"^\s*[0-9.]+\s*([kMG]i?)?B\s*$"))]
pub(crate) struct FileSize(#[schemars(with = "String")] pub u64);

impl TryFrom<String> for FileSize {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        let error = || {
            InvalidValue::new(format!("`{text}` is not a file size"))
                .hint("write a number and kB, MB, GB or MiB, such as 45 MB")
        };
        let text = text.trim();
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').ok_or_else(error)?;
        let (number, unit) = text.split_at(end);
        let unit: u64 = match unit.trim().to_ascii_lowercase().as_str() {
            "b" => 1,
            "kb" => 1000,
            "mb" => 1_000_000,
            "gb" => 1_000_000_000,
            "kib" => 1 << 10,
            "mib" => 1 << 20,
            "gib" => 1 << 30,
            _ => return Err(error()),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if fraction.len() > 9 {
            return Err(error());
        }
        let whole: u64 = whole.parse().map_err(|_| error())?;
        let part: u64 =
            if fraction.is_empty() { 0 } else { fraction.parse().map_err(|_| error())? };
        let scale = 10_u64.pow(u32::try_from(fraction.len()).unwrap_or(0));
        let bytes = u128::from(whole) * u128::from(unit)
            + u128::from(part) * u128::from(unit) / u128::from(scale);
        match u64::try_from(bytes) {
            Ok(bytes) if bytes > 0 => Ok(Self(bytes)),
            _ => Err(error()),
        }
    }
}

/// A JPEG quality, 1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "u32")]
#[schemars(inline, extend("minimum" = 1, "maximum" = 100))]
pub(crate) struct Quality(#[schemars(with = "u32")] pub u8);

impl TryFrom<u32> for Quality {
    type Error = InvalidValue;

    fn try_from(number: u32) -> Result<Self, InvalidValue> {
        match u8::try_from(number) {
            Ok(quality @ 1..=100) => Ok(Self(quality)),
            _ => Err(InvalidValue::new(format!("{number} is out of range"))
                .hint("valid range: 1 to 100; 85 is usual")),
        }
    }
}

/// A number of pixels within a range: `2560 px` or `2560`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct PixelCount<const MIN: u32, const MAX: u32>(pub u32);

impl<const MIN: u32, const MAX: u32> TryFrom<String> for PixelCount<MIN, MAX> {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        let text = text.trim();
        let number = text.strip_suffix("px").unwrap_or(text).trim_end();
        match number.parse() {
            Ok(pixels) if (MIN..=MAX).contains(&pixels) => Ok(Self(pixels)),
            Ok(_) => Err(InvalidValue::new(format!("`{text}` is out of range"))
                .hint(format!("valid range: {MIN} px to {MAX} px"))),
            Err(_) => Err(InvalidValue::new(format!("`{text}` is not a number of pixels"))
                .hint("write a number and px, such as 2560 px")),
        }
    }
}

impl<const MIN: u32, const MAX: u32> JsonSchema for PixelCount<MIN, MAX> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("PixelCount{MIN}To{MAX}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "length in pixels",
            "anyOf": [
                { "type": "integer", "minimum": MIN, "maximum": MAX },
                { "type": "string", "pattern": r"^\s*\d+\s*(px)?\s*$" },
            ]
        })
    }
}

/// A regular expression, such as `^OLYMPUS DIGITAL`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("title" = "regular expression", "format" = "regex"))]
pub(crate) struct Pattern(#[schemars(with = "String")] pub Regex);

impl TryFrom<String> for Pattern {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        // A limit against hostile patterns: captions are a few lines.
        let limits = Regex::config().nfa_size_limit(Some(1 << 20));
        Regex::builder().configure(limits).build(&text).map(Self).map_err(|_| {
            InvalidValue::new(format!("`{text}` is not a regular expression")).hint(
                "put a backslash before literal \
                 characters such as . * + ? ( ) [ ] { } ^ $ | \\",
            )
        })
    }
}

/// A resolution: `300 ppi`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("title" = "resolution", "pattern" = r"^\s*[1-9]\d{0,3}\s*ppi\s*$"))]
pub(crate) struct Ppi(#[schemars(with = "String")] pub u64);

impl TryFrom<String> for Ppi {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        let text = text.trim();
        let number = text.strip_suffix("ppi").and_then(|number| number.trim_end().parse().ok());
        match number {
            Some(ppi @ 1..=9999) => Ok(Self(ppi)),
            _ => Err(InvalidValue::new(format!("`{text}` is not a resolution"))
                .hint("write a number of pixels per inch and ppi, such as 300 ppi")),
        }
    }
}
