//! Manifests: all errors in one run, each with its position and help.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use recto::finding::{Code, Finding, Severity};
use recto::manifest;
use recto::model::{
    Block, BundledProfile, CaptionPosition, ColorPolicy, Cover, Date, EbookLayout, Edges,
    EditionIdentifiers, Entry, Fallback, Identifier, Length, Marks, PlateLayout, PressProfile,
    Size, Standards, Taken, plain_text,
};
use recto::picture;
use serde_json::Value;

use crate::support::fixture::{BookFixture, has_errors, jpeg, lines, with_code};

/// The findings of a manifest with one photo beside it, `photos/01.jpg`.
fn findings(manifest: &str) -> Vec<Finding> {
    BookFixture::new(manifest).photo("photos/01.jpg", 30, 20).load().findings
}

/// The only finding of a manifest, except those about missing alt text.
fn only(manifest: &str) -> Finding {
    let findings = findings(manifest);
    let mut rest = findings.iter().filter(|finding| finding.code != Code::AltMissing);
    let only = rest.next().unwrap_or_else(|| panic!("no finding")).clone();
    assert!(rest.next().is_none(), "{:#?}", lines(&findings));
    only
}

/// A manifest with this line as its second.
fn with(line: &str) -> String {
    format!("title: Winter Road\n{line}\npages:\n  - photo: photos/01.jpg\n")
}

/// The line, column and length of a finding.
fn location(finding: &Finding) -> (u32, u32, u32) {
    let at = finding.at.as_ref().unwrap();
    (at.line, at.column, at.length)
}

const FULL: &str = r#"title: Winter Road
subtitle: Twelve pictures along the coast
language: en
creators:
  - { name: Ada Field, role: photographer, sort: "Field, Ada" }
  - { name: Nils Berg, role: edt }
  - Eva Holm
identifier: isbn:9780000000002
publisher: Shore Press
date: 2026-11-22
rights: "© 2026 Ada Field"
license: https://creativecommons.org/licenses/by/4.0/
description: A winter on the coast road.
subjects: [Photography, Travel]
credit: Ada Field
cover: { photo: photos/07.jpg }
pages:
  - text: introduction.md
  - photo: photos/01.jpg
    caption: "The harbour at *first light*."
    alt: Fishing boats in blue light, two men on the quay.
    credit: Ada Field / Shore Press
    place: Nes
    taken: 2026-01-12
    layout: { plate: framed, caption: none }
  - chapter: February
    intro: |
      The *second* month.
  - photos: { files: "photos/*.jpg", exclude: 01.jpg, sort: name }
    alt: ""
print:
  trim: 8x10in
  bleed: { top: 3 mm, bottom: 3 mm, outer: 0.125 in, inner: 0 }
  margins: { inner: 20 mm, outer: 15 mm, top: 15 mm, bottom: 20 mm }
  marks: crop
  standard: pdf/x-4
  color: keep
  profile: fogra39
ebook:
  layout: reflowable
  quality: 85
screen: { max-edge: 2560 px }
fonts: { fallback: none }
metadata: { captions: [xmp, iptc, exif], ignore-captions: ["^OLYMPUS DIGITAL"] }
"#;

fn full() -> BookFixture {
    BookFixture::new(FULL)
        .photo("photos/01.jpg", 30, 20)
        .photo("photos/07.jpg", 20, 30)
        .photo("photos/10.jpg", 30, 20)
        .file("introduction.md", "# The road\n\nIt \"begins\" here.\n")
}

#[test]
fn a_title_and_photos_are_enough() {
    let fixture = BookFixture::new("title: Winter Road\npages:\n  - photos: \"photos/*.jpg\"\n")
        .photo("photos/10.jpg", 30, 20)
        .photo("photos/2.JPG", 30, 20);
    let loaded = fixture.load();
    let book = loaded.book.unwrap();
    assert_eq!(lines(&loaded.findings), Vec::<String>::new());
    let names: Vec<_> = book.plates().map(|(_, plate)| plate.picture.name.as_str()).collect();
    assert_eq!(names, ["photos/2.JPG", "photos/10.jpg"]);
    assert_eq!(book.language.tag(), "en");
    assert!(!book.ebook.requested && !book.screen.requested);
}

#[test]
fn every_key_of_the_full_manifest_is_read() {
    let loaded = full().load();
    assert_eq!(lines(&loaded.findings), Vec::<String>::new());
    let book = loaded.book.unwrap();
    assert_eq!(book.subtitle.as_deref(), Some("Twelve pictures along the coast"));
    let creators: Vec<_> = book
        .creators
        .iter()
        .map(|it| (it.name.as_str(), it.role.code, it.sort.as_deref()))
        .collect();
    assert_eq!(
        creators,
        [
            ("Ada Field", "pht", Some("Field, Ada")),
            ("Nils Berg", "edt", None),
            ("Eva Holm", "pht", None)
        ]
    );
    assert_eq!(book.identifier, Identifier::Isbn("9780000000002".into()));
    assert_eq!(book.date, Some(Date { year: 2026, month: Some(11), day: Some(22) }));
    assert_eq!(book.rights.as_deref(), Some("© 2026 Ada Field"));
    assert_eq!(book.subjects, ["Photography", "Travel"]);
    assert!(matches!(&book.cover, Cover::Photo { picture, .. } if picture.name == "photos/07.jpg"));
    assert_eq!(book.print.trim, Size::new(Length::mm(2032).scale(1, 10), Length::mm(254)));
    assert_eq!(
        book.print.bleed,
        Edges {
            top: Length::mm(3),
            bottom: Length::mm(3),
            outer: "0.125in".parse().unwrap(),
            inner: Length::ZERO
        }
    );
    assert_eq!(book.print.margins.map(|margins| margins.inner), Some(Length::mm(20)));
    assert_eq!((book.print.marks, book.print.standard), (Marks::Crop, Standards::X4));
    assert_eq!(book.print.colour, ColorPolicy::Keep);
    assert_eq!(book.print.profile, PressProfile::Bundled(BundledProfile::Fogra39));
    assert_eq!((book.ebook.layout, book.ebook.quality), (EbookLayout::Reflowable, 85));
    assert!(book.ebook.requested && book.screen.requested);
    assert_eq!(book.fonts.fallback, Fallback::None);

    assert_eq!(book.entries.len(), 5);
    let Entry::Essay(essay) = &book.entries[0] else { panic!("an essay comes first") };
    assert_eq!(essay.title().map(plain_text).as_deref(), Some("The road"));
    let Entry::Plate(plate) = &book.entries[1] else { panic!("a plate comes second") };
    assert_eq!(plain_text(&plate.caption), "The harbour at first light.");
    assert_eq!(plate.credit.as_deref(), Some("Ada Field / Shore Press"));
    assert_eq!(plate.place.as_deref(), Some("Nes"));
    assert_eq!(
        plate.taken.as_ref().and_then(Taken::exact_date).map(|day| day.to_string()).as_deref(),
        Some("2026-01-12")
    );
    assert_eq!(
        (plate.layout, plate.caption_position),
        (PlateLayout::Framed, CaptionPosition::None)
    );
    let at = plate.location.as_ref().unwrap();
    assert_eq!((at.line, at.column, at.length), (19, 12, 13));
    let Entry::Chapter(chapter) = &book.entries[2] else { panic!("a chapter comes third") };
    assert_eq!(plain_text(&chapter.title), "February");
    assert!(matches!(chapter.intro.as_slice(), [Block::Paragraph(_)]));
    let Entry::Plate(plate) = &book.entries[4] else { panic!("plates end the book") };
    assert_eq!(plate.picture.name, "photos/10.jpg");
    assert_eq!((plate.alt.as_deref(), plate.credit.as_deref()), (Some(""), Some("Ada Field")));
}

