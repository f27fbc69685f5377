//! Shortens a text: to whole sentences, or else to a clause or words with an ellipsis; and removes
//! the full stop at its end, which an entry of a list does not have.
//!
//! Where sentences and words end is what Unicode says (UAX #29 and #14), except after abbreviations.

use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;

use crate::typeset::font::coverage::clusters;
use crate::typeset::paragraph::break_opportunities::segment;

/// How many times as long words must be, to be preferred to a clause.
const CLAUSE_WORTH: usize = 3;

/// The marks at the ends of clauses.
const CLAUSE_ENDS: &str = ",;:—–،؛、，；：";

/// The full stops of all scripts.
const FULL_STOPS: &str = ".。．｡۔।॥։።။។";

/// Abbreviations before a number and before a name, which end no sentence there.
const BEFORE_NUMBERS: &[&str] = &["abb", "ca", "fig", "no", "nr", "taf"];
const BEFORE_NAMES: &[&str] = &[
    "bzw", "capt", "cf", "dr", "fr", "hr", "mme", "mr", "mrs", "ms", "prof", "rev", "st", "vgl",
    "vs",
];
/// Abbreviations at the end of a sentence, whose dot is its full stop too.
const LAST: &[&str] = &["al", "bros", "chr", "co", "etc", "inc", "jr", "ltd", "sr", "usw"];

/// A text without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shortened {
    /// The bytes that are left.
    pub(crate) length: usize,
    /// What it ends with.
    pub(crate) end: ShortenedEnd,
}

/// The end of a text that was shortened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ShortenedEnd {
    /// A whole sentence, with its mark.
    Sentence,
    /// A clause, with an ellipsis in place of its mark.
    Clause,
    /// A word, which an ellipsis follows.
    Word,
}

impl Shortened {
    /// Whether an ellipsis follows.
    pub(crate) fn has_ellipsis(self) -> bool {
        self.end != ShortenedEnd::Sentence
    }

    /// The text without its end.
    fn text(self, whole: &str) -> String {
        format!("{}{}", &whole[..self.length], if self.has_ellipsis() { "…" } else { "" })
    }
}

/// The ways to shorten a text, the best first: sentences, the more the better; then clauses and words,
/// where a clause is worth three times its length.
pub(crate) fn shortened(text: &str) -> Vec<Shortened> {
    // A line that ends within a sentence does not end it.
    let text = text.replace('\n', " ");
    let text = text.as_str();
    let sentences: Vec<usize> = sentence_ends(text).collect();
    let others = segment(text, true).filter_map(|at| {
        let trimmed = text[..at].trim_end();
        if sentences.binary_search(&trimmed.len()).is_ok() {
            return None;
        }
        let before_mark = trimmed.trim_end_matches(|c| c == ' ' || CLAUSE_ENDS.contains(c));
        if before_mark.len() < trimmed.len() {
            return Some(Shortened { length: before_mark.len(), end: ShortenedEnd::Clause });
        }
        let length = trimmed.trim_end_matches(|c| is_opening(c) || c == '-').len();
        Some(Shortened { length, end: ShortenedEnd::Word })
    });
    let whole = sentences.iter().map(|&length| Shortened { length, end: ShortenedEnd::Sentence });
    let mut all: Vec<Shortened> = whole.chain(others).filter(|it| it.length > 0).collect();
    all.sort_by_cached_key(|it| {
        let worth = match it.end {
            ShortenedEnd::Sentence => usize::MAX,
            ShortenedEnd::Clause => it.length * CLAUSE_WORTH,
            ShortenedEnd::Word => it.length,
        };
        // Both marks of a pair are in it.
        let is_open = !is_balanced(&text[..it.length]);
        (is_open, std::cmp::Reverse((worth, it.length)))
    });
    all
}

/// A text in at most so many characters.
pub(crate) fn shorten(text: &str, max_chars: usize) -> String {
    let fits = |text: &str| text.chars().count() <= max_chars;
    if fits(text) {
        return text.to_owned();
    }
    // What is far beyond the end is not read.
    let read = text.char_indices().nth(max_chars * 2 + 16).map_or(text.len(), |(at, _)| at);
    let text = &text[..read];
    let fitting = shortened(text).into_iter().map(|it| it.text(text)).find(|text| fits(text));
    fitting.unwrap_or_else(|| {
        // A word that is longer than that.
        let ends = clusters(text).into_iter().map(|cluster| cluster.end);
        let heads = ends.map(|end| format!("{}…", &text[..end])).take_while(|text| fits(text));
        heads.last().unwrap_or_default()
    })
}

