//! What a new manifest says besides its photos.

use crate::manifest::keys::pages::PhotoOrder;
use crate::model::Date;

/// What a new manifest says. What is `None` is decided by the photos.
#[derive(Debug, Clone)]
pub struct InitOptions {
    /// The title of the book.
    pub title: String,
    /// The language of the book, as a BCP 47 tag.
    pub language: String,
    /// The order of the photos. By default, the time if nearly all photos have one, else the name.
    pub order: Option<PhotoOrder>,
    /// What chapters are made of. By default, folders if there are several.
    pub chapters: Option<ChapterRule>,
    /// The name of a printer's preset.
    pub printer: Option<String>,
    /// The page size.
    pub trim: Option<String>,
    /// The design.
    pub design: Option<String>,
    /// Whether all other keys are added as comments.
    pub full: bool,
    /// The day of today. Photos that are newer have a wrong date.
    pub today: Option<Date>,
    /// The number of threads that read photos.
    pub threads: usize,
}

/// What the chapters of a new manifest are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChapterRule {
    /// There are no chapters.
    None,
    /// The folders of the photos.
    Folder,
    /// The days on which they were taken.
    Day,
}
