//! The front matter: half-title, frontispiece, title page, imprint, dedication, contents.

use std::sync::Arc;

use crate::model::{
    Block, Book, BookTranslation, Entry, Folio, Identifier, Language, Length, Numbering, Page,
    ParagraphText, PassageKind, Point, Side, Strings, StructureElement, StructureKind, Translation,
    paragraphs,
};
use crate::typeset::{self, Align, Faces, Line, Slant, Span, Style};

use crate::layout::matter::lists::{ListContext, ListLine};
use crate::layout::plates::context::{PlateContext, PlateElement};
use crate::layout::plates::plate::FramedPlate;
use crate::layout::text::styles;
use crate::layout::{Grid, elements, endpapers, placement};

/// Lays out the front matter, an even number of pages; contents are included only if `contents`
/// is not empty.
pub(in crate::layout) fn pages(context: &PlateContext<'_>, contents: &[ListLine]) -> Vec<Page> {
    let PlateContext { book, faces, grid, .. } = *context;
    let strings = Strings::for_language(&book.language);
    let section = || StructureElement::part(StructureKind::Section);
    let front = Front { book, faces, grid, section: section() };
    let mut pages = Vec::new();
    for _ in 0..endpapers::pages_at_each_end(context) {
        next(&mut pages);
    }
    front.half_title(next(&mut pages));
    let facing = next(&mut pages);
    for (id, entry) in book.numbered() {
        if let Entry::Frontispiece(plate) = entry {
            facing.entry = Some(id);
            let element = front.section.child(StructureKind::Illustration);
            let plate = PlateElement { plate, element: &element };
            FramedPlate::new(plate, None, facing.side, context).set(facing, grid);
        }
    }
    front.title(next(&mut pages));
    front.imprint(next(&mut pages));
    for (id, entry) in book.numbered() {
        if let Entry::Dedication(essay) = entry {
            let page = next(&mut pages);
            page.entry = Some(id);
            Front { section: section(), ..front }.dedication(page, &essay.blocks);
            next(&mut pages);
        }
    }
    if !contents.is_empty() {
        let lists = ListContext { book, faces, grid, section: section(), next: next_index };
        lists.lines(strings.contents, contents, &mut pages);
    }
    if pages.len() % 2 == 1 {
        next(&mut pages);
    }
    // When the contents were collected, the number of pages before the body was not known.
    let before = pages.len();
    placement::shift_links(&mut pages, before);
    pages
}

/// Adds the half-title to a page.
pub(in crate::layout) fn half_title(page: &mut Page, context: &PlateContext<'_>) {
    let PlateContext { book, faces, grid, .. } = *context;
    let section = StructureElement::part(StructureKind::Section);
    Front { book, faces, grid, section }.half_title(page);
}

fn next_index(pages: &mut Vec<Page>) -> usize {
    next(pages);
    pages.len() - 1
}

/// Adds a page to the front matter.
fn next(pages: &mut Vec<Page>) -> &mut Page {
    let index = pages.len();
    let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
    let folio = Folio { numbering: Numbering::Roman, number };
    pages.push(placement::blank(folio, Side::from_index(index)));
    &mut pages[index]
}

struct Front<'a> {
    book: &'a Book,
    faces: &'a Faces,
    grid: &'a Grid,
    /// The part of the book that its texts belong to.
    section: Arc<StructureElement>,
}

