//! Openings in the manner of newspapers: a title with the first paragraph, the names, the place and
//! the date above a picture, all on one page, and the text in columns after it.

use std::sync::Arc;

use crate::model::{
    Block, EntryId, Inline, Length, Page, Plate, Point, Rect, Side, Size, StructureElement,
    StructureKind, Turn, deck, plain_text, split_dateline,
};
use crate::typeset::{Align, Line, Style};

use crate::layout::folio::folio;
use crate::layout::grid::TextColumns;
use crate::layout::openings::one_page::{raise_title, rows_high};
use crate::layout::openings::opening::Opening;
use crate::layout::openings::titles::ChapterTitle;
use crate::layout::paginate::BodyPages;
use crate::layout::plates::caption;
use crate::layout::plates::caption::{Caption, CaptionSize, CaptionText};
use crate::layout::plates::context::{PlateContext, PlateElement};
use crate::layout::plates::facing;
use crate::layout::plates::plate::picture;
use crate::layout::text::column_breaks::{Band, ColumnBreaks, ColumnPage};
use crate::layout::text::column_sections::break_text;
use crate::layout::text::page_breaks::PageDepth;
use crate::layout::text::rows::SetText;
use crate::layout::text::{flow, running_text, styles};
use crate::layout::{Grid, elements, hairlines, placement};

/// The longest colophon, in characters.
const MAX_COLOPHON: usize = 3_000;
/// The height that a picture keeps above all, in per cent of the page.
const MIN_PICTURE: i64 = 28;
/// A picture of this part of the page is large enough, in per cent.
const GENEROUS_PICTURE: i128 = 28;
/// The width that a picture beside text keeps of that of its columns, in per cent.
const NARROWER: i64 = 80;
/// The part of the longest line of a deck that the others have at least, in per cent.
const LEAST_EVEN: i64 = 75;
/// The fewest rows of each column of a text that is in columns.
const MIN_COLUMN_ROWS: usize = 4;
/// This part of a page, one over the number, is not left empty above a table across all columns.
const LARGE_GAP: usize = 3;
/// A last page with less than this part of its rows, one over the number, is better avoided.
const FEW_LAST_ROWS: usize = 4;
/// The cost of a text with fewer columns than others.
const FEWER_COLUMNS: u64 = 150;

impl<'a> BodyPages<'a> {
    /// The plate on the page of a title, if the text fits into columns beside or below it.
    pub(super) fn opening_plate(
        &self,
        id: EntryId,
        opening: &Opening<'_>,
    ) -> Option<(EntryId, &'a Plate)> {
        let section = StructureElement::part(StructureKind::Section);
        let plate = self.context.book.plate_below_title(id)?;
        let fits = self.fits_in_columns(opening, &section, Side::Recto)
            && self.begins_in_columns(opening, &section);
        fits.then_some(plate)
    }

    /// Whether a text has some rows of columns, which are beside the picture of an opening or below
    /// it, before anything that is across the columns.
    fn begins_in_columns(&self, opening: &Opening<'_>, section: &Arc<StructureElement>) -> bool {
        let columns = self.context.grid.text_columns();
        let (_, blocks) = split_dateline(opening.blocks);
        // The deck is above the picture.
        let blocks = deck(blocks).map_or(blocks, |(_, rest)| rest);
        let text = Opening { blocks, ..*opening };
        let text = self.text_of_column(&text, section, Side::Recto, columns);
        let least = 2 * MIN_COLUMN_ROWS * usize::try_from(columns.count).unwrap_or(1);
        text.rows.iter().position(|row| row.is_across).is_none_or(|row| row >= least)
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
        let index = self.pages.len();
        self.opened.push((plate_id, index));
        let side = Side::from_index(index);
        self.next().entry = Some(id);
        let title = opening.title.unwrap_or_default();
        let (dateline, blocks) = split_dateline(opening.blocks);
        let (deck, blocks) = match deck(blocks) {
            Some((deck, rest)) => (Some(deck), rest),
            None => (None, blocks),
        };
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
        y = head.names_and_dateline(page, dateline.unwrap_or_default(), y);
        let element = section.child(StructureKind::Illustration);
        let below = PlateElement { plate, element: &element };
        let rest = Opening { blocks, ..*opening };
        let area = Rect { y, ..inside };
        let (placed, text) = self.best_placement(below, area, &rest, &section, index);
        let page = &mut self.pages[index];
        if !placed.set(page, below, grid) {
            self.overset.push(plate_id);
        }
        self.bookmark(plate_id, plate, index, false);
        facing::begin_with_picture(&mut self.pages, index, placed.frame.y, grid);
        if let Some(text) = text {
            self.place_text(id, &rest, index, text);
        }
    }

