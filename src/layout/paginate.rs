//! Pagination: front matter, entries, back matter, and the blank pages needed for openings on
//! rectos.

use std::sync::Arc;

use crate::model::{
    Book, Bookmark, ChapterOpenings, Entry, EntryId, Ink, ListOfPlates, Page, Pages, Plate, Side,
    StructureElement, StructureKind, plain_text,
};
use crate::typeset::Faces;

use super::Grid;
use crate::layout::background::ColourChange;
use crate::layout::folio::folio;
use crate::layout::matter::front;
use crate::layout::matter::lists::{ListExtent, ListLine, ListRank};
use crate::layout::matter::shortened_caption::without_full_stop;
use crate::layout::plates::caption;
use crate::layout::plates::context::PlateContext;
use crate::layout::plates::facing;
use crate::layout::plates::labels::{plate_label, plate_title};
use crate::layout::plates::plate;
use crate::layout::plates::plate_run;
use crate::layout::plates::plate_run::{PlateRun, RunPage};
use crate::layout::plates::sizes::PlateSizes;
use crate::layout::text::styles;
use crate::layout::{background, endpapers, placement};

/// Lays out the whole book.
pub fn paginate(book: &Book, faces: &Faces) -> Pages {
    let grid = Grid::for_book(book);
    let sizes = PlateSizes::new(book, &grid);
    let mut body = BodyPages {
        context: PlateContext {
            book,
            faces,
            grid: &grid,
            sizes,
            hang_lines: plate::hang_lines(book, &grid, &sizes),
            credits: book.has_plate_credits(),
        },
        pages: Vec::new(),
        section: StructureElement::part(StructureKind::Section),
        part: None,
        parts: book.parts_of_entries(),
        entries: Vec::new(),
        bookmarks: Vec::new(),
        head: String::new(),
        opened: Vec::new(),
        listed_plates: Vec::new(),
        list_extent: None,
        end_of_lists: 0,
        has_colophon: false,
        overset: Vec::new(),
        wide_tables: Vec::new(),
        colours: Vec::new(),
    };
    let mut run: Vec<(EntryId, &Plate)> = Vec::new();
    for (id, entry) in book.numbered() {
        // It is on the page of the title before it.
        if body.opened.iter().any(|(opened, _)| *opened == id) {
            continue;
        }
        let last = id.0 + 1 == book.entries.len();
        match entry {
            Entry::Plate(plate) => {
                run.push((id, plate.as_ref()));
            }
            Entry::Essay(essay) => {
                body.plates(&std::mem::take(&mut run));
                body.colour(None);
                body.essay(id, essay, last);
            }
            Entry::Part(part) => {
                body.plates(&std::mem::take(&mut run));
                body.colour(part.page_colour);
                body.part(id, part);
            }
            Entry::Chapter(chapter) => {
                body.plates(&std::mem::take(&mut run));
                body.colour(chapter.page_colour);
                body.chapter(id, chapter);
            }
            Entry::Blank(_) => {
                body.plates(&std::mem::take(&mut run));
                body.next().entry = Some(id);
            }
            // They are part of the front and back matter.
            Entry::Frontispiece(_)
            | Entry::Dedication(_)
            | Entry::Epigraph(_)
            | Entry::Colophon(_) => {}
        }
    }
    body.plates(&run);
    let back = body.pages.len();
    body.colour(None);
    body.list_of_plates();
    body.index();
    body.end_of_lists = if body.pages.len() > back { body.pages.len() } else { 0 };
    body.colophon_below_lists();
    // Only books with chapters have contents; other books are read from the first page.
    let has_chapters = book.entries.iter().any(|entry| entry.opening().is_some());
    let (mut pages, padding) = body.front_and_end(has_chapters);
    body.raise_list_beside_colophon();
    facing::begin_with_titles(&mut body.pages, body.context.grid);
    let before = pages.len();
    let context = body.context;
    placement::shift_links(&mut body.pages[back..], before);
    pages.extend(body.pages);
    let changes = body.colours.iter();
    let changes = changes.map(|change| ColourChange { page: change.page + before, ..*change });
    let changes: Vec<ColourChange> = changes.collect();
    endpapers::colour(&mut pages, &context);
    background::lay(&mut pages, &book.print.bleed, &changes, &grid);
    Pages {
        trim: book.print.trim,
        bleed: book.print.bleed,
        binding_right: grid.binding_right,
        pages,
        bookmarks: Bookmark::shifted(&body.bookmarks, before),
        overset: body.overset,
        wide_tables: body.wide_tables,
        padding,
    }
}

