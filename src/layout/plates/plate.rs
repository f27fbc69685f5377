//! A framed plate: one picture on its page, with its caption and white space around.

use std::sync::Arc;

use crate::model::{
    Book, CaptionPosition, Captions, Item, Length, Page, PlacedPicture, PlateLayout, PlatePosition,
    Point, Rect, Side, Size, StructureKind, Turn,
};

use crate::layout::Grid;
use crate::layout::plates::caption;
use crate::layout::plates::caption::{Caption, CaptionSize, CaptionText};
use crate::layout::plates::columns;
use crate::layout::plates::columns::CaptionColumns;
use crate::layout::plates::context::{PlateContext, PlateElement};
use crate::layout::plates::hang_line::HangLines;
use crate::layout::plates::optical_centre;
use crate::layout::plates::sizes::PlateSizes;

/// A framed plate that has been laid out but not yet placed on its page.
#[derive(Debug)]
pub(in crate::layout) struct FramedPlate<'a> {
    plate: PlateElement<'a>,
    turn: Turn,
    frame: Rect,
    caption: Caption,
    placement: CaptionPlacement,
    side: Side,
    /// The lines from which it could hang.
    hang_lines: HangLines,
}

/// The part of its height that a picture keeps when it shrinks to make room for its caption,
/// before the caption is set smaller.
const MIN_SHRUNK_SHARE: (i64, i64) = (2, 3);
/// The minimum height of a picture that shrinks, in per cent of the page.
const MIN_HEIGHT_PERCENT: i64 = 30;
/// How often a picture is made smaller: its caption becomes narrower with it, and so longer.
const MAX_FITTINGS: usize = 6;

