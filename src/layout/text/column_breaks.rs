//! Breaks the rows of a text into columns beside each other.

use std::collections::BTreeMap;

use crate::layout::text::column_notes::{NoteBlock, without_notes};
use crate::layout::text::page_breaks::{PageBreaker, PageDepth, PageSlice, TextPosition};
use crate::layout::text::rows::{BreakQuality, SetText};
use crate::model::Length;

/// A page of a text in columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::layout) struct ColumnPage {
    /// One below another.
    pub(in crate::layout) bands: Vec<Band>,
    /// The notes under them.
    pub(in crate::layout) notes: NoteBlock,
}

/// A part of a page, as wide as the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::layout) struct Band {
    /// Its columns, each as its first row and its content. A column may be empty.
    pub(in crate::layout) columns: Vec<(usize, PageSlice)>,
    /// Whether it is one column across the others.
    pub(in crate::layout) is_across: bool,
}

impl Band {
    /// The row after its longest column, if it has any content.
    pub(in crate::layout) fn end(&self) -> Option<usize> {
        let filled = self.columns.iter().filter(|(_, slice)| slice.has_content());
        filled.map(|(top, slice)| top + slice.used_rows()).max()
    }
}

/// A text in columns, and how bad its breaks are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::layout) struct ColumnBreaks {
    pub(in crate::layout) pages: Vec<ColumnPage>,
    pub(in crate::layout) cost: u64,
    /// The most rows that are empty on a page since what is across the columns is on the next one.
    pub(in crate::layout) gap: usize,
}

/// The fewest rows that make a column.
const MIN_ROWS: usize = 3;
/// How many rows a column may be shorter than the others to end at a better place.
const SHORTER: usize = 2;
/// How many rows the columns of the last page may be longer than necessary.
const LONGER: usize = 3;
/// A page whose columns have fewer rows at the end of a text is better avoided.
const FEW_ROWS: usize = 12;

/// The cost of one more line on a page.
const ONE_LINE_MORE: u64 = 120;
/// The cost of a single line of a paragraph in a column that faces the rest of it.
const ALONE_ON_PAGE: u64 = 450;
/// The cost of the last line of a paragraph at the head of such a column, if it fills the column.
const FULL_LINE_ALONE: u64 = 20;
/// The cost of a column of the last page with fewer than three rows.
const SHORT_COLUMN: u64 = 200;
/// The cost of an empty column beside others that have text.
const EMPTY_COLUMN: u64 = 400;
/// The cost of notes that go on overleaf.
const NOTES_OVERLEAF: u64 = 200;
/// The cost of a first page without any of the text.
const BEGINS_OVERLEAF: u64 = 1_500;

/// Breaks the rest of a text, from a position on, into columns, so that the cost of all breaks
/// together is minimal. `first` has the first row of each column on the first page; on the following
/// pages all columns begin at row 0. The columns of the last page end on about the same line.
pub(super) fn break_columns(
    text: &SetText,
    depth: PageDepth,
    first: &[usize],
    position: TextPosition,
) -> ColumnBreaks {
    let plain = without_notes(text);
    let breaker = PageBreaker { text: &plain, depth, shortest: 0 };
    let columns = ColumnBreaker { breaker: &breaker, text, widest: plain.widest_line() };
    let full = vec![0; first.len()];
    let origin = PageStart { is_first: true, position };
    if columns.is_end(position) {
        return ColumnBreaks { pages: Vec::new(), cost: 0, gap: 0 };
    }
    // The cheapest known path to the beginning of each page, in the order of the text.
    let mut open: BTreeMap<PageStart, PagePath> = BTreeMap::new();
    let mut settled: BTreeMap<PageStart, PagePath> = BTreeMap::new();
    let follow = |open: &mut BTreeMap<PageStart, PagePath>, from: PageStart, so_far: u64| {
        for FilledPage { page, cost, position } in columns.pages(from, first, &full) {
            let to = PageStart { is_first: false, position };
            let cost = so_far + cost;
            let leads_forward = from.is_first || position > from.position;
            if leads_forward && open.get(&to).is_none_or(|other| cost < other.cost) {
                open.insert(to, PagePath { cost, from, page });
            }
        }
    };
    follow(&mut open, origin, 0);
    let mut best: Option<(u64, PageStart)> = None;
    while let Some((at, path)) = open.pop_first() {
        let cost = path.cost;
        settled.insert(at, path);
        if !columns.is_end(at.position) {
            follow(&mut open, at, cost);
        } else if best.is_none_or(|(other, _)| cost < other) {
            best = Some((cost, at));
        }
    }
    debug_assert!(best.is_some(), "nothing of a text is left out");
    let (cost, mut at) = best.unwrap_or((0, origin));
    let mut pages = Vec::new();
    while let Some(path) = settled.remove(&at) {
        pages.push(path.page);
        at = path.from;
    }
    pages.reverse();
    ColumnBreaks { pages, cost, gap: 0 }
}

