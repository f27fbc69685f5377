//! The keys of the section `print`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::manifest::keys::invalid::InvalidValue;

use crate::manifest::keys::forms::{Key, scalar_or_map};
use crate::manifest::keys::scalars::{Measure, Ppi, SingleLine, TrimSize};
use crate::model::{
    ChapterOpenings, ColorPolicy, Compression, Links, ListOfPlates, Marks, PlateSizing,
    RenderingIntent, Rotate, Standard,
};

/// The printed edition.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Print")]
pub(crate) struct PrintKeys {
    /// The printer: the name of a preset, or the path of a file of the same form relative to the
    /// manifest. It sets the defaults of other keys here, and the book is checked against its
    /// limits. `recto printers` lists the presets.
    #[schemars(extend("examples" = ["lulu"]))]
    pub printer: Key<SingleLine>,
    /// The size of the finished page, width first, or the name of a size such as `a4`,
    /// `a4-landscape`, `letter` or `8x10in`.
    #[schemars(extend("examples" = ["a4-landscape"], "default" = "210 x 210 mm"))]
    pub trim: Key<TrimSize>,
    /// How far photos extend beyond the trim: one length, or one for each edge.
    #[schemars(extend("examples" = ["3 mm"], "default" = "3 mm"))]
    pub bleed: Key<Bleed>,
    /// The margins of the pages: one length, or one for each edge. By default, those of the design,
    /// in proportion to the page.
    #[schemars(extend("examples" = [{"inner": "20 mm", "outer": "15 mm", "top": "15 mm", "bottom": "20 mm"}]))]
    pub margins: Key<Margins>,
    /// Printer's marks outside the bleed.
    #[schemars(extend("examples" = ["crop"], "default" = "none"))]
    pub marks: Key<Marks>,
    /// The standard that the PDF conforms to.
    #[schemars(extend("examples" = ["none"], "default" = "pdf/x-4"))]
    pub standard: Key<Standard>,
    /// How the colours of photos are converted.
    #[schemars(extend("examples" = ["cmyk"], "default" = "keep"))]
    pub color: Key<ColorPolicy>,
    /// How colours that the press cannot print are replaced.
    #[schemars(extend("examples" = ["perceptual"], "default" = "relative"))]
    pub intent: Key<RenderingIntent>,
    /// How converted photos are compressed.
    #[schemars(extend("examples" = ["lossless"], "default" = "jpeg"))]
    pub compression: Key<Compression>,
    /// The pixels per inch at the printed size that photos with more are scaled down to, for a
    /// smaller file. A photo that is printed in several sizes is scaled for the largest one. By
    /// default, no photo is scaled.
    #[schemars(extend("examples" = ["450 ppi"]))]
    pub max_resolution: Key<Ppi>,
    /// The printing condition: `fogra39`, or an ICC profile of a CMYK press, relative to the
    /// manifest.
    #[schemars(extend("examples" = ["fogra39"], "default" = "fogra39"))]
    pub profile: Key<SingleLine>,
    /// The pages on which chapters and texts start.
    #[schemars(extend("examples" = ["any"], "default" = "recto"))]
    pub chapters: Key<ChapterOpenings>,
    /// A list of plates at the end.
    #[schemars(extend("examples" = ["thumbnails"], "default" = "none"))]
    pub list_of_plates: Key<ListOfPlates>,
    /// The number of pages that the printer prints together, an even number from 2 to 64. Blank
    /// pages are added before the colophon until the number of pages is a multiple of it.
    #[schemars(extend("examples" = [4], "default" = 2))]
    pub multiple: Key<Multiple>,
    /// The paper, from which the width of the spine is calculated.
    #[schemars(extend("examples" = [{"thickness": "0.115 mm"}]))]
    pub paper: Key<PaperKeys>,
    /// How links in texts are printed.
    #[schemars(extend("examples" = ["plain"], "default" = "footnote"))]
    pub links: Key<Links>,
    /// The width of each page that is hidden in the fold, such as 3 to 5 mm for a glued binding.
    /// The halves of a spread overlap by that much, so that the visible parts meet.
    #[schemars(extend("examples" = ["3 mm"], "default" = "0 mm"))]
    pub gutter_loss: Key<Measure>,
    /// What framed photos have in common throughout the book.
    #[schemars(extend("examples" = ["equal-edge"], "default" = "equal-area"))]
    pub plates: Key<PlateSizing>,
    /// Whether a landscape photo on a portrait page is turned by 90°.
    #[schemars(extend("examples" = ["auto"], "default" = "never"))]
    pub rotate: Key<Rotate>,
}

/// The bleed of each edge of a page.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct BleedEdges {
    /// The head.
    #[schemars(extend("examples" = ["3 mm"], "default" = "3 mm"))]
    pub top: Key<Measure>,
    /// The foot.
    #[schemars(extend("examples" = ["3 mm"], "default" = "3 mm"))]
    pub bottom: Key<Measure>,
    /// The fore edge.
    #[schemars(extend("examples" = ["3 mm"], "default" = "3 mm"))]
    pub outer: Key<Measure>,
    /// The edge at the spine.
    #[schemars(extend("examples" = ["0 mm"], "default" = "3 mm"))]
    pub inner: Key<Measure>,
}

/// The margin of each edge of a page. An omitted edge has the margin of the design.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct MarginEdges {
    /// The head.
    #[schemars(extend("examples" = ["15 mm"]))]
    pub top: Key<Measure>,
    /// The foot.
    #[schemars(extend("examples" = ["20 mm"]))]
    pub bottom: Key<Measure>,
    /// The edge at the spine.
    #[schemars(extend("examples" = ["20 mm"]))]
    pub inner: Key<Measure>,
    /// The fore edge.
    #[schemars(extend("examples" = ["15 mm"]))]
    pub outer: Key<Measure>,
}

/// The paper of the printed edition.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Paper")]
pub(crate) struct PaperKeys {
    /// The name of the paper at the printer. `recto printers NAME` lists those that are known.
    #[schemars(extend("examples" = ["coated-150"]))]
    pub stock: Key<SingleLine>,
    /// The thickness of one leaf. Without it, that of the printer's stock is used.
    #[schemars(extend("examples" = ["0.115 mm"]))]
    pub thickness: Key<Measure>,
}

scalar_or_map! {
    /// How far photos extend beyond the trim.
    Bleed { All(Measure), Edges(BleedEdges) }, "a length or a mapping of top, bottom, outer and inner"
}
scalar_or_map! {
    /// The margins of the pages.
    Margins { All(Measure), Edges(MarginEdges) },
    "a length or a mapping of top, bottom, inner and outer"
}

/// A number of pages that are printed together, such as 4 or 16.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "u32")]
#[schemars(inline, extend("minimum" = 2, "maximum" = 64, "multipleOf" = 2))]
pub(crate) struct Multiple(#[schemars(with = "u32")] pub u32);

impl TryFrom<u32> for Multiple {
    type Error = InvalidValue;

    fn try_from(number: u32) -> Result<Self, InvalidValue> {
        match number {
            2..=64 if number.is_multiple_of(2) => Ok(Self(number)),
            _ => Err(InvalidValue::new(format!("{number} is not a valid number of pages"))
                .hint("use an even number from 2 to 64; 4 is usual")),
        }
    }
}
