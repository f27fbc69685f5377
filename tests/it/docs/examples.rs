//! The examples in the pages: manifests and designs are read, commands run.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

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

pub(super) fn blocks_in(text: &str, language: &str) -> Vec<String> {
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
    for photo in [
        "photos/01.jpg",
        "photos/02-jetty.jpg",
        "photos/07.jpg",
        "photos/11-sea.jpg",
        "february/1.jpg",
    ] {
        book = book.photo(photo, 30, 20);
    }
    let texts = [
        "introduction.md",
        "introduction.en.md",
        "introduction.ko.md",
        "february.md",
        "about.md",
        "author.md",
    ];
    for text in texts {
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
        let book = BookFixture::new(manifest).photo("a.jpg", 2400, 1600).file("mine.yaml", design);
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
    // A preview runs until it is ended.
    let is_run = |line: &&str| line.starts_with("recto ") && !line.starts_with("recto preview");
    let commands: Vec<_> = commands.filter(is_run).collect();
    assert!(commands.len() >= 3, "{commands:?}");
    let book = book("title: Winter Road\npages:\n  - photos: \"photos/*.jpg\"\n");
    let recto = env!("CARGO_BIN_EXE_recto");
    for command in commands {
        // The photos are too small to be printed without a finding.
        let script = command.replacen("recto", &format!("exec '{recto}'"), 1);
        let mut shell = Command::new("sh");
        shell.args(["-c", &script]).current_dir(book.folder()).stderr(Stdio::piped());
        let mut process = shell.stdout(Stdio::piped()).spawn().unwrap();
        if command.starts_with("recto preview") && !command.contains("--out") {
            // It runs until it is ended.
            let mut line = String::new();
            let mut out = BufReader::new(process.stdout.take().unwrap());
            out.read_line(&mut line).unwrap();
            assert!(line.starts_with("preview at "), "{command}: {line}");
            process.kill().unwrap();
            process.wait().unwrap();
            continue;
        }
        let output = process.wait_with_output().unwrap();
        let usage = output.status.code() == Some(2);
        assert!(!usage, "{command}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
#[cfg(unix)]
fn a_thousand_books_are_built_side_by_side() {
    let makefiles = blocks("make");
    assert_eq!(makefiles.len(), 1);
    if Command::new("make").arg("--version").output().is_err() {
        return;
    }
    let mut shelf = BookFixture::new("").file("Makefile", &makefiles[0]);
    let names = ["one", "two", "three"];
    for name in names {
        let manifest = format!(
            "title: {name}\nallow: [resolution]\npages:\n  - photo: 1.jpg\n    alt: A photo.\n"
        );
        shelf = shelf.file(&format!("{name}/book.yaml"), manifest).photo(
            &format!("{name}/1.jpg"),
            300,
            200,
        );
    }
    // A broken book does not stop the others.
    let shelf = shelf.file("broken/book.yaml", "title: [");
    fs::remove_file(shelf.path("book.yaml")).unwrap();
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_recto")).parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    let output = Command::new("make")
        .args(["-j3", "--keep-going"])
        .current_dir(shelf.folder())
        .env("PATH", format!("{}:{path}", program.display()))
        .env("RECTO_CACHE", shelf.path("cache"))
        .env_remove("MAKEFLAGS")
        .output()
        .unwrap();
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && messages.contains("broken"), "{messages}");
    for name in names {
        for file in ["epub", "print.pdf"] {
            let separator = if file == "epub" { '.' } else { '-' };
            assert!(
                shelf.path(&format!("{name}/dist/{name}{separator}{file}")).exists(),
                "{messages}"
            );
        }
    }
}

#[test]
fn an_indented_block_is_found() {
    let text = "1. Write:\n\n   ```yaml\n   title: A\n   pages: []\n   ```\n\n```sh\nls\n```\n";
    assert_eq!(blocks_in(text, "yaml"), ["title: A\npages: []\n"]);
}
