//! What the tests share: small books, runs of the command, and image files of every format.

pub(crate) mod command;
pub(crate) mod fixture;
pub(crate) mod image_formats;
pub(crate) mod images;
