//! The index: places, people and subjects in columns of small type, with the pages of their
//! pictures.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::model::{
    Book, Bookmark, EntryId, Index, IndexEntry, IndexGroup, Item, Length, Link, ListMarkers, Page,
    PassageKind, Point, Side, Strings, StructureElement, StructureKind, Target,
};
use crate::typeset::{Align, Anchor, Line, Span, Style};

use crate::layout::folio::folio;
use crate::layout::matter::index_columns::{IndexRow, columns};
use crate::layout::matter::lists::{ListLine, ListRank, ListWidth};
use crate::layout::paginate::BodyPages;
use crate::layout::plates::context::PlateContext;
use crate::layout::text::styles;
use crate::layout::{Grid, elements, hairlines, placement};

/// The narrowest column, in the size of its type.
const MIN_COLUMN_EMS: i64 = 14;
/// The most columns of an index that is as wide as running text, so that more would be narrow, and of
/// one between the margins.
const MAX_COLUMNS: i64 = 2;
const MAX_PAGE_COLUMNS: i64 = 4;
/// The fewest rows below the heading of an index that begins under a list.
const MIN_ROWS_BELOW_LIST: usize = 3;
/// The space above that heading, in lines: more than there is below it, if there is room.
const SPACES_BELOW_LIST: [i64; 2] = [3, 2];
/// The fewest rows of a column, unless there are two.
const MIN_ROWS: usize = 3;
/// An index of more pages does not begin under a list.
const MAX_PAGES_BELOW_LIST: usize = 2;