impl<'a> FramedPlate<'a> {
    /// Lays out a plate on a page of this side, with the captions of pictures on other pages
    /// (`guests`) below its own.
    pub(in crate::layout) fn new(
        plate: PlateElement<'a>,
        guests: &[CaptionText<'a>],
        side: Side,
        context: &PlateContext<'a>,
    ) -> Self {
        let grid = context.grid;
        let shape = context.sizes.shape(&plate.plate.picture);
        let ideal = context.sizes.size(shape, plate.plate.size);
        let mut captions = Vec::new();
        if plate.plate.caption_position == CaptionPosition::Below {
            captions.push(CaptionText { plate, direction: None });
        }
        captions.extend(guests);
        // A long caption makes the picture smaller, by whole columns if the page has any.
        let fitted = |caption_size| {
            let max_height = context.sizes.limit.height;
            let mut size = columns::snapped(ideal, max_height, grid);
            let full = size;
            let least = full.height.min(grid.trim.height.scale(MIN_HEIGHT_PERCENT, 100));
            let mut caption = Caption::default();
            let mut placement = CaptionPlacement::new(size.width, grid);
            for _ in 0..MAX_FITTINGS {
                placement = CaptionPlacement::new(size.width, grid);
                let set = |measure| Caption::new(&captions, measure, caption_size, context);
                let measure = placement.measure(size, grid);
                caption = match placement.narrower(measure, size, side, grid) {
                    None => set(measure),
                    Some(Narrower { picture, farthest }) => {
                        let narrow = set(picture);
                        let is_long = narrow.rows() > MOST_NARROW_ROWS;
                        if is_long || picture < MIN_NARROW { set(farthest) } else { narrow }
                    }
                };
                if matches!(placement, CaptionPlacement::Beside(_))
                    && caption.rows() > MOST_ROWS_BESIDE
                {
                    let below = CaptionPlacement::Below;
                    let wider = set(below.measure(size, grid));
                    let room = below.ceiling(&wider, grid) - head(grid);
                    if wider.rows() * 3 <= caption.rows() * 2 && room >= size.height {
                        (placement, caption) = (below, wider);
                    }
                }
                let room = placement.ceiling(&caption, grid) - head(grid);
                let height = size.height.min(room.max(least)).max(Length::emu(1));
                if height == size.height {
                    break;
                }
                let width = full.width.scale(height.to_emu(), full.height.to_emu());
                size = columns::snapped(Size::new(width, height), height, grid);
            }
            let fits = placement.ceiling(&caption, grid) - head(grid) >= size.height;
            let is_small = size.height < full.height.scale(MIN_SHRUNK_SHARE.0, MIN_SHRUNK_SHARE.1);
            (size, caption, placement, fits && !is_small)
        };
        let (mut size, mut caption, mut placement, fits) = fitted(CaptionSize::Usual);
        if !fits {
            (size, caption, placement, _) = fitted(CaptionSize::Small);
        }
        // Lines that are between the edge of the page and the picture are straight at the picture.
        let is_before = grid.bind_edge_is_left(side) == grid.binding_right;
        if is_before && matches!(placement, CaptionPlacement::Beside(_)) {
            caption.set_flush_at_end(grid.binding_right);
        }
        let frame = Rect::default();
        let hang_lines = context.hang_lines;
        let turn = shape.turn;
        let mut framed = Self { plate, turn, frame, caption, placement, side, hang_lines };
        framed.resize(size, grid);
        framed
    }

    /// Sets the size of the picture and its position.
    fn resize(&mut self, size: Size, grid: &Grid) {
        let inside = grid.inside(self.side);
        let (left, top) = match grid.style.plates.position {
            // Slightly above the middle, where it looks centred. The space is distributed as if
            // every caption had two lines, so that pictures of the same shape are at the same
            // height on facing pages; a longer caption counts with its actual length.
            PlatePosition::Centre | PlatePosition::Columns | PlatePosition::Hang => {
                let left = picture_left(size.width, self.side, grid);
                let caption = self.placement.depth(&self.caption, grid);
                let leading = caption::leading(grid);
                let usual = caption::gap(grid) + leading * 2;
                let long = caption::gap(grid) + leading * 4;
                let taken = match self.placement {
                    CaptionPlacement::Beside(_) => Length::ZERO,
                    _ if caption > long => caption,
                    _ => usual,
                };
                let position = grid.style.plates.position;
                let top = match position {
                    PlatePosition::Hang => {
                        self.hang_lines.line_for(optical_centre::usual_top(size.height, grid), grid)
                    }
                    _ => optical_centre::top(size.height, taken, grid),
                };
                (left, top)
            }
            PlatePosition::Corner => (picture_left(size.width, self.side, grid), inside.y),
        };
        self.frame = Rect::new(Point::new(left, Length::ZERO), size);
        self.move_to(top, grid);
    }

    /// Moves the picture to this height, or as near to it as the margin and its caption allow.
    fn move_to(&mut self, top: Length, grid: &Grid) {
        self.frame.y = top.min(self.lowest(grid)).max(head(grid));
    }

    /// Moves the picture to this height if titles are at the head of their pages: it faces one, and
    /// begins where that begins.
    #[must_use]
    pub(in crate::layout) fn beside_title(mut self, top: Length, grid: &Grid) -> Self {
        if grid.style.titles.at_head {
            self.move_to(top, grid);
        }
        self
    }

    /// The lowest position of the picture's top: its caption ends at the bottom margin.
    fn lowest(&self, grid: &Grid) -> Length {
        self.placement.ceiling(&self.caption, grid) - self.frame.height
    }

    /// The bottom of the picture.
    pub(in crate::layout) fn foot(&self) -> Length {
        self.frame.bottom()
    }

    /// The height of the picture in per cent of the one that it would have with a short caption.
    pub(in crate::layout) fn share_of_height(&self, context: &PlateContext<'_>) -> i64 {
        let size = size(self.plate, context);
        self.frame.height.to_emu() * 100 / size.height.to_emu().max(1)
    }

    /// Places the plate on its page; returns whether its caption fits.
    pub(in crate::layout) fn set(&self, page: &mut Page, grid: &Grid) -> bool {
        page.items.push(picture(self.plate, self.frame, self.frame, self.turn));
        let at = self.placement.origin(self, page.side, grid);
        self.caption.set(page, at, floor(grid))
    }
}

/// The lines from which the framed pictures of a book hang, if its design has such lines.
pub(in crate::layout) fn hang_lines(book: &Book, grid: &Grid, sizes: &PlateSizes) -> HangLines {
    let framed = book.plates().filter(|(_, plate)| plate.layout == PlateLayout::Framed);
    let tops = framed.map(|(_, plate)| {
        let size = sizes.size(sizes.shape(&plate.picture), plate.size);
        let size = columns::snapped(size, sizes.limit.height, grid);
        optical_centre::usual_top(size.height, grid)
    });
    let hang = grid.style.plates.position == PlatePosition::Hang;
    HangLines::new(if hang { tops.collect() } else { Vec::new() }, grid)
}

/// The left edge of a picture of this width.
fn picture_left(width: Length, side: Side, grid: &Grid) -> Length {
    let inside = grid.inside(side);
    match grid.style.plates.position {
        PlatePosition::Centre => inside.x + (inside.width - width) / 2,
        PlatePosition::Columns => columns::picture_left(width, side, grid),
        // Under the titles and heads, which begin where lines begin.
        PlatePosition::Hang if grid.binding_right => inside.right() - width,
        PlatePosition::Corner if grid.bind_edge_is_left(side) => inside.right() - width,
        PlatePosition::Hang | PlatePosition::Corner => inside.x,
    }
}

/// The widths of a caption that would not end inside the margins if it began with its picture.
#[derive(Debug, Clone, Copy)]
struct Narrower {
    /// That of the picture.
    picture: Length,
    /// From the start of the picture to the margin.
    farthest: Length,
}

/// The rows that a caption of the width of its picture has at most, before it is wider.
const MOST_NARROW_ROWS: usize = 7;
/// The rows that a caption in a narrow column beside its picture has at most, before it is below if
/// that makes it a third shorter.
const MOST_ROWS_BESIDE: usize = 9;
/// The narrowest picture that sets the width of its caption.
const MIN_NARROW: Length = Length::mm(40);

/// The position of the caption of a framed plate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CaptionPlacement {
    /// Below the picture, aligned with its edge.
    Below,
    /// At the foot of the page, in the column of running text, wherever the picture is.
    Foot,
    /// In the outer columns, beside the picture and ending with it.
    Beside(CaptionColumns),
    /// Below the picture, as wide as the outer columns.
    Under(CaptionColumns),
}

