//! A state of the book as a web page: [`Shown::new`](shown::Shown::new) writes it, with the
//! addresses of all files that it refers to. No photo is decoded before it is asked for.

pub(super) mod assets;
mod bound;
mod findings;
mod pictures;
mod reader;
pub(super) mod resources;
pub(super) mod shell;
pub(super) mod shown;
mod spreads;
mod strip;
mod views;
