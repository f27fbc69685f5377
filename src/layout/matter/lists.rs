//! Lists with folios: the table of contents and the list of plates.

use std::sync::Arc;

use crate::model::{
    Book, Folio, Item, Length, Link, Page, PassageKind, PlacedPicture, Plate, Point, Rect, Size,
    StructureElement, StructureKind, Target, Turn,
};
use crate::typeset::{self, Align, Faces, Span};

use crate::layout::text::styles;
use crate::layout::{Grid, elements, placement};

/// An entry of a list.
#[derive(Debug, Clone)]
pub(in crate::layout) struct ListLine {
    /// Its text.
    pub(in crate::layout) title: Vec<Span>,
    /// The folio that it refers to.
    pub(in crate::layout) folio: Folio,
    /// The index of its page in the body.
    pub(in crate::layout) page: usize,
    /// Its place among the parts of the book.
    pub(in crate::layout) rank: ListRank,
}

/// The place of an entry in a list of parts and chapters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum ListRank {
    /// It belongs to no part.
    Alone,
    /// It is a part, the heading of the entries after it.
    Part,
    /// It belongs to the part before it.
    InPart,
}

impl ListLine {
    /// Its text and the folio.
    pub(super) fn label(&self) -> String {
        let title: String = self.title.iter().map(|span| span.text.replace('\n', " ")).collect();
        format!("{}, {}", title.trim(), self.folio)
    }
}

/// The element with the text of an entry in a list of pages.
pub(super) fn entry_element(contents: &Arc<StructureElement>) -> Arc<StructureElement> {
    let entry = contents.child(StructureKind::ContentsEntry);
    entry.child(StructureKind::Reference).child(StructureKind::Link)
}

/// The width of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListWidth {
    /// The width of running text.
    Column,
    /// The width between the margins.
    Page,
}

/// The context in which a list is set.
pub(in crate::layout) struct ListContext<'a> {
    pub(in crate::layout) book: &'a Book,
    pub(in crate::layout) faces: &'a Faces,
    pub(in crate::layout) grid: &'a Grid,
    /// The part of the book that the list is.
    pub(in crate::layout) section: Arc<StructureElement>,
    /// Adds a page and returns its index.
    pub(in crate::layout) next: fn(&mut Vec<Page>) -> usize,
}

