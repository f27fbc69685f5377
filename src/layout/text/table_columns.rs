//! The widths of the columns of a table, and the space between them.

use crate::model::{Book, ColumnAlign, Inline, Length, Links, Table};
use crate::typeset::{self, Faces, Span, Style};

use crate::layout::Grid;
use crate::layout::text::styles;

/// The usual and the least space between columns, in hundredths of an em: a table that is a little
/// wider than the text looks like a mistake.
const GAP: Gap = Gap { usual: 150, least: 85 };

/// The same after a column whose text ends at its edge, before one whose text begins at its own: they
/// meet in every row.
const GAP_AFTER_NUMBERS: Gap = Gap { usual: 250, least: 165 };

/// A table that takes this part of a measure, in per cent, looks as if it should take all of it.
const NEARLY_FULL: i64 = 75;

struct Gap {
    usual: i64,
    least: i64,
}

/// The widths of a table's columns.
pub(super) struct ColumnWidths {
    pub(super) widths: Vec<Length>,
    /// The space after each column but the last.
    gaps: Vec<Length>,
    /// Whether a word is wider than its column.
    pub(super) has_overflow: bool,
    /// Whether each cell has one line.
    pub(super) is_on_one_line: bool,
}

impl ColumnWidths {
    /// Distributes the measure: columns get the width of their cells on one line if there is room;
    /// otherwise each gets the width of its longest word, and the remaining space is distributed so that
    /// the table has few lines. If the words have no room, the narrow columns keep their width, and words
    /// in the others are hyphenated.
    pub(super) fn new(
        faces: &Faces,
        book: &Book,
        table: &Table,
        style: &Style,
        measure: Length,
    ) -> Self {
        let count = table.columns.len().max(1);
        let mut min_widths = vec![Length::ZERO; count];
        let mut full_widths = vec![Length::ZERO; count];
        let mut cells: Vec<Vec<Length>> = Vec::new();
        let head_style = styles::head_cell(style);
        let head = (&table.head, &head_style);
        for (row, style) in std::iter::once(head).chain(table.rows.iter().map(|row| (row, style))) {
            cells.push(vec![Length::ZERO; count]);
            for (index, cell) in row.iter().enumerate().take(count) {
                let (word, whole) = widths(faces, book, cell, style);
                if let Some(row) = cells.last_mut() {
                    row[index] = whole;
                }
                min_widths[index] = min_widths[index].max(word);
                full_widths[index] = full_widths[index].max(whole);
            }
        }
        let sum = |widths: &[Length]| widths.iter().copied().sum::<Length>();
        let gaps = |room: Length| gaps(&table.columns, style.size, room);
        let free = measure - sum(&full_widths);
        let one_line = gaps(free);
        if sum(&one_line) <= free {
            let (widths, gaps) = (full_widths, one_line);
            return Self { widths, gaps, has_overflow: false, is_on_one_line: true };
        }
        // Cells of several lines have more use for the room than the space between them.
        let (usual, least) = (sum(&gaps(measure)), sum(&gaps(Length::ZERO)));
        let gaps = gaps((measure - sum(&min_widths)).min(least + (usual - least) / 3));
        let available = (measure - sum(&gaps)).max(Length::ZERO);
        let has_overflow = sum(&min_widths) > available;
        let widths = if has_overflow {
            shares(&min_widths, available)
        } else {
            let missing = min_widths.iter().zip(&full_widths).map(|(min, full)| *full - *min);
            let (missing, room): (Vec<Length>, _) =
                (missing.collect(), available - sum(&min_widths));
            let ways = [fill_small_first(missing.clone(), room), in_proportion(&missing, room)];
            let ways = ways.map(|more| {
                min_widths.iter().zip(more).map(|(min, more)| *min + more).collect::<Vec<Length>>()
            });
            ways.into_iter().min_by_key(|widths| line_count(&cells, widths)).unwrap_or_default()
        };
        Self { widths, gaps, has_overflow, is_on_one_line: false }
    }

