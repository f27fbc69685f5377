//! Rows of the baseline grid, and where pages end among them.

use crate::model::Length;
use crate::typeset::Line;

/// One row of running text: a line, or white.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The lines that stand on it, each with its distance from the column's left edge: one,
    /// or two where a list has its mark.
    pub(super) lines: Vec<(Length, Line)>,
    /// What it would cost to end a page after this row.
    pub(super) end: End,
}

/// How well a page ends after a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Within a paragraph.
    Fine,
    /// Within a word.
    Hyphen,
    /// It would part a paragraph's first line from its second, or its last from the
    /// one before.
    Lonely,
    /// Under a heading: never, unless there is no other way.
    Never,
}

impl End {
    fn cost(self, at_turn: bool) -> u64 {
        match self {
            Self::Fine => 0,
            // Worse where the reader must turn the leaf in the middle of the word.
            Self::Hyphen => {
                if at_turn {
                    60
                } else {
                    20
                }
            }
            Self::Lonely => 1_000,
            Self::Never => 5_000,
        }
    }
}

impl Row {
    /// A row of white, which vanishes at the head of a page.
    pub(super) fn white() -> Self {
        Self { lines: Vec::new(), end: End::Fine }
    }

    fn is_white(&self) -> bool {
        self.lines.is_empty()
    }
}

/// By how many rows the two pages of a spread may run short: alike, or as the last way out
/// by a row apart.
const DEPTHS: [(usize, usize); 7] = [(0, 0), (1, 1), (2, 2), (0, 1), (1, 0), (1, 2), (2, 1)];

/// How many rows the pages of a text hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Depth {
    /// The opening page, under its title.
    pub(super) opening: usize,
    /// Every other page.
    pub(super) full: usize,
    /// Whether the opening page is a recto, so that it faces none of the others.
    pub(super) opens_recto: bool,
}

/// Cuts rows into pages so that facing pages end on the same line, and costs are least:
/// each pair of facing pages may run up to two rows short.
pub(super) fn cut(rows: &[Row], depth: Depth) -> Vec<std::ops::Range<usize>> {
    // best[i]: the least cost of setting rows[i..] on whole spreads, and the first cut
    // that gives it; filled from the end.
    let mut best: Vec<Option<(u64, Spread)>> = vec![None; rows.len() + 1];
    for start in (1..rows.len()).rev() {
        best[start] = DEPTHS
            .into_iter()
            .map(|shorts| spread(rows, start, depth.full, shorts, &best))
            .min_by_key(|(cost, _)| *cost);
    }
    let opening = DEPTHS
        .into_iter()
        .map(|shorts| {
            let first = page(rows, 0, depth.opening.saturating_sub(shorts.0).max(1));
            // A recto opening faces nothing of the text; a verso one faces its second page.
            let faced = !depth.opens_recto && first.end < rows.len();
            let room = depth.full.saturating_sub(shorts.1).max(1);
            let second = faced.then(|| page(rows, first.end, room));
            let spread = Spread { verso: first, recto: second };
            (spread.cost(rows, shorts, &best), spread)
        })
        .min_by_key(|(cost, _)| *cost);
    let mut pages = Vec::new();
    let mut next = opening.map(|(_, spread)| spread);
    while let Some(spread) = next {
        let end = spread.end();
        pages.push(spread.verso);
        pages.extend(spread.recto);
        next = if end < rows.len() { best[end].take().map(|(_, spread)| spread) } else { None };
    }
    pages
}

/// Two facing pages; the second is absent at the end of the text, and of a recto opening.
#[derive(Debug, Clone)]
struct Spread {
    verso: std::ops::Range<usize>,
    recto: Option<std::ops::Range<usize>>,
}

impl Spread {
    fn end(&self) -> usize {
        self.recto.as_ref().map_or(self.verso.end, |page| page.end)
    }

    /// What it costs to end its pages where they do, and to go on from there.
    fn cost(&self, rows: &[Row], shorts: (usize, usize), best: &[Option<(u64, Self)>]) -> u64 {
        let end = self.end();
        let tail = best.get(end).and_then(Option::as_ref).map_or(0, |(cost, _)| *cost);
        let facing = if self.recto.is_some() { end_cost(rows, self.verso.end, false) } else { 0 };
        short_cost(shorts, end, rows.len()) + facing + end_cost(rows, end, true) + tail
    }
}

fn spread(
    rows: &[Row],
    start: usize,
    room: usize,
    shorts: (usize, usize),
    best: &[Option<(u64, Spread)>],
) -> (u64, Spread) {
    let verso = page(rows, start, room.saturating_sub(shorts.0).max(1));
    let faced = verso.end < rows.len();
    let recto = faced.then(|| page(rows, verso.end, room.saturating_sub(shorts.1).max(1)));
    let spread = Spread { verso, recto };
    (spread.cost(rows, shorts, best), spread)
}

/// The rows of a page that begins at `start`, white at its head left out.
fn page(rows: &[Row], start: usize, room: usize) -> std::ops::Range<usize> {
    let first = (start..rows.len()).find(|&row| !rows[row].is_white()).unwrap_or(rows.len());
    first..(first + room).min(rows.len())
}

fn end_cost(rows: &[Row], end: usize, at_turn: bool) -> u64 {
    if end >= rows.len() || end == 0 { 0 } else { rows[end - 1].end.cost(at_turn) }
}

/// A short spread costs a little, one of unequal pages more, though less than a lonely line;
/// the last one is as long as it is.
fn short_cost((verso, recto): (usize, usize), end: usize, rows: usize) -> u64 {
    let uneven = if verso == recto { 0 } else { 300 };
    if end >= rows { 0 } else { uneven + 10 * u64::try_from(verso.max(recto)).unwrap_or(0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(ends: &[End]) -> Vec<Row> {
        let line = Line {
            runs: Vec::new(),
            width: Length::ZERO,
            ratio: 0,
            hyphenated: false,
            last: false,
            links: Vec::new(),
        };
        ends.iter().map(|&end| Row { lines: vec![(Length::ZERO, line.clone())], end }).collect()
    }

    #[test]
    fn facing_pages_run_short_together_to_spare_a_widow() {
        let mut ends = vec![End::Fine; 40];
        ends[19] = End::Lonely;
        let depth = Depth { opening: 0, full: 10, opens_recto: true };
        // The opening page takes one row, then spreads of 2 × 10: row 20 ends the first.
        let pages = cut(&rows(&ends), depth);
        assert_eq!(pages[0], 0..1);
        assert_eq!(pages[1].len(), pages[2].len());
        assert!(pages.iter().all(|page| page.end != 20));
    }

    #[test]
    fn every_row_is_set_once_and_in_order() {
        let pages = cut(&rows(&[End::Fine; 37]), Depth { opening: 5, full: 8, opens_recto: false });
        let set: Vec<usize> = pages.into_iter().flatten().collect();
        assert_eq!(set, (0..37).collect::<Vec<_>>());
    }
}
