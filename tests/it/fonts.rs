//! Fonts of the manifest that cannot show text, and characters that no font shows.

use recto::build::{Project, ProjectOptions};
use recto::finding::{Finding, Severity};
use recto::model::{Edition, FontFile};
use recto::typeset::{self, Faces};
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider;
use skrifa::raw::tables::glyf::Glyph;
use skrifa::{FontRef, MetadataProvider};

use crate::support::epub::files;
use crate::support::fixture::{BookFixture, with_code};
use crate::support::{image_formats, images};

/// A font with TrueType outlines for Hebrew.
const HEBREW: &[u8] = include_bytes!("../../fonts/NotoSerifHebrew-Regular.ttf");

/// A font with other tables: each is replaced, added, or removed where it is `None`.
fn with_tables(font: &[u8], changes: &[(&[u8; 4], Option<Vec<u8>>)]) -> Vec<u8> {
    let word = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().unwrap()) as usize;
    let count = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let mut tables: Vec<(Vec<u8>, Vec<u8>)> = (0..count)
        .map(|number| {
            let entry = 12 + 16 * number;
            let (at, length) = (word(entry + 8), word(entry + 12));
            (font[entry..entry + 4].to_vec(), font[at..at + length].to_vec())
        })
        .filter(|(tag, _)| changes.iter().all(|(changed, _)| tag != *changed))
        .collect();
    let added = changes.iter().filter_map(|(tag, table)| Some((tag.to_vec(), table.clone()?)));
    tables.extend(added);
    tables.sort();
    let mut file = font[..4].to_vec();
    file.extend(u16::try_from(tables.len()).unwrap().to_be_bytes());
    file.extend([0; 6]);
    let mut at = 12 + 16 * tables.len();
    for (tag, table) in &tables {
        file.extend(tag);
        file.extend([0; 4]);
        file.extend(u32::try_from(at).unwrap().to_be_bytes());
        file.extend(u32::try_from(table.len()).unwrap().to_be_bytes());
        at += table.len().next_multiple_of(4);
    }
    for (_, table) in &tables {
        file.extend(table);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    file
}

/// A font whose glyphs are all empty: its index says that each begins where it ends.
fn empty() -> Vec<u8> {
    with_tables(HEBREW, &[(b"loca", Some(vec![0; 4 * 4096]))])
}

/// A font without outlines, as those with bitmaps or coloured pictures alone.
fn without_outlines() -> Vec<u8> {
    with_tables(HEBREW, &[(b"loca", None), (b"glyf", None)])
}

/// The axes of a variable font: one of weight.
fn fvar(default: u16) -> Vec<u8> {
    let fixed = |value: u16| [value.to_be_bytes(), [0, 0]].concat();
    let mut fvar = vec![0, 1, 0, 0, 0, 16, 0, 2, 0, 1, 0, 20, 0, 0, 0, 8];
    fvar.extend(b"wght");
    fvar.extend([fixed(100), fixed(default), fixed(900)].concat());
    fvar.extend([0, 0, 1, 0]);
    fvar
}

