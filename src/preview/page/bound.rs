//! The pages as they are bound: the cover, then spreads, with the first page alone on a recto.

use crate::build::Project;
use crate::model::{Page, Pages};

/// The pages of a book, and its printed cover, whose index is that after the last page.
#[derive(Debug, Clone, Copy)]
pub(in crate::preview) struct BoundPages<'a> {
    pub(in crate::preview) pages: &'a Pages,
    pub(in crate::preview) cover: Option<&'a Pages>,
}

impl<'a> BoundPages<'a> {
    pub(in crate::preview) fn new(project: &'a Project, has_cover: bool) -> Self {
        let cover = project.cover().ok().filter(|_| has_cover);
        Self { pages: project.pages(), cover: cover.map(|cover| &cover.pages) }
    }

    /// The index of the cover.
    pub(in crate::preview) fn cover_index(self) -> usize {
        self.pages.pages.len()
    }

    /// The page with this index, and the pages that it belongs to.
    pub(in crate::preview) fn page(self, index: usize) -> Option<(&'a Page, &'a Pages)> {
        if index == self.cover_index() {
            let cover = self.cover?;
            return Some((cover.pages.first()?, cover));
        }
        Some((self.pages.pages.get(index)?, self.pages))
    }

    /// The spreads, with the cover as the first of them.
    pub(in crate::preview) fn spreads(self) -> Vec<Spread> {
        let cover = self.cover.map(|_| Spread { verso: None, recto: Some(self.cover_index()) });
        cover.into_iter().chain(spreads(self.pages.pages.len())).collect()
    }

    /// Whether a spread is the cover.
    pub(in crate::preview) fn is_cover(self, spread: Spread) -> bool {
        self.cover.is_some() && spread.recto == Some(self.cover_index())
    }
}

/// Two pages that face each other, by their indices. The first page faces the cover, and the last
/// one may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::preview) struct Spread {
    /// The page that is read first.
    pub(in crate::preview) verso: Option<usize>,
    /// The other one.
    pub(in crate::preview) recto: Option<usize>,
}

impl Spread {
    /// The indices of its pages, in reading order.
    pub(in crate::preview) fn pages(self) -> impl Iterator<Item = usize> {
        self.verso.into_iter().chain(self.recto)
    }

    /// The folios of its pages: `Page i`, `Pages 2–3`.
    pub(in crate::preview) fn label(self, pages: BoundPages<'_>) -> String {
        if pages.is_cover(self) {
            return "Cover".to_owned();
        }
        let folios = self.folios(pages);
        if folios.contains('–') { format!("Pages {folios}") } else { format!("Page {folios}") }
    }

    /// The folios of its pages: `i`, `2–3`.
    pub(in crate::preview) fn folios(self, pages: BoundPages<'_>) -> String {
        if pages.is_cover(self) {
            return "Cover".to_owned();
        }
        let folios: Vec<String> =
            self.pages().filter_map(|index| Some(pages.page(index)?.0.folio.to_string())).collect();
        folios.join("–")
    }
}

/// The spreads of this many pages.
fn spreads(pages: usize) -> Vec<Spread> {
    let existing = |index: usize| (index < pages).then_some(index);
    let first = existing(0).map(|recto| Spread { verso: None, recto: Some(recto) });
    let others = (1..pages)
        .step_by(2)
        .map(|verso| Spread { verso: Some(verso), recto: existing(verso + 1) });
    first.into_iter().chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_stands_alone_on_the_recto() {
        assert_eq!(spreads(0), []);
        let first = Spread { verso: None, recto: Some(0) };
        assert_eq!(spreads(1), [first]);
        assert_eq!(spreads(2), [first, Spread { verso: Some(1), recto: None }]);
        assert_eq!(spreads(3), [first, Spread { verso: Some(1), recto: Some(2) }]);
    }
}
