//! The keys of a manifest: their names, types, defaults and docs, all in one place.
//! The reader and the schema are both made from these types.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{self, Deserializer};

use crate::manifest::keys::ebook::{EbookKeys, ScreenKeys};
use crate::manifest::keys::forms::{Key, OneOrMany, scalar_or_map};
use crate::manifest::keys::pages::{Frontispiece, PageEntry};
use crate::manifest::keys::print::PrintKeys;
use crate::manifest::keys::relators;
use crate::manifest::keys::scalars::{
    AltText, Day, IdentifierText, LanguageTag, Line, Pattern, Prose, WebAddress,
};
use crate::manifest::syntax::de::Spanned;
use crate::model::Role;
use crate::picture::Container;

/// A book of photos: one picture per page.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Manifest {
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
    pub series: Key<SeriesKeys>,
    /// What the book was made from, such as the printed edition: `isbn:` and its digits, a
    /// URN, a URL or a UUID. The e-book's page numbers are said to be those of this edition.
    pub source: Key<IdentifierText>,
    /// The credit line of all photos that have none of their own.
    pub credit: Key<Line>,
    /// What stands on the cover; by default the title alone.
    pub cover: Key<CoverKeys>,
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
    pub print: Key<PrintKeys>,
    /// The e-book.
    pub ebook: Key<EbookKeys>,
    /// The file to look at on a screen.
    pub screen: Key<ScreenKeys>,
    /// Fonts beside the bundled ones.
    pub fonts: Key<FontsKeys>,
    /// What is taken from the pictures' own metadata, and what stays in them.
    pub metadata: Key<MetadataKeys>,
}

/// Someone who made the book.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct CreatorKeys {
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
#[schemars(rename = "Series")]
pub(crate) struct SeriesKeys {
    /// Its name.
    pub name: Spanned<Line>,
    /// The book's number in it, such as 2.
    pub number: Key<Line>,
}

/// The cover of the book.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Cover")]
pub(crate) struct CoverKeys {
    /// The picture on the cover, with the title.
    pub photo: Spanned<Line>,
    /// What is to be seen on it. By default what is said of the plate with the same photo, or
    /// what the picture's metadata has.
    pub alt: Key<AltText>,
}

/// Fonts beside the bundled ones: OpenType files, relative to the manifest.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Fonts")]
pub(crate) struct FontsKeys {
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
pub(crate) struct MetadataKeys {
    /// Where captions are looked for, the best first.
    #[schemars(extend("default" = ["xmp", "iptc", "exif"]))]
    pub captions: Key<OneOrMany<Container>>,
    /// Regular expressions; captions in which one is found are none. What cameras write
    /// of themselves, such as OLYMPUS DIGITAL CAMERA, is ignored in any case.
    pub ignore_captions: Key<OneOrMany<Pattern>>,
    /// What stays in the pictures that are handed out; the place where they were taken
    /// never does.
    #[schemars(extend("default" = []))]
    pub keep: Key<OneOrMany<KeepName>>,
}

/// A piece of metadata that may stay in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum KeepName {
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
    /// Someone who made the book, by name or with a role.
    Creator { Name(Line), Keys(CreatorKeys) }, "a name, or a map of name, role and sort"
}

/// Markdown, or whether what recto says is wanted.
#[derive(JsonSchema)]
#[schemars(untagged, inline)]
#[expect(dead_code, reason = "a colophon is read as a text; this is what the schema says of it")]
pub(crate) enum TextOrTrue {
    /// Markdown.
    Text(String),
    /// `true`.
    LoadOptions(bool),
}
