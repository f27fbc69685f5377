//! Assigns consecutive plates to pages: which pages their pictures and captions take, and which
//! pages stay blank so that captions face their pictures.
//!
//! One rule applies to the whole book: a caption that faces its picture is alone on the verso, the
//! picture is on the recto. Where that would leave a page blank and a framed plate is opposite, the
//! caption is printed on that plate's page as a guest, with a phrase that points to its picture. A
//! spread begins on a verso; its caption, which cannot face it, is printed on the recto before it
//! if that page is free, and otherwise as a guest of a framed plate on the page after it or on the
//! spread before it, or on a verso with the caption of a picture that faces it, before or after the
//! spread. If a page must stay blank, a verso is preferred to a recto, as late as possible. The
//! order of the plates is never changed.
//!
//! A full bleed with nothing but place, date or credit gets no page for them: they are printed as a
//! guest on the facing page, or else in the list of plates. Where the manifest sets the side of a
//! plate, or that it faces the next one, that comes first, and its caption follows.

use crate::model::Side;

/// The pages that a plate needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum PlateRequest {
    /// One page.
    Page,
    /// One page, and its caption on the facing page.
    Facing,
    /// One page; its caption is too short for a page of its own.
    Brief,
    /// Two pages.
    Spread,
    /// Two pages, and its caption on a page before or after them.
    SpreadAndWords,
}

/// What the manifest wants of a plate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) struct PlateWish {
    pub(in crate::layout) request: PlateRequest,
    /// The side of its page. A spread has no choice.
    pub(in crate::layout) side: Option<Side>,
    /// Whether the next plate must face it.
    pub(in crate::layout) keep_with_next: bool,
}

/// The content of a page. Plates are identified by their index in the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum PageUse {
    Blank,
    /// A picture, and the captions of pictures on other pages that are its guests.
    Picture {
        plate: usize,
        guests: Guests,
    },
    /// Captions without a picture: one caption, and optionally that of another picture.
    Caption {
        plate: usize,
        picture: PictureSide,
        also: Option<(usize, PictureSide)>,
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

/// The plates whose captions are on the page of another one: first that of the facing picture, then
/// that of a spread.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) struct Guests {
    facing: Option<usize>,
    spread: Option<usize>,
}

impl Guests {
    const fn spread(plate: usize) -> Self {
        Self { facing: None, spread: Some(plate) }
    }

