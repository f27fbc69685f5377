//! The programs that convert photos which recto cannot read: in messages, and run.

use std::path::PathBuf;

use recto::picture::{Confinement, Converters, Platform, Profiles, probe_with};

use crate::support::images;

const AVIF: &[u8] = b"\0\0\0\x18ftypavif\0\0\0\0mif1avif";

/// The converters with these programs.
fn installed(platform: Platform, programs: &[&str]) -> Converters {
    Converters::find(platform, |name| programs.contains(&name).then(|| PathBuf::from(name)))
}

/// The help of the finding about a file.
#[track_caller]
fn help(name: &str, bytes: &[u8], converters: &Converters) -> String {
    let folder = tempfile::TempDir::new().unwrap();
    let path = images::write(folder.path(), name, bytes);
    let finding =
        probe_with(&path, name, &mut Profiles::default(), converters, &Confinement::default())
            .unwrap_err();
    finding.help.unwrap()
}

#[test]
fn the_help_is_the_command_that_works_on_this_system() {
    use Platform::{Linux, MacOs, Windows};
    for (platform, programs, expected) in [
        (Linux, &["heif-dec", "heif-convert", "magick"][..], "heif-dec -q 95 a.avif a.jpg"),
        (Linux, &["heif-convert", "convert"], "heif-convert -q 95 a.avif a.jpg"),
        (Linux, &["convert"], "convert a.avif -auto-orient -quality 95 a.jpg"),
        (Linux, &["magick", "convert"], "magick a.avif -auto-orient -quality 95 a.jpg"),
        (
            MacOs,
            &["sips", "heif-dec"],
            "sips -s format jpeg -s formatOptions 95 a.avif --out a.jpg",
        ),
        (MacOs, &[], "sips -s format jpeg -s formatOptions 95 a.avif --out a.jpg"),
        (
            Linux,
            &[],
            "heif-convert -q 95 a.avif a.jpg (to install it: apt install libheif-examples)",
        ),
        // There, `convert` is a program for disks.
        (
            Windows,
            &["convert"],
            "magick a.avif -auto-orient -quality 95 a.jpg (to install it: winget install \
             ImageMagick.ImageMagick)",
        ),
        (Windows, &["magick"], "magick a.avif -auto-orient -quality 95 a.jpg"),
    ] {
        let help = help("a.avif", AVIF, &installed(platform, programs));
        assert_eq!(help, format!("convert it: {expected}"), "{platform:?} {programs:?}");
    }
}

#[test]
fn the_jpeg_in_a_raw_file_is_extracted_or_the_file_is_developed() {
    let raf = b"FUJIFILMCCD-RAW 0201";
    for (programs, expected) in [
        (&["exiftool", "darktable-cli"][..], "exiftool -b -PreviewImage -w jpg a.raf"),
        (&["darktable-cli"], "darktable-cli a.raf a.jpg"),
        (&["dcraw_emu"], "dcraw_emu -w -T a.raf"),
        (
            &["magick"],
            "exiftool -b -PreviewImage -w jpg a.raf (to install it: apt install \
             libimage-exiftool-perl)",
        ),
    ] {
        let help = help("a.raf", raf, &installed(Platform::Linux, programs));
        let expected = format!("develop it and save a JPEG, or extract the one in it: {expected}");
        assert_eq!(help, expected);
    }
}

/// Programs that are shell scripts.
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "the tests write and read their own files")]
mod run {
    use std::fs;
    use std::num::NonZero;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::{Path, PathBuf};

    use jpeg_encoder::ColorType;
    use recto::build::{Conversion, ConversionOutcome, convert_photos};
    use recto::model::{Orientation, Pixels};
    use recto::picture::{Converter, Converters, Platform};
    use tempfile::TempDir;

    use crate::support::heif::{CODED, Heif};
    use crate::support::images;

