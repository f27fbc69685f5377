//! Where words can be broken that are wider than their line: at a no-break space, else at a
//! syllable with a hyphen, else anywhere.

use std::ops::Range;

use crate::typeset::font::coverage::clusters;
use crate::typeset::paragraph::addresses::is_address;
use crate::typeset::paragraph::break_opportunities::{BreakKind, BreakRules, Opportunity, TORN};
use crate::typeset::paragraph::hyphenation::Patterns;

/// The penalties of the breaks, from the best to the worst.
const NO_BREAK_SPACE: i32 = 200;
const SYLLABLE: i32 = 400;

/// The places in a text where a word with this range can be broken.
type WordBreaks = fn(&str, Range<usize>, &BreakRules<'_>) -> Vec<Opportunity>;

/// The ways to break a wide word; each is tried where those before it do not suffice.
pub(in crate::typeset) const WAYS: [WordBreaks; 3] = [at_spaces, at_syllables, anywhere];

/// Names and numbers with their units are kept on one line, if it is wide enough.
fn at_spaces(text: &str, word: Range<usize>, _: &BreakRules<'_>) -> Vec<Opportunity> {
    // A mark after a space is one letter with it.
    let part = &text[word.clone()];
    let spaces = clusters(part).into_iter().filter(|it| is_no_break_space(&part[it.clone()]));
    let breaks = spaces.map(|space| Opportunity {
        start: word.start + space.end,
        ..Opportunity::in_wide_word(word.start + space.start, BreakKind::Between, NO_BREAK_SPACE)
    });
    breaks.filter(|it| it.end > word.start && it.start < word.end).collect()
}

/// Titles and captions have no hyphens, unless a word needs them.
fn at_syllables(text: &str, word: Range<usize>, rules: &BreakRules<'_>) -> Vec<Opportunity> {
    let Some(patterns) = Patterns::for_language(rules.language) else { return Vec::new() };
    let part = &text[word.clone()];
    // In a word of capitals, the patterns would find an abbreviation.
    let lower = part.to_lowercase();
    let part = if lower.len() == part.len() { &lower } else { part };
    let points = patterns.points(part, &[], &[]).into_iter().map(|at| word.start + at);
    points.map(|at| Opportunity::in_wide_word(at, BreakKind::Hyphen, SYLLABLE)).collect()
}

/// A word broken anywhere is better than one that runs into the margin.
fn anywhere(text: &str, word: Range<usize>, _: &BreakRules<'_>) -> Vec<Opportunity> {
    let letter = |c: Option<char>| c.is_some_and(has_hyphens);
    let is_address = is_address(word_at(text, word.start));
    let places = clusters(&text[word.clone()]).into_iter().skip(1);
    let places = places.map(|cluster| word.start + cluster.start);
    let broken = places.map(|at| {
        let between_letters =
            letter(text[..at].chars().next_back()) && letter(text[at..].chars().next());
        let kind =
            if between_letters && !is_address { BreakKind::Hyphen } else { BreakKind::Within };
        Opportunity::in_wide_word(at, kind, TORN)
    });
    broken.collect()
}

/// The word around this byte.
pub(in crate::typeset) fn word_at(text: &str, at: usize) -> &str {
    let start = text[..at].trim_end_matches(|c: char| !c.is_whitespace()).len();
    text[start..].split(char::is_whitespace).next().unwrap_or_default()
}

fn is_no_break_space(cluster: &str) -> bool {
    matches!(cluster, "\u{a0}" | "\u{202f}")
}

/// Whether a letter belongs to a script that is written with hyphens where a word is broken: Latin,
/// Greek, Cyrillic, Armenian, Georgian.
fn has_hyphens(c: char) -> bool {
    let is_in_script = matches!(u32::from(c),
        0x41..=0x24F | 0x370..=0x58F | 0x10A0..=0x10FF | 0x1C80..=0x1CBF | 0x1E00..=0x1FFF
        | 0x2C60..=0x2C7F | 0xA640..=0xA69F | 0xA720..=0xA7FF);
    is_in_script && c.is_alphabetic()
}
