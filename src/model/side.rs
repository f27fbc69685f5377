//! The two sides of a leaf.

/// A side of a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The front: the right-hand page of a book bound on the left.
    Recto,
    /// The back.
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
