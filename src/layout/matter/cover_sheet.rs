//! The printed cover: back, spine and front on one sheet.

use crate::model::{Book, CoverSheet, Edges, Folio, Numbering, Pages, Side};
use crate::typeset::Faces;

use crate::layout::placement;

/// Lays out the cover as a single page of the size of the sheet.
pub fn cover_sheet(book: &Book, _faces: &Faces, sheet: &CoverSheet) -> Pages {
    let folio = Folio { numbering: Numbering::Roman, number: 1 };
    Pages {
        trim: sheet.trim,
        bleed: Edges::all(sheet.bleed),
        binding_right: book.language.is_right_to_left(),
        pages: vec![placement::blank(folio, Side::Recto)],
        bookmarks: Vec::new(),
        overset: Vec::new(),
        wide_tables: Vec::new(),
        padding: 0,
    }
}
