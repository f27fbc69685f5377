//! The punctuation of each language: quotes, apostrophes, primes, dashes, and what stays as it is.

use recto::markdown;
use recto::model::{Entry, Inline, Language, plain_text};

use crate::support::fixture::BookFixture;

/// Reads each caption in its language and compares it with what is expected.
#[track_caller]
fn assert_set(cases: &[(&str, &str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(language, typed, expected)| {
            let read = plain_text(&markdown::inlines(typed, &Language::new(*language)).content);
            (read != *expected).then(|| format!("{language}: {typed} is {read}, not {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Captions of a language that stay as they are typed.
#[track_caller]
fn assert_unchanged(language: &str, texts: &[&str]) {
    assert_set(&texts.iter().map(|text| (language, *text, *text)).collect::<Vec<_>>());
}

#[test]
fn an_address_stays_letter_by_letter() {
    assert_unchanged(
        "en",
        &[
            "See https://example.com/it's--so...far for more",
            "at www.example.com/d'or--x?a=1...2 and ftp://example.com/a--b",
            "from d'arc--photos@example.com or d'arc@example.com",
            "mailto:o'neil--x@example.com, git@example.com:a/b--c",
            "doi:10.1234/x--y...z and 10.1234/x--y",
            "example.com/photos/d'or--x",
            "@ada--photos",
        ],
    );
}

#[test]
fn the_marks_around_an_address_are_set() {
    assert_set(&[
        (
            "en",
            "('https://example.com/x--y', \"www.example.com\")...",
            "(‘https://example.com/x--y’, “www.example.com”)…",
        ),
        ("en", "http://example.com/x... and -- so", "http://example.com/x… and – so"),
        ("en", "www.example.com's pages--all", "www.example.com’s pages–all"),
        ("en", "(https://example.com/It's_(x)--y)--so", "(https://example.com/It's_(x)--y)--so"),
        ("fr", "Voir http://example.com/a--b : l'été", "Voir http://example.com/a--b\u{A0}: l’été"),
        ("ja", "写真はhttps://example.com/a--bです -- x", "写真はhttps://example.com/a--bです – x"),
    ]);
}

#[test]
fn paths_file_names_versions_and_code_stay_as_they_are() {
    assert_unchanged(
        "en",
        &[
            "IMG--0001.CR2, d'or.jpg and photos/it's--new/a.tif",
            "/home/ada/d'or/x--y, ~/x--y, ../x--y/z, C:\\Photos\\d'or--x",
            "1.0.0--rc.1, v2.1--beta and v1.0...v2.0",
            "--no-cache, --only=epub--fixed, block__part--small, std::a--b",
        ],
    );
    assert_set(&[
        (
            "en",
            "and/or--maybe, he/she--they, U.S.--Mexico",
            "and/or–maybe, he/she–they, U.S.–Mexico",
        ),
        ("de", "12.5.2020--14.6.2020, A4--A3", "12.5.2020–14.6.2020, A4–A3"),
        ("en", "x--y.jpg's size... 'x--y.jpg'", "x--y.jpg’s size… ‘x--y.jpg’"),
    ]);
}

#[test]
fn feet_inches_minutes_and_seconds_are_primes() {
    for language in ["en", "de", "fr", "ja", "he"] {
        assert_set(&[
            (language, "5'11\"", "5′11″"),
            (language, "5' 11\", 7'", "5′ 11″, 7′"),
            (language, "6'2½\", 6'2 1/2\", 6'-2\", 5' 10.5\"", "6′2½″, 6′2 1/2″, 6′-2″, 5′ 10.5″"),
            (language, "48°51'24\" N, 2°21'N, 48° 51.4' N", "48°51′24″ N, 2°21′N, 48° 51.4′ N"),
            (language, "4'33\", 12'', 6'2''", "4′33″, 12″, 6′2″"),
            (language, "8\"x10\", 12' × 8'", "8″x10″, 12′ × 8′"),
        ]);
    }
}

#[test]
fn a_number_may_end_a_quotation_or_have_an_apostrophe() {
    assert_set(&[
        ("en", "\"Apollo 11\" and 'in 1990'", "“Apollo 11” and ‘in 1990’"),
        ("en", "\"a 5'11\" man\", 'a 6' wall'", "“a 5′11″ man”, ‘a 6′ wall’"),
        ("en", "the 1990's end, the '90s, size 5's", "the 1990’s end, the ’90s, size 5’s"),
        ("de-CH", "1'000'000 Franken", "1’000’000 Franken"),
    ]);
}

#[test]
fn a_word_without_its_beginning_opens_no_quotation() {
    assert_set(&[
        (
            "nl",
            "'s Morgens zei ze 'nee' in 's-Hertogenbosch",
            "’s Morgens zei ze ‘nee’ in ’s-Hertogenbosch",
        ),
        ("nl", "'t Huis, 'n kat, 'k zie 'm: 'mooi'", "’t Huis, ’n kat, ’k zie ’m: ‘mooi’"),
        ("it", "Nel '500 e nel '68, 'l sole è 'alto'", "Nel ’500 e nel ’68, ’l sole è “alto”"),
        ("it", "'O mare, detto 'bello'", "’O mare, detto “bello”"),
        ("fr", "Mai '68, l'an 'dernier'", "Mai ’68, l’an “dernier”"),
        (
            "de",
            "So 'ne Sache, er kam 'raus, 's war 'gut'",
            "So ’ne Sache, er kam ’raus, ’s war ‚gut‘",
        ),
        ("af", "'n Hond en 'n kat, 'mooi'", "’n Hond en ’n kat, ‘mooi’"),
        (
            "en",
            "'Twas the '60s, rock 'n' roll, 'yes', get 'em",
            "’Twas the ’60s, rock ’n’ roll, ‘yes’, get ’em",
        ),
        ("en", "'We love rock 'n' roll,' they said", "‘We love rock ’n’ roll,’ they said"),
        ("sv", "'60-talet och 'hej'", "’60-talet och ’hej’"),
        ("da", "'90erne og 'hej'", "’90erne og ›hej‹"),
    ]);
}

#[test]
fn a_pair_stays_a_pair_in_scripts_without_spaces() {
    assert_set(&[
        ("ko", "그는 '바다'라고, \"산\"이라고 했다", "그는 ‘바다’라고, “산”이라고 했다"),
        ("ko", "그는'바다'라고 Ada's", "그는‘바다’라고 Ada’s"),
        ("th", "เขาพูดว่า'ทะเล'ครับ", "เขาพูดว่า‘ทะเล’ครับ"),
        ("ja", "これは'海'です、Ada's 'x'", "これは'海'です、Ada’s 'x'"),
        ("zh", "他说'海'，\"山\"的", "他说'海'，\"山\"的"),
        ("en", "the word '海' and '바다'", "the word ‘海’ and ‘바다’"),
    ]);
}

#[test]
fn a_geresh_is_no_quotation_mark() {
    assert_unchanged("he", &["צ'יפס וג'ינס", "'ים' ו-\"הר\"", "רח' הים, צה\"ל"]);
    assert_set(&[("en", "Ada's צ'יפס", "Ada’s צ'יפס")]);
}

#[test]
fn where_both_sides_are_tight_the_open_quotation_decides() {
    assert_set(&[
        ("en", "She wrote...\"come\" and...'stay' twice.", "She wrote…“come” and…‘stay’ twice."),
        ("en", "\"Well…\" she said. \"Well...\"she said.", "“Well…” she said. “Well…”she said."),
        ("en", "then:\"come\", or,\"stay\"/\"go\" (\"so\")", "then:“come”, or,“stay”/“go” (“so”)"),
        ("en", "He--\"no\"--left, and--'so'--on", "He–“no”–left, and–‘so’–on"),
        ("en", "\"Wait--\"she said. \"...so\" '...so'", "“Wait–”she said. “…so” ‘…so’"),
        ("de", "Sie rief:\"Nein\"…\"doch\"", "Sie rief:„Nein“…„doch“"),
        ("es", "dijo:\"no\" y ¿\"qué\"?", "dijo:«no» y ¿«qué»?"),
    ]);
}

#[test]
fn the_whole_book_has_one_punctuation() {
    let book = BookFixture::new(
        "title: Ada's \"Road\" -- 1\nsubtitle: It's...\nlanguage: en\npages:\n  \
         - chapter: Ada's\n  - { photo: a.jpg, alt: Road, place: O'Hara's -- x }\n",
    )
    .photo("a.jpg", 60, 40)
    .load()
    .book
    .unwrap();
    assert_eq!(book.title, "Ada’s “Road” – 1");
    assert_eq!(book.subtitle.as_deref(), Some("It’s…"));
    let place = book.entries.iter().find_map(Entry::plate).and_then(|plate| plate.place.clone());
    assert_eq!(place.as_deref(), Some("O’Hara’s – x"));
}

/// The emphasis in a caption: its strong words in brackets, its emphasized ones in braces.
fn emphasis(caption: &str, language: &str) -> String {
    fn spell(inlines: &[Inline]) -> String {
        let parts = inlines.iter().map(|inline| match inline {
            Inline::Strong(inner) => format!("[{}]", spell(inner)),
            Inline::Emphasis(inner) => format!("{{{}}}", spell(inner)),
            other => plain_text(std::slice::from_ref(other)),
        });
        parts.collect()
    }
    spell(&markdown::inlines(caption, &Language::new(language)).content)
}

#[test]
fn words_are_strong_beside_punctuation_of_chinese_japanese_and_korean() {
    for (language, caption, expected) in [
        ("ja", "**山（高）**の朝", "[山（高）]の朝"),
        ("ja", "これは**「山」**です。*海。*と", "これは[「山」]です。{海。}と"),
        ("ja", "これは**｢山｣**です", "これは[｢山｣]です"),
        ("zh", "这是**“重点”**的。**注意！**请", "这是[“重点”]的。[注意！]请"),
        ("zh", "**《山海》**是书", "[《山海》]是书"),
        ("ko", "**바다(東海)**는 *산!*이다", "[바다(東海)]는 {산!}이다"),
        ("ko", "이것은**\u{201C}바다\u{201D}**입니다", "이것은[“바다”]입니다"),
        ("ja", "**葛\u{E0100}（注）**の", "[葛\u{E0100}（注）]の"),
    ] {
        assert_eq!(emphasis(caption, language), expected);
    }
}

#[test]
fn asterisks_that_mean_nothing_stay_in_every_script() {
    for caption in ["2*3*4", "a * b", "a**(b)**c", "`「*山*」`", "「\\*山\\*」", "山 * 海"]
    {
        let plain = caption.replace(['`', '\\'], "");
        let expected = if caption == "2*3*4" { "2{3}4".to_owned() } else { plain };
        assert_eq!(emphasis(caption, "ja"), expected, "{caption}");
    }
}

#[test]
fn a_finding_beside_such_emphasis_is_at_its_column() {
    let read = markdown::inlines("**山（高）**の<b>朝</b>", &Language::new("ja"));
    let at = read.findings[0].at.as_ref().unwrap();
    assert_eq!((at.line, at.column), (1, 10));
}
