//! Detail of a spread in its fold.

use crate::finding::{Code, Finding};
use crate::model::{
    Book, EntryId, Item, Length, Page, Pages, PhotoMap, PhotoPart, Picture, PlacedPicture, Plate,
    Point, Rect, Side,
};

use crate::preflight::plates::fold_zone;

use super::placement::{PhotoPlaces, fraction, part_within};

/// The detail in the fold, as a share of that of the whole, from which it counts as the subject.
const MIN_RATIO: (u64, u64) = (3, 2);
/// The least detail of a subject, of 510: less is noise in a sky.
const MIN_DETAIL: u64 = 6;

/// A finding if the strip that disappears in the fold has much more detail than the rest of the
/// photo. A `focus` is checked by itself, without looking at the pixels.
pub(super) fn detail(
    book: &Book,
    places: &PhotoPlaces<'_>,
    picture: &Picture,
    map: &PhotoMap,
) -> Option<Finding> {
    let mut spreads = places.spreads(picture).iter().filter(|(_, plate)| plate.focus.is_none());
    spreads.find_map(|(id, plate)| of_spread(book, places.pages, *id, plate, map))
}

fn of_spread(
    book: &Book,
    pages: &Pages,
    id: EntryId,
    plate: &Plate,
    map: &PhotoMap,
) -> Option<Finding> {
    let halves: Vec<_> = pages.pages.iter().filter_map(|page| half(page, id)).collect();
    let [(page, placed), (_, other)] = halves[..] else { return None };
    let trim = Rect::new(Point::default(), pages.trim);
    let visible = [placed, other].map(|half| part_within(half, trim));
    let whole = PhotoPart {
        left: visible[0].left.min(visible[1].left),
        right: visible[0].right.max(visible[1].right),
        ..visible[0]
    };
    // The end of the visible part of the first page at the spine.
    let hidden = book.print.gutter_loss;
    let spine_is_left = (page.side == Side::Recto) != pages.binding_right;
    let fold = if spine_is_left { hidden } else { pages.trim.width - hidden };
    let fold = fraction(fold - placed.frame.x, placed.frame.width);
    let half_width = fraction(fold_zone(pages), placed.frame.width);
    let strip = PhotoPart { left: fold - half_width, right: fold + half_width, ..whole };
    let of_strip = map.mean(strip, |cell| cell.detail);
    let of_whole = map.mean(whole, |cell| cell.detail);
    if of_strip < MIN_DETAIL || of_strip * MIN_RATIO.1 < of_whole * MIN_RATIO.0 {
        return None;
    }
    let window = (half_width * 2.0, fraction(fold_zone(pages) * 2, placed.frame.height));
    let peak = map.peak(strip, window, |cell| cell.detail)?;
    let down = placed.frame.y + share(placed.frame.height, peak.down);
    let tenths = of_strip * 10 / of_whole.max(1);
    let message = format!(
        "the fold crosses the part of {} with the most detail, {} mm below the head of the page: \
         {}.{} times that of the whole",
        plate.picture.name,
        down.to_emu() / Length::mm(1).to_emu(),
        tenths / 10,
        tenths % 10
    );
    let help = "set `focus:` to what matters, so that it is moved out of the fold, or choose \
                another layout; if nothing is lost there, accept it with allow: [gutter-detail]";
    let finding = Finding::new(Code::GutterDetail, message).help(help).at(plate.location.clone());
    Some(finding.page(page.folio.to_string()))
}

/// The half of a spread on a page.
fn half(page: &Page, id: EntryId) -> Option<(&Page, &PlacedPicture)> {
    let is_of_plate = page.entry == Some(id);
    let placed = page.items.iter().find_map(|item| match item {
        Item::Picture(placed) => Some(placed.as_ref()),
        Item::Glyphs(_) | Item::Rule(_) => None,
    });
    placed.filter(|_| is_of_plate).map(|placed| (page, placed))
}

/// A fraction of a length.
#[expect(clippy::cast_possible_truncation, reason = "from 0 to 1000")]
fn share(length: Length, fraction: f64) -> Length {
    length.scale((fraction.clamp(0.0, 1.0) * 1000.0).round() as i64, 1000)
}
