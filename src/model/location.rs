//! Locations in the files of a book.

use std::path::{Path, PathBuf};

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

impl Location {
    /// The first character of a file.
    pub fn start_of(file: &Path) -> Self {
        Self { file: file.to_owned(), line: 1, column: 1, length: 1 }
    }
}
