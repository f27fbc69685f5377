//! What was made is found again, and nothing wrong with what was kept does any harm.
#![expect(clippy::disallowed_methods, reason = "the tests look at, and into, what is kept")]

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

use crate::support::generate;

const RECIPE: ScaleOptions = ScaleOptions { max_edge: 20, max_pixels: u64::MAX, quality: 80 };
const DAY: u64 = 24 * 60 * 60;

/// Photos, and a shelf for what is made of them.
struct Room {
    folder: TempDir,
}

impl Room {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    fn photo(&self, name: &str, bytes: &[u8]) -> Picture {
        let path = generate::put(self.folder.path(), name, bytes);
        picture::probe(&path, name, &mut Profiles::default()).unwrap().picture
    }

    fn shelf(&self) -> CacheOptions {
        let folder = self.folder.path().join("shelf");
        CacheOptions { folder, max_bytes: 1 << 20, now: Duration::from_secs(20_000 * DAY) }
    }

    fn on_day(&self, day: u64) -> CacheOptions {
        CacheOptions { now: Duration::from_secs(day * DAY), ..self.shelf() }
    }

    fn entries(&self) -> Vec<PathBuf> {
        let Ok(files) = fs::read_dir(self.shelf().folder.join("pictures")) else {
            return Vec::new();
        };
        let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        paths.sort();
        paths
    }
}

fn open(shelf: CacheOptions) -> ImageProcessor {
    ImageProcessor::new(ProcessorOptions { cache: Some(shelf), ..ProcessorOptions::default() })
}

/// What one build makes of a picture, and how.
fn made(shelf: CacheOptions, picture: &Picture, recipe: &ScaleOptions) -> (Scaled, ProcessorStats) {
    let processor = open(shelf);
    let scaled = processor.scaled(picture, recipe).unwrap();
    (scaled, processor.close())
}

#[cfg(unix)]
fn now() -> Duration {
    std::time::SystemTime::now().duration_since(UNIX_EPOCH).unwrap()
}

fn counts(tally: &ProcessorStats) -> (usize, usize) {
    assert!(tally.cache_error.is_none(), "{:?}", tally.cache_error);
    (tally.processed, tally.cache_hits)
}

#[test]
fn what_was_made_is_found_again_with_the_same_bytes() {
    let room = Room::new();
    let photo = room.photo("a.jpg", &generate::jpeg());
    let fresh = picture::scaled(&photo, &RECIPE).unwrap();
    let (first, tally) = made(room.shelf(), &photo, &RECIPE);
    assert_eq!(counts(&tally), (1, 0));
    let (second, tally) = made(room.shelf(), &photo, &RECIPE);
    assert_eq!(counts(&tally), (0, 1));
    assert!(first == fresh && second == fresh);
}

#[test]
fn a_drawing_is_encoded_once() {
    let room = Room::new();
    let drawing =
        |level| Raster { pixels: Pixels { width: 16, height: 8 }, rgb: vec![level; 16 * 8 * 3] };
    let once = |level, quality| {
        let processor = open(room.shelf());
        let drawn = processor.encode(drawing(level), quality).unwrap();
        assert_eq!(drawn, picture::encoded(drawing(level), quality).unwrap());
        counts(&processor.close())
    };
    assert_eq!([once(9, 80), once(9, 80)], [(1, 0), (0, 1)]);
    // Other pixels and another quality are other pictures.
    assert_eq!([once(10, 80), once(9, 81), once(9, 80)], [(1, 0), (1, 0), (0, 1)]);
    let turned = Raster { pixels: Pixels { width: 8, height: 16 }, ..drawing(9) };
    assert_eq!(open(room.shelf()).encode(turned, 80).unwrap().pixels.height, 16);
}

#[test]
fn a_photo_is_known_by_what_it_holds_and_not_by_its_name() {
    let room = Room::new();
    made(room.shelf(), &room.photo("a.jpg", &generate::jpeg()), &RECIPE);
    let copy = room.photo("elsewhere.jpg", &generate::jpeg());
    assert_eq!(counts(&made(room.shelf(), &copy, &RECIPE).1), (0, 1));
}

