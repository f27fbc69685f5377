//! Texts that no page has room for: an error before anything is set, in bounded time.

use std::time::{Duration, Instant};

use recto::build::{Project, ProjectOptions};
use recto::finding::{Code, Finding};
use recto::layout;
use recto::model::{Block, Book, Edition, Entry, Essay, Inline, Language};
use recto::typeset::Faces;

use crate::support::fixture::{BookFixture, lines, with_code};

/// Far more than is needed, and far less than work that grows by the square of the length takes.
const LONG: Duration = Duration::from_secs(40);

/// The findings of a manifest beside which there is `a.jpg`, and the time that they took.
fn load(manifest: &str) -> (Vec<Finding>, Duration) {
    let fixture = BookFixture::new(manifest).photo("a.jpg", 30, 20);
    let start = Instant::now();
    let findings = fixture.load().findings;
    (findings, start.elapsed())
}

fn words(bytes: usize) -> String {
    "word ".repeat(bytes / 5)
}

#[test]
fn a_caption_of_more_than_20_000_characters_is_reported() {
    let manifest = |caption: &str| {
        format!("title: T\npages:\n  - photo: a.jpg\n    alt: A.\n    caption: {caption}\n")
    };
    let (findings, _) = load(&manifest(&"ä".repeat(20_000)));
    assert_eq!(lines(&findings), Vec::<String>::new());
    let (findings, _) = load(&manifest(&"ä".repeat(20_001)));
    let line = "warning caption-too-long 5:14 the caption has 20001 characters, which fill several \
                screens";
    assert_eq!(lines(&findings), [line]);
    assert_eq!(findings[0].editions, [Edition::Epub, Edition::Offline].into());
}

#[test]
fn a_caption_of_more_than_200_000_characters_is_an_error_at_once() {
    let caption = words(12 << 20);
    let (findings, time) =
        load(&format!("title: T\npages:\n  - photo: a.jpg\n    alt: A.\n    caption: {caption}\n"));
    let line = "error caption-too-long 5:14 the caption has 12582909 characters; the maximum is \
                200,000";
    assert_eq!(lines(&findings), [line]);
    assert!(time < LONG, "{time:?}");
}

#[test]
fn a_caption_of_a_hundred_pages_does_not_fit_a_page() {
    let caption = words(100_000);
    let fixture =
        BookFixture::with_pages(&[&format!("{{ photo: a.jpg, alt: A, caption: {caption}}}")]);
    let fixture = fixture.photo("a.jpg", 600, 400);
    let start = Instant::now();
    let loaded = Project::load(&fixture.path("book.yaml"), &ProjectOptions::default());
    let findings = loaded.project.unwrap().check(Edition::Print.into());
    assert_eq!(with_code(&findings, "caption-too-long").len(), 1, "{:?}", lines(&findings));
    assert!(start.elapsed() < LONG, "{:?}", start.elapsed());
}

#[test]
fn titles_and_other_lines_have_the_same_limit() {
    let long = words(30_000);
    for (key, manifest) in [
        ("title", format!("title: {long}\npages:\n  - photo: a.jpg\n")),
        ("chapter", format!("title: T\npages:\n  - chapter: {long}\n  - photo: a.jpg\n")),
        ("alt", format!("title: T\npages:\n  - photo: a.jpg\n    alt: {long}\n")),
        ("credit", format!("title: T\npages:\n  - photo: a.jpg\n    credit: {long}\n")),
        ("place", format!("title: T\npages:\n  - photo: a.jpg\n    place: {long}\n")),
    ] {
        let (findings, _) = load(&manifest);
        let errors = with_code(&findings, "wrong-value");
        assert_eq!(errors.len(), 1, "{key}");
        assert_eq!(errors[0].message, format!("`{key}`: the text has 29999 characters"));
    }
}

#[test]
fn the_metadata_of_a_photo_has_limits() {
    let sidecar = |property: &str| {
        format!(
            "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF \
             xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
             xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\">{property}\
             </rdf:Description></rdf:RDF></x:xmpmeta>"
        )
    };
    let long = words(30_000);
    let caption = words(300_000);
    let description =
        format!("<dc:description><rdf:Alt><rdf:li>{caption}</rdf:li></rdf:Alt></dc:description>");
    let credit = format!("<photoshop:Credit>{long}</photoshop:Credit>");
    for (property, code, what) in [
        (description, Code::CaptionTooLong, "the caption in the metadata of a.jpg"),
        (credit, Code::TextTooLong, "the credit in the metadata of a.jpg"),
    ] {
        let fixture = BookFixture::with_pages(&["{ photo: a.jpg, alt: A }"]).photo("a.jpg", 30, 20);
        let findings = fixture.file("a.jpg.xmp", sidecar(&property)).load().findings;
        let [finding] = &findings[..] else { panic!("{:#?}", lines(&findings)) };
        assert_eq!(finding.code, code);
        assert!(finding.message.starts_with(what), "{}", finding.message);
    }
}

#[test]
fn a_text_has_at_most_2_megabytes() {
    let fixture = BookFixture::with_pages(&["text: long.md", "{ photo: a.jpg, alt: A }"]);
    let fixture = fixture.photo("a.jpg", 30, 20).file("long.md", words(3 << 20));
    let findings = fixture.load().findings;
    assert_eq!(lines(&findings), ["error text-too-long 3:11 long.md is larger than 2 MB"]);
    let manifest = format!("title: T\npages:\n  - text: |\n      {}\n", words(3 << 20));
    let (findings, _) = load(&manifest);
    assert_eq!(with_code(&findings, "text-too-long").len(), 1, "{:?}", lines(&findings));
}

#[test]
fn many_notes_and_findings_take_time_by_their_number() {
    let text = |count: usize| {
        let notes: Vec<_> = (0..count).map(|n| format!("[^n{n}]: Note.\n\n")).collect();
        let notes = notes.concat();
        let start = Instant::now();
        let read = recto::markdown::blocks(&notes, &Language::default(), None);
        assert_eq!(with_code(&read.findings, "note-unused").len(), 51);
        let last = read.findings.last().unwrap();
        assert_eq!(last.message, format!("{} more notes are not used", count - 50));
        start.elapsed()
    };
    let time = text(60_000);
    assert!(time < LONG, "{time:?}");
}

/// The number of pages of a book with this text as one paragraph.
fn pages_with_code(text: String, language: &str) -> usize {
    let mut book = Book::new("T", Language::new(language));
    let blocks = vec![Block::Paragraph(vec![Inline::Text(text)])];
    book.entries = vec![Entry::Essay(Essay { blocks, ..Essay::default() })];
    let faces = Faces::load(&book.fonts).unwrap();
    layout::paginate(&book, &faces).pages.len()
}

#[test]
fn a_paragraph_without_spaces_takes_time_by_its_length() {
    for text in ["abcdefghij", "漢字仮名交", "0123456789"] {
        let start = Instant::now();
        assert!(pages_with_code(text.repeat(5_000), "en") > 10, "{text}");
        assert!(start.elapsed() < LONG, "{text}: {:?}", start.elapsed());
    }
}

#[test]
fn a_heading_of_many_pages_is_set() {
    let start = Instant::now();
    let mut book = Book::new("T", Language::default());
    let content = vec![Inline::Text(words(200_000))];
    book.entries = vec![Entry::Essay(Essay {
        blocks: vec![Block::Heading { level: 2, content }],
        ..Essay::default()
    })];
    let faces = Faces::load(&book.fonts).unwrap();
    assert!(!layout::paginate(&book, &faces).pages.is_empty());
    assert!(start.elapsed() < LONG, "{:?}", start.elapsed());
}
