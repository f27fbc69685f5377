//! Which part of a photo is printed, and how large.

use std::collections::BTreeMap;
use std::path::Path;

use crate::model::{
    Book, EntryId, Folio, Item, Length, Pages, PhotoPart, Picture, PlacedPicture, Plate,
    PlateLayout, Rect, Turn,
};

/// Where the photos of a book are printed, by their paths.
#[derive(Debug)]
pub struct PhotoPlaces<'p> {
    pub(super) pages: &'p Pages,
    placements: BTreeMap<&'p Path, Vec<Placement>>,
    spreads: BTreeMap<&'p Path, Vec<(EntryId, &'p Plate)>>,
}

impl<'p> PhotoPlaces<'p> {
    /// The places on these pages of a book.
    pub fn new(book: &'p Book, pages: &'p Pages) -> Self {
        let mut places = Self { pages, placements: BTreeMap::new(), spreads: BTreeMap::new() };
        for page in &pages.pages {
            for item in &page.items {
                if let Item::Picture(placed) = item {
                    let of_photo = places.placements.entry(&placed.picture.path).or_default();
                    of_photo.push(Placement::new(page.folio, placed));
                }
            }
        }
        let is_spread = |plate: &Plate| plate.layout == PlateLayout::Spread;
        for (id, plate) in book.plates_and_openers().filter(|(_, plate)| is_spread(plate)) {
            places.spreads.entry(&plate.picture.path).or_default().push((id, plate));
        }
        places
    }

    /// All places of a photo, in the order of their pages.
    pub(super) fn placements(&self, picture: &Picture) -> &[Placement] {
        self.placements.get(&*picture.path).map_or(&[], Vec::as_slice)
    }

    /// The spreads of a photo.
    pub(super) fn spreads(&self, picture: &Picture) -> &[(EntryId, &'p Plate)] {
        self.spreads.get(&*picture.path).map_or(&[], Vec::as_slice)
    }
}

/// A photo on a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placement {
    pub(super) folio: Folio,
    /// The part that is printed, with the bleed.
    pub(super) part: PhotoPart,
    /// The width and the height of the whole upright photo at its printed size.
    pub(super) width: Length,
    pub(super) height: Length,
}

impl Placement {
    fn new(folio: Folio, placed: &PlacedPicture) -> Self {
        let Rect { width, height, .. } = placed.frame;
        let (width, height) = match placed.turn {
            Turn::Upright => (width, height),
            Turn::HeadLeft | Turn::HeadRight => (height, width),
        };
        Self { folio, part: printed(placed), width, height }
    }

    /// A length as a fraction of the width and of the height of the photo.
    pub(super) fn fractions(&self, length: Length) -> (f64, f64) {
        (fraction(length, self.width), fraction(length, self.height))
    }

    /// The printed area, for comparing placements.
    pub(super) fn area(&self) -> f64 {
        let PhotoPart { left, top, right, bottom } = self.part;
        (right - left) * self.width.to_mm() * (bottom - top) * self.height.to_mm()
    }
}

/// The part of the upright photo that is printed.
fn printed(placed: &PlacedPicture) -> PhotoPart {
    part_within(placed, placed.clip)
}

/// The printed part of the upright photo that is in an area of the page.
pub(super) fn part_within(placed: &PlacedPicture, area: Rect) -> PhotoPart {
    let (frame, clip) = (placed.frame, placed.clip.common(&placed.frame).common(&area));
    let across = |x: Length| fraction(x - frame.x, frame.width);
    let down = |y: Length| fraction(y - frame.y, frame.height);
    let (left, right) = (across(clip.x), across(clip.right()));
    let (top, bottom) = (down(clip.y), down(clip.bottom()));
    match placed.turn {
        Turn::Upright => PhotoPart { left, top, right, bottom },
        // The head of the photo is on the left of the page, its left side at the foot.
        Turn::HeadLeft => {
            PhotoPart { left: 1.0 - bottom, top: left, right: 1.0 - top, bottom: right }
        }
        Turn::HeadRight => {
            PhotoPart { left: top, top: 1.0 - right, right: bottom, bottom: 1.0 - left }
        }
    }
}

/// A length as a fraction of another one.
pub(super) fn fraction(length: Length, of: Length) -> f64 {
    length.to_mm() / of.max(Length::emu(1)).to_mm()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        ColorModel, Focus, Format, Orientation, Pixels, Point, PrivateMetadata, Size, StatedSpace,
    };

    #[test]
    fn the_printed_part_turns_with_the_photo() {
        // The focus is turned by the layout; the printed part must contain it in the same way.
        let focus = Focus::new(1_000, 2_000);
        let size = Size::new(Length::mm(100), Length::mm(100));
        let clip_around = |turn| {
            let at = focus.turned(turn).within(size);
            Rect::new(
                Point::new(at.x - Length::mm(1), at.y - Length::mm(1)),
                Size::new(Length::mm(2), Length::mm(2)),
            )
        };
        let picture = Picture {
            path: "a".into(),
            name: "a".into(),
            format: Format::Jpeg,
            stored: Pixels { width: 10, height: 10 },
            orientation: Orientation::Upright,
            colour: ColorModel::Rgb,
            bits: 8,
            alpha: false,
            profile: None,
            stated_space: StatedSpace::Unknown,
            private: PrivateMetadata::default(),
            arithmetic: false,
            damage: None,
            subject: None,
        };
        for turn in [Turn::Upright, Turn::HeadLeft, Turn::HeadRight] {
            let placed = PlacedPicture {
                picture: picture.clone().into(),
                alt: None,
                frame: Rect::new(Point::default(), size),
                clip: clip_around(turn),
                turn,
                continues_previous: false,
                element: None,
            };
            let PhotoPart { left, top, right, bottom } = printed(&placed);
            let near = |one: f64, other: f64| (one - other).abs() < 1e-9;
            assert!(near(left, 0.09) && near(right, 0.11), "{turn:?} {left} {right}");
            assert!(near(top, 0.19) && near(bottom, 0.21), "{turn:?} {top} {bottom}");
        }
    }
}
