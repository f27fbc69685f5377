//! The commands, a file each, and what several of them use.

pub(super) mod build;
pub(super) mod check;
pub(super) mod completions;
pub(super) mod explain;
pub(super) mod init;
mod load;
pub(super) mod man;
pub(super) mod preview;
mod print_facts;
pub(super) mod printers;
mod progress;
mod removed_metadata;
pub(super) mod schema;
