//! What scripts need of their own: emphasis without italics, headings, punctuation, ligatures.

use recto::model::{
    Entry, Fallback, FontFile, Fonts, GlyphRun, Item, Language, Length, Page, PageStyle,
    StructureKind, TextStyle,
};
use recto::typeset::{
    Align, Faces, Line, Paragraph, Setting, Slant, Span, Stress, Style, Weight, line, set,
};

use crate::support::books;
use crate::support::fixture::BookFixture;
use crate::support::styles::plain;

const HAN: &[u8] = include_bytes!("../specimen/fonts/SpecimenHan-Regular.otf");

fn faces() -> Faces {
    let file = FontFile { name: "han.otf".into(), bytes: HAN.to_vec() };
    Faces::load(&Fonts { fallback: Fallback::Files(vec![file]), ..Fonts::default() }).unwrap()
}

fn emphasis() -> Style {
    Style { slant: Slant::Italic, stress: Stress::Emphasis, ..plain() }
}

fn set_in(faces: &Faces, text: &str, style: Style, language: &str) -> Line {
    line(faces, &[Span::new(text, style)], &Language::new(language))
}

fn face(faces: &Faces, line: &Line) -> String {
    faces.get(line.runs[0].face).unwrap().name.clone()
}

#[test]
fn emphasis_in_hebrew_is_spaced_and_its_figures_stay_upright() {
    let faces = faces();
    let of = |style| set_in(&faces, "גיליון 1961", style, "he");
    let (text, emphasized) = (of(plain()), of(emphasis()));
    assert!(emphasized.width > text.width + Length::pt(3), "{:?}", emphasized.width);
    let slants = |line: &Line| -> Vec<Slant> {
        line.runs.iter().map(|run| faces.get(run.face).unwrap().slant).collect()
    };
    assert!(slants(&emphasized).iter().all(|slant| *slant == Slant::Upright));
    // Latin words among them have italics.
    let latin = set_in(&faces, "recto", emphasis(), "he");
    assert_eq!(slants(&latin), [Slant::Italic]);
}

#[test]
fn emphasis_in_arabic_is_bolder() {
    let faces = faces();
    assert_eq!(face(&faces, &set_in(&faces, "صفحة", plain(), "ar")), "NotoNaskhArabic-Regular");
    assert_eq!(face(&faces, &set_in(&faces, "صفحة", emphasis(), "ar")), "NotoNaskhArabic-SemiBold");
    // In a bold heading, emphasis is lighter.
    let heading = Style { weight: Weight::Semibold, ..emphasis() };
    assert_eq!(face(&faces, &set_in(&faces, "صفحة", heading, "ar")), "NotoNaskhArabic-Regular");
}

#[test]
fn emphasis_in_chinese_and_japanese_has_dots() {
    let faces = faces();
    let dots = |text: &str, language: &str| set_in(&faces, text, emphasis(), language).dots;
    let japanese = dots("見本、頁", "ja");
    assert_eq!(japanese.len(), 3, "punctuation has no dot");
    assert!(japanese.iter().all(|(dot, _)| dot.bottom() < -Length::pt(8)), "above the letters");
    let middle = japanese[0].0.x + japanese[0].0.width / 2;
    assert_eq!(middle, Length::pt(5), "in the middle of its letter");
    assert!(dots("页面", "zh-Hans").iter().all(|(dot, _)| dot.y > Length::ZERO), "below");
    assert_eq!(dots("견본", "ko").len(), 2);
    assert!(set_in(&faces, "見本", plain(), "ja").dots.is_empty());
}

#[test]
fn strong_text_without_a_bolder_face_has_dots() {
    let faces = faces();
    let strong = Style { weight: Weight::Semibold, stress: Stress::Strong, ..plain() };
    assert_eq!(set_in(&faces, "見本", strong.clone(), "ja").dots.len(), 2);
    let hebrew = set_in(&faces, "גיליון", strong, "he");
    assert_eq!(face(&faces, &hebrew), "NotoSerifHebrew-SemiBold");
}

/// The runs of a page with text in a heading and in a paragraph.
fn heading_and_text(page: &Page) -> (&GlyphRun, &GlyphRun) {
    let runs: Vec<&GlyphRun> = page
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Glyphs(run) => Some(run),
            _ => None,
        })
        .collect();
    let kind = |run: &GlyphRun| run.element.as_ref().map(|element| element.kind);
    let heading = runs.iter().position(|run| kind(run) == Some(StructureKind::Heading(2))).unwrap();
    let text = runs[heading..].iter().find(|run| kind(run) == Some(StructureKind::Paragraph));
    (runs[heading], text.unwrap())
}

