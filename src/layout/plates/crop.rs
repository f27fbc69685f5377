//! Where a picture that fills an area is cropped: around the point that its author names, or so that
//! what it shows is kept whole.

use crate::model::{Book, Edges, Focus, Length, Picture, Point, Rect, Region, Side, Size, Subject};

use crate::layout::plates::sizes::PictureShape;

/// The white that what a picture shows keeps from the trim and the gutter, in per cent of what is
/// visible.
const CLEAR_PERCENT: i64 = 8;
/// The white that it keeps at least, if the picture is not large enough for that.
pub(in crate::layout) const LEAST_CLEAR: Length = Length::mm(5);
/// The part, in per cent, that is cut at most from a picture whose layout the author does not name.
const MAX_CROP_PERCENT: i128 = 47;

/// What a crop keeps.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) enum Kept {
    /// The point that the author names, as near as possible to this one.
    Focus(Focus, Point),
    /// What the picture shows, on one of the visible pages.
    Subject(Subject),
    /// The middle.
    Middle,
}

/// The frame of a picture that covers `area` with the smallest possible crop. `visible` are the areas
/// in which what is kept is seen: one page, or the two of a spread.
pub(in crate::layout) fn covering(
    shape: PictureShape,
    area: Rect,
    visible: &[Rect],
    kept: Kept,
) -> Rect {
    let size = shape.covering(Size::new(area.width, area.height));
    let at = match kept {
        Kept::Focus(focus, target) => {
            let inside = focus.within(size);
            Point::new(target.x - inside.x, target.y - inside.y)
        }
        Kept::Subject(subject) => around(subject, size, area, visible),
        Kept::Middle => {
            let whole = hull(visible);
            Point::new(
                whole.x + (whole.width - size.width) / 2,
                whole.y + (whole.height - size.height) / 2,
            )
        }
    };
    let x = at.x.clamp(area.right() - size.width, area.x);
    let y = at.y.clamp(area.bottom() - size.height, area.y);
    Rect::new(Point::new(x, y), size)
}

/// The position at which the subject is kept whole, or its middle in the middle if it is too large.
/// Of two pages, it is on one of them, if the picture can be shifted so far.
fn around(subject: Subject, size: Size, area: Rect, visible: &[Rect]) -> Point {
    let [core, outline] = [subject.core, subject.outline].map(|region| region.within(size));
    let middle = subject.middle.within(size);
    let whole = hull(visible);
    let vertical = |part: Rect| Ends { from: part.y, to: part.bottom() };
    let down = Axis { core: vertical(core), outline: vertical(outline), middle: middle.y };
    let y = down.origin(whole.y, whole.bottom());
    let horizontal = |part: Rect| Ends { from: part.x, to: part.right() };
    let across = Axis { core: horizontal(core), outline: horizontal(outline), middle: middle.x };
    let usual = across.origin(whole.x, whole.right()).clamp(area.right() - size.width, area.x);
    let on_one_page = |part: Ends| {
        visible
            .iter()
            .filter(|_| visible.len() > 1)
            .filter_map(|page| part.clear(page.x, page.right(), usual_white(page.width)))
            .map(|(least, most)| usual.clamp(least, most))
            // A picture that would leave a part of the area empty is not shifted so far.
            .filter(|x| (area.right() - size.width..=area.x).contains(x))
            .min_by_key(|x| (*x - usual).abs())
    };
    let x = on_one_page(across.outline).or_else(|| on_one_page(across.core)).unwrap_or(usual);
    Point::new(x, y)
}

/// The white at each end of a visible length.
fn usual_white(visible: Length) -> Length {
    visible.scale(CLEAR_PERCENT, 100)
}

/// Where a region begins and ends on one axis of its picture.
#[derive(Debug, Clone, Copy)]
struct Ends {
    from: Length,
    to: Length,
}

impl Ends {
    /// The positions of the picture at which the region has this white at both ends.
    fn clear(self, start: Length, end: Length, white: Length) -> Option<(Length, Length)> {
        let (least, most) = (start + white - self.from, end - white - self.to);
        (least <= most).then_some((least, most))
    }

    /// The position of the picture at which the region is in the middle, if it is whole there.
    fn centred(self, start: Length, end: Length) -> Option<Length> {
        let is_whole = self.to - self.from <= end - start;
        is_whole.then_some((start + end) / 2 - (self.from + self.to) / 2)
    }
}

/// The extent of a subject on one axis of its picture.
#[derive(Debug, Clone, Copy)]
struct Axis {
    core: Ends,
    outline: Ends,
    middle: Length,
}

impl Axis {
    /// The position of the picture at which its subject is in the middle, and clear of both ends if
    /// it fits: with its outline, or else at least its core.
    fn origin(self, start: Length, end: Length) -> Length {
        let usual = (start + end) / 2 - self.middle;
        let white = usual_white(end - start);
        let clear = |ends: Ends, white| {
            let (least, most) = ends.clear(start, end, white)?;
            Some(usual.clamp(least, most))
        };
        clear(self.outline, white)
            .or_else(|| clear(self.outline, LEAST_CLEAR.min(white)))
            .or_else(|| self.outline.centred(start, end))
            .or_else(|| clear(self.core, white))
            .or_else(|| self.core.centred(start, end))
            .unwrap_or(usual)
    }
}

/// The smallest rectangle around several.
fn hull(areas: &[Rect]) -> Rect {
    let whole = areas.iter().copied().reduce(|one, other| {
        let (x, y) = (one.x.min(other.x), one.y.min(other.y));
        Rect {
            x,
            y,
            width: one.right().max(other.right()) - x,
            height: one.bottom().max(other.bottom()) - y,
        }
    });
    whole.unwrap_or_default()
}

