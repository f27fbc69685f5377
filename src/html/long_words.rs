//! Soft hyphens in long words, which reading systems without hyphenation would tear apart on narrow
//! screens and in large type.

use std::borrow::Cow;

use crate::model::Language;
use crate::typeset::WordDivision;

/// The number of letters from which a word has soft hyphens. In text, only words that are wider
/// than a phone at twice the usual type size: readers look others up, and not every reading system
/// looks past soft hyphens.
const LEAST_IN_TEXT: usize = 16;
/// The same in titles, which are larger.
const LEAST_IN_TITLES: usize = 12;
const SOFT_HYPHEN: char = '\u{ad}';

/// How the long words of a text are divided.
#[derive(Clone, Copy)]
pub(crate) struct LongWords {
    division: Option<WordDivision>,
    /// Whether a word is divided only if it is wider than its line.
    is_title: bool,
}

impl LongWords {
    /// In running text.
    pub(crate) fn in_text(language: &Language) -> Self {
        Self { division: WordDivision::for_language(language), is_title: false }
    }

    /// In a title: a word is divided only where it is alone on its line.
    pub(crate) fn in_title(self) -> Self {
        Self { is_title: true, ..self }
    }

    /// In another language.
    pub(crate) fn in_language(self, language: &Language) -> Self {
        Self { division: WordDivision::for_language(language), ..self }
    }

    /// The text in pieces, and whether a piece is a word that is kept together where there is room.
    pub(crate) fn pieces(self, text: &str) -> Vec<(Cow<'_, str>, bool)> {
        let Some(division) = self.division else { return vec![(text.into(), false)] };
        let least = if self.is_title { LEAST_IN_TITLES } else { LEAST_IN_TEXT };
        let mut pieces: Vec<(Cow<'_, str>, bool)> = Vec::new();
        let mut plain = 0;
        let mut start = 0;
        for token in text.split_inclusive(char::is_whitespace) {
            let word = token.trim_end();
            let range = start..start + word.len();
            start += token.len();
            if longest(word) < least || word.contains(SOFT_HYPHEN) {
                continue;
            }
            let points = division.points(word);
            if points.is_empty() {
                continue;
            }
            let mut divided = String::with_capacity(word.len() + 2 * points.len());
            let mut from = 0;
            for point in points {
                divided.push_str(&word[from..point]);
                divided.push(SOFT_HYPHEN);
                from = point;
            }
            divided.push_str(&word[from..]);
            pieces.push((text[plain..range.start].into(), false));
            pieces.push((divided.into(), self.is_title));
            plain = range.end;
        }
        pieces.push((text[plain..].into(), false));
        pieces
    }
}

/// The number of letters of the longest run of letters.
fn longest(word: &str) -> usize {
    word.split(|c: char| !c.is_alphabetic()).map(|run| run.chars().count()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(words: LongWords, text: &str) -> String {
        words.pieces(text).iter().map(|(piece, _)| piece.replace(SOFT_HYPHEN, "-")).collect()
    }

    #[test]
    fn only_long_words_have_soft_hyphens_and_addresses_have_none() {
        let german = LongWords::in_text(&Language::new("de"));
        let text = "Der Wortzwischenraum auf https://donaudampfschifffahrt.example ist Nebensache";
        let expected = text.replace("Wortzwischenraum", "Wort-zwi-schen-raum");
        assert_eq!(divided(german, text), expected);
        assert_eq!(divided(LongWords::in_text(&Language::new("xx")), text), text);
    }

    #[test]
    fn a_long_word_of_a_title_is_kept_together() {
        let title = LongWords::in_text(&Language::new("de")).in_title();
        let pieces = title.pieces("Vom Hochwasserschutz, kurz");
        let pieces: Vec<_> = pieces.iter().map(|(piece, kept)| (piece.as_ref(), *kept)).collect();
        let word = "Hoch\u{ad}was\u{ad}ser\u{ad}schutz,";
        assert_eq!(pieces, [("Vom ", false), (word, true), (" kurz", false)]);
    }
}
