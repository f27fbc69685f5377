//! The back of the printed cover: a text, a photo, the publisher and the barcode.

use crate::model::{
    CoverIssue, CoverSheet, CoverStyle, CoverTextPlace, Length, Page, Point, Rect, Size,
};

use crate::layout::cover::barcode::SetBarcode;
use crate::layout::cover::column::TextColumn;
use crate::layout::cover::front::inset;
use crate::layout::cover::measures::Measures;
use crate::layout::cover::picture;
use crate::layout::cover::text::TextBlock;

/// Composes the back.
pub(super) fn compose(
    page: &mut Page,
    sheet: &CoverSheet,
    measures: &Measures<'_>,
    issues: &mut Vec<CoverIssue>,
) {
    let board = sheet.back_board();
    let content = inset(board, measures.margin);
    let barcode = SetBarcode::new(measures.book, measures.faces, sheet, issues);
    let field = barcode.as_ref().map(|barcode| sheet.barcode_field(barcode.size));
    let bottom = foot(page, content, field, measures);
    if let (Some(barcode), Some(field)) = (barcode, field) {
        barcode.place(page, Point::new(field.x, field.y));
    }
    let room = Rect { height: bottom - content.y, ..content };
    let back = &measures.book.cover_back;
    let is_centred = measures.grid.style.cover == CoverStyle::Centred;
    let width = measures.text_grid().measure.min(room.width);
    let x = if is_centred {
        room.x + (room.width - width) / 2
    } else if measures.grid.binding_right {
        room.right() - width
    } else {
        room.x
    };
    let column = Rect { x, width, ..room };
    let mut top = room.y;
    let gap = measures.share(60);
    if let Some(photo) = &back.photo {
        let size = if back.text.is_empty() {
            let limit = Size::new(room.width, room.height.scale(85, 100));
            let whole = picture::size_within(photo, limit, 0);
            // Smaller than the photo on the front, which it must not rival.
            Size::new(whole.width.scale(70, 100), whole.height.scale(70, 100))
        } else {
            let text = set(measures, column.width, room.height);
            let left = room.height - text.height() - gap;
            let height = left.clamp(room.height.scale(22, 100), room.height.scale(50, 100));
            picture::size_within(photo, Size::new(column.width, height), 0)
        };
        let area = if back.text.is_empty() {
            picture::centred(room, room.y + (room.height - size.height).scale(42, 100), size)
        } else if is_centred {
            picture::centred(column, top, size)
        } else {
            let x =
                if measures.grid.binding_right { column.right() - size.width } else { column.x };
            Rect::new(Point::new(x, top), size)
        };
        page.items.push(picture::filling(photo, None, area, area, None));
        top = area.bottom() + gap;
    }
    if back.text.is_empty() {
        return;
    }
    let text = set(measures, column.width, bottom - top);
    if text.left_out > 0 {
        let (lines, left_out) = (text.lines, text.left_out);
        issues.push(CoverIssue::TextCut { place: CoverTextPlace::Back, lines, left_out });
    }
    text.place(page, Point::new(column.x, top));
}

fn set(measures: &Measures<'_>, width: Length, height: Length) -> TextColumn {
    let blocks = &measures.book.cover_back.text;
    TextColumn::new(measures.book, measures.faces, &measures.grid, blocks, Size::new(width, height))
}

/// Places the publisher at the foot, and returns where the room above the foot ends.
fn foot(page: &mut Page, content: Rect, barcode: Option<Rect>, measures: &Measures<'_>) -> Length {
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
    if let Some(publisher) = publisher {
        let top = content.bottom() - publisher.height();
        bottom = bottom.min(top - gap);
        TextBlock::place(page, &[publisher], Point::new(free.x, top));
    }
    bottom
}