/// Whether all that a picture shows is whole in an area of this size that it fills.
pub(in crate::layout) fn keeps_outline(picture: &Picture, visible: Size) -> bool {
    picture.subject.is_none_or(|subject| keeps(picture, subject.outline, visible))
}

fn keeps(picture: &Picture, region: Region, visible: Size) -> bool {
    let part = region.within(PictureShape::upright(picture).covering(visible));
    part.width <= visible.width && part.height <= visible.height
}

/// Whether a picture that opens a chapter may fill its page: not much of it is cut, and what it shows
/// is kept whole.
pub(crate) fn may_fill_page(book: &Book, picture: &Picture) -> bool {
    let page = book.print.trim;
    let size = PictureShape::upright(picture).covering(page);
    let area = |size: Size| i128::from(size.width.to_emu()) * i128::from(size.height.to_emu());
    let cut = 100 - area(page) * 100 / area(size).max(1);
    let keeps_core = picture.subject.is_none_or(|subject| keeps(picture, subject.core, page));
    cut <= MAX_CROP_PERCENT && keeps_core
}

/// The part of a page that is seen: without what disappears in the fold.
pub(in crate::layout) fn visible_page(
    page: Size,
    gutter_loss: Length,
    side: Side,
    binding_right: bool,
) -> Rect {
    let edges = Edges { inner: gutter_loss, ..Edges::all(Length::ZERO) };
    let left = edges.left(side, binding_right);
    Rect::new(Point::new(left, Length::ZERO), Size::new(page.width - gutter_loss, page.height))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Turn;

    const SHAPE: PictureShape = PictureShape { turn: Turn::Upright, width: 3, height: 2 };

    fn subject(from: (u16, u16), to: (u16, u16)) -> Subject {
        let region = Region { from: Focus::new(from.0, from.1), to: Focus::new(to.0, to.1) };
        Subject {
            core: region,
            outline: region,
            middle: Focus::new(u16::midpoint(from.0, to.0), u16::midpoint(from.1, to.1)),
        }
    }

    fn page(x: i64, width: i64, height: i64) -> Rect {
        let size = Size::new(Length::mm(width), Length::mm(height));
        Rect::new(Point::new(Length::mm(x), Length::ZERO), size)
    }

    #[test]
    fn a_subject_at_the_side_is_kept_whole_and_clear_of_the_trim() {
        let area = page(0, 100, 100);
        for (left, right) in [(500, 2_500), (7_500, 9_000), (4_000, 6_000), (6_000, 9_400)] {
            let subject = subject((left, 3_000), (right, 6_000));
            let frame = covering(SHAPE, area, &[area], Kept::Subject(subject));
            let seen = subject.outline.within(Size::new(frame.width, frame.height));
            let seen = seen.moved(frame.x, frame.y);
            let clear = Length::emu(7_990 * 36);
            assert!(seen.x >= clear || frame.x == Length::ZERO, "{left}: {seen:?}");
            let is_at_end = frame.right() == area.right();
            assert!(seen.right() <= area.right() - clear || is_at_end, "{left}: {seen:?}");
            assert!(area.contains(&seen), "{left}: {seen:?}");
        }
    }

    #[test]
    fn a_subject_in_the_fold_is_moved_to_one_page_if_the_picture_reaches_so_far() {
        // A picture of 240 mm on two pages of 80 mm can be shifted by 80 mm.
        let shape = PictureShape { width: 3, height: 1, ..SHAPE };
        let pages = [page(0, 80, 80), page(80, 80, 80)];
        let subject = subject((4_400, 2_000), (5_800, 8_000));
        let frame = covering(shape, page(0, 160, 80), &pages, Kept::Subject(subject));
        let seen =
            subject.outline.within(Size::new(frame.width, frame.height)).moved(frame.x, frame.y);
        let (left_page, right_page) = (seen.right() <= Length::mm(74), seen.x >= Length::mm(86));
        assert!(left_page || right_page, "{seen:?}");
        assert!(frame.right() >= Length::mm(160) && frame.x <= Length::ZERO, "{frame:?}");
    }

    #[test]
    fn an_outline_is_kept_whole_and_a_subject_without_room_for_it_keeps_its_core() {
        let area = page(0, 100, 100);
        let core = subject((5_500, 3_000), (7_000, 6_000));
        let with_outline = |from: u16| Subject {
            outline: Region { from: Focus::new(from, 2_000), to: Focus::new(7_500, 8_000) },
            ..core
        };
        let seen = |subject: Subject, region: Region| {
            let frame = covering(SHAPE, area, &[area], Kept::Subject(subject));
            region.within(Size::new(frame.width, frame.height)).moved(frame.x, frame.y)
        };
        // 90 mm of 100 mm: with the least white, not with the usual.
        let wide = with_outline(1_500);
        let outline = seen(wide, wide.outline);
        assert_eq!(outline.x, LEAST_CLEAR, "{outline:?}");
        let wider = with_outline(700);
        assert!(area.contains(&seen(wider, wider.core)));
        assert!(seen(wider, wider.core).x >= Length::mm(7));
    }

    #[test]
    fn a_subject_that_is_too_large_is_in_the_middle() {
        let area = page(0, 100, 100);
        let subject = subject((1_000, 0), (9_600, 10_000));
        let frame = covering(SHAPE, area, &[area], Kept::Subject(subject));
        let middle = frame.x + frame.width.scale(5_300, 10_000);
        assert!((middle - Length::mm(50)).abs() < Length::emu(360), "{frame:?}");
    }
}
