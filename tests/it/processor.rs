//! The image processor and its cache: hits, invalidation, damaged entries, and the size limit.
#![expect(clippy::disallowed_methods, reason = "the tests read and damage the cache")]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use image::ExtendedColorType;
use jpeg_encoder::ColorType;
use recto::model::{Orientation, Picture, Pixels, Profile, ProfileSpace};
use recto::picture::{
    self, CACHE_VERSION, CacheOptions, ImageProcessor, PictureError, ProcessedImage,
    ProcessorOptions, ProcessorStats, Profiles, Raster, ScaleOptions, Scaled,
};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::support::images;

const OPTIONS: ScaleOptions = ScaleOptions { max_edge: 20, max_pixels: u64::MAX, quality: 80 };
const DAY: u64 = 24 * 60 * 60;

/// A folder with photos and a cache.
struct Fixture {
    folder: TempDir,
}

impl Fixture {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    fn photo(&self, name: &str, bytes: &[u8]) -> Picture {
        let path = images::write(self.folder.path(), name, bytes);
        picture::probe(&path, name, &mut Profiles::default()).unwrap().picture
    }

    fn cache(&self) -> CacheOptions {
        let folder = self.folder.path().join("image-cache");
        CacheOptions { folder, max_bytes: 1 << 20, now: Duration::from_secs(20_000 * DAY) }
    }

    fn cache_on_day(&self, day: u64) -> CacheOptions {
        CacheOptions { now: Duration::from_secs(day * DAY), ..self.cache() }
    }

    fn entries(&self) -> Vec<PathBuf> {
        let Ok(files) = fs::read_dir(self.cache().folder.join("pictures")) else {
            return Vec::new();
        };
        let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        paths.sort();
        paths
    }
}

fn open(cache: CacheOptions) -> ImageProcessor {
    ImageProcessor::new(ProcessorOptions { cache: Some(cache), ..ProcessorOptions::default() })
}

/// Scales a photo with this cache, as one build does.
fn scaled(
    cache: CacheOptions,
    picture: &Picture,
    options: &ScaleOptions,
) -> (Scaled, ProcessorStats) {
    let processor = open(cache);
    let scaled = processor.scaled(picture, options).unwrap();
    (scaled, processor.close())
}

#[cfg(unix)]
fn now() -> Duration {
    std::time::SystemTime::now().duration_since(UNIX_EPOCH).unwrap()
}

/// How many images were processed, and how many were read from the cache.
fn counts(stats: &ProcessorStats) -> (usize, usize) {
    assert!(stats.cache_error.is_none(), "{:?}", stats.cache_error);
    (stats.processed, stats.cache_hits)
}

#[test]
fn a_cached_image_has_the_same_bytes() {
    let fixture = Fixture::new();
    let photo = fixture.photo("a.jpg", &images::jpeg());
    let uncached = images::scaled(&photo, &OPTIONS).unwrap();
    let (first, stats) = scaled(fixture.cache(), &photo, &OPTIONS);
    assert_eq!(counts(&stats), (1, 0));
    let (second, stats) = scaled(fixture.cache(), &photo, &OPTIONS);
    assert_eq!(counts(&stats), (0, 1));
    assert!(first == uncached && second == uncached);
}

#[test]
fn a_drawn_image_is_encoded_once() {
    let fixture = Fixture::new();
    let drawing =
        |level| Raster { pixels: Pixels { width: 16, height: 8 }, rgb: vec![level; 16 * 8 * 3] };
    let encode = |level, quality| {
        let processor = open(fixture.cache());
        let drawn = processor.encode(drawing(level), quality).unwrap();
        assert_eq!(drawn, picture::encoded(drawing(level), quality).unwrap());
        counts(&processor.close())
    };
    assert_eq!([encode(9, 80), encode(9, 80)], [(1, 0), (0, 1)]);
    // Different pixels and a different quality are different images.
    assert_eq!([encode(10, 80), encode(9, 81), encode(9, 80)], [(1, 0), (1, 0), (0, 1)]);
    let upright = Raster { pixels: Pixels { width: 8, height: 16 }, ..drawing(9) };
    assert_eq!(open(fixture.cache()).encode(upright, 80).unwrap().pixels.height, 16);
}

