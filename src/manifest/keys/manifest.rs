//! The keys of a manifest, with their types, defaults, docs and examples. The reader, the
//! JSON Schema and `docs/manifest.md` are derived from these types.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{self, Deserializer};

use crate::manifest::keys::captions::CaptionsKey;
use crate::manifest::keys::ebook::{EbookKeys, ScreenKeys};
use crate::manifest::keys::forms::{Key, OneOrMany, scalar_or_map};
use crate::manifest::keys::offline::OfflineKeys;
use crate::manifest::keys::pages::{Frontispiece, PageEntry};
use crate::manifest::keys::placement::FocusPoint;
use crate::manifest::keys::print::PrintKeys;
use crate::manifest::keys::relators;
use crate::manifest::keys::scalars::{
    AllowedCode, AltText, DateText, IdentifierText, LanguageTag, MultiLine, Pattern, SingleLine,
    WebAddress,
};
use crate::manifest::syntax::de::Spanned;
use crate::model::{Credits, DatePrecision, IndexTopic, Role};
use crate::picture::MetadataSource;

/// A book of photos, with one picture per page.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Manifest {
    /// The title of the book.
    #[schemars(extend("examples" = ["Winter Road"]))]
    #[schemars(required)]
    pub title: Key<SingleLine>,
    /// The subtitle, printed under the title.
    #[schemars(extend("examples" = ["Twelve pictures along the coast"]))]
    pub subtitle: Key<SingleLine>,
    /// The main language of the book as a BCP 47 tag. It sets hyphenation, quotation marks, fonts,
    /// the words that recto adds and the direction of reading. Page numbers, dates and all other
    /// numbers that recto adds have the digits of its script (`٣`, `३`) if the texts of the book have
    /// more numbers with those than with 0 to 9; without numbers in the texts, those that are usual
    /// in the language and its country (`fa`, `ar-EG`).
    #[schemars(extend("examples" = ["de-CH"], "default" = "en"))]
    pub language: Key<LanguageTag>,
    /// The languages that the book has editions in, including `language`. By default, every
    /// language that a text is given in.
    #[schemars(extend("examples" = [["en", "ko"]]))]
    #[expect(dead_code, reason = "translations are selected before the rest is read")]
    pub languages: Key<OneOrMany<LanguageTag>>,
    /// Two or three languages that are set together on each page, in this order: captions, places
    /// and dates, titles, texts and credits. Texts on pages of their own follow each other. What is
    /// the same in all of them is set once. With `--language`, the book is in that language only.
    #[schemars(extend("examples" = [["en", "ko"]]))]
    #[expect(dead_code, reason = "translations are selected before the rest is read")]
    pub languages_together: Key<OneOrMany<LanguageTag>>,
    /// The people who made the book. A name alone is a photographer.
    #[schemars(extend("examples" = [[{"name": "Ada Field", "role": "photographer", "sort": "Field, Ada"}]]))]
    pub creators: Key<OneOrMany<Creator>>,
    /// The identifier of the e-book: `isbn:` with 10 or 13 digits, a URN, a URL or a UUID. By
    /// default, a UUID derived from title, creators and language.
    #[schemars(extend("examples" = ["isbn:9780000000002"]))]
    pub identifier: Key<IdentifierText>,
    /// The name of the publisher.
    #[schemars(extend("examples" = ["Shore Press"]))]
    pub publisher: Key<SingleLine>,
    /// The date of publication: a day, a month or a year.
    #[schemars(extend("examples" = ["2026-11-22"]))]
    pub date: Key<DateText>,
    /// The copyright statement, printed on the imprint page.
    #[schemars(extend("examples" = ["© 2026 Ada Field"]))]
    pub rights: Key<MultiLine>,
    /// The address of the licence's text, with `http` or `https`.
    #[schemars(extend("examples" = ["https://creativecommons.org/licenses/by/4.0/"]))]
    pub license: Key<WebAddress>,
    /// A sentence or two about the book, for catalogues and stores.
    #[schemars(extend("examples" = ["A winter on the coast road."]))]
    pub description: Key<MultiLine>,
    /// Subject terms for catalogues and stores.
    #[schemars(extend("examples" = [["Photography", "Travel"]]))]
    pub subjects: Key<OneOrMany<SingleLine>>,
    /// The series that the book belongs to.
    #[schemars(extend("examples" = [{"name": "The Coast", "number": "2"}]))]
    pub series: Key<SeriesKeys>,
    /// The identifier of the printed edition, in the form of `identifier`. The e-books name it as
    /// the source of their page numbers.
    #[schemars(extend("examples" = ["isbn:9780000000019"]))]
    pub source: Key<IdentifierText>,
    /// The credit line of all photos that have no other.
    #[schemars(extend("examples" = ["Ada Field"]))]
    pub credit: Key<SingleLine>,
    /// Where the credit lines of photos are printed. By default, on the imprint page if all photos
    /// have the same credit, else below each photo.
    #[schemars(extend("examples" = ["each"], "default" = "auto"))]
    pub credits: Key<Credits>,
    /// How precisely the dates of photos are printed: those of `taken`, and those in the metadata.
    /// A `taken` in words is printed as it is written.
    #[schemars(extend("examples" = ["year"], "default" = "day"))]
    pub dates: Key<DatePrecision>,
    /// The front cover. By default, it has the title alone.
    #[schemars(extend("examples" = [{"photo": "photos/07.jpg"}]))]
    pub cover: Key<CoverKeys>,
    /// The design of the book: the name of a bundled design, or the path of a design file relative
    /// to the manifest. `recto schema --design classic` prints one to start from.
    #[schemars(extend("examples" = ["modern"], "default" = "classic"))]
    pub design: Key<SingleLine>,
    /// A photo that faces the title page.
    #[schemars(extend("examples" = [{"photo": "photos/03.jpg"}]))]
    pub frontispiece: Key<Frontispiece>,
    /// The dedication: Markdown, or the path of a Markdown file.
    #[schemars(extend("examples" = ["For *Ida*."]))]
    pub dedication: Key<MultiLine>,
    /// A quotation on a page of its own, on the back of the dedication if there is one: Markdown, or
    /// the path of a Markdown file. A last line that begins with a dash is its source.
    #[schemars(extend("examples" = ["> To see a world in a grain of sand\\\n> — William Blake"]))]
    pub epigraph: Key<MultiLine>,
    /// A note at the end on how the book was made: Markdown, the path of a Markdown file, or `true`
    /// for a text about typefaces, paper and printer. One of a few lines without a title is at the
    /// foot of the last page of the list of plates or the index, if that has room.
    #[schemars(extend("examples" = [true]))]
    #[schemars(with = "Option<TextOrTrue>")]
    pub colophon: Key<MultiLine>,
    /// An index at the end of the book: one or more of `places`, `people` and `subjects`, each with
    /// a heading of its own where there are several. Names are sorted as they are written: write
    /// `Field, Ada` to have one under F. Places are
    /// those below the photos; people and subjects are read from `people:` and `keywords:` of the
    /// photos, else from their metadata (IPTC keywords, `dc:subject`, `lr:hierarchicalSubject` with
    /// narrower keywords under wider ones, and `PersonInImage`). Without this key, nobody named in
    /// the metadata appears anywhere in the book.
    #[schemars(extend("examples" = [["places", "people"]]))]
    pub index: Key<OneOrMany<IndexTopic>>,
    /// A table of captions, with a row for each photo: a CSV file, or a mapping of `file`,
    /// `delimiter` and `columns`. Its header names the columns: `file`, `caption`, `alt`, `credit`,
    /// `place` and `taken`, or other usual names in English, German, French and Spanish;
    /// `caption.de` is the caption in German. Its cells are plain text. What the manifest itself
    /// says about a photo comes before the table, and the table before the metadata of the photo.
    #[schemars(extend("examples" = ["captions.csv"]))]
    #[expect(dead_code, reason = "the table is read first; the field is for the schema")]
    pub captions: Key<CaptionsKey>,
    /// The content of the book, in order.
    #[schemars(required, extend("examples" = [[{"photo": "photos/01.jpg"}]], "minItems" = 1))]
    #[expect(dead_code, reason = "pages are read one by one; the field is for the schema")]
    pub pages: Option<Vec<PageEntry>>,
    /// The printed edition.
    #[schemars(extend("examples" = [{"trim": "a4-landscape"}]))]
    pub print: Key<PrintKeys>,
    /// The e-books.
    #[schemars(extend("examples" = [{"layout": "both"}]))]
    pub ebook: Key<EbookKeys>,
    /// The PDF for screens.
    #[schemars(extend("examples" = [{"max-edge": "2560 px"}]))]
    pub screen: Key<ScreenKeys>,
    /// The book for any browser, without a network. It is written by default if the manifest has
    /// this section, even an empty one: `offline: {}`.
    #[schemars(extend("examples" = [{"form": "folder"}]))]
    pub offline: Key<OfflineKeys>,
    /// Fonts to use in addition to the bundled ones.
    #[schemars(extend("examples" = [{"serif": "fonts/MySerif-Regular.otf"}]))]
    pub fonts: Key<FontsKeys>,
    /// The metadata that is read from the photos and kept in them.
    #[schemars(extend("examples" = [{"captions": ["iptc", "xmp"]}]))]
    pub metadata: Key<MetadataKeys>,
    /// The codes of findings that are accepted for good: their warnings and notes are not
    /// reported, and errors of `resolution` become warnings.
    #[schemars(extend("examples" = [["alt-missing", "resolution"]]))]
    pub allow: Key<OneOrMany<AllowedCode>>,
}

