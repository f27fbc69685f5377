//! Keys that are read and checked but have no effect yet. Delete the entry of a key when it gets
//! an effect.

use crate::finding::{Code, Finding};
use crate::manifest::keys::forms::Key;
use crate::manifest::keys::manifest::Manifest;
use crate::manifest::keys::print::PrintKeys;
use crate::manifest::syntax::de::Spanned;
use crate::manifest::syntax::source::{Place, Source};
use crate::model::Standard;

struct Pending {
    /// The key that has no effect.
    key: &'static str,
    /// What happens instead.
    instead: &'static str,
    /// The positions where it is used.
    places: fn(&Manifest) -> Vec<Place>,
}

#[rustfmt::skip]
const PENDING: &[Pending] = &[
    Pending { key: "printer", instead: "set trim, bleed and margins to the printer's requirements", places: |book| print(book, |print| at(&print.printer, |_| true)) },
    Pending { key: "standard", instead: "the PDF conforms to PDF/X-4", places: |book| print(book, |print| at(&print.standard, |&standard| !matches!(standard, Standard::PdfX4 | Standard::None))) },
    Pending { key: "paper", instead: "the width of the spine is not calculated", places: |book| print(book, |print| at(&print.paper, |_| true)) },
];

/// A note for every key in use that has no effect yet.
pub(crate) fn notes(book: &Manifest, source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pending in PENDING {
        for place in (pending.places)(book) {
            let message = format!("`{}` has no effect yet", pending.key);
            findings.push(
                Finding::new(Code::NotYet, message).label(pending.instead).at(source.at(place)),
            );
        }
    }
    findings
}

#[expect(clippy::ref_option, reason = "keys are borrowed from their sections")]
fn at<T>(key: &Key<T>, counts: impl Fn(&T) -> bool) -> Vec<Place> {
    key.iter().filter(|key| counts(&key.value)).map(|key| key.place).collect()
}

#[expect(clippy::ref_option, reason = "keys are borrowed from their sections")]
fn in_section<T>(section: &Key<T>, places: impl Fn(&T) -> Vec<Place>) -> Vec<Place> {
    section.as_ref().map(|Spanned { value, .. }| places(value)).unwrap_or_default()
}

fn print(book: &Manifest, places: impl Fn(&PrintKeys) -> Vec<Place>) -> Vec<Place> {
    in_section(&book.print, places)
}
