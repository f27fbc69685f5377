//! Translations: any text can be a mapping by language. Before the keys are read, every such
//! mapping is replaced by the text in the language of the edition.

use serde_json::{Value as Json, json};

use crate::finding::{Code, Finding};
use crate::manifest::keys::invalid::InvalidValue;
use crate::manifest::keys::language_tag as language;
use crate::manifest::lower::language_match::best_match;
use crate::manifest::lower::together;
use crate::manifest::syntax::source::{SourceFile, SourceSpan};
use crate::manifest::syntax::suggest;
use crate::manifest::syntax::yaml::{Node, Pair, Value};
use crate::model::{Date, Language, Location};
use crate::picture::Converters;

/// A mapping of the manifest, or a list of mappings, with its keys that contain text.
struct Section {
    /// Its key, with those around it; empty for the manifest itself.
    key: &'static str,
    /// Its type in the schema.
    definition: &'static str,
    /// Texts that a translated book must have in each of its languages.
    texts: &'static [&'static str],
    /// Texts that can be the same in all languages, such as names and addresses.
    shared: &'static [&'static str],
}

const SECTIONS: [Section; 7] = [
    Section {
        key: "",
        definition: "",
        texts: &["title", "subtitle", "description", "dedication", "epigraph", "colophon"],
        shared: &["identifier", "publisher", "rights", "license", "credit", "subjects"],
    },
    Section { key: "creators", definition: "CreatorKeys", texts: &[], shared: &["name", "sort"] },
    Section { key: "cover", definition: "Cover", texts: &["alt"], shared: &[] },
    Section { key: "cover.back", definition: "CoverBack", texts: &["text"], shared: &[] },
    Section {
        key: "cover.flaps",
        definition: "CoverFlaps",
        texts: &["front", "back"],
        shared: &[],
    },
    Section {
        key: "frontispiece",
        definition: "Frontispiece",
        texts: &["caption", "alt"],
        shared: &["credit", "place", "taken"],
    },
    Section {
        key: "pages",
        definition: "PageEntry",
        texts: &["text", "chapter", "part", "caption", "alt", "intro", "dateline"],
        shared: &["credit", "place", "taken"],
    },
];

/// How a manifest is loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LoadOptions {
    /// The language of the edition. By default, the `language` of the manifest.
    pub language: Option<String>,
    /// Whether to report missing translations into all languages of the book, or only into that
    /// of the edition.
    pub all_translations: bool,
    /// The day of the build. Photos that are newer have a wrong date, which is not printed.
    pub today: Option<Date>,
    /// The programs that findings suggest for photos which recto cannot read.
    pub converters: Converters,
    /// Whether every file must be in the folder of the manifest.
    pub confined: bool,
}

/// The languages of a book.
#[derive(Debug, Default)]
pub(crate) struct Languages {
    /// The title in the main language, if the edition is in another one.
    pub(crate) original: Option<String>,
    /// Whether a text is not available in the language of the edition.
    pub(crate) has_untranslated_text: bool,
    /// The languages for which captions from metadata are reported as missing.
    pub(crate) reported: Vec<String>,
    /// The languages that are set together, if the book is.
    pub(crate) together: Vec<String>,
    /// The main language of the book.
    pub(crate) own: String,
    /// All languages of the book.
    pub(crate) known: Vec<String>,
}