/// A person or an organisation that made the book.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct CreatorKeys {
    /// The name as it is printed.
    #[schemars(extend("examples" = ["Ada Field"]))]
    pub name: Spanned<SingleLine>,
    /// The role, as a MARC relator term or code such as `author` or `aut`.
    #[schemars(extend("examples" = ["author"], "default" = "photographer"))]
    pub role: Key<RoleName>,
    /// The name as it is sorted.
    #[schemars(extend("examples" = ["Field, Ada"]))]
    pub sort: Key<SingleLine>,
}

/// A series of books.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Series")]
pub(crate) struct SeriesKeys {
    /// The name of the series.
    #[schemars(extend("examples" = ["The Coast"]))]
    pub name: Spanned<SingleLine>,
    /// The number of this book in the series.
    #[schemars(extend("examples" = ["2"]))]
    pub number: Key<SingleLine>,
}

/// The cover of the book.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Cover")]
pub(crate) struct CoverKeys {
    /// The photo on the cover, relative to the manifest. Without one, the cover has the title
    /// alone.
    #[schemars(extend("examples" = ["photos/07.jpg"]))]
    pub photo: Key<SingleLine>,
    /// The point of the photo that stays in the picture when it is cropped: the fractions of its
    /// width and height, from the upper left corner. By default, that of the plate with the same
    /// photo, or else what stands out most in the photo.
    #[schemars(extend("examples" = [[0.4, 0.3]]))]
    pub focus: Key<FocusPoint>,
    /// The alt text of the photo. By default, that of the plate with the same photo, or the one in
    /// the photo's metadata.
    #[schemars(extend("examples" = ["A road along a winter coast."]))]
    pub alt: Key<AltText>,
    /// The back of the printed cover.
    pub back: Key<CoverBackKeys>,
    /// The flaps of the jacket, if `print.cover.binding` is `jacket`.
    pub flaps: Key<CoverFlapKeys>,
}

