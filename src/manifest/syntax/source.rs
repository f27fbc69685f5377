//! A text with the places in it.

use std::path::PathBuf;

use crate::model::Location;

/// A text file that was read, with the name under which findings point into it.
#[derive(Debug)]
pub(crate) struct Source {
    /// The file as the user would name it.
    pub file: PathBuf,
    /// Its text, without a byte order mark.
    pub text: String,
}

/// A stretch of one line: where a key or a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// How many characters it spans on that line, at least 1.
    pub length: u32,
}

impl Place {
    /// The beginning of a file.
    pub(crate) const START: Self = Self { line: 1, column: 1, length: 1 };
}

impl Source {
    /// This place in this file.
    pub(crate) fn at(&self, place: Place) -> Location {
        Location {
            file: self.file.clone(),
            line: place.line,
            column: place.column,
            length: place.length,
        }
    }

    /// The line and column of a byte of the text.
    pub(crate) fn place_of(&self, offset: usize) -> Place {
        place_of(&self.text, offset)
    }
}

/// The line and column of a byte of a text.
pub(crate) fn place_of(text: &str, offset: usize) -> Place {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |tail| tail.chars().count()) + 1;
    Place { line: small(line), column: small(column), length: 1 }
}

/// A line or column number; no text that is accepted has as many as do not fit.
pub(crate) fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
