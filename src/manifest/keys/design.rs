//! The keys of a design file: their names, types and docs, all in one place.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::manifest::keys::design_scalars::{
    InkShare, Leading, Share, TextMeasure, Tracking, TypeSize,
};
use crate::manifest::keys::forms::{Key, scalar_or_map};
use crate::manifest::keys::scalars::Line;
use crate::model::{
    Capitals, Captions, Family, Figures, Folios, PlatePlace, Slant, TitleAlign, Weight,
};

/// The look of a book, printed and electronic. What is left out is as in the design that
/// this one is like.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct DesignKeys {
    /// The bundled design that holds for what is not said here.
    #[schemars(extend("default" = "classic", "enum" = crate::manifest::designs::names()))]
    pub like: Key<Line>,
    /// How each kind of words is set, on a page whose shorter side is 210 mm; type grows
    /// and shrinks with the page, though less than it does.
    pub r#type: Key<Types>,
    /// The page and its grid.
    pub page: Key<Page>,
    /// The colours of words, in per cent of each ink.
    pub inks: Key<Inks>,
    /// How running text is set.
    pub text: Key<Align>,
    /// How titles stand.
    pub titles: Key<Titles>,
    /// How pictures stand that are framed.
    pub plates: Key<Plates>,
    /// Where captions stand, unless the manifest says otherwise for a photo.
    pub captions: Key<Captions>,
    /// Where page numbers stand.
    pub folios: Key<Folios>,
}

/// The kinds of words.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Types {
    /// Running text.
    pub text: Key<VoiceKeys>,
    /// Headings within running text.
    pub heading: Key<VoiceKeys>,
    /// Captions, and the imprint.
    pub caption: Key<VoiceKeys>,
    /// Credits.
    pub credit: Key<VoiceKeys>,
    /// Page numbers.
    pub folio: Key<VoiceKeys>,
    /// The title on the title page; a long one is set smaller.
    pub title: Key<VoiceKeys>,
    /// The line under the title.
    pub subtitle: Key<VoiceKeys>,
    /// Titles of chapters, essays and lists.
    pub chapter: Key<VoiceKeys>,
    /// The title on the first page.
    pub half_title: Key<VoiceKeys>,
}

/// How words are set.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct VoiceKeys {
    /// The family.
    pub face: Key<Family>,
    /// Upright or italic.
    pub slant: Key<Slant>,
    /// How heavy the strokes are.
    pub weight: Key<Weight>,
    /// The size of type, such as `10 pt`.
    pub size: Key<TypeSize>,
    /// From baseline to baseline, such as `14.5 pt`.
    pub leading: Key<Leading>,
    /// Space between letters beyond the usual, in per cent of the size.
    pub tracking: Key<Tracking>,
    /// Which capitals.
    pub capitals: Key<Capitals>,
    /// Which figures.
    pub figures: Key<Figures>,
    /// Which of the two inks.
    pub ink: Key<InkName>,
}

/// One of the two inks of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum InkName {
    /// That of what is read first.
    Text,
    /// That of credits, places and leaders.
    Secondary,
}

/// The page and its grid.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Page {
    /// The margins, in per cent of the page's shorter side, unless the manifest sets them.
    pub margins: Key<Margins>,
    /// The longest line of running text, on a page of 210 mm.
    pub measure: Key<TextMeasure>,
    /// How much of the white beside running text lies towards the spine: `0 %` sets the
    /// column at the inner margin, `100 %` at the outer one.
    pub column: Key<Share>,
    /// From the head to the first line of openings, in per cent of the page's height.
    pub sink: Key<Share>,
    /// The colour that covers the whole page and bleeds: `paper` for none, or inks.
    pub color: Key<Colour>,
}

/// A share of the page for each margin.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Margins {
    /// At the head.
    pub top: Key<Share>,
    /// At the foot.
    pub bottom: Key<Share>,
    /// At the spine.
    pub inner: Key<Share>,
    /// At the fore edge.
    pub outer: Key<Share>,
}

/// The colours of words.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Inks {
    /// What is read first.
    pub text: Key<Colour>,
    /// Credits, places, leaders.
    pub secondary: Key<Colour>,
}

/// Inks in per cent; one that is left out is not printed.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct InkShares {
    /// Cyan.
    pub c: Key<InkShare>,
    /// Magenta.
    pub m: Key<InkShare>,
    /// Yellow.
    pub y: Key<InkShare>,
    /// Black.
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
    /// A colour: the paper's, or inks.
    Colour { Paper(PaperName), Inks(InkShares) }, "paper, or a map of c, m, y and k"
}

/// How running text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Align {
    /// To both edges of the column, with hyphens.
    Justified,
    /// Ragged at the end.
    Ragged,
}

/// How titles stand.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Titles {
    /// In the measure.
    pub align: Key<TitleAlign>,
    /// Where the names of the makers stand on the title page.
    pub names: Key<NamesName>,
}

/// Where names stand on the title page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NamesName {
    /// Under the title.
    Title,
    /// At the foot.
    Foot,
}

/// How pictures stand that are framed.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Plates {
    /// How much of the page one fills where its shape allows it.
    pub share: Key<Share>,
    /// How high one may be, in per cent of the page's height.
    pub height: Key<Share>,
    /// Where one stands.
    pub place: Key<PlatePlace>,
    /// Whether their words begin with their numbers, as labels in a show do.
    pub numbers: Key<NumbersName>,
}

/// Whether framed and other pictures are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NumbersName {
    /// No.
    None,
    /// In a line of their own above the caption.
    Captions,
}
