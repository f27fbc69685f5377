//! Feet and inches, minutes and seconds: `6'2"`, `40°26'46"`, `8"x10"`.
//!
//! Only what is a measure beyond doubt is found here. A mark after a single number may also
//! end a quotation, which the open quotations decide.

use super::line::{Letter, is_unspaced};

/// U+2032 and U+2033.
pub(super) const PRIME: &str = "′";
pub(super) const DOUBLE_PRIME: &str = "″";

/// The primes of the line: for each, its position and what replaces the character there.
pub(super) fn primes(line: &[Letter]) -> Vec<(usize, &'static str)> {
    let mut measures = Measures { line, primes: Vec::new() };
    let mut at = 0;
    while at < line.len() {
        match measures.number_that_starts(at) {
            Some(end) => {
                measures.read(at, end);
                at = end;
            }
            None => at += 1,
        }
    }
    measures.primes
}

/// Whether a number ends with it.
pub(super) fn is_number(character: char) -> bool {
    character.is_ascii_digit() || is_fraction(character)
}

fn is_fraction(character: char) -> bool {
    matches!(character, '¼' | '½' | '¾' | '⅐'..='⅞' | '↉')
}

struct Measures<'a> {
    line: &'a [Letter],
    primes: Vec<(usize, &'static str)>,
}

