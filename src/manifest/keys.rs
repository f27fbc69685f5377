//! The keys of a manifest: their names, types, defaults and docs, all in one place.
//! The reader and the schema are both made from these types.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{self, Deserializer};

use super::de::Spanned;
use super::electronic::{Ebook, Screen};
use super::forms::{Bleed, Creator, Margins, OneOrMany, PlateKeys};
use super::inks::{ColorName, CompressionName, IntentName};
use super::matter::{ChaptersName, Frontispiece, ListName, Multiple, TextOrTrue};
use super::placement::{FocusPoint, PlatesName, RotateName};
use super::relators;
use super::scalars::{
    AltText, Day, IdentifierText, LanguageTag, Line, Measure, Pattern, Prose, Taken, TrimSize,
    WebAddress,
};
use crate::model::Role;
use crate::picture::Container;

/// A key that may be left out.
pub(super) type Key<T> = Option<Spanned<T>>;

/// A book of photos: one picture per page.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Manifest {
    /// The title of the book.
    #[schemars(required)]
    pub title: Key<Line>,
    /// The line under the title.
    pub subtitle: Key<Line>,
    /// The language of the book as a BCP 47 tag. It decides hyphenation, quotation
    /// marks, fonts and the direction of reading.
    #[schemars(extend("default" = "en"))]
    pub language: Key<LanguageTag>,
    /// The languages that the book has editions in, its own among them. By default those in
    /// which any text is written.
    #[expect(dead_code, reason = "texts are chosen by language before the rest is read")]
    pub languages: Key<OneOrMany<LanguageTag>>,
    /// Who made the book.
    pub creators: Key<OneOrMany<Creator>>,
    /// What libraries tell the e-book by: `isbn:` and its digits, a URN, a URL or a UUID.
    /// By default a UUID that is derived from title, creators and language.
    pub identifier: Key<IdentifierText>,
    /// Who publishes the book.
    pub publisher: Key<Line>,
    /// The day of publication, or its month or year.
    pub date: Key<Day>,
    /// The statement of rights.
    pub rights: Key<Prose>,
    /// The address of the licence's text.
    pub license: Key<WebAddress>,
    /// A sentence or two about the book.
    pub description: Key<Prose>,
    /// What the book is about, in words of a catalogue.
    pub subjects: Key<OneOrMany<Line>>,
    /// The series that the book belongs to.
    pub series: Key<Series>,
    /// What the book was made from, such as the printed edition: `isbn:` and its digits, a
    /// URN, a URL or a UUID. The e-book's page numbers are said to be those of this edition.
    pub source: Key<IdentifierText>,
    /// The credit line of all photos that have none of their own.
    pub credit: Key<Line>,
    /// What stands on the cover; by default the title alone.
    pub cover: Key<Cover>,
    /// The look of the book: `classic`, or the path of a design file, relative to the
    /// manifest. `recto schema --design classic` prints one to begin with.
    #[schemars(extend("default" = "classic"))]
    pub design: Key<Line>,
    /// The picture that faces the title page.
    pub frontispiece: Key<Frontispiece>,
    /// To whom the book is given: Markdown, or a Markdown file.
    pub dedication: Key<Prose>,
    /// How the book was made, on its last page: Markdown, or a Markdown file, or `true` for
    /// what recto knows of typefaces, paper and printer.
    #[schemars(with = "Option<TextOrTrue>")]
    pub colophon: Key<Prose>,
    /// What the book holds, in order.
    #[schemars(required, extend("minItems" = 1))]
    #[expect(dead_code, reason = "pages are read one by one; here they are named and typed")]
    pub pages: Option<Vec<PageEntry>>,
    /// The printed edition.
    pub print: Key<Print>,
    /// The e-book.
    pub ebook: Key<Ebook>,
    /// The file to look at on a screen.
    pub screen: Key<Screen>,
    /// Fonts beside the bundled ones.
    pub fonts: Key<Fonts>,
    /// What is taken from the pictures' own metadata, and what stays in them.
    pub metadata: Key<MetadataKeys>,
}

