//! Books in several languages from one manifest.

use recto::finding::{Code, Finding};
use recto::manifest::{self, LoadOptions};
use recto::model::{Book, Entry, plain_text};

use crate::support::fixture::{BookFixture, lines};

const MANIFEST: &str = "language: en
title: { en: Winter Road, ko: 겨울길 }
publisher: Shore Press
pages:
  - text: { en: introduction.md, ko: introduction.ko.md }
  - chapter: { en: January, ko: 일월 }
  - photo: a.jpg
    caption: { en: The harbour., ko: 항구. }
    alt: { en: Boats., ko: 배. }
    place: Nes
  - photo: b.jpg
    caption: { en: The ice. }
    alt: Ice.
";

fn fixture(manifest: &str) -> BookFixture {
    BookFixture::new(manifest)
        .photo("a.jpg", 60, 40)
        .photo("b.jpg", 60, 40)
        .file("introduction.md", "# Before\n\nWords.\n")
        .file("introduction.ko.md", "# 처음\n\n글.\n")
}

fn edition(manifest: &str, language: Option<&str>) -> (Option<Book>, Vec<Finding>) {
    let options = LoadOptions { language: language.map(str::to_owned), ..LoadOptions::default() };
    let fixture = fixture(manifest);
    let loaded = manifest::load_with(&fixture.path("book.yaml"), &options);
    (loaded.book, loaded.findings)
}

fn captions(book: &Book) -> Vec<String> {
    book.plates().map(|(_, plate)| plain_text(&plate.caption)).collect()
}

#[test]
fn the_edition_in_the_language_of_the_manifest_is_the_default() {
    let (book, findings) = edition(MANIFEST, None);
    let book = book.unwrap();
    assert_eq!(lines(&findings), Vec::<String>::new());
    assert_eq!((book.title.as_str(), book.language.tag()), ("Winter Road", "en"));
    assert_eq!(captions(&book), ["The harbour.", "The ice."]);
    assert_eq!(book.original, None);
}

#[test]
fn missing_translations_fall_back_to_the_language_of_the_manifest() {
    let (book, findings) = edition(MANIFEST, Some("ko"));
    let book = book.unwrap();
    assert_eq!((book.title.as_str(), book.language.tag()), ("겨울길", "ko"));
    assert_eq!(book.original.as_deref(), Some("Winter Road"));
    assert_eq!(captions(&book), ["항구.", "The ice."]);
    let titles: Vec<String> = book
        .entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Essay(essay) => essay.title().map(plain_text),
            Entry::Chapter(chapter) => Some(plain_text(&chapter.title)),
            _ => None,
        })
        .collect();
    assert_eq!(titles, ["처음", "일월"]);
    assert_eq!(
        lines(&findings),
        [
            "warning untranslated 12:14 `caption` is not translated into ko",
            "warning untranslated 13:10 `alt` is not translated into ko",
        ]
    );
    assert!(book.has_untranslated_text);
}

#[test]
fn an_edition_with_all_translations_is_complete() {
    let complete = MANIFEST
        .replace("{ en: The ice. }", "{ en: The ice., ko: 얼음. }")
        .replace("alt: Ice.", "alt: { en: Ice., ko: 얼음. }");
    for language in [None, Some("ko")] {
        let (book, findings) = edition(&complete, language);
        assert!(!book.unwrap().has_untranslated_text, "{:?}", lines(&findings));
    }
    let (book, _) = edition(&complete.replace("{ en: Ice., ko: 얼음. }", "{ ko: 얼음. }"), None);
    assert!(book.unwrap().has_untranslated_text);
}

#[test]
fn editions_in_different_languages_have_different_identifiers() {
    let [english, korean] =
        [None, Some("ko")].map(|language| edition(MANIFEST, language).0.unwrap().identifier);
    assert_ne!(english, korean);
    let isbn = "identifier: { en: \"isbn:9780000000002\", ko: \"isbn:9780000000019\" }\n";
    let (book, findings) = edition(&format!("{isbn}{MANIFEST}"), Some("ko"));
    assert!(findings.iter().all(|finding| finding.code == Code::Untranslated), "{findings:?}");
    assert_eq!(book.unwrap().identifier.urn(), "urn:isbn:9780000000019");
}

