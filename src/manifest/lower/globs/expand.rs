//! The files that match a pattern.

use std::path::{Component, Path};

use walkdir::{DirEntry, WalkDir};

use crate::manifest::lower::files;
use crate::picture::{self, Confinement, Content};

use super::kinds::{self, OtherFile};
use super::matcher::PatternMatcher;
use super::natural_order::NaturalOrder;
use super::system_folders;

/// The extensions of pictures, in formats that recto reads and in some that it does not.
const PICTURES: [&str; 29] = [
    "jpg", "jpeg", "jpe", "jfif", "jfi", "jif", "pjpeg", "pjp", "mpo", "jps", "png", "apng", "tif",
    "tiff", "btf", "tf8", "webp", "gif", "bmp", "dib", "jxl", "heic", "heif", "hif", "avif", "jp2",
    "j2k", "jpx", "jpf",
];
/// The characters that have a meaning in patterns.
pub(super) const SPECIAL: [char; 7] = ['*', '?', '[', ']', '{', '}', '\\'];
/// How many files and folders one pattern may search.
const MAX_WALKED: usize = 500_000;
/// How many links to folders one pattern may follow. Links between a few folders make more paths
/// than anybody can search.
const MAX_LINKS: usize = 1_000;

/// The result of a pattern.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Expansion {
    /// The matching files, relative to the manifest, in natural order.
    pub names: Vec<String>,
    /// What matches but cannot be used, in natural order.
    pub skipped: Vec<Skipped>,
    /// How many files and folders were searched.
    pub searched: usize,
}

/// A file or folder that matches a pattern but cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Skipped {
    /// Its name, relative to the manifest.
    pub name: String,
    /// Why it cannot be used.
    pub reason: SkipReason,
}

impl Skipped {
    /// Whether it is a picture or a camera raw file that recto cannot read, but a program may
    /// convert.
    pub(crate) fn is_convertible(&self) -> bool {
        matches!(self.reason, SkipReason::Other(OtherFile::Picture | OtherFile::Raw, _))
    }
}

/// Why something that matches a pattern cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum SkipReason {
    /// It is a link to something that does not exist.
    BrokenLink,
    /// It is a link to a folder that contains it.
    LinkLoop,
    /// Its name is not Unicode, so a manifest cannot name it.
    NotUnicode,
    /// It is a folder with the name of a picture, a socket or the like.
    NotAFile,
    /// It is a picture, but its extension is not that of one.
    Extension,
    /// It belongs to a system or a program.
    SystemFolder,
    /// It is a file that a book cannot show; a picture in a format that recto cannot read has the
    /// name of its format, such as `a HEIC image`.
    Other(OtherFile, &'static str),
    /// It has the name of a picture, but this content.
    NotAPicture(&'static str),
    /// It is a link out of the folder that files must be in.
    Outside,
    /// The system reported an error.
    Io(String),
}

/// Why a pattern cannot be expanded.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PatternError {
    /// The pattern is invalid, for this reason.
    #[error("{0}")]
    Invalid(String),
    /// The pattern searches too many files.
    #[error("it searches too many files")]
    TooMany,
    /// The folder of the pattern is not one that files may be in.
    #[error("it is outside the folder of the manifest")]
    Outside,
}

/// Finds the pictures that match a pattern, relative to this folder. The case of letters is
/// ignored, since cameras write `.JPG`, and so is the Unicode form of names. Hidden files and the
/// folders of systems are skipped. A folder stands for the pictures in it.
///
/// # Errors
/// If the pattern is invalid, or searches too many files.
pub(crate) fn expand(
    base: &Path,
    pattern: &str,
    confinement: &Confinement,
) -> Result<Expansion, PatternError> {
    // A file name may contain brackets.
    if files::check_is_file(&files::path(base, pattern), confinement).is_ok() {
        let names = vec![files::name_on_disk(base, pattern).into_owned()];
        return Ok(Expansion { names, ..Expansion::default() });
    }
    let is_folder = !pattern.is_empty() && files::path(base, pattern).is_dir();
    let pattern =
        if is_folder { format!("{}/*", pattern.trim_end_matches('/')) } else { pattern.to_owned() };
    let (folder, rest) = literal_folder(base, &pattern);
    if !confinement.allows(&base.join(&folder)) {
        return Err(PatternError::Outside);
    }
    let found = search(base, &folder, rest, confinement);
    let has_found = found.as_ref().is_ok_and(|it| !it.names.is_empty() || !it.skipped.is_empty());
    if has_found || !rest.contains(['[', ']', '{', '}']) || rest.contains('\\') {
        return found;
    }
    // The brackets can be those of names.
    match search(base, &folder, &without_brackets(rest), confinement) {
        Ok(literal) if !literal.names.is_empty() || !literal.skipped.is_empty() => Ok(literal),
        _ => found,
    }
}

