//! The printed cover: numbers that it cannot be made without, and those that should be verified.

use crate::finding::{Code, Finding};
use crate::model::{Book, CoverSheet, Edition, MissingNumber, Pages};

use super::{bleed, legibility, resolution};

/// Findings about the sheet of the cover.
pub fn sheet(book: &Book, sheet: Result<&CoverSheet, &[MissingNumber]>) -> Vec<Finding> {
    match sheet {
        Ok(sheet) => Vec::from_iter(common_numbers(book, sheet)),
        Err(missing) => missing_numbers(book, missing),
    }
}

/// Findings about what is on the sheet: photos with too few pixels, art that does not fill the bleed,
/// and text and lines that are hard to print.
pub fn art(book: &Book, pages: &Pages) -> Vec<Finding> {
    let location = book.print.cover.as_ref().and_then(|cover| cover.location.clone());
    let found = [
        resolution::photos(book, pages),
        bleed::short_of_sheet(book, pages),
        legibility::text(book, pages),
        legibility::lines(book, pages),
    ];
    let on_sheet = |finding: Finding| {
        let at = finding.at.clone().or_else(|| location.clone());
        // The sheet has no page number.
        Finding { page: None, ..finding }.at(at).editions(Edition::Cover)
    };
    found.into_iter().flatten().map(on_sheet).collect()
}

/// An error for the cover. A book whose printer is named is expected to have a cover, so its absence
/// is also noted with the print edition.
fn missing_numbers(book: &Book, missing: &[MissingNumber]) -> Vec<Finding> {
    let print = &book.print;
    let what: Vec<_> = missing.iter().map(|number| number.description()).collect();
    let what = what.join(" and ");
    let keys: Vec<_> =
        missing.iter().map(|number| format!("print.cover.{}", number.key())).collect();
    let keys = keys.join(" and ");
    let help = if missing.contains(&MissingNumber::Spine) && print.spines(1).is_empty() {
        format!("give print.paper, from which the spine is calculated, or {keys}")
    } else {
        format!("take it from the printer's template: {keys}")
    };
    let verb = if missing.len() == 1 { "is" } else { "are" };
    let settings = print.cover.as_ref().and_then(|cover| cover.location.clone());
    let printer = print.printer.as_ref().and_then(|printer| printer.location.clone());
    let error = Finding::new(Code::CoverUnknown, format!("{what} {verb} not known"))
        .help(help.clone())
        .at(settings.or_else(|| printer.clone()))
        .editions(Edition::Cover);
    let mut findings = vec![error];
    if let (Some(printer), None) = (&print.printer, &print.cover) {
        let message = format!("no cover is made for {}: {what} {verb} not known", printer.name);
        let note =
            Finding::new(Code::CoverLeftOut, message).help(help).at(printer.location.clone());
        findings.push(note.editions(Edition::Print));
    }
    findings
}

/// A note about the numbers that are only common in the trade.
fn common_numbers(book: &Book, sheet: &CoverSheet) -> Option<Finding> {
    if sheet.common.is_empty() {
        return None;
    }
    let numbers: Vec<_> =
        sheet.common.iter().map(|number| format!("{} {}", number.name, number.length)).collect();
    let message = format!("the cover is made with numbers that are common: {}", numbers.join(", "));
    let help = "ask the printer, and give its own numbers under print.cover";
    let location = book.print.cover.as_ref().and_then(|cover| cover.location.clone());
    let finding = Finding::new(Code::CoverCommon, message).help(help).at(location);
    Some(finding.editions(Edition::Cover))
}
