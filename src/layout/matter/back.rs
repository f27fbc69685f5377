//! The back matter: the list of plates, the blank pages needed for a multiple of the signature
//! size, and the colophon, which ends the book.

use std::sync::Arc;

use crate::model::{
    Book, Bookmark, Entry, EntryId, Essay, Item, Length, ListOfPlates, Page, PageStyle, Side,
    Strings, StructureElement, StructureKind,
};

use crate::layout::folio::folio;
use crate::layout::matter::lists::{ListContext, ListExtent, ListLine, ListRank, ListWidth};
use crate::layout::matter::small_print;
use crate::layout::matter::small_print::SmallPrint;
use crate::layout::paginate::BodyPages;
use crate::layout::plates::context::PlateContext;
use crate::layout::text::page_breaks;
use crate::layout::text::page_breaks::PageDepth;
use crate::layout::text::{flow, running_text, styles};
use crate::layout::{Grid, endpapers, placement};

/// The height of a colophon of a few lines, and the white above it below a list, in lines.
const FEW_LINES: i64 = 6;
const LEAST_ABOVE: i64 = 3;

impl<'a> BodyPages<'a> {
    /// Adds the list of plates if the manifest asks for one, or for the captions of full bleeds
    /// that have no page of their own.
    pub(in crate::layout) fn list_of_plates(&mut self) {
        let PlateContext { book, grid, .. } = self.context;
        if self.listed_plates.is_empty() {
            return;
        }
        self.start_back_matter();
        let first = self.pages.len();
        let heading = Strings::for_language(&book.language).list_of_plates;
        self.set_list(false);
        // A title at the head may leave room for the index.
        if !grid.style.titles.at_head && !self.index_is_below_list() {
            let usual = (self.pages.split_off(first), self.list_extent.take());
            self.set_list(true);
            let is_better = self.pages.len() - first <= usual.0.len() && self.index_is_below_list();
            if !is_better {
                self.pages.truncate(first);
                self.pages.extend(usual.0);
                self.list_extent = usual.1;
            }
        }
        // The opening page has no folio; its title is enough.
        let context = self.context;
        for page in self.pages.iter_mut().skip(first + 1) {
            folio(page, heading, &context);
        }
        let folio = self.pages[first].folio;
        let title = styles::plain(heading, styles::text(grid));
        self.entries.push(ListLine { title, folio, page: first, rank: ListRank::Alone });
        self.bookmarks.push(Bookmark {
            title: heading.to_owned(),
            page: first,
            children: Vec::new(),
        });
    }

    /// Sets the list of plates.
    fn set_list(&mut self, is_raised: bool) {
        let PlateContext { book, faces, grid, .. } = self.context;
        let heading = Strings::for_language(&book.language).list_of_plates;
        let section = StructureElement::part(StructureKind::Section);
        let first = self.pages.len();
        let lists = ListContext { book, faces, grid, section, is_raised, next: next_page };
        let width = match book.print.list_of_plates {
            ListOfPlates::Thumbnails => {
                lists.pictures(heading, &self.listed_plates, &mut self.pages);
                ListWidth::Page
            }
            ListOfPlates::Catalogue => {
                lists.catalogue(heading, &self.listed_plates, &mut self.pages)
            }
            ListOfPlates::None | ListOfPlates::List => {
                lists.plates(heading, &self.listed_plates, &mut self.pages);
                ListWidth::Column
            }
        };
        let bottoms =
            self.pages.last().into_iter().flat_map(|page| &page.items).map(placement::bottom);
        let title =
            self.pages[first..].iter().flat_map(|page| &page.items).find_map(title_baseline);
        let title = title.filter(|_| self.pages.len() == first + 1);
        self.list_extent = bottoms.max().map(|bottom| ListExtent { bottom, width, title });
    }

    /// Places the colophon at the end of the book and adds blank pages so that the total number
    /// of pages, including the `before` pages in front of the body, is a multiple of what the
    /// printer requires: before the colophon, or at the end, where a single one would separate a
    /// colophon from the list or the index that it faces. Returns the number of blank pages
    /// added.
    pub(in crate::layout) fn finish(&mut self, before: usize) -> usize {
        let book = self.context.book;
        let multiple = usize::try_from(book.print.multiple).unwrap_or(2).max(2);
        let endpapers = endpapers::pages_at_each_end(&self.context);
        let blanks_needed =
            |pages: usize| (multiple - (before + pages + endpapers) % multiple) % multiple;
        let colophon = book.numbered().find_map(of_colophon);
        let mut added = 0;
        if let Some((id, essay)) = colophon.filter(|_| !self.has_colophon) {
            let (pages, bookmarks) = (self.pages.len(), self.bookmarks.len());
            // Set once to count its pages, and a second time at its final position.
            self.colophon(id, essay);
            added = blanks_needed(self.pages.len());
            // A single blank page does not separate it from the list before it.
            let is_before_blank = added == 1
                && self.pages.len() == pages + 1
                && Side::from_index(pages) == Side::Recto
                && pages == self.end_of_lists;
            if is_before_blank {
                self.next();
            } else {
                self.pages.truncate(pages);
                self.bookmarks.truncate(bookmarks);
                for _ in 0..added {
                    self.next();
                }
                self.colophon(id, essay);
            }
        }
        while blanks_needed(self.pages.len()) > 0 {
            self.next();
            added += 1;
        }
        for _ in 0..endpapers {
            self.next();
        }
        added
    }

