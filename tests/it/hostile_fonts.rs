//! Fonts whose tables lie: a finding, or a book in which they are set as far as they can be, and
//! never a crash.

use recto::build::{BuildOptions, Project, ProjectOptions, default_timestamp};
use recto::model::Edition;
use recto::picture::{ImageProcessor, ProcessorOptions};

use crate::support::fixture::BookFixture;

const HEBREW: &[u8] = include_bytes!("../../fonts/NotoSerifHebrew-Regular.ttf");
const SERIF: &[u8] = include_bytes!("../../fonts/SourceSerif4Caption-Regular.otf");

fn word(font: &[u8], at: usize) -> usize {
    u32::from_be_bytes(font[at..at + 4].try_into().unwrap()) as usize
}

/// Where the entries of the tables are in a font.
fn entries(font: &[u8]) -> impl Iterator<Item = usize> {
    let count = usize::from(u16::from_be_bytes([font[4], font[5]]));
    (0..count).map(|number| 12 + 16 * number)
}

/// Loads, checks and builds a book with this font, whatever the result.
fn survive(font: &[u8]) {
    let fixture = BookFixture::new(
        "title: Winter שלום\nfonts: { serif: font.ttf }\npages:\n  - text: \"# Office שלום\"\n",
    )
    .file("font.ttf", font);
    let loaded = Project::load(&fixture.path("book.yaml"), &ProjectOptions::default());
    let Some(project) = loaded.project else {
        assert!(!loaded.findings.list.is_empty());
        return;
    };
    project.check(Edition::Print.into());
    let processor = ImageProcessor::new(ProcessorOptions::default());
    let options =
        BuildOptions { modified: default_timestamp(None), guides: false, processor: &processor };
    for edition in [Edition::Print, Edition::EpubFixed] {
        let mut out = std::io::sink();
        // A font that cannot be embedded is an error.
        let _ = project.build(edition, &mut out, &options, &mut Vec::new(), &mut || {});
    }
}

fn with_word(font: &[u8], at: usize, value: u32) -> Vec<u8> {
    let mut changed = font.to_vec();
    changed[at..at + 4].copy_from_slice(&value.to_be_bytes());
    changed
}

fn assert_tables_may_lie(font: &[u8]) {
    for entry in entries(font) {
        let (at, length) = (word(font, entry + 8), word(font, entry + 12));
        survive(&with_word(font, entry + 12, 0));
        let mut filled = font.to_vec();
        filled[at..at + length].fill(0xFF);
        survive(&filled);
    }
}

#[test]
fn tables_of_a_truetype_font_may_be_empty_or_nonsense() {
    assert_tables_may_lie(HEBREW);
}

#[test]
fn tables_of_a_font_with_postscript_outlines_may_be_empty_or_nonsense() {
    assert_tables_may_lie(SERIF);
}

#[test]
fn tables_may_lie_outside_the_file_and_on_each_other() {
    for font in [HEBREW, SERIF] {
        survive(&font[..font.len() / 2]);
        survive(&font[..100]);
        let mut same = font.to_vec();
        for entry in entries(font) {
            same[entry + 8..entry + 12].copy_from_slice(&0_u32.to_be_bytes());
        }
        survive(&same);
        for entry in entries(font).step_by(3) {
            survive(&with_word(font, entry + 8, 0xFFFF_FFF0));
        }
    }
}

#[test]
fn glyphs_that_are_made_of_each_other_end() {
    let table = |tag: &[u8]| entries(HEBREW).find(|&at| &HEBREW[at..at + 4] == tag).unwrap();
    let (glyf, loca) = (word(HEBREW, table(b"glyf") + 8), table(b"loca"));
    let mut font = HEBREW.to_vec();
    // All glyphs are one composite: of the glyphs 40, 41 and 42, which are the same.
    let mut composite = Vec::new();
    composite.extend([-1_i16, 0, 0, 500, 500].into_iter().flat_map(i16::to_be_bytes));
    for (flags, glyph) in [(0x22_u16, 40_u16), (0x22, 41), (0x02, 42)] {
        composite.extend(flags.to_be_bytes());
        composite.extend(glyph.to_be_bytes());
        composite.extend([0, 0]);
    }
    font[glyf..glyf + composite.len()].copy_from_slice(&composite);
    let (at, length) = (word(HEBREW, loca + 8), word(HEBREW, loca + 12));
    for offset in (at..at + length).step_by(8) {
        font[offset..offset + 4].fill(0);
    }
    survive(&font);
}

#[test]
fn a_font_with_random_bytes_is_survived() {
    let mut state = 5_u64;
    let mut random = move |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for font in [HEBREW, SERIF] {
        for _ in 0..6 {
            let mut changed = font.to_vec();
            for _ in 0..200 {
                let at = random(changed.len());
                changed[at] = u8::try_from(random(256)).unwrap();
            }
            survive(&changed);
        }
    }
}
