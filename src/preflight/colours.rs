//! Photos without a colour profile.

use std::collections::BTreeSet;

use crate::finding::{Code, Finding};
use crate::model::{Book, ColorModel, ColorPolicy, Plate, StatedSpace};

/// The number of photos that are named; the others are counted.
const NAMED: usize = 3;

/// Photos whose colours are assumed: one finding for RGB and gray, one for CMYK.
pub(super) fn untagged(book: &Book) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    // With `color: keep`, gray and CMYK are printed unchanged.
    let is_kept =
        |colour| book.print.colour == ColorPolicy::Keep && !matches!(colour, ColorModel::Rgb);
    let untagged = book
        .plates_and_openers()
        .map(|(_, plate)| plate)
        .filter(|plate| plate.picture.profile.is_none())
        .filter(|plate| plate.picture.stated_space == StatedSpace::Unknown)
        .filter(|plate| !is_kept(plate.picture.colour))
        .filter(|plate| seen.insert(plate.picture.path.clone()));
    let (cmyk, others): (Vec<&Plate>, Vec<&Plate>) =
        untagged.partition(|plate| matches!(plate.picture.colour, ColorModel::Cmyk { .. }));
    let mut findings = Vec::new();
    if let Some(first) = others.first() {
        findings.push(
            Finding::new(Code::PhotoUntagged, message(&others, ["has", "have"]))
                .help("their colours are assumed to be sRGB")
                .at(first.location.clone()),
        );
    }
    if let Some(first) = cmyk.first() {
        let meaning = match book.print.colour {
            ColorPolicy::Srgb => "their colours are assumed to be FOGRA39",
            ColorPolicy::Cmyk | ColorPolicy::Keep => "their ink values are printed unchanged",
        };
        let help = format!("{meaning}; ask for files with an embedded profile");
        findings.push(
            Finding::new(
                Code::InkUntagged,
                message(&cmyk, ["is CMYK but has", "are CMYK but have"]),
            )
            .help(help)
            .at(first.location.clone()),
        );
    }
    findings
}

/// `a.jpg, b.jpg, c.jpg and 9 more have no colour profile`
fn message(plates: &[&Plate], [singular, plural]: [&str; 2]) -> String {
    let names: Vec<_> =
        plates.iter().take(NAMED).map(|plate| plate.picture.name.as_str()).collect();
    let names = names.join(", ");
    match plates.len() {
        1 => format!("{names} {singular} no colour profile"),
        count if count <= NAMED => format!("{names} {plural} no colour profile"),
        count => format!("{names} and {} more {plural} no colour profile", count - NAMED),
    }
}
