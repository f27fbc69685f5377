//! What each page shows, for writing it as HTML.

use std::collections::BTreeMap;

use crate::model::{Book, Bookmark, Entry, Page, Pages, Rect, Strings};

/// A heading of the table of contents.
#[derive(Debug, Clone)]
pub(crate) struct Heading {
    /// The level, counted from 1.
    pub(crate) level: usize,
    /// Its text.
    pub(crate) text: String,
}

/// A page and what its HTML depends on.
#[derive(Debug)]
pub(crate) struct PageContent<'a> {
    /// The page.
    pub(crate) page: &'a Page,
    /// The part of it that is shown: the trim, with or without the bleed.
    pub(crate) area: Rect,
    /// The headings that begin on it.
    pub(crate) headings: &'a [Heading],
    /// Whether it shows a plate; all its text is then the caption.
    pub(crate) plate: bool,
    /// The generic name of a picture without alternative text.
    pub(crate) fallback_alt: String,
    /// The addresses of its pictures; `None` for one that is not visible.
    pub(crate) pictures: &'a [Option<String>],
}

/// The pages of a book with their headings.
#[derive(Debug)]
pub(crate) struct PageContents<'a> {
    book: &'a Book,
    pages: &'a Pages,
    strings: &'static Strings,
    headings: BTreeMap<usize, Vec<Heading>>,
}

impl<'a> PageContents<'a> {
    /// The contents of these pages.
    pub(crate) fn new(book: &'a Book, pages: &'a Pages) -> Self {
        let strings = Strings::for_language(&book.language);
        Self { book, pages, strings, headings: headings(pages) }
    }

    /// The entry that a page shows, if any.
    pub(crate) fn entry(&self, page: &Page) -> Option<&'a Entry> {
        page.entry.and_then(|id| self.book.entries.get(id.0))
    }

    /// The content of the page at an index; `None` after the last page.
    pub(crate) fn page<'c>(
        &'c self,
        index: usize,
        area: Rect,
        pictures: &'c [Option<String>],
    ) -> Option<PageContent<'c>> {
        let page = self.pages.pages.get(index)?;
        let entry = self.entry(page);
        let digits = self.book.language.digits();
        let plate = matches!(entry, Some(Entry::Plate(_)));
        Some(PageContent {
            page,
            area,
            headings: self.headings.get(&index).filter(|_| !plate).map_or(&[], Vec::as_slice),
            plate,
            fallback_alt: entry
                .map_or_else(String::new, |entry| self.strings.name_without_alt(entry, digits)),
            pictures,
        })
    }
}

/// The bookmarks that point to each page, as headings.
fn headings(pages: &Pages) -> BTreeMap<usize, Vec<Heading>> {
    fn collect(bookmarks: &[Bookmark], level: usize, headings: &mut BTreeMap<usize, Vec<Heading>>) {
        for Bookmark { title, page, children } in bookmarks {
            headings.entry(*page).or_default().push(Heading { level, text: title.clone() });
            collect(children, level + 1, headings);
        }
    }
    let mut headings = BTreeMap::new();
    collect(&pages.bookmarks, 1, &mut headings);
    headings
}
