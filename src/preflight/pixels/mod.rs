//! Rules about the pixels of photos where they are placed: the total of inks, colours that the
//! press cannot print, and detail in the fold of a spread.
//!
//! `recto check` calls [`findings`] for each photo; `recto build` does not, because it does not
//! look at pixels that it copies.

mod describe;
mod fold;
mod gamut;
mod ink;
mod placement;

use crate::finding::Finding;
use crate::model::{Book, Edition, PhotoMap, Picture};

use super::cover::on_sheet;

pub use placement::PhotoPlaces;

/// Checks a photo wherever it is placed on the pages.
pub fn findings(
    book: &Book,
    places: &PhotoPlaces<'_>,
    picture: &Picture,
    map: &PhotoMap,
) -> Vec<Finding> {
    let found = colours(book, places, picture, map).chain(fold::detail(book, places, picture, map));
    found.map(|finding| finding.editions(Edition::Print)).collect()
}

/// Checks a photo on the printed cover.
pub fn cover_findings(
    book: &Book,
    places: &PhotoPlaces<'_>,
    picture: &Picture,
    map: &PhotoMap,
) -> Vec<Finding> {
    colours(book, places, picture, map).map(|finding| on_sheet(book, finding)).collect()
}

/// What is wrong with the inks and the colours of a photo where it is placed.
fn colours(
    book: &Book,
    places: &PhotoPlaces<'_>,
    picture: &Picture,
    map: &PhotoMap,
) -> impl Iterator<Item = Finding> {
    let placements = places.placements(picture);
    let total = ink::total(book, picture, map, placements);
    total.into_iter().chain(gamut::unprintable(book, picture, map, placements))
}