    /// The size and position of the picture of an opening, and the text below and beside it: of all
    /// sizes on the columns of text, the largest that does not spoil the text.
    fn best_placement(
        &self,
        plate: PlateElement<'_>,
        area: Rect,
        opening: &Opening<'_>,
        section: &Arc<StructureElement>,
        index: usize,
    ) -> (PlacedOpening, Option<ColumnText>) {
        let context = &self.context;
        let grid = context.grid;
        let usual = grid.text_columns();
        if opening.blocks.is_empty() {
            let placed = PlacedOpening::candidates(plate, area, usual, false, context);
            let placed = placed.into_iter().next();
            let placed =
                placed.unwrap_or_else(|| PlacedOpening::highest(plate, area, usual, context));
            return (placed, None);
        }
        let mut best: Option<(u64, PlacedOpening, ColumnText)> = None;
        for columns in [Some(usual), grid.fewer_text_columns()].into_iter().flatten() {
            let is_usual = columns == usual;
            // Texts in the same number of columns look alike.
            if best.as_ref().is_some_and(|(cost, ..)| *cost <= FEWER_COLUMNS) {
                break;
            }
            let mut candidates = PlacedOpening::candidates(plate, area, columns, true, context);
            if candidates.is_empty() && is_usual {
                candidates.push(PlacedOpening::highest(plate, area, columns, context));
            }
            if candidates.is_empty() {
                continue;
            }
            let side = Side::from_index(index);
            let text = self.text_of_column(opening, section, side, columns);
            for placed in candidates {
                let tops = placed.first_rows(area.y, grid);
                let breaks = break_text(&text, self.column_depth(opening), &tops);
                let fewer = if is_usual { 0 } else { FEWER_COLUMNS };
                let cost = breaks.cost + placed.cost(grid) + fewer;
                if best.as_ref().is_some_and(|(other, ..)| cost >= *other) {
                    continue;
                }
                let usual = ColumnText { text: text.clone(), breaks, columns };
                let set = |columns| {
                    let text = self.text_of_column(opening, section, side, columns);
                    let tops = vec![tops[0]; usize::try_from(columns.count).unwrap_or(1)];
                    let breaks = break_text(&text, self.column_depth(opening), &tops);
                    ColumnText { text, breaks, columns }
                };
                // Text that reaches a picture narrower than its columns goes on in no others.
                let wider = placed.columns_beside(area, columns).map(set);
                let wider =
                    wider.filter(|it| it.breaks.pages.len() == 1 && !it.text.has_rows_across());
                best = Some((cost, placed, wider.unwrap_or(usual)));
            }
        }
        match best {
            Some((_, placed, text)) => (placed, Some(text)),
            None => (PlacedOpening::highest(plate, area, usual, context), None),
        }
    }

    /// Whether the tables of a text fit in its columns or across all of them. Otherwise, the text is
    /// set in one column.
    pub(super) fn fits_in_columns(
        &self,
        opening: &Opening<'_>,
        section: &Arc<StructureElement>,
        side: Side,
    ) -> bool {
        let columns = self.context.grid.text_columns();
        let has_table = opening.blocks.iter().any(|block| matches!(block, Block::Table(_)));
        columns.count == 1
            || !has_table
            || self.text_of_column(opening, section, side, columns).wide_tables.is_empty()
    }

