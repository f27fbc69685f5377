//! The words of a PDF, read back by a reader that knows what most of them know: which text
//! each code stands for, what is said instead of it, and where on the line it begins.
#![expect(clippy::disallowed_methods, reason = "a test reads the file that it made")]

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{self, Dict};

use crate::support::fixture::BookFixture;

/// What is said, and where it begins.
struct Said {
    at: Point,
    text: String,
}

/// Listens to a page.
#[derive(Default)]
struct Reader {
    said: Vec<Said>,
    /// For each marked content that is open: what is said instead of its glyphs.
    open: Vec<Option<String>>,
}

impl<'a> Device<'a> for Reader {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let at = (props.transform * glyph.transform()) * Point::ORIGIN;
            let text = match self.open.iter_mut().flatten().next() {
                Some(instead) => std::mem::take(instead),
                None => match glyph.as_unicode() {
                    Some(BfString::Char(c)) => c.into(),
                    Some(BfString::String(text)) => text,
                    None => panic!("code {:04X} says nothing", glyph.char_code()),
                },
            };
            if !text.is_empty() {
                self.said.push(Said { at, text });
            }
        }
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let text = properties.and_then(|entries| entries.get::<object::String<'_>>(b"ActualText"));
        self.open.push(text.map(|text| utf16(text.as_bytes())));
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
fn utf16(bytes: &[u8]) -> String {
    match bytes.strip_prefix(b"\xFE\xFF") {
        Some(units) => {
            let units = units.chunks_exact(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]]));
            char::decode_utf16(units).map(Result::unwrap).collect()
        }
        None => String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

/// The lines of every page of a book of these paragraphs.
fn read(language: &str, paragraphs: &[&str]) -> Vec<String> {
    let text = paragraphs.join("\n\n");
    let fixture = BookFixture::new(&format!(
        "title: T\nlanguage: {language}\nprint: {{ trim: 297 x 210 mm }}\npages:\n  - text: text.md\n"
    ))
    .file("text.md", text);
    let out = fixture.folder().join("out");
    let built = Command::new(env!("CARGO_BIN_EXE_recto"))
        .args(["build", "--only", "print", "-o"])
        .arg(&out)
        .arg(fixture.folder())
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let pdf = Pdf::new(fs::read(out.join("t-print.pdf")).unwrap()).unwrap();
    let cache = InterpreterCache::new();
    pdf.pages()
        .iter()
        .flat_map(|page| {
            let mut reader = Reader::default();
            let (area, settings) = (Rect::new(0.0, 0.0, 1e4, 1e4), InterpreterSettings::default());
            let mut context = Context::new(Affine::IDENTITY, area, &cache, page.xref(), settings);
            interpret_page(page, &mut context, &mut reader);
            lines(reader.said)
        })
        .collect()
}

/// What is said on each line, from left to right, turned round where it is read so.
fn lines(said: Vec<Said>) -> Vec<String> {
    let mut lines: BTreeMap<i64, Vec<Said>> = BTreeMap::new();
    for said in said {
        #[expect(clippy::cast_possible_truncation, reason = "pages are not that large")]
        lines.entry((said.at.y * 10.0).round() as i64).or_default().push(said);
    }
    let seen: Vec<String> = lines
        .into_values()
        .map(|mut line| {
            line.sort_by(|one, other| one.at.x.total_cmp(&other.at.x));
            line.into_iter().map(|said| said.text).collect()
        })
        .collect();
    let letters = seen.iter().flat_map(|line| line.chars());
    let goes_left = letters.map(weight).sum::<i32>() < 0;
    seen.iter().map(|line| turned(line, goes_left)).collect()
}

fn is_from_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{200F}' if !is_figure(c) && !is_mark(c))
}

fn is_figure(c: char) -> bool {
    c.is_numeric() || matches!(c, '.' | ',' | ':' | '/' | '-' | '+' | '%' | '،')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5C7}' | '\u{64B}'..='\u{65F}' | '\u{670}')
}

