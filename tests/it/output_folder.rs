//! The files in the output folder: what a build says of them, and what `SHA256SUMS` vouches for.
#![expect(clippy::disallowed_methods, reason = "the tests look at the files that are written")]

use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

use crate::support::command::Run;
use crate::support::fixture::BookFixture;

const EARLIER: &str = "the file there is from an earlier build";

/// A book whose inputs are old enough that a later change is noticed.
fn settled(manifest: &str) -> BookFixture {
    let book = BookFixture::new(manifest);
    std::thread::sleep(Duration::from_secs(3));
    book
}

fn winter_road() -> BookFixture {
    settled("title: Winter Road\npages:\n  - text: \"# One\"\n")
}

fn listed(book: &BookFixture) -> Vec<String> {
    let sums = fs::read_to_string(book.path("dist/SHA256SUMS")).unwrap_or_default();
    sums.lines().map(|line| line.split_once("  ").unwrap().1.to_owned()).collect()
}

fn build(book: &BookFixture, arguments: &str, code: i32) -> Run {
    let run = book.recto(&format!("build {arguments}"));
    assert_eq!(run.code, code, "{run:?}");
    run
}

#[test]
fn checksums_of_other_editions_stay_while_these_are_up_to_date() {
    let book = winter_road();
    build(&book, "--only epub", 0);
    let run = build(&book, "--only print", 0);
    assert_eq!(listed(&book), ["winter-road-print.pdf", "winter-road.epub"]);
    assert!(!run.out.contains("earlier build"), "{run:?}");
}

#[test]
fn an_edition_of_an_earlier_manifest_is_named_and_not_vouched_for() {
    let book = winter_road();
    build(&book, "--only epub,print", 0);
    book.write("book.yaml", "title: Winter Road\npages:\n  - text: \"# Two\"\n");
    let run = build(&book, "--only print", 0);
    assert_eq!(listed(&book), ["winter-road-print.pdf"]);
    assert_eq!(
        run.out.lines().last(),
        Some(format!("dist/winter-road.epub  not built; {EARLIER}").as_str()),
        "{run:?}"
    );
    build(&book, "--only epub", 0);
    assert_eq!(listed(&book), ["winter-road-print.pdf", "winter-road.epub"]);
}

#[test]
fn without_the_cache_only_what_was_just_built_is_vouched_for() {
    let book = winter_road();
    build(&book, "--only epub --no-cache", 0);
    let run = build(&book, "--only print --no-cache", 0);
    assert_eq!(listed(&book), ["winter-road-print.pdf"]);
    assert!(run.out.contains("dist/winter-road.epub  not built"), "{run:?}");
}

#[test]
fn an_edition_that_fails_is_named_on_the_last_line() {
    let book = winter_road();
    build(&book, "--only epub,print", 0);
    let manifest = "title: Winter Road\npages:\n  - text: \"# One\"\n  - photo: gone.jpg\n";
    book.write("book.yaml", manifest);
    let run = build(&book, "--only print", 1);
    assert!(listed(&book).is_empty(), "{:?}", listed(&book));
    let lines: Vec<&str> = run.out.lines().collect();
    let failed = format!("dist/winter-road-print.pdf  not written (1 error); {EARLIER}");
    assert!(lines.contains(&failed.as_str()), "{run:?}");
    fs::remove_dir_all(book.path("dist")).unwrap();
    let run = build(&book, "--only print", 1);
    let last = run.out.lines().last();
    assert_eq!(last, Some("dist/winter-road-print.pdf  not written (1 error)"), "{run:?}");
}

#[test]
fn files_of_an_earlier_title_are_noted() {
    let book = winter_road();
    build(&book, "--only epub", 0);
    book.write("book.yaml", "title: Summer Road\npages:\n  - text: \"# One\"\n");
    for _ in 0..2 {
        let run = build(&book, "--only epub", 0);
        assert_eq!(listed(&book), ["summer-road.epub"]);
        assert!(
            run.err.contains("note[file-outdated]: dist/winter-road.epub is from an earlier build"),
            "{run:?}"
        );
    }
}

