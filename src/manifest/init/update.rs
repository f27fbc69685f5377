//! Adds new photos to a manifest and marks those that are missing. The text is edited by positions,
//! and read again afterwards: every value in it must be as before.

use std::collections::BTreeSet;
use std::path::Path;

use crate::finding::{Code, Finding};
use crate::manifest::keys::pages::PhotoOrder;
use crate::manifest::keys::scalars::LanguageTag;
use crate::manifest::lower::files::{self, FileError};
use crate::manifest::syntax::source::{SourceFile, SourceSpan};
use crate::manifest::syntax::yaml::{self, Node, Value};
use crate::model::{Date, Language};
use crate::picture::Confinement;

use super::chapters;
use super::known::Known;
use super::lines::TextLines;
use super::page_lines::{Moments, PageLines, not_updated};
use super::photo::{FoundPhoto, Remark};
use super::same_values::has_same_values;
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

    let mut lines = TextLines::new(&source.text);
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
    let pages = PageLines::new(&root, &source)?;
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
    let (source, finding) = files::text(path, files::MAX_MANIFEST, &Confinement::default())
        .map_err(|error| unreadable(&error))?;
    if let Some(finding) = finding {
        return Err(vec![finding]);
    }
    let has_mark = files::head(path, &Confinement::default())
        .is_some_and(|head| head.starts_with("\u{FEFF}".as_bytes()));
    let mut findings = Vec::new();
    match yaml::parse(&source, &mut findings) {
        Some(root) if matches!(root.value, Value::Map(_)) => Ok((source, root, has_mark)),
        _ if findings.is_empty() => Err(vec![not_updated(&source, SourceSpan::START)]),
        _ => Err(findings),
    }
}

/// Marks the missing photos, and removes the marks of those that are there again.
fn mark_missing(root: &Node, base: &Path, lines: &mut TextLines, update: &mut Update) {
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
        let is_missing = matches!(
            files::check_is_file(&files::path(base, name), &Confinement::default()),
            Err(FileError::Missing)
        );
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
