//! The properties of a picture file that are known without decoding it.

use std::hash::{Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;

use crate::model::{Language, Orientation, Subject};

/// A picture file, probed but not decoded.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Picture {
    /// The path of the file.
    pub path: PathBuf,
    /// The name of the file in the manifest, with `/`, for messages and reports.
    pub name: String,
    /// The format detected from the content, whatever the extension.
    pub format: Format,
    /// The size as stored, before the orientation is applied.
    pub stored: Pixels,
    /// The transformation that makes the stored pixels upright.
    pub orientation: Orientation,
    /// The colour model of the stored samples.
    pub colour: ColorModel,
    /// Bits per sample: 1, 2, 4, 8, 16 or 32.
    pub bits: u8,
    /// Whether there is an alpha channel or a transparent colour.
    pub alpha: bool,
    /// The embedded ICC profile, or one of the colour space that the file states otherwise, if it
    /// is valid; equal profiles are shared.
    pub profile: Option<Arc<Profile>>,
    /// What the file states about its colours if it has no profile.
    pub stated_space: StatedSpace,
    /// The private metadata that no edition may contain.
    pub private: PrivateMetadata,
    /// Whether it is an arithmetic-coded JPEG, which readers of PDF cannot decode.
    pub arithmetic: bool,
    /// The damage of its data, if any was found. A damaged file is never copied into an edition.
    pub damage: Option<Damage>,
    /// What stands out in it, if a crop needs it and it is known.
    pub subject: Option<Subject>,
}

impl Picture {
    /// The size after the orientation is applied.
    pub fn upright(&self) -> Pixels {
        if self.orientation.swaps_axes() {
            Pixels { width: self.stored.height, height: self.stored.width }
        } else {
            self.stored
        }
    }
}

/// Damage of a picture's data that leaves a part of the picture.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Damage {
    /// What is wrong, as a clause without a full stop.
    pub cause: String,
    /// How much of the picture is lost.
    pub lost: LostPart,
    /// Whether the end of the data is missing.
    pub is_truncated: bool,
}

impl Damage {
    /// Whether the picture is complete all the same.
    pub fn is_harmless(&self) -> bool {
        self.lost == LostPart::Nothing
    }
}

/// How much of a damaged picture is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LostPart {
    /// Nothing.
    Nothing,
    /// At least this many per cent; 0 is less than one per cent.
    Percent(u8),
    /// A part whose size is not known.
    Unknown,
}

impl LostPart {
    /// A fraction of the picture, 0 to 1, rounded down.
    pub fn from_fraction(lost: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
        Self::Percent((lost.clamp(0.0, 1.0) * 100.0) as u8)
    }
}

/// A size in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pixels {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

impl Pixels {
    /// The number of pixels.
    pub fn count(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// A file format that recto reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// ITU-T T.81.
    Jpeg,
    /// ISO/IEC 15948.
    Png,
    /// TIFF 6.0.
    Tiff,
    /// Google's `WebP`.
    WebP,
    /// GIF 89a; its first frame.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// JPEG XL, ISO/IEC 18181; its first frame.
    Jxl,
    /// HEIC: HEVC in HEIF, ISO/IEC 23008-12. Only with the feature `heif`.
    Heif,
}

/// The colour model of the stored samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColorModel {
    /// One channel.
    Gray,
    /// Three channels, stored as such or as YCbCr.
    Rgb,
    /// Four channels, stored as such or as YCCK.
    Cmyk {
        /// Whether 0 is full ink, as in JPEGs written by Adobe programs.
        inverted: bool,
    },
}

/// An embedded ICC profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The content of the profile.
    pub bytes: Vec<u8>,
    /// The colour space of its samples (bytes 16 to 19 of the header).
    pub space: ProfileSpace,
}

impl Hash for Profile {
    /// Only the header is hashed, because a profile may have hundreds of kilobytes and be
    /// embedded in every photo: it contains the length and, in most profiles, a checksum
    /// (ICC.1:2022, 7.2).
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes[..self.bytes.len().min(128)].hash(state);
    }
}

/// What a file without a profile states about its colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum StatedSpace {
    /// Nothing, or nothing that is known.
    #[default]
    Unknown,
    /// That they are sRGB.
    Srgb,
    /// That they are HDR. The decoder converts them to sRGB.
    Hdr(HdrEncoding),
}

/// How samples encode high dynamic range (ITU-R BT.2100).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HdrEncoding {
    /// The transfer function.
    pub transfer: HdrTransfer,
    /// The primaries under D50, in columns, as XYZ in units of 1/65536, which ICC profiles use.
    pub colorants: [[i32; 3]; 3],
    /// Whether black and white are the lowest and the highest value, not those of video.
    pub full_range: bool,
}

