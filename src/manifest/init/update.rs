//! Adds new photos to a manifest and marks those that are missing. The text is edited by positions,
//! and read again afterwards: every value in it must be as before.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use crate::finding::{Code, Finding};
use crate::manifest::keys::pages::PhotoOrder;
use crate::manifest::keys::scalars::LanguageTag;
use crate::manifest::lower::files::{self, FileError};
use crate::manifest::syntax::source::{SourceFile, SourceSpan};
use crate::manifest::syntax::yaml::{self, Node, Value};
use crate::model::{Date, Language};

use super::chapters::{self, Folders};
use super::entry;
use super::known::Known;
use super::lines::Lines;
use super::photo::{FoundPhoto, Remark};
use super::scalar::scalar;
use super::scan;
use super::summary;
use super::words::Reading;

/// What follows the name of a missing photo.
const MISSING: &str = "  # TODO: this file is missing";

/// A manifest after an update.
#[derive(Debug, Clone, Default)]
pub struct Update {
    /// Its text.
    pub text: String,
    /// The photos that were added as pages.
    pub added: Vec<String>,
    /// The files that were added as comments, since a book does not need them: screenshots, copies
    /// of other photos, and files that cannot be read.
    pub left_out: Vec<String>,
    /// The missing photos that were marked.
    pub missing: Vec<String>,
    /// The photos that were missing and are there again.
    pub found_again: Vec<String>,
    /// The pictures and camera raw files that recto cannot read, but a program can convert.
    pub convertible: Vec<String>,
}

/// Adds the photos that are in the folder of a manifest, but not in the manifest.
///
/// # Errors
/// The findings that say why the manifest cannot be read or updated.
pub fn updated_manifest(
    path: &Path,
    order: Option<PhotoOrder>,
    today: Option<Date>,
    threads: usize,
) -> Result<Update, Vec<Finding>> {
    let (source, root, has_mark) = read(path)?;
    let base = path.parent().unwrap_or(Path::new(""));
    let language = match root.get("language").map(|node| &node.value) {
        Some(Value::Scalar(tag)) if LanguageTag::try_from(tag.to_string()).is_ok() => {
            Language::new(&**tag)
        }
        _ => Language::new("en"),
    };
    let reading = Reading { language, today, threads };
    let mut scan = scan::scan(base, &reading).map_err(|finding| vec![finding])?;
    let order = order.unwrap_or_else(|| scan::order_of(&scan));
    if order == PhotoOrder::Taken {
        chapters::sort_by_time(&mut scan.photos);
    }

    let mut lines = Lines::new(&source.text);
    let convertible = summary::summary(&scan).convertible;
    let mut update = Update { convertible, ..Update::default() };
    mark_missing(&root, base, &mut lines, &mut update);
    let known = Known::new(&root, &source.text, base);
    let moments = Moments::new(&scan.photos, &reading.language);
    let photos = new_photos(scan.photos, &known);
    for photo in &photos {
        let list = if photo.is_in_book() { &mut update.added } else { &mut update.left_out };
        list.push(photo.name.clone());
    }
    if photos.is_empty() {
        update.text = with_mark(has_mark, lines.into_text());
        return Ok(update);
    }
    let pages = Pages::new(&root, &source)?;
    // A text in several lines may end with blank lines, after which the photos have to stand.
    let candidates = [false, true].map(|after_blanks| {
        let mut lines = lines.clone();
        pages.insert(&photos, &moments, base, after_blanks, &mut lines);
        lines.into_text()
    });
    let text = candidates.into_iter().find(|text| has_same_values(&root, text, path));
    let Some(text) = text else { return Err(vec![not_updated(&source, SourceSpan::START)]) };
    update.text = with_mark(has_mark, text);
    Ok(update)
}

/// A text with the byte order mark that its file had.
fn with_mark(has_mark: bool, text: String) -> String {
    if has_mark { format!("\u{FEFF}{text}") } else { text }
}

