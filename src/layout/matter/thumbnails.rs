//! The list of plates as rows of thumbnails.

use std::sync::Arc;

use crate::model::{
    Item, Length, Link, Page, PlacedPicture, Plate, Point, Rect, Side, Size, StructureKind, Target,
    Turn,
};
use crate::typeset::{Align, Line, Shortened, ShortenedEnd, Span};

use crate::layout::matter::distribution::distribute;
use crate::layout::matter::lists::{ListContext, ListLine, ListWidth, entry_element};
use crate::layout::matter::shortened_caption::{shortened_caption, shortened_spans};
use crate::layout::plates::caption;
use crate::layout::plates::sizes::PictureShape;
use crate::layout::text::styles;
use crate::layout::{elements, placement};

impl ListContext<'_> {
    /// Sets thumbnails in rows, from the top of the page down, each with its folio and its text.
    pub(in crate::layout) fn pictures(
        &self,
        heading: &str,
        entries: &[(ListLine, &Plate)],
        pages: &mut Vec<Page>,
    ) {
        let grid = self.grid;
        let leading = grid.leading_of(&grid.style.text_styles.caption);
        let mut index = (self.next)(pages);
        let contents = self.section.child(StructureKind::Contents);
        let side = pages[index].side;
        let inside = grid.inside(side);
        let gap = grid.trim.shorter().scale(30, 1000);
        let head = grid.margins.top;
        let below_picture = leading.scale(13, 10);
        let rows = |columns: usize, title_row: usize, most: usize, space: Length| {
            // The space below the last row may be beyond the foot.
            let room = |top: Length| (inside.bottom() + space - top).to_emu();
            let first = self.below_page_title(title_row);
            let count = i64::try_from(columns).unwrap_or(1);
            let width = (inside.width - gap * (count - 1)) / count;
            let cell = Size::new(width, width.scale(2, 3));
            let texts: Vec<Vec<Line>> = entries
                .iter()
                .map(|(entry, plate)| self.thumbnail_text(entry, plate, width, most))
                .collect();
            // Rows of pictures, each as high as its longest text.
            let heights: Vec<Length> = texts
                .chunks(columns)
                .map(|row| {
                    let lines = row.iter().map(Vec::len).max().unwrap_or(0);
                    let lines = leading * i64::try_from(lines).unwrap_or(0);
                    cell.height + (below_picture - leading) + lines + space
                })
                .collect();
            let distributed = |heights: &[Length], second: Length| {
                let heights: Vec<i64> = heights.iter().map(|height| height.to_emu()).collect();
                distribute(&heights, room(first), room(second))
            };
            // All rows are equally far apart, and on the same lines of facing pages, unless that
            // takes another page.
            let equal = vec![heights.iter().max().copied().unwrap_or_default(); heights.len()];
            let usual = distributed(&heights, head);
            let faces = side == Side::Verso && usual.len() == 2;
            let choices = [(&equal, first), (&heights, first), (&equal, head)];
            let level = choices
                .into_iter()
                .filter(|(_, second)| faces || *second == head)
                .map(|(heights, second)| (heights, second, distributed(heights, second)))
                .find(|(.., on_pages)| on_pages.len() == usual.len());
            let (heights, second, on_pages) = match level {
                Some((heights, second, on_pages)) => (heights.clone(), second, on_pages),
                None => (heights.clone(), head, usual),
            };
            ThumbnailRows {
                title_row,
                columns,
                cell,
                texts,
                heights,
                tops: [first, second],
                faces,
                on_pages,
            }
        };
        let title_rows = self.page_title_rows();
        let best = |(most, space): (usize, Length)| {
            let columns = in_a_row(inside.width).iter();
            let choices =
                title_rows.into_iter().flat_map(|row| columns.clone().map(move |it| (row, it)));
            let choices =
                choices.map(|(title_row, columns)| rows(*columns, title_row, most, space));
            choices.min_by_key(|rows| rows.cost(entries.len()))
        };
        let [space, narrow] = [leading.scale(17, 10), leading.scale(12, 10)];
        let Some(usual) = best((USUAL_LINES, space)) else { return };
        // Rows grow rather than have captions without their end, unless that takes another page.
        let lines = (USUAL_LINES + 1..=MAX_LINES).rev();
        let grown = lines.flat_map(|most| [(most, space), (most, narrow)]).filter_map(best);
        let is_as_good = |rows: &ThumbnailRows| {
            rows.on_pages.len() <= usual.on_pages.len()
                && rows.cost(entries.len()) <= usual.cost(entries.len())
        };
        let best = grown.into_iter().find(is_as_good).unwrap_or(usual);
        let ThumbnailRows { title_row, columns, cell, texts, heights, tops, on_pages, .. } = best;
        self.heading(&mut pages[index], heading, ListWidth::Page, title_row);
        let count = i64::try_from(columns).unwrap_or(1);
        let width = cell.width;
        let mut y = tops[0];
        let mut rows = entries.chunks(columns).zip(texts.chunks(columns)).zip(heights);
        for (number, count_on_page) in on_pages.into_iter().enumerate() {
            if number > 0 {
                index = (self.next)(pages);
                y = if number == 1 { tops[1] } else { head };
            }
            for ((row, texts), height) in rows.by_ref().take(count_on_page) {
                for (position, ((entry, plate), lines)) in row.iter().zip(texts).enumerate() {
                    let page = &mut pages[index];
                    let column = i64::try_from(position).unwrap_or(0);
                    let column = if grid.binding_right { count - 1 - column } else { column };
                    let left = grid.inside(page.side).x + (width + gap) * column;
                    let area = Rect::new(Point::new(left, y), cell);
                    page.items.push(thumbnail(plate, area, grid.binding_right));
                    let at = Point::new(left, area.bottom() + below_picture);
                    let lines = elements::in_element(lines.clone(), &entry_element(&contents));
                    placement::lines(page, &lines, at, leading);
                    let element = lines.first().and_then(|line| line.runs.first());
                    page.links.push(Link {
                        rect: area,
                        target: Target::Page(entry.page),
                        label: entry.label(),
                        element: element.and_then(|run| run.element.clone()),
                    });
                }
                y += height;
            }
        }
    }

    /// The text below a thumbnail: the number of the plate, or its folio, and its caption, in at most
    /// so many lines. Only a whole caption or a sentence has more than the usual number.
    fn thumbnail_text(
        &self,
        entry: &ListLine,
        plate: &Plate,
        width: Length,
        most: usize,
    ) -> Vec<Line> {
        let grid = self.grid;
        let caption = styles::caption(grid);
        let secondary = styles::secondary(grid, &caption);
        let folio = entry.folio.to_string();
        let is_numbered = grid.style.plates.numbered;
        let first = if is_numbered { plate.number.to_string() } else { folio.clone() };
        let set = |title: &[Span]| {
            let mut spans = styles::plain(format!("{first}\u{2003}"), secondary.clone());
            spans.extend(title.iter().cloned());
            if is_numbered {
                spans.extend(styles::plain(format!("\u{2003}{folio}"), secondary.clone()));
            }
            placement::ragged(self.faces, spans, &self.book.language, width, Align::Start)
        };
        let lines = set(&entry.title);
        // What is with no picture is not shortened.
        if lines.len() <= most || caption::is_brief(plate) {
            return lines;
        }
        let ways = shortened_caption(&entry.title);
        let (sentences, others): (Vec<_>, Vec<_>) =
            ways.into_iter().partition(|it| it.end == ShortenedEnd::Sentence);
        let in_lines = |ways: &[Shortened], most: usize| {
            let set = ways.iter().map(|it| set(&shortened_spans(&entry.title, *it)));
            set.into_iter().find(|lines| lines.len() <= most)
        };
        in_lines(&sentences, USUAL_LINES)
            .or_else(|| in_lines(&sentences, most))
            .or_else(|| in_lines(&others, USUAL_LINES))
            .unwrap_or(lines)
    }
}

