//! Lists with folios: the table of contents and the list of plates.

use std::sync::Arc;

use crate::model::{
    Book, Folio, Length, Link, Page, Plate, Point, Rect, Side, Size, StructureElement,
    StructureKind, Target,
};
use crate::typeset::{self, Align, Faces, Line, Span, Style};

use crate::layout::matter::distribution::fill_columns;
use crate::layout::openings::titles::{self, ChapterTitle, TitlePart};
use crate::layout::text::styles;
use crate::layout::{Grid, elements, hairlines, placement};

/// An entry of a list.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::layout) struct ListLine {
    /// Its text.
    pub(in crate::layout) title: Vec<Span>,
    /// The folio that it refers to.
    pub(in crate::layout) folio: Folio,
    /// The index of its page in the body.
    pub(in crate::layout) page: usize,
    /// Its place among the parts of the book.
    pub(in crate::layout) rank: ListRank,
}

/// The place of an entry in a list of parts and chapters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum ListRank {
    /// It belongs to no part.
    Alone,
    /// It is a part, the heading of the entries after it.
    Part,
    /// It belongs to the part before it.
    InPart,
}

impl ListLine {
    /// Its text and the folio.
    pub(super) fn label(&self) -> String {
        let title: String = self.title.iter().map(|span| span.text.replace('\n', " ")).collect();
        format!("{}, {}", title.trim(), self.folio)
    }
}

/// The element with the text of an entry in a list of pages.
pub(super) fn entry_element(contents: &Arc<StructureElement>) -> Arc<StructureElement> {
    let entry = contents.child(StructureKind::ContentsEntry);
    entry.child(StructureKind::Reference).child(StructureKind::Link)
}

/// The width of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum ListWidth {
    /// The width of running text.
    Column,
    /// The width between the margins.
    Page,
}

/// Where a list begins and ends: a short index shares its last page, or faces its title.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct ListExtent {
    /// The last baseline.
    pub(super) bottom: Length,
    /// The width of the list.
    pub(super) width: ListWidth,
    /// The baseline of its title, if the list is on a single page.
    pub(in crate::layout) title: Option<Length>,
}

/// The context in which a list is set.
pub(in crate::layout) struct ListContext<'a> {
    pub(in crate::layout) book: &'a Book,
    pub(in crate::layout) faces: &'a Faces,
    pub(in crate::layout) grid: &'a Grid,
    /// The part of the book that the list is.
    pub(in crate::layout) section: Arc<StructureElement>,
    /// Whether its title is on the first row, although other titles are lower.
    pub(in crate::layout) is_raised: bool,
    /// Adds a page and returns its index.
    pub(in crate::layout) next: fn(&mut Vec<Page>, &Book) -> usize,
}

/// An entry that is set but not yet placed.
struct SetEntry {
    lines: Vec<Line>,
    /// Its number, in a column of its own.
    number: Option<Line>,
    /// The number that follows the last line.
    folio: Option<Line>,
    element: Arc<StructureElement>,
}

/// How the entries of a list are set.
struct EntryColumn {
    /// The distance of the first baseline from the top of the page, on the first page and on
    /// others.
    first: Length,
    top: Length,
    leading: Length,
    /// The space between two entries, besides the leading.
    gap: Length,
    /// The width of the column with numbers.
    numbers: Length,
}