/// The text and the tree of a manifest, and whether its text starts with a byte order mark.
fn read(path: &Path) -> Result<(SourceFile, Node, bool), Vec<Finding>> {
    let unreadable = |error: &FileError| {
        let message = format!("{} {}", path.display(), error.description());
        vec![Finding::new(Code::ManifestMissing, message)]
    };
    let (source, finding) =
        files::text(path, files::MAX_MANIFEST).map_err(|error| unreadable(&error))?;
    if let Some(finding) = finding {
        return Err(vec![finding]);
    }
    let has_mark = files::head(path).is_some_and(|head| head.starts_with("\u{FEFF}".as_bytes()));
    let mut findings = Vec::new();
    match yaml::parse(&source, &mut findings) {
        Some(root) if matches!(root.value, Value::Map(_)) => Ok((source, root, has_mark)),
        _ if findings.is_empty() => Err(vec![not_updated(&source, SourceSpan::START)]),
        _ => Err(findings),
    }
}

fn not_updated(source: &SourceFile, span: SourceSpan) -> Finding {
    let message = "new photos cannot be added to this manifest without changing the rest";
    Finding::new(Code::ManifestUpdate, message).at(source.at(span)).help(
        "write each page on a line of its own that starts with a dash, such as - photo: 01.jpg",
    )
}

/// Marks the missing photos, and removes the marks of those that are there again.
fn mark_missing(root: &Node, base: &Path, lines: &mut Lines, update: &mut Update) {
    let mut named = Vec::new();
    if let Some(Node { value: Value::Seq(pages), .. }) = root.get("pages") {
        named.extend(pages.iter().filter_map(|page| page.get("photo")));
    }
    for section in ["cover", "frontispiece"] {
        named.extend(root.get(section).and_then(|section| section.get("photo")));
    }
    let mut marked = BTreeSet::new();
    for Node { value, span, .. } in named {
        let Value::Scalar(name) = value else { continue };
        let is_missing =
            matches!(files::check_is_file(&files::path(base, name)), Err(FileError::Missing));
        let line = span.line as usize;
        let content = lines.content(line).trim_end();
        let mark = content.strip_suffix(MISSING.trim_start()).map(|rest| rest.trim_end().len());
        if is_missing && mark.is_none() && marked.insert(line) {
            lines.append(line, MISSING);
            update.missing.push(name.to_string());
        } else if !is_missing
            && let Some(mark) = mark
            && marked.insert(line)
        {
            lines.cut(line, mark);
            update.found_again.push(name.to_string());
        }
    }
}

/// The photos that the manifest does not name.
fn new_photos(photos: Vec<FoundPhoto>, known: &Known) -> Vec<FoundPhoto> {
    let (old, mut new): (Vec<_>, Vec<_>) =
        photos.into_iter().partition(|photo| known.contains(&photo.name));
    // Of two equal files, the one in the manifest is the original, whatever their names.
    for photo in new.iter_mut().filter(|photo| photo.remark.is_none()) {
        let is_original = |old: &&FoundPhoto| matches!(&old.remark, Some(Remark::SameFile(name)) if *name == photo.name);
        let copy = old.iter().find(is_original).map(|old| Remark::SameFile(old.name.clone()));
        photo.remark = copy;
    }
    new
}

/// The pages of a manifest as lines.
struct Pages {
    items: Vec<Item>,
    /// The line before which new pages may stand at the latest.
    end: usize,
    /// What is before the dashes.
    indent: String,
    /// Whether `pages:` itself has to be written.
    is_absent: bool,
    chapters: BTreeSet<String>,
}

/// A page.
struct Item {
    /// The line of its dash.
    line: usize,
    /// Its last photo, or that of its pattern.
    photo: Option<String>,
}

