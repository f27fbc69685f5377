//! Where lines may end within long words and addresses, which reading systems without hyphenation
//! would tear apart on narrow screens and in large type, and where they may not: between a number
//! and its unit.

use std::borrow::Cow;
use std::ops::Range;

use crate::model::Language;
use crate::typeset::{AddressBreak, WordDivision, address_breaks, at_joints, is_address};

/// Where a word can be divided.
pub(crate) const SOFT_HYPHEN: char = '\u{ad}';
const NO_BREAK_SPACE: char = '\u{a0}';

/// The kind of a text decides from which number of letters a word has soft hyphens, and whether
/// it is divided wherever a line ends or only where it is alone on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TextKind {
    /// Running text. Only words that are wider than a phone at twice the usual type size: readers
    /// look others up, and not every reading system looks past soft hyphens.
    Running,
    /// Lists and tables, which are narrower.
    Narrow,
    /// Captions and verse, which are ragged or have lines of their own.
    Ragged,
    /// Entries of the contents.
    Entry,
    /// Titles and headings, which are larger.
    Title,
}

impl TextKind {
    fn least_letters(self) -> usize {
        match self {
            Self::Running => 16,
            Self::Ragged => 10,
            Self::Narrow | Self::Entry | Self::Title => 8,
        }
    }

    /// Whether a word of so many letters is kept together where there is room. In ragged text, what
    /// follows a very long one would begin a line.
    fn keeps_together(self, letters: usize) -> bool {
        match self {
            Self::Entry | Self::Title => true,
            Self::Ragged => letters < Self::Running.least_letters(),
            Self::Running | Self::Narrow => false,
        }
    }

    /// How many letters at least are on each side of a hyphen.
    fn least_part(self) -> usize {
        match self {
            Self::Running | Self::Narrow | Self::Ragged => 1,
            Self::Entry | Self::Title => 4,
        }
    }
}

