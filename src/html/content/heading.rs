//! Titles and headings, whose type is smaller where a long word would not fit on a line.

use std::fmt::Write as _;

use crate::html::long_words::LongWords;
use crate::html::xml::{Attribute, Xml};

use super::text_width::text_width;

/// The width in letters from which a word may be too wide for a phone in the size of a title at
/// twice the usual type size.
const LEAST_WORD: usize = 8;
/// The numbers of letters that are told apart.
const STEP: usize = 2;
/// Longer words are divided in any case.
const MOST_LETTERS: usize = 40;

/// A heading that is being written. Its type is smaller if the screen has no room for its longest
/// word, and longer words are divided by the patterns of their language.
#[must_use]
pub(crate) struct Heading<'n> {
    name: &'n str,
    is_long: bool,
    words: Option<LongWords>,
}

impl<'n> Heading<'n> {
    /// Begins a heading whose longest word has this many letters.
    pub(crate) fn open(
        xml: &mut Xml,
        name: &'n str,
        attributes: &[Attribute<'_>],
        longest: usize,
    ) -> Self {
        let is_long = longest >= LEAST_WORD;
        let class = format!("long letters-{}", longest.next_multiple_of(STEP).min(MOST_LETTERS));
        let mut attributes = attributes.to_vec();
        attributes.extend(is_long.then_some(("class", class.as_str())));
        xml.open(name, &attributes);
        if is_long {
            xml.open("span", &[]);
        }
        Self { name, is_long, words: xml.begin_title() }
    }

    /// Ends it.
    pub(crate) fn close(self, xml: &mut Xml) {
        xml.restore_words(self.words);
        if self.is_long {
            xml.close("span");
        }
        xml.close(self.name);
        xml.line();
    }
}

/// The rules of the stylesheet about the classes of headings, one for each number of letters.
pub(crate) fn rules() -> String {
    let mut css = String::from("\n");
    for letters in (LEAST_WORD..=MOST_LETTERS).step_by(STEP) {
        // Writing to a string cannot fail.
        let _ = writeln!(css, ".letters-{letters} {{ --letters: {letters}; }}");
    }
    css
}

/// The width of the longest word of a text, in letters of average width. Scripts that are broken
/// within words have none.
pub(crate) fn longest_word(text: &str) -> usize {
    let is_end = |c: char| {
        c.is_whitespace()
            || matches!(c, '-' | '/' | '\u{2010}'..='\u{2014}' | '\u{e00}'..='\u{eff}'
                | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{abff}'
                | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
    };
    text.split(is_end).map(text_width).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{longest_word, rules};

    #[test]
    fn each_number_of_letters_has_a_rule() {
        let rules = rules();
        let (first, last) = (".letters-8 { --letters: 8; }", ".letters-40 { --letters: 40; }");
        assert!(rules.trim().starts_with(first) && rules.trim().ends_with(last));
        assert_eq!(rules.trim().lines().count(), 17);
    }

    #[test]
    fn the_longest_word_decides_and_characters_between_which_lines_break_are_none() {
        assert_eq!(longest_word("Vom Hochwasserschutz-Gesetz"), 16);
        assert_eq!(longest_word("一個很長很長的標題"), 0);
        assert_eq!(longest_word("새벽 두 시"), 4);
    }
}
