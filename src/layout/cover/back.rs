//! The back of the printed cover: a text, a photo, the publisher and the barcode.

use crate::model::{
    CoverIssue, CoverSheet, CoverStyle, CoverTextPlace, Ink, Length, Page, Picture, Point, Rect,
    Size,
};

use crate::layout::cover::barcode::{Quiet, SetBarcode};
use crate::layout::cover::column::TextColumn;
use crate::layout::cover::front::{FrontLines, inset};
use crate::layout::cover::measures::CoverMeasures;
use crate::layout::cover::picture;
use crate::layout::cover::text::TextBlock;

/// How much a crop may take of the photo, in per cent.
const CROP: i64 = 30;

/// Composes the back, on the lines of the front.
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
    let field = barcode.as_ref().map(|barcode| barcode_field(sheet, content, barcode, measures));
    let bottom = foot(page, content, field, measures);
    if let (Some(barcode), Some(field)) = (barcode, field) {
        barcode.place(page, Point::new(field.x, field.y));
    }
    let room = Rect { height: bottom - content.y, ..content };
    let back = &measures.book.cover_back;
    let Some(photo) = &back.photo else {
        if !back.text.is_empty() {
            let column = column(room, measures);
            let text = set(measures, column.width, room.height);
            // Alone, it is in the optical centre.
            let top = room.y + (room.height - text.height()).max(Length::ZERO).scale(42, 100);
            place_text(page, &text, Point::new(column.x, top), issues);
        }
        return;
    };
    if back.text.is_empty() {
        let limit = Size::new(room.width, room.height.scale(85, 100));
        let whole = picture::size_within(photo, limit, 0);
        // Smaller than the photo on the front, which it must not rival.
        let size = Size::new(whole.width.scale(70, 100), whole.height.scale(70, 100));
        let y = room.y + (room.height - size.height).scale(42, 100);
        place_photo(page, photo, picture::centred(room, y, size));
        return;
    }
    // The photo is as wide as the text, if a crop can make it so.
    let column = column(room, measures);
    let gap = measures.share(52);
    let [least, most] = [24, 50].map(|share| room.height.scale(share, 100));
    let text = set(measures, column.width, room.height - least - gap);
    let height = (room.height - text.height() - gap).clamp(least, most);
    let size = picture::size_keeping(photo, Size::new(column.width, height), CROP);
    let top = hang(room, lines, size.height + gap + text.height(), measures.share(20));
    let area = if measures.grid.style.cover == CoverStyle::Centred {
        picture::centred(column, top, size)
    } else if measures.grid.binding_right {
        Rect::new(Point::new(column.right() - size.width, top), size)
    } else {
        Rect::new(Point::new(column.x, top), size)
    };
    place_photo(page, photo, area);
    place_text(page, &text, Point::new(column.x, area.bottom() + gap), issues);
}

/// Where the barcode is: where the printer wants it, or else with its bars on the margin and its
/// digits on the last baseline. On a coloured ground, the white field is seen, and it is the field
/// that keeps the margin.
fn barcode_field(
    sheet: &CoverSheet,
    content: Rect,
    barcode: &SetBarcode,
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
    let edges = if has_text { column(content, measures) } else { content };
    let x = if board.x < sheet.spine.x {
        edges.right() + beyond(right) - size.width
    } else {
        edges.x - beyond(left)
    };
    // A narrow cover has no room for it between the margins.
    let x = x.min(board.right() - size.width).max(board.x);
    Rect::new(Point::new(x, content.bottom() + beyond(below) - size.height), size)
}

/// The column of the text: in the middle of a wide back, whose other half would be empty, and of one
/// without a photo.
fn column(room: Rect, measures: &CoverMeasures<'_>) -> Rect {
    let width = measures.back_grid().measure.min(room.width);
    let front = measures.grid.trim;
    let is_wide = front.width > front.height.scale(115, 100);
    let is_alone = measures.book.cover_back.photo.is_none();
    let is_centred = measures.grid.style.cover == CoverStyle::Centred;
    let x = if is_centred || is_wide || is_alone {
        room.x + (room.width - width) / 2
    } else if measures.grid.binding_right {
        room.right() - width
    } else {
        room.x
    };
    Rect { x, width, ..room }
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

fn place_text(page: &mut Page, text: &TextColumn, at: Point, issues: &mut Vec<CoverIssue>) {
    if text.left_out > 0 {
        let (lines, left_out) = (text.lines, text.left_out);
        issues.push(CoverIssue::TextCut { place: CoverTextPlace::Back, lines, left_out });
    }
    text.place(page, at);
}

fn place_photo(page: &mut Page, photo: &Picture, area: Rect) {
    page.items.push(picture::filling(photo, None, area, area, None));
}

/// Places the publisher at the foot, and returns where the room above the foot ends.
fn foot(
    page: &mut Page,
    content: Rect,
    barcode: Option<Rect>,
    measures: &CoverMeasures<'_>,
) -> Length {
    // The publisher is beside the barcode.
    let free = match barcode {
        Some(field) if field.x > content.x + content.width / 3 => {
            Rect { width: field.x - content.x - measures.margin / 2, ..content }
        }
        Some(field) => {
            let x = field.right() + measures.margin / 2;
            Rect { x, width: content.right() - x, ..content }
        }
        None => content,
    };
    let mut bottom = content.bottom();
    let gap = measures.share(60);
    if let Some(field) = barcode {
        bottom = bottom.min(field.y - gap);
    }
    let publisher = measures
        .publisher(free.width)
        .filter(|block| block.width() <= free.width && block.lines.len() <= 3);
    if let Some(mut publisher) = publisher {
        let mut x = free.x;
        let is_centred = measures.grid.style.cover == CoverStyle::Centred && barcode.is_none();
        let has_text = !measures.book.cover_back.text.is_empty();
        if (has_text && !is_centred) || barcode.is_some() {
            // It has the edge of the text. Beside a barcode there is no middle.
            let width = publisher.width();
            let text = column(content, measures);
            let edge = if measures.grid.binding_right { text.right() - width } else { text.x };
            x = edge.min(free.right() - width).max(free.x);
            publisher = measures.publisher(width).unwrap_or(publisher);
        }
        let top = content.bottom() - publisher.height();
        bottom = bottom.min(top - gap);
        TextBlock::place(page, &[publisher], Point::new(x, top));
    }
    bottom
}
