//! Tables: columns as wide as their text requires, rows on the grid above a rule.

use crate::model::{
    Block, Book, Cell, ColumnAlign, Inline, Length, Links, PassageKind, Table, plain_text, tables,
};
use crate::typeset::{self, Align, Faces, Line, Span, Style};

use crate::layout::Grid;
use crate::layout::text::flow::{Column, ParagraphSetting, TextFlow};
use crate::layout::text::footnotes::NoteReference;
use crate::layout::text::rows::{End, RowRule, TextRow};
use crate::layout::text::styles;

impl TextFlow<'_> {
    /// Sets a table in its column.
    pub(in crate::layout) fn table(&mut self, table: &Table, column: Column) {
        self.white();
        let style = Style { ink: self.voice.text.ink, ..styles::cell(self.grid) };
        let columns = columns(self.faces, self.book, table, &style, column.measure);
        let from = self.rows.len();
        let heads = self.row(&table.head, table, &columns, column, &styles::head_cell(&style));
        self.rule(&columns, column);
        // The header rows are repeated when the table continues on another page, unless they
        // would fill it.
        let again = if heads * HEADS <= self.grid.rows() { from..from + heads } else { 0..0 };
        let mut begin = vec![from];
        for row in &table.rows {
            begin.push(self.rows.len());
            self.row(row, table, &columns, column, &style);
        }
        for row in &mut self.rows[from + heads..] {
            row.heads = again.clone();
        }
        // The header rows and the last row must not be alone on a page.
        let end = self.rows.len();
        match (begin.get(2), begin.iter().nth_back(1)) {
            (Some(&second), Some(&last)) if begin.len() > 3 => {
                self.hold_together(from, second - from);
                self.hold_together(last, end - last);
            }
            _ => self.hold_together(from, end - from),
        }
        if !table.rows.is_empty() {
            self.rule(&columns, column);
        }
        self.white();
    }

    /// Sets a row; returns the number of grid rows it takes.
    fn row(
        &mut self,
        cells: &[Cell],
        table: &Table,
        columns: &ColumnWidths,
        column: Column,
        style: &Style,
    ) -> usize {
        let mut noted: Vec<NoteReference<'_>> = Vec::new();
        let mut set: Vec<Vec<(Length, Line)>> = Vec::new();
        for (index, cell) in cells.iter().enumerate().take(columns.widths.len()) {
            let width = columns.widths[index];
            let (spans, notes) = self.marked(cell, style);
            noted.extend(notes);
            let align = match table.columns.get(index) {
                Some(ColumnAlign::Centre) => Align::Centred,
                Some(ColumnAlign::End) => Align::End,
                Some(ColumnAlign::Start) | None => Align::Start,
            };
            let manner = ParagraphSetting {
                align,
                hyphenate: columns.narrow,
                kind: PassageKind::Cell,
                ..ParagraphSetting::LABEL
            };
            let left = column.left + columns.left(index, column.measure, self.grid);
            let lines = self.set(spans, width, manner);
            set.push(lines.into_iter().map(|line| (left, line)).collect());
        }
        // All notes of a row belong to its first line, so that they stay in order.
        self.note_all(noted);
        let height = set.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let from = self.rows.len();
        for index in 0..height {
            let lines = set.iter().filter_map(|cell| cell.get(index).cloned()).collect();
            self.rows.push(TextRow { lines, notes: self.notes.len(), ..TextRow::white() });
        }
        self.hold_together(from, height);
        height
    }

    /// Keeps these rows on one page.
    fn hold_together(&mut self, from: usize, count: usize) {
        if let Some(row) = self.rows.get_mut(from) {
            row.together = count;
        }
        for row in self.rows.iter_mut().skip(from).take(count.saturating_sub(1)) {
            row.end = End::Never;
        }
    }

    /// Adds a fine rule under the last row.
    fn rule(&mut self, columns: &ColumnWidths, column: Column) {
        let start = columns.left(0, column.measure, self.grid);
        let last = columns.widths.len().saturating_sub(1);
        let end = columns.left(last, column.measure, self.grid);
        let (left, right) = if end < start {
            (end, start + columns.widths.first().copied().unwrap_or_default())
        } else {
            (start, end + columns.widths.last().copied().unwrap_or_default())
        };
        if let Some(row) = self.rows.last_mut() {
            row.rule = Some(RowRule { left: column.left + left, width: right - left });
        }
    }
}