impl BodyPages<'_> {
    /// Adds the index if the manifest asks for one: on a page of its own, or below the list of plates
    /// if that saves a page.
    pub(in crate::layout) fn index(&mut self) {
        if self.context.book.index.is_empty() {
            return;
        }
        let section = StructureElement::part(StructureKind::Section);
        let index = self.best_index(&section);
        if !index.is_below_list {
            self.start_back_matter();
        }
        self.place_index(index, &section);
    }

    /// Whether the index begins below the list of plates.
    pub(super) fn index_is_below_list(&self) -> bool {
        let section = StructureElement::part(StructureKind::Section);
        !self.context.book.index.is_empty() && self.best_index(&section).is_below_list
    }

    /// The index on pages of its own, or below the list of plates.
    fn best_index(&self, section: &Arc<StructureElement>) -> IndexPages {
        let grid = self.context.grid;
        let row = self.row_beside_list().unwrap_or(grid.title_row());
        let own = |width| self.arranged(section, row, width, false);
        let in_column = own(ListWidth::Column);
        // Two pages of columns as wide as text are one of columns between the margins.
        let wide = (in_column.pages.len() > 1).then(|| own(ListWidth::Page));
        let own = match wide {
            Some(wide) if wide.pages.len() < in_column.pages.len() => wide,
            _ => in_column,
        };
        let below = self.list_extent.and_then(|list| {
            let spaces = SPACES_BELOW_LIST.into_iter().filter_map(|space| {
                let least = list.bottom + grid.leading * space + hairlines::title_height(grid);
                let row = (0..grid.rows()).find(|row| grid.baseline(*row) >= least)?;
                Some(self.arranged(section, row, list.width, true))
            });
            let is_short = own.pages.len() <= MAX_PAGES_BELOW_LIST;
            let saves_a_page = |below: &IndexPages| below.pages.len() <= own.pages.len();
            spaces.into_iter().find(|below| is_short && saves_a_page(below) && below.begins_well())
        });
        below.unwrap_or(own)
    }

    /// The row of the title of the list of plates, if that is on a single page that the index faces.
    fn row_beside_list(&self) -> Option<usize> {
        let grid = self.context.grid;
        let title = self.list_extent?.title?;
        let is_beside = Side::from_index(self.pages.len()) == Side::Recto;
        (0..grid.rows()).find(|row| grid.baseline(*row) >= title).filter(|_| is_beside)
    }

    /// Sets the index with its heading on this row.
    fn arranged(
        &self,
        section: &Arc<StructureElement>,
        row: usize,
        width: ListWidth,
        is_below_list: bool,
    ) -> IndexPages {
        let context = self.context;
        let PlateContext { book, faces, grid, .. } = context;
        let setting = IndexSetting::new(&context, section, width);
        let spans = styles::plain(heading(book), styles::heading(grid));
        let align = styles::title_align(grid);
        let lines = placement::ragged(faces, spans, &book.language, setting.measure, align);
        let lines = elements::in_element(lines, &section.child(StructureKind::Heading(1)));
        let leading = grid.leading_of(&grid.style.text_styles.chapter);
        let end = grid.baseline(row) + leading * i64::try_from(lines.len()).unwrap_or(1);
        let pages = self.pages_of_pictures();
        let foot = grid.baseline(grid.rows() - 1);
        let below_heading = (0..grid.rows()).map(|row| grid.baseline(row));
        let top = below_heading.into_iter().find(|y| *y >= end + grid.leading).unwrap_or(foot);
        let height = |top: Length| {
            let rows = (foot - top).to_emu() / setting.leading.to_emu().max(1) + 1;
            usize::try_from(rows).unwrap_or(1).max(1)
        };
        let heights = [height(top), height(grid.baseline(0))];
        let most = usize::try_from(setting.columns).unwrap_or(1);
        let rows = |spacing| setting.rows(&book.index.groups, spacing, &pages, &self.pages);
        // The space between groups is not worth another page.
        let spacing = GroupSpacing::new(&book.index);
        let (spaced, dense) = (rows(spacing), rows(spacing.without_gaps()));
        // A few entries are not one row of columns.
        let count = most.min((dense.len() / MIN_ROWS).max(2));
        let number_of_pages = |rows: &[IndexRow<IndexLine>]| columns(rows, heights, count).len();
        let needs_more = number_of_pages(&spaced) > number_of_pages(&dense);
        let rows = if needs_more { dense } else { spaced };
        let (usual, level) =
            (columns(&rows, heights, count), columns(&rows, [heights[0]; 2], count));
        // Facing pages begin on the same line, unless that takes another page.
        let is_level = !is_below_list
            && self.side_of_back_matter() == Side::Verso
            && usual.len() == 2
            && level.len() == 2;
        let pages = if is_level { level } else { usual };
        let tops = [top, if is_level { top } else { grid.baseline(0) }];
        IndexPages { heading: lines, row, width, is_below_list, rows, pages, tops }
    }

    /// Places the index, and adds it to the contents and the bookmarks.
    fn place_index(&mut self, index: IndexPages, section: &Arc<StructureElement>) {
        let context = self.context;
        let PlateContext { book, grid, .. } = context;
        let heading = heading(book);
        let setting = IndexSetting::new(&context, section, index.width);
        if !index.is_below_list {
            self.next();
        }
        let first = self.pages.len() - 1;
        let page = &mut self.pages[first];
        hairlines::above_title_in_row(page, grid, index.row);
        let at = Point::new(setting.edge(page.side), grid.baseline(index.row));
        let leading = grid.leading_of(&grid.style.text_styles.chapter);
        placement::lines(page, &index.heading, at, leading);
        for (number, page_columns) in index.pages.into_iter().enumerate() {
            let top = index.tops[number.min(1)];
            let page = if number == 0 { &mut self.pages[first] } else { self.next() };
            for (column, range) in (0..).zip(page_columns) {
                let left = setting.left(column, page.side);
                let mut y = top;
                for row in &index.rows[range] {
                    if let Some(line) = &row.content {
                        setting.place(page, line, Point::new(left, y));
                    }
                    y += setting.leading;
                }
            }
            // The opening page has no folio; its title is enough.
            if number > 0 {
                folio(page, heading, &context);
            }
        }
        let folio = self.pages[first].folio;
        let title = styles::plain(heading, styles::text(grid));
        self.entries.push(ListLine { title, folio, page: first, rank: ListRank::Alone });
        let title = heading.to_owned();
        self.bookmarks.push(Bookmark { title, page: first, children: Vec::new() });
    }

    /// The pages on which the picture of each entry is.
    fn pages_of_pictures(&self) -> BTreeMap<EntryId, Vec<usize>> {
        let mut found: BTreeMap<EntryId, Vec<usize>> = BTreeMap::new();
        for (index, page) in self.pages.iter().enumerate() {
            let Some(id) = page.entry else { continue };
            let plate = self.context.book.entries.get(id.0).and_then(|entry| entry.plate());
            let is_shown = |item: &Item| match (item, plate) {
                (Item::Picture(placed), Some(plate)) => placed.picture.path == plate.picture.path,
                _ => false,
            };
            if page.items.iter().any(is_shown) {
                found.entry(id).or_default().push(index);
            }
        }
        for (id, index) in &self.opened {
            found.entry(*id).or_default().push(*index);
        }
        found
    }
}

