//! All keys of a manifest as comments, with what they mean and an example. They come from the JSON
//! Schema, and so from the types that read them.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::manifest::keys::pages::PAGE_KINDS;
use crate::manifest::keys::schema::schema;

use super::scalar::scalar;

/// The keys of a book except those that are written already and `pages`.
pub(super) fn keys(written: &[&str]) -> String {
    let schema = schema();
    let mut text =
        String::from("\n# All other keys. Remove the # in front of those that you need.\n");
    for (key, property) in properties(&schema) {
        if key == "pages" || written.contains(&key.as_str()) {
            continue;
        }
        describe(&mut text, "# ", property);
        match definition(property, &schema) {
            Some(section) if properties(section).count() > 1 && !has_scalar_form(property) => {
                let _ = writeln!(text, "# {key}:");
                for (key, property) in properties(section) {
                    example(&mut text, "#   ", key, property);
                }
            }
            _ => example(&mut text, "# ", key, property),
        }
        text.push('\n');
    }
    text
}

/// The keys of a page. They are no entries: those that are comments are photos left out.
pub(super) fn page_keys() -> String {
    let schema = schema();
    let entry = &schema["definitions"]["PageEntry"];
    let mut text = String::from("  # A page has one of these keys:\n");
    let is_kind = |key: &str| PAGE_KINDS.iter().any(|kind| kind.name == key);
    for (key, property) in properties(entry).filter(|(key, _)| is_kind(key)) {
        example(&mut text, "  #     ", key, property);
    }
    text.push_str("  # A photo may also have these, and a chapter `intro`:\n");
    for (key, property) in properties(entry).filter(|(key, _)| !is_kind(key)) {
        example(&mut text, "  #     ", key, property);
    }
    text
}

fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

/// The definition of the mapping that a property is.
fn definition<'s>(property: &Value, schema: &'s Value) -> Option<&'s Value> {
    let forms = property.get("anyOf")?.as_array()?;
    let name = forms.iter().find_map(|form| form.get("$ref")?.as_str()?.rsplit('/').next())?;
    schema.get("definitions")?.get(name).filter(|it| it.get("properties").is_some())
}

/// Whether a property may be something else than one mapping.
fn has_scalar_form(property: &Value) -> bool {
    let forms = property.get("anyOf").and_then(Value::as_array);
    forms.is_some_and(|forms| {
        forms.iter().filter(|form| form.get("type").is_none_or(|kind| kind != "null")).count() > 1
    })
}

/// The first sentence about a key.
fn describe(text: &mut String, indent: &str, property: &Value) {
    let description = property.get("description").and_then(Value::as_str).unwrap_or_default();
    let description = description.replace('\n', " ");
    let end = description.find(". ").map_or(description.len(), |end| end + 1);
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{indent}{}", &description[..end]);
}

/// A key with its example. JSON is YAML.
fn example(text: &mut String, indent: &str, key: &str, property: &Value) {
    let examples = property.get("examples").and_then(Value::as_array);
    let value = examples.and_then(|examples| examples.first()).unwrap_or(&Value::Null);
    let _ = writeln!(text, "{indent}{key}: {}", flow(value));
}

/// A value of JSON in YAML's flow style.
fn flow(value: &Value) -> String {
    match value {
        Value::String(value) => scalar(value),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", "))
        }
        Value::Object(pairs) => {
            let pair = |(key, value): (&String, &Value)| format!("{key}: {}", flow(value));
            format!("{{ {} }}", pairs.iter().map(pair).collect::<Vec<_>>().join(", "))
        }
        value => value.to_string(),
    }
}
