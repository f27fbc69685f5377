//! The vectors of the processor: calculations with samples are compiled for several kinds of
//! processors, and the widest vectors that this one has are chosen when they begin.
//!
//! All of them add and multiply the same numbers in the same order, so that a book has the same
//! bytes on each processor.

use std::sync::LazyLock;

use fearless_simd::Level;

/// The widest vectors that this processor has.
pub(super) fn level() -> Level {
    static LEVEL: LazyLock<Level> = LazyLock::new(Level::new);
    *LEVEL
}