impl ListContext<'_> {
    /// Sets the heading of a list with its first baseline on this row.
    pub(super) fn heading(&self, page: &mut Page, heading: &str, measure: ListWidth, row: usize) {
        let grid = self.grid;
        hairlines::above_title(page, grid);
        let inside = grid.inside(page.side);
        let (left, width) = match measure {
            ListWidth::Column => (grid.column_left(page.side), grid.measure),
            ListWidth::Page => (inside.x, inside.width),
        };
        let language = &self.book.language;
        let spans = styles::plain(heading, styles::heading(grid));
        let part = TitlePart { spans, language, align: styles::title_align(grid) };
        // A heading is one of a few words, which has one line if they are not very long.
        let style = &grid.style.text_styles.chapter;
        let height = grid.leading_of(style) / 2;
        let element = self.section.child(StructureKind::Heading(1));
        let finish = |_, lines| elements::in_element(lines, &element);
        let ChapterTitle { lines, leading } =
            titles::chapter(self.faces, grid, style, &[part], width, height, finish).content;
        placement::lines(page, &lines, Point::new(left, grid.baseline(row)), leading);
    }

    /// Sets entries with their folios after an em, on as many pages as needed.
    pub(in crate::layout) fn lines(
        &self,
        heading: &str,
        entries: &[ListLine],
        pages: &mut Vec<Page>,
    ) {
        let grid = self.grid;
        let contents = self.section.child(StructureKind::Contents);
        let align = styles::title_align(grid);
        let style = styles::text(grid);
        let set: Vec<SetEntry> = entries
            .iter()
            .map(|entry| {
                let element = entry_element(&contents);
                let folio = self.number(entry.folio.to_string(), &style, &element);
                let room = style.size + folio.as_ref().map_or(Length::ZERO, |it| it.width);
                let measure = grid.measure - room - self.hang();
                let lines = self.entry_lines(entry, measure, align, &element);
                SetEntry { lines, number: None, folio, element }
            })
            .collect();
        let are_short = set.iter().all(|entry| entry.lines.len() == 1);
        let column = EntryColumn {
            first: grid.baseline(self.first_row()),
            top: grid.baseline(0),
            leading: grid.leading,
            gap: if are_short { Length::ZERO } else { grid.leading / 2 },
            numbers: Length::ZERO,
        };
        self.place(heading, &set, entries, &column, pages);
    }

    /// Sets the list of plates: the numbers of the plates in a column and the folio after the
    /// caption, or else the folio in the column.
    pub(in crate::layout) fn plates(
        &self,
        heading: &str,
        entries: &[(ListLine, &Plate)],
        pages: &mut Vec<Page>,
    ) {
        let grid = self.grid;
        let contents = self.section.child(StructureKind::Contents);
        let style = styles::caption(grid);
        let is_numbered = grid.style.plates.numbered;
        let numbers: Vec<(Arc<StructureElement>, Option<Line>, Option<Line>)> = entries
            .iter()
            .map(|(entry, plate)| {
                let element = entry_element(&contents);
                let folio = self.number(entry.folio.to_string(), &style, &element);
                if is_numbered {
                    let number = self.book.printed_number(plate).unwrap_or_default();
                    let number = self.number(number, &style, &element);
                    (element, number, folio)
                } else {
                    (element, folio, None)
                }
            })
            .collect();
        let widest = numbers.iter().filter_map(|(_, number, _)| number.as_ref()).map(|it| it.width);
        let column = widest.max().unwrap_or_default() + style.size.scale(12, 10);
        let set: Vec<SetEntry> = entries
            .iter()
            .zip(numbers)
            .map(|((entry, _), (element, number, folio))| {
                let room = folio.as_ref().map_or(Length::ZERO, |it| it.width + style.size);
                let measure = grid.measure - column - room;
                let lines = self.entry_lines(entry, measure, Align::Start, &element);
                SetEntry { lines, number, folio, element }
            })
            .collect();
        let leading = grid.leading_of(&grid.style.text_styles.caption);
        let column = EntryColumn {
            first: grid.baseline(self.first_row()),
            top: grid.baseline(0),
            leading,
            gap: leading / 2,
            numbers: column,
        };
        let lines: Vec<ListLine> = entries.iter().map(|(line, _)| line.clone()).collect();
        self.place(heading, &set, &lines, &column, pages);
    }

    /// A number in the style of a list.
    fn number(
        &self,
        number: String,
        style: &Style,
        element: &Arc<StructureElement>,
    ) -> Option<Line> {
        let spans = styles::plain(number, styles::tabular(style));
        let (measure, language) = (self.grid.measure, &self.book.language);
        let lines = placement::ragged(self.faces, spans, language, measure, Align::Start);
        elements::in_element(lines, element).into_iter().next()
    }

    fn entry_lines(
        &self,
        entry: &ListLine,
        measure: Length,
        align: Align,
        element: &Arc<StructureElement>,
    ) -> Vec<Line> {
        let (spans, language) = (entry.title.clone(), &self.book.language);
        let lines = placement::ragged(self.faces, spans, language, measure, align);
        let mut lines = elements::in_element(lines, element);
        if let Some(line) = lines.last_mut() {
            // The folio follows.
            typeset::end_with_space(line, self.faces);
        }
        lines
    }

    /// Places entries on as few pages as needed, about as many lines on each of them.
    fn place(
        &self,
        heading: &str,
        set: &[SetEntry],
        entries: &[ListLine],
        column: &EntryColumn,
        pages: &mut Vec<Page>,
    ) {
        let grid = self.grid;
        let foot = grid.baseline(grid.rows() - 1);
        let spaces = group_spaces(entries, column.leading);
        let groups = groups(entries);
        let mut index = (self.next)(pages, self.book);
        let side = pages[index].side;
        let distributed = |gap: Length| {
            let heights: Vec<i64> = set
                .iter()
                .map(|entry| {
                    let lines = i64::try_from(entry.lines.len().max(1)).unwrap_or(1);
                    (column.leading * lines + gap).to_emu()
                })
                .zip(&spaces)
                .map(|(height, space)| height + space.to_emu())
                .collect();
            // The space below the last entry may be beyond the foot.
            let room = |first: Length| (foot - first + column.leading + gap).to_emu();
            let (counts, top) = distributed(&heights, &groups, room, column, side);
            (counts, top, gap)
        };
        // The space between entries is not worth another page.
        let gaps = [column.gap, column.gap / 2].map(distributed);
        let cost = |(counts, top, _): &(Vec<usize>, Length, Length)| {
            let jumps = side == Side::Verso && counts.len() == 2 && *top != column.first;
            (counts.len(), jumps)
        };
        let Some((counts, top, gap)) = gaps.into_iter().min_by_key(cost) else { return };
        self.heading(&mut pages[index], heading, ListWidth::Column, self.title_row());
        let mut first = column.first;
        let mut rest = set.iter().zip(entries).zip(spaces);
        for (number, count) in counts.into_iter().enumerate() {
            if number > 0 {
                index = (self.next)(pages, self.book);
                first = if number == 1 { top } else { column.top };
            }
            let mut y = first;
            for (position, ((set, entry), space)) in rest.by_ref().take(count).enumerate() {
                if position > 0 {
                    y += space;
                }
                let mut lines = set.lines.as_slice();
                // An entry that is longer than a page continues on the next.
                loop {
                    let fitting = (foot - y).to_emu().max(0) / column.leading.to_emu().max(1) + 1;
                    let fitting = usize::try_from(fitting).unwrap_or(1).min(lines.len());
                    let (now, later) = lines.split_at(fitting);
                    let is_first = lines.len() == set.lines.len();
                    self.entry(&mut pages[index], set, now, is_first, later.is_empty(), y, column);
                    let height = column.leading * i64::try_from(now.len().max(1)).unwrap_or(1);
                    self.link(&mut pages[index], set, entry, y, height, column);
                    y += height;
                    if later.is_empty() {
                        break;
                    }
                    lines = later;
                    index = (self.next)(pages, self.book);
                    y = column.top;
                }
                y += gap;
            }
        }
    }

    /// How far the lines of an entry after its first are indented, so that they do not look like
    /// entries. Centred ones are not.
    fn hang(&self) -> Length {
        let is_centred = styles::title_align(self.grid) == Align::Centred;
        if is_centred { Length::ZERO } else { styles::text(self.grid).size }
    }

    /// Places lines of an entry, with its numbers.
    #[expect(clippy::too_many_arguments, reason = "the parts of an entry and its position")]
    fn entry(
        &self,
        page: &mut Page,
        set: &SetEntry,
        lines: &[Line],
        is_first: bool,
        is_last: bool,
        y: Length,
        column: &EntryColumn,
    ) {
        let grid = self.grid;
        let is_rtl = grid.binding_right;
        let left = grid.column_left(page.side);
        let em = self.em(column);
        let folio = set.folio.as_ref().filter(|_| is_last);
        let folio_room = set.folio.as_ref().map_or(Length::ZERO, |it| it.width + em);
        if let Some(number) = set.number.as_ref().filter(|_| is_first) {
            // Numbers are flush with each other at the side of their text.
            let end = column.numbers - em.scale(12, 10);
            let x = if is_rtl {
                // The line begins at the right edge of the measure that it was set in.
                left - (end - number.width)
            } else {
                left + end - number.width
            };
            placement::line(page, number, Point::new(x, y));
        }
        // Lines were set in a measure without the numbers.
        let text_left = if is_rtl { left + folio_room } else { left + column.numbers };
        // Lines of contents hang; lines beside numbers do so by their column.
        let hang = if column.numbers == Length::ZERO { self.hang() } else { Length::ZERO };
        let mut baseline = y;
        for (index, line) in lines.iter().enumerate() {
            let last = is_last && index + 1 == lines.len();
            let is_centred =
                column.numbers == Length::ZERO && styles::title_align(grid) == Align::Centred;
            // The middle of the last line is that of its text with the folio; other lines are in
            // the middle of the whole column.
            let middle = match (is_centred, last, is_rtl) {
                (false, ..) | (true, true, _) => Length::ZERO,
                (true, false, false) => folio_room / 2,
                (true, false, true) => Length::ZERO - folio_room / 2,
            };
            let hang = if (is_first && index == 0) == is_rtl { hang } else { Length::ZERO };
            let at = Point::new(text_left + middle + hang, baseline);
            placement::line(page, line, at);
            if let Some(folio) = folio.filter(|_| last) {
                let (start, end) = extent(line);
                let x = if is_rtl {
                    // It was set at the right edge of the full measure.
                    at.x + start - em - grid.measure
                } else {
                    at.x + end + em
                };
                placement::line(page, folio, Point::new(x, baseline));
            }
            baseline += column.leading;
        }
    }

    /// The em of the text of a list.
    fn em(&self, column: &EntryColumn) -> Length {
        let is_contents = column.numbers == Length::ZERO;
        if is_contents { styles::text(self.grid).size } else { styles::caption(self.grid).size }
    }

    /// Makes all of an entry a link.
    fn link(
        &self,
        page: &mut Page,
        set: &SetEntry,
        entry: &ListLine,
        y: Length,
        height: Length,
        column: &EntryColumn,
    ) {
        let top = y - self.em(column);
        let corner = Point::new(self.grid.column_left(page.side), top);
        page.links.push(Link {
            rect: Rect::new(corner, Size::new(self.grid.measure, height)),
            target: Target::Page(entry.page),
            label: entry.label(),
            element: Some(Arc::clone(&set.element)),
        });
    }

    /// The row of the title.
    pub(super) fn title_row(&self) -> usize {
        if self.is_raised { 0 } else { self.grid.title_row() }
    }

    /// The rows that a heading between the margins may have, the better one first: that of all titles,
    /// or, if they are not at the head and the list would take another page, the first.
    pub(super) fn page_title_rows(&self) -> [usize; 2] {
        let title_row = self.title_row();
        [title_row, if self.grid.style.titles.at_head { title_row } else { 0 }]
    }

    /// The top of what follows a heading between the margins, on this row.
    pub(super) fn below_page_title(&self, row: usize) -> Length {
        let grid = self.grid;
        let lower = grid.baseline(row) - grid.baseline(0);
        grid.margins.top + lower + grid.leading_of(&grid.style.text_styles.chapter) * 2
    }

    /// The first row below a heading.
    pub(super) fn first_row(&self) -> usize {
        let grid = self.grid;
        let heading_style = &grid.style.text_styles.chapter;
        let rows = (grid.leading_of(heading_style) * 2).to_emu() / grid.leading.to_emu().max(1);
        let below_heading = self.title_row() + usize::try_from(rows).unwrap_or(0).max(3);
        if self.is_raised { below_heading } else { below_heading.max(grid.sink_row()) }
    }
}

