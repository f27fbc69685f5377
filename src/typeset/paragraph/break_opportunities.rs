//! Finds where lines may end, with penalties.

use std::ops::Range;

use icu_segmenter::options::{LineBreakOptions, LineBreakWordOption};
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use unicode_script::Script;

use crate::model::Language;

use crate::typeset::font::coverage::clusters;
use crate::typeset::paragraph::addresses::{AddressBreak, address_breaks, addresses};
use crate::typeset::paragraph::compounds::at_joints;
use crate::typeset::paragraph::hyphenation::Patterns;
use crate::typeset::shaping::script::script_of;

/// A place where a line may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) struct Opportunity {
    /// The end of the visible part of the line.
    pub(in crate::typeset) end: usize,
    /// The start of the next line; white space between the two is dropped.
    pub(in crate::typeset) start: usize,
    /// The kind of break.
    pub(in crate::typeset) kind: BreakKind,
    /// The penalty, at least 0, on TeX's scale.
    pub(in crate::typeset) penalty: i32,
    /// Whether it is used only if a line cannot be set without it.
    pub(in crate::typeset) reserve: bool,
}

/// The kind of a line break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) enum BreakKind {
    /// At a space, or between words or ideographs without space.
    Between,
    /// After a hyphen or dash in the text.
    Written,
    /// With an inserted hyphen.
    Hyphen,
    /// Within a word, without a hyphen.
    Within,
}

/// The input to line breaking besides the text.
pub(in crate::typeset) struct BreakRules<'a> {
    pub(in crate::typeset) language: &'a Language,
    pub(in crate::typeset) hyphenate: bool,
    pub(in crate::typeset) is_title: bool,
    pub(in crate::typeset) abbreviations: &'a [Range<usize>],
    pub(in crate::typeset) soft: &'a [usize],
    /// The positions of note references, which stay with the preceding word.
    pub(in crate::typeset) note_references: &'a [usize],
}

const HYPHEN: i32 = 140;
/// The penalty of a break after a slash, and before a period or another mark of an address.
const AFTER_SLASH: i32 = 120;
const BEFORE_MARK: i32 = 200;
/// The penalty of a break after the hyphen of a double name, in a text without hyphens.
const WITHIN_NAME: i32 = 3 * HYPHEN;
/// The penalty of a break before a dash, which is worse than a short last line.
const BEFORE_DASH: i32 = 1_600;
/// The penalty of a break within a part of a German compound.
const WITHIN_PART: i32 = 2 * HYPHEN;
/// The fewest letters of a German word that can be divided in a text without hyphens, and of its
/// parts, where its lines would be very uneven.
const LONG_WORD: usize = 19;
const MIN_PART: usize = 4;
/// The penalty of a break between two syllables of a Korean word, in a Korean text.
const SYLLABLE: i32 = 160;
/// From this penalty on, a break is in the middle of a word, at no syllable of it.
pub(super) const TORN: i32 = 2000;

impl Opportunity {
    /// A break inside a word that is wider than its line.
    pub(in crate::typeset) fn in_wide_word(at: usize, kind: BreakKind, penalty: i32) -> Self {
        Self { end: at, start: at, kind, penalty, reserve: true }
    }

    /// Whether it is between two syllables of a word in a Korean text.
    pub(in crate::typeset) fn is_between_syllables(&self) -> bool {
        self.kind == BreakKind::Within && self.penalty == SYLLABLE
    }

    /// Whether the word is broken at no syllable of it.
    pub(in crate::typeset) fn is_torn(&self) -> bool {
        self.penalty >= TORN
    }
}

/// Whether a character is a letter or a syllable of Korean.
fn is_korean(c: char) -> bool {
    script_of(c) == Script::Hangul
}

