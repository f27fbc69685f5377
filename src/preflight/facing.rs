//! Photos that are meant to face the next one.

use crate::finding::{Code, Finding};
use crate::model::{
    Book, CaptionPosition, Entry, EntryId, Item, Pages, Plate, PlateLayout, Side, plain_text,
};

/// One finding for each photo that does not face the next one, although the manifest wants it.
pub(super) fn apart(book: &Book, pages: &Pages) -> Vec<Finding> {
    let kept = book.plates().filter(|(_, plate)| plate.keep_with_next);
    kept.filter_map(|(id, plate)| {
        let next = EntryId(id.0 + 1);
        let (reason, help) = match book.entries.get(next.0) {
            Some(Entry::Plate(_)) if face(id, next, pages) => return None,
            Some(Entry::Plate(other)) => reason(book, id, plate, other),
            Some(Entry::Part(opening) | Entry::Chapter(opening)) if opening.picture.is_some() => (
                format!("the photo after it faces the title “{}”", plain_text(&opening.title)),
                "put a photo between them, or remove `keep-with-next`",
            ),
            _ => (
                "no photo follows it".to_owned(),
                "put a photo after it, or remove `keep-with-next`",
            ),
        };
        let name = &plate.picture.name;
        let message = format!("{name} does not face the next photo: {reason}");
        let finding = Finding::new(Code::PlateFacing, message).help(help);
        let finding = finding.at(plate.location.clone());
        Some(match page_of(id, pages) {
            Some(index) => finding.page(pages.pages[index].folio.to_string()),
            None => finding,
        })
    })
    .collect()
}

/// Whether the pictures of two plates are on facing pages, the first one on the verso.
fn face(first: EntryId, second: EntryId, pages: &Pages) -> bool {
    let (Some(first), Some(second)) = (page_of(first, pages), page_of(second, pages)) else {
        return false;
    };
    pages.pages[first].side == Side::Verso && second == first + 1
}

/// The index of the page on which the picture of a plate begins.
fn page_of(id: EntryId, pages: &Pages) -> Option<usize> {
    pages.pages.iter().position(|page| {
        page.entry == Some(id) && page.items.iter().any(|item| matches!(item, Item::Picture(_)))
    })
}

/// Why a plate does not face the next one, and what can be done.
fn reason(book: &Book, id: EntryId, plate: &Plate, next: &Plate) -> (String, &'static str) {
    let is_spread = |plate: &Plate| plate.layout == PlateLayout::Spread;
    let has_page_of_text = |plate: &Plate| {
        let has_caption = !plain_text(&plate.caption).trim().is_empty();
        let has_line = plate.place.is_some()
            || plate.taken.is_some()
            || (plate.credit.is_some() && book.has_plate_credits());
        // Below a full bleed, a place or a credit alone has no page of its own.
        let is_framed = plate.layout == PlateLayout::Framed;
        plate.caption_position == CaptionPosition::Facing && (has_caption || is_framed && has_line)
    };
    let name = |plate: &Plate| plate.picture.name.clone();
    if let Some(spread) = [plate, next].into_iter().find(|it| is_spread(it)) {
        let reason = format!("{} takes both pages", name(spread));
        return (reason, "use another layout, or remove `keep-with-next`");
    }
    if plate.side == Some(Side::Recto) || next.side == Some(Side::Verso) {
        let reason = "their `side` puts them on other pages".to_owned();
        return (
            reason,
            "remove `side`: the first of the two is on a verso, the second on a recto",
        );
    }
    let before = id.0.checked_sub(1).and_then(|before| book.entries[before].plate());
    if before.is_some_and(|before| before.keep_with_next) {
        let reason = "it faces the photo before it".to_owned();
        return (
            reason,
            "remove `keep-with-next` from one of them: only two photos can face each other",
        );
    }
    match [plate, next].into_iter().find(|it| has_page_of_text(it)) {
        Some(text) => (
            format!("the caption of {} takes a page of its own", name(text)),
            "print it below with `layout: { caption: below }`, or remove `keep-with-next`",
        ),
        None => (
            "the photos around them leave no two facing pages for them".to_owned(),
            "set the `side` of the photos before them, or remove `keep-with-next`",
        ),
    }
}
