//! The keys of the section `offline`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use crate::manifest::keys::forms::{Key, OneOrMany};
use crate::manifest::keys::invalid::InvalidValue;
use crate::manifest::keys::scalars::{FileSize, PixelCount};
use crate::manifest::syntax::suggest;
use crate::model::{Edition, OfflineForm};

/// The book for any browser, without a network.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Offline")]
pub(crate) struct OfflineKeys {
    /// What it is written as.
    #[schemars(extend("examples" = ["folder"], "default" = "zip"))]
    pub form: Key<OfflineForm>,
    /// The maximum length of the longer side of a photo, from 320 to 16,384 pixels.
    #[schemars(extend("examples" = ["1600 px"], "default" = "2048 px"))]
    pub max_edge: Key<PixelCount<320, 16_384>>,
    /// The other editions that lie inside, for readers who want to keep or print the book; `[]` for
    /// none. One HTML file (`form: file`) has none.
    #[schemars(extend("examples" = [["epub", "print"]], "default" = ["epub", "screen"]))]
    pub include: Key<OneOrMany<IncludedEdition>>,
    /// The maximum size of all files together. The photos are scaled down as far as necessary.
    #[schemars(extend("examples" = ["4 GB"]))]
    pub max_size: Key<FileSize>,
}

/// An edition that can lie inside the offline edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct IncludedEdition(pub Edition);

impl IncludedEdition {
    fn all() -> impl Iterator<Item = Edition> {
        let outside = [Edition::Cover, Edition::Offline];
        Edition::ALL.into_iter().filter(move |edition| !outside.contains(edition))
    }
}

impl TryFrom<String> for IncludedEdition {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        let name = text.trim();
        let error = match Edition::from_name(name) {
            Some(Edition::Offline) => {
                InvalidValue::new("the offline edition cannot include itself")
            }
            Some(Edition::Cover) => InvalidValue::new(
                "the offline edition cannot include the printed cover, which is for the printer",
            ),
            Some(edition) => return Ok(Self(edition)),
            None => InvalidValue::new(format!("`{name}` is not an edition")),
        };
        let names: Vec<_> = Self::all().map(Edition::name).collect();
        Err(match (name.to_ascii_lowercase().as_str(), suggest::nearest(name, &names)) {
            ("pdf", _) => {
                error.hint("the PDF for screens is `screen`, the one for printers is `print`")
            }
            ("none" | "nothing", _) => error.hint("write `include: []` to include no edition"),
            (_, Some(near)) => error.hint(format!("did you mean `{near}`?")),
            _ => error.hint(format!("valid editions: {}", names.join(", "))),
        })
    }
}

impl JsonSchema for IncludedEdition {
    fn schema_name() -> Cow<'static, str> {
        "IncludedEdition".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let values = Self::all().map(|edition| {
            json_schema!({
                "type": "string",
                "const": edition.name(),
                "description": format!("{}.", edition.help()),
            })
        });
        json_schema!({ "oneOf": values.collect::<Vec<_>>() })
    }
}