/// A book with fewer pages is thin.
const THIN_BOOK: usize = 64;

/// The pages after the front matter, as they are added. Indices count from the first of them,
/// which is a recto.
pub(super) struct BodyPages<'a> {
    pub(super) context: PlateContext<'a>,
    pub(super) pages: Vec<Page>,
    /// The part of the book that the next entry belongs to: plates belong to the chapter or text
    /// before them.
    pub(super) section: Arc<StructureElement>,
    /// The part of several chapters that was opened last.
    pub(super) part: Option<Arc<StructureElement>>,
    /// The part that each entry belongs to.
    parts: Vec<Option<EntryId>>,
    pub(super) entries: Vec<ListLine>,
    pub(super) bookmarks: Vec<Bookmark>,
    /// The title of the chapter or text that the next page belongs to.
    pub(super) head: String,
    /// The plates that are on the pages of titles, with the indices of these pages.
    pub(super) opened: Vec<(EntryId, usize)>,
    /// The plates with their entries in the list of plates.
    pub(super) listed_plates: Vec<(ListLine, &'a Plate)>,
    /// Where the list of plates begins and ends.
    pub(super) list_extent: Option<ListExtent>,
    /// The number of pages before the colophon, if the last of them is one of a list or an index.
    pub(super) end_of_lists: usize,
    /// Whether the colophon is at the foot of the last of these.
    pub(super) has_colophon: bool,
    pub(super) overset: Vec<EntryId>,
    pub(super) wide_tables: Vec<String>,
    /// The colours of the chapters.
    colours: Vec<ColourChange>,
}

/// How often the contents are set until the number of the last page in them is right.
const MAX_CONTENTS: usize = 4;

impl<'a> BodyPages<'a> {
    /// Sets the pages before the body and the colophon at its end; also returns the number of blank
    /// pages added. The contents have the page of the colophon, which depends on how long they are.
    fn front_and_end(&mut self, has_contents: bool) -> (Vec<Page>, usize) {
        let (pages, bookmarks, tables, listed) =
            (self.pages.len(), self.bookmarks.len(), self.wide_tables.len(), self.entries.len());
        let mut contents = if has_contents { self.entries.clone() } else { Vec::new() };
        let mut tries = 0;
        loop {
            let front = front::pages(&self.context, &contents);
            let padding = self.finish(front.len());
            let at_end = self.entries.split_off(listed).pop().filter(|_| has_contents);
            let mut complete = self.entries.clone();
            complete.extend(at_end);
            tries += 1;
            if !has_contents || complete == contents || tries == MAX_CONTENTS {
                return (front, padding);
            }
            // A number that changes each time is left out.
            let is_last_try = tries + 1 == MAX_CONTENTS;
            contents = if is_last_try { self.entries.clone() } else { complete };
            self.pages.truncate(pages);
            self.bookmarks.truncate(bookmarks);
            self.wide_tables.truncate(tables);
        }
    }

    pub(super) fn next(&mut self) -> &mut Page {
        let index = self.pages.len();
        self.pages.push(placement::body_page(index, self.context.book));
        &mut self.pages[index]
    }

    /// Leaves a verso blank if the next entry must open on a recto.
    pub(super) fn start_opening(&mut self) {
        if self.leaves_verso_blank() {
            self.next();
        }
    }

    fn leaves_verso_blank(&self) -> bool {
        let opens_on_recto = self.context.book.print.openings == ChapterOpenings::Recto;
        opens_on_recto && Side::from_index(self.pages.len()) == Side::Verso
    }

    /// A list or an index opens like a chapter, or on any page of a thin book, in which a blank page
    /// before each of them would be much.
    pub(super) fn start_back_matter(&mut self) {
        if self.pages.len() >= THIN_BOOK {
            self.start_opening();
        }
    }

