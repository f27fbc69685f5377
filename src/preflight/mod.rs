//! What can be known before anything is written: rules over the book and its pages,
//! each giving findings.

mod characters;
mod safe_area;

use crate::finding::Finding;
use crate::model::{Book, Pages};
use crate::typeset::Faces;

/// Judges a laid-out book. The findings concern the editions that are set in recto's own
/// type, which the PDF editions are: they name `print`.
pub fn pages(book: &Book, pages: &Pages, faces: &Faces) -> Vec<Finding> {
    let mut findings = characters::missing(book, faces);
    findings.extend(safe_area::text(book, pages));
    findings
}
