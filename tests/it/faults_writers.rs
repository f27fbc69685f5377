//! Outputs that fail at any byte: each edition returns the error, and never a short file as a
//! success.

use std::io::{self, Write};

use recto::build::{BuildError, BuildOptions, Project, ProjectOptions, default_timestamp};
use recto::model::Edition;
use recto::picture::{ImageProcessor, ProcessorOptions};

use crate::support::fixture::BookFixture;

/// Takes this number of bytes, and fails from then on.
struct Failing {
    left: usize,
    taken: usize,
}

const REASON: &str = "the stick was pulled out";

impl Write for Failing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = bytes.len().min(self.left);
        if count == 0 && !bytes.is_empty() {
            return Err(io::Error::other(REASON));
        }
        self.left -= count;
        self.taken += count;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn book(more: &str) -> BookFixture {
    let pages = "pages:\n  - chapter: Ice\n  - photo: a.jpg\n    alt: A quay\n    caption: Ice in March\n  - text: \"# Notes\"\n  - photo: b.jpg\n    alt: A boat\n";
    let print =
        "print:\n  paper: { thickness: 0.1 mm }\n  cover: { binding: paperback, spine: 5 mm }\n";
    BookFixture::new(&format!("title: Winter Road\n{print}{more}{pages}"))
        .small_photos(&["a.jpg", "b.jpg"])
}

fn project(book: &BookFixture) -> Project {
    Project::load(&book.path("book.yaml"), &ProjectOptions::default()).project.unwrap()
}

fn build(project: &Project, edition: Edition, out: &mut impl Write) -> Result<(), BuildError> {
    let processor = ImageProcessor::new(ProcessorOptions::default());
    let options =
        BuildOptions { modified: default_timestamp(None), guides: false, processor: &processor };
    project.build(edition, out, &options, &mut Vec::new(), &mut || {})
}

/// Where a writer fails: at the first and last bytes, and at some between them.
fn offsets(edition: Edition, length: usize) -> Vec<usize> {
    let (dense, steps) = match edition {
        Edition::Print | Edition::Cover | Edition::Screen => (6, 9),
        // Without optimisation, compressing their fonts takes a second.
        Edition::Epub | Edition::EpubFixed | Edition::Offline => (2, 4),
    };
    let mut offsets: Vec<usize> = (0..dense).collect();
    offsets.extend((1..steps).map(|step| length * step / steps));
    offsets.extend(length - dense..length);
    offsets
}

#[track_caller]
fn assert_fails_everywhere(project: &Project, edition: Edition) {
    let mut whole = Failing { left: usize::MAX, taken: 0 };
    build(project, edition, &mut whole).unwrap();
    for offset in offsets(edition, whole.taken) {
        let mut out = Failing { left: offset, taken: 0 };
        match build(project, edition, &mut out) {
            Err(BuildError::Io(error)) => {
                assert!(error.to_string().ends_with(REASON), "{edition:?} at {offset}: {error}");
            }
            other => panic!("{edition:?} at {offset} of {}: {other:?}", whole.taken),
        }
    }
    let mut enough = Failing { left: whole.taken, taken: 0 };
    build(project, edition, &mut enough).unwrap();
    assert_eq!(enough.taken, whole.taken, "{edition:?}");
}

#[test]
fn an_e_book_that_cannot_be_written_is_an_error_at_any_byte() {
    let book = book("");
    let project = project(&book);
    assert_fails_everywhere(&project, Edition::Epub);
    assert_fails_everywhere(&project, Edition::EpubFixed);
}

#[test]
fn a_pdf_that_cannot_be_written_is_an_error_at_any_byte() {
    let book = book("");
    let project = project(&book);
    for edition in [Edition::Print, Edition::Cover, Edition::Screen] {
        assert_fails_everywhere(&project, edition);
    }
}

#[test]
fn an_offline_edition_that_cannot_be_written_is_an_error_at_any_byte() {
    for form in ["zip", "file"] {
        let book = book(&format!("offline: {{ form: {form}, include: [epub] }}\n"));
        assert_fails_everywhere(&project(&book), Edition::Offline);
    }
}
