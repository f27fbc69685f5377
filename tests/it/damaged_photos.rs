//! Damaged photos are found before the build, and no edition passes their data on.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use image::ExtendedColorType;
use image::codecs::webp::WebPEncoder;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use recto::model::{Edition, LostPart};
use recto::picture::{
    self, CacheOptions, ImageProcessor, Inspection, ProcessorOptions, Profiles, ScaleOptions,
};
use zune_jpeg::zune_core::bit_depth::BitDepth;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::EncoderOptions;

use crate::pictures::pdf_image;
use crate::support::epub::files;
use crate::support::fixture::BookFixture;
use crate::support::image_formats;
use crate::support::images::{self, inspect, probe, probed};

const FULL_SIZE: ScaleOptions =
    ScaleOptions { max_edge: u32::MAX, max_pixels: u64::MAX, quality: 95 };

const WIDTH: u16 = 640;
const HEIGHT: u16 = 480;

/// Numbers that look random and are the same in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next()).unwrap() % limit
    }
}

/// Samples like those of a photo: soft gradients, edges and noise.
fn scene(channels: usize) -> Vec<u8> {
    let mut random = Random(7);
    let mut samples = Vec::new();
    for y in 0..usize::from(HEIGHT) {
        for x in 0..usize::from(WIDTH) {
            let sky = 230 - y / 4;
            let shape = if (x / 90 + y / 70) % 3 == 0 { 90 } else { 0 };
            for channel in 0..channels {
                let level = (sky + channel * x / 20).saturating_sub(shape) + random.below(24);
                samples.push(u8::try_from(level.min(255)).unwrap());
            }
        }
    }
    samples
}

/// The kinds of JPEG that cameras and programs write.
fn jpegs() -> BTreeMap<&'static str, Vec<u8>> {
    let encode = |colour: ColorType, channels: usize, set: &dyn Fn(&mut Encoder<&mut Vec<u8>>)| {
        let mut jpeg = Vec::new();
        let mut encoder = Encoder::new(&mut jpeg, 92);
        set(&mut encoder);
        encoder.encode(&scene(channels), WIDTH, HEIGHT, colour).unwrap();
        jpeg
    };
    BTreeMap::from([
        ("4:2:0", encode(ColorType::Rgb, 3, &|it| it.set_sampling_factor(SamplingFactor::F_2_2))),
        ("4:4:4", encode(ColorType::Rgb, 3, &|it| it.set_sampling_factor(SamplingFactor::F_1_1))),
        ("restarts", encode(ColorType::Rgb, 3, &|it| it.set_restart_interval(17))),
        ("progressive", encode(ColorType::Rgb, 3, &|it| it.set_progressive(true))),
        ("separate scans", encode(ColorType::Rgb, 3, &|it| it.set_optimized_huffman_tables(true))),
        ("grey", encode(ColorType::Luma, 1, &|_| {})),
        ("CMYK", encode(ColorType::Cmyk, 4, &|_| {})),
    ])
}

/// The offset of the first scan's data.
fn scan_start(jpeg: &[u8]) -> usize {
    let scan = jpeg.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    scan + 2 + usize::from(u16::from_be_bytes([jpeg[scan + 2], jpeg[scan + 3]]))
}

type Damage = fn(&mut Vec<u8>, usize, &mut Random);

/// The kinds of damage, each with the number of bytes that it needs.
const DAMAGE: [(&str, usize, Damage); 4] = [
    ("64 KB zeroed", 0x1_0000, |file, at, _| file[at..at + 0x1_0000].fill(0)),
    ("500 bytes missing", 500, |file, at, _| drop(file.drain(at..at + 500))),
    ("3,000 bytes overwritten", 3000, |file, at, random| {
        file[at..at + 3000].fill_with(|| u8::try_from(random.next() & 0xFF).unwrap());
    }),
    ("cut and closed", 2, |file, at, _| {
        file.truncate(at);
        file.extend([0xFF, 0xD9]);
    }),
];

fn inspected(name: &str, bytes: &[u8]) -> Option<Inspection> {
    let (_folder, mut probed) = probed(name, bytes);
    inspect(&mut probed.picture)
}

