//! The command line: exit codes, output streams and formats, and the files that are written.
#![expect(clippy::disallowed_methods, reason = "the tests read the files that were built")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::support::command::Run;
use crate::support::fixture::BookFixture;
use crate::support::images;

/// A book of one photo without findings.
fn winter_road() -> BookFixture {
    let book = BookFixture::new(WINTER_ROAD);
    write_photo(&book, "photos/01.jpg");
    book
}

/// Writes a photo that is large enough to be printed without a finding about its resolution.
fn write_photo(book: &BookFixture, name: &str) {
    const EDGE: u16 = 2600;
    let pixels = vec![0x90; usize::from(EDGE) * usize::from(EDGE)];
    let mut jpeg = Vec::new();
    jpeg_encoder::Encoder::new(&mut jpeg, 80)
        .encode(&pixels, EDGE, EDGE, jpeg_encoder::ColorType::Luma)
        .unwrap();
    book.write(name, jpeg);
}

/// The files in `dist`, hidden ones too.
fn dist_files(book: &BookFixture) -> Vec<String> {
    let Ok(entries) = fs::read_dir(book.path("dist")) else { return Vec::new() };
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

const WINTER_ROAD: &str = "\
title: Winter Road
language: en
creators: [{ name: Ada Field, role: photographer }]
date: 2026-11-22
pages:
  - photo: photos/01.jpg
    caption: The harbour at first light.
    alt: Fishing boats in blue light.
";

const MISSING_PHOTO: &str = "\
title: Winter Road
pages:
  - photo: photos/dusk.jpg
    alt: Dusk.
";

const NO_ALT: &str = "\
title: Winter Road
pages:
  - photo: photos/01.jpg
";

#[test]
fn invalid_arguments_exit_with_2() {
    let book = BookFixture::new(WINTER_ROAD);
    for arguments in [
        "",
        "chek",
        "check --frmat json",
        "check --format xml",
        "check --deny notes",
        "check --quiet --verbose",
        "check one two",
        "build --only poster",
        "build --jobs x",
        "explain photo-mising",
        "build -o x.pdf",
        "check --watch",
        "new",
        "build --color sometimes",
        "completions tcsh",
    ] {
        let run = book.recto(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments}: {run:?}");
        assert!(!run.err.is_empty(), "{arguments}");
    }
}

#[test]
fn arguments_that_people_try_get_the_one_to_use() {
    let book = winter_road();
    for (arguments, expected) in [
        ("check --watch", "`recto preview`"),
        ("build --watch", "`recto preview`"),
        ("watch", "`recto preview`"),
        ("serve", "`recto preview`"),
        ("new", "`recto init`"),
        ("export", "`recto build`"),
        ("check --strict", "`--deny warnings`"),
        ("build --only pdf", "`print`"),
        ("build --only html", "`offline`"),
        ("build --only web", "`offline`"),
        ("build --only browser", "`offline`"),
        ("build -o book.yaml", "a folder is expected"),
        ("build -o x.pdf", "a folder is expected"),
        ("explain photo-mising", "did you mean photo-missing?"),
        ("explain nonsense", "`recto explain` lists all codes"),
    ] {
        let run = book.recto(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments}");
        assert!(run.err.contains(expected), "{arguments}: {}", run.err);
    }
    assert!(!book.path("x.pdf").exists());
    let all_cores = book.recto("build -o out -j 0 --only screen");
    assert_eq!(all_cores.code, 0, "{all_cores:?}");
}

#[test]
fn a_finding_is_explained_in_any_spelling() {
    let book = BookFixture::new(WINTER_ROAD);
    let explained = book.recto("explain photo-missing");
    assert_eq!((explained.code, explained.err.as_str()), (0, ""));
    assert!(explained.out.starts_with("error[photo-missing]\n\n"), "{}", explained.out);
    for part in ["Why it matters: ", "How to fix it: "] {
        assert!(explained.out.contains(part), "{}", explained.out);
    }
    for spelling in ["PHOTO-MISSING", "error[photo-missing]", "Error[Photo_Missing]"] {
        assert_eq!(book.recto(&format!("explain {spelling}")).out, explained.out);
    }
    let list = book.recto("explain").out;
    assert_eq!(list.lines().count(), recto::finding::Code::ALL.len());
    assert!(list.lines().all(|line| line.contains("  error  ")
        || line.contains("  warning  ")
        || line.contains("  note  ")));
    let json = book.recto("explain photo-missing --format json").json();
    assert_eq!(json["codes"][0]["severity"], "error");
    assert_eq!(
        book.recto("explain --format json").json()["codes"][3]["code"],
        recto::finding::Code::ALL[3].name()
    );
}

#[test]
fn a_check_says_how_large_the_book_is() {
    let book = winter_road();
    let run = book.recto("check");
    assert!(
        run.err.starts_with("1 photo, ") && run.err.ends_with(" pages: no problems found\n"),
        "{run:?}"
    );
    let book = BookFixture::new(NO_ALT);
    write_photo(&book, "photos/01.jpg");
    let run = book.recto("check");
    let last = run.err.lines().last().unwrap();
    assert!(last.starts_with("1 photo, ") && last.contains(" pages: 1 warning"), "{run:?}");
}

#[test]
fn a_cover_whose_spine_is_not_known_is_refused_with_the_keys_that_give_it() {
    let run = BookFixture::new(WINTER_ROAD).recto("build --only cover");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("cover-unknown") && run.err.contains("print.cover.spine"), "{run:?}");
    assert!(BookFixture::empty().recto("build --help").out.contains("cover"));
}

