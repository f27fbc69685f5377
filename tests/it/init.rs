//! `recto init`: from a folder of photos to a manifest.

use image::ExtendedColorType;

use crate::support::command::Run;
use crate::support::fixture::BookFixture;
use crate::support::images::{
    exif_segment, exif_texts, iptc_segment, jpeg, jpeg_of, png, rgb, with_segment,
};

/// A JPEG that was taken at this time, in EXIF's form.
fn taken(time: &str) -> Vec<u8> {
    with_segment(&jpeg(), 0xE1, &exif_segment(&exif_texts(&[(0x9003, time)])))
}

/// A JPEG with a caption and a credit line in IPTC.
fn captioned(caption: &str, credit: &str) -> Vec<u8> {
    let sets: [(u8, u8, &[u8]); 3] =
        [(1, 90, b"\x1B%G"), (2, 120, caption.as_bytes()), (2, 110, credit.as_bytes())];
    with_segment(&jpeg(), 0xED, &iptc_segment(&sets))
}

fn manifest_of(folder: &BookFixture) -> String {
    String::from_utf8(folder.read("book.yaml")).unwrap()
}

fn init(folder: &BookFixture, arguments: &str) -> Run {
    folder.recto_with(&format!("init {arguments}"), &[("LC_ALL", "C")])
}

/// The photos of a manifest in its order, without those that are comments.
fn photos(manifest: &str) -> Vec<&str> {
    let entries = manifest.lines().filter_map(|line| line.trim_start().strip_prefix("- photo: "));
    entries.map(|name| name.split("  #").next().unwrap()).collect()
}

#[test]
fn a_folder_of_photos_becomes_a_manifest_that_can_be_built() {
    let folder = BookFixture::empty()
        .file("winter-road/2.jpg", captioned("Dawn: 5 * 4 *ships*", "Ada Field"))
        .file("winter-road/10.jpg", jpeg_of(&[9; 48], 4, 4, jpeg_encoder::ColorType::Rgb));
    let run = init(&folder, "winter-road");
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(run.out, "winter-road/book.yaml  2 photos\n");
    assert!(run.err.contains("next: recto preview winter-road"), "{}", run.err);
    let manifest = String::from_utf8(folder.read("winter-road/book.yaml")).unwrap();
    assert_eq!(
        manifest,
        "# yaml-language-server: $schema=recto.schema.json
title: Winter road
language: en
cover: { photo: 2.jpg }  # TODO: choose the photo
pages:
  - photo: 2.jpg
    caption: \"Dawn: 5 \\\\* 4 \\\\*ships\\\\*\"  # IPTC
    alt: # TODO
    credit: Ada Field  # IPTC
  - photo: 10.jpg
    alt: # TODO
"
    );
    let check = folder.recto("check winter-road --format json").json();
    let findings = check["findings"].as_array().unwrap();
    let errors = findings.iter().filter(|finding| finding["severity"] == "error");
    assert!(errors.clone().all(|finding| finding["code"] == "resolution"), "{check}");
    assert!(folder.read("winter-road/recto.schema.json").starts_with(b"{"));
}

#[test]
fn a_manifest_is_never_overwritten() {
    for name in ["book.yaml", "book.yml"] {
        let folder = BookFixture::empty().file("1.jpg", jpeg()).file(name, "title: Mine\n");
        let run = init(&folder, "");
        assert_eq!(run.code, 1);
        assert!(run.err.contains("error[manifest-exists]"), "{}", run.err);
        assert_eq!(folder.read(name), b"title: Mine\n");
        let run = init(&folder, "--dry-run --title New");
        assert_eq!(run.code, 0);
        assert!(run.out.contains("title: New\n"), "{}", run.out);
        assert_eq!(folder.read(name), b"title: Mine\n");
    }
}

