//! The specimen, books that use every feature once: their pages look as they did when they
//! were last looked at.
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

/// Pixels to the point: enough for the place and the colour of everything, and for text
/// to be told from other text; small enough to be kept.
const SCALE: f32 = 0.7;
/// Channels that differ by no more are the same: decoders round each in their own way.
const TOLERANCE: u8 = 24;
/// So many pixels of a page may differ, of 10 000.
const STRAY: usize = 5;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/specimen")
}

/// The press PDF of a manifest of the specimen in one of its languages, page by page.
fn drawn(manifest: &str, language: Option<&str>) -> Vec<RgbImage> {
    let out = tempfile::tempdir().unwrap();
    let built = Command::new(env!("CARGO_BIN_EXE_recto"))
        .args(["build", "--only", "print", "-o"])
        .arg(out.path())
        .args(language.iter().flat_map(|language| ["--language", language]))
        .arg(folder().join(manifest))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{told}");
    assert!(!told.contains("error[") && !told.contains("warning["), "{told}");
    let files = fs::read_dir(out.path()).unwrap().map(|file| file.unwrap().path());
    let file = files.into_iter().find(|file| file.extension().is_some_and(|it| it == "pdf"));
    let pdf = Pdf::new(fs::read(file.unwrap()).unwrap()).unwrap();
    let settings = PixmapSettings { x_scale: SCALE, y_scale: SCALE, bg_color: WHITE };
    let cache = RenderCache::new();
    let draw = |page| {
        let (interpreter, render) = (InterpreterSettings::default(), RenderSettings::default());
        let png = hayro::render(page, &cache, &interpreter, &render, &settings).into_png().unwrap();
        image::load_from_memory(&png).unwrap().to_rgb8()
    };
    pdf.pages().iter().map(draw).collect()
}

fn file_name(index: usize) -> String {
    format!("{:03}.png", index + 1)
}

/// How many pixels of two pages differ, or nothing when their sizes do.
fn difference(before: &RgbImage, after: &RgbImage) -> Option<usize> {
    (before.dimensions() == after.dimensions()).then(|| {
        let differs = |(a, b): (&u8, &u8)| a.abs_diff(*b) > TOLERANCE;
        let pixels = before.pixels().zip(after.pixels());
        pixels.filter(|(a, b)| a.0.iter().zip(&b.0).any(differs)).count()
    })
}

/// Keeps a page as small as it goes: most have no colour.
fn keep(page: &RgbImage, path: &Path) {
    let is_grey = page.pixels().all(|pixel| pixel.0[0] == pixel.0[1] && pixel.0[1] == pixel.0[2]);
    let page = DynamicImage::ImageRgb8(page.clone());
    let page = if is_grey { DynamicImage::ImageLuma8(page.to_luma8()) } else { page };
    let file = fs::File::create(path).unwrap();
    let packed = PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::Adaptive);
    page.write_with_encoder(packed).unwrap();
}

/// Holds the pages of a manifest against those kept under this name.
fn look_as_they_did(name: &str, manifest: &str, language: Option<&str>) {
    let kept = folder().join("pages").join(name);
    let pages = drawn(manifest, language);
    if env::var_os("RECTO_UPDATE").is_some() {
        let _ = fs::remove_dir_all(&kept);
        fs::create_dir_all(&kept).unwrap();
        for (index, page) in pages.iter().enumerate() {
            keep(page, &kept.join(file_name(index)));
        }
        return;
    }
    let seen = Path::new(env!("CARGO_TARGET_TMPDIR")).join("specimen").join(name);
    let _ = fs::remove_dir_all(&seen);
    fs::create_dir_all(&seen).unwrap();
    let mut strange = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let before = image::open(kept.join(file_name(index))).ok().map(|before| before.to_rgb8());
        let differing = before.and_then(|before| difference(&before, page));
        let allowed = page.pixels().len() * STRAY / 10_000;
        if differing.is_none_or(|differing| differing > allowed) {
            keep(page, &seen.join(file_name(index)));
            strange.push(format!("{} ({differing:?} pixels)", file_name(index)));
        }
    }
    let count = fs::read_dir(&kept).map_or(0, Iterator::count);
    assert!(
        strange.is_empty() && count == pages.len(),
        "{count} pages are kept, {} drawn; these differ: {strange:?}; as they are now they lie \
         in {}. If they are right, RECTO_UPDATE=1 keeps them",
        pages.len(),
        seen.display()
    );
}

#[test]
fn the_classic_pages_look_as_they_did_when_they_were_looked_at() {
    look_as_they_did("classic", "book.yaml", None);
}

#[test]
fn the_modern_pages_do() {
    look_as_they_did("modern", "modern.yaml", None);
}

#[test]
fn the_pages_of_a_show_do() {
    look_as_they_did("exhibition", "exhibition.yaml", None);
}

#[test]
fn the_pages_of_a_design_of_one_s_own_do() {
    look_as_they_did("mine", "mine.yaml", None);
}

#[test]
fn upright_pages_with_turned_plates_do() {
    look_as_they_did("upright", "upright.yaml", None);
}

#[test]
fn pages_that_are_read_from_the_right_do() {
    look_as_they_did("arabic", "arabic.yaml", None);
    look_as_they_did("hebrew", "hebrew.yaml", None);
}

#[test]
fn the_pages_of_each_language_do() {
    look_as_they_did("german", "languages.yaml", Some("de"));
    look_as_they_did("french", "languages.yaml", Some("fr"));
    look_as_they_did("japanese", "asian.yaml", None);
    look_as_they_did("chinese", "asian.yaml", Some("zh-Hans"));
    look_as_they_did("korean", "asian.yaml", Some("ko"));
}

#[test]
fn two_pages_that_differ_in_a_word_are_told_apart() {
    let before = RgbImage::from_pixel(100, 100, image::Rgb([255; 3]));
    let mut after = before.clone();
    for x in 20..60 {
        after.put_pixel(x, 50, image::Rgb([90; 3]));
    }
    assert_eq!(difference(&before, &after), Some(40));
    assert_eq!(difference(&before, &before.clone()), Some(0));
    assert_eq!(difference(&before, &RgbImage::new(99, 100)), None);
}
