//! Where lines may end, and how readily.

use std::ops::Range;

use icu_segmenter::options::{LineBreakOptions, LineBreakWordOption};
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use crate::model::Language;

use crate::typeset::font::coverage::clusters;
use crate::typeset::paragraph::hyphenation::{Patterns, is_address};

/// A place where a line may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) struct Opportunity {
    /// Where the visible part of the line ends.
    pub(in crate::typeset) end: usize,
    /// Where the next line starts; between the two there is white space.
    pub(in crate::typeset) start: usize,
    /// What ends the line.
    pub(in crate::typeset) kind: BreakKind,
    /// How unwelcome it is, from 0; TeX's scale.
    pub(in crate::typeset) penalty: i32,
    /// Whether it is only for lines that cannot be set without it.
    pub(in crate::typeset) reserve: bool,
}

/// What ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) enum BreakKind {
    /// A space, or nothing, between words or ideographs.
    Between,
    /// A hyphen or dash that is written there.
    Written,
    /// A hyphen that is put there.
    Hyphen,
    /// Nothing, within a word.
    Within,
}

/// What breaking depends on beside the text.
pub(in crate::typeset) struct BreakRules<'a> {
    pub(in crate::typeset) language: &'a Language,
    pub(in crate::typeset) hyphenate: bool,
    pub(in crate::typeset) abbreviations: &'a [Range<usize>],
    pub(in crate::typeset) soft: &'a [usize],
    /// Where marks stand that belong to the word before them.
    pub(in crate::typeset) marks: &'a [usize],
}

const HYPHEN: i32 = 140;
const ADDRESS: i32 = 120;

/// All opportunities in order, those at the text's two ends left out.
pub(in crate::typeset) fn opportunities(text: &str, customs: &BreakRules<'_>) -> Vec<Opportunity> {
    let korean = customs.language.primary() == "ko";
    let mut found: Vec<Opportunity> =
        segment(text, false).map(|start| between(text, start, customs.language)).collect();
    if korean {
        // Words stay whole while there is room.
        let mut whole = segment(text, true).peekable();
        for opportunity in &mut found {
            while whole.next_if(|at| *at < opportunity.start).is_some() {}
            if whole.peek() != Some(&opportunity.start) && opportunity.kind == BreakKind::Between {
                *opportunity = Opportunity {
                    kind: BreakKind::Within,
                    penalty: 500,
                    reserve: true,
                    ..*opportunity
                };
            }
        }
    }
    found.extend(in_addresses(text).filter(|at| *at < text.len()).map(|at| Opportunity {
        end: at,
        start: at,
        kind: BreakKind::Between,
        penalty: ADDRESS,
        reserve: false,
    }));
    let hyphen = |at: usize, reserve| Opportunity {
        end: at,
        start: at,
        kind: BreakKind::Hyphen,
        penalty: HYPHEN,
        reserve,
    };
    found.extend(customs.soft.iter().map(|at| hyphen(*at, !customs.hyphenate)));
    if customs.hyphenate
        && let Some(patterns) = Patterns::for_language(customs.language)
    {
        let points = patterns.points(text, customs.abbreviations, customs.soft);
        found.extend(points.into_iter().map(|at| {
            // A compound that is hyphenated already is rather divided there, and two
            // letters are little to go by.
            let little = letters_before(text, at) < 3 || letters_after(text, at) < 4;
            let penalty = match (in_compound(text, at), little) {
                (true, _) => 3 * HYPHEN,
                (false, true) => HYPHEN * 3 / 2,
                (false, false) => HYPHEN,
            };
            Opportunity { penalty, ..hyphen(at, false) }
        }));
    }
    found.sort_by_key(|opportunity| (opportunity.start, opportunity.kind == BreakKind::Hyphen));
    found.dedup_by_key(|opportunity| opportunity.start);
    // A mark on a space, or a hyphen that an author put before an accent, would be torn off.
    let mut letters = clusters(text).into_iter().map(|cluster| cluster.start).peekable();
    found.retain(|opportunity| {
        if customs.marks.binary_search(&opportunity.start).is_ok() {
            return false;
        }
        while letters.next_if(|start| *start < opportunity.start).is_some() {}
        letters.peek() == Some(&opportunity.start)
    });
    found
}

fn segment(text: &str, keep_words: bool) -> impl Iterator<Item = usize> {
    let mut options = LineBreakOptions::default();
    if keep_words {
        options.word_option = Some(LineBreakWordOption::KeepAll);
    }
    let segmenter: LineSegmenterBorrowed<'static> = if text.chars().any(needs_dictionary) {
        LineSegmenter::new_auto(options)
    } else {
        LineSegmenter::new_for_non_complex_scripts(options)
    };
    let length = text.len();
    segmenter.segment_str(text).filter(move |at| 0 < *at && *at < length)
}

