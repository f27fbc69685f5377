//! Openings in the manner of newspapers: a title with the first paragraph, the names, the place and
//! the date above a picture, all on one page, and the text in columns after it.

use std::sync::Arc;

use crate::model::{
    Block, CaptionPosition, Entry, EntryId, Inline, Length, Page, PictureOpenings, Plate,
    PlateLayout, Point, Rect, Side, Size, Strings, StructureElement, StructureKind, Turn,
    plain_text,
};
use crate::typeset::{Align, Line, Style};

use crate::layout::folio::folio;
use crate::layout::openings::opening::Opening;
use crate::layout::openings::titles::ChapterTitle;
use crate::layout::paginate::BodyPages;
use crate::layout::plates::caption;
use crate::layout::plates::caption::{Caption, CaptionSize, CaptionText};
use crate::layout::plates::context::{PlateContext, PlateElement};
use crate::layout::plates::plate::picture;
use crate::layout::text::column_breaks::{ColumnPage, break_columns};
use crate::layout::text::page_breaks::PageDepth;
use crate::layout::text::rows::SetText;
use crate::layout::text::{flow, running_text, styles};
use crate::layout::{Grid, elements, hairlines, placement};

/// The longest first paragraph that is set large above the picture, in characters.
const MAX_DECK: usize = 360;
/// The height that a picture keeps above all, in per cent of the page.
const MIN_PICTURE: i64 = 28;
/// The fewest rows of text below a picture.
const MIN_ROWS_BELOW: i64 = 7;

impl<'a> BodyPages<'a> {
    /// The plate on the page of a title, if the design has titles on the pages of plates: a framed
    /// one directly after it, which may be on a recto.
    pub(super) fn opening_plate(
        &self,
        id: EntryId,
        opening: &Opening<'_>,
    ) -> Option<(EntryId, &'a Plate)> {
        let book = self.context.book;
        let section = StructureElement::part(StructureKind::Section);
        if book.design.style.openings != PictureOpenings::Picture {
            return None;
        }
        let next = EntryId(id.0 + 1);
        match book.entries.get(next.0) {
            Some(Entry::Plate(plate))
                if plate.layout == PlateLayout::Framed
                    && plate.caption_position != CaptionPosition::Facing
                    && plate.side != Some(Side::Verso)
                    && !plate.keep_with_next
                    && self.fits_in_columns(opening, &section, Side::Recto) =>
            {
                Some((next, plate.as_ref()))
            }
            _ => None,
        }
    }

