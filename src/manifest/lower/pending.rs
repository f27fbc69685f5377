//! Keys that are understood and checked but have no effect yet. The version that gives
//! one its effect deletes its line.

use crate::finding::{Code, Finding};
use crate::manifest::keys::forms::Key;
use crate::manifest::keys::manifest::Manifest;
use crate::manifest::keys::print::PrintKeys;
use crate::manifest::syntax::de::Spanned;
use crate::manifest::syntax::source::{Place, Source};
use crate::model::Standard;

struct Pending {
    /// What has no effect, as it stands in the manifest.
    key: &'static str,
    /// What happens instead.
    instead: &'static str,
    /// Where it is used.
    places: fn(&Manifest) -> Vec<Place>,
}

#[rustfmt::skip]
const PENDING: &[Pending] = &[
    Pending { key: "printer", instead: "set trim, bleed and margins as the printer wants them", places: |book| print(book, |print| at(&print.printer, |_| true)) },
    Pending { key: "standard", instead: "the PDF keeps PDF/X-4", places: |book| print(book, |print| at(&print.standard, |&standard| !matches!(standard, Standard::PdfX4 | Standard::None))) },
    Pending { key: "paper", instead: "no spine is reckoned", places: |book| print(book, |print| at(&print.paper, |_| true)) },
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

#[expect(clippy::ref_option, reason = "keys are looked at where they stand in their sections")]
fn at<T>(key: &Key<T>, counts: impl Fn(&T) -> bool) -> Vec<Place> {
    key.iter().filter(|key| counts(&key.value)).map(|key| key.place).collect()
}

#[expect(clippy::ref_option, reason = "keys are looked at where they stand in their sections")]
fn of<T>(section: &Key<T>, places: impl Fn(&T) -> Vec<Place>) -> Vec<Place> {
    section.as_ref().map(|Spanned { value, .. }| places(value)).unwrap_or_default()
}

fn print(book: &Manifest, places: impl Fn(&PrintKeys) -> Vec<Place>) -> Vec<Place> {
    of(&book.print, places)
}
