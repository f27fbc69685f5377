//! `docs/manifest.md`, `docs/design-keys.md` and `docs/printer-keys.md`, from the JSON Schemas.

use std::fmt::Write as _;
use std::fs;

use recto::finding::{Code, Severity};
use recto::manifest;
use serde_json::{Map, Value};

use crate::support::fixture::BookFixture;

/// A page of keys.
struct Reference {
    schema: Value,
    title: &'static str,
    intro: &'static str,
}

fn manifest_reference() -> Reference {
    Reference {
        schema: manifest::schema(),
        title: "The manifest",
        intro: "A manifest is a YAML file, usually `book.yaml`. Only `title` and `pages` are \
            required. Paths are relative to the manifest and use `/`.\n\n\
            - A **length** has a unit: `3 mm`, `1.5 cm`, `0.125 in`, `12 pt`.\n\
            - A **page size** is a width and a height, `210 x 210 mm`, or a name: `a4`, \
            `a4-landscape`, `letter`, `8x10in`, `square-210`.\n\
            - A **file size** has a unit: `45 MB`, `64 MiB`, `900 kB`.\n\
            - A **date** is a day, a month or a year: `2026-11-22`, `2026-11`, `2026`.\n\
            - An **identifier** is `isbn:` with 10 or 13 digits, a URN, a URL or a UUID.\n\
            - A key that can be given **by language** takes a mapping of BCP 47 tags: \
            `title: { en: Winter Road, ko: 겨울길 }`.\n\n\
            `recto schema` prints the JSON Schema. Editors complete and explain keys when it is \
            saved as `recto.schema.json` and the manifest starts with \
            `# yaml-language-server: $schema=recto.schema.json`. The keys of a design file have \
            [a page of their own](design-keys.md).\n",
    }
}

fn design_reference() -> Reference {
    Reference {
        schema: manifest::design_schema(),
        title: "Design files",
        intro: "A design file is a YAML file that the manifest names under `design`. \
            [Designs](design.md) shows how to start one. Every key can be left out.\n\n\
            - A **length** has a unit: `10 pt`, `112 mm`.\n\
            - A **percentage** is written with its sign: `25 %`.\n",
    }
}

fn printer_reference() -> Reference {
    Reference {
        schema: manifest::printer_schema(),
        title: "Files of printers",
        intro: "A printer's file is a YAML file that the manifest names under `print.printer`. \
            The [presets](printers.md) have the same form: `recto schema --printer lulu` prints \
            one to start from, and `recto schema --printer` the JSON Schema. Only `name` is \
            required. What is not known is left out.\n\n\
            - A **length** has a unit: `3 mm`, `0.125 in`.\n\
            - A **resolution** has a unit: `300 ppi`.\n",
    }
}

#[test]
fn the_page_of_printer_keys_is_up_to_date() {
    super::assert_up_to_date("printer-keys.md", &printer_reference().page());
}

#[test]
fn the_example_of_each_printer_key_is_read_without_an_error() {
    for (path, example) in printer_reference().examples() {
        let name = if path == "name" { "" } else { "name: Mine\n" };
        let source = if path.starts_with("sources") {
            ""
        } else {
            "sources: { help: { place: help.lulu.com } }\n"
        };
        let stock = if path.starts_with("stocks") { "" } else { "stocks: [{ name: cream }]\n" };
        let text = format!("{name}{source}{stock}{example}");
        let manifest =
            "title: Winter Road\nprint: { printer: mine.yaml }\npages:\n  - photo: a.jpg\n";
        let book = BookFixture::new(manifest).photo("a.jpg", 30, 20).file("mine.yaml", &text);
        let mut findings = book.load().findings;
        findings.retain(|finding| finding.severity == Severity::Error);
        assert!(findings.is_empty(), "{path}:\n{text}\n{findings:#?}");
    }
}

#[test]
fn the_page_of_manifest_keys_is_up_to_date() {
    super::assert_up_to_date("manifest.md", &manifest_reference().page());
}

#[test]
fn the_page_of_design_keys_is_up_to_date() {
    super::assert_up_to_date("design-keys.md", &design_reference().page());
}