    /// Sets a title, its deck, and the names, the place and the date above a picture, and the rest
    /// of the text in columns below or beside it.
    pub(super) fn picture_opening(
        &mut self,
        id: EntryId,
        opening: &Opening<'_>,
        (plate_id, plate): (EntryId, &'a Plate),
    ) {
        let context = self.context;
        let grid = context.grid;
        let section = self.open_section(id);
        self.opened = Some(plate_id);
        let index = self.pages.len();
        let side = Side::from_index(index);
        self.next().entry = Some(id);
        let title = opening.title.unwrap_or_default();
        let (deck, blocks) = deck(opening.blocks);
        let inside = grid.inside(side);
        // The picture needs at least half of the page.
        let room = inside.height / 2;
        let set_title = self.title_lines(opening, title, &section, inside.width, room);
        self.list_title(id, opening, title, index);
        let page = &mut self.pages[index];
        let head = Head { section: &section, area: inside, context: &context };
        page.title_overset = !set_title.fits;
        let mut y = head.title(page, &set_title.content);
        if let Some(deck) = deck {
            y = head.deck(page, deck, y);
        }
        y = head.names_and_dateline(page, plate, y);
        // The place and the date stand above the picture.
        let below = Plate { place: None, taken: None, ..plate.clone() };
        let element = section.child(StructureKind::Illustration);
        let below = PlateElement { plate: &below, element: &element };
        let rest = Opening { blocks, ..*opening };
        let columns = grid.text_columns();
        let has_text = !blocks.is_empty();
        let placed =
            PlacedOpening::new(below, Rect { y, ..inside }, columns.count, has_text, &context);
        if !placed.set(page, below, grid) {
            self.overset.push(plate_id);
        }
        self.bookmark(plate_id, plate, index, false);
        if has_text {
            let tops = placed.first_rows(y, grid);
            self.columns_from(id, &rest, &section, (index, tops));
        }
    }

    /// Whether all tables of a text fit in its columns. Otherwise, the text is set in one column.
    pub(super) fn fits_in_columns(
        &self,
        opening: &Opening<'_>,
        section: &Arc<StructureElement>,
        side: Side,
    ) -> bool {
        let has_tables = opening.blocks.iter().any(|block| matches!(block, Block::Table(_)));
        let has_columns = self.context.grid.text_columns().count > 1;
        !has_columns
            || !has_tables
            || self.text_of_column(opening, section, side).wide_tables.is_empty()
    }

    /// The text of an opening, set in the width of a column.
    fn text_of_column(
        &self,
        opening: &Opening<'_>,
        section: &Arc<StructureElement>,
        side: Side,
    ) -> SetText {
        let PlateContext { book, faces, grid, .. } = self.context;
        let Opening { language, title, blocks, .. } = *opening;
        let width = grid.text_columns().width;
        let narrow = grid.with_column(grid.inside(side).x, width, side);
        flow::text(faces, &narrow, book, language, section, title, blocks)
    }

    /// Sets the text of an opening in columns, from this row of this page on.
    pub(super) fn text_in_columns(
        &mut self,
        id: EntryId,
        opening: &Opening<'_>,
        section: &Arc<StructureElement>,
        (index, row): (usize, usize),
    ) {
        let count = usize::try_from(self.context.grid.text_columns().count).unwrap_or(1);
        self.columns_from(id, opening, section, (index, vec![row; count]));
    }

    /// Sets text in columns that begin at these rows of the page with this index.
    fn columns_from(
        &mut self,
        id: EntryId,
        opening: &Opening<'_>,
        section: &Arc<StructureElement>,
        (index, tops): (usize, Vec<usize>),
    ) {
        let context = self.context;
        let grid = context.grid;
        let title = opening.title;
        let text = self.text_of_column(opening, section, Side::from_index(index));
        let depth = PageDepth {
            opening: grid.rows() - opening.foot_rows.min(grid.rows() / 2),
            full: grid.rows(),
            opens_recto: true,
            leading: grid.leading,
            note_leading: running_text::note_leading(grid),
        };
        let head = self.head.clone();
        for (number, columns) in break_columns(&text, depth, &tops).iter().enumerate() {
            let page = if number == 0 { &mut self.pages[index] } else { self.next() };
            page.entry = Some(id);
            place_columns(page, &text, columns, grid);
            if number > 0 || title.is_none() {
                folio(page, &head, &context);
            }
        }
        self.wide_tables.extend(text.wide_tables);
    }
}

/// The left edge of a column of text, counted in the direction of reading.
fn column_left(number: usize, side: Side, grid: &Grid) -> Length {
    let columns = grid.text_columns();
    let inside = grid.inside(side);
    let offset = columns.step * i64::try_from(number).unwrap_or(0);
    if grid.binding_right { inside.right() - offset - columns.width } else { inside.x + offset }
}

/// Places columns of text, with hairlines between them if the design has any.
fn place_columns(page: &mut Page, text: &SetText, columns: &ColumnPage, grid: &Grid) {
    let width = grid.text_columns().width;
    let mut previous: Option<(Length, usize, usize)> = None;
    for (number, (top, slice)) in columns.columns.iter().enumerate() {
        if slice.rows.is_empty() && slice.figure.is_none() && slice.notes.is_empty() {
            continue;
        }
        let left = column_left(number, page.side, grid);
        let column = grid.with_column(left, width, page.side);
        running_text::place(page, text, slice, *top, &column);
        let foot = top + slice.used_rows().max(1);
        if let Some((other, other_top, other_foot)) = previous.filter(|_| grid.style.hairlines) {
            let (from, to) = ((*top).max(other_top), foot.max(other_foot));
            let middle = (left.min(other) + width + left.max(other)) / 2;
            let y = grid.baseline(from) - styles::text(grid).size.scale(7, 10);
            let height = grid.baseline(to - 1) - y;
            let at = Point::new(middle - grid.rule / 2, y);
            page.items.push(hairlines::line(at, Size::new(grid.rule, height), grid));
        }
        previous = Some((left, *top, foot));
    }
}

/// The deck, which is set large under a title, and the blocks after it: a heading directly under the
/// title, or a first paragraph that is short and has no notes.
fn deck(blocks: &[Block]) -> (Option<&[Inline]>, &[Block]) {
    match blocks.split_first() {
        Some((Block::Heading { content, .. } | Block::Paragraph(content), rest))
            if !has_notes(content) && plain_text(content).chars().count() <= MAX_DECK =>
        {
            (Some(content), rest)
        }
        _ => (None, blocks),
    }
}

/// Whether a text has notes, or links that are printed as notes.
fn has_notes(content: &[Inline]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Note(_) | Inline::Link { .. } => true,
        Inline::Emphasis(inner) | Inline::Strong(inner) => has_notes(inner),
        Inline::Text(_) | Inline::Code(_) | Inline::LineBreak => false,
    })
}

