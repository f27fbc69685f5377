//! What one manifest may ask for. No book needs as much, and more would take minutes.

/// The maximum number of pages and photos that a manifest lists. A printed book has at most some
/// 1,000 pages, and photos for 20,000 would fill 100 GB.
pub(crate) const MAX_PAGES: usize = 20_000;
/// How many files and folders all patterns together may search: ten large collections.
pub(crate) const MAX_SEARCHED: usize = 2_000_000;
/// How many missing files are compared with those that are there, to suggest a name.
pub(crate) const MAX_SUGGESTIONS: usize = 100;

/// What a manifest has used of its limits.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Used {
    searched: usize,
    suggestions: usize,
}

impl Used {
    /// Counts the files that a pattern has searched.
    pub(crate) fn search(&mut self, files: usize) {
        self.searched += files;
    }

    /// Whether another pattern may search.
    pub(crate) fn may_search(&self) -> bool {
        self.searched < MAX_SEARCHED
    }

    /// Whether another name may be suggested, which is counted.
    pub(crate) fn suggest(&mut self) -> bool {
        self.suggestions += 1;
        self.suggestions <= MAX_SUGGESTIONS
    }
}