#[test]
fn the_order_is_by_time_when_nearly_all_photos_have_one() {
    let folder = BookFixture::empty()
        .file("a.jpg", taken("2026:02:03 10:00:00"))
        .file("b.jpg", taken("2026:02:01 10:00:00"))
        .file("c.jpg", taken("2026:02:02 10:00:00"));
    let ordered = |arguments: &str| {
        let run = init(&folder, &format!("--dry-run {arguments}"));
        photos(&run.out).join(" ")
    };
    assert_eq!(ordered(""), "b.jpg c.jpg a.jpg");
    assert_eq!(ordered("--order name"), "a.jpg b.jpg c.jpg");
    folder.write("d.jpg", jpeg_of(&[1; 48], 4, 4, jpeg_encoder::ColorType::Rgb));
    assert_eq!(ordered(""), "a.jpg b.jpg c.jpg d.jpg");
    assert_eq!(ordered("--order taken"), "b.jpg c.jpg a.jpg d.jpg");
    // The clock of this camera was not set.
    folder.write("d.jpg", taken("2000:01:01 00:00:00"));
    assert_eq!(ordered(""), "a.jpg b.jpg c.jpg d.jpg");
}

#[test]
fn folders_or_days_become_chapters() {
    let folder = BookFixture::empty()
        .file("photos/02_the-coast/1.jpg", taken("2026:02:01 10:00:00"))
        .file("photos/01_arrival/1.jpg", taken("2026:02:02 10:00:00"))
        .file("photos/0.jpg", taken("2026:02:03 10:00:00"));
    let chapters = |arguments: &str| {
        let run = init(&folder, &format!("--dry-run {arguments}"));
        let lines = run.out.lines().filter(|line| line.contains("- "));
        lines.map(|line| line.trim_start_matches([' ', '-']).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        chapters("--chapters day --language de")[..2],
        ["chapter: 1. Februar 2026", "photo: photos/02_the-coast/1.jpg"]
    );
    let by_folder = [
        "photo: photos/0.jpg",
        "chapter: Arrival",
        "photo: photos/01_arrival/1.jpg",
        "chapter: The coast",
        "photo: photos/02_the-coast/1.jpg",
    ];
    assert_eq!(chapters(""), by_folder);
    assert_eq!(chapters("--chapters none").len(), 3);
}

#[test]
fn what_is_left_out_is_named_and_stands_in_the_manifest_as_a_comment() {
    let photo = taken("2026:02:03 10:00:00");
    let folder = BookFixture::empty()
        .file("IMG_1.jpg", &photo)
        .file("IMG_1 (1).jpg", &photo)
        .file("IMG_1.HEIC", b"\0\0\0\x18ftypavif\0\0\0\0mif1avif")
        .file("IMG_2.mov", b"video")
        .file("IMG_3.HEIC", b"\0\0\0\x18ftypavif\0\0\0\0mif1avif")
        .file("Screenshot_1.png", png(&rgb(), ExtendedColorType::Rgb8, &[]))
        .file("broken.jpg", &photo[..photo.len() / 2])
        .file("notes.txt", "milk")
        .file("dist/SHA256SUMS", "")
        .file("dist/winter-offline/1.jpg", jpeg());
    let run = init(&folder, "");
    let manifest = manifest_of(&folder);
    assert_eq!(photos(&manifest), ["IMG_1.jpg"], "{manifest}");
    for line in [
        "  # - photo: IMG_1 (1).jpg  # the same file as IMG_1.jpg\n",
        "  # - photo: Screenshot_1.png  # a screenshot\n",
        "  # - photo: broken.jpg  # cannot be read: ",
    ] {
        assert!(manifest.contains(line), "{manifest}");
    }
    let seen = "1 AVIF image, 1 file that cannot be read (broken.jpg), 1 screenshot, 1 video";
    assert!(run.err.contains(&format!("1 photo; left out: {seen}\n")), "{}", run.err);
    assert!(run.err.contains("1 duplicate, left out: IMG_1 (1).jpg of IMG_1.jpg"), "{}", run.err);
}

#[test]
fn an_edited_or_scaled_copy_stays_and_is_marked() {
    let block = exif_texts(&[(0x9003, "2026:02:03 10:00:00")]);
    let sized = |edge: u16| {
        let samples = vec![120; usize::from(edge) * usize::from(edge) * 3];
        let jpeg = jpeg_of(&samples, edge, edge, jpeg_encoder::ColorType::Rgb);
        with_segment(&jpeg, 0xE1, &exif_segment(&block))
    };
    let folder = BookFixture::empty()
        .file("IMG_7.jpg", sized(64))
        .file("sent.jpg", sized(16))
        .file("burst.jpg", with_segment(&sized(64), 0xFE, b"another"));
    let run = init(&folder, "");
    let manifest = manifest_of(&folder);
    assert_eq!(photos(&manifest).len(), 3);
    let line = "- photo: sent.jpg  # probably a copy of IMG_7.jpg\n";
    assert!(manifest.contains(line) || manifest.contains("a copy of burst.jpg"), "{manifest}");
    assert!(run.err.contains("1 likely duplicate: sent.jpg of "), "{}", run.err);
}

#[test]
fn the_options_stand_in_the_manifest() {
    let folder = BookFixture::empty().file("1.jpg", jpeg());
    let run = folder.recto_with(
        "init --title 1984 --design modern --printer lulu --trim a4-landscape --dry-run",
        &[("LC_ALL", "de_AT.UTF-8")],
    );
    for line in [
        "title: \"1984\"",
        "language: de-AT",
        "design: modern",
        "  printer: lulu",
        "  trim: a4-landscape",
    ] {
        assert!(run.out.contains(&format!("{line}\n")), "{}", run.out);
    }
    for invalid in ["--trim huge", "--language english!", "--order size", "--update --title A"] {
        assert_eq!(init(&folder, invalid).code, 2, "{invalid}");
    }
}

#[test]
fn the_full_form_is_a_valid_manifest_with_and_without_its_comments() {
    let folder = BookFixture::empty().file("1.jpg", jpeg());
    init(&folder, "--full");
    let manifest = manifest_of(&folder);
    assert!(manifest.contains("# subtitle: Twelve pictures along the coast\n"), "{manifest}");
    assert!(manifest.contains("#   list-of-plates: thumbnails\n"), "{manifest}");
    let findings = folder.load().findings;
    assert!(
        findings.iter().all(|finding| !finding.code.name().starts_with("yaml")),
        "{findings:?}"
    );
    // Without its comments, every key is one that recto knows. The files of the examples are
    // missing.
    let (head, _) = manifest.split_once("pages:\n").unwrap();
    let is_key = |line: &&str| {
        let key = line.trim_start().split(':').next().unwrap_or_default();
        line.contains(": ") && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
            || line.ends_with(':')
    };
    let keys: String = head
        .lines()
        .filter(|line| !line.contains("yaml-language-server"))
        .map(|line| line.strip_prefix("# ").unwrap_or(line))
        .filter(is_key)
        .fold(String::new(), |keys, line| keys + line + "\n");
    folder.write("book.yaml", format!("{keys}pages:\n  - photo: 1.jpg\n"));
    let codes: Vec<String> =
        folder.load().findings.iter().map(|finding| finding.code.to_string()).collect();
    let is_about_keys = |code: &String| code.starts_with("yaml") || code.contains("key");
    assert!(!codes.iter().any(is_about_keys), "{codes:?}\n{keys}");
}

#[test]
fn a_folder_without_photos_is_an_error_that_says_what_is_there() {
    let folder = BookFixture::empty().file("a.mov", "video").file("b.cr3", "raw");
    let run = init(&folder, "");
    assert_eq!(run.code, 1);
    assert!(
        run.err.contains("error[photos-none]: there is no photo in this folder"),
        "{}",
        run.err
    );
    assert!(run.err.contains("1 camera raw file, 1 video"), "{}", run.err);
    assert!(init(&folder, "nowhere").err.contains("there is no folder nowhere"));
    assert!(init(&folder, "a.mov").err.contains("a.mov is a file"));
    assert!(!folder.path("book.yaml").exists());
}

#[test]
fn camera_folders_are_not_titles() {
    for (path, title) in
        [("Norway/DCIM/100CANON", "Norway"), ("My_Trip/photos", "My Trip"), ("a-b", "A b")]
    {
        let folder = BookFixture::empty().file(&format!("{path}/1.jpg"), jpeg());
        let run = init(&folder, &format!("{path} --dry-run"));
        assert!(run.out.contains(&format!("title: {title}\n")), "{}", run.out);
    }
}

/// A manifest as an author leaves it: with comments, blank lines and all styles of YAML.
const EDITED: &str = "\
# My book. \u{e9}
title:   'Winter   Road'   # the title

language: en
pages:   # here they are

  # the first
  - photo: a.jpg     # dawn
    caption: >
      A long
      caption.

    # to do: alt
  - { photo: b.jpg, alt: \"x # y\" }


  # the end
  - text: |
      # Thanks

      To all.

print: { trim: a4 }   # A4
# last words";

#[test]
fn an_update_adds_new_photos_and_keeps_every_word_and_blank_line() {
    let folder = BookFixture::new(EDITED)
        .file("a.jpg", taken("2026:02:01 10:00:00"))
        .file("b.jpg", taken("2026:02:02 10:00:00"));
    let run = init(&folder, "--update");
    assert_eq!(
        run.out, "book.yaml  unchanged: it has all photos of the folder that recto can read\n",
        "{run:?}"
    );
    assert_eq!(manifest_of(&folder), EDITED);

    folder.write("c.jpg", captioned("Noon", "Ada"));
    let run = init(&folder, "--update");
    assert_eq!(run.out, "book.yaml  updated\n");
    assert!(run.err.contains("1 photo added: c.jpg\n"), "{}", run.err);
    let entry = "  - photo: c.jpg\n    caption: Noon  # IPTC\n    alt: # TODO\n    \
                 credit: Ada  # IPTC\n";
    let expected = EDITED.replace("alt: \"x # y\" }\n", &format!("alt: \"x # y\" }}\n{entry}"));
    assert_eq!(manifest_of(&folder), expected);
    init(&folder, "--update");
    assert_eq!(manifest_of(&folder), expected, "a second update changes nothing");
}

#[test]
fn a_missing_photo_is_marked_until_it_is_there_again() {
    let folder = BookFixture::new(EDITED).file("a.jpg", jpeg());
    let run = init(&folder, "--update");
    assert!(run.err.contains("1 photo marked as missing: b.jpg\n"), "{}", run.err);
    let mark = "  # TODO: this file is missing";
    let line = "  - { photo: b.jpg, alt: \"x # y\" }";
    assert_eq!(manifest_of(&folder), EDITED.replace(line, &format!("{line}{mark}")));
    init(&folder, "--update");
    assert_eq!(manifest_of(&folder), EDITED.replace(line, &format!("{line}{mark}")));
    folder.write("b.jpg", taken("2026:02:02 10:00:00"));
    let run = init(&folder, "--update");
    assert!(run.err.contains("1 photo is there again: b.jpg\n"), "{}", run.err);
    assert_eq!(manifest_of(&folder), EDITED);
}

#[test]
fn line_breaks_and_byte_order_marks_stay() {
    let windows = format!("\u{FEFF}{}", EDITED.replace('\n', "\r\n"));
    let folder = BookFixture::new(&windows)
        .file("a.jpg", jpeg())
        .file("b.jpg", taken("2026:02:02 10:00:00"));
    folder.write("c.jpg", taken("2026:02:03 10:00:00"));
    init(&folder, "--update");
    let updated = manifest_of(&folder);
    assert!(updated.starts_with('\u{FEFF}'));
    assert!(updated.contains("  - photo: c.jpg\r\n    alt: # TODO\r\n"), "{updated}");
    assert!(!updated.replace("\r\n", "").contains('\n'));
}

#[test]
fn a_new_photo_stands_with_those_of_its_folder() {
    let manifest = "title: T\npages:\n- chapter: One\n- photo: one/1.jpg\n\n- chapter: Two\n- photos: two/*.jpg\n";
    let folder = BookFixture::new(manifest)
        .file("one/1.jpg", jpeg())
        .file("two/1.jpg", taken("2026:02:02 10:00:00"))
        .file("one/2.jpg", taken("2026:02:03 10:00:00"))
        .file("two/2.jpg", taken("2026:02:04 10:00:00"))
        .file("three/1.jpg", taken("2026:02:05 10:00:00"));
    init(&folder, "--update");
    assert_eq!(
        manifest_of(&folder),
        "title: T\npages:\n- chapter: One\n- photo: one/1.jpg\n- photo: one/2.jpg\n  alt: # TODO\n  \
         taken: 2026-02-03  # EXIF\n\n- chapter: Two\n- photos: two/*.jpg\n- chapter: Three\n\
         - photo: three/1.jpg\n  alt: # TODO\n  taken: 2026-02-05  # EXIF\n"
    );
}

#[test]
fn what_was_left_out_by_hand_is_not_added_again() {
    let manifest = "title: T\npages:\n  - photo: a.jpg\n  # - photo: b.jpg\n  - photos: { files: \"x/*.jpg\", exclude: \"2.jpg\" }\n";
    let folder = BookFixture::new(manifest)
        .file("a.jpg", taken("2026:02:01 10:00:00"))
        .file("b.jpg", taken("2026:02:02 10:00:00"))
        .file("x/1.jpg", taken("2026:02:03 10:00:00"))
        .file("x/2.jpg", taken("2026:02:04 10:00:00"))
        .file("a (1).jpg", taken("2026:02:01 10:00:00"));
    let run = init(&folder, "--update");
    assert!(run.err.contains("1 file left out, as a comment: a (1).jpg\n"), "{}", run.err);
    let added = "  # - photo: b.jpg\n  # - photo: a (1).jpg  # the same file as a.jpg\n";
    assert_eq!(manifest_of(&folder), manifest.replace("  # - photo: b.jpg\n", added));
}

#[test]
fn an_update_that_could_lose_something_changes_nothing() {
    for manifest in [
        "title: T\npages: [{ photo: a.jpg }]\n",
        "title: T\npages: [\n  { photo: a.jpg },\n]\n",
        "{ title: T, pages: [] }\n",
    ] {
        let folder = BookFixture::new(manifest)
            .file("a.jpg", jpeg())
            .file("b.jpg", taken("2026:02:02 10:00:00"));
        let run = init(&folder, "--update");
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.err.contains("error[manifest-update]"), "{}", run.err);
        assert_eq!(manifest_of(&folder), manifest);
    }
    let folder = BookFixture::new("title: [T\n").file("a.jpg", jpeg());
    let run = init(&folder, "--update");
    assert!(run.code == 1 && run.err.contains("error[yaml-"), "{run:?}");
    let run = init(&BookFixture::empty().file("a.jpg", jpeg()), "--update");
    assert!(run.code == 1 && run.err.contains("write one first: recto init"), "{run:?}");
}

#[test]
fn a_manifest_without_pages_gets_them() {
    for (manifest, expected) in [
        ("title: T", "title: T\npages:\n  - photo: a.jpg\n    alt: # TODO\n"),
        (
            "title: T\npages:\n\nlanguage: de\n",
            "title: T\npages:\n  - photo: a.jpg\n    alt: # TODO\n\nlanguage: de\n",
        ),
    ] {
        let folder = BookFixture::new(manifest).file("a.jpg", jpeg());
        init(&folder, "--update");
        assert_eq!(manifest_of(&folder), expected);
    }
}

#[test]
fn captions_in_a_table_or_in_text_files_stay_there() {
    let folder = BookFixture::empty()
        .file("book/1.jpg", captioned("From the agency", "Ada Field"))
        .file("book/2.jpg", captioned("From another agency", "Ada Field"))
        .file("book/2.txt", "From a text file")
        .file("book/3.jpg", taken("2026:02:03 10:00:00"))
        .file(
            "scans.csv",
            "Datei;Bildunterschrift;alt\n1.jpg;Aus der Tabelle;Boote\n9.jpg;Fehlt;\n",
        );
    let run = init(&folder, "book --captions scans.csv");
    assert_eq!(run.code, 0, "{run:?}");
    let manifest = String::from_utf8(folder.read("book/book.yaml")).unwrap();
    let (_, rest) = manifest.split_once("language: en\n").unwrap();
    assert_eq!(
        rest,
        "cover: { photo: 1.jpg }  # TODO: choose the photo
captions: ../scans.csv
pages:
  - photo: 1.jpg
    credit: Ada Field  # IPTC
  - photo: 2.jpg  # its caption is in a text file
    alt: # TODO
    credit: Ada Field  # IPTC
  - photo: 3.jpg
    alt: # TODO
    taken: 2026-02-03  # EXIF
"
    );
    for line in [
        "../scans.csv has captions for 1 photo\n",
        "1 row of it matches no photo: 9.jpg\n",
        "2 photos have no row in it: 2.jpg, 3.jpg\n",
        "text files beside the photos have captions for 1 photo\n",
        "to write: 2 alt texts",
    ] {
        assert!(run.err.contains(line), "{}", run.err);
    }
    let run = init(&folder, "book --captions nothing.csv --dry-run");
    assert!(run.code == 1 && run.err.contains("nothing.csv"), "{run:?}");
}

#[cfg(unix)]
#[test]
fn files_that_recto_cannot_read_are_converted_on_request() {
    use std::os::unix::fs::PermissionsExt as _;

    let heic = b"\0\0\0\x18ftypavif\0\0\0\0mif1avif";
    let folder = BookFixture::empty()
        .file("photos/1.avif", heic)
        .file("photos/2.jpg", jpeg())
        .file("converted.jpg", taken("2026:02:03 10:00:00"));
    let script = format!(
        "#!/bin/sh\nfor last; do :; done\ncp '{}' \"$last\"\n",
        folder.path("converted.jpg").display()
    );
    for name in ["magick", "convert", "heif-convert", "heif-dec"] {
        folder.write(&format!("bin/{name}"), &script);
        let program = folder.path(&format!("bin/{name}"));
        std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = format!("{}:/usr/bin:/bin", folder.path("bin").display());
    let run = |arguments: &str| {
        folder.recto_with(&format!("init {arguments}"), &[("PATH", &path), ("LC_ALL", "C")])
    };
    let without = run("photos");
    assert!(without.err.contains("recto init --update --convert photos\n"), "{}", without.err);
    let with = run("--update --convert photos");
    assert_eq!(with.code, 0, "{with:?}");
    assert!(with.err.contains("converted 1 file: 1.jpg\n"), "{}", with.err);
    assert!(with.err.contains("1 photo added: 1.jpg\n"), "{}", with.err);
    assert_eq!(folder.read("photos/1.avif"), heic);
    assert_eq!(
        run("--update --convert photos").out,
        "photos/book.yaml  unchanged: it has all photos of the folder that recto can read\n"
    );
}

#[test]
fn a_new_photo_stands_where_its_time_belongs() {
    let folder = BookFixture::empty()
        .file("a.jpg", taken("2026:02:01 10:00:00"))
        .file("c.jpg", taken("2026:02:03 10:00:00"))
        .file("Screenshot_1.png", png(&rgb(), ExtendedColorType::Rgb8, &[]));
    init(&folder, "--chapters day");
    let manifest = manifest_of(&folder);
    assert!(!manifest.contains('?'), "{manifest}");
    folder.write("a2.jpg", taken("2026:02:01 11:00:00"));
    folder.write("b.jpg", taken("2026:02:02 10:00:00"));
    folder.write("d.jpg", taken("2026:02:04 10:00:00"));
    init(&folder, "--update");
    let manifest = manifest_of(&folder);
    let order: Vec<&str> = manifest
        .lines()
        .filter_map(|line| line.strip_prefix("  - "))
        .map(|entry| entry.split_once(": ").unwrap().1)
        .collect();
    assert_eq!(
        order,
        [
            "1 February 2026",
            "a.jpg",
            "a2.jpg",
            "2 February 2026",
            "b.jpg",
            "3 February 2026",
            "c.jpg",
            "4 February 2026",
            "d.jpg",
        ],
        "{manifest}"
    );
}

#[cfg(unix)]
#[test]
fn a_name_that_no_manifest_can_have_is_left_out_with_a_remark() {
    let folder = BookFixture::empty()
        .file("a.jpg", taken("2026:02:01 10:00:00"))
        .file("new\nline.jpg", taken("2026:02:02 10:00:00"))
        .file(" b.jpg", taken("2026:02:03 10:00:00"));
    init(&folder, "");
    let manifest = manifest_of(&folder);
    assert_eq!(photos(&manifest), ["a.jpg"], "{manifest}");
    assert_eq!(manifest.matches("rename it").count(), 2, "{manifest}");
}

#[test]
fn a_carriage_return_alone_is_a_line_break() {
    let manifest = "title: T\rpages:\r  - photo: a.jpg\r  - photo: gone.jpg\r";
    let folder = BookFixture::new(manifest)
        .file("a.jpg", taken("2026:02:01 10:00:00"))
        .file("b.jpg", taken("2026:02:02 10:00:00"));
    let run = init(&folder, "--update");
    assert_eq!(run.code, 0, "{run:?}");
    let marked = "  - photo: gone.jpg  # TODO: this file is missing\r";
    let expected = manifest.replace("  - photo: gone.jpg\r", marked);
    let updated = manifest_of(&folder);
    assert!(updated.contains(marked) && updated.contains("- photo: b.jpg"), "{updated:?}");
    assert!(updated.starts_with(expected.split("  - photo: gone").next().unwrap()), "{updated:?}");
}
