//! Tables: columns as wide as their text requires, rows on the grid above a rule.

use std::sync::Arc;

use crate::model::{
    Cell, ColumnAlign, Length, PassageKind, StructureElement, StructureKind, Table, plain_text,
};
use crate::typeset::{Align, Line, Style};

use crate::layout::Grid;
use crate::layout::grid::Overhang;
use crate::layout::text::flow::{Column, ParagraphSetting, TextFlow};
use crate::layout::text::footnotes::NoteReference;
use crate::layout::text::rows::{BreakQuality, RowRule, TextRow};
use crate::layout::text::styles;
use crate::layout::text::table_columns::ColumnWidths;

impl TextFlow<'_> {
    /// Sets a table in its column.
    pub(in crate::layout) fn table(&mut self, table: &Table, column: Column) {
        let above = self.row_above_table();
        let style = Style { ink: self.style.text.ink, ..styles::cell(self.grid) };
        // A table has the room beside the column before its words are broken.
        let extents = if self.is_whole(column) { self.grid.wide_extents() } else { Vec::new() };
        let (mut columns, beyond) = self.table_columns(table, &style, column.measure, &extents);
        let across = self.all_columns(column).filter(|_| columns.has_overflow);
        let column = across.unwrap_or(column);
        if across.is_some() {
            let widths = ColumnWidths::new(self.faces, self.book, table, &style, column.measure);
            columns = widths.filling(column.measure);
        }
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
        let air = self.air_of_rules(&style);
        let end = self.rows.len();
        let pull = cell_pull(&style, self.grid, header_rows);
        for (row, lines_below) in self.rows[from..].iter_mut().rev().zip(0..) {
            row.lift = (air.lift - pull * lines_below).max(Length::emu(1));
        }
        self.rule(&columns, column, air.above - air.lift);
        // The header rows are repeated when the table continues on another page, unless they
        // would fill it.
        let repeated =
            if header_rows * MAX_HEADER_FRACTION <= self.grid.rows() { above..end } else { 0..0 };
        let mut begin = vec![from];
        for cells in &table.rows {
            let first = self.rows.len();
            begin.push(first);
            let lines = self.row(cells, table, &columns, column, &style, &row(false));
            let pull = cell_pull(&style, self.grid, lines);
            for (row, lines_above) in self.rows[first..].iter_mut().zip(0..) {
                row.lift = pull * lines_above;
            }
        }
        for row in &mut self.rows[from + header_rows..] {
            row.header_rows = repeated.clone();
        }
        // A short table is whole. The header rows and the last row of a longer one must not be
        // alone on a page, unless the row that they would be with is high.
        let end = self.rows.len();
        let is_short = (table.is_short() || begin.len() <= 3) && end - above <= self.grid.rows();
        if is_short {
            self.keep_rows_together(from, end - from);
        } else {
            let second = begin.get(2).copied().unwrap_or(end);
            let is_high = self.is_high(second - from);
            self.keep_rows_together(from, if is_high { header_rows + 2 } else { second - from });
            if let Some(&last) = begin.iter().nth_back(1).filter(|last| !self.is_high(end - **last))
            {
                self.keep_rows_together(last, end - last);
            }
        }
        if !table.rows.is_empty() {
            let lift = self.rows.last().map_or(Length::ZERO, |row| row.lift);
            self.rule(&columns, column, air.above - lift);
        }
        for row in &mut self.rows[from..] {
            row.beyond = beyond;
        }
        self.add_blank_row();
        if across.is_some() {
            self.put_across(from);
        }
    }

    /// Adds the blank row above a table, also directly under a heading; returns its position.
    fn row_above_table(&mut self) -> usize {
        if !self.rows.last().is_some_and(TextRow::is_blank) {
            let end = self.rows.last().map_or(BreakQuality::Allowed, |row| row.end);
            self.rows.push(TextRow { notes: self.notes.len(), end, ..TextRow::blank() });
        }
        let above = self.rows.len() - 1;
        self.rows[above].is_above_table = true;
        self.rows[above].end = BreakQuality::Forbidden;
        above
    }

    /// The white around the rules of a table. It is the same above and below the rule under the
    /// headings and above that at the end; the white above the headings is that below the table.
    fn air_of_rules(&self, style: &Style) -> RuleAir {
        let leading = self.grid.leading;
        let (cells, text) = (self.extent(style), self.extent(&self.style.text));
        // Cells begin with capitals or figures; most letters of text are lower.
        let text_top = (text.capitals + text.others) / 2;
        // With `above` = (lift + leading − cells.capitals + cells.below) / 2 inside, and outside
        // 2 × leading − lift − cells.capitals − text.below = 2 × leading − above − text_top.
        let more = text_top * 2 - text.below * 2 + cells.below;
        let lift = (leading - cells.capitals * 3 + more).max(leading / 3).min(leading);
        RuleAir { lift, above: (lift + leading - cells.capitals + cells.below) / 2 }
    }

    /// How far most letters of a style reach from the baseline.
    fn extent(&self, style: &Style) -> LetterExtent {
        if matches!(self.book.language.primary().as_str(), "zh" | "ja" | "ko") {
            let above = style.size.scale(EAST_ASIAN_ABOVE, 100);
            let below = style.size.scale(EAST_ASIAN_BELOW, 100);
            return LetterExtent { capitals: above, others: above, below };
        }
        let metrics = self.faces.metrics(style);
        let (capitals, others) = (metrics.cap_height, metrics.x_height);
        LetterExtent { capitals, others, below: Length::ZERO }
    }

    /// The columns of a table, and how far it reaches beyond its column of text: not at all, unless
    /// words have no room in it otherwise. Where lines begin under the first of several columns of the
    /// page, it takes as many of these as its cells need to have one line each.
    fn table_columns(
        &self,
        table: &Table,
        style: &Style,
        measure: Length,
        extents: &[Overhang],
    ) -> (ColumnWidths, Overhang) {
        let set = |extent: Overhang| {
            ColumnWidths::new(self.faces, self.book, table, style, measure + extent.width())
        };
        let usual = set(Overhang::default());
        let takes_columns = self.grid.begins_at_first_column();
        let has_room = if takes_columns { usual.is_on_one_line } else { !usual.has_overflow };
        let Some((&to_margins, extents)) = extents.split_last().filter(|_| !has_room) else {
            return (usual, Overhang::default());
        };
        let mut extents = extents.iter().copied().filter(|extent| extent.width() >= MIN_OVERHANG);
        let extent = if takes_columns {
            let on_one_line = extents.clone().find(|extent| set(*extent).is_on_one_line);
            on_one_line.or_else(|| extents.rfind(|extent| !set(*extent).has_overflow))
        } else {
            extents.find(|extent| !set(*extent).has_overflow)
        };
        // Text at both margins has no axis with the text above it: only for words that have no room.
        let extent =
            extent.unwrap_or(if usual.has_overflow { to_margins } else { Overhang::default() });
        (set(extent).widened(measure + extent.width()), extent)
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
        if self.is_high(height) {
            self.keep_rows_together(from, 2);
            self.keep_rows_together(from + height - 2, 2);
        } else {
            self.keep_rows_together(from, height);
        }
        height
    }

    /// Whether so many rows are too high to be kept on one page.
    fn is_high(&self, rows: usize) -> bool {
        rows > 2 && rows * 2 > self.grid.rows()
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

/// The least that a table wider than the text reaches beyond it: less looks like a mistake.
const MIN_OVERHANG: Length = Length::mm(10);

/// The least distance of lines of a cell, in hundredths of its size, and in parts of the grid's.
const MIN_CELL_LEADING: i64 = 135;
const CELL_LEADING: (i64, i64) = (6, 7);

/// How much nearer to each other the lines of a cell are than those of the grid, so that the rows of a
/// table are told apart: in all, by at most half a line.
fn cell_pull(style: &Style, grid: &Grid, lines: usize) -> Length {
    let (part, whole) = CELL_LEADING;
    let leading = grid.leading.scale(part, whole).max(style.size.scale(MIN_CELL_LEADING, 100));
    let gaps = i64::try_from(lines.saturating_sub(1)).unwrap_or(0).max(1);
    (grid.leading - leading).max(Length::ZERO).min(grid.leading / 2 / gaps)
}

/// How far Chinese, Japanese and Korean letters reach above and below the baseline, in hundredths of
/// their size.
const EAST_ASIAN_ABOVE: i64 = 82;
const EAST_ASIAN_BELOW: i64 = 7;

/// How far letters reach from the baseline.
struct LetterExtent {
    /// Upwards: capitals and lining figures.
    capitals: Length,
    /// Upwards: other letters.
    others: Length,
    /// Downwards, without descenders.
    below: Length,
}

/// The white around the rules of a table.
struct RuleAir {
    /// How far the last line of the headings stands above its row.
    lift: Length,
    /// The distance from the baseline above a rule to the rule.
    above: Length,
}
