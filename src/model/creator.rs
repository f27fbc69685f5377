//! The people who made a book.

/// Someone who made the book.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Creator {
    /// The name as it is read.
    pub name: String,
    /// What they did.
    pub role: Role,
    /// The name as it is sorted, for instance `Field, Ada`.
    pub sort: Option<String>,
}

/// A MARC relator: its code, and its term in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Role {
    /// Three letters, for instance `pht`.
    pub code: &'static str,
    /// For instance `photographer`.
    pub term: &'static str,
}