#[test]
fn a_listed_file_without_a_record_is_not_said_to_be_of_this_book() {
    let book = winter_road();
    let sum = "0".repeat(64);
    book.write("dist/SHA256SUMS", format!("{sum}  notes.txt\n{sum}  other.epub\n"));
    book.write("dist/notes.txt", "");
    book.write("dist/other.epub", "");
    let run = build(&book, "--only epub --no-cache --all-findings", 0);
    assert_eq!(listed(&book), ["winter-road.epub"]);
    for name in ["notes.txt", "other.epub"] {
        let note = format!("dist/{name} is not known to be of this book as it is now");
        assert!(run.err.contains(&note), "{run:?}");
        assert!(book.path("dist").join(name).is_file());
    }
}

#[test]
fn an_edition_is_written_even_if_its_checksum_cannot_be() {
    let book = winter_road();
    book.write("dist/SHA256SUMS/a-file-in-a-folder-of-this-name", "");
    let run = build(&book, "--only epub", 1);
    assert!(run.out.starts_with("dist/winter-road.epub  "), "{run:?}");
    assert!(!run.out.contains("not written"), "{run:?}");
    assert!(run.err.contains("error[not-written]: cannot write dist/SHA256SUMS"), "{run:?}");
}

#[test]
fn the_same_book_in_another_language_stays_vouched_for_until_it_changes() {
    let manifest = |text: &str| {
        format!(
            "title: {{ en: Winter Road, ko: Gyeoul gil }}\npages:\n  - text: {{ en: \"# One\", ko: \"# {text}\" }}\n"
        )
    };
    let book = settled(&manifest("Hana"));
    build(&book, "--only epub --language ko", 0);
    build(&book, "--only epub", 0);
    assert_eq!(listed(&book), ["winter-road-ko.epub", "winter-road.epub"]);
    book.write("book.yaml", manifest("Dul"));
    let run = build(&book, "--only epub", 0);
    assert_eq!(listed(&book), ["winter-road.epub"]);
    assert!(run.out.contains("dist/winter-road-ko.epub  not built"), "{run:?}");
}

#[cfg(unix)]
#[test]
fn an_interrupted_build_leaves_no_half_file_and_says_so() {
    use std::process::{Command, Stdio};

    let book = BookFixture::new("title: Winter Road\npages:\n  - photos: \"*.jpg\"\n");
    let book = (0..24).fold(book, |book, n| book.photo(&format!("{n:02}.jpg"), 3000, 2000));
    for signal in ["-INT", "-TERM"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_recto"))
            .args(["build", "--only", "epub", "--no-cache", "--jobs", "1", "-q"])
            .current_dir(book.folder())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let dist = || fs::read_dir(book.path("dist")).map_or(0, Iterator::count);
        while dist() == 0 && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(
            Command::new("kill")
                .args([signal, &child.id().to_string()])
                .status()
                .unwrap()
                .success()
        );
        let run = Run::from(child.wait_with_output().unwrap());
        assert_eq!(run.code, 130, "{run:?}");
        assert!(run.err.contains("recto: interrupted; nothing was changed"), "{run:?}");
        assert_eq!(dist(), 0);
    }
}

#[test]
fn findings_of_one_cause_are_shown_as_one_with_three_places_and_the_error_last() {
    let mut manifest = String::from("title: Winter Road\npages:\n  - photo: gone.jpg\n");
    for n in 0..60 {
        writeln!(manifest, "  - photo: {n:02}.jpg").unwrap();
    }
    let book = BookFixture::new(&manifest);
    let book = (0..60).fold(book, |book, n| book.photo(&format!("{n:02}.jpg"), 30, 20));
    let run = book.recto("check");
    assert_eq!(run.out.matches("[alt-missing]").count(), 1, "{run:?}");
    assert!(run.out.contains("also: 01.jpg has no alt text (book.yaml:5:12)"), "{run:?}");
    assert!(run.out.contains("also: 02.jpg has no alt text (book.yaml:6:12)"), "{run:?}");
    assert!(run.out.contains("also: 57 more; --all-findings shows each"), "{run:?}");
    let headings = run.out.lines().filter(|line| line.contains("]: "));
    let severities: Vec<&str> = headings.map(|line| line.split('[').next().unwrap()).collect();
    assert_eq!(severities, ["note", "warning", "warning", "error", "error"], "{run:?}");

    let all = book.recto("check --all-findings");
    assert_eq!(all.out.matches("[alt-missing]").count(), 60, "{all:?}");
    let json = book.recto("check --format json").json();
    let places = json["findings"].as_array().unwrap();
    assert_eq!(places.iter().filter(|it| it["code"] == "alt-missing").count(), 60);
}