#[test]
fn a_misspelt_key_has_a_suggestion() {
    let finding = only(&with("subtitel: On the coast"));
    assert_eq!(finding.code, Code::UnknownKey);
    assert_eq!(location(&finding), (2, 1, 8));
    assert_eq!(finding.message, "unknown key `subtitel`");
    assert_eq!(finding.help.as_deref(), Some("did you mean `subtitle`?"));
}

#[test]
fn an_unknown_key_without_a_suggestion_lists_the_valid_ones() {
    let finding = only(&with("screen: { brightness: 3 }"));
    assert_eq!(location(&finding), (2, 11, 10));
    assert_eq!(finding.help.as_deref(), Some("valid keys: `max-edge`"));
}

#[test]
fn all_errors_are_reported_in_one_run_in_the_order_of_the_file() {
    let found = findings(
        "title: Winter Road\nlanguage: english\ndate: 2026-02-30\ncreators:\n  - { role: phot }\n\
         print: { trim: huge, marks: cros, bled: 3 mm }\nebook: { quality: 101 }\npages:\n  \
         - photo: photos/01.jpg\n    capton: x\n  - photos/01.jpg\n  - {}\n  \
         - text: x y\n    caption: z\n",
    );
    assert_eq!(
        lines(&found),
        [
            "error wrong-value 2:11 `language`: `english` is not a language tag",
            "error wrong-value 3:7 `date`: `2026-02-30` has a day that does not exist",
            "error missing-key 5:5 missing key `name`",
            "error unknown-value 5:13 invalid value `phot` for `role`",
            "error wrong-value 6:16 `trim`: `huge` is not a page size",
            "error unknown-value 6:29 invalid value `cros` for `marks`",
            "error unknown-key 6:35 unknown key `bled`",
            "error wrong-value 7:19 `quality`: 101 is out of range",
            "error unknown-key 10:5 unknown key `capton`",
            "error wrong-type 11:5 a page must be a mapping, not a string",
            "error page-kind 12:5 this page has none of the keys photo, photos, text, chapter, \
             part and blank",
            "error key-misplaced 14:14 `caption` is not valid on a page with `text`",
        ]
    );
    assert_eq!(found[0].help.as_deref(), Some("did you mean `en`?"));
}

#[test]
fn a_manifest_with_errors_still_gives_a_book() {
    let loaded = BookFixture::new(&with("bogus: 1")).photo("photos/01.jpg", 30, 20).load();
    assert!(has_errors(&loaded.findings));
    assert_eq!(loaded.book.unwrap().entries.len(), 1);
}

#[test]
fn a_title_that_looks_like_a_number_or_a_boolean_is_a_string() {
    for (written, read) in
        [("1984", "1984"), ("no", "no"), ("2026-11-22", "2026-11-22"), ("1.50", "1.50")]
    {
        let manifest = format!("title: {written}\npages:\n  - photo: photos/01.jpg\n");
        let loaded = BookFixture::new(&manifest).photo("photos/01.jpg", 30, 20).load();
        assert_eq!(loaded.book.unwrap().title, read);
    }
}

#[test]
fn a_list_instead_of_a_string_is_a_type_error() {
    let finding = only(&with("publisher: [Shore, Press]"));
    assert_eq!(
        (finding.code.name(), location(&finding).0, location(&finding).1),
        ("wrong-type", 2, 12)
    );
    assert_eq!(finding.message, "`publisher` must be a string, not a list");
}

#[test]
fn a_missing_photo_has_the_suggestion_of_a_similar_file() {
    for (named, existing) in [
        ("photos/dusk.jpg", "photos/dusk.jpeg"),
        ("photos/Dawn.JPG", "photos/dawn.jpg"),
        ("photos/harbor.jpg", "photos/harbour.jpg"),
        ("phots/dawn.jpg", "photos/dawn.jpg"),
        ("photos\\dawn.jpg", "photos/dawn.jpg"),
    ] {
        let loaded = BookFixture::with_pages(&[&format!("photo: {named}")])
            .photo("photos/dusk.jpeg", 30, 20)
            .photo("photos/dawn.jpg", 30, 20)
            .photo("photos/harbour.jpg", 30, 20)
            .load();
        let missing = with_code(&loaded.findings, "photo-missing")[0];
        assert_eq!(missing.message, format!("there is no file {named}"));
        assert_eq!(location(missing), (3, 12, u32::try_from(named.len()).unwrap()));
        assert_eq!(missing.label.as_deref(), Some("paths are relative to book.yaml"));
        assert_eq!(missing.help, Some(format!("{existing} is there")), "{named}");
    }
}

