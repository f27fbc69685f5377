//! The printed openings, which the viewer shows as double pages.

use std::collections::BTreeMap;

use crate::model::{Book, Entry, EntryId, Item, Pages, Side};

/// The opening of the printed book at which each plate is shown.
#[derive(Debug)]
pub(super) struct Openings(BTreeMap<EntryId, PlateOpening>);

/// Where a plate is in the printed book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PlateOpening {
    /// The number of the opening. The first page of the book is opening 0.
    pub(super) number: usize,
    /// The side, unless it is on both pages.
    side: Option<Side>,
}

impl PlateOpening {
    /// The name of the side in the page.
    pub(super) fn side(self) -> &'static str {
        match self.side {
            None => "both",
            Some(Side::Recto) => "recto",
            Some(Side::Verso) => "verso",
        }
    }
}

impl Openings {
    pub(super) fn new(book: &Book, pages: &Pages) -> Self {
        let mut openings: BTreeMap<EntryId, PlateOpening> = BTreeMap::new();
        for (index, page) in pages.pages.iter().enumerate() {
            let Some(entry) = page.entry else { continue };
            let Some(plate) = book.entries.get(entry.0).and_then(Entry::plate) else { continue };
            let is_plate = |item: &Item| matches!(item, Item::Picture(placed) if placed.picture.path == plate.picture.path);
            if !page.items.iter().any(is_plate) {
                continue;
            }
            let number = index.div_ceil(2);
            let here = PlateOpening { number, side: Some(page.side) };
            openings
                .entry(entry)
                .and_modify(|it| {
                    if it.number == number {
                        it.side = None;
                    }
                })
                .or_insert(here);
        }
        Self(openings)
    }

    pub(super) fn of(&self, plate: EntryId) -> Option<PlateOpening> {
        self.0.get(&plate).copied()
    }
}
