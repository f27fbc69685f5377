//! One manifest, several languages: any text may be a map by language. Before anything else
//! is read, every such map is replaced by the text of the edition that is wanted.

use serde_json::{Value as Json, json};

use crate::finding::{Code, Finding};
use crate::manifest::keys::language_tag as language;
use crate::manifest::syntax::source::{Place, Source};
use crate::manifest::syntax::suggest;
use crate::manifest::syntax::yaml::{Node, Pair, Value};

/// A map of the manifest, or a list of such, with the keys in it that hold text.
struct Section {
    /// Its key; empty for the manifest itself.
    key: &'static str,
    /// Its type in the schema.
    definition: &'static str,
    /// Texts that a translated book has in each of its languages.
    texts: &'static [&'static str],
    /// Texts that may serve all languages as they are: names, marks, addresses.
    shared: &'static [&'static str],
}

const SECTIONS: [Section; 4] = [
    Section {
        key: "",
        definition: "",
        texts: &["title", "subtitle", "description", "dedication", "colophon"],
        shared: &["identifier", "publisher", "rights", "license", "credit", "subjects"],
    },
    Section { key: "creators", definition: "CreatorKeys", texts: &[], shared: &["name", "sort"] },
    Section {
        key: "frontispiece",
        definition: "Frontispiece",
        texts: &["caption", "alt"],
        shared: &["credit", "place"],
    },
    Section {
        key: "pages",
        definition: "PageEntry",
        texts: &["text", "chapter", "caption", "alt", "intro"],
        shared: &["credit", "place"],
    },
];

/// Which edition of a book is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LoadOptions {
    /// Its language; the manifest's own where none is named.
    pub language: Option<String>,
    /// Whether everything is found that is in one language and not in another, or only what
    /// this edition lacks.
    pub all_translations: bool,
}

/// What is known of the languages of a book.
#[derive(Debug, Default)]
pub(crate) struct Languages {
    /// The title in the manifest's own language, of an edition in another one.
    pub(crate) original: Option<String>,
    /// Whether the edition lacks a text of its own language.
    pub(crate) untranslated: bool,
    /// The languages in which what is read from pictures is missing.
    pub(crate) told: Vec<String>,
}

/// Replaces each text by that of the wanted edition. What is not translated is found, and
/// stands in the manifest's own language.
pub(crate) fn choose(
    root: &mut Node,
    wanted: &LoadOptions,
    source: &Source,
    findings: &mut Vec<Finding>,
) -> Languages {
    let own = scalar(root.get("language")).and_then(|tag| language::read(tag.trim()).ok());
    let own = own.unwrap_or_default().tag().to_owned();
    let listed = listed(root);
    let mut known = listed.clone().unwrap_or_default();
    add(&mut known, &own);
    let mut used = Vec::new();
    texts(root, &mut |_, node, _| check(node, listed.as_deref(), source, findings, &mut used));
    for tag in &used {
        add(&mut known, tag);
    }
    let asked = wanted.language.as_deref().unwrap_or(&own);
    let edition = best(&known, asked).map(|found| known[found].clone());
    let edition = edition.unwrap_or_else(|| {
        let message = format!("the book has no edition in `{asked}`");
        let help = match suggest::nearest(asked, &refs(&known)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is written in {}", known.join(", ")),
        };
        findings.push(Finding::new(Code::LanguageMissing, message).help(help));
        own.clone()
    });
    let told: Vec<String> = if wanted.all_translations {
        known.iter().filter(|_| known.len() > 1).cloned().collect()
    } else if edition == own {
        Vec::new()
    } else {
        vec![edition.clone()]
    };
    let mut title = None;
    let mut untranslated = false;
    texts(root, &mut |key, node, is_shared| {
        let lacking = lacking(node, &told, &own, is_shared);
        if !lacking.is_empty() {
            let message = format!("`{key}` is not translated into {}", lacking.join(", "));
            let place = node.place;
            let help = "write the text once for each language: { en: …, ko: … }";
            let finding = Finding::new(Code::Untranslated, message);
            findings.push(finding.at(source.at(place)).help(help));
        }
        if key == "title" && title.is_none() {
            title = scalar(Some(&chosen(node, &own, &own))).map(ToOwned::to_owned);
        }
        let this = std::slice::from_ref(&edition);
        untranslated |= !self::lacking(node, this, &own, is_shared).is_empty();
        *node = chosen(node, &edition, &own);
    });
    if edition != own {
        speak(root, &edition);
    }
    let told = told.into_iter().filter(|tag| *tag != own).collect();
    Languages { original: title.filter(|_| edition != own), untranslated, told }
}

fn scalar(node: Option<&Node>) -> Option<&str> {
    match &node?.value {
        Value::Scalar(text) => Some(text),
        _ => None,
    }
}

fn refs(known: &[String]) -> Vec<&str> {
    known.iter().map(String::as_str).collect()
}

fn add(known: &mut Vec<String>, tag: &str) {
    if !known.iter().any(|other| other.eq_ignore_ascii_case(tag)) {
        known.push(tag.to_owned());
    }
}

/// The languages under `languages`; what is wrong with one is found when the key is read.
fn listed(root: &Node) -> Option<Vec<String>> {
    let node = root.get("languages")?;
    let tags: Vec<&str> = match &node.value {
        Value::Seq(items) => items.iter().filter_map(|item| scalar(Some(item))).collect(),
        _ => scalar(Some(node)).into_iter().collect(),
    };
    let read = tags.into_iter().filter_map(|tag| language::read(tag.trim()).ok());
    Some(read.map(|language| language.tag().to_owned()).collect())
}