#[test]
fn a_photo_is_identified_by_its_content_and_not_by_its_name() {
    let fixture = Fixture::new();
    scaled(fixture.cache(), &fixture.photo("a.jpg", &images::jpeg()), &OPTIONS);
    let copy = fixture.photo("elsewhere.jpg", &images::jpeg());
    assert_eq!(counts(&scaled(fixture.cache(), &copy, &OPTIONS).1), (0, 1));
}

#[test]
fn a_photo_with_the_same_name_length_and_timestamp_but_other_content_is_processed() {
    let fixture = Fixture::new();
    let light = vec![200; 40 * 24 * 3];
    let dark = vec![20; 40 * 24 * 3];
    let [light, dark] = [light, dark].map(|rgb| images::jpeg_of(&rgb, 40, 24, ColorType::Rgb));
    assert_eq!(light.len(), dark.len());
    let time = UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let photo = |bytes: &[u8]| {
        let photo = fixture.photo("a.jpg", bytes);
        File::options().write(true).open(&photo.path).unwrap().set_modified(time).unwrap();
        photo
    };
    let (first, _) = scaled(fixture.cache(), &photo(&light), &OPTIONS);
    let (second, stats) = scaled(fixture.cache(), &photo(&dark), &OPTIONS);
    assert_eq!(counts(&stats), (1, 0));
    assert!(first != second);
}

/// A stored hash is replaced by another one. If the photo is not read, that hash is used and the
/// image is not found in the cache.
#[cfg(unix)]
#[test]
fn an_unchanged_photo_is_not_read() {
    let fixture = Fixture::new();
    let photo = fixture.photo("a.jpg", &images::jpeg());
    // Late enough after the photo was written for the resolution of any clock.
    let later =
        |seconds| CacheOptions { now: now() + Duration::from_secs(seconds), ..fixture.cache() };
    let sources = || -> Vec<PathBuf> {
        let files = fs::read_dir(fixture.cache().folder.join("sources"));
        files.map_or(Vec::new(), |files| files.map(|file| file.unwrap().path()).collect())
    };
    // A change soon after this could leave the same timestamp, so no hash is stored.
    scaled(later(0), &photo, &OPTIONS);
    assert_eq!(sources(), Vec::<PathBuf>::new());
    assert_eq!(counts(&scaled(later(60), &photo, &OPTIONS).1), (0, 1));
    let [written] = sources().try_into().unwrap();
    let text = fs::read_to_string(&written).unwrap();
    let (hash, stamp) = text.split_once(' ').unwrap();
    fs::write(&written, format!("{} {stamp}", "0".repeat(hash.len()))).unwrap();
    assert_eq!(counts(&scaled(later(60), &photo, &OPTIONS).1), (1, 0));

    // A damaged file is ignored and written anew.
    for damaged in ["", "not a hash", &text[..text.len() - 1], &text.replace(' ', "  ")] {
        fs::write(&written, damaged).unwrap();
        assert_eq!(counts(&scaled(later(60), &photo, &OPTIONS).1), (0, 1), "{damaged:?}");
        assert_eq!(fs::read_to_string(&written).unwrap(), text);
    }

    // A hash that was not used for 90 days is deleted when another one is written.
    let other = fixture.photo("b.jpg", &images::jpeg());
    scaled(later(100 * DAY), &other, &OPTIONS);
    assert!(!written.exists());
    assert_eq!(sources().len(), 1);
}

#[cfg(unix)]
#[test]
fn a_photo_changed_in_place_with_its_old_timestamp_and_length_is_read() {
    use std::io::Write as _;

    let fixture = Fixture::new();
    let [light, dark] =
        [200, 20].map(|level| images::jpeg_of(&vec![level; 40 * 24 * 3], 40, 24, ColorType::Rgb));
    assert_eq!(light.len(), dark.len());
    let photo = fixture.photo("a.jpg", &light);
    let later = || CacheOptions { now: now() + Duration::from_mins(1), ..fixture.cache() };
    let (first, _) = scaled(later(), &photo, &OPTIONS);
    let date = fs::metadata(&photo.path).unwrap().modified().unwrap();
    let file = File::options().write(true).open(&photo.path).unwrap();
    (&file).write_all(&dark).unwrap();
    file.set_modified(date).unwrap();
    let (second, stats) = scaled(later(), &photo, &OPTIONS);
    assert_eq!(counts(&stats), (1, 0));
    assert!(first != second);
}

