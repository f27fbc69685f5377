//! A photo that an e-book shows several times is stored once.

use std::collections::BTreeMap;

use recto::model::Edition;

use crate::support::epub::files;
use crate::support::fixture::{BookFixture, has_errors, jpeg};

const SERIF: &[u8] = include_bytes!("../../fonts/SourceSerif4-Regular.otf");

/// The names of the pictures but the cover's, none of which has the bytes of another.
#[track_caller]
fn pictures(files: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    let is_picture =
        |name: &&String| name.starts_with("OEBPS/images/") && *name != "OEBPS/images/cover.jpg";
    let names: Vec<&String> = files.keys().filter(is_picture).collect();
    for (index, name) in names.iter().enumerate() {
        for other in &names[index + 1..] {
            assert_ne!(files[*name], files[*other], "{name} and {other} are the same");
        }
    }
    let package = String::from_utf8(files["OEBPS/content.opf"].clone()).unwrap();
    for name in &names {
        let href = format!("href=\"{}\"", name.strip_prefix("OEBPS/").unwrap());
        assert_eq!(package.matches(&href).count(), 1, "{name} has one item");
    }
    names.into_iter().map(String::as_str).collect()
}

fn fixture(pages: &[&str]) -> BookFixture {
    BookFixture::with_pages(pages)
        .file("a.jpg", jpeg(60, 40))
        .file("copy.jpg", jpeg(60, 40))
        .file("b.jpg", jpeg(40, 60))
        .file("text.md", "# Notes\n\nOne.\n\n![A](a.jpg)\n\n![B](b.jpg)\n\n![Copy](copy.jpg)\n")
}

#[test]
fn plates_copies_and_figures_of_one_photo_share_a_file() {
    let fixture = fixture(&[
        "photo: a.jpg",
        "photo: b.jpg",
        "photo: a.jpg",
        "photo: copy.jpg",
        "text: text.md",
    ]);
    let files = files(&fixture, Edition::Epub);
    assert_eq!(pictures(&files), ["OEBPS/images/p0001.jpg", "OEBPS/images/p0002.jpg"]);
    let page = |name: &str| String::from_utf8(files[&format!("OEBPS/{name}")].clone()).unwrap();
    let uses = |page: String| page.matches("src=\"images/p0001.jpg\"").count();
    let pages = ["plates-01.xhtml", "plates-01-3.xhtml", "plates-01-4.xhtml", "text-01.xhtml"];
    assert_eq!(pages.map(|name| uses(page(name))), [1, 1, 1, 2]);
}

#[test]
fn a_text_before_the_plate_of_its_photo_shares_its_file_too() {
    let files = files(&fixture(&["text: text.md", "photo: copy.jpg"]), Edition::Epub);
    assert_eq!(pictures(&files), ["OEBPS/images/f0001.jpg", "OEBPS/images/f0002.jpg"]);
}

#[test]
fn pages_in_fixed_layout_share_what_they_show_alike() {
    let pages = [
        "photo: a.jpg",
        "photo: b.jpg",
        "photo: a.jpg",
        "photo: copy.jpg",
        // Smaller on its page, but the photo has no more pixels than this frame needs.
        "text: text.md",
    ];
    let fixture = fixture(&pages);
    assert_eq!(pictures(&files(&fixture, Edition::EpubFixed)).len(), 2);
}

#[test]
fn another_crop_is_another_file_in_fixed_layout() {
    let pages = [
        "{ photo: a.jpg, alt: A }",
        "{ photo: a.jpg, alt: A, layout: full-bleed, focus: [0.1, 0.5] }",
        "{ photo: a.jpg, alt: A, layout: full-bleed, focus: [0.9, 0.5] }",
        "{ photo: copy.jpg, alt: A, layout: full-bleed, focus: [0.1, 0.5] }",
    ];
    let fixture = fixture(&pages);
    let loaded = fixture.load();
    assert!(!has_errors(&loaded.findings), "{:?}", loaded.findings);
    assert_eq!(pictures(&files(&fixture, Edition::EpubFixed)).len(), 3);
}

#[test]
fn a_font_for_two_families_is_stored_once() {
    let fixture = BookFixture::new(
        "title: Road\nfonts: { serif: a.otf, sans: b.otf }\npages:\n  \
         - { photo: a.jpg, alt: A, caption: One }\n  - text: Two.\n",
    )
    .photo("a.jpg", 60, 40)
    .file("a.otf", SERIF)
    .file("b.otf", SERIF);
    for edition in [Edition::Epub, Edition::EpubFixed] {
        let files = files(&fixture, edition);
        let is_font = |name: &&String| name.starts_with("OEBPS/fonts/");
        let fonts: Vec<&String> = files.keys().filter(is_font).collect();
        let contents: std::collections::BTreeSet<_> =
            fonts.iter().map(|name| &files[*name]).collect();
        assert!(!fonts.is_empty());
        assert_eq!(contents.len(), fonts.len(), "{fonts:?}");
    }
}