fn heading(book: &Book) -> &'static str {
    Strings::for_language(&book.language).index
}

/// The index as it is placed.
struct IndexPages {
    heading: Vec<Line>,
    /// The row of its heading.
    row: usize,
    width: ListWidth,
    is_below_list: bool,
    rows: Vec<IndexRow<IndexLine>>,
    /// The rows of each column on each page.
    pages: Vec<Vec<Range<usize>>>,
    /// The first baselines of the first page and of the others.
    tops: [Length; 2],
}

impl IndexPages {
    /// Whether all of it, or several rows, are below its heading.
    fn begins_well(&self) -> bool {
        let first = self.pages.first().and_then(|columns| columns.first());
        self.pages.len() == 1 || first.is_some_and(|rows| rows.len() >= MIN_ROWS_BELOW_LIST)
    }
}

/// The most rows of an entry with its narrower ones that are never in two columns.
const MAX_FAMILY: usize = 8;

/// A line of the index, with its position in the column.
#[derive(Debug)]
pub(super) struct IndexLine {
    left: Length,
    line: Line,
    /// The text of the entry, which names its links.
    label: Arc<str>,
}

/// What separates the groups of an index.
#[derive(Debug, Clone, Copy)]
struct GroupSpacing {
    has_gaps: bool,
    has_letters: bool,
}

impl GroupSpacing {
    fn new(index: &Index) -> Self {
        let has_gaps = index.len() >= index.groups.len() * 2;
        Self { has_gaps, has_letters: index.has_letters() }
    }

    /// Letters need space above them.
    fn without_gaps(self) -> Self {
        Self { has_gaps: self.has_gaps && self.has_letters, ..self }
    }
}

/// How an index is set.
struct IndexSetting<'a> {
    context: &'a PlateContext<'a>,
    section: &'a Arc<StructureElement>,
    style: Style,
    leading: Length,
    area: ListWidth,
    /// The width of all columns.
    measure: Length,
    columns: i64,
    width: Length,
    gap: Length,
}

impl<'a> IndexSetting<'a> {
    fn new(
        context: &'a PlateContext<'a>,
        section: &'a Arc<StructureElement>,
        area: ListWidth,
    ) -> Self {
        let grid: &Grid = context.grid;
        let style = styles::tabular(&styles::note(grid));
        let (measure, most) = match area {
            ListWidth::Column => (grid.measure, MAX_COLUMNS),
            ListWidth::Page => (grid.inside(Side::Recto).width, MAX_PAGE_COLUMNS),
        };
        let gap = style.size * 2;
        let fitting =
            (measure + gap).to_emu() / (style.size * MIN_COLUMN_EMS + gap).to_emu().max(1);
        let columns = fitting.clamp(1, most);
        let width = (measure - gap * (columns - 1)) / columns;
        let leading = grid.leading_of(&grid.style.text_styles.caption);
        Self { context, section, style, leading, area, measure, columns, width, gap }
    }

    /// The left edge of the first column from the left.
    fn edge(&self, side: Side) -> Length {
        match self.area {
            ListWidth::Column => self.context.grid.column_left(side),
            ListWidth::Page => self.context.grid.inside(side).x,
        }
    }