#[test]
fn help_and_version_go_to_standard_output() {
    let book = BookFixture::empty();
    for arguments in ["--help", "--version", "build --help", "help check"] {
        let run = book.recto(arguments);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments}");
    }
    let version = format!("recto {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(book.recto("--version").out, version);
}

#[test]
fn a_good_book_has_no_problems() {
    let run = winter_road().recto("check --deny warnings");
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
    assert_eq!(run.err, "1 photo, 6 pages: no problems found\n");
}

#[test]
fn the_short_format_begins_with_file_line_and_column() {
    let run = BookFixture::new(MISSING_PHOTO).recto("check --format short");
    assert_eq!(run.code, 1, "{run:?}");
    let line = run.out.lines().find(|line| line.contains("photo-missing")).unwrap_or_default();
    assert!(line.starts_with("book.yaml:3:12: error[photo-missing]: "), "{run:?}");
}

#[test]
fn the_human_format_underlines_the_source() {
    let run = BookFixture::new(MISSING_PHOTO).recto("check");
    assert_eq!(run.code, 1);
    let mut lines = run.out.lines().skip_while(|line| !line.starts_with("error[photo-missing]: "));
    assert_eq!(lines.nth(1), Some("  ╭▸ book.yaml:3:12"), "{run:?}");
    assert_eq!(lines.nth(1), Some("3 │   - photo: photos/dusk.jpg"), "{run:?}");
    let mark = format!("  ╰╴{}{}", " ".repeat(11), "━".repeat(15));
    assert!(lines.next().is_some_and(|line| line.starts_with(&mark)), "{run:?}");
    assert!(run.err.contains("1 error"), "{run:?}");
}

#[test]
fn the_json_format_has_stable_keys() {
    let run = BookFixture::new(MISSING_PHOTO).recto("check --format json");
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    let object = run.json();
    let keys: Vec<_> = object.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys.len(), 4);
    assert!(["findings", "errors", "warnings", "notes"].iter().all(|key| keys.contains(key)));
    assert_eq!(object["errors"], 1);
    let finding = object["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["code"] == "photo-missing")
        .unwrap();
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["file"], "book.yaml");
    assert_eq!((&finding["line"], &finding["column"]), (&Value::from(3), &Value::from(12)));
    assert!(finding["message"].as_str().is_some_and(|message| message.contains("dusk.jpg")));
    let known =
        ["code", "severity", "message", "file", "line", "column", "help", "page", "edition"];
    let always = &known[..7];
    let finding = finding.as_object().unwrap();
    assert!(finding.keys().all(|key| known.contains(&key.as_str())), "{finding:?}");
    assert!(always.iter().all(|key| finding.contains_key(*key)), "{finding:?}");
}

