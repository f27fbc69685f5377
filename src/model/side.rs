//! The two sides of a leaf.

use schemars::JsonSchema;
use serde::Deserialize;

/// A side of a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The front of a leaf: the right-hand page of a book bound on the left.
    Recto,
    /// The back of a leaf: the left-hand page of a book bound on the left.
    Verso,
}

impl Side {
    /// The side of the page with this index, the first page (0) being a recto.
    pub fn from_index(index: usize) -> Self {
        if index.is_multiple_of(2) { Self::Recto } else { Self::Verso }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_is_a_recto() {
        assert_eq!((Side::from_index(0), Side::from_index(1)), (Side::Recto, Side::Verso));
    }
}
