//! The keys of a printer's file.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::manifest::keys::forms::Key;
use crate::manifest::keys::invalid::InvalidValue;
use crate::manifest::keys::print::Multiple;
use crate::manifest::keys::scalars::{FileSize, Measure, Ppi, SingleLine, TrimSize};
use crate::manifest::syntax::de::Spanned;
use crate::model::{Binding, BundledProfile, Certainty, ColorPolicy, PdfX};

/// What a printer asks for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Printer")]
#[expect(dead_code, reason = "some keys are for readers: the sheet of a printer has all")]
pub(crate) struct PrinterKeys {
    /// The name of the printer, as messages say it.
    #[schemars(extend("examples" = ["Lulu"]))]
    pub name: Spanned<SingleLine>,
    /// The company that prints the book. The default colophon names it.
    #[schemars(extend("examples" = ["Lulu"]))]
    pub company: Key<SingleLine>,
    /// What it prints, in a sentence.
    #[schemars(extend("examples" = ["Print on demand; paperbacks and hardcovers."]))]
    pub about: Key<SingleLine>,
    /// Where the numbers are from, by names to which `source` refers: `place` is the page or the
    /// people that say so, `date` is when it was read, and `sure` is `vendor` (the printer says so
    /// itself), `measured` (with its calculator, templates or interface), `cited` (somebody cites
    /// it), `old`, `common` (in the trade, not of this printer) or `unverified`.
    #[schemars(extend("title" = "sources by name", "examples" = [{"help": {"place": "help.lulu.com", "date": "2026-11", "sure": "vendor"}}]))]
    pub sources: Key<BTreeMap<String, Spanned<SourceKeys>>>,
    /// The page sizes that it prints, with which the trim is compared. Those of one binding count if
    /// `print.cover` has that binding.
    #[schemars(extend("examples" = [[{"sizes": ["a4", "8 x 10 in"]}]]))]
    pub trims: Key<Vec<Spanned<TrimKeys>>>,
    /// The bleed that it wants, which becomes that of the book.
    pub bleed: Key<EdgeKeys>,
    /// The least distance of text from each edge of the trim.
    pub safe_area: Key<EdgeKeys>,
    /// What is added to the safe area at the spine, by the number of pages.
    pub gutter: Key<WidthKeys>,
    /// The least distance of text from the spine, by the number of pages.
    pub inner_margin: Key<WidthKeys>,
    /// How many pages it binds. The first `multiple` becomes that of the book.
    #[schemars(extend("examples" = [[{"binding": "paperback", "min": 24, "max": 800, "multiple": 2}]]))]
    pub pages: Key<Vec<Spanned<PageKeys>>>,
    /// The resolution of photos at their printed size.
    pub resolution: Key<ResolutionKeys>,
    /// The colours that it wants, which become those of the book.
    pub color: Key<ColorKeys>,
    /// The standards that it accepts. The first of them that recto can write becomes that of the
    /// book, PDF/X-4 before the others, unless `print.color` contradicts it.
    pub standards: Key<StandardKeys>,
    /// The printing condition for which the PDF is to be made.
    pub condition: Key<ConditionKeys>,
    /// The maximum of ink on one spot, which photos and the colours of the design are compared with.
    pub ink: Key<InkKeys>,
    /// The least sizes of what it prints.
    pub minimums: Key<MinimumKeys>,
    /// What the PDF must not have. Bookmarks are left out of the PDF, and marks are a conflict; the
    /// others are for readers.
    #[schemars(extend("examples" = [[{"items": ["marks", "bookmarks"]}]]))]
    pub forbids: Key<Vec<Spanned<ForbidKeys>>>,
    /// The size of a file.
    pub file: Key<FileKeys>,
    /// The covers, by binding. The sheet of the cover is calculated from them.
    #[schemars(extend("examples" = [[{"binding": "hardcover", "wrap": "16 mm", "hinge": "10 mm"}]]))]
    pub covers: Key<Vec<Spanned<CoverKeys>>>,
    /// The papers, to which `print.paper.stock` in a manifest refers.
    #[schemars(extend("examples" = [[{"name": "cream", "per-page": "0.06 mm"}]]))]
    pub stocks: Key<Vec<Spanned<StockKeys>>>,
    /// Other remarks.
    #[schemars(extend("examples" = [[{"text": "Take the place of the barcode from the template."}]]))]
    pub notes: Key<Vec<Spanned<NoteKeys>>>,
}

