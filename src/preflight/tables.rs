//! Tables that are wider than the column.

use crate::finding::{Code, Finding};
use crate::layout;
use crate::model::Book;
use crate::typeset::Faces;

/// One finding for each table in which words had to be broken.
pub(super) fn broken_words(book: &Book, faces: &Faces) -> Vec<Finding> {
    let mut findings = Vec::new();
    for entry in &book.entries {
        for table in layout::overflowing_tables(book, faces, entry.blocks()) {
            let message =
                format!("the table “{table}” is too wide: words are broken in the middle");
            findings.push(
                Finding::new(Code::TableTooWide, message)
                    .help("give it fewer columns or shorter words, or choose a wider trim"),
            );
        }
    }
    findings
}
