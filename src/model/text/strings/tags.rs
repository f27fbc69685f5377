//! How the tables of strings find the entry of a language.

use crate::model::Language;

/// The tag by which the tables of strings list a language: its primary subtag, where languages
/// that are written alike have one entry, and codes that were replaced have the new one.
pub(super) fn table_tag(language: &Language) -> String {
    let primary = language.primary();
    match primary.as_str() {
        "nb" | "nn" => "no".to_owned(),
        "iw" => "he".to_owned(),
        _ => primary,
    }
}

/// Whether the tag has one of these regions, such as `CH`.
pub(super) fn has_region(language: &Language, regions: &[&str]) -> bool {
    let mut parts = language.tag().split('-').skip(1);
    parts.any(|part| regions.iter().any(|region| part.eq_ignore_ascii_case(region)))
}
