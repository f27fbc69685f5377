//! The front matter: half-title, frontispiece, title page, imprint, dedication, epigraph,
//! contents.

use std::sync::Arc;

use crate::model::{
    Block, Book, BookTranslation, CoverStyle, Entry, EntryId, Folio, Identifier, Item, Language,
    Length, Numbering, Page, PageStyle, ParagraphText, PassageKind, Point, Side, Strings,
    StructureElement, StructureKind, TitleAlign, Titles, Translation, hyphenated_isbn, paragraphs,
};
use crate::typeset::{self, Faces, Line, Slant, Span, Style};

use crate::layout::matter::lists::{ListContext, ListLine};
use crate::layout::matter::small_print::SmallPrint;
use crate::layout::openings::titles::{self, EMERGENCY_SIZES, Fitted, TitleFit, Words, fitted};
use crate::layout::placement::SetLines;
use crate::layout::plates::context::{PlateContext, PlateElement};
use crate::layout::plates::plate::FramedPlate;
use crate::layout::text::page_breaks::PageDepth;
use crate::layout::text::{flow, page_breaks, running_text, styles};
use crate::layout::{Grid, elements, endpapers, hairlines, placement};

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

/// The sizes of the half-title, in per cent of that in the design.
const HALF_TITLE_SIZES: [i64; 2] = [90, 80];
/// The sizes of the title, in per cent of that in the design: first in the column of text, then as
/// wide as the margins allow.
const TITLE_SIZES: [(i64, TitleWidth); 8] = [
    (90, TitleWidth::Column),
    (80, TitleWidth::Column),
    (72, TitleWidth::Column),
    (64, TitleWidth::Column),
    (72, TitleWidth::Page),
    (64, TitleWidth::Page),
    (56, TitleWidth::Page),
    (50, TitleWidth::Page),
];

/// The sizes of the title of a masthead in a single line, in per cent of that in the design.
const MASTHEAD_SIZES: [i64; 11] = [200, 190, 180, 170, 160, 150, 140, 130, 120, 110, 105];
/// The most that the title of a masthead takes of the height between the margins, in per cent.
const MASTHEAD_HEIGHT: i64 = 16;

/// The width of a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TitleWidth {
    /// That of running text.
    Column,
    /// That between the margins.
    Page,
}
/// How many lines a title has before it becomes smaller.
const TITLE_LINES: usize = 4;

/// A text of the front matter.
struct FrontText {
    lines: Vec<Line>,
    /// The distance of its lines from the left edge of the column.
    left: Length,
    leading: Length,
    /// The distance of its first baseline from the last one of the text above it.
    above: Length,
}

/// The horizontal extent of lines, relative to the left edge of the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Extent {
    left: Length,
    measure: Length,
}

/// From the first baseline to the last.
fn height(texts: &[FrontText]) -> Length {
    let lines = |text: &FrontText| {
        text.leading * i64::try_from(text.lines.len().saturating_sub(1)).unwrap_or(0)
    };
    let above: Length = texts.iter().skip(1).map(|text| text.above).sum();
    texts.iter().map(lines).sum::<Length>() + above
}

/// What happened to the words of these texts.
fn words(texts: &[FrontText]) -> Words {
    texts.iter().map(|text| Words::on(&text.lines)).max().unwrap_or(Words::Whole)
}

/// The texts of a title page.
struct TitlePage {
    /// The title and the subtitle in all languages.
    head: Vec<FrontText>,
    /// How many of them are titles.
    titles: usize,
    names: Vec<FrontText>,
    publisher: Vec<FrontText>,
}

impl TitlePage {
    /// From the first baseline to the last, with the least space between the texts.
    fn height(&self, grid: &Grid) -> Length {
        let mut total = height(&self.head);
        if !self.names.is_empty() {
            total += self.below_head(grid) + height(&self.names);
        }
        if !self.publisher.is_empty() {
            let is_below_names = !self.names.is_empty();
            let above = if is_below_names { grid.leading * 2 } else { self.below_head(grid) };
            total += above + height(&self.publisher);
        }
        total
    }