    /// The left edge of a column, counted in the direction of reading.
    fn left(&self, column: i64, side: Side) -> Length {
        let grid = self.context.grid;
        let from_left = if grid.binding_right { self.columns - 1 - column } else { column };
        self.edge(side) + (self.width + self.gap) * from_left
    }

    /// All rows, from the first entry to the last.
    fn rows(
        &self,
        groups: &[IndexGroup],
        GroupSpacing { has_gaps, has_letters }: GroupSpacing,
        pages: &BTreeMap<EntryId, Vec<usize>>,
        body: &[Page],
    ) -> Vec<IndexRow<IndexLine>> {
        let index = self.section.child(StructureKind::Index);
        let mut list = index.child(StructureKind::List(ListMarkers::Terms));
        let mut rows = Vec::new();
        let has_topics = groups.iter().any(|group| group.topic.is_some());
        for (number, group) in groups.iter().enumerate() {
            if (has_gaps || group.topic.is_some()) && number > 0 {
                rows.push(IndexRow::blank());
            }
            let first = rows.len();
            if let Some(topic) = group.topic {
                let style = styles::subheading(self.context.grid, 2);
                let name = topic.name(&self.context.book.language);
                rows.extend(self.heading(name, style, &index.child(StructureKind::Heading(2))));
                if has_gaps && !has_letters {
                    rows.push(IndexRow::blank());
                }
            }
            if let Some(letter) = group.letter.as_ref().filter(|_| has_letters) {
                let style = styles::subheading(self.context.grid, 2);
                let style = Style { size: self.style.size, ..style };
                let level = 2 + u8::from(has_topics);
                rows.extend(self.heading(
                    letter,
                    style,
                    &index.child(StructureKind::Heading(level)),
                ));
            }
            if has_letters || group.topic.is_some() {
                list = index.child(StructureKind::List(ListMarkers::Terms));
            }
            let from = rows.len();
            for entry in &group.entries {
                self.entry(entry, 0, &list, (pages, body), &mut rows);
            }
            if let Some(row) = rows.get_mut(first) {
                row.begins_group = has_gaps || group.topic.is_some();
            }
            // The first and the last row of a group are not alone in a column.
            if has_gaps {
                for at in [from, rows.len().saturating_sub(2)] {
                    if (from..rows.len() - 1).contains(&at) {
                        rows[at].keeps_next = true;
                    }
                }
            }
        }
        rows
    }

    /// The topic or the letter above a group.
    fn heading(
        &self,
        text: &str,
        style: Style,
        element: &Arc<StructureElement>,
    ) -> Option<IndexRow<IndexLine>> {
        let PlateContext { book, faces, .. } = *self.context;
        let spans = styles::plain(text, style);
        let lines = placement::ragged(faces, spans, &book.language, self.width, Align::Start);
        let lines = elements::in_element(lines, element);
        let line = lines.into_iter().next()?;
        let content = IndexLine { left: Length::ZERO, line, label: text.into() };
        Some(IndexRow::new(content, true))
    }