#[test]
fn a_folder_instead_of_a_photo_is_an_error_with_a_pattern_as_help() {
    let loaded = BookFixture::with_pages(&["photo: photos"]).photo("photos/1.jpg", 30, 20).load();
    let finding = with_code(&loaded.findings, "photo-missing")[0];
    assert_eq!(
        finding.help.as_deref(),
        Some("for all photos in it, write - photos: \"photos/*.jpg\"")
    );
}

#[test]
fn a_file_that_is_not_an_image_is_reported_at_its_name() {
    let loaded = BookFixture::with_pages(&["photo: a.jpg"]).file("a.jpg", "not a picture").load();
    let error = loaded.findings.iter().find(|it| it.severity == Severity::Error).unwrap();
    assert!(error.code.name().starts_with("photo-"), "{}", error.code);
    assert_eq!(location(error), (3, 12, 5));
}

#[test]
fn a_pattern_without_a_match_is_reported_with_the_existing_photos() {
    let loaded = BookFixture::with_pages(&["photos: \"photos/*.png\""])
        .photo("photos/01.jpg", 30, 20)
        .photo("photos/02.jpg", 30, 20)
        .file("photos/notes.txt", "x")
        .load();
    let finding = with_code(&loaded.findings, "photos-none")[0];
    assert_eq!(finding.message, "no picture matches photos/*.png");
    assert_eq!(location(finding), (3, 13, 14));
    assert_eq!(finding.help.as_deref(), Some("photos/ contains 2 pictures, from 01.jpg to 02.jpg"));
}

#[test]
fn patterns_match_each_photo_once_and_match_subfolders() {
    let loaded = BookFixture::with_pages(&["photos: [\"a/*.jpg\", \"**/*.jpg\"]"])
        .photo("a/2.jpg", 30, 20)
        .photo("a/10.jpg", 30, 20)
        .photo("b/c/1.jpg", 30, 20)
        .photo("b/.hidden.jpg", 30, 20)
        .file("b/notes.md", "x")
        .load();
    let book = loaded.book.unwrap();
    let names: Vec<_> = book.plates().map(|(_, plate)| plate.picture.name.as_str()).collect();
    assert_eq!(names, ["a/2.jpg", "a/10.jpg", "b/c/1.jpg"]);
}

#[test]
fn a_photo_without_alt_text_is_a_warning_at_its_name() {
    let loaded = BookFixture::with_pages(&["photo: 1.jpg", "{ photo: 2.jpg, alt: \"\" }"])
        .photo("1.jpg", 30, 20)
        .photo("2.jpg", 30, 20)
        .load();
    assert_eq!(loaded.findings.len(), 1);
    let finding = &loaded.findings[0];
    assert_eq!((finding.code.name(), finding.severity), ("alt-missing", Severity::Warning));
    assert_eq!(location(finding), (3, 12, 5));
}

#[test]
fn the_cover_takes_its_alt_text_from_the_page_with_its_photo() {
    let alt = |cover: &str, page: &str| {
        let manifest = format!(
            "title: Winter Road\ncover: {{ photo: 1.jpg{cover} }}\npages:\n  - photo: 1.jpg\n{page}"
        );
        let loaded = BookFixture::new(&manifest).photo("1.jpg", 30, 20).photo("2.jpg", 30, 20);
        let loaded = loaded.load();
        let missing = with_code(&loaded.findings, "alt-missing").len();
        match loaded.book.unwrap().cover {
            Cover::Photo { alt, .. } => (alt, missing),
            Cover::Typographic => panic!("the cover has a photo"),
        }
    };
    assert_eq!(alt("", "    alt: A bay\n"), (Some("A bay".into()), 0));
    assert_eq!(alt(", alt: Dusk", "    alt: A bay\n"), (Some("Dusk".into()), 0));
    assert_eq!(alt("", ""), (None, 1), "reported once");
    let alone = "title: W\ncover: { photo: 1.jpg }\npages: [{ photo: 2.jpg, alt: x }]\n";
    let loaded = BookFixture::new(alone).photo("1.jpg", 30, 20).photo("2.jpg", 30, 20).load();
    let [finding] = with_code(&loaded.findings, "alt-missing")[..] else { panic!() };
    assert_eq!(location(finding), (2, 17, 5));
}

#[test]
fn a_blank_alt_text_counts_as_missing() {
    let loaded =
        BookFixture::with_pages(&["{ photo: 1.jpg, alt: \" \" }"]).photo("1.jpg", 30, 20).load();
    assert_eq!(with_code(&loaded.findings, "alt-missing").len(), 1, "{:?}", loaded.findings);
    assert!(matches!(location(&loaded.findings[0]), (3, 26, _)));
    assert_eq!(loaded.book.unwrap().plates().next().unwrap().1.alt, None);
}

#[test]
fn a_text_is_the_name_of_a_file_or_markdown() {
    let book = BookFixture::with_pages(&[
        "text: intro.md",
        "text: \"# A heading\"",
        "text: Only some words here",
        "text: |\n      One.\n\n      Two.",
    ])
    .file("intro.md", "\u{FEFF}From *the* file.")
    .load()
    .book
    .unwrap();
    let blocks: Vec<_> = book
        .entries
        .iter()
        .map(|entry| match entry {
            Entry::Essay(essay) => essay.blocks.as_slice(),
            _ => &[],
        })
        .collect();
    assert!(
        matches!(blocks[0], [Block::Paragraph(words)] if plain_text(words) == "From the file.")
    );
    assert!(matches!(blocks[1], [Block::Heading { level: 1, .. }]));
    assert!(matches!(blocks[2], [Block::Paragraph(_)]));
    assert_eq!(blocks[3].len(), 2);
}

#[test]
fn a_missing_text_file_is_an_error_and_not_a_text() {
    let loaded = BookFixture::with_pages(&["text: introducton.md", "text: my intro.md"])
        .file("introduction.md", "Hello.")
        .load();
    let missing = with_code(&loaded.findings, "text-missing");
    assert_eq!(missing.len(), 2);
    assert_eq!(missing[0].help.as_deref(), Some("introduction.md is there"));
}