    /// The width of the table.
    fn total(&self) -> Length {
        self.widths.iter().chain(&self.gaps).copied().sum()
    }

    /// The columns with more space between them, so that the table has this width.
    pub(super) fn widened(mut self, width: Length) -> Self {
        let more = (width - self.total()).max(Length::ZERO);
        let count = i64::try_from(self.gaps.len()).unwrap_or(0).max(1);
        for gap in &mut self.gaps {
            *gap += more / count;
        }
        self
    }

    /// The columns as wide as the measure, if they nearly are.
    pub(super) fn filling(self, measure: Length) -> Self {
        let is_near = self.total() * 100 >= measure * NEARLY_FULL;
        if is_near { self.widened(measure) } else { self }
    }

    /// The distance from the column's left edge to that of a table column: tables begin where
    /// lines begin.
    pub(super) fn left(&self, index: usize, measure: Length, grid: &Grid) -> Length {
        let columns = self.widths[..index].iter().zip(&self.gaps);
        let before: Length = columns.map(|(width, gap)| *width + *gap).sum();
        if grid.binding_right {
            measure - before - self.widths.get(index).copied().unwrap_or_default()
        } else {
            before
        }
    }
}

/// The spaces between columns: the usual ones if they have room, or else as much as there is, but not
/// less than the least.
fn gaps(columns: &[ColumnAlign], em: Length, room: Length) -> Vec<Length> {
    let kinds = columns.windows(2).map(|pair| match pair {
        [ColumnAlign::End, next] if *next != ColumnAlign::End => GAP_AFTER_NUMBERS,
        _ => GAP,
    });
    let kinds: Vec<Gap> = kinds.collect();
    let sum =
        |part: fn(&Gap) -> i64| kinds.iter().map(|it| em.scale(part(it), 100)).sum::<Length>();
    let (usual, least) = (sum(|it| it.usual), sum(|it| it.least));
    let more = (room.min(usual) - least).max(Length::ZERO);
    let gap = |kind: &Gap| {
        let between = em.scale(kind.usual - kind.least, 100);
        em.scale(kind.least, 100) + between.scale(more.to_emu(), (usual - least).to_emu())
    };
    kinds.iter().map(gap).collect()
}

/// Distributes what is available: those that miss no more than an equal share have all of it, and the
/// others share the rest in proportion to what they miss.
fn fill_small_first(mut missing: Vec<Length>, available: Length) -> Vec<Length> {
    let mut more = vec![Length::ZERO; missing.len()];
    let mut rest = available;
    loop {
        let left = missing.iter().filter(|it| **it > Length::ZERO).count();
        let share = rest / i64::try_from(left).unwrap_or(1).max(1);
        let is_small = |it: &Length| (Length::emu(1)..=share).contains(it);
        let Some(index) = missing.iter().position(is_small) else { break };
        more[index] = std::mem::take(&mut missing[index]);
        rest -= more[index];
    }
    more.iter().zip(in_proportion(&missing, rest)).map(|(one, other)| *one + other).collect()
}

/// Distributes what is available in proportion to what is missing.
fn in_proportion(missing: &[Length], available: Length) -> Vec<Length> {
    let all: Length = missing.iter().copied().sum();
    missing.iter().map(|it| available.scale(it.to_emu(), all.to_emu())).collect()
}

/// About how many lines the rows of a table have in columns of these widths.
fn line_count(cells: &[Vec<Length>], widths: &[Length]) -> i64 {
    let lines = |(cell, width): (&Length, &Length)| {
        if cell <= width {
            return 1;
        }
        // Lines are not full.
        let filled = width.scale(9, 10).to_emu().max(1);
        (cell.to_emu() + filled - 1) / filled
    };
    cells.iter().map(|row| row.iter().zip(widths).map(lines).max().unwrap_or(1)).sum()
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
