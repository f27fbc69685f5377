//! What can be known before anything is written: rules over the book and its pages,
//! each giving findings.

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
use crate::model::{Book, Pages};
use crate::typeset::Faces;

/// The characters of a book that no face has, each once.
pub fn missing_characters(book: &Book, faces: &Faces) -> Vec<char> {
    characters::of(book, faces)
}

/// Judges a laid-out book for these editions, each of which is made of its pages. What is
/// wrong with a page stops every one of them, so each gets the finding by its own name.
pub fn pages(book: &Book, pages: &Pages, faces: &Faces, editions: &[&'static str]) -> Vec<Finding> {
    let mut findings = characters::missing(book, faces);
    findings.extend(safe_area::text(book, pages));
    findings.extend(tables::torn(book, faces));
    findings.extend(legibility::text(book, pages));
    findings.extend(padding::added(book, pages));
    findings.extend(plates::overset(book, pages));
    let concerns = |finding: &Finding| {
        editions.iter().map(|&edition| finding.clone().edition(edition)).collect::<Vec<_>>()
    };
    let mut findings: Vec<Finding> = findings.iter().flat_map(concerns).collect();
    if let Some(first) = editions.first() {
        // Every edition shows the same crops: once is enough.
        findings.extend(plates::crops(book, pages).into_iter().map(|it| it.edition(first)));
    }
    if editions.contains(&PRINT) {
        let paper = plates::no_bleed(book, pages)
            .into_iter()
            .chain(plates::short_of_the_bleed(pages))
            .chain(resolution::photos(book, pages))
            .chain(colours::guessed(book));
        findings.extend(paper.map(|finding| finding.edition(PRINT)));
    }
    findings
}

/// The edition that is put on paper.
const PRINT: &str = "print";
