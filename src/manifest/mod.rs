//! The manifest: YAML with its positions to a [`Book`].
//!
//! The text becomes a tree that knows every place ([`yaml`]); serde reads the tree
//! into the types that name all keys ([`de`], [`keys`]), and what does not fit is a
//! finding and is left out; the rest becomes the book ([`book`], [`pages`]). So all
//! findings come in one run, and a book with faults can still be looked at.

mod book;
mod captions;
mod de;
mod design;
mod electronic;
mod files;
mod find;
mod forms;
mod globs;
mod identifier;
mod inks;
mod keep;
mod keys;
mod language;
mod languages;
mod matter;
mod nearest;
mod pages;
mod pending;
mod placement;
mod reading;
mod relators;
mod scalars;
mod schema;
mod source;
mod system;
mod yaml;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::finding::{Code, Finding};
use crate::model::{Book, CaptionPlace, Captions};

pub use find::find;
pub use languages::Wanted;
pub use system::system_fonts;

use book::Sections;
use files::FileFault;
use keep::Keep;
use keys::{Manifest, PageEntry};
use languages::Languages;
use pages::About;
use reading::Reading;
use source::{Place, Source};
use yaml::{Node, Value};

/// What became of a manifest.
#[derive(Debug)]
pub struct Loaded {
    /// The book, as much of it as could be read; `None` when nothing could. Beside a
    /// finding that is an error it is there for further checks alone.
    pub book: Option<Book>,
    /// All findings, in the order of their places.
    pub findings: Vec<Finding>,
    /// The texts that findings point into, by the file of their locations.
    pub sources: BTreeMap<PathBuf, String>,
}

/// Reads the manifest at this path (a file), and the essays, pictures, fonts and
/// profiles that it names: the edition in its own language.
pub fn load(path: &Path) -> Loaded {
    load_edition(path, &Wanted::default())
}

/// The same, for the edition that is wanted.
pub fn load_edition(path: &Path, wanted: &Wanted) -> Loaded {
    let mut loaded = Loaded { book: None, findings: Vec::new(), sources: BTreeMap::new() };
    match files::text(path) {
        Ok((source, None)) => {
            read(&source, path.parent().unwrap_or(Path::new("")), wanted, &mut loaded);
            loaded.sources.insert(source.file, source.text);
        }
        Ok((source, Some(finding))) => {
            loaded.findings.push(finding);
            loaded.sources.insert(source.file, source.text);
        }
        Err(FileFault::Missing) => loaded.findings.push(find::missing(path)),
        Err(fault) => {
            let message = format!("{} {}", path.display(), fault.says());
            loaded.findings.push(Finding::new(Code::ManifestMissing, message));
        }
    }
    sort(&mut loaded.findings, path);
    loaded
}

/// How many bytes a text says, in the manifest's own way: `45 MB`, `1.5GiB`.
pub fn bytes(text: &str) -> Option<u64> {
    scalars::FileSize::try_from(text.to_owned()).ok().map(|size| size.0)
}

/// The JSON Schema (draft-07) of a manifest.
pub fn schema() -> serde_json::Value {
    schema::schema()
}

/// The JSON Schema (draft-07) of a design file.
pub fn design_schema() -> serde_json::Value {
    design::schema()
}

/// The names of the bundled designs.
pub fn designs() -> Vec<&'static str> {
    design::names()
}

/// The file of a bundled design, to be copied and changed.
pub fn design(name: &str) -> Option<&'static str> {
    design::file(name)
}