    /// The plates, in the order of their captions.
    pub(in crate::layout) fn iter(self) -> impl Iterator<Item = usize> {
        self.facing.into_iter().chain(self.spread)
    }
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
/// A guest for which the picture of its page is much smaller: better than a blank page.
const CROWDED_GUEST: u64 = 18;
/// The part of its height that a picture keeps with a guest, and with one instead of a blank page,
/// in per cent.
const ROOMY: i64 = 85;
const CROWDED: i64 = 70;
/// A page with nothing but the caption of a spread.
const CAPTION_ALONE: u64 = 25;
/// A caption in the list of plates.
const LISTED: u64 = 12;

/// The cheapest sequence of pages from a plate and a side on: its cost, its first pages, and the
/// number of plates on them.
#[derive(Debug, Clone)]
struct PlatePath {
    cost: u64,
    pages: Vec<PageUse>,
    plates: usize,
}

impl PlatePath {
    /// This path, and then a spread whose caption is on one of its pages.
    fn followed_by_spread(mut self, plate: usize) -> Self {
        self.pages.extend([PageUse::Verso { plate }, PageUse::Recto { plate }]);
        self.plates += 1;
        self
    }
}

/// The cost of guests on the page of a picture that keeps this part of its height, in per cent;
/// `None` if it would be too small.
fn cost_of_guests(share: i64, guests: Guests) -> Option<u64> {
    let cost = match share {
        ROOMY.. => GUEST,
        CROWDED.. => CROWDED_GUEST,
        _ => return None,
    };
    Some(guests.iter().map(|_| cost).sum())
}

/// The part of its height that the picture of a plate keeps with guests on its page, in per cent;
/// `None` if it can have no guests.
type ShareWithGuests<'s> = &'s dyn Fn(usize, Guests) -> Option<i64>;

/// Assigns the plates to pages, the first of which is of the given side.
pub(in crate::layout) fn plan(
    wishes: &[PlateWish],
    first: Side,
    share_with_guests: ShareWithGuests<'_>,
) -> Vec<PageUse> {
    let plates = PlateSequence::new(wishes, share_with_guests);
    let requests = &plates.requests;
    // Dynamic programming from the end: the best sequence from each plate on, starting on a
    // recto and on a verso.
    let mut best: Vec<[Option<PlatePath>; 2]> = vec![[None, None]; requests.len()];
    for at in (0..requests.len()).rev() {
        let placed = [Side::Recto, Side::Verso].map(|side| {
            let mut cheapest: Option<PlatePath> = None;
            for mut option in plates.options(at, side) {
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

/// The plates of a run with what can be granted of their wishes.
struct PlateSequence<'s> {
    requests: Vec<PlateRequest>,
    sides: Vec<Option<Side>>,
    /// Whether the next plate faces this one.
    kept: Vec<bool>,
    share_with_guests: ShareWithGuests<'s>,
}

impl<'s> PlateSequence<'s> {
    fn new(wishes: &[PlateWish], share_with_guests: ShareWithGuests<'s>) -> Self {
        let is_spread = |wish: &PlateWish| {
            matches!(wish.request, PlateRequest::Spread | PlateRequest::SpreadAndWords)
        };
        let sides = wishes.iter().map(|wish| wish.side.filter(|_| !is_spread(wish)));
        let mut plates = Self {
            requests: wishes.iter().map(|wish| wish.request).collect(),
            sides: sides.collect(),
            kept: vec![false; wishes.len()],
            share_with_guests,
        };
        for (at, wish) in wishes.iter().enumerate() {
            // The plate on the recto faces the one before it already.
            let is_second = at.checked_sub(1).is_some_and(|before| plates.kept[before]);
            plates.kept[at] = wish.keep_with_next
                && !is_second
                && plates.pairs(at).iter().any(|option| plates.is_granted(option, Side::Verso));
        }
        plates
    }

    /// The options for placing the plate with this index, and possibly the next one with it, on
    /// pages from this side on. Of options with equal cost, the first is chosen.
    fn options(&self, at: usize, side: Side) -> Vec<PlatePath> {
        let mut options = match (self.kept[at], side) {
            (true, Side::Verso) => self.pairs(at),
            (true, Side::Recto) => Vec::new(),
            (false, _) => self.single(at, side),
        };
        if side == Side::Verso && !self.kept[at] && !self.kept.get(at + 1).is_some_and(|it| *it) {
            options.extend(self.guests(at));
        }
        options.retain(|option| self.is_granted(option, side));
        options
    }

    /// Whether all pictures are on the sides that the manifest wants.
    fn is_granted(&self, option: &PlatePath, side: Side) -> bool {
        let mut pages = option.pages.iter().enumerate();
        pages.all(|(index, page)| match *page {
            PageUse::Picture { plate, .. } => {
                self.sides[plate].is_none_or(|wanted| wanted == after(side, index))
            }
            _ => true,
        })
    }

    /// The options for placing a plate, possibly with the caption of the next one.
    fn single(&self, at: usize, side: Side) -> Vec<PlatePath> {
        let caption = |picture| PageUse::Caption { plate: at, picture, also: None };
        let spread = [PageUse::Verso { plate: at }, PageUse::Recto { plate: at }];
        let mut options = Vec::new();
        match (self.requests[at], side) {
            (PlateRequest::Page, _) => {
                options.push(option(0, 1, &[picture(at)]));
                let next = at + 1;
                if side == Side::Recto
                    && self.requests.get(next) == Some(&PlateRequest::SpreadAndWords)
                    && let Some(cost) = self.cost(at, Guests::spread(next))
                {
                    let host = PageUse::Picture { plate: at, guests: Guests::spread(next) };
                    options.push(option(cost, 1, &[host]).followed_by_spread(next));
                }
            }
            (PlateRequest::Brief, _) => options.push(option(LISTED, 1, &[picture(at)])),
            (PlateRequest::Facing, Side::Verso) => {
                let caption = caption(PictureSide::Opposite);
                options.push(match self.sides[at] {
                    Some(Side::Verso) => option(0, 1, &[picture(at), caption]),
                    _ => option(0, 1, &[caption, picture(at)]),
                });
                // The caption of a spread that follows is below it.
                let next = at + 1;
                if self.requests.get(next) == Some(&PlateRequest::SpreadAndWords)
                    && self.sides[at] != Some(Side::Verso)
                {
                    let both = PageUse::Caption {
                        plate: at,
                        picture: PictureSide::Opposite,
                        also: Some((next, PictureSide::Overleaf)),
                    };
                    options.push(option(GUEST, 1, &[both, picture(at)]).followed_by_spread(next));
                }
            }
            (PlateRequest::Spread, Side::Verso) => options.push(option(0, 1, &spread)),
            (PlateRequest::SpreadAndWords, Side::Recto) => {
                let alone = [caption(PictureSide::Overleaf), spread[0], spread[1]];
                options.push(option(CAPTION_ALONE, 1, &alone));
            }
            (PlateRequest::SpreadAndWords, Side::Verso) => {
                let alone = [spread[0], spread[1], caption(PictureSide::Before)];
                options.push(option(CAPTION_ALONE, 1, &alone));
                let next = at + 1;
                if self.requests.get(next) == Some(&PlateRequest::Page)
                    && !self.kept[next]
                    && let Some(cost) = self.cost(next, Guests::spread(at))
                {
                    let host = PageUse::Picture { plate: next, guests: Guests::spread(at) };
                    options.push(option(cost, 2, &[spread[0], spread[1], host]));
                }
                // The caption of the following picture fits below it.
                if self.requests.get(next) == Some(&PlateRequest::Facing) && !self.kept[next] {
                    let both = PageUse::Caption {
                        plate: at,
                        picture: PictureSide::Before,
                        also: Some((next, PictureSide::Opposite)),
                    };
                    let pages = [spread[0], spread[1], both, picture(next)];
                    options.push(option(GUEST, 2, &pages));
                }
            }
            (PlateRequest::Facing | PlateRequest::Spread, Side::Recto) => {}
        }
        options
    }

    /// The options for placing a plate on a verso and the next one on the recto that faces it, with
    /// the caption of one of them, of the spread that follows, or of both, on the page of the other.
    fn guests(&self, at: usize) -> Vec<PlatePath> {
        use PlateRequest::{Brief, Facing, Page, SpreadAndWords};
        let next = at + 1;
        let (host, facing) = match (self.requests[at], self.requests.get(next)) {
            (Page, Some(Facing | Brief)) => (at, Some(next)),
            (Facing | Brief, Some(Page)) => (next, Some(at)),
            // The second one is an option on its own.
            (Page, Some(Page)) => (at, None),
            _ => return Vec::new(),
        };
        let spread = Some(at + 2).filter(|it| self.requests.get(*it) == Some(&SpreadAndWords));
        let page = |plate, guests: Guests| {
            if plate == host { PageUse::Picture { plate, guests } } else { picture(plate) }
        };
        let with = |guests: Guests| {
            let cost = self.cost(host, guests)?;
            Some(option(cost, 2, &[page(at, guests), page(next, guests)]))
        };
        let without_spread = facing.and_then(|_| with(Guests { facing, spread: None }));
        let with_spread = spread.and_then(|plate| {
            let path = with(Guests { facing, spread })?;
            Some(path.followed_by_spread(plate))
        });
        without_spread.into_iter().chain(with_spread).collect()
    }

    /// The cost of guests on the page of a plate, if there is room for them.
    fn cost(&self, host: usize, guests: Guests) -> Option<u64> {
        (self.share_with_guests)(host, guests).and_then(|share| cost_of_guests(share, guests))
    }

    /// The options for placing a plate on a verso and the next one on the recto that faces it.
    fn pairs(&self, at: usize) -> Vec<PlatePath> {
        use PlateRequest::{Brief, Page};
        let next = at + 1;
        let mut options = self.guests(at);
        if let (Page | Brief, Some(Page | Brief)) = (self.requests[at], self.requests.get(next)) {
            let listed = [at, next].iter().filter(|it| self.requests[**it] == Brief).count();
            let cost = LISTED * u64::try_from(listed).unwrap_or(0);
            options.push(option(cost, 2, &[picture(at), picture(next)]));
        }
        options
    }
}

fn option(cost: u64, plates: usize, pages: &[PageUse]) -> PlatePath {
    PlatePath { cost, pages: pages.to_vec(), plates }
}

fn picture(plate: usize) -> PageUse {
    PageUse::Picture { plate, guests: Guests::default() }
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
