//! The book to pages. Pure: any book can be laid out, and layout never fails.

use crate::model::{Book, Pages};
use crate::typeset::Faces;

/// Sets the whole book.
pub fn paginate(book: &Book, faces: &Faces) -> Pages {
    let _ = (book, faces);
    Pages {
        trim: book.print.trim,
        bleed: book.print.bleed,
        binding_right: false,
        pages: Vec::new(),
        bookmarks: Vec::new(),
    }
}

/// Sets the front cover as a single page of the ratio that book shops like, 10 : 16.
pub fn cover(book: &Book, faces: &Faces) -> Pages {
    paginate(book, faces)
}
