//! The size and the crop of a picture on the cover.

use std::sync::Arc;

use crate::model::{Focus, Item, Length, Page, Picture, PlacedPicture, Point, Rect, Size, Turn};

use crate::layout::plates::crop;
use crate::layout::plates::crop::{Kept, LEAST_CLEAR};
use crate::layout::plates::sizes::PictureShape;

/// What a photo shows is cut by its edge if it is as near to that as this, in thousandths of the side.
const CUT_BY_PHOTO: i64 = 25;

/// The size of a picture that fills a box as far as possible, if a crop may take this per cent of
/// it.
pub(super) fn size_within(picture: &Picture, limit: Size, crop: i64) -> Size {
    let pixels = picture.upright();
    let (wide, high) = (i64::from(pixels.width.max(1)), i64::from(pixels.height.max(1)));
    let keep = 100 - crop;
    let at_full_width = limit.width.scale(high, wide);
    if at_full_width <= limit.height {
        let height = at_full_width.scale(100, keep).min(limit.height);
        Size::new(limit.width, height)
    } else {
        let width = limit.height.scale(wide, high).scale(100, keep).min(limit.width);
        Size::new(width, limit.height)
    }
}

/// Like [`size_within`], but with the largest crop that keeps all that the picture shows.
pub(super) fn size_keeping(picture: &Picture, limit: Size, crop: i64) -> Size {
    let mut sizes = (1..=crop).rev().map(|crop| size_within(picture, limit, crop));
    let keeps = |size: &Size| crop::keeps_outline(picture, *size);
    sizes.find(keeps).unwrap_or_else(|| size_within(picture, limit, 0))
}

/// The part of a picture that is left if it fills a box, in thousandths.
pub(super) fn kept(picture: &Picture, size: Size) -> i64 {
    let pixels = picture.upright();
    let one = i128::from(pixels.width.max(1)) * i128::from(size.height.to_emu().max(1));
    let other = i128::from(pixels.height.max(1)) * i128::from(size.width.to_emu().max(1));
    i64::try_from(one.min(other) * 1000 / one.max(other)).unwrap_or(0)
}

/// The photo of the front.
#[derive(Debug, Clone, Copy)]
pub(super) struct Photo<'a> {
    pub(super) picture: &'a Picture,
    pub(super) alt: Option<&'a str>,
    /// The point that the author names.
    pub(super) focus: Option<Focus>,
}

impl Photo<'_> {
    /// The size of the photo in a box, if a crop may take this per cent of it. What it shows is kept
    /// whole, unless its author names a point.
    pub(super) fn size(self, limit: Size, crop: i64) -> Size {
        match self.focus {
            Some(_) => size_within(self.picture, limit, crop),
            None => size_keeping(self.picture, limit, crop),
        }
    }

    /// How far what it shows is beyond the free part of an area that the photo fills, with some white
    /// around it. Zero if that is whole there, or not known.
    pub(super) fn lost(self, area: Rect, free: Rect) -> Length {
        let frame = covering(self.picture, area, free, self.focus);
        let size = Size::new(frame.width, frame.height);
        let shown = match (self.focus, self.picture.subject) {
            (Some(focus), _) => Rect::new(focus.within(size), Size::default()),
            (None, Some(subject)) => subject.outline.within(size),
            (None, None) => return Length::ZERO,
        };
        let shown = shown.moved(frame.x, frame.y);
        // What the edge of the photo itself cuts needs no white there, and loses only the bleed.
        let beyond = |over: Length, to_edge: Length, side: Length| {
            let is_cut = to_edge <= side.scale(CUT_BY_PHOTO, 1000);
            let white = if is_cut { -LEAST_CLEAR } else { LEAST_CLEAR };
            (over + white).max(Length::ZERO)
        };
        beyond(free.x - shown.x, shown.x - frame.x, size.width)
            + beyond(shown.right() - free.right(), frame.right() - shown.right(), size.width)
            + beyond(free.y - shown.y, shown.y - frame.y, size.height)
            + beyond(shown.bottom() - free.bottom(), frame.bottom() - shown.bottom(), size.height)
    }

    /// Places the photo so that it fills an area, of which a part is visible.
    pub(super) fn place(self, page: &mut Page, area: Rect, visible: Rect) {
        let alt = self.alt.map(str::to_owned);
        page.items.push(filling(self.picture, alt, area, visible, self.focus));
    }
}

/// A picture that fills an area, of which a part is visible. Its focus is as close to the middle of
/// that part as possible; without one, what it shows is kept whole.
pub(super) fn filling(
    picture: &Picture,
    alt: Option<String>,
    area: Rect,
    visible: Rect,
    focus: Option<Focus>,
) -> Item {
    Item::Picture(Box::new(PlacedPicture {
        picture: Arc::new(picture.clone()),
        alt,
        frame: covering(picture, area, visible, focus),
        clip: area,
        turn: Turn::Upright,
        continues_previous: false,
        element: None,
    }))
}

/// The frame of a picture that fills an area.
fn covering(picture: &Picture, area: Rect, visible: Rect, focus: Option<Focus>) -> Rect {
    let middle = Point::new(visible.x + visible.width / 2, visible.y + visible.height / 2);
    let kept = match (focus, picture.subject) {
        (None, Some(subject)) => Kept::Subject(subject),
        (focus, _) => Kept::Focus(focus.unwrap_or_else(|| usual_focus(picture)), middle),
    };
    crop::covering(PictureShape::upright(picture), area, &[visible], kept)
}

/// What is kept of a picture whose author says nothing: the middle, and the upper part of an upright
/// picture, which is often a person.
fn usual_focus(picture: &Picture) -> Focus {
    let pixels = picture.upright();
    if pixels.height > pixels.width { Focus::new(5_000, 3_800) } else { Focus::MIDDLE }
}

/// The rectangle of this size in the middle of an area's width.
pub(super) fn centred(area: Rect, y: Length, size: Size) -> Rect {
    Rect::new(Point::new(area.x + (area.width - size.width) / 2, y), size)
}