    /// Whether a text fills its columns with a few lines each, at least. A shorter one looks like a
    /// deck, and is set like one.
    pub(super) fn fills_columns(
        &self,
        opening: &Opening<'_>,
        section: &Arc<StructureElement>,
        side: Side,
    ) -> bool {
        let columns = self.context.grid.text_columns();
        let text = self.text_of_column(opening, section, side, columns);
        let rows = text.rows.iter().filter(|row| !row.is_across).count();
        rows >= MIN_COLUMN_ROWS * usize::try_from(columns.count).unwrap_or(1)
    }

    /// The text of an opening, set in the width of a column.
    fn text_of_column(
        &self,
        opening: &Opening<'_>,
        section: &Arc<StructureElement>,
        side: Side,
        columns: TextColumns,
    ) -> SetText {
        let PlateContext { book, faces, grid, .. } = self.context;
        let Opening { language, title, blocks, .. } = *opening;
        let mut narrow = grid.with_column(grid.inside(side).x, columns.width, side);
        if opening.is_last && is_colophon(blocks) {
            narrow.style.justified = false;
        }
        flow::text(faces, &narrow, book, language, section, title, blocks)
    }

    /// Sets the text of an opening in columns, from this row of this page on, or up to `most` rows
    /// higher if that saves a page for a few lines, unless it would leave much of a page empty. Returns
    /// the first row.
    pub(super) fn text_in_columns(
        &mut self,
        id: EntryId,
        opening: &Opening<'_>,
        section: &Arc<StructureElement>,
        (index, row): (usize, usize),
        most: usize,
    ) -> Option<usize> {
        let grid = self.context.grid;
        let columns = grid.text_columns();
        let count = usize::try_from(columns.count).unwrap_or(1);
        let text = self.text_of_column(opening, section, Side::from_index(index), columns);
        let depth = self.column_depth(opening);
        let breaks_from = |row: usize| break_text(&text, depth, &vec![row; count]);
        let usual = row;
        let (mut row, mut breaks) = (row, breaks_from(row));
        let bands = breaks.pages.last().into_iter().flat_map(|page| &page.bands);
        let last = bands.filter_map(Band::end).max().unwrap_or(0);
        if breaks.pages.len() > 1 && last * FEW_LAST_ROWS < grid.rows() {
            let higher = (1..=most.min(row)).map(|more| (row - more, breaks_from(row - more)));
            let saves_a_page =
                |(_, it): &(usize, ColumnBreaks)| it.pages.len() < breaks.pages.len();
            if let Some(better) = higher.into_iter().find(saves_a_page) {
                (row, breaks) = better;
            }
        }
        if breaks.gap * LARGE_GAP > grid.rows() {
            return None;
        }
        if !grid.style.titles.at_head {
            raise_title(&mut self.pages[index], rows_high(usual - row, grid));
        }
        self.place_text(id, opening, index, ColumnText { text, breaks, columns });
        Some(row)
    }

    /// The rows of the pages of an opening with text in columns.
    fn column_depth(&self, opening: &Opening<'_>) -> PageDepth {
        let grid = self.context.grid;
        PageDepth {
            opening: grid.rows() - opening.foot_rows.min(grid.rows() / 2),
            full: grid.rows(),
            opens_recto: true,
            leading: grid.leading,
            note_leading: running_text::note_leading(grid),
        }
    }

    /// Places text in columns on the page with this index and the following ones.
    fn place_text(&mut self, id: EntryId, opening: &Opening<'_>, index: usize, text: ColumnText) {
        let context = self.context;
        let head = self.head.clone();
        for (number, columns) in text.breaks.pages.iter().enumerate() {
            let page = if number == 0 { &mut self.pages[index] } else { self.next() };
            page.entry = Some(id);
            place_columns(page, &text.text, columns, text.columns, context.grid);
            if number > 0 || opening.title.is_none() {
                folio(page, &head, &context);
            }
        }
        self.wide_tables.extend(text.text.wide_tables);
    }
}

/// A text that is broken into columns.
struct ColumnText {
    text: SetText,
    breaks: ColumnBreaks,
    columns: TextColumns,
}

