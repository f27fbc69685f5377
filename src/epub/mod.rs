//! Writes the book as EPUB 3.3: [`write()`] as a reflowable e-book, [`write_fixed`] as one in
//! fixed layout, which shows the printed pages.
//!
//! epub-builder makes the skeleton from the names of the files, `package::finish` completes
//! it, and the archive is written in one pass: each scaled picture goes straight into the
//! file, so that memory does not grow with the photos.

mod content;
mod error;
mod fixed;
mod options;
mod package;
mod reflowable;
mod style;

pub use error::WriteError;
pub use fixed::write as write_fixed;
pub use options::Options;
pub use reflowable::write;