/// The most lines of a caption under a thumbnail, all of which is with its picture: usually, and of
/// one that would be shortened otherwise.
const USUAL_LINES: usize = 4;
const MAX_LINES: usize = 6;
/// The cost of facing pages on which rows begin at different heights.
const JUMP: usize = 4;
/// Thumbnails that are set but not yet placed.
struct ThumbnailRows {
    /// The row of the heading.
    title_row: usize,
    columns: usize,
    cell: Size,
    texts: Vec<Vec<Line>>,
    heights: Vec<Length>,
    /// The tops of the first and the second page.
    tops: [Length; 2],
    /// Whether these are seen together.
    faces: bool,
    /// The rows on each page.
    on_pages: Vec<usize>,
}

impl ThumbnailRows {
    /// The cost of so many thumbnails: pages, pages that are not as full as others, and places in the
    /// last row that are empty.
    fn cost(&self, thumbnails: usize) -> usize {
        let mut left = thumbnails;
        let counts: Vec<usize> = self
            .on_pages
            .iter()
            .map(|rows| {
                let count = (rows * self.columns).min(left);
                left -= count;
                count
            })
            .collect();
        let (most, least) = (counts.iter().max(), counts.iter().min());
        let uneven = most.zip(least).map_or(0, |(most, least)| most - least);
        let missing = (self.columns - thumbnails % self.columns) % self.columns;
        // On facing pages, rows do not begin on the same line.
        let jump = if self.faces && self.tops[0] != self.tops[1] { JUMP } else { 0 };
        counts.len() * 10 + uneven + missing + jump
    }
}

/// The possible numbers of thumbnails in a row, the usual one first: about four, unless they would be
/// too small to recognize.
fn in_a_row(width: Length) -> &'static [usize] {
    match width {
        wide if wide >= Length::mm(220) => &[4, 5, 6],
        wide if wide >= Length::mm(160) => &[4, 3],
        _ => &[3, 2],
    }
}

/// A thumbnail inside an area, at its bottom and at the start of lines.
fn thumbnail(plate: &Plate, area: Rect, right_to_left: bool) -> Item {
    let size = PictureShape::upright(&plate.picture).within(Size::new(area.width, area.height));
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