#[test]
fn every_parameter_has_an_entry_of_its_own() {
    let fixture = Fixture::new();
    let photo = fixture.photo("a.jpg", &images::jpeg());
    let tagged = images::profile_segments(picture::srgb(), 1)
        .iter()
        .fold(images::jpeg(), |jpeg, part| images::with_segment(&jpeg, 0xE2, part));
    let profile = fixture.photo("tagged.jpg", &tagged).profile;
    assert!(profile.is_some());
    let pictures = [
        photo.clone(),
        Picture { orientation: Orientation::Turned90, ..photo.clone() },
        Picture { profile, ..photo.clone() },
    ];
    let variants = [
        OPTIONS,
        ScaleOptions { max_edge: 21, ..OPTIONS },
        ScaleOptions { max_pixels: 30, ..OPTIONS },
        ScaleOptions { quality: 81, ..OPTIONS },
    ];
    let processor = open(fixture.cache());
    for picture in &pictures {
        for options in &variants {
            processor.scaled(picture, options).unwrap();
        }
    }
    // The same result for another purpose.
    let scaled = images::scaled(&photo, &OPTIONS).unwrap();
    let process = || Ok(ProcessedImage { bytes: scaled.jpeg.clone(), pixels: scaled.pixels });
    processor.process(&photo, "for the press", process).unwrap();
    assert_eq!(counts(&processor.close()), (13, 0));
    assert_eq!(fixture.entries().len(), 13);
}

#[test]
fn a_damaged_entry_is_detected_and_replaced() {
    let fixture = Fixture::new();
    let photo = fixture.photo("a.jpg", &images::jpeg());
    let (uncached, _) = scaled(fixture.cache(), &photo, &OPTIONS);
    let [entry] = &fixture.entries()[..] else { panic!("one entry") };
    let whole = fs::read(entry).unwrap();
    let flipped = (0..whole.len()).step_by(7).chain(whole.len() - 60..whole.len()).map(|index| {
        let mut bytes = whole.clone();
        bytes[index] ^= 1 << (index % 8);
        bytes
    });
    let truncated =
        [0, 1, 19, 20, whole.len() / 2, whole.len() - 1].map(|end| whole[..end].to_vec());
    let longer = [[&whole[..], &[0]].concat(), [&[0], &whole[..]].concat()];
    for damaged in flipped.chain(truncated).chain(longer) {
        fs::write(entry, &damaged).unwrap();
        let (again, stats) = scaled(fixture.cache(), &photo, &OPTIONS);
        assert_eq!(counts(&stats), (1, 0));
        assert!(again == uncached);
        assert!(fs::read(entry).unwrap() == whole, "repaired");
    }
}

#[test]
fn an_entry_under_the_name_of_another_is_damaged() {
    let fixture = Fixture::new();
    let photo = fixture.photo("a.jpg", &images::jpeg());
    let (uncached, _) = scaled(fixture.cache(), &photo, &OPTIONS);
    scaled(fixture.cache(), &photo, &ScaleOptions { quality: 30, ..OPTIONS });
    let [one, other] = &fixture.entries()[..] else { panic!("two entries") };
    let (a, b) = (fs::read(one).unwrap(), fs::read(other).unwrap());
    fs::write(one, b).unwrap();
    fs::write(other, a).unwrap();
    let (again, stats) = scaled(fixture.cache(), &photo, &OPTIONS);
    assert_eq!(counts(&stats), (1, 0));
    assert!(again == uncached);
}

