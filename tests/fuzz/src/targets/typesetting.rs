//! Typesetting: any text in any width.

use std::sync::LazyLock;

use arbitrary::{Arbitrary, Unstructured};
use recto::model::{Fonts, Language, Length};
use recto::typeset::{Align, Faces, Family, Paragraph, Setting, Span, Style, set};

static FACES: LazyLock<Faces> =
    LazyLock::new(|| Faces::load(&Fonts::default()).expect("bundled fonts"));

#[derive(Debug, Arbitrary)]
struct Input<'a> {
    /// In hundredths of a millimetre.
    measure: u16,
    indent: u16,
    align: u8,
    hyphenate: bool,
    language: u8,
    text: &'a str,
}

/// Setting a text ends, and every letter of it is set once.
pub fn typesetting(bytes: &[u8]) {
    let Ok(input) = Input::arbitrary_take_rest(Unstructured::new(bytes)) else { return };
    let languages = ["en", "de", "fr", "ar", "he", "ja", "ko", "zh-Hant", "th", "ru"];
    let aligns = [Align::Justified, Align::Start, Align::Balanced, Align::Centred, Align::End];
    let hundredths = |value: u16| Length::mm(1).scale(i64::from(value), 100);
    let setting = Setting {
        measure: hundredths(input.measure),
        indent: hundredths(input.indent),
        align: aligns[usize::from(input.align) % aligns.len()],
        hyphenate: input.hyphenate,
        is_title: false,
    };
    let paragraph = Paragraph {
        spans: vec![Span::new(input.text, Style::plain(Family::Serif, Length::pt(10)))],
        language: Language::new(languages[usize::from(input.language) % languages.len()]),
    };
    let lines = set(&FACES, &paragraph, &setting);
    let runs = lines.iter().flat_map(|line| &line.runs);
    let text: String = runs.map(|run| &*run.text).collect();
    let letters = |text: &str| -> Vec<char> {
        let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        letters.sort_unstable();
        letters
    };
    assert_eq!(letters(&text), letters(input.text));
}
