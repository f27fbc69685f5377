//! Assigns consecutive plates to pages: which pages their pictures and captions take, and which
//! pages stay blank so that captions face their pictures.
//!
//! One rule applies to the whole book: a caption that faces its picture is alone on the verso,
//! the picture is on the recto. Where that would leave a page blank and a framed plate is
//! opposite, the caption is printed on that plate's page as a guest, with a phrase that points
//! to its picture. A spread begins on a verso; its caption, which cannot face it, is printed on
//! the recto before it if that page is free, and otherwise on the verso after it, above the
//! caption of a picture that faces it. If a page must stay blank, a verso is preferred to a
//! recto, as late as possible. The order of the plates is never changed.

use crate::model::Side;

/// The pages that a plate needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum PlateRequest {
    /// One page.
    Page,
    /// One page, and its caption on the facing page.
    Facing,
    /// Two pages.
    Spread,
    /// Two pages, and its caption on a page before or after them.
    SpreadAndWords,
}

/// The content of a page. Plates are identified by their index in the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum PageUse {
    Blank,
    /// A picture, and the caption of the facing picture if that is a guest.
    Picture {
        plate: usize,
        guest: Option<usize>,
    },
    /// Captions without a picture: one caption, and optionally that of the facing picture.
    Caption {
        plate: usize,
        picture: PictureSide,
        also: Option<usize>,
    },
    /// The first half of a spread.
    Verso {
        plate: usize,
    },
    /// The second half of a spread.
    Recto {
        plate: usize,
    },
}

/// The position of the picture relative to a page with only its caption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum PictureSide {
    Opposite,
    Overleaf,
    Before,
}

const BLANK_VERSO: u64 = 20;
const BLANK_RECTO: u64 = 30;
const GUEST: u64 = 10;

/// The cheapest sequence of pages from a plate and a side on: its cost, its first pages, and the
/// number of plates on them.
#[derive(Debug, Clone)]
struct PlatePath {
    cost: u64,
    pages: Vec<PageUse>,
    plates: usize,
}

/// Assigns the plates to pages, the first of which is of the given side. `hosts` returns whether
/// the page of its first plate has room for the caption of the second.
pub(in crate::layout) fn plan(
    requests: &[PlateRequest],
    first: Side,
    hosts: &dyn Fn(usize, usize) -> bool,
) -> Vec<PageUse> {
    // Dynamic programming from the end: the best sequence from each plate on, starting on a
    // recto and on a verso.
    let mut best: Vec<[Option<PlatePath>; 2]> = vec![[None, None]; requests.len()];
    for at in (0..requests.len()).rev() {
        let placed = [Side::Recto, Side::Verso].map(|side| {
            let mut cheapest: Option<PlatePath> = None;
            for mut option in options(requests, at, side, hosts) {
                let Some(rest) =
                    cost_from(&best, at + option.plates, after(side, option.pages.len()))
                else {
                    continue;
                };
                option.cost += rest;
                if cheapest.as_ref().is_none_or(|best| option.cost < best.cost) {
                    cheapest = Some(option);
                }
            }
            cheapest
        });
        let [recto, verso] = &placed;
        best[at] = [
            cheaper(recto.as_ref(), blank_then(verso.as_ref(), BLANK_RECTO)),
            cheaper(verso.as_ref(), blank_then(recto.as_ref(), BLANK_VERSO)),
        ];
    }
    let mut pages = Vec::new();
    let mut at = 0;
    let mut side = first;
    while let Some(option) = best.get(at).and_then(|options| options[index(side)].as_ref()) {
        pages.extend(&option.pages);
        side = after(side, option.pages.len());
        at += option.plates;
    }
    pages
}

/// The options for placing the plate with this index, and possibly the next one with it, on
/// pages from this side on. Of options with equal cost, the first is chosen.
fn options(
    requests: &[PlateRequest],
    at: usize,
    side: Side,
    hosts: &dyn Fn(usize, usize) -> bool,
) -> Vec<PlatePath> {
    let option =
        |cost, plates, pages: &[PageUse]| PlatePath { cost, pages: pages.to_vec(), plates };
    let picture = |plate| PageUse::Picture { plate, guest: None };
    let caption = |picture| PageUse::Caption { plate: at, picture, also: None };
    let spread = [PageUse::Verso { plate: at }, PageUse::Recto { plate: at }];
    let next = at + 1;
    let mut options = Vec::new();
    match (requests[at], side) {
        (PlateRequest::Page, _) => options.push(option(0, 1, &[picture(at)])),
        (PlateRequest::Facing, Side::Verso) => {
            options.push(option(0, 1, &[caption(PictureSide::Opposite), picture(at)]));
        }
        (PlateRequest::Spread, Side::Verso) => options.push(option(0, 1, &spread)),
        (PlateRequest::SpreadAndWords, Side::Recto) => {
            options.push(option(0, 1, &[caption(PictureSide::Overleaf), spread[0], spread[1]]));
        }
        (PlateRequest::SpreadAndWords, Side::Verso) => {
            options.push(option(0, 1, &[spread[0], spread[1], caption(PictureSide::Before)]));
            // The caption of the following picture fits below it.
            if requests.get(next) == Some(&PlateRequest::Facing) {
                let both =
                    PageUse::Caption { plate: at, picture: PictureSide::Before, also: Some(next) };
                options.push(option(GUEST, 2, &[spread[0], spread[1], both, picture(next)]));
            }
        }
        (PlateRequest::Facing | PlateRequest::Spread, Side::Recto) => {}
    }
    if side == Side::Verso {
        match (requests[at], requests.get(next)) {
            (PlateRequest::Page, Some(PlateRequest::Facing)) if hosts(at, next) => {
                let host = PageUse::Picture { plate: at, guest: Some(next) };
                options.push(option(GUEST, 2, &[host, picture(next)]));
            }
            (PlateRequest::Facing, Some(PlateRequest::Page)) if hosts(next, at) => {
                let host = PageUse::Picture { plate: next, guest: Some(at) };
                options.push(option(GUEST, 2, &[picture(at), host]));
            }
            _ => {}
        }
    }
    options
}

/// The cost of the sequence from a plate and a side on; zero at the end.
fn cost_from(best: &[[Option<PlatePath>; 2]], at: usize, side: Side) -> Option<u64> {
    match best.get(at) {
        None => Some(0),
        Some(options) => options[index(side)].as_ref().map(|option| option.cost),
    }
}

fn blank_then(option: Option<&PlatePath>, cost: u64) -> Option<PlatePath> {
    option.map(|option| {
        let mut pages = vec![PageUse::Blank];
        pages.extend(&option.pages);
        PlatePath { cost: option.cost + cost, pages, plates: option.plates }
    })
}

fn cheaper(option: Option<&PlatePath>, other: Option<PlatePath>) -> Option<PlatePath> {
    match (option, other) {
        (Some(option), Some(other)) if other.cost < option.cost => Some(other),
        (None, other) => other,
        (option, _) => option.cloned(),
    }
}

fn index(side: Side) -> usize {
    match side {
        Side::Recto => 0,
        Side::Verso => 1,
    }
}

/// The side of the page that is this number of pages after one of the given side.
fn after(side: Side, pages: usize) -> Side {
    Side::from_index(index(side) + pages)
}
