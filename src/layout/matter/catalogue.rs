//! The list of plates as a catalogue: all that is known about each of them.

use std::sync::Arc;

use crate::model::{
    Length, Link, Page, Plate, Point, Rect, Side, Size, Strings, StructureElement, StructureKind,
    Target,
};
use crate::typeset::{Align, Line, Span};

use crate::layout::matter::distribution::fill_columns;
use crate::layout::matter::lists::{ListContext, ListLine, ListWidth, entry_element};
use crate::layout::matter::shortened_caption::without_full_stop;
use crate::layout::text::styles;
use crate::layout::{Grid, elements, placement};

/// The space between two columns of a catalogue, in thousandths of the shorter side of the page.
const COLUMN_GAP: i64 = 60;

/// An entry of a catalogue that is set but not yet placed.
struct CatalogueEntry {
    number: Vec<Line>,
    lines: Vec<Line>,
    element: Arc<StructureElement>,
}

/// The columns of a catalogue: two on a wide page, where one would be a narrow strip.
struct CatalogueColumns {
    count: usize,
    width: Length,
    step: Length,
}

impl CatalogueColumns {
    fn new(grid: &Grid) -> Self {
        let inside = grid.inside(Side::Recto).width;
        let gap = grid.trim.shorter().scale(COLUMN_GAP, 1000);
        let width = ((inside - gap) / 2).min(grid.measure);
        let is_wide = grid.trim.width > grid.trim.height.scale(115, 100);
        // Two columns have nearly the width of running text.
        if is_wide && width * 10 >= grid.measure * 7 {
            Self { count: 2, width, step: inside - width }
        } else {
            Self { count: 1, width: grid.measure, step: Length::ZERO }
        }
    }

    /// The width of the heading.
    fn heading(&self) -> ListWidth {
        if self.count > 1 { ListWidth::Page } else { ListWidth::Column }
    }

    /// The first baseline below the heading on this row.
    fn first_baseline(&self, list: &ListContext<'_>, title_row: usize, grid: &Grid) -> Length {
        if self.count == 1 {
            return grid.baseline(list.first_row());
        }
        let least = list.below_page_title(title_row);
        (0..grid.rows()).map(|row| grid.baseline(row)).find(|y| *y >= least).unwrap_or(least)
    }

    /// The left edge of a column, counted in the direction of reading.
    fn left(&self, position: usize, side: Side, grid: &Grid) -> Length {
        if self.count == 1 {
            return grid.column_left(side);
        }
        let offset = self.step * i64::try_from(position).unwrap_or(0);
        let inside = grid.inside(side);
        if grid.binding_right { inside.right() - offset - self.width } else { inside.x + offset }
    }
}

