//! Typesetting: line breaking, hyphenation, spacing, scripts and fonts.

use std::slice::from_ref;

use recto::model::{Fallback, FontFile, Fonts, Glyph, Language, Length};
use recto::typeset::{
    Align, Capitals, Faces, Figures, Line, Paragraph, Setting, Slant, Span, Style, line, set,
};

use crate::support::styles::plain;

const PROSE: &str = "The harbour lay still when we came down the hill. Nobody had told us that \
    the first boats leave before the light does, and so the quay was empty but for an old man \
    who mended a net by the glow of his cigarette; he did not look up. We set the tripod on the \
    stones, which were wet, and waited. After a while the water took on the colour of the sky, \
    an indefinite grey that no film has ever rendered faithfully, and the difficult affair of \
    finding the right exposure began. It is extraordinary how quickly everything changes at \
    that hour: what was underexposed a minute ago is burnt out now.";

/// The bytes of the text of its run that a glyph represents.
fn bytes(glyph: &Glyph) -> std::ops::Range<usize> {
    glyph.text.start as usize..glyph.text.end as usize
}

fn faces() -> Faces {
    Faces::load(&Fonts::default()).unwrap()
}

fn spans(text: &str, style: &Style) -> Vec<Span> {
    vec![Span::new(text, style.clone())]
}

fn paragraph(text: &str, language: &str) -> Paragraph {
    Paragraph { spans: spans(text, &plain()), language: Language::new(language) }
}

fn justified(measure: Length) -> Setting {
    let indent = Length::ZERO;
    Setting { measure, indent, align: Align::Justified, hyphenate: true, is_title: false }
}

/// The text of lines, in reading order, as PDF readers extract it.
fn lines_text(lines: &[Line]) -> String {
    let mut text = String::new();
    for line in lines {
        for run in &line.runs {
            text.push_str(&run.text);
        }
    }
    text
}

fn glyphs(line: &Line) -> Vec<u16> {
    line.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.id).collect()
}

fn english_line(text: &str, style: &Style) -> Line {
    line(&faces(), &spans(text, style), &Language::default())
}

#[test]
fn the_lines_have_the_text_of_the_paragraph() {
    let lines = set(&faces(), &paragraph(PROSE, "en"), &justified(Length::mm(90)));
    assert!(lines.len() > 5);
    assert_eq!(lines_text(&lines), PROSE);
}

#[test]
fn every_byte_of_a_line_belongs_to_a_glyph() {
    for line in set(&faces(), &paragraph(PROSE, "en"), &justified(Length::mm(60))) {
        for run in &line.runs {
            let mut shown = vec![false; run.text.len()];
            for glyph in &run.glyphs {
                shown[bytes(glyph)].fill(true);
            }
            assert!(shown.iter().all(|shown| *shown), "{}", run.text);
        }
    }
}

#[test]
fn white_space_collapses_and_line_breaks_are_kept() {
    let lines = set(&faces(), &paragraph(" a  b\t c \n d ", "en"), &justified(Length::mm(90)));
    assert_eq!(
        lines.iter().map(|line| lines_text(from_ref(line))).collect::<Vec<_>>(),
        // A space without width separates the words in extracted text.
        ["a b c ", "d"]
    );
    assert!(lines.iter().all(|line| line.last));
}

#[test]
fn a_justified_line_is_exactly_as_wide_as_the_measure() {
    let measure = Length::mm(90);
    let lines = set(&faces(), &paragraph(PROSE, "en"), &justified(measure));
    let (last, full) = lines.split_last().unwrap();
    assert!(last.width <= measure);
    for line in full {
        assert_eq!(line.width, measure);
        // Without hanging punctuation, the advances add up to the measure.
        let words = lines_text(from_ref(line));
        if words.trim_end().ends_with(char::is_alphabetic) && !line.hyphenated {
            let advances: Length = line.runs.iter().map(recto::model::GlyphRun::width).sum();
            assert_eq!(advances, measure, "{words}");
        }
    }
}

#[test]
fn no_line_exceeds_the_measure() {
    for align in [Align::Justified, Align::Start, Align::Balanced, Align::Centred, Align::End] {
        for measure in [20, 33, 47, 62, 90, 118] {
            let setting = Setting { align, ..justified(Length::mm(measure)) };
            for line in set(&faces(), &paragraph(PROSE, "en"), &setting) {
                assert!(line.width <= setting.measure, "{align:?} {measure} {}", line.width);
            }
        }
    }
}