#[test]
fn concurrent_builds_may_share_an_empty_cache() {
    let fixture = Fixture::new();
    let photos: Vec<_> = (0..6_u8)
        .map(|number| {
            let jpeg = images::with_segment(&images::jpeg(), 0xFE, &[number]);
            fixture.photo(&format!("{number}.jpg"), &jpeg)
        })
        .collect();
    let uncached: Vec<_> =
        photos.iter().map(|photo| images::scaled(photo, &OPTIONS).unwrap()).collect();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let options = ProcessorOptions {
                    jobs: 2,
                    cache: Some(fixture.cache()),
                    ..ProcessorOptions::default()
                };
                let processor = ImageProcessor::new(options);
                let mut all = Vec::new();
                processor
                    .in_order(
                        &photos,
                        |photo| Some(photo),
                        |photo| processor.scaled(photo, &OPTIONS),
                        |_, scaled| {
                            all.push(scaled?);
                            Ok::<_, PictureError>(())
                        },
                    )
                    .unwrap();
                assert!(all == uncached);
                let (processed, hits) = counts(&processor.close());
                assert_eq!(processed + hits, photos.len());
            });
        }
    });
    assert_eq!(fixture.entries().len(), photos.len(), "temporary files are removed");
}

#[test]
fn the_least_recently_used_entries_are_deleted_first() {
    let fixture = Fixture::new();
    let photo = fixture.photo("a.jpg", &images::jpeg());
    let pixels = photo.stored;
    let process = |cache, names: &[&str]| {
        let processor = open(cache);
        for name in names {
            let process = || Ok(ProcessedImage { bytes: vec![7; 1000], pixels });
            processor.process(&photo, name, process).unwrap();
        }
        counts(&processor.close())
    };
    // Four entries, each a day newer than the one before; then the oldest is used again.
    for (day, name) in (1..).zip(["one", "two", "three", "four"]) {
        assert_eq!(process(fixture.cache_on_day(day), &[name]), (1, 0));
    }
    assert_eq!(process(fixture.cache_on_day(5), &["one"]), (0, 1));
    let max_bytes = fixture.entries().iter().map(|path| path.metadata().unwrap().len()).sum();
    // The fifth exceeds the limit.
    assert_eq!(process(CacheOptions { max_bytes, ..fixture.cache_on_day(6) }, &["five"]), (1, 0));
    assert_eq!(fixture.entries().len(), 4);
    for recent in ["one", "three", "four", "five"] {
        assert_eq!(process(fixture.cache_on_day(7), &[recent]), (0, 1), "{recent}");
    }
    assert_eq!(
        process(fixture.cache_on_day(8), &["two"]),
        (1, 0),
        "it was the least recently used"
    );

    // A cache too small for one build keeps the entries of that build, and no others.
    let small = CacheOptions { max_bytes: max_bytes / 3, ..fixture.cache_on_day(9) };
    assert_eq!(process(small, &["one", "six", "seven"]), (2, 1));
    assert_eq!(fixture.entries().len(), 3);
}

#[test]
fn temporary_files_of_killed_builds_are_deleted_and_others_are_kept() {
    let fixture = Fixture::new();
    let photo = fixture.photo("a.jpg", &images::jpeg());
    scaled(fixture.cache_on_day(1), &photo, &OPTIONS);
    let pictures = fixture.cache().folder.join("pictures");
    let write = |name: &str| {
        fs::write(pictures.join(name), vec![0; 1 << 16]).unwrap();
        File::options().write(true).open(pictures.join(name)).unwrap()
    };
    let (killed, running) = (".picture.abcdef.part", ".picture.ghijkl.part");
    write(killed);
    let lock = write(running);
    lock.lock().unwrap();
    write("letter.txt");
    let cache = CacheOptions { max_bytes: 0, ..fixture.cache_on_day(9) };
    let processor = open(CacheOptions { max_bytes: 1 << 20, ..cache });
    processor.scaled(&photo, &ScaleOptions { quality: 10, ..OPTIONS }).unwrap();
    processor.close();
    let exists = |name: &str| pictures.join(name).exists();
    assert!(!exists(killed) && exists(running) && exists("letter.txt"));
}

