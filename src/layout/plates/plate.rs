//! A framed plate: one picture on its page, its caption under it, and white around.

use std::sync::Arc;

use crate::model::{
    CaptionPosition, Captions, Directions, Item, Length, Page, PlacedPicture, Plate, PlatePlace,
    Point, Rect, Side, Size, Turn,
};

use crate::layout::Grid;
use crate::layout::plates::caption;
use crate::layout::plates::caption::{Caption, CaptionSize, CaptionText};
use crate::layout::plates::context::PlateContext;

/// A framed plate before it is put on its page.
#[derive(Debug)]
pub(in crate::layout) struct FramedPlate<'a> {
    plate: &'a Plate,
    turn: Turn,
    frame: Rect,
    caption: Caption,
    side: Side,
}

/// By how much a picture may give way to its words before these are set smaller: it keeps
/// two thirds of its height.
const KEPT: (i64, i64) = (2, 3);
/// It gives way no further than to this share of the page, in per cent.
const LEAST: i64 = 30;

impl<'a> FramedPlate<'a> {
    /// A plate on this side of a leaf, with the caption of the picture opposite under its own
    /// where `guest` has to find room.
    pub(in crate::layout) fn new(
        plate: &'a Plate,
        guest: Option<&'a Plate>,
        side: Side,
        scene: &PlateContext<'a>,
    ) -> Self {
        let grid = scene.grid;
        let shape = scene.sizes.shape(&plate.picture);
        let size = scene.sizes.size(shape);
        let mut said = Vec::new();
        if plate.caption_place == CaptionPosition::Below {
            said.push(CaptionText { plate, pointing: None });
        }
        let facing = Directions::for_language(&scene.book.language).facing;
        said.extend(guest.map(|plate| CaptionText { plate, pointing: Some(facing) }));
        let words = CaptionStyles::new(grid);
        let head = head(grid);
        let set = |step| Caption::new(&said, words.measure(grid), step, scene);
        let room = |caption: &Caption| words.ceiling(caption, grid) - head;
        let mut caption = set(CaptionSize::Usual);
        if room(&caption) < size.height.scale(KEPT.0, KEPT.1) {
            caption = set(CaptionSize::Small);
        }
        let height = size
            .height
            .min(room(&caption).max(grid.trim.height.scale(LEAST, 100)))
            .max(Length::emu(1));
        let size = Size::new(size.width.scale(height.to_emu(), size.height.to_emu()), height);
        let mut framed = Self { plate, turn: shape.turn, frame: Rect::default(), caption, side };
        framed.resize(size, grid);
        framed
    }

    /// Gives the picture this size, and its place.
    fn resize(&mut self, size: Size, grid: &Grid) {
        let inside = grid.inside(self.side);
        let (left, top) = match grid.look.plates.place {
            // A little above the middle, as the eye wants it. The white is shared out as if
            // every usual caption were two lines, so that pictures of one shape stand at one
            // height on facing pages; a long one counts as long as it is.
            PlatePlace::Centre => {
                let caption = below(&self.caption, grid);
                let leading = caption::leading(grid);
                let usual = caption::gap(grid) + leading * 2;
                let long = caption::gap(grid) + leading * 4;
                let taken = if caption > long { caption } else { usual };
                let white = (grid.trim.height - size.height - taken).max(Length::ZERO);
                (inside.x + (inside.width - size.width) / 2, white.scale(100, 225))
            }
            PlatePlace::Corner if grid.bind_edge_is_left(self.side) => {
                (inside.right() - size.width, inside.y)
            }
            PlatePlace::Corner => (inside.x, inside.y),
        };
        self.frame = Rect::new(Point::new(left, Length::ZERO), size);
        self.lift(top, grid);
    }

    /// Moves the picture to this height, or as near to it as its words allow.
    fn lift(&mut self, top: Length, grid: &Grid) {
        let lowest = CaptionStyles::new(grid).ceiling(&self.caption, grid) - self.frame.height;
        self.frame.y = top.min(lowest).max(Length::ZERO);
    }

    /// Whether the picture is at least as wide as it is high.
    fn is_wide(&self) -> bool {
        self.frame.width >= self.frame.height
    }

    /// The height of the picture's foot.
    pub(in crate::layout) fn foot(&self) -> Length {
        self.frame.bottom()
    }

    /// Whether the picture is nearly as large as it would be without so many words.
    pub(in crate::layout) fn is_at_ease(&self, scene: &PlateContext<'_>) -> bool {
        let size = scene.sizes.size(scene.sizes.shape(&self.plate.picture));
        self.frame.height.scale(100, 85) >= size.height
    }

