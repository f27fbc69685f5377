//! Tables: columns as wide as their text requires, rows on the grid above a rule.

use std::sync::Arc;

use crate::model::{
    Book, Cell, ColumnAlign, Inline, Length, Links, PassageKind, StructureElement, StructureKind,
    Table, plain_text,
};
use crate::typeset::{self, Align, Faces, Line, Span, Style};

use crate::layout::Grid;
use crate::layout::grid::Overhang;
use crate::layout::text::flow::{Column, ParagraphSetting, TextFlow};
use crate::layout::text::footnotes::NoteReference;
use crate::layout::text::rows::{BreakQuality, RowRule, TextRow};
use crate::layout::text::styles;

impl TextFlow<'_> {
    /// Sets a table in its column.
    pub(in crate::layout) fn table(&mut self, table: &Table, column: Column) {
        self.add_blank_row();
        let style = Style { ink: self.style.text.ink, ..styles::cell(self.grid) };
        // A table has the room beside the column before its cells have several lines.
        let is_whole = self.depth == 0 && column.measure == self.grid.measure;
        let extents = if is_whole { self.grid.wide_extents() } else { Vec::new() };
        let (columns, beyond) = self.table_columns(table, &style, column.measure, &extents);
        if columns.has_overflow {
            let head: Vec<String> = table.head.iter().map(|cell| plain_text(cell)).collect();
            self.wide_tables.push(head.join(" · "));
        }
        let from = self.rows.len();
        let element = self.element.child(StructureKind::Table);
        let number = u16::try_from(columns.widths.len()).unwrap_or(u16::MAX);
        let row = |is_head| element.child(StructureKind::Row { columns: number, is_head });
        let header_rows =
            self.row(&table.head, table, &columns, column, &styles::head_cell(&style), &row(true));
        // A third of a line between the text of the rows and the rule between them.
        let space = self.grid.leading / 3;
        for row in &mut self.rows[from..] {
            row.lift = space;
        }
        let capitals = self.faces.metrics(&style).cap_height;
        let below_head = self.grid.leading - capitals - space;
        self.rule(&columns, column, below_head.max(Length::ZERO));
        // The header rows are repeated when the table continues on another page, unless they
        // would fill it.
        let repeated = if header_rows * MAX_HEADER_FRACTION <= self.grid.rows() {
            from..from + header_rows
        } else {
            0..0
        };
        let mut begin = vec![from];
        for cells in &table.rows {
            begin.push(self.rows.len());
            self.row(cells, table, &columns, column, &style, &row(false));
        }
        for row in &mut self.rows[from + header_rows..] {
            row.header_rows = repeated.clone();
        }
        // A short table is whole. The header rows and the last row of a longer one must not be
        // alone on a page.
        let end = self.rows.len();
        let is_short = table.is_short() && end - from <= self.grid.rows();
        match (begin.get(2), begin.iter().nth_back(1)) {
            (Some(&second), Some(&last)) if begin.len() > 3 && !is_short => {
                self.keep_rows_together(from, second - from);
                self.keep_rows_together(last, end - last);
            }
            _ => self.keep_rows_together(from, end - from),
        }
        if !table.rows.is_empty() {
            self.rule(&columns, column, self.grid.leading / 2);
        }
        for row in &mut self.rows[from..] {
            row.beyond = beyond;
        }
        self.add_blank_row();
    }

    /// The columns of a table, and how far it reaches beyond its column of text: not at all if its
    /// cells have room in it on one line each, or else by the smallest of `extents` in which they
    /// have, or by the largest in which no word is hyphenated.
    fn table_columns(
        &self,
        table: &Table,
        style: &Style,
        measure: Length,
        extents: &[Overhang],
    ) -> (ColumnWidths, Overhang) {
        let set = |extent: Overhang| {
            columns(self.faces, self.book, table, style, measure + extent.inner + extent.outer)
        };
        let usual = set(Overhang::default());
        let Some(&last) = extents.last().filter(|_| !usual.is_on_one_line) else {
            return (usual, Overhang::default());
        };
        let extent = extents.iter().copied().find(|extent| set(*extent).is_on_one_line);
        // Text at both margins has no axis with the text above it: only for words that have no room.
        let centred = extents.iter().rev().copied().find(|extent| !extent.is_to_margins);
        let whole = centred.filter(|extent| !set(*extent).has_overflow);
        let extent = extent.filter(|it| !it.is_to_margins).or(whole).unwrap_or(last);
        let columns = set(extent);
        let room = measure + extent.inner + extent.outer;
        let is_centred = extent.inner == extent.outer && !extent.is_to_margins;
        if is_centred && columns.is_on_one_line {
            let half = (columns.total() - measure) / 2;
            let half = half.max(MIN_OVERHANG.min(extent.inner)).max(Length::ZERO);
            let overhang = Overhang { inner: half, outer: half, is_to_margins: false };
            return (columns.widened(measure + half * 2), overhang);
        }
        (columns.widened(room), extent)
    }

    /// Sets a row; returns the number of grid rows it takes.
    fn row(
        &mut self,
        cells: &[Cell],
        table: &Table,
        columns: &ColumnWidths,
        column: Column,
        style: &Style,
        element: &Arc<StructureElement>,
    ) -> usize {
        let mut new_notes: Vec<NoteReference<'_>> = Vec::new();
        let mut set: Vec<Vec<(Length, Line)>> = Vec::new();
        for (index, cell) in cells.iter().enumerate().take(columns.widths.len()) {
            let width = columns.widths[index];
            let (spans, notes) = self.spans_with_notes(cell, style);
            new_notes.extend(notes);
            let align = match table.columns.get(index) {
                Some(ColumnAlign::Centre) => Align::Centred,
                Some(ColumnAlign::End) => Align::End,
                Some(ColumnAlign::Start) | None => Align::Start,
            };
            let setting =
                ParagraphSetting { align, kind: PassageKind::Cell, ..ParagraphSetting::LABEL };
            let left = column.left + columns.left(index, column.measure, self.grid);
            let number = u16::try_from(index).unwrap_or(u16::MAX);
            let cell = element.child(StructureKind::Cell(number));
            let lines = self.set(spans, width, setting, &cell);
            set.push(lines.into_iter().map(|line| (left, line)).collect());
        }
        // All notes of a row belong to its first line, so that they stay in order.
        self.add_notes(new_notes);
        let height = set.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let from = self.rows.len();
        for index in 0..height {
            let lines = set.iter().filter_map(|cell| cell.get(index).cloned()).collect();
            self.rows.push(TextRow { lines, notes: self.notes.len(), ..TextRow::blank() });
        }
        self.keep_rows_together(from, height);
        height
    }

    /// Keeps these rows on one page.
    fn keep_rows_together(&mut self, from: usize, count: usize) {
        if let Some(row) = self.rows.get_mut(from) {
            row.keep_together = count;
        }
        for row in self.rows.iter_mut().skip(from).take(count.saturating_sub(1)) {
            row.end = BreakQuality::Forbidden;
        }
    }

    /// Adds a fine rule under the last row.
    fn rule(&mut self, columns: &ColumnWidths, column: Column, below: Length) {
        let start = columns.left(0, column.measure, self.grid);
        let last = columns.widths.len().saturating_sub(1);
        let end = columns.left(last, column.measure, self.grid);
        let (left, right) = if end < start {
            (end, start + columns.widths.first().copied().unwrap_or_default())
        } else {
            (start, end + columns.widths.last().copied().unwrap_or_default())
        };
        if let Some(row) = self.rows.last_mut() {
            row.rule = Some(RowRule { left: column.left + left, width: right - left, below });
        }
    }
}