/// The beginning of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct PageStart {
    is_first: bool,
    position: TextPosition,
}

/// The last page on the path to a position.
struct PagePath {
    cost: u64,
    from: PageStart,
    page: ColumnPage,
}

/// A page that is filled, and what follows it.
struct FilledPage {
    page: ColumnPage,
    cost: u64,
    position: TextPosition,
}

/// Breaks a text with notes into pages of columns.
struct ColumnBreaker<'b, 'a> {
    /// Breaks the text without its notes.
    breaker: &'b PageBreaker<'a>,
    text: &'a SetText,
    /// The width of the widest line.
    widest: Length,
}

impl ColumnBreaker<'_, '_> {
    fn is_end(&self, position: TextPosition) -> bool {
        self.breaker.is_end(position) && position.note >= self.text.notes.len()
    }

    /// The ways to fill a page: each with the notes that its text refers to, for which it has room.
    fn pages(&self, from: PageStart, first: &[usize], full: &[usize]) -> Vec<FilledPage> {
        let depth = self.breaker.depth;
        let (tops, foot) = if from.is_first { (first, depth.opening) } else { (full, depth.full) };
        let highest = tops.iter().min().copied().unwrap_or(0);
        let mut pages = Vec::new();
        // The text keeps a few rows beside its notes.
        let is_text_at_end = self.breaker.is_end(TextPosition { note: 0, ..from.position });
        let kept = highest + if is_text_at_end { 0 } else { MIN_ROWS };
        let most = depth.note_lines_in(foot.saturating_sub(kept)).max(1);
        let mut room = Some(0);
        let mut has_long_notes = false;
        while let Some(lines) = room.take() {
            for filled in self.fillings(from, tops, foot.saturating_sub(depth.rows_of(lines))) {
                let page = self.with_notes(from, filled, tops, most);
                let needed = page.page.notes.height();
                has_long_notes |= needed >= most;
                if needed <= lines {
                    let empty = depth.rows_of(lines) - depth.rows_of(needed);
                    let more = if self.is_end(page.position) { 0 } else { empty_cost(empty) };
                    pages.push(FilledPage { cost: page.cost + more, ..page });
                } else {
                    room = Some(room.map_or(needed, |room: usize| room.min(needed)));
                }
            }
        }
        // Notes that would take the page may also leave half of it to the text.
        if has_long_notes {
            let lines = (most / 2).max(1);
            let filled = self.fillings(from, tops, foot.saturating_sub(depth.rows_of(lines)));
            pages.extend(filled.into_iter().map(|it| self.with_notes(from, it, tops, lines)));
        }
        pages
    }

    /// The ways to fill the columns of a page before this row, without notes.
    fn fillings(&self, from: PageStart, tops: &[usize], foot: usize) -> Vec<FilledColumns> {
        let (breaker, widest, is_first) = (self.breaker, self.widest, from.is_first);
        let page = PageColumns { breaker, tops, foot, is_first, widest };
        page.fillings(TextPosition { note: 0, ..from.position })
    }