#[test]
fn another_photo_of_the_same_name_length_and_time_is_another() {
    let room = Room::new();
    let light = vec![200; 40 * 24 * 3];
    let dark = vec![20; 40 * 24 * 3];
    let [light, dark] = [light, dark].map(|rgb| generate::jpeg_of(&rgb, 40, 24, ColorType::Rgb));
    assert_eq!(light.len(), dark.len());
    let time = UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let put = |bytes: &[u8]| {
        let photo = room.photo("a.jpg", bytes);
        File::options().write(true).open(&photo.path).unwrap().set_modified(time).unwrap();
        photo
    };
    let (first, _) = made(room.shelf(), &put(&light), &RECIPE);
    let (second, tally) = made(room.shelf(), &put(&dark), &RECIPE);
    assert_eq!(counts(&tally), (1, 0));
    assert!(first != second);
}

/// Whether a photo is read again is seen by what was written down of it: under another hash,
/// what was made is not found.
#[cfg(unix)]
#[test]
fn a_photo_that_stayed_as_it_was_is_not_read_again() {
    let room = Room::new();
    let photo = room.photo("a.jpg", &generate::jpeg());
    // Long enough after the photo was put there for any clock.
    let later =
        |seconds| CacheOptions { now: now() + Duration::from_secs(seconds), ..room.shelf() };
    let sources = || -> Vec<PathBuf> {
        let files = fs::read_dir(room.shelf().folder.join("sources"));
        files.map_or(Vec::new(), |files| files.map(|file| file.unwrap().path()).collect())
    };
    // So soon after, the next change might leave the same stamp.
    made(later(0), &photo, &RECIPE);
    assert_eq!(sources(), Vec::<PathBuf>::new());
    assert_eq!(counts(&made(later(60), &photo, &RECIPE).1), (0, 1));
    let [written] = sources().try_into().unwrap();
    let text = fs::read_to_string(&written).unwrap();
    let (hash, stamp) = text.split_once(' ').unwrap();
    fs::write(&written, format!("{} {stamp}", "0".repeat(hash.len()))).unwrap();
    assert_eq!(counts(&made(later(60), &photo, &RECIPE).1), (1, 0));

    // What is damaged is not believed, and mended.
    for damaged in ["", "not a hash", &text[..text.len() - 1], &text.replace(' ', "  ")] {
        fs::write(&written, damaged).unwrap();
        assert_eq!(counts(&made(later(60), &photo, &RECIPE).1), (0, 1), "{damaged:?}");
        assert_eq!(fs::read_to_string(&written).unwrap(), text);
    }

    // Nobody asked for it in a quarter of a year; another one was asked for.
    let other = room.photo("b.jpg", &generate::jpeg());
    made(later(100 * DAY), &other, &RECIPE);
    assert!(!written.exists());
    assert_eq!(sources().len(), 1);
}

#[cfg(unix)]
#[test]
fn a_photo_changed_in_place_with_its_old_date_and_length_is_read_again() {
    use std::io::Write as _;

    let room = Room::new();
    let [light, dark] =
        [200, 20].map(|level| generate::jpeg_of(&vec![level; 40 * 24 * 3], 40, 24, ColorType::Rgb));
    assert_eq!(light.len(), dark.len());
    let photo = room.photo("a.jpg", &light);
    let later = || CacheOptions { now: now() + Duration::from_mins(1), ..room.shelf() };
    let (first, _) = made(later(), &photo, &RECIPE);
    let date = fs::metadata(&photo.path).unwrap().modified().unwrap();
    let file = File::options().write(true).open(&photo.path).unwrap();
    (&file).write_all(&dark).unwrap();
    file.set_modified(date).unwrap();
    let (second, tally) = made(later(), &photo, &RECIPE);
    assert_eq!(counts(&tally), (1, 0));
    assert!(first != second);
}

