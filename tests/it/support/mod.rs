//! What the tests share: small books, runs of the command, EPUB files, and images of every format.

pub(crate) mod any_book;
pub(crate) mod books;
pub(crate) mod cascade;
pub(crate) mod command;
pub(crate) mod design_books;
pub(crate) mod epub;
pub(crate) mod extracted_text;
pub(crate) mod fixture;
pub(crate) mod heif;
pub(crate) mod image_formats;
pub(crate) mod images;
pub(crate) mod jpegs;
pub(crate) mod structure_tree;
pub(crate) mod styles;
