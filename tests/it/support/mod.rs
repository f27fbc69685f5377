//! What the tests share: small books, and pictures of every format.

pub(crate) mod drawn;
pub(crate) mod ebook;
pub(crate) mod fixture;
pub(crate) mod generate;
