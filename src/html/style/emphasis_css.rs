//! The CSS of emphasis in scripts that have no italics, and of headings that are italic in others.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::model::{Block, Book, Language, Translation};

/// The rules for the languages of a book; empty if all of them have italics.
pub(crate) fn rules(book: &Book) -> String {
    let mut languages = BTreeSet::from([book.language.primary()]);
    languages.extend(book.translations.iter().map(|it| it.language.primary()));
    for entry in &book.entries {
        of_blocks(entry.blocks(), &mut languages);
    }
    let mut css = String::new();
    for language in languages {
        let Some(emphasis) = emphasis(&language) else { continue };
        // Writing to a string cannot fail.
        let _ = write!(css, "\nem:lang({language}) {{\n  font-style: normal;\n{emphasis}}}\n");
        if matches!(language.as_str(), "ja" | "ko" | "zh") {
            let _ = write!(
                css,
                "\nem.latin:lang({language}), .latin:lang({language}) {{\n  font-style: italic;\n  \
                 -webkit-text-emphasis: none;\n  text-emphasis: none;\n}}\n"
            );
        }
        let italic = ["h3", "h4", "h5", "h6", "dt"];
        let italic = italic.map(|name| format!("{name}:lang({language})")).join(", ");
        let _ = write!(css, "\n{italic} {{\n  font-style: normal;\n  font-weight: 600;\n}}\n");
    }
    if css.is_empty() { css } else { format!("\n/* Emphasis without italics. */\n{css}") }
}

fn of_blocks(blocks: &[Block], languages: &mut BTreeSet<String>) {
    for block in blocks {
        if let Block::Translation(Translation { language, blocks }) = block {
            languages.insert(language.primary());
            of_blocks(blocks, languages);
        }
    }
}

/// What emphasis looks like in a language without italics, as in print.
fn emphasis(language: &str) -> Option<&'static str> {
    Some(match language {
        "he" | "iw" | "yi" => "  letter-spacing: 0.08em;\n",
        "ja" | "ko" => {
            "  -webkit-text-emphasis: filled dot;\n  text-emphasis: filled dot;\n  \
             -webkit-text-emphasis-position: over;\n  text-emphasis-position: over right;\n"
        }
        "zh" => {
            "  -webkit-text-emphasis: filled dot;\n  text-emphasis: filled dot;\n  \
             -webkit-text-emphasis-position: under;\n  text-emphasis-position: under right;\n"
        }
        _ if Language::new(language).is_right_to_left() => "  font-weight: 600;\n",
        "am" | "bn" | "dv" | "gu" | "hi" | "km" | "kn" | "lo" | "ml" | "mr" | "my" | "ne"
        | "or" | "pa" | "sa" | "si" | "ta" | "te" | "th" | "ti" => "  font-weight: 600;\n",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_languages_without_italics_have_rules() {
        assert_eq!(emphasis("de"), None);
        assert_eq!(emphasis("ru"), None);
        assert!(emphasis("fa").is_some_and(|css| css.contains("600")));
        assert!(emphasis("zh").is_some_and(|css| css.contains("under")));
        assert!(emphasis("ja").is_some_and(|css| css.contains("over")));
    }
}