/// Someone who made the book.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct CreatorKeys {
    /// The name as it is read, such as Ada Field.
    pub name: Spanned<Line>,
    /// What they did, as a MARC relator: its term or its code.
    #[schemars(extend("default" = "photographer"))]
    pub role: Key<RoleName>,
    /// The name as it is sorted, such as "Field, Ada".
    pub sort: Key<Line>,
}

/// A series of books.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Series {
    /// Its name.
    pub name: Spanned<Line>,
    /// The book's number in it, such as 2.
    pub number: Key<Line>,
}

/// The cover of the book.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Cover {
    /// The picture on the cover, with the title.
    pub photo: Spanned<Line>,
    /// What is to be seen on it. By default what is said of the plate with the same photo, or
    /// what the picture's metadata has.
    pub alt: Key<AltText>,
}

/// A page, or several: exactly one of `photo`, `photos`, `text` and `chapter`, and the
/// keys that belong to it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct PageEntry {
    /// A picture file, relative to the manifest.
    pub photo: Key<Line>,
    /// Picture files by pattern, such as `photos/*.jpg`, in natural order; what is said
    /// about them is read from their metadata.
    pub photos: Key<OneOrMany<Line>>,
    /// A Markdown file, or Markdown in place.
    pub text: Key<Prose>,
    /// The title of a chapter that begins here, in Markdown.
    pub chapter: Key<Line>,
    /// The caption of a photo, in Markdown. By default it is read from the picture's
    /// metadata; empty for none.
    pub caption: Key<Prose>,
    /// What is to be seen on a photo, for those who cannot see it; empty when it is
    /// mere decoration. By default it is read from the picture's metadata.
    pub alt: Key<AltText>,
    /// The credit line of a photo. By default it is read from the picture's metadata,
    /// else the book's; empty for none.
    pub credit: Key<Line>,
    /// Where a photo was taken. By default it is read from the picture's metadata;
    /// empty for none.
    pub place: Key<Line>,
    /// The day a photo was taken, or its month or year. By default it is read from the
    /// picture's metadata; empty for none.
    pub taken: Key<Taken>,
    /// How a photo stands on its page.
    #[schemars(extend("default" = "framed"))]
    pub layout: Key<PlateKeys>,
    /// What must be seen when a photo is cropped: across and down, each from 0 to 1, from
    /// the upper left corner of the upright photo.
    #[schemars(extend("default" = [0.5, 0.5]))]
    pub focus: Key<FocusPoint>,
    /// The text that opens a chapter: a Markdown file, or Markdown in place.
    pub intro: Key<Prose>,
}

/// The printed edition.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Print {
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
    pub marks: Key<MarksName>,
    /// The standard that the PDF keeps.
    #[schemars(extend("default" = "pdf/x-4"))]
    pub standard: Key<StandardName>,
    /// What happens to the photos' colours.
    #[schemars(extend("default" = "keep"))]
    pub color: Key<ColorName>,
    /// How colours that the press cannot print are brought to those that it can.
    #[schemars(extend("default" = "relative"))]
    pub intent: Key<IntentName>,
    /// How photos are stored whose colours were converted.
    #[schemars(extend("default" = "jpeg"))]
    pub compression: Key<CompressionName>,
    /// The printing condition: `fogra39`, or an ICC profile of a CMYK press, relative
    /// to the manifest.
    #[schemars(extend("default" = "fogra39"))]
    pub profile: Key<Line>,
    /// On which pages chapters and texts open.
    #[schemars(extend("default" = "recto"))]
    pub chapters: Key<ChaptersName>,
    /// A list of the plates after the last of them.
    #[schemars(extend("default" = "none"))]
    pub list_of_plates: Key<ListName>,
    /// How many pages the printer prints together, such as 4: blank ones are added at the
    /// end, before the colophon, until their number is a multiple of it.
    #[schemars(extend("default" = 2))]
    pub multiple: Key<Multiple>,
    /// The paper, from which the width of the spine is reckoned.
    pub paper: Key<Paper>,
    /// What becomes of links in texts, which nobody can follow on paper.
    #[schemars(extend("default" = "footnote"))]
    pub links: Key<LinksName>,
    /// How much of each page disappears in the fold, such as `3 mm` where single leaves are
    /// glued: a spread shows that much twice, so that its halves meet.
    #[schemars(extend("default" = "0 mm"))]
    pub gutter_loss: Key<Measure>,
    /// By what framed photos are made alike over the book.
    #[schemars(extend("default" = "equal-area"))]
    pub plates: Key<PlatesName>,
    /// Whether a wide photo on an upright page is turned by a quarter.
    #[schemars(extend("default" = "never"))]
    pub rotate: Key<RotateName>,
}

