//! Where a caption is shortened: at the end of a sentence, a clause or a word.

use crate::typeset::Span;

/// The part, in per cent, of what fits that whole sentences must have to be preferred to one more
/// clause.
const MIN_SENTENCE: usize = 40;

/// The marks at the ends of sentences, and of clauses.
const SENTENCE_ENDS: &str = ".!?…。！？؟۔।";
const CLAUSE_ENDS: &str = ",;:—–،؛、，；：";
/// The marks that no space follows.
const WIDE_MARKS: &str = "。！？、，；：";

/// A caption without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shortened {
    /// The bytes that are left.
    length: usize,
    /// Whether it ends within a clause.
    has_ellipsis: bool,
}

impl Shortened {
    /// The spans of the whole caption without its end.
    pub(super) fn spans(self, whole: &[Span]) -> Vec<Span> {
        let mut left = self.length;
        let mut spans = Vec::new();
        for span in whole {
            let length = span.text.len().min(left);
            if length == 0 {
                break;
            }
            left -= length;
            spans.push(Span { text: span.text[..length].to_owned(), ..span.clone() });
        }
        if let Some(last) = spans.last_mut().filter(|_| self.has_ellipsis) {
            last.text.push('…');
        }
        spans
    }
}

/// The ways to shorten a caption, the longest first: at the end of a sentence, if that leaves much of
/// what fits, or else of a clause, or else of a word, with an ellipsis.
pub(super) fn shortened(text: &str) -> Vec<Shortened> {
    let mut sentences = Vec::new();
    let mut clauses = Vec::new();
    let mut words = Vec::new();
    let mut before: Option<char> = None;
    for (at, letter) in text.char_indices() {
        if letter.is_whitespace() || before.is_some_and(|mark| WIDE_MARKS.contains(mark)) {
            let trimmed = text[..at].trim_end();
            let closed = trimmed.trim_end_matches(['”', '’', '»', '"', '“', '«', ')', '」', '』']);
            let end = closed.chars().next_back();
            let cut = |length, has_ellipsis| Shortened { length, has_ellipsis };
            if end.is_some_and(|mark| SENTENCE_ENDS.contains(mark)) && !is_abbreviation(closed) {
                sentences.push(cut(trimmed.len(), false));
            } else if end.is_some_and(|mark| CLAUSE_ENDS.contains(mark)) {
                let end = closed.trim_end_matches(|mark| mark == ' ' || CLAUSE_ENDS.contains(mark));
                clauses.push(cut(end.len(), false));
            } else if !trimmed.is_empty() {
                words.push(cut(trimmed.len(), true));
            }
        }
        before = Some(letter);
    }
    // A cut is worth its length; one at a worse place must be much longer.
    let mut all: Vec<(usize, Shortened)> = Vec::new();
    all.extend(sentences.into_iter().map(|cut| (cut.length * 100, cut)));
    all.extend(clauses.into_iter().map(|cut| (cut.length * MIN_SENTENCE, cut)));
    all.extend(words.into_iter().map(|cut| (cut.length * MIN_SENTENCE / 3, cut)));
    all.sort_by_key(|(worth, cut)| (std::cmp::Reverse(*worth), cut.length));
    all.into_iter().map(|(_, cut)| cut).filter(|cut| cut.length > 0).collect()
}

/// Whether a full stop follows a single letter or a number, which ends no sentence.
fn is_abbreviation(text: &str) -> bool {
    let word = text.trim_end_matches('.').rsplit(char::is_whitespace).next().unwrap_or_default();
    text.ends_with('.') && (word.chars().count() <= 2 || word.chars().all(char::is_numeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first way to shorten a text to at most so many letters.
    fn cut(text: &str, most: usize) -> String {
        let cut = shortened(text).into_iter().find(|cut| cut.length <= most).expect("a cut");
        format!("{}{}", &text[..cut.length], if cut.has_ellipsis { "…" } else { "" })
    }

    #[test]
    fn a_caption_is_shortened_at_the_end_of_a_sentence_or_a_clause() {
        let text = "He has done it since 1997, in winter too. He was wrong twice, he says; the \
                    minutes agree.";
        assert_eq!(cut(text, 60), "He has done it since 1997, in winter too.");
        assert_eq!(cut(text, 30), "He has done it since 1997");
        assert_eq!(cut(text, 12), "He has done…");
    }

    #[test]
    fn a_full_stop_after_a_number_or_a_letter_ends_no_sentence() {
        let text = "Am 2. Januar kam J. Wannenmacher in die Laube. Danach wurde es dunkel.";
        assert_eq!(cut(text, 50), "Am 2. Januar kam J. Wannenmacher in die Laube.");
    }
}
