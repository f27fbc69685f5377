//! Balances lines for captions and titles: as few lines as possible, of about the same length,
//! preferably broken at a pause and not between an article and its noun.

use crate::typeset::paragraph::knuth_plass::{Break, LineEdge, LineFrame, lines, share};

/// The penalty of a last line shorter than a quarter of the measure.
const SHORT_LAST_LINE: f64 = 8.0;

/// A line shorter than this part of the measure, in per cent, is better avoided by a hyphen in a long
/// word.
const UNEVEN: i64 = 45;

/// The maximum number of breaks of a text that is balanced: the work grows by the square of it,
/// and an even edge is not visible in a text of many pages.
const MAX_BREAKS: usize = 4_000;

/// The indices of the chosen breaks, without the start of the paragraph and including its end.
pub(in crate::typeset) fn balanced(breaks: &[Break], frame: LineFrame) -> Vec<usize> {
    let Some(last) = breaks.len().checked_sub(1) else { return Vec::new() };
    let usable = |is_usable: fn(&Break) -> bool| -> Vec<usize> {
        (0..=last).filter(|index| *index == last || is_usable(&breaks[*index])).collect()
    };
    // Words are whole; at a written hyphen or at a syllable if one is wider than the measure.
    let whole = usable(|it| !it.reserve && !it.hyphen);
    let hyphenated = usable(|it| !it.torn);
    // If even that is not enough, or the text is very long, the lines are broken as ragged text.
    if whole.len() > MAX_BREAKS {
        return lines(breaks, frame, LineEdge::Ragged);
    }
    let with_whole_words = best_breaks(breaks, &whole, frame);
    if let Some(chosen) = &with_whole_words
        && hyphenated.len() > whole.len()
    {
        let shortest = shortest_line(breaks, chosen);
        // A long word leaves the line before it nearly empty.
        if shortest < frame.measure * UNEVEN / 100
            && let Some(other) = best_breaks(breaks, &hyphenated, frame)
            && shortest_line(breaks, &other) > shortest
        {
            return other;
        }
    }
    with_whole_words
        .or_else(|| best_breaks(breaks, &hyphenated, frame))
        .unwrap_or_else(|| lines(breaks, frame, LineEdge::Ragged))
}

/// The width of the shortest line but the last.
fn shortest_line(breaks: &[Break], chosen: &[usize]) -> i64 {
    let ends = chosen.iter().map(|index| &breaks[*index]);
    let starts = breaks.first().into_iter().chain(ends.clone());
    let widths = starts.zip(ends).map(|(start, end)| end.before.width - start.after.width);
    let lines = chosen.len().saturating_sub(1);
    widths.take(lines).min().unwrap_or(i64::MAX)
}

/// The minimal cost of reaching a break with a given number of lines, and the previous break.
type BalanceStep = Option<(f64, usize)>;

/// The best breaks with the smallest number of lines.
fn best_breaks(breaks: &[Break], usable: &[usize], frame: LineFrame) -> Option<Vec<usize>> {
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
    let mut chosen = Vec::with_capacity(rows.len());
    let mut at = last;
    for row in rows.iter().skip(1).rev() {
        chosen.push(usable[at]);
        at = row[at]?.1;
    }
    chosen.reverse();
    Some(chosen)
}

/// Extends all paths by one line.
fn next_row(
    breaks: &[Break],
    usable: &[usize],
    frame: LineFrame,
    row: &[BalanceStep],
) -> Vec<BalanceStep> {
    let mut next: Vec<BalanceStep> = vec![None; usable.len()];
    for (from, chosen) in row.iter().enumerate() {
        let Some((cost, _)) = chosen else { continue };
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
            let cost = cost + line_cost(frame, width, end, from > 0 && is_last);
            if cell.is_none_or(|(best, _)| cost < best) {
                *cell = Some((cost, from));
            }
        }
    }
    next
}

/// The total width of the lines is fixed, so the sum of the squares of the remaining space is
/// smallest when the lines are of equal length.
fn line_cost(frame: LineFrame, width: i64, end: &Break, is_last: bool) -> f64 {
    // In a title, the sense counts more than lines of the same length.
    let weight = if frame.is_title { 5 } else { 1 };
    let missing_share = share(frame.measure - width, frame.measure);
    let mut cost = 100.0 * missing_share * missing_share
        + f64::from(end.penalty) / 20.0
        + f64::from(weight * end.pause);
    if is_last && width < frame.measure / 4 {
        cost += SHORT_LAST_LINE;
    }
    cost
}
