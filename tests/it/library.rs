//! The library without the command line: books from a manifest and books built in code.

use std::path::Path;

use recto::build::{
    BuildAllOptions, BuildOptions, BuildReport, EditionResult, NoProgress, Outcome, Progress,
    Project, ProjectOptions, default_timestamp,
};
use recto::model::{Book, Edition, EditionSet, Entry, Language, Plate};
use recto::picture::{CacheOptions, ImageProcessor, ProcessorOptions, Profiles, probe};

use crate::support::fixture::{BookFixture, build_all_options};

fn winter_road() -> BookFixture {
    BookFixture::new(
        "title: Winter Road\ncredit: Ada Field\npages:\n  - photo: 1.jpg\n    alt: A quay.\n",
    )
    .photo("1.jpg", 60, 40)
}

fn project(fixture: &BookFixture) -> Project {
    let loaded = Project::load(&fixture.path("book.yaml"), &ProjectOptions::default());
    loaded.project.expect("the manifest describes a book")
}

fn build_all(project: &Project, folder: &Path, options: &BuildAllOptions) -> BuildReport {
    let editions = EditionSet::from(Edition::Epub).union(Edition::Screen.into());
    project.build_all(editions, folder, options, &mut NoProgress)
}

/// Builds an edition to memory.
fn build(project: &Project, edition: Edition) -> Vec<u8> {
    let processor = ImageProcessor::new(ProcessorOptions::default());
    let options =
        BuildOptions { modified: default_timestamp(None), guides: false, processor: &processor };
    let mut bytes = Vec::new();
    project.build(edition, &mut bytes, &options, &mut Vec::new(), &mut || {}).unwrap();
    bytes
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the files that were written are read")]
fn all_editions_are_written_with_their_checksums_and_equal_those_in_memory() {
    let fixture = winter_road();
    let project = project(&fixture);
    let report = build_all(&project, &fixture.path("dist"), &build_all_options());
    assert_eq!(report.findings, []);
    let sums = std::fs::read_to_string(fixture.path("dist/SHA256SUMS")).unwrap();
    for result in &report.editions {
        let Outcome::Written(file) = &result.outcome else { panic!("{result:?}") };
        let name = project.file_name(result.edition);
        assert!(sums.contains(&format!("{}  {name}\n", file.sha256)), "{sums}");
        assert_eq!(std::fs::read(&result.file).unwrap(), build(&project, result.edition));
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the record of a build names the program")]
fn an_edition_is_not_written_again_while_nothing_changes() {
    let fixture = winter_road();
    let cache = CacheOptions {
        folder: fixture.path("cache"),
        max_bytes: 1 << 20,
        now: std::time::Duration::from_hours(1_200_000),
    };
    let options = BuildAllOptions {
        processor: ProcessorOptions { cache: Some(cache), ..ProcessorOptions::default() },
        program: std::env::current_exe().ok(),
        ..build_all_options()
    };
    let outcomes = || {
        let report = build_all(&project(&fixture), &fixture.path("dist"), &options);
        report.editions.into_iter().map(|result| result.outcome).collect::<Vec<_>>()
    };
    assert!(outcomes().iter().all(|outcome| matches!(outcome, Outcome::Written(_))));
    assert!(outcomes().iter().all(|outcome| matches!(outcome, Outcome::Unchanged(_))));
}

#[test]
fn an_error_stops_an_edition_and_leaves_no_file() {
    let fixture = winter_road();
    let project = project(&fixture);
    let options = BuildAllOptions { deny_warnings: true, ..build_all_options() };
    // A photo of 60 pixels is too small for print.
    let report =
        project.build_all(Edition::Print.into(), &fixture.path("dist"), &options, &mut NoProgress);
    assert_eq!(report.editions[0].outcome, Outcome::Stopped);
    assert!(!report.editions[0].file.exists());
}

#[test]
fn progress_counts_every_picture_of_every_edition() {
    #[derive(Default)]
    struct Counts {
        expected: usize,
        done: usize,
        finished: Vec<Edition>,
    }
    impl Progress for Counts {
        fn edition_started(&mut self, _: Edition, _: &Path, pictures: usize) {
            self.expected += pictures;
        }
        fn picture_done(&mut self) {
            self.done += 1;
        }
        fn edition_finished(&mut self, result: &EditionResult) {
            self.finished.push(result.edition);
        }
    }
    let fixture = winter_road();
    let mut counts = Counts::default();
    let editions = EditionSet::from(Edition::Epub).union(Edition::Screen.into());
    project(&fixture).build_all(editions, &fixture.path("dist"), &build_all_options(), &mut counts);
    assert_eq!((counts.expected, counts.done), (2, 2));
    assert_eq!(counts.finished, [Edition::Epub, Edition::Screen]);
}

#[test]
fn a_book_built_in_code_has_the_pages_of_the_same_book_in_a_manifest() {
    let fixture = winter_road();
    let photo = probe(&fixture.path("1.jpg"), "1.jpg", &mut Profiles::default()).unwrap();
    let mut book = Book::new("Winter Road", Language::new("en"));
    book.credit = Some("Ada Field".into());
    let plate = Plate {
        alt: Some("A quay.".into()),
        caption: Vec::new(),
        credit: Some("Ada Field".into()),
        ..Plate::new(photo.picture, 1, "")
    };
    book.entries = vec![Entry::Plate(Box::new(plate))];
    let in_code = Project::from_book(book).unwrap();
    let in_yaml = project(&fixture);
    assert_eq!(in_code.book().identifier, in_yaml.book().identifier);
    assert_eq!(in_code.pages().pages.len(), in_yaml.pages().pages.len());
    assert_eq!(build(&in_code, Edition::Screen), build(&in_yaml, Edition::Screen));
}