/// Lengths for the four edges of a page.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct BleedEdges {
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
pub(super) struct MarginEdges {
    /// At the head.
    pub top: Key<Measure>,
    /// At the foot.
    pub bottom: Key<Measure>,
    /// At the spine.
    pub inner: Key<Measure>,
    /// At the fore edge.
    pub outer: Key<Measure>,
}

/// Printer's marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum MarksName {
    /// None.
    None,
    /// Crop marks at the corners of the trim.
    Crop,
}

/// What becomes of links in print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum LinksName {
    /// Their addresses stand in footnotes.
    Footnote,
    /// Their words stand alone.
    Plain,
}

/// The standard of the press PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub(super) enum StandardName {
    /// PDF/X-4.
    #[serde(rename = "pdf/x-4")]
    PdfX4,
    /// PDF/X-1a.
    #[serde(rename = "pdf/x-1a")]
    PdfX1a,
    /// PDF/A-2b.
    #[serde(rename = "pdf/a-2b")]
    PdfA2b,
    /// A plain PDF.
    #[serde(rename = "none")]
    None,
}

/// The paper of the printed edition.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Paper {
    /// Its name at the printer's, such as `coated-150`.
    pub stock: Key<Line>,
    /// The thickness of one leaf, such as `0.115 mm`.
    pub thickness: Key<Measure>,
}

/// Fonts beside the bundled ones: OpenType files, relative to the manifest.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Fonts {
    /// Tried before the bundled serif.
    pub serif: Key<OneOrMany<Line>>,
    /// Tried before the bundled sans-serif.
    pub sans: Key<OneOrMany<Line>>,
    /// Tried before the bundled monospaced face, in which code is set.
    pub mono: Key<OneOrMany<Line>>,
    /// Where characters come from that no other font has: `none`, `system` (what the machine
    /// has, so that another machine may set another book), or files.
    #[schemars(extend("default" = "none"))]
    pub fallback: Key<OneOrMany<Line>>,
}

/// What is taken from the pictures' own metadata, and what stays in them.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct MetadataKeys {
    /// Where captions are looked for, the best first.
    #[schemars(extend("default" = ["xmp", "iptc", "exif"]))]
    pub captions: Key<OneOrMany<ContainerName>>,
    /// Regular expressions; captions in which one is found are none. What cameras write
    /// of themselves, such as OLYMPUS DIGITAL CAMERA, is ignored in any case.
    pub ignore_captions: Key<OneOrMany<Pattern>>,
    /// What stays in the pictures that are handed out; the place where they were taken
    /// never does.
    #[schemars(extend("default" = []))]
    pub keep: Key<OneOrMany<KeepName>>,
}

/// A container of metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ContainerName {
    /// XMP, in the picture or beside it.
    Xmp,
    /// IPTC-IIM.
    Iptc,
    /// EXIF.
    Exif,
}

impl From<ContainerName> for Container {
    fn from(name: ContainerName) -> Self {
        match name {
            ContainerName::Xmp => Self::Xmp,
            ContainerName::Iptc => Self::Iptc,
            ContainerName::Exif => Self::Exif,
        }
    }
}

/// A piece of metadata that may stay in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum KeepName {
    /// Who took it.
    Creator,
    /// The credit line.
    Credit,
    /// The statement of rights.
    Rights,
    /// The caption.
    Caption,
}

/// A MARC relator by its term or its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RoleName(pub Role);

impl<'de> Deserialize<'de> for RoleName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        relators::find(&name)
            .map(RoleName)
            .ok_or_else(|| de::Error::unknown_variant(&name, relators::NAMES))
    }
}

impl JsonSchema for RoleName {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Role".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "string", "enum": relators::NAMES })
    }
}

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}