/// Replaces each mapping by language with the text for the edition. A missing translation is
/// reported and replaced by the text in the main language. `others` are the languages of texts
/// outside of the manifest.
pub(crate) fn select(
    root: &mut Node,
    options: &LoadOptions,
    others: &[(Language, Location)],
    source: &SourceFile,
    findings: &mut Vec<Finding>,
) -> Languages {
    let own = scalar(root.get("language")).and_then(|tag| language::parse(tag.trim()).ok());
    let own = own.unwrap_or_default().tag().to_owned();
    let listed = listed(root);
    let mut known = listed.clone().unwrap_or_default();
    add(&mut known, &own);
    let mut used = Vec::new();
    visit_texts(root, &mut |_, node, _| {
        check_languages(node, listed.as_deref(), source, findings, &mut used);
    });
    for (language, at) in others {
        let tag = language.tag();
        match listed.as_deref().filter(|listed| best_match(listed, tag).is_none()) {
            None => add(&mut used, tag),
            Some(listed) => {
                let message = format!("`{tag}` is not listed under `languages`");
                let help = format!("valid languages: {}", listed.join(", "));
                let finding = Finding::new(Code::WrongValue, message).help(help);
                findings.push(finding.at(at.clone()));
            }
        }
    }
    for tag in &used {
        add(&mut known, tag);
    }
    // An edition in one language is just that.
    let together = match &options.language {
        None => together::read(root, &known, source, findings),
        Some(_) => Vec::new(),
    };
    let requested = options.language.as_ref().or(together.first()).unwrap_or(&own);
    let edition = best_match(&known, requested).map(|found| known[found].clone());
    let edition = edition.unwrap_or_else(|| {
        let message = format!("the book has no edition in `{requested}`");
        let help = match suggest::nearest(requested, &refs(&known)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("valid languages: {}", known.join(", ")),
        };
        findings.push(Finding::new(Code::LanguageMissing, message).help(help));
        own.clone()
    });
    let reported: Vec<String> = if options.all_translations {
        known.iter().filter(|_| known.len() > 1).cloned().collect()
    } else if !together.is_empty() {
        together.clone()
    } else if edition == own {
        Vec::new()
    } else {
        vec![edition.clone()]
    };
    let mut title = None;
    let mut has_untranslated_text = false;
    visit_texts(root, &mut |key, node, is_shared| {
        let missing = missing_languages(node, &reported, &own, is_shared);
        if !missing.is_empty() {
            let message = format!("`{key}` is not translated into {}", missing.join(", "));
            let span = node.span;
            let help =
                format!("write the text in each language: {{ {own}: …, {}: … }}", missing[0]);
            let finding = Finding::new(Code::Untranslated, message);
            findings.push(finding.at(source.at(span)).help(help));
        }
        if key == "title" && title.is_none() {
            title = scalar(Some(&translation(node, &own, &own))).map(ToOwned::to_owned);
        }
        let this = std::slice::from_ref(&edition);
        has_untranslated_text |= !missing_languages(node, this, &own, is_shared).is_empty();
        *node = translation(node, &edition, &own);
    });
    if edition != own {
        set_language(root, &edition);
    }
    let reported = reported.into_iter().filter(|tag| *tag != own).collect();
    let original = title.filter(|_| edition != own && together.is_empty());
    Languages { original, has_untranslated_text, reported, together, own, known }
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

/// The languages under `languages`. Invalid ones are reported when the key is read.
fn listed(root: &Node) -> Option<Vec<String>> {
    let node = root.get("languages")?;
    let tags: Vec<&str> = match &node.value {
        Value::Seq(items) => items.iter().filter_map(|item| scalar(Some(item))).collect(),
        _ => scalar(Some(node)).into_iter().collect(),
    };
    let languages = tags.into_iter().filter_map(|tag| language::parse(tag.trim()).ok());
    Some(languages.map(|language| language.tag().to_owned()).collect())
}

/// Visits every text of the manifest with its key, and whether it can be the same in all languages.
fn visit_texts(root: &mut Node, visit: &mut dyn FnMut(&str, &mut Node, bool)) {
    for Section { key, texts, shared, .. } in SECTIONS {
        let mut keys = key.split('.').filter(|key| !key.is_empty());
        let section = keys.try_fold(&mut *root, |node, key| node.get_mut(key));
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

/// Removes keys that are not languages from a mapping by language, and collects the others.
fn check_languages(
    node: &mut Node,
    listed: Option<&[String]>,
    source: &SourceFile,
    findings: &mut Vec<Finding>,
    used: &mut Vec<String>,
) {
    let Value::Map(pairs) = &mut node.value else { return };
    pairs.retain(|Pair { key, .. }| {
        let error = match language::parse(&key.text) {
            Err(error) => error,
            Ok(tag) => match listed {
                Some(listed) if best_match(listed, tag.tag()).is_none() => {
                    let near = suggest::nearest(tag.tag(), &refs(listed));
                    let help = match near {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("valid languages: {}", listed.join(", ")),
                    };
                    let message = format!("`{}` is not listed under `languages`", tag.tag());
                    InvalidValue::new(message).hint(help)
                }
                _ => {
                    add(used, tag.tag());
                    return true;
                }
            },
        };
        let message = format!("mapping by language: {}", error.message());
        let finding = Finding::new(Code::WrongValue, message).at(source.at(key.span));
        findings.push(match error.into_hint() {
            Some(hint) => finding.help(hint),
            None => finding,
        });
        false
    });
}

/// The languages of these into which a text is not translated.
fn missing_languages<'t>(
    node: &Node,
    languages: &'t [String],
    own: &str,
    is_shared: bool,
) -> Vec<&'t str> {
    let available: Vec<&str> = match &node.value {
        Value::Map(pairs) => pairs.iter().map(|pair| &*pair.key.text).collect(),
        // Nothing to translate: an empty text or a switch.
        Value::Null => return Vec::new(),
        Value::Scalar(text) if matches!(text.trim(), "" | "true" | "false") => return Vec::new(),
        Value::Scalar(_) | Value::Seq(_) if is_shared => return Vec::new(),
        Value::Scalar(_) | Value::Seq(_) => vec![own],
    };
    languages
        .iter()
        .filter(|tag| best_match(&available, tag).is_none())
        .map(String::as_str)
        .collect()
}

/// The text for the edition: in its language, the main language or the first language.
fn translation(node: &Node, edition: &str, own: &str) -> Node {
    let Value::Map(pairs) = &node.value else { return node.clone() };
    let tags: Vec<&str> = pairs.iter().map(|pair| &*pair.key.text).collect();
    let found = best_match(&tags, edition).or_else(|| best_match(&tags, own)).unwrap_or(0);
    match pairs.get(found) {
        Some(pair) => pair.node.clone(),
        None => Node { value: Value::Null, ..node.clone() },
    }
}

/// Sets the language of the book to that of the edition.
fn set_language(root: &mut Node, edition: &str) {
    let text = || Value::Scalar(edition.into());
    if let Some(node) = root.get_mut("language") {
        node.value = text();
        return;
    }
    let span = SourceSpan::START;
    if let Value::Map(pairs) = &mut root.value {
        let key =
            crate::manifest::syntax::yaml::MappingKey { id: 0, span, text: "language".into() };
        pairs.push(Pair { key, node: Node { id: 0, span, value: text() } });
    }
}

/// Adds to the schema that a text can be a mapping by language.
pub(crate) fn add_to_schema(schema: &mut Json) {
    for Section { definition, texts, shared, .. } in SECTIONS {
        let pointer = match definition {
            "" => "/properties".to_owned(),
            name => format!("/definitions/{name}/properties"),
        };
        let Some(properties) = schema.pointer_mut(&pointer) else { continue };
        for name in texts.iter().chain(shared) {
            let Some(property) = properties.get_mut(*name) else { continue };
            let mut one = property.clone();
            let annotations = ["description", "default", "examples"].map(|name| {
                let value = one.as_object_mut().and_then(|one| one.remove(name));
                (name, value)
            });
            let mut either = json!({ "anyOf": [one, {
                "type": "object",
                "description": "The same in several languages, each under its BCP 47 tag.",
                "propertyNames": { "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$" },
                "additionalProperties": one,
                "minProperties": 1,
            }] });
            for (name, value) in annotations {
                if let Some(value) = value {
                    either[name] = value;
                }
            }
            *property = either;
        }
    }
}
