//! Books that are built in code, and what their pages show.

use std::path::PathBuf;

use recto::layout;
use recto::model::{
    Block, Book, Chapter, ColorModel, Entry, Essay, Format, Identifier, Inline, Item, Language,
    Orientation, Page, Pages, Picture, Pixels, PlacedPicture, Plate, PrivateMetadata, StatedSpace,
};
use recto::typeset::Faces;

use super::fixture::{BookFixture, editions};

/// A book with these entries.
pub(crate) fn book(entries: Vec<Entry>) -> Book {
    Book {
        identifier: Identifier::Uuid("00000000-0000-5000-8000-000000000000".into()),
        editions: editions(),
        entries,
        ..Book::new("Winter Road", Language::default())
    }
}

/// An upright RGB JPEG with this size and without a profile. It has no file.
pub(crate) fn picture(width: u32, height: u32) -> Picture {
    Picture {
        path: PathBuf::from("a.jpg"),
        name: "a.jpg".into(),
        format: Format::Jpeg,
        stored: Pixels { width, height },
        orientation: Orientation::Upright,
        colour: ColorModel::Rgb,
        bits: 8,
        alpha: false,
        profile: None,
        stated_space: StatedSpace::Unknown,
        private: PrivateMetadata::default(),
        arithmetic: false,
        damage: None,
        subject: None,
    }
}

/// A framed plate of a photo with this size.
pub(crate) fn plate(width: u32, height: u32, caption: &str) -> Entry {
    Entry::Plate(Box::new(Plate::new(picture(width, height), 0, caption)))
}

/// A chapter without an introduction.
pub(crate) fn chapter(title: &str) -> Entry {
    Entry::Chapter(Chapter { title: vec![Inline::Text(title.into())], ..Chapter::default() })
}

/// An essay of equal paragraphs.
pub(crate) fn essay(title: &str, paragraphs: usize) -> Entry {
    let words = "The road goes on along the coast, past the last house and the first field. ";
    let heading = Block::Heading { level: 1, content: vec![Inline::Text(title.into())] };
    let paragraph = Block::Paragraph(vec![Inline::Text(words.repeat(9).trim().into())]);
    let blocks = std::iter::once(heading).chain(vec![paragraph; paragraphs]).collect();
    Entry::Essay(Essay { blocks, ..Essay::default() })
}

/// The fonts of a book.
pub(crate) fn faces(book: &Book) -> Faces {
    Faces::load(&book.fonts).unwrap()
}

/// The pages of a book.
pub(crate) fn paginate(book: &Book) -> Pages {
    layout::paginate(book, &faces(book))
}

/// The pages of a book that has no findings.
pub(crate) fn pages_without_findings(fixture: &BookFixture) -> Pages {
    let loaded = fixture.load();
    assert_eq!(loaded.findings, []);
    paginate(&loaded.book.unwrap())
}

/// The index of the last page with these words.
pub(crate) fn last_with(pages: &Pages, words: &str) -> usize {
    pages.pages.iter().rposition(|page| text(page).contains(words)).unwrap()
}

/// The text of a page.
pub(crate) fn text(page: &Page) -> String {
    let runs = page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) => Some(&*run.text),
        _ => None,
    });
    runs.collect()
}

/// The pictures on a page.
pub(crate) fn pictures(page: &Page) -> Vec<&PlacedPicture> {
    let pictures = page.items.iter().filter_map(|item| match item {
        Item::Picture(picture) => Some(picture.as_ref()),
        _ => None,
    });
    pictures.collect()
}