/// The left edge of a column of text, counted in the direction of reading.
fn column_left(number: usize, side: Side, columns: TextColumns, grid: &Grid) -> Length {
    let inside = grid.inside(side);
    let offset = columns.step * i64::try_from(number).unwrap_or(0);
    if grid.binding_right { inside.right() - offset - columns.width } else { inside.x + offset }
}

/// Places a page of text in columns, with its notes below it.
fn place_columns(
    page: &mut Page,
    text: &SetText,
    content: &ColumnPage,
    columns: TextColumns,
    grid: &Grid,
) {
    for band in &content.bands {
        place_band(page, text, band, columns, grid);
    }
    let count = usize::try_from(columns.count).unwrap_or(1);
    let lefts = (0..count).map(|it| column_left(it, page.side, columns, grid));
    let lefts: Vec<Length> = lefts.collect();
    running_text::note_block(page, &text.notes, &content.notes, (&lefts, columns.width), grid);
}

/// Places columns of text beside each other, with hairlines between them if the design has any: down
/// to the foot of the longest. What is across all columns has the measure of the page.
fn place_band(page: &mut Page, text: &SetText, band: &Band, columns: TextColumns, grid: &Grid) {
    let filled = band.columns.iter().enumerate().filter(|(_, (_, slice))| slice.has_content());
    if band.is_across {
        for (_, (top, slice)) in filled {
            running_text::place(page, text, slice, *top, &grid.across_columns());
        }
        return;
    }
    let width = columns.width;
    let foot = band.end().unwrap_or(0).saturating_sub(1);
    let mut previous: Option<(Length, usize)> = None;
    for (number, (top, slice)) in filled {
        let left = column_left(number, page.side, columns, grid);
        let column = grid.with_column(left, width, page.side);
        running_text::place(page, text, slice, *top, &column);
        if let Some((other, other_top)) = previous.filter(|_| grid.style.hairlines) {
            let middle = (left.min(other) + width + left.max(other)) / 2;
            let from = (*top).max(other_top);
            let y = grid.baseline(from) - styles::text(grid).size.scale(7, 10);
            let height = grid.baseline(foot) - y;
            let at = Point::new(middle - grid.rule / 2, y);
            page.items.push(hairlines::line(at, Size::new(grid.rule, height), grid));
        }
        previous = Some((left, *top));
    }
}

