//! The keys of the section `print`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::manifest::keys::invalid::InvalidValue;

use crate::manifest::keys::forms::{Key, OneOrMany, scalar_or_map};
use crate::manifest::keys::scalars::{IdentifierText, Measure, Ppi, SingleLine, TrimSize};
use crate::model::{
    Binding, ChapterOpenings, ColorPolicy, Compression, Links, ListOfPlates, Marks, PlateSizing,
    RenderingIntent, Rotate,
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
    /// The standard that the PDF conforms to, or `[pdf/x-4, pdf/a-2b]` for both. The default is
    /// PDF/X-4, or the standard that the printer accepts. A book that cannot meet it is not
    /// written.
    #[schemars(extend("examples" = ["pdf/x-1a:2001", ["pdf/x-4", "pdf/a-2b"]], "default" = "pdf/x-4"))]
    pub standard: Key<OneOrMany<StandardKey>>,
    /// How the colours of photos are converted. PDF/X-1a always converts them to CMYK.
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
    /// The printing condition: `fogra39` (offset on coated paper in Europe), `gracol2006` (the same in
    /// North America), or an ICC profile of a CMYK press, relative to the manifest.
    #[schemars(extend("examples" = ["fogra39"], "default" = "fogra39"))]
    pub profile: Key<SingleLine>,
    /// The pages on which chapters and texts start.
    #[schemars(extend("examples" = ["any"], "default" = "recto"))]
    pub chapters: Key<ChapterOpenings>,
    /// A list of plates at the end: their captions, thumbnails, or a catalogue with all that is known
    /// about each of them.
    #[schemars(extend("examples" = ["thumbnails"], "default" = "none"))]
    pub list_of_plates: Key<ListOfPlates>,
    /// The number of pages that the printer prints together, an even number from 2 to 64. Blank
    /// pages are added before the colophon, or after one below a list, until the number of pages is
    /// a multiple of it.
    #[schemars(extend("examples" = [4], "default" = 2))]
    pub multiple: Key<Multiple>,
    /// The paper, from which the width of the spine is calculated.
    #[schemars(extend("examples" = [{"thickness": "0.115 mm"}]))]
    pub paper: Key<PaperKeys>,
    /// The cover of the printed book: its binding, and the numbers of the printer that recto does not
    /// know. With this section, or with a `printer`, the cover is among the editions.
    #[schemars(extend("examples" = [{"binding": "paperback", "spine": "12.4 mm"}]))]
    pub cover: Key<PrintCoverKeys>,
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

/// A standard of PDFs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub(crate) enum StandardKey {
    /// PDF/X-4 (ISO 15930-7:2010), for today's presses.
    #[serde(rename = "pdf/x-4")]
    X4,
    /// PDF/X-1a:2003.
    #[serde(rename = "pdf/x-1a")]
    X1a,
    /// PDF/X-1a:2001 (ISO 15930-1:2001): only CMYK, in a file of PDF 1.3.
    #[serde(rename = "pdf/x-1a:2001")]
    X1a2001,
    /// PDF/X-1a:2003 (ISO 15930-4:2003): only CMYK, in a file of PDF 1.4.
    #[serde(rename = "pdf/x-1a:2003")]
    X1a2003,
    /// PDF/A-2b (ISO 19005-2:2011), for archives.
    #[serde(rename = "pdf/a-2b")]
    A2b,
    /// No standard: plain PDF 1.6.
    #[serde(rename = "none")]
    None,
}

impl StandardKey {
    /// The name that is written in the manifest.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::X4 => "pdf/x-4",
            Self::X1a => "pdf/x-1a",
            Self::X1a2001 => "pdf/x-1a:2001",
            Self::X1a2003 => "pdf/x-1a:2003",
            Self::A2b => "pdf/a-2b",
            Self::None => "none",
        }
    }
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