#[test]
fn a_check_lists_the_missing_translations_of_all_languages() {
    let three = MANIFEST.replace("language: en\n", "language: en\nlanguages: [en, ko, de]\n");
    let fixture = fixture(&three);
    let options = LoadOptions { all_translations: true, ..LoadOptions::default() };
    let findings = manifest::load_with(&fixture.path("book.yaml"), &options).findings;
    assert_eq!(
        lines(&findings),
        [
            "warning untranslated 3:8 `title` is not translated into de",
            "warning untranslated 6:11 `text` is not translated into de",
            "warning untranslated 7:14 `chapter` is not translated into de",
            "warning untranslated 9:14 `caption` is not translated into de",
            "warning untranslated 10:10 `alt` is not translated into de",
            "warning untranslated 13:14 `caption` is not translated into ko, de",
            "warning untranslated 14:10 `alt` is not translated into ko, de",
        ]
    );
}

#[test]
fn a_book_in_one_language_needs_no_translations() {
    let one = "title: One\npages:\n  - photo: a.jpg\n    caption: The harbour.\n    alt: Boats.\n";
    let options = LoadOptions { all_translations: true, ..LoadOptions::default() };
    let loaded = manifest::load_with(&fixture(one).path("book.yaml"), &options);
    assert_eq!(lines(&loaded.findings), Vec::<String>::new());
}

#[test]
fn a_specific_language_tag_precedes_a_general_one() {
    let swiss = "title: { de: Straße, de-CH: Strasse, en: Road }\npages:\n  - text: \"# One\"\n";
    let title = |language| edition(swiss, Some(language)).0.unwrap().title;
    assert_eq!(
        (title("de-CH"), title("de-AT"), title("de")),
        ("Strasse".into(), "Straße".into(), "Straße".into())
    );
}

#[test]
fn invalid_languages_are_reported_with_their_location() {
    let (_, findings) = edition(MANIFEST, Some("kr"));
    let missing = findings.iter().find(|finding| finding.code == Code::LanguageMissing).unwrap();
    assert_eq!(missing.message, "the book has no edition in `kr`");
    assert_eq!(missing.help.as_deref(), Some("did you mean `ko`?"));
    let misspelt = MANIFEST.replace("ko: 항구.", "korean: 항구.");
    let (book, findings) = edition(&misspelt, None);
    assert_eq!(
        lines(&findings),
        ["error wrong-value 8:34 mapping by language: `korean` is not a language tag"]
    );
    assert_eq!(captions(&book.unwrap())[0], "The harbour.");
    let unlisted = MANIFEST.replace("language: en\n", "language: en\nlanguages: [en, ko]\n");
    let (_, findings) = edition(&unlisted.replace("ko: 일월", "kr: 일월"), None);
    assert_eq!(
        lines(&findings),
        ["error wrong-value 7:29 mapping by language: `kr` is not listed under `languages`"]
    );
}

#[test]
fn other_mappings_are_not_translations() {
    let manifest = "title: One\ncreators: [{ name: { en: Ada, ko: 에이다 }, role: author }]\n\
                    print: { margins: { inner: 20 mm } }\npages:\n  - photo: a.jpg\n    \
                    alt: Boats.\n    layout: { plate: framed, caption: none }\n";
    let (book, findings) = edition(manifest, Some("ko"));
    assert!(findings.iter().all(|finding| finding.code == Code::Untranslated), "{findings:?}");
    let book = book.unwrap();
    assert_eq!(book.creators[0].name, "에이다");
    assert!(book.print.margins.is_some());
}

#[test]
fn the_schema_allows_a_mapping_by_language_for_a_text() {
    let schema = manifest::schema();
    for pointer in ["/properties/title", "/definitions/PageEntry/properties/caption"] {
        let text = schema.pointer(pointer).unwrap();
        let forms = text["anyOf"].as_array().unwrap();
        assert_eq!(forms.len(), 2, "{pointer}");
        assert_eq!(forms[1]["type"], "object");
        assert!(text["description"].is_string() && forms[0]["description"].is_null());
    }
    assert!(schema.pointer("/properties/print/anyOf/1/propertyNames").is_none());
}