impl CaptionPlacement {
    /// The position of the caption of a picture of this width.
    fn new(width: Length, grid: &Grid) -> Self {
        let below = || CaptionColumns::for_grid(grid).map_or(Self::Below, Self::Under);
        match grid.style.captions {
            Captions::Foot => Self::Foot,
            Captions::Below | Captions::Facing => Self::Below,
            Captions::Beside => columns::beside(width, grid).map_or_else(below, Self::Beside),
        }
    }

    /// The height that a caption takes below the picture.
    fn depth(self, caption: &Caption, grid: &Grid) -> Length {
        if matches!(self, Self::Beside(_)) {
            Length::ZERO
        } else {
            caption.height_below_picture(grid)
        }
    }

    /// The width of the caption of a picture of this size.
    fn measure(self, picture: Size, grid: &Grid) -> Length {
        match self {
            Self::Below => caption::measure_below(picture, grid),
            Self::Foot => caption::measure(grid).min(grid.measure),
            Self::Beside(columns) | Self::Under(columns) => columns.width,
        }
    }

    /// What is left of this width for a caption below its picture, which begins where the picture
    /// begins; `None` if all of it is.
    fn narrower(self, measure: Length, picture: Size, side: Side, grid: &Grid) -> Option<Narrower> {
        if self != Self::Below {
            return None;
        }
        let inside = grid.inside(side);
        let left = picture_left(picture.width, side, grid);
        let farthest = if grid.binding_right {
            left + picture.width - inside.x
        } else {
            inside.right() - left
        };
        (farthest < measure).then_some(Narrower { picture: picture.width, farthest })
    }

