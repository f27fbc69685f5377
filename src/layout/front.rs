//! The front matter: half-title, title page, imprint, contents.

use crate::model::{
    Book, Folio, Identifier, Item, Length, Link, Numbering, Page, Point, Side, Target, Words,
};
use crate::typeset::{Align, Faces, Span, Style};

use super::{Grid, place, styles};

/// A line of the contents.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    /// Its words.
    pub(super) title: Vec<Span>,
    /// The folio it names.
    pub(super) folio: Folio,
    /// The index of its page in the body.
    pub(super) page: usize,
}

/// The front matter, an even number of pages; the contents only where there is something
/// to list.
pub(super) fn pages(book: &Book, faces: &Faces, grid: &Grid, contents: &[Listed]) -> Vec<Page> {
    let front = Front { book, faces, grid, words: Words::of(&book.language) };
    let mut pages = Vec::new();
    front.half_title(next(&mut pages));
    next(&mut pages);
    front.title(next(&mut pages));
    front.imprint(next(&mut pages));
    if !contents.is_empty() {
        front.contents(contents, &mut pages);
    }
    if pages.len() % 2 == 1 {
        next(&mut pages);
    }
    // The contents were listed before it was known how many pages stand before the body.
    let before = pages.len();
    for link in pages.iter_mut().flat_map(|page| &mut page.links) {
        if let Target::Page(index) = &mut link.target {
            *index += before;
        }
    }
    pages
}

/// Adds a page to the front matter.
fn next(pages: &mut Vec<Page>) -> &mut Page {
    let index = pages.len();
    let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
    let folio = Folio { numbering: Numbering::Roman, number };
    pages.push(place::blank(folio, Side::of(index)));
    &mut pages[index]
}

struct Front<'a> {
    book: &'a Book,
    faces: &'a Faces,
    grid: &'a Grid,
    words: &'static Words,
}