/// The position of the full stop at the end of a text, which may be followed by quotation marks or
/// brackets; `None` for the dot of an abbreviation and the last of several dots.
pub(crate) fn final_full_stop(text: &str) -> Option<usize> {
    let closed = without_closing(text);
    let (at, stop) = closed.char_indices().next_back()?;
    let before = &closed[..at];
    let is_stop = FULL_STOPS.contains(stop)
        && !before.ends_with('.')
        && !(stop == '.' && is_abbreviation(before, &[LAST]))
        && before.chars().any(char::is_alphanumeric);
    is_stop.then_some(at)
}

/// A text without the full stop at its end.
pub(crate) fn without_full_stop(text: &str) -> String {
    let mut text = text.trim_end().to_owned();
    if let Some(at) = final_full_stop(&text) {
        text.remove(at);
    }
    text
}

/// The ends of the sentences of a text, except the last.
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    segmenter.segment_str(text).filter(|at| (1..text.len()).contains(at)).filter_map(|at| {
        let trimmed = text[..at].trim_end();
        let before = without_closing(trimmed).strip_suffix('.');
        // “2.” in a date, but not the year at the end of a sentence.
        let is_ordinal = |before: &str| {
            let digits = before.chars().rev().take_while(|c| c.is_numeric()).count();
            (1..=2).contains(&digits)
        };
        let next = text[at..].chars().next();
        let lists: &[&[&str]] = if next.is_some_and(char::is_numeric) {
            &[BEFORE_NAMES, LAST, BEFORE_NUMBERS]
        } else {
            &[BEFORE_NAMES, LAST]
        };
        let is_inside = before.is_some_and(|it| is_abbreviation(it, lists) || is_ordinal(it));
        (!is_inside && trimmed.len() < text.trim_end().len()).then_some(trimmed.len())
    })
}

/// Whether a text ends with an abbreviation whose dot follows: an initial, “a.m.”, or one of these.
fn is_abbreviation(text: &str, listed: &[&[&str]]) -> bool {
    let is_outside = |c: char| !(c.is_alphanumeric() || c == '.');
    let word = text.rsplit(is_outside).next().unwrap_or_default();
    // Scripts with initials have capitals.
    let is_initial = |part: &str| {
        part.chars().count() == 1 && part.chars().all(|c| c.is_lowercase() || c.is_uppercase())
    };
    let lower = word.to_lowercase();
    word.split('.').all(is_initial) || listed.iter().any(|list| list.contains(&lower.as_str()))
}

/// A text without spaces, quotation marks and brackets at its end.
fn without_closing(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || is_closing(c))
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '”' | '’'
            | '»'
            | '"'
            | '“'
            | '«'
            | '›'
            | '‹'
            | '\''
            | ')'
            | ']'
            | '」'
            | '』'
            | '）'
            | '】'
    )
}

fn is_opening(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '(' | '[' | '「' | '『' | '（' | '【' | '“' | '„' | '«' | '»' | '‹' | '›')
}