/// The cover of the printed book. Numbers that are not given are those of the printer, or else
/// those that are common in the trade.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "PrintCover")]
pub(crate) struct PrintCoverKeys {
    /// The binding: `paperback`, `hardcover` (the print is wrapped around the boards) or `jacket`
    /// (a dust jacket with flaps).
    #[schemars(extend("examples" = ["hardcover"], "default" = "paperback"))]
    pub binding: Key<Binding>,
    /// The width of the spine. Without it, it is calculated from the number of pages and the paper.
    #[schemars(extend("examples" = ["12.4 mm"]))]
    pub spine: Key<Measure>,
    /// The size of the front as it is seen, width first: from the spine to the outer edge. Without it,
    /// that of the pages, or of the boards of the printer.
    #[schemars(extend("examples" = ["215 x 216 mm"]))]
    pub panel: Key<TrimSize>,
    /// What is turned in around the boards of a hardcover, on all four edges.
    #[schemars(extend("examples" = ["16 mm"]))]
    pub wrap: Key<Measure>,
    /// The joint of a hardcover between the spine and a board. It lies within the panel, and has no
    /// text.
    #[schemars(extend("examples" = ["10 mm"]))]
    pub hinge: Key<Measure>,
    /// The width of a flap of a jacket.
    #[schemars(extend("examples" = ["90 mm"], "default" = "90 mm"))]
    pub flap: Key<Measure>,
    /// The barcode on the back: `auto` (that of the ISBN of the printed edition, if it has one),
    /// `none`, or a mapping of `isbn` and `price`.
    #[schemars(extend("examples" = [{"price": "24.95 USD"}], "default" = "auto"))]
    pub barcode: Key<BarcodeKey>,
}

scalar_or_map! {
    /// The barcode on the back of the cover.
    BarcodeKey { Mode(BarcodeMode), Keys(BarcodeKeys) }, "auto, none, or a mapping of isbn and price"
}

/// Whether there is a barcode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum BarcodeMode {
    /// That of the ISBN of the printed edition.
    Auto,
    /// None.
    None,
}

/// The barcode on the back of the cover.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Barcode")]
pub(crate) struct BarcodeKeys {
    /// The ISBN. Without it, that of the printed edition.
    #[schemars(extend("examples" = ["978-0-306-40615-7"]))]
    pub isbn: Key<IdentifierText>,
    /// The price, which is added as a smaller barcode: an amount below 100 in USD, CAD, GBP, AUD or
    /// NZD, or the five digits themselves.
    #[schemars(extend("examples" = ["24.95 USD", "52495"]))]
    pub price: Key<BarcodePrice>,
}

/// The five digits of a price beside a barcode (EAN-5): a digit for the currency, and the amount in
/// hundredths.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("title" = "price"))]
pub(crate) struct BarcodePrice(#[schemars(with = "String")] pub String);

impl TryFrom<String> for BarcodePrice {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        let text = text.trim();
        if text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(Self(text.to_owned()));
        }
        price_digits(text).map(Self).ok_or_else(|| {
            InvalidValue::new(format!("`{text}` is not a price for a barcode")).hint(
                "write an amount below 100 with USD, CAD, GBP, AUD or NZD, such as 24.95 USD, or the \
                 five digits of the code",
            )
        })
    }
}

/// The digits of `24.95 USD`.
fn price_digits(text: &str) -> Option<String> {
    let (amount, currency) = text.rsplit_once(' ')?;
    let currency = match currency {
        "GBP" => 0,
        "AUD" => 3,
        "NZD" => 4,
        "USD" => 5,
        "CAD" => 6,
        _ => return None,
    };
    let amount = amount.trim();
    let (whole, hundredths) = amount.split_once('.').unwrap_or((amount, "00"));
    let number = |digits: &str, count: std::ops::RangeInclusive<usize>| -> Option<u32> {
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && count.contains(&digits.len())).then(|| digits.parse().ok())?
    };
    let (whole, hundredths) = (number(whole, 1..=2)?, number(hundredths, 2..=2)?);
    Some(format!("{currency}{whole:02}{hundredths:02}"))
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