/// Whether the last text of a book is as short as a colophon, which is not justified in columns: it
/// has many names and addresses.
fn is_colophon(blocks: &[Block]) -> bool {
    let length = |block: &Block| match block {
        Block::Paragraph(content) => plain_text(content).chars().count(),
        _ => 0,
    };
    blocks.iter().map(length).sum::<usize>() <= MAX_COLOPHON
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
        let (part, lines) = even_lines(|part| {
            let measure = measure.scale(part, 100);
            placement::title(faces, spans.clone(), &book.language, measure, align)
        });
        let spare = measure - measure.scale(part, 100);
        let beyond = match align {
            Align::Centred => spare / 2,
            _ if grid.binding_right => spare,
            _ => Length::ZERO,
        };
        let lines = elements::in_element(lines, &self.section.child(StructureKind::Paragraph));
        let first = title + grid.leading.scale(140, 100) + faces.metrics(&style).cap_height;
        placement::lines(page, &lines, Point::new(self.area.x + beyond, first), leading) - leading
    }

    /// Sets the names at the start of a line and the place and the date at its end, between two
    /// hairlines; returns where the picture begins.
    fn names_and_dateline(&self, page: &mut Page, dateline: &[Inline], above: Length) -> Length {
        let PlateContext { grid, book, faces, .. } = *self.context;
        let credit = styles::credit(grid);
        let place = styles::place(grid);
        let leading = grid.leading_of(&grid.style.text_styles.credit);
        let names = book.bylines().join(" · ");
        let set = |spans, align| {
            let lines = placement::ragged(faces, spans, &book.language, self.area.width, align);
            elements::in_element(lines, &self.section.child(StructureKind::Paragraph))
        };
        let parts: Vec<Vec<Line>> = [
            (!names.is_empty()).then(|| set(styles::plain(names, credit.clone()), Align::Start)),
            (!dateline.is_empty()).then(|| set(styles::spans(dateline, &place), Align::Start)),
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
            let end = set(styles::spans(dateline, &place), Align::End);
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

/// A part of the measure, in per cent, and the lines that `set` makes of a paragraph in it: the widest in which no line but the last is much shorter than the others, in the same number of lines.
fn even_lines(set: impl Fn(i64) -> Vec<Line>) -> (i64, Vec<Line>) {
    let usual = set(100);
    let is_even = |lines: &[Line]| {
        let widths = lines.iter().map(|line| line.width);
        let longest = widths.clone().max().unwrap_or_default();
        let mut full = widths.take(lines.len().saturating_sub(1));
        full.all(|width| width * 100 >= longest * LEAST_EVEN)
    };
    if is_even(&usual) {
        return (100, usual);
    }
    let narrower = (75..100).rev().map(|part| (part, set(part)));
    narrower
        .take_while(|(_, lines)| lines.len() == usual.len())
        .find(|(_, lines)| is_even(lines))
        .unwrap_or((100, usual.clone()))
}

/// The widths that a picture can have, from the widest on, each with the number of columns of text
/// that it covers: those of columns of text, or, if no text is beside it, of columns of the page.
fn widths(room: Length, text: TextColumns, has_text: bool, grid: &Grid) -> Vec<(i64, Length)> {
    match &grid.columns {
        Some(columns) if !has_text => {
            let each = (columns.count / text.count).max(1);
            let covered = |count: i64| ((count + each - 1) / each).min(text.count);
            (1..=columns.count).rev().map(|count| (covered(count), columns.span(count))).collect()
        }
        _ if text.count == 1 => vec![(1, room)],
        _ => (1..=text.count)
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
    /// The height of the capitals of the text.
    cap_height: Length,
}

impl PlacedOpening {
    /// The pictures in an area that ends at the foot, from the largest on: over all columns, or, if
    /// there is text for the others, over the last ones.
    fn candidates(
        plate: PlateElement<'_>,
        area: Rect,
        columns: TextColumns,
        has_text: bool,
        context: &PlateContext<'_>,
    ) -> Vec<Self> {
        let grid = context.grid;
        let floor = grid.baseline(grid.rows() - 1);
        let least = grid.trim.height.scale(MIN_PICTURE, 100);
        let widths = widths(area.width, columns, has_text, grid).into_iter();
        let (wide, high) = shape(plate);
        let bottom = |area: Rect, height: Length, caption: &Caption| {
            area.y + height + caption.height_below_picture(grid)
        };
        // Beside text, the picture has the top of the capitals of its first line.
        let beside = Rect { y: first_line(area.y, context).1, ..area };
        let top_of = |covered| if has_text && covered < columns.count { beside } else { area };
        let sizes = widths.map(|(covered, width)| {
            let area = top_of(covered);
            let caption = caption_of(plate, width, context);
            let size = Size::new(width, width.scale(high, wide));
            // Beside text, a picture that is a little too high may be narrower than its columns.
            let excess = bottom(area, size.height, &caption) - floor;
            let height = size.height - excess;
            if excess <= Length::ZERO
                || covered == columns.count
                || height * 100 < size.height * NARROWER
            {
                return (covered, size, caption);
            }
            let width = height.scale(wide, high);
            (covered, Size::new(width, height), caption_of(plate, width, context))
        });
        let fitting = sizes.filter(|(covered, size, caption)| {
            bottom(top_of(*covered), size.height, caption) <= floor && size.height >= least
        });
        let covers = |covered| if has_text { covered } else { columns.count };
        fitting
            .map(|(covered, size, caption)| {
                Self::new(top_of(covered), size, caption, covers(covered), columns, context)
            })
            .collect()
    }

    /// The picture as high as the page allows.
    fn highest(
        plate: PlateElement<'_>,
        area: Rect,
        columns: TextColumns,
        context: &PlateContext<'_>,
    ) -> Self {
        let grid = context.grid;
        let floor = grid.baseline(grid.rows() - 1);
        let least = grid.trim.height.scale(MIN_PICTURE, 100);
        let (wide, high) = shape(plate);
        let mut width = area.width;
        // The caption of a narrower picture may be longer.
        for _ in 0..2 {
            let caption = caption_of(plate, width, context);
            let room = (floor - area.y - caption.height_below_picture(grid)).max(least);
            width = room.scale(wide, high).min(area.width);
        }
        let size = Size::new(width, width.scale(high, wide));
        let caption = caption_of(plate, width, context);
        Self::new(area, size, caption, columns.count, columns, context)
    }

    fn new(
        area: Rect,
        size: Size,
        caption: Caption,
        covered: i64,
        columns: TextColumns,
        context: &PlateContext<'_>,
    ) -> Self {
        let grid = context.grid;
        // The last columns are at the end of lines. A picture over all of them, or without a text, is
        // at their start, under that of the title.
        let at_end = (covered < columns.count) != grid.binding_right;
        let x = if at_end { area.right() - size.width } else { area.x };
        let count = usize::try_from(columns.count).unwrap_or(1);
        let covered = usize::try_from(covered).unwrap_or(1).min(count);
        let frame = Rect::new(Point::new(x, area.y), size);
        Self { frame, caption, covered, columns: count, cap_height: cap_height(context) }
    }

    /// The columns of text beside a picture that is narrower than the columns that it covers: wider,
    /// so that they reach it.
    fn columns_beside(&self, area: Rect, columns: TextColumns) -> Option<TextColumns> {
        let beside = i64::try_from(self.columns - self.covered).ok().filter(|it| *it > 0)?;
        let gap = columns.step - columns.width;
        let room = area.width - self.frame.width - gap;
        let width = (room - gap * (beside - 1)) / beside;
        let is_wider = width > columns.width + Length::mm(1);
        is_wider.then_some(TextColumns { count: beside, width, step: width + gap })
    }

    /// The cost of a picture that is smaller than it could be.
    fn cost(&self, grid: &Grid) -> u64 {
        let area = |width: Length, height: Length| {
            i128::from(width.to_emu()) * i128::from(height.to_emu())
        };
        let page = area(grid.trim.width, grid.trim.height).max(1);
        let share = area(self.frame.width, self.frame.height) * 100 / page;
        let missing = (GENEROUS_PICTURE - share).max(0);
        u64::try_from(missing * 40).unwrap_or(0)
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
        let row_from = |top: Length| row_from(top, grid);
        let caption = self.caption.height_below_picture(grid);
        let below = row_from(self.frame.bottom() + caption + grid.leading.scale(190, 100));
        let beside = row_from(y + self.cap_height);
        (0..self.columns)
            .map(|column| if column + self.covered < self.columns { beside } else { below })
            .collect()
    }
}

/// The first row whose baseline is not above this line.
fn row_from(top: Length, grid: &Grid) -> usize {
    (0..grid.rows()).find(|&row| grid.baseline(row) >= top).unwrap_or(grid.rows())
}

/// The first row of text below a head that ends at `y`, and the top of its capitals.
fn first_line(y: Length, context: &PlateContext<'_>) -> (usize, Length) {
    let grid = context.grid;
    let cap_height = cap_height(context);
    let row = row_from(y + cap_height, grid);
    (row, grid.baseline(row) - cap_height)
}

/// The height of the capitals of running text.
fn cap_height(context: &PlateContext<'_>) -> Length {
    context.faces.metrics(&styles::text(context.grid)).cap_height
}

/// The horizontal and the vertical side of a picture.
fn shape(plate: PlateElement<'_>) -> (i64, i64) {
    let pixels = plate.plate.picture.upright();
    (i64::from(pixels.width.max(1)), i64::from(pixels.height.max(1)))
}

/// The caption of a picture of this width.
fn caption_of(plate: PlateElement<'_>, width: Length, context: &PlateContext<'_>) -> Caption {
    let captions = [CaptionText { plate, direction: None }];
    let measure = width.min(caption::widest(context.grid));
    Caption::new(&captions, measure, CaptionSize::Usual, context)
}
