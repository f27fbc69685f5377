//! Keys that are read and checked but have no effect yet. Delete the entry of a key when it gets
//! an effect.

use crate::finding::{Code, Finding};
use crate::manifest::keys::forms::Key;
use crate::manifest::keys::manifest::Manifest;
use crate::manifest::keys::print::PrintKeys;
use crate::manifest::syntax::de::Spanned;
use crate::manifest::syntax::source::{SourceFile, SourceSpan};
use crate::model::Standard;

struct Pending {
    /// The key that has no effect.
    key: &'static str,
    /// What happens instead.
    instead: &'static str,
    /// The positions where it is used.
    spans: fn(&Manifest) -> Vec<SourceSpan>,
}

#[rustfmt::skip]
const PENDING: &[Pending] = &[
    Pending { key: "standard", instead: "the PDF conforms to PDF/X-4", spans: |book| print(book, |print| at(&print.standard, |&standard| !matches!(standard, Standard::PdfX4 | Standard::None))) },
];

/// A note for every key in use that has no effect yet.
pub(crate) fn notes(book: &Manifest, source: &SourceFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pending in PENDING {
        for span in (pending.spans)(book) {
            let message = format!("`{}` has no effect yet", pending.key);
            findings.push(
                Finding::new(Code::NotYet, message).label(pending.instead).at(source.at(span)),
            );
        }
    }
    findings
}

#[expect(clippy::ref_option, reason = "keys are borrowed from their sections")]
fn at<T>(key: &Key<T>, counts: impl Fn(&T) -> bool) -> Vec<SourceSpan> {
    key.iter().filter(|key| counts(&key.value)).map(|key| key.span).collect()
}

#[expect(clippy::ref_option, reason = "keys are borrowed from their sections")]
fn in_section<T>(section: &Key<T>, spans: impl Fn(&T) -> Vec<SourceSpan>) -> Vec<SourceSpan> {
    section.as_ref().map(|Spanned { value, .. }| spans(value)).unwrap_or_default()
}

fn print(book: &Manifest, spans: impl Fn(&PrintKeys) -> Vec<SourceSpan>) -> Vec<SourceSpan> {
    in_section(&book.print, spans)
}
