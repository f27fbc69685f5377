//! What does not fit on a printed cover.

use crate::model::{Length, Size};

/// Something on the cover that does not fit as the manifest asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CoverIssue {
    /// A text is too long, even in the smallest type: its last lines are left out.
    TextCut {
        /// Where it is.
        place: CoverTextPlace,
        /// How many lines it has.
        lines: usize,
        /// How many of them are left out.
        left_out: usize,
    },
    /// The texts of the front are too long, even in the smallest type: lines lie upon each other, or
    /// beyond the front.
    FrontTextLong,
    /// The title is too long for the spine, even in the smallest type: the spine has no text.
    SpineTitleLong {
        /// The length of the spine that text may take.
        room: Length,
    },
    /// The barcode has no number: the printed edition has no ISBN, and the manifest gives none.
    BarcodeWithoutIsbn,
    /// The barcode is smaller than scanners are made for.
    BarcodeSmall {
        /// Its size.
        per_cent: i64,
        /// The room that it has.
        room: Size,
    },
    /// There is no room for the barcode.
    BarcodeLeftOut {
        /// The room that it has.
        room: Size,
    },
}

/// A place on the cover with a running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoverTextPlace {
    /// The back.
    Back,
    /// The flap beside the front.
    FrontFlap,
    /// The flap beside the back.
    BackFlap,
}
