//! Font files of a book.

use std::io::{Cursor, Read as _};

use recto::build::{Project, ProjectOptions};
use recto::model::{Edition, FontFile, Fonts, Language, Length};
use recto::typeset::{
    Align, Faces, Family, Paragraph, Setting, Span, Style, inspect, instances, set,
};

use zip::ZipArchive;

use super::{book, scratch};

/// Letters with ligatures, kerning, marks and reordering.
const TEXT: &str =
    "AV fi fl a\u{301} 1984 \u{915}\u{94d}\u{937}\u{93f} \u{644}\u{627} \u{e01}\u{e33} \u{4e2d}";

/// A font sets a text. Whole books take long, so only some of the fonts are embedded in a PDF.
pub fn font(bytes: &[u8]) {
    const EMBEDDED: usize = 32;
    let file = FontFile { name: "any.otf".into(), bytes: bytes.to_vec() };
    inspect(&file);
    instances(bytes);
    let characters: Vec<char> = TEXT.chars().collect();
    Faces::supported_characters(&file, &characters);
    let fonts = Fonts { serif: vec![file], ..Fonts::default() };
    let Ok(faces) = Faces::load(&fonts) else { return };
    let paragraph = Paragraph {
        spans: vec![Span::new(TEXT, Style::plain(Family::Serif, Length::pt(10)))],
        language: Language::default(),
    };
    let setting = Setting {
        measure: Length::mm(40),
        indent: Length::ZERO,
        align: Align::Justified,
        hyphenate: true,
        is_title: false,
    };
    set(&faces, &paragraph, &setting);
    if bytes.len().is_multiple_of(EMBEDDED) {
        embed(bytes);
    }
}

fn embed(bytes: &[u8]) {
    scratch::write("any.otf", bytes);
    scratch::write("1.jpg", &scratch::jpeg(30, 20));
    let manifest = format!(
        "title: A\nfonts: {{ serif: [any.otf] }}\npages: [{{ photo: 1.jpg, alt: '', caption: \"{TEXT}\" }}]\n"
    );
    let path = scratch::write("book.yaml", manifest.as_bytes());
    if let Some(project) = Project::load(&path, &ProjectOptions::default()).project {
        for edition in [Edition::Screen, Edition::Epub] {
            let _ = book::build(&project, edition);
        }
    }
}

/// The fonts of an e-book, which have only a few characters.
pub fn embedded() -> Vec<Vec<u8>> {
    scratch::write("1.jpg", &scratch::jpeg(30, 20));
    let manifest =
        b"title: Winter\npages: [{ photo: 1.jpg, alt: '', caption: A *fine* road 1984 }]\n";
    let path = scratch::write("book.yaml", manifest);
    let project = Project::load(&path, &ProjectOptions::default()).project.expect("a book");
    let epub = book::build(&project, Edition::Epub).expect("an e-book");
    let mut archive = ZipArchive::new(Cursor::new(epub)).expect("an archive");
    let mut fonts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a file");
        if file.name().is_ok_and(|name| name.ends_with(".otf") || name.ends_with(".ttf")) {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("a font");
            fonts.push(bytes);
        }
    }
    fonts
}
