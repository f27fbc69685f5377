//! Full-bleed pictures: on one page, or across a spread.

use crate::model::{CaptionPosition, Focus, Item, Length, Page, Point, Rect, Side, Size, Turn};

use crate::layout::Grid;
use crate::layout::plates::caption;
use crate::layout::plates::caption::{Caption, CaptionSize, CaptionText};
use crate::layout::plates::columns::CaptionColumns;
use crate::layout::plates::context::{PlateContext, PlateElement};
use crate::layout::plates::crop;
use crate::layout::plates::crop::Kept;
use crate::layout::plates::plate::picture;
use crate::layout::plates::sizes::PictureShape;

/// The white strip at the foot of a full-bleed picture that contains its caption. Black on white
/// is legible whatever the tones of the picture, so these need not be analysed.
#[derive(Debug)]
struct CaptionStrip {
    /// The bottom of the picture.
    top: Length,
    caption: Caption,
}

/// The maximum height of a strip, in per cent of the page.
const MAX_STRIP_PERCENT: i64 = 30;

impl CaptionStrip {
    /// The strip of a plate whose caption is placed below the picture; `None` if it has none.
    fn from_plate(plate: PlateElement<'_>, context: &PlateContext<'_>) -> Option<Self> {
        let has_caption = caption::has_caption(plate.plate, context);
        if plate.plate.caption_position != CaptionPosition::Below || !has_caption {
            return None;
        }
        let grid = context.grid;
        let captions = [CaptionText { plate, direction: None }];
        let measure = CaptionColumns::for_grid(grid).map_or(caption::measure(grid), |it| it.width);
        let set = |size| Caption::new(&captions, measure, size, context);
        // At least the height of two lines, so that facing strips have the same height.
        let height =
            |caption: &Caption| caption::gap(grid) + caption.depth_of(2) + Self::foot(grid);
        let max_height = grid.trim.height.scale(MAX_STRIP_PERCENT, 100);
        let mut caption = set(CaptionSize::Usual);
        if height(&caption) > max_height {
            caption = set(CaptionSize::Small);
        }
        let height = height(&caption).min(max_height);
        Some(Self { top: grid.trim.height - height, caption })
    }

    /// The space under the last line.
    fn foot(grid: &Grid) -> Length {
        grid.trim.shorter().scale(50, 1000).max(Length::mm(5))
    }

    /// Places the caption on the strip; returns whether it fits.
    fn set(&self, page: &mut Page, grid: &Grid) -> bool {
        let inside = grid.inside(page.side);
        let left = match CaptionColumns::for_grid(grid) {
            Some(columns) => columns.left(page.side, grid),
            None if grid.binding_right => inside.right() - self.caption.measure,
            None => inside.x,
        };
        let floor = grid.trim.height - Self::foot(grid);
        self.caption.set(page, Point::new(left, self.top + caption::gap(grid)), floor)
    }
}

/// Fills a page with a picture; returns whether its caption fits.
pub(in crate::layout) fn page(
    page: &mut Page,
    plate: PlateElement<'_>,
    context: &PlateContext<'_>,
) -> bool {
    let grid = context.grid;
    let strip = CaptionStrip::from_plate(plate, context);
    let area = above(bleed_area(page.side, context), strip.as_ref());
    let visible = above(Rect::new(Point::default(), grid.trim), strip.as_ref());
    let shape = context.sizes.filling(&plate.plate.picture, Size::new(area.width, area.height));
    let kept = match (plate.plate.focus, plate.plate.picture.subject) {
        (Some(focus), _) => Kept::Focus(focus.turned(shape.turn), centre(visible)),
        (None, Some(subject)) => Kept::Subject(subject.turned(shape.turn)),
        (None, None) => Kept::Middle,
    };
    let seen = match kept {
        Kept::Subject(_) => above(visible_page(page.side, context), strip.as_ref()),
        Kept::Focus(..) | Kept::Middle => visible,
    };
    let frame = crop::covering(shape, area, &[seen], kept);
    page.items.push(picture(plate, frame, area, shape.turn));
    strip.is_none_or(|strip| strip.set(page, grid))
}

