//! Books in each bundled design, and what is on their pages.

use std::fmt::Write as _;
use std::sync::LazyLock;

use recto::layout;
use recto::model::{Book, GlyphRun, Item, Page, Pages, PassageKind, Rect, Rule};
use recto::typeset::Faces;

use super::fixture::{BookFixture, has_errors};

/// A square, an upright and a wide trim, and a small one.
pub(crate) const TRIMS: [&str; 4] = ["210 x 210 mm", "a4", "a4-landscape", "5 x 8 in"];

pub(crate) const LANGUAGES: [(&str, &str, &str); 3] = [
    ("en", "Before Noon", "The harbour in the morning, before the first boat goes out to sea."),
    ("ar", "قبل الظهر", "الميناء في الصباح قبل أن يخرج القارب الأوّل إلى البحر."),
    ("he", "לפני הצהריים", "הנמל בבוקר, לפני שהסירה הראשונה יוצאת לים."),
];

/// A book with photos of all shapes, in chapters.
pub(crate) fn book(design: &str, trim: &str, (language, title, words): (&str, &str, &str)) -> Book {
    let mut text = format!(
        "title: {title}\nlanguage: {language}\ncreators:\n  - {{ name: Ada Field, role: author }}\n\
         design: {design}\nprint:\n  trim: {trim}\npages:\n  - chapter: {title}\n    dateline: Stavanger, 2026\n    intro: |\n      \
         {words}\n\n      {}\n",
        [words; 12].join(" ")
    );
    for (photo, place) in [("a", "Bergen"), ("b", "Oslo"), ("c", "Bergen"), ("d", "Oslo")] {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "  - photo: {photo}.jpg\n    caption: {words}\n    alt: Boats.\n    place: {place}\n    \
             taken: 2026-01-12\n    credit: Ada Field\n"
        );
    }
    text.push_str("  - photo: a.jpg\n    alt: Boats.\n    layout: full-bleed\n");
    let fixture = BookFixture::new(&text)
        .photo("a.jpg", 90, 60)
        .photo("b.jpg", 60, 90)
        .photo("c.jpg", 72, 72)
        .photo("d.jpg", 144, 60)
        .file("mine.yaml", "like: classic\n");
    let loaded = fixture.load();
    assert!(!has_errors(&loaded.findings), "{:?}", loaded.findings);
    loaded.book.unwrap()
}

/// The pages of a book that has no fonts of its own.
pub(crate) fn laid_out(book: &Book) -> Pages {
    static FACES: LazyLock<Faces> =
        LazyLock::new(|| Faces::load(&recto::model::Fonts::default()).unwrap());
    layout::paginate(book, &FACES)
}

pub(crate) fn runs(page: &Page) -> Vec<&GlyphRun> {
    let runs = page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) => Some(run),
        _ => None,
    });
    runs.collect()
}

pub(crate) fn of_kind(page: &Page, kind: PassageKind) -> Vec<&GlyphRun> {
    runs(page).into_iter().filter(|run| run.passage.kind == kind).collect()
}

pub(crate) fn rules(page: &Page) -> Vec<&Rule> {
    let rules = page.items.iter().filter_map(|item| match item {
        Item::Rule(rule) => Some(rule),
        _ => None,
    });
    rules.collect()
}

/// The framed pictures of a page, without those that reach beyond its margins.
pub(crate) fn framed<'p>(page: &'p Page, pages: &Pages) -> Vec<&'p Rect> {
    let pictures = page.items.iter().filter_map(|item| match item {
        Item::Picture(placed) => Some(&placed.clip),
        _ => None,
    });
    pictures.filter(|clip| clip.width < pages.trim.width).collect()
}
