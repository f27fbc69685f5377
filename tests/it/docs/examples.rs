//! The examples in the pages: manifests and designs are read, commands run.

use std::fs;
use std::process::Command;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use recto::finding::Severity;
use recto::layout;
use recto::model::Edition;
use recto::preflight;
use recto::typeset::Faces;

use super::{GENERATED, pages, read};
use crate::support::fixture::BookFixture;

/// The code blocks in this language, in all pages that are not generated.
fn blocks(language: &str) -> Vec<String> {
    let texts = pages().into_iter().map(|page| read(&page));
    let written = texts.filter(|text| !text.starts_with(GENERATED));
    written.flat_map(|text| blocks_in(&text, language)).collect()
}

fn blocks_in(text: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut block: Option<String> = None;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if *info == *language => {
                block = Some(String::new());
            }
            Event::Text(text) => {
                if let Some(block) = &mut block {
                    *block += &text;
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(block.take()),
            _ => {}
        }
    }
    blocks
}

/// A book of this manifest, with every file that the examples name.
fn book(manifest: &str) -> BookFixture {
    let mut book = BookFixture::new(manifest);
    for photo in ["photos/01.jpg", "photos/07.jpg", "february/1.jpg"] {
        book = book.photo(photo, 30, 20);
    }
    for text in ["introduction.md", "introduction.en.md", "introduction.ko.md", "february.md"] {
        book = book.file(text, "Words.\n");
    }
    book = book
        .file("captions.csv", "file;Nummer;Kommentar;Kommentar DE;Notiz\n01;01;Words.;Worte.;\n");
    let font = fs::read(super::root().join("fonts/SourceSerif4-Regular.otf")).unwrap();
    book.file("fonts/MyHangul-Regular.otf", &font)
}

#[test]
fn manifests_are_read_without_an_error() {
    let mut manifests = blocks("yaml");
    manifests.retain(|block| block.starts_with("title:"));
    assert!(manifests.len() >= 3, "{manifests:?}");
    for manifest in manifests {
        let mut findings = book(&manifest).load().findings;
        findings.retain(|finding| finding.severity == Severity::Error);
        assert!(findings.is_empty(), "{manifest}\n{findings:#?}");
    }
}

#[test]
fn designs_are_read_and_legible() {
    let mut designs = blocks("yaml");
    designs.retain(|block| block.starts_with("like:"));
    assert!(!designs.is_empty());
    let manifest = "title: Winter Road\ndesign: mine.yaml\npages:\n  - photo: a.jpg\n    \
                    caption: The harbour.\n    alt: Boats.\n    credit: Ada Field\n";
    for design in designs {
        let book = BookFixture::new(manifest).photo("a.jpg", 2100, 1400).file("mine.yaml", design);
        let loaded = book.load();
        assert_eq!(loaded.findings, []);
        let book = loaded.book.unwrap();
        let faces = Faces::load(&book.fonts).unwrap();
        let pages = layout::paginate(&book, &faces);
        assert_eq!(preflight::findings(&book, &pages, &faces, Edition::Print.into()), []);
    }
}

#[test]
#[cfg(unix)]
fn commands_run() {
    let blocks = blocks("sh");
    let commands = blocks.iter().flat_map(|block| block.lines());
    let commands: Vec<_> = commands.filter(|line| line.starts_with("recto ")).collect();
    assert!(commands.len() >= 3, "{commands:?}");
    let book = book("title: Winter Road\npages:\n  - photos: \"photos/*.jpg\"\n");
    let recto = env!("CARGO_BIN_EXE_recto");
    for command in commands {
        // The photos are too small to be printed without a finding.
        let script = command.replacen("recto", &format!("'{recto}'"), 1);
        let output =
            Command::new("sh").args(["-c", &script]).current_dir(book.folder()).output().unwrap();
        let usage = output.status.code() == Some(2);
        assert!(!usage, "{command}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn an_indented_block_is_found() {
    let text = "1. Write:\n\n   ```yaml\n   title: A\n   pages: []\n   ```\n\n```sh\nls\n```\n";
    assert_eq!(blocks_in(text, "yaml"), ["title: A\npages: []\n"]);
}
