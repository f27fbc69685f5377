//! Pictures that open chapters and parts, in every edition.

use recto::finding::Code;
use recto::model::{Edition, EditionSet, Entry, Pages, Point, Rect, Side};

use crate::support::books::{self, last_with, pictures, text};
use crate::support::epub::files;
use crate::support::fixture::{BookFixture, lines, with_code};
use crate::support::images;

const MANIFEST: &str = "title: Winter Road
language: en
credits: each
allow: resolution
pages:
  - chapter: January
    photo: o.jpg
    alt: A frozen lake.
    caption: The lake in January.
    credit: Ada Field
    intro: The ice came early.
  - { photo: a.jpg, caption: A boat., alt: A boat., credit: Ben Stone }
  - chapter: February
  - { photo: b.jpg, caption: A hill., alt: A hill., credit: Ben Stone }
";

fn fixture(manifest: &str) -> BookFixture {
    BookFixture::new(manifest).small_photos(&["a.jpg", "b.jpg", "o.jpg"])
}

fn paginate(manifest: &str) -> Pages {
    books::pages_without_findings(&fixture(manifest))
}

#[test]
fn the_picture_fills_the_verso_that_faces_the_title() {
    for design in recto::manifest::bundled_designs() {
        for language in ["en", "ar"] {
            let manifest = MANIFEST.replace("language: en", &format!("language: {language}"));
            let pages = paginate(&format!("design: {design}\n{manifest}"));
            let index = last_with(&pages, "The ice came early");
            let [verso, title] = [&pages.pages[index - 1], &pages.pages[index]];
            assert_eq!((verso.side, title.side), (Side::Verso, Side::Recto), "{design}");
            let [picture] = pictures(verso)[..] else { panic!("{design}: no picture") };
            let trim = Rect::new(Point::default(), pages.trim);
            assert!(picture.clip.contains(&trim), "{design}");
            assert_eq!(picture.alt.as_deref(), Some("A frozen lake."));
            assert_eq!(text(verso), "", "{design}: nothing is printed on the picture");
        }
    }
}

#[test]
fn its_caption_and_credit_are_at_the_foot_of_the_title_page() {
    let pages = paginate(MANIFEST);
    let title = &pages.pages[last_with(&pages, "The ice came early")];
    let baseline = |words: &str| {
        let runs = title.items.iter().filter_map(|item| match item {
            recto::model::Item::Glyphs(run) if run.text.contains(words) => Some(run.origin.y),
            _ => None,
        });
        runs.max().unwrap_or_else(|| panic!("{words}: {}", text(title)))
    };
    let [intro, caption, credit] = ["ice came", "The lake", "Ada"].map(baseline);
    assert!(intro < caption && caption < credit);
    assert!(credit > pages.trim.height * 3 / 4);
}

#[test]
fn its_caption_on_the_title_page_says_in_the_language_of_the_book_which_picture_it_means() {
    for (language, words) in [("en", "Facing page"), ("de", "Gegenüber"), ("ar", "الصفحة المقابلة")]
    {
        for design in recto::manifest::bundled_designs() {
            let manifest = MANIFEST.replace("language: en", &format!("language: {language}"));
            let pages = paginate(&format!("design: {design}\n{manifest}"));
            let title = text(&pages.pages[last_with(&pages, "The ice came early")]);
            let (pointer, caption) = (title.find(words), title.find("The lake in January"));
            assert!(pointer.is_some() && pointer < caption, "{design}: {title}");
        }
    }
}

#[test]
fn a_long_introduction_does_not_run_into_the_caption() {
    let intro = "The ice came early and stayed until May. ".repeat(120);
    let manifest = MANIFEST.replace("The ice came early.", &intro);
    let pages = paginate(&manifest);
    let page = pages.pages.iter().find(|page| text(page).contains("The lake in January")).unwrap();
    let lines: Vec<(String, i64)> = page
        .items
        .iter()
        .filter_map(|item| match item {
            recto::model::Item::Glyphs(run) => Some((run.text.to_string(), run.origin.y.to_emu())),
            _ => None,
        })
        .collect();
    let lowest = |is_caption: bool| {
        let is_one = |text: &str| ["The lake", "Ada"].iter().any(|it| text.contains(it));
        let lines = lines.iter().filter(move |(text, _)| is_one(text) == is_caption);
        lines.map(|(_, y)| *y)
    };
    assert!(lowest(false).max() < lowest(true).min());
}

#[test]
fn a_chapter_after_a_verso_begins_its_picture_on_the_next_verso() {
    for extra in ["", "  - { photo: a.jpg, alt: A boat., caption: One more. }\n"] {
        let manifest = MANIFEST.replace("  - chapter: February\n", "")
            + extra
            + "  - { chapter: March, photo: o.jpg, alt: A lake., caption: \"\" }\n";
        let pages = paginate(&manifest);
        let title = last_with(&pages, "March");
        assert_eq!(pages.pages[title].side, Side::Recto);
        assert_eq!(pictures(&pages.pages[title - 1]).len(), 1);
    }
}

