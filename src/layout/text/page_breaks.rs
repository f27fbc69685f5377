//! Breaks the rows of a text into pages.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::layout::text::rows::{Above, BreakQuality, SetText};
use crate::model::Length;

/// The numbers of rows by which the two pages of a spread may be short: equal, or as a last
/// resort differing by one row.
const SHORT_ROWS: [(usize, usize); 7] = [(0, 0), (1, 1), (2, 2), (0, 1), (1, 0), (1, 2), (2, 1)];
/// The last page of a text has at least this many lines.
const MIN_LAST_LINES: usize = 3;
/// A last page with less than this part of its lines (one over the number) is better avoided.
const FEW_LAST_LINES: usize = 4;
/// The cost of such a page, and of each line that it lacks.
const FEW_LAST: (u64, u64) = (150, 40);

/// The number of rows on the pages of a text.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct PageDepth {
    /// Rows on the opening page, under its title.
    pub(in crate::layout) opening: usize,
    /// Rows on every other page.
    pub(in crate::layout) full: usize,
    /// Whether the opening page is a recto, so that it faces no other page of the text.
    pub(in crate::layout) opens_recto: bool,
    /// The leading of the text.
    pub(in crate::layout) leading: Length,
    /// The leading of notes.
    pub(in crate::layout) note_leading: Length,
}

impl PageDepth {
    /// The number of rows that this many lines of notes take, including the space above them.
    pub(super) fn rows_of(self, notes: usize) -> usize {
        if notes == 0 {
            return 0;
        }
        let lines = i64::try_from(notes).unwrap_or(i64::MAX);
        let height = self.note_leading.to_emu().saturating_mul(lines) + self.above_notes();
        let leading = self.leading.to_emu().max(1);
        usize::try_from((height + leading - 1) / leading).unwrap_or(usize::MAX)
    }

    /// The number of lines of notes that fit into these rows.
    pub(super) fn note_lines_in(self, rows: usize) -> usize {
        let height = self.leading.to_emu() * i64::try_from(rows).unwrap_or(0) - self.above_notes();
        usize::try_from(height / self.note_leading.to_emu().max(1)).unwrap_or(0)
    }

    fn above_notes(self) -> i64 {
        self.leading.to_emu() * 2 / 3
    }

    /// The number of lines that a last page lacks to have enough of them.
    pub(in crate::layout) fn lacks(self, page: &PageSlice) -> usize {
        if page.figure.is_some() {
            return 0;
        }
        (self.full / FEW_LAST_LINES).saturating_sub(page.rows.len() + page.notes.len())
    }
}

/// The content of one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::layout) struct PageSlice {
    /// The rows of text.
    pub(in crate::layout) rows: Range<usize>,
    /// The lines of notes at its foot.
    pub(in crate::layout) notes: Range<usize>,
    /// The picture on it, and the row before which it is placed.
    pub(in crate::layout) figure: Option<(usize, usize)>,
    /// The row on which the page ends, counted from its first row.
    pub(in crate::layout) max_rows: usize,
    /// The number of empty rows.
    empty_rows: usize,
}

impl PageSlice {
    /// A slice with nothing on it, at a position in the text.
    pub(super) fn empty(row: usize, note: usize) -> Self {
        Self { rows: row..row, notes: note..note, figure: None, max_rows: 0, empty_rows: 0 }
    }

    /// Whether anything but notes is on it.
    pub(in crate::layout) fn has_content(&self) -> bool {
        !self.rows.is_empty() || self.figure.is_some()
    }

    /// Sets the row on which the page ends; its text stays where it is.
    pub(super) fn set_max_rows(&mut self, rows: usize) {
        self.empty_rows = rows.saturating_sub(self.used_rows());
        self.max_rows = rows;
    }

    /// The number of rows that are filled.
    pub(in crate::layout) fn used_rows(&self) -> usize {
        self.max_rows - self.empty_rows.min(self.max_rows)
    }
}

/// A position in a text: the next row, line of notes, and picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TextPosition {
    pub(super) row: usize,
    pub(super) note: usize,
    pub(super) figure: usize,
}

