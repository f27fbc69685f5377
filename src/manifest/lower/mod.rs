//! Lowers the tree to a [`Book`]: interprets the keys and reads the files that they name.
//!
//! [`lower`] reads a manifest's text; [`find::find`] locates a manifest.

pub(crate) mod book;
pub(crate) mod captions;
pub(crate) mod colophon;
pub(crate) mod context;
mod cover;
pub(crate) mod design;
mod digits;
pub(crate) mod files;
pub(crate) mod find;
mod front_matter;
pub(crate) mod globs;
mod index;
mod language_match;
pub(crate) mod languages;
mod limits;
mod offline;
mod other_captions;
pub(crate) mod pages;
pub(crate) mod photo_metadata;
pub(crate) mod printer;
mod standards;
pub(crate) mod system_fonts;
mod together;
mod values;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::finding::{Allowed, Code, Finding};
use crate::manifest::captions::CaptionTable;
use crate::manifest::keys::manifest::Manifest;
use crate::manifest::keys::pages::{PageEntry, SELECTION_KEYS};
use crate::manifest::syntax::de::{self, Spanned};
use crate::manifest::syntax::source::{SourceFile, SourceSpan};
use crate::manifest::syntax::yaml::{self, Node, Value};
use crate::model::{Book, CaptionPosition, Captions, Language, Location};
use crate::picture::{Confinement, FileStamp};

use book::Sections;
use captions::TableKey;
use context::{LowerContext, ProbedPictures};
use languages::{Languages, LoadOptions};
use limits::MAX_PAGES;
use other_captions::OtherCaptions;
use pages::PageInfo;
use photo_metadata::retained_metadata::RetentionPolicy;

/// The result of loading a manifest.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The book, as much of it as could be read; `None` if nothing could. If there is an error
    /// among the findings, it serves for further checks only.
    pub book: Option<Book>,
    /// All findings, ordered by position.
    pub findings: Vec<Finding>,
    /// The texts that findings point into, by the file of their locations.
    pub sources: BTreeMap<PathBuf, String>,
    /// Where each picture file is named first.
    pub picture_locations: BTreeMap<PathBuf, Location>,
    /// The state of each picture file when it was read.
    pub stamps: BTreeMap<PathBuf, FileStamp>,
    /// The findings that the manifest accepts, whenever they are found. They are still among
    /// `findings`.
    pub allowed: Allowed,
}

/// Reads the text of a manifest whose file names are relative to `base`.
pub(crate) fn lower(
    source: &SourceFile,
    base: &Path,
    confinement: &Confinement,
    options: &LoadOptions,
    loaded: &mut Loaded,
) {
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
    let TableKey { table, span: captions_span, unusable } =
        captions::read(&mut root, source, base, confinement, findings);
    if let Some(SourceFile { file, text }) = unusable {
        loaded.sources.insert(file, text);
    }
    let mut lowering = Lowering {
        source,
        base,
        confinement,
        table,
        captions_span,
        probed: ProbedPictures::default(),
    };
    let in_other_languages = root.get("languages-together").is_some().then(|| root.clone());
    let together = lowering.edition(root, options, loaded);
    let (Some(root), [_, others @ ..]) = (in_other_languages, &together[..]) else {
        complete_index(loaded);
        return;
    };
    let mut translations = Vec::new();
    for tag in others {
        let options = LoadOptions { language: Some(tag.clone()), ..options.clone() };
        let mut other = Loaded::default();
        lowering.edition(root.clone(), &options, &mut other);
        // What is missing in a language has been reported for all of them.
        let is_new = |finding: &Finding| {
            finding.code != Code::Untranslated && !loaded.findings.contains(finding)
        };
        other.findings.retain(is_new);
        loaded.findings.append(&mut other.findings);
        loaded.sources.append(&mut other.sources);
        loaded.picture_locations.append(&mut other.picture_locations);
        loaded.stamps.append(&mut other.stamps);
        translations.extend(other.book.map(|book| {
            let language = Language::new(tag.clone()).with_digits(book.language.digits());
            (language, book)
        }));
    }
    if let Some(book) = &mut loaded.book {
        together::merge(book, &translations);
    }
    complete_index(loaded);
}

/// Makes the index when all entries are known.
fn complete_index(loaded: &mut Loaded) {
    if let Some(book) = &mut loaded.book {
        loaded.findings.extend(index::complete(book));
    }
}

