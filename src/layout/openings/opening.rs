//! Openings: a title with its text, at the beginning of a part, a chapter or an essay.

use std::borrow::Cow;
use std::sync::Arc;

use crate::model::{
    Block, Bookmark, CaptionPosition, Chapter, Entry, EntryId, Essay, Footnotes, Inline, Language,
    Length, Page, Plate, PlateLayout, Point, Side, StructureElement, StructureKind, TextStyle,
    TitleAlign, TitleTranslation, plain_text,
};
use crate::typeset::{self, Line, Span};

use crate::layout::folio::folio;
use crate::layout::matter::lists::{ListLine, ListRank};
use crate::layout::openings::one_page::{
    most_raised_rows, on_one_page, raise_title, raised_rows, rows_high,
};
use crate::layout::openings::opener;
use crate::layout::openings::opener::OpenerCaption;
use crate::layout::openings::titles::{self, ChapterTitle, Fitted, TitlePart};
use crate::layout::paginate::BodyPages;
use crate::layout::plates::caption;
use crate::layout::plates::context::{PlateContext, PlateElement};
use crate::layout::text::page_breaks;
use crate::layout::text::page_breaks::PageDepth;
use crate::layout::text::styles::LinkTarget;
use crate::layout::text::{flow, running_text, styles};
use crate::layout::{Grid, elements, hairlines, placement};

/// The rows that a title leaves for the text below it, with the space between the two.
const ROWS_BELOW_TITLE: usize = 6;

/// The sizes that titles of parts may have to be in fewer lines, in per cent.
const PART_SIZES: [i64; 4] = [94, 88, 82, 76];

/// A title with the text below it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opening<'a> {
    /// What the title opens.
    pub(super) level: OpeningLevel,
    /// The language of the title and the text.
    pub(super) language: &'a Language,
    pub(super) title: Option<&'a [Inline]>,
    /// The title in other languages.
    pub(super) translations: &'a [TitleTranslation],
    /// The picture before it.
    pub(super) picture: Option<&'a Plate>,
    pub(super) blocks: &'a [Block],
    /// The rows at the foot of the page with the title that the text leaves free.
    pub(super) foot_rows: usize,
    /// Whether it ends the book, as a colophon does: its text takes no page for its last lines.
    pub(super) is_last: bool,
}

/// The first row that a title with this last baseline leaves free: on the grid, with two blank rows
/// between them.
fn row_below_title(end: Length, grid: &Grid) -> usize {
    (0..grid.rows())
        .find(|&row| grid.baseline(row) >= end + grid.leading * 5 / 2)
        .unwrap_or(grid.rows())
}

impl<'a> Opening<'a> {
    /// The opening of a part or a chapter.
    fn of_chapter(chapter: &'a Chapter, level: OpeningLevel, language: &'a Language) -> Self {
        Self {
            level,
            language,
            title: Some(&chapter.title),
            translations: &chapter.translations,
            picture: chapter.picture.as_deref(),
            blocks: &chapter.intro,
            foot_rows: 0,
            is_last: false,
        }
    }
}

/// Ends a line after the first colon of a title; returns whether there is one before other words.
fn break_after_colon(spans: &mut [Span]) -> bool {
    for span in spans {
        if let Some(at) = span.text.find(": ") {
            span.text.replace_range(at..at + 2, ":\n");
            return true;
        }
    }
    false
}

/// What a title opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OpeningLevel {
    /// Several chapters.
    Part,
    /// A chapter or an essay.
    Chapter,
}

impl OpeningLevel {
    /// The style of its titles.
    fn style(self, grid: &Grid) -> TextStyle {
        match self {
            Self::Part => grid.style.text_styles.part(),
            Self::Chapter => grid.style.text_styles.chapter,
        }
    }
}