/// What is above the picture.
struct Head<'h, 'a> {
    section: &'h Arc<StructureElement>,
    /// The area between the margins.
    area: Rect,
    context: &'h PlateContext<'a>,
}

impl Head<'_, '_> {
    /// Sets the title under a thick line at the top margin; returns its last baseline.
    fn title(&self, page: &mut Page, title: &ChapterTitle) -> Length {
        let PlateContext { grid, faces, .. } = *self.context;
        hairlines::above_title(page, grid);
        let ChapterTitle { lines, leading } = title;
        let full = grid.leading_of(&grid.style.text_styles.chapter).to_emu().max(1);
        let style = styles::heading(grid);
        let style = Style { size: style.size.scale(leading.to_emu(), full), ..style };
        let first = if grid.style.titles.at_head {
            grid.baseline(grid.title_row())
        } else {
            self.area.y + faces.metrics(&style).cap_height
        };
        placement::lines(page, lines, Point::new(self.area.x, first), *leading) - *leading
    }

    /// Sets the deck below the title; returns its last baseline.
    fn deck(&self, page: &mut Page, deck: &[Inline], title: Length) -> Length {
        let PlateContext { grid, faces, book, .. } = *self.context;
        let style = styles::subtitle(grid);
        let leading = grid.leading_of(&grid.style.text_styles.subtitle);
        let spans = styles::spans(deck, &style);
        let measure = self.area.width;
        let align = styles::title_align(grid);
        let lines = placement::ragged(faces, spans, &book.language, measure, align);
        let lines = elements::in_element(lines, &self.section.child(StructureKind::Paragraph));
        let first = title + grid.leading.scale(140, 100) + faces.metrics(&style).cap_height;
        placement::lines(page, &lines, Point::new(self.area.x, first), leading) - leading
    }

    /// Sets the names at the start of a line and the place and the date at its end, between two
    /// hairlines; returns where the picture begins.
    fn names_and_dateline(&self, page: &mut Page, plate: &Plate, above: Length) -> Length {
        let PlateContext { grid, book, faces, .. } = *self.context;
        let credit = styles::credit(grid);
        let place = styles::place(grid);
        let leading = grid.leading_of(&grid.style.text_styles.credit);
        let names = book.bylines().join(" · ");
        let comma = Strings::for_language(&book.language).comma;
        let dateline = plate.place_and_date(&book.language).join(comma);
        let set = |text: &str, style, align| {
            let spans = styles::plain(text, style);
            let lines = placement::ragged(faces, spans, &book.language, self.area.width, align);
            elements::in_element(lines, &self.section.child(StructureKind::Paragraph))
        };
        let parts: Vec<Vec<Line>> = [
            (!names.is_empty()).then(|| set(&names, credit.clone(), Align::Start)),
            (!dateline.is_empty()).then(|| set(&dateline, place.clone(), Align::Start)),
        ]
        .into_iter()
        .flatten()
        .collect();
        let gap = grid.leading.scale(60, 100);
        if parts.is_empty() {
            return above + grid.leading;
        }
        let mut y = above + grid.leading.scale(95, 100);
        if grid.style.hairlines {
            page.items.push(hairlines::across(page, y, grid));
        }
        let widths: Length = parts.iter().flatten().map(|line| line.width).sum();
        let fits =
            widths + credit.size * 2 <= self.area.width && parts.iter().all(|it| it.len() == 1);
        y += gap + faces.metrics(&credit).cap_height;
        if fits && parts.len() == 2 && !dateline.is_empty() {
            placement::lines(page, &parts[0], Point::new(self.area.x, y), leading);
            let end = set(&dateline, place, Align::End);
            placement::lines(page, &end, Point::new(self.area.x, y), leading);
        } else {
            for lines in &parts {
                y = placement::lines(page, lines, Point::new(self.area.x, y), leading);
            }
            y -= leading;
        }
        y += gap;
        if grid.style.hairlines {
            page.items.push(hairlines::across(page, y, grid));
            y += grid.rule;
        }
        y + grid.leading.scale(80, 100)
    }
}