#[test]
fn a_cache_that_cannot_be_written_is_a_note() {
    let fixture = Fixture::new();
    let photo = fixture.photo("a.jpg", &images::jpeg());
    // There is a file instead of the folder.
    fs::write(fixture.cache().folder, "").unwrap();
    let (scaled, stats) = scaled(fixture.cache(), &photo, &OPTIONS);
    assert!(scaled == images::scaled(&photo, &OPTIONS).unwrap());
    assert_eq!((stats.processed, stats.cache_hits), (1, 0));
    let finding = stats.cache_error.unwrap();
    assert_eq!(
        (finding.code.name(), finding.severity.to_string().as_str()),
        ("cache-unwritable", "note")
    );
    assert!(finding.message.contains("image-cache"), "{}", finding.message);
}

#[cfg(unix)]
#[test]
fn the_cache_is_private_and_excluded_from_backups() {
    use std::os::unix::fs::PermissionsExt as _;
    let fixture = Fixture::new();
    scaled(fixture.cache(), &fixture.photo("a.jpg", &images::jpeg()), &OPTIONS);
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&fixture.cache().folder), 0o700);
    assert_eq!(mode(&fixture.entries()[0]), 0o600);
    let tag = fs::read_to_string(fixture.cache().folder.join("CACHEDIR.TAG")).unwrap();
    assert!(tag.starts_with("Signature: 8a477f597d28d172789f06886806bc55"));
}

#[test]
fn a_missing_photo_is_reported_as_without_a_cache() {
    let fixture = Fixture::new();
    let photo = fixture.photo("a.jpg", &images::jpeg());
    fs::remove_file(&photo.path).unwrap();
    let missing = open(fixture.cache()).scaled(&photo, &OPTIONS);
    assert!(matches!(missing, Err(PictureError::Read { .. })), "{missing:?}");
    assert!(fixture.entries().is_empty());
}

/// The cache version and the hash of the images that the test below processes.
const EXPECTED: (u32, &str) = (8, "cc5a9a0509cd542e");

// Decoders use the instructions of the processor; the results may differ slightly on others.
#[cfg(target_arch = "x86_64")]
#[test]
fn processed_images_change_only_with_the_cache_version() {
    let fixture = Fixture::new();
    let gray: Vec<u8> = (0..40 * 24).map(|n| u8::try_from(n % 251).unwrap()).collect();
    let inks: Vec<u8> = (0..40 * 24 * 4).map(|n| u8::try_from(n * 7 % 256).unwrap()).collect();
    let rgba: Vec<u8> = (0..40 * 24 * 4).map(|n| u8::try_from(n * 3 % 256).unwrap()).collect();
    let wide: Vec<u8> = (0..40 * 24 * 6).map(|n| u8::try_from(n * 5 % 256).unwrap()).collect();
    let png = |samples: &[u8], colour| images::png(samples, colour, &[]);
    let photo = fixture.photo("a.jpg", &images::jpeg());
    let cmyk = fixture.photo("b.jpg", &images::jpeg_of(&inks, 40, 24, ColorType::Cmyk));
    let fogra = Profile { bytes: picture::fogra39().to_vec(), space: ProfileSpace::Cmyk };
    let pictures = [
        Picture { orientation: Orientation::Turned90, ..photo.clone() },
        photo,
        Picture { profile: Some(Arc::new(fogra)), ..cmyk.clone() },
        cmyk,
        fixture.photo("c.jpg", &images::jpeg_of(&gray, 40, 24, ColorType::Luma)),
        fixture.photo("d.png", &png(&rgba, ExtendedColorType::Rgba8)),
        fixture.photo("e.png", &png(&wide, ExtendedColorType::Rgb16)),
    ];
    let mut hash = Sha256::new();
    for picture in &pictures {
        for options in [OPTIONS, ScaleOptions { quality: 95, max_edge: 100, ..OPTIONS }] {
            hash.update(images::scaled(picture, &options).unwrap().jpeg);
        }
    }
    let hash = hash.finalize().iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    assert!(
        (CACHE_VERSION, &hash[..16]) == EXPECTED,
        "images are processed differently: raise CACHE_VERSION in src/picture/cache/mod.rs, so that \
         cached images are not used, and change EXPECTED to ({}, {:?})",
        EXPECTED.0 + 1,
        &hash[..16]
    );
}