/// A source of numbers.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Source")]
pub(crate) struct SourceKeys {
    /// The page or the people that say so.
    #[schemars(extend("examples" = ["help.lulu.com"]))]
    pub place: Spanned<SingleLine>,
    /// When it was read.
    #[schemars(extend("examples" = ["2026-11"]))]
    pub date: Key<SingleLine>,
    /// How sure it is.
    #[schemars(extend("examples" = ["vendor"], "default" = "unverified"))]
    pub sure: Key<Certainty>,
}

/// Keys that have a source.
pub(crate) trait HasSource {
    /// The name of the source.
    fn source(&self) -> Option<&Spanned<SingleLine>>;
}

/// Declares mappings of numbers that have a source.
macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident as $schema:literal {
        $($(#[$field_doc:meta])* $field:ident: $type:ty,)*
    })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Deserialize, JsonSchema)]
            #[serde(deny_unknown_fields, rename_all = "kebab-case")]
            #[schemars(rename = $schema)]
            #[expect(dead_code, reason = "some keys are for readers: the sheet of a printer has all")]
            pub(crate) struct $name {
                $($(#[$field_doc])* pub $field: $type,)*
                /// The source of these numbers, by its name under `sources`.
                #[schemars(extend("examples" = ["help"]))]
                pub source: Key<SingleLine>,
                /// A remark about these numbers.
                #[schemars(extend("examples" = ["paperbacks only"]))]
                pub note: Key<SingleLine>,
            }

            impl HasSource for $name {
                fn source(&self) -> Option<&Spanned<SingleLine>> {
                    self.source.as_ref()
                }
            }
        )*
    };
}

