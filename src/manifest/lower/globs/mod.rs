//! Expands patterns such as `photos: "photos/*.jpg"` to files in natural order.
//!
//! [`expand`] finds the files; [`help`] says what to write when it finds none.

mod expand;
mod help;
mod matcher;
mod natural_order;
mod system_folders;

pub(crate) use expand::{Expansion, PatternError, SkipReason, Skipped, expand, is_picture};
pub(crate) use help::help;
