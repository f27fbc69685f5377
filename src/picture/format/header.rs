//! What the readers of the single formats find in a file's header.

use std::io;

use crate::model::{ColorModel, Format, Metadata, Pixels};

use crate::picture::metadata::exif::Exif;

/// A file's header.
#[derive(Debug)]
pub(in crate::picture) struct Header {
    pub(in crate::picture) format: Format,
    /// The size as stored.
    pub(in crate::picture) pixels: Pixels,
    pub(in crate::picture) colour: ColorModel,
    pub(in crate::picture) bits: u8,
    pub(in crate::picture) alpha: bool,
    /// What it carries beside the pixels.
    pub(in crate::picture) carried: Embedded,
    /// Its EXIF tags, where they are not a block of their own: in a TIFF.
    pub(in crate::picture) exif: Option<Exif>,
    /// Whether there are more frames than the first.
    pub(in crate::picture) animated: bool,
    /// Whether the picture data ends too early, but can be decoded in part.
    pub(in crate::picture) truncated: bool,
    /// Who turns it upright.
    pub(in crate::picture) turned: OrientationRule,
}

impl Header {
    /// An 8-bit picture without anything else.
    pub(in crate::picture) fn new(format: Format, pixels: Pixels, colour: ColorModel) -> Self {
        Self {
            format,
            pixels,
            colour,
            bits: 8,
            alpha: false,
            carried: Embedded::default(),
            exif: None,
            animated: false,
            truncated: false,
            turned: OrientationRule::ByMetadata,
        }
    }
}

/// Who turns a picture upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::picture) enum OrientationRule {
    /// We do, as its metadata say.
    ByMetadata,
    /// Its decoder does, whatever its metadata say.
    ByDecoder,
}

/// What a file carries beside its pixels, not yet understood.
#[derive(Debug, Default)]
pub(in crate::picture) struct Embedded {
    /// A TIFF structure.
    pub(in crate::picture) exif: Option<Vec<u8>>,
    /// An RDF/XML document.
    pub(in crate::picture) xmp: Option<Vec<u8>>,
    /// What extends it, when it was too long for one segment.
    pub(in crate::picture) more_xmp: Option<Vec<u8>>,
    /// IPTC-IIM data sets.
    pub(in crate::picture) iptc: Option<Vec<u8>>,
    /// Texts of a format's own: those of PNG chunks.
    pub(in crate::picture) texts: Metadata,
    pub(in crate::picture) profile: EmbeddedProfile,
    /// Whether there is anything else: thumbnails, comments, maker's notes.
    pub(in crate::picture) other: bool,
}

/// An ICC profile as it was found.
#[derive(Debug, Default)]
pub(in crate::picture) enum EmbeddedProfile {
    #[default]
    Absent,
    /// Not yet looked into.
    Whole(Vec<u8>),
    /// A part is missing, or it does not unpack.
    Broken,
}

/// Why a file is of no use.
#[derive(Debug)]
pub(in crate::picture) enum FormatError {
    /// It cannot be read, or ends too early.
    Io(io::Error),
    /// It is not what it claims to be.
    Damaged(String),
    /// It is whole, but of a kind that recto does not read.
    Foreign(ForeignFormat),
}

/// A kind of file that recto does not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::picture) struct ForeignFormat {
    /// What it is, with its article.
    pub(in crate::picture) what: String,
    /// The way out.
    pub(in crate::picture) way: Remedy,
}

/// How a foreign file becomes one that recto reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::picture) enum Remedy {
    /// A picture that converters read.
    Convert,
    /// Raw sensor data, which somebody has to develop.
    Develop,
    /// A drawing or a document, to be rendered at a resolution.
    Render,
    /// A PDF, likewise.
    RenderPdf,
    /// Not a picture at all.
    Nothing,
}

impl FormatError {
    /// Damage, described.
    pub(in crate::picture) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged(what.into())
    }

    /// A kind of picture that converters read.
    pub(in crate::picture) fn convert(what: impl Into<String>) -> Self {
        Self::Foreign(ForeignFormat { what: what.into(), way: Remedy::Convert })
    }
}

impl From<io::Error> for FormatError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
