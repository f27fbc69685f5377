//! Plates as they stand on their pages: words without room, edges without bleed, crops that
//! take too much.

use crate::finding::{Code, Finding};
use crate::model::{
    Book, Edges, EntryId, Focus, Item, Length, Page, Pages, PlacedPicture, Plate, PlateLayout,
    Point, Rect, Size,
};

use super::safe_area::SAFETY;

/// What is cropped away without a word, in per cent of the picture.
const CROPPED: i128 = 40;

/// One finding for each plate whose words did not all find room.
pub(super) fn overset(book: &Book, pages: &Pages) -> Vec<Finding> {
    let overset = book.plates().filter(|(id, _)| pages.overset.contains(id));
    overset
        .map(|(id, plate)| {
            let name = &plate.picture.name;
            let message = format!("the caption of {name} does not fit, even in small letters");
            let help = "shorten it, or tell the story in a `text:` page beside the photo";
            let finding = Finding::new(Code::CaptionTooLong, message).help(help);
            placed(finding, plate, pages, id)
        })
        .collect()
}

/// A finding when pictures run to an edge at which nothing is left to be cut off.
pub(super) fn no_bleed(book: &Book, pages: &Pages) -> Option<Finding> {
    let bleed = pages.bleed;
    let none = [bleed.top, bleed.bottom, bleed.outer].contains(&Length::ZERO);
    let mut plates = book.plates().filter(|(_, plate)| plate.layout != PlateLayout::Framed);
    let (id, first) = plates.next().filter(|_| none)?;
    let others = plates.count();
    let name = &first.picture.name;
    let message = match others {
        0 => format!("{name} runs to the edge of a page that has no bleed"),
        1 => format!("{name} and another photo run to the edges of pages that have no bleed"),
        _ => format!("{name} and {others} other photos run to the edges of pages without bleed"),
    };
    let help = "where the cut is off by a hair, paper shows; set bleed: 3 mm under print, unless \
                the printer wants none";
    Some(placed(Finding::new(Code::BleedMissing, message).help(help), first, pages, id))
}

/// One finding for each page with art that reaches the edge where the paper is cut, but not
/// as far beyond it as the bleed.
pub(super) fn short_of_the_bleed(pages: &Pages) -> Vec<Finding> {
    let trim = Rect::new(Point::default(), pages.trim);
    let falls_short = |page: &Page, art: Rect| {
        let sheet = Rect::with_bleed(pages.trim, &pages.bleed, page.side, pages.binding_right);
        (art.x <= trim.x && art.x > sheet.x)
            || (art.y <= trim.y && art.y > sheet.y)
            || (art.right() >= trim.right() && art.right() < sheet.right())
            || (art.bottom() >= trim.bottom() && art.bottom() < sheet.bottom())
    };
    let art = |item: &Item| match item {
        Item::Picture(placed) => Some(placed.clip.common(&placed.frame)),
        Item::Rule(rule) => Some(rule.rect),
        Item::Glyphs(_) => None,
    };
    let short = pages
        .pages
        .iter()
        .filter(|page| page.items.iter().filter_map(art).any(|art| falls_short(page, art)));
    short
        .map(|page| {
            let message = "what runs to the edge of the page stops short of the bleed";
            Finding::new(Code::BleedShort, message)
                .help("please report it: recto lays pictures out to the bleed or within the page")
                .page(page.folio.to_string())
        })
        .collect()
}

/// Crops that take much of a picture, or what matters in it.
pub(super) fn crops(book: &Book, pages: &Pages) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, plate) in book.plates().filter(|(_, plate)| plate.layout != PlateLayout::Framed) {
        let name = &plate.picture.name;
        let halves = placements(pages, id);
        let lost = lost(&halves, pages);
        if lost > CROPPED {
            let message = format!("{lost} % of {name} are cropped away");
            let help = match plate.layout {
                PlateLayout::Spread => {
                    "two pages are wider than the photo; frame it, or choose \
                                        another for the spread"
                }
                _ => {
                    "its shape is not that of the page; frame it, or set `focus:` to what must \
                      be seen"
                }
            };
            let finding = Finding::new(Code::CropDeep, message).help(help);
            findings.push(placed(finding, plate, pages, id));
        }
        if let Some(focus) = plate.focus
            && !halves.iter().any(|(page, picture)| shows(page, picture, focus, pages))
        {
            let message = format!("the focus of {name} lies at the edge of what is seen of it");
            let help = "the crop cannot move it farther in; choose another layout for the photo";
            let finding = Finding::new(Code::FocusLost, message).help(help);
            findings.push(placed(finding, plate, pages, id));
        }
    }
    findings
}

/// Where a plate's picture lies: once, or in two halves.
fn placements(pages: &Pages, id: EntryId) -> Vec<(&Page, &PlacedPicture)> {
    let pages = pages.pages.iter().filter(|page| page.entry == Some(id));
    let items = pages.flat_map(|page| page.items.iter().map(move |item| (page, item)));
    items
        .filter_map(|(page, item)| match item {
            Item::Picture(placed) => Some((page, placed.as_ref())),
            Item::Glyphs(_) | Item::Rule(_) => None,
        })
        .collect()
}

/// The share of a picture that is on no page, in per cent.
fn lost(halves: &[(&Page, &PlacedPicture)], pages: &Pages) -> i128 {
    let trim = Rect::new(Point::default(), pages.trim);
    let area = |rect: Rect| i128::from(rect.width.to_emu()) * i128::from(rect.height.to_emu());
    // What is seen of it, in its own coordinates: the halves overlap or touch.
    let seen = halves
        .iter()
        .map(|(_, half)| half.clip.common(&trim).moved(-half.frame.x, -half.frame.y))
        .reduce(|one, other| {
            let (x, y) = (one.x.min(other.x), one.y.min(other.y));
            Rect {
                x,
                y,
                width: one.right().max(other.right()) - x,
                height: one.bottom().max(other.bottom()) - y,
            }
        });
    match (seen, halves.first()) {
        (Some(seen), Some((_, half))) => 100 - area(seen) * 100 / area(half.frame).max(1),
        _ => 0,
    }
}

/// Whether the focus lies well within the page: where no cut reaches, and away from the fold.
fn shows(page: &Page, picture: &PlacedPicture, focus: Focus, pages: &Pages) -> bool {
    let size = Size::new(picture.frame.width, picture.frame.height);
    let inside = focus.turned(picture.turn).within(size);
    let at = Point::new(picture.frame.x + inside.x, picture.frame.y + inside.y);
    // What matters, often a face, stays 8 mm away from the fold of a page of 210 mm.
    let fold = pages.trim.shorter().scale(8, 210);
    let safe = Edges { inner: fold, ..Edges::all(SAFETY) };
    let left = safe.left(page.side, pages.binding_right);
    let right = safe.right(page.side, pages.binding_right);
    let bottom = picture.clip.bottom().min(pages.trim.height) - SAFETY;
    at.x >= left && at.x <= pages.trim.width - right && at.y >= SAFETY && at.y <= bottom
}

/// Adds where the manifest names the plate, and the page on which its picture begins.
fn placed(finding: Finding, plate: &Plate, pages: &Pages, id: EntryId) -> Finding {
    let finding = finding.at(plate.location.clone());
    match placements(pages, id).first() {
        Some((page, _)) => finding.page(page.folio.to_string()),
        None => finding,
    }
}
