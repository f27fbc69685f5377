//! The order of leaves in a run of plates: which pages their pictures and captions take, and
//! where a page stays blank so that what must face each other does.
//!
//! The rule, one for the whole book: a caption that is to face its picture stands alone on
//! the verso, the picture on the recto. Where that would leave a page blank and a framed plate
//! happens to be opposite, the caption is that page's guest, and says so. A spread begins on
//! a verso; the caption that faces it nowhere stands on the recto before it where that page is
//! free, and otherwise on the verso after it, above those of a picture that faces it. What is
//! left over is a blank verso rather than a blank recto, and as late as can be. The order of
//! the plates is never changed.

use crate::model::Side;

/// What a plate asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum PlateRequest {
    /// A page.
    Page,
    /// A page, and words on the page that faces it.
    Facing,
    /// Two pages.
    Spread,
    /// Two pages, and words on one before or after them.
    SpreadAndWords,
}

/// What a page of the run holds. Plates are told by their number in the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum PageUse {
    Blank,
    /// A picture, and the words of the one that faces it where that is a guest.
    Picture {
        plate: usize,
        guest: Option<usize>,
    },
    /// Words alone, and those of the picture opposite where another's come first.
    Caption {
        plate: usize,
        picture: PictureSide,
        also: Option<usize>,
    },
    /// The half of a spread that comes first.
    Verso {
        plate: usize,
    },
    /// The other one.
    Recto {
        plate: usize,
    },
}

/// Where the picture is that words on a page of their own speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum PictureSide {
    Opposite,
    Overleaf,
    Before,
}

const BLANK_VERSO: u64 = 20;
const BLANK_RECTO: u64 = 30;
const GUEST: u64 = 10;

/// The cheapest way on from a plate and a side: its cost, the pages it takes, and how many
/// plates they hold.
#[derive(Debug, Clone)]
struct PlatePath {
    cost: u64,
    leaves: Vec<PageUse>,
    plates: usize,
}

/// Puts the plates of a run on pages, the first of which is on this side. `hosts` says whether
/// the first plate's page has room for the second one's words.
pub(in crate::layout) fn plan(
    needs: &[PlateRequest],
    first: Side,
    hosts: &dyn Fn(usize, usize) -> bool,
) -> Vec<PageUse> {
    // From the end: the best way on from each plate, from a recto and from a verso.
    let mut best: Vec<[Option<PlatePath>; 2]> = vec![[None, None]; needs.len()];
    for at in (0..needs.len()).rev() {
        let placed = [Side::Recto, Side::Verso].map(|side| {
            let mut cheapest: Option<PlatePath> = None;
            for mut way in ways(needs, at, side, hosts) {
                let Some(rest) = onward(&best, at + way.plates, after(side, way.leaves.len()))
                else {
                    continue;
                };
                way.cost += rest;
                if cheapest.as_ref().is_none_or(|best| way.cost < best.cost) {
                    cheapest = Some(way);
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
    let mut leaves = Vec::new();
    let mut at = 0;
    let mut side = first;
    while let Some(way) = best.get(at).and_then(|ways| ways[index(side)].as_ref()) {
        leaves.extend(&way.leaves);
        side = after(side, way.leaves.len());
        at += way.plates;
    }
    leaves
}

/// The ways to place the plate with this number, and sometimes the next one with it, on pages
/// from this side on. The first of equal ones is taken.
fn ways(
    needs: &[PlateRequest],
    at: usize,
    side: Side,
    hosts: &dyn Fn(usize, usize) -> bool,
) -> Vec<PlatePath> {
    let way =
        |cost, plates, leaves: &[PageUse]| PlatePath { cost, leaves: leaves.to_vec(), plates };
    let picture = |plate| PageUse::Picture { plate, guest: None };
    let words = |picture| PageUse::Caption { plate: at, picture, also: None };
    let spread = [PageUse::Verso { plate: at }, PageUse::Recto { plate: at }];
    let next = at + 1;
    let mut ways = Vec::new();
    match (needs[at], side) {
        (PlateRequest::Page, _) => ways.push(way(0, 1, &[picture(at)])),
        (PlateRequest::Facing, Side::Verso) => {
            ways.push(way(0, 1, &[words(PictureSide::Opposite), picture(at)]));
        }
        (PlateRequest::Spread, Side::Verso) => ways.push(way(0, 1, &spread)),
        (PlateRequest::SpreadAndWords, Side::Recto) => {
            ways.push(way(0, 1, &[words(PictureSide::Overleaf), spread[0], spread[1]]));
        }
        (PlateRequest::SpreadAndWords, Side::Verso) => {
            ways.push(way(0, 1, &[spread[0], spread[1], words(PictureSide::Before)]));
            // Those of the picture that follows find room under them.
            if needs.get(next) == Some(&PlateRequest::Facing) {
                let both =
                    PageUse::Caption { plate: at, picture: PictureSide::Before, also: Some(next) };
                ways.push(way(GUEST, 2, &[spread[0], spread[1], both, picture(next)]));
            }
        }
        (PlateRequest::Facing | PlateRequest::Spread, Side::Recto) => {}
    }
    if side == Side::Verso {
        match (needs[at], needs.get(next)) {
            (PlateRequest::Page, Some(PlateRequest::Facing)) if hosts(at, next) => {
                let host = PageUse::Picture { plate: at, guest: Some(next) };
                ways.push(way(GUEST, 2, &[host, picture(next)]));
            }
            (PlateRequest::Facing, Some(PlateRequest::Page)) if hosts(next, at) => {
                let host = PageUse::Picture { plate: next, guest: Some(at) };
                ways.push(way(GUEST, 2, &[picture(at), host]));
            }
            _ => {}
        }
    }
    ways
}

/// What it costs to go on from a plate and a side; nothing at the end.
fn onward(best: &[[Option<PlatePath>; 2]], at: usize, side: Side) -> Option<u64> {
    match best.get(at) {
        None => Some(0),
        Some(ways) => ways[index(side)].as_ref().map(|way| way.cost),
    }
}

fn blank_then(way: Option<&PlatePath>, cost: u64) -> Option<PlatePath> {
    way.map(|way| {
        let mut leaves = vec![PageUse::Blank];
        leaves.extend(&way.leaves);
        PlatePath { cost: way.cost + cost, leaves, plates: way.plates }
    })
}

fn cheaper(way: Option<&PlatePath>, other: Option<PlatePath>) -> Option<PlatePath> {
    match (way, other) {
        (Some(way), Some(other)) if other.cost < way.cost => Some(other),
        (None, other) => other,
        (way, _) => way.cloned(),
    }
}

fn index(side: Side) -> usize {
    match side {
        Side::Recto => 0,
        Side::Verso => 1,
    }
}

/// The side of the page that comes so many pages after one on this side.
fn after(side: Side, pages: usize) -> Side {
    Side::from_index(index(side) + pages)
}
