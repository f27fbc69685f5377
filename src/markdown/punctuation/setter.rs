//! Decides what becomes of each character of a paragraph.

use crate::model::Language;

use super::conventions::{Conventions, conventions};
use super::elisions::{self, is_elision};
use super::line::{Letter, is_closing, is_hebrew, is_joining, is_opening, is_tight, is_unspaced};
use super::measures::{self, DOUBLE_PRIME, PRIME, is_number};

/// U+202F, narrow and not to be broken.
const NARROW: char = '\u{202F}';
const APOSTROPHE: &str = "’";

/// What becomes of a character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Same,
    Other(String),
}

/// A quotation that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Quotation {
    typed: char,
    closing: &'static str,
}

/// What a straight quote can be, judged by the characters beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum QuoteRole {
    Opens,
    Closes,
    /// Both sides are tight: `said…"go"`.
    Either,
    /// No quotation mark: an apostrophe, a prime or a mark between spaces.
    Neither,
}

pub(super) struct Setter<'a> {
    line: &'a [Letter],
    conventions: Conventions,
    primary: String,
    /// What is certain before any quotation is looked at: primes, and apostrophes at the
    /// beginnings of words.
    decided: Vec<Option<&'static str>>,
    /// For each position, the role of the next straight quote of the same kind after it.
    following: Vec<QuoteRole>,
    open: Vec<Quotation>,
    /// How many of the open quotations began with `"`, and how many with `'`.
    open_double: usize,
    open_single: usize,
    /// The position of the last straight quote that began a quotation.
    last_opening: Option<usize>,
}

impl<'a> Setter<'a> {
    pub(super) fn new(line: &'a [Letter], language: &Language) -> Self {
        let mut setter = Self {
            line,
            conventions: conventions(language),
            primary: language.primary(),
            decided: vec![None; line.len()],
            following: vec![QuoteRole::Neither; line.len()],
            open: Vec::new(),
            open_double: 0,
            open_single: 0,
            last_opening: None,
        };
        setter.decide();
        setter
    }

    /// Finds the primes, the elisions, and the roles of all other straight quotes.
    fn decide(&mut self) {
        for (at, prime) in measures::primes(self.line) {
            self.decided[at] = Some(prime);
        }
        for at in 0..self.line.len() {
            if self.typed(at) == Some('\'') && self.decided[at].is_none() {
                self.decide_elision(at);
            }
        }
        let (mut single, mut double) = (QuoteRole::Neither, QuoteRole::Neither);
        for at in (0..self.line.len()).rev() {
            let next = match self.typed(at) {
                Some('\'') => &mut single,
                Some('"') => &mut double,
                _ => continue,
            };
            self.following[at] = *next;
            match self.role(at) {
                QuoteRole::Neither => {}
                role => *next = role,
            }
        }
    }

    /// `'t`, `'90s`, and both marks of `'n'`.
    fn decide_elision(&mut self, at: usize) {
        let begins = self.before(at).is_none_or(|c| is_opening(c) || is_tight(c) || is_quote(c));
        if !begins {
            return;
        }
        let word: String = (at + 1..)
            .map_while(|at| self.character(at).filter(|c| c.is_alphanumeric()))
            .take(elisions::LONGEST)
            .collect();
        let end = at + 1 + word.chars().count();
        let closed =
            self.typed(end) == Some('\'') && !self.after(end).is_some_and(char::is_alphanumeric);
        if is_elision(&self.primary, &word, closed) {
            self.decided[at] = Some(APOSTROPHE);
            if closed {
                self.decided[end] = Some(APOSTROPHE);
            }
        }
    }

    pub(super) fn pieces(mut self) -> Vec<Piece> {
        let mut pieces = vec![Piece::Same; self.line.len()];
        let mut at = 0;
        while let Some(letter) = self.line.get(at) {
            let (piece, length) = match letter.character {
                _ if letter.fixed => (None, 1),
                '"' | '\'' if self.decided[at].is_some() => {
                    (self.decided[at].map(str::to_owned), 1)
                }
                '"' => (Some(self.double(at)), 1),
                '\'' => (Some(self.single(at)), 1),
                '-' => self.run(at, '-', |length| match length {
                    2 => Some("–"),
                    3 => Some("—"),
                    _ => None,
                }),
                '.' => self.run(at, '.', |length| (length == 3).then_some("…")),
                ' ' => (self.space(at), 1),
                _ => (None, 1),
            };
            if let Some(mark) = piece {
                pieces[at] = Piece::Other(mark);
                for rest in &mut pieces[at + 1..at + length] {
                    *rest = Piece::Other(String::new());
                }
            }
            at += length;
        }
        pieces
    }

