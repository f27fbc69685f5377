//! Shortens a text: to whole sentences, or else to a clause that reads as a complete entry, or else to
//! words with an ellipsis; and removes the full stop at its end, which an entry of a list does not have.
//!
//! Where sentences and words end is what Unicode says (UAX #29 and #14), except after abbreviations.

use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;

use crate::typeset::font::coverage::clusters;
use crate::typeset::paragraph::break_opportunities::segment;

/// The marks at the ends of clauses: those within a sentence, and those that divide it.
const COMMAS: &str = ",،、，፣";
const DIVIDERS: &str = ";:—–؛；：";

/// The brackets before which a clause ends, and those with which one does.
const OPENING_BRACKETS: &str = "([（【";
const CLOSING_BRACKETS: &str = ")]）】";

/// The shortest clause that reads as a complete entry, in letters of Latin width: not “Well”.
const MIN_CLAUSE: usize = 8;

/// The longest word after a comma that is only the beginning of what follows, as in “the boat left,
/// and, after a while, came back”. An abbreviation (“e.g.”) is one, too.
const MAX_JOINT: usize = 3;

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
    /// A clause, without its mark.
    Clause,
    /// A word, which an ellipsis follows.
    Word,
}

impl Shortened {
    /// Whether an ellipsis follows.
    pub(crate) fn has_ellipsis(self) -> bool {
        self.end == ShortenedEnd::Word
    }

    /// The text without its end.
    fn text(self, whole: &str) -> String {
        format!("{}{}", &whole[..self.length], if self.has_ellipsis() { "…" } else { "" })
    }
}

/// The ways to shorten a text, the best first: sentences, clauses, words, and the more of each the
/// better. A clause before a semicolon, a colon, a dash or a bracket is worth twice as much as one
/// before a comma.
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
        if let Some(length) = clause_end(text, at) {
            return Some(Shortened { length, end: ShortenedEnd::Clause });
        }
        let is_end = |c| is_opening(c) || is_clause_mark(c) || c == '-';
        let length = trimmed.trim_end_matches(is_end).len();
        Some(Shortened { length, end: ShortenedEnd::Word })
    });
    let whole = sentences.iter().map(|&length| Shortened { length, end: ShortenedEnd::Sentence });
    let mut all: Vec<Shortened> = whole.chain(others).filter(|it| it.length > 0).collect();
    all.sort_by_cached_key(|it| {
        let is_divided =
            it.end == ShortenedEnd::Clause && text[it.length..].trim_start().starts_with(divides);
        let worth = if is_divided { it.length * 2 } else { it.length };
        // Both marks of a pair are in it.
        let is_open = !is_balanced(&text[..it.length]);
        (is_open, it.end, std::cmp::Reverse((worth, it.length)))
    });
    all
}

fn is_clause_mark(c: char) -> bool {
    COMMAS.contains(c) || DIVIDERS.contains(c)
}

/// Whether a mark divides a sentence more than a comma does.
fn divides(c: char) -> bool {
    DIVIDERS.contains(c) || OPENING_BRACKETS.contains(c)
}

/// The end of the clause before a position at which a line may end, if there is one that reads as a
/// complete entry.
fn clause_end(text: &str, at: usize) -> Option<usize> {
    let (trimmed, after) = (text[..at].trim_end(), &text[at..]);
    let clause = trimmed.trim_end_matches(|c: char| c.is_whitespace() || is_clause_mark(c));
    let marks = &trimmed[clause.len()..];
    let is_ended = if let Some(mark) = marks.chars().next_back() {
        // “1931–1940” has no clause.
        let is_spaced = marks.starts_with(char::is_whitespace) || after.is_empty();
        let is_range = mark == '–' && !is_spaced && trimmed.len() == at;
        !is_range
    } else {
        after.starts_with(|c| OPENING_BRACKETS.contains(c)) || clause.ends_with(closes)
    };
    let last = clause.rsplit(is_clause_mark).next().unwrap_or_default();
    let word = last.trim();
    let is_joint = last.len() < clause.len()
        && last.starts_with(char::is_whitespace)
        && !word.contains(char::is_whitespace)
        && (word.ends_with('.')
            || word.chars().count() <= MAX_JOINT && word.chars().all(char::is_lowercase));
    let width: usize = clause.chars().map(|c| if c < '\u{1100}' { 1 } else { 2 }).sum();
    (is_ended && !is_joint && width >= MIN_CLAUSE).then_some(clause.len())
}

fn closes(c: char) -> bool {
    CLOSING_BRACKETS.contains(c)
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
        assert_eq!(shorten(text, 40), "He has done it since 1997");
        assert_eq!(shorten(text, 15), "He has done it…");
        assert_eq!(shorten("Wasseruhrenstandsverzeichnis", 10), "Wasseruhr…");
        // A short clause is no entry.
        assert_eq!(shorten("Well, nobody knew what it was for", 24), "Well, nobody knew what…");
    }

    #[test]
    fn a_clause_reads_as_a_complete_entry() {
        for (text, max, first) in [
            (
                "The ferry at the old landing, with its ramp up for the winter",
                40,
                "The ferry at the old landing",
            ),
            (
                "The ferry at the old landing; nobody, it seems, came that day",
                60,
                "The ferry at the old landing",
            ),
            (
                "The ferry at the landing: its ramp is up for the winter now",
                40,
                "The ferry at the landing",
            ),
            (
                "The ferry at the landing – its ramp is up for the winter",
                40,
                "The ferry at the landing",
            ),
            (
                "The ferry at the landing—its ramp is up for the winter",
                40,
                "The ferry at the landing",
            ),
            (
                "The ferry at the landing (its ramp is up for the winter)",
                40,
                "The ferry at the landing",
            ),
            (
                "The ferry Vasa (built in 1628) at the landing of the island",
                40,
                "The ferry Vasa (built in 1628)",
            ),
            (
                "The ferry lay there, and, after a while, left without anybody",
                30,
                "The ferry lay there",
            ),
            (
                "Birds of the shore, e.g., herons that stand there for an hour",
                30,
                "Birds of the shore",
            ),
            (
                "The house of Dr. J. Wolf at 9 a.m., before anybody was awake",
                40,
                "The house of Dr. J. Wolf at 9 a.m.",
            ),
            (
                "The ferry of 1931–1940 that nobody ever took in the winter",
                30,
                "The ferry of 1931–1940 that…",
            ),
            ("一只鹭鸟在看水，它站了一个小时没有动", 12, "一只鹭鸟在看水"),
            ("海辺の古い桟橋、冬のあいだは誰も来ない場所である", 14, "海辺の古い桟橋"),
            ("مالك الحزين يراقب الماء، وقد بقي هناك ساعة كاملة", 30, "مالك الحزين يراقب الماء"),
            ("مالك الحزين يراقب الماء؛ بقي ساعة كاملة.", 26, "مالك الحزين يراقب الماء"),
        ] {
            assert_eq!(shorten(text, max), first, "{text}");
        }
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
        assert_eq!(shorten(text, 40), "A gnome of the garden");
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
