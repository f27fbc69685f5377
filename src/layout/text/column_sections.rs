//! Breaks a text in columns of which parts are across all of them: a table that is too wide for one
//! ends the columns above it, and new ones begin below it.

use crate::layout::text::column_breaks::{Band, ColumnBreaks, ColumnPage, break_columns};
use crate::layout::text::column_notes::{NoteBlock, without_notes};
use crate::layout::text::page_breaks::{PageBreaker, PageDepth, TextPosition};
use crate::layout::text::rows::SetText;

/// The fewest rows of columns below something else, if the text goes on overleaf.
const MIN_ROWS: usize = 5;
/// What is across the columns begins in this part of a page, at least, if it has more rows than that
/// (one over the number).
const LEAST_PART: usize = 3;
/// The cost of each row that is empty since what is across the columns is on the next page.
const EMPTY_ROW: u64 = 20;

/// Breaks a text into pages of columns. `first` has the first row of each column on the first page;
/// on the following pages all columns begin at row 0.
pub(in crate::layout) fn break_text(
    text: &SetText,
    depth: PageDepth,
    first: &[usize],
) -> ColumnBreaks {
    let start = TextPosition { row: 0, note: 0, figure: 0 };
    if !text.has_rows_across() {
        return break_columns(text, depth, first, start);
    }
    let mut breaker = SectionBreaker {
        text,
        depth,
        position: start,
        tops: first.to_vec(),
        breaks: ColumnBreaks { pages: vec![ColumnPage::default()], cost: 0, gap: 0 },
    };
    for section in text.rows.chunk_by(|one, other| one.is_across == other.is_across) {
        let end = breaker.position.row + section.len();
        if section[0].is_across {
            breaker.add_across(end);
        } else {
            breaker.add_columns(end);
        }
    }
    breaker.finish()
}

/// Breaks one section of a text after another.
struct SectionBreaker<'a> {
    text: &'a SetText,
    depth: PageDepth,
    /// The next row and picture, and the first line of notes that is on none of the earlier pages.
    position: TextPosition,
    /// The first free row of each column.
    tops: Vec<usize>,
    breaks: ColumnBreaks,
}

