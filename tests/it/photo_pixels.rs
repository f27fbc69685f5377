//! Rules about the pixels of photos where they are printed: inks, colours, and the fold of a
//! spread.

use std::time::Duration;

use jpeg_encoder::ColorType;
use recto::build::{Project, ProjectOptions};
use recto::finding::{Code, Finding, Severity};
use recto::model::{EditionSet, RenderingIntent};
use recto::picture::{self, CacheOptions, ImageProcessor, ProcessorOptions, Profiles};

use crate::support::fixture::BookFixture;
use crate::support::images::{jpeg_of, probed};

/// A book of this photo, which is 600 × 400, with keys of its page and of `print`.
fn book(photo: &[u8], page: &str, print: &str) -> BookFixture {
    let manifest = format!(
        "title: Road\npages:\n  - {{ photo: a.jpg, alt: A.{page} }}\nprint: {{ trim: 150 x 150 mm{print} }}\n"
    );
    BookFixture::new(&manifest).file("a.jpg", photo)
}

/// The findings about the pixels.
fn findings(fixture: &BookFixture) -> Vec<Finding> {
    let loaded = Project::load(&fixture.path("book.yaml"), &ProjectOptions::default());
    loaded.project.unwrap().check_photos(EditionSet::ALL)
}

fn codes(fixture: &BookFixture) -> Vec<(Code, Severity)> {
    findings(fixture).iter().map(|finding| (finding.code, finding.severity)).collect()
}

/// A photo of one colour, with a rectangle of another one, from `x` and of this size.
fn with_square<const N: usize>(
    ground: [u8; N],
    square: [u8; N],
    x: usize,
    size: usize,
    colour: ColorType,
) -> Vec<u8> {
    let is_inside = |column: usize, row: usize| {
        (x..x + size).contains(&column) && (100..100 + size).contains(&row)
    };
    let samples: Vec<u8> = (0..600 * 400)
        .flat_map(|at| if is_inside(at % 600, at / 600) { square } else { ground })
        .collect();
    jpeg_of(&samples, 600, 400, colour)
}

/// A CMYK photo with a square that has 85 % of each ink.
fn inky(x: usize, size: usize) -> Vec<u8> {
    with_square([20, 20, 20, 0], [217; 4], x, size, ColorType::Cmyk)
}

const ERROR: (Code, Severity) = (Code::InkTotal, Severity::Error);
const WARNING: (Code, Severity) = (Code::InkTotal, Severity::Warning);

#[test]
fn a_square_with_too_much_ink_is_found_and_single_pixels_are_not() {
    // The photo is 122 mm wide: 4.9 pixels per millimetre.
    let found = findings(&book(&inky(100, 60), "", ""));
    assert_eq!((found[0].code, found[0].severity), ERROR, "{found:?}");
    assert!(found[0].message.starts_with("a.jpg has 339 % of ink at "), "{found:?}");
    assert!(found[0].message.contains("coated paper takes at most 300 %"), "{found:?}");
    assert_eq!(found[0].page.as_deref(), Some("1"));
    assert_eq!(found[0].at.as_ref().map(|at| at.line), Some(3));
    assert_eq!(codes(&book(&inky(100, 10), "", "")), [], "two millimetres of dark pixels");
    let light = with_square([20, 20, 20, 0], [180; 4], 100, 60, ColorType::Cmyk);
    assert_eq!(codes(&book(&light, "", "")), []);
}

#[test]
fn ink_that_is_cropped_away_does_not_count() {
    // The page is square, so a third of the width is lost.
    let page = |focus: &str| format!(", layout: full-bleed, focus: {focus}");
    assert_eq!(codes(&book(&inky(530, 60), &page("[0.95, 0.4]"), "")), [ERROR]);
    assert_eq!(codes(&book(&inky(530, 60), &page("[0.05, 0.4]"), "")), []);
}

#[test]
fn the_limit_is_that_of_the_printer_and_an_error_only_if_it_is_sure() {
    let with_sure = |sure: &str| {
        let own = format!(
            "name: Mine\nsources: {{ web: {{ place: mine.com, sure: {sure} }} }}\n\
             ink: {{ max: 240 %, source: web }}\n"
        );
        let photo = with_square([20, 20, 20, 0], [180; 4], 100, 60, ColorType::Cmyk);
        findings(&book(&photo, "", ", printer: own.yaml").file("own.yaml", own))
    };
    let found = with_sure("vendor");
    assert_eq!((found[0].code, found[0].severity), ERROR);
    assert!(found[0].message.ends_with("Mine accepts at most 240 %"), "{found:?}");
    assert!(found[0].help.as_ref().unwrap().contains("(source: mine.com, vendor)"), "{found:?}");
    assert_eq!(with_sure("cited")[0].severity, Severity::Warning);
    let ingram = codes(&book(&inky(100, 60), "", ", printer: ingramspark"));
    assert_eq!(ingram, [WARNING]);
}

