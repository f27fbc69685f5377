//! Joins the spans of a paragraph to one text.

use std::ops::Range;

use crate::typeset::Span;

/// The text between two forced line breaks, with white space collapsed and soft hyphens removed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::typeset) struct Prose {
    pub(in crate::typeset) text: String,
    /// The ranges of bytes and the span of each, in order and without gaps.
    pub(in crate::typeset) parts: Vec<(Range<usize>, usize)>,
    /// The positions of soft hyphens (U+00AD).
    pub(in crate::typeset) soft: Vec<usize>,
}

impl Prose {
    /// Splits spans at forced line breaks. Empty spans are dropped.
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
                    // Control characters are not printed.
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