#[test]
fn a_build_prints_only_the_json_object_to_standard_output() {
    let run = winter_road().recto("build --format json");
    assert_eq!((run.code, &run.json()["errors"]), (0, &Value::from(0)), "{run:?}");
    assert!(run.err.contains("winter-road.epub"), "{run:?}");
    let run = BookFixture::new(MISSING_PHOTO).recto("build --format json");
    assert_eq!((run.code, &run.json()["errors"]), (1, &Value::from(1)), "{run:?}");
}

#[test]
fn warnings_fail_only_when_they_are_denied() {
    let book = BookFixture::new(NO_ALT);
    write_photo(&book, "photos/01.jpg");
    let run = book.recto("check");
    assert!(run.code == 0 && run.out.contains("warning["), "{run:?}");
    let run = book.recto("check --deny warnings");
    assert!(run.code == 1 && run.err.contains("(denied)"), "{run:?}");
    assert_eq!(book.recto("build --deny warnings").code, 1);
    assert!(dist_files(&book).is_empty());
}

#[test]
fn quiet_prints_only_errors() {
    let book = BookFixture::new(NO_ALT);
    write_photo(&book, "photos/01.jpg");
    let run = book.recto("check -q");
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    let run = book.recto("build -q --only epub");
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    let run = BookFixture::new(MISSING_PHOTO).recto("build -q --format short");
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("error[photo-missing]") && !run.err.contains("1 error"), "{run:?}");
}

#[test]
fn a_missing_manifest_is_an_error() {
    let book = BookFixture::empty();
    for arguments in ["check --format json", "build --format json", "check nowhere --format json"] {
        let run = book.recto(arguments);
        let object = run.json();
        assert_eq!((run.code, &object["errors"]), (1, &Value::from(1)), "{run:?}");
    }
    assert!(dist_files(&book).is_empty());
}

#[test]
fn the_manifest_is_found_in_parent_folders() {
    let book = winter_road();
    book.write("photos/notes/a.txt", "");
    let output = Command::new(env!("CARGO_BIN_EXE_recto"))
        .args(["build", "--only", "epub"])
        .current_dir(book.path("photos/notes"))
        .env("RECTO_CACHE", book.path("cache"))
        .output()
        .unwrap();
    assert_eq!(Run::from(output).code, 0);
    assert_eq!(dist_files(&book), ["SHA256SUMS", "winter-road.epub"]);
}

#[test]
fn a_folder_with_a_manifest_can_be_named_instead_of_it() {
    let book = winter_road();
    let elsewhere = BookFixture::empty();
    let folder = book.folder().to_str().unwrap();
    let run = elsewhere.recto(&format!("build {folder} --only epub"));
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(dist_files(&book), ["SHA256SUMS", "winter-road.epub"]);
    assert!(dist_files(&elsewhere).is_empty());
}

#[test]
fn a_build_writes_an_epub_a_print_pdf_and_checksums() {
    let book = winter_road();
    let run = book.recto("build");
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(dist_files(&book), ["SHA256SUMS", "winter-road-print.pdf", "winter-road.epub"]);
    let lines: Vec<_> = run.out.lines().collect();
    assert_eq!(lines.len(), 2, "{run:?}");
    assert!(lines[0].starts_with("dist/winter-road.epub  1 picture  "), "{run:?}");
    assert!(lines[1].starts_with("dist/winter-road-print.pdf  "), "{run:?}");
    assert!(lines[1].contains(" pages  ") && lines[1].ends_with(" s"), "{run:?}");
    assert!(book.read("dist/winter-road.epub").starts_with(b"PK"));
    assert!(book.read("dist/winter-road-print.pdf").starts_with(b"%PDF-"));
}

#[test]
fn a_screen_section_asks_for_a_screen_edition() {
    let book = BookFixture::new(&format!("{WINTER_ROAD}screen: {{ max-edge: 1280 px }}\n"));
    write_photo(&book, "photos/01.jpg");
    assert_eq!(book.recto("build").code, 0);
    assert!(dist_files(&book).contains(&"winter-road-screen.pdf".to_owned()));
    fs::remove_dir_all(book.path("dist")).unwrap();
    assert_eq!(book.recto("build --only print -o out").code, 0);
    assert!(dist_files(&book).is_empty() && book.path("out/winter-road-print.pdf").is_file());
}