impl SectionBreaker<'_> {
    /// The number of rows on the current page.
    fn foot(&self) -> usize {
        if self.breaks.pages.len() == 1 { self.depth.opening } else { self.depth.full }
    }

    /// The first row that is free in all columns.
    fn top(&self) -> usize {
        self.tops.iter().max().copied().unwrap_or(0)
    }

    /// The notes of the current page, if the text on it ends before this row. They take at most
    /// this many lines.
    fn notes(&self, end: usize, most: usize) -> NoteBlock {
        let named = end.checked_sub(1).map_or(0, |row| self.text.rows[row].notes);
        let lines = self.position.note..named.max(self.position.note);
        NoteBlock::new(lines, &self.text.note_starts, &vec![true; self.tops.len()], most)
    }

    /// The rows of the current page that its notes take if the text on it ends before this row.
    fn note_rows(&self, end: usize) -> usize {
        let most = self.depth.note_lines_in(self.depth.full).max(1);
        self.depth.rows_of(self.notes(end, most).height())
    }

    /// The rows at the beginning of a section that must be on one page.
    fn rows_kept(&self, end: usize) -> usize {
        let begins = self.text.rows[self.position.row..end].iter().take(2);
        begins.map(|row| row.keep_together).max().unwrap_or(0)
    }

    /// Completes the current page with its notes.
    fn complete_page(&mut self) {
        let top = self.top();
        let most = self.depth.note_lines_in(self.foot().saturating_sub(top)).max(1);
        let mut notes = self.notes(self.position.row, most);
        let rows = self.depth.rows_of(notes.height());
        notes.last_row = (top + rows).saturating_sub(1);
        self.position.note = notes.end(self.position.note);
        if let Some(page) = self.breaks.pages.last_mut() {
            page.notes = notes;
        }
    }

    /// Completes the current page and begins another one.
    fn turn_page(&mut self) {
        self.complete_page();
        self.begin_page();
    }

    fn begin_page(&mut self) {
        self.breaks.pages.push(ColumnPage::default());
        self.tops.fill(0);
    }

    /// Begins a page and leaves the rest of the current one empty.
    fn leave_page(&mut self) {
        let gap = self.foot().saturating_sub(self.top() + self.note_rows(self.position.row));
        self.breaks.cost += EMPTY_ROW * gap as u64;
        self.breaks.gap = self.breaks.gap.max(gap);
        self.turn_page();
    }

    /// Adds the text before this row in columns.
    fn add_columns(&mut self, end: usize) {
        let is_at_head = self.tops.iter().all(|top| *top == 0);
        // A short table at its beginning is not divided among them.
        let rows = self.rows_kept(end).max(MIN_ROWS).min(self.depth.full);
        let least = self.tops.iter().min().copied().unwrap_or(0) + rows;
        if !is_at_head && least + self.note_rows(self.position.row) > self.foot() {
            self.turn_page();
        }
        let is_last = end == self.text.rows.len();
        let figures = &self.text.figures;
        let before = figures.iter().filter(|figure| is_last || figure.anchor < end).count();
        let section = self.text.until(end, before.max(self.position.figure));
        let depth = PageDepth { opening: self.foot(), ..self.depth };
        let ColumnBreaks { pages, cost, .. } =
            break_columns(&section, depth, &self.tops, self.position);
        self.breaks.cost += cost;
        let count = pages.len();
        for (number, page) in pages.into_iter().enumerate() {
            if number > 0 {
                self.begin_page();
            }
            let has_more = number + 1 < count;
            let ends = page.bands.iter().filter_map(Band::end).max();
            let end = ends.unwrap_or(0).max(self.top());
            self.tops.fill(end);
            // The notes of the last page are below what follows.
            let note = if has_more || is_last {
                page.notes.end(self.position.note)
            } else {
                page.notes.start(self.position.note)
            };
            self.position.note = note;
            if let Some(current) = self.breaks.pages.last_mut() {
                current.bands.extend(page.bands);
                current.notes = page.notes;
            }
        }
        self.position = TextPosition { row: end, figure: section.figures.len(), ..self.position };
    }

    /// Adds the text before this row across all columns.
    fn add_across(&mut self, end: usize) {
        let is_blank = |row: &usize| self.text.rows[*row].is_blank();
        let blank = (self.position.row..end).rev().take_while(is_blank).count();
        let last = end - blank;
        let section = self.text.until(last, self.position.figure);
        let text = without_notes(&section);
        let breaker = PageBreaker { text: &text, depth: self.depth, shortest: 0 };
        while self.position.row < last {
            if self.text.rows[self.position.row].is_dropped_at_head() {
                self.position.row += 1;
                continue;
            }
            // A blank row separates it from the columns above it.
            let is_below = self.breaks.pages.last().is_some_and(|page| !page.bands.is_empty());
            let top = self.top() + usize::from(is_below);
            let needed = last - self.position.row;
            // Notes that are longer than that go on overleaf.
            let free = self.foot().saturating_sub(top);
            let notes = self.note_rows(last).min(free - free / LEAST_PART);
            let room = free - notes;
            let kept = self.rows_kept(last);
            let is_whole_on_next = kept > room && kept + notes <= self.depth.full;
            let is_little = room < self.depth.full / LEAST_PART;
            if self.top() > 0 && needed > room && (is_whole_on_next || is_little) {
                self.leave_page();
                continue;
            }
            let from = TextPosition { note: 0, ..self.position };
            let (slice, next) = breaker.page(from, room.max(1), true);
            self.position.row = next.row.min(last);
            self.tops.fill(top + slice.used_rows());
            let band = Band { columns: vec![(top, slice)], is_across: true };
            if let Some(page) = self.breaks.pages.last_mut() {
                page.bands.push(band);
            }
            if self.position.row < last {
                self.turn_page();
            }
        }
        let below = self.top() + usize::from(blank > 0);
        self.tops.fill(below);
        self.position.row = end;
    }

    /// Completes the last page, and adds pages for the notes and pictures that are left.
    fn finish(mut self) -> ColumnBreaks {
        if self.text.rows.last().is_some_and(|row| row.is_across) {
            self.complete_page();
            let TextPosition { row, note, figure } = self.position;
            if note < self.text.notes.len() || figure < self.text.figures.len() {
                self.begin_page();
                self.add_columns(row);
            }
        }
        self.breaks
    }
}