/// Every text of the manifest with its key, and whether it may serve all languages.
fn texts(root: &mut Node, visit: &mut dyn FnMut(&str, &mut Node, bool)) {
    for Section { key, texts, shared, .. } in SECTIONS {
        let section = if key.is_empty() { Some(&mut *root) } else { root.get_mut(key) };
        let Some(section) = section else { continue };
        let maps: Vec<&mut Node> = match &mut section.value {
            Value::Seq(items) => items.iter_mut().collect(),
            _ => vec![section],
        };
        for map in maps {
            for (name, is_shared) in
                texts.iter().map(|name| (name, false)).chain(shared.iter().map(|name| (name, true)))
            {
                if let Some(node) = map.get_mut(name) {
                    visit(name, node, is_shared);
                }
            }
        }
    }
}

/// Takes the keys out of a map by language that are none, and notes those that are.
fn check(
    node: &mut Node,
    listed: Option<&[String]>,
    source: &Source,
    findings: &mut Vec<Finding>,
    used: &mut Vec<String>,
) {
    let Value::Map(pairs) = &mut node.value else { return };
    pairs.retain(|Pair { key, .. }| {
        let fault = match language::read(&key.text) {
            Err(fault) => fault,
            Ok(tag) => match listed {
                Some(listed) if best(listed, tag.tag()).is_none() => {
                    let near = suggest::nearest(tag.tag(), &refs(listed));
                    let near = near.map_or_else(|| listed.join(", "), ToOwned::to_owned);
                    format!("`{}` is not among the languages\ndid you mean {near}?", tag.tag())
                }
                _ => {
                    add(used, tag.tag());
                    return true;
                }
            },
        };
        let (what, help) = fault.split_once('\n').unwrap_or((&fault, ""));
        let finding = Finding::new(Code::WrongValue, format!("a text by language: {what}"));
        findings.push(finding.at(source.at(key.place)).help(help));
        false
    });
}

/// The languages, of those that are told, in which a text is not there.
fn lacking<'t>(node: &Node, told: &'t [String], own: &str, is_shared: bool) -> Vec<&'t str> {
    let has: Vec<&str> = match &node.value {
        Value::Map(pairs) => pairs.iter().map(|pair| &*pair.key.text).collect(),
        // Nothing to translate: what is to be empty, or a switch.
        Value::Null => return Vec::new(),
        Value::Scalar(text) if matches!(text.trim(), "" | "true" | "false") => return Vec::new(),
        Value::Scalar(_) | Value::Seq(_) if is_shared => return Vec::new(),
        Value::Scalar(_) | Value::Seq(_) => vec![own],
    };
    told.iter().filter(|tag| best(&has, tag).is_none()).map(String::as_str).collect()
}

/// The text for a language: its own, else the manifest's, else the first.
fn chosen(node: &Node, edition: &str, own: &str) -> Node {
    let Value::Map(pairs) = &node.value else { return node.clone() };
    let tags: Vec<&str> = pairs.iter().map(|pair| &*pair.key.text).collect();
    let found = best(&tags, edition).or_else(|| best(&tags, own)).unwrap_or(0);
    match pairs.get(found) {
        Some(pair) => pair.node.clone(),
        None => Node { value: Value::Null, ..node.clone() },
    }
}

/// The tag that is this one, else the one that is less exact: `de` for `de-CH`.
fn best<T: AsRef<str>>(tags: &[T], wanted: &str) -> Option<usize> {
    let is = |tag: &T, wanted: &str| tag.as_ref().replace('_', "-").eq_ignore_ascii_case(wanted);
    let mut wanted = wanted.to_owned();
    loop {
        if let Some(found) = tags.iter().position(|tag| is(tag, &wanted)) {
            return Some(found);
        }
        wanted.truncate(wanted.rfind('-')?);
    }
}

/// Makes the edition's language that of the book.
fn speak(root: &mut Node, edition: &str) {
    let text = || Value::Scalar(edition.into());
    if let Some(node) = root.get_mut("language") {
        node.value = text();
        return;
    }
    let place = Place::START;
    if let Value::Map(pairs) = &mut root.value {
        let key = crate::manifest::syntax::yaml::Key { id: 0, place, text: "language".into() };
        pairs.push(Pair { key, node: Node { id: 0, place, value: text() } });
    }
}

/// Says in the schema that a text may be a map by language.
pub(crate) fn describe(schema: &mut Json) {
    for Section { definition, texts, shared, .. } in SECTIONS {
        let pointer = match definition {
            "" => "/properties".to_owned(),
            name => format!("/definitions/{name}/properties"),
        };
        let Some(properties) = schema.pointer_mut(&pointer) else { continue };
        for name in texts.iter().chain(shared) {
            let Some(property) = properties.get_mut(*name) else { continue };
            let mut one = property.clone();
            let about = ["description", "default", "examples"].map(|about| {
                let value = one.as_object_mut().and_then(|one| one.remove(about));
                (about, value)
            });
            let mut either = json!({ "anyOf": [one, {
                "type": "object",
                "description": "The same in several languages, each under its BCP 47 tag.",
                "propertyNames": { "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$" },
                "additionalProperties": one,
                "minProperties": 1,
            }] });
            for (about, value) in about {
                if let Some(value) = value {
                    either[about] = value;
                }
            }
            *property = either;
        }
    }
}
