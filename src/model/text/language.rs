//! Languages, by their BCP 47 tags.

/// A BCP 47 language tag.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Language(String);

impl Language {
    /// Creates a language from a tag whose form the manifest has checked.
    pub fn new(tag: impl Into<String>) -> Self {
        Self(tag.into())
    }

    /// The whole tag.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The primary subtag in lower case: `en` of `en-GB`.
    pub fn primary(&self) -> String {
        self.0.split('-').next().unwrap_or_default().to_ascii_lowercase()
    }

    /// Whether it is written from right to left, so that books are bound on the right.
    pub fn is_right_to_left(&self) -> bool {
        let script = self.0.split('-').nth(1).filter(|part| part.len() == 4);
        match script.map(str::to_ascii_lowercase).as_deref() {
            Some("arab" | "hebr" | "thaa" | "syrc" | "nkoo" | "adlm") => true,
            Some(_) => false,
            None => matches!(
                self.primary().as_str(),
                "ar" | "he" | "iw" | "fa" | "ur" | "yi" | "dv" | "ps" | "sd" | "ug" | "ckb" | "syr"
            ),
        }
    }
}

impl Default for Language {
    /// English, the default language of a manifest.
    fn default() -> Self {
        Self("en".into())
    }
}