/// Places a picture across two facing pages; returns whether its caption fits.
///
/// Each page loses `gutter-loss` in the fold, so the picture is fitted to the visible width of
/// both pages, and each half is extended beyond its visible part by the gutter loss and the
/// inner bleed.
pub(in crate::layout) fn spread(
    verso: &mut Page,
    recto: &mut Page,
    plate: PlateElement<'_>,
    context: &PlateContext<'_>,
) -> bool {
    let grid = context.grid;
    let strip = CaptionStrip::from_plate(plate, context);
    let left_side = if grid.binding_right { Side::Recto } else { Side::Verso };
    let right_side = if grid.binding_right { Side::Verso } else { Side::Recto };
    let left = above(bleed_area(left_side, context), strip.as_ref());
    let right = above(bleed_area(right_side, context), strip.as_ref());
    // The start of the right page in the coordinates of the left page: the parts hidden in the
    // fold lie between the visible edges and are printed on both pages.
    let visible_width = grid.trim.width - context.book.print.gutter_loss;
    let page_offset = visible_width - context.book.print.gutter_loss;
    let area = Rect { width: right.right() + page_offset - left.x, ..left };
    let visible = above(
        Rect::new(Point::default(), Size::new(visible_width * 2, grid.trim.height)),
        strip.as_ref(),
    );
    let shape = PictureShape::upright(&plate.plate.picture);
    let kept = match (plate.plate.focus, plate.plate.picture.subject) {
        (Some(focus), _) => {
            // The focus must not fall into the fold: it is moved to the middle of its page.
            let x = match focus.across.cmp(&Focus::MIDDLE.across) {
                std::cmp::Ordering::Less => visible_width / 2,
                std::cmp::Ordering::Equal => visible_width,
                std::cmp::Ordering::Greater => visible_width + visible_width / 2,
            };
            Kept::Focus(focus, Point { x, ..centre(visible) })
        }
        (None, Some(subject)) => Kept::Subject(subject),
        (None, None) => Kept::Middle,
    };
    let half = |x| Rect { x, width: visible_width, ..visible };
    let halves = [half(visible.x), half(visible.x + visible_width)];
    let frame = crop::covering(shape, area, &halves, kept);
    let (first, second) = if grid.binding_right {
        ((frame.moved(-page_offset, Length::ZERO), right), (frame, left))
    } else {
        ((frame, left), (frame.moved(-page_offset, Length::ZERO), right))
    };
    let half = picture(plate, first.0, first.1, Turn::Upright);
    let mut rest = half.clone();
    verso.items.push(half);
    if let Item::Picture(placed) = &mut rest {
        (placed.frame, placed.clip) = second;
        // The alternative text belongs to the first half.
        placed.continues_previous = placed.alt.as_deref() != Some("");
        placed.alt = Some(String::new());
    }
    recto.items.push(rest);
    strip.is_none_or(|strip| strip.set(verso, grid))
}

/// The page including its bleed.
fn bleed_area(side: Side, context: &PlateContext<'_>) -> Rect {
    let print = &context.book.print;
    Rect::with_bleed(print.trim, &print.bleed, side, context.grid.binding_right)
}

/// The page without what disappears in the fold.
fn visible_page(side: Side, context: &PlateContext<'_>) -> Rect {
    let print = &context.book.print;
    crop::visible_page(print.trim, print.gutter_loss, side, context.grid.binding_right)
}

/// The part of an area above the strip.
fn above(area: Rect, strip: Option<&CaptionStrip>) -> Rect {
    match strip {
        Some(strip) => Rect { height: strip.top - area.y, ..area },
        None => area,
    }
}

fn centre(area: Rect) -> Point {
    Point::new(area.x + area.width / 2, area.y + area.height / 2)
}
