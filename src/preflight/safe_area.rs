//! Text that is too close to the trim.

use crate::finding::{Code, Finding};
use crate::model::{Book, Entry, Item, Length, Page, Pages, Point};

/// The tolerance of the cut.
pub(super) const SAFETY: Length = Length::mm(3);

/// One finding for each page with text outside the safe area.
pub(super) fn text(book: &Book, pages: &Pages) -> Vec<Finding> {
    pages
        .pages
        .iter()
        .filter(|page| !is_safe(page, pages))
        .map(|page| finding(book, page))
        .collect()
}

fn is_safe(page: &Page, pages: &Pages) -> bool {
    page.items.iter().all(|item| match item {
        Item::Glyphs(run) => {
            let is_inside = |at: Point| {
                at.x >= SAFETY
                    && at.x <= pages.trim.width - SAFETY
                    && at.y >= SAFETY
                    && at.y <= pages.trim.height - SAFETY
            };
            is_inside(run.origin) && is_inside(run.end())
        }
        Item::Picture(_) | Item::Rule(_) => true,
    })
}

fn finding(book: &Book, page: &Page) -> Finding {
    let entry = page.entry.and_then(|id| book.entries.get(id.0));
    let (what, at) = match entry {
        Some(Entry::Plate(plate) | Entry::Frontispiece(plate)) => {
            (format!("the caption of {}", plate.picture.name), plate.location.clone())
        }
        _ => ("the text".to_owned(), None),
    };
    Finding::new(Code::TextOutside, format!("{what} does not fit on its page and would be trimmed"))
        .at(at)
        .help("shorten it, or choose a larger trim")
        .page(page.folio.to_string())
}