#[test]
fn a_printer_that_gets_rgb_limits_the_inks_itself() {
    assert_eq!(codes(&book(&inky(100, 60), "", ", color: srgb")), []);
}

#[test]
fn accepted_ink_is_a_warning() {
    let fixture = book(&inky(100, 60), "", "");
    let manifest = String::from_utf8(fixture.read("book.yaml")).unwrap();
    fixture.write("book.yaml", format!("allow: [ink-total]\n{manifest}"));
    assert_eq!(codes(&fixture), [WARNING]);
}

#[test]
fn colours_that_the_press_cannot_print_are_found_with_their_share() {
    let with_share = |size: usize| {
        let photo = with_square([128; 3], [0, 255, 0], 100, size, ColorType::Rgb);
        findings(&book(&photo, "", ""))
    };
    // 240 × 240 of 600 × 400.
    let found = with_share(240);
    assert_eq!((found[0].code, found[0].severity), (Code::PhotoGamut, Severity::Warning));
    let message = &found[0].message;
    assert!(message.contains("that FOGRA39 cannot print"), "{message}");
    let share: u32 = message.split(' ').next().unwrap().parse().unwrap();
    assert!((23..=25).contains(&share), "{message}");
    assert_eq!(with_share(60), [], "that is 1.5 %");
    let muted = with_square([128; 3], [120, 90, 70], 100, 240, ColorType::Rgb);
    assert_eq!(codes(&book(&muted, "", "")), []);
    // Neutral tones, from black to white.
    let black = with_square([255; 3], [0; 3], 100, 240, ColorType::Rgb);
    assert_eq!(codes(&book(&black, "", "")), []);
}

/// A spread with a checked square around this column of 600.
fn checked(centre: usize, page: &str) -> BookFixture {
    let is_inside = |x: usize, y: usize| x.abs_diff(centre) < 40 && (140..220).contains(&y);
    let samples: Vec<u8> = (0..600 * 400)
        .map(|at| (at % 600, at / 600))
        .flat_map(|(x, y)| [if is_inside(x, y) && (x / 4 + y / 4) % 2 == 0 { 30 } else { 128 }; 3])
        .collect();
    let photo = jpeg_of(&samples, 600, 400, ColorType::Rgb);
    book(&photo, &format!(", layout: spread{page}"), "")
}

#[test]
fn detail_in_the_fold_of_a_spread_is_found_with_its_place() {
    let found = findings(&checked(300, ""));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].code, found[0].severity), (Code::GutterDetail, Severity::Warning));
    // The photo is 204 mm high, of which 27 are cropped at the head, and the square is between
    // 35 % and 55 % of it.
    let message = &found[0].message;
    let place = message.split(", ").nth(1).unwrap().split(' ').next().unwrap();
    assert!((45..=85).contains(&place.parse::<u32>().unwrap()), "{message}");
    assert_eq!(codes(&checked(150, "")), []);
    assert_eq!(codes(&checked(450, "")), []);
}

#[test]
fn a_focus_says_what_matters_in_a_spread() {
    assert_eq!(codes(&checked(300, ", focus: [0.2, 0.5]")), []);
    let fixture = checked(150, ", focus: [0.5, 0.5]");
    let report = fixture.recto("check --format json").json();
    let found = report["findings"].as_array().unwrap();
    let lost = found.iter().find(|it| it["code"] == "focus-lost").unwrap();
    assert_eq!(lost["severity"], "warning");
    let message = lost["message"].as_str().unwrap();
    assert!(message.starts_with("the focus of a.jpg is 0 mm from the fold"), "{message}");
}

#[test]
fn check_looks_at_pixels_and_build_does_not() {
    let photo = with_square([128; 3], [0, 255, 0], 100, 240, ColorType::Rgb);
    let fixture = book(&photo, "", "");
    let has_code = |command: &str| {
        let report = fixture.recto(command).json();
        let found = report["findings"].as_array().unwrap();
        found.iter().any(|it| it["code"] == "photo-gamut")
    };
    assert!(has_code("check --format json"));
    assert!(!has_code("build --only print --format json"));
}

