//! Tables: columns as wide as their words want, rows of the grid under a rule.

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
        // Where the table goes on overleaf, its headings do too, unless they fill the page.
        let again = if heads * HEADS <= self.grid.rows() { from..from + heads } else { 0..0 };
        let mut begin = vec![from];
        for row in &table.rows {
            begin.push(self.rows.len());
            self.row(row, table, &columns, column, &style);
        }
        for row in &mut self.rows[from + heads..] {
            row.heads = again.clone();
        }
        // The headings do not stand alone, and neither does the last row.
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

    /// Sets a row; returns how many rows of the grid it takes.
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
        // All notes of a row go with its first line, so that they stand in their order.
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

    /// Makes these rows stand on one page.
    fn hold_together(&mut self, from: usize, count: usize) {
        if let Some(row) = self.rows.get_mut(from) {
            row.together = count;
        }
        for row in self.rows.iter_mut().skip(from).take(count.saturating_sub(1)) {
            row.end = End::Never;
        }
    }

    /// A fine rule under the last row.
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

/// Headings that take more than this part of a page are not repeated.
const HEADS: usize = 4;

/// How wide the columns of a table are.
struct ColumnWidths {
    widths: Vec<Length>,
    gap: Length,
    /// Whether some are narrower than their words want.
    narrow: bool,
    /// Whether words had to be torn.
    torn: bool,
}

impl ColumnWidths {
    /// From the column's left edge to a table column's: tables begin where lines do.
    fn left(&self, index: usize, measure: Length, grid: &Grid) -> Length {
        let before: Length = self.widths[..index].iter().map(|width| *width + self.gap).sum();
        if grid.binding_right {
            measure - before - self.widths.get(index).copied().unwrap_or_default()
        } else {
            before
        }
    }
}

/// Shares out the measure: as wide as the cells' words, if there is room; else every
/// column gets its longest word, and of what is left the more the more it wants.
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

/// How wide a cell's longest word is, and the whole of it on one line.
fn widths(faces: &Faces, book: &Book, cell: &[Inline], style: &Style) -> (Length, Length) {
    let spans = styles::marked(cell, style, &mut |inline| match inline {
        // Whatever its number will be, two figures are as wide as most.
        Inline::Note(_) => styles::LinkTarget::Mark(88),
        Inline::Link { .. } if book.print.links == Links::Footnote => styles::LinkTarget::Mark(88),
        _ => styles::LinkTarget::Nothing,
    });
    if spans.is_empty() {
        return (Length::ZERO, Length::ZERO);
    }
    let width = |spans: &[Span]| {
        let line = typeset::line(faces, spans, &book.language);
        // A hair more, so that no rounding brings the last word down.
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

/// The tables of these blocks whose words do not fit their columns, each by its headings.
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
