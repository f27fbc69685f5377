//! The CSS of emphasis in scripts that have no italics, and of headings that are italic in others.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::model::{Block, Book, Language, Translation};

use crate::html::fonts::embedded::{EmbeddedFace, SERIF};

/// The family of the faces with which text with dots is set.
const DOTTED: &str = "Emphasis";

/// The languages of a book.
fn languages(book: &Book) -> BTreeSet<String> {
    let mut languages = BTreeSet::from([book.language.primary()]);
    languages.extend(book.translations.iter().map(|it| it.language.primary()));
    for entry in &book.entries {
        of_blocks(entry.blocks(), &mut languages);
    }
    languages
}

/// Whether emphasis is dots in a language.
fn has_dots(language: &str) -> bool {
    emphasis(language).is_some_and(|css| css.contains("text-emphasis"))
}

/// The faces among these in which text with dots is set: browsers put dots above the ascent of the
/// face, and so far from the letters that the line needs more height than others. They are the same
/// files with a lower ascent.
pub(crate) fn dotted_faces<'f, 'a: 'f>(
    book: &Book,
    faces: impl Iterator<Item = &'f EmbeddedFace<'a>>,
) -> String {
    if !languages(book).iter().any(|language| has_dots(language)) {
        return String::new();
    }
    let faces = faces.filter(|face| face.bundled.is_none() && !face.italic);
    let rule = |face: &EmbeddedFace<'_>| {
        face.font_face_rule_of(DOTTED, &face.file).replace(
            "\n}",
            "\n  ascent-override: 58%;\n  descent-override: 0%;\n  line-gap-override: 0%;\n}",
        )
    };
    faces.map(rule).collect()
}

/// The rules for the languages of a book; empty if all of them have italics. `dotted` says whether
/// there are faces for text with dots.
pub(crate) fn rules(book: &Book, dotted: bool) -> String {
    let mut css = String::new();
    for language in languages(book) {
        let Some(emphasis) = emphasis(&language) else { continue };
        // Writing to a string cannot fail.
        let _ = write!(css, "\nem:lang({language}) {{\n  font-style: normal;\n{emphasis}}}\n");
        if dotted && has_dots(&language) {
            let _ = write!(
                css,
                "\nem:lang({language}) {{\n  font-family: \"{DOTTED}\", \"{SERIF}\", serif;\n  line-height: 1;\n}}\n\n\
                 em.latin:lang({language}) {{\n  font-family: inherit;\n  line-height: inherit;\n}}\n"
            );
        }
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
