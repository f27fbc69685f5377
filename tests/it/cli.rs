//! What the command promises: exit codes, streams, forms, and files that are whole.
#![expect(clippy::disallowed_methods, reason = "the tests make books and look at the files")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::support::generate;

/// A folder with a book in it, and the command run there.
struct Desk {
    folder: TempDir,
}

impl Desk {
    /// A folder with this manifest.
    fn with(manifest: &str) -> Self {
        let desk = Self::empty();
        desk.put("book.yaml", manifest);
        desk
    }

    fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A book of one photo with no problems.
    fn with_a_good_book() -> Self {
        let desk = Self::with(GOOD);
        desk.put_photo("photos/01.jpg");
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Large enough to be printed without a word about its resolution.
    fn put_photo(&self, name: &str) {
        const EDGE: u16 = 2600;
        let pixels = vec![0x90; usize::from(EDGE) * usize::from(EDGE)];
        let mut jpeg = Vec::new();
        jpeg_encoder::Encoder::new(&mut jpeg, 80)
            .encode(&pixels, EDGE, EDGE, jpeg_encoder::ColorType::Luma)
            .unwrap();
        self.put(name, jpeg);
    }

    /// Runs the command in the folder.
    fn recto(&self, arguments: &str) -> Run {
        self.recto_with(arguments, &[])
    }

    fn recto_with(&self, arguments: &str, environment: &[(&str, &str)]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_recto"))
            .args(arguments.split_whitespace())
            .current_dir(self.folder.path())
            .env_remove("SOURCE_DATE_EPOCH")
            .env_remove("RUST_BACKTRACE")
            .env("RECTO_CACHE", self.path("cache"))
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        Run::from(output)
    }

    /// The files in `dist`, hidden ones too.
    fn made(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path("dist")) else { return Vec::new() };
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }
}

