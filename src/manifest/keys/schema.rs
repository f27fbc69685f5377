//! The JSON Schema of a manifest, from the same types that read it.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::manifest::keys::design::DesignKeys;
use crate::manifest::keys::manifest::Manifest;
use crate::manifest::keys::pages::KINDS;
use crate::manifest::lower::languages;

/// The schema in draft-07, which editors know best.
pub(crate) fn schema() -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<Manifest>().to_value();
    schema["title"] = json!("A recto book");
    languages::describe(&mut schema);
    // A page is of one kind and has the keys of that kind; the types cannot say so.
    let kinds: Vec<_> = KINDS.iter().map(|kind| json!({ "required": [kind.name] })).collect();
    let stray: Vec<_> = KINDS
        .iter()
        .map(|kind| {
            let others = KINDS.iter().flat_map(|other| other.keys);
            let mut strays: Vec<_> = others.filter(|key| !kind.keys.contains(key)).collect();
            strays.dedup();
            let never: serde_json::Map<_, _> =
                strays.into_iter().map(|key| ((*key).to_owned(), json!(false))).collect();
            json!({ "if": { "required": [kind.name] }, "then": { "properties": never } })
        })
        .collect();
    if let Some(page) = schema.pointer_mut("/definitions/PageEntry") {
        page["oneOf"] = json!(kinds);
        page["allOf"] = json!(stray);
    }
    schema
}

/// The JSON Schema of a design file.
pub(crate) fn design_schema() -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<DesignKeys>().to_value();
    schema["title"] = json!("A recto design");
    schema
}