    fn character(&self, at: usize) -> Option<char> {
        self.line.get(at).map(|letter| letter.character)
    }

    /// The character, if it may be replaced.
    fn typed(&self, at: usize) -> Option<char> {
        self.line.get(at).filter(|letter| !letter.fixed).map(|letter| letter.character)
    }

    fn before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).and_then(|at| self.character(at))
    }

    fn after(&self, at: usize) -> Option<char> {
        self.character(at + 1)
    }

    /// Equal characters in a row, and what they become.
    fn run(
        &self,
        at: usize,
        character: char,
        mark: impl Fn(usize) -> Option<&'static str>,
    ) -> (Option<String>, usize) {
        let same = |letter: &&Letter| letter.character == character && !letter.fixed;
        let length = self.line[at..].iter().take_while(same).count();
        (mark(length).map(str::to_owned), length)
    }

    /// Whether a quotation cannot begin before what follows this position.
    fn is_closed_by(&self, at: usize) -> bool {
        match self.character(at) {
            None => true,
            // A quotation may begin with an ellipsis.
            Some('.') => {
                !(self.character(at + 1) == Some('.') && self.character(at + 2) == Some('.'))
            }
            Some(c) => c.is_whitespace() || is_closing(c),
        }
    }

    /// Whether letters of scripts with spaces are on both sides: an apostrophe. A geresh and a
    /// quotation within Chinese are none.
    fn is_within_word(&self, at: usize) -> bool {
        let is_letter = |c: char| c.is_alphanumeric() && !is_unspaced(c) && !is_hebrew(c);
        self.before(at).is_some_and(is_letter) && self.after(at).is_some_and(is_letter)
    }

    /// The role of a straight quote by its neighbours, without straight quotes between them.
    fn role(&self, at: usize) -> QuoteRole {
        /// More straight quotes in a row mean nothing.
        const MOST: usize = 4;
        let typed = self.character(at);
        if self.decided[at].is_some() || (typed == Some('\'') && self.is_within_word(at)) {
            return QuoteRole::Neither;
        }
        let passes = |at: &usize| self.character(*at).is_some_and(is_quote);
        let before = at - (1..=MOST.min(at)).take_while(|back| passes(&(at - back))).count();
        let after = at + 1 + (at + 1..=at + MOST).take_while(passes).count();
        let closed = self.is_closed_by(after);
        let Some(before) = self.before(before) else {
            return if closed { QuoteRole::Neither } else { QuoteRole::Opens };
        };
        if is_opening(before) {
            return if closed { QuoteRole::Neither } else { QuoteRole::Opens };
        }
        if closed || self.character(after).is_some_and(is_joining) {
            return QuoteRole::Closes;
        }
        let next = self.character(after);
        let unspaced = is_unspaced(before) || next.is_some_and(is_unspaced);
        if is_tight(before) || unspaced || typed == Some('"') {
            return QuoteRole::Either;
        }
        if next.is_some_and(char::is_alphanumeric) { QuoteRole::Neither } else { QuoteRole::Closes }
    }

    /// Whether only a quotation can begin after what is before this position.
    fn is_after_opening(&self, at: usize) -> bool {
        match self.before(at) {
            None => true,
            Some('"' | '\'') => self.last_opening == at.checked_sub(1),
            Some(c) => is_opening(c),
        }
    }

    /// Whether a mark whose sides are both tight begins a quotation. In an open quotation it
    /// ends this, unless the next mark can only be the end of an inner one.
    fn begins_tight(&self, at: usize, is_open: bool) -> bool {
        let next = self.following[at];
        let before = self.before(at);
        if is_open {
            return before.is_some_and(is_tight) && next == QuoteRole::Closes;
        }
        matches!(next, QuoteRole::Closes | QuoteRole::Either)
    }

    /// How many quotations that began with this mark are open.
    fn open_count(&mut self, typed: char) -> &mut usize {
        if typed == '"' { &mut self.open_double } else { &mut self.open_single }
    }

    fn double(&mut self, at: usize) -> String {
        let conventions = self.conventions;
        let is_open = self.open_double > 0;
        let closed = self.is_closed_by(at + 1);
        let begins = if self.is_after_opening(at) {
            !closed || !is_open
        } else {
            let is_joined = !is_open && self.before(at).is_some_and(is_joining);
            !closed
                && self.role(at) == QuoteRole::Either
                && (is_joined || self.begins_tight(at, is_open))
        };
        if begins {
            let is_nested = self.open_double % 2 == 1 && !conventions.is_straight();
            let marks = if is_nested { conventions.inner } else { conventions.outer };
            return self.opening(at, '"', marks);
        }
        if self.is_prime(at, is_open) {
            return DOUBLE_PRIME.to_owned();
        }
        if is_open { self.closing('"', at) } else { conventions.outer.1.to_owned() }
    }

    fn single(&mut self, at: usize) -> String {
        if self.is_within_word(at) {
            return APOSTROPHE.to_owned();
        }
        let is_open = self.open_single > 0;
        let next = self.following[at];
        let role = self.role(at);
        let begins = if self.is_after_opening(at) {
            // Where another mark begins first, this one is an apostrophe.
            !self.is_closed_by(at + 1) && matches!(next, QuoteRole::Closes | QuoteRole::Either)
        } else {
            role == QuoteRole::Either && self.begins_tight(at, is_open)
        };
        if begins {
            return self.opening(at, '\'', self.conventions.inner);
        }
        // l'"été": the letter before it is a word without its end.
        let is_elided = self.before(at).is_some_and(char::is_alphabetic)
            && self.typed(at + 1) == Some('"')
            && self.character(at + 2).is_some_and(char::is_alphanumeric);
        let may_close = !is_elided && !self.is_after_opening(at);
        if self.is_prime(at, is_open && may_close) {
            return PRIME.to_owned();
        }
        if is_open && may_close {
            return self.closing('\'', at);
        }
        self.apostrophe(at).to_owned()
    }

    /// An apostrophe; where quotes stay straight, only beside a letter of a script that has it.
    fn apostrophe(&self, at: usize) -> &'static str {
        let is_foreign = |c: char| is_unspaced(c) || is_hebrew(c);
        let beside = [self.before(at), self.after(at)];
        let is_letter = beside[0].is_some_and(char::is_alphanumeric);
        let stays = beside.into_iter().flatten().any(is_foreign)
            || (self.conventions.is_straight() && !is_letter);
        if stays { "'" } else { APOSTROPHE }
    }

    /// Whether a mark after a single number is a prime: `8" by 10", 6' tall`. In an open
    /// quotation it is one if the quotation ends later, and words follow here.
    fn is_prime(&self, at: usize, is_open: bool) -> bool {
        /// A measure is short, a year is not.
        const DIGITS: usize = 3;
        if !self.before(at).is_some_and(is_number)
            || self.after(at).is_some_and(char::is_alphanumeric)
        {
            return false;
        }
        let digits = (0..at).rev().take_while(|&at| self.character(at).is_some_and(is_number));
        !is_open
            || (digits.take(DIGITS + 1).count() <= DIGITS
                && self.following[at] == QuoteRole::Closes
                && self.after(at).is_some_and(char::is_whitespace))
    }

    fn opening(&mut self, at: usize, typed: char, marks: (&'static str, &'static str)) -> String {
        self.open.push(Quotation { typed, closing: marks.1 });
        *self.open_count(typed) += 1;
        self.last_opening = Some(at);
        if self.conventions.spaced && marks.0 == "«" {
            format!("{}{NARROW}", marks.0)
        } else {
            marks.0.to_owned()
        }
    }

    /// Closes the innermost quotation of this kind, and those in it that never closed.
    fn closing(&mut self, typed: char, at: usize) -> String {
        while let Some(quotation) = self.open.pop() {
            *self.open_count(quotation.typed) -= 1;
            if quotation.typed == typed {
                let spaced = self.conventions.spaced && quotation.closing == "»";
                let already = self.before(at).is_some_and(char::is_whitespace);
                return if spaced && !already {
                    format!("{NARROW}{}", quotation.closing)
                } else {
                    quotation.closing.to_owned()
                };
            }
        }
        String::from(typed)
    }

    /// In French, the blank before high punctuation and inside guillemets holds them
    /// to the word.
    fn space(&self, at: usize) -> Option<String> {
        if !self.conventions.spaced || self.before(at).is_none_or(char::is_whitespace) {
            return None;
        }
        let after_opening = self.before(at) == Some('«');
        match self.after(at)? {
            ';' | '!' | '?' | '»' => Some(NARROW.to_string()),
            ':' => Some("\u{A0}".to_owned()),
            _ if after_opening => Some(NARROW.to_string()),
            _ => None,
        }
    }
}

fn is_quote(character: char) -> bool {
    matches!(character, '"' | '\'')
}
