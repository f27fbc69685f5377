//! The options for writing an e-book.

use time::OffsetDateTime;

use crate::model::Pages;
use crate::picture::{ImageProcessor, ScaleOptions};

/// The options for writing an e-book.
#[derive(Debug)]
pub struct Options<'a> {
    /// How pictures are scaled. In fixed layout, `max_pixels` is the limit for a picture that
    /// fills a page.
    pub pictures: ScaleOptions,
    /// The maximum number of pixels of a page in fixed layout.
    pub viewport: u64,
    /// The cover: a single laid-out page, rasterized to a picture.
    pub cover: &'a Pages,
    /// The maximum number of pixels of the cover picture.
    pub cover_pixels: u64,
    /// The maximum number of characters of the cover's alternative text.
    pub cover_alt: usize,
    /// The printed edition: its folios become the page list, and its pages those of the
    /// fixed-layout e-book.
    pub print: Option<&'a Pages>,
    /// Whether the printed edition is available to readers, so that a page list is useful.
    pub printable: bool,
    /// The modification time recorded in the file.
    pub modified: OffsetDateTime,
    /// Scales and converts the pictures.
    pub processor: &'a ImageProcessor,
}
