//! What an e-book is written with.

use time::OffsetDateTime;

use crate::model::Pages;
use crate::picture::{ImageProcessor, ScaleOptions};

/// What the e-book is to be.
#[derive(Debug)]
pub struct Options<'a> {
    /// How pictures are made smaller. In fixed layout, `max_pixels` is what a picture that
    /// fills a page has.
    pub pictures: ScaleOptions,
    /// How many pixels a page in fixed layout has at most.
    pub viewport: u64,
    /// The cover: a single laid-out page, drawn as a picture.
    pub cover: &'a Pages,
    /// How many pixels its picture has at most.
    pub cover_pixels: u64,
    /// How many characters tell at most what is to be seen on it.
    pub cover_alt: usize,
    /// The printed edition: its folios become the page list, and its pages those of the
    /// edition in fixed layout.
    pub print: Option<&'a Pages>,
    /// Whether anybody can have that edition, so that its page numbers are worth telling.
    pub printable: bool,
    /// The moment that the file names as that of its making.
    pub modified: OffsetDateTime,
    /// Where the pictures are made.
    pub processor: &'a ImageProcessor,
}
