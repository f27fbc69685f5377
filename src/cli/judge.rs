//! What is found about the laid-out book before it is written.

use crate::finding::{Finding, Severity};
use crate::model::{Edition, EditionSet, Pages};
use crate::preflight;

use super::load::Read;

/// The findings about these editions.
pub(super) fn findings(read: &Read, pages: &Pages, editions: EditionSet) -> Vec<Finding> {
    preflight::findings(&read.book, pages, &read.faces, editions)
}

/// Whether nothing is found that stops the printed edition, whether or not it is asked for.
pub(super) fn is_printable(read: &Read, pages: &Pages) -> bool {
    let findings = findings(read, pages, Edition::Print.into());
    findings.iter().all(|finding| finding.severity != Severity::Error)
}