#[test]
fn whole_jpegs_have_no_damage() {
    for (kind, jpeg) in jpegs() {
        assert_eq!(inspected("a.jpg", &jpeg), None, "{kind}");
    }
    let mut random = Random(3);
    for quality in [1, 30, 60, 85, 100] {
        for sampling in [SamplingFactor::F_1_1, SamplingFactor::F_2_1, SamplingFactor::F_4_1] {
            let (width, height) = (1 + random.below(90), 1 + random.below(90));
            let samples: Vec<u8> = (0..width * height * 3)
                .map(|_| if quality < 50 { 255 } else { u8::try_from(random.below(256)).unwrap() })
                .collect();
            let mut jpeg = Vec::new();
            let mut encoder = Encoder::new(&mut jpeg, quality);
            encoder.set_sampling_factor(sampling);
            encoder.set_restart_interval(u16::try_from(random.below(5)).unwrap());
            let (width, height) = (u16::try_from(width).unwrap(), u16::try_from(height).unwrap());
            encoder.encode(&samples, width, height, ColorType::Rgb).unwrap();
            let context = format!("{width} × {height}, {quality}, {sampling:?}");
            assert_eq!(inspected("a.jpg", &jpeg), None, "{context}");
        }
    }
}

#[test]
fn data_after_the_end_of_a_jpeg_is_no_damage() {
    let jpeg = images::jpeg();
    for tail in [&b"\0\0\0\0"[..], b"\0\0\0\x18ftypmp42", &images::jpeg()] {
        assert_eq!(inspected("a.jpg", &[&jpeg, tail].concat()), None);
    }
}

#[test]
fn damage_of_every_kind_of_jpeg_is_found() {
    let mut random = Random(11);
    for (kind, jpeg) in jpegs() {
        let start = scan_start(&jpeg) + 50;
        for (name, length, damage) in DAMAGE {
            assert!(start + length + 100 < jpeg.len(), "{kind} is large enough");
            for _ in 0..4 {
                let at = start + random.below(jpeg.len() - start - length - 100);
                let mut damaged = jpeg.clone();
                damage(&mut damaged, at, &mut random);
                let Some(Inspection::Damaged(found)) = inspected("a.jpg", &damaged) else {
                    panic!("{kind}, {name} at {at} of {} is not found", jpeg.len());
                };
                assert!(!found.is_harmless(), "{kind}, {name}: {found:?}");
            }
        }
    }
}

#[test]
fn restart_markers_limit_what_is_lost() {
    let all = jpegs();
    let lost = |kind: &str| {
        let mut jpeg = all[kind].clone();
        let at = scan_start(&jpeg) + (jpeg.len() - scan_start(&jpeg)) / 4;
        jpeg[at..at + 2000].fill(0x55);
        match inspected("a.jpg", &jpeg) {
            Some(Inspection::Damaged(damage)) => damage.lost,
            other => panic!("{other:?}"),
        }
    };
    let LostPart::Percent(with) = lost("restarts") else { panic!("no percentage") };
    let LostPart::Percent(without) = lost("4:4:4") else { panic!("no percentage") };
    assert!(with < 10, "{with}");
    assert!((60..=76).contains(&without), "{without}");
}

/// The damage that readers notice: parts of the file that are unlike it.
#[test]
fn no_edition_contains_the_data_of_a_damaged_jpeg() {
    let mut random = Random(23);
    for (kind, jpeg) in jpegs() {
        for (name, length, damage) in DAMAGE {
            let start = scan_start(&jpeg) + 200;
            let at = start + (jpeg.len() - start - length) / 2;
            let mut damaged = jpeg.clone();
            damage(&mut damaged, at, &mut random);
            let (_folder, mut probed) = probed("a.jpg", &damaged);
            assert!(inspect(&mut probed.picture).is_some());
            let image = pdf_image(&probed.picture).unwrap();
            let mut stream = Vec::new();
            image.copy(&mut stream).unwrap();
            let scan = &damaged[start - 150..start];
            let is_copied = stream.windows(scan.len()).any(|window| window == scan);
            assert!(!is_copied, "{kind}, {name}");
            // What is written instead is whole, and of the same size.
            let (_folder, mut written) = images::probed("b.jpg", &stream);
            assert_eq!(written.picture.stored, probed.picture.stored);
            assert_eq!(inspect(&mut written.picture), None, "{kind}, {name}");
            let [shown, printed] = [&probed.picture, &written.picture]
                .map(|picture| images::raster(picture, &FULL_SIZE).unwrap().rgb);
            let differences = shown.iter().zip(&printed).map(|(&a, &b)| u64::from(a.abs_diff(b)));
            let mean = differences.sum::<u64>() / shown.len() as u64;
            assert!(mean < 5, "{kind}, {name}: {mean}");
        }
    }
}

