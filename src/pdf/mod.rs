//! Writes laid-out pages as a PDF, object by object: only the offsets of the objects stay in
//! memory.

mod error;
mod file;
mod options;
mod page;
mod structure;
mod text;
mod violation;

pub use error::PdfError;
pub use file::document::write;
pub use options::{Options, PictureOptions};
pub use violation::Violation;
