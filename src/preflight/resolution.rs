//! Whether photos have enough pixels for the size at which they are printed.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding, Severity};
use crate::model::{Book, EntryId, Item, Length, Location, Pages, Picture, PlacedPicture, Turn};

/// Fewer pixels per inch are seen as such from arm's length.
const COARSE: u64 = 150;
/// Fewer are seen by those who look closely.
const SOFT: u64 = 225;
/// What printers ask for.
const WANTED: u64 = 300;
/// No press shows more.
const WASTED: u64 = 600;
/// Pictures that are no larger than this on a side are not photos: lines, dots, flat colours.
const TINY: u32 = 16;

/// One finding for each photo that has too few pixels, and one for all that have too many.
pub(super) fn photos(book: &Book, pages: &Pages) -> Vec<Finding> {
    let mut findings = Vec::new();
    // Where a photo is shown several times, as in a list of plates, the largest is what counts.
    let mut finest: BTreeMap<&str, u64> = BTreeMap::new();
    let mut told = BTreeSet::new();
    for page in &pages.pages {
        for picture in page.items.iter().filter_map(placed) {
            let pixels = picture.picture.upright();
            let is_tiny = pixels.width <= TINY || pixels.height <= TINY;
            let Some(ppi) = resolution(picture).filter(|_| !is_tiny) else { continue };
            let least = finest.entry(&picture.picture.name).or_insert(ppi);
            *least = ppi.min(*least);
            let least = finest.entry(&picture.picture.name).or_insert(ppi);
            *least = ppi.min(*least);
            // The halves of a spread have the same scale.
            if !told.insert((page.entry, &picture.picture.name, ppi)) {
                continue;
            }
            if let Some(severity) = severity(ppi) {
                let place = page.entry.and_then(|id| location(book, id));
                let finding = finding(severity, ppi, &picture.picture).at(place);
                findings.push(finding.page(page.folio.to_string()));
            }
        }
    }
    let wasted = finest.values().filter(|ppi| **ppi > WASTED).count();
    if wasted > 0 {
        let photos = if wasted == 1 { "photo has" } else { "photos have" };
        let message = format!(
            "{wasted} {photos} more than {WASTED} pixels per inch, which no press can show"
        );
        let help = "nothing is lost; the print file is larger than it needs to be";
        findings.push(Finding::new(Code::Resolution, message).help(help));
    }
    findings
}

fn placed(item: &Item) -> Option<&PlacedPicture> {
    match item {
        Item::Picture(placed) => Some(placed),
        Item::Glyphs(_) | Item::Rule(_) => None,
    }
}

/// Where the manifest names a plate; a picture in a text has no place of its own.
fn location(book: &Book, id: EntryId) -> Option<Location> {
    book.entries.get(id.0)?.plate()?.location.clone()
}

fn severity(ppi: u64) -> Option<Severity> {
    match ppi {
        0..COARSE => Some(Severity::Error),
        COARSE..SOFT => Some(Severity::Warning),
        SOFT..WANTED => Some(Severity::Note),
        _ => None,
    }
}

/// Pixels per inch at the placed size.
fn resolution(picture: &PlacedPicture) -> Option<u64> {
    let (width, _) = as_it_lies(picture);
    let across = u64::try_from(picture.frame.width.to_emu()).ok().filter(|width| *width > 0)?;
    let inch = u64::try_from(Length::pt(72).to_emu()).ok()?;
    Some(u64::from(width) * inch / across)
}

/// Its pixels across and down the page.
fn as_it_lies(picture: &PlacedPicture) -> (u32, u32) {
    let pixels = picture.picture.upright();
    match picture.turn {
        Turn::Upright => (pixels.width, pixels.height),
        Turn::HeadLeft | Turn::HeadRight => (pixels.height, pixels.width),
    }
}

fn finding(severity: Severity, ppi: u64, picture: &Picture) -> Finding {
    let name = &picture.name;
    let message = format!("{name} has {ppi} pixels per inch at its size on the page");
    let pixels = picture.upright();
    let wanted = |pixels: u32| (u64::from(pixels) * WANTED).div_ceil(ppi.max(1));
    let [width, height] = [pixels.width, pixels.height].map(wanted);
    let help = match severity {
        Severity::Error => format!(
            "it would be seen as coarse; bring a file of {width} × {height} pixels, or leave it out"
        ),
        _ => format!("{width} × {height} pixels would give the {WANTED} that printers ask for"),
    };
    Finding::new(Code::Resolution, message).severity(severity).help(help)
}
