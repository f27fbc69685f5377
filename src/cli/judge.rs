//! What is found about the laid-out book before it is written.

use crate::finding::{Finding, Severity};
use crate::model::Pages;
use crate::preflight::{self, stores};

use super::args::Edition;
use super::load::Read;

/// The findings about these editions.
pub(super) fn findings(read: &Read, pages: &Pages, editions: &[Edition]) -> Vec<Finding> {
    let names: Vec<_> = editions
        .iter()
        .filter(|edition| edition.is_paged())
        .map(|edition| edition.name())
        .collect();
    let mut findings = preflight::pages(&read.book, pages, &read.faces, &names);
    let ebooks: Vec<_> = editions.iter().filter(|edition| edition.is_ebook()).collect();
    for finding in stores::findings(&read.book) {
        findings.extend(ebooks.iter().map(|edition| finding.clone().edition(edition.name())));
    }
    findings
}

/// Whether nothing is found that stops the printed edition, whether or not it is asked for.
pub(super) fn is_printable(read: &Read, pages: &Pages) -> bool {
    let findings = preflight::pages(&read.book, pages, &read.faces, &[Edition::Print.name()]);
    findings.iter().all(|finding| finding.severity != Severity::Error)
}