/// Header rows that take more than this fraction of a page (one over the number) are not
/// repeated.
const MAX_HEADER_FRACTION: usize = 4;

/// The least space between columns, in hundredths of an em, if each cell then has one line: a table
/// that is a little wider than the text looks like a mistake.
const TIGHTEST_GAP: i64 = 85;

/// The least that a table wider than the text reaches beyond it: less looks like a mistake.
const MIN_OVERHANG: Length = Length::mm(10);

/// The widths of a table's columns.
struct ColumnWidths {
    widths: Vec<Length>,
    gap: Length,
    /// Whether a word is wider than its column.
    has_overflow: bool,
    /// Whether each cell has one line.
    is_on_one_line: bool,
}

impl ColumnWidths {
    /// The width of the table.
    fn total(&self) -> Length {
        let gaps = i64::try_from(self.widths.len().saturating_sub(1)).unwrap_or(0);
        self.widths.iter().copied().sum::<Length>() + self.gap * gaps
    }

    /// The columns with more space between them, so that the table has this width.
    fn widened(self, width: Length) -> Self {
        let gaps = i64::try_from(self.widths.len().saturating_sub(1)).unwrap_or(0);
        let more = (width - self.total()).max(Length::ZERO);
        if gaps == 0 {
            return self;
        }
        Self { gap: self.gap + more / gaps, ..self }
    }

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
/// proportion to what is missing. If the words have no room, the narrow columns keep their width,
/// and words in the others are hyphenated.
fn columns(
    faces: &Faces,
    book: &Book,
    table: &Table,
    style: &Style,
    measure: Length,
) -> ColumnWidths {
    let count = table.columns.len().max(1);
    let gap = style.size * 3 / 2;
    let gap_count = i64::try_from(count - 1).unwrap_or(0);
    let available = (measure - gap * gap_count).max(Length::ZERO);
    let mut min_widths = vec![Length::ZERO; count];
    let mut full_widths = vec![Length::ZERO; count];
    let head_style = styles::head_cell(style);
    let head = (&table.head, &head_style);
    for (row, style) in std::iter::once(head).chain(table.rows.iter().map(|row| (row, style))) {
        for (index, cell) in row.iter().enumerate().take(count) {
            let (word, whole) = widths(faces, book, cell, style);
            min_widths[index] = min_widths[index].max(word);
            full_widths[index] = full_widths[index].max(whole);
        }
    }
    let sum = |widths: &[Length]| widths.iter().copied().sum::<Length>();
    let free = measure - sum(&full_widths);
    let tightest = style.size.scale(TIGHTEST_GAP, 100);
    if free >= tightest * gap_count {
        let gap = if gap_count == 0 { gap } else { gap.min(free / gap_count) };
        let has_overflow = false;
        return ColumnWidths { widths: full_widths, gap, has_overflow, is_on_one_line: true };
    }
    let has_overflow = sum(&min_widths) > available;
    let widths = if has_overflow {
        shares(&min_widths, available)
    } else {
        let extra = available - sum(&min_widths);
        let want = (sum(&full_widths) - sum(&min_widths)).to_emu();
        let pairs = min_widths.iter().zip(&full_widths);
        pairs.map(|(min, full)| *min + extra.scale((*full - *min).to_emu(), want)).collect()
    };
    ColumnWidths { widths, gap, has_overflow, is_on_one_line: false }
}

/// Widths of which each is at most what is wanted: those that want less than an equal share have
/// all of it, and the others share the rest.
fn shares(wanted: &[Length], available: Length) -> Vec<Length> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|index| wanted[*index]);
    let mut widths = vec![Length::ZERO; wanted.len()];
    let mut rest = available;
    for (position, index) in order.into_iter().enumerate() {
        let share = rest / i64::try_from(wanted.len() - position).unwrap_or(1);
        widths[index] = wanted[index].min(share);
        rest -= widths[index];
    }
    widths
}

/// The width of a cell's longest word, and that of the whole cell on one line.
fn widths(faces: &Faces, book: &Book, cell: &[Inline], style: &Style) -> (Length, Length) {
    let digits = book.language.digits();
    let spans = styles::spans_with_notes(cell, style, &mut |inline| match inline {
        // The number is not known yet; two digits are enough for most.
        Inline::Note(_) => styles::LinkTarget::Mark(88, digits),
        Inline::Link { .. } if book.print.links == Links::Footnote => {
            styles::LinkTarget::Mark(88, digits)
        }
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
