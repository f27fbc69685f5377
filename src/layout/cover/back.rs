//! The back of the printed cover: a text, a photo, the publisher and the barcode.

use crate::model::{
    CoverIssue, CoverSheet, CoverStyle, CoverTextPlace, Ink, Length, Page, Point, Rect, Size,
};

use crate::layout::cover::barcode::{Quiet, SetBarcode};
use crate::layout::cover::column::{NARROWEST, TextColumn};
use crate::layout::cover::front::{FrontEdges, FrontLines, inset};
use crate::layout::cover::measures::CoverMeasures;
use crate::layout::cover::picture;
use crate::layout::cover::text::TextBlock;
use crate::layout::text::styles;

/// How much a crop may take of the photo, in per cent.
const CROP: i64 = 30;
/// How much it may take so that the photo is as wide as the text below it.
const CROP_TO_WIDTH: i64 = 45;

/// A title of the front is a line for the text of the back if it is above this part of the height, in
/// per cent.
const LOWEST_TITLE: i64 = 45;

/// Composes the back on the lines of the front: its photo and its text have the edges of something
/// that stands there, and share its head or its foot and the line of its title.
pub(super) fn compose(
    page: &mut Page,
    sheet: &CoverSheet,
    lines: FrontLines,
    measures: &CoverMeasures<'_>,
    issues: &mut Vec<CoverIssue>,
) {
    let inner = inset(sheet.back_board(), measures.margin);
    let content = Rect { y: lines.head, height: lines.foot - lines.head, ..inner };
    let barcode = SetBarcode::new(measures.book, measures.faces, sheet, issues);
    let back = BackCover { sheet, lines, measures, content, barcode };
    let [narrow, wide] = back.columns();
    let mut arrangement = back.arrange(narrow);
    if !arrangement.is_whole && wide != narrow {
        arrangement = back.arrange(wide);
    }
    back.place(page, arrangement, issues);
}

/// The back while it is composed.
struct BackCover<'a> {
    sheet: &'a CoverSheet,
    lines: FrontLines,
    measures: &'a CoverMeasures<'a>,
    /// The board without its margins, between the first and the last line of the front.
    content: Rect,
    barcode: Option<SetBarcode>,
}

/// What is on a back, and where.
struct Arrangement {
    barcode: Option<Rect>,
    publisher: Option<(TextBlock, Point)>,
    photo: Option<Rect>,
    text: Option<(TextColumn, Point)>,
    /// Whether all of the text fits in its usual size.
    is_whole: bool,
}