#[test]
fn a_photo_is_looked_at_once_until_its_bytes_or_the_press_change() {
    let fixture = BookFixture::empty();
    let cache = || CacheOptions {
        folder: fixture.path("cache"),
        max_bytes: 1 << 30,
        now: Duration::from_secs(1_000_000_000),
    };
    let map = |photo: &[u8], intent| {
        let (_folder, photo) = probed("a.jpg", photo);
        let options = ProcessorOptions { cache: Some(cache()), ..ProcessorOptions::default() };
        let processor = ImageProcessor::new(options);
        let mut maps = Vec::new();
        processor.photo_maps([&photo.picture], picture::fogra39(), intent, |_, map| {
            maps.extend(map.cloned());
        });
        let stats = processor.close();
        (stats.processed, stats.cache_hits, maps)
    };
    let photo = inky(100, 60);
    let (processed, hits, first) = map(&photo, RenderingIntent::Relative);
    assert_eq!((processed, hits), (1, 0));
    assert_eq!(map(&photo, RenderingIntent::Relative), (0, 1, first));
    assert_eq!(map(&photo, RenderingIntent::Perceptual).0, 1);
    assert_eq!(map(&inky(100, 61), RenderingIntent::Relative).0, 1);
}

#[test]
fn one_pass_over_a_photo_finds_damage_and_maps_it() {
    // Larger than a map, so that it is decoded in a smaller size.
    let samples: Vec<u8> = (0..1200 * 900_usize)
        .flat_map(|at| {
            [at % 1200 / 5, at / 1200 / 4, at % 7 * 30].map(|level| u8::try_from(level).unwrap())
        })
        .collect();
    let whole = jpeg_of(&samples, 1200, 900, ColorType::Rgb);
    let end = whole.len() - 2;
    let mut overwritten = whole.clone();
    overwritten[end / 2..end / 2 + 2000].fill(0x55);
    let photos = [
        ("whole.jpg", whole.clone()),
        ("longer.jpg", [&whole[..], b"a trailer"].concat()),
        ("open.jpg", whole[..end].to_vec()),
        ("truncated.jpg", whole[..end / 2].to_vec()),
        ("overwritten.jpg", overwritten),
    ];
    let fixture = BookFixture::empty();
    let processor = |folder: &str| {
        let cache = CacheOptions {
            folder: fixture.path(folder),
            max_bytes: 1 << 30,
            now: Duration::from_secs(1_000_000_000),
        };
        ImageProcessor::new(ProcessorOptions { cache: Some(cache), ..Default::default() })
    };
    let pictures = photos.map(|(name, bytes)| {
        fixture.write(name, bytes);
        let probed = picture::probe(&fixture.path(name), name, &mut Profiles::default());
        probed.unwrap().picture
    });
    let pictures = pictures.each_ref();
    let (profile, intent) = (picture::fogra39(), RenderingIntent::Relative);
    let one_pass = processor("one");
    let found = one_pass.inspect_and_map(&pictures, profile, intent, |_, _| {});
    let two_passes = processor("two");
    assert_eq!(found, two_passes.inspect(&pictures));
    assert_eq!(found.len(), 3, "{found:?}");

    let maps = |processor: &ImageProcessor| {
        let mut maps = Vec::new();
        processor.photo_maps(pictures, profile, intent, |_, map| maps.push(map.cloned()));
        maps
    };
    assert_eq!(maps(&one_pass), maps(&two_passes));
    // Those of the whole photos were in the cache.
    let (one_pass, two_passes) = (one_pass.close(), two_passes.close());
    assert_eq!((one_pass.cache_hits, two_passes.cache_hits), (2, 0));
    // Without a cache, nothing is lost.
    let plain = ImageProcessor::new(ProcessorOptions::default());
    assert_eq!(plain.inspect_and_map(&pictures, profile, intent, |_, _| {}), found);
}

#[test]
fn a_photo_that_cannot_be_decoded_is_left_out() {
    let fixture = book(&inky(100, 60), "", "");
    let loaded = Project::load(&fixture.path("book.yaml"), &ProjectOptions::default());
    fixture.write("a.jpg", b"gone");
    assert_eq!(loaded.project.unwrap().check_photos(EditionSet::ALL), []);
}