/// Breaks a text into pages so that facing pages end on the same line and the total cost is
/// minimal: each pair of facing pages may be up to two rows short, or more if the last page would
/// otherwise have only a few lines.
pub(in crate::layout) fn break_pages(text: &SetText, depth: PageDepth) -> Vec<PageSlice> {
    let few = pages_before_few_lines(text, depth).is_some();
    let shortest = if few { depth.full / FEW_LAST_LINES + 1 } else { 0 };
    cheapest_pages(&PageBreaker { text, depth, shortest })
}

/// The number of pages before the last one, if that would have only a few lines.
pub(in crate::layout) fn pages_before_few_lines(text: &SetText, depth: PageDepth) -> Option<usize> {
    let pages = cheapest_pages(&PageBreaker { text, depth, shortest: 0 });
    let before = pages.len().checked_sub(1).filter(|before| *before > 0)?;
    pages.last().filter(|page| depth.lacks(page) > 0).map(|_| before)
}

fn cheapest_pages(breaker: &PageBreaker<'_>) -> Vec<PageSlice> {
    let text = breaker.text;
    let end =
        TextPosition { row: text.rows.len(), note: text.notes.len(), figure: text.figures.len() };
    // The cheapest known path to each position. Positions are processed in order, since every
    // spread leads forward.
    let mut open: BTreeMap<TextPosition, PagePath> = BTreeMap::new();
    let mut settled: BTreeMap<TextPosition, PagePath> = BTreeMap::new();
    let start = TextPosition { row: 0, note: 0, figure: 0 };
    // The opening page may have no room for a picture: nothing is on it then.
    breaker.spreads(start, true, &mut |to, cost, pages| {
        keep_cheapest(&mut open, to, start, cost, pages);
    });
    while let Some((position, path)) = open.pop_first() {
        let cost = path.cost;
        settled.insert(position, path);
        if position == end {
            break;
        }
        breaker.spreads(position, false, &mut |to, more, pages| {
            if to > position {
                keep_cheapest(&mut open, to, position, cost + more, pages);
            }
        });
    }
    debug_assert!(start == end || settled.contains_key(&end), "nothing of a text is left out");
    let mut spreads = Vec::new();
    let mut position = end;
    while let Some(path) = settled.remove(&position) {
        spreads.push(path.pages);
        position = path.from;
    }
    spreads.into_iter().rev().flatten().collect()
}

/// The last spread on the path to a position.
struct PagePath {
    cost: u64,
    from: TextPosition,
    pages: Vec<PageSlice>,
}

fn keep_cheapest(
    open: &mut BTreeMap<TextPosition, PagePath>,
    to: TextPosition,
    from: TextPosition,
    cost: u64,
    pages: Vec<PageSlice>,
) {
    let better = open.get(&to).is_none_or(|other| cost < other.cost);
    if better {
        open.insert(to, PagePath { cost, from, pages });
    }
}

/// How much shorter or longer than usual the pages of a spread are.
#[derive(Debug, Clone, Copy)]
struct SpreadLength {
    /// The rows that the two pages are short.
    short_rows: (usize, usize),
    /// The rows that both have in addition.
    more: usize,
}

/// What it costs to end a text on this page.
fn last_page_cost(page: &PageSlice, depth: PageDepth) -> u64 {
    let missing = depth.lacks(page) as u64;
    match page.rows.len() + page.notes.len() {
        _ if page.figure.is_some() => 0,
        lines if lines < MIN_LAST_LINES => 3_000,
        _ if missing > 0 => FEW_LAST.0 + FEW_LAST.1 * missing,
        _ => 0,
    }
}

pub(super) struct PageBreaker<'a> {
    pub(super) text: &'a SetText,
    pub(super) depth: PageDepth,
    /// The number of rows that two facing pages may be short so that the last page has more.
    pub(super) shortest: usize,
}

