//! Helpers to get the values of keys.

use crate::manifest::keys::forms::Key;
use crate::manifest::keys::forms::OneOrMany;
use crate::manifest::keys::manifest::Manifest;
use crate::manifest::keys::scalars::SingleLine;
use crate::manifest::syntax::de::Spanned;
use crate::model::Language;

/// A line, unless it is empty.
pub(crate) fn line(key: Key<SingleLine>) -> Option<String> {
    key.map(|key| key.value.0).filter(|line| !line.is_empty())
}

/// The value of a key, without its position.
pub(crate) fn value<T>(key: Key<T>) -> Option<T> {
    key.map(|key| key.value)
}

/// The values of a key, or none.
pub(crate) fn each<T>(key: Key<OneOrMany<T>>) -> Vec<Spanned<T>> {
    key.map(Spanned::into_vec).unwrap_or_default()
}

/// The language of the book.
pub(crate) fn language(manifest: &Manifest) -> Language {
    manifest.language.as_ref().map(|language| language.value.0.clone()).unwrap_or_default()
}
