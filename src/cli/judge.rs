//! What is found about the laid-out book before it is written.

use crate::finding::Finding;
use crate::model::Pages;
use crate::preflight;

use super::args::Edition;
use super::load::Read;

/// The findings about these editions.
pub(super) fn findings(read: &Read, pages: &Pages, editions: &[Edition]) -> Vec<Finding> {
    let names: Vec<_> = editions
        .iter()
        .filter(|edition| edition.is_paged())
        .map(|edition| edition.name())
        .collect();
    preflight::pages(&read.book, pages, &read.faces, &names)
}
