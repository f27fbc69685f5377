//! Blank pages that nothing in the design explains.

use crate::finding::{Code, Finding};
use crate::model::{Book, Entry, Item, Page, Pages};

/// The number of blank pages in a row that openings on rectos and spreads can leave.
const EXPLAINED: usize = 1;

/// One finding for each run of blank pages that is longer than openings, spreads and the padding at
/// the end of the book explain.
pub(super) fn unexplained(book: &Book, pages: &Pages) -> Vec<Finding> {
    let has_colophon = book.entries.iter().any(|entry| matches!(entry, Entry::Colophon(_)));
    let mut findings = Vec::new();
    let mut start = 0;
    while start < pages.pages.len() {
        let length = pages.pages[start..].iter().take_while(|page| is_blank(page, book)).count();
        let end = start + length;
        // The padding is before the colophon, or at the end.
        let rest = &pages.pages[end..];
        let is_last = rest.iter().all(|page| is_endpaper(page, book))
            || (has_colophon && !rest.iter().any(|page| is_before_colophon(page, book)));
        let padding = if is_last { pages.padding } else { 0 };
        // The body begins on a recto, which is blank before a spread or a caption on a verso.
        let numbering = |index: usize| pages.pages.get(index).map(|page| page.folio.numbering);
        let begins_body = numbering(start) != numbering(end.saturating_sub(1).max(start));
        if length > EXPLAINED + usize::from(begins_body) + padding {
            findings.push(finding(&pages.pages[start..end], padding));
        }
        start = end.max(start + 1);
    }
    findings
}

/// Whether nothing is on a page but its colour, and no entry asks for it.
fn is_blank(page: &Page, book: &Book) -> bool {
    let is_wanted = page.entry.and_then(|id| book.entries.get(id.0)).is_some();
    let is_colour =
        |item: &Item| matches!(item, Item::Rule(rule) if rule.rect.width >= book.print.trim.width);
    !is_wanted && !is_endpaper(page, book) && page.items.iter().all(is_colour)
}

/// Whether a page is part of the coloured leaves at the ends of the book.
fn is_endpaper(page: &Page, book: &Book) -> bool {
    let Some(ink) = book.design.style.endpapers else { return false };
    page.items.iter().any(|item| matches!(item, Item::Rule(rule) if rule.ink == ink))
}

/// Whether a page has something of the body.
fn is_before_colophon(page: &Page, book: &Book) -> bool {
    let entry = page.entry.and_then(|id| book.entries.get(id.0));
    let is_empty = page.items.is_empty() || is_endpaper(page, book);
    !is_empty && !matches!(entry, Some(Entry::Colophon(_)))
}

fn finding(pages: &[Page], padding: usize) -> Finding {
    let folio = |page: Option<&Page>| page.map_or(String::new(), |page| page.folio.to_string());
    let (first, last) = (folio(pages.first()), folio(pages.last()));
    let count = pages.len();
    let message = match padding {
        0 => format!("pages {first} to {last} are blank: {count} in a row"),
        _ => format!(
            "pages {first} to {last} are blank: {count} in a row, of which {padding} are added for \
             the multiple"
        ),
    };
    Finding::new(Code::PagesBlank, message)
        .help("put a photo or a text there, or set `chapters: any` under print")
        .page(first)
}