/// All opportunities in order, except the two ends of the text.
pub(in crate::typeset) fn opportunities(text: &str, rules: &BreakRules<'_>) -> Vec<Opportunity> {
    let korean = rules.language.primary() == "ko";
    let mut found: Vec<Opportunity> =
        segment(text, false).map(|start| between(text, start, rules.language)).collect();
    // Korean words are kept together if there is room, and in texts in other languages always.
    if korean || text.chars().any(is_korean) {
        let mut words_kept_together = segment(text, true).peekable();
        for opportunity in &mut found {
            while words_kept_together.next_if(|at| *at < opportunity.start).is_some() {}
            if words_kept_together.peek() != Some(&opportunity.start)
                && opportunity.kind == BreakKind::Between
                && (korean || text[..opportunity.end].chars().next_back().is_some_and(is_korean))
            {
                *opportunity = Opportunity {
                    kind: BreakKind::Within,
                    penalty: if korean { SYLLABLE } else { 500 },
                    reserve: true,
                    ..*opportunity
                };
            }
        }
    }
    if !rules.hyphenate {
        for it in found.iter_mut().filter(|it| it.kind == BreakKind::Written) {
            let begins_name = |part: &str| part.chars().next().is_some_and(char::is_uppercase);
            let before = text[..it.end].trim_end_matches(|c: char| !c.is_whitespace()).len();
            if begins_name(&text[before..]) && begins_name(&text[it.start..]) {
                it.penalty = it.penalty.max(WITHIN_NAME);
            }
        }
    }
    let addresses: Vec<Range<usize>> = addresses(text).collect();
    found.retain(|it| {
        let next = addresses.partition_point(|range| range.end <= it.start);
        addresses.get(next).is_none_or(|range| it.start <= range.start)
    });
    found.extend(addresses.into_iter().flat_map(|range| in_address(text, range)));
    let is_german = rules.language.primary() == "de";
    let hyphen = |at: usize, reserve| Opportunity {
        end: at,
        start: at,
        kind: BreakKind::Hyphen,
        penalty: HYPHEN,
        reserve,
    };
    found.extend(rules.soft.iter().map(|at| hyphen(*at, !rules.hyphenate)));
    if rules.hyphenate
        && let Some(patterns) = Patterns::for_language(rules.language)
    {
        let points = patterns.points(text, rules.abbreviations, rules.soft);
        // German compounds are broken where they are joined: Bett-gestell, not Bettge-stell.
        let joints = is_german.then(|| joints(text, 0, 0, rules));
        found.extend(points.into_iter().map(|at| {
            // A hyphenated compound is broken at its hyphen, unless that leaves no other way, and
            // fragments of two letters are hard to read.
            let little = letters_before(text, at) < 3 || letters_after(text, at) < 4;
            let is_in_part =
                joints.as_ref().is_some_and(|joints| joints.binary_search(&at).is_err());
            let penalty = match (in_compound(text, at), is_in_part, little) {
                (true, ..) => 3 * HYPHEN,
                (_, true, true) => WITHIN_PART * 5 / 4,
                (_, true, false) => WITHIN_PART,
                (.., true) => HYPHEN * 3 / 2,
                _ => HYPHEN,
            };
            let reserve = in_compound(text, at) || is_in_name(text, at, rules.language);
            Opportunity { penalty, ..hyphen(at, reserve) }
        }));
    }
    if !rules.hyphenate && !rules.is_title && is_german {
        let joints = joints(text, LONG_WORD, MIN_PART, rules);
        found.extend(joints.into_iter().map(|at| hyphen(at, true)));
    }
    found.sort_by_key(|opportunity| (opportunity.start, opportunity.kind == BreakKind::Hyphen));
    found.dedup_by_key(|opportunity| opportunity.start);
    // A combining mark on a space, or on a hyphen written before it, must not be separated from
    // it.
    let mut letters = clusters(text).into_iter().map(|cluster| cluster.start).peekable();
    found.retain(|opportunity| {
        if rules.note_references.binary_search(&opportunity.start).is_ok() {
            return false;
        }
        while letters.next_if(|start| *start < opportunity.start).is_some() {}
        letters.peek() == Some(&opportunity.start)
    });
    found
}

/// Where German words of at least so many letters are best divided, with so many letters on both
/// sides: where they are joined of shorter ones, if they are.
fn joints(text: &str, letters: usize, least: usize, rules: &BreakRules<'_>) -> Vec<usize> {
    let Some(patterns) = Patterns::for_language(rules.language) else { return Vec::new() };
    let mut joints = Vec::new();
    let mut start = 0;
    // Words with a hyphen are divided there, and many are names.
    let ends = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '/');
    for word in text.split_inclusive(ends) {
        if word.chars().filter(|c| c.is_alphabetic()).count() >= letters {
            let all = patterns.points(word, &[], &[]);
            let is_apart = |at: &usize| {
                letters_before(word, *at) >= least && letters_after(word, *at) >= least
            };
            let apart = all.iter().copied().filter(is_apart).collect();
            joints.extend(at_joints(word, &all, apart).into_iter().map(|at| start + at));
        }
        start += word.len();
    }
    joints
}