#[test]
fn every_parameter_makes_an_entry_of_its_own() {
    let room = Room::new();
    let photo = room.photo("a.jpg", &generate::jpeg());
    let tagged = generate::profile_segments(picture::srgb(), 1)
        .iter()
        .fold(generate::jpeg(), |jpeg, part| generate::with_segment(&jpeg, 0xE2, part));
    let profile = room.photo("tagged.jpg", &tagged).profile;
    assert!(profile.is_some());
    let pictures = [
        photo.clone(),
        Picture { orientation: Orientation::Turned90, ..photo.clone() },
        Picture { profile, ..photo.clone() },
    ];
    let recipes = [
        RECIPE,
        ScaleOptions { max_edge: 21, ..RECIPE },
        ScaleOptions { max_pixels: 30, ..RECIPE },
        ScaleOptions { quality: 81, ..RECIPE },
    ];
    let processor = open(room.shelf());
    for picture in &pictures {
        for recipe in &recipes {
            processor.scaled(picture, recipe).unwrap();
        }
    }
    // Another process, that makes the same.
    let scaled = picture::scaled(&photo, &RECIPE).unwrap();
    let print = || Ok(ProcessedImage { bytes: scaled.jpeg.clone(), pixels: scaled.pixels });
    processor.process(&photo, "for the press", print).unwrap();
    assert_eq!(counts(&processor.close()), (13, 0));
    assert_eq!(room.entries().len(), 13);
}

#[test]
fn a_damaged_entry_is_noticed_and_made_again() {
    let room = Room::new();
    let photo = room.photo("a.jpg", &generate::jpeg());
    let (fresh, _) = made(room.shelf(), &photo, &RECIPE);
    let [entry] = &room.entries()[..] else { panic!("one entry") };
    let whole = fs::read(entry).unwrap();
    let flipped = (0..whole.len()).step_by(7).chain(whole.len() - 60..whole.len()).map(|place| {
        let mut bytes = whole.clone();
        bytes[place] ^= 1 << (place % 8);
        bytes
    });
    let cut = [0, 1, 19, 20, whole.len() / 2, whole.len() - 1].map(|end| whole[..end].to_vec());
    let longer = [[&whole[..], &[0]].concat(), [&[0], &whole[..]].concat()];
    for damaged in flipped.chain(cut).chain(longer) {
        fs::write(entry, &damaged).unwrap();
        let (again, tally) = made(room.shelf(), &photo, &RECIPE);
        assert_eq!(counts(&tally), (1, 0));
        assert!(again == fresh);
        assert!(fs::read(entry).unwrap() == whole, "mended");
    }
}

#[test]
fn an_entry_under_anothers_name_is_a_damaged_one() {
    let room = Room::new();
    let photo = room.photo("a.jpg", &generate::jpeg());
    let (fresh, _) = made(room.shelf(), &photo, &RECIPE);
    made(room.shelf(), &photo, &ScaleOptions { quality: 30, ..RECIPE });
    let [one, other] = &room.entries()[..] else { panic!("two entries") };
    let (a, b) = (fs::read(one).unwrap(), fs::read(other).unwrap());
    fs::write(one, b).unwrap();
    fs::write(other, a).unwrap();
    let (again, tally) = made(room.shelf(), &photo, &RECIPE);
    assert_eq!(counts(&tally), (1, 0));
    assert!(again == fresh);
}