impl Pages {
    fn new(root: &Node, source: &SourceFile) -> Result<Self, Vec<Finding>> {
        let Value::Map(pairs) = &root.value else {
            return Err(vec![not_updated(source, root.span)]);
        };
        let lines = Lines::new(&source.text);
        let count = lines.document_end();
        let mut pages = Self {
            items: Vec::new(),
            end: count,
            indent: "  ".to_owned(),
            is_absent: true,
            chapters: BTreeSet::new(),
        };
        let Some(index) = pairs.iter().position(|pair| &*pair.key.text == "pages") else {
            return Ok(pages);
        };
        pages.is_absent = false;
        let start = pairs[index].key.span.line as usize;
        let after = pairs.iter().map(|pair| pair.key.span.line as usize).filter(|&it| it > start);
        pages.end = after.min().unwrap_or(count);
        let items = match &pairs[index].node.value {
            Value::Seq(items) if !items.is_empty() => items,
            Value::Null => {
                pages.items.push(Item { line: start, photo: None });
                return Ok(pages);
            }
            _ => return Err(vec![not_updated(source, pairs[index].node.span)]),
        };
        let mut last = start;
        for item in items {
            let line = item.span.line as usize;
            let text = lines.content(line);
            let indent = &text[..text.len() - text.trim_start_matches(' ').len()];
            if line <= last || !text[indent.len()..].starts_with('-') {
                return Err(vec![not_updated(source, item.span)]);
            }
            indent.clone_into(&mut pages.indent);
            last = line;
            pages.items.push(Item { line, photo: photo_of(item) });
            if let Some(Value::Scalar(title)) = item.get("chapter").map(|node| &node.value) {
                pages.chapters.insert(title.to_string());
            }
        }
        Ok(pages)
    }

    /// Inserts photos: each after the page where it belongs, those of new folders at the end.
    fn insert(
        &self,
        photos: &[FoundPhoto],
        moments: &Moments,
        base: &Path,
        after_blanks: bool,
        lines: &mut Lines,
    ) {
        let on_disk = |item: &Item| {
            item.photo.as_ref().map(|name| files::name_on_disk(base, name).into_owned())
        };
        let names: Vec<Option<String>> = self.items.iter().map(on_disk).collect();
        let all = names.iter().flatten().map(String::as_str);
        let folders = Folders::new(all.clone().chain(photos.iter().map(|it| it.name.as_str())));
        let is_chapter = |name: &str| {
            let chapter = folders.chapter(name);
            !chapter.is_empty() && self.chapters.contains(&chapters::title(chapter))
        };
        // Whether the chapters of this book are its folders, or its days.
        let has_folders = all.clone().any(is_chapter);
        let has_days = all
            .clone()
            .any(|name| moments.day(name).is_some_and(|title| self.chapters.contains(&title)));
        let mut begun = BTreeSet::new();
        let mut at: BTreeMap<usize, String> = BTreeMap::new();
        for photo in photos {
            let index = position(&photo.name, &names, moments);
            let line = match index.or(self.items.len().checked_sub(1)) {
                Some(index) => self.end_of(index, after_blanks, lines),
                None => lines.trimmed_end(self.end),
            };
            let title = if has_days && photo.is_in_book() {
                let before = index.and_then(|index| moments.day(names[index].as_ref()?));
                moments.day(&photo.name).filter(|day| before.as_ref() != Some(day))
            } else if index.is_none() && has_folders {
                let folder = folders.chapter(&photo.name);
                (!folder.is_empty()).then(|| chapters::title(folder))
            } else {
                None
            };
            let text = at.entry(line).or_default();
            if let Some(title) = title.filter(|title| !self.chapters.contains(title))
                && begun.insert(title.clone())
            {
                // Writing to a string cannot fail.
                let _ = writeln!(text, "{}- chapter: {}", self.indent, scalar(&title));
            }
            text.push_str(&entry::entry(photo, &self.indent));
        }
        for (line, mut text) in at.into_iter().rev() {
            if self.is_absent {
                text.insert_str(0, "pages:\n");
            }
            lines.insert_after(line, &text);
        }
    }

    /// The last line of a page.
    fn end_of(&self, index: usize, after_blanks: bool, lines: &Lines) -> usize {
        let next = self.items.get(index + 1).map_or(self.end, |next| next.line);
        if after_blanks {
            return next - 1;
        }
        let start = self.items[index].line;
        (start + 1..next)
            .rev()
            .find(|&line| lines.is_part_of_page(line, self.indent.len()))
            .unwrap_or(start)
    }
}