#[test]
fn checksums_verify_and_survive_the_next_build() {
    let book = winter_road();
    // A later change gives the photo a later timestamp.
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert_eq!(book.recto("build --only epub").code, 0);
    assert_eq!(book.recto("build --only print").code, 0);
    let sums = String::from_utf8(book.read("dist/SHA256SUMS")).unwrap();
    let mut names = Vec::new();
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").unwrap();
        assert_eq!(sum, sha256(&book.path("dist").join(name)), "{name}");
        names.push(name);
    }
    assert_eq!(names, ["winter-road-print.pdf", "winter-road.epub"]);
}

fn sha256(path: &Path) -> String {
    Sha256::digest(fs::read(path).unwrap()).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

#[test]
fn the_same_input_gives_the_same_bytes_with_any_number_of_threads() {
    let book = winter_road();
    assert_eq!(book.recto("build --jobs 1 -o one").code, 0);
    assert_eq!(book.recto("build --jobs 7 -o seven").code, 0);
    assert_eq!(book.read("one/SHA256SUMS"), book.read("seven/SHA256SUMS"));
    let another_time = [("SOURCE_DATE_EPOCH", "1000000000")];
    assert_eq!(book.recto_with("build -o then", &another_time).code, 0);
    assert_ne!(book.read("one/SHA256SUMS"), book.read("then/SHA256SUMS"));
}

#[test]
fn neither_memory_nor_cache_changes_the_bytes() {
    let book = winter_road();
    let build = "build --only epub,screen";
    assert_eq!(book.recto(&format!("{build} --no-cache -o one")).code, 0);
    assert!(!book.path("cache").exists());
    let variants = ["--jobs 3 --memory 1MB", "--memory 1.5GiB --cache other"];
    for (number, options) in variants.iter().enumerate() {
        assert_eq!(book.recto(&format!("{build} {options} -o {number}")).code, 0);
        let sums = book.read(&format!("{number}/SHA256SUMS"));
        assert_eq!(book.read("one/SHA256SUMS"), sums, "{options}");
    }
    assert!(book.path("other/pictures").is_dir() && book.path("cache/pictures").is_dir());
    assert!(book.recto("build --memory much").err.contains("such as 800MB"));
}

#[test]
fn a_second_build_reads_the_cache_of_the_first() {
    let book = winter_road();
    let summary =
        |run: Run| run.err.lines().find(|line| line.starts_with("converted ")).map(str::to_owned);
    let first = summary(book.recto("build -v --only epub")).unwrap();
    // The plate, and the cover.
    assert_eq!(first, "converted 2 pictures, 0 from the cache");
    let second = summary(book.recto("build -v --only epub -o elsewhere")).unwrap();
    assert_eq!(second, "converted 0 pictures, 2 from the cache");
    let uncached = summary(book.recto("build -v --only epub --no-cache")).unwrap();
    assert_eq!(uncached, "converted 2 pictures, 0 from the cache");
}

/// Where the system reports when a file was changed.
#[cfg(unix)]
#[test]
fn an_edition_is_rebuilt_only_when_an_input_has_changed() {
    let book = winter_road();
    // A later change gives the photo a later timestamp.
    std::thread::sleep(std::time::Duration::from_secs(3));
    let result = |run: Run| -> Vec<(String, bool)> {
        assert_eq!(run.code, 0, "{run:?}");
        let line = |line: &str| {
            let name = line["dist/".len()..].split(' ').next().unwrap();
            (name.to_owned(), line.ends_with("  unchanged"))
        };
        run.out.lines().map(line).collect()
    };
    let all = |ebook, print| {
        vec![("winter-road.epub".to_owned(), ebook), ("winter-road-print.pdf".to_owned(), print)]
    };
    let date = |name: &str| fs::metadata(book.path(name)).unwrap().modified().unwrap();
    assert_eq!(result(book.recto("build")), all(false, false));
    let (epub, sums) = (book.read("dist/winter-road.epub"), book.read("dist/SHA256SUMS"));
    let dates = ["dist/winter-road.epub", "dist/SHA256SUMS"].map(date);
    assert_eq!(result(book.recto("build")), all(true, true));
    assert_eq!(["dist/winter-road.epub", "dist/SHA256SUMS"].map(date), dates, "not touched");

    // A lost checksum file is restored, with the sums of unchanged editions.
    fs::remove_file(book.path("dist/SHA256SUMS")).unwrap();
    assert_eq!(result(book.recto("build")), all(true, true));
    assert_eq!(book.read("dist/SHA256SUMS"), sums);

    // An edition is missing or damaged.
    fs::remove_file(book.path("dist/winter-road-print.pdf")).unwrap();
    assert_eq!(result(book.recto("build")), all(true, false));
    let mut damaged = epub.clone();
    damaged[epub.len() / 2] ^= 1;
    book.write("dist/winter-road.epub", damaged);
    assert_eq!(result(book.recto("build")), all(false, true));
    assert!(book.read("dist/winter-road.epub") == epub);
    assert_eq!(book.read("dist/SHA256SUMS"), sums);

    // Another manifest, another timestamp, no record of the last build.
    book.write("book.yaml", WINTER_ROAD.replace("title: Winter Road", "title: Winter  Road"));
    assert_eq!(result(book.recto("build")), all(false, false));
    let another_time = [("SOURCE_DATE_EPOCH", "1000000000")];
    assert_eq!(result(book.recto_with("build", &another_time)), all(false, false));
    assert_eq!(result(book.recto_with("build", &another_time)), all(true, true));
    assert_eq!(result(book.recto_with("build --no-cache", &another_time)), all(false, false));

    // A changed photo with the same length and timestamp.
    let photo = book.path("photos/01.jpg");
    let taken = date("photos/01.jpg");
    let mut bytes = fs::read(&photo).unwrap();
    let last = bytes.len() - 40;
    bytes[last] ^= 1;
    fs::write(&photo, bytes).unwrap();
    fs::File::options().write(true).open(&photo).unwrap().set_modified(taken).unwrap();
    assert_eq!(result(book.recto_with("build", &another_time)), all(false, false));
    assert!(book.read("dist/winter-road.epub") != epub);
}

#[test]
fn a_cache_that_cannot_be_written_is_a_note() {
    let book = winter_road();
    book.write("taken", "a file where a folder should be");
    let run = book.recto("build --only epub --cache taken --format json");
    let object = run.json();
    assert_eq!((run.code, &object["notes"]), (0, &Value::from(1)), "{run:?}");
    assert_eq!(object["findings"][0]["code"], "cache-unwritable", "{run:?}");
    assert_eq!(dist_files(&book).len(), 2);
}

#[test]
fn removed_metadata_is_reported_once() {
    let book = winter_road();
    assert!(!book.recto("build --only print").err.contains("removed"));
    let exif = images::exif(&[], &[(1, 2, 2, b"N\0"), (2, 5, 3, &[1; 24])]);
    let photo = book.read("photos/01.jpg");
    book.write("photos/01.jpg", images::with_segment(&photo, 0xE1, &images::exif_segment(&exif)));
    let removed = |arguments: &str| {
        let run = book.recto(arguments);
        let mut lines = run.err.lines().filter(|line| line.contains("removed"));
        (lines.next().map(str::to_owned), lines.count())
    };
    let location = "location removed from 1 photo";
    assert_eq!(removed("build --only print,screen"), (Some(location.to_owned()), 0));
    assert_eq!(
        removed("build -v --only print"),
        (Some(format!("{location}; all other metadata removed from 1 photo")), 0)
    );
    assert_eq!(removed("build -q --only print"), (None, 0));
}

#[test]
fn an_invalid_timestamp_stops_the_build() {
    let book = winter_road();
    let run = book.recto_with("build --format short", &[("SOURCE_DATE_EPOCH", "yesterday")]);
    assert!(run.code == 1 && run.err.contains("error[source-date-epoch]"), "{run:?}");
    assert!(dist_files(&book).is_empty());
}

/// 2600 × 1700 pixels of 8-bit RGB (ISO/IEC 15948, 11.2.1).
const PNG_HEADER: [u8; 13] = [0, 0, 10, 40, 0, 0, 6, 164, 8, 2, 0, 0, 0];

#[test]
fn a_failed_build_leaves_the_earlier_files_unchanged() {
    let book = winter_road();
    assert_eq!(book.recto("build").code, 0);
    let editions = || {
        let names = dist_files(&book).into_iter().filter(|name| name != "SHA256SUMS");
        names.map(|name| (book.read(&format!("dist/{name}")), name)).collect::<Vec<_>>()
    };
    let earlier = editions();
    // The header is valid; the pixel data are not.
    let chunks = [(*b"IHDR", &PNG_HEADER[..]), (*b"IDAT", b"not deflated"), (*b"IEND", b"")];
    let photo = chunks.map(|(kind, body)| images::png_chunk(kind, body)).concat();
    book.write("photos/01.jpg", [b"\x89PNG\r\n\x1A\n", &photo[..]].concat());
    book.write("book.yaml", WINTER_ROAD.replace("first light", "last light"));
    let run = book.recto("build --only epub --format short");
    assert!(run.code == 1 && run.err.contains("error["), "{run:?}");
    assert!(editions() == earlier);
    assert!(!book.path("dist/SHA256SUMS").exists(), "no edition is up to date");
}

#[test]
fn an_output_folder_that_cannot_be_written_is_a_finding() {
    let book = winter_road();
    book.write("taken", "a file where a folder should be");
    let run = book.recto("build -o taken --format json");
    assert_eq!(run.code, 1);
    let object = run.json();
    assert_eq!(object["findings"][0]["code"], "not-written", "{run:?}");
    assert_eq!(book.read("taken"), b"a file where a folder should be");
}

#[test]
fn an_edition_whose_name_is_taken_by_a_folder_does_not_stop_the_others() {
    let book = winter_road();
    book.write("dist/winter-road.epub/keep.txt", "");
    let run = book.recto("build --format json");
    let object = run.json();
    assert_eq!((run.code, &object["errors"]), (1, &Value::from(1)), "{run:?}");
    assert_eq!(object["findings"][0]["edition"], "epub");
    assert!(book.path("dist/winter-road-print.pdf").is_file());
    assert!(
        dist_files(&book).iter().all(|name| !name.starts_with('.')),
        "temporary files are removed"
    );
}

#[test]
fn a_missing_character_is_reported_with_its_unicode_name() {
    let book = BookFixture::new(
        "title: T\npages:\n  - text: |\n      A camera \u{1F4F7} and a light 빛.\n",
    );
    let run = book.recto("check --format json");
    let object = run.json();
    let messages: Vec<&str> = object["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| {
            ["missing-glyph", "emoji-named"].contains(&finding["code"].as_str().unwrap())
        })
        .filter_map(|finding| finding["message"].as_str())
        .collect();
    assert_eq!(run.code, 1, "{run:?}");
    assert!(messages.iter().any(|it| it.contains("“빛” (U+BE5B HANGUL SYLLABLE BIC)")));
    assert!(messages.iter().any(|it| it.contains("(U+1F4F7 CAMERA)")), "{messages:?}");
    let out = book.recto("check").out;
    assert!(out.contains("U+1F4F7 CAMERA"), "{out}");
}

