//! What is found about the laid-out book before it is written.

use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::model::{Book, EbookLayout, Entry, EntryId, Item, Location, Page, Pages};

use super::args::Edition;

/// The findings about these editions, in the order of the pages.
pub(super) fn findings(book: &Book, pages: &Pages, editions: &[Edition]) -> Vec<Finding> {
    let mut findings = Vec::new();
    if book.ebook.layout != EbookLayout::Reflowable {
        findings.push(
            Finding::warning("edition-unmade", "the fixed-layout e-book is not written")
                .help("this version of recto makes the reflowable e-book only")
                .edition("epub-fixed"),
        );
    }
    let unseen = characters_without_a_glyph(pages);
    for edition in editions.iter().filter(|edition| edition.is_paged()) {
        findings.extend(unseen.iter().map(|(c, page)| {
            Finding::error("glyph-missing", format!("no font has {c:?} (U+{:04X})", u32::from(*c)))
                .at(page.entry.and_then(|id| location(book, id)))
                .help("name a font that has it under fonts, or write it in another way")
                .page(page.folio.to_string())
                .edition(edition.name())
        }));
    }
    findings
}

/// Glyph 0 is `.notdef` in every face: the box that stands for what is missing. Each
/// character is told with the first page that it is missing on.
fn characters_without_a_glyph(pages: &Pages) -> Vec<(char, &Page)> {
    let mut seen = BTreeSet::new();
    let mut unseen = Vec::new();
    for page in &pages.pages {
        let runs = page.items.iter().filter_map(|item| match item {
            Item::Glyphs(run) => Some(run),
            Item::Picture(_) | Item::Rule(_) => None,
        });
        for run in runs {
            for glyph in run.glyphs.iter().filter(|glyph| glyph.id == 0) {
                for c in run.text.get(glyph.text.clone()).unwrap_or_default().chars() {
                    if seen.insert(c) {
                        unseen.push((c, page));
                    }
                }
            }
        }
    }
    unseen
}

fn location(book: &Book, id: EntryId) -> Option<Location> {
    match book.entries.get(id.0)? {
        Entry::Plate(plate) => plate.location.clone(),
        Entry::Essay(_) | Entry::Chapter(_) => None,
    }
}