#[test]
fn the_example_of_each_manifest_key_is_read_without_an_error() {
    let font = fs::read(super::root().join("fonts/SourceSerif4-Regular.otf")).unwrap();
    for (path, example) in manifest_reference().examples() {
        let mut text = example;
        if path != "title" {
            text.insert_str(0, "title: Winter Road\n");
        }
        if !path.starts_with("pages") {
            text += "pages:\n  - photo: photos/01.jpg\n";
        }
        let mut book = BookFixture::new(&text);
        for photo in ["photos/01.jpg", "photos/02.jpg", "photos/03.jpg", "photos/07.jpg"] {
            book = book.photo(photo, 30, 20);
        }
        book = book.file("captions.csv", "Datei;Text;file;caption\n01.jpg;Words.;;\n");
        for name in ["introduction.md", "february.md", "blurb.md", "about.md", "author.md"] {
            book = book.file(name, "Words.\n");
        }
        for name in ["MySerif", "MySans", "MyMono", "MyHangul", "MyHangulSans"] {
            book = book.file(&format!("fonts/{name}-Regular.otf"), &font);
        }
        let mut findings = book.load().findings;
        findings.retain(|finding| finding.severity == Severity::Error);
        assert!(findings.is_empty(), "{path}:\n{text}\n{findings:#?}");
    }
}

#[test]
fn the_example_of_each_design_key_is_read_without_an_error() {
    for (path, example) in design_reference().examples() {
        let manifest = "title: Winter Road\ndesign: mine.yaml\npages:\n  - photo: a.jpg\n";
        let book = BookFixture::new(manifest).photo("a.jpg", 30, 20).file("mine.yaml", &example);
        let mut findings = book.load().findings;
        findings.retain(|finding| finding.severity == Severity::Error);
        assert!(findings.is_empty(), "{path}:\n{example}\n{findings:#?}");
    }
}

/// A key, with the mappings around it.
struct Key<'a> {
    /// The names of the mappings around it; a list of mappings ends with `[]`.
    parents: &'a [String],
    name: &'a str,
    schema: &'a Value,
    /// The keys of its mapping.
    siblings: &'a Map<String, Value>,
    /// The siblings that are required.
    required: Vec<&'a str>,
}

impl Reference {
    fn page(&self) -> String {
        let mut page = format!("{}# {}\n\n{}", super::GENERATED, self.title, self.intro);
        self.each_key(&mut |section, key| {
            if let Some(map) = section.filter(|_| !key.parents.is_empty()) {
                let about = one_line(map["description"].as_str().unwrap_or_default());
                write!(page, "\n## `{}`\n\n{about}\n", path(key.parents)).unwrap();
            }
            page += &self.entry(key);
        });
        page
    }

    /// The path of each key, and its example as YAML.
    fn examples(&self) -> Vec<(String, String)> {
        let mut examples = Vec::new();
        self.each_key(&mut |_, key| {
            let example =
                self.example(key).unwrap_or_else(|| panic!("{} has no example", key.path()));
            examples.push((key.path(), example));
        });
        examples
    }

    /// Calls `visit` with every key, and with the mapping for its first key. A mapping that several
    /// keys have is visited once.
    fn each_key(&self, visit: &mut impl FnMut(Option<&Value>, &Key)) {
        self.each_key_of(&self.schema, &[], &mut Vec::new(), visit);
    }