    /// Adds the notes below filled columns, in up to `most` lines.
    fn with_notes(
        &self,
        from: PageStart,
        filled: FilledColumns,
        tops: &[usize],
        most: usize,
    ) -> FilledPage {
        let FilledColumns { columns, mut cost, position } = filled;
        let row = position.row.checked_sub(1);
        let named = row.map_or(0, |row| self.text.rows[row].notes).max(from.position.note);
        let named = if self.breaker.is_end(position) { self.text.notes.len() } else { named };
        let ends = columns.iter().filter(|(_, slice)| slice.has_content());
        let foot = ends.map(|(top, slice)| top + slice.max_rows).max();
        let foot = foot.unwrap_or_else(|| tops.iter().min().copied().unwrap_or(0));
        // Columns that a picture covers have no notes.
        let is_free: Vec<bool> = tops.iter().map(|top| *top <= foot).collect();
        let lines = from.position.note..named;
        let mut notes = NoteBlock::new(lines, &self.text.note_starts, &is_free, most);
        let rows = self.breaker.depth.rows_of(notes.height());
        notes.last_row = (foot + rows).saturating_sub(1);
        let note = notes.end(from.position.note);
        if note < named {
            cost += NOTES_OVERLEAF;
        }
        let position = TextPosition { note, ..position };
        let bands = vec![Band { columns, is_across: false }];
        FilledPage { page: ColumnPage { bands, notes }, cost, position }
    }
}

/// Some columns of a page that are filled, and what follows them.
#[derive(Debug, Clone)]
struct FilledColumns {
    columns: Vec<(usize, PageSlice)>,
    cost: u64,
    position: TextPosition,
}

/// The columns of one page, and the row before which they end.
struct PageColumns<'p, 'a> {
    breaker: &'p PageBreaker<'a>,
    /// The first row of each.
    tops: &'p [usize],
    foot: usize,
    is_first: bool,
    /// The width of the widest line.
    widest: Length,
}

impl PageColumns<'_, '_> {
    /// The ways to fill the page from a position on: the last page of the text has columns of about
    /// the same length, other pages are full.
    fn fillings(&self, from: TextPosition) -> Vec<FilledColumns> {
        let rest = |foot: usize| self.is_end(&self.fill(from, foot));
        let has_margin = !self.is_first || self.breaker.depth.opening == self.breaker.depth.full;
        let lowest = self.foot + usize::from(has_margin);
        if !rest(lowest) {
            let mut fillings = self.combinations(from, self.foot);
            if has_margin {
                fillings.extend(
                    self.combinations(from, lowest)
                        .into_iter()
                        .map(|it| FilledColumns { cost: it.cost + ONE_LINE_MORE, ..it }),
                );
            }
            return fillings;
        }
        let highest = self.tops.iter().min().copied().unwrap_or(0) + MIN_ROWS;
        let shortest = (highest..lowest).find(|foot| rest(*foot)).unwrap_or(lowest);
        let mut fillings = Vec::new();
        for foot in shortest..=(shortest + LONGER).min(lowest) {
            let more = if foot > self.foot { ONE_LINE_MORE } else { 0 };
            let ends = self.combinations(from, foot).into_iter().filter(|it| self.is_end(it));
            fillings.extend(
                ends.map(|it| FilledColumns { cost: it.cost + more + self.scrap_cost(&it), ..it }),
            );
        }
        if fillings.is_empty() {
            fillings.push(self.fill(from, lowest));
        }
        // The text may also go on, so that its last page has more than a few lines.
        if shortest + LONGER >= self.foot {
            let full = self.combinations(from, self.foot).into_iter();
            fillings.extend(full.filter(|it| !self.is_end(it)));
        }
        fillings
    }

    fn is_end(&self, filled: &FilledColumns) -> bool {
        self.breaker.is_end(filled.position)
    }