impl ListContext<'_> {
    /// Sets the plates one under another, on as many pages as needed: the number of the plate, or
    /// of its page if plates have no numbers, in a column, and beside it the caption, the place and
    /// the date, and the credit. Returns its width.
    pub(in crate::layout) fn catalogue(
        &self,
        heading: &str,
        plates: &[(ListLine, &Plate)],
        pages: &mut Vec<Page>,
    ) -> ListWidth {
        let grid = self.grid;
        let style = styles::caption(grid);
        let leading = grid.leading_of(&grid.style.text_styles.caption);
        let is_numbered = grid.style.plates.numbered;
        let numbers = style.size * 4;
        let floor = grid.baseline(grid.rows() - 1);
        let contents = self.section.child(StructureKind::Contents);
        let columns = CatalogueColumns::new(grid);
        let measure = columns.width - numbers;
        let set: Vec<CatalogueEntry> = plates
            .iter()
            .map(|(entry, plate)| {
                let element = entry_element(&contents);
                let number = if is_numbered {
                    self.book.printed_number(plate).unwrap_or_default()
                } else {
                    entry.folio.to_string()
                };
                let number = styles::plain(number, styles::tabular(&style));
                let number = self.ragged(number, numbers);
                let lines: Vec<Line> = self
                    .texts(plate, &entry.folio.to_string(), is_numbered)
                    .into_iter()
                    .flat_map(|spans| self.ragged(spans, measure))
                    .collect();
                let number = elements::in_element(number, &element);
                let lines = elements::in_element(lines, &element);
                CatalogueEntry { number, lines, element }
            })
            .collect();
        let height =
            |entry: &CatalogueEntry| leading * i64::try_from(entry.lines.len().max(1)).unwrap_or(1);
        let mut index = (self.next)(pages, self.book);
        let head = grid.baseline(0);
        let filled = |tops: [Length; 3], gap: Length| {
            let heights: Vec<i64> = set.iter().map(|it| (height(it) + gap).to_emu()).collect();
            // The space below the last entry may be beyond the foot.
            let room = |page: usize| (floor - tops[page.min(2)] + leading + gap).to_emu();
            fill_columns(&heights, &[], room, columns.count)
        };
        let pages_of = |counts: &[usize]| counts.len().div_ceil(columns.count);
        let title_rows = match columns.heading() {
            ListWidth::Column => [self.title_row(); 2],
            ListWidth::Page => self.page_title_rows(),
        };
        let side = pages[index].side;
        // Facing pages begin on the same line, unless that takes another page.
        let level = |first: Length, gap: Length| {
            let usual = filled([first, head, head], gap);
            let level = filled([first, first, head], gap);
            let faces = side == Side::Verso && pages_of(&usual) == 2;
            let is_level = faces && pages_of(&level) == 2;
            let jumps = faces && !is_level;
            if is_level { (level, first, jumps) } else { (usual, head, jumps) }
        };
        // The space between entries is not worth another page.
        let gaps = [leading.scale(60, 100), leading.scale(30, 100)];
        let settings = gaps.into_iter().flat_map(|gap| title_rows.map(|row| (gap, row)));
        let setting = settings.min_by_key(|(gap, row)| {
            let (counts, _, jumps) = level(columns.first_baseline(self, *row, grid), *gap);
            (pages_of(&counts), jumps)
        });
        let Some((gap, title_row)) = setting else { return columns.heading() };
        let first = columns.first_baseline(self, title_row, grid);
        self.heading(&mut pages[index], heading, columns.heading(), title_row);
        let (counts, second, _) = level(first, gap);
        let top = |page: usize| [first, second, head][page.min(2)];
        let mut rest = set.iter().zip(plates);
        for (column, count) in counts.into_iter().enumerate() {
            let (number, position) = (column / columns.count, column % columns.count);
            if number > 0 && position == 0 {
                index = (self.next)(pages, self.book);
            }
            let mut y = top(number);
            for (set, (entry, _)) in rest.by_ref().take(count) {
                let page = &mut pages[index];
                let left = columns.left(position, page.side, grid);
                let (number_left, text_left) = if grid.binding_right {
                    (left + measure, left)
                } else {
                    (left, left + numbers)
                };
                placement::lines(page, &set.number, Point::new(number_left, y), leading);
                placement::lines(page, &set.lines, Point::new(text_left, y), leading);
                let depth = height(set) - leading;
                page.links.push(Link {
                    rect: Rect::new(
                        Point::new(left, y - style.size),
                        Size::new(columns.width, depth + style.size.scale(13, 10)),
                    ),
                    target: Target::Page(entry.page),
                    label: entry.label(),
                    element: Some(Arc::clone(&set.element)),
                });
                y += height(set) + gap;
            }
        }
        columns.heading()
    }

    fn ragged(&self, spans: Vec<Span>, measure: Length) -> Vec<Line> {
        placement::ragged(self.faces, spans, &self.book.language, measure, Align::Start)
    }

    /// The paragraphs about a plate: its caption, its place and date, its credit and its page.
    fn texts(&self, plate: &Plate, folio: &str, is_numbered: bool) -> Vec<Vec<Span>> {
        let grid = self.grid;
        let language = &self.book.language;
        let style = styles::caption(grid);
        let secondary = styles::secondary(grid, &style);
        let mut caption = styles::spans(&plate.caption, &style);
        for span in &mut caption {
            // The whole entry is a link.
            span.link = None;
        }
        if caption.iter().all(|span| span.text.trim().is_empty()) {
            let name = Strings::for_language(language).plate;
            caption =
                styles::plain(format!("{name} {}", language.digits().write(plate.number)), style);
        }
        caption = without_full_stop(caption);
        if is_numbered {
            caption.extend(styles::plain(format!("\u{2003}{folio}"), styles::tabular(&secondary)));
        }
        let mut texts = vec![caption];
        let place = plate.place_and_date(language).join(Strings::for_language(language).comma);
        if !place.is_empty() {
            texts.push(styles::plain(place, secondary));
        }
        if let Some(credit) = plate.credit.as_deref().filter(|credit| !credit.is_empty()) {
            texts.push(styles::plain(credit, styles::credit(grid)));
        }
        texts
    }
}