#[test]
fn findings_in_an_essay_have_a_location_in_its_file() {
    let fixture = BookFixture::with_pages(&["text: essays/a.md"])
        .file("essays/a.md", "One.\n\nTwo <b>bold</b> [here](ftp://example.org).\n");
    let loaded = fixture.load();
    let link = with_code(&loaded.findings, "link-scheme")[0];
    let at = link.at.as_ref().unwrap();
    assert_eq!(at.file, fixture.path("essays/a.md"));
    assert_eq!((at.line, at.column), (3, 17));
    assert!(loaded.sources[&at.file].starts_with("One."));
    assert!(loaded.sources.contains_key(&fixture.path("book.yaml")));
    assert_eq!(location(with_code(&loaded.findings, "markdown-html")[0]), (3, 5, 3));
}

#[test]
fn findings_in_a_caption_have_the_location_of_its_value() {
    let finding =
        only("title: A\npages:\n  - photo: photos/01.jpg\n    caption: \"see [it](file:///x)\"\n");
    assert_eq!(finding.code, Code::LinkScheme);
    assert_eq!(location(&finding), (4, 14, 21));
}

#[test]
fn identifiers_are_checked_and_derived() {
    let finding = only(&with("identifier: isbn:9780000000001"));
    assert_eq!(finding.code, Code::WrongValue);
    assert!(finding.help.unwrap().ends_with("the last one is 2"));

    let identifier = |line: &str| {
        let book = BookFixture::new(&with(line)).photo("photos/01.jpg", 30, 20).load().book;
        book.unwrap().identifier
    };
    let derived = identifier("credit: x");
    assert!(matches!(&derived, Identifier::Uuid(uuid) if uuid.as_bytes()[14] == b'5'));
    assert_eq!(derived, identifier("publisher: another"));
    assert_ne!(derived, identifier("language: de"));
    assert_ne!(derived, identifier("creators: Ada"));
    assert_eq!(identifier("identifier: isbn:0-306-40615-2").urn().len(), "urn:isbn:".len() + 13);
}

/// The identifiers of the reflowable and the fixed e-book, of print and screen.
fn editions(lines: &str) -> [String; 4] {
    let loaded = BookFixture::new(&with(lines)).photo("photos/01.jpg", 30, 20).load();
    let EditionIdentifiers { reflowable, fixed, print, screen } = loaded.book.unwrap().editions;
    [reflowable, fixed, print, screen].map(|identifier| identifier.urn())
}

#[test]
fn every_edition_has_its_own_identifier() {
    const ISBN: &str = "urn:isbn:9780000000002";
    const OTHER: &str = "urn:isbn:9780000000019";
    let given = "identifier: isbn:9780000000002\n";
    let both = format!("{given}source: isbn:9780000000019\nebook: {{ layout: both }}");
    let fixed = format!("{given}ebook: {{ layout: fixed }}");
    for (lines, named) in [
        ("credit: x", [None; 4]),
        (given, [Some(ISBN), None, None, None]),
        (&both, [Some(ISBN), None, Some(OTHER), None]),
        (&fixed, [None, Some(ISBN), None, None]),
    ] {
        let found = editions(lines);
        assert_eq!(found, editions(lines), "identifiers are stable");
        assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), 4, "{found:?}");
        for (found, named) in found.iter().zip(named) {
            match named {
                Some(named) => assert_eq!(found, named),
                None => assert!(found.starts_with("urn:uuid:"), "{found}"),
            }
        }
    }
    let language = editions("language: de");
    assert!(editions("credit: x").iter().all(|identifier| !language.contains(identifier)));
}

#[test]
fn a_series_number_that_epub_does_not_allow_is_a_note() {
    let finding = only(&with("series: { name: The Coast, number: 2a }"));
    assert_eq!((finding.code.name(), finding.severity), ("series-number", Severity::Note));
    assert_eq!(findings(&with("series: { name: The Coast, number: 2.1 }")).len(), 1, "the alt");
}

#[test]
fn the_source_of_an_e_book_must_not_be_the_e_book() {
    let lines = "identifier: isbn:9780000000002\nsource: isbn:978-0-00-000000-2";
    let finding = only(&with(lines));
    assert_eq!((finding.code.name(), finding.severity), ("source-same", Severity::Note));
    assert!(editions(lines)[2].starts_with("urn:uuid:"));
}

#[test]
fn page_sizes_are_given_by_length_or_by_name() {
    let trim = |written: &str| {
        let manifest = with(&format!("print: {{ trim: {written} }}"));
        let loaded = BookFixture::new(&manifest).photo("photos/01.jpg", 30, 20).load();
        assert_eq!(lines(&loaded.findings), Vec::<String>::new(), "{written}");
        let size = loaded.book.unwrap().print.trim;
        format!("{} {}", size.width, size.height)
    };
    assert_eq!(trim("210 x 210 mm"), "210 mm 210 mm");
    assert_eq!(trim("210mm × 29.7 cm"), "210 mm 297 mm");
    assert_eq!(trim("8.5 x 11 in"), "215.9 mm 279.4 mm");
    assert_eq!(trim("8.5x11in"), "215.9 mm 279.4 mm");
    assert_eq!(trim("A4"), "210 mm 297 mm");
    assert_eq!(trim("a5-landscape"), "210 mm 148 mm");
    assert_eq!(trim("letter-landscape"), "279.4 mm 215.9 mm");
    assert_eq!(trim("square-210"), "210 mm 210 mm");
    let finding = only(&with("print: { trim: 2 x 2 mm }"));
    assert_eq!(finding.help.as_deref(), Some("the width and height can be 50 mm to 2000 mm"));
}

#[test]
fn a_number_without_a_unit_has_a_suggestion_in_millimetres() {
    let finding = only(&with("print: { bleed: 3 }"));
    assert_eq!(location(&finding), (2, 17, 1));
    assert_eq!(finding.help.as_deref(), Some("did you mean `3 mm`?"));
}

#[test]
fn margins_must_leave_space_on_the_page() {
    assert_eq!(only(&with("print: { margins: 100 mm }")).code.name(), "margins-too-wide");
}

