//! Expands patterns such as `photos: "photos/*.jpg"` to files in natural order.

use std::cmp::Ordering;
use std::path::{Component, Path};

use globset::{GlobBuilder, GlobMatcher};
use walkdir::WalkDir;

use crate::manifest::lower::files;

/// The extensions of pictures. They include formats that cannot be read, so that such files are
/// reported instead of skipped.
const PICTURES: [&str; 14] = [
    "jpg", "jpeg", "jpe", "jfif", "png", "tif", "tiff", "webp", "gif", "bmp", "heic", "heif",
    "avif", "jxl",
];
const MAX_WALKED: usize = 500_000;

/// The result of a pattern.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum GlobResult {
    /// The matching files, relative to the manifest, in natural order.
    Names(Vec<String>),
    /// The pattern is invalid, for this reason.
    Invalid(String),
    /// The pattern searches too many files.
    TooMany,
}

/// Finds the pictures that match a pattern, relative to this folder. The case of letters is
/// ignored, since cameras write `.JPG`. Hidden files are skipped.
pub(crate) fn expand(base: &Path, pattern: &str) -> GlobResult {
    // A file name may contain brackets.
    if files::check_is_file(&files::path(base, pattern)).is_ok() {
        return GlobResult::Names(vec![pattern.to_owned()]);
    }
    let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
    let (folder, rest) = literal_folder(pattern);
    let matcher = match matcher(rest) {
        Ok(matcher) => matcher,
        Err(error) => return GlobResult::Invalid(error.kind().to_string()),
    };
    let depth = if rest.contains("**") { usize::MAX } else { rest.split('/').count() };
    let start = files::path(base, folder);
    let start = if start.as_os_str().is_empty() { Path::new(".") } else { &start };
    let wants_hidden = rest.split('/').any(|part| part.starts_with('.'));
    let walk = WalkDir::new(start)
        .min_depth(1)
        .max_depth(depth)
        .follow_links(true)
        .into_iter()
        .filter_entry(|entry| {
            let hidden =
                entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
            wants_hidden || !hidden
        });
    let mut names = Vec::new();
    for (walked, entry) in walk.enumerate() {
        if walked >= MAX_WALKED {
            return GlobResult::TooMany;
        }
        let Ok(entry) = entry else { continue };
        let Some(below) = entry.path().strip_prefix(start).ok().and_then(slashed) else { continue };
        if entry.file_type().is_file() && is_picture(&below) && matcher.is_match(&below) {
            names.push(format!("{folder}{below}"));
        }
    }
    names.sort_by(|a, b| natural_order(a, b));
    GlobResult::Names(names)
}

/// Splits a pattern after the last `/` before its first wildcard.
pub(crate) fn literal_folder(pattern: &str) -> (&str, &str) {
    let wildcard = pattern.find(['*', '?', '[', '{', '\\']).unwrap_or(pattern.len());
    let end = pattern[..wildcard].rfind('/').map_or(0, |slash| slash + 1);
    pattern.split_at(end)
}

fn matcher(pattern: &str) -> Result<GlobMatcher, globset::Error> {
    GlobBuilder::new(pattern)
        .literal_separator(true)
        .case_insensitive(true)
        .backslash_escape(true)
        .build()
        .map(|glob| glob.compile_matcher())
}

/// A relative path with `/` as separator. `None` if it is not Unicode.
fn slashed(path: &Path) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.components() {
        let Component::Normal(part) = part else { return None };
        parts.push(part.to_str()?);
    }
    Some(parts.join("/"))
}

/// Whether a file has the extension of a picture.
pub(crate) fn is_picture(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| PICTURES.contains(&extension.as_str()))
}

/// Natural order: folder by folder, numbers by value, letters regardless of case. Ties are broken
/// byte by byte, so that the order is the same everywhere.
pub(crate) fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.split('/'), b.split('/'));
    loop {
        let order = match (left.next(), right.next()) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(a), Some(b)) => natural_name(a, b),
        };
        if order.is_ne() {
            return order;
        }
    }
}

fn natural_name(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (Some(x), Some(y)) = (left.chars().next(), right.chars().next()) else {
            return left.len().cmp(&right.len());
        };
        if x.is_ascii_digit() && y.is_ascii_digit() {
            let (x, after_x) = number(left);
            let (y, after_y) = number(right);
            // Without leading zeros, the longer number is the larger one.
            let order = x.len().cmp(&y.len()).then(x.cmp(y));
            if order.is_ne() {
                return order;
            }
            (left, right) = (after_x, after_y);
        } else {
            let order = x.to_lowercase().cmp(y.to_lowercase());
            if order.is_ne() {
                return order;
            }
            (left, right) = (&left[x.len_utf8()..], &right[y.len_utf8()..]);
        }
    }
}

/// Splits off the leading number, without leading zeros.
fn number(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    (digits.trim_start_matches('0'), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_comes_before_ten_and_case_does_not_matter() {
        let mut names = ["b.jpg", "IMG_10.jpg", "img_2.JPG", "IMG_02.jpg", "a/z.jpg", "A.jpg"];
        names.sort_by(|a, b| natural_order(a, b));
        assert_eq!(names, ["a/z.jpg", "A.jpg", "b.jpg", "IMG_02.jpg", "img_2.JPG", "IMG_10.jpg"]);
    }

    #[test]
    fn a_pattern_is_walked_from_its_literal_folder() {
        assert_eq!(literal_folder("photos/2026/*.jpg"), ("photos/2026/", "*.jpg"));
        assert_eq!(literal_folder("../a/b*/c.jpg"), ("../a/", "b*/c.jpg"));
        assert_eq!(literal_folder("*.jpg"), ("", "*.jpg"));
    }
}