    fn each_key_of<'a>(
        &'a self,
        map: &'a Value,
        parents: &[String],
        visited: &mut Vec<&'a Value>,
        visit: &mut impl FnMut(Option<&Value>, &Key),
    ) {
        if visited.iter().any(|known| std::ptr::eq(*known, map)) {
            return;
        }
        visited.push(map);
        let Some(siblings) = map["properties"].as_object() else { return };
        let required = map["required"].as_array().map_or(&[][..], Vec::as_slice);
        let required: Vec<&str> = required.iter().filter_map(Value::as_str).collect();
        let mut section = Some(map);
        for (name, schema) in siblings {
            let required = required.clone();
            visit(section.take(), &Key { parents, name, schema, siblings, required });
        }
        for (name, schema) in siblings {
            for (definition, is_list) in self.maps_in(schema) {
                let mark = if is_list { "[]" } else { "" };
                let parents = [parents, &[format!("{name}{mark}")]].concat();
                self.each_key_of(definition, &parents, visited, visit);
            }
        }
    }

    /// The mappings that a value may be, and whether it is a list of them.
    fn maps_in<'a>(&'a self, schema: &'a Value) -> Vec<(&'a Value, bool)> {
        let mut maps: Vec<(&Value, bool)> = Vec::new();
        if let Some(definition) = self.definition(schema) {
            maps.extend(definition["properties"].is_object().then_some((definition, false)));
        }
        maps.extend(self.maps_in_some(&schema["items"]).map(|(map, _)| (map, true)));
        for choice in choices(schema) {
            for (map, is_list) in self.maps_in(choice) {
                match maps.iter_mut().find(|(known, _)| std::ptr::eq(*known, map)) {
                    Some(known) => known.1 |= is_list,
                    None => maps.push((map, is_list)),
                }
            }
        }
        maps
    }

    fn maps_in_some<'a>(&'a self, schema: &'a Value) -> impl Iterator<Item = (&'a Value, bool)> {
        let maps = if schema.is_null() { Vec::new() } else { self.maps_in(schema) };
        maps.into_iter()
    }

    fn definition(&self, schema: &Value) -> Option<&Value> {
        let name = schema["$ref"].as_str()?.strip_prefix("#/definitions/")?;
        Some(&self.schema["definitions"][name])
    }

    /// The heading, type, default, text and example of a key.
    fn entry(&self, key: &Key) -> String {
        let value = self.value(key.schema);
        let mut entry = format!("\n### {}\n\n*{value}*", key.path());
        if key.required.contains(&key.name) {
            entry += " · required";
        } else if let Some(default) = key.schema.get("default") {
            write!(entry, " · default `{}`", yaml(default)).unwrap();
        }
        let about = key.schema["description"].as_str().unwrap_or_default();
        write!(entry, "\n\n{}\n", one_line(about)).unwrap();
        let constants = self.constants(key.schema);
        for (number, (name, about)) in constants.iter().enumerate() {
            let start = if number == 0 { "\n" } else { "" };
            writeln!(entry, "{start}- `{name}`: {}", one_line(about)).unwrap();
        }
        if let Some(example) = self.example(key) {
            write!(entry, "\n```yaml\n{example}```\n").unwrap();
        }
        entry
    }

    /// The type of a value in words.
    fn value(&self, schema: &Value) -> String {
        if let Some(definition) = self.definition(schema) {
            return if definition["properties"].is_object() {
                "mapping".to_owned()
            } else if definition["oneOf"].is_array() {
                "name".to_owned()
            } else {
                "MARC relator".to_owned()
            };
        }
        if let Some(title) = schema["title"].as_str() {
            return title.to_owned();
        }
        let choices = choices(schema);
        if let [one, list] = choices.as_slice() {
            if list["additionalProperties"].is_object() {
                return format!("{}, or by language", self.value(one));
            }
            if list["items"] == **one {
                return format!("{}, or a list", self.value(one));
            }
        }
        if !choices.is_empty() {
            let values: Vec<_> = choices.into_iter().map(|choice| self.value(choice)).collect();
            return values.join(", or ");
        }
        match plain_type(schema) {
            Some("array") => format!("list of {}", self.value(&schema["items"])),
            Some("boolean") if schema["title"] == "true or false" => "`true` or `false`".to_owned(),
            Some("boolean") => "`true`".to_owned(),
            Some("integer") => match (&schema["minimum"], &schema["maximum"]) {
                (Value::Number(least), Value::Number(most)) => {
                    format!("integer, {least} to {most}")
                }
                _ => "integer".to_owned(),
            },
            _ => "string".to_owned(),
        }
    }

    /// The valid names, with their meanings.
    fn constants(&self, schema: &Value) -> Vec<(String, String)> {
        let mut constants = Vec::new();
        if let Some(definition) = self.definition(schema) {
            let list = definition["oneOf"].as_array().map_or(&[][..], Vec::as_slice);
            for constant in list.iter().filter(|constant| constant["const"].is_string()) {
                let text = |key: &str| constant[key].as_str().unwrap_or_default().to_owned();
                constants.push((text("const"), text("description")));
            }
        }
        if let Some(names) = schema["enum"].as_array() {
            // The codes of findings, or the bundled designs.
            let meaning = |name: &str| match name.parse::<Code>() {
                Ok(code) => code.explanation().means.to_owned(),
                Err(_) => "a bundled design.".to_owned(),
            };
            let names = names.iter().filter_map(Value::as_str);
            constants.extend(names.map(|name| (name.to_owned(), meaning(name))));
        }
        for choice in choices(schema).into_iter().chain(Some(&schema["items"])) {
            for constant in if choice.is_null() { Vec::new() } else { self.constants(choice) } {
                if !constants.contains(&constant) {
                    constants.push(constant);
                }
            }
        }
        constants
    }

    /// The key in a manifest, with the mappings around it and their required keys.
    fn example(&self, key: &Key) -> Option<String> {
        let mut lines = Vec::new();
        for required in &key.required {
            if *required != key.name && !key.parents.is_empty() {
                let value = self.example_value(&key.siblings[*required])?;
                lines.push(format!("{required}: {}", yaml(&value)));
            }
        }
        lines.extend(company(key).map(str::to_owned));
        let value = self.example_value(key.schema)?;
        match &value {
            Value::Array(items) if items.iter().all(Value::is_object) && !items.is_empty() => {
                lines.push(format!("{}:", key.name));
                lines.extend(items.iter().map(|item| format!("  - {}", yaml(item))));
            }
            value => lines.push(format!("{}: {}", key.name, yaml(value))),
        }
        for parent in key.parents.iter().rev() {
            let (name, list) =
                parent.strip_suffix("[]").map_or((&**parent, false), |it| (it, true));
            let inner = lines.iter().enumerate().map(|(number, line)| {
                let indent = match (list, number) {
                    (true, 0) => "  - ",
                    (true, _) => "    ",
                    (false, _) => "  ",
                };
                format!("{indent}{line}")
            });
            lines = std::iter::once(format!("{name}:")).chain(inner).collect();
            if name == "layout" {
                lines.insert(0, "photo: photos/01.jpg".to_owned());
            }
            if name == "page" && key.parents.first().is_some_and(|first| first == "pages[]") {
                lines.insert(0, "chapter: February".to_owned());
            }
        }
        Some(lines.join("\n") + "\n")
    }

    fn example_value(&self, schema: &Value) -> Option<Value> {
        let given = schema["examples"].as_array().and_then(|examples| examples.first());
        if let Some(example) = given {
            return Some(example.clone());
        }
        if let Some((name, _)) = self.constants(schema).into_iter().next() {
            return Some(Value::String(name));
        }
        // The example of a mapping is that of its first key.
        let (map, _) = self.maps_in(schema).into_iter().next()?;
        let (name, value) = map["properties"].as_object()?.iter().next()?;
        let value = self.example_value(value)?;
        Some(Value::Object(Map::from_iter([(name.clone(), value)])))
    }
}