/// A variable font in which the letter alef and its width move right by so many units from the
/// lightest weight, which is the default, to the heaviest.
fn variable(distance: i16) -> Vec<u8> {
    let font = FontRef::new(HEBREW).unwrap();
    let alef = font.charmap().map('א').unwrap();
    let (glyf, loca) = (font.glyf().unwrap(), font.loca(None).unwrap());
    let points = match loca.get_glyf(alef, &glyf).unwrap().unwrap() {
        Glyph::Simple(glyph) => glyph.num_points() + 4,
        Glyph::Composite(_) => panic!("alef has an outline of its own"),
    };
    // The two ends of the letter's width are the first of four points after the outline's.
    let moved = |point: usize| if point == points - 4 { 0 } else { distance };
    let mut deltas = vec![0];
    for run in (0..points).collect::<Vec<_>>().chunks(64) {
        deltas.push(0x40 | u8::try_from(run.len() - 1).unwrap());
        deltas.extend(run.iter().flat_map(|&point| moved(point).to_be_bytes()));
    }
    for run in (0..points).collect::<Vec<_>>().chunks(64) {
        deltas.push(0x80 | u8::try_from(run.len() - 1).unwrap());
    }
    let mut data = vec![0, 1, 0, 10];
    data.extend(u16::try_from(deltas.len()).unwrap().to_be_bytes());
    data.extend([0xA0, 0, 0x40, 0]);
    data.extend(deltas);
    data.resize(data.len().next_multiple_of(4), 0);
    let count = font.maxp().unwrap().num_glyphs();
    let start = 20 + 4 * (u32::from(count) + 1);
    let mut gvar = vec![0, 1, 0, 0, 0, 1, 0, 0];
    gvar.extend(start.to_be_bytes());
    gvar.extend(count.to_be_bytes());
    gvar.extend([0, 1]);
    gvar.extend(start.to_be_bytes());
    for glyph in 0..=u32::from(count) {
        let is_after = glyph > alef.to_u32();
        gvar.extend(if is_after { u32::try_from(data.len()).unwrap() } else { 0 }.to_be_bytes());
    }
    gvar.extend(data);
    with_tables(HEBREW, &[(b"fvar", Some(fvar(100))), (b"gvar", Some(gvar)), (b"HVAR", None)])
}

/// The findings of loading and checking a book in Hebrew with this font.
fn findings(font: &[u8]) -> Vec<Finding> {
    let fixture = BookFixture::new(
        "title: דרך\nlanguage: he\nfonts: { serif: font.ttf }\npages:\n  - text: \"# שלום\"\n",
    )
    .file("font.ttf", font);
    check(&fixture, Edition::Print)
}

fn check(fixture: &BookFixture, edition: Edition) -> Vec<Finding> {
    let loaded = Project::load(&fixture.path("book.yaml"), &ProjectOptions::default());
    let mut findings = loaded.findings.list;
    findings.extend(loaded.project.unwrap().check(edition.into()));
    findings
}

#[test]
fn a_font_that_draws_nothing_is_reported_and_not_used() {
    for font in [empty(), without_outlines()] {
        let findings = findings(&font);
        let [found] = with_code(&findings, "font-empty")[..] else { panic!("{findings:?}") };
        assert_eq!(found.severity, Severity::Warning);
        assert!(found.message.starts_with("font.ttf has no outlines for “"), "{}", found.message);
        // The bundled font for Hebrew takes over.
        assert!(with_code(&findings, "missing-glyph").is_empty(), "{findings:?}");
    }
    assert!(with_code(&findings(HEBREW), "font-empty").is_empty());
}

#[test]
fn a_character_without_an_outline_is_one_that_the_font_lacks() {
    let having = |bytes: Vec<u8>, characters: &[char]| {
        let file = FontFile { name: "font.ttf".into(), bytes };
        Faces::supported_characters(&file, characters).into_iter().collect::<String>()
    };
    assert_eq!(having(HEBREW.to_vec(), &['ש', ' ']), " ש");
    assert_eq!(having(empty(), &['ש', ' ']), " ");
}

#[test]
fn a_variable_font_becomes_its_regular_and_its_semibold_instance() {
    let instances = typeset::instances(&variable(800)).unwrap();
    let measure = |bytes: &[u8]| {
        let font = FontRef::new(bytes).unwrap();
        let alef = font.charmap().map('א').unwrap();
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let bounds = metrics.bounds(alef).unwrap();
        let weight = font.attributes().weight.value();
        assert!(font.axes().is_empty());
        [weight, metrics.advance_width(alef).unwrap(), bounds.x_min, bounds.x_max, bounds.y_max]
    };
    let [_, width, left, right, top] = measure(&with_tables(HEBREW, &[]));
    let expected = [(400.0, 300.0), (600.0, 500.0)]
        .map(|(weight, by)| [weight, width + by, left + by, right + by, top]);
    assert_eq!(instances.iter().map(|bytes| measure(bytes)).collect::<Vec<_>>(), expected);
    assert_eq!(typeset::instances(HEBREW), None);
}

