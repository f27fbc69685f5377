//! Language tags: whether they are well-formed (RFC 5646, 2.1).

use crate::manifest::keys::invalid::InvalidValue;

use crate::model::Language;

/// Names of languages, for hints, with their tags.
const NAMES: [(&str, &str); 22] = [
    ("arabic", "ar"),
    ("chinese", "zh"),
    ("danish", "da"),
    ("deutsch", "de"),
    ("dutch", "nl"),
    ("english", "en"),
    ("englisch", "en"),
    ("español", "es"),
    ("finnish", "fi"),
    ("french", "fr"),
    ("français", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("norwegian", "nb"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("spanish", "es"),
    ("swedish", "sv"),
];

/// Parses a well-formed tag. `en_GB` is accepted as `en-GB`.
pub(crate) fn parse(text: &str) -> Result<Language, InvalidValue> {
    let tag = text.replace('_', "-");
    if is_well_formed(&tag) {
        return Ok(Language::new(tag));
    }
    let lower = text.to_lowercase();
    Err(match NAMES.iter().find(|&&(name, _)| name == lower) {
        Some((_, tag)) => InvalidValue::new(format!("`{text}` is not a language tag"))
            .hint(format!("did you mean `{tag}`?")),
        None => InvalidValue::new(format!("`{text}` is not a language tag"))
            .hint("use a BCP 47 tag, such as en, de-CH or sr-Latn"),
    })
}

/// The language with this name in English or in itself, such as `German` or `Deutsch`.
pub(crate) fn named(name: &str) -> Option<Language> {
    let name = name.to_lowercase();
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, tag)| Language::new(*tag))
}

/// Whether a tag is a `langtag` of RFC 5646. Private-use and grandfathered tags are rejected:
/// they name no language that text could be set in. Registered primary subtags have two or three
/// letters; the longer ones that the grammar reserves have never been used.
fn is_well_formed(tag: &str) -> bool {
    let mut parts = tag.split('-').peekable();
    let alpha = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let alphanumeric = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !parts.next().is_some_and(|part| (2..=3).contains(&part.len()) && alpha(part)) {
        return false;
    }
    // Three extended subtags at most, then script, region, variants, extensions.
    for _ in 0..3 {
        parts.next_if(|part| part.len() == 3 && alpha(part));
    }
    parts.next_if(|part| part.len() == 4 && alpha(part));
    parts.next_if(|part| {
        (part.len() == 2 && alpha(part))
            || (part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
    });
    let variant = |part: &str| {
        alphanumeric(part)
            && ((5..=8).contains(&part.len())
                || (part.len() == 4 && part.starts_with(|c: char| c.is_ascii_digit())))
    };
    while parts.next_if(|part| variant(part)).is_some() {}
    while let Some(singleton) = parts.next() {
        if singleton.len() != 1 || !alphanumeric(singleton) {
            return false;
        }
        let min = if singleton.eq_ignore_ascii_case("x") { 1 } else { 2 };
        let mut any = false;
        while parts.next_if(|part| (min..=8).contains(&part.len()) && alphanumeric(part)).is_some()
        {
            any = true;
        }
        if !any {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::is_well_formed;

    #[test]
    fn tags_of_every_kind_are_accepted_and_words_are_not() {
        for tag in ["en", "de-CH", "sr-Latn-RS", "zh-yue-Hant-HK", "de-1996", "en-u-ca-gregory"] {
            assert!(is_well_formed(tag), "{tag}");
        }
        for word in ["", "e", "english", "en-", "-en", "en--GB", "en-u", "12", "en-GB-GB", "x-me"] {
            assert!(!is_well_formed(word), "{word}");
        }
    }
}
