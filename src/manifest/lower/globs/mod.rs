//! The files that patterns such as `photos: "photos/*.jpg"` match, in natural order.
//!
//! [`photos`] returns the photos of a page and reports what is skipped. [`expand`](expand::expand)
//! finds the files of one pattern, and [`Exclusion`](exclusion::Exclusion) leaves some of them out.

mod exclusion;
mod expand;
mod help;
mod kinds;
mod matcher;
mod natural_order;
mod photos;
mod skipped;
mod system_folders;

pub(crate) use expand::{Expansion, PatternError, SkipReason, Skipped, expand, is_picture};
pub(crate) use kinds::{OtherFile, is_heic, is_raw, stem};
pub(crate) use natural_order::NaturalOrder;
pub(crate) use photos::photos;
pub(crate) use system_folders::is_skipped_folder;
