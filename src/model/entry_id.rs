//! References to the entries of a book.

/// The position of an entry in the entries of a book, by which pages and files refer to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub usize);
