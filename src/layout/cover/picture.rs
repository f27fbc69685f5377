//! The size and the crop of a picture on the cover.

use std::sync::Arc;

use crate::model::{Focus, Item, Length, Picture, PlacedPicture, Point, Rect, Size, Turn};

use crate::layout::plates::crop;
use crate::layout::plates::crop::Kept;
use crate::layout::plates::sizes::PictureShape;

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

/// Like [`size_within`], but without a crop if that cannot keep all that the picture shows.
pub(super) fn size_keeping(picture: &Picture, limit: Size, crop: i64) -> Size {
    let size = size_within(picture, limit, crop);
    if crop::keeps_subject(picture, size) { size } else { size_within(picture, limit, 0) }
}

/// The part of a picture that is left if it fills a box, in thousandths.
pub(super) fn kept(picture: &Picture, size: Size) -> i64 {
    let pixels = picture.upright();
    let one = i128::from(pixels.width.max(1)) * i128::from(size.height.to_emu().max(1));
    let other = i128::from(pixels.height.max(1)) * i128::from(size.width.to_emu().max(1));
    i64::try_from(one.min(other) * 1000 / one.max(other)).unwrap_or(0)
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
    let shape = PictureShape::upright(picture);
    let middle = Point::new(visible.x + visible.width / 2, visible.y + visible.height / 2);
    let kept = match (focus, picture.subject) {
        (None, Some(subject)) => Kept::Subject(subject),
        (focus, _) => Kept::Focus(focus.unwrap_or_else(|| usual_focus(picture)), middle),
    };
    let frame = crop::covering(shape, area, &[visible], kept);
    Item::Picture(Box::new(PlacedPicture {
        picture: Arc::new(picture.clone()),
        alt,
        frame,
        clip: area,
        turn: Turn::Upright,
        continues_previous: false,
        element: None,
    }))
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