fn read(source: &Source, base: &Path, wanted: &Wanted, loaded: &mut Loaded) {
    let findings = &mut loaded.findings;
    let before = findings.len();
    let Some(mut root) = yaml::parse(source, findings) else {
        if findings.len() == before {
            findings.push(empty(source));
        }
        return;
    };
    if matches!(root.value, Value::Null) {
        findings.push(empty(source));
        return;
    }
    let Languages { original, untranslated, told } =
        languages::choose(&mut root, wanted, source, findings);
    let sections =
        Sections { ebook: root.get("ebook").is_some(), screen: root.get("screen").is_some() };
    find_title(&root, source, findings);
    let items = take_pages(&mut root);
    let Some(mut manifest) = de::gather::<Manifest>(&mut root, source, findings) else { return };
    let pages_place = match &items {
        Pages::Absent(place) => Some(*place),
        Pages::Items(items, place) if items.is_empty() => Some(*place),
        Pages::Items(..) | Pages::NotAList => None,
    };
    if let Some(place) = pages_place {
        let help = "under pages:, give at least one, such as - photos: \"photos/*.jpg\"";
        findings.push(
            Finding::new(Code::BookEmpty, "the book has no pages").at(source.at(place)).help(help),
        );
    }
    let (read_pages, about) = read_pages(items, source, findings);
    findings.extend(pending::notes(&manifest, source));

    let mut reading = Reading::new(source, base);
    reading.language = book::language(&manifest);
    reading.untranslated = told;
    reading.in_other_words = untranslated;
    reading.credit = book::line(manifest.credit.take());
    reading.keep = Keep::new(&manifest);
    if let Some(metadata) = &mut manifest.metadata {
        if let Some(order) = metadata.value.captions.take() {
            reading.order = order.each().into_iter().map(|place| place.value.into()).collect();
        }
        let ignored = book::each(metadata.value.ignore_captions.take());
        reading.ignored = ignored.into_iter().map(|pattern| pattern.value.0).collect();
    }
    let design = design::read(manifest.design.take(), &mut reading);
    if design.look.captions == Captions::Facing {
        reading.captions = CaptionPlace::Facing;
    }
    let mut entries =
        matter::front(manifest.frontispiece.take(), manifest.dedication.take(), &mut reading);
    for (page, about) in read_pages.iter().zip(about) {
        entries.extend(pages::entries(page, about, &mut reading));
    }
    let book = book::book(manifest, design, sections, entries, &mut reading);
    loaded.book = book.filter(|_| !read_pages.is_empty()).map(|book| Book { original, ..book });
    loaded.findings.append(&mut reading.findings);
    loaded.sources.append(&mut reading.sources);
}

/// Finds that the title is not there or has nothing after it.
fn find_title(root: &Node, source: &Source, findings: &mut Vec<Finding>) {
    let help = "begin the manifest with title: and the title of the book";
    match root.get("title") {
        None if matches!(root.value, Value::Map(_)) => findings.push(
            Finding::new(Code::MissingKey, "the book has no title")
                .at(source.at(Place::START))
                .help(help),
        ),
        Some(Node { value: Value::Null, place, .. }) => {
            findings
                .push(Finding::new(Code::TitleEmpty, "the title is empty").at(source.at(*place)));
        }
        _ => {}
    }
}

/// The pages, which are read one by one.
enum Pages {
    Absent(Place),
    NotAList,
    Items(Vec<Node>, Place),
}

/// Takes the items of the list out of the tree, so that a fault in one page does not
/// mean that all are read again.
fn take_pages(root: &mut Node) -> Pages {
    match root.get_mut("pages") {
        None => Pages::Absent(Place::START),
        Some(Node { value: Value::Null, place, .. }) => Pages::Absent(*place),
        Some(Node { value: Value::Seq(items), place, .. }) => {
            Pages::Items(std::mem::take(items), *place)
        }
        Some(_) => Pages::NotAList,
    }
}

fn read_pages(
    pages: Pages,
    source: &Source,
    findings: &mut Vec<Finding>,
) -> (Vec<PageEntry>, Vec<About>) {
    let Pages::Items(items, _) = pages else { return (Vec::new(), Vec::new()) };
    let mut read = (Vec::new(), Vec::new());
    for mut item in items {
        let before = findings.len();
        if let Value::Scalar(text) = &item.value {
            let key = if globs::is_picture(text) { "photo" } else { "text" };
            let help = format!("write - {key}: {}", text.lines().next().unwrap_or_default());
            let finding = Finding::new(Code::WrongType, "a page is a map of keys, not a text");
            findings.push(finding.at(source.at(item.place)).help(help));
            continue;
        }
        let entry = de::gather::<PageEntry>(&mut item, source, findings);
        let about = About { place: item.place, faulty: findings.len() > before };
        if let Some(entry) = entry {
            read.0.push(entry);
            read.1.push(about);
        }
    }
    read
}

fn empty(source: &Source) -> Finding {
    Finding::new(Code::BookEmpty, "the manifest is empty")
        .at(source.at(Place::START))
        .help("the least is a title: and, under pages:, the line - photos: \"photos/*.jpg\"")
}

/// The manifest's findings first, by place; each once.
fn sort(findings: &mut Vec<Finding>, manifest: &Path) {
    findings.sort_by(|a, b| {
        let place = |finding: &Finding| {
            finding.at.as_ref().map(|at| (at.file != manifest, at.file.clone(), at.line, at.column))
        };
        place(a).cmp(&place(b))
    });
    findings.dedup();
}
