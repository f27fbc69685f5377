//! Breaks the rows of a text into columns beside each other.

use crate::layout::text::page_breaks::{PageBreaker, PageDepth, PageSlice, TextPosition};
use crate::layout::text::rows::SetText;

/// The columns of a page, each as its first row and its content. A column may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::layout) struct ColumnPage {
    pub(in crate::layout) columns: Vec<(usize, PageSlice)>,
}

/// The fewest rows that make a column.
const MIN_ROWS: usize = 3;
/// The fewest rows of the columns on the last page: a shorter text has fewer columns.
const MIN_BALANCED: usize = 6;
/// How many rows a column may be shorter than the page to end at a better place.
const SHORTER: usize = 2;

/// Breaks a text into columns. `first` has the first row of each column on the first page; on the
/// following pages all columns begin at row 0. The columns of the last page have about the same
/// length.
pub(in crate::layout) fn break_columns(
    text: &SetText,
    depth: PageDepth,
    first: &[usize],
) -> Vec<ColumnPage> {
    let breaker = PageBreaker { text, depth };
    let mut pages = Vec::new();
    let mut from = TextPosition { row: 0, note: 0, figure: 0 };
    let full = vec![0; first.len()];
    while !breaker.is_end(from) {
        let tops = if pages.is_empty() { first } else { &full };
        let (mut page, mut end) = fill(&breaker, from, tops, depth.full);
        if breaker.is_end(end) {
            // The lowest line that is high enough for the rest of the text.
            let shortest = tops.iter().min().copied().unwrap_or(0) + MIN_BALANCED;
            let balanced = (shortest..depth.full)
                .map(|foot| fill(&breaker, from, tops, foot))
                .find(|(_, end)| breaker.is_end(*end));
            if let Some(balanced) = balanced {
                (page, end) = balanced;
            }
        }
        let is_stuck = end == from && !pages.is_empty();
        pages.push(page);
        if is_stuck {
            break;
        }
        from = end;
    }
    pages
}

/// Fills the columns of a page down to the row before `foot`.
fn fill(
    breaker: &PageBreaker<'_>,
    from: TextPosition,
    tops: &[usize],
    foot: usize,
) -> (ColumnPage, TextPosition) {
    let mut columns = Vec::new();
    let mut position = from;
    for &top in tops {
        let room = foot.saturating_sub(top);
        if room < MIN_ROWS || breaker.is_end(position) {
            columns.push((top, PageSlice::empty(position.row, position.note)));
            continue;
        }
        let options = (room.saturating_sub(SHORTER).max(MIN_ROWS)..=room).rev();
        let best = options.map(|room| breaker.page(position, room, true)).enumerate().min_by_key(
            |(shorter, (slice, end))| {
                let is_end = breaker.is_end(*end);
                if is_end {
                    0
                } else {
                    breaker.end_cost(slice.rows.end, false) + *shorter as u64 * 8
                }
            },
        );
        let Some((_, (slice, end))) = best else { continue };
        columns.push((top, slice));
        position = end;
    }
    (ColumnPage { columns }, position)
}