impl Front<'_> {
    /// Sets spans in the column from the baseline `y` down; returns the next baseline.
    fn set(&self, page: &mut Page, spans: Vec<Span>, y: Length, leading: Length) -> Length {
        self.set_element(&self.paragraph(), PassageKind::Text, page, spans, y, leading)
    }

    fn paragraph(&self) -> Arc<StructureElement> {
        self.section.child(StructureKind::Paragraph)
    }

    fn set_element(
        &self,
        element: &Arc<StructureElement>,
        kind: PassageKind,
        page: &mut Page,
        spans: Vec<Span>,
        y: Length,
        leading: Length,
    ) -> Length {
        let lines = placement::ragged(
            self.faces,
            spans,
            &self.book.language,
            self.grid.measure,
            styles::title_align(self.grid),
        );
        let lines = elements::in_element(placement::with_kind(lines, kind), element);
        self.place(page, lines, y, leading)
    }

    /// Places lines in the column. The translations of a heading are part of it.
    fn place(&self, page: &mut Page, mut lines: Vec<Line>, y: Length, leading: Length) -> Length {
        let last = lines.last_mut().filter(|_| !self.book.translations.is_empty());
        if let Some(line) = last {
            typeset::end_with_space(line, self.faces);
        }
        placement::lines(page, &lines, Point::new(self.grid.column_left(page.side), y), leading)
    }

    /// The same for text in another language.
    fn set_in(
        &self,
        language: &Language,
        element: &Arc<StructureElement>,
        page: &mut Page,
        spans: Vec<Span>,
        y: Length,
        leading: Length,
    ) -> Length {
        let align = styles::title_align(self.grid);
        let align = placement::align_below(align, language, &self.book.language);
        let lines = placement::ragged(self.faces, spans, language, self.grid.measure, align);
        let lines = placement::in_language(elements::in_element(lines, element), language);
        self.place(page, lines, y, leading)
    }

    /// The baseline at which all openings of the book begin.
    fn sink(&self) -> Length {
        self.grid.baseline(self.grid.title_row())
    }

    fn half_title(&self, page: &mut Page) {
        let style = styles::half_title(self.grid);
        let leading = self.grid.leading_of(&self.grid.style.text_styles.half_title);
        let title = self.book.title.as_str();
        let spans = styles::plain(title, style.clone());
        let mut y = self.set(page, spans, self.sink(), leading);
        for BookTranslation { language, title, .. } in &self.book.translations {
            let Some(title) = title else { continue };
            let spans = styles::plain(title.as_str(), styles::translated(self.grid, &style));
            y = self.set_in(language, &self.paragraph(), page, spans, y, leading);
        }
    }

    /// The style and the leading of the title: a long title is set smaller, so that it takes at
    /// most a third of the page.
    fn title_style(&self) -> (Style, Length) {
        let grid = self.grid;
        let room = grid.trim.height.scale(1, 3);
        let text_style = grid.style.text_styles.title;
        // In thirtieths of the size in the design: 30, 25, 20 … points in the classic design.
        let sizes = [30, 25, 20, 16, 12];
        let sized = |thirtieths: i64| {
            let leading = grid.leading_of(&text_style).scale(thirtieths, 30);
            let size = grid.size_of(&text_style).scale(thirtieths, 30);
            (Style { size, ..styles::title(grid) }, leading)
        };
        let fits = |(style, leading): &(Style, Length)| {
            let spans = styles::plain(self.book.title.as_str(), style.clone());
            let lines = placement::ragged(
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
        let title = styles::plain(self.book.title.as_str(), style.clone());
        // The title is one heading in all languages.
        let heading = self.section.child(StructureKind::Heading(1));
        let kind = PassageKind::Title;
        let mut y = self.set_element(&heading, kind, page, title, self.sink(), leading);
        for BookTranslation { language, title, .. } in &self.book.translations {
            let Some(title) = title else { continue };
            let spans = styles::plain(title.as_str(), styles::translated(grid, &style));
            y = self.set_in(language, &heading, page, spans, y, leading);
        }
        y = y - leading + grid.leading * 2;
        if let Some(subtitle) = &self.book.subtitle {
            let spans = styles::plain(subtitle.as_str(), styles::subtitle(grid));
            y = self.set(page, spans, y, grid.leading_of(&grid.style.text_styles.subtitle));
        }
        for BookTranslation { language, subtitle, .. } in &self.book.translations {
            let Some(subtitle) = subtitle else { continue };
            let style = styles::translated(grid, &styles::subtitle(grid));
            let spans = styles::plain(subtitle.as_str(), style);
            let leading = grid.leading_of(&grid.style.text_styles.subtitle);
            y = self.set_in(language, &self.paragraph(), page, spans, y, leading);
        }
        let bylines = self.book.bylines();
        let foot = grid.baseline(grid.rows() - 1);
        y += grid.leading * 2;
        if grid.style.titles.names_at_foot {
            // A blank row separates the names from the publisher below them.
            let translated = self.book.translations.iter().flat_map(|it| &it.bylines).count();
            let rows =
                bylines.len() + translated + if self.book.publisher.is_some() { 2 } else { 0 };
            y = y.max(foot - grid.leading * (i64::try_from(rows).unwrap_or(0) - 1));
        }
        for line in bylines {
            y = self.set(page, styles::plain(line, styles::text(grid)), y, grid.leading);
        }
        for BookTranslation { language, bylines, .. } in &self.book.translations {
            for line in bylines {
                let style = styles::translated(grid, &styles::text(grid));
                let spans = styles::plain(line.as_str(), style);
                y = self.set_in(language, &self.paragraph(), page, spans, y, grid.leading);
            }
        }
        if let Some(publisher) = &self.book.publisher {
            let style = styles::text(grid);
            self.set(page, styles::plain(publisher.as_str(), style), foot, grid.leading);
        }
    }

    /// The dedication: in italics, starting at the baseline of all openings.
    fn dedication(&self, page: &mut Page, blocks: &[Block]) {
        let grid = self.grid;
        let style = Style { slant: Slant::Italic, ..styles::text(grid) };
        let mut y = self.sink();
        let translation = |block: &Block| matches!(block, Block::Translation(_));
        let own = blocks.iter().position(translation).unwrap_or(blocks.len());
        self.dedication_in(None, page, &blocks[..own], &style, &mut y);
        for block in &blocks[own..] {
            let Block::Translation(Translation { language, blocks }) = block else { continue };
            let style = styles::translated(grid, &style);
            y += grid.leading / 2;
            self.dedication_in(Some(language), page, blocks, &style, &mut y);
        }
    }

    fn dedication_in(
        &self,
        language: Option<&Language>,
        page: &mut Page,
        blocks: &[Block],
        style: &Style,
        y: &mut Length,
    ) {
        let grid = self.grid;
        paragraphs(blocks, &mut |said| {
            let spans = match said {
                ParagraphText::Inlines(content) => styles::spans(content, style),
                ParagraphText::Code(text) => styles::plain(text, style.clone()),
            };
            if spans.is_empty() {
                return;
            }
            let next = match language {
                Some(language) => {
                    self.set_in(language, &self.paragraph(), page, spans, *y, grid.leading)
                }
                None => self.set(page, spans, *y, grid.leading),
            };
            *y = next + grid.leading / 2;
        });
    }

    /// The imprint, at the foot of the title page's verso: the creators of the book and its
    /// rights.
    fn imprint(&self, page: &mut Page) {
        let grid = self.grid;
        let book = self.book;
        let mut paragraphs: Vec<String> = Vec::new();
        paragraphs.extend(book.imprint_bylines());
        paragraphs.extend(book.imprint_credits());
        paragraphs.extend(book.rights.clone());
        paragraphs.extend(book.license.clone());
        let year = book.date.map(|date| date.year.to_string());
        let published: Vec<&str> =
            [book.publisher.as_deref(), year.as_deref()].into_iter().flatten().collect();
        if !published.is_empty() {
            paragraphs.push(published.join(Strings::for_language(&book.language).comma));
        }
        // The ISBN of the printed edition, or else the identifier of the book.
        let isbns = [&book.editions.print, &book.identifier].map(Identifier::isbn);
        if let Some(isbn) = isbns.into_iter().flatten().next() {
            paragraphs.push(format!("ISBN {isbn}"));
        }
        let style = styles::caption(grid);
        let leading = grid.leading_of(&grid.style.text_styles.caption);
        let set: Vec<_> = paragraphs
            .into_iter()
            .map(|line| {
                let spans = match book.license.as_deref() {
                    Some(license) if license == line => {
                        vec![Span {
                            link: Some(line.as_str().into()),
                            ..Span::new(line.clone(), style.clone())
                        }]
                    }
                    _ => styles::plain(line, style.clone()),
                };
                let lines = placement::ragged(
                    self.faces,
                    spans,
                    &book.language,
                    grid.measure,
                    Align::Balanced,
                );
                let lines = placement::with_kind(lines, PassageKind::Imprint);
                elements::in_element(lines, &self.paragraph())
            })
            .collect();
        let gap = leading / 2;
        let lines: usize = set.iter().map(Vec::len).sum();
        let gaps = i64::try_from(set.len().saturating_sub(1)).unwrap_or(0);
        let height = leading * i64::try_from(lines).unwrap_or(0) + gap * gaps;
        let mut y = grid.baseline(grid.rows() - 1) - height + leading;
        for lines in &set {
            let at = Point::new(grid.column_left(page.side), y);
            y = placement::lines(page, lines, at, leading) + gap;
        }
    }
}