#[test]
fn a_word_wider_than_the_measure_is_broken() {
    let text = "See www.example.org/aVeryLongAddressThatNobodyCouldEverFitOnOneLine now";
    let lines = set(&faces(), &paragraph(text, "en"), &justified(Length::mm(25)));
    assert!(lines.iter().all(|line| line.width <= Length::mm(25)));
    assert_eq!(lines_text(&lines), text);
}

#[test]
fn a_long_german_word_is_divided_at_a_joint_only_where_the_line_before_it_would_be_short() {
    let lines_of = |text: &str, language: &str, is_title: bool| -> Vec<String> {
        let align = Align::Balanced;
        let setting = Setting { align, hyphenate: false, is_title, ..justified(Length::mm(70)) };
        let lines = set(&faces(), &paragraph(text, language), &setting);
        lines.iter().map(|line| lines_text(from_ref(line))).collect()
    };
    let caption = "Im Jahr 22 Jahreshauptversammlungsprotokollbuch, Gasthof zur Post";
    let divided = lines_of(caption, "de", false);
    assert_eq!(divided, ["Im Jahr 22 Jahreshauptversammlungs", "protokollbuch, Gasthof zur Post"]);
    for (language, is_title) in [("sv", false), ("de", true)] {
        let whole = lines_of(caption, language, is_title);
        assert!(whole.iter().any(|line| line.contains("versammlungsprotokoll")), "{whole:?}");
    }
    // A name is whole, too.
    let named = "In 22 Wannenmacher-Bienenstockhausen, Gasthof zur alten Post";
    let whole = lines_of(named, "de", false);
    assert!(whole.iter().any(|line| line.contains("Wannenmacher-")), "{whole:?}");
    // Where the lines are even, words stay whole.
    let even = "Die gute alte Stube mit dem Jahreshauptversammlungsbuch";
    let whole = lines_of(even, "de", false);
    assert!(whole.iter().any(|line| line.contains("Jahreshauptversammlungsbuch")), "{whole:?}");
}

#[test]
fn a_short_text_is_broken_before_a_double_name_rather_than_in_it() {
    let align = Align::Balanced;
    let setting = Setting { align, hyphenate: false, ..justified(Length::mm(48)) };
    let text = paragraph("Text von Karl-Theodor\u{a0}Lützenkirchen", "de");
    let lines = set(&faces(), &text, &setting);
    let lines: Vec<String> = lines.iter().map(|line| lines_text(from_ref(line))).collect();
    assert!(lines.iter().any(|line| line.contains("Karl-Theodor")), "{lines:?}");
}

#[test]
fn german_compounds_are_broken_at_their_joints_and_at_their_own_hyphens() {
    let text = "Im Garten stand ein altes Bettgestell neben dem Zaun, und Frau \
        Wannenmacher-Ostergard hat noch ein Bettgestell aus Holz gebaut.";
    let ends: Vec<String> = (45..100)
        .flat_map(|width| set(&faces(), &paragraph(text, "de"), &justified(Length::mm(width))))
        .map(|line| lines_text(from_ref(&line)))
        .collect();
    let count = |end: &str| ends.iter().filter(|line| line.ends_with(end)).count();
    assert!(count("Bett") > count("Bettge") * 2, "{} {}", count("Bett"), count("Bettge"));
    assert!(count("Wannenmacher-") > 0, "{ends:?}");
}

#[test]
fn a_mark_after_a_no_break_space_is_set_once() {
    for space in ["\u{a0}", "\u{202f}"] {
        let text = format!("U{space}\u{6d8}");
        // The indent leaves no room for any letter.
        let setting = Setting { indent: Length::mm(200), ..justified(Length::ZERO) };
        let lines = set(&faces(), &paragraph(&text, "de"), &setting);
        let runs = lines.iter().flat_map(|line| &line.runs);
        let set: String = runs.map(|run| &*run.text).collect();
        assert_eq!(set.matches('\u{6d8}').count(), 1, "{set:?}");
    }
}

#[test]
fn letters_after_a_dropped_space_are_set_once() {
    // The first letter is in another font than the space and the letter after it.
    let setting = Setting {
        indent: Length::mm(436),
        align: Align::Start,
        hyphenate: false,
        ..justified(Length::mm(238))
    };
    for space in ["\u{a0}", "\u{202f}", " "] {
        let text = format!("\u{201}{space}r");
        let lines = set(&faces(), &paragraph(&text, "he"), &setting);
        let set: String = lines.iter().flat_map(|line| &line.runs).map(|run| &*run.text).collect();
        assert_eq!(set.matches('r').count(), 1, "{set:?}");
    }
}