/// Header rows that take more than this fraction of a page (one over the number) are not
/// repeated.
const HEADS: usize = 4;

/// The widths of a table's columns.
struct ColumnWidths {
    widths: Vec<Length>,
    gap: Length,
    /// Whether some columns are narrower than their text on one line.
    narrow: bool,
    /// Whether a word is wider than its column.
    torn: bool,
}

impl ColumnWidths {
    /// The distance from the column's left edge to that of a table column: tables begin where
    /// lines begin.
    fn left(&self, index: usize, measure: Length, grid: &Grid) -> Length {
        let before: Length = self.widths[..index].iter().map(|width| *width + self.gap).sum();
        if grid.binding_right {
            measure - before - self.widths.get(index).copied().unwrap_or_default()
        } else {
            before
        }
    }
}

/// Distributes the measure: columns get the width of their cells on one line if there is room;
/// otherwise each gets the width of its longest word, and the remaining space is distributed in
/// proportion to what is missing.
fn columns(
    faces: &Faces,
    book: &Book,
    table: &Table,
    style: &Style,
    measure: Length,
) -> ColumnWidths {
    let count = table.columns.len().max(1);
    let gap = style.size * 3 / 2;
    let gaps = gap * i64::try_from(count - 1).unwrap_or(0);
    let room = (measure - gaps).max(Length::ZERO);
    let mut least = vec![Length::ZERO; count];
    let mut wanted = vec![Length::ZERO; count];
    for row in std::iter::once(&table.head).chain(&table.rows) {
        for (index, cell) in row.iter().enumerate().take(count) {
            let (word, whole) = widths(faces, book, cell, style);
            least[index] = least[index].max(word);
            wanted[index] = wanted[index].max(whole);
        }
    }
    let sum = |widths: &[Length]| widths.iter().copied().sum::<Length>();
    if sum(&wanted) <= room {
        return ColumnWidths { widths: wanted, gap, narrow: false, torn: false };
    }
    let torn = sum(&least) > room;
    let widths = if torn {
        let all = sum(&least).to_emu();
        least.iter().map(|width| room.scale(width.to_emu(), all)).collect()
    } else {
        let spare = room - sum(&least);
        let want = (sum(&wanted) - sum(&least)).to_emu();
        let pairs = least.iter().zip(&wanted);
        pairs.map(|(least, all)| *least + spare.scale((*all - *least).to_emu(), want)).collect()
    };
    ColumnWidths { widths, gap, narrow: true, torn }
}

/// The width of a cell's longest word, and that of the whole cell on one line.
fn widths(faces: &Faces, book: &Book, cell: &[Inline], style: &Style) -> (Length, Length) {
    let spans = styles::marked(cell, style, &mut |inline| match inline {
        // The number is not known yet; two digits are enough for most.
        Inline::Note(_) => styles::LinkTarget::Mark(88),
        Inline::Link { .. } if book.print.links == Links::Footnote => styles::LinkTarget::Mark(88),
        _ => styles::LinkTarget::Nothing,
    });
    if spans.is_empty() {
        return (Length::ZERO, Length::ZERO);
    }
    let width = |spans: &[Span]| {
        let line = typeset::line(faces, spans, &book.language);
        // A small margin, so that rounding never moves the last word to a new line.
        line.width + Length::milli_pt(100)
    };
    let mut longest = Length::ZERO;
    for span in &spans {
        for word in span.text.split_whitespace() {
            longest = longest.max(width(&styles::plain(word, span.style.clone())));
        }
    }
    (longest, width(&spans))
}

/// The tables in these blocks in which a word is wider than its column, each identified by its
/// header cells.
pub fn torn_tables(book: &Book, faces: &Faces, blocks: &[Block]) -> Vec<String> {
    let grid = Grid::for_book(book);
    let mut torn = Vec::new();
    tables(blocks, &mut |table| {
        if columns(faces, book, table, &styles::cell(&grid), grid.measure).torn {
            let head: Vec<String> = table.head.iter().map(|cell| plain_text(cell)).collect();
            torn.push(head.join(" · "));
        }
    });
    torn
}