/// Scripts that write words without spaces: Thai, Lao, Burmese, Khmer.
fn needs_dictionary(c: char) -> bool {
    matches!(u32::from(c), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff
        | 0xa9e0..=0xa9ff | 0xaa60..=0xaa7f)
}

/// White space that vanishes at a line's end. U+00A0 and its like never stand there.
pub(in crate::typeset) fn vanishes(c: char) -> bool {
    matches!(c, ' ' | '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200b}'
        | '\u{205f}' | '\u{3000}')
}

fn between(text: &str, start: usize, language: &Language) -> Opportunity {
    let end = text[..start].trim_end_matches(vanishes).len();
    let before = text[..end].chars().next_back().unwrap_or(' ');
    let after = text[start..].chars().next().unwrap_or(' ');
    let spaced = end < start;
    let plain = Opportunity { end, start, kind: BreakKind::Between, penalty: 0, reserve: false };
    match before {
        '-' | '\u{2010}' | '–' if !spaced => {
            // A compound is divided at its hyphen, but no letter is left alone.
            let alone =
                letters_before(text, end - before.len_utf8()) < 2 || letters_after(text, start) < 2;
            let penalty = if alone { 500 } else { HYPHEN * 3 / 5 };
            Opportunity { kind: BreakKind::Written, penalty, reserve: alone, ..plain }
        }
        '—' if !spaced => Opportunity { penalty: 10, ..plain },
        '/' if !spaced => Opportunity { penalty: ADDRESS, ..plain },
        // A dash ends a line; it does not begin one.
        _ if matches!(after, '–' | '—') => {
            Opportunity { penalty: 500, reserve: spaced, ..plain }
        }
        _ if spaced => {
            let word = text[..end].rsplit(char::is_whitespace).next().unwrap_or("");
            let next = text[start..].split(char::is_whitespace).next().unwrap_or("");
            let lonely = before.is_alphabetic() && word.chars().count() == 1;
            let penalty = match lonely {
                true if is_slavic(language) => 500,
                true => 30,
                false if belong_together(word, next) => 500,
                false => 0,
            };
            Opportunity { penalty, reserve: penalty == 500, ..plain }
        }
        _ => plain,
    }
}

/// Languages whose one-letter prepositions go with the word that follows.
fn is_slavic(language: &Language) -> bool {
    matches!(language.primary().as_str(), "cs" | "sk" | "pl" | "sl" | "hr" | "uk" | "ru" | "be")
}

/// Whether a line should not end between two words: a number and its unit, a page and its
/// number, an initial and the name that it stands for.
fn belong_together(word: &str, next: &str) -> bool {
    const UNITS: [&str; 24] = [
        "mm", "cm", "m", "km", "in", "ft", "g", "kg", "t", "l", "ha", "s", "min", "h", "pt", "px",
        "MP", "%", "°C", "°F", "AD", "BC", "am", "pm",
    ];
    const BEFORE: [&str; 12] =
        ["AD", "p.", "pp.", "no.", "No.", "Nr.", "S.", "fig.", "Fig.", "plate", "Plate", "vol."];
    let ends_in_figure = word.ends_with(|c: char| c.is_ascii_digit());
    let starts_with_figure = next.starts_with(|c: char| c.is_ascii_digit());
    let mut letters = word.chars();
    let is_initial = letters.next().is_some_and(char::is_uppercase)
        && letters.as_str() == "."
        && next.starts_with(char::is_uppercase);
    let unit = next.trim_end_matches(|c: char| ".,;:!?)”".contains(c));
    (ends_in_figure && UNITS.contains(&unit))
        || (starts_with_figure && BEFORE.contains(&word))
        || is_initial
}

/// Addresses have no spaces, and divide behind their marks without a hyphen.
fn in_addresses(text: &str) -> impl Iterator<Item = usize> {
    let mut start = 0;
    text.split_inclusive(char::is_whitespace).flat_map(move |token| {
        let at = start;
        start += token.len();
        let marks = if is_address(token) { token } else { "" };
        let within = marks.char_indices().filter(|(_, c)| "/._?&=#@~".contains(*c));
        within.map(move |(offset, _)| at + offset + 1)
    })
}

fn letters_before(text: &str, at: usize) -> usize {
    text[..at].chars().rev().take_while(|c| c.is_alphanumeric()).take(4).count()
}

fn letters_after(text: &str, at: usize) -> usize {
    text[at..].chars().take_while(|c| c.is_alphanumeric()).take(4).count()
}

/// Whether the word around a byte is joined to another by a hyphen.
fn in_compound(text: &str, at: usize) -> bool {
    let is_hyphen = |c: Option<char>| matches!(c, Some('-' | '\u{2010}' | '\u{2011}'));
    is_hyphen(text[..at].chars().rev().find(|c| !c.is_alphabetic()))
        || is_hyphen(text[at..].chars().find(|c| !c.is_alphabetic()))
}
