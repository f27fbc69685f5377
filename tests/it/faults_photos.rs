//! Photos that change, vanish or turn into something else between the check and the build.
#![expect(clippy::disallowed_methods, reason = "the tests change the photos")]

use std::fs;
use std::path::Path;

use recto::build::{NoProgress, Outcome, Project, ProjectOptions};
use recto::finding::Code;
use recto::model::{Edition, EditionSet};

use crate::support::fixture::{BookFixture, build_all_options, jpeg};

const MANIFEST: &str = "title: Winter Road\nallow: resolution\noffline: { form: folder, include: [epub] }\npages:\n  - photo: a.jpg\n    alt: A quay\n  - photo: b.jpg\n    alt: A boat\n";

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Loads the book, changes its photo `a.jpg`, and builds editions.
fn assert_stopped(editions: EditionSet, change: impl FnOnce(&Path), what: &str) {
    let book = BookFixture::new(MANIFEST).small_photos(&["a.jpg", "b.jpg"]);
    let load = || Project::load(&book.path("book.yaml"), &ProjectOptions::default()).project;
    let dist = book.path("dist");
    let first = load().unwrap().build_all(editions, &dist, &build_all_options(), &mut NoProgress);
    assert!(first.editions.iter().all(|it| it.outcome.file().is_some()));
    let earlier: Vec<_> = names(&dist).into_iter().filter(|name| name != "SHA256SUMS").collect();
    let bytes = |name: &String| fs::read(dist.join(name)).unwrap_or_default();
    let before: Vec<_> = earlier.iter().map(bytes).collect();

    let project = load().unwrap();
    change(&book.path("a.jpg"));
    let report = project.build_all(editions, &dist, &build_all_options(), &mut NoProgress);
    for result in &report.editions {
        assert!(matches!(result.outcome, Outcome::Failed), "{what}: {result:?}");
        let [finding] = &result.findings[..] else { panic!("{what}: {result:?}") };
        assert_eq!(finding.code, Code::PhotoChanged, "{what}: {finding:?}");
        assert!(finding.message.starts_with("a.jpg "), "{finding:?}");
        assert_eq!(finding.at.as_ref().map(|at| at.line), Some(5));
    }
    assert_eq!(earlier.iter().map(bytes).collect::<Vec<_>>(), before, "{what}");
    assert_eq!(names(&dist), earlier, "{what}: nothing is vouched for, and nothing is left");
}

#[test]
fn a_photo_that_becomes_another_one_stops_its_editions() {
    let all = EditionSet::ALL.filter(|edition| edition != Edition::Cover);
    let epub = EditionSet::from(Edition::Epub);
    assert_stopped(all, |path| fs::write(path, jpeg(60, 40)).unwrap(), "the same size");
    assert_stopped(epub, |path| fs::write(path, jpeg(40, 60)).unwrap(), "another size");
    assert_stopped(
        epub,
        |path| {
            let bytes = fs::read(path).unwrap();
            fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
        },
        "truncated",
    );
    assert_stopped(epub, |path| fs::write(path, b"").unwrap(), "empty");
    assert_stopped(epub, |path| fs::write(path, b"not a photo").unwrap(), "a text");
}

#[test]
fn a_photo_that_vanishes_stops_its_editions() {
    let print = EditionSet::from(Edition::Print);
    assert_stopped(print, |path| fs::remove_file(path).unwrap(), "removed");
    assert_stopped(
        print,
        |path| {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
        },
        "a folder",
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_photo_that_becomes_a_pipe_stops_its_editions() {
    use std::process::Command;
    assert_stopped(
        Edition::Screen.into(),
        |path| {
            fs::remove_file(path).unwrap();
            assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
        },
        "a pipe",
    );
}
