//! A photo of the folder.

use crate::model::Date;

use super::words::PhotoWords;

/// A photo in the folder.
#[derive(Debug, Clone)]
pub(super) struct FoundPhoto {
    /// Its name, relative to the folder.
    pub name: String,
    /// The width and height of its pixels as they are stored.
    pub pixels: (u32, u32),
    /// The time when it was taken, in a form that sorts as text; `None` if it is not known, or
    /// cannot be right.
    pub time: Option<String>,
    /// The day when it was taken.
    pub date: Option<Date>,
    /// What its metadata says.
    pub words: PhotoWords,
    /// Why it is not in the book, or may be there twice.
    pub remark: Option<Remark>,
}

/// What is to be said about a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Remark {
    /// It is a picture of a screen.
    Screenshot,
    /// It has the same bytes as another photo.
    SameFile(String),
    /// It is probably a copy of another photo in another size or format.
    LikelyCopy(String),
    /// It cannot be read, for this reason.
    Unreadable(String),
}

impl FoundPhoto {
    /// Whether the photo becomes a page.
    pub(super) fn is_in_book(&self) -> bool {
        matches!(self.remark, None | Some(Remark::LikelyCopy(_)))
    }
}
