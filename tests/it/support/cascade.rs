//! The faces that a stylesheet asks for: as much of CSS as our stylesheets use of it.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::Event;

/// Elements without content or end tag.
const VOID: [&str; 7] = ["br", "col", "hr", "img", "link", "meta", "wbr"];

/// A face as a style asks for it, or as a rule declares it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Face {
    pub(crate) family: String,
    pub(crate) semibold: bool,
    pub(crate) italic: bool,
}

/// The faces for which a stylesheet has `@font-face` rules.
pub(crate) fn declared(css: &str) -> BTreeSet<Face> {
    let of_rule = |rule: &Rule| {
        let value = |name: &str| rule.declarations.get(name).map_or("", String::as_str);
        Face {
            family: value("font-family").trim_matches('"').to_owned(),
            semibold: is_bold(value("font-weight")),
            italic: value("font-style") == "italic",
        }
    };
    rules(css).iter().filter(|rule| rule.selector == "@font-face").map(of_rule).collect()
}

/// The faces that the Latin text of a page asks for, each with the path to an element that does.
pub(crate) fn asked_for(css: &str, page: &str) -> BTreeMap<Face, String> {
    let rules = rules(css);
    let elements = elements(page);
    let mut faces = BTreeMap::new();
    for (index, element) in elements.iter().enumerate() {
        if element.has_text {
            faces
                .entry(face(&rules, &elements, index, ""))
                .or_insert_with(|| path(&elements, index));
        }
    }
    faces
}

/// The face of an element, or of a pseudo-element of it.
fn face(rules: &[Rule], elements: &[Element], index: usize, pseudo: &str) -> Face {
    let element = &elements[index];
    let mut own: Vec<(&str, &str, [usize; 3])> = Vec::new();
    for rule in rules {
        let Some(specificity) = rule.matches(elements, index, pseudo) else { continue };
        for (name, value) in &rule.declarations {
            own.push((name, value, specificity));
        }
    }
    // Later rules win over earlier ones that are as specific.
    own.sort_by_key(|(_, _, specificity)| *specificity);
    let value = |wanted: &str| {
        let found = own.iter().rfind(|(name, value, _)| *name == wanted && *value != "inherit");
        found.map(|(_, value, _)| (*value).to_owned())
    };
    let inherited = element.parent.map(|parent| face(rules, elements, parent, ""));
    let by_browser = |names: &[&str]| names.contains(&element.name.as_str());
    let bold = by_browser(&["b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"]);
    let italic = by_browser(&["i", "em", "cite", "dfn", "address", "var"]);
    Face {
        family: value("font-family").map_or_else(
            || inherited.as_ref().map(|face| face.family.clone()).unwrap_or_default(),
            |value| value.split(',').next().unwrap_or_default().trim_matches('"').to_owned(),
        ),
        semibold: value("font-weight").map_or_else(
            || bold || inherited.as_ref().is_some_and(|face| face.semibold),
            |value| is_bold(&value),
        ),
        italic: value("font-style").map_or_else(
            || italic || inherited.as_ref().is_some_and(|face| face.italic),
            |value| value == "italic",
        ),
    }
}

fn is_bold(value: &str) -> bool {
    value == "bold" || value.parse().is_ok_and(|weight: u16| weight >= 600)
}

fn path(elements: &[Element], index: usize) -> String {
    let Element { name, classes, parent, .. } = &elements[index];
    let own = std::iter::once(name).chain(classes).cloned().collect::<Vec<_>>().join(".");
    parent.map_or_else(|| own.clone(), |parent| format!("{} {own}", path(elements, parent)))
}

#[derive(Debug, Default)]
struct Element {
    name: String,
    id: String,
    classes: Vec<String>,
    attributes: BTreeMap<String, String>,
    parent: Option<usize>,
    /// The elements with the same parent before it, in order.
    before: Vec<usize>,
    has_text: bool,
}

fn elements(page: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(page);
    reader.config_mut().check_end_names = false;
    reader.config_mut().expand_empty_elements = false;
    let mut list: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let event = reader.read_event().unwrap();
        match event {
            Event::Eof => return list,
            Event::Start(ref tag) | Event::Empty(ref tag) => {
                let mut element = Element {
                    name: tag.name().as_ref().to_owned(),
                    parent: open.last().copied(),
                    ..Element::default()
                };
                for attribute in tag.html_attributes().flatten() {
                    let name = attribute.key.as_ref().to_owned();
                    let value = attribute.value.to_string();
                    element.attributes.insert(name, value);
                }
                let value = |name: &str| element.attributes.get(name).cloned().unwrap_or_default();
                element.id = value("id");
                element.classes = value("class").split_whitespace().map(str::to_owned).collect();
                let siblings =
                    list.iter().enumerate().filter(|(_, it)| it.parent == element.parent);
                element.before = siblings.map(|(index, _)| index).collect();
                let has_content =
                    matches!(event, Event::Start(_)) && !VOID.contains(&element.name.as_str());
                list.push(element);
                if has_content {
                    open.push(list.len() - 1);
                }
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) => {
                let is_hidden = |element: &Element| {
                    element.name == "head" || element.attributes.contains_key("hidden")
                };
                let shown = !open.iter().any(|index| is_hidden(&list[*index]));
                if let Some(last) = open.last().filter(|_| shown) {
                    list[*last].has_text |= text.chars().any(|c| c.is_ascii_alphanumeric());
                }
            }
            _ => {}
        }
    }
}

