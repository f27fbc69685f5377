//! The keys of a design file, with their types, docs and examples.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::manifest::keys::design_scalars::{
    ColumnCount, InkShare, Leading, Share, TextColumnCount, TextMeasure, Tracking, TypeSize,
};
use crate::manifest::keys::forms::{Key, scalar_or_map};
use crate::manifest::keys::scalars::SingleLine;
use crate::model::{
    Capitals, Captions, CoverStyle, Family, Figures, Folios, Heads, PictureOpenings, Places,
    PlatePosition, Slant, TitleAlign, TranslationPlace, Weight,
};

/// The design of a book, in print and in e-books. Omitted keys are as in the design under `like`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct DesignKeys {
    /// The bundled design for all keys that this file omits.
    #[schemars(extend("examples" = ["modern"], "default" = "classic", "enum" = crate::manifest::designs::names()))]
    pub like: Key<SingleLine>,
    /// The type of each kind of text. Sizes are those on a page with a shorter side of 210 mm; on
    /// other pages, type grows and shrinks more slowly than the page.
    #[schemars(extend("examples" = [{"caption": {"size": "9 pt"}}]))]
    pub r#type: Key<Types>,
    /// The page and its grid.
    #[schemars(extend("examples" = [{"sink": "25 %"}]))]
    pub page: Key<PageKeys>,
    /// The colours of text.
    #[schemars(extend("examples" = [{"secondary": {"k": 60}}]))]
    pub inks: Key<Inks>,
    /// The alignment of running text.
    #[schemars(extend("examples" = ["ragged"]))]
    pub text: Key<AlignName>,
    /// The position of titles.
    #[schemars(extend("examples" = [{"names": "foot"}]))]
    pub titles: Key<TitleKeys>,
    /// The size and position of framed photos.
    #[schemars(extend("examples" = [{"share": "45 %"}]))]
    pub plates: Key<PlateKeys>,
    /// The position of captions, unless the manifest sets it for a photo.
    pub captions: Key<Captions>,
    /// The position of page numbers.
    pub folios: Key<Folios>,
    /// The texts at the head of pages. Openings, blank pages, full-bleed photos and the front
    /// matter have none.
    #[schemars(extend("examples" = ["chapter"]))]
    pub heads: Key<Heads>,
    /// How a chapter or text opens that a framed photo follows directly.
    #[schemars(extend("examples" = ["picture"]))]
    pub openings: Key<PictureOpenings>,
    /// Lines between columns of text and above openings.
    #[schemars(extend("examples" = ["hairlines"]))]
    pub rules: Key<RulesName>,
    /// A coloured leaf before the first and after the last page of the book, which adds four pages:
    /// `none`, or its colour.
    #[schemars(extend("examples" = [{"color": {"c": 10, "m": 45, "y": 55, "k": 30}}]))]
    pub endpapers: Key<Endpapers>,
    /// How texts in the second and third language of a book with `languages-together` are set.
    #[schemars(extend("examples" = [{"place": "beside", "slant": "upright"}]))]
    pub translations: Key<TranslationKeys>,
    /// The composition of the front cover.
    #[schemars(extend("examples" = ["bleed"]))]
    pub cover: Key<CoverStyle>,
}

/// How texts in the second and third language of a book are told from those in the first.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct TranslationKeys {
    /// The position of a translated caption.
    pub place: Key<TranslationPlace>,
    /// The typeface: that of the text in the first language, or another one.
    pub face: Key<TranslationFace>,
    /// Upright or italic. Where the text in the first language is italic, italic is upright.
    pub slant: Key<Slant>,
    /// The colour: one of the two `inks`.
    pub ink: Key<InkName>,
    /// The space above a translated caption, in per cent of its leading.
    #[schemars(extend("examples" = ["25 %"]))]
    pub gap: Key<Share>,
}

/// The typeface of translations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TranslationFace {
    /// That of the text in the first language.
    Same,
    /// The serif.
    Serif,
    /// The sans-serif.
    Sans,
}

/// The kinds of text.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Types {
    /// Running text.
    pub text: Key<TextStyleKeys>,
    /// Headings in running text.
    pub heading: Key<TextStyleKeys>,
    /// Captions and the imprint.
    pub caption: Key<TextStyleKeys>,
    /// The place and the date of a photo.
    pub place: Key<TextStyleKeys>,
    /// Credit lines.
    pub credit: Key<TextStyleKeys>,
    /// Page numbers.
    pub folio: Key<TextStyleKeys>,
    /// The title on the title page. A long title is set smaller.
    pub title: Key<TextStyleKeys>,
    /// The subtitle.
    pub subtitle: Key<TextStyleKeys>,
    /// The titles of chapters, essays and lists.
    pub chapter: Key<TextStyleKeys>,
    /// The half-title.
    pub half_title: Key<TextStyleKeys>,
}

/// How a kind of text is set.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct TextStyleKeys {
    /// The typeface.
    pub face: Key<Family>,
    /// Upright or italic.
    pub slant: Key<Slant>,
    /// The weight of the strokes.
    pub weight: Key<Weight>,
    /// The type size.
    #[schemars(extend("examples" = ["10 pt"]))]
    pub size: Key<TypeSize>,
    /// The distance between baselines.
    #[schemars(extend("examples" = ["14.5 pt"]))]
    pub leading: Key<Leading>,
    /// Additional space between letters, in per cent of the type size.
    #[schemars(extend("examples" = ["5 %"]))]
    pub tracking: Key<Tracking>,
    /// The kind of capitals.
    pub capitals: Key<Capitals>,
    /// The kind of figures.
    pub figures: Key<Figures>,
    /// The colour: one of the two `inks`.
    pub ink: Key<InkName>,
}

