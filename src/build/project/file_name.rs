//! The names of a book's files.

use deunicode::deunicode;

use crate::model::Book;

/// Long enough for any title, short enough for every file system with a suffix added.
const MAX_BYTES: usize = 80;

/// Names that Windows reserves for devices, with any extension.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The common part of the names of a book's files: its title, followed by the language for an
/// edition in another language than the manifest's own.
pub(super) fn slug(book: &Book) -> String {
    match &book.original {
        None => title_slug(&book.title),
        Some(original) => {
            format!("{}-{}", title_slug(original), book.language.tag().to_ascii_lowercase())
        }
    }
}

/// The title in lower-case ASCII, transliterated, with hyphens between words; `book` when
/// nothing is left.
fn title_slug(title: &str) -> String {
    // An apostrophe is within a word, not between words: `ada's` is `adas`.
    let ascii = deunicode(title).to_ascii_lowercase().replace('\'', "");
    let mut slug = String::new();
    for word in ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let hyphen = if slug.is_empty() { "" } else { "-" };
        if slug.len() + hyphen.len() + word.len() > MAX_BYTES {
            if slug.is_empty() {
                slug.push_str(&word[..MAX_BYTES]);
            }
            break;
        }
        slug.push_str(hyphen);
        slug.push_str(word);
    }
    match slug.as_str() {
        "" => "book".to_owned(),
        device if DEVICES.contains(&device) => format!("{device}-book"),
        _ => slug,
    }
}

#[cfg(test)]
mod tests {
    use super::title_slug as slug;

    #[test]
    fn words_are_joined_by_hyphens() {
        assert_eq!(slug("Winter Road"), "winter-road");
        assert_eq!(slug("  Ada’s *Coast* — 2026/27! "), "adas-coast-2026-27");
    }

    #[test]
    fn other_scripts_are_transliterated() {
        assert_eq!(slug("Æbleskår på Ærø"), "aebleskar-pa-aero");
        assert_eq!(slug("Зимняя дорога"), "zimniaia-doroga");
        assert_eq!(slug("冬の道"), "dong-nodao");
    }

    #[test]
    fn a_title_without_words_is_a_book() {
        assert_eq!(slug("…!"), "book");
        assert_eq!(slug("CON"), "con-book");
    }

    #[test]
    fn names_that_windows_reserves_are_never_used() {
        for title in ["con", "Prn.", " NUL ", "aux!", "COM1", "com¹", "LPT9", "Con"] {
            let slug = slug(title);
            assert!(slug.ends_with("-book"), "{title}: {slug}");
        }
        // A device with anything else in its name is no device.
        assert_eq!((slug("COM10").as_str(), slug("Con Brio").as_str()), ("com10", "con-brio"));
    }

    #[test]
    fn names_differ_by_more_than_case_and_have_no_character_that_a_file_system_forbids() {
        let is_safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        for title in
            ["A/B\\C:D*E?F\"G<H>I|J", "..", ".hidden", "a. ", "\u{202e}gpj.exe", "tab\there"]
        {
            let slug = slug(title);
            assert!(!slug.is_empty() && slug.chars().all(is_safe), "{title}: {slug}");
        }
    }

    #[test]
    fn a_long_title_ends_at_a_word() {
        let slug_of_many = slug(&"twelve pictures ".repeat(20));
        assert!(slug_of_many.len() <= 80 && slug_of_many.ends_with("-pictures"), "{slug_of_many}");
        assert_eq!(slug(&"x".repeat(300)).len(), 80);
    }
}