/// How the long words of a text are divided.
#[derive(Clone, Copy)]
pub(crate) struct LongWords {
    division: Option<WordDivision>,
    kind: TextKind,
    is_german: bool,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    /// Text that is written as it is.
    Text(Cow<'t, str>),
    /// A word that is kept together where there is room.
    Word(String),
    /// Such a word, and the dash after it, with the space between them.
    WordAndDash(String, &'t str),
    /// Text in which no line ends.
    Unbroken(&'t str),
    /// A place in an address where a line may end.
    Break,
}

impl LongWords {
    /// In running text.
    pub(crate) fn in_text(language: &Language) -> Self {
        Self {
            division: WordDivision::for_language(language),
            kind: TextKind::Running,
            is_german: language.primary() == "de",
        }
    }

    /// In a title: a word is divided only where it is alone on its line.
    pub(crate) fn in_title(self) -> Self {
        Self { kind: TextKind::Title, ..self }
    }

    /// Whether the text is a title.
    pub(crate) fn is_title(self) -> bool {
        self.kind == TextKind::Title
    }

    /// In a list or a table, unless that is within verse or a title.
    pub(crate) fn in_narrow_text(self) -> Self {
        if self.kind == TextKind::Running { Self { kind: TextKind::Narrow, ..self } } else { self }
    }

    /// In the contents: as in a title.
    pub(crate) fn in_entry(self) -> Self {
        Self { kind: TextKind::Entry, ..self }
    }

    /// In a caption or in verse: as in a title.
    pub(crate) fn in_ragged_text(self) -> Self {
        Self { kind: TextKind::Ragged, ..self }
    }

    /// In another language.
    pub(crate) fn in_language(self, language: &Language) -> Self {
        Self { kind: self.kind, ..Self::in_text(language) }
    }

    /// The text in pieces, between these characters of the same line.
    pub(crate) fn pieces(self, text: &str, around: [Option<char>; 2]) -> Vec<Piece<'_>> {
        let mut pieces = Vec::new();
        let mut plain = 0;
        let mut start = 0;
        for token in text.split_inclusive(char::is_whitespace) {
            let word = token.trim_end();
            let mut range = start..start + word.len();
            start += token.len();
            if range.end <= plain && plain > 0 {
                // A dash that went with the word before it.
                continue;
            }
            let [before, after] = beside(text, range.clone(), around);
            let inserted = if is_address(word) {
                divided_address(word)
            } else if let Some(divided) = self.divided(word) {
                // Lines may end on both sides of a word that is kept together, whatever is there: a
                // comma after it would begin a line.
                let is_free = [before, after]
                    .into_iter()
                    .flatten()
                    .all(|c| c.is_whitespace() && !is_no_break_space(c));
                if self.kind.keeps_together(longest(word)) && is_free {
                    // A dash or a slash between spaces does not begin a line.
                    let rest = &text[range.end..];
                    let next = rest.split_whitespace().next().unwrap_or_default();
                    let dash = rest.find(next).filter(|_| DASHES.contains(&next));
                    if let Some(space) = dash {
                        range.end += space + next.len();
                        vec![Piece::WordAndDash(divided, &rest[..space + next.len()])]
                    } else {
                        vec![Piece::Word(divided)]
                    }
                } else {
                    vec![Piece::Text(divided.into())]
                }
            } else {
                continue;
            };
            pieces.extend(with_units(&text[plain..range.start]));
            pieces.extend(inserted);
            plain = range.end;
        }
        pieces.extend(with_units(&text[plain..]));
        pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
        pieces
    }

    /// A long word with soft hyphens.
    fn divided(self, word: &str) -> Option<String> {
        if longest(word) < self.kind.least_letters() || word.contains(SOFT_HYPHEN) {
            return None;
        }
        let all = self.division?.points(word);
        let mut points = all.clone();
        let least = self.kind.least_part();
        points.retain(|point| letters_beside(word, *point) >= least);
        if self.is_german && least > 1 {
            points = at_joints(word, &all, points);
        }
        if points.is_empty() {
            return None;
        }
        let mut divided = String::with_capacity(word.len() + 2 * points.len());
        let mut from = 0;
        for point in points {
            divided.push_str(&word[from..point]);
            divided.push(SOFT_HYPHEN);
            from = point;
        }
        divided.push_str(&word[from..]);
        Some(divided)
    }
}

/// The characters beside a part of a text that is between `around` on the same line.
pub(crate) fn beside(
    text: &str,
    part: Range<usize>,
    [before, after]: [Option<char>; 2],
) -> [Option<char>; 2] {
    let last = text[..part.start].chars().next_back().or(before);
    [last, text[part.end..].chars().next().or(after)]
}

/// Marks between two parts of a line, which stay with the first.
const DASHES: [&str; 6] = ["/", "–", "—", "·", "|", "•"];

/// The number of letters on the side of a point in a word that has fewer.
fn letters_beside(word: &str, point: usize) -> usize {
    let (before, after) = word.split_at(point);
    let is_letter = |c: &char| c.is_alphabetic();
    let before = before.chars().rev().take_while(is_letter).count();
    before.min(after.chars().take_while(is_letter).count())
}

fn is_no_break_space(c: char) -> bool {
    matches!(c, NO_BREAK_SPACE | '\u{202f}' | '\u{2060}')
}

/// The number of letters of the longest run of letters.
fn longest(word: &str) -> usize {
    word.split(|c: char| !c.is_alphabetic()).map(|run| run.chars().count()).max().unwrap_or(0)
}

/// An address, which is divided after its slashes and before its periods.
fn divided_address(address: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, _) in address_breaks(address).filter(|(_, place)| *place != AddressBreak::BeforeMark) {
        pieces.extend([Piece::Text(address[from..at].into()), Piece::Break]);
        from = at;
    }
    pieces.push(Piece::Text(address[from..].into()));
    pieces
}

/// Units of measurement and what else is not torn from the number before it.
const UNITS: [&str; 22] = [
    "%", "‰", "€", "$", "£", "°C", "°F", "K", "g", "kg", "t", "l", "ml", "mm", "cm", "m", "km",
    "ha", "m²", "km²", "pt", "px",
];

/// The text in pieces: numbers with their units, and names of licences, are not broken.
fn with_units(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut unbroken: Option<Range<usize>> = None;
    let mut plain = 0;
    for (at, _) in text.match_indices(' ') {
        let before = text[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
        let after = text[at + 1..].split(char::is_whitespace).next().unwrap_or_default();
        let unit = after.trim_end_matches(|c: char| c.is_ascii_punctuation() && c != '%');
        let is_measure = before.ends_with(|c: char| c.is_ascii_digit()) && UNITS.contains(&unit);
        let is_licence = before.trim_start_matches('(') == "CC" && after.starts_with("BY")
            || before.starts_with("BY") && after.starts_with(|c: char| c.is_ascii_digit());
        if !is_measure && !is_licence {
            continue;
        }
        let (start, end) = (at - before.len(), at + 1 + after.len());
        match &mut unbroken {
            Some(range) if range.end == at => range.end = end,
            _ => {
                if let Some(range) = unbroken.replace(start..end) {
                    pieces.push(Piece::Text(text[plain..range.start].into()));
                    plain = range.end;
                    pieces.push(Piece::Unbroken(&text[range]));
                }
            }
        }
    }
    if let Some(range) = unbroken {
        pieces.push(Piece::Text(text[plain..range.start].into()));
        plain = range.end;
        pieces.push(Piece::Unbroken(&text[range]));
    }
    pieces.push(Piece::Text(text[plain..].into()));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(words: LongWords, text: &str) -> String {
        let pieces = words.pieces(text, [None; 2]).into_iter().map(|piece| match piece {
            Piece::Text(text) => text.replace(SOFT_HYPHEN, "-"),
            Piece::Word(word) => format!("[{}]", word.replace(SOFT_HYPHEN, "-")),
            Piece::WordAndDash(word, dash) => {
                format!("{{[{}]{dash}}}", word.replace(SOFT_HYPHEN, "-"))
            }
            Piece::Unbroken(text) => format!("{{{text}}}"),
            Piece::Break => "|".to_owned(),
        });
        pieces.collect()
    }

    fn german() -> LongWords {
        LongWords::in_text(&Language::new("de"))
    }

    #[test]
    fn only_long_words_of_text_have_soft_hyphens_and_shorter_ones_in_lists() {
        let text = "Der Wortzwischenraum ist Nebensache";
        let expected = text.replace("Wortzwischenraum", "Wort-zwi-schen-raum");
        assert_eq!(divided(german(), text), expected);
        let expected = expected.replace("Nebensache", "Ne-ben-sa-che");
        assert_eq!(divided(german().in_narrow_text(), text), expected);
        assert_eq!(divided(LongWords::in_text(&Language::new("xx")), text), text);
    }

    #[test]
    fn a_long_word_of_a_title_or_a_caption_is_kept_together() {
        let title = "Vom Hochwasserschutz, kurz";
        let expected = "Vom [Hoch-was-ser-schutz,] kurz";
        assert_eq!(divided(german().in_title(), title), expected);
        let caption = "Vom Hochwasser, kurz";
        assert_eq!(divided(german().in_ragged_text(), caption), "Vom [Hoch-was-ser,] kurz");
        // A line does not end beside a no-break space.
        let expected = "5\u{a0}Hoch-was-ser";
        assert_eq!(divided(german().in_ragged_text(), "5\u{a0}Hochwasser"), expected);
    }

    #[test]
    fn four_letters_are_on_each_side_of_a_hyphen_in_a_title_and_in_the_contents() {
        for words in [german().in_title(), german().in_entry()] {
            assert_eq!(divided(words, "Nebensache"), "[Neben-sache]");
            assert_eq!(divided(words, "Haupt-Nebensache"), "[Haupt-Neben-sache]");
            assert_eq!(divided(words, "Kolophon"), "[Kolo-phon]");
        }
    }

    #[test]
    fn a_german_compound_is_divided_at_its_joints_in_a_title() {
        let title = german().in_title();
        assert_eq!(divided(title, "Güterbahnhofsunterführung"), "[Güterbahnhofs-unterführung]");
        assert_eq!(divided(title, "Wachstumsperiode"), "[Wachstums-periode]");
        assert_eq!(divided(title, "nachtfrostgefährdete"), "[nachtfrost-gefährdete]");
        let english = LongWords::in_text(&Language::new("en")).in_title();
        assert!(divided(english, "understanding").contains('-'));
    }

    #[test]
    fn a_dash_stays_with_the_long_word_before_it() {
        let text = "Hochwasser / Tide – Hochwasser – x";
        let expected = "{[Hoch-wasser] /} Tide – {[Hoch-wasser] –} x";
        let divided = divided(german().in_entry(), text);
        assert_eq!(divided.replace("was-ser", "wasser"), expected);
    }

    #[test]
    fn a_word_beside_a_mark_of_another_text_does_not_let_the_line_end_there() {
        let pieces = german().in_title().pieces("Vom Hochwasserschutz", [None, Some(',')]);
        assert!(!pieces.iter().any(|piece| matches!(piece, Piece::Word(_))), "{pieces:?}");
        let pieces = german().in_title().pieces("Vom Hochwasserschutz", [None, Some(' ')]);
        assert!(matches!(pieces[..], [_, Piece::Word(_)]), "{pieces:?}");
    }

    #[test]
    fn an_address_is_divided_after_slashes_and_before_periods() {
        let text = "Auf https://donaudampfschifffahrt.example/a/b.html, steht es.";
        let expected = "Auf https://|donaudampfschifffahrt|.example/|a/|b|.html, steht es.";
        assert_eq!(divided(german(), text), expected);
    }

    #[test]
    fn a_number_and_its_unit_stay_together() {
        let text = "Bis 1,25 m (4 210 kg) und 5 Meter";
        assert_eq!(divided(german(), text), "Bis {1,25 m} (4 {210 kg)} und 5 Meter");
        assert_eq!(divided(german(), "5 % mehr, CC BY 4.0"), "{5 %} mehr, {CC BY 4.0}");
        assert_eq!(divided(german(), "Im Jahr 5 mit K."), "Im Jahr 5 mit K.");
    }
}
