//! Colours that the press cannot print.

use crate::finding::{Code, Finding};
use crate::model::{Book, PhotoMap, Picture};

use super::describe::{condition, location};
use super::placement::Placement;

/// The part of a photo that may have other colours without a finding, in thousandths.
const MAX_SHARE: u64 = 50;

/// A finding if much of a photo has colours that the press cannot print, at its largest placement.
pub(super) fn unprintable(
    book: &Book,
    picture: &Picture,
    map: &PhotoMap,
    placements: &[Placement],
) -> Option<Finding> {
    let mut placements = placements.iter();
    let first = placements.next()?;
    let largest = placements
        .fold(first, |largest, other| if other.area() > largest.area() { other } else { largest });
    let share = map.mean(largest.part, |cell| cell.unprintable);
    if share <= MAX_SHARE {
        return None;
    }
    let press = condition(book);
    let message = format!(
        "{} % of {} has colours that {press} cannot print: they differ by more than ΔE00 5",
        share / 10,
        picture.name
    );
    let help = "they become duller in print; look at a proof, or reduce their saturation in an \
                image editor with a soft proof of the profile";
    let finding = Finding::new(Code::PhotoGamut, message).help(help).at(location(book, picture));
    Some(finding.page(largest.folio.to_string()))
}