facts! {
    /// Page sizes that the printer prints.
    TrimKeys as "Trims" {
        /// The binding that has only these sizes.
        #[schemars(extend("examples" = ["hardcover"]))]
        binding: Key<Binding>,
        /// The sizes, width first.
        #[schemars(extend("examples" = [["a4", "8 x 10 in"]]))]
        sizes: Spanned<Vec<Spanned<TrimSize>>>,
    }
    /// A length for each edge. An omitted edge has none.
    EdgeKeys as "EdgeLengths" {
        /// The head.
        #[schemars(extend("examples" = ["3 mm"]))]
        top: Key<Measure>,
        /// The foot.
        #[schemars(extend("examples" = ["3 mm"]))]
        bottom: Key<Measure>,
        /// The fore edge.
        #[schemars(extend("examples" = ["3 mm"]))]
        outer: Key<Measure>,
        /// The edge at the spine.
        #[schemars(extend("examples" = ["0 mm"]))]
        inner: Key<Measure>,
    }
    /// Widths by the number of pages.
    WidthKeys as "Widths" {
        /// The widths, each from a number of pages on.
        #[schemars(extend("examples" = [[{"pages": 24, "width": "10 mm"}, {"pages": 151, "width": "13 mm"}]]))]
        widths: Spanned<Vec<Spanned<StepKeys>>>,
    }
    /// How many pages the printer binds.
    PageKeys as "PageLimits" {
        /// The binding; all if it is omitted.
        #[schemars(extend("examples" = ["paperback"]))]
        binding: Key<Binding>,
        /// The papers, by name; all if they are omitted.
        #[schemars(extend("examples" = [["cream"]]))]
        stocks: Key<Vec<Spanned<SingleLine>>>,
        /// The minimum.
        #[schemars(extend("examples" = [24]))]
        min: Key<u32>,
        /// The maximum.
        #[schemars(extend("examples" = [800]))]
        max: Key<u32>,
        /// The number of pages is a multiple of this even number.
        #[schemars(extend("examples" = [4]))]
        multiple: Key<Multiple>,
    }
    /// The resolution of photos at their printed size.
    ResolutionKeys as "Resolution" {
        /// With less, there is a warning.
        #[schemars(extend("examples" = ["200 ppi"]))]
        min: Key<Ppi>,
        /// With less, there is a note.
        #[schemars(extend("examples" = ["300 ppi"]))]
        recommended: Key<Ppi>,
        /// With more, there is a note.
        #[schemars(extend("examples" = ["600 ppi"]))]
        max: Key<Ppi>,
    }
    /// The colours that the printer wants.
    ColorKeys as "PrinterColor" {
        /// How photos are converted, as under `print.color`.
        #[schemars(extend("examples" = ["srgb"]))]
        photos: Spanned<ColorPolicy>,
    }
    /// The standards of PDFs that the printer accepts.
    StandardKeys as "Standards" {
        /// Those that it accepts; others are a finding.
        #[schemars(extend("examples" = [["pdf/x-4"]]))]
        accepted: Key<Vec<Spanned<StandardName>>>,
        /// Those that it prefers, for readers.
        #[schemars(extend("examples" = [["pdf/x-1a:2001"]]))]
        preferred: Key<Vec<Spanned<StandardName>>>,
    }
    /// The printing condition.
    ConditionKeys as "Condition" {
        /// Its name, such as that of an ICC profile.
        #[schemars(extend("examples" = ["GRACoL 2006 (coated)"]))]
        name: Spanned<SingleLine>,
        /// The bundled profile of the condition, which becomes that of the book.
        #[schemars(extend("examples" = ["gracol2006"]))]
        profile: Key<BundledProfile>,
    }
    /// The maximum of ink.
    InkKeys as "InkLimit" {
        /// The total of the four inks.
        #[schemars(extend("examples" = ["300 %"]))]
        max: Spanned<InkTotal>,
    }
    /// The least sizes of what the printer prints.
    MinimumKeys as "Minimums" {
        /// Of type.
        #[schemars(extend("examples" = ["7 pt"]))]
        r#type: Key<Measure>,
        /// Of the width of lines. The rules of tables and above notes are drawn with it, if it is
        /// more than theirs.
        #[schemars(extend("examples" = ["0.25 pt"]))]
        line: Key<Measure>,
    }
    /// What the PDF must not have.
    ForbidKeys as "Forbidden" {
        /// The parts.
        #[schemars(extend("examples" = [["marks", "bookmarks"]]))]
        items: Spanned<Vec<Spanned<Forbidden>>>,
    }
    /// The file that is handed in.
    FileKeys as "FileLimit" {
        /// The maximum.
        #[schemars(extend("examples" = ["650 MB"]))]
        max: Key<FileSize>,
        /// What the first page of the print PDF is: `cover` for the sheet of the cover, if the
        /// printer wants one file with everything.
        #[schemars(extend("examples" = ["cover"]))]
        first_page: Key<FirstPage>,
    }
    /// A cover.
    CoverKeys as "PrinterCover" {
        /// The binding; all if it is omitted.
        #[schemars(extend("examples" = ["hardcover"]))]
        binding: Key<Binding>,
        /// The bleed on all edges of the sheet.
        #[schemars(extend("examples" = ["3 mm"]))]
        bleed: Key<Measure>,
        /// What is turned in around the boards.
        #[schemars(extend("examples" = ["16 mm"]))]
        wrap: Key<Measure>,
        /// The joint between the spine and a board.
        #[schemars(extend("examples" = ["10 mm"]))]
        hinge: Key<Measure>,
        /// How far the boards extend beyond the pages. The front is wider by it, and higher by twice
        /// as much.
        #[schemars(extend("examples" = ["3 mm"]))]
        overhang: Key<Measure>,
        /// How much wider the front is than the pages, from the spine to the outer edge, if that is
        /// not the overhang.
        #[schemars(extend("examples" = ["5 mm"]))]
        board_wider: Key<Measure>,
        /// How much higher the front is than the pages, if that is not twice the overhang.
        #[schemars(extend("examples" = ["6 mm"]))]
        board_higher: Key<Measure>,
        /// The least distance of text from the edge of the cover.
        #[schemars(extend("examples" = ["5 mm"]))]
        safe_area: Key<Measure>,
        /// The number of pages from which the spine has room for text.
        #[schemars(extend("examples" = [80]))]
        spine_text_pages: Key<u32>,
        /// The least distance of text on the spine from its folds.
        #[schemars(extend("examples" = ["1.5 mm"]))]
        spine_text_margin: Key<Measure>,
        /// What the cover adds to the width of the spine.
        #[schemars(extend("examples" = ["4.8 mm"]))]
        spine_plus: Key<Measure>,
        /// The widths of the spine, each from a number of pages on, whatever the paper.
        #[schemars(extend("examples" = [[{"pages": 24, "width": "6 mm"}, {"pages": 85, "width": "13 mm"}]]))]
        spine_widths: Key<Vec<Spanned<StepKeys>>>,
        /// The width of the barcode.
        #[schemars(extend("examples" = ["50 mm"]))]
        barcode_width: Key<Measure>,
        /// The height of the barcode.
        #[schemars(extend("examples" = ["30 mm"]))]
        barcode_height: Key<Measure>,
        /// The distance of the barcode from the spine and the foot.
        #[schemars(extend("examples" = ["6 mm"]))]
        barcode_margin: Key<Measure>,
    }
    /// A paper. Its thickness is given by one of `per-page` and `pages-per-inch`, if it is known.
    StockKeys as "Stock" {
        /// Its name, which `print.paper.stock` gives.
        #[schemars(extend("examples" = ["cream"]))]
        name: Spanned<SingleLine>,
        /// The thickness of a page, which is half of that of a leaf.
        #[schemars(extend("examples" = ["0.06 mm"]))]
        per_page: Key<Measure>,
        /// The number of pages in an inch.
        #[schemars(extend("examples" = [444]))]
        pages_per_inch: Key<u32>,
        /// What is added to the thickness of all pages.
        #[schemars(extend("examples" = ["1.5 mm"]))]
        plus: Key<Measure>,
    }
    /// A remark.
    NoteKeys as "Remark" {
        /// A sentence.
        #[schemars(extend("examples" = ["Take the place of the barcode from the template."]))]
        text: Spanned<SingleLine>,
    }
}