/// Whether each bracket and quotation mark is one of a pair. Which of two quotation marks opens
/// depends on the language.
fn is_balanced(text: &str) -> bool {
    const BRACKETS: [[char; 2]; 6] =
        [['(', ')'], ['[', ']'], ['（', '）'], ['「', '」'], ['『', '』'], ['【', '】']];
    const QUOTES: [&[char]; 4] = [&['“', '”', '„'], &['«', '»'], &['‹', '›'], &['"']];
    let count = |mark: char| text.matches(mark).count();
    BRACKETS.iter().all(|[open, close]| count(*open) <= count(*close))
        && QUOTES.iter().all(|marks| text.matches(*marks).count() % 2 == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_shortened_to_sentences_or_a_clause_or_words() {
        let text = "He has done it since 1997, in winter too. He was wrong twice, he says; the \
                    minutes agree.";
        assert_eq!(shorten(text, 100), text);
        assert_eq!(shorten(text, 80), "He has done it since 1997, in winter too.");
        assert_eq!(shorten(text, 41), "He has done it since 1997, in winter too.");
        assert_eq!(shorten(text, 40), "He has done it since 1997…");
        assert_eq!(shorten(text, 15), "He has done it…");
        assert_eq!(shorten("Wasseruhrenstandsverzeichnis", 10), "Wasseruhr…");
        // A short clause is worth less than many words.
        assert_eq!(shorten("Well, nobody knew what it was for", 24), "Well, nobody knew what…");
    }

    #[test]
    fn sentences_end_as_they_do_in_their_language() {
        for (text, max, first) in [
            ("一只鹭鸟在看水。它站了一个小时，没有动。", 12, "一只鹭鸟在看水。"),
            ("ドラマは終わった。誰もいない海だった。", 12, "ドラマは終わった。"),
            (
                "물을 들여다보는 해오라기. 한 시간이 넘도록 꼼짝하지 않았다.",
                20,
                "물을 들여다보는 해오라기.",
            ),
            ("यह झील है। यह शांत है और बहुत गहरी है।", 20, "यह झील है।"),
            ("یہ جھیل ہے۔ آج ہوا نہیں چل رہی ہے۔", 16, "یہ جھیل ہے۔"),
            ("هل رأيته؟ كان واقفًا في الماء ساعة كاملة.", 20, "هل رأيته؟"),
            ("مالك الحزين يراقب الماء؛ بقي ساعة كاملة.", 26, "مالك الحزين يراقب الماء…"),
            ("Am 2. Januar kam J. Wolf. Danach wurde es dunkel.", 30, "Am 2. Januar kam J. Wolf."),
            ("So war es bis 1931. Danach kam das Wasser.", 24, "So war es bis 1931."),
            (
                "Was it Dr. Field, at 9 a.m. on Monday? Nobody knew.",
                40,
                "Was it Dr. Field, at 9 a.m. on Monday?",
            ),
            ("He said no. Then he saw No. 12 and left it.", 30, "He said no."),
            ("„Goldene Königin.“ Danach kam nichts mehr.", 30, "„Goldene Königin.“"),
        ] {
            assert_eq!(shorten(text, max), first, "{text}");
        }
    }

    #[test]
    fn a_shortened_text_has_both_brackets_and_quotation_marks() {
        let text = "A gnome of the garden (of plastic, small, and not loved) on a lawn behind it";
        assert_eq!(shorten(text, 40), "A gnome of the garden…");
        let text =
            "Er sagt »nur zweimal, und beide Male zu meinen Ungunsten«, und die anderen auch";
        assert_eq!(shorten(text, 50), "Er sagt…");
    }

    #[test]
    fn the_full_stop_at_the_end_is_removed_and_no_other_mark() {
        for (text, without) in [
            ("Boats in the harbour.", "Boats in the harbour"),
            ("Parzelle 41. ", "Parzelle 41"),
            ("Ice. It is gone.", "Ice. It is gone"),
            ("He said “no.”", "He said “no”"),
            ("一只鹭鸟。", "一只鹭鸟"),
            ("یہ جھیل ہے۔", "یہ جھیل ہے"),
            ("यह झील है।", "यह झील है"),
            ("The end?", "The end?"),
            ("The end!", "The end!"),
            ("The end…", "The end…"),
            ("The end...", "The end..."),
            ("At 9 a.m.", "At 9 a.m."),
            ("Boats, nets, etc.", "Boats, nets, etc."),
            ("Washington, D. C.", "Washington, D. C."),
            (".", "."),
            ("", ""),
        ] {
            assert_eq!(without_full_stop(text), without);
        }
    }

    #[test]
    fn a_shortened_text_is_never_longer_than_allowed() {
        let text = "Bäume, (Äste) – 안개 속의 나무 선창, 一只鹭鸟在看水。 “Yes.” 🏔️👨‍👩‍👧";
        for max in 0..60 {
            assert!(shorten(text, max).chars().count() <= max, "{max}");
        }
    }
}