#[test]
fn a_spread_is_before_the_title_and_a_framed_picture_keeps_its_caption() {
    let manifest =
        MANIFEST.replace("    alt: A frozen lake.", "    alt: A lake.\n    layout: spread");
    let pages = paginate(&manifest);
    let title = last_with(&pages, "The ice came early");
    assert_eq!(pages.pages[title].side, Side::Recto);
    let halves = [title - 3, title - 2].map(|index| pictures(&pages.pages[index]).len());
    assert_eq!(halves, [1, 1]);
    assert!(text(&pages.pages[title]).contains("The lake in January"));

    let pages = paginate(&manifest.replace("spread", "framed"));
    let title = last_with(&pages, "The ice came early");
    assert!(text(&pages.pages[title - 1]).contains("The lake in January"));
    assert!(!text(&pages.pages[title]).contains("The lake in January"));
}

#[test]
fn the_picture_after_a_part_is_on_its_verso() {
    let manifest =
        MANIFEST.replace("  - chapter: January", "  - part: The North\n  - chapter: January");
    let pages = paginate(&manifest);
    let part = last_with(&pages, "The North");
    assert_eq!(pictures(&pages.pages[part + 1]).len(), 1);
    assert!(text(&pages.pages[part + 2]).contains("January"));
}

#[test]
fn a_part_may_open_with_a_picture_too() {
    let manifest = MANIFEST.replace("  - chapter: January", "  - part: The North");
    let pages = paginate(&manifest);
    let part = last_with(&pages, "The ice came early");
    assert_eq!(pages.pages[part].side, Side::Recto);
    assert_eq!(pictures(&pages.pages[part - 1]).len(), 1);
}

#[test]
fn it_is_not_counted_among_the_plates() {
    let book = fixture(MANIFEST).load().book.unwrap();
    assert_eq!(book.plates().count(), 2);
    assert_eq!(book.picture_count(), 3);
    assert_eq!(book.pictures().len(), 3);
    let Some(Entry::Chapter(chapter)) = book.entries.first() else { panic!() };
    assert_eq!(chapter.picture.as_ref().map(|plate| plate.number), Some(0));
}

#[test]
fn it_is_checked_like_other_photos() {
    let manifest =
        "title: Winter Road\nlanguage: en\npages:\n  - chapter: January\n    photo: o.jpg\n";
    let fixture = fixture(manifest);
    let loaded = fixture.load();
    let missing = with_code(&loaded.findings, "alt-missing");
    assert_eq!(missing[0].at.as_ref().map(|at| at.line), Some(5), "{:?}", loaded.findings);
    let book = loaded.book.unwrap();
    let pages = books::paginate(&book);
    let findings = recto::preflight::findings(&book, &pages, &books::faces(&book), EditionSet::ALL);
    let resolution: Vec<_> = findings.iter().filter(|it| it.code == Code::Resolution).collect();
    assert_eq!(resolution[0].at.as_ref().map(|at| at.line), Some(5), "{findings:?}");
}

#[test]
fn the_keys_of_a_photo_need_one() {
    let manifest = "title: Winter Road\npages:\n  - chapter: January\n    alt: A lake.\n";
    assert_eq!(
        lines(&fixture(manifest).load().findings),
        ["error key-misplaced 4:10 `alt` describes a photo, and this chapter has none"]
    );
}

#[test]
fn the_e_book_has_the_picture_on_a_screen_before_that_of_the_title() {
    let files = files(&fixture(MANIFEST), Edition::Epub);
    let chapter = String::from_utf8(files["OEBPS/chapter-01.xhtml"].clone()).unwrap();
    let at = |words: &str| chapter.find(words).unwrap_or_else(|| panic!("{words}: {chapter}"));
    // As a plate does, each of them begins a column.
    let order = [
        "<div class=\"plate opener\">",
        "images/chapter-01.jpg",
        "The lake",
        "</div>\n<section class=\"chapter\" id=\"chapter-01\"",
        "<h1",
    ];
    assert!(order.map(at).is_sorted(), "{chapter}");
    assert!(chapter.contains("alt=\"A frozen lake.\""));
    assert!(files.contains_key("OEBPS/images/chapter-01.jpg"));
    // The contents lead to the title, on a phone too.
    let contents = String::from_utf8_lossy(&files["OEBPS/nav.xhtml"]);
    assert!(contents.contains("<a href=\"chapter-01.xhtml#chapter-01\">January</a>"), "{contents}");
}

#[test]
fn the_offline_edition_has_the_picture_before_the_title() {
    let files = files(&fixture(MANIFEST), Edition::Offline);
    let (_, page) = files.iter().find(|(name, _)| name.ends_with("index.html")).unwrap();
    let page = String::from_utf8_lossy(page);
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words}"));
    assert!(at("A frozen lake.") < at("id=\"chapter-1-title\""));
    assert!(page.contains("<a href=\"#chapter-1\">January</a>"));
    assert!(files.keys().any(|name| name.contains("opening-01-")), "{:?}", files.keys());
}

#[test]
fn its_location_is_removed() {
    let exif = images::exif(&[], &[(1, 2, 2, b"N\0")]);
    let jpeg = images::with_segment(&images::jpeg(), 0xE1, &images::exif_segment(&exif));
    let fixture = fixture(MANIFEST).file("o.jpg", jpeg);
    for edition in [Edition::Epub, Edition::EpubFixed] {
        for (name, bytes) in files(&fixture, edition) {
            let has_exif = bytes.windows(6).any(|window| window == b"Exif\0\0");
            assert!(!(name.contains(".jpg") && has_exif), "{name}");
        }
    }
}
