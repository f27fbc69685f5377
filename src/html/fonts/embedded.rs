//! The font files in the archive: bundled ones and those of the manifest.

use std::borrow::Cow;

use skrifa::attribute::{Attributes, Style};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider, Tag};

use crate::html::fonts::opentype;
use crate::html::fonts::subset::{ShownLetters, subset};
use crate::model::{Family, Fonts};

/// The families of the bundled faces.
pub(crate) const SERIF: &str = "Source Serif 4";
pub(crate) const SANS: &str = "Source Sans 3";
pub(crate) const MONO: &str = "Source Code Pro";
/// The families for right-to-left scripts.
pub(crate) const ARABIC: &str = Fonts::ARABIC;
pub(crate) const HEBREW: &str = Fonts::HEBREW;
const CAPTION: &str = "Source Serif 4 Caption";
/// The display size of the serif.
pub(crate) const DISPLAY: &str = "Source Serif 4 Display";

/// An embedded face.
#[derive(Debug, Clone)]
pub(crate) struct EmbeddedFace<'a> {
    /// The PostScript name of a bundled face.
    pub(crate) bundled: Option<&'static str>,
    /// Its file in the archive.
    pub(crate) file: String,
    /// Its media type (EPUB 3.3, 3.2).
    pub(crate) media_type: &'static str,
    /// Its bytes: the original file, or a subset if that is too large.
    pub(crate) bytes: Cow<'a, [u8]>,
    /// The family name in the stylesheet.
    pub(crate) family: Cow<'static, str>,
    /// The family of the design that it resembles, if it says so.
    pub(crate) resembles: Option<Family>,
    /// Whether it is slanted.
    pub(crate) italic: bool,
    /// From 1 to 1000.
    pub(crate) weight: u16,
    /// The range of weights of a variable font, among which the reading system chooses.
    pub(crate) weights: Option<(u16, u16)>,
    /// Whether it is a subset, which has no layout tables.
    pub(crate) is_subset: bool,
}

impl<'a> EmbeddedFace<'a> {
    /// The face of a font file in the manifest: the whole file, or a single font extracted from
    /// a collection, because `@font-face` cannot select one; a large font is reduced to
    /// `letters`. `None` if it is not a font.
    pub(crate) fn from_manifest(
        kind: &str,
        number: usize,
        (bytes, index): (&'a [u8], u32),
        letters: Option<&ShownLetters>,
    ) -> Option<Self> {
        let font = FontRef::from_index(bytes, index).ok()?;
        let attributes = Attributes::new(&font);
        let subset = letters.and_then(|letters| subset(bytes, index, letters));
        let is_subset = subset.is_some();
        let bytes = match (subset, bytes.get(..4)) {
            (Some(subset), _) => Cow::Owned(subset),
            (None, Some(b"ttcf")) => Cow::Owned(opentype::extract(&font)),
            (None, _) => Cow::Borrowed(bytes),
        };
        let (extension, media_type) = match bytes.get(..4) {
            Some(b"OTTO") => ("otf", "font/otf"),
            Some(b"\0\x01\0\0" | b"true") => ("ttf", "font/ttf"),
            _ => return None,
        };
        Some(Self {
            bundled: None,
            file: format!("fonts/{kind}-{number}.{extension}"),
            media_type,
            bytes,
            family: Cow::Owned(family(&font).unwrap_or_else(|| format!("Book {kind} {number}"))),
            resembles: None,
            italic: attributes.style != Style::Normal,
            weight: weight(attributes.weight.value()),
            weights: weights(&font).filter(|_| !is_subset),
            is_subset,
        })
    }

    /// The `@font-face` rule, with the font in its file.
    pub(crate) fn font_face_rule(&self) -> String {
        self.font_face_rule_at(&self.file)
    }

    /// The `@font-face` rule, with the font at this address.
    pub(crate) fn font_face_rule_at(&self, address: &str) -> String {
        self.font_face_rule_of(&self.family, address)
    }

    /// The `@font-face` rule of a family, with the font at this address.
    pub(crate) fn font_face_rule_of(&self, family: &str, address: &str) -> String {
        let Self { italic, weight, weights, .. } = self;
        let style = if *italic { "italic" } else { "normal" };
        let weight = match weights {
            Some((lightest, heaviest)) => format!("{lightest} {heaviest}"),
            None if *weight == 400 => "normal".to_owned(),
            None => weight.to_string(),
        };
        format!(
            "@font-face {{\n  font-family: \"{family}\";\n  font-style: {style};\n  \
             font-weight: {weight};\n  src: url(\"{address}\");\n}}\n\n"
        )
    }
}

/// The bundled face with the given file name, which is its PostScript name.
pub(crate) fn bundled(name: &str) -> Option<EmbeddedFace<'static>> {
    let face = BUNDLED.iter().find(|face| face.name == name)?;
    let (extension, media_type) = match face.bytes.get(..4) {
        Some(b"wOF2") => ("woff2", "font/woff2"),
        _ => ("ttf", "font/ttf"),
    };
    Some(EmbeddedFace {
        bundled: Some(face.name),
        file: format!("fonts/{}.{extension}", face.name),
        media_type,
        bytes: Cow::Borrowed(face.bytes),
        family: Cow::Borrowed(face.family),
        resembles: None,
        italic: face.italic,
        weight: face.weight,
        weights: None,
        is_subset: false,
    })
}

