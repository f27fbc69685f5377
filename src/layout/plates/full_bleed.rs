//! Pictures that run to the edges: over one page, or across an opening.

use crate::model::{
    CaptionPosition, Focus, Item, Length, Page, Plate, Point, Rect, Side, Size, Turn,
};

use crate::layout::Grid;
use crate::layout::plates::caption;
use crate::layout::plates::caption::{Caption, CaptionSize, CaptionText};
use crate::layout::plates::context::PlateContext;
use crate::layout::plates::plate::picture;
use crate::layout::plates::sizes::PictureShape;

/// The white strip at the foot of a picture that keeps its caption with it. Paper is quiet,
/// and black on it is as legible as print can be, whatever the picture shows: nothing has to
/// be known of its tones.
#[derive(Debug)]
struct CaptionStrip {
    /// Where the picture ends.
    top: Length,
    caption: Caption,
}

/// A strip takes no more of the page than this, in per cent.
const HIGHEST_STRIP: i64 = 30;

impl CaptionStrip {
    /// The strip of a plate that wants its caption below, and has one.
    fn from_plate(plate: &Plate, scene: &PlateContext<'_>) -> Option<Self> {
        if plate.caption_place != CaptionPosition::Below || !caption::speaks(plate, scene) {
            return None;
        }
        let grid = scene.grid;
        let said = [CaptionText { plate, pointing: None }];
        let set = |step| Caption::new(&said, caption::measure(grid), step, scene);
        // As high as two lines need, so that facing strips are of one height.
        let height =
            |caption: &Caption| caption::gap(grid) + caption.depth_of(2) + Self::foot(grid);
        let highest = grid.trim.height.scale(HIGHEST_STRIP, 100);
        let mut caption = set(CaptionSize::Usual);
        if height(&caption) > highest {
            caption = set(CaptionSize::Small);
        }
        let height = height(&caption).min(highest);
        Some(Self { top: grid.trim.height - height, caption })
    }

    /// The white under the last line.
    fn foot(grid: &Grid) -> Length {
        grid.trim.shorter().scale(50, 1000).max(Length::mm(5))
    }

    /// Puts the caption on the strip; whether it fitted.
    fn set(&self, page: &mut Page, grid: &Grid) -> bool {
        let inside = grid.inside(page.side);
        let left =
            if grid.binding_right { inside.right() - self.caption.measure } else { inside.x };
        let floor = grid.trim.height - Self::foot(grid);
        self.caption.set(page, Point::new(left, self.top + caption::gap(grid)), floor)
    }
}

/// Fills a page with a picture; whether its words found room.
pub(in crate::layout) fn page(page: &mut Page, plate: &Plate, scene: &PlateContext<'_>) -> bool {
    let grid = scene.grid;
    let strip = CaptionStrip::from_plate(plate, scene);
    let area = above(sheet(page.side, scene), strip.as_ref());
    let seen = above(Rect::new(Point::default(), grid.trim), strip.as_ref());
    let shape = scene.sizes.filling(&plate.picture, Size::new(area.width, area.height));
    let focus = plate.focus.unwrap_or(Focus::MIDDLE).turned(shape.turn);
    let frame = covering(shape, area, focus, centre(seen));
    page.items.push(picture(plate, frame, area, shape.turn));
    strip.is_none_or(|strip| strip.set(page, grid))
}

/// Lays a picture across two facing pages; whether its words found room.
///
/// Each page loses `gutter-loss` in the fold, so the picture is reckoned over what is seen of
/// both, and each half goes on by that much, and by the inner bleed, beyond what it shows.
pub(in crate::layout) fn spread(
    verso: &mut Page,
    recto: &mut Page,
    plate: &Plate,
    scene: &PlateContext<'_>,
) -> bool {
    let grid = scene.grid;
    let strip = CaptionStrip::from_plate(plate, scene);
    let left_side = if grid.binding_right { Side::Recto } else { Side::Verso };
    let right_side = if grid.binding_right { Side::Verso } else { Side::Recto };
    let left = above(sheet(left_side, scene), strip.as_ref());
    let right = above(sheet(right_side, scene), strip.as_ref());
    // In the left page's coordinates, the right page begins here: what the fold swallows of
    // both lies between the visible edges and is shown on either.
    let seen = grid.trim.width - scene.book.print.gutter_loss;
    let step = seen - scene.book.print.gutter_loss;
    let area = Rect { width: right.right() + step - left.x, ..left };
    let visible =
        above(Rect::new(Point::default(), Size::new(seen * 2, grid.trim.height)), strip.as_ref());
    let shape = PictureShape::upright(&plate.picture);
    let focus = plate.focus.unwrap_or(Focus::MIDDLE);
    // What matters must not sink into the fold: it is brought to the middle of its own page.
    let target = Point {
        x: match focus.across.cmp(&Focus::MIDDLE.across) {
            std::cmp::Ordering::Less => seen / 2,
            std::cmp::Ordering::Equal => seen,
            std::cmp::Ordering::Greater => seen + seen / 2,
        },
        ..centre(visible)
    };
    let frame = covering(shape, area, focus, target);
    let (first, second) = if grid.binding_right {
        ((frame.moved(-step, Length::ZERO), right), (frame, left))
    } else {
        ((frame, left), (frame.moved(-step, Length::ZERO), right))
    };
    verso.items.push(picture(plate, first.0, first.1, Turn::Upright));
    let mut rest = picture(plate, second.0, second.1, Turn::Upright);
    if let Item::Picture(placed) = &mut rest {
        // The picture is described once, where it begins.
        placed.goes_on = placed.alt.as_deref() != Some("");
        placed.alt = Some(String::new());
    }
    recto.items.push(rest);
    strip.is_none_or(|strip| strip.set(verso, grid))
}

/// The page with its bleed.
fn sheet(side: Side, scene: &PlateContext<'_>) -> Rect {
    let print = &scene.book.print;
    Rect::with_bleed(print.trim, &print.bleed, side, scene.grid.binding_right)
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

/// Where a picture lies that covers the area with as little lost as can be, its focus as near
/// to the target as that allows.
fn covering(shape: PictureShape, area: Rect, focus: Focus, target: Point) -> Rect {
    let size = shape.covering(Size::new(area.width, area.height));
    let focus = focus.within(size);
    let x = (target.x - focus.x).clamp(area.right() - size.width, area.x);
    let y = (target.y - focus.y).clamp(area.bottom() - size.height, area.y);
    Rect::new(Point::new(x, y), size)
}
