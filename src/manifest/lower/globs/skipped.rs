//! Reports what matches a pattern but cannot be used.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding, Severity};
use crate::manifest::lower::context::LowerContext;
use crate::manifest::lower::files;
use crate::manifest::syntax::de::Spanned;
use crate::manifest::syntax::source::SourceSpan;
use crate::picture::{Converters, ConvertibleKind};

use super::expand::{SkipReason, Skipped, is_picture};
use super::kinds::{OtherFile, stem};

/// More findings about files and folders of one page are counted.
const MAX: usize = 50;

/// Reports what is skipped: files of a kind that no book shows together, the others one by one.
/// What belongs to a photo is not reported: its original, the HEIC or raw file beside a JPEG of the
/// same name, and its caption.
pub(super) fn report(
    skipped: &[Spanned<Skipped>],
    photos: &[Spanned<String>],
    context: &mut LowerContext<'_>,
) {
    let photos: BTreeSet<String> = photos.iter().map(|photo| stem(&photo.value)).collect();
    let mut kinds: BTreeMap<(Kind, u32, u32), (SourceSpan, Vec<&str>)> = BTreeMap::new();
    let mut unusable = Vec::new();
    for Spanned { value: Skipped { name, reason }, span } in skipped {
        let kind = match reason {
            SkipReason::Other(OtherFile::Picture | OtherFile::Raw, _)
                if photos.contains(&stem(name)) =>
            {
                continue;
            }
            SkipReason::Other(OtherFile::Other, _) if is_caption(name, &photos, context) => {
                continue;
            }
            SkipReason::Other(kind, format) => Kind::File(*kind, format),
            SkipReason::SystemFolder => Kind::SystemFolder,
            _ => {
                unusable.push((name.as_str(), reason, *span));
                continue;
            }
        };
        let group = kinds.entry((kind, span.line, span.column)).or_insert((*span, Vec::new()));
        group.1.push(name);
    }
    for (name, reason, span) in unusable.iter().take(MAX) {
        context.report(*span, about(name, reason));
    }
    if let Some((_, _, span)) = unusable.get(MAX) {
        let message = format!("{} more files and folders are skipped", unusable.len() - MAX);
        context.report(*span, Finding::new(Code::PhotosSkipped, message));
    }
    for ((kind, ..), (span, names)) in kinds {
        let finding = kind.finding(&names, &context.converters);
        context.report(span, finding);
    }
}

/// Whether a file is the table of captions, or the text beside one of these photos, which are given
/// by their stems: `01.txt`, `01.jpg.txt` or `01.de.txt`.
fn is_caption(name: &str, photos: &BTreeSet<String>, context: &LowerContext<'_>) -> bool {
    if context.captions.table.as_ref().is_some_and(|table| table.name == name) {
        return true;
    }
    let name = name.to_lowercase();
    let Some(mut own) = name.strip_suffix(".txt") else { return false };
    let is_language = |part: &str| {
        context.captions.languages.iter().any(|language| language.eq_ignore_ascii_case(part))
    };
    while !photos.contains(own) {
        match own.rsplit_once('.') {
            Some((stem, part)) if is_language(part) || is_picture(own) => own = stem,
            _ => return false,
        }
    }
    true
}

/// The finding about one file or folder.
fn about(name: &str, reason: &SkipReason) -> Finding {
    if *reason == SkipReason::Outside {
        return files::outside(name);
    }
    let name = if name.is_empty() { "the manifest's folder" } else { name };
    let (reason_text, help) = match reason {
        SkipReason::BrokenLink => (
            "it is a link to a file that does not exist",
            "connect the disk or restore the file that it points to, or delete the link",
        ),
        SkipReason::LinkLoop => ("it is a link to a folder that contains it", "delete the link"),
        SkipReason::NotUnicode => ("its name is not valid Unicode", "rename it"),
        SkipReason::NotAFile
        | SkipReason::SystemFolder
        | SkipReason::Other(..)
        | SkipReason::Outside => (
            "it has the name of a picture, but is not a file",
            "rename it, or write a pattern that does not match it",
        ),
        SkipReason::NotAPicture(content) => {
            let message =
                format!("{name} is skipped: it has the name of a picture, but is {content}");
            let help =
                "copy it again from the camera or the backup, or leave it out with `exclude:`";
            return Finding::new(Code::PhotosSkipped, message).help(help);
        }
        SkipReason::Extension => (
            "it is a picture, but its name does not end like that of one",
            "rename it to end in .jpg or the like, or write its ending in the pattern",
        ),
        SkipReason::Io(error) => {
            (error.as_str(), "change its permissions, or write a pattern that does not match it")
        }
    };
    let message = format!("{name} is skipped: {reason_text}");
    let finding = Finding::new(Code::PhotosSkipped, message).help(help);
    match reason {
        SkipReason::Extension => finding.severity(Severity::Note),
        _ => finding,
    }
}

/// What is reported together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// Files of one kind; for a picture, with the name of its format.
    File(OtherFile, &'static str),
    /// Folders of systems, which can be in every folder.
    SystemFolder,
}

impl Kind {
    fn finding(self, names: &[&str], converters: &Converters) -> Finding {
        let first = names.first().copied().unwrap_or_default();
        let count = names.len();
        let (one, many) = match self {
            Self::File(OtherFile::Picture, format) => {
                let format = format.split_once(' ').map_or(format, |(_, format)| format);
                (format!("{first} is skipped: recto cannot read {format}s"), format!("{format}s"))
            }
            Self::File(OtherFile::Raw, _) => {
                (format!("{first} is skipped: it is a camera raw file"), "camera raw files".into())
            }
            Self::File(OtherFile::Video, _) => {
                (format!("{first} is skipped: it is a video"), "videos".into())
            }
            Self::File(OtherFile::Other, _) => (
                format!("{first} is skipped: it is not a picture"),
                format!("files that are not pictures ({})", extensions(names)),
            ),
            Self::SystemFolder => (
                format!("{first} is skipped: it belongs to the system or to a program"),
                "folders of the system or of programs".into(),
            ),
        };
        let message = match count {
            1 => one,
            count => format!("{count} {many} are skipped, such as {first}"),
        };
        let finding = Finding::new(Code::PhotosSkipped, message);
        match self {
            Self::File(OtherFile::Picture | OtherFile::Raw, format) => {
                let kind = match self {
                    Self::File(OtherFile::Raw, _) => ConvertibleKind::Raw,
                    _ => ConvertibleKind::from_format(format),
                };
                finding.help(match count {
                    1 => converters.help(kind, first),
                    _ => converters.help_for_each(kind, first),
                })
            }
            Self::File(OtherFile::Video | OtherFile::Other, _) => finding.help(
                "write a pattern that matches photos only, such as photos/*.jpg, or use `exclude:`",
            ),
            Self::SystemFolder => finding
                .severity(Severity::Note)
                .help("for the photos in such a folder, write its name in the pattern"),
        }
    }
}

/// The different extensions of these names, the first few of them.
fn extensions(names: &[&str]) -> String {
    const MAX: usize = 4;
    let extension = |name: &&str| {
        let file = name.rsplit('/').next().unwrap_or_default();
        file.rsplit_once('.')
            .map_or("no extension".to_owned(), |(_, it)| format!(".{}", it.to_lowercase()))
    };
    let all: BTreeSet<String> = names.iter().map(extension).collect();
    let more = if all.len() > MAX { " …" } else { "" };
    format!("{}{more}", all.into_iter().take(MAX).collect::<Vec<_>>().join(", "))
}