#[test]
fn what_comes_before_the_damage_is_kept() {
    let (width, height) = (usize::from(WIDTH), usize::from(HEIGHT));
    for (kind, jpeg) in jpegs() {
        // A progressive picture, and one in separate scans, is damaged everywhere.
        if !matches!(kind, "4:2:0" | "4:4:4" | "restarts" | "grey") {
            continue;
        }
        let whole = probed("a.jpg", &jpeg);
        let whole = images::raster(&whole.1.picture, &FULL_SIZE).unwrap();
        let mut damaged = jpeg.clone();
        damaged.truncate(scan_start(&jpeg) + (jpeg.len() - scan_start(&jpeg)) / 2);
        let (_folder, mut probed) = probed("a.jpg", &damaged);
        let Some(Inspection::Damaged(damage)) = inspect(&mut probed.picture) else {
            panic!("{kind} is damaged");
        };
        let LostPart::Percent(lost) = damage.lost else { panic!("{damage:?}") };
        assert!((35..=65).contains(&lost), "{kind}: {lost}");
        assert!(damage.is_truncated);
        let rest = images::raster(&probed.picture, &FULL_SIZE).unwrap();
        let kept = height * (100 - usize::from(lost) - 4) / 100 * width * 3;
        assert_eq!(rest.rgb[..kept], whole.rgb[..kept], "{kind}");
        // The rest is grey, not green.
        let last = &rest.rgb[rest.rgb.len() - 3..];
        assert!(last.iter().all(|&level| level.abs_diff(last[0]) < 3), "{kind}: {last:?}");
    }
}

#[test]
fn a_jpeg_that_lacks_only_its_end_marker_is_copied_with_one() {
    let jpeg = images::jpeg();
    let (_folder, mut probed) = probed("a.jpg", &jpeg[..jpeg.len() - 2]);
    let Some(Inspection::Damaged(damage)) = inspect(&mut probed.picture) else {
        panic!("it is truncated");
    };
    assert!(damage.is_harmless() && damage.is_truncated);
    let mut stream = Vec::new();
    pdf_image(&probed.picture).unwrap().copy(&mut stream).unwrap();
    let scan = &jpeg[scan_start(&jpeg)..];
    assert!(stream.ends_with(scan));
}

// ── other formats ──

/// A file of each format, and where its image data is.
fn other_formats() -> BTreeMap<&'static str, Vec<u8>> {
    let rgb = scene(3);
    let (width, height) = (u32::from(WIDTH), u32::from(HEIGHT));
    let mut png = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut png);
    image::ImageEncoder::write_image(encoder, &rgb, width, height, ExtendedColorType::Rgb8)
        .unwrap();
    let mut webp = Vec::new();
    WebPEncoder::new_lossless(&mut webp)
        .encode(&rgb, width, height, ExtendedColorType::Rgb8)
        .unwrap();
    let mut gif = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut gif);
    encoder.encode(&rgb, width, height, ExtendedColorType::Rgb8).unwrap();
    drop(encoder);
    let options =
        EncoderOptions::new(WIDTH.into(), HEIGHT.into(), ColorSpace::RGB, BitDepth::Eight);
    let mut jxl = Vec::new();
    zune_jpegxl::JxlSimpleEncoder::new(&rgb, options).encode(&mut jxl).unwrap();
    BTreeMap::from([
        ("a.png", png),
        ("a.webp", webp),
        ("a.gif", gif),
        ("a.jxl", jxl),
        ("plain.tif", tiff(&rgb, false)),
        ("packed.tif", tiff(&rgb, true)),
    ])
}

/// A TIFF of 16 strips, uncompressed or deflated.
fn tiff(rgb: &[u8], packed: bool) -> Vec<u8> {
    let (wide, high) = (WIDTH.to_le_bytes(), HEIGHT.to_le_bytes());
    let compression = [if packed { 8 } else { 1 }, 0];
    let rows = (HEIGHT / 16).to_le_bytes();
    let tags: [images::Tag; 7] = [
        (256, 3, 1, &wide),
        (257, 3, 1, &high),
        (258, 3, 3, &[8, 0, 8, 0, 8, 0]),
        (259, 3, 1, &compression),
        (262, 3, 1, &[2, 0]),
        (277, 3, 1, &[3, 0]),
        (278, 3, 1, &rows),
    ];
    let strips: Vec<Vec<u8>> = rgb
        .chunks(rgb.len() / 16)
        .map(|strip| if packed { image_formats::deflated(strip) } else { strip.to_vec() })
        .collect();
    image_formats::tiff(&tags, &strips, false)
}

