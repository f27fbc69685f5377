//! What the manifest's `print` section asks for.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Edges, Length, Links, Size};

/// The printed edition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Print {
    /// The finished size of a page.
    pub trim: Size,
    /// How far pictures reach beyond the trim.
    pub bleed: Edges,
    /// The margins that the manifest asks for; else the design's proportions.
    pub margins: Option<Edges>,
    /// Printer's marks outside the bleed.
    pub marks: Marks,
    /// The standard that the file claims and keeps.
    pub standard: Standard,
    /// What happens to the photos' colours.
    pub colour: ColorPolicy,
    /// How photos are brought into the press's colours.
    pub intent: RenderingIntent,
    /// How photos are stored that are converted.
    pub compression: Compression,
    /// The printing condition.
    pub profile: PressProfile,
    /// The paper, for the spine's width.
    pub paper: Option<Paper>,
    /// On which pages chapters and essays open.
    pub openings: Openings,
    /// Whether the plates are listed after the last of them, and how.
    pub list_of_plates: ListOfPlates,
    /// The number of pages is a multiple of this, which is even.
    pub multiple: u32,
    /// The printer's preset by name, as the manifest has it.
    pub printer: Option<String>,
    /// What becomes of links in texts.
    pub links: Links,
    /// How much of each page of an opening disappears in the fold: a picture across both
    /// pages shows that much twice, so that what is seen of its halves meets.
    pub gutter_loss: Length,
    /// By what the framed plates of the book are made alike.
    pub plates: PlateSizing,
    /// Whether wide pictures may be turned.
    pub rotate: Rotate,
}

impl Default for Print {
    /// A square book of 210 mm with 3 mm of bleed, PDF/X-4, FOGRA39.
    fn default() -> Self {
        Self {
            trim: Size::new(Length::mm(210), Length::mm(210)),
            bleed: Edges::all(Length::mm(3)),
            margins: None,
            marks: Marks::None,
            standard: Standard::PdfX4,
            colour: ColorPolicy::Keep,
            intent: RenderingIntent::Relative,
            compression: Compression::Jpeg,
            profile: PressProfile::Fogra39,
            paper: None,
            openings: Openings::default(),
            list_of_plates: ListOfPlates::default(),
            multiple: 2,
            printer: None,
            links: Links::Footnote,
            gutter_loss: Length::ZERO,
            plates: PlateSizing::default(),
            rotate: Rotate::default(),
        }
    }
}

/// On which pages chapters and essays open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Openings {
    /// On rectos, after a blank verso where there must be one.
    #[default]
    Recto,
    /// On the next page.
    Any,
}

/// How plates are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ListOfPlates {
    /// Not at all.
    #[default]
    None,
    /// By their captions.
    List,
    /// By small pictures with their captions.
    Thumbnails,
}

/// Printer's marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Marks {
    /// None.
    #[default]
    None,
    /// Crop marks at the four corners of the trim, outside the bleed.
    Crop,
}

/// The press standard of a PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
pub enum Standard {
    /// PDF/X-4 (ISO 15930-7:2010).
    #[default]
    #[serde(rename = "pdf/x-4")]
    PdfX4,
    /// PDF/X-1a (ISO 15930-4:2003).
    #[serde(rename = "pdf/x-1a")]
    PdfX1a,
    /// PDF/A-2b (ISO 19005-2:2011).
    #[serde(rename = "pdf/a-2b")]
    PdfA2b,
    /// No standard: plain PDF 1.6.
    #[serde(rename = "none")]
    None,
}

/// What happens to the photos' colours in print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ColorPolicy {
    /// Untouched, tagged with their own profile.
    #[default]
    Keep,
    /// Converted to the press profile.
    Cmyk,
    /// Converted to sRGB.
    Srgb,
}

/// How colours that the press cannot print are brought to those that it can
/// (ICC.1:2022, 0.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RenderingIntent {
    /// What can be printed stays as it is, relative to the paper's white.
    #[default]
    Relative,
    /// All colours move together, so that their relations stay.
    Perceptual,
    /// As relative, with the white of the original's medium.
    Absolute,
    /// Colours stay strong.
    Saturation,
}

/// How photos are stored that cannot be copied as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Compression {
    /// As JPEGs of a quality whose loss no eye and no press sees.
    #[default]
    Jpeg,
    /// Without any loss, several times larger.
    Lossless,
}

/// The characterised printing condition of the output intent.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PressProfile {
    /// Offset on coated paper, bundled.
    Fogra39,
    /// A profile of the user's own, read already.
    File {
        /// Where it was found.
        path: PathBuf,
        /// The profile, whole.
        bytes: Vec<u8>,
    },
}

/// The paper, as far as the spine's arithmetic needs it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Paper {
    /// Its name at the printer's.
    pub stock: Option<String>,
    /// The thickness of one leaf.
    pub thickness: Option<Length>,
}

/// How a plate stands on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PlateLayout {
    /// With white around it.
    #[default]
    Framed,
    /// To the bleed edge on all sides.
    FullBleed,
    /// Across two facing pages.
    Spread,
}

/// By what the framed plates of a book are made alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PlateSizing {
    /// All cover about the same area.
    #[default]
    EqualArea,
    /// Their longer edges are about the same.
    EqualEdge,
}

/// Whether a wide picture on an upright page is turned by a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rotate {
    /// Every picture is seen without turning the book.
    #[default]
    Never,
    /// Where it makes the picture much larger.
    Auto,
}

/// Where a plate's caption stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CaptionPosition {
    /// Under the picture; under one that runs to the edges, on a white strip at the foot.
    #[default]
    Below,
    /// On the facing page; that of a spread on the page before or after it.
    Facing,
    /// Nowhere in print; the e-book keeps it.
    None,
}