#[test]
fn the_first_line_is_indented() {
    let setting = Setting { indent: Length::pt(10), ..justified(Length::mm(90)) };
    let lines = set(&faces(), &paragraph(PROSE, "en"), &setting);
    assert_eq!(lines[0].runs[0].origin.x, Length::pt(10));
    assert_eq!(lines[0].width, Length::mm(90) - Length::pt(10));
    assert_eq!(lines[1].runs[0].origin.x, Length::ZERO);
}

#[test]
fn a_ligature_represents_two_characters() {
    let style = plain();
    let line = english_line("fi", &style);
    assert_eq!(line.runs[0].glyphs.len(), 1);
    assert_eq!(line.runs[0].glyphs[0].text, 0..2);
    let spaced = english_line("fi", &Style { tracking: 50, ..style });
    assert_eq!(spaced.runs[0].glyphs.len(), 2, "letters that are spaced do not join");
}

#[test]
fn letters_are_kerned() {
    let width = |text| english_line(text, &plain()).width;
    assert!(width("AV") < width("A") + width("V"));
}

#[test]
fn tracking_is_added_between_letters_and_not_after_the_last() {
    let style = plain();
    let plain = english_line("ooo", &style).width;
    let spaced = english_line("ooo", &Style { tracking: 100, ..style }).width;
    assert_eq!(spaced - plain, Length::pt(1) * 2);
}

#[test]
fn two_capitals_for_one_letter_are_tracked_separately() {
    let upper = Style { capitals: Capitals::Full, ..plain() };
    let spaced = Style { tracking: 100, ..upper.clone() };
    let [two, one] = ["STRASSE", "Straße"].map(|word| english_line(word, &spaced));
    assert_eq!((one.width, glyphs(&one)), (two.width, glyphs(&two)));
    assert_eq!(one.width - english_line("Straße", &upper).width, Length::pt(1) * 6);
    assert_eq!(lines_text(&[one]), "Straße");
}

#[test]
fn small_capitals_are_glyphs_of_the_font() {
    let style = plain();
    let plain = english_line("Nasa", &style);
    let small = english_line("Nasa", &Style { capitals: Capitals::Small, ..style });
    assert_ne!(glyphs(&plain), glyphs(&small));
    assert!(glyphs(&plain).iter().zip(glyphs(&small)).all(|(plain, small)| *plain != small));
    assert_eq!(lines_text(&[small]), "Nasa");
}

#[test]
fn abbreviations_become_small_capitals_and_names_do_not() {
    let style = plain();
    let short = Style { capitals: Capitals::SmallForAbbreviations, ..style.clone() };
    assert_ne!(glyphs(&english_line("to NASA", &short)), glyphs(&english_line("to NASA", &style)));
    assert_eq!(
        glyphs(&english_line("to Nan A", &short)),
        glyphs(&english_line("to Nan A", &style))
    );
    assert_eq!(glyphs(&english_line("TO NASA", &short)), glyphs(&english_line("TO NASA", &style)));
}

#[test]
fn a_font_without_small_capitals_uses_capitals() {
    let italic = Style { slant: Slant::Italic, ..plain() };
    let short = Style { capitals: Capitals::SmallForAbbreviations, ..italic.clone() };
    assert_eq!(english_line("to NASA", &short), english_line("to NASA", &italic));
}

#[test]
fn full_capitals_keep_the_text_as_written() {
    let style = plain();
    let full = english_line("Straße", &Style { capitals: Capitals::Full, ..style.clone() });
    assert_eq!(lines_text(from_ref(&full)), "Straße");
    assert_eq!(full.runs[0].glyphs.len(), 7);
    assert_eq!(
        glyphs(&full),
        glyphs(&english_line("STRASSE", &Style { capitals: Capitals::Full, ..style }))
    );
}

#[test]
fn figures_are_old_style_in_text_and_lining_in_tables() {
    let style = plain();
    let old = english_line("1066", &style);
    let lining = english_line("1066", &Style { figures: Figures::LiningTabular, ..style.clone() });
    assert_ne!(glyphs(&old), glyphs(&lining));
    let one = english_line("1", &Style { figures: Figures::LiningTabular, ..style.clone() });
    let eight = english_line("8", &Style { figures: Figures::LiningTabular, ..style });
    assert_eq!(one.width, eight.width);
}