#[test]
fn the_schema_is_json_schema_draft_07() {
    let run = BookFixture::empty().recto("schema");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let draft = run.json()["$schema"].as_str().map(str::to_owned).unwrap_or_default();
    assert!(draft.contains("json-schema.org/draft-07"), "{draft}");
}

#[test]
fn every_shell_has_a_completion_script() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = BookFixture::empty().recto(&format!("completions {shell}"));
        assert_eq!(run.code, 0);
        assert!(run.out.contains("recto") && run.out.contains("check"), "{shell}");
    }
}

#[test]
fn the_manual_page_describes_every_command_and_exit_code() {
    let run = BookFixture::empty().recto("man");
    assert_eq!(run.code, 0);
    assert_eq!(run.out.matches("\n.TH ").count() + usize::from(run.out.starts_with(".TH ")), 1);
    for heading in ["NAME", "\"RECTO BUILD\"", "\"RECTO CHECK\"", "\"EXIT STATUS\"", "ENVIRONMENT"]
    {
        assert!(run.out.contains(&format!("\n.SH {heading}\n")), "{heading}: {}", run.out);
    }
}

#[test]
fn output_is_coloured_only_on_terminals_or_on_request() {
    let book = BookFixture::new(MISSING_PHOTO);
    assert!(!book.recto("check").out.contains('\u{1b}'));
    assert!(book.recto("check --color always").out.contains("\u{1b}["));
    let never = book.recto_with("check --color never", &[("CLICOLOR_FORCE", "1")]);
    assert!(!never.out.contains('\u{1b}'));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_not_an_error() {
    use std::process::Stdio;
    let book = BookFixture::new(MISSING_PHOTO);
    let mut results = Vec::new();
    for arguments in ["schema", "man", "check --format json"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_recto"))
            .args(arguments.split(' '))
            .current_dir(book.folder())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        results.push((output.status.code(), String::from_utf8(output.stderr).unwrap()));
    }
    assert_eq!(
        results,
        [(Some(0), String::new()), (Some(0), String::new()), (Some(1), String::new())]
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_an_error() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output =
        Command::new(env!("CARGO_BIN_EXE_recto")).arg("man").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("standard output"));
}

#[test]
fn all_pictures_that_cannot_be_decoded_are_reported_in_one_run() {
    // Chunks and checksums are valid; the pixel data are not.
    let undecodable = |name: &[u8]| {
        let mut png = b"\x89PNG\r\n\x1A\n".to_vec();
        png.extend(images::png_chunk(*b"IHDR", &[0, 0, 10, 40, 0, 0, 10, 40, 8, 2, 0, 0, 0]));
        png.extend(images::png_chunk(*b"IDAT", name));
        png.extend(images::png_chunk(*b"IEND", &[]));
        png
    };
    let book = BookFixture::new(
        "title: A\npages:\n  - { photo: a.png, alt: A }\n  - { photo: b.jpg, alt: B }\n  \
         - { photo: c.png, alt: C }\n",
    );
    book.write("a.png", undecodable(b"a"));
    write_photo(&book, "b.jpg");
    book.write("c.png", undecodable(b"c"));
    for edition in ["epub", "epub-fixed", "print", "screen"] {
        let run = book.recto(&format!("build --no-cache --only {edition} --all-findings"));
        assert_eq!(run.code, 1, "{edition}");
        for (name, line) in [("a.png", 3), ("c.png", 5)] {
            let message = format!("error[photo-unreadable]: {name} cannot be decoded");
            assert!(run.err.contains(&message), "{edition}: {}", run.err);
            assert!(run.err.contains(&format!("book.yaml:{line}:")), "{edition}: {}", run.err);
        }
    }
    assert!(!book.path("dist/a.epub").exists());
}

#[test]
fn editions_in_several_languages_have_different_file_names() {
    let book = BookFixture::new(
        "title: { en: Winter Road, ko: Gyeoul gil }\npages:\n  - text: { en: \"# One\", ko: \"# Hana\" }\n",
    );
    assert_eq!(book.recto("build --only print").code, 0);
    assert_eq!(book.recto("build --only print --language ko").code, 0);
    assert_eq!(
        dist_files(&book),
        ["SHA256SUMS", "winter-road-ko-print.pdf", "winter-road-print.pdf"]
    );
    let run = book.recto("build --only print --language fr");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("error[language-missing]"), "{run:?}");
}

#[test]
fn schema_prints_a_bundled_design_or_its_json_schema() {
    let book = BookFixture::empty();
    assert!(book.recto("schema --design modern").out.contains("like"));
    let schema: Value = serde_json::from_str(&book.recto("schema --design").out).unwrap();
    assert_eq!(schema["title"], "A recto design");
    assert_eq!(book.recto("schema --design nothing").code, 2);
}