#[test]
fn a_margin_that_is_not_given_keeps_its_proportion() {
    let fixture = BookFixture::new(&with("print: { margins: { top: 9 mm } }"));
    let print = fixture.photo("photos/01.jpg", 30, 20).load().book.unwrap().print;
    let usual = recto::model::PageStyle::CLASSIC.page.margins_of(print.trim);
    assert_eq!(print.margins, Some(Edges { top: Length::mm(9), ..usual }));
}

#[test]
fn a_block_scalar_of_one_word_is_a_text_and_not_a_file_name() {
    let manifest =
        "title: X\npages:\n  - text: |\n      Thanks.\n  - chapter: B\n    intro: |\n      hi\n";
    let loaded = BookFixture::new(manifest).load();
    assert_eq!(lines(&loaded.findings), Vec::<String>::new());
    let missing = BookFixture::new("title: X\npages:\n  - text: Thanks.\n").load();
    assert_eq!(missing.findings.first().map(|finding| finding.code.name()), Some("text-missing"));
}

#[test]
fn a_sentence_in_a_script_without_spaces_is_a_text() {
    let codes = |text: &str| -> Vec<&str> {
        let loaded = BookFixture::new(&format!("title: X\npages:\n  - text: {text}\n")).load();
        loaded.findings.iter().map(|finding| finding.code.name()).collect()
    };
    for text in ["一月に起きたこと。", "献给母亲", "어머니께", "แด่แม่"]
    {
        assert_eq!(codes(text), [""; 0], "{text}");
    }
    for file in ["序文.md", "lời-tựa", "предисловие"] {
        assert_eq!(codes(file), ["text-missing"], "{file}");
    }
}

#[test]
fn only_cmyk_output_profiles_are_accepted_for_print() {
    let mut icc = picture::fogra39().to_vec();
    let manifest = with("print: { profile: press.icc }");
    let loaded =
        BookFixture::new(&manifest).photo("photos/01.jpg", 30, 20).file("press.icc", &icc).load();
    assert_eq!(lines(&loaded.findings), Vec::<String>::new());
    let profile = loaded.book.unwrap().print.profile;
    assert!(matches!(profile, PressProfile::File { bytes, .. } if bytes == icc));

    let mut empty = vec![0; 200];
    empty[3] = 200;
    empty[12..20].copy_from_slice(b"prtrCMYK");
    empty[36..40].copy_from_slice(b"acsp");
    let fixture = BookFixture::new(&manifest).photo("photos/01.jpg", 30, 20);
    let loaded = fixture.file("press.icc", &empty).load();
    assert_eq!(
        lines(&loaded.findings),
        ["error profile-format 2:19 press.icc has no tables for converting colours to CMYK"]
    );

    icc[12..20].copy_from_slice(b"mntrRGB ");
    let fixture = BookFixture::new(&manifest).photo("photos/01.jpg", 30, 20);
    let loaded = fixture.file("press.icc", &icc).load();
    assert_eq!(
        lines(&loaded.findings),
        ["error profile-format 2:19 press.icc is not the profile of an output device"]
    );
    assert_eq!(only(&manifest).code.name(), "profile-missing");
    assert_eq!(only(&with("print: { profile: fogra99 }")).code.name(), "unknown-value");
}

#[test]
fn font_files_are_read_and_other_files_are_errors() {
    let fixture = BookFixture::new(&with("fonts: { serif: [a.otf, b.woff2], fallback: [c.ttf] }"))
        .photo("photos/01.jpg", 30, 20)
        .file("a.otf", [b"OTTO".as_slice(), &[0; 40]].concat())
        .file("b.woff2", [b"wOF2".as_slice(), &[0; 40]].concat());
    let loaded = fixture.load();
    assert_eq!(
        lines(&loaded.findings),
        [
            "error font-format 2:25 b.woff2 is a web font (WOFF)",
            "error font-missing 2:46 there is no file c.ttf",
        ]
    );
    assert_eq!(loaded.book.unwrap().fonts.serif[0].name, "a.otf");
}

#[test]
fn a_control_character_in_a_text_is_an_error() {
    let finding = only(&with("publisher: \"Shore\\x01Press\""));
    assert_eq!((finding.code.name(), location(&finding)), ("text-control-character", (2, 12, 16)));
    assert!(finding.message.contains("U+0001"));
}

#[test]
fn a_book_needs_pages_and_a_title() {
    assert_eq!(lines(&findings("")), ["error book-empty 1:1 the manifest is empty"]);
    assert_eq!(lines(&findings("# nothing\n")), ["error book-empty 1:1 the manifest is empty"]);
    assert_eq!(
        lines(&findings("title: A\npages: []\n")),
        ["error book-empty 2:8 the book has no pages"]
    );
    assert_eq!(
        lines(&findings("title: A\npages:\n")),
        ["error book-empty 2:1 the book has no pages"]
    );
    assert_eq!(lines(&findings("title: A\n")), ["error book-empty 1:1 the book has no pages"]);
    assert_eq!(
        lines(&findings("pages:\n  - photo: photos/01.jpg\n")),
        ["error missing-key 1:1 the book has no title"]
    );
    assert_eq!(
        lines(&findings("title: \" \"\npages:\n  - photo: photos/01.jpg\n")),
        ["error title-empty 1:8 the title is empty"]
    );
    assert_eq!(
        lines(&findings("- a\n- b\n")),
        ["error wrong-type 1:1 this value must be a mapping, not a list"]
    );
    assert_eq!(
        lines(&findings("title: A\npages: photos/*.jpg\n")),
        ["error wrong-type 2:8 `pages` must be a list, not a string"]
    );
}

#[test]
fn invalid_and_unsupported_yaml_is_reported_with_its_location() {
    let first = |manifest: &str| {
        let found = findings(manifest);
        let broken = found.iter().find(|finding| finding.code.name().starts_with("yaml-"));
        let broken = broken.unwrap_or_else(|| panic!("{manifest}"));
        (broken.code.name(), location(broken).0, broken.help.clone())
    };
    assert_eq!(first("title: A\npages:\n\t- photo: x\n").0, "yaml-syntax");
    assert_eq!(
        first("title: Winter: Road: A\npages: []\n"),
        ("yaml-syntax", 1, Some("put text that contains a colon in quotes".into()))
    );
    assert_eq!(first("title: \"A\npages: []\n").0, "yaml-syntax");
    assert_eq!(first("title: A\ntitle: B\npages: []\n").0, "yaml-duplicate-key");
    assert_eq!(first("title: A\n---\ntitle: B\n").0, "yaml-documents");
    assert_eq!(first("title: !secret A\npages: []\n").0, "yaml-tag");
    assert_eq!(first("a: &a { b: 1 }\nc: { <<: *a }\n").0, "yaml-merge-key");
    assert_eq!(first("? [a]\n: b\n").0, "yaml-key");
    assert_eq!(first("a: &a [*a]\n").0, "yaml-alias");
}

