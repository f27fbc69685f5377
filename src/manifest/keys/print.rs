//! The keys of the section `print`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::manifest::keys::forms::{Key, scalar_or_map};
use crate::manifest::keys::scalars::{Line, Measure, TrimSize};
use crate::model::{
    ColorPolicy, Compression, Links, ListOfPlates, Marks, Openings, PlateSizing, RenderingIntent,
    Rotate, Standard,
};

/// The printed edition.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Print")]
pub(crate) struct PrintKeys {
    /// A printer's preset, which sets what the keys below do not.
    pub printer: Key<Line>,
    /// The finished size of a page: `210 x 210 mm`, `8.5 x 11 in`, or a name such as
    /// `a4`, `a4-landscape`, `letter` or `8x10in`.
    #[schemars(extend("default" = "210 x 210 mm"))]
    pub trim: Key<TrimSize>,
    /// How far pictures reach beyond the trim: one length, or one for each edge.
    #[schemars(extend("default" = "3 mm"))]
    pub bleed: Key<Bleed>,
    /// The margins of the type area; by default in proportion to the page.
    pub margins: Key<Margins>,
    /// Printer's marks outside the bleed.
    #[schemars(extend("default" = "none"))]
    pub marks: Key<Marks>,
    /// The standard that the PDF keeps.
    #[schemars(extend("default" = "pdf/x-4"))]
    pub standard: Key<Standard>,
    /// What happens to the photos' colours.
    #[schemars(extend("default" = "keep"))]
    pub color: Key<ColorPolicy>,
    /// How colours that the press cannot print are brought to those that it can.
    #[schemars(extend("default" = "relative"))]
    pub intent: Key<RenderingIntent>,
    /// How photos are stored whose colours were converted.
    #[schemars(extend("default" = "jpeg"))]
    pub compression: Key<Compression>,
    /// The printing condition: `fogra39`, or an ICC profile of a CMYK press, relative
    /// to the manifest.
    #[schemars(extend("default" = "fogra39"))]
    pub profile: Key<Line>,
    /// On which pages chapters and texts open.
    #[schemars(extend("default" = "recto"))]
    pub chapters: Key<Openings>,
    /// A list of the plates after the last of them.
    #[schemars(extend("default" = "none"))]
    pub list_of_plates: Key<ListOfPlates>,
    /// How many pages the printer prints together, such as 4: blank ones are added at the
    /// end, before the colophon, until their number is a multiple of it.
    #[schemars(extend("default" = 2))]
    pub multiple: Key<Multiple>,
    /// The paper, from which the width of the spine is reckoned.
    pub paper: Key<PaperKeys>,
    /// What becomes of links in texts, which nobody can follow on paper.
    #[schemars(extend("default" = "footnote"))]
    pub links: Key<Links>,
    /// How much of each page disappears in the fold, such as `3 mm` where single leaves are
    /// glued: a spread shows that much twice, so that its halves meet.
    #[schemars(extend("default" = "0 mm"))]
    pub gutter_loss: Key<Measure>,
    /// By what framed photos are made alike over the book.
    #[schemars(extend("default" = "equal-area"))]
    pub plates: Key<PlateSizing>,
    /// Whether a wide photo on an upright page is turned by a quarter.
    #[schemars(extend("default" = "never"))]
    pub rotate: Key<Rotate>,
}

/// Lengths for the four edges of a page.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct BleedEdges {
    /// At the head.
    #[schemars(extend("default" = "3 mm"))]
    pub top: Key<Measure>,
    /// At the foot.
    #[schemars(extend("default" = "3 mm"))]
    pub bottom: Key<Measure>,
    /// At the fore edge.
    #[schemars(extend("default" = "3 mm"))]
    pub outer: Key<Measure>,
    /// At the spine.
    #[schemars(extend("default" = "3 mm"))]
    pub inner: Key<Measure>,
}

/// The margins of a page; an edge that is not named keeps the design's.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct MarginEdges {
    /// At the head.
    pub top: Key<Measure>,
    /// At the foot.
    pub bottom: Key<Measure>,
    /// At the spine.
    pub inner: Key<Measure>,
    /// At the fore edge.
    pub outer: Key<Measure>,
}

/// The paper of the printed edition.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Paper")]
pub(crate) struct PaperKeys {
    /// Its name at the printer's, such as `coated-150`.
    pub stock: Key<Line>,
    /// The thickness of one leaf, such as `0.115 mm`.
    pub thickness: Key<Measure>,
}

scalar_or_map! {
    /// How far pictures reach beyond the trim.
    Bleed { All(Measure), Edges(BleedEdges) }, "a length, or a map of top, bottom, outer and inner"
}
scalar_or_map! {
    /// The margins of the type area.
    Margins { All(Measure), Edges(MarginEdges) },
    "a length, or a map of top, bottom, inner and outer"
}

/// A number of pages that are printed together, such as 4 or 16.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "u32")]
#[schemars(inline, extend("minimum" = 2, "maximum" = 64, "multipleOf" = 2))]
pub(crate) struct Multiple(#[schemars(with = "u32")] pub u32);

impl TryFrom<u32> for Multiple {
    type Error = String;

    fn try_from(number: u32) -> Result<Self, String> {
        match number {
            2..=64 if number.is_multiple_of(2) => Ok(Self(number)),
            _ => Err(format!(
                "{number} pages are not printed together\na leaf has two sides: it may be an \
                 even number from 2 to 64, and 4 is usual"
            )),
        }
    }
}