#[test]
fn a_hyphen_at_the_end_of_a_line_represents_no_text() {
    let lines = set(&faces(), &paragraph(PROSE, "en"), &justified(Length::mm(45)));
    let hyphenated: Vec<&Line> = lines.iter().filter(|line| line.hyphenated).collect();
    assert!(!hyphenated.is_empty());
    for line in hyphenated {
        let run = line.runs.last().unwrap();
        let hyphen = run.glyphs.last().unwrap();
        assert_eq!(bytes(hyphen), run.text.len()..run.text.len());
        assert!(run.text.ends_with(char::is_alphabetic));
    }
}

#[test]
fn at_most_two_lines_in_a_row_end_in_a_hyphen() {
    for measure in 30..90 {
        let lines = set(&faces(), &paragraph(PROSE, "en"), &justified(Length::mm(measure)));
        assert!(lines.windows(3).all(|three| !three.iter().all(|line| line.hyphenated)));
    }
}

#[test]
fn the_last_line_is_longer_than_a_syllable() {
    for measure in 75..130 {
        let lines = set(&faces(), &paragraph(PROSE, "en"), &justified(Length::mm(measure)));
        assert!(lines.last().unwrap().width > Length::pt(30), "{measure} mm");
        assert!(lines_text(&lines[lines.len() - 1..]).contains(' '), "{measure} mm");
    }
}

#[test]
fn a_soft_hyphen_is_honoured_and_not_shown() {
    let text = "Nebukad\u{ad}nezar";
    let lines = set(&faces(), &paragraph(text, "en"), &justified(Length::mm(15)));
    assert_eq!(lines.len(), 2);
    assert!(lines[0].hyphenated);
    assert_eq!(lines_text(&lines), "Nebukadnezar");
}

#[test]
fn balanced_lines_have_similar_widths() {
    let text =
        "A fisherman mends his net on the quay at first light, an hour before the boats go out";
    let setting = Setting { align: Align::Balanced, hyphenate: false, ..justified(Length::mm(90)) };
    let lines = set(&faces(), &paragraph(text, "en"), &setting);
    assert_eq!(lines.len(), 2);
    assert!((lines[0].width - lines[1].width).abs() < Length::mm(12));
    assert!(lines.iter().all(|line| !line.hyphenated));
}

#[test]
fn ragged_text_does_not_end_with_a_very_short_line() {
    let text = "Two men carry a door across the frozen bay: there is no house on the other side, \
        and nobody whom we asked could tell us what the door was for or who had ordered it.";
    let style = Style { size: Length::pt(8), ..plain() };
    let paragraph = Paragraph { spans: spans(text, &style), language: Language::default() };
    let setting = Setting { align: Align::Start, hyphenate: false, ..justified(Length::mm(80)) };
    let lines = set(&faces(), &paragraph, &setting);
    assert!(lines.last().unwrap().width > Length::mm(20));
}

#[test]
fn a_dash_does_not_begin_a_line() {
    let text = "one – two – three – four – five – six – seven – eight – nine – ten – eleven";
    for measure in 40..70 {
        for line in set(&faces(), &paragraph(text, "en"), &justified(Length::mm(measure))) {
            assert!(!lines_text(&[line]).starts_with('–'), "{measure} mm");
        }
    }
}

#[test]
fn quotes_hang_into_the_margin() {
    let line = english_line("“Light”", &plain());
    assert!(line.runs[0].origin.x < Length::ZERO);
    assert!(line.width < line.runs[0].width());
}

#[test]
fn quotes_do_not_hang_into_an_indent() {
    let setting = Setting { indent: Length::pt(10), ..justified(Length::mm(90)) };
    let quoted = format!("“{PROSE}");
    assert_eq!(
        set(&faces(), &paragraph(&quoted, "en"), &setting)[0].runs[0].origin.x,
        Length::pt(10)
    );
}

#[test]
fn a_last_line_is_full_or_clearly_shorter() {
    for measure in 70..140 {
        let measure = Length::mm(measure);
        let lines = set(&faces(), &paragraph(PROSE, "en"), &justified(measure));
        let gap = measure - lines.last().unwrap().width;
        assert!(gap == Length::ZERO || gap > Length::pt(6), "{measure}: {gap}");
    }
}

#[test]
fn a_link_covers_only_its_own_words() {
    let style = plain();
    let spans = [
        Span::new("see ", style.clone()),
        Span { link: Some("https://example.org".into()), ..Span::new("the site", style.clone()) },
        Span::new(" now", style),
    ];
    let line = line(&faces(), &spans, &Language::default());
    assert_eq!(line.links.len(), 1);
    let see = english_line("see o", &plain()).width - english_line("o", &plain()).width;
    assert_eq!(line.links[0].extent.start, see);
    assert_eq!(lines_text(&[line]), "see the site now");
}