/// Splits a pattern after the last folder that it names literally. The names in that folder are
/// as they are on the disk. A part with brackets is literal if there is a folder of this name.
pub(super) fn literal_folder<'a>(base: &Path, pattern: &'a str) -> (String, &'a str) {
    let mut folder = String::new();
    let mut rest = pattern;
    while let Some((part, after)) = rest.split_once('/') {
        let name = format!("{folder}{part}");
        let on_disk = files::name_on_disk(base, &name);
        if part.contains(SPECIAL) && !base.join(&*on_disk).is_dir() {
            break;
        }
        if part != "." {
            folder = format!("{on_disk}/");
        }
        rest = after;
    }
    (folder, rest)
}

/// The pattern in which `[`, `]`, `{` and `}` stand for themselves.
fn without_brackets(pattern: &str) -> String {
    let mut literal = String::with_capacity(pattern.len() + 8);
    for c in pattern.chars() {
        if matches!(c, '[' | ']' | '{' | '}') {
            literal.push('\\');
        }
        literal.push(c);
    }
    literal
}

fn search(
    base: &Path,
    folder: &str,
    pattern: &str,
    confinement: &Confinement,
) -> Result<Expansion, PatternError> {
    let matcher = PatternMatcher::new(pattern)
        .map_err(|error| PatternError::Invalid(error.kind().to_string()))?;
    let start = base.join(folder);
    let start = if start.as_os_str().is_empty() { Path::new(".") } else { &start };
    let walk = WalkDir::new(start).max_depth(matcher.depth).follow_links(true);
    let mut walk = walk.into_iter();
    let mut search = FolderSearch {
        matcher: &matcher,
        folder,
        confinement,
        opened: 0,
        found: Expansion::default(),
    };
    let (mut walked, mut links) = (0, 0);
    while let Some(entry) = walk.next() {
        walked += 1;
        if walked > MAX_WALKED {
            return Err(PatternError::TooMany);
        }
        links += usize::from(
            entry.as_ref().is_ok_and(|it| it.path_is_symlink() && it.file_type().is_dir()),
        );
        if links > MAX_LINKS {
            return Err(PatternError::TooMany);
        }
        match entry {
            Ok(entry) if entry.depth() == 0 => {}
            Ok(entry) => {
                let is_folder = entry.file_type().is_dir();
                if entry.path_is_symlink() && !confinement.allows(entry.path()) {
                    search.skip_outside(&entry, start);
                    if is_folder {
                        walk.skip_current_dir();
                    }
                } else if is_folder && entry.path_is_symlink() && contains(entry.path(), start) {
                    search.skip_loop(&entry, start);
                    walk.skip_current_dir();
                } else if !search.entry(&entry, start) && is_folder {
                    walk.skip_current_dir();
                }
            }
            Err(error) => search.error(&error, start),
        }
    }
    let Expansion { mut names, mut skipped, .. } = search.found;
    let order = NaturalOrder::new();
    names.sort_by(|a, b| order.compare(a, b));
    skipped.sort_by(|a, b| order.compare(&a.name, &b.name));
    Ok(Expansion { names, skipped, searched: walked })
}

struct FolderSearch<'a> {
    matcher: &'a PatternMatcher,
    /// The folder where the search starts, with a `/` at its end.
    folder: &'a str,
    /// Where files may be.
    confinement: &'a Confinement,
    /// The number of files that were opened to see whether they are pictures.
    opened: usize,
    found: Expansion,
}