impl PageBreaker<'_> {
    /// Enumerates all spreads that may follow a position: `report` gets the position after the
    /// spread, its cost, and its pages.
    fn spreads(
        &self,
        from: TextPosition,
        is_opening: bool,
        report: &mut dyn FnMut(TextPosition, u64, Vec<PageSlice>),
    ) {
        // A page may break notes or end before them; the choice only matters for texts with
        // notes.
        let note_breaks: &[bool] =
            if self.text.notes.is_empty() { &[true] } else { &[true, false] };
        // A recto opening faces no page of the text; a verso opening faces the second page.
        let single = is_opening && self.depth.opens_recto;
        let first_room = if is_opening { self.depth.opening } else { self.depth.full };
        // Both pages of a spread may have one line more, so that none is left for a last page. A
        // column that is not a page has no room for it.
        let has_margin = self.depth.opening != self.depth.full;
        let long = has_margin.then_some(SpreadLength { short_rows: (0, 0), more: 1 });
        let short = SHORT_ROWS.into_iter().map(|short_rows| SpreadLength { short_rows, more: 0 });
        let shorter =
            (3..=self.shortest).map(|rows| SpreadLength { short_rows: (rows, rows), more: 0 });
        for length in short.chain(shorter).chain(long) {
            let SpreadLength { short_rows, more } = length;
            for &breaks in note_breaks {
                let max_rows = (first_room + more).saturating_sub(short_rows.0).max(1);
                let (verso, middle) = self.page(from, max_rows, breaks);
                if single || self.is_end(middle) {
                    let cost = self.cost(length, &[&verso], middle, is_opening);
                    report(middle, cost, vec![verso]);
                    continue;
                }
                for &breaks in note_breaks {
                    let max_rows = (self.depth.full + more).saturating_sub(short_rows.1).max(1);
                    let (recto, end) = self.page(middle, max_rows, breaks);
                    let cost = self.cost(length, &[&verso, &recto], end, is_opening);
                    report(end, cost, vec![verso.clone(), recto]);
                }
            }
        }
    }

    pub(super) fn is_end(&self, position: TextPosition) -> bool {
        position.row >= self.text.rows.len()
            && position.note >= self.text.notes.len()
            && position.figure >= self.text.figures.len()
    }

    /// The cost of a spread with these page breaks.
    fn cost(
        &self,
        length: SpreadLength,
        pages: &[&PageSlice],
        end: TextPosition,
        is_opening: bool,
    ) -> u64 {
        let SpreadLength { short_rows, more } = length;
        let is_end = self.is_end(end);
        let uneven = if short_rows.0 == short_rows.1 { 0 } else { 300 };
        // A short spread costs a little, one with unequal pages more, though less than a widow
        // or orphan; the last spread may have any length.
        let most = short_rows.0.max(short_rows.1) as u64;
        let beyond = most.saturating_sub(2);
        let short = 10 * most + 4 * beyond * beyond;
        let mut cost = if is_end { 10 * beyond } else { short + uneven };
        cost += 100 * more as u64;
        if is_end && !(is_opening && pages.len() == 1) {
            cost += pages.last().map_or(0, |page| last_page_cost(page, self.depth));
        }
        for (index, page) in pages.iter().enumerate() {
            let last = index + 1 == pages.len();
            let ended = last && is_end;
            cost += self.end_cost(page.rows.end, last);
            if !ended {
                cost += 5 * (page.empty_rows * page.empty_rows) as u64;
            }
            let named = page.rows.end.checked_sub(1).map_or(0, |row| self.text.rows[row].notes);
            if page.notes.end < named {
                cost += 200;
            }
        }
        cost
    }

    /// The number of rows from this one on that must be on one page, if they are at most `limit`:
    /// also those that a heading belongs to.
    fn kept_together(&self, index: usize, limit: usize) -> usize {
        let rows = &self.text.rows;
        let mut end = index + 1;
        let mut at = index;
        while let Some(row) = rows.get(at).filter(|_| at < end) {
            let bound = if row.end == BreakQuality::Forbidden { 2 } else { 1 };
            end = end.max(at + row.keep_together.max(bound)).min(rows.len());
            if end - index > limit {
                return rows[index].keep_together;
            }
            at += 1;
        }
        (end - index).max(1)
    }

    pub(super) fn end_cost(&self, end: usize, at_turn: bool) -> u64 {
        let rows = &self.text.rows;
        if end >= rows.len() || end == 0 { 0 } else { rows[end - 1].end.cost(at_turn) }
    }

    /// Fills the page that begins at a position, without blank rows at its top; returns it and
    /// the position of the next page. Notes may be broken if `breaks` is true.
    pub(super) fn page(
        &self,
        from: TextPosition,
        max_rows: usize,
        breaks: bool,
    ) -> (PageSlice, TextPosition) {
        let SetText { rows, figures, .. } = self.text;
        let depth = self.depth;
        let is_kept = |row: &usize| !rows[*row].is_dropped_at_head();
        let first = (from.row..rows.len()).find(is_kept).unwrap_or(rows.len());
        // Lines of notes that did not fit on the previous page.
        let deferred_notes =
            first.checked_sub(1).map_or(from.note, |row| rows[row].notes.max(from.note));
        let mut page =
            PageFill { used: 0, rows: first..first, notes: deferred_notes, figure: None };
        // A picture deferred from the previous page comes first.
        if let Some(figure) = figures.get(from.figure)
            && figure.anchor <= first
            && (figure.rows(Above::Head) + depth.rows_of(deferred_notes - from.note) <= max_rows
                || figure.rows(Above::Head) > depth.full)
        {
            page.used = figure.rows(Above::Head);
            page.figure = Some((from.figure, first));
        }
        page.used += rows.get(first).map_or(0, |row| row.header_rows.len());
        while let Some(row) = rows.get(page.rows.end) {
            let index = page.rows.end;
            if page.figure.is_none()
                && let Some(figure) = figures.get(from.figure)
                && figure.anchor <= index
            {
                let used = page.used + figure.rows(self.text.above(index, first));
                if used + depth.rows_of(page.notes - from.note) <= max_rows {
                    page.used = used;
                    page.figure = Some((from.figure, index));
                }
            }
            let after_figure = page.figure.is_some_and(|(_, at)| at == index);
            if after_figure && row.is_blank() && page.rows.start < index {
                // The picture includes the blank row.
                page.rows.end += 1;
                continue;
            }
            let pending = row.notes - from.note;
            let keep_together = self.kept_together(index, depth.full).min(max_rows);
            let last =
                rows.get(index + keep_together - 1).map_or(pending, |it| it.notes - from.note);
            // The rule under a table and the rule above notes must not be adjacent.
            let ruled = rows.get(index + keep_together - 1).is_some_and(|row| row.rule.is_some());
            let separator = usize::from(ruled && last > 0);
            if page.used + keep_together + depth.rows_of(last) + separator <= max_rows {
                page.used += 1;
                page.rows.end += 1;
                page.notes = row.notes;
                continue;
            }
            // At least two lines of a note must be on the page of its reference.
            let before = page.notes - from.note;
            let started = if pending > before { (before + 2).min(pending) } else { pending };
            let breaks = breaks || (page.rows.is_empty() && page.figure.is_none());
            if breaks
                && separator == 0
                && keep_together == 1
                && page.used + 1 + depth.rows_of(started) <= max_rows
            {
                page.used += 1;
                page.rows.end += 1;
                page.notes = row.notes;
            }
            break;
        }
        self.finish(from, page, max_rows)
    }

    fn finish(
        &self,
        from: TextPosition,
        mut page: PageFill,
        max_rows: usize,
    ) -> (PageSlice, TextPosition) {
        let rows = self.text.rows.len();
        let has_deferred = from.note < page.notes || page.figure.is_some();
        if page.rows.is_empty() && page.rows.end < rows && !has_deferred {
            // If nothing fits, one row is placed anyway so that the loop ends.
            page.used += 1;
            page.rows.end += 1;
            page.notes = self.text.rows[page.rows.start].notes;
        }
        let last_fitting =
            from.note + self.depth.note_lines_in(max_rows.saturating_sub(page.used)).max(1);
        let new_notes = from.note..page.notes.min(last_fitting);
        let note_rows = self.depth.rows_of(new_notes.len());
        let slice = PageSlice {
            empty_rows: max_rows.saturating_sub(page.used + note_rows),
            rows: page.rows.clone(),
            notes: new_notes,
            figure: page.figure,
            max_rows,
        };
        let next = TextPosition {
            row: page.rows.end,
            note: slice.notes.end,
            figure: from.figure + usize::from(page.figure.is_some()),
        };
        (slice, next)
    }
}