/// A transfer function for high dynamic range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HdrTransfer {
    /// Perceptual quantizer, up to 10 000 cd/m².
    Pq,
    /// Hybrid log-gamma.
    Hlg,
}

impl HdrTransfer {
    /// The usual abbreviation.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pq => "PQ",
            Self::Hlg => "HLG",
        }
    }
}

/// The data colour space of a profile (ICC.1:2022, 7.2.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProfileSpace {
    /// `GRAY`, one channel.
    Gray,
    /// `RGB `, three channels.
    Rgb,
    /// `CMYK`, four channels.
    Cmyk,
}

/// Private metadata found in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct PrivateMetadata {
    /// The location where it was taken: EXIF GPS or its XMP equivalent.
    pub location: bool,
    /// Any other metadata: EXIF, XMP, IPTC, thumbnails, maker notes.
    pub other: bool,
}

/// The metadata retained in published copies of a picture; empty unless the manifest retains it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct RetainedMetadata {
    /// The photographers.
    pub creators: Vec<String>,
    /// The credit line.
    pub credit: Option<String>,
    /// The statement of rights.
    pub rights: Option<String>,
    /// The address of the licence.
    pub license: Option<String>,
    /// The caption, without its markup.
    pub caption: Option<String>,
}

/// The metadata found in a picture, each value with its source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Metadata {
    /// The description: `dc:description`, IPTC 2:120, EXIF `ImageDescription` and so on.
    pub caption: Option<Sourced>,
    /// The headline: `photoshop:Headline`, IPTC 2:105.
    pub headline: Option<Sourced>,
    /// `Iptc4xmpCore:AltTextAccessibility`, else `ExtDescrAccessibility`.
    pub alt: Option<Sourced>,
    /// By-line or creator: `dc:creator`, IPTC 2:80, EXIF `Artist`.
    pub creator: Option<Sourced>,
    /// The credit line: `photoshop:Credit`, IPTC 2:110.
    pub credit: Option<Sourced>,
    /// `dc:rights`, IPTC 2:116, EXIF `Copyright`.
    pub rights: Option<Sourced>,
    /// The address of the licence: `cc:license`, `xmpRights:WebStatement`.
    pub license: Option<Sourced>,
    /// Sublocation, city and country, joined by commas.
    pub place: Option<Sourced>,
    /// The keywords: `dc:subject`, IPTC 2:25.
    pub keywords: Vec<Sourced>,
    /// Keywords after those that they are part of, with `|` between them:
    /// `lr:hierarchicalSubject`.
    pub keyword_paths: Vec<Sourced>,
    /// The people in the picture: `Iptc4xmpExt:PersonInImage`.
    pub people: Vec<Sourced>,
    /// The date on which it was taken, as `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub taken: Option<Sourced>,
    /// The time of day of that date, as `HH:MM` and possibly seconds and their fraction. It is
    /// used to sort photos.
    pub time: Option<String>,
    /// The date on which it was digitized, in the same form. For a photo by a digital camera this
    /// is the date on which it was taken; for a scan it is not.
    pub digitized: Option<Sourced>,
}

/// A value and its source in the file, for example `IPTC 2:120`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sourced {
    /// The value, trimmed, never empty.
    pub value: String,
    /// The field and its container.
    pub source: &'static str,
    /// The translations, by language tag.
    pub translations: Vec<(String, String)>,
    /// How certain its characters are.
    pub encoding: TextEncoding,
}

/// How certain the characters of a text from a photo are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum TextEncoding {
    /// The encoding is stated, or it is UTF-8.
    #[default]
    Known,
    /// The encoding is not stated; it is the most plausible one.
    Guessed,
    /// A program had decoded it with the wrong encoding, and encoded the result; that is undone.
    Repaired,
    /// The same, for a part of it only, which is left as it is.
    Garbled,
}

impl Sourced {
    /// Creates a value in one language.
    pub fn new(value: String, source: &'static str) -> Self {
        Self { value, source, translations: Vec::new(), encoding: TextEncoding::Known }
    }

    /// The value in the book's language, else in its primary language, else the untranslated
    /// value.
    pub fn in_language(&self, language: &Language) -> &str {
        let exact = |tag: &str| tag.eq_ignore_ascii_case(language.tag());
        let near = |tag: &str| Language::new(tag).primary() == language.primary();
        let translation = |fits: &dyn Fn(&str) -> bool| {
            self.translations.iter().find(|(tag, _)| fits(tag)).map(|(_, value)| value.as_str())
        };
        translation(&exact).or_else(|| translation(&near)).unwrap_or(&self.value)
    }
}
