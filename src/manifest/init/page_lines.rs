//! The lines of the pages of a manifest, and where new photos stand among them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use crate::finding::{Code, Finding};
use crate::manifest::lower::files;
use crate::manifest::syntax::source::{SourceFile, SourceSpan};
use crate::manifest::syntax::yaml::{Node, Value};
use crate::model::Language;

use super::chapters::{self, PhotoFolders};
use super::entry;
use super::known::patterns;
use super::lines::TextLines;
use super::photo::FoundPhoto;
use super::scalar::scalar;

/// The pages of a manifest as lines.
#[derive(Debug)]
pub(super) struct PageLines {
    items: Vec<PageItem>,
    /// The line before which new pages may stand at the latest.
    end: usize,
    /// What is before the dashes.
    indent: String,
    /// Whether `pages:` itself has to be written.
    is_absent: bool,
    chapters: BTreeSet<String>,
}

/// A page.
#[derive(Debug)]
struct PageItem {
    /// The line of its dash.
    line: usize,
    /// Its photo, or its first pattern of photos.
    photo: Option<String>,
}

impl PageLines {
    pub(super) fn new(root: &Node, source: &SourceFile) -> Result<Self, Vec<Finding>> {
        let Value::Map(pairs) = &root.value else {
            return Err(vec![not_updated(source, root.span)]);
        };
        let lines = TextLines::new(&source.text);
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
                pages.items.push(PageItem { line: start, photo: None });
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
            pages.items.push(PageItem { line, photo: photo_of(item) });
            if let Some(Value::Scalar(title)) = item.get("chapter").map(|node| &node.value) {
                pages.chapters.insert(title.to_string());
            }
        }
        Ok(pages)
    }

    /// Inserts photos: each after the page where it belongs, those of new folders at the end.
    pub(super) fn insert(
        &self,
        photos: &[FoundPhoto],
        moments: &Moments,
        base: &Path,
        after_blanks: bool,
        lines: &mut TextLines,
    ) {
        let on_disk = |item: &PageItem| {
            item.photo.as_ref().map(|name| files::name_on_disk(base, name).into_owned())
        };
        let names: Vec<Option<String>> = self.items.iter().map(on_disk).collect();
        let all = names.iter().flatten().map(String::as_str);
        let folders =
            PhotoFolders::new(all.clone().chain(photos.iter().map(|it| it.name.as_str())));
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
    fn end_of(&self, index: usize, after_blanks: bool, lines: &TextLines) -> usize {
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
#[derive(Debug)]
pub(super) struct Moments {
    times: BTreeMap<String, String>,
    days: BTreeMap<String, String>,
}

impl Moments {
    pub(super) fn new(photos: &[FoundPhoto], language: &Language) -> Self {
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
    match page.get("photo").map(|photo| &photo.value) {
        Some(Value::Scalar(name)) => Some(name.to_string()),
        _ => patterns(page).into_iter().next(),
    }
}

/// The finding that new photos have no place in a manifest of this form.
pub(super) fn not_updated(source: &SourceFile, span: SourceSpan) -> Finding {
    let message = "new photos cannot be added to this manifest without changing the rest";
    Finding::new(Code::ManifestUpdate, message).at(source.at(span)).help(
        "write each page on a line of its own that starts with a dash, such as - photo: 01.jpg",
    )
}