#[test]
fn headings_differ_from_text_in_every_script_and_design() {
    let texts = [
        ("ar", "# صفحة\n\nصفحة بعد صفحة.\n\n## عنوان\n\nصفحة بعد صفحة."),
        ("he", "# גיליון\n\nהספר הזה.\n\n## כותרת\n\nהספר הזה."),
        ("ja", "# 見本\n\n頁の見本。\n\n## 見本の頁\n\n頁の見本。"),
        ("ko", "# 견본\n\n쪽의 견본.\n\n## 견본의 쪽\n\n쪽의 견본."),
        ("ru", "# Образец\n\nЭто страница.\n\n## Заголовок\n\nЭто страница."),
    ];
    for (language, text) in texts {
        for design in ["classic", "modern", "exhibition"] {
            let manifest = format!(
                "title: Pages\nlanguage: {language}\ndesign: {design}\n\
                 fonts: {{ fallback: [han.otf] }}\npages:\n  - text: text.md\n"
            );
            let fixture = BookFixture::new(&manifest).file("han.otf", HAN).file("text.md", text);
            let book = fixture.load().book.unwrap();
            let pages = books::paginate(&book);
            let page = pages.pages.iter().find(|page| {
                page.entry.is_some_and(|id| matches!(book.entries[id.0], Entry::Essay(_)))
            });
            let (heading, text) = heading_and_text(page.unwrap());
            let differs = heading.face != text.face || heading.size > text.size.scale(109, 100);
            assert!(differs, "{language}, {design}: {heading:?}");
        }
    }
}

#[test]
fn fullwidth_marks_side_by_side_lose_the_space_between_them() {
    let faces = faces();
    let width = |text: &str| set_in(&faces, text, plain(), "ja").width;
    let em = Length::pt(10);
    assert_eq!(width("見本"), em * 2);
    for (text, halves) in [
        ("見」「本", 7),
        ("見。」「本", 8),
        ("見、「本", 7),
        ("見）、本", 7),
        ("見（「本", 7),
        ("見。本", 6),
        ("見「本", 6),
    ] {
        // Marks keep a twentieth of the em beside their ink.
        let excess = width(text) - em.scale(halves, 2);
        assert!(excess >= Length::ZERO && excess < em / 5, "{text}: {:?}", width(text));
    }
    // Korean has proportional marks.
    let spaced = set_in(&faces, "쪽, 견본.", plain(), "ko");
    assert!(spaced.width < Length::pt(45));
}

#[test]
fn the_text_of_a_line_with_squeezed_marks_is_unchanged() {
    let faces = faces();
    let text = "「見本」「頁」。（「見」）、「本」と「頁」";
    let paragraph =
        Paragraph { spans: vec![Span::new(text, plain())], language: Language::new("ja") };
    for measure in 30..60 {
        let setting = Setting {
            measure: Length::mm(measure),
            indent: Length::pt(10),
            align: Align::Justified,
            hyphenate: true,
            is_title: false,
        };
        let lines = set(&faces, &paragraph, &setting);
        let read: String =
            lines.iter().flat_map(|line| &line.runs).map(|run| run.text.to_string()).collect();
        assert_eq!(read, text);
        // The bracket at the start of a paragraph has no empty half beside the indent.
        let first = &lines[0].runs[0];
        assert_eq!(first.origin.x, Length::pt(5));
    }
}

#[test]
fn german_words_have_ligatures_only_within_their_parts() {
    let faces = faces();
    let glyphs = |text: &str, language: &str| {
        set_in(&faces, text, plain(), language)
            .runs
            .iter()
            .map(|run| run.glyphs.len())
            .sum::<usize>()
    };
    assert_eq!(glyphs("Auflage", "de"), 7);
    assert_eq!(glyphs("höflich", "de"), 7);
    assert_eq!(glyphs("fliegen", "de"), 6, "fl is one glyph");
    assert_eq!(glyphs("Auflage", "en"), 6);
    // A joint that the author marks is respected in every language.
    assert_eq!(glyphs("Auf\u{200c}lage", "en"), glyphs("Auflage", "de"));
    assert_eq!(glyphs("fikir", "tr"), 5, "the i keeps its dot");
    assert_eq!(glyphs("fikir", "en"), 4);
}

