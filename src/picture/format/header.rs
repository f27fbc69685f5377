//! The types that describe a file's header.

use std::io;

use crate::model::{ColorModel, Format, HdrEncoding, Metadata, Pixels};

use crate::picture::metadata::exif::Exif;

/// The contents of a file's header.
#[derive(Debug)]
pub(in crate::picture) struct Header {
    pub(in crate::picture) format: Format,
    /// The stored size, not turned.
    pub(in crate::picture) pixels: Pixels,
    pub(in crate::picture) colour: ColorModel,
    pub(in crate::picture) bits: u8,
    pub(in crate::picture) alpha: bool,
    /// The metadata and the profile.
    pub(in crate::picture) embedded: EmbeddedMetadata,
    /// EXIF tags that are not in a block of their own: those of a TIFF file.
    pub(in crate::picture) exif: Option<Exif>,
    /// Whether it is an arithmetic-coded JPEG.
    pub(in crate::picture) arithmetic: bool,
    /// Whether there is more than one frame or page.
    pub(in crate::picture) animated: bool,
    /// What turns the picture upright.
    pub(in crate::picture) orientation_rule: OrientationRule,
    /// The range of the decoded samples.
    pub(in crate::picture) range: DecodedRange,
}

impl Header {
    /// The header of an 8-bit picture without metadata.
    pub(in crate::picture) fn new(format: Format, pixels: Pixels, colour: ColorModel) -> Self {
        Self {
            format,
            pixels,
            colour,
            bits: 8,
            alpha: false,
            embedded: EmbeddedMetadata::default(),
            exif: None,
            arithmetic: false,
            animated: false,
            orientation_rule: OrientationRule::ByMetadata,
            range: DecodedRange::AsStored,
        }
    }
}

/// The dynamic range of decoded samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::picture) enum DecodedRange {
    /// That of the file.
    AsStored,
    /// Standard range, to which the decoder itself converts the high range of the file.
    ConvertedFromHigh,
}

/// What turns a picture upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::picture) enum OrientationRule {
    /// recto, by the orientation in the metadata.
    ByMetadata,
    /// The decoder, which makes the orientation in the metadata irrelevant.
    ByDecoder,
}

/// Metadata blocks as they are embedded in a file, not yet parsed.
#[derive(Debug, Default)]
pub(in crate::picture) struct EmbeddedMetadata {
    /// A TIFF structure.
    pub(in crate::picture) exif: Option<Vec<u8>>,
    /// An RDF/XML document.
    pub(in crate::picture) xmp: Option<Vec<u8>>,
    /// The extended XMP packet, for XMP that is too long for one segment.
    pub(in crate::picture) extended_xmp: Option<Vec<u8>>,
    /// IPTC-IIM data sets.
    pub(in crate::picture) iptc: Option<Vec<u8>>,
    /// The texts of PNG chunks.
    pub(in crate::picture) text_chunks: Metadata,
    pub(in crate::picture) profile: EmbeddedProfile,
    /// Whether there is other metadata, such as thumbnails, comments or maker notes.
    pub(in crate::picture) other: bool,
}

/// The colour space that a file states, by an ICC profile or otherwise.
#[derive(Debug, Default)]
pub(in crate::picture) enum EmbeddedProfile {
    /// None is stated.
    #[default]
    Absent,
    /// All bytes of a profile, not yet parsed.
    Complete(Vec<u8>),
    /// The profile is incomplete, or cannot be decompressed.
    Damaged,
    /// sRGB, without a profile.
    Srgb,
    /// High dynamic range, without a profile.
    Hdr(HdrEncoding),
}

/// Why a file cannot be used.
#[derive(Debug)]
pub(in crate::picture) enum FormatError {
    /// It cannot be read, or is truncated.
    Io(io::Error),
    /// It is damaged, or not an image.
    Damaged(String),
    /// Its format is not supported.
    Unsupported(UnsupportedFormat),
}

/// A file format that recto cannot read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::picture) struct UnsupportedFormat {
    /// The name of the format, with an article.
    pub(in crate::picture) name: String,
    /// How the file can be converted.
    pub(in crate::picture) remedy: Remedy,
}

/// How a file of an unsupported format can be converted to a supported one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::picture) enum Remedy {
    /// With an image converter.
    Convert,
    /// With a raw converter.
    Develop,
    /// By rendering it at some resolution.
    Render,
    /// By rendering a page of a PDF.
    RenderPdf,
    /// Not at all: it is not an image.
    None,
}

impl FormatError {
    /// The error that a file is damaged.
    pub(in crate::picture) fn damaged(reason: impl Into<String>) -> Self {
        Self::Damaged(reason.into())
    }

    /// The error that an image format is not supported, though converters can read it.
    pub(in crate::picture) fn unsupported(name: impl Into<String>) -> Self {
        Self::Unsupported(UnsupportedFormat { name: name.into(), remedy: Remedy::Convert })
    }
}

impl From<io::Error> for FormatError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