#[test]
fn figures_in_hebrew_text_run_from_left_to_right() {
    let lines = set(&faces(), &paragraph("אבג 12 דהו", "he"), &justified(Length::mm(90)));
    let runs: Vec<(&str, bool)> =
        lines[0].runs.iter().map(|run| (run.text.trim(), run.right_to_left)).collect();
    let visible: Vec<_> = runs.into_iter().filter(|(text, _)| !text.is_empty()).collect();
    assert_eq!(visible, [("אבג", true), ("12", false), ("דהו", true)]);
    let first = lines[0].runs.first().unwrap();
    assert_eq!(first.origin.x + first.width(), Length::mm(90));
    assert!(lines[0].runs.iter().all(|run| run.origin.x <= first.origin.x));
}

#[test]
fn korean_words_are_not_broken_if_they_fit() {
    let text = "새벽 항구에서 어부가 그물을 손질하고 있었다 배들은 한 시간 뒤에 바다로 나간다";
    let lines = set(&faces(), &paragraph(text, "ko"), &justified(Length::mm(60)));
    assert!(lines.len() > 1);
    assert_eq!(lines_text(&lines), text);
    assert!(lines.iter().all(|line| line.last || lines_text(from_ref(line)).ends_with(' ')));
}

#[test]
fn missing_characters_are_listed_once() {
    let missing = faces().missing("Dawn 🌅\u{fe0f} and 새벽 🌅 é\u{301}", &plain());
    assert_eq!(missing.iter().map(|missing| missing.0).collect::<String>(), "🌅새벽");
}

#[test]
fn a_url_is_broken_after_its_punctuation_without_a_hyphen() {
    let text = "It is told at https://example.org/essays/2026/winter_road/index.html in full";
    for measure in 36..60 {
        let lines = set(&faces(), &paragraph(text, "en"), &justified(Length::mm(measure)));
        assert_eq!(lines_text(&lines), text);
        assert!(lines.iter().all(|line| !line.hyphenated), "{measure} mm");
    }
}

#[test]
fn arabic_keeps_its_reading_order() {
    let text = "وصلنا إلى الميناء قبل الفجر";
    for line in set(&faces(), &paragraph(text, "ar"), &justified(Length::mm(90))) {
        let logical: Vec<&str> = line.runs.iter().map(|run| &*run.text).collect();
        assert_eq!(logical.concat(), text);
        let letters = line.runs.iter().find(|run| run.text.chars().any(char::is_alphabetic));
        let starts: Vec<usize> =
            letters.unwrap().glyphs.iter().map(|glyph| bytes(glyph).start).collect();
        assert!(starts.is_sorted_by(|left, right| left >= right), "glyphs come from left to right");
    }
}

#[test]
fn a_number_stays_with_its_unit() {
    let text = "The chart gives the depth of the bay at low water as no more than 12 m and the \
        width as 300 m where the gulls walk now";
    for measure in 55..110 {
        for line in set(&faces(), &paragraph(text, "en"), &justified(Length::mm(measure))) {
            assert!(
                !lines_text(&[line]).trim_end().ends_with(|c: char| c.is_ascii_digit()),
                "{measure}"
            );
        }
    }
}

const SANS: &[u8] = include_bytes!("../../fonts/SourceSans3-Regular.otf");

#[test]
fn fonts_of_the_manifest_come_first_and_bundled_fonts_are_the_fallback() {
    let file = FontFile { name: "fonts/mine.otf".into(), bytes: SANS.to_vec() };
    let faces = Faces::load(&Fonts { serif: vec![file], ..Fonts::default() }).unwrap();
    let upright = faces.primary(&plain()).unwrap();
    assert_eq!((upright.name.as_str(), upright.index), ("SourceSans3-Regular", 0));
    let italic = faces.primary(&Style { slant: Slant::Italic, ..plain() }).unwrap();
    assert_eq!(italic.name, "SourceSerif4-It");
    assert!(italic.italic_angle < 0.0 && italic.is_cff);
}

#[test]
fn a_font_that_forbids_embedding_is_refused() {
    let mut bytes = SANS.to_vec();
    let record = bytes.windows(4).position(|tag| tag == b"OS/2").unwrap();
    let offset =
        bytes[record + 8..record + 12].iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
    bytes[offset + 9] = 2;
    let file = FontFile { name: "fonts/theirs.otf".into(), bytes };
    let error = Faces::load(&Fonts { sans: vec![file], ..Fonts::default() }).unwrap_err();
    assert_eq!(error.to_string(), "fonts/theirs.otf does not allow embedding");
}