    /// The lowest position of the picture's bottom above this caption.
    fn ceiling(self, caption: &Caption, grid: &Grid) -> Length {
        match self {
            Self::Below | Self::Under(_) => floor(grid) - caption.height_below_picture(grid),
            Self::Beside(_) => floor(grid),
            Self::Foot => foot(grid) - caption.height_below_picture(grid),
        }
    }

    /// The start of the first line and its cap height.
    fn origin(self, framed: &FramedPlate<'_>, side: Side, grid: &Grid) -> Point {
        let (caption, frame) = (&framed.caption, framed.frame);
        let inside = grid.inside(side);
        let measure = caption.measure;
        match self {
            Self::Below | Self::Under(_) => {
                // It begins with the picture. One that became narrower to match the facing picture
                // may leave too little room for the longest line.
                let beyond = measure - caption.width();
                let left = if grid.binding_right {
                    (frame.right() - measure).max(inside.x - beyond)
                } else {
                    frame.x.min(inside.right() - measure + beyond)
                };
                Point::new(left, frame.bottom() + caption::gap(grid))
            }
            Self::Foot => {
                let spare = if grid.binding_right { grid.measure - measure } else { Length::ZERO };
                let left = grid.column_left(side) + spare;
                let lowest = foot(grid) - caption.depth();
                Point::new(left, lowest.max(frame.bottom() + caption::gap(grid)))
            }
            // Its last line stands on the foot of the picture.
            Self::Beside(columns) => {
                let top = (frame.bottom() - caption.depth()).max(grid.margins.top.min(frame.y));
                Point::new(columns.left_beside(frame.width, side, grid), top)
            }
        }
    }
}

/// The highest position of a picture's top.
fn head(grid: &Grid) -> Length {
    grid.margins.top
}

/// The lowest baseline: the bottom margin, in which the folio is.
fn floor(grid: &Grid) -> Length {
    grid.trim.height - grid.margins.bottom
}

/// The last baseline of a page of text.
fn foot(grid: &Grid) -> Length {
    grid.baseline(grid.rows() - 1)
}

/// Aligns two facing plates. If their heights are nearly equal, both get the smaller one, so
/// that tops and bottoms are aligned; otherwise the bottoms are aligned, so that at least the
/// captions begin on one line. Only a picture whose caption leaves no room for that is left alone.
pub(in crate::layout) fn align<'a>(
    verso: &mut FramedPlate<'a>,
    recto: &mut FramedPlate<'a>,
    grid: &Grid,
) {
    if grid.style.plates.position == PlatePosition::Corner {
        // They are already aligned at the top.
        return;
    }
    if grid.style.plates.position == PlatePosition::Hang {
        let top = verso.frame.y.min(recto.frame.y);
        verso.move_to(top, grid);
        recto.move_to(top, grid);
        return;
    }
    align_alike(verso, recto, grid);
    if grid.columns.is_some() {
        align_nearly(verso, recto, grid);
    }
}

/// Two heights that differ by less than this part of the page look like a mistake, in per cent.
const NEARLY: i64 = 10;

