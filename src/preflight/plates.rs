//! Plates on their pages: captions that do not fit, missing bleed, and deep crops.

use std::collections::BTreeSet;

use crate::finding::{Code, Finding, Severity};
use crate::model::{
    Book, Edges, Entry, EntryId, Focus, Ink, Item, Length, Page, Pages, PlacedPicture, Plate,
    PlateLayout, Point, Rect, Side, Size, plain_text,
};

use super::safe_area::{SAFETY, measurable};

/// The part of a photo that a crop can remove without a finding, in per cent.
const MAX_CROP: i128 = 40;
/// The part of a photo that what stands out in it has at most, in per cent: where it is more, nothing
/// stands out.
const MAX_SUBJECT: i128 = 50;
/// The part of what stands out that is on the page without a finding, in per cent.
const MIN_SUBJECT_SEEN: i128 = 85;

/// One finding for each plate whose caption does not fit.
pub(super) fn overset(book: &Book, pages: &Pages) -> Vec<Finding> {
    let overset = book.plates_and_openers().filter(|(id, _)| pages.overset.contains(id));
    overset
        .map(|(id, plate)| {
            let name = &plate.picture.name;
            let length = plain_text(&plate.caption).chars().count();
            let message = format!(
                "the caption of {name} does not fit, even in the smallest type: it has {length} \
                 characters"
            );
            let help = "shorten it, or move the text to a `text:` page next to the photo";
            let finding = Finding::new(Code::CaptionTooLong, message).help(help);
            with_location(finding, plate, pages, id)
        })
        .collect()
}

/// A finding if pictures extend to the edge of pages without bleed, unless the printer wants none.
pub(super) fn no_bleed(book: &Book, pages: &Pages) -> Option<Finding> {
    let bleed = pages.bleed;
    let wanted = book.print.printer.as_ref().and_then(|printer| printer.bleed.as_ref());
    if wanted.is_some_and(|wanted| wanted.value == bleed) {
        return None;
    }
    let has_none = [bleed.top, bleed.bottom, bleed.outer].contains(&Length::ZERO);
    let mut plates =
        book.plates_and_openers().filter(|(_, plate)| plate.layout != PlateLayout::Framed);
    let (id, first) = plates.next().filter(|_| has_none)?;
    let others = plates.count();
    let name = &first.picture.name;
    let message = match others {
        0 => format!("{name} extends to the edge of a page without bleed"),
        1 => format!("{name} and another photo extend to the edges of pages without bleed"),
        _ => format!("{name} and {others} other photos extend to the edges of pages without bleed"),
    };
    let help = "an inexact cut leaves a white edge; set bleed: 3 mm under print, unless the printer \
                asks for none";
    Some(with_location(Finding::new(Code::BleedMissing, message).help(help), first, pages, id))
}

/// One finding for each picture with transparency, if the pages are coloured. PDFs show the colour
/// of the page there.
pub(super) fn transparent(book: &Book, pages: &Pages) -> Vec<Finding> {
    if book.design.style.page.colour == Ink::PAPER {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    let placed = pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
        Item::Picture(placed) => Some(&placed.picture),
        Item::Rule(_) | Item::Glyphs(_) => None,
    });
    placed
        .filter(|picture| picture.alpha && seen.insert(&picture.path))
        .map(|picture| {
            let mut plates = book.entries.iter().filter_map(Entry::plate);
            let plate = plates.find(|plate| plate.picture.path == picture.path);
            let message = format!(
                "the transparency of {} becomes white in e-books, but the pages of this design are not",
                picture.name
            );
            let help = "put the colour of the page behind it in an image editor and save it without \
                        transparency, or choose a design with white pages";
            Finding::new(Code::TransparencyWhite, message)
                .at(plate.and_then(|plate| plate.location.clone()))
                .help(help)
        })
        .collect()
}

/// Crops that remove much of a picture, or its focus.
pub(super) fn crops(book: &Book, pages: &Pages) -> Vec<Finding> {
    let mut findings = Vec::new();
    let cropped = book
        .plates_and_openers()
        .filter(|(id, plate)| plate.layout != PlateLayout::Framed && !pages.overset.contains(id));
    for (id, plate) in cropped {
        let name = &plate.picture.name;
        let halves = placements(pages, id, plate);
        let lost = lost(&halves, pages);
        if lost > MAX_CROP {
            let message = format!("the crop removes {lost} % of {name}");
            let help = match plate.layout {
                PlateLayout::Spread => {
                    "the shape of two pages differs too much from that of the photo; frame it, or \
                     choose another one for the spread"
                }
                _ => {
                    "its shape differs from that of the page; frame it, or set `focus:` to the \
                      part to keep"
                }
            };
            let finding = Finding::new(Code::CropDeep, message).help(help);
            findings.push(with_location(finding, plate, pages, id));
        } else if plate.focus.is_none() && cuts_subject(&halves, pages) {
            let message = format!("the crop cuts off a part of what stands out in {name}");
            let help = "look at the page; frame the photo, or set `focus:` to the part to keep";
            let finding = Finding::new(Code::CropDeep, message).help(help);
            findings.push(with_location(finding, plate, pages, id));
        }
        if let Some(focus) = plate.focus
            && !halves.iter().any(|(page, picture)| is_focus_visible(page, picture, focus, pages))
        {
            let is_spread = plate.layout == PlateLayout::Spread;
            let first = halves.first().filter(|_| is_spread);
            let from_fold = first.and_then(|half| distance_from_fold(*half, focus, book, pages));
            let finding = if let Some(distance) = from_fold {
                let (distance, zone) = (measurable(distance), measurable(fold_zone(pages)));
                let message = format!(
                    "the focus of {name} is {distance} from the fold of the spread, where \
                         {zone} on each page are hard to see"
                );
                let help = "set `focus:` to one side of the middle, or choose another layout \
                                for the photo";
                let finding = Finding::new(Code::FocusLost, message).help(help);
                finding.severity(Severity::Warning)
            } else {
                let message = format!("the focus of {name} is at the edge of its visible part");
                let help =
                    "no crop can move it further inside; choose another layout for the photo";
                Finding::new(Code::FocusLost, message).help(help)
            };
            findings.push(with_location(finding, plate, pages, id));
        }
    }
    findings
}