#[test]
fn ideographs_and_latin_letters_are_an_eighth_of_an_em_apart() {
    let faces = faces();
    let gap = |text: &str, language: &str| {
        let line = set_in(&faces, text, plain(), language);
        let parts: Vec<&str> = line.runs.iter().map(|run| &*run.text).collect();
        assert_eq!(parts.concat(), text);
        let alone = parts.iter().map(|part| set_in(&faces, part, plain(), language).width);
        line.width - alone.sum::<Length>()
    };
    assert_eq!(gap("1961年", "ja"), Length::milli_pt(1_250));
    assert_eq!(gap("年NASA年", "zh-Hans"), Length::milli_pt(2_500));
    assert_eq!(gap("1961년", "ko"), Length::ZERO);
    assert_eq!(gap("「NASA」", "ja"), Length::ZERO, "brackets have space of their own");
}

#[test]
fn a_text_reader_finds_no_space_between_ideographs_and_latin_letters() {
    let manifest = "title: Winter Road\nlanguage: ja\nfonts: { fallback: [han.otf] }\n\
        pages:\n  - text: text.md\n";
    let text = "# 見本\n\n頁の1961年とNASAの見本。\n";
    let fixture = BookFixture::new(manifest).file("han.otf", HAN).file("text.md", text);
    let run = fixture.recto("build --only screen -o out");
    assert_eq!(run.code, 0, "{run:?}");
    let Some(read) = pdftotext(&fixture.path("out/winter-road-screen.pdf")) else { return };
    assert!(read.contains("頁の1961年とNASAの見本。"), "{read}");
}

/// The text that poppler reads, if it is installed.
fn pdftotext(path: &std::path::Path) -> Option<String> {
    let output = std::process::Command::new("pdftotext").arg(path).arg("-").output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The page style of a book in a language, with this design.
fn page_style(language: &str, design: &str, file: &str) -> PageStyle {
    let manifest = format!(
        "title: X\nlanguage: {language}\ndesign: {design}\npages:\n  - {{ photo: a.jpg, alt: A }}\n"
    );
    let fixture = BookFixture::new(&manifest).photo("a.jpg", 30, 20).file("own.yaml", file);
    fixture.load().book.unwrap().design.style
}

#[test]
fn lines_of_characters_that_fill_squares_are_farther_apart_in_each_design() {
    for design in ["classic", "modern", "exhibition", "album", "newspaper"] {
        let latin = page_style("en", design, "").text_styles;
        for language in ["ko", "ja", "zh-Hant", "zh"] {
            let styles = page_style(language, design, "").text_styles;
            assert!(styles.text.leading >= styles.text.size.scale(160, 100), "{design} {language}");
            let captions = [styles.caption, styles.place];
            assert!(captions.iter().all(|it| it.leading >= it.size.scale(150, 100)), "{design}");
            assert_eq!(styles.text.size, latin.text.size, "{design} {language}");
        }
        assert_eq!(page_style("ko-Latn", design, "").text_styles, latin, "{design}");
        assert_eq!(page_style("he", design, "").text_styles, latin, "{design}");
    }
}

#[test]
fn small_arabic_type_is_larger_and_keeps_its_proportions() {
    for language in ["ar", "fa", "ur", "ku-Arab"] {
        let [arabic, latin] = [language, "en"].map(|it| page_style(it, "classic", "").text_styles);
        for (one, other) in [
            (arabic.caption, latin.caption),
            (arabic.credit, latin.credit),
            (arabic.folio, latin.folio),
        ] {
            let growth = one.size.to_emu() * 100 / other.size.to_emu();
            assert!((108..=120).contains(&growth), "{language}: {growth}");
            let ratio = |it: TextStyle| it.leading.to_emu() * 100 / it.size.to_emu();
            assert!(ratio(one).abs_diff(ratio(other)) <= 1, "{language}");
        }
        assert_eq!(arabic.text, latin.text);
    }
}

#[test]
fn a_design_file_sets_sizes_and_leadings_in_every_language() {
    let own = "like: modern\ntype: { text: { leading: 13 pt }, caption: { size: 7.5 pt } }\n";
    for language in ["ko", "ar"] {
        let styles = page_style(language, "own.yaml", own).text_styles;
        assert_eq!(styles.text.leading, Length::pt(13), "{language}");
        assert_eq!(styles.caption.size, Length::milli_pt(7500), "{language}");
    }
    let like = page_style("ko", "own.yaml", "like: classic\ntitles: { align: centre }\n");
    assert_eq!(like.text_styles, page_style("ko", "classic", "").text_styles);
}