/// What the editions of a manifest have in common.
struct Lowering<'a> {
    source: &'a SourceFile,
    base: &'a Path,
    confinement: &'a Confinement,
    table: Option<Rc<CaptionTable>>,
    captions_span: Option<SourceSpan>,
    probed: ProbedPictures,
}

impl Lowering<'_> {
    /// Lowers the book in one language; returns the languages that it is to be set in together.
    fn edition(
        &mut self,
        mut root: Node,
        options: &LoadOptions,
        loaded: &mut Loaded,
    ) -> Vec<String> {
        let Lowering { source, base, confinement, .. } = *self;
        let findings = &mut loaded.findings;
        let of_table = self.table.as_ref().map_or(&[][..], |table| &table.languages);
        let languages = languages::select(&mut root, options, of_table, source, findings);
        let sections = Sections {
            ebook: root.get("ebook").is_some(),
            screen: root.get("screen").is_some(),
            offline: root.get("offline").is_some(),
        };
        check_title(&root, source, findings);
        let items = take_pages(&mut root);
        let Some(mut manifest) = de::read::<Manifest>(&mut root, source, findings) else {
            return Vec::new();
        };
        let pages_place = match &items {
            PagesValue::Absent(span) => Some(*span),
            PagesValue::Items(items, span) if items.is_empty() => Some(*span),
            PagesValue::Items(..) | PagesValue::NotAList => None,
        };
        if let Some(span) = pages_place {
            let help = "add at least one under pages:, such as - photos: \"photos/*.jpg\"";
            findings.push(
                Finding::new(Code::BookEmpty, "the book has no pages")
                    .at(source.at(span))
                    .help(help),
            );
        }
        let (read_pages, infos) = read_pages(items, source, findings);

        loaded.allowed =
            values::each(manifest.allow.take()).into_iter().map(|code| code.value.0).collect();
        let mut context = LowerContext::new(source, base, confinement);
        context.language = values::language(&manifest);
        context.today = options.today;
        context.converters = options.converters.clone();
        context.captions = OtherCaptions::new(self.table.clone(), self.captions_span, &languages);
        let Languages { together, original, has_untranslated_text, reported, .. } = languages;
        context.probed = std::mem::take(&mut self.probed);
        context.reported_languages = reported;
        context.has_untranslated_text = has_untranslated_text;
        context.credit = values::line(manifest.credit.take());
        for topic in values::each(manifest.index.take()) {
            context.index_location.get_or_insert_with(|| context.source.at(topic.span));
            if !context.index_topics.contains(&topic.value) {
                context.index_topics.push(topic.value);
            }
        }
        context.dates = values::value(manifest.dates.take()).unwrap_or_default();
        context.retention = RetentionPolicy::new(&manifest);
        if let Some(metadata) = &mut manifest.metadata {
            if let Some(order) = metadata.value.captions.take() {
                context.caption_sources =
                    order.into_vec().into_iter().map(|kind| kind.value).collect();
            }
            let ignored = values::each(metadata.value.ignore_captions.take());
            context.ignored_captions = ignored.into_iter().map(|pattern| pattern.value.0).collect();
        }
        let design = design::read(manifest.design.take(), &mut context);
        if design.style.captions == Captions::Facing {
            context.caption_position = CaptionPosition::Facing;
        }
        let mut photos: Vec<_> =
            read_pages.iter().map(|page| pages::photos(page, &mut context)).collect();
        leave_out_beyond_limit(&mut photos, &read_pages, &mut context);
        context.match_captions(&manifest, &read_pages, &photos);
        let mut entries = front_matter::front_matter(
            manifest.frontispiece.take(),
            manifest.dedication.take(),
            manifest.epigraph.take(),
            &mut context,
        );
        for ((page, photos), info) in read_pages.iter().zip(&photos).zip(infos) {
            entries.extend(pages::entries(page, photos, info, &mut context));
        }
        let book = book::book(manifest, design, sections, entries, &mut context);
        loaded.book = book.filter(|_| !read_pages.is_empty()).map(|book| Book { original, ..book });
        if let Some(book) = &mut loaded.book {
            digits::settle(book);
        }
        self.probed = std::mem::take(&mut context.probed);
        loaded.findings.append(&mut context.findings);
        loaded.sources.append(&mut context.sources);
        loaded.picture_locations.append(&mut context.picture_locations);
        loaded.stamps.append(&mut context.stamps);
        together
    }
}