/// Pictures whose tops or feet are nearly on one line get that line, as far as their captions allow.
fn align_nearly<'a>(verso: &mut FramedPlate<'a>, recto: &mut FramedPlate<'a>, grid: &Grid) {
    let near = grid.trim.height.scale(NEARLY, 100);
    let (one, other) = (verso.frame, recto.frame);
    let apart = |from: Length, to: Length| (from - to).abs();
    let (tops, feet) = (apart(one.y, other.y), apart(one.bottom(), other.bottom()));
    if tops == Length::ZERO || feet == Length::ZERO || tops.min(feet) >= near {
        return;
    }
    if tops <= feet {
        let top = one.y.min(other.y);
        verso.move_to(top, grid);
        recto.move_to(top, grid);
    } else {
        let foot = one.bottom().min(other.bottom());
        let highest = head(grid) + one.height.max(other.height);
        let foot = foot.max(highest);
        verso.move_to(foot - one.height, grid);
        recto.move_to(foot - other.height, grid);
    }
}

/// With at least this height, in thousandths of that of the picture beside it, a picture shares its
/// top and its foot with it: the higher one becomes as low.
const ALIKE: i64 = 875;
const ALIKE_ON_COLUMNS: i64 = 930;
/// With more than this height, in per cent of that of the picture beside it, a picture shares its
/// middle and not its foot: a panorama would be far below the middle of its page.
const UNLIKE: i64 = 175;
/// The part of its height that a picture keeps when it shrinks to share its foot, in per cent.
const MIN_ALIGNED: i64 = 90;

/// Aligns two facing plates at both ends if they have nearly the same height, or else at the feet, or
/// in the middle if one is much higher than the other.
fn align_alike<'a>(verso: &mut FramedPlate<'a>, recto: &mut FramedPlate<'a>, grid: &Grid) {
    let (lower, higher) =
        if verso.frame.height <= recto.frame.height { (verso, recto) } else { (recto, verso) };
    let (low, high) = (lower.frame.height, higher.frame.height);
    // A picture on columns keeps its width unless nobody sees that it is a little narrower.
    let alike = if grid.columns.is_some() { ALIKE_ON_COLUMNS } else { ALIKE };
    if low * 1000 >= high * alike {
        let width = higher.frame.width.scale(low.to_emu(), high.to_emu());
        higher.resize(Size::new(width, low), grid);
        let top = lower.frame.y.min(higher.frame.y);
        lower.move_to(top, grid);
        higher.move_to(top, grid);
    } else if low * UNLIKE >= high * 100 {
        // Both reach the line only if it is below the top margin and above their captions.
        let lowest = (lower.lowest(grid) + low).min(higher.lowest(grid) + high);
        let room = lowest - head(grid);
        // A picture that is a little too high for that becomes smaller.
        if room < high && room * 100 >= high * MIN_ALIGNED && grid.columns.is_none() {
            let width = higher.frame.width.scale(room.to_emu(), high.to_emu());
            higher.resize(Size::new(width, room), grid);
        }
        let high = higher.frame.height;
        let highest = head(grid) + high;
        if highest <= lowest {
            let foot = ((lower.foot() + higher.foot()) / 2).max(highest).min(lowest);
            lower.move_to(foot - low, grid);
            higher.move_to(foot - high, grid);
        }
    } else {
        // A panorama and an upright picture share their middle.
        let middle = higher.frame.y + high / 2;
        lower.move_to((middle - low / 2).min(lower.lowest(grid)), grid);
    }
}

/// The size of a picture, on the columns of the page if it has any.
fn size(plate: PlateElement<'_>, context: &PlateContext<'_>) -> Size {
    let sizes = &context.sizes;
    let size = sizes.size(sizes.shape(&plate.plate.picture), plate.plate.size);
    columns::snapped(size, sizes.limit.height, context.grid)
}

/// A picture as an item of a page.
pub(in crate::layout) fn picture(
    PlateElement { plate, element }: PlateElement<'_>,
    frame: Rect,
    clip: Rect,
    turn: Turn,
) -> Item {
    Item::Picture(Box::new(PlacedPicture {
        picture: Arc::new(plate.picture.clone()),
        alt: plate.alt.clone(),
        frame,
        clip,
        turn,
        continues_previous: false,
        element: Some(element.child(StructureKind::Figure)),
    }))
}