    /// Puts the plate on its page; whether all its words found room.
    pub(in crate::layout) fn set(&self, page: &mut Page, grid: &Grid) -> bool {
        page.items.push(picture(self.plate, self.frame, self.frame, self.turn));
        let at = CaptionStyles::new(grid).origin(self, page.side, grid);
        self.caption.set(page, at, floor(grid))
    }
}

/// Where the words about a framed picture stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CaptionStyles {
    /// Under it, flush with its edge.
    Below,
    /// At the foot of the page, in the column of running text, wherever the picture is.
    Foot,
}

impl CaptionStyles {
    fn new(grid: &Grid) -> Self {
        match grid.look.captions {
            Captions::Foot => Self::Foot,
            Captions::Below | Captions::Facing => Self::Below,
        }
    }

    fn measure(self, grid: &Grid) -> Length {
        match self {
            Self::Below => caption::measure(grid),
            Self::Foot => caption::measure(grid).min(grid.measure),
        }
    }

    /// How far down a picture may reach above these words.
    fn ceiling(self, caption: &Caption, grid: &Grid) -> Length {
        match self {
            Self::Below => floor(grid) - below(caption, grid),
            Self::Foot => foot(grid) - below(caption, grid),
        }
    }

    /// Where the first line begins, and how high its capitals reach.
    fn origin(self, framed: &FramedPlate<'_>, side: Side, grid: &Grid) -> Point {
        let (caption, frame) = (&framed.caption, framed.frame);
        let inside = grid.inside(side);
        let measure = caption.measure;
        match self {
            Self::Below => {
                let left = if grid.binding_right { frame.right() - measure } else { frame.x };
                // A caption that is wider than its picture must not leave the page.
                let left = left.min(inside.right() - measure).max(inside.x);
                Point::new(left, frame.bottom() + caption::gap(grid))
            }
            Self::Foot => {
                let spare = if grid.binding_right { grid.measure - measure } else { Length::ZERO };
                let left = grid.column_left(side) + spare;
                let lowest = foot(grid) - caption.depth();
                Point::new(left, lowest.max(frame.bottom() + caption::gap(grid)))
            }
        }
    }
}

/// How high a picture may reach.
fn head(grid: &Grid) -> Length {
    match grid.look.plates.place {
        PlatePlace::Centre => grid.trim.height.scale(55, 1000),
        PlatePlace::Corner => grid.margins.top,
    }
}

/// No line stands lower: the folio is below.
fn floor(grid: &Grid) -> Length {
    grid.trim.height - grid.margins.bottom.scale(7, 10)
}

/// The last line of a page of text.
fn foot(grid: &Grid) -> Length {
    grid.baseline(grid.rows() - 1)
}

/// Makes two plates that face each other agree. Two of nearly one height get the lower one's,
/// so that heads and feet stand on two lines; of somewhat different heights the feet do, so
/// that at least the captions begin on one. What differs more is left as it is: an upright
/// picture beside a wide one looks right where its own page wants it.
pub(in crate::layout) fn agree<'a>(
    verso: &mut FramedPlate<'a>,
    recto: &mut FramedPlate<'a>,
    grid: &Grid,
) {
    if grid.look.plates.place == PlatePlace::Corner {
        // They hang from one line already.
        return;
    }
    let (lower, higher) =
        if verso.frame.height <= recto.frame.height { (verso, recto) } else { (recto, verso) };
    let (low, high) = (lower.frame.height, higher.frame.height);
    if low * 8 >= high * 7 {
        let width = higher.frame.width.scale(low.to_emu(), high.to_emu());
        higher.resize(Size::new(width, low), grid);
        let top = lower.frame.y.min(higher.frame.y);
        lower.lift(top, grid);
        higher.lift(top, grid);
    } else if low * 3 >= high * 2 && lower.is_wide() == higher.is_wide() {
        let foot = ((lower.foot() + higher.foot()) / 2).max(head(grid) + high);
        lower.lift(foot - low, grid);
        higher.lift(foot - high, grid);
        let foot = lower.foot().min(higher.foot());
        lower.lift(foot - low, grid);
        higher.lift(foot - high, grid);
    }
}

/// From the picture's foot to the caption's last baseline.
fn below(caption: &Caption, grid: &Grid) -> Length {
    if caption.is_empty() { Length::ZERO } else { caption::gap(grid) + caption.depth() }
}

/// A picture as an item of a page.
pub(in crate::layout) fn picture(plate: &Plate, frame: Rect, clip: Rect, turn: Turn) -> Item {
    Item::Picture(Box::new(PlacedPicture {
        picture: Arc::new(plate.picture.clone()),
        alt: plate.alt.clone(),
        frame,
        clip,
        turn,
        goes_on: false,
    }))
}