/// Reports a missing or empty title.
fn check_title(root: &Node, source: &SourceFile, findings: &mut Vec<Finding>) {
    let help = "start the manifest with title: and the title of the book";
    match root.get("title") {
        None if matches!(root.value, Value::Map(_)) => findings.push(
            Finding::new(Code::MissingKey, "the book has no title")
                .at(source.at(SourceSpan::START))
                .help(help),
        ),
        Some(Node { value: Value::Null, span, .. }) => {
            findings
                .push(Finding::new(Code::TitleEmpty, "the title is empty").at(source.at(*span)));
        }
        _ => {}
    }
}

/// The value of `pages`, whose items are read one by one.
enum PagesValue {
    Absent(SourceSpan),
    NotAList,
    Items(Vec<Node>, SourceSpan),
}

/// Moves the items of the list out of the tree, so that an error in one page does not require
/// context all of them again.
fn take_pages(root: &mut Node) -> PagesValue {
    match root.get_mut("pages") {
        None => PagesValue::Absent(SourceSpan::START),
        Some(Node { value: Value::Null, span, .. }) => PagesValue::Absent(*span),
        Some(Node { value: Value::Seq(items), span, .. }) => {
            PagesValue::Items(std::mem::take(items), *span)
        }
        Some(_) => PagesValue::NotAList,
    }
}

fn read_pages(
    pages: PagesValue,
    source: &SourceFile,
    findings: &mut Vec<Finding>,
) -> (Vec<PageEntry>, Vec<PageInfo>) {
    let PagesValue::Items(mut items, _) = pages else { return (Vec::new(), Vec::new()) };
    let mut read = (Vec::new(), Vec::new());
    if let Some(first) = items.get(MAX_PAGES) {
        findings.push(too_many_pages(items.len()).at(source.at(first.span)));
        items.truncate(MAX_PAGES);
    }
    for mut item in items {
        let before = findings.len();
        if let Value::Scalar(text) = &item.value {
            let key = if globs::is_picture(text) { "photo" } else { "text" };
            let help = format!("write - {key}: {}", text.lines().next().unwrap_or_default());
            let finding = Finding::new(Code::WrongType, "a page must be a mapping, not a string");
            findings.push(finding.at(source.at(item.span)).help(help));
            continue;
        }
        let entry = de::read::<PageEntry>(&mut item, source, findings);
        for finding in &mut findings[before..] {
            if finding.code == Code::UnknownKey
                && let Some(example) = selection_example(&finding.message)
            {
                finding.help = Some(format!("write it inside `photos`: {example}"));
            }
        }
        let info = PageInfo { span: item.span, has_errors: findings.len() > before };
        if let Some(entry) = entry {
            read.0.push(entry);
            read.1.push(info);
        }
    }
    read
}

/// Leaves out the photos of patterns that match more than any book has.
fn leave_out_beyond_limit(
    photos: &mut [Vec<Spanned<String>>],
    pages: &[PageEntry],
    context: &mut LowerContext<'_>,
) {
    let count = photos.iter().map(|photos| photos.len().max(1)).sum();
    if count <= MAX_PAGES {
        return;
    }
    let mut left = MAX_PAGES;
    for photos in photos.iter_mut() {
        photos.truncate(left);
        left -= photos.len().max(1).min(left);
    }
    let span = pages.iter().find_map(|page| page.photos.as_ref().map(|key| key.span));
    context.report(span.unwrap_or(SourceSpan::START), too_many_pages(count));
}

fn too_many_pages(count: usize) -> Finding {
    let message = format!("the book has {count} pages and photos");
    Finding::new(Code::YamlTooLarge, message)
        .help(format!("the limit is {MAX_PAGES}; divide it into several books"))
}

/// How to write the key of this message, if it belongs inside `photos`.
fn selection_example(message: &str) -> Option<&'static str> {
    let is_about = |key: &str| message.ends_with(&format!("`{key}`"));
    SELECTION_KEYS.into_iter().find(|(key, _)| is_about(key)).map(|(_, example)| example)
}

fn empty(source: &SourceFile) -> Finding {
    Finding::new(Code::BookEmpty, "the manifest is empty")
        .at(source.at(SourceSpan::START))
        .help("a manifest needs at least title:, and pages: with a line such as - photos: \"photos/*.jpg\"")
}
