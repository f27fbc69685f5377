//! What is found about the laid-out book before it is written.

use crate::finding::Finding;
use crate::model::{EbookLayout, Pages};
use crate::preflight;

use super::args::Edition;
use super::load::Read;

/// The findings about these editions.
pub(super) fn findings(read: &Read, pages: &Pages, editions: &[Edition]) -> Vec<Finding> {
    let mut findings = Vec::new();
    if read.book.ebook.layout != EbookLayout::Reflowable {
        findings.push(
            Finding::warning("edition-unmade", "the fixed-layout e-book is not written")
                .help("this version of recto makes the reflowable e-book only")
                .edition("epub-fixed"),
        );
    }
    let names: Vec<_> = editions
        .iter()
        .filter(|edition| edition.is_paged())
        .map(|edition| edition.name())
        .collect();
    findings.extend(preflight::pages(&read.book, pages, &read.faces, &names));
    findings
}
