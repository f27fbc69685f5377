//! Places running text on its pages: rows from the top down, notes from the foot up.

use crate::model::{Item, Length, Page, Point, Rect, Rule, Size};

use crate::layout::grid::Overhang;
use crate::layout::text::column_notes::NoteBlock;
use crate::layout::text::figure;
use crate::layout::text::page_breaks::PageSlice;
use crate::layout::text::rows::{Above, RowRule, SetText, TextRow};
use crate::layout::{Grid, placement};

/// The leading of notes.
pub(in crate::layout) fn note_leading(grid: &Grid) -> Length {
    grid.leading_of(&grid.style.text_styles.caption)
}

/// Places the content of a page, its first row being row `top` of the grid.
pub(in crate::layout) fn place(
    page: &mut Page,
    text: &SetText,
    slice: &PageSlice,
    top: usize,
    grid: &Grid,
) {
    let left = grid.column_left(page.side);
    let mut row = top;
    let mut picture = slice.figure;
    let first = slice.rows.start;
    // Columns begin on the same line.
    let mut is_at_head = top == 0 || grid.is_column;
    let mut drop = Length::ZERO;
    for index in slice.rows.clone() {
        if let Some((number, _)) = picture.take_if(|(_, before)| *before <= index) {
            row += place_figure(page, text, number, row, text.above(index, first), grid);
            is_at_head = false;
            // The picture includes the blank row.
            if text.rows[index].is_blank() && index > slice.rows.start {
                continue;
            }
        }
        let content = &text.rows[index];
        if index == first {
            let before = page.items.len();
            let header = &text.rows[content.header_rows.clone()];
            drop = drop_at_head(if header.is_empty() { &text.rows[first..] } else { header }, grid);
            for heading in header {
                let heading = if is_at_head { &dropped(heading, drop) } else { heading };
                place_row(page, heading, Point::new(left, grid.baseline(row)), grid);
                row += 1;
            }
            if !header.is_empty() {
                // A row that is higher than a page continues under the headings.
                drop = content.lift;
            }
            for item in &mut page.items[before..] {
                if let Item::Glyphs(run) = item {
                    run.is_repeated = true;
                }
            }
        }
        is_at_head &= content.lift > Length::ZERO || (content.is_above_table && index == first);
        let at = Point::new(left, grid.baseline(row));
        if is_at_head {
            place_row(page, &dropped(content, drop), at, grid);
        } else {
            place_row(page, content, at, grid);
        }
        row += 1;
    }
    if let Some((number, _)) = picture {
        place_figure(page, text, number, row, text.above(slice.rows.end, first), grid);
    }
    notes(page, text, slice, top, grid);
}

/// By how much lines at the head of a page are lower than elsewhere, so that the first stands on the
/// page's first line: that of a table stands on the blank row above it.
fn drop_at_head(rows: &[TextRow], grid: &Grid) -> Length {
    match rows {
        [above, row, ..] if above.is_above_table => row.lift - grid.leading,
        [row, ..] => row.lift,
        [] => Length::ZERO,
    }
}

/// A row whose lines are lower by this much. The rule under it stays in the middle of the space below.
fn dropped(row: &TextRow, drop: Length) -> TextRow {
    let rule = row.rule.map(|rule| RowRule { below: rule.below + drop / 2, ..rule });
    TextRow { lift: row.lift - drop, rule, ..row.clone() }
}

/// Places a row, its column beginning at this point.
fn place_row(page: &mut Page, row: &TextRow, at: Point, grid: &Grid) {
    // A wide table begins where lines begin, which is at its right in Arabic and Hebrew.
    let Overhang { inner, outer, end: _ } = row.beyond;
    let shift = match (grid.column_is_left(page.side), grid.binding_right) {
        (true, false) => -inner,
        (false, false) => -outer,
        (true, true) => outer,
        (false, true) => inner,
    };
    let at = Point::new(at.x + shift, at.y);
    for (indent, line) in &row.lines {
        placement::line(page, line, Point::new(at.x + *indent, at.y - row.lift));
    }
    if let Some(rule) = row.rule {
        let at = Point::new(at.x + rule.left, at.y + rule.below);
        draw_rule(page, at, rule.width, grid);
    }
}

fn place_figure(
    page: &mut Page,
    text: &SetText,
    number: usize,
    row: usize,
    above: Above,
    grid: &Grid,
) -> usize {
    let figure = &text.figures[number];
    figure::put(page, figure, row, above, grid);
    figure.rows(above)
}

/// Places the notes so that they end on the page's last line, below a short rule.
fn notes(page: &mut Page, text: &SetText, slice: &PageSlice, top: usize, grid: &Grid) {
    if slice.notes.is_empty() {
        return;
    }
    let leading = note_leading(grid);
    let lines = i64::try_from(slice.notes.len()).unwrap_or(0);
    let last = grid.baseline(top + slice.max_rows.max(1) - 1);
    let mut y = last - leading * (lines - 1);
    let width = grid.measure / 6;
    let start = grid.column_left(page.side);
    let left = if grid.binding_right { start + grid.measure - width } else { start };
    draw_rule(page, Point::new(left, y - leading.scale(125, 100)), width, grid);
    for note in &text.notes[slice.notes.clone()] {
        for (indent, line) in &note.lines {
            placement::line(page, line, Point::new(start + *indent, y));
        }
        y += leading;
    }
}

/// Places a block of notes in columns with these left edges and this width: below a line across them
/// if the design has lines, or else below a short one at their start.
pub(in crate::layout) fn note_block(
    page: &mut Page,
    notes: &[TextRow],
    block: &NoteBlock,
    (lefts, width): (&[Length], Length),
    grid: &Grid,
) {
    if block.height() == 0 {
        return;
    }
    let columns =
        || lefts.iter().zip(&block.columns).filter_map(|(left, it)| Some((*left, it.clone()?)));
    let leading = note_leading(grid);
    let lines = i64::try_from(block.height()).unwrap_or(0);
    let top = grid.baseline(block.last_row) - leading * (lines - 1);
    let edges = || columns().map(|(left, _)| left);
    let (left, right) =
        (edges().min().unwrap_or_default(), edges().max().unwrap_or_default() + width);
    let length = if grid.style.hairlines { right - left } else { width / 6 };
    let left = if grid.binding_right { right - length } else { left };
    draw_rule(page, Point::new(left, top - leading.scale(125, 100)), length, grid);
    for (left, lines) in columns() {
        for (row, note) in (0..).zip(&notes[lines]) {
            for (indent, line) in &note.lines {
                placement::line(page, line, Point::new(left + *indent, top + leading * row));
            }
        }
    }
}

fn draw_rule(page: &mut Page, at: Point, width: Length, grid: &Grid) {
    let ink = grid.style.ink_of(&grid.style.text_styles.text);
    let rect = Rect::new(at, Size::new(width, grid.rule));
    page.items.push(Item::Rule(Rule { rect, ink, is_round: false }));
}
