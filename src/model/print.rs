//! The settings in the manifest's `print` section.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    CoverSettings, Edges, FactSource, Length, Links, Printer, Size, SpineWidth, Standards,
};

/// The settings of the printed edition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Print {
    /// The trimmed size of a page.
    pub trim: Size,
    /// The bleed beyond the trim.
    pub bleed: Edges,
    /// The margins set in the manifest; otherwise those of the design apply.
    pub margins: Option<Edges>,
    /// Printer's marks outside the bleed.
    pub marks: Marks,
    /// The standards to which the file conforms.
    pub standard: Standards,
    /// The colour conversion of the photos.
    pub colour: ColorPolicy,
    /// The rendering intent for converting photos to the press profile.
    pub intent: RenderingIntent,
    /// The compression of converted photos.
    pub compression: Compression,
    /// The pixels per inch that photos with more are scaled down to.
    pub max_resolution: Option<u64>,
    /// The printing condition.
    pub profile: PressProfile,
    /// The paper, from which the width of the spine is calculated.
    pub paper: Option<Paper>,
    /// The binding and the numbers of the cover, if the manifest has them.
    pub cover: Option<CoverSettings>,
    /// The pages on which chapters and essays open.
    pub openings: ChapterOpenings,
    /// Whether and how the plates are listed after the last of them.
    pub list_of_plates: ListOfPlates,
    /// The number of pages is a multiple of this even number.
    pub multiple: u32,
    /// The printer, if the manifest names one.
    pub printer: Option<Box<Printer>>,
    /// What happens to links in texts.
    pub links: Links,
    /// The part of each page of a spread that is hidden in the fold: a picture across both pages
    /// repeats that part, so that its visible halves meet.
    pub gutter_loss: Length,
    /// The dimension that all framed plates share.
    pub plates: PlateSizing,
    /// Whether landscape pictures may be rotated.
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
            standard: Standards::X4,
            colour: ColorPolicy::Keep,
            intent: RenderingIntent::Relative,
            compression: Compression::Jpeg,
            profile: PressProfile::Bundled(BundledProfile::Fogra39),
            max_resolution: None,
            paper: None,
            cover: None,
            openings: ChapterOpenings::default(),
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

impl Print {
    /// The thickness of the block of this many pages, and the source of that of the printer's stock;
    /// `None` if the paper is not known.
    pub fn block(&self, pages: usize) -> Option<(Length, Option<&FactSource>)> {
        let paper = self.paper.as_ref()?;
        let count = i64::try_from(pages).unwrap_or(i64::MAX);
        if let Some(leaf) = paper.thickness {
            return Some((leaf.scale(count, 2), None));
        }
        let stock = self.printer.as_ref()?.stock(paper.stock.as_deref()?)?;
        Some((stock.value.block(count)?, stock.source.as_ref()))
    }

    /// The widths of the spine of a book of this many pages, for each binding that the printer
    /// distinguishes; none if the paper is not known.
    pub fn spines(&self, pages: usize) -> Vec<SpineWidth> {
        let Some(paper) = &self.paper else { return Vec::new() };
        if paper.thickness.is_some() {
            let width = self.block(pages).map(|(width, _)| width).unwrap_or_default();
            return vec![SpineWidth { binding: None, width, source: None }];
        }
        match (&self.printer, &paper.stock) {
            (Some(printer), Some(stock)) => printer.spines(stock, pages),
            _ => Vec::new(),
        }
    }
}

/// The pages on which chapters and essays open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChapterOpenings {
    /// On rectos, after a blank verso if necessary.
    #[default]
    Recto,
    /// On the next page.
    Any,
}

/// The form of the list of plates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ListOfPlates {
    /// No list.
    #[default]
    None,
    /// A list of their captions.
    List,
    /// Thumbnails with their captions.
    Thumbnails,
    /// All that is known about each plate: number, caption, place, date and credit.
    Catalogue,
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