impl Measures<'_> {
    fn character(&self, at: usize) -> Option<char> {
        self.line.get(at).filter(|letter| !letter.fixed).map(|letter| letter.character)
    }

    /// The end of the number that starts here, if this is not within a word.
    fn number_that_starts(&self, at: usize) -> Option<usize> {
        self.character(at).filter(|&c| is_number(c))?;
        let before = at.checked_sub(1).and_then(|at| self.character(at));
        let joins = at >= 2 && self.character(at - 2).is_some_and(|c| !c.is_alphabetic());
        match before {
            Some('x' | 'X' | 'h' | 'H') if joins => {}
            Some(c) if c.is_alphanumeric() && !is_unspaced(c) => return None,
            _ => {}
        }
        Some(self.number(at))
    }

    /// The end of a number: `5`, `10.5`, `2½`, `2 1/2`, `½`.
    fn number(&self, at: usize) -> usize {
        let digits = |mut at: usize| {
            while self.character(at).is_some_and(|c| c.is_ascii_digit()) {
                at += 1;
            }
            at
        };
        let mut end = digits(at);
        if matches!(self.character(end), Some('.' | ',')) && digits(end + 1) > end + 1 {
            end = digits(end + 1);
        }
        if self.character(end).is_some_and(is_fraction) {
            return end + 1;
        }
        let numerator = if self.character(end) == Some(' ') { end + 1 } else { end };
        for start in [numerator, at] {
            let slash = digits(start);
            let is_short = (1..=2).contains(&(slash - start));
            if is_short && matches!(self.character(slash), Some('/' | '⁄')) {
                let denominator = digits(slash + 1);
                if denominator > slash + 1 {
                    return denominator;
                }
            }
        }
        end
    }

    /// The end of a number here or after one space or hyphen, unless there is none.
    fn next_number(&self, at: usize) -> Option<(usize, usize)> {
        let separators = [' ', '\u{A0}', '\u{202F}', '\u{2009}', '-', '\u{2011}', '–'];
        let start = at + usize::from(self.character(at).is_some_and(|c| separators.contains(&c)));
        self.character(start).filter(|&c| is_number(c))?;
        Some((start, self.number(start)))
    }

    /// The length of a straight mark for inches or seconds: `"` or `''`.
    fn double(&self, at: usize) -> Option<usize> {
        match self.character(at)? {
            '"' => Some(1),
            '\'' if self.character(at + 1) == Some('\'') => Some(2),
            _ => None,
        }
    }

    fn mark_double(&mut self, at: usize, length: usize) {
        self.primes.push((at, DOUBLE_PRIME));
        if length == 2 {
            self.primes.push((at + 1, ""));
        }
    }

    fn mark_single(&mut self, at: usize) {
        if self.character(at) == Some('\'') {
            self.primes.push((at, PRIME));
        }
    }

    /// Whether a measure may end here: no word goes on, but for a direction or another side.
    fn may_end(&self, at: usize) -> bool {
        let ends = |at| !self.character(at).is_some_and(char::is_alphanumeric);
        ends(at)
            || (matches!(self.character(at), Some('N' | 'S' | 'E' | 'W' | 'O')) && ends(at + 1))
            || self.is_by(at)
    }

    /// Whether another side follows: `x8`, ` × 10`.
    fn is_by(&self, at: usize) -> bool {
        let at = at + usize::from(self.character(at) == Some(' '));
        let next = at + 1 + usize::from(self.character(at + 1) == Some(' '));
        matches!(self.character(at), Some('x' | 'X' | '×'))
            && self.character(next).is_some_and(is_number)
    }

    /// Whether this number is the other side of `8"x10"`.
    fn is_after_by(&self, start: usize) -> bool {
        let space = usize::from(start > 0 && self.character(start - 1) == Some(' '));
        let Some(by) = (start - space).checked_sub(1) else { return false };
        let before = by.checked_sub(1 + space).and_then(|at| self.character(at));
        matches!(self.character(by), Some('x' | 'X' | '×'))
            && before.is_some_and(|c| is_number(c) || matches!(c, '"' | '\'' | '″' | '′'))
    }

    /// Marks the measure that begins with the number in this range.
    fn read(&mut self, start: usize, end: usize) {
        match self.character(end) {
            Some('°' | 'º') => {
                let Some((_, minutes)) = self.next_number(end + 1) else { return };
                if matches!(self.character(minutes), Some('\'' | '′'))
                    && self.double(minutes).is_none()
                {
                    let seconds = self.next_number(minutes + 1);
                    let seconds =
                        seconds.and_then(|(_, end)| self.double(end).map(|length| (end, length)));
                    if let Some((end, length)) = seconds {
                        self.mark_single(minutes);
                        self.mark_double(end, length);
                    } else if self.may_end(minutes + 1) {
                        self.mark_single(minutes);
                    }
                } else if let Some(length) = self.double(minutes) {
                    self.mark_double(minutes, length);
                }
            }
            Some('\'' | '′') if self.double(end) == Some(2) && self.may_end(end + 2) => {
                self.mark_double(end, 2);
            }
            Some('\'' | '′') => self.read_feet(start, end),
            Some('"')
                if self.is_by(end + 1) || (self.is_after_by(start) && self.may_end(end + 1)) =>
            {
                self.mark_double(end, 1);
            }
            _ => {}
        }
    }

    /// Marks what begins with feet or minutes; the mark is at `end`.
    fn read_feet(&mut self, start: usize, end: usize) {
        if self.is_by(end + 1) || (self.is_after_by(start) && self.may_end(end + 1)) {
            self.mark_single(end);
            return;
        }
        let Some((next, next_end)) = self.next_number(end + 1) else { return };
        if let Some(length) = self.double(next_end) {
            if self.may_end(next_end + length) {
                self.mark_single(end);
                self.mark_double(next_end, length);
            }
            return;
        }
        let is_short = |from: usize, to: usize| to - from <= 3;
        let is_tight = next == end + 1;
        // 5'11, but 1'000 is a number with a Swiss separator.
        if is_tight && next_end - next <= 2 && self.may_end(next_end) {
            self.mark_single(end);
        }
        // 5'-6'
        let is_range = !is_tight && matches!(self.character(end + 1), Some('-' | '–' | '\u{2011}'));
        if is_range
            && is_short(start, end)
            && is_short(next, next_end)
            && self.character(next_end) == Some('\'')
            && self.may_end(next_end + 1)
        {
            self.mark_single(end);
            self.mark_single(next_end);
        }
    }
}