impl FolderSearch<'_> {
    /// Adds an entry if it matches. Whether the search goes on in it, if it is a folder.
    fn entry(&mut self, entry: &DirEntry, start: &Path) -> bool {
        let Ok(path) = entry.path().strip_prefix(start) else { return false };
        let name = entry.file_name().to_string_lossy();
        let (below, is_unicode) = slashed(path);
        let kind = entry.file_type();
        let is_wanted = if kind.is_dir() {
            self.matcher.can_contain(&below)
        } else {
            self.matcher.matches(&below)
        };
        if system_folders::is_hidden(&name) && !self.matcher.is_meant(&name) {
            return false;
        }
        if kind.is_dir() && system_folders::is_system(&name) && !self.matcher.is_meant(&name) {
            if is_wanted {
                self.skip(&below, SkipReason::SystemFolder);
            }
            return false;
        }
        if is_wanted && !is_unicode {
            self.skip(&below, SkipReason::NotUnicode);
            return false;
        }
        if kind.is_dir() {
            if is_picture(&below) && self.matcher.matches(&below) {
                self.skip(&below, SkipReason::NotAFile);
            }
        } else if is_wanted && kind.is_file() {
            self.file(entry, &below);
        } else if is_wanted && is_picture(&below) {
            self.skip(&below, SkipReason::NotAFile);
        }
        is_wanted
    }

    /// Adds a file that matches: a picture by its content, whatever its extension.
    fn file(&mut self, entry: &DirEntry, below: &str) {
        /// More files that are not called pictures are not opened.
        const MAX: usize = 5_000;
        let is_named = is_picture(below) || self.matcher.ends_like(below);
        let other = kinds::other_file(below);
        if !is_named {
            // The previews that cameras write beside videos belong to them.
            let Some(other) = other else { return };
            self.opened += 1;
            let is_misnamed = self.opened <= MAX
                && files::head(entry.path(), self.confinement)
                    .is_some_and(|head| picture::is_web_picture(&head));
            let reason =
                if is_misnamed { SkipReason::Extension } else { SkipReason::Other(other, "") };
            return self.skip(below, reason);
        }
        // A raw file can look like a TIFF.
        if let (false, Some(other @ (OtherFile::Raw | OtherFile::Video))) =
            (is_picture(below), other)
        {
            return self.skip(below, SkipReason::Other(other, ""));
        }
        // What cannot be opened is reported as an unreadable photo.
        match files::head(entry.path(), self.confinement).map(|head| picture::content(&head)) {
            None | Some(Content::Photo) => {
                self.found.names.push(format!("{}{below}", self.folder));
            }
            Some(Content::Picture(format)) => {
                self.skip(below, SkipReason::Other(OtherFile::Picture, format));
            }
            Some(Content::Raw(_)) => self.skip(below, SkipReason::Other(OtherFile::Raw, "")),
            Some(Content::Other(what)) => self.skip(below, SkipReason::NotAPicture(what)),
        }
    }

    /// Adds a link to a folder around the one where the search starts, if it can match.
    fn skip_loop(&mut self, entry: &DirEntry, start: &Path) {
        let Ok(path) = entry.path().strip_prefix(start) else { return };
        let (below, _) = slashed(path);
        if self.matcher.can_contain(&below) {
            self.skip(&below, SkipReason::LinkLoop);
        }
    }

    /// Adds a link that leads out of the folder that files must be in, if it can match.
    fn skip_outside(&mut self, link: &DirEntry, start: &Path) {
        let Ok(path) = link.path().strip_prefix(start) else { return };
        let (below, _) = slashed(path);
        let is_folder = link.file_type().is_dir();
        if self.matcher.matches(&below) || is_folder && self.matcher.can_contain(&below) {
            self.skip(&below, SkipReason::Outside);
        }
    }

    /// Adds what cannot be read, if it can match.
    fn error(&mut self, error: &walkdir::Error, start: &Path) {
        let Some(path) = error.path() else { return };
        let Ok(path) = path.strip_prefix(start) else { return };
        let is_missing =
            error.io_error().is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound);
        let (below, _) = slashed(path);
        if below.is_empty() {
            // That there is no such folder is said when nothing is found.
            if !is_missing {
                self.skip("", SkipReason::Io(reason(error)));
            }
            return;
        }
        let mut parts = below.split('/');
        let is_passed = |name: &str| {
            (system_folders::is_hidden(name) || system_folders::is_system(name))
                && !self.matcher.is_meant(name)
        };
        // A link without an extension can lead to a folder of photos.
        let can_contain = self.matcher.can_contain(&below) && !has_extension(&below);
        let matches = is_picture(&below) && self.matcher.matches(&below);
        if parts.any(is_passed) || !(matches || can_contain) {
            return;
        }
        let reason = if error.loop_ancestor().is_some() {
            SkipReason::LinkLoop
        } else if !self.confinement.allows(&start.join(path)) {
            SkipReason::Outside
        } else if is_missing {
            SkipReason::BrokenLink
        } else {
            SkipReason::Io(reason(error))
        };
        self.skip(&below, reason);
    }

    fn skip(&mut self, below: &str, reason: SkipReason) {
        let name = format!("{}{below}", self.folder);
        self.found.skipped.push(Skipped { name, reason });
    }
}

fn reason(error: &walkdir::Error) -> String {
    error.io_error().map_or_else(|| error.to_string(), ToString::to_string)
}

/// Whether the folder that a link leads to contains another.
fn contains(link: &Path, folder: &Path) -> bool {
    let (Ok(target), Ok(folder)) = (link.canonicalize(), folder.canonicalize()) else {
        return false;
    };
    folder.starts_with(target)
}

/// A relative path with `/` as separator, and whether it is Unicode.
fn slashed(path: &Path) -> (String, bool) {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(part) => Some(files::escaped(part)),
        _ => None,
    });
    (parts.collect::<Vec<_>>().join("/"), path.to_str().is_some())
}

/// Whether a file has the extension of a picture.
pub(crate) fn is_picture(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| PICTURES.contains(&extension.as_str()))
}

/// Whether a name ends in a short extension of letters and digits.
fn has_extension(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.rsplit_once('.').is_some_and(|(_, extension)| {
        (1..=5).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_walked_from_its_literal_folder() {
        let folder = |pattern| literal_folder(Path::new("nowhere"), pattern);
        assert_eq!(folder("photos/2026/*.jpg"), ("photos/2026/".to_owned(), "*.jpg"));
        assert_eq!(folder("../a/b*/c.jpg"), ("../a/".to_owned(), "b*/c.jpg"));
        assert_eq!(folder("./*.jpg"), (String::new(), "*.jpg"));
    }
}
