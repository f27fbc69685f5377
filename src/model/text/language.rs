//! Languages, by their BCP 47 tags.

use std::hash::{Hash, Hasher};

use super::Digits;

/// A language, and the digits of the numbers that recto writes in it.
///
/// Languages with the same tag are equal, whatever their digits.
#[derive(Debug, Clone)]
pub struct Language {
    tag: String,
    digits: Digits,
}

impl Language {
    /// Creates a language from a BCP 47 tag whose form the manifest has checked. Its digits are
    /// those that are usual in it.
    pub fn new(tag: impl Into<String>) -> Self {
        let tag = tag.into();
        Self { digits: Digits::usual(&tag), tag }
    }

    /// The same language with other digits.
    #[must_use]
    pub fn with_digits(self, digits: Digits) -> Self {
        Self { digits, ..self }
    }

    /// The whole tag.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The digits of the numbers that recto writes in it.
    pub fn digits(&self) -> Digits {
        self.digits
    }

    /// The digits of its script, apart from 0 to 9; the usual ones first.
    pub fn native_digits(&self) -> &'static [Digits] {
        Digits::native(&self.tag)
    }

    /// The primary subtag in lower case: `en` of `en-GB`.
    pub fn primary(&self) -> String {
        self.tag.split('-').next().unwrap_or_default().to_ascii_lowercase()
    }

    /// The script that its tag names, in lower case: `latn` of `ko-Latn`.
    fn named_script(&self) -> Option<String> {
        let script = self.tag.split('-').nth(1).filter(|part| part.len() == 4);
        script.map(str::to_ascii_lowercase)
    }

    /// Whether it is written from right to left, so that books are bound on the right.
    pub fn is_right_to_left(&self) -> bool {
        match self.named_script().as_deref() {
            Some("hebr" | "thaa" | "syrc" | "nkoo" | "adlm") => true,
            None if matches!(self.primary().as_str(), "he" | "iw" | "yi" | "dv" | "syr") => true,
            _ => self.is_in_arabic_script(),
        }
    }

    /// Whether it is written in the Arabic script.
    pub fn is_in_arabic_script(&self) -> bool {
        match self.named_script().as_deref() {
            Some(script) => script == "arab",
            None => {
                matches!(self.primary().as_str(), "ar" | "fa" | "ur" | "ps" | "sd" | "ug" | "ckb")
            }
        }
    }

    /// Whether it is written in characters that fill squares of the same size.
    pub fn is_east_asian(&self) -> bool {
        match self.named_script().as_deref() {
            Some(script) => {
                matches!(script, "hani" | "hans" | "hant" | "jpan" | "hrkt" | "kore" | "hang")
            }
            None => matches!(self.primary().as_str(), "zh" | "yue" | "ja" | "ko"),
        }
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.tag == other.tag
    }
}

impl Eq for Language {}

impl Hash for Language {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.tag.hash(state);
    }
}

impl Default for Language {
    /// English, the default language of a manifest.
    fn default() -> Self {
        Self::new("en")
    }
}