#[test]
fn a_file_that_is_not_a_font_is_an_error_with_its_name() {
    let file = FontFile { name: "fonts/a.otf".into(), bytes: b"nothing".to_vec() };
    let fonts = Fonts { serif: vec![file], ..Fonts::default() };
    let error = Faces::load(&fonts).unwrap_err().to_string();
    assert_eq!(error, "fonts/a.otf is not a font, or is damaged");
}

#[test]
fn each_size_has_its_optical_size() {
    let faces = faces();
    let name = |points| {
        let style = Style { size: Length::pt(points), ..plain() };
        faces.primary(&style).unwrap().name.clone()
    };
    assert_eq!(
        [8, 10, 30].map(name),
        ["SourceSerif4Caption-Regular", "SourceSerif4-Regular", "SourceSerif4Display-Regular"]
    );
}

#[test]
fn fonts_can_be_shared_between_threads() {
    let faces = faces();
    let set_once = || set(&faces, &paragraph(PROSE, "en"), &justified(Length::mm(80)));
    let (one, other) = std::thread::scope(|scope| {
        let one = scope.spawn(set_once);
        (set_once(), one.join().unwrap())
    });
    assert_eq!(one, other);
}

#[test]
fn typesetting_is_deterministic() {
    let once = faces();
    let first = set(&once, &paragraph(PROSE, "en"), &justified(Length::mm(80)));
    assert_eq!(first, set(&once, &paragraph(PROSE, "en"), &justified(Length::mm(80))));
    assert_eq!(first, set(&faces(), &paragraph(PROSE, "en"), &justified(Length::mm(80))));
}

#[test]
fn any_text_can_be_set_at_any_measure() {
    const SCRAPS: [&str; 34] = [
        "a",
        "fi",
        "office",
        "AV",
        "NASA",
        "1968",
        " ",
        " ",
        "  ",
        "\n",
        "\t",
        "\u{ad}",
        "\u{a0}",
        "\u{202f}",
        "\u{2009}",
        "-",
        "–",
        "—",
        "“",
        "”",
        ".",
        "/",
        "e\u{301}",
        "\u{301}",
        "שלום",
        "سلام",
        "港",
        "항구",
        "ภาษาไทย",
        "👩\u{200d}🚀",
        "\u{200f}",
        "\u{2067}",
        "\u{feff}",
        "\u{3000}",
    ];
    let faces = faces();
    let mut state = 1_u64;
    let mut next = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for round in 0..600 {
        let mut text = String::new();
        for _ in 0..next(40) {
            text.push_str(SCRAPS[usize::try_from(next(34)).unwrap()]);
        }
        let language = ["en", "de", "ar", "he", "ja", "ko", "th", "x", ""][round % 9];
        let align = [Align::Justified, Align::Start, Align::Balanced, Align::Centred, Align::End]
            [round % 5];
        let measure = Length::mm(i64::try_from(next(60)).unwrap());
        let indent = Length::pt(5);
        let setting =
            Setting { align, indent, hyphenate: round % 2 == 0, measure, is_title: false };
        let capitals =
            [Capitals::SmallForAbbreviations, Capitals::Small, Capitals::Full, Capitals::AsWritten]
                [round % 4];
        let style = Style { capitals, tracking: i32::try_from(round % 3).unwrap() * 20, ..plain() };
        let (head, tail) = text.split_at(text.char_indices().nth(7).map_or(0, |(at, _)| at));
        let mut spans = spans(head, &style);
        spans.push(Span { link: Some("x:".into()), ..Span::new(tail, plain()) });
        let paragraph = Paragraph { spans, language: Language::new(language) };
        let lines = set(&faces, &paragraph, &setting);
        let count = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        assert_eq!(count(&lines_text(&lines)), count(&text), "{text:?}");
        for run in lines.iter().flat_map(|line| &line.runs) {
            assert!(
                run.glyphs.iter().all(|glyph| run.text.get(bytes(glyph)).is_some()),
                "{text:?}"
            );
        }
    }
}

#[test]
fn ideographs_are_justified_by_space_between_them() {
    // No bundled font has them, but a missing glyph has the same width.
    let text = "私たちが丘を下りてきたとき、港は静かに横たわっていた。最初の船は夜明け前に出る";
    let lines = set(&faces(), &paragraph(text, "ja"), &justified(Length::mm(61)));
    assert!(lines.len() > 1);
    assert_eq!(lines_text(&lines), text);
    assert_eq!(lines[0].width, Length::mm(61));
}

