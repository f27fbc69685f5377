//! The options of a PDF.

use time::OffsetDateTime;

use crate::model::{CoverGuide, Marks, Standards};
use crate::picture::{ImageProcessor, PressOptions, ScaleOptions};

/// How a book is written as a PDF.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// The standards that the file conforms to.
    pub standard: Standards,
    /// Printer's marks.
    pub marks: Marks,
    /// Whether the pages include the bleed; a file for the screen ends at the trim.
    pub bleed: bool,
    /// How photos are embedded.
    pub pictures: PictureOptions<'a>,
    /// Whether the file has links and settings of the viewer; always false for a press standard.
    pub links: bool,
    /// Whether the file has a structure tree for screen readers.
    pub tagged: bool,
    /// The time that the file gives as the time of its creation.
    pub modified: OffsetDateTime,
    /// The folds and edges of a cover, which are shown on screens in a layer of their own that is
    /// not printed. Empty for a file that conforms to a standard.
    pub guides: &'a [CoverGuide],
    /// Scales and converts the photos.
    pub processor: &'a ImageProcessor,
}

/// How photos are embedded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureOptions<'p> {
    /// At full resolution, for the press: either unchanged, with their compressed data and their
    /// own profiles, or converted.
    Press(PressOptions<'p>),
    /// As upright sRGB JPEGs, scaled down.
    Scaled(ScaleOptions),
}
