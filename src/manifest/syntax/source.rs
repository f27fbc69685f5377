//! Text files and positions in them.

use std::path::PathBuf;

use crate::model::Location;

/// A text file, with the path under which findings point into it.
#[derive(Debug)]
pub(crate) struct SourceFile {
    /// The path as the user would write it.
    pub file: PathBuf,
    /// Its text, without a byte order mark.
    pub text: String,
}

/// The position of a key or value: a range of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SourceSpan {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// The number of characters on that line, at least 1.
    pub length: u32,
}

impl SourceSpan {
    /// The start of a file.
    pub(crate) const START: Self = Self { line: 1, column: 1, length: 1 };
}

impl SourceFile {
    /// The location of a position in this file.
    pub(crate) fn at(&self, span: SourceSpan) -> Location {
        Location {
            file: self.file.clone(),
            line: span.line,
            column: span.column,
            length: span.length,
        }
    }

    /// The comment that follows a value on its line, if it starts with `#` and no blank, so that
    /// it can be a part of the value.
    pub(crate) fn comment_after(&self, span: SourceSpan) -> Option<&str> {
        let line = self.text.split('\n').nth(span.line.checked_sub(1)? as usize)?;
        let end = (span.column - 1 + span.length) as usize;
        let (start, _) = line.char_indices().nth(end)?;
        let rest = &line[start..];
        let comment = rest.trim();
        let is_text = comment.strip_prefix('#')?.starts_with(char::is_alphanumeric);
        (is_text && rest.starts_with([' ', '\t'])).then_some(comment)
    }

    /// The line and column of a byte of the text.
    pub(crate) fn span_at(&self, offset: usize) -> SourceSpan {
        span_at(&self.text, offset)
    }
}

/// The line and column of a byte of a text.
pub(crate) fn span_at(text: &str, offset: usize) -> SourceSpan {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |tail| tail.chars().count()) + 1;
    SourceSpan { line: to_u32(line), column: to_u32(column), length: 1 }
}

/// Converts a line or column number. Accepted texts are too short for one that does not fit.
pub(crate) fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