    /// The cheapest way to each position that the columns can end at, if they are up to two rows
    /// shorter than the foot.
    fn combinations(&self, from: TextPosition, foot: usize) -> Vec<FilledColumns> {
        let mut states = BTreeMap::new();
        let start = FilledColumns { columns: Vec::new(), cost: 0, position: from };
        states.insert(from, start);
        for number in 0..self.tops.len() {
            let mut next: BTreeMap<TextPosition, FilledColumns> = BTreeMap::new();
            for filled in states.values() {
                for shorter in 0..=SHORTER {
                    let longer = self.with_column(filled, number, foot, shorter);
                    let other = next.get(&longer.position);
                    if other.is_none_or(|other| longer.cost < other.cost) {
                        next.insert(longer.position, longer);
                    }
                }
            }
            states = next;
        }
        let mut filled: Vec<FilledColumns> = states.into_values().collect();
        for filled in &mut filled {
            if filled.position == from {
                filled.cost += BEGINS_OVERLEAF;
            }
        }
        filled
    }

    /// Fills all columns down to the foot.
    fn fill(&self, from: TextPosition, foot: usize) -> FilledColumns {
        let start = FilledColumns { columns: Vec::new(), cost: 0, position: from };
        let numbers = 0..self.tops.len();
        numbers.fold(start, |filled, number| self.with_column(&filled, number, foot, 0))
    }

    /// Adds the column with this number, which ends at the foot or as many rows above it.
    fn with_column(
        &self,
        filled: &FilledColumns,
        number: usize,
        foot: usize,
        shorter: usize,
    ) -> FilledColumns {
        let FilledColumns { position, ref columns, mut cost } = *filled;
        let mut columns = columns.clone();
        let top = self.tops[number];
        let room = foot.saturating_sub(top);
        let has_room = room >= MIN_ROWS || top == 0;
        if self.is_end(filled) || !has_room {
            cost += if has_room { EMPTY_COLUMN } else { 0 };
            columns.push((top, PageSlice::empty(position.row, position.note)));
            return FilledColumns { columns, cost, position };
        }
        let rows = room.saturating_sub(shorter).max(1);
        let (mut slice, end) = self.breaker.page(position, rows, true);
        let used = slice.used_rows();
        slice.set_max_rows(room);
        // The end of a text is expected to be shorter.
        let uneven = uneven_cost(room.saturating_sub(used));
        cost += if self.breaker.is_end(end) { uneven / 4 } else { uneven };
        cost += self.break_cost(slice.rows.end, number + 1 == self.tops.len());
        if used < MIN_ROWS {
            cost += SHORT_COLUMN;
        }
        columns.push((top, slice));
        FilledColumns { columns, cost, position: end }
    }

    /// The cost of a last page with these columns, if it has only a few rows of the text.
    fn scrap_cost(&self, filled: &FilledColumns) -> u64 {
        if self.is_first {
            return 0;
        }
        let rows: usize = filled.columns.iter().map(|(_, slice)| slice.used_rows()).sum();
        let missing = FEW_ROWS.saturating_sub(rows / self.tops.len().max(1)) as u64;
        8 * missing * missing
    }

    /// Whether the line in this row leaves less than a fifth of its column blank.
    fn fills_column(&self, row: usize) -> bool {
        let rows = &self.breaker.text.rows;
        rows.get(row).is_some_and(|row| row.line_width() * 5 > self.widest * 4)
    }

    /// The cost of a break before this row: less where the text goes on beside it.
    fn break_cost(&self, row: usize, at_turn: bool) -> u64 {
        let cost = self.breaker.end_cost(row, at_turn);
        let is = |quality: BreakQuality| cost == quality.cost(at_turn);
        if at_turn {
            cost
        } else if is(BreakQuality::Widow) && self.fills_column(row) {
            FULL_LINE_ALONE
        } else if is(BreakQuality::Orphan) || is(BreakQuality::Widow) {
            ALONE_ON_PAGE
        } else {
            cost
        }
    }
}

/// The cost of this number of empty rows at the foot of a page that is not the last one.
fn empty_cost(rows: usize) -> u64 {
    5 * (rows as u64) * (rows as u64)
}

/// The cost of a column that ends this number of rows above the others. One is hardly seen.
fn uneven_cost(rows: usize) -> u64 {
    let rows = rows as u64;
    let more = rows.saturating_sub(1);
    8 * rows + 100 * more * more
}
