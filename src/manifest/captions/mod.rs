//! Captions beside the manifest: a table of captions ([`read`]), whose rows are
//! [matched](CaptionTable::matches) with photos, and texts beside the photos
//! ([`text_files::read`]).
//!
//! Nothing here depends on a manifest: a table and a list of photos are enough.

mod cells;
mod columns;
mod header;
pub(crate) mod matching;
mod table;
pub(crate) mod text_files;
mod values;

pub(crate) use table::{CaptionRow, CaptionTable, NamedColumn, TableError, TableOptions, read};
