//! The mark of a note, and where it stands beside punctuation.
//!
//! In English, it follows the punctuation of the sentence. In French, it precedes it, after a thin
//! space. In German it depends on what the note is about, and elsewhere customs differ: there, marks
//! stay where they are written.

use super::{Digits, Inline, Language};

/// The thin space before a mark, which no line begins with.
const THIN_SPACE: &str = "\u{202f}";

/// The mark of a note in print: its number, which is raised, or in brackets on the line. Fonts have
/// no raised digits but 0 to 9, and a number on the line would be taken for a part of the text. No line
/// begins with a mark.
pub fn note_mark(number: u32, digits: Digits) -> String {
    match digits {
        Digits::LATIN => number.to_string(),
        digits => digits.write(format!("\u{2060}({number})")),
    }
}

/// The beginning of a text that precedes a mark written before it, in bytes: a full stop, a comma or
/// a closing quotation mark that ends there.
pub fn punctuation_before_mark(text: &str, language: &Language) -> usize {
    if language.primary() != "en" {
        return 0;
    }
    let rest = text.trim_start_matches(|c: char| ".,;:!?…”’\"'".contains(c));
    // Not in `Zeiss’s` or `example.org`.
    if rest.starts_with(char::is_alphanumeric) { 0 } else { text.len() - rest.len() }
}

/// What stands between a mark and this text before it.
pub fn space_before_mark(text: &str, language: &Language) -> &'static str {
    let is_attached = text.chars().next_back().is_some_and(|c| !c.is_whitespace());
    if language.primary() == "fr" && is_attached { THIN_SPACE } else { "" }
}

/// Moves the marks of notes to where the language has them.
pub fn place_note_marks(inlines: &mut Vec<Inline>, language: &Language) {
    // From the end on, so that a text passes all of the marks before it.
    for index in (0..inlines.len()).rev() {
        if let Inline::Emphasis(inner)
        | Inline::Strong(inner)
        | Inline::Link { content: inner, .. } = &mut inlines[index]
        {
            place_note_marks(inner, language);
        }
        if !matches!(inlines[index], Inline::Note(_)) {
            continue;
        }
        if let Some(Inline::Text(text)) = inlines.get_mut(index + 1) {
            let end = punctuation_before_mark(text, language);
            if end > 0 {
                let rest = text.split_off(end);
                inlines.swap(index, index + 1);
                if !rest.is_empty() {
                    inlines.insert(index + 2, Inline::Text(rest));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Note, plain_text};

    /// A text in which `^` is a mark.
    fn placed(text: &str, tag: &str) -> String {
        let mut inlines = Vec::new();
        for (index, part) in text.split('^').enumerate() {
            if index > 0 {
                inlines.push(Inline::Note(Note { number: 1, content: Vec::new() }));
            }
            // Markdown has no empty texts.
            if !part.is_empty() {
                inlines.push(Inline::Text(part.to_owned()));
            }
        }
        place_note_marks(&mut inlines, &Language::new(tag));
        let text = |inline: &Inline| match inline {
            Inline::Note(_) => "^".to_owned(),
            other => plain_text(std::slice::from_ref(other)),
        };
        inlines.iter().map(text).collect()
    }

    #[test]
    fn english_marks_follow_the_punctuation() {
        assert_eq!(
            placed("A word^. Another^, and more^^.", "en"),
            "A word.^ Another,^ and more.^^"
        );
        assert_eq!(placed("“A word^.” More", "en-GB"), "“A word.”^ More");
        assert_eq!(placed("(a word^) and^ more^ – so^", "en"), "(a word^) and^ more^ – so^");
        assert_eq!(placed("Zeiss^’s lens", "en"), "Zeiss^’s lens");
    }

    #[test]
    fn elsewhere_marks_stay_where_they_are_written() {
        for tag in ["de", "fr", "ja"] {
            assert_eq!(placed("Ein Wort^. Ein Satz.^", tag), "Ein Wort^. Ein Satz.^");
        }
    }
}