/// A page that is being filled.
struct PageFill {
    used: usize,
    rows: Range<usize>,
    /// The number of lines of notes referenced so far.
    notes: usize,
    figure: Option<(usize, usize)>,
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::layout::text::rows::{RowRule, TextPicture, TextRow};
    use crate::model::{Picture, Size, StructureElement, StructureKind};
    use crate::typeset::Line;

    fn line() -> Line {
        Line {
            runs: Vec::new(),
            roles: Vec::new(),
            width: Length::ZERO,
            ratio: 0,
            hyphenated: false,
            torn: None,
            last: false,
            begins: true,
            links: Vec::new(),
            dots: Vec::new(),
        }
    }

    fn row(end: BreakQuality) -> TextRow {
        TextRow { lines: vec![(Length::ZERO, line())], end, ..TextRow::blank() }
    }

    fn text(ends: &[BreakQuality]) -> SetText {
        SetText { rows: ends.iter().map(|&end| row(end)).collect(), ..SetText::default() }
    }

    /// A text with this many rows, in which notes with the given numbers of lines are
    /// referenced.
    fn text_with_notes(rows: usize, notes: &[(usize, usize)]) -> SetText {
        let mut text = text(&vec![BreakQuality::Allowed; rows]);
        for &(at, lines) in notes {
            text.notes.extend((0..lines).map(|_| row(BreakQuality::Allowed)));
            let so_far = text.notes.len();
            text.rows[at..].iter_mut().for_each(|row| row.notes = so_far);
        }
        text
    }

