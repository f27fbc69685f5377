//! A paragraph's words as one text.

use std::ops::Range;

use crate::typeset::Span;

/// The text between two breaks that the author asked for, white space collapsed and
/// soft hyphens taken out.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::typeset) struct Prose {
    pub(in crate::typeset) text: String,
    /// Which bytes belong to which span, in order and without holes.
    pub(in crate::typeset) parts: Vec<(Range<usize>, usize)>,
    /// Where the author allows a hyphen (U+00AD).
    pub(in crate::typeset) soft: Vec<usize>,
}

impl Prose {
    /// Cuts spans at the author's breaks. Empty spans come to nothing.
    pub(in crate::typeset) fn from_spans(spans: &[Span]) -> Vec<Self> {
        let mut all = Vec::new();
        let mut prose = Self::default();
        for (index, span) in spans.iter().enumerate() {
            let mut rest = span.text.chars().peekable();
            while let Some(c) = rest.next() {
                match c {
                    '\r' if rest.peek() == Some(&'\n') => {}
                    '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                        all.push(std::mem::take(&mut prose).trimmed());
                    }
                    ' ' | '\t' if prose.text.is_empty() || prose.text.ends_with(' ') => {}
                    ' ' | '\t' => prose.push(' ', index),
                    '\u{ad}' => prose.soft.push(prose.text.len()),
                    // What controls a terminal has no place on paper.
                    c if c.is_control() => {}
                    c => prose.push(c, index),
                }
            }
        }
        if !(prose.text.is_empty() && all.is_empty()) {
            all.push(prose.trimmed());
        }
        all
    }

    fn push(&mut self, c: char, span: usize) {
        let start = self.text.len();
        self.text.push(c);
        let end = self.text.len();
        match self.parts.last_mut() {
            Some((range, last)) if *last == span => range.end = end,
            _ => self.parts.push((start..end, span)),
        }
    }

    fn trimmed(mut self) -> Self {
        if self.text.ends_with(' ') {
            self.text.pop();
            let end = self.text.len();
            if let Some((range, _)) = self.parts.last_mut() {
                range.end = end;
            }
            self.parts.retain(|(range, _)| !range.is_empty());
        }
        self.soft.retain(|at| 0 < *at && *at < self.text.len());
        self.soft.dedup();
        self
    }
}