struct WebFont {
    name: &'static str,
    family: &'static str,
    italic: bool,
    weight: u16,
    bytes: &'static [u8],
}

macro_rules! woff2 {
    ($name:literal, $family:expr, $italic:literal, $weight:literal) => {
        WebFont {
            name: $name,
            family: $family,
            italic: $italic,
            weight: $weight,
            bytes: include_bytes!(concat!("../../../fonts/woff2/", $name, ".otf.woff2")),
        }
    };
}

macro_rules! ttf {
    ($name:literal, $family:expr, $weight:literal) => {
        WebFont {
            name: $name,
            family: $family,
            italic: false,
            weight: $weight,
            bytes: include_bytes!(concat!("../../../fonts/", $name, ".ttf")),
        }
    };
}

static BUNDLED: [WebFont; 16] = [
    woff2!("SourceSerif4-Regular", SERIF, false, 400),
    woff2!("SourceSerif4-It", SERIF, true, 400),
    woff2!("SourceSerif4-Semibold", SERIF, false, 600),
    woff2!("SourceSerif4-SemiboldIt", SERIF, true, 600),
    woff2!("SourceSans3-Regular", SANS, false, 400),
    woff2!("SourceSans3-It", SANS, true, 400),
    woff2!("SourceSans3-Semibold", SANS, false, 600),
    woff2!("SourceCodePro-Regular", MONO, false, 400),
    woff2!("SourceSerif4Caption-Regular", CAPTION, false, 400),
    woff2!("SourceSerif4Caption-It", CAPTION, true, 400),
    woff2!("SourceSerif4Display-Regular", DISPLAY, false, 400),
    woff2!("SourceSerif4Display-It", DISPLAY, true, 400),
    ttf!("NotoNaskhArabic-Regular", ARABIC, 400),
    ttf!("NotoNaskhArabic-SemiBold", ARABIC, 600),
    ttf!("NotoSerifHebrew-Regular", HEBREW, 400),
    ttf!("NotoSerifHebrew-SemiBold", HEBREW, 600),
];

/// The name of a font's family, if it can be quoted in CSS.
fn family(font: &FontRef<'_>) -> Option<String> {
    [StringId::TYPOGRAPHIC_FAMILY_NAME, StringId::FAMILY_NAME].into_iter().find_map(|id| {
        let name: String = font.localized_strings(id).english_or_first()?.chars().collect();
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.');
        Some(name).filter(|name| !name.is_empty() && name.chars().all(is_plain))
    })
}

/// A weight in CSS: an integer from 1 to 1000.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what a u16 holds"
)]
fn weight(value: f32) -> u16 {
    value.round().clamp(1.0, 1000.0) as u16
}

/// The lightest and the heaviest weight of a variable font.
fn weights(font: &FontRef<'_>) -> Option<(u16, u16)> {
    let axis = font.axes().get_by_tag(Tag::new(b"wght"))?;
    Some((weight(axis.min_value()), weight(axis.max_value())))
}

/// The quoted name of a family.
pub(crate) fn quoted(family: &str) -> String {
    format!("\"{family}\"")
}
