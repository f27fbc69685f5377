//! What is known of the photos' colours, and what is assumed.

use std::collections::BTreeSet;

use crate::finding::{Code, Finding};
use crate::model::{Book, ColorModel, ColorPolicy, Plate};

/// How many photos are named before the others are only counted.
const NAMED: usize = 3;

/// Photos whose numbers have to be guessed, one finding for all of a kind.
pub(super) fn guessed(book: &Book) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    // Where photos keep their colours, gray and ink go to the press as they came.
    let is_kept =
        |colour| book.print.colour == ColorPolicy::Keep && !matches!(colour, ColorModel::Rgb);
    let untagged = book
        .plates()
        .map(|(_, plate)| plate)
        .filter(|plate| plate.picture.profile.is_none() && !is_kept(plate.picture.colour))
        .filter(|plate| seen.insert(plate.picture.path.clone()));
    let (ink, light): (Vec<&Plate>, Vec<&Plate>) =
        untagged.partition(|plate| matches!(plate.picture.colour, ColorModel::Cmyk { .. }));
    let mut findings = Vec::new();
    if let Some(first) = light.first() {
        findings.push(
            Finding::new(Code::PhotoUntagged, told(&light, "no colour profile"))
                .help("their colours are taken for sRGB, as most such photos are")
                .at(first.location.clone()),
        );
    }
    if let Some(first) = ink.first() {
        let meaning = match book.print.colour {
            ColorPolicy::Srgb => "their inks are taken for those of FOGRA39",
            ColorPolicy::Cmyk | ColorPolicy::Keep => {
                "their inks are printed as they are, as if they were meant for this press"
            }
        };
        let help = format!("{meaning}; ask for files with their profile embedded");
        findings.push(
            Finding::new(Code::InkUntagged, told(&ink, "ink, but no profile of its press"))
                .help(help)
                .at(first.location.clone()),
        );
    }
    findings
}

/// `a.jpg, b.jpg, c.jpg and 9 more hold no colour profile`
fn told(plates: &[&Plate], what: &str) -> String {
    let names: Vec<_> =
        plates.iter().take(NAMED).map(|plate| plate.picture.name.as_str()).collect();
    let names = names.join(", ");
    match plates.len() {
        1 => format!("{names} holds {what}"),
        count if count <= NAMED => format!("{names} hold {what}"),
        count => format!("{names} and {} more hold {what}", count - NAMED),
    }
}
