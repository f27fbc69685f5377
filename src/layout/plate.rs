//! A framed plate: one picture on its page, its caption under it, and white around.

use std::sync::Arc;

use crate::model::{
    Book, CaptionPlace, Directions, Item, Length, Page, PlacedPicture, Plate, Point, Rect, Side,
    Size, Turn,
};
use crate::typeset::Faces;

use super::Grid;
use super::caption::{self, Caption, Said, Step};
use super::sizes::PlateSizes;

/// What every plate of the book is set with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) book: &'a Book,
    pub(super) faces: &'a Faces,
    pub(super) grid: &'a Grid,
    pub(super) sizes: PlateSizes,
    /// Whether each plate names its credit, or the imprint does so for all.
    pub(super) credits: bool,
}

/// A framed plate before it is put on its page.
#[derive(Debug)]
pub(super) struct Framed<'a> {
    plate: &'a Plate,
    turn: Turn,
    frame: Rect,
    caption: Caption,
    /// No line stands lower: the folio is below.
    floor: Length,
    side: Side,
}

/// By how much a picture may give way to its words before these are set smaller: it keeps
/// two thirds of its height.
const KEPT: (i64, i64) = (2, 3);
/// It gives way no further than to this share of the page, in per cent.
const LEAST: i64 = 30;

impl<'a> Framed<'a> {
    /// A plate on this side of a leaf, with the caption of the picture opposite under its own
    /// where `guest` has to find room.
    pub(super) fn of(
        plate: &'a Plate,
        guest: Option<&'a Plate>,
        side: Side,
        scene: &Scene<'a>,
    ) -> Self {
        let grid = scene.grid;
        let shape = scene.sizes.shape(&plate.picture);
        let size = scene.sizes.size(shape);
        let mut said = Vec::new();
        if plate.caption_place == CaptionPlace::Below {
            said.push(Said { plate, pointing: None });
        }
        let facing = Directions::of(&scene.book.language).facing;
        said.extend(guest.map(|plate| Said { plate, pointing: Some(facing) }));
        // The foot of the caption stays above the folio, and the picture gives way to it.
        let head = grid.trim.height.scale(55, 1000);
        let floor = grid.trim.height - grid.margins.bottom.scale(7, 10);
        let set = |step| Caption::of(&said, caption::measure(grid), step, scene);
        let room = |caption: &Caption| floor - head - below(caption, grid);
        let mut caption = set(Step::Usual);
        if room(&caption) < size.height.scale(KEPT.0, KEPT.1) {
            caption = set(Step::Small);
        }
        let height = size
            .height
            .min(room(&caption).max(grid.trim.height.scale(LEAST, 100)))
            .max(Length::emu(1));
        let size = Size::new(size.width.scale(height.to_emu(), size.height.to_emu()), height);
        let mut framed =
            Self { plate, turn: shape.turn, frame: Rect::default(), caption, floor, side };
        framed.resize(size, grid);
        framed
    }

    /// Gives the picture this size, and its place: a little above the middle, as the eye
    /// wants it.
    fn resize(&mut self, size: Size, grid: &Grid) {
        // The white is shared out as if every usual caption were two lines, so that pictures
        // of one shape stand at one height on facing pages; a long one counts as long as it is.
        let caption = below(&self.caption, grid);
        let leading = grid.size(11_500);
        let usual = caption::gap(grid) + leading * 2;
        let long = caption::gap(grid) + leading * 4;
        let taken = if caption > long { caption } else { usual };
        let white = (grid.trim.height - size.height - taken).max(Length::ZERO);
        let top = white.scale(100, 225);
        let inside = grid.inside(self.side);
        let left = inside.x + (inside.width - size.width) / 2;
        self.frame = Rect::new(Point::new(left, Length::ZERO), size);
        self.lift(top, grid);
    }

    /// Moves the picture to this height, or as near to it as its words allow.
    fn lift(&mut self, top: Length, grid: &Grid) {
        let lowest = self.floor - below(&self.caption, grid) - self.frame.height;
        self.frame.y = top.min(lowest).max(Length::ZERO);
    }

    /// The height of the picture's foot.
    pub(super) fn foot(&self) -> Length {
        self.frame.bottom()
    }

    /// Whether the picture is nearly as large as it would be without so many words.
    pub(super) fn is_at_ease(&self, scene: &Scene<'_>) -> bool {
        let size = scene.sizes.size(scene.sizes.shape(&self.plate.picture));
        self.frame.height.scale(100, 85) >= size.height
    }

    /// Puts the plate on its page; whether all its words found room.
    pub(super) fn set(&self, page: &mut Page, grid: &Grid) -> bool {
        page.items.push(picture(self.plate, self.frame, self.frame, self.turn));
        let frame = self.frame;
        let measure = self.caption.measure;
        let left = if grid.binding_right { frame.right() - measure } else { frame.x };
        // A caption that is wider than its picture must not leave the page.
        let inside = grid.inside(page.side);
        let left = left.min(inside.right() - measure).max(inside.x);
        self.caption.set(page, Point::new(left, frame.bottom() + caption::gap(grid)), self.floor)
    }
}

/// Makes two plates that face each other agree. Two of nearly one height get the lower one's,
/// so that heads and feet stand on two lines; of somewhat different heights the feet do, so
/// that at least the captions begin on one. What differs more is left as it is: an upright
/// picture beside a wide one looks right where its own page wants it.
pub(super) fn agree<'a>(verso: &mut Framed<'a>, recto: &mut Framed<'a>, grid: &Grid) {
    let (lower, higher) =
        if verso.frame.height <= recto.frame.height { (verso, recto) } else { (recto, verso) };
    let (low, high) = (lower.frame.height, higher.frame.height);
    if low * 8 >= high * 7 {
        let width = higher.frame.width.scale(low.to_emu(), high.to_emu());
        higher.resize(Size::new(width, low), grid);
        let top = lower.frame.y.min(higher.frame.y);
        lower.lift(top, grid);
        higher.lift(top, grid);
    } else if low * 3 >= high * 2 {
        let foot = (lower.foot() + higher.foot()) / 2;
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
pub(super) fn picture(plate: &Plate, frame: Rect, clip: Rect, turn: Turn) -> Item {
    Item::Picture(Box::new(PlacedPicture {
        picture: Arc::new(plate.picture.clone()),
        alt: plate.alt.clone(),
        frame,
        clip,
        turn,
    }))
}