    /// The distance from the last baseline of title and subtitle to the first below them.
    fn below_head(&self, grid: &Grid) -> Length {
        let subtitle = self.head.get(self.titles).map_or(grid.leading * 2, |it| it.leading);
        subtitle + grid.leading * 2
    }
}

struct Front<'a> {
    book: &'a Book,
    faces: &'a Faces,
    grid: &'a Grid,
    /// The part of the book that its texts belong to.
    section: Arc<StructureElement>,
}

impl Front<'_> {
    fn paragraph(&self) -> Arc<StructureElement> {
        self.section.child(StructureKind::Paragraph)
    }

    /// Sets a title or a subtitle; in another language than that of the book if one is given.
    fn title_text(
        &self,
        text: impl Into<String>,
        style: Style,
        leading: Length,
        language: Option<&Language>,
    ) -> FrontText {
        self.paragraph_of(styles::plain(text, style), leading, language, placement::title)
    }

    /// Sets a text; in another language than that of the book if one is given.
    fn text(
        &self,
        text: impl Into<String>,
        style: Style,
        leading: Length,
        language: Option<&Language>,
    ) -> FrontText {
        self.paragraph_of(styles::plain(text, style), leading, language, placement::ragged)
    }

    /// Sets a paragraph of its own in the column.
    fn paragraph_of(
        &self,
        spans: Vec<Span>,
        leading: Length,
        language: Option<&Language>,
        set: SetLines,
    ) -> FrontText {
        self.spans(spans, leading, language, &self.paragraph(), self.column(), set)
    }

    fn spans(
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
    fn place(&self, page: &mut Page, texts: &[FrontText], y: Length) {
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
    fn column(&self) -> Extent {
        Extent { left: Length::ZERO, measure: self.grid.measure }
    }

    /// The extent of a title, which begins where the lines of the column begin, or has its centre.
    fn extent(&self, width: TitleWidth, side: Side) -> Extent {
        let grid = self.grid;
        let measure = grid.measure;
        let inside = grid.inside(side);
        let left = grid.column_left(side);
        let before = (left - inside.x).max(Length::ZERO);
        let after = (inside.right() - left - measure).max(Length::ZERO);
        match (width, grid.style.titles.align) {
            (TitleWidth::Column, _) => self.column(),
            (TitleWidth::Page, TitleAlign::Centre) => {
                let more = before.min(after);
                Extent { left: Length::ZERO - more, measure: measure + more * 2 }
            }
            (TitleWidth::Page, TitleAlign::Start) if grid.binding_right => {
                Extent { left: Length::ZERO - before, measure: measure + before }
            }
            (TitleWidth::Page, TitleAlign::Start) => {
                Extent { left: Length::ZERO, measure: measure + after }
            }
        }
    }

    /// The baseline at which all openings of the book begin.
    fn sink(&self) -> Length {
        self.grid.baseline(self.grid.title_row())
    }

    /// The last baseline of a page.
    fn foot(&self) -> Length {
        self.grid.baseline(self.grid.rows() - 1)
    }

    fn half_title(&self, page: &mut Page) {
        let text_style = &self.grid.style.text_styles.half_title;
        let set = |size| {
            let style = styles::half_title(self.grid);
            let style = Style { size: style.size.scale(size, 100), ..style };
            let leading = self.grid.leading_of(text_style).scale(size, 100);
            let mut texts = vec![self.title_text(&self.book.title, style.clone(), leading, None)];
            for BookTranslation { language, title, .. } in &self.book.translations {
                let Some(title) = title else { continue };
                let style = styles::translated(self.grid, &style);
                texts.push(self.title_text(title, style, leading, Some(language)));
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

    /// The title page: title and subtitle at the sink, the names below them or at the foot, and the
    /// publisher at the foot. A long title is set smaller, then in more lines; if there is still no
    /// room for what is below it, it begins above the sink.
    fn title(&self, page: &mut Page) {
        let grid = self.grid;
        if grid.style.cover == CoverStyle::Masthead && grid.style.hairlines {
            self.masthead(page);
            return;
        }
        hairlines::above_title(page, grid);
        let text = styles::text(grid).size;
        let title = styles::title(grid).size;
        // A title above several columns of text is as wide as all of them.
        let is_wide = grid.text_columns().count > 1;
        let width_of = |width| if is_wide { TitleWidth::Page } else { width };
        let mut ways = Vec::from(TITLE_SIZES.map(|(size, width)| (size, width_of(width))));
        ways.retain(|(size, _)| title.scale(*size, 100) >= text.scale(12, 10));
        let emergencies = EMERGENCY_SIZES.map(|size| (size, TitleWidth::Page));
        let side = page.side;
        let head = grid.baseline(0).max(grid.margins.top + text.scale(18, 10));
        let set = |(size, width)| {
            let texts = self.title_page(size, self.extent(width, side));
            let own = &texts.head[..texts.titles];
            let is_compact = own.iter().all(|it| it.lines.len() <= TITLE_LINES)
                && height(own) <= grid.trim.height / 3
                && texts.height(grid) <= self.foot() - self.sink();
            let fit = TitleFit {
                words: words(own),
                is_compact,
                has_room: texts.height(grid) <= self.foot() - head,
            };
            (texts, fit)
        };
        if titles::is_endless(std::iter::once(self.book.title.as_str())) {
            ways.clear();
        }
        let full = (100, width_of(TitleWidth::Column));
        let Fitted { content: texts, fits } = fitted(full, &ways, &emergencies, set);
        page.title_overset |= !fits;
        let foot = self.foot();
        let y = (foot - texts.height(grid)).max(head).min(self.sink());
        self.place(page, &texts.head, y);
        let below_head = y + height(&texts.head) + texts.below_head(grid);
        let publisher = foot - height(&texts.publisher);
        let names = if grid.style.titles.names_at_foot {
            // A blank row separates the names from the publisher below them.
            let last = if texts.publisher.is_empty() { foot } else { publisher - grid.leading * 2 };
            (last - height(&texts.names)).max(below_head)
        } else {
            below_head
        };
        self.place(page, &texts.names, names);
        let below_names = match (texts.names.is_empty(), texts.publisher.is_empty()) {
            (false, false) => names + height(&texts.names) + grid.leading * 2,
            _ => below_head,
        };
        self.place(page, &texts.publisher, publisher.max(below_names));
    }

    /// The title page of a book whose cover has a masthead: the same, with the title as wide as it can
    /// be, the subtitle between lines below it, and the names and the publisher at the foot.
    fn masthead(&self, page: &mut Page) {
        let grid = self.grid;
        let inside = grid.inside(page.side);
        // A hyphen at the end of a line hangs into the white beside it.
        let white = grid.leading.scale(60, 100);
        let wide = grid.with_column(inside.x + white, inside.width - white * 2, page.side);
        let titles = Titles { align: TitleAlign::Centre, ..wide.style.titles };
        let wide = Grid { style: PageStyle { titles, ..wide.style }, ..wide };
        let front = Front { grid: &wide, section: Arc::clone(&self.section), ..*self };
        let title_style = styles::title(grid);
        let capitals = |size: i64| {
            let style = Style { size: title_style.size.scale(size, 100), ..title_style.clone() };
            self.faces.metrics(&style).cap_height
        };
        let gap =
            |size: i64| grid.leading.scale(70, 100) + title_style.size.scale(size * 14, 10_000);
        let most = inside.height.scale(MASTHEAD_HEIGHT, 100);
        let set = |size| {
            let texts = front.title_page(size, front.column());
            let own = &texts.head[..texts.titles];
            let lines: usize = own.iter().map(|text| text.lines.len()).sum();
            let needed = height(own) + capitals(size);
            let around = gap(size) * 2 + grid.leading * 5;
            let fit = TitleFit {
                words: words(own),
                is_compact: needed <= most || (size <= 100 && lines <= TITLE_LINES),
                has_room: texts.height(&wide) + around <= inside.height,
            };
            ((size, texts), fit)
        };
        let smaller = TITLE_SIZES.map(|(size, _)| size);
        let mut ways: Vec<i64> = MASTHEAD_SIZES.into_iter().skip(1).chain([100]).collect();
        ways.extend(smaller);
        if titles::is_endless(std::iter::once(self.book.title.as_str())) {
            ways.clear();
        }
        let Fitted { content, fits } = fitted(MASTHEAD_SIZES[0], &ways, &EMERGENCY_SIZES, set);
        let (size, texts) = content;
        page.title_overset |= !fits;
        let (own, subtitles) = texts.head.split_at(texts.titles);
        let first = hairlines::above_masthead(page, grid) + gap(size) + capitals(size);
        front.place(page, own, first);
        let mut y = first + height(own) + gap(size);
        page.items.push(hairlines::across(page, y, grid));
        if let Some(subtitle) = subtitles.first() {
            let capitals = self.faces.metrics(&styles::subtitle(grid)).cap_height;
            let white = (subtitle.leading - capitals).scale(80, 100);
            let first = y + white + capitals;
            front.place(page, subtitles, first);
            y = first + height(subtitles) + white;
            page.items.push(hairlines::across(page, y, grid));
        }
        let publisher = self.foot() - height(&texts.publisher);
        front.place(page, &texts.publisher, publisher);
        let last = if texts.publisher.is_empty() { self.foot() } else { publisher - grid.leading };
        let names = (last - height(&texts.names)).max(y + grid.leading * 2);
        front.place(page, &texts.names, names);
    }

    /// The texts of the title page, the title in this per cent of its size.
    fn title_page(&self, size: i64, extent: Extent) -> TitlePage {
        let grid = self.grid;
        let text_styles = &grid.style.text_styles;
        let style = styles::title(grid);
        let style = Style { size: style.size.scale(size, 100), ..style };
        let leading = grid.leading_of(&text_styles.title).scale(size, 100);
        // The title is one heading in all languages.
        let heading = self.section.child(StructureKind::Heading(1));
        let title = |title: &str, style: Style, language| {
            let spans = styles::plain(title, style);
            self.spans(spans, leading, language, &heading, extent, placement::title)
        };
        let mut own = title(&self.book.title, style.clone(), None);
        own.lines = placement::with_kind(own.lines, PassageKind::Title);
        let mut head = vec![own];
        for BookTranslation { language, title: translated, .. } in &self.book.translations {
            let Some(translated) = translated else { continue };
            let style = styles::translated(grid, &style);
            head.push(title(translated, style, Some(language)));
        }
        let titles = head.len();
        // The subtitle stays smaller than a title that had to become smaller.
        let style = styles::subtitle(grid);
        let largest = styles::title(grid).size.scale(size * 8, 1000);
        let per_cent = if size == 100 || style.size <= largest {
            100
        } else {
            let least = styles::text(grid).size.min(style.size);
            largest.max(least).scale(100, style.size.to_emu().max(1)).to_emu()
        };
        let style = Style { size: style.size.scale(per_cent, 100), ..style };
        let leading = grid.leading_of(&text_styles.subtitle).scale(per_cent, 100);
        head.extend(
            self.book.subtitle.iter().map(|it| self.title_text(it, style.clone(), leading, None)),
        );
        for BookTranslation { language, subtitle, .. } in &self.book.translations {
            let Some(subtitle) = subtitle else { continue };
            let style = styles::translated(grid, &style);
            head.push(self.title_text(subtitle, style, leading, Some(language)));
        }
        if let Some(first) = head.get_mut(titles) {
            let clear = first.leading + styles::title(grid).size.scale(size * 3, 1000);
            first.above = clear.max(grid.leading * 2);
        }
        let style = styles::text(grid);
        let own = self.book.bylines();
        let mut names: Vec<FrontText> =
            own.into_iter().map(|it| self.text(it, style.clone(), grid.leading, None)).collect();
        for BookTranslation { language, bylines, .. } in &self.book.translations {
            let style = styles::translated(grid, &style);
            names.extend(
                bylines
                    .iter()
                    .map(|line| self.text(line, style.clone(), grid.leading, Some(language))),
            );
        }
        let publisher = self.book.publisher.iter();
        let publisher =
            publisher.map(|it| self.text(it, style.clone(), grid.leading, None)).collect();
        TitlePage { head, titles, names, publisher }
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
        let year = book.date.map(|date| date.year.to_string());
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
