//! What a PDF is written with.

use time::OffsetDateTime;

use crate::model::{Marks, Standard};
use crate::picture::{ImageProcessor, PressOptions, ScaleOptions};

/// What of the book this file is to be.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// The standard that the file claims and keeps.
    pub standard: Standard,
    /// Printer's marks.
    pub marks: Marks,
    /// Whether the bleed is there; a file for the screen ends at the trim.
    pub bleed: bool,
    /// What happens to the pictures.
    pub pictures: PictureOptions<'a>,
    /// Whether links and the title bar are live; never under a press standard.
    pub interactive: bool,
    /// The moment that the file names as that of its making.
    pub modified: OffsetDateTime,
    /// Where the pictures are made.
    pub processor: &'a ImageProcessor,
}

/// What happens to the pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureOptions<'p> {
    /// At full resolution, for the press: as they are, compressed data byte for byte and
    /// tagged with their own profiles, or converted.
    Press(PressOptions<'p>),
    /// Upright sRGB JPEGs, scaled down.
    Scaled(ScaleOptions),
}
