//! What is in a folder, in numbers.

use std::collections::BTreeMap;

use crate::manifest::keys::captions::Field;
use crate::manifest::lower::globs::{OtherFile, SkipReason};

use super::beside::TableSummary;
use super::photo::Remark;
use super::scan::FolderScan;
use super::words::{PhotoWords, Word};

/// What is in a folder of photos, in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FolderSummary {
    /// The photos that become pages.
    pub photos: usize,
    /// The chapters.
    pub chapters: usize,
    /// The files that are left out, by what they are in the singular, such as `screenshot` or `HEIC
    /// image`.
    pub left_out: BTreeMap<String, Vec<String>>,
    /// The pictures and camera raw files among them, which a program can convert.
    pub convertible: Vec<String>,
    /// Photos that are the same as another, each with the other.
    pub same_files: Vec<(String, String)>,
    /// Photos that are probably copies of another, each with the other.
    pub likely_copies: Vec<(String, String)>,
    /// The table of captions.
    pub table: Option<TableSummary>,
    /// Photos with a caption in a text file beside them.
    pub text_files: usize,
    /// Photos without an alt text.
    pub missing_alts: usize,
    /// Photos with a caption, an alt text, a credit line and a date in their metadata.
    pub words: WordCounts,
}

/// The number of photos that have a text in their metadata.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordCounts {
    /// A caption.
    pub captions: usize,
    /// An alt text.
    pub alts: usize,
    /// A credit line.
    pub credits: usize,
    /// A place.
    pub places: usize,
    /// A date.
    pub dates: usize,
}

impl FolderSummary {
    /// What is left out: `4 screenshots, 1 HEIC image, 1 video`.
    pub fn left_out_line(&self) -> String {
        let part = |(what, files): (&String, &Vec<String>)| {
            let count = counted(files.len(), what);
            // The others are expected beside photos.
            if what.starts_with("file that cannot be") {
                format!("{count} ({})", some_of(files))
            } else {
                count
            }
        };
        self.left_out.iter().map(part).collect::<Vec<_>>().join(", ")
    }
}

/// The first of several names.
pub(crate) fn some_of(names: &[String]) -> String {
    /// More names are counted.
    const MAX: usize = 3;
    let first = names.iter().take(MAX).cloned().collect::<Vec<_>>().join(", ");
    match names.len().checked_sub(MAX) {
        None | Some(0) => first,
        Some(more) => format!("{first}, and {more} more"),
    }
}

/// `1 photo`, `2 photos`, `2 files that …`.
fn counted(count: usize, name: &str) -> String {
    if count == 1 {
        return format!("1 {name}");
    }
    match name.split_once(' ') {
        Some((noun @ ("file" | "folder"), rest)) => format!("{count} {noun}s {rest}"),
        _ => format!("{count} {name}s"),
    }
}

pub(super) fn summary(scan: &FolderScan) -> FolderSummary {
    let mut summary = FolderSummary::default();
    let mut left_out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut leave_out =
        |what: &str, name: &str| left_out.entry(what.to_owned()).or_default().push(name.to_owned());
    for photo in &scan.photos {
        match &photo.remark {
            None => {}
            Some(Remark::Screenshot) => leave_out("screenshot", &photo.name),
            Some(Remark::Unreadable(_)) => leave_out("file that cannot be read", &photo.name),
            Some(Remark::SameFile(other)) => {
                summary.same_files.push((photo.name.clone(), other.clone()));
            }
            Some(Remark::LikelyCopy(other)) => {
                summary.likely_copies.push((photo.name.clone(), other.clone()));
            }
        }
    }
    for file in &scan.skipped {
        match &file.reason {
            // Such as `a HEIC image`.
            SkipReason::Other(OtherFile::Picture, format) => {
                leave_out(format.split_once(' ').map_or(*format, |(_, format)| format), &file.name);
            }
            SkipReason::Other(OtherFile::Raw, _) => leave_out("camera raw file", &file.name),
            SkipReason::Other(OtherFile::Video, _) => leave_out("video", &file.name),
            // Texts, tables and programs beside photos are not expected in a book.
            SkipReason::Other(OtherFile::Other, _) => {}
            SkipReason::SystemFolder => {
                leave_out("folder of the system or of programs", &file.name);
            }
            SkipReason::BrokenLink
            | SkipReason::LinkLoop
            | SkipReason::NotUnicode
            | SkipReason::NotAFile
            | SkipReason::Extension
            | SkipReason::NotAPicture(_)
            | SkipReason::Outside
            | SkipReason::Io(_) => leave_out("file that cannot be used", &file.name),
        }
    }
    summary.left_out = left_out;
    let convertible = scan.skipped.iter().filter(|file| file.is_convertible());
    summary.convertible = convertible.map(|file| file.name.clone()).collect();
    let in_book = || scan.photos.iter().filter(|photo| photo.is_in_book());
    summary.photos = in_book().count();
    let count = |field: Field, word: fn(&PhotoWords) -> &Option<Word>| {
        in_book()
            .filter(|photo| word(&photo.words).is_some() && !photo.elsewhere.contains(&field))
            .count()
    };
    summary.words = WordCounts {
        captions: count(Field::Caption, |words| &words.caption),
        alts: count(Field::Alt, |words| &words.alt),
        credits: count(Field::Credit, |words| &words.credit),
        places: count(Field::Place, |words| &words.place),
        dates: count(Field::Taken, |words| &words.taken),
    };
    summary.missing_alts = in_book()
        .filter(|photo| photo.words.alt.is_none() && !photo.elsewhere.contains(&Field::Alt))
        .count();
    summary.text_files = in_book().filter(|photo| photo.has_text_file).count();
    summary
}