/// Where Unicode allows a line to end; between words only, for Korean, if words are kept.
pub(in crate::typeset) fn segment(text: &str, keep_words: bool) -> impl Iterator<Item = usize> {
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

/// Scripts without spaces between words: Thai, Lao, Burmese, Khmer.
fn needs_dictionary(c: char) -> bool {
    matches!(u32::from(c), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff
        | 0xa9e0..=0xa9ff | 0xaa60..=0xaa7f)
}

/// White space that is dropped at the end of a line. No-break spaces such as U+00A0 never occur
/// there.
pub(in crate::typeset) fn is_dropped(c: char) -> bool {
    matches!(c, ' ' | '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200b}'
        | '\u{205f}' | '\u{3000}')
}

fn between(text: &str, start: usize, language: &Language) -> Opportunity {
    let end = text[..start].trim_end_matches(is_dropped).len();
    let before = text[..end].chars().next_back().unwrap_or(' ');
    let after = text[start..].chars().next().unwrap_or(' ');
    let spaced = end < start;
    let plain = Opportunity { end, start, kind: BreakKind::Between, penalty: 0, reserve: false };
    match before {
        '-' | '\u{2010}' | '–' if !spaced => {
            // A compound is broken at its hyphen, but no letter is left alone.
            let alone =
                letters_before(text, end - before.len_utf8()) < 2 || letters_after(text, start) < 2;
            let penalty = if alone { 500 } else { HYPHEN * 3 / 5 };
            Opportunity { kind: BreakKind::Written, penalty, reserve: alone, ..plain }
        }
        '—' if !spaced => Opportunity { penalty: 10, ..plain },
        '/' if !spaced => Opportunity { penalty: AFTER_SLASH, ..plain },
        // A dash may end a line, but not begin one.
        _ if matches!(after, '–' | '—') => {
            Opportunity { penalty: BEFORE_DASH, reserve: spaced, ..plain }
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

/// Languages in which one-letter prepositions stay with the following word.
fn is_slavic(language: &Language) -> bool {
    matches!(language.primary().as_str(), "cs" | "sk" | "pl" | "sl" | "hr" | "uk" | "ru" | "be")
}

/// Whether a line should not end between two words: a number and its unit, a page and its
/// number, an initial and the name.
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

/// The breaks of an address, which has no hyphen added.
fn in_address(text: &str, range: Range<usize>) -> impl Iterator<Item = Opportunity> {
    address_breaks(&text[range.clone()]).map(move |(offset, place)| {
        let at = range.start + offset;
        let penalty = if place == AddressBreak::AfterSlash { AFTER_SLASH } else { BEFORE_MARK };
        let reserve = place == AddressBreak::BeforeMark;
        Opportunity { end: at, start: at, kind: BreakKind::Between, penalty, reserve }
    })
}

fn letters_before(text: &str, at: usize) -> usize {
    text[..at].chars().rev().take_while(|c| c.is_alphanumeric()).take(4).count()
}

fn letters_after(text: &str, at: usize) -> usize {
    text[at..].chars().take_while(|c| c.is_alphanumeric()).take(4).count()
}

/// Whether the word around this byte is a name: capitalized, and not the first of a sentence. German
/// and Luxembourgish capitalize all nouns.
fn is_in_name(text: &str, at: usize, language: &Language) -> bool {
    if matches!(language.primary().as_str(), "de" | "lb") {
        return false;
    }
    let before = text[..at].trim_end_matches(|c: char| c.is_alphabetic() || is_mark(c));
    let is_first = before
        .trim_end_matches(|c: char| c.is_whitespace() || QUOTES.contains(c))
        .chars()
        .next_back()
        .is_none_or(|c| ".!?…:".contains(c));
    !is_first && text[before.len()..].chars().next().is_some_and(char::is_uppercase)
}

const QUOTES: &str = "\"'“”„‘’‚«»‹›([—–";

fn is_mark(c: char) -> bool {
    script_of(c) == Script::Inherited
}

/// Whether the word around this byte is part of a hyphenated compound.
fn in_compound(text: &str, at: usize) -> bool {
    let is_hyphen = |c: Option<char>| matches!(c, Some('-' | '\u{2010}' | '\u{2011}'));
    is_hyphen(text[..at].chars().rev().find(|c| !c.is_alphabetic()))
        || is_hyphen(text[at..].chars().find(|c| !c.is_alphabetic()))
}
