//! Words that are wider than their lines, and titles that have no room on their pages.

use std::collections::BTreeSet;

use crate::finding::{Code, Finding};
use crate::model::{Book, Location, Page, Pages, plain_text};

/// One finding for each word that is broken in the middle, on the first page that has it.
pub(super) fn broken(book: &Book, pages: &Pages) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let words = pages.pages.iter().flat_map(|page| page.torn.iter().map(move |word| (page, word)));
    words
        .filter(|(_, word)| seen.insert(*word))
        .map(|(page, word)| {
            let message =
                format!("“{word}” is wider than its line, and is broken where it has no syllable");
            let help = "write a shorter one, put a soft hyphen (U+00AD) where it can be broken, or \
                        choose a wider trim";
            on_page(Finding::new(Code::WordBroken, message).help(help), page, book)
        })
        .collect()
}

/// One finding for each title that has no room, even in small type.
pub(super) fn long_titles(book: &Book, pages: &Pages) -> Vec<Finding> {
    let overset = pages.pages.iter().filter(|page| page.title_overset);
    overset
        .map(|page| {
            let entry = page.entry.and_then(|id| book.entries.get(id.0));
            let title = entry.and_then(|entry| entry.title()).map(plain_text);
            let title = title.unwrap_or_else(|| book.title.clone());
            let count = title.chars().count();
            let message = format!(
                "the title “{}” is too long for its page: it has {count} characters",
                beginning(&title)
            );
            let help = "shorten it, move a part of it to `subtitle` or to the text, or choose a \
                        larger trim";
            on_page(Finding::new(Code::TitleTooLong, message).help(help), page, book)
        })
        .collect()
}

/// The first words of a long title.
fn beginning(title: &str) -> String {
    const MAX_CHARS: usize = 40;
    if title.chars().count() <= MAX_CHARS {
        return title.to_owned();
    }
    let head: String = title.chars().take(MAX_CHARS).collect();
    let words = head.rsplit_once(' ').map_or(head.as_str(), |(words, _)| words);
    format!("{} …", words.trim_end())
}

fn on_page(finding: Finding, page: &Page, book: &Book) -> Finding {
    let entry = page.entry.and_then(|id| book.entries.get(id.0));
    let at: Option<Location> = entry.and_then(|entry| entry.location().cloned());
    finding.at(at).page(page.folio.to_string())
}
