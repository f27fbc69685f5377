//! Checks of the book and its pages before the editions are written.

mod blank_pages;
mod bleed;
mod characters;
mod colours;
pub mod cover;
mod emoji;
mod facing;
mod fonts;
mod ink;
mod legibility;
mod named_emoji;
mod names;
pub mod offline;
mod padding;
pub mod pixels;
mod plates;
pub mod printer;
mod resolution;
mod safe_area;
mod screen;
pub mod stores;
mod tables;
mod words;

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::finding::{Code, Finding};
use crate::model::{Book, Edition, EditionSet, Pages};
use crate::typeset::Faces;

pub use named_emoji::with_named_emoji;

/// The characters of a book that no font has, each once.
pub fn missing_characters(book: &Book, faces: &Faces) -> Vec<char> {
    characters::list(book, faces)
}

/// The characters of the texts of a book, and of its numbers.
pub fn characters(book: &Book, faces: &Faces) -> BTreeSet<char> {
    characters::all(book, faces)
}

/// Checks a laid-out book. Findings that concern none of the given editions are left out.
pub fn findings(book: &Book, pages: &Pages, faces: &Faces, editions: EditionSet) -> Vec<Finding> {
    let paged = EditionSet::ALL.filter(Edition::is_paged);
    let reflowable = EditionSet::from([Edition::Epub, Edition::Offline]);
    let mut findings = Vec::new();
    let mut add = |new: Vec<Finding>, concerned: EditionSet| {
        let concerned = concerned.filter(|edition| editions.contains(edition));
        if !concerned.is_empty() {
            findings.extend(new.into_iter().map(|finding| finding.editions(concerned)));
        }
    };
    let fitting = &without_overset(pages);
    add(characters::missing(book, faces), paged);
    add(characters::missing_on_cover(book, faces), reflowable);
    add(safe_area::text(book, fitting), paged);
    add(tables::broken_words(pages), paged);
    add(words::broken(book, fitting), paged);
    add(words::long_titles(book, pages), paged);
    let (of_press, of_all): (Vec<_>, Vec<_>) =
        legibility::text(book, fitting).into_iter().partition(|finding| {
            matches!(finding.code, Code::TypeInks | Code::TypeReversed | Code::TypeTint)
        });
    add(of_all, paged);
    add(of_press, Edition::Print.into());
    add(legibility::lines(book, fitting), Edition::Print.into());
    add(Vec::from_iter(padding::added(book, pages)), paged);
    add(plates::overset(book, pages), paged);
    add(facing::apart(book, pages), paged);
    add(plates::crops(book, fitting), paged);
    add(plates::transparent(book, pages), Edition::EpubFixed.into());
    add(Vec::from_iter(plates::no_bleed(book, pages)), Edition::Print.into());
    add(Vec::from_iter(printer::pages(book, pages)), Edition::Print.into());
    add(printer::margins(book, fitting, pages.pages.len()), Edition::Print.into());
    add(bleed::short(book, fitting), Edition::Print.into());
    add(blank_pages::unexplained(book, pages), Edition::Print.into());
    add(Vec::from_iter(ink::design(book)), Edition::Print.into());
    add(resolution::photos(book, fitting), Edition::Print.into());
    add(colours::untagged(book), Edition::Print.into());
    add(Vec::from_iter(screen::undescribed_photos(pages)), Edition::Screen.into());
    add(stores::findings(book), EditionSet::ALL.filter(Edition::is_ebook));
    findings
}

/// The pages without those of plates whose captions do not fit, and the pages that face them,
/// which can hold the same caption. The photos there are as small as it takes, so what other rules
/// would find follows from the caption.
fn without_overset(pages: &Pages) -> Cow<'_, Pages> {
    if pages.overset.is_empty() {
        return Cow::Borrowed(pages);
    }
    let is_overset = |index: usize| {
        let entry = pages.pages.get(index).and_then(|page| page.entry);
        entry.is_some_and(|id| pages.overset.contains(&id))
    };
    // The first page is a recto, so an odd index and the one after it face each other.
    let facing = |index: usize| if index % 2 == 1 { Some(index + 1) } else { index.checked_sub(1) };
    let fits = |index: usize| !is_overset(index) && !facing(index).is_some_and(is_overset);
    let fitting = pages.pages.iter().enumerate().filter(|(index, _)| fits(*index));
    Cow::Owned(Pages {
        trim: pages.trim,
        bleed: pages.bleed,
        binding_right: pages.binding_right,
        pages: fitting.map(|(_, page)| page.clone()).collect(),
        bookmarks: Vec::new(),
        overset: pages.overset.clone(),
        wide_tables: pages.wide_tables.clone(),
        padding: pages.padding,
    })
}
