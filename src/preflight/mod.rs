//! Checks of the book and its pages before the editions are written.

mod characters;
mod colours;
mod legibility;
mod names;
mod padding;
mod plates;
mod resolution;
mod safe_area;
pub mod stores;
mod tables;

use crate::finding::Finding;
use crate::model::{Book, Edition, EditionSet, Pages};
use crate::typeset::Faces;

/// The characters of a book that no font has, each once.
pub fn missing_characters(book: &Book, faces: &Faces) -> Vec<char> {
    characters::list(book, faces)
}

/// Checks a laid-out book. Findings that concern none of the given editions are left out.
pub fn findings(book: &Book, pages: &Pages, faces: &Faces, editions: EditionSet) -> Vec<Finding> {
    let paged = EditionSet::ALL.filter(Edition::is_paged);
    let mut findings = Vec::new();
    let mut add = |new: Vec<Finding>, concerned: EditionSet| {
        let concerned = concerned.filter(|edition| editions.contains(edition));
        if !concerned.is_empty() {
            findings.extend(new.into_iter().map(|finding| finding.editions(concerned)));
        }
    };
    add(characters::missing(book, faces), paged);
    add(characters::missing_on_cover(book, faces), Edition::Epub.into());
    add(safe_area::text(book, pages), paged);
    add(tables::broken_words(book, faces), paged);
    add(legibility::text(book, pages), paged);
    add(Vec::from_iter(padding::added(book, pages)), paged);
    add(plates::overset(book, pages), paged);
    add(plates::crops(book, pages), paged);
    add(plates::transparent(book, pages), paged);
    add(Vec::from_iter(plates::no_bleed(book, pages)), Edition::Print.into());
    add(plates::incomplete_bleed(pages), Edition::Print.into());
    add(resolution::photos(book, pages), Edition::Print.into());
    add(colours::untagged(book), Edition::Print.into());
    add(stores::findings(book), EditionSet::ALL.filter(Edition::is_ebook));
    findings
}