impl Front<'_> {
    /// Sets spans in the column from this baseline down; returns the next baseline.
    fn column(&self, page: &mut Page, spans: Vec<Span>, y: Length, leading: Length) -> Length {
        let lines = place::ragged(
            self.faces,
            spans,
            &self.book.language,
            self.grid.measure,
            styles::title_align(self.grid),
        );
        place::lines(page, &lines, Point::new(self.grid.column_left(page.side), y), leading)
    }

    /// The line from which every opening of the book hangs.
    fn sink(&self) -> Length {
        self.grid.baseline(self.grid.sink_row())
    }

    fn half_title(&self, page: &mut Page) {
        let style = styles::half_title(self.grid);
        let leading = self.grid.leading_of(&self.grid.look.voices.half_title);
        self.column(page, styles::plain(self.book.title.as_str(), style), self.sink(), leading);
    }

    /// The style of the title and its leading: a long title is set smaller, so that it takes
    /// a third of the page at the most.
    fn title_style(&self) -> (Style, Length) {
        let grid = self.grid;
        let room = grid.trim.height.scale(1, 3);
        let voice = grid.look.voices.title;
        // In thirtieths of the design's size: 30, 25, 20 … points in the classic one.
        let sizes = [30, 25, 20, 16, 12];
        let sized = |thirtieths: i64| {
            let leading = grid.leading_of(&voice).scale(thirtieths, 30);
            let size = grid.size_of(&voice).scale(thirtieths, 30);
            (Style { size, ..styles::title(grid) }, leading)
        };
        let fits = |(style, leading): &(Style, Length)| {
            let spans = styles::plain(self.book.title.as_str(), style.clone());
            let lines = place::ragged(
                self.faces,
                spans,
                &self.book.language,
                grid.measure,
                Align::Balanced,
            );
            *leading * i64::try_from(lines.len()).unwrap_or(i64::MAX / 1_000_000_000) <= room
        };
        sizes.into_iter().map(sized).find(fits).unwrap_or_else(|| sized(10))
    }

    fn title(&self, page: &mut Page) {
        let grid = self.grid;
        let (style, leading) = self.title_style();
        let title = styles::plain(self.book.title.as_str(), style);
        let mut y = self.column(page, title, self.sink(), leading);
        y = y - leading + grid.leading * 2;
        if let Some(subtitle) = &self.book.subtitle {
            let spans = styles::plain(subtitle.as_str(), styles::subtitle(grid));
            y = self.column(page, spans, y, grid.leading_of(&grid.look.voices.subtitle));
        }
        let bylines = self.book.bylines();
        let foot = grid.baseline(grid.rows() - 1);
        y += grid.leading * 2;
        if grid.look.titles.names_at_foot {
            // A row of white parts the names from the publisher below them.
            let rows = bylines.len() + if self.book.publisher.is_some() { 2 } else { 0 };
            y = y.max(foot - grid.leading * (i64::try_from(rows).unwrap_or(0) - 1));
        }
        for line in bylines {
            y = self.column(page, styles::plain(line, styles::text(grid)), y, grid.leading);
        }
        if let Some(publisher) = &self.book.publisher {
            let style = styles::text(grid);
            self.column(page, styles::plain(publisher.as_str(), style), foot, grid.leading);
        }
    }

    /// At the foot of the title's verso: who made the book, and whose it is.
    fn imprint(&self, page: &mut Page) {
        let grid = self.grid;
        let book = self.book;
        let mut paragraphs: Vec<String> = Vec::new();
        paragraphs.extend(book.crowded_byline());
        paragraphs.extend(book.shared_credit().map(str::to_owned));
        paragraphs.extend(book.rights.clone());
        paragraphs.extend(book.license.clone());
        let year = book.date.map(|date| date.year.to_string());
        let published: Vec<&str> =
            [book.publisher.as_deref(), year.as_deref()].into_iter().flatten().collect();
        if !published.is_empty() {
            paragraphs.push(published.join(", "));
        }
        if let Identifier::Isbn(isbn) = &book.identifier {
            paragraphs.push(format!("ISBN {isbn}"));
        }
        let style = styles::caption(grid);
        let leading = grid.leading_of(&grid.look.voices.caption);
        let set: Vec<_> = paragraphs
            .into_iter()
            .map(|words| {
                let spans = match book.license.as_deref() {
                    Some(license) if license == words => {
                        vec![Span {
                            text: words.clone(),
                            style: style.clone(),
                            link: Some(words.as_str().into()),
                        }]
                    }
                    _ => styles::plain(words, style.clone()),
                };
                place::ragged(self.faces, spans, &book.language, grid.measure, Align::Start)
            })
            .collect();
        let gap = leading / 2;
        let lines: usize = set.iter().map(Vec::len).sum();
        let gaps = i64::try_from(set.len().saturating_sub(1)).unwrap_or(0);
        let height = leading * i64::try_from(lines).unwrap_or(0) + gap * gaps;
        let mut y = grid.baseline(grid.rows() - 1) - height + leading;
        for lines in &set {
            let at = Point::new(grid.column_left(page.side), y);
            y = place::lines(page, lines, at, leading) + gap;
        }
    }

    fn contents(&self, listed: &[Listed], pages: &mut Vec<Page>) {
        let grid = self.grid;
        let first_row = grid.sink_row() + 3;
        let mut row = first_row;
        let page = next(pages);
        let heading = styles::plain(self.words.contents, styles::heading(grid));
        self.column(page, heading, self.sink(), grid.leading_of(&grid.look.voices.chapter));
        let mut index = pages.len() - 1;
        for entry in listed {
            let measure = grid.measure - grid.size(28_000);
            let lines = place::ragged(
                self.faces,
                entry.title.clone(),
                &self.book.language,
                measure,
                Align::Balanced,
            );
            if row + lines.len() > grid.rows() {
                next(pages);
                index = pages.len() - 1;
                row = 0;
            }
            let page = &mut pages[index];
            let left = grid.column_left(page.side);
            let text_left = if grid.binding_right { left + grid.size(28_000) } else { left };
            for line in &lines {
                place::line(page, line, Point::new(text_left, grid.baseline(row)));
                row += 1;
            }
            let baseline = Point::new(left, grid.baseline(row.saturating_sub(1)));
            let title_width = lines.last().map_or(Length::ZERO, |line| line.width);
            self.leader(page, entry.folio, title_width, baseline);
            page.links.push(Link {
                rect: place::link_area(
                    baseline,
                    Length::ZERO,
                    grid.measure,
                    styles::text(grid).size,
                ),
                target: Target::Page(entry.page),
            });
        }
    }

    /// Dots from the title to the folio, on one grid for all lines, and the folio.
    fn leader(&self, page: &mut Page, folio: Folio, title: Length, baseline: Point) {
        let grid = self.grid;
        let align = |words: &str, style, align| {
            let spans = styles::plain(words, style);
            place::ragged(self.faces, spans, &self.book.language, grid.measure, align)
        };
        let numbers = align(&folio.to_string(), styles::tabular(&styles::text(grid)), Align::End);
        let Some(number) = numbers.first() else { return };
        place::line(page, number, baseline);
        let dots = align(".", styles::secondary(grid, &styles::folio(grid)), Align::Start);
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
            // Counted from the end, where the folios stand, so that the dots align.
            let from_end = if grid.binding_right { x } else { grid.measure - x };
            if from_end < reserved || grid.measure - from_end < title + gap {
                continue;
            }
            let mut one = dot.clone();
            one.origin = Point::new(baseline.x + grid.measure - from_end, baseline.y);
            if grid.binding_right {
                one.origin.x = baseline.x + x;
            }
            page.items.push(Item::Glyphs(one));
        }
    }
}
