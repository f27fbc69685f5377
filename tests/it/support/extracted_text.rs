//! The text of a PDF, extracted as most PDF readers do: from the Unicode mapping of each code,
//! replacement texts, and the positions of the glyphs.

use std::collections::BTreeMap;

use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};
use hayro::hayro_syntax::object::{self, Dict};
use hayro::hayro_syntax::page::Page;

/// The text of a glyph, and its position.
#[derive(Debug)]
pub(crate) struct GlyphText {
    pub(crate) at: Point,
    pub(crate) text: String,
    /// The identifier of the marked content that it is in.
    pub(crate) content: Option<i32>,
}

/// Extracts the text of a page.
#[derive(Default)]
struct TextExtractor {
    texts: Vec<GlyphText>,
    /// The replacement text and the identifier of each open marked content.
    open: Vec<(Option<String>, Option<i32>)>,
    /// The tags of artifacts, with their types.
    artifacts: Vec<String>,
}

impl<'a> Device<'a> for TextExtractor {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let at = (props.transform * glyph.transform()) * Point::ORIGIN;
            let content = self.open.iter().rev().find_map(|(_, content)| *content);
            let text = match self.open.iter_mut().find_map(|(text, _)| text.as_mut()) {
                Some(replacement) => std::mem::take(replacement),
                None => match glyph.as_unicode() {
                    Some(BfString::Char(c)) => c.into(),
                    Some(BfString::String(text)) => text,
                    None => panic!("code {:04X} has no text", glyph.char_code()),
                },
            };
            if !text.is_empty() {
                self.texts.push(GlyphText { at, text, content });
            }
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let text = properties.and_then(|entries| entries.get::<object::String<'_>>(b"ActualText"));
        let content = properties.and_then(|entries| entries.get::<i32>(b"MCID"));
        self.open.push((text.map(|text| text_string(text.as_bytes())), content));
        if tag == b"Artifact" {
            let name =
                |key: &[u8]| properties.and_then(|entries| entries.get::<object::Name<'_>>(key));
            let names = [b"Type".as_slice(), b"Subtype"].map(name);
            let names: Vec<String> =
                names.into_iter().flatten().map(|name| name.as_str().to_owned()).collect();
            self.artifacts.push(names.join(" "));
        }
    }

    fn end_marked_content(&mut self) {
        self.open.pop();
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// A text string (ISO 32000-2, 7.9.2.2), which is ASCII or UTF-16.
pub(crate) fn text_string(bytes: &[u8]) -> String {
    match bytes.strip_prefix(b"\xFE\xFF") {
        Some(units) => {
            let units = units.chunks_exact(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]]));
            char::decode_utf16(units).map(Result::unwrap).collect()
        }
        None => String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

/// The glyphs of a page, and the types of its artifacts.
pub(crate) fn page_texts(page: &Page<'_>) -> (Vec<GlyphText>, Vec<String>) {
    let cache = InterpreterCache::new();
    let mut extractor = TextExtractor::default();
    let (area, settings) = (Rect::new(0.0, 0.0, 1e4, 1e4), InterpreterSettings::default());
    let mut context = Context::new(Affine::IDENTITY, area, &cache, page.xref(), settings);
    interpret_page(page, &mut context, &mut extractor);
    (extractor.texts, extractor.artifacts)
}

/// The text of each line in logical order.
pub(crate) fn lines(texts: Vec<GlyphText>) -> Vec<String> {
    let mut lines: BTreeMap<i64, Vec<GlyphText>> = BTreeMap::new();
    for text in texts {
        #[expect(clippy::cast_possible_truncation, reason = "pages are not that large")]
        lines.entry((text.at.y * 10.0).round() as i64).or_default().push(text);
    }
    let visual: Vec<String> = lines
        .into_values()
        .map(|mut line| {
            line.sort_by(|one, other| one.at.x.total_cmp(&other.at.x));
            line.into_iter().map(|glyph| glyph.text).collect()
        })
        .collect();
    let letters = visual.iter().flat_map(|line| line.chars());
    let is_rtl = letters.map(weight).sum::<i32>() < 0;
    visual.iter().map(|line| logical(line, is_rtl)).collect()
}

fn is_rtl_letter(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{200F}' if !is_number(c) && !is_mark(c))
}

fn is_number(c: char) -> bool {
    c.is_numeric() || matches!(c, '.' | ',' | ':' | '/' | '-' | '+' | '%' | '،')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5C7}' | '\u{64B}'..='\u{65F}' | '\u{670}')
}

fn is_ltr_letter(c: char) -> bool {
    c == '\u{200E}' || (c.is_alphabetic() && !is_rtl_letter(c) && !is_mark(c))
}

/// 1 for left-to-right letters, -1 for right-to-left letters, 0 for others.
fn weight(c: char) -> i32 {
    i32::from(is_ltr_letter(c)) - i32::from(is_rtl_letter(c))
}

/// A line in logical order. It is split where its direction changes; characters other than letters
/// and numbers do not change it.
fn logical(visual: &str, is_rtl: bool) -> String {
    let mut rest: Vec<char> = visual.chars().collect();
    if is_rtl {
        rest.reverse();
    }
    let mut text = String::new();
    let mut rest = rest.as_slice();
    let mut in_rtl = is_rtl;
    while !rest.is_empty() {
        let changes = |c: &char| match (in_rtl, is_rtl) {
            (true, _) => is_ltr_letter(*c) || is_number(*c),
            (false, _) => is_rtl_letter(*c),
        };
        let end = rest.iter().position(changes).unwrap_or(rest.len());
        if in_rtl == is_rtl {
            text.extend(&rest[..end]);
        } else {
            text.extend(rest[..end].iter().rev());
        }
        rest = &rest[end..];
        in_rtl = !in_rtl;
    }
    // Direction marks are invisible, and a line may end with the space where it was broken.
    text.replace(['\u{200E}', '\u{200F}'], "").trim().to_owned()
}
