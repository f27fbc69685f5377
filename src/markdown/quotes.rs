//! How languages quote.

use crate::model::Language;

/// How a language quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Conventions {
    /// Around what stands between `"`.
    pub(super) outer: (&'static str, &'static str),
    /// Around what stands between `'`, and between `"` in a quotation.
    pub(super) inner: (&'static str, &'static str),
    /// Whether quotation marks and high punctuation stand apart from the words, as in
    /// French.
    pub(super) spaced: bool,
}

const HIGH: (&str, &str) = ("“", "”");
const HIGH_INNER: (&str, &str) = ("‘", "’");
const LOW: (&str, &str) = ("„", "“");
const LOW_INNER: (&str, &str) = ("‚", "‘");
const ANGLED: (&str, &str) = ("«", "»");
const ANGLED_INNER: (&str, &str) = ("‹", "›");

/// `None` for languages in which nothing but dots, dashes and apostrophes is set.
pub(super) fn conventions(language: &Language) -> Option<Conventions> {
    let tag = language.tag().to_ascii_lowercase();
    let of = |outer, inner| Some(Conventions { outer, inner, spaced: false });
    // Swiss presses use guillemets without spaces in all languages but Romansh.
    if tag.split('-').skip(1).any(|part| part == "ch") {
        return of(ANGLED, ANGLED_INNER);
    }
    match language.primary().as_str() {
        "de" | "at" | "lb" | "cs" | "sk" | "sl" | "bg" | "is" | "et" | "lt" | "ka" | "hsb"
        | "dsb" => of(LOW, LOW_INNER),
        "pl" | "ro" | "hu" => of(("„", "”"), ANGLED),
        "hr" | "sr" | "bs" => of(("„", "”"), ("‚", "’")),
        "fr" | "br" => Some(Conventions { outer: ANGLED, inner: HIGH, spaced: true }),
        "es" if tag == "es" || tag.ends_with("-es") => of(ANGLED, HIGH),
        "pt" if tag.ends_with("-pt") => of(ANGLED, HIGH),
        "it" | "ca" | "gl" | "eu" | "el" | "sq" | "hy" | "fa" | "oc" => of(ANGLED, HIGH),
        "ru" | "uk" | "be" | "kk" => of(ANGLED, LOW),
        "no" | "nb" | "nn" => of(ANGLED, HIGH_INNER),
        "da" => of(("»", "«"), ("›", "‹")),
        "sv" | "fi" | "se" => of(("”", "”"), ("’", "’")),
        "ja" | "zh" | "he" | "iw" | "yi" => None,
        _ => of(HIGH, HIGH_INNER),
    }
}
