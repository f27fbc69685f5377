//! Writes the book as EPUB 3.3: [`write()`] as a reflowable e-book, [`write_fixed`] as a
//! fixed-layout e-book that shows the printed pages.
//!
//! epub-builder creates the skeleton from the file names, `package::finish` completes it, and
//! the archive is written in one pass: each scaled picture is streamed to the file, so that
//! memory use does not grow with the number of photos.

mod content;
mod documents;
mod error;
mod fixed;
mod names;
mod options;
mod package;
mod reflowable;

pub(crate) use documents::{DOCUMENT_COVER, DocumentOptions, Documents, documents};
pub use error::EpubError;
pub use fixed::write as write_fixed;
pub use options::Options;
pub use reflowable::write;
