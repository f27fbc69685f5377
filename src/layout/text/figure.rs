//! Pictures in running text: on the baseline grid, at the column's edge, at most one per page.

use std::sync::Arc;

use crate::model::{
    self, Item, Length, Page, PassageKind, PlacedPicture, Point, Rect, Size, StructureKind, Turn,
};
use crate::typeset::Align;

use crate::layout::plates::caption;
use crate::layout::plates::sizes::PictureShape;
use crate::layout::text::flow::{ParagraphSetting, TextFlow};
use crate::layout::text::rows::{Above, TextPicture};
use crate::layout::text::styles;
use crate::layout::{Grid, placement};

/// The maximum height of a picture in the text, in per cent of the rows of a page.
const HIGHEST: i64 = 62;
/// The space between the last line of a caption and the text below it, in hundredths of the
/// leading: one blank row, or almost one where rounding up would give two.
const WHITE: i64 = 170;

impl TextFlow<'_> {
    /// Sets a picture with its caption; its position is decided when pages are broken. Notes
    /// have no pictures.
    pub(in crate::layout) fn figure(&mut self, figure: &model::Figure) {
        if self.style.is_note {
            return;
        }
        let grid = self.grid;
        let style = styles::caption(grid);
        let rows = i64::try_from(grid.rows()).unwrap_or(i64::MAX);
        let limit = Size::new(grid.measure, grid.leading * rows * HIGHEST / 100);
        let element = self.element.child(StructureKind::Illustration);
        let size = PictureShape::upright(&figure.picture).within(limit);
        let caption = if figure.caption.is_empty() {
            Vec::new()
        } else {
            let setting = ParagraphSetting {
                align: Align::Balanced,
                kind: PassageKind::Caption,
                ..ParagraphSetting::LABEL
            };
            let paragraph = element.child(StructureKind::Caption).child(StructureKind::Paragraph);
            self.set(styles::spans(&figure.caption, &style), grid.measure, setting, &paragraph)
        };
        let cap_height = self.faces.metrics(&style).cap_height;
        let text_cap_height = self.faces.metrics(&self.style.text).cap_height;
        let under = match i64::try_from(caption.len()).unwrap_or(0) {
            0 => Length::ZERO,
            lines => {
                caption::gap(grid)
                    + cap_height
                    + grid.leading_of(&grid.style.text_styles.caption) * (lines - 1)
            }
        };
        self.figures.push(TextPicture {
            picture: Arc::new(figure.picture.clone()),
            alt: figure.alt.clone(),
            element: element.child(StructureKind::Figure),
            size,
            caption,
            cap_height,
            text_cap_height,
            anchor: self.rows.len(),
            picture_rows: rows_in(size.height - text_cap_height, grid) + 1,
            caption_rows: rows_in(under + grid.leading.scale(WHITE, 100), grid).saturating_sub(2),
        });
    }
}

/// The number of rows that cover a height.
fn rows_in(height: Length, grid: &Grid) -> usize {
    let leading = grid.leading.to_emu().max(1);
    usize::try_from((height.to_emu().max(0) + leading - 1) / leading).unwrap_or(0)
}

/// Places a picture on the page, starting at the given row: at the top of the page it is aligned
/// with the cap height of text; below text it is aligned with the grid.
pub(in crate::layout) fn put(
    page: &mut Page,
    figure: &TextPicture,
    row: usize,
    above: Above,
    grid: &Grid,
) {
    let column = grid.column_left(page.side);
    let left = if grid.binding_right { column + grid.measure - figure.size.width } else { column };
    let top = match above {
        Above::Head => grid.baseline(row) - figure.text_cap_height,
        Above::Blank => grid.baseline(row + figure.picture_rows - 1) - figure.size.height,
        Above::Text => grid.baseline(row + figure.picture_rows) - figure.size.height,
    };
    let frame = Rect::new(Point::new(left, top), figure.size);
    page.items.push(Item::Picture(Box::new(PlacedPicture {
        picture: Arc::clone(&figure.picture),
        alt: figure.alt.clone(),
        frame,
        clip: frame,
        turn: Turn::Upright,
        continues_previous: false,
        element: Some(Arc::clone(&figure.element)),
    })));
    let first = frame.bottom() + caption::gap(grid) + figure.cap_height;
    placement::lines(
        page,
        &figure.caption,
        Point::new(column, first),
        grid.leading_of(&grid.style.text_styles.caption),
    );
}