/// The bundled fonts, and one with Chinese, Japanese and Korean characters.
fn with_han() -> Faces {
    const HAN: &[u8] = include_bytes!("../specimen/fonts/SpecimenHan-Regular.otf");
    let file = FontFile { name: "han.otf".into(), bytes: HAN.to_vec() };
    Faces::load(&Fonts { fallback: Fallback::Files(vec![file]), ..Fonts::default() }).unwrap()
}

#[test]
fn japanese_line_breaking_rules_are_followed() {
    let faces = with_han();
    let text = "行頭に「、」や「。」や「っ」「ー」が来てはならず、行末に「（」が残ってもならない。\
        キャッチボール、シャッター、フォトグラファー、コンピューターといった語でも同じことである。";
    for measure in 30..90 {
        let lines = set(&faces, &paragraph(text, "ja"), &justified(Length::mm(measure)));
        assert_eq!(lines_text(&lines), text);
        for line in lines.iter().map(|line| lines_text(from_ref(line))) {
            assert!(!line.starts_with(['、', '。', 'っ', 'ッ', 'ー', '」', '）', 'ャ']), "{line}");
            assert!(!line.ends_with(['「', '（']), "{line}");
        }
    }
}

#[test]
fn chinese_quotes_are_full_width() {
    let faces = with_han();
    let quotes = |language: &str| {
        let line = line(&faces, &spans("“页面”——", &plain()), &Language::new(language));
        let glyphs = line.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.advance);
        glyphs.collect::<Vec<_>>()
    };
    assert_eq!(quotes("zh-Hans"), vec![Length::pt(10); 6]);
    assert!(quotes("ko")[0] < Length::pt(6), "Korean has the quotes of Latin");
}

#[test]
fn right_to_left_lines_start_at_the_right() {
    let setting = |align| Setting { align, ..justified(Length::mm(50)) };
    let words = paragraph("שלום עולם", "he");
    let start = &set(&faces(), &words, &setting(Align::Start))[0];
    let end = &set(&faces(), &words, &setting(Align::End))[0];
    let left = |line: &Line| line.runs.iter().map(|run| run.origin.x).min().unwrap();
    assert_eq!(left(start), Length::mm(50) - start.width);
    assert_eq!(left(end), Length::ZERO);
}

#[test]
fn centred_lines_have_equal_space_on_both_sides() {
    let setting = Setting { align: Align::Centred, ..justified(Length::mm(50)) };
    let line = &set(&faces(), &paragraph("Winter Road", "en"), &setting)[0];
    assert_eq!(line.runs[0].origin.x, (Length::mm(50) - line.width) / 2);
}

#[test]
fn metrics_are_those_of_the_optical_size() {
    let metrics = faces().metrics(&plain());
    assert!(metrics.x_height < metrics.cap_height && metrics.cap_height < metrics.ascent);
    assert_eq!(metrics.cap_height, Length::milli_pt(6_700));
    assert!(metrics.descent > Length::ZERO);
}

#[test]
fn a_last_line_is_longer_than_a_short_word_in_narrow_columns() {
    let text = "The railways noticed. A timetable cannot be printed in a different time for every \
        station, so the companies agreed on one, and in 1880 Parliament made GMT the law of Great \
        Britain. In 1884 the delegates of twenty-five countries met in Washington and voted. The \
        sun came up next morning when it was going to.";
    for measure in 48..75 {
        let lines = set(&faces(), &paragraph(text, "en"), &justified(Length::mm(measure)));
        let last = lines.last().unwrap();
        assert!(last.width * 2 >= Length::pt(10) * 7, "{measure} mm: {:?}", last.width);
    }
}

#[test]
fn an_address_is_broken_at_slashes_and_periods_and_its_letters_are_not_spaced() {
    let address = "creativecommons.org/licenses/publicdomain/zero/version-one/legalcode.html";
    let text = format!("The words are under the licence of {address}. Many others are, too.");
    let natural = english_line(address, &plain()).runs[0].width();
    for measure in 40..90 {
        let lines = set(&faces(), &paragraph(&text, "en"), &justified(Length::mm(measure)));
        let texts: Vec<String> = lines.iter().map(|it| lines_text(from_ref(it))).collect();
        for (text, following) in texts.iter().zip(&texts[1..]) {
            let last = text.trim_end().rsplit(' ').next().unwrap();
            let is_part = last.len() > 3 && last != address && address.contains(last);
            assert!(!following.starts_with(". "), "the full stop is no part of it");
            let may_end = last.ends_with('/') || following.starts_with(['.', '-']);
            assert!(!is_part || may_end, "{measure} mm: {text}|{following}");
        }
        assert!(lines_text(&lines).contains(address), "no hyphen is added");
        let alone = set(&faces(), &paragraph(address, "en"), &justified(Length::mm(measure)));
        let set_width: Length =
            alone.iter().flat_map(|line| &line.runs).map(recto::model::GlyphRun::width).sum();
        assert!((set_width - natural).abs() < Length::pt(3), "{measure} mm: {set_width:?}");
    }
}