/// The back of the printed cover.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "CoverBack")]
pub(crate) struct CoverBackKeys {
    /// The text: Markdown, or the path of a Markdown file relative to the manifest.
    #[schemars(extend("examples" = ["blurb.md"]))]
    pub text: Key<MultiLine>,
    /// A photo, relative to the manifest.
    #[schemars(extend("examples" = ["photos/02.jpg"]))]
    pub photo: Key<SingleLine>,
}

/// The texts on the flaps of a jacket.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "CoverFlaps")]
pub(crate) struct CoverFlapKeys {
    /// The flap beside the front: Markdown, or the path of a Markdown file.
    #[schemars(extend("examples" = ["about.md"]))]
    pub front: Key<MultiLine>,
    /// The flap beside the back: Markdown, or the path of a Markdown file.
    #[schemars(extend("examples" = ["author.md"]))]
    pub back: Key<MultiLine>,
}

/// Fonts to use in addition to the bundled ones: OpenType files, relative to the manifest.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Fonts")]
pub(crate) struct FontsKeys {
    /// Font files that are used before the bundled serif typeface.
    #[schemars(extend("examples" = ["fonts/MySerif-Regular.otf"]))]
    pub serif: Key<OneOrMany<SingleLine>>,
    /// Font files that are used before the bundled sans-serif typeface.
    #[schemars(extend("examples" = ["fonts/MySans-Regular.otf"]))]
    pub sans: Key<OneOrMany<SingleLine>>,
    /// Font files that are used before the bundled monospaced typeface, in which code is set.
    #[schemars(extend("examples" = ["fonts/MyMono-Regular.otf"]))]
    pub mono: Key<OneOrMany<SingleLine>>,
    /// Where to find characters that no other font has: `none`, `system` (the fonts of this
    /// computer, so that another computer may give another book), or font files. Of several that
    /// have a character, the one with serifs is taken beside serif text, and the one without them
    /// beside sans-serif text.
    #[schemars(extend("examples" = [["fonts/MyHangul-Regular.otf", "fonts/MyHangulSans-Regular.otf"]], "default" = "none"))]
    pub fallback: Key<OneOrMany<SingleLine>>,
}