/// One of the two colours of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum InkName {
    /// The colour of text.
    Text,
    /// The colour of credits, places and leaders.
    Secondary,
}

/// The page and its grid.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PageKeys {
    /// The margins, in per cent of the shorter side of the page, unless the manifest sets them.
    #[schemars(extend("examples" = [{"inner": "9 %", "outer": "12 %"}]))]
    pub margins: Key<Margins>,
    /// The longest line of running text, on a page with a shorter side of 210 mm.
    #[schemars(extend("examples" = ["112 mm"]))]
    pub measure: Key<TextMeasure>,
    /// The position of the column of running text between the margins, from `0 %` at the inner
    /// margin to `100 %` at the outer margin.
    #[schemars(extend("examples" = ["0 %"]))]
    pub column: Key<Share>,
    /// The number of columns between the margins, whose edges photos, captions and texts share; `1`
    /// for none.
    #[schemars(extend("examples" = [6]))]
    pub columns: Key<ColumnCount>,
    /// The distance between columns, in per cent of the shorter side of the page; at most 15 %.
    #[schemars(extend("examples" = ["2 %"]))]
    pub column_gap: Key<Share>,
    /// The number of columns of running text beside each other. There are fewer on pages where they
    /// would be narrower than 40 mm.
    #[schemars(extend("examples" = [3]))]
    pub text_columns: Key<TextColumnCount>,
    /// The distance from the head of the page to the first line of a chapter or text, in per cent
    /// of the page height; at most 70 %.
    #[schemars(extend("examples" = ["25 %"]))]
    pub sink: Key<Share>,
    /// The colour of the whole page and its bleed: `paper` for none, or inks.
    #[schemars(extend("examples" = [{"c": 40, "k": 100}]))]
    pub color: Key<Colour>,
}

/// The margin of each edge of a page.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Margins {
    /// The head.
    #[schemars(extend("examples" = ["9 %"]))]
    pub top: Key<Share>,
    /// The foot.
    #[schemars(extend("examples" = ["12 %"]))]
    pub bottom: Key<Share>,
    /// The edge at the spine.
    #[schemars(extend("examples" = ["9 %"]))]
    pub inner: Key<Share>,
    /// The fore edge.
    #[schemars(extend("examples" = ["12 %"]))]
    pub outer: Key<Share>,
}

/// The colours of text.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Inks {
    /// Most text.
    #[schemars(extend("examples" = [{"k": 100}]))]
    pub text: Key<Colour>,
    /// Credits, places and leaders.
    #[schemars(extend("examples" = [{"k": 60}]))]
    pub secondary: Key<Colour>,
}

/// Inks in per cent. An omitted ink is not printed.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct InkShares {
    /// Cyan, in per cent.
    #[schemars(extend("examples" = [40]))]
    pub c: Key<InkShare>,
    /// Magenta, in per cent.
    #[schemars(extend("examples" = [20]))]
    pub m: Key<InkShare>,
    /// Yellow, in per cent.
    #[schemars(extend("examples" = [20]))]
    pub y: Key<InkShare>,
    /// Black, in per cent.
    #[schemars(extend("examples" = [100]))]
    pub k: Key<InkShare>,
}

/// No ink at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PaperName {
    /// The unprinted paper.
    Paper,
}

scalar_or_map! {
    /// A colour: that of the paper, or inks.
    Colour { Paper(PaperName), Inks(InkShares) }, "paper or a mapping of c, m, y and k"
}

/// The alignment of running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum AlignName {
    /// Aligned at both edges of the column, hyphenated.
    Justified,
    /// Aligned at the start of the line only.
    Ragged,
}

/// The position of titles.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct TitleKeys {
    /// The alignment of titles.
    pub align: Key<TitleAlign>,
    /// Where on their pages titles begin.
    pub place: Key<TitlePlaceName>,
    /// The position of the creators' names on the title page.
    pub names: Key<NamesName>,
}

/// Where on their pages titles begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TitlePlaceName {
    /// At the sink, with the text below it.
    Sink,
    /// At the top margin; the text of a chapter begins at the sink.
    Head,
}

/// The position of names on the title page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NamesName {
    /// Under the title.
    Title,
    /// At the foot of the page.
    Foot,
}

/// The size and position of framed photos.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PlateKeys {
    /// The share of the page that a framed photo covers, if its shape allows it.
    #[schemars(extend("examples" = ["45 %"]))]
    pub share: Key<Share>,
    /// The part of the largest possible area that framed photos of the book's usual shape take, up
    /// to the share. The rest is white around them.
    #[schemars(extend("examples" = ["90 %"]))]
    pub fill: Key<Share>,
    /// The maximum height of a framed photo, in per cent of the page height.
    #[schemars(extend("examples" = ["70 %"]))]
    pub height: Key<Share>,
    /// The position on the page.
    pub place: Key<PlatePosition>,
    /// Whether plates are numbered.
    pub numbers: Key<NumbersName>,
    /// Where the place and the date of a photo are.
    #[schemars(extend("examples" = ["above"]))]
    pub places: Key<Places>,
}

/// Lines between columns of text and above openings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RulesName {
    /// No lines.
    None,
    /// Hairlines.
    Hairlines,
}

scalar_or_map! {
    /// The leaves before and after the pages.
    Endpapers { None(NoName), Keys(EndpaperKeys) }, "none or a mapping of color"
}

/// Nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NoName {
    /// None.
    None,
}

/// The leaves before and after the pages.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct EndpaperKeys {
    /// Their colour, on both sides and in the bleed.
    #[schemars(extend("examples" = [{"c": 10, "m": 45, "y": 55, "k": 30}]))]
    pub color: Key<Colour>,
}

/// Whether plates are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NumbersName {
    /// No numbers.
    None,
    /// The number is on its own line above the caption.
    Captions,
}