#[derive(Debug)]
struct Rule {
    selector: String,
    declarations: BTreeMap<String, String>,
}

/// The rules of a stylesheet, one for each selector, those within `@media` and the like included.
fn rules(css: &str) -> Vec<Rule> {
    let mut plain = String::new();
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let mut list = Vec::new();
    add_rules(&plain, &mut list);
    list
}

fn add_rules(css: &str, list: &mut Vec<Rule>) {
    let mut rest = css;
    while let Some((prelude, after)) = rest.split_once('{') {
        let mut depth = 1;
        let end = after.char_indices().find(|(_, c)| {
            depth += match c {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            depth == 0
        });
        let end = end.map_or(after.len(), |(at, _)| at);
        let prelude = prelude.rsplit(';').next().unwrap_or_default().trim();
        let (body, following) = (&after[..end], after.get(end + 1..).unwrap_or_default());
        rest = following;
        if prelude.starts_with('@') && prelude != "@font-face" {
            add_rules(body, list);
            continue;
        }
        let declarations: BTreeMap<_, _> = body
            .split(';')
            .filter_map(|declaration| declaration.split_once(':'))
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .filter(|(name, _)| ["font-family", "font-weight", "font-style"].contains(&&**name))
            .collect();
        if declarations.is_empty() {
            continue;
        }
        for selector in split_outside_brackets(prelude, ',') {
            let selector = selector.trim().to_owned();
            list.push(Rule { selector, declarations: declarations.clone() });
        }
    }
}

fn split_outside_brackets(text: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for c in text.chars() {
        depth += match c {
            '(' | '[' => 1,
            ')' | ']' => -1,
            _ => 0,
        };
        match parts.last_mut() {
            Some(last) if c != separator || depth > 0 => last.push(c),
            _ => parts.push(String::new()),
        }
    }
    parts
}

impl Rule {
    /// How specific the selector is, if it selects this element.
    fn matches(&self, elements: &[Element], index: usize, pseudo: &str) -> Option<[usize; 3]> {
        let (selector, own) = self.selector.split_once("::").unwrap_or((&self.selector, ""));
        if own != pseudo || selector.starts_with('@') {
            return None;
        }
        let spaced = selector.replace('>', " > ").replace('~', " ~ ");
        let tokens: Vec<_> = spaced.split_whitespace().collect();
        let is_selected = selects(&tokens, elements, index);
        is_selected.then(|| {
            let mut sum = [0; 3];
            for part in tokens.iter().flat_map(|token| parts(token)) {
                match part.chars().next() {
                    Some('#') => sum[0] += 1,
                    Some('.' | '[' | ':') => sum[1] += 1,
                    Some('*' | '>' | '+' | '~') | None => {}
                    Some(_) => sum[2] += 1,
                }
            }
            sum
        })
    }
}

fn selects(tokens: &[&str], elements: &[Element], index: usize) -> bool {
    let Some((last, before)) = tokens.split_last() else { return true };
    if !is_a(last, elements, index) {
        return false;
    }
    let element = &elements[index];
    let ancestors = || std::iter::successors(element.parent, |it| elements[*it].parent);
    match before.split_last() {
        None => true,
        Some((&">", rest)) => element.parent.is_some_and(|it| selects(rest, elements, it)),
        Some((&"+", rest)) => element.before.last().is_some_and(|it| selects(rest, elements, *it)),
        Some((&"~", rest)) => element.before.iter().any(|it| selects(rest, elements, *it)),
        Some(_) => ancestors().any(|it| selects(before, elements, it)),
    }
}

/// A compound selector in its parts: `p.line:first-child` is `p`, `.line` and `:first-child`.
fn parts(compound: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for c in compound.chars() {
        if depth == 0 && matches!(c, '.' | '#' | ':' | '[') {
            parts.push(String::new());
        }
        depth += match c {
            '(' | '[' => 1,
            ')' | ']' => -1,
            _ => 0,
        };
        parts.last_mut().unwrap().push(c);
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn is_a(compound: &str, elements: &[Element], index: usize) -> bool {
    let element = &elements[index];
    parts(compound).iter().all(|part| {
        let inner = || part.split_once('(').map_or("", |(_, inner)| inner.trim_end_matches(')'));
        match part.split('(').next().unwrap_or_default() {
            "*" | ":root" => true,
            ":first-child" => element.before.is_empty(),
            ":not" => split_outside_brackets(inner(), ',')
                .iter()
                .all(|inner| !is_a(inner.trim(), elements, index)),
            ":lang" => {
                let mut at = Some(index);
                loop {
                    let Some(here) = at.map(|at| &elements[at]) else { break false };
                    if let Some(language) = here.attributes.get("lang") {
                        break language.split('-').next() == Some(inner());
                    }
                    at = here.parent;
                }
            }
            name if name.starts_with(':') => false,
            name if name.starts_with('.') => element.classes.iter().any(|it| *it == name[1..]),
            name if name.starts_with('#') => element.id == name[1..],
            name if name.starts_with('[') => {
                let name = name.trim_matches(['[', ']']);
                match name.split_once('=') {
                    Some((name, value)) => {
                        element.attributes.get(name).is_some_and(|it| it == value.trim_matches('"'))
                    }
                    None => element.attributes.contains_key(name),
                }
            }
            name => element.name == name,
        }
    })
}
