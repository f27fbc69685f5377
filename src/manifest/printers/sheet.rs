//! The sheet of a printer: all that its file says, for readers and programs.

use serde::Deserialize as _;
use serde::de::IntoDeserializer as _;
use serde::de::value::Error;
use serde_json::{Value as Json, json};

use crate::manifest::syntax::source::SourceFile;
use crate::manifest::syntax::yaml::{self, Node, Pair, Value};
use crate::model::{Certainty, FactSource};

/// All that the file of a printer says.
#[derive(Debug, Clone, PartialEq)]
pub struct PrinterSheet {
    /// The name of the preset.
    pub id: String,
    /// The name of the printer.
    pub name: String,
    /// What it prints.
    pub about: String,
    /// What it asks for, in the order of its file.
    pub facts: Vec<PrinterFact>,
}

/// Numbers of a printer with one source.
#[derive(Debug, Clone, PartialEq)]
pub struct PrinterFact {
    /// The key, such as `safe-area`.
    pub key: String,
    /// The values in words, with their units.
    pub text: String,
    /// The values by key.
    pub values: Json,
    /// The source.
    pub source: Option<FactSource>,
    /// A remark.
    pub note: Option<String>,
}

/// The keys of a file that are not facts.
const HEADER: [&str; 4] = ["name", "company", "about", "sources"];
/// Keys whose values need no name beside them.
const OBVIOUS: [&str; 7] = ["binding", "items", "name", "photos", "sizes", "text", "widths"];

/// The sheet of the file of a preset.
pub(super) fn sheet(id: &str, text: &str) -> Option<PrinterSheet> {
    let source = SourceFile { file: id.into(), text: text.to_owned() };
    let root = yaml::parse(&source, &mut Vec::new())?;
    let Value::Map(pairs) = &root.value else { return None };
    let mut facts = Vec::new();
    for Pair { key, node } in pairs.iter().filter(|pair| !HEADER.contains(&&*pair.key.text)) {
        let entries = match &node.value {
            Value::Seq(entries) => entries.as_slice(),
            _ => std::slice::from_ref(node),
        };
        facts.extend(entries.iter().map(|entry| fact(&key.text, entry, &root)));
    }
    let text = |key: &str| root.get(key).and_then(scalar).unwrap_or_default().to_owned();
    Some(PrinterSheet { id: id.to_owned(), name: text("name"), about: text("about"), facts })
}

fn fact(key: &str, entry: &Node, root: &Node) -> PrinterFact {
    let text = |key: &str| entry.get(key).and_then(scalar);
    PrinterFact {
        key: key.to_owned(),
        text: in_words(entry),
        values: values(entry),
        source: text("source").and_then(|name| source(root.get("sources")?.get(name)?)),
        note: text("note").map(str::to_owned),
    }
}

fn source(node: &Node) -> Option<FactSource> {
    let text = |key: &str| node.get(key).and_then(scalar);
    let sure = text("sure").and_then(|name| {
        let name: serde::de::value::StrDeserializer<'_, Error> = name.into_deserializer();
        Certainty::deserialize(name).ok()
    });
    Some(FactSource {
        place: text("place")?.to_owned(),
        date: text("date").map(str::to_owned),
        sure: sure.unwrap_or_default(),
    })
}

fn scalar(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar(text) => Some(text),
        _ => None,
    }
}

/// Whether a key is a number of the printer, and not its source.
fn is_value(pair: &Pair) -> bool {
    !["source", "note"].contains(&&*pair.key.text)
}

/// `paperback, min 24, max 828`; `0.5 in from 24 pages, 0.6 in from 151 pages`.
fn in_words(node: &Node) -> String {
    match &node.value {
        Value::Null => String::new(),
        Value::Scalar(text) => text.to_string(),
        Value::Seq(items) => items.iter().map(in_words).collect::<Vec<_>>().join(", "),
        Value::Map(pairs) => {
            if let (Some(pages), Some(width)) = (node.get("pages"), node.get("width")) {
                return format!("{} from {} pages", in_words(width), in_words(pages));
            }
            let named = |Pair { key, node }: &Pair| match &*key.text {
                key if OBVIOUS.contains(&key) => in_words(node),
                key => format!("{} {}", key.replace('-', " "), in_words(node)),
            };
            pairs.iter().filter(|pair| is_value(pair)).map(named).collect::<Vec<_>>().join(", ")
        }
    }
}

fn values(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Scalar(text) => text.parse::<u32>().map_or_else(|_| json!(&**text), Json::from),
        Value::Seq(items) => items.iter().map(values).collect(),
        Value::Map(pairs) => {
            let pairs = pairs.iter().filter(|pair| is_value(pair));
            let pairs = pairs.map(|pair| (pair.key.text.to_string(), values(&pair.node)));
            Json::Object(pairs.collect())
        }
    }
}
