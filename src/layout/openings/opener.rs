//! The picture that opens a part or a chapter: on the page before its title, with the caption at
//! the foot of the page with the title.

use crate::model::{CaptionPosition, Directions, Length, Page, PlateLayout, Point};

use crate::layout::plates::caption;
use crate::layout::plates::caption::{Caption, CaptionSize, CaptionText};
use crate::layout::plates::context::{PlateContext, PlateElement};
use crate::layout::plates::full_bleed;
use crate::layout::plates::plate::FramedPlate;
use crate::layout::{hairlines, placement};

/// The pages of the picture, the first of which is a verso with this index; whether a caption on
/// them fits.
pub(super) fn pages(
    plate: PlateElement<'_>,
    first: usize,
    context: &PlateContext<'_>,
) -> (Vec<Page>, bool) {
    let mut page = placement::body_page(first, context.book);
    match plate.plate.layout {
        PlateLayout::Framed => {
            let grid = context.grid;
            let title_top = grid.baseline(grid.title_row()) - hairlines::title_height(grid);
            let framed = FramedPlate::new(plate, &[], page.side, context);
            let fits = framed.beside_title(title_top, grid).set(&mut page, grid);
            (vec![page], fits)
        }
        PlateLayout::FullBleed => {
            let fits = full_bleed::page(&mut page, plate, context);
            (vec![page], fits)
        }
        PlateLayout::Spread => {
            let mut recto = placement::body_page(first + 1, context.book);
            let fits = full_bleed::spread(&mut page, &mut recto, plate, context);
            (vec![page, recto], fits)
        }
    }
}

/// The part of the page with the title that its caption takes at most.
const MAX_CAPTION_PERCENT: i64 = 35;

/// The rows between the text of a page and the caption at its foot, so that the caption is not read
/// as the last line of the text.
const FREE_ROWS: usize = 2;

/// The caption on the page with the title.
#[derive(Debug)]
pub(super) struct OpenerCaption(Caption);

impl OpenerCaption {
    /// `None` if the caption is with the picture, or there is none.
    pub(super) fn new(plate: PlateElement<'_>, context: &PlateContext<'_>) -> Option<Self> {
        let is_apart = plate.plate.caption_position == CaptionPosition::Facing;
        if !is_apart || !caption::has_caption(plate.plate, context) {
            return None;
        }
        let grid = context.grid;
        let directions = Directions::for_language(&context.book.language);
        // Under a text, it says which picture it means.
        let direction = Some(match plate.plate.layout {
            PlateLayout::Framed | PlateLayout::FullBleed => directions.facing,
            PlateLayout::Spread => directions.before,
        });
        let measure = caption::measure(grid).min(grid.measure);
        let set = |size| Caption::new(&[CaptionText { plate, direction }], measure, size, context);
        let usual = set(CaptionSize::Usual);
        let is_high = usual.depth() > grid.trim.height.scale(MAX_CAPTION_PERCENT, 100);
        Some(Self(if is_high { set(CaptionSize::Small) } else { usual }))
    }

    /// The number of rows at the foot of the page that it takes, with the white above it.
    pub(super) fn rows(&self, context: &PlateContext<'_>) -> usize {
        let leading = context.grid.leading.to_emu().max(1);
        let rows = (self.0.depth().to_emu() + leading - 1) / leading;
        usize::try_from(rows).unwrap_or(0) + 1 + FREE_ROWS
    }

    /// Places it at the foot of the page, but not above `top`; returns whether it fits.
    pub(super) fn set(&self, page: &mut Page, top: Length, context: &PlateContext<'_>) -> bool {
        let grid = context.grid;
        let last = grid.baseline(grid.rows() - 1);
        let column = grid.column_left(page.side);
        let left = if grid.binding_right { column + grid.measure - self.0.measure } else { column };
        self.0.set(page, Point::new(left, (last - self.0.depth()).max(top)), last)
    }
}
