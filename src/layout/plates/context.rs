//! The context shared by all plates of a book.

use std::sync::Arc;

use crate::layout::Grid;
use crate::layout::plates::hang_line::HangLines;
use crate::layout::plates::sizes::PlateSizes;
use crate::model::{Book, Plate, StructureElement};
use crate::typeset::Faces;

/// The book, its fonts, its grid and the common size of its plates.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct PlateContext<'a> {
    pub(in crate::layout) book: &'a Book,
    pub(in crate::layout) faces: &'a Faces,
    pub(in crate::layout) grid: &'a Grid,
    pub(in crate::layout) sizes: PlateSizes,
    /// The lines from which pictures hang.
    pub(in crate::layout) hang_lines: HangLines,
    /// Whether credits are printed with the plates instead of once in the imprint.
    pub(in crate::layout) credits: bool,
}

/// A plate, and the element of the structure that its picture and its caption are part of.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct PlateElement<'a> {
    pub(in crate::layout) plate: &'a Plate,
    pub(in crate::layout) element: &'a Arc<StructureElement>,
}
