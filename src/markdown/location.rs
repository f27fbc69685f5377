//! Positions in a text.

use std::ops::Range;
use std::path::PathBuf;

use crate::model::Location;

use super::emphasis::JOINER;

/// Where the lines of a text start, so that many positions in it are found quickly.
#[derive(Debug)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    /// The lines of this text.
    pub(super) fn new(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self(std::iter::once(0).chain(breaks.map(|(index, _)| index + 1)).collect())
    }

    /// The location of a range of bytes of the text, up to the end of its first line.
    pub(super) fn location(&self, text: &str, range: &Range<usize>) -> Location {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let line = self.0.partition_point(|start| *start <= range.start);
        let start = self.0.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = text.get(start..range.start).unwrap_or_default();
        let width = |text: &str| text.chars().filter(|&c| c != JOINER).count();
        let here = text.get(range.start..range.end.max(range.start)).unwrap_or_default();
        let length = here.lines().next().map_or(1, |line| width(line).max(1));
        Location {
            file: PathBuf::new(),
            line: number(line),
            column: number(width(before) + 1),
            length: number(length),
        }
    }
}

/// Whether a range of bytes is alone on its lines, apart from the marks of quotations and
/// lists around it.
pub(super) fn is_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|before| before.rsplit('\n').next());
    let after = text.get(range.end..).and_then(|after| after.split('\n').next());
    let is_mark = |c: char| c.is_ascii_digit() || " \t>-*+.):".contains(c);
    before.is_some_and(|before| before.chars().all(is_mark))
        && after.is_some_and(|after| after.trim().is_empty())
}