/// The colour conversion of photos in print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ColorPolicy {
    /// Not converted, tagged with their own profile.
    #[default]
    Keep,
    /// Converted to the press profile.
    Cmyk,
    /// Converted to sRGB.
    Srgb,
}

/// The method of mapping colours that cannot be printed to printable ones (ICC.1:2022, 0.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RenderingIntent {
    /// Printable colours are kept, relative to the white of the paper.
    #[default]
    Relative,
    /// All colours are moved together, so that their relations are kept.
    Perceptual,
    /// As relative, with the white of the original's medium.
    Absolute,
    /// Colours are kept saturated.
    Saturation,
}

/// The compression of photos that cannot be copied unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Compression {
    /// JPEG of a quality without visible loss.
    #[default]
    Jpeg,
    /// Lossless, several times larger.
    Lossless,
}

/// The characterised printing condition of the output intent.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PressProfile {
    /// One of the bundled ones.
    Bundled(BundledProfile),
    /// A profile of the user, already read.
    File {
        /// The path of the file.
        path: PathBuf,
        /// The content of the profile.
        bytes: Vec<u8>,
    },
}

/// A printing condition whose profile is bundled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BundledProfile {
    /// Offset on coated paper in Europe, ISO 12647-2, with a total ink of 300 %.
    Fogra39,
    /// Offset on coated paper in North America, CGATS TR 006, with a total ink of 280 %.
    Gracol2006,
}

impl BundledProfile {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Fogra39, Self::Gracol2006];

    /// Its name in the manifest.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fogra39 => "fogra39",
            Self::Gracol2006 => "gracol2006",
        }
    }

    /// The name of the condition in messages.
    pub fn title(self) -> &'static str {
        match self {
            Self::Fogra39 => "FOGRA39",
            Self::Gracol2006 => "GRACoL 2006",
        }
    }

    /// The name of the condition in the registry of characterisation data of the ICC.
    pub fn identifier(self) -> &'static str {
        match self {
            Self::Fogra39 => "FOGRA39",
            Self::Gracol2006 => "CGATS TR 006",
        }
    }

    /// The condition in words.
    pub fn description(self) -> &'static str {
        match self {
            Self::Fogra39 => "Offset printing on coated paper, ISO 12647-2, total ink 300 %",
            Self::Gracol2006 => "GRACoL 2006, offset printing on coated paper, total ink 280 %",
        }
    }
}

/// The properties of the paper from which the width of the spine is calculated.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Paper {
    /// Its name at the printer.
    pub stock: Option<String>,
    /// The thickness of one leaf.
    pub thickness: Option<Length>,
}

/// The layout of a plate on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PlateLayout {
    /// With white space around it.
    #[default]
    Framed,
    /// To the bleed edge on all sides.
    FullBleed,
    /// Across two facing pages.
    Spread,
}

/// The size of a framed plate among those of its book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PlateSize {
    /// About half the common area.
    Small,
    /// The common area.
    #[default]
    Normal,
    /// As large as the margins and the design allow.
    Large,
}

/// The dimension that the framed plates of a book share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PlateSizing {
    /// All have about the same area. A plate that would nearly reach the margins reaches them, and one
    /// more than twice as high as wide has less.
    #[default]
    EqualArea,
    /// All have about the same longer edge.
    EqualEdge,
    /// All have about the same height.
    EqualHeight,
}

/// Whether landscape pictures on portrait pages are rotated by a quarter turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rotate {
    /// No picture is rotated.
    #[default]
    Never,
    /// Pictures are rotated if that makes them much larger.
    Auto,
}

/// The position of a plate's caption.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CaptionPosition {
    /// Below the picture; for full-bleed pictures, on a white strip at the foot.
    #[default]
    Below,
    /// On the facing page; for spreads, on the page before or after.
    Facing,
    /// Not printed; the e-book has it.
    None,
}
