//! The list of plates as rows of thumbnails.

use std::sync::Arc;

use crate::model::{
    Item, Length, Link, Page, PlacedPicture, Plate, Point, Rect, Size, StructureElement,
    StructureKind, Target, Turn,
};
use crate::typeset::{Align, Line};

use crate::layout::matter::distribution::distribute;
use crate::layout::matter::lists::{ListContext, ListLine, ListWidth, entry_element};
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
        let mut index = self.open(heading, ListWidth::Page, pages);
        let contents = self.section.child(StructureKind::Contents);
        let inside = grid.inside(pages[index].side);
        let gap = grid.trim.shorter().scale(30, 1000);
        let columns = in_a_row(entries.len(), inside.width);
        let count = i64::try_from(columns).unwrap_or(1);
        let width = (inside.width - gap * (count - 1)) / count;
        let cell = Size::new(width, width.scale(2, 3));
        let texts: Vec<Vec<Line>> = entries
            .iter()
            .map(|(entry, plate)| self.thumbnail_text(entry, plate, width, &contents))
            .collect();
        // Rows of pictures, each as high as its longest text.
        let mut heights: Vec<Length> = texts
            .chunks(columns)
            .map(|row| {
                let lines = row.iter().map(Vec::len).max().unwrap_or(0);
                cell.height + leading * (i64::try_from(lines).unwrap_or(0) + 2)
            })
            .collect();
        let head = grid.margins.top;
        let mut y = head + grid.leading_of(&grid.style.text_styles.chapter) * 2;
        // The space below the last row may be beyond the foot.
        let room = |top: Length| (inside.bottom() + leading - top).to_emu();
        let emus_of = |heights: &[Length]| -> Vec<i64> {
            heights.iter().map(|height| height.to_emu()).collect()
        };
        let mut emus = emus_of(&heights);
        // All rows are equally far apart, unless that takes another page.
        let highest = heights.iter().max().copied().unwrap_or_default();
        let equal = vec![highest; heights.len()];
        let pages_of = |emus: &[i64]| distribute(emus, room(y), room(head)).len();
        if pages_of(&emus_of(&equal)) == pages_of(&emus) {
            emus = emus_of(&equal);
            heights = equal;
        }
        let mut rows = entries.chunks(columns).zip(texts.chunks(columns)).zip(heights);
        for (number, count_on_page) in
            distribute(&emus, room(y), room(head)).into_iter().enumerate()
        {
            if number > 0 {
                index = (self.next)(pages);
                y = head;
            }
            for ((row, texts), height) in rows.by_ref().take(count_on_page) {
                for (position, ((entry, plate), lines)) in row.iter().zip(texts).enumerate() {
                    let page = &mut pages[index];
                    let column = i64::try_from(position).unwrap_or(0);
                    let column = if grid.binding_right { count - 1 - column } else { column };
                    let left = grid.inside(page.side).x + (width + gap) * column;
                    let area = Rect::new(Point::new(left, y), cell);
                    page.items.push(thumbnail(plate, area, grid.binding_right));
                    let at = Point::new(left, area.bottom() + leading.scale(13, 10));
                    placement::lines(page, lines, at, leading);
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

    /// The text below a thumbnail: the number of the plate, or its folio, and its caption.
    fn thumbnail_text(
        &self,
        entry: &ListLine,
        plate: &Plate,
        width: Length,
        contents: &Arc<StructureElement>,
    ) -> Vec<Line> {
        let grid = self.grid;
        let caption = styles::caption(grid);
        let secondary = styles::secondary(grid, &caption);
        let folio = entry.folio.to_string();
        let is_numbered = grid.style.plates.numbered;
        let first = if is_numbered { plate.number.to_string() } else { folio.clone() };
        let mut spans = styles::plain(format!("{first}\u{2003}"), secondary.clone());
        spans.extend(entry.title.iter().cloned());
        if is_numbered {
            spans.extend(styles::plain(format!("\u{2003}{folio}"), secondary));
        }
        let lines = placement::ragged(self.faces, spans, &self.book.language, width, Align::Start);
        elements::in_element(lines, &entry_element(contents))
    }
}

/// The number of thumbnails in a row: about four, unless they would be too small to recognize, and
/// as many as fill the last row best.
fn in_a_row(thumbnails: usize, width: Length) -> usize {
    let usual: &[usize] = match width {
        wide if wide >= Length::mm(220) => &[4, 5],
        wide if wide >= Length::mm(160) => &[4, 3],
        _ => &[3, 2],
    };
    let missing = |columns: &usize| (columns - thumbnails % columns) % columns;
    usual.iter().copied().min_by_key(missing).unwrap_or(3)
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