#[test]
fn whole_files_of_other_formats_have_no_damage() {
    for (name, file) in other_formats() {
        assert_eq!(inspected(name, &file), None, "{name}");
    }
}

/// What `check` says of each format with each damage, as the table in the docs has it.
#[test]
fn every_damaged_format_is_found_or_refused() {
    let mut table = String::new();
    let mut all = other_formats();
    all.insert("a.jpg", jpegs()["4:2:0"].clone());
    for (name, file) in all {
        let middle = file.len() / 2;
        let variants = [
            ("cut in half", file[..middle].to_vec()),
            ("zeroed", {
                let mut file = file.clone();
                file[middle..middle + 3000].fill(0);
                file
            }),
            ("overwritten", {
                let mut random = Random(5);
                let mut file = file.clone();
                file[middle..middle + 3000]
                    .fill_with(|| u8::try_from(random.next() & 0xFF).unwrap());
                file
            }),
            ("500 bytes missing", [&file[..middle], &file[middle + 500..]].concat()),
        ];
        for (damage, bytes) in variants {
            let said = match probe(name, &bytes) {
                (_, Err(finding)) => format!("{} {}", finding.code, finding.message),
                (_folder, Ok(mut probed)) => match inspect(&mut probed.picture) {
                    None => "nothing".to_owned(),
                    Some(Inspection::Unreadable(reason)) => format!("unreadable: {reason}"),
                    Some(Inspection::Damaged(found)) => {
                        let raster = images::raster(&probed.picture, &FULL_SIZE);
                        let outcome = if raster.is_ok() { "shown" } else { "refused" };
                        format!("{}; {:?}; {outcome}", found.cause, found.lost)
                    }
                },
            };
            writeln!(table, "{name}, {damage}: {said}").unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn the_rows_of_a_png_before_the_damage_are_kept() {
    let rgb = scene(3);
    let png = other_formats()["a.png"].clone();
    let (_folder, mut probed) = probed("a.png", &png[..png.len() / 2]);
    let Some(Inspection::Damaged(damage)) = inspect(&mut probed.picture) else {
        panic!("it is truncated");
    };
    let LostPart::Percent(lost) = damage.lost else { panic!("{damage:?}") };
    assert!((30..70).contains(&lost), "{lost}");
    let raster = images::raster(&probed.picture, &FULL_SIZE).unwrap();
    let kept = rgb.len() * (99 - usize::from(lost)) / 100;
    assert_eq!(raster.rgb[..kept], rgb[..kept]);
}

#[test]
fn the_strips_of_a_tiff_that_are_whole_are_kept() {
    let rgb = scene(3);
    for (name, packed) in [("plain.tif", false), ("packed.tif", true)] {
        let file = tiff(&rgb, packed);
        let (_folder, mut probed) = probed(name, &file[..file.len() / 2]);
        let Some(Inspection::Damaged(damage)) = inspect(&mut probed.picture) else {
            panic!("{name} is truncated");
        };
        assert!(damage.is_truncated);
        let LostPart::Percent(lost) = damage.lost else { panic!("{damage:?}") };
        assert!((40..=60).contains(&lost), "{name}: {lost}");
        let raster = images::raster(&probed.picture, &FULL_SIZE).unwrap();
        let kept = rgb.len() * 6 / 16;
        assert_eq!(raster.rgb[..kept], rgb[..kept], "{name}");
    }
}

// ── a book ──

fn damaged_book() -> BookFixture {
    let jpeg = jpegs()["4:2:0"].clone();
    let mut damaged = jpeg.clone();
    let middle = jpeg.len() / 2;
    damaged[middle..middle + 3000].fill(0);
    BookFixture::new(
        "title: Winter Road\nallow: [resolution]\npages:\n  - { photo: whole.jpg, alt: A }\n  - { \
         photo: damaged.jpg, alt: B }\n  - text: text.md\n",
    )
    .file("whole.jpg", jpeg)
    .file("damaged.jpg", damaged)
    .file("text.md", "Notes\n\n![A](figure.jpg)\n")
    .file("figure.jpg", &jpegs()["grey"][..40_000])
}

#[test]
fn check_reports_damaged_photos_where_they_are_named() {
    let book = damaged_book();
    let run = book.recto("check --format json");
    let findings = run.json();
    let places: Vec<_> = findings["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| {
            ["photo-damaged", "photo-truncated"].contains(&finding["code"].as_str().unwrap())
        })
        .map(|finding| {
            let file = finding["file"].as_str().unwrap();
            (file.to_owned(), finding["line"].as_u64().unwrap(), finding["severity"].clone())
        })
        .collect();
    assert_eq!(
        places,
        [("book.yaml".into(), 5, "warning".into()), ("text.md".into(), 3, "warning".into())]
    );
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn denied_warnings_stop_a_book_with_a_damaged_photo() {
    let book = damaged_book();
    let run = book.recto("build --only epub --deny warnings");
    assert_eq!(run.code, 1, "{run:?}");
    assert!(!book.path("dist/winter-road.epub").exists());
    assert_eq!(book.recto("build --only epub,print").code, 0);
    assert!(book.path("dist/winter-road.epub").exists());
    assert!(book.path("dist/winter-road-print.pdf").exists());
    for name in ["damaged.jpg", "figure.jpg"] {
        book.write(name, book.read("whole.jpg"));
    }
    assert_eq!(book.recto("build --only epub --deny warnings").code, 0);
}

#[test]
fn an_e_book_shows_what_is_left() {
    let files = files(&damaged_book(), Edition::Epub);
    let pictures = files
        .iter()
        .filter(|(name, _)| name.starts_with("OEBPS/images/") && *name != "OEBPS/images/cover.jpg");
    let mut count = 0;
    for (name, jpeg) in pictures {
        assert_eq!(inspected("a.jpg", jpeg), None, "{name}");
        count += 1;
    }
    assert_eq!(count, 3);
}

#[test]
fn results_are_cached_by_the_bytes_of_the_photo() {
    let book = damaged_book();
    let cache = |folder: &str| {
        let now = Duration::from_secs(1_900_000_000);
        CacheOptions { folder: book.path(folder), max_bytes: 1 << 30, now }
    };
    let inspect = |options: CacheOptions| {
        let processor = ImageProcessor::new(ProcessorOptions {
            cache: Some(options),
            ..ProcessorOptions::default()
        });
        let loaded = book.load().book.unwrap();
        let inspections = processor.inspect(&loaded.pictures());
        (inspections, processor.close())
    };
    let (first, stats) = inspect(cache("cache"));
    assert_eq!((first.len(), stats.processed, stats.cache_hits), (2, 3, 0));
    // The same bytes under another name are known.
    book.write("renamed.jpg", book.read("damaged.jpg"));
    let manifest = String::from_utf8(book.read("book.yaml")).unwrap();
    book.write("book.yaml", manifest.replace("damaged.jpg", "renamed.jpg"));
    let (second, stats) = inspect(cache("cache"));
    assert_eq!((second.len(), stats.processed, stats.cache_hits), (2, 0, 3));
    assert_eq!(second[&book.path("renamed.jpg")], first[&book.path("damaged.jpg")]);
    // A cache that cannot be used changes nothing.
    book.write("blocked", "a file, not a folder");
    let (third, stats) = inspect(cache("blocked"));
    assert_eq!((&third, stats.processed), (&second, 3));
}

#[cfg(unix)]
#[test]
fn a_damaged_file_is_reported_by_all_of_its_names() {
    let fixture = BookFixture::new("");
    let jpeg = images::jpeg();
    fixture.write("a.jpg", &jpeg[..jpeg.len() - 40]);
    std::fs::hard_link(fixture.path("a.jpg"), fixture.path("b.jpg")).unwrap();
    fixture.write("c.jpg", &jpeg);
    let photos = ["a.jpg", "b.jpg", "c.jpg"].map(|name| {
        let probed = picture::probe(&fixture.path(name), name, &mut Profiles::default());
        probed.unwrap().picture
    });
    let mut progress = Vec::new();
    let found = ImageProcessor::new(ProcessorOptions::default())
        .inspect_with_progress(&photos.each_ref(), |done, all| progress.push((done, all)));
    assert_eq!(
        found.into_keys().collect::<Vec<_>>(),
        [fixture.path("a.jpg"), fixture.path("b.jpg")]
    );
    assert_eq!(progress, [(2, 3), (3, 3)]);
}