    /// The side on which a list or an index opens.
    pub(super) fn side_of_back_matter(&self) -> Side {
        let leaves_blank = self.pages.len() >= THIN_BOOK && self.leaves_verso_blank();
        Side::from_index(self.pages.len() + usize::from(leaves_blank))
    }

    /// The next pages have this colour: the blank verso before an opening already, since both are
    /// seen together.
    fn colour(&mut self, colour: Option<Ink>) {
        self.colours.push(ColourChange { page: self.pages.len(), colour });
    }

    /// Lays out consecutive plates.
    fn plates(&mut self, plates: &[(EntryId, &'a Plate)]) {
        let context = self.context;
        let first = self.pages.len();
        let run = plate_run::set(plates, first, &self.section, &context);
        let PlateRun { pages, overset, listed } = run;
        self.overset.extend(overset);
        for RunPage { mut page, begins, folio: has_folio } in pages {
            let index = self.pages.len();
            if has_folio {
                folio(&mut page, &self.head, &context);
            }
            self.pages.push(page);
            if let Some((id, plate)) = plates.iter().find(|(id, _)| Some(*id) == begins) {
                self.bookmark(*id, plate, index, listed.contains(id));
            }
        }
    }

    /// Adds a bookmark and a list entry for a plate whose picture begins on the page with this
    /// index, and whose caption may be printed in the list alone.
    pub(super) fn bookmark(
        &mut self,
        id: EntryId,
        plate: &'a Plate,
        index: usize,
        is_listed: bool,
    ) {
        let book = self.context.book;
        let grid = self.context.grid;
        let folio = self.pages[index].folio;
        let title = plate_label(plate, folio, book);
        let listed = if is_listed {
            styles::plain(caption::listed_facts(plate, &self.context), styles::caption(grid))
        } else {
            plate_title(plate, grid, book)
        };
        if is_listed || book.print.list_of_plates != ListOfPlates::None {
            let listed = without_full_stop(listed);
            let line = ListLine { title: listed, folio, page: index, rank: ListRank::Alone };
            self.listed_plates.push((line, plate));
        }
        let bookmark = Bookmark { title, page: index, children: Vec::new() };
        // The plates of a chapter are nested under it, the others are beside the chapters.
        let first = self.parts[id.0].map_or(0, |part| part.0);
        let in_chapter =
            book.entries[first..id.0].iter().any(|entry| matches!(entry, Entry::Chapter(_)));
        let siblings = self.sibling_bookmarks(id);
        match siblings.last_mut() {
            Some(chapter) if in_chapter => chapter.children.push(bookmark),
            _ => siblings.push(bookmark),
        }
    }

    /// Adds a list entry for the picture of a title, which begins on the page with this index, if it
    /// has a caption.
    pub(super) fn list_opener(&mut self, id: EntryId, index: usize) {
        let PlateContext { book, grid, .. } = self.context;
        let picture = book.entries.get(id.0).and_then(Entry::plate);
        let is_captioned = |plate: &&Plate| !plain_text(&plate.caption).trim().is_empty();
        let Some(plate) = picture.filter(is_captioned) else { return };
        if book.print.list_of_plates != ListOfPlates::None {
            let title = without_full_stop(plate_title(plate, grid, book));
            let folio = self.pages[index].folio;
            let line = ListLine { title, folio, page: index, rank: ListRank::Alone };
            self.listed_plates.push((line, plate));
        }
    }

    /// The bookmarks of the part that an entry belongs to, or those of the book.
    pub(super) fn sibling_bookmarks(&mut self, id: EntryId) -> &mut Vec<Bookmark> {
        if self.is_in_part(id)
            && let Some(last) = self.bookmarks.len().checked_sub(1)
        {
            return &mut self.bookmarks[last].children;
        }
        &mut self.bookmarks
    }

    /// Leaves a page blank if the next one is not on this side.
    pub(super) fn start_on(&mut self, side: Side) {
        if Side::from_index(self.pages.len()) != side {
            self.next();
        }
    }

    pub(super) fn is_in_part(&self, id: EntryId) -> bool {
        self.parts.get(id.0).is_some_and(Option::is_some)
    }
}