#[test]
fn a_book_is_set_in_the_instances_of_a_variable_font() {
    let fixture = BookFixture::new(
        "title: דרך\nlanguage: he\nfonts: { serif: font.ttf }\npages:\n  - text: \"# שלום\"\n",
    )
    .file("font.ttf", variable(80));
    let loaded = Project::load(&fixture.path("book.yaml"), &ProjectOptions::default());
    let project = loaded.project.unwrap();
    assert_eq!(project.book().fonts.serif.len(), 2);
    assert!(with_code(&check(&fixture, Edition::Print), "font-variable").is_empty());
}

#[test]
fn a_variable_font_that_has_no_instances_is_reported() {
    let serif = include_bytes!("../../fonts/SourceSerif4-Regular.otf");
    for default in [100, 400] {
        let findings = findings(&with_tables(serif, &[(b"fvar", Some(fvar(default)))]));
        let [found] = with_code(&findings, "font-variable")[..] else { panic!("{findings:?}") };
        let expected = format!(
            "font.ttf is a variable font; PDFs show only its default instance (wght {default})"
        );
        assert_eq!(found.message, expected);
    }
    assert!(with_code(&findings(HEBREW), "font-variable").is_empty());
}

#[test]
fn what_a_drawn_cover_leaves_out_is_reported_for_the_ebook() {
    let fixture = BookFixture::new("title: 冬の道\nlanguage: ja\npages:\n  - text: \"# 冬\"\n");
    let findings = check(&fixture, Edition::Epub);
    let missing = with_code(&findings, "missing-glyph");
    assert_eq!(missing.len(), 3, "{findings:?}");
    assert!(missing.iter().all(|found| found.severity == Severity::Warning));
    assert!(missing[0].message.contains("the cover of the e-book, which leaves it out"));
    // What only the text has is shown in a font of the reading system.
    let fixture = BookFixture::new("title: Road\nlanguage: ja\npages:\n  - text: \"# 冬\"\n");
    assert!(with_code(&check(&fixture, Edition::Epub), "missing-glyph").is_empty());
    assert_eq!(with_code(&check(&fixture, Edition::Print), "missing-glyph").len(), 1);
}

#[test]
fn a_cover_has_neither_boxes_nor_empty_frames_for_missing_characters() {
    let dark = |title: &str, design: &str| {
        let manifest = format!(
            "title: {title}\nlanguage: ja\ndesign: {design}\npages:\n  - text: \"# One\"\n"
        );
        let files = files(&BookFixture::new(&manifest), Edition::Epub);
        let cover = files["OEBPS/images/cover.jpg"].as_slice();
        let samples = jpeg_decoder::Decoder::new(cover).decode().unwrap();
        samples.chunks(3).filter(|pixel| pixel.iter().all(|&sample| sample < 128)).count()
    };
    for design in ["classic", "modern", "exhibition", "album", "newspaper"] {
        assert_eq!(dark("冬の道", design), 0, "{design}");
        assert!(dark("Road", design) > 20, "{design}");
    }
}

#[test]
fn transparency_on_coloured_pages_is_reported() {
    let samples: Vec<u8> = images::rgb().chunks(3).flat_map(|p| [p[0], p[1], p[2], 90]).collect();
    let png = images::png(&samples, image::ExtendedColorType::Rgba8, &[]);
    let webp = image_formats::webp_alpha(&samples, images::WIDTH, images::HEIGHT);
    for (design, expected) in [("exhibition", 2), ("classic", 0)] {
        let fixture = BookFixture::new(&format!(
            "title: Road\ndesign: {design}\npages:\n  - photo: a.png\n  - photo: b.webp\n  \
             - photo: a.png\n  - photo: c.jpg\n"
        ))
        .file("a.png", &png)
        .file("b.webp", &webp)
        .photo("c.jpg", 60, 40);
        for edition in [Edition::Print, Edition::Screen, Edition::EpubFixed] {
            let findings = check(&fixture, edition);
            let found = with_code(&findings, "transparency-white");
            let expected = if edition == Edition::EpubFixed { expected } else { 0 };
            assert_eq!(found.len(), expected, "{findings:?}");
            assert!(found.iter().all(|found| found.at.is_some()));
        }
    }
}
