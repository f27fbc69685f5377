//! The text of PDFs in many scripts.

use hayro::hayro_interpret::kurbo::Point;
use hayro::hayro_syntax::Pdf;

use crate::support::extracted_text::{GlyphText, lines, page_texts};
use crate::support::fixture::BookFixture;

/// The lines of text in the PDF of a book with these paragraphs.
fn extracted(language: &str, paragraphs: &[&str]) -> Vec<String> {
    let text = paragraphs.join("\n\n");
    let fixture = BookFixture::new(&format!(
        "title: T\nlanguage: {language}\nprint: {{ trim: 297 x 210 mm }}\npages:\n  - text: text.md\n"
    ))
    .file("text.md", text);
    let run = fixture.recto("build --only print -o out");
    assert_eq!(run.code, 0, "{run:?}");
    let pdf = Pdf::new(fixture.read("out/t-print.pdf")).unwrap();
    pdf.pages().iter().flat_map(|page| lines(page_texts(page).0)).collect()
}

/// Asserts that each paragraph, short enough for one line, is extracted as it was written.
fn assert_extracted(language: &str, paragraphs: &[&str]) {
    let lines = extracted(language, paragraphs);
    for paragraph in paragraphs {
        assert!(lines.iter().any(|line| line == paragraph), "{paragraph:?} in {lines:#?}");
    }
}

#[test]
fn latin_greek_and_cyrillic_text_is_extracted_with_accents_and_case() {
    assert_extracted(
        "en",
        &[
            "Difficult offices, fluffy waffles: the NATO and the BBC met in 1984.",
            "Naïve cafés, x̂ and q̃, Đặng Thái Sơn.",
            "Μῆνιν ἄειδε θεὰ, Πηληϊάδεω. Все счастливые семьи.",
        ],
    );
}

#[test]
fn arabic_and_hebrew_words_in_english_text_are_extracted_with_their_vowels() {
    assert_extracted(
        "en",
        &[
            "Voiced هادئًا and كِتَابٌ جَمِيلٌ in English.",
            "The word السَّلَامُ عليكم, and لا إله إلا الله too.",
            "In brackets (مرحبا بالعالم) and with שָׁלוֹם עֲלֵיכֶם (peace) at an end: ירושלים.",
        ],
    );
}

#[test]
fn vowels_numbers_and_punctuation_are_extracted_in_order_from_arabic() {
    assert_extracted(
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
fn points_numbers_and_punctuation_are_extracted_in_order_from_hebrew() {
    assert_extracted(
        "he",
        &[
            "בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם וְאֵת הָאָרֶץ.",
            "הספר יצא לאור ב-2026, ובו 96 עמודים; המחיר 45.50.",
        ],
    );
}

#[test]
fn a_vowel_on_the_wrong_side_of_its_letter_is_detected() {
    let glyph =
        |x: f64, text: &str| GlyphText { at: Point::new(x, 0.0), text: text.into(), content: None };
    let right = vec![glyph(1.0, "\u{64B}"), glyph(1.1, "ب"), glyph(2.0, "ا")];
    assert_eq!(lines(right), ["ابً"]);
    let wrong = vec![glyph(1.2, "\u{64B}"), glyph(1.1, "ب"), glyph(2.0, "ا")];
    assert_eq!(lines(wrong), ["اًب"]);
}