#[test]
fn an_error_in_an_anchor_is_reported_once_for_all_aliases() {
    let found =
        findings("title: A\npages:\n  - &p { photo: photos/01.jpg, capton: x }\n  - *p\n  - *p\n");
    assert_eq!(lines(&found), ["error unknown-key 3:32 unknown key `capton`"]);
    let loaded = BookFixture::new("title: A\npages:\n  - &p { photo: 1.jpg }\n  - *p\n")
        .photo("1.jpg", 30, 20)
        .load();
    assert_eq!(loaded.book.unwrap().entries.len(), 2);
}

/// Malicious manifests. Each must be rejected quickly and without a panic.
fn hostile_manifests() -> Vec<(&'static str, Vec<u8>)> {
    let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for level in 1..12 {
        let before = level - 1;
        let aliases = format!("*a{before},").repeat(10);
        writeln!(bomb, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    let fat = format!("a: &a {}\nb: [{}]\n", "x".repeat(1 << 20), "*a,".repeat(1000));
    let mut keys = String::new();
    for key in 0..20_000 {
        writeln!(keys, "key{key}: 1").unwrap();
    }
    let mut pages = String::from("title: A\npages:\n");
    for page in 0..5_000 {
        writeln!(pages, "  - phto: {page}").unwrap();
    }
    let mut blocks = String::new();
    for depth in 0..500 {
        writeln!(blocks, "{}a:", " ".repeat(depth)).unwrap();
    }
    vec![
        ("alias bomb", bomb.into_bytes()),
        ("fat alias", fat.into_bytes()),
        ("deep flow", "[".repeat(100_000).into_bytes()),
        ("deep maps", "{a: ".repeat(100_000).into_bytes()),
        ("deep blocks", blocks.into_bytes()),
        ("deep dashes", "- ".repeat(50_000).into_bytes()),
        ("long scalar", format!("title: {}\npages: []\n", "x".repeat(1 << 20)).into_bytes()),
        ("many keys", keys.into_bytes()),
        ("many bad pages", pages.into_bytes()),
        ("NUL", b"title: A\0B\npages: []\n".to_vec()),
        ("invalid UTF-8", b"title: A\n\nsub\xFFtitle: B\n".to_vec()),
        ("UTF-16", b"\xFF\xFEt\0i\0".to_vec()),
        ("binary", (0..=255).cycle().take(10_000).collect()),
        ("only a mark", b"\xEF\xBB\xBF".to_vec()),
        ("anchors", "&a ".repeat(10_000).into_bytes()),
        ("tags", "!!x ".repeat(10_000).into_bytes()),
        ("directive", b"%YAML 9.9\n---\n%".to_vec()),
        ("percent", b"%TAG ! tag:x,2000:\n---\n!a b".to_vec()),
        ("escapes", b"title: \"\\U0010FFFF\\uD800\\xFF\"\n".to_vec()),
    ]
}

#[test]
fn hostile_manifests_are_rejected_quickly() {
    for (name, bytes) in hostile_manifests() {
        let fixture = BookFixture::new("").file("book.yaml", &bytes);
        let start = Instant::now();
        let loaded = fixture.load();
        // A generous limit, for machines that are busy.
        assert!(start.elapsed() < Duration::from_secs(20), "{name}: {:?}", start.elapsed());
        assert!(has_errors(&loaded.findings), "{name}");
        assert!(loaded.findings.len() < 10_000, "{name}");
        for finding in &loaded.findings {
            let at = finding.at.as_ref().unwrap();
            assert!(at.line >= 1 && at.column >= 1 && at.length >= 1, "{name}");
        }
    }
}

#[test]
fn invalid_utf_8_is_reported_with_its_location() {
    let fixture = BookFixture::new("").file("book.yaml", b"title: A\n\ns\xC3\xA4b\xFFtitle: B\n");
    let loaded = fixture.load();
    assert_eq!(
        lines(&loaded.findings),
        ["error text-encoding 3:4 this character is not valid UTF-8"]
    );
}

#[test]
fn a_file_that_is_no_text_is_called_by_its_name() {
    let utf_16 = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "title: Winter\n".encode_utf16().flat_map(order).collect()
    };
    let cases: [(Vec<u8>, &str); 5] = [
        (utf_16(u16::to_le_bytes), "this file is UTF-16"),
        (utf_16(u16::to_be_bytes), "this file is UTF-16"),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF\0".to_vec(), "this file is a picture, not a text"),
        (b"PK\x03\x04\x14\0\0\0\x08\0\xE2".to_vec(), "this file is a ZIP archive, not a text"),
        (b"\0\0\0\x18ftypheic\0\0\0\xFF".to_vec(), "this file is a HEIC image, not a text"),
    ];
    for (bytes, message) in cases {
        let loaded = BookFixture::new("").file("book.yaml", bytes).load();
        assert_eq!(lines(&loaded.findings), [format!("error text-encoding 1:1 {message}")]);
        assert!(loaded.findings[0].help.is_some());
    }
}

#[test]
fn text_that_yaml_reads_as_its_own_signs_gets_the_advice_to_quote_it() {
    let cases = [
        ("caption: *first* light", "put text that starts with * in quotes"),
        ("caption: @home", "put text that starts with @ in quotes"),
        ("caption: [Dawn] at the quay", "put text that starts with [ in quotes"),
        ("caption: {Dawn} at the quay", "put text that starts with { in quotes"),
        ("caption: 'It's late'", "write '' for an apostrophe inside single quotes"),
        (r#"caption: "They say "go" now""#, r#"write \" for a quotation mark inside double"#),
        (r#"caption: "C:\photos""#, "a backslash has a meaning in double quotes"),
    ];
    for (line, advice) in cases {
        let found = findings(&format!("title: A\npages:\n  - photo: a.jpg\n    {line}\n"));
        let finding = with_code(&found, "yaml-syntax")[0];
        assert!(
            finding.help.as_deref().unwrap_or_default().contains(advice),
            "{line}: {finding:?}"
        );
    }
    let found = findings("title: A\npages:\n  - { photo: a.jpg, caption: *first* light }\n");
    let help = with_code(&found, "yaml-syntax")[0].help.clone();
    assert_eq!(help.as_deref(), Some("put text that starts with * in quotes"));
}

#[test]
fn a_byte_order_mark_does_not_count_as_a_column() {
    let found = findings("\u{FEFF}titel: A\npages:\n  - photo: photos/01.jpg\n");
    assert_eq!(location(with_code(&found, "unknown-key")[0]), (1, 1, 5));
}

#[test]
fn the_manifest_is_found_in_the_folder_and_its_parents() {
    let fixture = BookFixture::new("title: A\n").file("a/b/c.txt", "").file("other.yaml", "");
    let deep = fixture.path("a/b");
    assert_eq!(manifest::find(None, &deep).unwrap(), fixture.path("book.yaml"));
    assert_eq!(manifest::find(None, fixture.folder()).unwrap(), Path::new("book.yaml"));
    let folder = fixture.folder();
    assert_eq!(manifest::find(Some(folder), &deep).unwrap(), fixture.path("book.yaml"));
    let named = Path::new("other.yaml");
    assert_eq!(manifest::find(Some(named), folder).unwrap(), named);
    let finding = manifest::find(Some(Path::new("a")), folder).unwrap_err();
    assert_eq!((finding.code.name(), finding.severity), ("manifest-missing", Severity::Error));
    let fixture = fixture.file("c/book.yml", "").file("d/book.yml", "").file("d/book.yaml", "");
    let found = |folder| manifest::find(None, &fixture.path(folder)).unwrap();
    assert_eq!([found("c"), found("d")], [Path::new("book.yml"), Path::new("book.yaml")]);
    let finding = manifest::load(&fixture.path("book.yml")).findings.remove(0);
    assert_eq!(finding.code, Code::ManifestMissing);
    assert!(finding.help.unwrap().ends_with("book.yaml is there"));
}

#[test]
fn the_schema_has_every_key_of_the_full_manifest() {
    let schema = manifest::schema();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    assert_eq!(schema["required"], serde_json::json!(["title", "pages"]));
    let keys = |pointer: &str| {
        let properties = schema.pointer(pointer).and_then(Value::as_object);
        properties.unwrap_or_else(|| panic!("no {pointer}")).clone()
    };
    for key in FULL.lines().filter(|line| line.starts_with(char::is_alphabetic)) {
        let key = key.split(':').next().unwrap();
        let properties = keys("/properties");
        let property = properties.get(key).unwrap_or_else(|| panic!("no {key} in the schema"));
        assert!(property["description"].is_string(), "{key} has no description");
    }
    let page = keys("/definitions/PageEntry/properties");
    for key in ["photo", "photos", "text", "chapter", "part", "caption", "alt", "taken", "intro"] {
        assert!(page.contains_key(key), "{key}");
    }
    let kinds = schema.pointer("/definitions/PageEntry/oneOf").unwrap();
    assert_eq!(kinds.as_array().map(Vec::len), Some(6));
    assert!(keys("/definitions/Print/properties").contains_key("standard"));
}

#[test]
fn the_defaults_in_the_schema_are_those_of_the_book() {
    let schema = manifest::schema();
    let default = |pointer: &str| {
        let default = schema.pointer(pointer).map(|key| key["default"].clone());
        default.filter(|it| !it.is_null()).unwrap_or_else(|| panic!("no default at {pointer}"))
    };
    let print = "/definitions/Print/properties";
    let with_defaults = format!(
        "title: A\nlanguage: {}\nprint: {{ trim: {}, bleed: {}, marks: {}, standard: {}, color: {}, \
         profile: {} }}\nebook: {{ layout: {}, quality: {} }}\nscreen: {{ max-edge: {} }}\n\
         fonts: {{ fallback: {} }}\nmetadata: {{ captions: {}, keep: {} }}\n\
         pages:\n  - {{ photo: photos/01.jpg, layout: {} }}\n",
        default("/properties/language"),
        default(&format!("{print}/trim")),
        default(&format!("{print}/bleed")),
        default(&format!("{print}/marks")),
        default(&format!("{print}/standard")),
        default(&format!("{print}/color")),
        default(&format!("{print}/profile")),
        default("/definitions/Ebook/properties/layout"),
        default("/definitions/Ebook/properties/quality"),
        default("/definitions/Screen/properties/max-edge"),
        default("/definitions/Fonts/properties/fallback"),
        default("/definitions/MetadataKeys/properties/captions"),
        default("/definitions/MetadataKeys/properties/keep"),
        default("/definitions/PageEntry/properties/layout"),
    );
    let load = |manifest: &str| {
        let loaded = BookFixture::new(manifest).photo("photos/01.jpg", 30, 20).load();
        assert_eq!(lines(&loaded.findings), Vec::<String>::new());
        let mut book = loaded.book.unwrap();
        (book.ebook.requested, book.screen.requested) = (false, false);
        book.entries.clear();
        format!("{book:#?}")
    };
    let minimal = load("title: A\npages:\n  - photo: photos/01.jpg\n");
    assert_eq!(load(&with_defaults), minimal);
}

/// A JPEG with this EXIF description.
fn jpeg_with_description(description: &str) -> Vec<u8> {
    let text = [description.as_bytes(), b"\0"].concat();
    let length = u32::try_from(text.len()).unwrap();
    // TIFF 6.0: big-endian, one directory at 8 with the only entry ImageDescription, whose text
    // follows the directory at 26.
    let mut exif = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x0E\0\x02".to_vec();
    exif.extend(length.to_be_bytes());
    exif.extend([0, 0, 0, 26, 0, 0, 0, 0]);
    exif.extend(&text);
    let size = u16::try_from(exif.len() + 2).unwrap();
    let jpeg = jpeg(30, 20);
    [&jpeg[..2], &[0xFF, 0xE1], &size.to_be_bytes(), &exif, &jpeg[2..]].concat()
}

#[test]
fn a_caption_is_read_from_the_photo_unless_the_manifest_has_one() {
    let caption = |page: &str, top: &str, description: &str| {
        let manifest = format!("title: A\n{top}pages:\n  - {page}\n");
        let book = BookFixture::new(&manifest)
            .file("a.jpg", jpeg_with_description(description))
            .load()
            .book;
        let Some(Entry::Plate(plate)) = book.unwrap().entries.pop() else { panic!("no plate") };
        plain_text(&plate.caption)
    };
    let embedded = "The *old* \"pier\" 10 years on, rebuilt";
    assert_eq!(caption("photo: a.jpg", "", embedded), "The *old* “pier” 10 years on, rebuilt");
    assert_eq!(caption("photos: \"*.jpg\"", "", embedded), "The *old* “pier” 10 years on, rebuilt");
    assert_eq!(caption("{ photo: a.jpg, caption: \"*Mine*\" }", "", embedded), "Mine");
    assert_eq!(caption("{ photo: a.jpg, caption: \"\" }", "", embedded), "");
    assert_eq!(caption("photo: a.jpg", "", "OLYMPUS DIGITAL CAMERA"), "");
    assert_eq!(
        caption("photo: a.jpg", "metadata: { ignore-captions: [\"^The\"] }\n", embedded),
        ""
    );
    assert_eq!(caption("photo: a.jpg", "metadata: { captions: [xmp, iptc] }\n", embedded), "");
}

#[test]
fn the_default_caption_position_depends_on_the_layout() {
    use recto::model::{CaptionPosition, PlateLayout};
    let plate = |layout: &str| {
        let page = format!("{{ photo: a.jpg, caption: Boats., alt: x{layout} }}");
        let loaded = BookFixture::with_pages(&[&page]).photo("a.jpg", 30, 20).load();
        assert_eq!(lines(&loaded.findings), [""; 0]);
        let book = loaded.book.unwrap();
        let (_, plate) = book.plates().next().unwrap();
        (plate.layout, plate.caption_position, plate.focus)
    };
    let none = None;
    assert_eq!(plate(""), (PlateLayout::Framed, CaptionPosition::Below, none));
    let spread = ", layout: spread";
    assert_eq!(plate(spread), (PlateLayout::Spread, CaptionPosition::Facing, none));
    let strip = ", layout: { plate: full-bleed, caption: below }, focus: [0.4, .33333]";
    let focus = Some(recto::model::Focus::new(4_000, 3_333));
    assert_eq!(plate(strip), (PlateLayout::FullBleed, CaptionPosition::Below, focus));
    let facing = ", layout: { caption: facing }";
    assert_eq!(plate(facing), (PlateLayout::Framed, CaptionPosition::Facing, none));
}

#[test]
fn a_focus_is_two_numbers_within_the_photo() {
    let findings = |focus: &str| {
        let page = format!("{{ photo: a.jpg, alt: x, focus: {focus} }}");
        let loaded = BookFixture::with_pages(&[&page]).photo("a.jpg", 30, 20).load();
        lines(&loaded.findings).join("; ")
    };
    assert_eq!(findings("[0.4]"), "error wrong-value 3:36 `focus`: expected two numbers, found 1");
    assert_eq!(
        findings("[0.4, 1.3]"),
        "error wrong-value 3:36 `focus`: `1.3` is not a number from 0 to 1"
    );
    assert!(findings("left").starts_with("error wrong-type 3:36"), "{}", findings("left"));
}

#[test]
fn gutter_loss_has_an_upper_limit() {
    let book = BookFixture::new(
        "title: T\npages:\n  - { photo: a.jpg, alt: x }\n\
         print: { gutter-loss: 40 mm, plates: equal-edge, rotate: auto }\n",
    );
    let loaded = book.photo("a.jpg", 30, 20).load();
    let message = "error wrong-value 4:23 a gutter-loss of 40 mm is too large";
    assert_eq!(lines(&loaded.findings), [message]);
    let print = loaded.book.unwrap().print;
    assert_eq!(print.gutter_loss, Length::ZERO);
    assert_eq!(print.plates, recto::model::PlateSizing::EqualEdge);
    assert_eq!(print.rotate, recto::model::Rotate::Auto);
}

#[test]
fn an_author_accepts_findings_for_good() {
    let manifest = |allow: &str| {
        format!("title: A\n{allow}pages:\n  - {{ photo: a.jpg, alt: A }}\n  - photo: b.jpg\n")
    };
    let check = |allow: &str| {
        let book = BookFixture::new(&manifest(allow)).photo("a.jpg", 60, 40).photo("b.jpg", 61, 40);
        let run = book.recto("check --format json");
        let findings = run.json()["findings"].as_array().unwrap().clone();
        let mut found: Vec<String> = findings
            .iter()
            .map(|it| {
                format!("{} {}", it["severity"].as_str().unwrap(), it["code"].as_str().unwrap())
            })
            .collect();
        found.sort();
        found.dedup();
        (run.code, found)
    };
    let (code, found) = check("");
    assert_eq!(code, 1);
    assert!(found.contains(&"error resolution".to_owned()), "{found:?}");
    assert!(found.contains(&"warning alt-missing".to_owned()), "{found:?}");
    let (code, found) = check("allow: [alt-missing, resolution]\n");
    assert_eq!(code, 0, "{found:?}");
    assert!(found.contains(&"warning resolution".to_owned()), "{found:?}");
    assert!(!found.iter().any(|it| it.contains("alt-missing")), "{found:?}");
}

#[test]
fn errors_that_lose_something_cannot_be_accepted() {
    let loaded = BookFixture::new(
        "title: A\nallow: [caption-too-long, alt-mising]\npages:\n  - text: \"# One\"\n",
    )
    .load();
    let messages: Vec<_> = loaded.findings.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "`allow`: `caption-too-long` is an error that cannot be accepted",
            "`allow`: `alt-mising` is not the code of a finding"
        ]
    );
    assert_eq!(loaded.findings[1].help.as_deref(), Some("did you mean `alt-missing`?"));
}