    /// Places a colophon of a few lines at the foot of the last page of the lists, if that has room:
    /// it needs no leaf of its own.
    pub(in crate::layout) fn colophon_below_lists(&mut self) {
        let PlateContext { book, grid, .. } = self.context;
        let Some((_, essay)) = book.numbered().find_map(of_colophon) else { return };
        if self.end_of_lists != self.pages.len() {
            return;
        }
        let section = StructureElement::part(StructureKind::Section);
        let (Some(groups), Some(page)) =
            (self.small_colophon(essay, &section), self.pages.last_mut())
        else {
            return;
        };
        let bottoms =
            page.items.iter().filter(|item| !placement::is_at_edge(item)).map(placement::bottom);
        let top = grid.baseline(grid.rows() - 1) - groups.height();
        let room = top - bottoms.max().unwrap_or_default();
        if groups.height() > grid.leading * FEW_LINES || room < grid.leading * LEAST_ABOVE {
            return;
        }
        groups.place(page);
        self.bookmark_colophon(self.pages.len() - 1);
        self.has_colophon = true;
    }

    /// Adds a bookmark for a colophon without a title, which is on this page.
    fn bookmark_colophon(&mut self, page: usize) {
        let title = Strings::for_language(&self.context.book.language).colophon.to_owned();
        self.bookmarks.push(Bookmark { title, page, children: Vec::new() });
    }

    /// The groups of lines of a colophon without a title, if it has nothing else, such as notes, and
    /// all of it fits on a page.
    fn small_colophon<'s>(
        &self,
        essay: &Essay,
        section: &'s Arc<StructureElement>,
    ) -> Option<SmallPrint<'s>>
    where
        'a: 's,
    {
        let PlateContext { book, faces, grid, .. } = self.context;
        let text = flow::text(faces, grid, book, &book.language, section, None, &essay.blocks);
        if essay.title().is_some() || !text.notes.is_empty() {
            return None;
        }
        let mut groups = SmallPrint::new(book, faces, grid, section, grid.leading);
        let style = styles::text(grid);
        for content in small_print::only_paragraphs(&essay.blocks)? {
            groups.group([styles::spans(content, &style)]);
        }
        let rows = i64::try_from(grid.rows()).unwrap_or(0);
        (groups.height() <= grid.leading * rows).then_some(groups)
    }

    /// Raises a list or an index that faces the colophon to the height of its title, which is higher
    /// than usual where all of the colophon would not fit on its page below it.
    pub(in crate::layout) fn raise_list_beside_colophon(&mut self) {
        let entries = &self.context.book.entries;
        let index = self.end_of_lists;
        let first = index.checked_sub(1);
        let Some([list, page]) = first.and_then(|first| self.pages.get_mut(first..=index)) else {
            return;
        };
        let entry = page.entry.and_then(|id| entries.get(id.0));
        if page.side != Side::Recto || !matches!(entry, Some(Entry::Colophon(_))) {
            return;
        }
        let first = list.items.iter().find(|item| !placement::is_at_edge(item));
        let (Some(own), Some(beside)) =
            (first.and_then(title_baseline), page.items.iter().find_map(title_baseline))
        else {
            return;
        };
        if beside < own {
            placement::move_content(list, beside - own);
        }
    }

    /// A colophon with a title is set like an essay; a short one without title is placed at the
    /// foot of a page, its paragraphs as groups of lines like those of a title page.
    fn colophon(&mut self, id: EntryId, essay: &Essay) {
        let PlateContext { book, faces, grid, .. } = self.context;
        let index = self.pages.len();
        // A few short lines are not justified in any design.
        let ragged = Grid { style: PageStyle { justified: false, ..grid.style }, ..*grid };
        let section = StructureElement::part(StructureKind::Section);
        let text = flow::text(faces, &ragged, book, &book.language, &section, None, &essay.blocks);
        let rows = text.rows.len();
        if essay.title().is_some() || rows > grid.rows() || !text.notes.is_empty() {
            self.essay(id, essay, true);
            return;
        }
        let groups = self.small_colophon(essay, &section);
        self.bookmark_colophon(index);
        let page = self.next();
        page.entry = Some(id);
        if let Some(groups) = groups {
            groups.place(page);
            return;
        }
        let depth = PageDepth {
            opening: rows,
            full: rows,
            opens_recto: true,
            leading: grid.leading,
            note_leading: running_text::note_leading(grid),
        };
        for slice in page_breaks::break_pages(&text, depth).iter().take(1) {
            running_text::place(page, &text, slice, grid.rows() - rows, grid);
        }
        self.wide_tables.extend(text.wide_tables);
    }
}

/// The colophon and its identifier, if an entry is one.
fn of_colophon((id, entry): (EntryId, &Entry)) -> Option<(EntryId, &Essay)> {
    match entry {
        Entry::Colophon(essay) => Some((id, essay)),
        _ => None,
    }
}

/// The baseline of a heading.
fn title_baseline(item: &Item) -> Option<Length> {
    match item {
        Item::Glyphs(run) => {
            let kind = run.element.as_ref()?.kind;
            (kind == StructureKind::Heading(1)).then_some(run.origin.y)
        }
        Item::Picture(_) | Item::Rule(_) => None,
    }
}

/// Adds a page to the body.
fn next_page(pages: &mut Vec<Page>, book: &Book) -> usize {
    let index = pages.len();
    pages.push(placement::body_page(index, book));
    index
}
