//! The specimen, books that use every feature once: rendered pages are compared with those that
//! were checked by eye.
//!
//! `RECTO_UPDATE=1 cargo test specimen` stores the pages anew.
#![expect(clippy::disallowed_methods, reason = "a test reads and writes the pages it compares")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, RgbImage};

/// Pixels per point: enough to compare positions, colours and text, and small enough to store.
const SCALE: f32 = 0.7;
/// Channels that differ by no more than this are equal, because decoders round differently.
const TOLERANCE: u8 = 24;
/// How many of 10 000 pixels of a page may differ.
const ALLOWED_DIFFERENCES: usize = 5;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/specimen")
}

/// The rendered pages of the print PDF of a manifest in one of its languages.
fn rendered(manifest: &str, language: Option<&str>) -> Vec<RgbImage> {
    let out = tempfile::tempdir().unwrap();
    let built = Command::new(env!("CARGO_BIN_EXE_recto"))
        .args(["build", "--only", "print", "-o"])
        .arg(out.path())
        .args(language.iter().flat_map(|language| ["--language", language]))
        .arg(folder().join(manifest))
        .output()
        .unwrap();
    let report = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{report}");
    assert!(!report.contains("error[") && !report.contains("warning["), "{report}");
    let files = fs::read_dir(out.path()).unwrap().map(|file| file.unwrap().path());
    let file = files.into_iter().find(|file| file.extension().is_some_and(|it| it == "pdf"));
    let pdf = Pdf::new(fs::read(file.unwrap()).unwrap()).unwrap();
    let settings = PixmapSettings { x_scale: SCALE, y_scale: SCALE, bg_color: WHITE };
    let cache = RenderCache::new();
    let render = |page| {
        let (interpreter, options) = (InterpreterSettings::default(), RenderSettings::default());
        let png =
            hayro::render(page, &cache, &interpreter, &options, &settings).into_png().unwrap();
        image::load_from_memory(&png).unwrap().to_rgb8()
    };
    pdf.pages().iter().map(render).collect()
}

fn file_name(index: usize) -> String {
    format!("{:03}.png", index + 1)
}

/// How many pixels of two pages differ; `None` if their sizes differ.
fn difference(before: &RgbImage, after: &RgbImage) -> Option<usize> {
    (before.dimensions() == after.dimensions()).then(|| {
        let differs = |(a, b): (&u8, &u8)| a.abs_diff(*b) > TOLERANCE;
        let pixels = before.pixels().zip(after.pixels());
        pixels.filter(|(a, b)| a.0.iter().zip(&b.0).any(differs)).count()
    })
}

/// Writes a page as a small PNG; most pages are grey.
fn write_png(page: &RgbImage, path: &Path) {
    let is_grey = page.pixels().all(|pixel| pixel.0[0] == pixel.0[1] && pixel.0[1] == pixel.0[2]);
    let page = DynamicImage::ImageRgb8(page.clone());
    let page = if is_grey { DynamicImage::ImageLuma8(page.to_luma8()) } else { page };
    let file = fs::File::create(path).unwrap();
    let encoder = PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::Adaptive);
    page.write_with_encoder(encoder).unwrap();
}

/// Compares the pages of a manifest with those stored under this name.
fn assert_unchanged(name: &str, manifest: &str, language: Option<&str>) {
    let expected = folder().join("pages").join(name);
    let pages = rendered(manifest, language);
    if env::var_os("RECTO_UPDATE").is_some() {
        let _ = fs::remove_dir_all(&expected);
        fs::create_dir_all(&expected).unwrap();
        for (index, page) in pages.iter().enumerate() {
            write_png(page, &expected.join(file_name(index)));
        }
        return;
    }
    let actual = Path::new(env!("CARGO_TARGET_TMPDIR")).join("specimen").join(name);
    let _ = fs::remove_dir_all(&actual);
    fs::create_dir_all(&actual).unwrap();
    let mut different = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let before =
            image::open(expected.join(file_name(index))).ok().map(|before| before.to_rgb8());
        let differing = before.and_then(|before| difference(&before, page));
        let allowed = page.pixels().len() * ALLOWED_DIFFERENCES / 10_000;
        if differing.is_none_or(|differing| differing > allowed) {
            write_png(page, &actual.join(file_name(index)));
            different.push(format!("{} ({differing:?} pixels)", file_name(index)));
        }
    }
    let count = fs::read_dir(&expected).map_or(0, Iterator::count);
    assert!(
        different.is_empty() && count == pages.len(),
        "{count} pages expected, {} rendered; these differ: {different:?}. See {}; if they are \
         right, store them with RECTO_UPDATE=1",
        pages.len(),
        actual.display()
    );
}

#[test]
fn the_pages_of_the_classic_design_are_unchanged() {
    assert_unchanged("classic", "book.yaml", None);
}

#[test]
fn the_pages_of_the_modern_design_are_unchanged() {
    assert_unchanged("modern", "modern.yaml", None);
}

#[test]
fn the_pages_of_the_exhibition_design_are_unchanged() {
    assert_unchanged("exhibition", "exhibition.yaml", None);
}

#[test]
fn the_pages_of_a_custom_design_are_unchanged() {
    assert_unchanged("mine", "mine.yaml", None);
}

#[test]
fn portrait_pages_with_rotated_plates_are_unchanged() {
    assert_unchanged("upright", "upright.yaml", None);
}

#[test]
fn right_to_left_pages_are_unchanged() {
    assert_unchanged("arabic", "arabic.yaml", None);
    assert_unchanged("hebrew", "hebrew.yaml", None);
}

#[test]
fn the_pages_in_other_languages_are_unchanged() {
    assert_unchanged("german", "languages.yaml", Some("de"));
    assert_unchanged("french", "languages.yaml", Some("fr"));
    assert_unchanged("japanese", "asian.yaml", None);
    assert_unchanged("chinese", "asian.yaml", Some("zh-Hans"));
    assert_unchanged("korean", "asian.yaml", Some("ko"));
}

#[test]
fn a_difference_of_one_word_is_found() {
    let before = RgbImage::from_pixel(100, 100, image::Rgb([255; 3]));
    let mut after = before.clone();
    for x in 20..60 {
        after.put_pixel(x, 50, image::Rgb([90; 3]));
    }
    assert_eq!(difference(&before, &after), Some(40));
    assert_eq!(difference(&before, &before.clone()), Some(0));
    assert_eq!(difference(&before, &RgbImage::new(99, 100)), None);
}
