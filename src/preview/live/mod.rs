//! The page while the book is edited: `reload` follows the files, `updates` hands each new state
//! over, and `server` answers requests.

pub(super) mod reload;
pub(super) mod server;
pub(super) mod updates;
