//! The README keeps its word.
#![expect(clippy::disallowed_methods, reason = "a test may read what it judges")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use recto::finding::Code;
use recto::manifest;
use recto::model::Edition;

use crate::support::fixture::BookFixture;

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
fn every_code_of_a_finding_is_explained() {
    let readme = readme();
    let in_readme = |code: &&Code| readme.contains(&format!("`{code}`"));
    let unexplained: Vec<_> = Code::ALL.iter().filter(|code| !in_readme(code)).collect();
    assert!(unexplained.is_empty(), "{unexplained:?}");
}

/// The sources below `src`, without unit tests and the list of codes itself.
fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, text);
        } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("codes.rs") {
            let source = fs::read_to_string(path).unwrap();
            text.push_str(source.split("#[cfg(test)]").next().unwrap());
        }
    }
}

#[test]
fn every_code_of_a_finding_is_used() {
    let mut text = String::new();
    sources(&root().join("src"), &mut text);
    let used: BTreeSet<_> = text
        .split("Code::")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap())
        .collect();
    let is_used = |code: &&Code| used.contains(format!("{code:?}").as_str());
    let unused: Vec<_> = Code::ALL.iter().filter(|code| !is_used(code)).collect();
    assert!(unused.is_empty(), "{unused:?}");
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
            book = book.file(text, "Words.\n");
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