#[test]
fn builds_at_once_on_an_empty_shelf_are_all_right() {
    let room = Room::new();
    let photos: Vec<_> = (0..6_u8)
        .map(|number| {
            let jpeg = generate::with_segment(&generate::jpeg(), 0xFE, &[number]);
            room.photo(&format!("{number}.jpg"), &jpeg)
        })
        .collect();
    let fresh: Vec<_> =
        photos.iter().map(|photo| picture::scaled(photo, &RECIPE).unwrap()).collect();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let setup = ProcessorOptions {
                    jobs: 2,
                    cache: Some(room.shelf()),
                    ..ProcessorOptions::default()
                };
                let processor = ImageProcessor::new(setup);
                let mut all = Vec::new();
                processor
                    .in_order(
                        &photos,
                        |photo| Some(photo),
                        |photo| processor.scaled(photo, &RECIPE),
                        |_, scaled| {
                            all.push(scaled?);
                            Ok::<_, PictureError>(())
                        },
                    )
                    .unwrap();
                assert!(all == fresh);
                let (made, found) = counts(&processor.close());
                assert_eq!(made + found, photos.len());
            });
        }
    });
    assert_eq!(room.entries().len(), photos.len(), "no unfinished entry is left");
}

#[test]
fn what_was_not_used_for_longest_goes_first_and_what_was_used_stays() {
    let room = Room::new();
    let photo = room.photo("a.jpg", &generate::jpeg());
    let pixels = photo.stored;
    let process = |shelf, names: &[&str]| {
        let processor = open(shelf);
        for name in names {
            let make = || Ok(ProcessedImage { bytes: vec![7; 1000], pixels });
            processor.process(&photo, name, make).unwrap();
        }
        counts(&processor.close())
    };
    // Four, each a day younger than the one before; then the oldest is used again.
    for (day, name) in (1..).zip(["one", "two", "three", "four"]) {
        assert_eq!(process(room.on_day(day), &[name]), (1, 0));
    }
    assert_eq!(process(room.on_day(5), &["one"]), (0, 1));
    let most = room.entries().iter().map(|path| path.metadata().unwrap().len()).sum();
    // The fifth is one too many.
    assert_eq!(process(CacheOptions { max_bytes: most, ..room.on_day(6) }, &["five"]), (1, 0));
    assert_eq!(room.entries().len(), 4);
    for young in ["one", "three", "four", "five"] {
        assert_eq!(process(room.on_day(7), &[young]), (0, 1), "{young}");
    }
    assert_eq!(process(room.on_day(8), &["two"]), (1, 0), "it was not used for longest");

    // A shelf too small for what one build uses holds that all the same, and nothing else.
    let small = CacheOptions { max_bytes: most / 3, ..room.on_day(9) };
    assert_eq!(process(small, &["one", "six", "seven"]), (2, 1));
    assert_eq!(room.entries().len(), 3);
}

#[test]
fn what_a_killed_build_left_goes_and_what_is_not_ours_stays() {
    let room = Room::new();
    let photo = room.photo("a.jpg", &generate::jpeg());
    made(room.on_day(1), &photo, &RECIPE);
    let pictures = room.shelf().folder.join("pictures");
    let put = |name: &str, day: u64| {
        fs::write(pictures.join(name), vec![0; 1 << 16]).unwrap();
        let time = UNIX_EPOCH + Duration::from_secs(day * DAY);
        let file = File::options().write(true).open(pictures.join(name)).unwrap();
        file.set_modified(time).unwrap();
    };
    put(".abcdef.part", 1);
    put(".ghijkl.part", 9);
    put("letter.txt", 1);
    let shelf = CacheOptions { max_bytes: 0, ..room.on_day(9) };
    let processor = open(CacheOptions { max_bytes: 1 << 20, ..shelf });
    processor.scaled(&photo, &ScaleOptions { quality: 10, ..RECIPE }).unwrap();
    processor.close();
    let there = |name: &str| pictures.join(name).exists();
    assert!(!there(".abcdef.part") && there(".ghijkl.part") && there("letter.txt"));
}