impl ListContext<'_> {
    /// Starts a list with its heading; returns the index of its page.
    pub(super) fn open(&self, heading: &str, measure: ListWidth, pages: &mut Vec<Page>) -> usize {
        let grid = self.grid;
        let index = (self.next)(pages);
        let spans = styles::plain(heading, styles::heading(grid));
        let align = styles::title_align(grid);
        let page = &mut pages[index];
        let inside = grid.inside(page.side);
        let (left, width, row) = match measure {
            ListWidth::Column => (grid.column_left(page.side), grid.measure, grid.title_row()),
            ListWidth::Page => (inside.x, inside.width, 0),
        };
        let lines = placement::ragged(self.faces, spans, &self.book.language, width, align);
        let lines = elements::in_element(lines, &self.section.child(StructureKind::Heading(1)));
        let at = Point::new(left, grid.baseline(row));
        placement::lines(page, &lines, at, grid.leading_of(&grid.style.text_styles.chapter));
        index
    }

    /// Sets the entries (titles, leaders and folios) on as many pages as needed.
    pub(in crate::layout) fn lines(
        &self,
        heading: &str,
        entries: &[ListLine],
        pages: &mut Vec<Page>,
    ) {
        let grid = self.grid;
        let mut row = self.first_row();
        let mut before = ListRank::Alone;
        let mut index = self.open(heading, ListWidth::Column, pages);
        let contents = self.section.child(StructureKind::Contents);
        for entry in entries {
            let measure = grid.measure - grid.size(28_000);
            let element = entry_element(&contents);
            let lines = placement::ragged(
                self.faces,
                entry.title.clone(),
                &self.book.language,
                measure,
                Align::Balanced,
            );
            let mut lines = elements::in_element(lines, &element);
            if let Some(line) = lines.last_mut() {
                // The folio follows.
                typeset::end_with_space(line, self.faces);
            }
            // A part is set off from what precedes and follows it, and begins no page's last line.
            let is_first = row == self.first_row() || row == 0;
            let begins_group = match entry.rank {
                ListRank::Part => true,
                ListRank::InPart => false,
                ListRank::Alone => before == ListRank::InPart,
            };
            before = entry.rank;
            row += usize::from(begins_group && !is_first);
            let kept = lines.len() + usize::from(entry.rank == ListRank::Part);
            if row + kept > grid.rows() {
                index = (self.next)(pages);
                row = 0;
            }
            let page = &mut pages[index];
            let left = grid.column_left(page.side);
            let text_left = if grid.binding_right { left + grid.size(28_000) } else { left };
            for line in &lines {
                placement::line(page, line, Point::new(text_left, grid.baseline(row)));
                row += 1;
            }
            let baseline = Point::new(left, grid.baseline(row.saturating_sub(1)));
            let title_width = lines.last().map_or(Length::ZERO, |line| line.width);
            self.leader(page, entry.folio, title_width, baseline, &element);
            page.links.push(Link {
                rect: placement::link_area(
                    baseline,
                    Length::ZERO,
                    grid.measure,
                    styles::text(grid).size,
                ),
                target: Target::Page(entry.page),
                label: entry.label(),
                element: Some(element),
            });
        }
    }

    /// The first row below a heading.
    pub(super) fn first_row(&self) -> usize {
        let grid = self.grid;
        let heading_style = &grid.style.text_styles.chapter;
        let rows = (grid.leading_of(heading_style) * 2).to_emu() / grid.leading.to_emu().max(1);
        let below_heading = grid.title_row() + usize::try_from(rows).unwrap_or(0).max(3);
        below_heading.max(grid.sink_row())
    }

    /// Sets thumbnails in rows, from the top of the page down, each with its folio and its text.
    pub(in crate::layout) fn pictures(
        &self,
        heading: &str,
        entries: &[(ListLine, &Plate)],
        pages: &mut Vec<Page>,
    ) {
        const LINES: i64 = 3;
        let grid = self.grid;
        let leading = grid.leading_of(&grid.style.text_styles.caption);
        let mut index = self.open(heading, ListWidth::Page, pages);
        let contents = self.section.child(StructureKind::Contents);
        let inside = grid.inside(pages[index].side);
        let gap = grid.trim.shorter().scale(30, 1000);
        // Four in a row, unless they would be too small to recognize.
        let columns = if inside.width >= Length::mm(160) { 4 } else { 3 };
        let count = i64::try_from(columns).unwrap_or(1);
        let width = (inside.width - gap * (count - 1)) / count;
        let cell = Size::new(width, width.scale(2, 3));
        let step = cell.height + leading * (LINES + 2);
        let heading_style = &grid.style.text_styles.chapter;
        let head = grid.margins.top;
        let mut top = head + grid.leading_of(heading_style) * 2;
        let last = inside.bottom() - cell.height - leading * (LINES + 1);
        let rows_fitting = |top: Length| {
            let more = (last - top).to_emu().max(0) / step.to_emu().max(1);
            usize::try_from(more).unwrap_or(0) + 1
        };
        let rows = entries.len().div_ceil(columns);
        let mut entries = entries;
        for (number, rows) in
            distribute(rows, rows_fitting(top), rows_fitting(head)).iter().enumerate()
        {
            if number > 0 {
                index = (self.next)(pages);
                top = head;
            }
            let (page_entries, rest) = entries.split_at(entries.len().min(rows * columns));
            entries = rest;
            for (position, (entry, plate)) in page_entries.iter().enumerate() {
                let page = &mut pages[index];
                let column = i64::try_from(position % columns).unwrap_or(0);
                let column = if grid.binding_right { count - 1 - column } else { column };
                let top = top + step * i64::try_from(position / columns).unwrap_or(0);
                let left = grid.inside(page.side).x + (width + gap) * column;
                let area = Rect::new(Point::new(left, top), cell);
                page.items.push(thumbnail(plate, area, grid.binding_right));
                let mut spans = styles::plain(
                    format!("{}\u{2003}", entry.folio),
                    styles::secondary(grid, &styles::caption(grid)),
                );
                spans.extend(entry.title.iter().cloned());
                let mut lines =
                    placement::ragged(self.faces, spans, &self.book.language, width, Align::Start);
                lines.truncate(usize::try_from(LINES).unwrap_or(3));
                let element = entry_element(&contents);
                let lines = elements::in_element(lines, &element);
                let at = Point::new(left, area.bottom() + leading.scale(13, 10));
                placement::lines(page, &lines, at, leading);
                page.links.push(Link {
                    rect: area,
                    target: Target::Page(entry.page),
                    label: entry.label(),
                    element: Some(element),
                });
            }
        }
    }

    /// Sets leader dots from the title to the folio, at the same positions in all lines, and the
    /// folio.
    fn leader(
        &self,
        page: &mut Page,
        folio: Folio,
        title: Length,
        baseline: Point,
        element: &Arc<StructureElement>,
    ) {
        let grid = self.grid;
        let align = |words: &str, style, align| {
            let spans = styles::plain(words, style);
            placement::ragged(self.faces, spans, &self.book.language, grid.measure, align)
        };
        let numbers = align(&folio.to_string(), styles::tabular(&styles::text(grid)), Align::End);
        let numbers = elements::in_element(numbers, element);
        let Some(number) = numbers.first() else { return };
        placement::line(page, number, baseline);
        let dots = align(".", styles::secondary(grid, &styles::folio(grid)), Align::Start);
        let dots = placement::with_kind(dots, PassageKind::Ornament);
        let Some(Item::Glyphs(dot)) =
            dots.first().and_then(|line| line.runs.first()).cloned().map(Item::Glyphs)
        else {
            return;
        };
        let step = grid.size(7_000);
        let reserved = grid.size(20_000);
        let gap = grid.size(6_000);
        let count = grid.measure.to_emu() / step.to_emu().max(1);
        for index in 0..count {
            let x = step * index;
            // Positions are counted from the end, where the folios are, so that the dots are
            // aligned.
            let from_end = if grid.binding_right { x } else { grid.measure - x };
            if from_end < reserved || grid.measure - from_end < title + gap {
                continue;
            }
            let mut copy = dot.clone();
            copy.origin = Point::new(baseline.x + grid.measure - from_end, baseline.y);
            if grid.binding_right {
                copy.origin.x = baseline.x + x;
            }
            page.items.push(Item::Glyphs(copy));
        }
    }
}

