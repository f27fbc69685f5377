//! The front matter: half-title, frontispiece, imprint, dedication, epigraph, contents.

use std::sync::Arc;

use crate::model::{
    Block, Book, BookTranslation, Entry, EntryId, Folio, Identifier, Item, Language, Length, Page,
    ParagraphText, PassageKind, Point, Side, Strings, StructureElement, StructureKind, Translation,
    hyphenated_isbn, paragraphs,
};
use crate::typeset::{self, Faces, Line, Slant, Span, Style};

use crate::layout::matter::lists::{ListContext, ListLine};
use crate::layout::matter::small_print::SmallPrint;
use crate::layout::openings::titles::{EMERGENCY_SIZES, Fitted, TitleFit, Words, fitted};
use crate::layout::placement::SetLines;
use crate::layout::plates::context::{PlateContext, PlateElement};
use crate::layout::plates::plate::FramedPlate;
use crate::layout::text::page_breaks::PageDepth;
use crate::layout::text::{flow, page_breaks, running_text, styles};
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
    next(&mut pages);
    // Before the title in the order of reading, but set after it, since it begins where that begins.
    let illustration = front.section.child(StructureKind::Illustration);
    front.title(next(&mut pages));
    if let [.., facing, title] = pages.as_mut_slice() {
        for (id, entry) in book.numbered() {
            if let Entry::Frontispiece(plate) = entry {
                facing.entry = Some(id);
                let plate = PlateElement { plate, element: &illustration };
                let framed = FramedPlate::new(plate, &[], facing.side, context);
                framed.beside_title(top_of_title(title, grid), grid).set(facing, grid);
            }
        }
    }
    front.imprint(next(&mut pages));
    let mut has_dedication = false;
    for (id, entry) in book.numbered() {
        if let Entry::Dedication(essay) = entry {
            let page = next(&mut pages);
            page.entry = Some(id);
            Front { section: section(), ..front }.dedication(page, &essay.blocks);
            next(&mut pages);
            has_dedication = true;
        }
    }
    for (id, entry) in book.numbered() {
        if let Entry::Epigraph(essay) = entry {
            let front = Front { section: section(), ..front };
            front.epigraph(&mut pages, id, &essay.blocks, has_dedication);
        }
    }
    if !contents.is_empty() {
        let lists = ListContext {
            book,
            faces,
            grid,
            section: section(),
            is_raised: false,
            next: next_index,
        };
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

/// Where the capitals of the title on a page begin, or the line above it.
fn top_of_title(page: &Page, grid: &Grid) -> Length {
    let top = |item: &Item| match item {
        Item::Glyphs(run) => run.origin.y - Grid::capitals(run.size),
        Item::Rule(rule) => rule.rect.y,
        Item::Picture(placed) => placed.clip.y,
    };
    page.items.iter().map(top).min().unwrap_or(grid.margins.top)
}

fn next_index(pages: &mut Vec<Page>, _: &Book) -> usize {
    next(pages);
    pages.len() - 1
}

/// Adds a page to the front matter.
fn next(pages: &mut Vec<Page>) -> &mut Page {
    let index = pages.len();
    let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
    let folio = Folio::roman(number);
    pages.push(placement::blank(folio, Side::from_index(index)));
    &mut pages[index]
}

/// The sizes of the half-title, in per cent of that in the design.
const HALF_TITLE_SIZES: [i64; 2] = [90, 80];
/// How many lines a title has before it becomes smaller.
pub(super) const TITLE_LINES: usize = 4;

/// A text of the front matter.
pub(super) struct FrontText {
    pub(super) lines: Vec<Line>,
    /// The distance of its lines from the left edge of the column.
    pub(super) left: Length,
    pub(super) leading: Length,
    /// The distance of its first baseline from the last one of the text above it.
    pub(super) above: Length,
}

/// The horizontal extent of lines, relative to the left edge of the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) left: Length,
    pub(super) measure: Length,
}

/// From the first baseline to the last.
pub(super) fn height(texts: &[FrontText]) -> Length {
    let lines = |text: &FrontText| {
        text.leading * i64::try_from(text.lines.len().saturating_sub(1)).unwrap_or(0)
    };
    let above: Length = texts.iter().skip(1).map(|text| text.above).sum();
    texts.iter().map(lines).sum::<Length>() + above
}