    const DEPTH: PageDepth = PageDepth {
        opening: 10,
        full: 10,
        opens_recto: true,
        leading: Length::pt(14),
        note_leading: Length::pt(12),
    };

    fn figure(anchor: usize, rows: usize) -> TextPicture {
        TextPicture {
            picture: Arc::new(Picture {
                path: "a.jpg".into(),
                name: "a.jpg".into(),
                format: crate::model::Format::Jpeg,
                stored: crate::model::Pixels { width: 3, height: 2 },
                orientation: crate::model::Orientation::Upright,
                colour: crate::model::ColorModel::Rgb,
                bits: 8,
                alpha: false,
                profile: None,
                stated_space: crate::model::StatedSpace::Unknown,
                private: crate::model::PrivateMetadata::default(),
                arithmetic: false,
                damage: None,
                subject: None,
            }),
            alt: None,
            element: StructureElement::part(StructureKind::Figure),
            size: Size::new(Length::mm(90), Length::mm(60)),
            caption: Vec::new(),
            cap_height: Length::ZERO,
            text_cap_height: Length::ZERO,
            anchor,
            picture_rows: rows,
            caption_rows: 0,
        }
    }

    #[test]
    fn facing_pages_are_equally_short_to_avoid_a_widow() {
        let mut ends = vec![BreakQuality::Allowed; 40];
        ends[20] = BreakQuality::Widow;
        // The opening page takes one row, then spreads of 2 × 10: row 20 ends the first.
        let pages = break_pages(&text(&ends), PageDepth { opening: 1, ..DEPTH });
        assert_eq!(pages[0].rows, 0..1);
        assert_eq!(pages[1].rows.len(), pages[2].rows.len());
        assert!(pages.iter().all(|page| page.rows.end != 21));
    }

    #[test]
    fn every_row_is_set_once_and_in_order() {
        let depth = PageDepth { opening: 5, full: 8, opens_recto: false, ..DEPTH };
        let pages = break_pages(&text(&[BreakQuality::Allowed; 37]), depth);
        let set: Vec<usize> = pages.into_iter().flat_map(|page| page.rows).collect();
        assert_eq!(set, (0..37).collect::<Vec<_>>());
    }