/// What a run left behind.
#[derive(Debug)]
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().expect("an exit code, not a signal"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Run {
    /// The one object on standard output.
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

const GOOD: &str = "\
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
fn arguments_that_make_no_sense_are_a_matter_of_usage() {
    let desk = Desk::with(GOOD);
    for arguments in [
        "",
        "chek",
        "check --frmat json",
        "check --format xml",
        "check --deny notes",
        "check --quiet --verbose",
        "check one two",
        "build --only poster",
        "build --jobs 0",
        "build --color sometimes",
        "completions tcsh",
    ] {
        let run = desk.recto(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments}: {run:?}");
        assert!(!run.err.is_empty(), "{arguments}");
    }
}

#[test]
fn an_edition_of_a_later_version_is_refused_by_name() {
    let run = Desk::with(GOOD).recto("build --only epub,cover");
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("'cover'")
            && run.err.contains("this version of recto cannot write it yet"),
        "{run:?}"
    );
    assert!(!Desk::empty().recto("build --help").out.contains("cover"));
}

#[test]
fn help_and_version_are_answers() {
    let desk = Desk::empty();
    for arguments in ["--help", "--version", "build --help", "help check"] {
        let run = desk.recto(arguments);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments}");
    }
    let version = format!("recto {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(desk.recto("--version").out, version);
}

#[test]
fn a_good_book_has_no_problems() {
    let run = Desk::with_a_good_book().recto("check --deny warnings");
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
    assert_eq!(run.err, "no problems found\n");
}

#[test]
fn a_missing_photo_is_a_problem_with_its_place() {
    let run = Desk::with(MISSING_PHOTO).recto("check --format short");
    assert_eq!(run.code, 1, "{run:?}");
    let line = run.out.lines().find(|line| line.contains("photo-missing")).unwrap_or_default();
    assert!(line.starts_with("book.yaml:3:12: error[photo-missing]: "), "{run:?}");
}

#[test]
fn the_human_form_marks_the_place_under_its_line() {
    let run = Desk::with(MISSING_PHOTO).recto("check");
    assert_eq!(run.code, 1);
    let mut lines = run.out.lines().skip_while(|line| !line.starts_with("error[photo-missing]: "));
    assert_eq!(lines.nth(1), Some("  ╭▸ book.yaml:3:12"), "{run:?}");
    assert_eq!(lines.nth(1), Some("3 │   - photo: photos/dusk.jpg"), "{run:?}");
    let mark = format!("  ╰╴{}{}", " ".repeat(11), "━".repeat(15));
    assert!(lines.next().is_some_and(|line| line.starts_with(&mark)), "{run:?}");
    assert!(run.err.contains("1 error"), "{run:?}");
}

#[test]
fn the_object_form_keeps_its_shape() {
    let run = Desk::with(MISSING_PHOTO).recto("check --format json");
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
fn a_build_answers_with_an_object_too_and_nothing_beside_it() {
    let run = Desk::with_a_good_book().recto("build --format json");
    assert_eq!((run.code, &run.json()["errors"]), (0, &Value::from(0)), "{run:?}");
    assert!(run.err.contains("winter-road.epub"), "{run:?}");
    let run = Desk::with(MISSING_PHOTO).recto("build --format json");
    assert_eq!((run.code, &run.json()["errors"]), (1, &Value::from(1)), "{run:?}");
}

#[test]
fn warnings_are_a_problem_only_when_they_are_denied() {
    let desk = Desk::with(NO_ALT);
    desk.put_photo("photos/01.jpg");
    let run = desk.recto("check");
    assert!(run.code == 0 && run.out.contains("warning["), "{run:?}");
    let run = desk.recto("check --deny warnings");
    assert!(run.code == 1 && run.err.contains("(denied)"), "{run:?}");
    assert_eq!(desk.recto("build --deny warnings").code, 1);
    assert!(desk.made().is_empty());
}

#[test]
fn quiet_says_nothing_but_errors() {
    let desk = Desk::with(NO_ALT);
    desk.put_photo("photos/01.jpg");
    let run = desk.recto("check -q");
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    let run = desk.recto("build -q --only epub");
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    let run = Desk::with(MISSING_PHOTO).recto("build -q --format short");
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("error[photo-missing]") && !run.err.contains("1 error"), "{run:?}");
}

#[test]
fn without_a_manifest_there_is_no_book() {
    let desk = Desk::empty();
    for arguments in ["check --format json", "build --format json", "check nowhere --format json"] {
        let run = desk.recto(arguments);
        let object = run.json();
        assert_eq!((run.code, &object["errors"]), (1, &Value::from(1)), "{run:?}");
    }
    assert!(desk.made().is_empty());
}

#[test]
fn the_manifest_is_looked_for_upwards() {
    let desk = Desk::with_a_good_book();
    desk.put("photos/notes/a.txt", "");
    let output = Command::new(env!("CARGO_BIN_EXE_recto"))
        .args(["build", "--only", "epub"])
        .current_dir(desk.path("photos/notes"))
        .env("RECTO_CACHE", desk.path("cache"))
        .output()
        .unwrap();
    assert_eq!(Run::from(output).code, 0);
    assert_eq!(desk.made(), ["SHA256SUMS", "winter-road.epub"]);
}

#[test]
fn a_folder_that_holds_a_manifest_stands_for_it() {
    let desk = Desk::with_a_good_book();
    let elsewhere = Desk::empty();
    let book = desk.folder.path().to_str().unwrap();
    let run = elsewhere.recto(&format!("build {book} --only epub"));
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(desk.made(), ["SHA256SUMS", "winter-road.epub"]);
    assert!(elsewhere.made().is_empty());
}

#[test]
fn a_build_writes_the_book_the_print_and_their_sums() {
    let desk = Desk::with_a_good_book();
    let run = desk.recto("build");
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(desk.made(), ["SHA256SUMS", "winter-road-print.pdf", "winter-road.epub"]);
    let lines: Vec<_> = run.out.lines().collect();
    assert_eq!(lines.len(), 2, "{run:?}");
    assert!(lines[0].starts_with("dist/winter-road.epub  1 picture  "), "{run:?}");
    assert!(lines[1].starts_with("dist/winter-road-print.pdf  "), "{run:?}");
    assert!(lines[1].contains(" pages  ") && lines[1].ends_with(" s"), "{run:?}");
    assert!(desk.bytes("dist/winter-road.epub").starts_with(b"PK"));
    assert!(desk.bytes("dist/winter-road-print.pdf").starts_with(b"%PDF-"));
}

#[test]
fn a_screen_section_asks_for_a_screen_edition() {
    let desk = Desk::with(&format!("{GOOD}screen: {{ max-edge: 1280 px }}\n"));
    desk.put_photo("photos/01.jpg");
    assert_eq!(desk.recto("build").code, 0);
    assert!(desk.made().contains(&"winter-road-screen.pdf".to_owned()));
    fs::remove_dir_all(desk.path("dist")).unwrap();
    assert_eq!(desk.recto("build --only print -o out").code, 0);
    assert!(desk.made().is_empty() && desk.path("out/winter-road-print.pdf").is_file());
}

#[test]
fn the_sums_verify_and_survive_the_next_build() {
    let desk = Desk::with_a_good_book();
    assert_eq!(desk.recto("build --only epub").code, 0);
    assert_eq!(desk.recto("build --only print").code, 0);
    let sums = String::from_utf8(desk.bytes("dist/SHA256SUMS")).unwrap();
    let mut names = Vec::new();
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").unwrap();
        assert_eq!(sum, sha256(&desk.path("dist").join(name)), "{name}");
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
    let desk = Desk::with_a_good_book();
    assert_eq!(desk.recto("build --jobs 1 -o one").code, 0);
    assert_eq!(desk.recto("build --jobs 7 -o seven").code, 0);
    assert_eq!(desk.bytes("one/SHA256SUMS"), desk.bytes("seven/SHA256SUMS"));
    let at_another_moment = [("SOURCE_DATE_EPOCH", "1000000000")];
    assert_eq!(desk.recto_with("build -o then", &at_another_moment).code, 0);
    assert_ne!(desk.bytes("one/SHA256SUMS"), desk.bytes("then/SHA256SUMS"));
}

#[test]
fn neither_memory_nor_cache_change_the_bytes() {
    let desk = Desk::with_a_good_book();
    let build = "build --only epub,screen";
    assert_eq!(desk.recto(&format!("{build} --no-cache -o one")).code, 0);
    assert!(!desk.path("cache").exists());
    let others = ["--jobs 3 --memory 1MB", "--memory 1.5GiB --cache kept"];
    for (number, means) in others.iter().enumerate() {
        assert_eq!(desk.recto(&format!("{build} {means} -o {number}")).code, 0);
        let sums = desk.bytes(&format!("{number}/SHA256SUMS"));
        assert_eq!(desk.bytes("one/SHA256SUMS"), sums, "{means}");
    }
    assert!(desk.path("kept/pictures").is_dir() && desk.path("cache/pictures").is_dir());
    assert!(desk.recto("build --memory much").err.contains("such as 800MB"));
}

#[test]
fn a_second_build_finds_what_the_first_one_made() {
    let desk = Desk::with_a_good_book();
    let told =
        |run: Run| run.err.lines().find(|line| line.starts_with("converted ")).map(str::to_owned);
    let first = told(desk.recto("build -v --only epub")).unwrap();
    // The plate, and the cover.
    assert_eq!(first, "converted 2 pictures, 0 from the cache");
    let second = told(desk.recto("build -v --only epub -o elsewhere")).unwrap();
    assert_eq!(second, "converted 0 pictures, 2 from the cache");
    let alone = told(desk.recto("build -v --only epub --no-cache")).unwrap();
    assert_eq!(alone, "converted 2 pictures, 0 from the cache");
}

/// Where the system tells when a file was changed.
#[cfg(unix)]
#[test]
fn an_edition_stands_while_all_that_it_is_made_of_stays_as_it_was() {
    let desk = Desk::with_a_good_book();
    // So long after a photo was changed, the next change will be seen.
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
    let date = |name: &str| fs::metadata(desk.path(name)).unwrap().modified().unwrap();
    assert_eq!(result(desk.recto("build")), all(false, false));
    let (book, sums) = (desk.bytes("dist/winter-road.epub"), desk.bytes("dist/SHA256SUMS"));
    let dates = ["dist/winter-road.epub", "dist/SHA256SUMS"].map(date);
    assert_eq!(result(desk.recto("build")), all(true, true));
    assert_eq!(["dist/winter-road.epub", "dist/SHA256SUMS"].map(date), dates, "not touched");

    // Whoever lost the list gets it back, with the sums of what was not read.
    fs::remove_file(desk.path("dist/SHA256SUMS")).unwrap();
    assert_eq!(result(desk.recto("build")), all(true, true));
    assert_eq!(desk.bytes("dist/SHA256SUMS"), sums);

    // A file that is gone, or not the one that was written.
    fs::remove_file(desk.path("dist/winter-road-print.pdf")).unwrap();
    assert_eq!(result(desk.recto("build")), all(true, false));
    let mut damaged = book.clone();
    damaged[book.len() / 2] ^= 1;
    desk.put("dist/winter-road.epub", damaged);
    assert_eq!(result(desk.recto("build")), all(false, true));
    assert!(desk.bytes("dist/winter-road.epub") == book);
    assert_eq!(desk.bytes("dist/SHA256SUMS"), sums);

    // Other words, another moment, nobody who knows.
    desk.put("book.yaml", GOOD.replace("title: Winter Road", "title: Winter  Road"));
    assert_eq!(result(desk.recto("build")), all(false, false));
    let moment = [("SOURCE_DATE_EPOCH", "1000000000")];
    assert_eq!(result(desk.recto_with("build", &moment)), all(false, false));
    assert_eq!(result(desk.recto_with("build", &moment)), all(true, true));
    assert_eq!(result(desk.recto_with("build --no-cache", &moment)), all(false, false));

    // Another photo of the same length and date.
    let photo = desk.path("photos/01.jpg");
    let taken = date("photos/01.jpg");
    let mut bytes = fs::read(&photo).unwrap();
    let last = bytes.len() - 40;
    bytes[last] ^= 1;
    fs::write(&photo, bytes).unwrap();
    fs::File::options().write(true).open(&photo).unwrap().set_modified(taken).unwrap();
    assert_eq!(result(desk.recto_with("build", &moment)), all(false, false));
    assert!(desk.bytes("dist/winter-road.epub") != book);
}

#[test]
fn a_cache_that_cannot_be_written_is_a_note() {
    let desk = Desk::with_a_good_book();
    desk.put("taken", "a file where a folder should be");
    let run = desk.recto("build --only epub --cache taken --format json");
    let object = run.json();
    assert_eq!((run.code, &object["notes"]), (0, &Value::from(1)), "{run:?}");
    assert_eq!(object["findings"][0]["code"], "cache-unwritable", "{run:?}");
    assert_eq!(desk.made().len(), 2);
}

#[test]
fn a_build_tells_once_what_it_removed() {
    let desk = Desk::with_a_good_book();
    assert!(!desk.recto("build --only print").err.contains("removed"));
    let place = generate::exif(&[], &[(1, 2, 2, b"N\0"), (2, 5, 3, &[1; 24])]);
    let photo = desk.bytes("photos/01.jpg");
    desk.put(
        "photos/01.jpg",
        generate::with_segment(&photo, 0xE1, &generate::exif_segment(&place)),
    );
    let removed = |arguments: &str| {
        let run = desk.recto(arguments);
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
fn a_moment_that_is_none_stops_the_build() {
    let desk = Desk::with_a_good_book();
    let run = desk.recto_with("build --format short", &[("SOURCE_DATE_EPOCH", "yesterday")]);
    assert!(run.code == 1 && run.err.contains("error[source-date-epoch]"), "{run:?}");
    assert!(desk.made().is_empty());
}

/// 2600 × 1700 pixels of 8-bit RGB (ISO/IEC 15948, 11.2.1).
const PNG_HEADER: [u8; 13] = [0, 0, 10, 40, 0, 0, 6, 164, 8, 2, 0, 0, 0];

#[test]
fn a_build_that_fails_leaves_the_earlier_files_whole() {
    let desk = Desk::with_a_good_book();
    assert_eq!(desk.recto("build").code, 0);
    let files = || desk.made().into_iter().map(|name| (desk.bytes(&format!("dist/{name}")), name));
    let earlier: Vec<_> = files().collect();
    // Its header says that all is well; its data are none.
    let chunks = [(*b"IHDR", &PNG_HEADER[..]), (*b"IDAT", b"not deflated"), (*b"IEND", b"")];
    let photo = chunks.map(|(kind, body)| generate::png_chunk(kind, body)).concat();
    desk.put("photos/01.jpg", [b"\x89PNG\r\n\x1A\n", &photo[..]].concat());
    desk.put("book.yaml", GOOD.replace("first light", "last light"));
    let run = desk.recto("build --only epub --format short");
    assert!(run.code == 1 && run.err.contains("error["), "{run:?}");
    assert!(files().collect::<Vec<_>>() == earlier);
}

#[test]
fn a_place_that_cannot_be_written_to_is_a_finding() {
    let desk = Desk::with_a_good_book();
    desk.put("taken", "a file where a folder should be");
    let run = desk.recto("build -o taken --format json");
    assert_eq!(run.code, 1);
    let object = run.json();
    assert_eq!(object["findings"][0]["code"], "not-written", "{run:?}");
    assert_eq!(desk.bytes("taken"), b"a file where a folder should be");
}

#[test]
fn an_edition_whose_name_is_taken_by_a_folder_stops_no_other() {
    let desk = Desk::with_a_good_book();
    desk.put("dist/winter-road.epub/keep.txt", "");
    let run = desk.recto("build --format json");
    let object = run.json();
    assert_eq!((run.code, &object["errors"]), (1, &Value::from(1)), "{run:?}");
    assert_eq!(object["findings"][0]["edition"], "epub");
    assert!(desk.path("dist/winter-road-print.pdf").is_file());
    assert!(desk.made().iter().all(|name| !name.starts_with('.')), "nothing half done is left");
}

#[test]
fn a_character_that_no_face_has_is_called_by_its_name() {
    let desk =
        Desk::with("title: T\npages:\n  - text: |\n      A camera \u{1F4F7} and a light 빛.\n");
    let run = desk.recto("check --format json");
    let object = run.json();
    let messages: Vec<&str> = object["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["code"] == "missing-glyph")
        .filter_map(|finding| finding["message"].as_str())
        .collect();
    assert_eq!(run.code, 1, "{run:?}");
    assert!(messages.iter().any(|told| told.contains("“빛” (U+BE5B HANGUL SYLLABLE BIC)")));
    assert!(messages.iter().any(|told| told.contains("(U+1F4F7 CAMERA)")), "{messages:?}");
    let told = desk.recto("check").out;
    assert!(told.contains("U+1F4F7 CAMERA"), "{told}");
}

#[test]
fn the_schema_is_json_schema_draft_07() {
    let run = Desk::empty().recto("schema");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let draft = run.json()["$schema"].as_str().map(str::to_owned).unwrap_or_default();
    assert!(draft.contains("json-schema.org/draft-07"), "{draft}");
}

#[test]
fn every_shell_gets_a_script() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = Desk::empty().recto(&format!("completions {shell}"));
        assert_eq!(run.code, 0);
        assert!(run.out.contains("recto") && run.out.contains("check"), "{shell}");
    }
}

#[test]
fn the_manual_tells_of_every_command_and_exit_code() {
    let run = Desk::empty().recto("man");
    assert_eq!(run.code, 0);
    assert_eq!(run.out.matches("\n.TH ").count() + usize::from(run.out.starts_with(".TH ")), 1);
    for heading in ["NAME", "\"RECTO BUILD\"", "\"RECTO CHECK\"", "\"EXIT STATUS\"", "ENVIRONMENT"]
    {
        assert!(run.out.contains(&format!("\n.SH {heading}\n")), "{heading}: {}", run.out);
    }
}

#[test]
fn colours_are_for_terminals_unless_they_are_asked_for() {
    let desk = Desk::with(MISSING_PHOTO);
    assert!(!desk.recto("check").out.contains('\u{1b}'));
    assert!(desk.recto("check --color always").out.contains("\u{1b}["));
    let never = desk.recto_with("check --color never", &[("CLICOLOR_FORCE", "1")]);
    assert!(!never.out.contains('\u{1b}'));
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_is_no_fault() {
    use std::process::Stdio;
    let desk = Desk::with(MISSING_PHOTO);
    let mut left = Vec::new();
    for arguments in ["schema", "man", "check --format json"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_recto"))
            .args(arguments.split(' '))
            .current_dir(desk.folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        left.push((output.status.code(), String::from_utf8(output.stderr).unwrap()));
    }
    assert_eq!(
        left,
        [(Some(0), String::new()), (Some(0), String::new()), (Some(1), String::new())]
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_a_problem() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output =
        Command::new(env!("CARGO_BIN_EXE_recto")).arg("man").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("standard output"));
}

#[test]
fn all_pictures_that_cannot_be_decoded_are_told_in_one_run() {
    // Chunks and checksums are as they should be; what they hold is no picture data.
    let hollow = |name: &[u8]| {
        let mut png = b"\x89PNG\r\n\x1A\n".to_vec();
        png.extend(generate::png_chunk(*b"IHDR", &[0, 0, 10, 40, 0, 0, 10, 40, 8, 2, 0, 0, 0]));
        png.extend(generate::png_chunk(*b"IDAT", name));
        png.extend(generate::png_chunk(*b"IEND", &[]));
        png
    };
    let desk = Desk::with(
        "title: A\npages:\n  - { photo: a.png, alt: A }\n  - { photo: b.jpg, alt: B }\n  \
         - { photo: c.png, alt: C }\n",
    );
    desk.put("a.png", hollow(b"a"));
    desk.put_photo("b.jpg");
    desk.put("c.png", hollow(b"c"));
    for edition in ["epub", "epub-fixed", "print", "screen"] {
        let run = desk.recto(&format!("build --no-cache --only {edition}"));
        assert_eq!(run.code, 1, "{edition}");
        for (name, line) in [("a.png", 3), ("c.png", 5)] {
            let said = format!("error[photo-unreadable]: {name} cannot be decoded");
            assert!(run.err.contains(&said), "{edition}: {}", run.err);
            assert!(run.err.contains(&format!("book.yaml:{line}:")), "{edition}: {}", run.err);
        }
    }
    assert!(!desk.path("dist/a.epub").exists());
}

#[test]
fn editions_in_several_languages_lie_beside_each_other() {
    let desk = Desk::with(
        "title: { en: Winter Road, ko: Gyeoul gil }\npages:\n  - text: { en: \"# One\", ko: \"# Hana\" }\n",
    );
    assert_eq!(desk.recto("build --only print").code, 0);
    assert_eq!(desk.recto("build --only print --language ko").code, 0);
    assert_eq!(desk.made(), ["SHA256SUMS", "winter-road-ko-print.pdf", "winter-road-print.pdf"]);
    let run = desk.recto("build --only print --language fr");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("error[language-missing]"), "{run:?}");
}

#[test]
fn a_design_is_printed_whole_or_described() {
    let desk = Desk::empty();
    assert!(desk.recto("schema --design modern").out.contains("like"));
    let schema: Value = serde_json::from_str(&desk.recto("schema --design").out).unwrap();
    assert_eq!(schema["title"], "A recto design");
    assert_eq!(desk.recto("schema --design nothing").code, 2);
}