#[test]
fn names_are_divided_only_if_spaces_would_be_wide() {
    let text = "The pictures by Berasategi, Engelhardt and Saukonpää were made in Massachusetts. \
        Photographs of the mountains in the Western Ghats by Vivek Kumar are older than those of \
        Washington, which Hendrickson took from the Pennsylvania side.";
    let names =
        ["Berasategi", "Engelhardt", "Saukonpää", "Massachusetts", "Washington", "Hendrickson"];
    let is_divided = |language: &str, measure: i64| {
        let lines = set(&faces(), &paragraph(text, language), &justified(Length::mm(measure)));
        let lines: Vec<String> = lines.iter().map(|it| lines_text(from_ref(it))).collect();
        names.iter().any(|name| !lines.iter().any(|line| line.contains(name)))
    };
    let times = |language| (70..130).filter(|measure| is_divided(language, *measure)).count();
    // All nouns of German have capitals, so names cannot be told from them.
    let (english, german) = (times("en"), times("de"));
    assert!(german > 20 && english * 2 < german, "{english}, {german}");
    let narrow = set(&faces(), &paragraph("by Pennsylvania", "en"), &justified(Length::mm(16)));
    let is_whole = narrow.iter().any(|it| lines_text(from_ref(it)).contains("Pennsylvania"));
    assert!(!is_whole, "a name that is wider than its line is divided");
}

#[test]
fn korean_words_are_divided_before_spaces_become_wide() {
    let text = "할아버지는 그곳에서 평생 물고기를 잡으셨고 아버지는 그 물고기를 시장에 내다 팔았다고 \
        들었으며 나는 그 이야기를 사진으로 남기려고 여러 해 동안 같은 물가를 오갔던 것이다 그러나 \
        사진에는 이야기가 담기지 않았고 물가의 빛만이 조용히 담겨 있을 뿐이었다";
    let style = Style { size: Length::pt(10), ..plain() };
    let paragraph = Paragraph { spans: spans(text, &style), language: Language::new("ko") };
    for measure in [40, 44, 48, 52, 60, 70] {
        let lines = set(&faces(), &paragraph, &justified(Length::mm(measure)));
        let widest = lines.iter().map(|line| line.ratio).max().unwrap();
        assert!(widest <= 1_700, "{measure} mm: {widest}");
    }
    // Ragged text keeps its words.
    let ragged = Setting { align: Align::Start, hyphenate: false, ..justified(Length::mm(60)) };
    for line in set(&faces(), &paragraph, &ragged) {
        let shown = lines_text(&[line]);
        let last = shown.trim_end().rsplit(' ').next().unwrap();
        assert!(text.split_whitespace().any(|word| word == last), "{shown}");
    }
}

#[test]
fn a_title_of_any_size_is_not_broken_after_an_article_or_a_preposition() {
    // A measure for a title of 24 pt, and one in proportion for a smaller one.
    for (size, (from, to)) in [(24, (70, 130)), (12, (35, 65))] {
        for measure in from..to {
            assert_titles_pause(Length::pt(size), Length::mm(measure));
        }
    }
}

fn assert_titles_pause(size: Length, measure: Length) {
    let style = Style { size, ..plain() };
    for (text, language, bad) in [
        ("Winter: The cold months of the year", "en", ["The", "of"]),
        ("Herbst: Die kalten Monate unter der Brücke", "de", ["Die", "unter"]),
        ("Automne: La lumière dans les jardins", "fr", ["La", "dans"]),
    ] {
        let paragraph = Paragraph { spans: spans(text, &style), language: Language::new(language) };
        let setting = Setting {
            align: Align::Balanced,
            hyphenate: false,
            is_title: true,
            ..justified(measure)
        };
        let lines = set(&faces(), &paragraph, &setting);
        for line in &lines[..lines.len() - 1] {
            let shown = lines_text(from_ref(line));
            let last = shown.trim_end().rsplit(' ').next().unwrap();
            assert!(!bad.contains(&last), "{size:?}, {measure:?}: {shown}");
        }
    }
}
