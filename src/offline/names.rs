//! The names of the files, in ASCII and without a difference of case, as FAT and Windows take them.

/// The page that readers open.
pub(super) const INDEX: &str = "index.html";
/// The text that explains it.
pub(super) const READ_ME: &str = "READ-ME.txt";
/// The list of checksums, in the format of `sha256sum`.
pub(super) const SUMS: &str = "SHA256SUMS";
/// The folder of everything that belongs to the page.
pub(super) const FOLDER: &str = "book/";
/// The stylesheet of the page.
pub(super) const STYLESHEET: &str = "book/book.css";
/// The script of the viewer.
pub(super) const SCRIPT: &str = "book/viewer.js";