    /// A program with this script.
    fn program(folder: &TempDir, name: &str, script: &str) -> PathBuf {
        let path = folder.path().join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    fn converters(folder: &TempDir, platform: Platform, programs: &[(&str, &str)]) -> Converters {
        let paths: Vec<_> =
            programs.iter().map(|(name, script)| (*name, program(folder, name, script))).collect();
        Converters::find(platform, |name| {
            paths.iter().find(|(it, _)| *it == name).map(|(_, path)| path.clone())
        })
    }

    fn convert(files: &[PathBuf], converters: &Converters) -> Vec<Conversion> {
        convert_photos(files, converters, NonZero::new(3).unwrap(), |_| {})
    }

    /// An AVIF image of the size of the test pictures, turned like this.
    fn avif(quarters: u8) -> Vec<u8> {
        let mut file = Heif::default().with(*b"irot", &[quarters]).encode();
        file[8..12].copy_from_slice(b"avif");
        file
    }

    /// A JPEG of this size with this orientation in EXIF.
    fn jpeg((width, height): (u32, u32), orientation: u8) -> Vec<u8> {
        let (width, height) = (u16::try_from(width).unwrap(), u16::try_from(height).unwrap());
        let samples = vec![90; usize::from(width) * usize::from(height) * 3];
        let jpeg = images::jpeg_of(&samples, width, height, ColorType::Rgb);
        let exif =
            images::exif(&[(0x010F, 2, 6, b"maker\0"), (0x0112, 3, 1, &[orientation, 0])], &[]);
        images::with_segment(&jpeg, 0xE1, &images::exif_segment(&exif))
    }

    fn orientation(path: &Path) -> Orientation {
        let (_folder, probed) = images::probed("a.jpg", &fs::read(path).unwrap());
        probed.picture.orientation
    }

    #[test]
    fn a_jpeg_is_written_beside_each_original() {
        let folder = TempDir::new().unwrap();
        let source = images::write(folder.path(), "source", &jpeg(CODED, 1));
        let script = format!("cp '{}' \"$4\"", source.display());
        let converters = converters(&folder, Platform::Linux, &[("heif-dec", &script)]);
        let files: Vec<PathBuf> = (1..=7)
            .map(|n| images::write(folder.path(), &format!("IMG {n}.AVIF"), &avif(0)))
            .collect();
        let results = convert(&files, &converters);
        let originals: Vec<_> = results.iter().map(|it| it.original.clone()).collect();
        assert_eq!(originals, files);
        for Conversion { original, outcome } in results {
            let jpeg = original.with_extension("jpg");
            assert_eq!(fs::read(&jpeg).unwrap(), fs::read(&source).unwrap());
            let converter = Converter::HeifDec;
            let expected =
                ConversionOutcome::Converted { jpeg, converter, was_turned_twice: false };
            assert_eq!(outcome, expected);
        }
        // Nothing else is left: the program, its source, and two files for each photo.
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2 + 2 * files.len());
    }

    #[test]
    fn no_jpeg_is_overwritten_and_photos_stay_as_they_are() {
        let folder = TempDir::new().unwrap();
        let converters =
            converters(&folder, Platform::Linux, &[("heif-dec", "echo broken > \"$4\"")]);
        let kept = images::write(folder.path(), "a.JPG", b"mine");
        let files = [
            images::write(folder.path(), "a.avif", &avif(0)),
            images::write(folder.path(), "b.jpg", &images::jpeg()),
            images::write(folder.path(), "notes.txt", b"Words."),
            images::write(folder.path(), "c.nef", b"II*\0"),
            folder.path().join("missing.avif"),
            images::write(folder.path(), "d.avif", &avif(0)),
        ];
        let outcomes: Vec<_> =
            convert(&files, &converters).into_iter().map(|it| it.outcome).collect();
        assert_eq!(outcomes[0], ConversionOutcome::Exists { jpeg: kept.clone() });
        assert_eq!(outcomes[1], ConversionOutcome::NotNeeded);
        assert_eq!(outcomes[2], ConversionOutcome::NotNeeded);
        assert!(matches!(&outcomes[3], ConversionOutcome::NoConverter { help }
            if help.contains("libimage-exiftool-perl")));
        assert!(matches!(outcomes[4], ConversionOutcome::Failed { .. }));
        let message = "heif-dec: it wrote no JPEG".to_owned();
        assert_eq!(outcomes[5], ConversionOutcome::Failed { message });
        assert_eq!(fs::read(kept).unwrap(), b"mine");
        assert!(!folder.path().join("d.jpg").exists());
    }