/// The widths that a picture can have, from the widest on, each with the number of columns of text
/// that it covers: those of whole columns of the page, or else of columns of text.
fn widths(room: Length, grid: &Grid) -> Vec<(i64, Length)> {
    let text = grid.text_columns();
    match &grid.columns {
        Some(columns) => {
            let each = (columns.count / text.count).max(1);
            let covered = |count: i64| ((count + each - 1) / each).min(text.count);
            (1..=columns.count).rev().map(|count| (covered(count), columns.span(count))).collect()
        }
        None if text.count == 1 => vec![(1, room)],
        None => (1..=text.count)
            .rev()
            .map(|count| (count, text.width + text.step * (count - 1)))
            .collect(),
    }
}

/// The picture of an opening, with its caption.
struct PlacedOpening {
    frame: Rect,
    caption: Caption,
    /// The number of columns of text that the picture covers, which are the last ones.
    covered: usize,
    columns: usize,
}

impl PlacedOpening {
    /// The largest picture in an area that ends at the foot: over all columns, or over the last
    /// ones, if it is too high for that and there is text for the others.
    fn new(
        plate: PlateElement<'_>,
        area: Rect,
        columns: i64,
        has_text: bool,
        context: &PlateContext<'_>,
    ) -> Self {
        let grid = context.grid;
        let pixels = plate.plate.picture.upright();
        let (wide, high) = (i64::from(pixels.width.max(1)), i64::from(pixels.height.max(1)));
        let floor = grid.baseline(grid.rows() - 1);
        let least = grid.trim.height.scale(MIN_PICTURE, 100);
        let captions = [CaptionText { plate, direction: None }];
        let caption_of = |width: Length| {
            let measure = width.min(caption::widest(grid));
            Caption::new(&captions, measure, CaptionSize::Usual, context)
        };
        let depth = |caption: &Caption| caption.height_below_picture(grid);
        let sizes = widths(area.width, grid).into_iter().map(|(covered, width)| {
            (covered, Size::new(width, width.scale(high, wide)), caption_of(width))
        });
        let bottom = |size: &Size, caption: &Caption| area.y + size.height + depth(caption);
        let fitting: Vec<_> =
            sizes.filter(|(_, size, caption)| bottom(size, caption) <= floor).collect();
        // Beside or below the picture, there is room for text.
        let leaves_room = |(covered, size, caption): &(i64, Size, Caption)| {
            let rows = (floor - bottom(size, caption)).to_emu() / grid.leading.to_emu().max(1);
            !has_text || *covered < columns || rows >= MIN_ROWS_BELOW
        };
        let best = fitting.iter().position(leaves_room).unwrap_or(0);
        let (covered, size, caption) = fitting
            .into_iter()
            .nth(best)
            .filter(|(_, size, _)| size.height >= least)
            .unwrap_or_else(|| {
                // It is as high as the page allows.
                let caption = caption_of(area.width);
                let room = (floor - area.y - depth(&caption)).max(least);
                let width = room.scale(wide, high).min(area.width);
                let caption = caption_of(width);
                let room = (floor - area.y - depth(&caption)).max(least);
                let width = room.scale(wide, high).min(area.width);
                (columns, Size::new(width, width.scale(high, wide)), caption)
            });
        // The last columns are at the end of lines; a picture over all of them is at their start.
        let at_end = (covered < columns) != grid.binding_right;
        let x = if at_end { area.right() - size.width } else { area.x };
        let columns = usize::try_from(columns).unwrap_or(1);
        let covered = usize::try_from(covered).unwrap_or(1).min(columns);
        Self { frame: Rect::new(Point::new(x, area.y), size), caption, covered, columns }
    }

    /// Places the picture and its caption; returns whether that fits.
    fn set(&self, page: &mut Page, plate: PlateElement<'_>, grid: &Grid) -> bool {
        page.items.push(picture(plate, self.frame, self.frame, Turn::Upright));
        let left = if grid.binding_right {
            self.frame.right() - self.caption.measure
        } else {
            self.frame.x
        };
        let at = Point::new(left, self.frame.bottom() + caption::gap(grid));
        self.caption.set(page, at, grid.trim.height - grid.margins.bottom.scale(7, 10))
    }

    /// The first row of each column of text: below the picture, or beside it, where the head ends
    /// at `y`.
    fn first_rows(&self, y: Length, grid: &Grid) -> Vec<usize> {
        let row_from = |top: Length| {
            (0..grid.rows()).find(|&row| grid.baseline(row) >= top).unwrap_or(grid.rows())
        };
        let caption = self.caption.height_below_picture(grid);
        let below = row_from(self.frame.bottom() + caption + grid.leading.scale(190, 100));
        let beside = row_from(y + styles::text(grid).size.scale(6, 10));
        (0..self.columns)
            .map(|column| if column + self.covered < self.columns { beside } else { below })
            .collect()
    }
}