#[test]
fn a_shelf_that_cannot_be_written_is_a_note_and_no_more() {
    let room = Room::new();
    let photo = room.photo("a.jpg", &generate::jpeg());
    // A file stands where the folder should be.
    fs::write(room.shelf().folder, "").unwrap();
    let (scaled, tally) = made(room.shelf(), &photo, &RECIPE);
    assert!(scaled == picture::scaled(&photo, &RECIPE).unwrap());
    assert_eq!((tally.processed, tally.cache_hits), (1, 0));
    let fault = tally.cache_error.unwrap();
    assert_eq!(
        (fault.code.name(), fault.severity.to_string().as_str()),
        ("cache-unwritable", "note")
    );
    assert!(fault.message.contains("shelf"), "{}", fault.message);
}

#[cfg(unix)]
#[test]
fn the_shelf_is_its_owners_alone_and_no_backups() {
    use std::os::unix::fs::PermissionsExt as _;
    let room = Room::new();
    made(room.shelf(), &room.photo("a.jpg", &generate::jpeg()), &RECIPE);
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&room.shelf().folder), 0o700);
    assert_eq!(mode(&room.entries()[0]), 0o600);
    let tag = fs::read_to_string(room.shelf().folder.join("CACHEDIR.TAG")).unwrap();
    assert!(tag.starts_with("Signature: 8a477f597d28d172789f06886806bc55"));
}

#[test]
fn a_photo_that_is_gone_is_told_of_as_without_a_shelf() {
    let room = Room::new();
    let photo = room.photo("a.jpg", &generate::jpeg());
    fs::remove_file(&photo.path).unwrap();
    let missing = open(room.shelf()).scaled(&photo, &RECIPE);
    assert!(matches!(missing, Err(PictureError::Read { .. })), "{missing:?}");
    assert!(room.entries().is_empty());
}

/// What this version of the making makes of the pictures below.
const MADE: (u32, &str) = (3, "612b0ffcf9ba4d31");

// Decoders use what the processor has, and need not agree to the last bit on another one.
#[cfg(target_arch = "x86_64")]
#[test]
fn what_is_made_stays_the_same_or_has_another_version() {
    let room = Room::new();
    let gray: Vec<u8> = (0..40 * 24).map(|n| u8::try_from(n % 251).unwrap()).collect();
    let inks: Vec<u8> = (0..40 * 24 * 4).map(|n| u8::try_from(n * 7 % 256).unwrap()).collect();
    let rgba: Vec<u8> = (0..40 * 24 * 4).map(|n| u8::try_from(n * 3 % 256).unwrap()).collect();
    let wide: Vec<u8> = (0..40 * 24 * 6).map(|n| u8::try_from(n * 5 % 256).unwrap()).collect();
    let png = |samples: &[u8], colour| generate::png(samples, colour, &[]);
    let photo = room.photo("a.jpg", &generate::jpeg());
    let cmyk = room.photo("b.jpg", &generate::jpeg_of(&inks, 40, 24, ColorType::Cmyk));
    let fogra = Profile { bytes: picture::fogra39().to_vec(), space: ProfileSpace::Cmyk };
    let pictures = [
        Picture { orientation: Orientation::Turned90, ..photo.clone() },
        photo,
        Picture { profile: Some(Arc::new(fogra)), ..cmyk.clone() },
        cmyk,
        room.photo("c.jpg", &generate::jpeg_of(&gray, 40, 24, ColorType::Luma)),
        room.photo("d.png", &png(&rgba, ExtendedColorType::Rgba8)),
        room.photo("e.png", &png(&wide, ExtendedColorType::Rgb16)),
    ];
    let mut hash = Sha256::new();
    for picture in &pictures {
        for recipe in [RECIPE, ScaleOptions { quality: 95, max_edge: 100, ..RECIPE }] {
            hash.update(picture::scaled(picture, &recipe).unwrap().jpeg);
        }
    }
    let hash = hash.finalize().iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    assert!(
        (CACHE_VERSION, &hash[..16]) == MADE,
        "pictures are made differently: raise CACHE_VERSION in src/picture/cache/mod.rs, so that nobody \
         is given what was made before, and write here: ({}, {:?})",
        MADE.0 + 1,
        &hash[..16]
    );
}
