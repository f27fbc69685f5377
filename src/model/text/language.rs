//! Languages, by their BCP 47 tags.

use std::hash::{Hash, Hasher};

use unicode_script::Script;

use super::{Digits, scripts};

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

    /// Whether it is written from right to left, so that books are bound on the right.
    pub fn is_right_to_left(&self) -> bool {
        let script = self.tag.split('-').nth(1).filter(|part| part.len() == 4);
        match script.map(str::to_ascii_lowercase).as_deref() {
            Some("arab" | "hebr" | "thaa" | "syrc" | "nkoo" | "adlm") => true,
            Some(_) => false,
            None => matches!(
                self.primary().as_str(),
                "ar" | "he" | "iw" | "fa" | "ur" | "yi" | "dv" | "ps" | "sd" | "ug" | "ckb" | "syr"
            ),
        }
    }

    /// Whether it is usually written in the Arabic script.
    pub fn is_in_arabic_script(&self) -> bool {
        scripts::of_tag(&self.tag).first() == Some(&Script::Arabic)
    }

    /// Whether it is Chinese, Japanese or Korean, whose characters fill squares of the same size.
    pub fn is_east_asian(&self) -> bool {
        scripts::are_east_asian(&scripts::of_tag(&self.tag))
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