/// The number of entries on each page, and where those of the second begin: beside those of the
/// first if both are seen together and no other page is needed.
fn distributed(
    heights: &[i64],
    groups: &[usize],
    room: impl Fn(Length) -> i64,
    column: &EntryColumn,
    side: Side,
) -> (Vec<usize>, Length) {
    let filled = |second: Length| {
        let room_of_page = |page: usize| match page {
            0 => room(column.first),
            1 => room(second),
            _ => room(column.top),
        };
        fill_columns(heights, groups, room_of_page, 1)
    };
    let (usual, level) = (filled(column.top), filled(column.first));
    if side == Side::Verso && usual.len() == 2 && level.len() == 2 {
        (level, column.first)
    } else {
        (usual, column.top)
    }
}

/// The positions where the visible text of a line begins and ends, from its origin.
fn extent(line: &Line) -> (Length, Length) {
    let start = line.runs.iter().map(|run| run.origin.x).min().unwrap_or_default();
    let end = line.runs.iter().map(|run| run.origin.x + run.width()).max().unwrap_or_default();
    (start, end)
}

/// The space above each entry: a part is set off from what precedes it, and so is what follows its
/// entries.
fn group_spaces(entries: &[ListLine], space: Length) -> Vec<Length> {
    let mut before = ListRank::Alone;
    let spaces = entries.iter().map(|entry| {
        let begins_group = match entry.rank {
            ListRank::Part => true,
            ListRank::InPart => false,
            ListRank::Alone => before != ListRank::Alone,
        };
        before = entry.rank;
        if begins_group { space } else { Length::ZERO }
    });
    spaces.collect()
}

/// The first entry of the part of each entry.
fn groups(entries: &[ListLine]) -> Vec<usize> {
    let mut part = None;
    let firsts = entries.iter().enumerate().map(|(index, entry)| {
        part = match entry.rank {
            ListRank::Part => Some(index),
            ListRank::InPart => part,
            ListRank::Alone => None,
        };
        part.unwrap_or(index)
    });
    firsts.collect()
}
