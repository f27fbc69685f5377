//! What all plates of a book share.

use crate::layout::Grid;
use crate::layout::plates::sizes::PlateSizes;
use crate::model::Book;
use crate::typeset::Faces;

/// The book, its fonts and its grid, and what its plates have in common.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct PlateContext<'a> {
    pub(in crate::layout) book: &'a Book,
    pub(in crate::layout) faces: &'a Faces,
    pub(in crate::layout) grid: &'a Grid,
    pub(in crate::layout) sizes: PlateSizes,
    /// Whether each plate names its credit, or the imprint does so for all.
    pub(in crate::layout) credits: bool,
}