/// A width from a number of pages on.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Width")]
pub(crate) struct StepKeys {
    /// The number of pages.
    #[schemars(extend("examples" = [24]))]
    pub pages: Spanned<u32>,
    /// The width.
    #[schemars(extend("examples" = ["10 mm"]))]
    pub width: Spanned<Measure>,
}

/// A standard of PDFs for printing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub(crate) enum StandardName {
    /// ISO 15930-1.
    #[serde(rename = "pdf/x-1a:2001")]
    X1a2001,
    /// ISO 15930-4.
    #[serde(rename = "pdf/x-1a:2003")]
    X1a2003,
    /// ISO 15930-3.
    #[serde(rename = "pdf/x-3:2002")]
    X32002,
    /// ISO 15930-6.
    #[serde(rename = "pdf/x-3:2003")]
    X32003,
    /// ISO 15930-7.
    #[serde(rename = "pdf/x-4")]
    X4,
}

impl StandardName {
    /// All standards.
    pub(crate) const ALL: [Self; 5] =
        [Self::X4, Self::X1a2001, Self::X1a2003, Self::X32002, Self::X32003];

    /// The standard as one that can be written; PDF/X-3 cannot.
    pub(crate) fn pdf_x(self) -> Option<PdfX> {
        match self {
            Self::X1a2001 => Some(PdfX::X1a2001),
            Self::X1a2003 => Some(PdfX::X1a2003),
            Self::X4 => Some(PdfX::X4),
            Self::X32002 | Self::X32003 => None,
        }
    }

    /// The name as it is printed.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::X1a2001 => "PDF/X-1a:2001",
            Self::X1a2003 => "PDF/X-1a:2003",
            Self::X32002 => "PDF/X-3:2002",
            Self::X32003 => "PDF/X-3:2003",
            Self::X4 => "PDF/X-4",
        }
    }
}

/// What the first page of the print PDF is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FirstPage {
    /// The sheet of the cover.
    Cover,
    /// The first page of the book.
    Page,
}

/// A part of PDFs that a printer does not want.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Forbidden {
    /// Printer's marks.
    Marks,
    /// Bookmarks.
    Bookmarks,
    /// Links, comments and other annotations, which no print PDF of recto has.
    Annotations,
    /// Encryption, which no PDF of recto has.
    Encryption,
    /// Transparency, which no print PDF of recto has.
    Transparency,
    /// Spot colours, which no PDF of recto has.
    SpotColors,
    /// Two pages on one sheet, which no print PDF of recto has.
    Spreads,
}

/// A total of inks: `300 %`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("title" = "percentage", "pattern" = r"^\s*[1-9]\d{1,2}\s*%\s*$"))]
pub(crate) struct InkTotal(#[schemars(with = "String")] pub u32);

impl TryFrom<String> for InkTotal {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        let text = text.trim();
        let number = text.strip_suffix('%').and_then(|number| number.trim_end().parse().ok());
        match number {
            Some(total @ 10..=400) => Ok(Self(total)),
            _ => Err(InvalidValue::new(format!("`{text}` is not a total of inks"))
                .hint("write a percentage up to 400 %, such as 300 %")),
        }
    }
}
