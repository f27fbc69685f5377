//! Lines of about the same length, for captions and titles: as few as can be, even, and
//! broken where the sense pauses rather than between an article and its noun.

use crate::typeset::paragraph::knuth_plass::{Break, LineEdge, LineFrame, lines, share};

/// A last line below a quarter of the measure looks forgotten.
const FORLORN: f64 = 8.0;

/// The most breaks of a text that is balanced; the work grows by the square of their number, and
/// nobody sees whether a text of many pages is even.
const MOST: usize = 4_000;

/// The breaks of a paragraph, without its start: the last one is its end.
pub(in crate::typeset) fn balanced(breaks: &[Break], frame: LineFrame) -> Vec<usize> {
    let Some(last) = breaks.len().checked_sub(1) else { return Vec::new() };
    let usable: Vec<usize> = (0..=last)
        .filter(|index| *index == last || (!breaks[*index].reserve && !breaks[*index].hyphen))
        .collect();
    // Where whole words do not fit, a ragged edge is the best that can be had.
    let even = if usable.len() > MOST { None } else { evenly(breaks, &usable, frame) };
    even.unwrap_or_else(|| lines(breaks, frame, LineEdge::Ragged))
}

/// The cost of the best way to a break in so many lines, and the break before it.
type BalanceStep = Option<(f64, usize)>;

/// The best way among those with the fewest lines.
fn evenly(breaks: &[Break], usable: &[usize], frame: LineFrame) -> Option<Vec<usize>> {
    let last = usable.len().checked_sub(1)?;
    let mut first: Vec<BalanceStep> = vec![None; usable.len()];
    *first.first_mut()? = Some((0.0, 0));
    let mut rows = vec![first];
    while rows.last()?.get(last)?.is_none() {
        let row = next_row(breaks, usable, frame, rows.last()?);
        if row.iter().all(Option::is_none) {
            return None;
        }
        rows.push(row);
    }
    let mut way = Vec::with_capacity(rows.len());
    let mut at = last;
    for row in rows.iter().skip(1).rev() {
        way.push(usable[at]);
        at = row[at]?.1;
    }
    way.reverse();
    Some(way)
}

/// All ways with one line more.
fn next_row(
    breaks: &[Break],
    usable: &[usize],
    frame: LineFrame,
    row: &[BalanceStep],
) -> Vec<BalanceStep> {
    let mut next: Vec<BalanceStep> = vec![None; usable.len()];
    for (from, way) in row.iter().enumerate() {
        let Some((cost, _)) = way else { continue };
        let start = &breaks[usable[from]];
        for (to, cell) in next.iter_mut().enumerate().skip(from + 1) {
            let end = &breaks[usable[to]];
            let width = end.before.width - start.after.width;
            if width > frame.measure + frame.em {
                break;
            }
            if width > frame.measure {
                continue;
            }
            let is_last = to + 1 == usable.len();
            let cost = cost + uneven(frame, width, end, from > 0 && is_last);
            if cell.is_none_or(|(best, _)| cost < best) {
                *cell = Some((cost, from));
            }
        }
    }
    next
}

/// The widths of all lines together are what they are, so the sum of the squares of what
/// they lack is smallest when they are alike.
fn uneven(frame: LineFrame, width: i64, end: &Break, closes: bool) -> f64 {
    let lack = share(frame.measure - width, frame.measure);
    let mut cost = 100.0 * lack * lack + f64::from(end.penalty) / 20.0 + f64::from(end.turn);
    if closes && width < frame.measure / 4 {
        cost += FORLORN;
    }
    cost
}