fn is_from_left(c: char) -> bool {
    c == '\u{200E}' || (c.is_alphabetic() && !is_from_right(c) && !is_mark(c))
}

fn weight(c: char) -> i32 {
    i32::from(is_from_left(c)) - i32::from(is_from_right(c))
}

/// A line as it is read: cut where its direction changes, which all but letters leave open.
fn turned(seen: &str, goes_left: bool) -> String {
    let mut rest: Vec<char> = seen.chars().collect();
    if goes_left {
        rest.reverse();
    }
    let mut read = String::new();
    let mut rest = rest.as_slice();
    let mut at_right = goes_left;
    while !rest.is_empty() {
        let turns = |c: &char| match (at_right, goes_left) {
            (true, _) => is_from_left(*c) || is_figure(*c),
            (false, _) => is_from_right(*c),
        };
        let end = rest.iter().position(turns).unwrap_or(rest.len());
        if at_right == goes_left {
            read.extend(&rest[..end]);
        } else {
            read.extend(rest[..end].iter().rev());
        }
        rest = &rest[end..];
        at_right = !at_right;
    }
    // Marks of direction leave no ink, and a line may end with the space it was broken at.
    read.replace(['\u{200E}', '\u{200F}'], "").trim().to_owned()
}

/// Each paragraph, which is short enough for one line, is read as it was written.
fn assert_read(language: &str, paragraphs: &[&str]) {
    let lines = read(language, paragraphs);
    for paragraph in paragraphs {
        assert!(lines.iter().any(|line| line == paragraph), "{paragraph:?} in {lines:#?}");
    }
}

#[test]
fn letters_from_the_left_are_read_with_their_marks_and_in_their_cases() {
    assert_read(
        "en",
        &[
            "Difficult offices, fluffy waffles: the NATO and the BBC met in 1984.",
            "Naïve cafés, x̂ and q̃, Đặng Thái Sơn.",
            "Μῆνιν ἄειδε θεὰ, Πηληϊάδεω. Все счастливые семьи.",
        ],
    );
}

#[test]
fn words_from_the_right_are_read_among_others_with_all_their_vowels() {
    assert_read(
        "en",
        &[
            "Voiced هادئًا and كِتَابٌ جَمِيلٌ in English.",
            "The word السَّلَامُ عليكم, and لا إله إلا الله too.",
            "In brackets (مرحبا بالعالم) and with שָׁלוֹם עֲלֵיכֶם (peace) at an end: ירושלים.",
        ],
    );
}

#[test]
fn vowels_figures_and_stops_keep_their_places_in_arabic() {
    assert_read(
        "ar",
        &[
            "بَدَأَتِ الرِّحْلَةُ فِي الصَّبَاحِ، وَكَانَ البَحْرُ هَادِئًا.",
            "صدر الكتاب عام 2026 في 96 صفحة، وثمنه 45,50 يورو.",
            "استعمل كاميرا Leica M6 ثم عاد.",
            "قال: (لا إله إلا الله) وفي اليوم ١٢ عاد.",
        ],
    );
}

#[test]
fn points_figures_and_stops_keep_their_places_in_hebrew() {
    assert_read(
        "he",
        &[
            "בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם וְאֵת הָאָרֶץ.",
            "הספר יצא לאור ב-2026, ובו 96 עמודים; המחיר 45.50.",
        ],
    );
}

#[test]
fn a_vowel_on_the_wrong_side_of_its_letter_is_noticed() {
    let said = |x: f64, text: &str| Said { at: Point::new(x, 0.0), text: text.into() };
    let right = vec![said(1.0, "\u{64B}"), said(1.1, "ب"), said(2.0, "ا")];
    assert_eq!(lines(right), ["ابً"]);
    let wrong = vec![said(1.2, "\u{64B}"), said(1.1, "ب"), said(2.0, "ا")];
    assert_eq!(lines(wrong), ["اًب"]);
}
