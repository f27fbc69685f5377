//! The list of plates as rows of thumbnails.

use std::sync::Arc;

use crate::model::{
    Item, Length, Link, Page, PlacedPicture, Plate, Point, Rect, Side, Size, StructureKind, Target,
    Turn,
};
use crate::typeset::{Align, Line, ShortenedEnd, Span};

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
        let mut index = (self.next)(pages, self.book);
        let contents = self.section.child(StructureKind::Contents);
        let gap = self.thumbnail_gap();
        let head = grid.margins.top;
        let Some(best) = self.thumbnail_rows(entries, pages[index].side) else { return };
        let ThumbnailRows { title_row, texts, heights, tops, on_pages, .. } = best;
        let ThumbnailTexts { columns, cell, lines: texts, .. } = texts;
        self.heading(&mut pages[index], heading, ListWidth::Page, title_row);
        let count = i64::try_from(columns).unwrap_or(1);
        let width = cell.width;
        let mut y = tops[0];
        let mut rows = entries.chunks(columns).zip(texts.chunks(columns)).zip(heights);
        for (number, count_on_page) in on_pages.into_iter().enumerate() {
            if number > 0 {
                index = (self.next)(pages, self.book);
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
                    let at = Point::new(left, area.bottom() + below_picture(leading));
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

    /// The best rows: as few pages as needed, filled evenly.
    fn thumbnail_rows(&self, entries: &[(ListLine, &Plate)], side: Side) -> Option<ThumbnailRows> {
        let grid = self.grid;
        let leading = grid.leading_of(&grid.style.text_styles.caption);
        let width = grid.inside(side).width;
        let best = |most: usize, spaces: &[Length]| {
            let texts = in_a_row(width).iter();
            let texts = texts.map(|columns| self.thumbnail_texts(entries, *columns, most));
            let choices = texts.flat_map(|texts| {
                let rows = self.page_title_rows();
                let choices = spaces.iter().flat_map(move |space| rows.map(|row| (*space, row)));
                choices.map(move |(space, row)| (texts.clone(), space, row))
            });
            let choices =
                choices.map(|(texts, space, row)| self.distributed_rows(texts, row, space, side));
            choices.min_by_key(|rows| rows.cost(entries.len()))
        };
        let [space, narrow] = [leading.scale(17, 10), leading.scale(12, 10)];
        let usual = best(USUAL_LINES, &[space])?;
        if usual.texts.are_whole {
            return Some(usual);
        }
        // Rows grow, and are nearer to each other, rather than have captions without their end,
        // unless that takes another page.
        let grown = (USUAL_LINES + 1..=MAX_LINES).rev();
        let mut grown = grown.filter_map(|most| best(most, &[space, narrow]));
        let is_as_good = |rows: &ThumbnailRows| {
            rows.on_pages.len() <= usual.on_pages.len()
                && rows.cost(entries.len()) <= usual.cost(entries.len())
        };
        Some(grown.find(is_as_good).unwrap_or(usual))
    }

    /// The space between two thumbnails of a row.
    fn thumbnail_gap(&self) -> Length {
        self.grid.trim.shorter().scale(30, 1000)
    }

    /// The texts of all thumbnails, with so many in a row and so many lines each.
    fn thumbnail_texts(
        &self,
        entries: &[(ListLine, &Plate)],
        columns: usize,
        most: usize,
    ) -> ThumbnailTexts {
        let count = i64::try_from(columns).unwrap_or(1);
        let inside = self.grid.inside(Side::Recto).width;
        let width = (inside - self.thumbnail_gap() * (count - 1)) / count;
        let texts = entries.iter().map(|(entry, plate)| {
            let whole = self.thumbnail_text(entry, plate, &entry.title, width);
            // What is with no picture is not shortened.
            if caption::is_brief(plate) || whole.len() <= most {
                return (whole, true);
            }
            let shortened = self.shortened_text(entry, plate, width, most);
            shortened.map_or((whole, true), |lines| (lines, false))
        });
        let (lines, whole): (Vec<Vec<Line>>, Vec<bool>) = texts.unzip();
        let cell = Size::new(width, width.scale(2, 3));
        ThumbnailTexts { columns, cell, lines, are_whole: whole.into_iter().all(|it| it) }
    }

    /// Distributes rows over pages, with a heading on this row and this space below each.
    fn distributed_rows(
        &self,
        texts: ThumbnailTexts,
        title_row: usize,
        space: Length,
        side: Side,
    ) -> ThumbnailRows {
        let grid = self.grid;
        let leading = grid.leading_of(&grid.style.text_styles.caption);
        let head = grid.margins.top;
        let first = self.below_page_title(title_row);
        // The space below the last row may be beyond the foot.
        let room = |top: Length| (grid.inside(side).bottom() + space - top).to_emu();
        // Rows of pictures, each as high as its longest text.
        let rows = texts.lines.chunks(texts.columns).map(|row| {
            let lines = row.iter().map(Vec::len).max().unwrap_or(0);
            let lines = leading * (i64::try_from(lines).unwrap_or(0) - 1);
            texts.cell.height + below_picture(leading) + lines + space
        });
        let heights: Vec<Length> = rows.collect();
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
        ThumbnailRows { title_row, texts, heights, tops: [first, second], faces, on_pages }
    }

    /// The text below a thumbnail: the number of the plate, or its folio, and its caption.
    fn thumbnail_text(
        &self,
        entry: &ListLine,
        plate: &Plate,
        title: &[Span],
        width: Length,
    ) -> Vec<Line> {
        let grid = self.grid;
        let secondary = styles::secondary(grid, &styles::caption(grid));
        let folio = entry.folio.to_string();
        let is_numbered = grid.style.plates.numbered;
        let first = if is_numbered { self.book.printed_number(plate) } else { Some(folio.clone()) };
        let mut spans = Vec::new();
        if let Some(first) = first {
            // A word joiner keeps it beside the caption.
            spans.extend(styles::plain(format!("{first}\u{2003}\u{2060}"), secondary.clone()));
        }
        spans.extend(title.iter().cloned());
        if is_numbered {
            spans.extend(styles::plain(format!("\u{2003}{folio}"), secondary));
        }
        placement::ragged(self.faces, spans, &self.book.language, width, Align::Balanced)
    }

    /// The text below a thumbnail of which the whole has more than so many lines: sentences, or else a
    /// clause. A text without these, in the lines that it may have at most, ends with an ellipsis, or is
    /// whole (`None`) if those have room for all of it.
    fn shortened_text(
        &self,
        entry: &ListLine,
        plate: &Plate,
        width: Length,
        most: usize,
    ) -> Option<Vec<Line>> {
        let set = |title: &[Span]| self.thumbnail_text(entry, plate, title, width);
        let ways = shortened_caption(&entry.title);
        let in_lines = |end: ShortenedEnd, most: usize| {
            let ways = ways.iter().filter(|it| it.end == end);
            let mut set = ways.map(|it| set(&shortened_spans(&entry.title, *it)));
            set.find(|lines| lines.len() <= most)
        };
        let complete = in_lines(ShortenedEnd::Sentence, USUAL_LINES)
            .or_else(|| in_lines(ShortenedEnd::Sentence, most))
            .or_else(|| in_lines(ShortenedEnd::Clause, USUAL_LINES));
        if complete.is_some() || set(&entry.title).len() <= MAX_LINES {
            return complete;
        }
        in_lines(ShortenedEnd::Sentence, MAX_LINES)
            .or_else(|| in_lines(ShortenedEnd::Clause, MAX_LINES))
            .or_else(|| in_lines(ShortenedEnd::Word, USUAL_LINES))
    }
}

/// The distance of the first baseline of a text from its picture.
fn below_picture(leading: Length) -> Length {
    leading.scale(13, 10)
}

/// The most lines of a caption under a thumbnail, all of which is with its picture: usually, and of
/// one that would be shortened, or have an ellipsis, otherwise.
const USUAL_LINES: usize = 4;
const MAX_LINES: usize = 6;
/// The cost of facing pages on which rows begin at different heights.
const JUMP: usize = 4;

/// The texts of thumbnails, and how large their pictures are.
#[derive(Clone)]
struct ThumbnailTexts {
    columns: usize,
    cell: Size,
    lines: Vec<Vec<Line>>,
    /// Whether no caption is shortened.
    are_whole: bool,
}

/// Thumbnails that are set but not yet placed.
struct ThumbnailRows {
    /// The row of the heading.
    title_row: usize,
    texts: ThumbnailTexts,
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
                let count = (rows * self.texts.columns).min(left);
                left -= count;
                count
            })
            .collect();
        let (most, least) = (counts.iter().max(), counts.iter().min());
        let uneven = most.zip(least).map_or(0, |(most, least)| most - least);
        let columns = self.texts.columns;
        let missing = (columns - thumbnails % columns) % columns;
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
