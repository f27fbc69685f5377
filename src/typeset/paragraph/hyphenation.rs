//! Hyphenation of words.

use std::ops::Range;

use hypher::Lang;
use unicode_script::Script;

use crate::model::Language;

use crate::typeset::paragraph::addresses::is_address;
use crate::typeset::paragraph::compounds::after_joining_s;
use crate::typeset::shaping::script::script_of;

/// Shorter words are never hyphenated.
const MIN_LETTERS: usize = 5;
/// Longer ones are not words.
const MAX_LETTERS: usize = 200;
/// The minimum number of letters before a hyphen.
const MIN_BEFORE: usize = 2;
/// The minimum number of letters after a hyphen.
const MIN_AFTER: usize = 3;

/// The patterns for a language, and the script that they apply to.
#[derive(Clone, Copy)]
pub(in crate::typeset) struct Patterns {
    language: Lang,
    script: Script,
}

impl Patterns {
    /// The patterns for a language; `None` if there are none.
    pub(in crate::typeset) fn for_language(language: &Language) -> Option<Self> {
        let primary = language.primary();
        let latin = language.tag().split('-').any(|part| part.eq_ignore_ascii_case("latn"));
        // Serbian in Latin script is hyphenated like Croatian.
        let code = if primary == "sr" && latin { "hr" } else { primary.as_str() };
        let code: [u8; 2] = code.as_bytes().try_into().ok()?;
        let script = match &code {
            b"be" | b"bg" | b"mn" | b"ru" | b"sr" | b"uk" => Script::Cyrillic,
            b"el" => Script::Greek,
            b"ka" => Script::Georgian,
            b"as" | b"bn" => Script::Bengali,
            b"hi" | b"mr" | b"sa" => Script::Devanagari,
            b"gu" => Script::Gujarati,
            b"kn" => Script::Kannada,
            b"ml" => Script::Malayalam,
            b"or" => Script::Oriya,
            b"pa" => Script::Gurmukhi,
            b"ta" => Script::Tamil,
            b"te" => Script::Telugu,
            _ => Script::Latin,
        };
        Lang::from_iso(code).map(|language| Self { language, script })
    }

    /// The byte positions in `text` before which a word may be hyphenated: not in abbreviations,
    /// words of another script, addresses, or words with soft hyphens.
    pub(in crate::typeset) fn points(
        self,
        text: &str,
        abbreviations: &[Range<usize>],
        soft: &[usize],
    ) -> Vec<usize> {
        let mut points = Vec::new();
        let mut start = 0;
        for token in text.split_inclusive(is_break) {
            let range = start..start + token.len();
            start = range.end;
            let next = soft.partition_point(|at| *at < range.start);
            let has_soft_hyphen = soft.get(next).is_some_and(|at| range.contains(at));
            let next = abbreviations.partition_point(|short| short.start < range.start);
            let short = abbreviations.get(next).is_some_and(|short| range.contains(&short.start));
            if token.len() < MIN_LETTERS || has_soft_hyphen || short || is_address(token) {
                continue;
            }
            for word in words(token) {
                self.divide(&token[word.clone()], range.start + word.start, &mut points);
            }
        }
        points
    }

    fn divide(self, word: &str, start: usize, points: &mut Vec<usize>) {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let has_script = |c: char| {
            let script = script_of(c);
            script == self.script || script == Script::Inherited
        };
        let is_upper_case = word.chars().skip(1).any(char::is_uppercase);
        let has_length = (MIN_LETTERS..=MAX_LETTERS).contains(&letters);
        if !has_length || is_upper_case || !word.chars().all(has_script) {
            return;
        }
        let (left, right) = self.language.bounds();
        let parts = hypher::hyphenate_bounded(
            word,
            self.language,
            left.max(MIN_BEFORE),
            right.max(MIN_AFTER),
        );
        let mut at = 0;
        for part in parts {
            at += part.len();
            let point = if self.language == Lang::German { after_joining_s(word, at) } else { at };
            points.push(start + point);
        }
        points.pop();
        points.dedup();
    }
}

/// The places where a word may be divided, for text that others set: reading systems and browsers.
#[derive(Clone, Copy)]
pub(crate) struct WordDivision(Patterns);

impl WordDivision {
    /// That of a language; `None` if its words are not hyphenated, or not by patterns.
    pub(crate) fn for_language(language: &Language) -> Option<Self> {
        Patterns::for_language(language).map(Self)
    }

    /// The byte positions in a word, with the marks around it, before which it may be divided.
    pub(crate) fn points(self, word: &str) -> Vec<usize> {
        self.0.points(word, &[], &[])
    }
}

fn is_break(c: char) -> bool {
    c.is_whitespace() && c != '\u{202f}'
}

/// Runs of letters with their marks.
fn words(token: &str) -> impl Iterator<Item = Range<usize>> {
    let is_letter = |c: char| c.is_alphabetic() || script_of(c) == Script::Inherited;
    let mut rest = token.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = rest.by_ref().find(|(_, c)| is_letter(*c))?;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = rest.next_if(|(_, c)| is_letter(*c)) {
            end = at + c.len_utf8();
        }
        Some(start..end)
    })
}