impl BackCover<'_> {
    /// What the column shares its edges with: the photo of the front if it has a good measure, or
    /// else what has the most of one.
    fn edges_of_front(&self, least: Length) -> FrontEdges {
        let FrontLines { photo_edges: photo, text_edges, column_edges, .. } = self.lines;
        let is_good = |edges: &FrontEdges| edges.width >= least;
        if let Some(photo) = photo.filter(is_good) {
            return photo;
        }
        let most = self.measures.back_grid().measure;
        // A photo on the back is not cropped to a strip as wide as all of the front, nor made as narrow
        // as a label below which the front's photo extends to the edges.
        let suits_photo = |edges: &FrontEdges| photo.is_some() && edges.width <= most;
        let has_photo = self.measures.book.cover_back.photo.is_some();
        let suits = |edges: &FrontEdges| is_good(edges) && (!has_photo || suits_photo(edges));
        let texts = text_edges.into_iter().flatten().filter(suits);
        // Of edges that are as good, the last are chosen, which are those of all that stands there.
        let text = texts.max_by_key(|edges| edges.width.min(most));
        text.or(photo).unwrap_or(column_edges)
    }

    /// Where these edges are on the back: at the same distance from the left, or mirrored about the
    /// spine, whichever is nearer to the trim where lines begin.
    fn on_back(&self, edges: FrontEdges) -> Rect {
        let board = self.sheet.back_board();
        let mirrored = board.width - edges.left - edges.width;
        let is_right = self.measures.grid.binding_right;
        let left = if is_right { edges.left.max(mirrored) } else { edges.left.min(mirrored) };
        Rect { x: board.x + left, width: edges.width, ..self.content }
    }

    /// The column that is as wide as something on the front, or as wide as a short text needs, and
    /// that of a text which does not fit in that.
    fn columns(&self) -> [Rect; 2] {
        let (measures, content) = (self.measures, self.content);
        let grid = measures.back_grid();
        let narrowest = (styles::text(&grid).size * NARROWEST).min(content.width);
        let block = self.on_back(self.edges_of_front(narrowest));
        let is_centred = measures.grid.style.cover == CoverStyle::Centred;
        let widened = |least: Length| {
            let width = block.width.max(least.min(grid.measure)).min(content.width);
            let x = if is_centred {
                block.x + (block.width - width) / 2
            } else if measures.grid.binding_right {
                block.right() - width
            } else {
                block.x
            };
            Rect { x: x.min(content.right() - width).max(content.x), width, ..content }
        };
        [widened(narrowest), widened(grid.measure)]
    }

    /// Arranges the back with its photo and its text in a column.
    fn arrange(&self, column: Rect) -> Arrangement {
        let (measures, lines) = (self.measures, self.lines);
        let back = &measures.book.cover_back;
        let text_column = Rect { width: column.width.min(measures.back_grid().measure), ..column };
        let text_column = if measures.grid.binding_right {
            Rect { x: column.right() - text_column.width, ..text_column }
        } else {
            text_column
        };
        let barcode = self
            .barcode
            .as_ref()
            .map(|barcode| barcode_field(self.sheet, self.content, barcode, text_column, measures));
        let (publisher, bottom) = self.foot(column, barcode);
        let room = Rect { height: bottom - self.content.y, ..text_column };
        let none = Arrangement { barcode, publisher, photo: None, text: None, is_whole: true };
        let placed = |text: TextColumn, y: Length, photo: Option<Rect>| Arrangement {
            barcode,
            publisher: none.publisher.clone(),
            photo,
            is_whole: text.is_whole,
            text: Some((text, Point::new(text_column.x, y))),
        };
        let at_title = lines.title.filter(|_| !back.text.is_empty()).and_then(|title| {
            let text = set(measures, text_column.width, bottom - title);
            text.is_whole.then_some((text, title))
        });
        let gap = measures.share(52);
        let Some(photo) = &back.photo else {
            if back.text.is_empty() {
                return none;
            }
            // A text low on the back, with nothing above it, would seem to have slid down.
            let board = self.sheet.back_board();
            let lowest = board.y + board.height.scale(LOWEST_TITLE, 100);
            if let Some((text, title)) = at_title.filter(|(_, title)| *title <= lowest) {
                return placed(text, title, None);
            }
            let text = set(measures, text_column.width, room.height);
            let top = hang(room, lines, text.height(), Length::ZERO);
            return placed(text, top, None);
        };
        if back.text.is_empty() {
            let foot = lines.photo_foot.map_or(bottom, |foot| foot.min(bottom));
            let top = hang(room, lines, (foot - room.y).scale(50, 100), Length::ZERO);
            let limit = Size::new(column.width, (foot - top).min(room.height.scale(85, 100)));
            let size = picture::size_within(photo, limit, 0);
            let y = if lines.photo_foot.is_some() { foot - size.height } else { top };
            let photo = if self.is_centred(barcode) {
                picture::centred(column, y, size)
            } else {
                self.at_start(column, y, size)
            };
            return Arrangement { photo: Some(photo), ..none };
        }
        if let Some((text, title)) = at_title {
            let (head, foot) = match lines.photo_foot {
                Some(foot) => (lines.hang, foot),
                None => (room.y, title - gap),
            };
            let limit = Size::new(column.width, foot - head);
            let size = picture::size_keeping(photo, limit, CROP);
            if size.width * 2 >= column.width {
                let photo = self.at_start(column, foot - size.height, size);
                return placed(text, title, Some(photo));
            }
        }
        // The photo is as wide as the column, if a crop can make it so.
        let [least, most] = [24, 50].map(|share| room.height.scale(share, 100));
        let text = set(measures, text_column.width, room.height - least - gap);
        let height = (room.height - text.height() - gap).clamp(least, most);
        let limit = Size::new(column.width, height);
        let usual = picture::size_keeping(photo, limit, CROP);
        let size = if usual.width < column.width {
            picture::size_keeping(photo, limit, CROP_TO_WIDTH)
        } else {
            usual
        };
        let top = hang(room, lines, size.height + gap + text.height(), measures.share(20));
        let photo = self.at_start(column, top, size);
        placed(text, photo.bottom() + gap, Some(photo))
    }

    /// Something of this size where the lines of a column begin.
    fn at_start(&self, column: Rect, y: Length, size: Size) -> Rect {
        let is_right = self.measures.grid.binding_right;
        let x = if is_right { column.right() - size.width } else { column.x };
        Rect::new(Point::new(x, y), size)
    }

    /// Whether what is on the back is centred, as on the front: only without a text and a barcode.
    fn is_centred(&self, barcode: Option<Rect>) -> bool {
        let is_centred = matches!(
            self.measures.grid.style.cover,
            CoverStyle::Centred | CoverStyle::Label | CoverStyle::Masthead
        );
        is_centred && barcode.is_none() && self.measures.book.cover_back.text.is_empty()
    }

    fn place(self, page: &mut Page, arrangement: Arrangement, issues: &mut Vec<CoverIssue>) {
        let Arrangement { barcode: field, publisher, photo, text, .. } = arrangement;
        if let (Some(barcode), Some(field)) = (self.barcode, field) {
            barcode.place(page, Point::new(field.x, field.y));
        }
        if let Some((publisher, at)) = publisher {
            TextBlock::place(page, &[publisher], at);
        }
        if let (Some(picture), Some(area)) = (&self.measures.book.cover_back.photo, photo) {
            page.items.push(picture::filling(picture, None, area, area, None));
        }
        let Some((text, at)) = text else { return };
        if text.left_out > 0 {
            let (lines, left_out) = (text.lines, text.left_out);
            issues.push(CoverIssue::TextCut { place: CoverTextPlace::Back, lines, left_out });
        }
        text.place(page, at);
    }

    /// The publisher at the foot, and where the room above the foot ends.
    fn foot(&self, column: Rect, barcode: Option<Rect>) -> (Option<(TextBlock, Point)>, Length) {
        let (content, measures) = (self.content, self.measures);
        let mut bottom = content.bottom();
        let gap = measures.share(60);
        if let Some(field) = barcode {
            bottom = bottom.min(field.y - gap);
        }
        // The publisher is beside the barcode: where lines begin, if there is room.
        let places = barcode.map_or([content; 2], |field| {
            let space = measures.margin / 2;
            let left = content.x.max(column.x.min(field.x - space));
            let left = Rect { x: left, width: field.x - space - left, ..content };
            let x = field.right() + space;
            let right = Rect { x, width: content.right() - x, ..content };
            if measures.grid.binding_right { [right, left] } else { [left, right] }
        });
        let set = |free: Rect| {
            let publisher = measures.publisher(free.width.max(Length::ZERO))?;
            let fits = publisher.width() <= free.width && publisher.lines.len() <= 3;
            fits.then_some((free, publisher))
        };
        let publisher = places.into_iter().find_map(set);
        let publisher = publisher.map(|(free, mut publisher)| {
            let mut x = free.x;
            if !self.is_centred(barcode) {
                // It has the edge of the text. Beside a barcode there is no middle.
                let width = publisher.width();
                let edge =
                    if measures.grid.binding_right { column.right() - width } else { column.x };
                x = edge.min(free.right() - width).max(free.x);
                publisher = measures.publisher(width).unwrap_or(publisher);
            }
            let top = content.bottom() - publisher.height();
            bottom = bottom.min(top - gap);
            (publisher, Point::new(x, top))
        });
        (publisher, bottom)
    }
}

