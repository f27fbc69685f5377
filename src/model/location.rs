//! Places in the files of a book.

use std::path::PathBuf;

/// A place in a text file, for findings that are made long after it was read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Location {
    /// The file, as it was given.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// How many characters it spans on that line, at least 1.
    pub length: u32,
}
