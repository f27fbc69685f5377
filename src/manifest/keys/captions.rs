//! The table of captions, and the names of its columns.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};

use crate::manifest::keys::forms::{Key, OneOrMany, scalar_or_map};
use crate::manifest::keys::invalid::InvalidValue;
use crate::manifest::keys::language_tag;
use crate::manifest::keys::scalars::SingleLine;
use crate::manifest::syntax::de::Spanned;
use crate::model::Language;

scalar_or_map! {
    /// The table of captions.
    CaptionsKey { File(SingleLine), Keys(CaptionTableKeys) },
    "a file name or a mapping of file, delimiter and columns"
}

/// A table of captions, and how it is read.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "CaptionTable")]
pub(crate) struct CaptionTableKeys {
    /// The table, relative to the manifest: CSV or tab-separated text, as UTF-8, UTF-16 or
    /// Windows-1252.
    #[schemars(extend("examples" = ["captions.csv"]))]
    pub file: Spanned<SingleLine>,
    /// The character between two cells: `,`, `;`, `|` or `tab`. By default, it is found from the
    /// header.
    #[schemars(extend("examples" = [";"]))]
    pub delimiter: Key<Delimiter>,
    /// The columns, for names that are not known: a mapping of `file`, `caption`, `alt`, `credit`,
    /// `place` and `taken` to the names in the header of the table. `caption.de` is the caption in
    /// German. Of several columns, the first that is not empty is used.
    #[schemars(extend("examples" = [{"file": "Datei", "caption": "Text"}]))]
    pub columns: Option<ColumnNames>,
}

/// The character between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline, extend("title" = "delimiter", "pattern" = "^([,;|\t]|\\\\t|tab)$"))]
pub(crate) struct Delimiter(#[schemars(with = "String")] pub u8);

impl TryFrom<String> for Delimiter {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        match text.as_str() {
            "," => Ok(Self(b',')),
            ";" => Ok(Self(b';')),
            "|" => Ok(Self(b'|')),
            "tab" | "\t" | "\\t" => Ok(Self(b'\t')),
            _ => Err(InvalidValue::new(format!("`{text}` is not a delimiter"))
                .hint("use \",\", \";\", \"|\" or tab")),
        }
    }
}

/// What a column of the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Field {
    /// The name of the photo's file.
    File,
    /// The caption.
    Caption,
    /// The alt text.
    Alt,
    /// The credit line.
    Credit,
    /// The place.
    Place,
    /// The date.
    Taken,
}

impl Field {
    /// The fields, by their keys in the manifest.
    const KEYS: [(&str, Self); 6] = [
        ("file", Self::File),
        ("caption", Self::Caption),
        ("alt", Self::Alt),
        ("credit", Self::Credit),
        ("place", Self::Place),
        ("taken", Self::Taken),
    ];
    const NAMES: &[&str] = &["file", "caption", "alt", "credit", "place", "taken"];
}

/// A field, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LocalizedField {
    /// The field.
    pub field: Field,
    /// Its language; that of the book if there is none.
    pub language: Option<Language>,
}

impl<'de> Deserialize<'de> for LocalizedField {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        let (name, tag) = match key.split_once('.') {
            Some((name, tag)) => (name, Some(tag)),
            None => (key.as_str(), None),
        };
        let field = Field::KEYS.iter().find(|(known, _)| *known == name).map(|(_, field)| *field);
        let field = field.ok_or_else(|| de::Error::unknown_field(&key, Field::NAMES))?;
        let language = tag.map(language_tag::parse).transpose().map_err(de::Error::custom)?;
        if field == Field::File && language.is_some() {
            return Err(de::Error::custom("a file name has no language"));
        }
        Ok(Self { field, language })
    }
}

/// The columns of a table, by their fields.
#[derive(Debug, Clone, Default)]
pub(crate) struct ColumnNames(pub Vec<(LocalizedField, Spanned<OneOrMany<SingleLine>>)>);

impl<'de> Deserialize<'de> for ColumnNames {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Columns;
        impl<'de> Visitor<'de> for Columns {
            type Value = ColumnNames;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping of fields to the names of columns")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ColumnNames, A::Error> {
                let mut columns = Vec::new();
                while let Some(field) = map.next_key::<LocalizedField>()? {
                    columns.push((field, map.next_value()?));
                }
                Ok(ColumnNames(columns))
            }
        }
        deserializer.deserialize_map(Columns)
    }
}

impl JsonSchema for ColumnNames {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ColumnNames".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names = Field::NAMES.join("|");
        let name = serde_json::json!({ "type": ["string", "number"] });
        json_schema!({
            "type": "object",
            "title": "mapping of names of columns",
            "propertyNames": { "pattern": format!("^({names})(\\.[A-Za-z]{{2,3}}(-[A-Za-z0-9]{{1,8}})*)?$") },
            "additionalProperties": { "anyOf": [name, { "type": "array", "items": name }] },
        })
    }
}
