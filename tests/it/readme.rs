//! The README keeps its word.
#![expect(clippy::disallowed_methods, reason = "a test may read what it judges")]

use std::fs;
use std::path::Path;

use recto::manifest;
use recto::model::Edition;

use crate::fixture::BookFixture;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// The README's blocks in this language.
fn blocks(language: &str) -> Vec<String> {
    let text = readme();
    let fence = format!("```{language}\n");
    text.split(&fence)
        .skip(1)
        .map(|rest| rest.split("\n```").next().unwrap().to_owned() + "\n")
        .collect()
}

#[test]
fn the_manifests_that_it_shows_are_read_without_an_error() {
    let mut manifests = blocks("yaml");
    manifests.retain(|block| block.starts_with("title:"));
    assert_eq!(manifests.len(), 3);
    for manifest in manifests {
        let mut book = BookFixture::new(&manifest);
        for photo in ["photos/01.jpg", "photos/03.jpg", "photos/07.jpg", "february/1.jpg"] {
            book = book.photo(photo, 30, 20);
        }
        for text in ["introduction.md", "introduction.ko.md", "february.md"] {
            book = book.file(text, "Strings.\n");
        }
        let face = fs::read(root().join("fonts/SourceSerif4-Regular.otf")).unwrap();
        for font in ["fonts/MySerif-Regular.otf", "fonts/MyHangul-Regular.otf"] {
            book = book.file(font, &face);
        }
        let loaded = manifest::load(&book.path("book.yaml"));
        let errors: Vec<_> = loaded
            .findings
            .iter()
            .filter(|finding| finding.severity == recto::finding::Severity::Error)
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

#[test]
fn the_designs_that_it_shows_are_read_and_are_legible() {
    let mut designs = blocks("yaml");
    designs.retain(|block| !block.starts_with("title:"));
    assert_eq!(designs.len(), 1);
    let manifest = "title: Winter Road\ndesign: mine.yaml\npages:\n  - photo: a.jpg\n    \
                    caption: The harbour.\n    alt: Boats.\n    credit: Ada Field\n";
    for design in designs {
        let book = BookFixture::new(manifest).photo("a.jpg", 2100, 1400).file("mine.yaml", design);
        let loaded = book.load();
        assert_eq!(loaded.findings, []);
        let book = loaded.book.unwrap();
        let faces = recto::typeset::Faces::load(&book.fonts).unwrap();
        let pages = recto::layout::paginate(&book, &faces);
        assert_eq!(recto::preflight::findings(&book, &pages, &faces, Edition::Print.into()), []);
    }
}
