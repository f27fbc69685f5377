//! The quotation marks of each language.

use crate::model::Language;

/// The quotation marks of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Conventions {
    /// For text in double quotes.
    pub(super) outer: (&'static str, &'static str),
    /// For text in single quotes, and in double quotes within a quotation.
    pub(super) inner: (&'static str, &'static str),
    /// Whether quotation marks and high punctuation have spaces, as in French.
    pub(super) spaced: bool,
}

impl Conventions {
    /// Whether straight quotes stay.
    pub(super) fn is_straight(&self) -> bool {
        *self == STRAIGHT
    }
}

const HIGH: (&str, &str) = ("“", "”");
const HIGH_INNER: (&str, &str) = ("‘", "’");
const LOW: (&str, &str) = ("„", "“");
const LOW_INNER: (&str, &str) = ("‚", "‘");
const ANGLED: (&str, &str) = ("«", "»");
const ANGLED_INNER: (&str, &str) = ("‹", "›");

/// For languages whose presses do not agree, or that have marks of another kind: straight
/// quotes stay, and a pair stays a pair.
const STRAIGHT: Conventions = Conventions { outer: ("\"", "\""), inner: ("'", "'"), spaced: false };

/// The quotation marks of a language.
pub(super) fn conventions(language: &Language) -> Conventions {
    let tag = language.tag().to_ascii_lowercase();
    let marks = |outer, inner| Conventions { outer, inner, spaced: false };
    // Swiss presses use guillemets without spaces in all languages but Romansh.
    if tag.split('-').skip(1).any(|part| part == "ch") {
        return marks(ANGLED, ANGLED_INNER);
    }
    match language.primary().as_str() {
        "de" | "at" | "lb" | "cs" | "sk" | "sl" | "bg" | "is" | "et" | "lt" | "ka" | "hsb"
        | "dsb" => marks(LOW, LOW_INNER),
        "pl" | "ro" | "hu" => marks(("„", "”"), ANGLED),
        "hr" | "sr" | "bs" => marks(("„", "”"), ("‚", "’")),
        "fr" | "br" => Conventions { outer: ANGLED, inner: HIGH, spaced: true },
        "es" if tag == "es" || tag.ends_with("-es") => marks(ANGLED, HIGH),
        "pt" if tag.ends_with("-pt") => marks(ANGLED, HIGH),
        "it" | "ca" | "gl" | "eu" | "el" | "sq" | "hy" | "fa" | "oc" => marks(ANGLED, HIGH),
        "ru" | "uk" | "be" | "kk" => marks(ANGLED, LOW),
        "no" | "nb" | "nn" => marks(ANGLED, HIGH_INNER),
        "da" => marks(("»", "«"), ("›", "‹")),
        "sv" | "fi" | "se" => marks(("”", "”"), ("’", "’")),
        "ja" | "zh" | "he" | "iw" | "yi" => STRAIGHT,
        _ => marks(HIGH, HIGH_INNER),
    }
}
