//! Captions from text files beside the photos.

use recto::manifest::{self, LoadOptions, Loaded};
use recto::model::{Inline, plain_text};

use crate::support::fixture::{BookFixture, lines};

fn captions(loaded: &Loaded) -> Vec<String> {
    let plates = loaded.book.as_ref().unwrap().plates();
    plates.map(|(_, plate)| plain_text(&plate.caption)).collect()
}

fn book(pages: &[&str]) -> BookFixture {
    BookFixture::with_pages(pages).photo("01.jpg", 60, 40)
}

#[test]
fn the_text_beside_a_photo_is_its_caption() {
    for (name, text) in [
        ("01.txt", &b"\n  M\xC3\xB6we \n"[..]),
        ("01.jpg.txt", b"\xEF\xBB\xBFM\xC3\xB6we\r\n"),
        ("01.TXT", b"\xFF\xFEM\0\xF6\0w\0e\0"),
        ("01.txt", b"M\xF6we"),
        ("01.en.txt", b"M\xC3\xB6we"),
    ] {
        let loaded = book(&["photo: 01.jpg"]).file(name, text).load();
        assert_eq!(captions(&loaded), ["Möwe"], "{name}");
        let notes = usize::from(text == b"M\xF6we");
        assert_eq!(lines(&loaded.findings).len(), notes, "{:?}", loaded.findings);
    }
}

#[test]
fn manifest_and_table_come_before_the_text() {
    let own = book(&["{ photo: 01.jpg, caption: Own }"]).file("01.txt", "Text");
    assert_eq!(captions(&own.load()), ["Own"]);
    let manifest = "title: A\ncaptions: c.csv\npages:\n  - photos: \"*.jpg\"\n";
    let table = BookFixture::new(manifest)
        .photo("01.jpg", 60, 40)
        .photo("02.jpg", 60, 40)
        .file("c.csv", "file,caption\n01,Table\n02,\n")
        .file("01.txt", "Text")
        .file("02.txt", "Text");
    assert_eq!(captions(&table.load()), ["Table", "Text"]);
}

#[test]
fn a_text_is_plain_and_its_paragraphs_are_lines() {
    let text = "*The* harbour\nat dawn.\n\n\nA second paragraph.\n";
    let loaded = book(&["photo: 01.jpg"]).file("01.txt", text).load();
    let plate = loaded.book.as_ref().unwrap().plates().next().unwrap().1;
    assert_eq!(
        plate.caption,
        [
            Inline::Text("*The* harbour at dawn.".into()),
            Inline::LineBreak,
            Inline::Text("A second paragraph.".into())
        ]
    );
}

#[test]
fn a_language_in_the_name_is_a_translation() {
    let manifest = "title: { en: A, de: B }\npages:\n  - photo: 01.jpg\n";
    let fixture = BookFixture::new(manifest)
        .photo("01.jpg", 60, 40)
        .file("01.txt", "Gull")
        .file("01.de.txt", "Möwe");
    assert_eq!(captions(&fixture.load()), ["Gull"]);
    let options = LoadOptions { language: Some("de".into()), ..LoadOptions::default() };
    let german = manifest::load_with(&fixture.path("book.yaml"), &options);
    assert_eq!(captions(&german), ["Möwe"]);
    assert_eq!(lines(&german.findings), Vec::<String>::new());
}

#[test]
fn empty_large_and_binary_texts_are_findings_and_strangers_are_not() {
    for (text, finding) in [
        (&b" \n"[..], "01.txt is empty"),
        (&vec![b'x'; (64 << 10) + 1], "01.txt is larger than 64 KB and is not used as a caption"),
        (b"\0\0\0x\x81", "01.txt has bytes that are not text and is not used as a caption"),
    ] {
        let loaded = book(&["photo: 01.jpg"]).file("01.txt", text).load();
        assert_eq!(lines(&loaded.findings), [format!("warning caption-file 1:1 {finding}")]);
        assert_eq!(captions(&loaded), [""]);
    }
    let loaded = book(&["photos: \"*.jpg\""]).file("readme.txt", "x").file("02.txt", "x").load();
    assert_eq!(lines(&loaded.findings), Vec::<String>::new());
}

#[test]
fn a_pattern_skips_the_captions_of_its_photos_without_a_word() {
    let manifest = "title: A\nlanguages: [en, de]\ncaptions: c.csv\npages:\n  - photos: \"*\"\n";
    let loaded = BookFixture::new(manifest)
        .photo("01.jpg", 60, 40)
        .file("c.csv", "file,caption\n01,\n")
        .file("01.txt", "Gull")
        .file("01.jpg.de.txt", "Möwe")
        .load();
    assert_eq!(captions(&loaded), ["Gull"]);
    assert_eq!(lines(&loaded.findings), Vec::<String>::new());
}

#[test]
fn a_text_page_is_no_caption() {
    let loaded = book(&["photo: 01.jpg", "text: 01.txt"]).file("01.txt", "# An essay\n").load();
    assert_eq!(captions(&loaded), [""]);
}