impl Key<'_> {
    fn path(&self) -> String {
        let parents = path(self.parents);
        if parents.is_empty() { self.name.to_owned() } else { format!("{parents}.{}", self.name) }
    }
}

fn path(parents: &[String]) -> String {
    let names: Vec<_> = parents.iter().map(|parent| parent.trim_end_matches("[]")).collect();
    names.join(".")
}

/// The other keys that a page with this key needs.
fn company(key: &Key) -> Option<&'static str> {
    let is_page =
        key.parents.len() == 1 && key.parents[0] == "pages[]" && key.siblings.contains_key("photo");
    match key.name {
        "languages-together" => Some("languages: [en, ko]"),
        _ if !is_page => None,
        "photo" | "photos" | "text" | "chapter" | "part" | "blank" => None,
        "intro" | "dateline" | "page" => Some("chapter: February"),
        _ => Some("photo: photos/01.jpg"),
    }
}

/// The types that a value may have, without null.
fn choices(schema: &Value) -> Vec<&Value> {
    let all = schema["anyOf"].as_array().map_or(&[][..], Vec::as_slice);
    let present: Vec<&Value> = all.iter().filter(|choice| choice["type"] != "null").collect();
    match present.as_slice() {
        [only] if !choices(only).is_empty() => choices(only),
        _ => present,
    }
}

fn plain_type(schema: &Value) -> Option<&str> {
    match &schema["type"] {
        Value::String(name) => Some(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).find(|name| *name != "null"),
        _ => None,
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A value as YAML on one line.
fn yaml(value: &Value) -> String {
    match value {
        Value::String(text) => {
            let special = |c: char| !c.is_alphanumeric() && c != '_';
            let needs_quotes = text.starts_with(special)
                || text.contains(": ")
                || text.contains(" #")
                || text.ends_with(':');
            if needs_quotes { format!("{text:?}") } else { text.clone() }
        }
        Value::Array(items) => {
            format!("[{}]", items.iter().map(in_flow).collect::<Vec<_>>().join(", "))
        }
        Value::Object(map) => {
            let pairs = map.iter().map(|(name, value)| format!("{name}: {}", in_flow(value)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// A value within a list or mapping on one line, where commas and brackets are syntax.
fn in_flow(value: &Value) -> String {
    match value {
        Value::String(text) if text.contains([',', '[', ']', '{', '}']) => format!("{text:?}"),
        other => yaml(other),
    }
}
