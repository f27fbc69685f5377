//! Properties that every book has, whatever is in it: tried with books made from random bytes.
//!
//! The same books are tried each time. `RECTO_ANY_BOOKS=1000 cargo test any_book` tries a thousand
//! others, and leaves a smaller book with the same fault in the message. `tests/judges/any_books.py`
//! has other programs read the files of such books.

use std::cell::Cell;
use std::path::Path;
use std::{env, fs, io};

use arbitrary::Unstructured;
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use recto::build::{BuildOptions, Project, ProjectOptions, default_timestamp};
use recto::finding::Severity;
use recto::model::{Edition, Entry, Page, PlacedPicture, Side};
use recto::picture::{ImageProcessor, ProcessorOptions};

use crate::support::any_book::{AnyBook, any_book};
use crate::support::books;
use crate::support::fixture::{BookFixture, jpeg};

/// So many books are tried if the environment does not say otherwise.
const BOOKS: u32 = 48;

/// Building a book several times takes longer.
const BUILT_BOOKS: u32 = 8;

/// The longest edge of photos that are printed, in pixels.
const PRINTED_EDGE: u16 = 2400;

/// The longest input, in bytes. A book takes about 10 for each word.
const MAX_BYTES: usize = 6000;

/// Tries a property with so many books.
#[expect(clippy::disallowed_methods, reason = "the environment may ask for other books")]
fn for_any_book(books: u32, property: impl Fn(&AnyBook, &Project) -> Result<(), String>) {
    let asked = env::var("RECTO_ANY_BOOKS").ok().and_then(|number| number.parse().ok());
    let config =
        Config { cases: asked.unwrap_or(books), failure_persistence: None, ..Config::default() };
    let mut runner = match asked {
        Some(_) => TestRunner::new(config),
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    };
    let result = runner.run(&vec(any::<u8>(), 0..MAX_BYTES), |bytes| {
        let Ok(book) = any_book(&mut Unstructured::new(&bytes)) else { return Ok(()) };
        let fixture = fixture(&book);
        let project = load(&fixture.path("book.yaml"));
        let result = project.and_then(|project| property(&book, &project));
        result.map_err(|error| TestCaseError::fail(format!("{error}\n{}", book.manifest)))
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

fn fixture(book: &AnyBook) -> BookFixture {
    let photos = book.photos.iter();
    photos.fold(BookFixture::new(&book.manifest), |fixture, (name, width, height)| {
        fixture.file(name, jpeg(*width, *height))
    })
}

fn load(manifest: &Path) -> Result<Project, String> {
    let loaded = Project::load(manifest, &ProjectOptions::default());
    let errors = loaded.findings.list.iter().filter(|finding| finding.severity == Severity::Error);
    let errors: Vec<_> = errors.map(|finding| finding.message.clone()).collect();
    loaded.project.ok_or(format!("not a book: {errors:?}"))
}

fn build(project: &Project, edition: Edition, jobs: usize) -> Result<Vec<u8>, String> {
    let processor = ImageProcessor::new(ProcessorOptions { jobs, ..ProcessorOptions::default() });
    let options = BuildOptions {
        guides: false,
        modified: default_timestamp(project.book().date),
        processor: &processor,
    };
    let mut bytes = Vec::new();
    let built = project.build(edition, &mut bytes, &options, &mut Vec::new(), &mut || {});
    built.map(|()| bytes).map_err(|error| error.to_string())
}

/// The plate that a page shows, if it shows a picture of one.
fn plate_on<'p>(project: &Project, page: &'p Page) -> Option<Vec<&'p PlacedPicture>> {
    let id = page.entry?;
    let is_plate = is_plate(&project.book().entries[id.0]);
    Some(books::pictures(page)).filter(|placed| is_plate && !placed.is_empty())
}

fn is_plate(entry: &Entry) -> bool {
    matches!(entry, Entry::Plate(_))
}

#[test]
fn sides_alternate_from_a_recto_and_leaves_are_complete() {
    for_any_book(BOOKS, |_, project| {
        let pages = &project.pages().pages;
        let alternate = pages.windows(2).all(|pair| pair[0].side != pair[1].side);
        ensure(alternate, || "two pages in a row have one side".into())?;
        ensure(pages[0].side == Side::Recto, || "the first page is a verso".into())?;
        ensure(pages.len().is_multiple_of(2), || format!("{} pages", pages.len()))
    });
}

#[test]
fn each_plate_has_a_page_of_its_own() {
    for_any_book(BOOKS, |book, project| {
        // Thumbnails are several on a page.
        if book.manifest.contains("thumbnails") {
            return Ok(());
        }
        let mut plates = 0;
        for (index, page) in project.pages().pages.iter().enumerate() {
            let placed = books::pictures(page);
            ensure(placed.len() <= 1, || format!("page {index}: {} pictures", placed.len()))?;
            let is_begun = |picture: &&&PlacedPicture| !picture.continues_previous;
            plates += placed.iter().filter(is_begun).count();
        }
        let frontispiece = usize::from(book.manifest.contains("frontispiece"));
        let expected = book.plates.len() + frontispiece;
        ensure(plates == expected, || format!("{plates} pictures for {expected} plates"))
    });
}

#[test]
fn a_spread_is_on_a_verso_and_the_recto_beside_it() {
    for_any_book(BOOKS, |book, project| {
        let pages = &project.pages().pages;
        let mut spreads = 0;
        for pair in pages.windows(2) {
            let second = plate_on(project, &pair[1]).filter(|placed| placed[0].continues_previous);
            let Some(second) = second else { continue };
            let first = plate_on(project, &pair[0]).ok_or("a second half without a first")?;
            ensure(first[0].picture == second[0].picture, || "halves of two pictures".into())?;
            ensure(pair[0].side == Side::Verso, || "a spread begins on a recto".into())?;
            spreads += 1;
        }
        let expected = book.plates.iter().filter(|plate| plate.is_spread).count();
        ensure(spreads == expected, || format!("{spreads} of {expected} spreads"))
    });
}

#[test]
fn every_text_is_set_once_and_in_order() {
    for_any_book(BOOKS, |book, project| {
        // Lists and indexes name captions again, and a title without room is a finding.
        if book.manifest.contains("list-of-plates") {
            return Ok(());
        }
        let pages = project.pages();
        let set: Vec<&str> = pages.runs().map(|run| &*run.text).collect();
        let set = set.join(" ");
        let found: Vec<&str> = set.split(|c: char| !c.is_ascii_alphanumeric()).collect();
        let found: Vec<&str> = found.into_iter().filter(|word| is_mark(word)).collect();
        // A caption that does not fit is cut off, which is an error.
        let plates = project.book().numbered().filter(|(_, entry)| is_plate(entry));
        let cut = plates.zip(&book.plates).filter(|((id, _), _)| pages.overset.contains(id));
        let cut: Vec<&String> = cut.filter_map(|(_, plate)| plate.mark.as_ref()).collect();
        let is_cut = |mark: &&str| cut.iter().any(|cut| cut == mark) && !found.contains(mark);
        let expected: Vec<&str> =
            book.marks.iter().map(String::as_str).filter(|mark| !is_cut(mark)).collect();
        let mut sorted = found.clone();
        sorted.sort_unstable();
        ensure(sorted == expected, || format!("{sorted:?}, not {expected:?}"))?;
        // A caption may be set before the text that it follows, below the picture that opens it.
        let captions: Vec<&str> =
            book.plates.iter().filter_map(|plate| plate.mark.as_deref()).collect();
        let (captions, texts): (Vec<&str>, Vec<&str>) =
            found.iter().partition(|mark| captions.contains(mark));
        ensure(captions.is_sorted() && texts.is_sorted(), || format!("{captions:?}, {texts:?}"))
    });
}

#[test]
fn a_build_with_several_threads_gives_the_same_bytes() {
    for_any_book(BUILT_BOOKS, |_, project| {
        for edition in [Edition::Epub, Edition::EpubFixed, Edition::Print, Edition::Screen] {
            let one = build(project, edition, 1);
            ensure(one == build(project, edition, 3), || format!("{edition:?} differs"))?;
        }
        Ok(())
    });
}

#[test]
#[ignore = "it writes books for tests/judges/any_books.py, into the folder that RECTO_ANY_BOOKS_IN names"]
#[expect(clippy::disallowed_methods, reason = "the environment says where to write")]
fn books_are_written_for_the_judges() {
    let folder = env::var_os("RECTO_ANY_BOOKS_IN").expect("the folder to write into");
    let folder = Path::new(&folder);
    let count = Cell::new(0);
    for_any_book(BOOKS, |book, _| {
        let beside = folder.join(format!("{:03}", count.get()));
        count.set(count.get() + 1);
        write_book(book, &beside, folder).map_err(|error| error.to_string())
    });
}

/// Writes a book into a folder, with links to photos in another one.
#[expect(clippy::disallowed_methods, reason = "other programs read the book")]
fn write_book(book: &AnyBook, folder: &Path, photos: &Path) -> io::Result<()> {
    fs::create_dir(folder)?;
    fs::write(folder.join("book.yaml"), &book.manifest)?;
    for (name, width, height) in &book.photos {
        let photo = photos.join(name);
        if !photo.exists() {
            // With enough pixels for most pages.
            let factor = PRINTED_EDGE / width.max(height);
            fs::write(&photo, jpeg(width * factor, height * factor))?;
        }
        fs::hard_link(photo, folder.join(name))?;
    }
    Ok(())
}

fn is_mark(word: &str) -> bool {
    word.len() == 5 && word.starts_with('m') && word[1..].bytes().all(|byte| byte.is_ascii_digit())
}

fn ensure(holds: bool, problem: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(problem()) }
}
