//! Locations in the files of a book.

use std::path::PathBuf;

/// A location in a text file, for findings reported long after it was read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Location {
    /// The path of the file, as given.
    pub file: PathBuf,
    /// The line, counted from 1.
    pub line: u32,
    /// The column in characters, counted from 1.
    pub column: u32,
    /// The number of characters on that line, at least 1.
    pub length: u32,
}