/// Where the picture of a plate is placed: once, or in two halves.
fn placements<'p>(
    pages: &'p Pages,
    id: EntryId,
    plate: &Plate,
) -> Vec<(&'p Page, &'p PlacedPicture)> {
    let pages = pages.pages.iter().filter(|page| page.entry == Some(id));
    let items = pages.flat_map(|page| page.items.iter().map(move |item| (page, item)));
    items
        .filter_map(|(page, item)| match item {
            Item::Picture(placed) if placed.picture.path == plate.picture.path => {
                Some((page, placed.as_ref()))
            }
            Item::Picture(_) | Item::Glyphs(_) | Item::Rule(_) => None,
        })
        .collect()
}

/// The part of a picture that is on no page, in per cent.
fn lost(halves: &[(&Page, &PlacedPicture)], pages: &Pages) -> i128 {
    let trim = Rect::new(Point::default(), pages.trim);
    // The visible part, in the coordinates of the picture: the halves overlap or touch.
    let visible = halves
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
    match (visible, halves.first()) {
        (Some(visible), Some((_, half))) => 100 - area(visible) * 100 / area(half.frame).max(1),
        _ => 0,
    }
}

fn area(rect: Rect) -> i128 {
    i128::from(rect.width.to_emu()) * i128::from(rect.height.to_emu())
}

/// Whether a picture has something that stands out from most of it, and a good part of that is on no
/// page.
fn cuts_subject(halves: &[(&Page, &PlacedPicture)], pages: &Pages) -> bool {
    let Some((_, placed)) = halves.first() else { return false };
    let Some(subject) = placed.picture.subject else { return false };
    let trim = Rect::new(Point::default(), pages.trim);
    let size = Size::new(placed.frame.width, placed.frame.height);
    let core = subject.turned(placed.turn).core.within(size);
    let seen: i128 = halves
        .iter()
        .map(|(_, half)| {
            let visible = half.clip.common(&trim);
            area(core.moved(half.frame.x, half.frame.y).common(&visible))
        })
        .sum();
    area(core) * 100 < area(placed.frame) * MAX_SUBJECT
        && seen * 100 < area(core) * MIN_SUBJECT_SEEN
}

/// The width of the strip on each page of a spread that is hard to see because of the fold: 8 mm on
/// a page of 210 mm.
pub(super) fn fold_zone(pages: &Pages) -> Length {
    pages.trim.shorter().scale(8, 210)
}

/// The distance of the focus of a spread from its fold, if it is in the strip that is hard to see.
fn distance_from_fold(
    (page, picture): (&Page, &PlacedPicture),
    focus: Focus,
    book: &Book,
    pages: &Pages,
) -> Option<Length> {
    let size = Size::new(picture.frame.width, picture.frame.height);
    let x = picture.frame.x + focus.within(size).x;
    // What a glued binding hides is repeated on the other page.
    let spine_is_left = (page.side == Side::Recto) != pages.binding_right;
    let hidden = book.print.gutter_loss;
    let fold = if spine_is_left { hidden } else { pages.trim.width - hidden };
    Some((x - fold).abs()).filter(|distance| *distance < fold_zone(pages))
}

/// Whether the focus is well inside the page: away from the trim and the fold.
fn is_focus_visible(page: &Page, picture: &PlacedPicture, focus: Focus, pages: &Pages) -> bool {
    let size = Size::new(picture.frame.width, picture.frame.height);
    let inside = focus.turned(picture.turn).within(size);
    let at = Point::new(picture.frame.x + inside.x, picture.frame.y + inside.y);
    // The focus is often a face.
    let safe = Edges { inner: fold_zone(pages), ..Edges::all(SAFETY) };
    let left = safe.left(page.side, pages.binding_right);
    let right = safe.right(page.side, pages.binding_right);
    let bottom = picture.clip.bottom().min(pages.trim.height) - SAFETY;
    at.x >= left && at.x <= pages.trim.width - right && at.y >= SAFETY && at.y <= bottom
}

/// Adds the position in the manifest and the first page of the picture.
fn with_location(finding: Finding, plate: &Plate, pages: &Pages, id: EntryId) -> Finding {
    let finding = finding.at(plate.location.clone());
    match placements(pages, id, plate).first() {
        Some((page, _)) => finding.page(page.folio.to_string()),
        None => finding,
    }
}