/// Distributes rows evenly over the smallest number of pages, so that no row is left alone on a
/// page. The first page holds at most `first` rows, the others at most `full`.
fn distribute(mut rows: usize, first: usize, full: usize) -> Vec<usize> {
    let pages = 1 + rows.saturating_sub(first).div_ceil(full);
    let share = |page: usize| {
        let limit = if page == 0 { first } else { full };
        let page_entries = rows.div_ceil(pages - page).min(limit);
        rows -= page_entries;
        page_entries
    };
    (0..pages).map(share).collect()
}

/// A thumbnail inside an area, at its bottom and at the start of lines.
fn thumbnail(plate: &Plate, area: Rect, right_to_left: bool) -> Item {
    let pixels = plate.picture.upright();
    let (w, h) = (i64::from(pixels.width.max(1)), i64::from(pixels.height.max(1)));
    let by_width = Size::new(area.width, area.width.scale(h, w));
    let size = if by_width.height <= area.height {
        by_width
    } else {
        Size::new(area.height.scale(w, h), area.height)
    };
    let left = if right_to_left { area.right() - size.width } else { area.x };
    let frame = Rect::new(Point::new(left, area.bottom() - size.height), size);
    Item::Picture(Box::new(PlacedPicture {
        picture: Arc::new(plate.picture.clone()),
        // It has its alternative text on the plate's own page.
        alt: Some(String::new()),
        frame,
        clip: frame,
        turn: Turn::Upright,
        continues_previous: false,
        element: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_distributed_evenly() {
        assert_eq!(distribute(3, 3, 4), [3]);
        assert_eq!(distribute(4, 3, 4), [2, 2]);
        assert_eq!(distribute(13, 3, 4), [3, 4, 3, 3]);
        for rows in 1..60 {
            let distributed = distribute(rows, 3, 4);
            assert_eq!(distributed.iter().sum::<usize>(), rows);
            assert!(distributed[0] <= 3 && distributed.iter().all(|rows| (1..=4).contains(rows)));
        }
    }
}