/// Where the barcode is: where the printer wants it, or else with its bars on the margin and its
/// digits on the last baseline. On a coloured ground, the white field is seen, and it is the field
/// that keeps the margin.
fn barcode_field(
    sheet: &CoverSheet,
    content: Rect,
    barcode: &SetBarcode,
    column: Rect,
    measures: &CoverMeasures<'_>,
) -> Rect {
    let size = barcode.size;
    if sheet.barcode.size.is_some() || sheet.barcode.margin.is_some() {
        return sheet.barcode_field(size);
    }
    let board = sheet.back_board();
    let is_seen = measures.ground() != Ink::PAPER;
    let most = (content.x - board.x - sheet.safe_area).max(Length::ZERO);
    let beyond = |quiet: Length| if is_seen { Length::ZERO } else { quiet.min(most) };
    let Quiet { left, right, below } = barcode.quiet;
    // It shares an edge with the text above it.
    let has_text = !measures.book.cover_back.text.is_empty();
    let edges = if has_text { column } else { content };
    let x = if board.x < sheet.spine.x {
        edges.right() + beyond(right) - size.width
    } else {
        edges.x - beyond(left)
    };
    // A narrow cover has no room for it between the margins.
    let x = x.min(board.right() - size.width).max(board.x);
    Rect::new(Point::new(x, content.bottom() + beyond(below) - size.height), size)
}

/// The top of something of this height: where the front hangs its photo, or where the content begins
/// if there is too little room below that, but nowhere between, which would look like a mistake.
fn hang(room: Rect, lines: FrontLines, height: Length, least_below: Length) -> Length {
    if lines.hang + height + least_below <= room.bottom() { lines.hang } else { room.y }
}

fn set(measures: &CoverMeasures<'_>, width: Length, height: Length) -> TextColumn {
    let blocks = &measures.book.cover_back.text;
    TextColumn::new(measures, &measures.back_grid(), blocks, Size::new(width, height))
}
