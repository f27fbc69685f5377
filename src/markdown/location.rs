//! Positions in a text.

use std::ops::Range;
use std::path::PathBuf;

use crate::model::Location;

use super::emphasis::JOINER;

/// The location of a range of bytes, up to the end of its first line.
pub(super) fn location(text: &str, range: &Range<usize>) -> Location {
    let width = |text: &str| text.chars().filter(|&c| c != JOINER).count();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let before = text.get(..range.start).unwrap_or_default();
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, width) + 1;
    let here = text.get(range.start..range.end.max(range.start)).unwrap_or_default();
    let length = here.lines().next().map_or(1, |line| width(line).max(1));
    Location {
        file: PathBuf::new(),
        line: number(line),
        column: number(column),
        length: number(length),
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