impl BodyPages<'_> {
    /// A part opens on a recto, and its verso is blank unless its text continues there, or a
    /// picture on it faces the title of a chapter.
    pub(in crate::layout) fn part(&mut self, id: EntryId, part: &Chapter) {
        if part.picture.is_none() {
            self.start_on(Side::Recto);
        }
        let opening = Opening::of_chapter(part, OpeningLevel::Part, &self.context.book.language);
        self.opening(id, &opening);
        self.part = Some(Arc::clone(&self.section));
        if !self.begins_on_verso(self.context.book.entries.get(id.0 + 1)) {
            self.start_on(Side::Recto);
        }
    }

    /// Whether an entry begins on a verso by itself: a picture that faces a title or a caption, and
    /// a spread. An empty verso before it would leave the recto empty, too.
    fn begins_on_verso(&self, entry: Option<&Entry>) -> bool {
        match entry {
            Some(Entry::Part(opening) | Entry::Chapter(opening)) => opening.picture.is_some(),
            Some(Entry::Plate(plate)) => {
                let is_apart = plate.caption_position == CaptionPosition::Facing
                    && caption::has_caption(plate, &self.context);
                plate.layout == PlateLayout::Spread || is_apart || plate.side == Some(Side::Verso)
            }
            _ => false,
        }
    }

    /// The picture of an opening begins on a verso, before the title.
    fn opener(&mut self, id: EntryId, level: OpeningLevel, plate: PlateElement<'_>) {
        self.start_on(Side::Verso);
        let context = self.context;
        let first = self.pages.len();
        let (pages, fits) = opener::pages(plate, first, &context);
        for page in pages {
            self.pages.push(Page { entry: Some(id), ..page });
        }
        self.list_opener(id, first);
        if !fits {
            self.overset.push(id);
        }
        match level {
            OpeningLevel::Part => self.start_on(Side::Recto),
            OpeningLevel::Chapter => self.start_opening(),
        }
    }

    pub(in crate::layout) fn chapter(&mut self, id: EntryId, chapter: &Chapter) {
        let opening =
            Opening::of_chapter(chapter, OpeningLevel::Chapter, &self.context.book.language);
        if chapter.picture.is_some() {
            self.opening(id, &opening);
            return;
        }
        self.start_opening();
        match self.opening_plate(id, &opening) {
            Some(plate) => self.picture_opening(id, &opening, plate),
            None => self.opening(id, &opening),
        }
    }

    pub(in crate::layout) fn essay(&mut self, id: EntryId, essay: &Essay, last: bool) {
        // The last entry, often a colophon, may also open on a verso, and a translation follows the
        // text on the next page.
        if !last && essay.language.is_none() {
            self.start_opening();
        }
        let (title, blocks): (_, &[Block]) = match essay.title() {
            Some(title) => (Some(title), &essay.blocks[1..]),
            None => (None, &essay.blocks),
        };
        let language = essay.language.as_ref().unwrap_or(&self.context.book.language);
        let level = OpeningLevel::Chapter;
        let opening = Opening {
            level,
            language,
            title,
            translations: &[],
            picture: None,
            blocks,
            foot_rows: 0,
            is_last: last,
        };
        match self.opening_plate(id, &opening).filter(|_| title.is_some()) {
            Some(plate) => self.picture_opening(id, &opening, plate),
            None => self.opening(id, &opening),
        }
    }

    /// Sets a title in all its languages as one heading, as large as it fits into this height from
    /// its first baseline to its last.
    pub(super) fn title_lines(
        &self,
        opening: &Opening<'_>,
        title: &[Inline],
        section: &Arc<StructureElement>,
        measure: Length,
        height: Length,
    ) -> Fitted<ChapterTitle> {
        let PlateContext { book, faces, grid, .. } = self.context;
        let Opening { level, language, translations, .. } = *opening;
        let text_style = self.title_style(level, measure);
        let style = styles::scaled(grid, &text_style);
        let digits = language.digits();
        let mut footnotes = Footnotes::new(book.print.links);
        let spans = styles::spans_with_notes(title, &style, &mut |inline| match inline {
            Inline::Note(note) => LinkTarget::Mark(footnotes.note(note).number, digits),
            Inline::Link { target, content } => match footnotes.link(target, content) {
                Some(mark) => LinkTarget::Mark(mark.number, digits),
                None => LinkTarget::Nothing,
            },
            _ => LinkTarget::Nothing,
        });
        let mut spans = spans;
        if level == OpeningLevel::Part && self.part_titles_pause(measure) {
            break_after_colon(&mut spans);
        }
        let align = styles::title_align(grid);
        let mut parts = vec![TitlePart { spans, language, align }];
        parts.extend(translations.iter().map(|TitleTranslation { language, title }| {
            let style = styles::translated(grid, &style);
            let align = placement::align_below(align, language, &book.language);
            TitlePart { spans: styles::spans(title, &style), language, align }
        }));
        // A title is one heading in all languages.
        let heading = section.child(StructureKind::Heading(1 + section.levels_above()));
        let finish = |index: usize, lines: Vec<Line>| {
            let mut lines = elements::in_element(lines, &heading);
            if let Some(line) = lines.last_mut().filter(|_| index + 1 < parts.len()) {
                typeset::end_with_space(line, faces);
            }
            let language = parts[index].language;
            if index == 0 && *language == book.language {
                lines
            } else {
                placement::in_language(lines, language)
            }
        };
        titles::chapter(faces, grid, &text_style, &parts, measure, height, finish)
    }

    /// The style of the titles of a level. Those of parts are a little smaller if all of them have as
    /// few lines then as the shortest one: they are seen as a series.
    fn title_style(&self, level: OpeningLevel, measure: Length) -> TextStyle {
        let PlateContext { book, faces, grid, .. } = self.context;
        let full = level.style(grid);
        if level == OpeningLevel::Chapter {
            return full;
        }
        let pauses = self.part_titles_pause(measure);
        let of_size = |size: i64| TextStyle {
            size: full.size.scale(size, 100),
            leading: full.leading.scale(size, 100),
            ..full
        };
        let lines = |size: i64| -> Vec<usize> {
            let style = styles::scaled(grid, &of_size(size));
            let titles = book.entries.iter().filter_map(|entry| match entry {
                Entry::Part(part) => Some(&part.title),
                _ => None,
            });
            let lines = titles.map(|title| {
                let mut spans = styles::spans(title, &style);
                if pauses {
                    break_after_colon(&mut spans);
                }
                let align = styles::title_align(grid);
                placement::title(faces, spans, &book.language, measure, align).len()
            });
            lines.collect()
        };
        let fewest = lines(100).into_iter().min().unwrap_or(0);
        let are_alike = |size: &i64| lines(*size).into_iter().all(|count| count <= fewest);
        let size = std::iter::once(100).chain(PART_SIZES).find(are_alike);
        size.map_or(full, of_size)
    }

    /// Whether the titles of all parts have a new line after their colon: one of them needs it.
    fn part_titles_pause(&self, measure: Length) -> bool {
        let PlateContext { book, faces, grid, .. } = self.context;
        let style = styles::scaled(grid, &OpeningLevel::Part.style(grid));
        book.entries.iter().any(|entry| {
            let Entry::Part(part) = entry else { return false };
            let mut spans = styles::spans(&part.title, &style);
            typeset::line(faces, &spans, &book.language).width > measure
                && break_after_colon(&mut spans)
        })
    }

    /// Adds a title to the contents and the bookmarks; it is also the running head from here on.
    pub(super) fn list_title(
        &mut self,
        id: EntryId,
        opening: &Opening<'_>,
        title: &[Inline],
        index: usize,
    ) {
        let Opening { level, translations, .. } = *opening;
        let grid = self.context.grid;
        let rank = match level {
            OpeningLevel::Part => ListRank::Part,
            OpeningLevel::Chapter if self.is_in_part(id) => ListRank::InPart,
            OpeningLevel::Chapter => ListRank::Alone,
        };
        let listed_style = styles::listed(grid, rank == ListRank::Part);
        let folio = self.pages[index].folio;
        self.head = plain_text(title);
        let mut title_text = plain_text(title);
        let mut listed = styles::spans(title, &listed_style);
        for TitleTranslation { title, .. } in translations {
            title_text = format!("{title_text} / {}", plain_text(title));
            let style = styles::translated(grid, &listed_style);
            listed.extend(styles::plain(" / ", listed_style.clone()));
            listed.extend(styles::spans(title, &style));
        }
        // In a list, the whole entry is a link.
        for span in &mut listed {
            span.link = None;
        }
        self.entries.push(ListLine { title: listed, folio, page: index, rank });
        let bookmark = Bookmark { title: title_text, page: index, children: Vec::new() };
        self.sibling_bookmarks(id).push(bookmark);
    }

    /// Starts the section of an entry. What belongs to a part is in its section, under its heading.
    pub(super) fn open_section(&mut self, id: EntryId) -> Arc<StructureElement> {
        let part = self.part.as_ref().filter(|_| self.is_in_part(id));
        let section = part.map_or_else(
            || StructureElement::part(StructureKind::Section),
            |part| part.child(StructureKind::Section),
        );
        self.section = Arc::clone(&section);
        section
    }

    /// The picture before a title. Its caption is under it if it would drive the last lines of the text
    /// from the page with the title, and the picture is in a frame then, unless the author has it fill
    /// its page.
    fn with_free_caption<'p>(&self, plate: &'p Plate, opening: &Opening<'_>) -> Cow<'p, Plate> {
        let PlateContext { book, faces, grid, .. } = self.context;
        let Opening { language, title, blocks, .. } = *opening;
        let section = StructureElement::part(StructureKind::Section);
        let illustration = section.child(StructureKind::Illustration);
        let element = PlateElement { plate, element: &illustration };
        let Some(caption) = OpenerCaption::new(element, &self.context) else {
            return Cow::Borrowed(plate);
        };
        let mut first_row = grid.sink_row();
        if let Some(title) = title {
            let height = grid.baseline(grid.rows() - 1) - grid.baseline(grid.title_row());
            let set = self.title_lines(opening, title, &section, grid.measure, height).content;
            let lines = i64::try_from(set.lines.len()).unwrap_or(1);
            let end = grid.baseline(grid.title_row()) + set.leading * (lines - 1);
            first_row = row_below_title(end, grid).max(grid.sink_row());
        }
        let text = flow::text(faces, grid, book, language, &section, title, blocks);
        let last = first_row + text.rows.len();
        let is_crowded = last <= grid.rows() && last + caption.rows(&self.context) > grid.rows();
        if is_crowded && plate.layout != PlateLayout::Spread {
            let caption_position = CaptionPosition::Below;
            let layout = if plate.is_layout_free { PlateLayout::Framed } else { plate.layout };
            return Cow::Owned(Plate { layout, caption_position, ..plate.clone() });
        }
        Cow::Borrowed(plate)
    }

    /// Sets a title at the sink, and text under it on as many pages as needed.
    fn opening(&mut self, id: EntryId, opening: &Opening<'_>) {
        let PlateContext { book, faces, grid, .. } = self.context;
        let Opening { level, language, title, picture, blocks, .. } = *opening;
        let section = self.open_section(id);
        let illustration = section.child(StructureKind::Illustration);
        let picture = picture.map(|plate| self.with_free_caption(plate, opening));
        let picture =
            picture.as_deref().map(|plate| PlateElement { plate, element: &illustration });
        if let Some(plate) = picture {
            self.opener(id, level, plate);
        }
        let caption = picture.and_then(|plate| OpenerCaption::new(plate, &self.context));
        let index = self.pages.len();
        let side = Side::from_index(index);
        self.next().entry = Some(id);
        let foot_rows = caption.as_ref().map_or(0, |it| it.rows(&self.context));
        let opening = &Opening { foot_rows, ..*opening };
        let in_columns = grid.text_columns().count > 1
            && self.fits_in_columns(opening, &section, side)
            && (blocks.is_empty() || self.fills_columns(opening, &section, side));
        // A title has all columns, also above a text that does not fill them.
        let (title_left, title_measure) = grid.title_extent(side);
        let mut first_row = if title.is_some() { grid.title_row() } else { grid.sink_row() };
        // The first row that the title leaves free.
        let mut title_foot = 0;
        if let Some(title) = title {
            // A few lines of the text should follow it.
            let last = grid.rows() - 1;
            let after = if blocks.is_empty() { 0 } else { ROWS_BELOW_TITLE.min(last) };
            let foot = grid.baseline(last - after);
            let set = |row| {
                let height = foot - grid.baseline(row);
                self.title_lines(opening, title, &section, title_measure, height)
            };
            let mut set_title = set(first_row);
            if !set_title.fits {
                first_row = 0;
                set_title = set(first_row);
            }
            let page = &mut self.pages[index];
            hairlines::above_title(page, grid);
            page.title_overset = !set_title.fits;
            let ChapterTitle { lines, leading } = set_title.content;
            let at = Point::new(title_left, grid.baseline(first_row));
            let end = placement::lines(page, &lines, at, leading) - leading;
            title_foot = row_below_title(end, grid);
            first_row = title_foot.max(grid.sink_row());
            self.list_title(id, opening, title, index);
        }
        let most = if title.is_some() { most_raised_rows(first_row, title_foot, grid) } else { 0 };
        let at = (index, first_row);
        let top =
            in_columns.then(|| self.text_in_columns(id, opening, &section, at, most)).flatten();
        if let Some(top) = top {
            self.opener_caption(id, caption, index, top);
            return;
        }
        let head = self.head.clone();
        let set = |grid: &Grid| flow::text(faces, grid, book, language, &section, title, blocks);
        let mut text = set(grid);
        if title.is_some() && grid.style.titles.align == TitleAlign::Centre {
            text.centre_single_line(grid);
        }
        // Without room below the title, the text begins on the next page.
        let begins_below = first_row < grid.rows();
        let depth = |grid: &Grid, first_row: usize| PageDepth {
            // The caption of the picture is at the foot.
            opening: if begins_below {
                (grid.rows() - first_row).saturating_sub(foot_rows).max(1)
            } else {
                grid.rows()
            },
            full: grid.rows(),
            opens_recto: (side == Side::Recto) == begins_below,
            leading: grid.leading,
            note_leading: running_text::note_leading(grid),
        };
        let mut grid_of_text = *grid;
        let tightens = opening.is_last && begins_below && title.is_some();
        let one_page = tightens.then(|| on_one_page(&text, first_row, grid, set, depth)).flatten();
        if let Some(tight) = one_page {
            raise_title(&mut self.pages[index], tight.raised);
            (text, grid_of_text, first_row) = (tight.text, tight.grid, tight.first_row);
        } else if begins_below && title.is_some() {
            let most = most_raised_rows(first_row, title_foot, grid);
            let rows = raised_rows(&text, first_row, most, |row| depth(grid, row));
            if !grid.style.titles.at_head {
                raise_title(&mut self.pages[index], rows_high(rows, grid));
            }
            first_row -= rows;
        }
        let grid = &grid_of_text;
        let depth = depth(grid, first_row);
        let context = self.context;
        for (number, slice) in page_breaks::break_pages(&text, depth).iter().enumerate() {
            let is_below = number == 0 && begins_below;
            let top = if is_below { first_row } else { 0 };
            let page = if is_below { &mut self.pages[index] } else { self.next() };
            page.entry = Some(id);
            running_text::place(page, &text, slice, top, grid);
            // An opening page has no folio; its title is enough.
            if !is_below || title.is_none() {
                folio(page, &head, &context);
            }
        }
        self.opener_caption(id, caption, index, first_row);
        self.wide_tables.extend(text.wide_tables);
    }

    /// Sets the caption of the picture before a title at the foot of the page with the title.
    fn opener_caption(
        &mut self,
        id: EntryId,
        caption: Option<OpenerCaption>,
        index: usize,
        first_row: usize,
    ) {
        let context = self.context;
        let top = context.grid.baseline(first_row.min(context.grid.rows() - 1));
        let fits = caption.is_none_or(|it| it.set(&mut self.pages[index], top, &context));
        if !fits {
            self.overset.push(id);
        }
    }
}
