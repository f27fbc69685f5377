//! What can be known before anything is written: rules over the book and its pages,
//! each giving findings.

mod characters;
mod legibility;
mod safe_area;
pub mod stores;
mod tables;

use crate::finding::Finding;
use crate::model::{Book, Pages};
use crate::typeset::Faces;

/// Judges a laid-out book for these editions, each of which is made of its pages. What is
/// wrong with a page stops every one of them, so each gets the finding by its own name.
pub fn pages(book: &Book, pages: &Pages, faces: &Faces, editions: &[&'static str]) -> Vec<Finding> {
    let mut findings = characters::missing(book, faces);
    findings.extend(safe_area::text(book, pages));
    findings.extend(tables::torn(book, faces));
    findings.extend(legibility::text(book, pages));
    let concerns = |finding: &Finding| {
        editions.iter().map(|&edition| finding.clone().edition(edition)).collect::<Vec<_>>()
    };
    findings.iter().flat_map(concerns).collect()
}