/// The metadata that is read from the photos and kept in them.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct MetadataKeys {
    /// The kinds of metadata that captions are read from, the preferred one first.
    #[schemars(extend("examples" = [["iptc", "xmp"]], "default" = ["xmp", "iptc", "exif"]))]
    pub captions: Key<OneOrMany<MetadataSource>>,
    /// Regular expressions. A caption that one of them matches is ignored, as are texts that
    /// cameras write by default, such as OLYMPUS DIGITAL CAMERA.
    #[schemars(extend("examples" = [["^Untitled"]]))]
    pub ignore_captions: Key<OneOrMany<Pattern>>,
    /// The metadata that is kept in the photos of the finished files. The location of a photo is
    /// never kept.
    #[schemars(extend("examples" = [["creator", "rights"]], "default" = []))]
    pub keep: Key<OneOrMany<KeepName>>,
}

/// Metadata that can be kept in a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum KeepName {
    /// The photographer.
    Creator,
    /// The credit line.
    Credit,
    /// The copyright statement and the licence.
    Rights,
    /// The caption.
    Caption,
}

/// A MARC relator by its term or its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RoleName(pub Role);

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

scalar_or_map! {
    /// A creator, by name or with a role.
    Creator { Name(SingleLine), Keys(CreatorKeys) }, "a name or a mapping of name, role and sort"
}

/// Markdown, or `true` for the text that recto writes.
#[derive(JsonSchema)]
#[schemars(untagged, inline)]
#[expect(dead_code, reason = "a colophon is read as a string; the type is for the schema")]
pub(crate) enum TextOrTrue {
    /// Markdown.
    Text(String),
    /// `true`.
    Default(bool),
}