/// The page after which a new photo belongs: among those of its folder, if they are in the order of
/// time, the last one that is not later; else the last one. `None` if its folder is new.
fn position(photo: &str, names: &[Option<String>], moments: &Moments) -> Option<usize> {
    let folder = |name: &str| name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let own = folder(photo);
    let pages = names.iter().enumerate().filter_map(|(index, name)| Some((index, name.as_ref()?)));
    let of_folder: Vec<(usize, &String)> = pages.filter(|(_, name)| folder(name) == own).collect();
    let timed: Vec<(usize, &str)> =
        of_folder.iter().filter_map(|&(index, name)| Some((index, moments.time(name)?))).collect();
    let by_time = moments.time(photo).filter(|_| timed.is_sorted_by_key(|&(_, time)| time));
    let earlier = by_time.and_then(|own| timed.iter().rfind(|&&(_, time)| time <= own));
    earlier.map(|&(index, _)| index).or(of_folder.last().map(|&(index, _)| index))
}

/// When the photos of a folder were taken.
struct Moments {
    times: BTreeMap<String, String>,
    days: BTreeMap<String, String>,
}

impl Moments {
    fn new(photos: &[FoundPhoto], language: &Language) -> Self {
        let times = photos.iter().filter_map(|it| Some((it.name.clone(), it.time.clone()?)));
        let days =
            photos.iter().filter_map(|it| Some((it.name.clone(), it.date?.localized(language))));
        Self { times: times.collect(), days: days.collect() }
    }

    fn time(&self, photo: &str) -> Option<&str> {
        self.times.get(photo).map(String::as_str)
    }

    /// The title of a chapter for the day of a photo.
    fn day(&self, photo: &str) -> Option<String> {
        self.days.get(photo).cloned()
    }
}

/// The photo of a page, or the first pattern of its photos.
fn photo_of(page: &Node) -> Option<String> {
    let photos = page.get("photo").or_else(|| page.get("photos"))?;
    first_scalar(photos)
}

fn first_scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::Scalar(text) => Some(text.to_string()),
        Value::Seq(items) => items.first().and_then(first_scalar),
        Value::Map(_) => node.get("files").and_then(first_scalar),
        Value::Null => None,
    }
}

/// Whether every value of a manifest is in an edited text too, apart from added pages.
fn has_same_values(before: &Node, text: &str, path: &Path) -> bool {
    let source = SourceFile { file: path.to_owned(), text: text.to_owned() };
    let Some(after) = yaml::parse(&source, &mut Vec::new()) else { return false };
    let (Value::Map(before), Value::Map(after)) = (&before.value, &after.value) else {
        return false;
    };
    let is_pages = |key: &str| key == "pages";
    let mut rest = after.iter().filter(|pair| !is_pages(&pair.key.text));
    before.iter().filter(|pair| !is_pages(&pair.key.text)).all(|old| {
        rest.next().is_some_and(|new| old.key.text == new.key.text && is_same(&old.node, &new.node))
    }) && rest.next().is_none()
        && {
            let pages = |pairs: &[yaml::Pair]| {
                let pages = pairs.iter().find(|pair| is_pages(&pair.key.text))?;
                match &pages.node.value {
                    Value::Seq(items) => Some(items.clone()),
                    _ => Some(Vec::new()),
                }
            };
            let old = pages(before).unwrap_or_default();
            let mut new = pages(after).unwrap_or_default().into_iter();
            // The old pages in their order, with others among them.
            old.iter().all(|old| new.any(|new| is_same(old, &new)))
        }
}

/// Whether two nodes have the same values.
fn is_same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Null, Value::Null) => true,
        (Value::Scalar(a), Value::Scalar(b)) => a == b,
        (Value::Seq(a), Value::Seq(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len()
                && a.iter()
                    .zip(b)
                    .all(|(a, b)| a.key.text == b.key.text && is_same(&a.node, &b.node))
        }
        _ => false,
    }
}
