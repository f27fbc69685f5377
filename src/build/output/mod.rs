//! The output folder: files that are written whole or not at all, their checksums, and which of
//! them are up to date.

pub(super) mod abandoned;
pub(super) mod delivery;
pub(super) mod durability;
pub(super) mod file;
pub(super) mod folder;
pub(super) mod folder_lock;
pub(super) mod sums;
pub(super) mod up_to_date;

pub use durability::Durability;
pub use file::{WrittenFile, create_text_file, replace_text_file, write_file};
pub use folder::FolderError;
