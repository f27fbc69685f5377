//! The total of inks of a photo.

use crate::finding::{Code, Finding, Severity};
use crate::model::{Book, ColorModel, ColorPolicy, FactSource, Length, PhotoMap, Picture};

use crate::preflight::ink::Limit;
use crate::preflight::printer::is_sure;

use super::describe::{location, percent};
use super::placement::Placement;

/// The side of a square of 15 mm², in which the mean counts: single dark pixels dry.
const SIDE: Length = Length::emu(139_427);
/// How far above the limit a total is an error, in per cent.
const TOLERANCE: u64 = 20;

/// A finding if a square of a photo has too much ink. With `color: srgb`, the printer converts
/// the photo in its own way, and limits the inks itself.
pub(super) fn total(
    book: &Book,
    picture: &Picture,
    map: &PhotoMap,
    placements: &[Placement],
) -> Option<Finding> {
    if book.print.colour == ColorPolicy::Srgb {
        return None;
    }
    let Limit { max, name, source } = Limit::new(book);
    // No mean is higher than the highest value. Most photos need not be searched for a square.
    if u64::from(map.highest(|cell| cell.ink)) / 10 <= u64::from(max) {
        return None;
    }
    let peaks = placements.iter().filter_map(|placement| {
        let peak = map.peak(placement.part, placement.fractions(SIDE), |cell| cell.ink)?;
        Some((peak, placement))
    });
    // Of equal ones, the first page counts.
    let (peak, placement) =
        peaks.reduce(|one, other| if other.0.value > one.0.value { other } else { one })?;
    // A map has tenths.
    let total = peak.value / 10;
    if total <= u64::from(max) {
        return None;
    }
    let is_severe = total > u64::from(max) + TOLERANCE && is_sure(source);
    let severity = if is_severe { Severity::Error } else { Severity::Warning };
    let limit = match name {
        Some(name) => format!("{name} accepts at most {max} %"),
        None => format!("coated paper takes at most {max} %"),
    };
    let message = format!(
        "{} has {total} % of ink at {} % of its width and {} % of its height, in a square of 15 \
         mm²; {limit}",
        picture.name,
        percent(peak.across),
        percent(peak.down),
    );
    let help = match picture.colour {
        ColorModel::Cmyk { .. } => format!(
            "convert it in an image editor to a profile with a total of at most {max} %, or use \
             the RGB original"
        ),
        _ if book.print.colour == ColorPolicy::Cmyk => format!(
            "name an ICC profile with a total of at most {max} % under `profile`; of the bundled \
             ones, gracol2006 has less than fogra39"
        ),
        _ => format!(
            "name an ICC profile with a total of at most {max} % under `profile`, and set `color: \
             cmyk`"
        ),
    };
    let finding = Finding::new(Code::InkTotal, message).severity(severity);
    let finding = finding.help(FactSource::cited(&help, source)).at(location(book, picture));
    Some(finding.page(placement.folio.to_string()))
}