    #[test]
    fn the_message_of_a_program_that_fails_is_returned() {
        let folder = TempDir::new().unwrap();
        let script = "echo 'Could not read: no codec' >&2; exit 1";
        let converters = converters(&folder, Platform::Linux, &[("heif-convert", script)]);
        let file = images::write(folder.path(), "a.avif", &avif(0));
        let message = "heif-convert: Could not read: no codec".to_owned();
        let outcome = convert(&[file], &converters).remove(0).outcome;
        assert_eq!(outcome, ConversionOutcome::Failed { message });
    }

    #[test]
    fn a_picture_that_the_program_turned_is_not_turned_again() {
        let turned = (CODED.1, CODED.0);
        for (program, quarters, size, stated, expected) in [
            // As old versions of libheif write it.
            ("heif-convert", 3, turned, 6, Orientation::Upright),
            ("heif-convert", 2, CODED, 3, Orientation::Upright),
            // The orientation of EXIF does not count in the original.
            ("heif-convert", 0, CODED, 6, Orientation::Upright),
            // As sips writes it: the pixels are not turned.
            ("sips", 3, CODED, 6, Orientation::Turned90),
            ("sips", 2, CODED, 3, Orientation::Turned180),
            ("sips", 3, turned, 6, Orientation::Upright),
        ] {
            let folder = TempDir::new().unwrap();
            let source = images::write(folder.path(), "source", &jpeg(size, stated));
            let script = format!("for last; do :; done; cp '{}' \"$last\"", source.display());
            let converters = converters(&folder, Platform::MacOs, &[(program, &script)]);
            let file = images::write(folder.path(), "a.avif", &avif(quarters));
            let outcome = convert(std::slice::from_ref(&file), &converters).remove(0).outcome;
            let ConversionOutcome::Converted { jpeg, was_turned_twice, .. } = outcome else {
                panic!("{outcome:?}")
            };
            assert_eq!(orientation(&jpeg), expected, "{program} {quarters}");
            assert_eq!(was_turned_twice, Orientation::from_exif(stated.into()) != expected);
        }
    }

    #[test]
    fn the_jpeg_in_a_raw_file_keeps_the_orientation_of_the_file() {
        let folder = TempDir::new().unwrap();
        let source = images::write(folder.path(), "source", &jpeg(CODED, 1));
        let copied = images::write(folder.path(), "copied", &jpeg(CODED, 8));
        // The first tag is empty; the second call copies the metadata into its last argument.
        let script = format!(
            "for last; do :; done\ncase \"$2\" in\n-JpgFromRaw) ;;\n-PreviewImage) cat '{}' ;;\n\
             *) cp '{}' \"$last\" ;;\nesac",
            source.display(),
            copied.display()
        );
        let converters = converters(&folder, Platform::Linux, &[("exiftool", &script)]);
        let file = images::write(folder.path(), "a.CR2", b"II*\0\x10\0\0\0CR");
        let outcome = convert(&[file], &converters).remove(0).outcome;
        let ConversionOutcome::Converted { jpeg, .. } = outcome else { panic!("{outcome:?}") };
        assert_eq!(orientation(&jpeg), Orientation::Turned270);
        let (_folder, probed) = images::probed("a.jpg", &fs::read(jpeg).unwrap());
        assert_eq!(probed.picture.stored, Pixels { width: CODED.0, height: CODED.1 });
    }
}