    #[test]
    fn a_note_is_on_the_page_of_its_reference() {
        let text = text_with_notes(60, &[(3, 2), (9, 3), (17, 1), (40, 4)]);
        let pages = break_pages(&text, DEPTH);
        for page in &pages {
            let named = text.rows[page.rows.end - 1].notes;
            assert_eq!(page.notes.end, named, "{page:?}");
            assert!(page.rows.len() + DEPTH.rows_of(page.notes.len()) <= page.max_rows);
        }
        let notes: Vec<usize> = pages.iter().flat_map(|page| page.notes.clone()).collect();
        assert_eq!(notes, (0..10).collect::<Vec<_>>());
    }

    #[test]
    fn a_note_longer_than_a_page_continues_on_the_next() {
        let text = text_with_notes(12, &[(4, 30)]);
        let pages = break_pages(&text, DEPTH);
        let first = pages.iter().find(|page| page.rows.contains(&4)).unwrap();
        assert!(first.notes.len() >= 2);
        let notes: Vec<usize> = pages.iter().flat_map(|page| page.notes.clone()).collect();
        assert_eq!(notes, (0..30).collect::<Vec<_>>());
        assert!(
            pages
                .iter()
                .all(|page| { page.rows.len() + DEPTH.rows_of(page.notes.len()) <= page.max_rows })
        );
    }

    #[test]
    fn a_picture_that_does_not_fit_moves_to_the_next_page_without_a_gap() {
        let mut text = text(&[BreakQuality::Allowed; 30]);
        text.figures = vec![figure(6, 5), figure(7, 5), figure(30, 5)];
        let pages = break_pages(&text, DEPTH);
        let shown: Vec<_> = pages.iter().filter_map(|page| page.figure).collect();
        assert_eq!(shown.iter().map(|(index, _)| *index).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(pages[0].rows.len(), 10, "text fills the page that the picture left");
        let set: Vec<usize> = pages.into_iter().flat_map(|page| page.rows).collect();
        assert_eq!(set, (0..30).collect::<Vec<_>>());
    }

    #[test]
    fn a_rule_under_a_table_keeps_a_row_away_from_notes() {
        let mut text = text_with_notes(24, &[(2, 1)]);
        let row = 10 - DEPTH.rows_of(1) - 1;
        let last = |text: &SetText| break_pages(text, DEPTH)[0].rows.end - 1;
        assert_eq!(last(&text), row);
        text.rows[row].rule =
            Some(RowRule { left: Length::ZERO, width: Length::mm(20), below: Length::pt(5) });
        assert_eq!(last(&text), row - 1);
    }

    #[test]
    fn the_last_page_of_a_text_has_at_least_three_lines() {
        for opening in [5, 9] {
            for opens_recto in [true, false] {
                for rows in 12..90 {
                    let depth = PageDepth { opening, opens_recto, ..DEPTH };
                    let pages = break_pages(&text(&vec![BreakQuality::Allowed; rows]), depth);
                    let last = pages.last().unwrap();
                    assert!(last.rows.len() >= 3, "{rows} rows: {last:?}");
                    assert!(pages.iter().all(|page| page.rows.len() <= 11));
                }
            }
        }
    }

    #[test]
    fn a_heading_stays_with_the_rows_that_are_kept_together_below_it() {
        let mut text = text(&[BreakQuality::Allowed; 20]);
        text.rows[5].end = BreakQuality::Forbidden;
        text.rows[6].keep_together = 6;
        let pages = break_pages(&text, DEPTH);
        assert_eq!(pages[0].rows, 0..5, "{pages:?}");
    }

    #[test]
    fn rows_kept_together_are_not_separated() {
        let mut text = text(&[BreakQuality::Allowed; 20]);
        text.rows[8].keep_together = 4;
        let pages = break_pages(&text, DEPTH);
        assert!(pages.iter().all(|page| !(9..12).contains(&page.rows.end)), "{pages:?}");
    }
}
