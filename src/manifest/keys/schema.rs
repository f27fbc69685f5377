//! The JSON Schemas of manifests, design files and printers' files, derived from their types.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::manifest::keys::design::DesignKeys;
use crate::manifest::keys::manifest::Manifest;
use crate::manifest::keys::pages::{PAGE_KINDS, PageKind};
use crate::manifest::keys::printer::PrinterKeys;
use crate::manifest::lower::languages;

/// The JSON Schema of a manifest, in draft-07, which editors support best.
pub(crate) fn schema() -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<Manifest>().to_value();
    schema["title"] = json!("A recto book");
    languages::add_to_schema(&mut schema);
    // A page has one kind and only the keys of that kind, which the types cannot express.
    let kinds: Vec<_> = PAGE_KINDS.iter().map(is_of_kind).collect();
    let rules: Vec<_> = PAGE_KINDS
        .iter()
        .map(|kind| {
            let others = PAGE_KINDS.iter().flat_map(|other| other.keys);
            let is_invalid = |key: &&&str| **key != kind.name && !kind.keys.contains(*key);
            let mut invalid_keys: Vec<_> = others.filter(is_invalid).collect();
            invalid_keys.dedup();
            let invalid: serde_json::Map<_, _> =
                invalid_keys.into_iter().map(|key| ((*key).to_owned(), json!(false))).collect();
            json!({ "if": is_of_kind(kind), "then": { "properties": invalid } })
        })
        .collect();
    if let Some(page) = schema.pointer_mut("/definitions/PageEntry") {
        page["oneOf"] = json!(kinds);
        page["allOf"] = json!(rules);
    }
    schema
}

/// The condition that a page is of a kind. A photo beside a chapter is the picture of its opening.
fn is_of_kind(kind: &PageKind) -> Value {
    let owners = PAGE_KINDS.iter().filter(|other| other.keys.contains(&kind.name));
    let owners: Vec<_> = owners.map(|owner| json!({ "required": [owner.name] })).collect();
    let mut condition = json!({ "required": [kind.name] });
    if !owners.is_empty() {
        condition["not"] = json!({ "anyOf": owners });
    }
    condition
}

/// The JSON Schema of a design file.
pub(crate) fn design_schema() -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<DesignKeys>().to_value();
    schema["title"] = json!("A recto design");
    schema
}

/// The JSON Schema of a printer's file.
pub(crate) fn printer_schema() -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<PrinterKeys>().to_value();
    schema["title"] = json!("A printer for recto");
    schema
}