    /// An entry with its pages, and the narrower ones indented under it.
    fn entry(
        &self,
        entry: &IndexEntry,
        depth: i64,
        list: &Arc<StructureElement>,
        (pages, body): (&BTreeMap<EntryId, Vec<usize>>, &[Page]),
        rows: &mut Vec<IndexRow<IndexLine>>,
    ) {
        let PlateContext { book, faces, grid, .. } = *self.context;
        let strings = Strings::for_language(&book.language);
        let item = list.child(StructureKind::ListItem).child(StructureKind::ListBody);
        let mut shown: Vec<usize> =
            entry.pictures.iter().filter_map(|id| pages.get(id)).flatten().copied().collect();
        shown.sort_unstable();
        shown.dedup();
        let plain = |text: &str| Span::new(text, self.style.clone());
        let mut spans = vec![plain(&entry.text)];
        for (number, (start, end)) in ranges(&shown).into_iter().enumerate() {
            let separator = entry.separator(&book.language);
            spans.push(plain(if number == 0 { separator } else { strings.comma }));
            let mut text = body[start].folio.to_string();
            if end > start {
                // A range is not divided.
                text = format!("{text}\u{2060}–\u{2060}{}", body[end].folio);
            }
            let link = Some(Anchor::Address(start.to_string().into()));
            spans.push(Span { link, ..Span::new(text, self.style.clone()) });
        }
        let from = rows.len();
        // Lines after the first are indented more than narrower entries.
        let (indent, hang) = (self.style.size * depth, self.style.size * 2);
        let measure = (self.width - indent - hang).max(self.style.size * 4);
        let lines = placement::ragged(faces, spans, &book.language, measure, Align::Start);
        let lines = placement::with_kind(lines, PassageKind::Index);
        let lines = elements::in_element(lines, &item.child(StructureKind::Paragraph));
        let count = lines.len();
        let label: Arc<str> = entry.text.as_str().into();
        for (number, line) in lines.into_iter().enumerate() {
            let indent = if number == 0 { indent } else { indent + hang };
            let left = if grid.binding_right { self.width - measure - indent } else { indent };
            let content = IndexLine { left, line, label: Arc::clone(&label) };
            let is_inside = number + 1 < count && (number == 0 || number + 2 == count);
            rows.push(IndexRow::new(content, is_inside));
        }
        if entry.children.is_empty() {
            return;
        }
        if let Some(row) = rows.last_mut() {
            row.keeps_next = true;
        }
        let inner = item.child(StructureKind::List(ListMarkers::Terms));
        for child in &entry.children {
            self.entry(child, depth + 1, &inner, (pages, body), rows);
        }
        keep_family(&mut rows[from..]);
    }

    /// Places a line, and makes links to pages of its numbers.
    fn place(&self, page: &mut Page, row: &IndexLine, at: Point) {
        let at = Point::new(at.x + row.left, at.y);
        let IndexLine { line, label, .. } = row;
        let links = line.links.iter().filter_map(|link| {
            let Anchor::Address(index) = &link.target else { return None };
            let index: usize = index.parse().ok()?;
            Some((link, index))
        });
        for (link, index) in links {
            let label =
                format!("{label}, {}", placement::body_page(index, self.context.book).folio);
            page.links.push(Link {
                rect: placement::link_area(at, link.extent.start, link.extent.end, self.style.size),
                target: Target::Page(index),
                label,
                element: elements::link_element(line, link),
            });
        }
        placement::line(page, &Line { links: Vec::new(), ..line.clone() }, at);
    }
}

/// Keeps an entry with the narrower ones under it in one column. Of a large family, the first two
/// and the last two rows are together.
fn keep_family<T>(rows: &mut [IndexRow<T>]) {
    let count = rows.len();
    let inner = rows.iter_mut().take(count.saturating_sub(1)).enumerate();
    for (number, row) in inner {
        row.keeps_next |= count <= MAX_FAMILY || number < 2 || number + 2 >= count;
    }
}

/// Consecutive pages as ranges.
fn ranges(pages: &[usize]) -> Vec<(usize, usize)> {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for &page in pages {
        match ranges.last_mut() {
            Some((_, end)) if *end + 1 == page => *end = page,
            _ => ranges.push((page, page)),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_of_entries_is_not_divided() {
        for (count, divided) in [(2, 0), (MAX_FAMILY, 0), (MAX_FAMILY + 4, MAX_FAMILY)] {
            let row = || IndexRow::new((), false);
            let mut rows: Vec<IndexRow<()>> = (0..count).map(|_| row()).collect();
            keep_family(&mut rows);
            assert!(!rows[count - 1].keeps_next, "the next entry is free");
            let free = rows[..count - 1].iter().filter(|row| !row.keeps_next).count();
            assert_eq!(free, divided, "{count}");
        }
    }

    #[test]
    fn consecutive_pages_are_a_range() {
        assert_eq!(ranges(&[2, 3, 4, 7, 9, 10]), [(2, 4), (7, 7), (9, 10)]);
        assert_eq!(ranges(&[]), []);
    }
}
