//! The names of the files that every e-book has, and of the places in them.

/// The page of the cover.
pub(in crate::epub) const COVER: &str = "cover.xhtml";
/// Its picture.
pub(in crate::epub) const COVER_PICTURE: &str = "images/cover.jpg";
/// The file of the front matter.
pub(in crate::epub) const FRONT: &str = "title.xhtml";
/// The `id` of the title page in it.
pub(in crate::epub) const TITLE_PAGE_ID: &str = "titlepage";
/// The `id` of the imprint in it.
pub(in crate::epub) const IMPRINT_ID: &str = "copyright-page";
/// The navigation document.
pub(in crate::epub) const NAVIGATION: &str = "nav.xhtml";
/// The table of contents in it.
pub(in crate::epub) const CONTENTS: &str = "nav.xhtml#toc";
/// The stylesheet shared by all pages.
pub(in crate::epub) const STYLESHEET: &str = "stylesheet.css";

/// The path of a file in the archive.
pub(in crate::epub) fn archive_path(href: &str) -> String {
    format!("OEBPS/{href}")
}
