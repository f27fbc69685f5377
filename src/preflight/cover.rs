//! The printed cover: numbers that it cannot be made without, and those that should be verified.

use crate::finding::{Code, Finding, Severity};
use crate::model::{
    Book, CoverFlaps, CoverIssue, CoverSheet, CoverTextPlace, Edition, EditionSet, MissingNumber,
    NoSpineText, Pages,
};
use crate::typeset::Faces;

use super::{bleed, characters, legibility, resolution, words};

/// Findings about the sheet of the cover.
pub fn sheet(book: &Book, sheet: Result<&CoverSheet, &[MissingNumber]>) -> Vec<Finding> {
    match sheet {
        Ok(sheet) => Vec::from_iter(common_numbers(book, sheet)),
        Err(missing) => missing_numbers(book, missing),
    }
}

/// Findings about the laid-out cover.
pub fn laid_out(
    book: &Book,
    faces: &Faces,
    sheet: &CoverSheet,
    pages: &Pages,
    issues: &[CoverIssue],
) -> Vec<Finding> {
    let settings = book.print.cover.as_ref().and_then(|cover| cover.location.clone());
    let mut findings: Vec<Finding> = issues.iter().map(issue).collect();
    findings.extend(sheet.spine_text.as_ref().err().map(spine_empty));
    findings.extend(unused_flaps(book, sheet));
    for finding in &mut findings {
        finding.at.clone_from(&settings);
    }
    findings.extend(characters::missing_on_printed_cover(book, faces));
    findings.extend(art(book, pages));
    findings.into_iter().map(|finding| finding.editions(Edition::Cover)).collect()
}

/// A finding if there are texts for flaps, and no flaps.
fn unused_flaps(book: &Book, sheet: &CoverSheet) -> Option<Finding> {
    let CoverFlaps { front, back } = &book.cover_flaps;
    if sheet.front_flap.is_some() || (front.is_empty() && back.is_empty()) {
        return None;
    }
    let message =
        format!("the texts under cover.flaps are not printed: a {} has no flaps", sheet.binding);
    Some(Finding::new(Code::CoverFlaps, message).help("set `binding: jacket`, or remove the texts"))
}

/// Findings about what is on the sheet: photos with too few pixels, art that does not fill the bleed,
/// and text and lines that are hard to print.
pub fn art(book: &Book, pages: &Pages) -> Vec<Finding> {
    let found = [
        resolution::photos(book, pages),
        bleed::short_of_sheet(book, pages),
        legibility::text(book, pages),
        legibility::lines(book, pages),
        words::broken(book, pages),
    ];
    found.into_iter().flatten().map(|finding| on_sheet(book, finding)).collect()
}

/// A finding as one about the sheet, which has no page number. A photo that is on no page has the
/// location of the cover.
pub(super) fn on_sheet(book: &Book, finding: Finding) -> Finding {
    let cover = || book.print.cover.as_ref()?.location.clone();
    let at = finding.at.clone().or_else(cover);
    Finding { page: None, ..finding }.at(at).editions(Edition::Cover)
}

fn issue(issue: &CoverIssue) -> Finding {
    match issue {
        CoverIssue::TextCut { place, lines, left_out } => {
            let place = match place {
                CoverTextPlace::Back => "back of the cover",
                CoverTextPlace::FrontFlap => "flap beside the front",
                CoverTextPlace::BackFlap => "flap beside the back",
            };
            let message = format!(
                "the text for the {place} does not fit: {left_out} of its {lines} lines are left out"
            );
            let share = (left_out * 100).div_ceil((*lines).max(1));
            Finding::new(Code::CoverTextLong, message)
                .help(format!("shorten it by about {share} %, or choose a larger trim"))
        }
        CoverIssue::FrontTextLong => {
            let message = "the text on the front of the cover does not fit";
            Finding::new(Code::CoverTextLong, message)
                .help("shorten the subtitle or the names, or choose a larger trim")
        }
        CoverIssue::SpineTitleLong { room } => {
            let message = format!("the title is too long for the {room} of the spine");
            Finding::new(Code::SpineTitleLong, message)
                .help("move a part of it to `subtitle`, which is not on the spine")
        }
        CoverIssue::BarcodeWithoutIsbn => {
            let message = "the barcode is left out: the printed edition has no ISBN";
            Finding::new(Code::BarcodeIsbn, message)
                .help("add isbn: to print.cover.barcode, with the 13 digits of the printed book")
        }
        CoverIssue::BarcodeSmall { per_cent, room } => {
            let message = format!(
                "the barcode has {per_cent} % of the usual size in a field of {room}, and scanners \
                 want 80 %"
            );
            Finding::new(Code::BarcodeSmall, message).help("choose a larger trim")
        }
        CoverIssue::BarcodeLeftOut { room } => {
            let message = format!("the barcode is left out: it does not fit into {room}");
            Finding::new(Code::BarcodeSmall, message)
                .severity(Severity::Error)
                .help("choose a larger trim, or set barcode: none under print.cover")
        }
    }
}

fn spine_empty(reason: &NoSpineText) -> Finding {
    let message = match reason {
        NoSpineText::Pages { pages, min } => format!(
            "the spine has no text: the book has {pages} pages, and the printer wants {min} for it"
        ),
        NoSpineText::Narrow { width, min } => {
            format!("the spine has no text: it is {width} wide, and a line of text takes {min}")
        }
    };
    Finding::new(Code::SpineEmpty, message)
}

/// An error for the cover. A book whose printer is named is expected to have a cover, so its absence
/// is also noted with the print edition.
fn missing_numbers(book: &Book, missing: &[MissingNumber]) -> Vec<Finding> {
    let print = &book.print;
    let what = listed(missing.iter().map(|number| number.description().to_owned()));
    let keys = listed(missing.iter().map(|number| format!("print.cover.{}", number.key())));
    let help = match &print.paper {
        None if missing.contains(&MissingNumber::Spine) => {
            format!("give print.paper, from which the spine is calculated, or {keys}")
        }
        _ => format!("take it from the printer's template, and give {keys}"),
    };
    let begins_with_cover = print.printer.as_ref().is_some_and(|it| it.wants_cover_first);
    let concerned = if begins_with_cover {
        EditionSet::from([Edition::Cover, Edition::Print])
    } else {
        Edition::Cover.into()
    };
    let verb = if missing.len() == 1 { "is" } else { "are" };
    let settings = print.cover.as_ref().and_then(|cover| cover.location.clone());
    let printer = print.printer.as_ref().and_then(|printer| printer.location.clone());
    let error = Finding::new(Code::CoverUnknown, format!("{what} {verb} not known"))
        .help(help.clone())
        .at(settings.or_else(|| printer.clone()))
        .editions(concerned);
    let mut findings = vec![error];
    if let (Some(printer), None, false) = (&print.printer, &print.cover, begins_with_cover) {
        let message = format!("no cover is made for {}: {what} {verb} not known", printer.name);
        let note =
            Finding::new(Code::CoverLeftOut, message).help(help).at(printer.location.clone());
        findings.push(note.editions(Edition::Print));
    }
    findings
}

/// `a, b and c`.
fn listed(parts: impl Iterator<Item = String>) -> String {
    let mut parts: Vec<_> = parts.collect();
    match parts.pop() {
        Some(last) if !parts.is_empty() => format!("{} and {last}", parts.join(", ")),
        last => last.unwrap_or_default(),
    }
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
