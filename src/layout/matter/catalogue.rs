//! The list of plates as a catalogue: all that is known about each of them.

use crate::model::{Length, Link, Page, Plate, Point, Rect, Size, Strings, StructureKind, Target};
use crate::typeset::{Align, Line, Span};

use crate::layout::matter::lists::{ListContext, ListLine, ListWidth, entry_element};
use crate::layout::text::styles;
use crate::layout::{elements, placement};

impl ListContext<'_> {
    /// Sets the plates one under another, on as many pages as needed: the number of the plate, or
    /// of its page if plates have no numbers, in a column, and beside it the caption, the place and
    /// the date, and the credit.
    pub(in crate::layout) fn catalogue(
        &self,
        heading: &str,
        plates: &[(ListLine, &Plate)],
        pages: &mut Vec<Page>,
    ) {
        let grid = self.grid;
        let style = styles::caption(grid);
        let leading = grid.leading_of(&grid.style.text_styles.caption);
        let numbers = style.size * 4;
        let measure = grid.measure - numbers;
        let floor = grid.baseline(grid.rows() - 1);
        let contents = self.section.child(StructureKind::Contents);
        let mut index = self.open(heading, ListWidth::Column, pages);
        let mut y = grid.baseline(self.first_row());
        for (entry, plate) in plates {
            let element = entry_element(&contents);
            let is_numbered = grid.style.plates.numbered && plate.number > 0;
            let number =
                if is_numbered { plate.number.to_string() } else { entry.folio.to_string() };
            let number = styles::plain(number, styles::tabular(&style));
            let number = self.ragged(number, numbers);
            let lines: Vec<Line> = self
                .texts(plate, &entry.folio.to_string(), is_numbered)
                .into_iter()
                .flat_map(|spans| self.ragged(spans, measure))
                .collect();
            let number = elements::in_element(number, &element);
            let lines = elements::in_element(lines, &element);
            let depth = leading * i64::try_from(lines.len()).unwrap_or(0).saturating_sub(1);
            if y + depth > floor {
                index = (self.next)(pages);
                y = grid.baseline(0);
            }
            let page = &mut pages[index];
            let left = grid.column_left(page.side);
            let (number_left, text_left) =
                if grid.binding_right { (left + measure, left) } else { (left, left + numbers) };
            placement::lines(page, &number, Point::new(number_left, y), leading);
            placement::lines(page, &lines, Point::new(text_left, y), leading);
            page.links.push(Link {
                rect: Rect::new(
                    Point::new(left, y - style.size),
                    Size::new(grid.measure, depth + style.size.scale(13, 10)),
                ),
                target: Target::Page(entry.page),
                label: entry.label(),
                element: Some(element),
            });
            y += depth + leading.scale(160, 100);
        }
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
            caption = styles::plain(format!("{name} {}", plate.number), style);
        }
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
