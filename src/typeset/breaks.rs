//! Where lines may end, and how readily.

use std::ops::Range;

use icu_segmenter::options::{LineBreakOptions, LineBreakWordOption};
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use crate::model::Language;

use super::coverage::clusters;
use super::hyphens::Patterns;

/// A place where a line may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Opportunity {
    /// Where the visible part of the line ends.
    pub(super) end: usize,
    /// Where the next line starts; between the two there is white space.
    pub(super) start: usize,
    /// What ends the line.
    pub(super) kind: Kind,
    /// How unwelcome it is, from 0; TeX's scale, where a hyphen is 80.
    pub(super) penalty: i32,
    /// Whether it is only for lines that cannot be set without it.
    pub(super) reserve: bool,
}

/// What ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
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
pub(super) struct Customs<'a> {
    pub(super) language: &'a Language,
    pub(super) hyphenate: bool,
    pub(super) abbreviations: &'a [Range<usize>],
    pub(super) soft: &'a [usize],
}

const HYPHEN: i32 = 80;

/// All opportunities in order, those at the text's two ends left out.
pub(super) fn opportunities(text: &str, customs: &Customs<'_>) -> Vec<Opportunity> {
    let korean = customs.language.primary() == "ko";
    let mut found: Vec<Opportunity> =
        segment(text, false).map(|start| between(text, start, customs.language)).collect();
    if korean {
        // Words stay whole while there is room.
        let mut whole = segment(text, true).peekable();
        for opportunity in &mut found {
            while whole.next_if(|at| *at < opportunity.start).is_some() {}
            if whole.peek() != Some(&opportunity.start) && opportunity.kind == Kind::Between {
                *opportunity =
                    Opportunity { kind: Kind::Within, penalty: 500, reserve: true, ..*opportunity };
            }
        }
    }
    let hyphen = |at: usize, reserve| Opportunity {
        end: at,
        start: at,
        kind: Kind::Hyphen,
        penalty: HYPHEN,
        reserve,
    };
    found.extend(customs.soft.iter().map(|at| hyphen(*at, !customs.hyphenate)));
    if customs.hyphenate
        && let Some(patterns) = Patterns::of(customs.language)
    {
        let points = patterns.points(text, customs.abbreviations, customs.soft);
        found.extend(points.into_iter().map(|at| {
            // A compound that is hyphenated already is rather divided there.
            let penalty = if in_compound(text, at) { 3 * HYPHEN } else { HYPHEN };
            Opportunity { penalty, ..hyphen(at, false) }
        }));
    }
    found.sort_by_key(|opportunity| (opportunity.start, opportunity.kind == Kind::Hyphen));
    found.dedup_by_key(|opportunity| opportunity.start);
    // A mark on a space, or a hyphen that an author put before an accent, would be torn off.
    let mut letters = clusters(text).into_iter().map(|cluster| cluster.start).peekable();
    found.retain(|opportunity| {
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
pub(super) fn vanishes(c: char) -> bool {
    matches!(c, ' ' | '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200b}'
        | '\u{205f}' | '\u{3000}')
}

fn between(text: &str, start: usize, language: &Language) -> Opportunity {
    let end = text[..start].trim_end_matches(vanishes).len();
    let before = text[..end].chars().next_back().unwrap_or(' ');
    let after = text[start..].chars().next().unwrap_or(' ');
    let spaced = end < start;
    let plain = Opportunity { end, start, kind: Kind::Between, penalty: 0, reserve: false };
    match before {
        '-' | '\u{2010}' | '–' if !spaced => {
            // A compound is divided at its hyphen, but no letter is left alone.
            let alone =
                letters_before(text, end - before.len_utf8()) < 2 || letters_after(text, start) < 2;
            let penalty = if alone { 500 } else { HYPHEN * 3 / 5 };
            Opportunity { kind: Kind::Written, penalty, reserve: alone, ..plain }
        }
        '—' if !spaced => Opportunity { penalty: 10, ..plain },
        '/' if !spaced => Opportunity { penalty: 100, ..plain },
        // A dash ends a line; it does not begin one.
        _ if matches!(after, '–' | '—') => {
            Opportunity { penalty: 500, reserve: spaced, ..plain }
        }
        _ if spaced => {
            let word = letters_before(text, end);
            let lonely = word == 1 && before.is_alphabetic();
            let penalty = match (lonely, is_slavic(language)) {
                (true, true) => 500,
                (true, false) => 30,
                (false, _) if before.is_ascii_digit() && is_unit(&text[start..]) => 150,
                (false, _) => 0,
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

/// Whether a text starts with something short, as a unit after its number is.
fn is_unit(text: &str) -> bool {
    let letters = text.chars().take_while(|c| c.is_alphabetic()).count();
    matches!(letters, 1..=2) && text.chars().next().is_some_and(char::is_alphabetic)
}

fn letters_before(text: &str, at: usize) -> usize {
    text[..at].chars().rev().take_while(|c| c.is_alphanumeric()).take(3).count()
}

fn letters_after(text: &str, at: usize) -> usize {
    text[at..].chars().take_while(|c| c.is_alphanumeric()).take(3).count()
}

/// Whether the word around a byte is joined to another by a hyphen.
fn in_compound(text: &str, at: usize) -> bool {
    let is_hyphen = |c: Option<char>| matches!(c, Some('-' | '\u{2010}' | '\u{2011}'));
    is_hyphen(text[..at].chars().rev().find(|c| !c.is_alphabetic()))
        || is_hyphen(text[at..].chars().find(|c| !c.is_alphabetic()))
}