/// What happened to the words of these texts.
pub(super) fn words(texts: &[FrontText]) -> Words {
    texts.iter().map(|text| Words::on(&text.lines)).max().unwrap_or(Words::Whole)
}

pub(super) struct Front<'a> {
    pub(super) book: &'a Book,
    pub(super) faces: &'a Faces,
    pub(super) grid: &'a Grid,
    /// The part of the book that its texts belong to.
    pub(super) section: Arc<StructureElement>,
}

impl Front<'_> {
    fn paragraph(&self) -> Arc<StructureElement> {
        self.section.child(StructureKind::Paragraph)
    }

    /// Sets a title or a subtitle; in another language than that of the book if one is given.
    pub(super) fn title_text(
        &self,
        text: impl Into<String>,
        style: Style,
        leading: Length,
        language: Option<&Language>,
        extent: Extent,
    ) -> FrontText {
        let spans = styles::plain(text, style);
        self.spans(spans, leading, language, &self.paragraph(), extent, placement::title)
    }

    /// Sets a text in the column; in another language than that of the book if one is given.
    pub(super) fn text(
        &self,
        text: impl Into<String>,
        style: Style,
        leading: Length,
        language: Option<&Language>,
    ) -> FrontText {
        let spans = styles::plain(text, style);
        self.spans(spans, leading, language, &self.paragraph(), self.column(), placement::ragged)
    }

    pub(super) fn spans(
        &self,
        spans: Vec<Span>,
        leading: Length,
        language: Option<&Language>,
        element: &Arc<StructureElement>,
        extent: Extent,
        set: SetLines,
    ) -> FrontText {
        let own = &self.book.language;
        let align = styles::title_align(self.grid);
        let align = language.map_or(align, |it| placement::align_below(align, it, own));
        let language_of_text = language.unwrap_or(own);
        let lines = set(self.faces, spans, language_of_text, extent.measure, align);
        let mut lines = elements::in_element(lines, element);
        if let Some(language) = language {
            lines = placement::in_language(lines, language);
        }
        // The translations of a heading are part of it.
        if let Some(line) = lines.last_mut().filter(|_| !self.book.translations.is_empty()) {
            typeset::end_with_space(line, self.faces);
        }
        FrontText { lines, leading, above: leading, left: extent.left }
    }

    /// Places texts under one another, with the first baseline at `y`.
    pub(super) fn place(&self, page: &mut Page, texts: &[FrontText], y: Length) {
        let left = self.grid.column_left(page.side);
        let mut last = None;
        for text in texts {
            let first = last.map_or(y, |last| last + text.above);
            let at = Point::new(left + text.left, first);
            let next = placement::lines(page, &text.lines, at, text.leading);
            last = Some(next - text.leading);
        }
    }

    /// The extent of the column of text.
    pub(super) fn column(&self) -> Extent {
        Extent { left: Length::ZERO, measure: self.grid.measure }
    }

    /// The extent of titles, which is that of the titles of chapters.
    pub(super) fn title_column(&self, side: Side) -> Extent {
        let (left, measure) = self.grid.title_extent(side);
        Extent { left: left - self.grid.column_left(side), measure }
    }

    /// The baseline at which all openings of the book begin.
    pub(super) fn sink(&self) -> Length {
        self.grid.baseline(self.grid.title_row())
    }

    /// The last baseline of a page.
    pub(super) fn foot(&self) -> Length {
        self.grid.baseline(self.grid.rows() - 1)
    }

    fn half_title(&self, page: &mut Page) {
        let text_style = &self.grid.style.text_styles.half_title;
        let extent = self.title_column(page.side);
        let set = |size| {
            let style = styles::half_title(self.grid);
            let style = Style { size: style.size.scale(size, 100), ..style };
            let leading = self.grid.leading_of(text_style).scale(size, 100);
            let mut texts =
                vec![self.title_text(&self.book.title, style.clone(), leading, None, extent)];
            for BookTranslation { language, title, .. } in &self.book.translations {
                let Some(title) = title else { continue };
                let style = styles::translated(self.grid, &style);
                texts.push(self.title_text(title, style, leading, Some(language), extent));
            }
            let fit = TitleFit {
                words: words(&texts),
                is_compact: texts.iter().all(|text| text.lines.len() <= TITLE_LINES),
                has_room: height(&texts) <= self.foot() - self.sink(),
            };
            (texts, fit)
        };
        let Fitted { content, fits } = fitted(100, &HALF_TITLE_SIZES, &EMERGENCY_SIZES, set);
        page.title_overset |= !fits;
        self.place(page, &content, self.sink());
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

    /// The epigraph of the book, from the baseline of all openings on: on the verso of the dedication,
    /// if it has a single page, or else on a recto.
    fn epigraph(&self, pages: &mut Vec<Page>, id: EntryId, blocks: &[Block], has_dedication: bool) {
        let Self { book, faces, grid, .. } = *self;
        let mut text = flow::text(faces, grid, book, &book.language, &self.section, None, blocks);
        text.align_as_title(grid);
        let depth = PageDepth {
            opening: grid.rows() - grid.sink_row(),
            full: grid.rows(),
            opens_recto: true,
            leading: grid.leading,
            note_leading: running_text::note_leading(grid),
        };
        let slices = page_breaks::break_pages(&text, depth);
        if has_dedication && slices.len() == 1 {
            pages.pop();
        }
        for (index, slice) in slices.iter().enumerate() {
            let page = next(pages);
            page.entry = Some(id);
            let top = if index == 0 { grid.sink_row() } else { 0 };
            running_text::place(page, &text, slice, top, grid);
        }
        if pages.len() % 2 == 1 {
            next(pages);
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
            let element = self.paragraph();
            let text = self.spans(
                spans,
                grid.leading,
                language,
                &element,
                self.column(),
                placement::ragged,
            );
            let below = *y + height(std::slice::from_ref(&text)) + grid.leading;
            self.place(page, &[text], *y);
            *y = below + grid.leading / 2;
        });
    }

    /// The imprint, at the foot of the title page's verso: the creators of the book, its rights,
    /// and who published it. What would be a single line stands below the title of the book.
    fn imprint(&self, page: &mut Page) {
        let grid = self.grid;
        let book = self.book;
        let style = styles::caption(grid);
        let lines = |texts: Vec<String>| -> Vec<Vec<Span>> {
            texts.into_iter().map(|text| styles::plain(text, style.clone())).collect()
        };
        let mut creators = book.imprint_bylines();
        creators.extend(book.imprint_credits());
        let mut rights = lines(book.rights.clone().into_iter().collect());
        rights.extend(book.license.as_ref().map(|license| {
            let link = Some(license.as_str().into());
            vec![Span { link, ..Span::new(license.clone(), style.clone()) }]
        }));
        let year = book.date.map(|date| book.language.digits().write(date.year));
        let published: Vec<&str> =
            [book.publisher.as_deref(), year.as_deref()].into_iter().flatten().collect();
        let mut publication = Vec::new();
        if !published.is_empty() {
            publication.push(published.join(Strings::for_language(&book.language).comma));
        }
        // The ISBN of the printed edition, or else the identifier of the book.
        let isbns = [&book.editions.print, &book.identifier].map(Identifier::isbn);
        if let Some(isbn) = isbns.into_iter().flatten().next() {
            publication.push(format!("ISBN {}", hyphenated_isbn(isbn)));
        }
        let leading = grid.leading_of(&grid.style.text_styles.caption);
        let mut imprint = SmallPrint::new(book, self.faces, grid, &self.section, leading);
        if creators.len() + rights.len() + publication.len() == 1 {
            let slant = match style.slant {
                Slant::Upright => Slant::Italic,
                Slant::Italic => Slant::Upright,
            };
            let title = styles::plain(book.title.as_str(), Style { slant, ..style.clone() });
            imprint.group([title].into_iter().chain(lines(book.bylines())));
        }
        imprint.group(lines(creators));
        imprint.group(rights);
        imprint.group(lines(publication));
        imprint.map(|lines| placement::with_kind(lines, PassageKind::Imprint)).place(page);
    }
}
