//! Hints for arguments that people try and recto does not have.

use std::fmt;
use std::path::PathBuf;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::finding::Code;
use crate::manifest;
use crate::model::Edition;

/// Names of editions that are tried or planned, and what is said about each.
pub(super) const OTHER_EDITIONS: [(&str, &str); 8] = [
    ("cover", "this version of recto cannot write it yet"),
    ("html", "the edition for browsers is `offline`"),
    ("web", "the edition for browsers is `offline`"),
    ("browser", "the edition for browsers is `offline`"),
    ("pdf", "the PDF for printers is `print`, the one for screens is `screen`"),
    ("ebook", "the e-book is `epub`, the one with fixed pages is `epub-fixed`"),
    ("kindle", "Kindle takes EPUB files: use `epub`"),
    ("mobi", "Kindle takes EPUB files: use `epub`"),
];

/// Commands that people try, and the one to use.
const OTHER_COMMANDS: [(&str, &str); 12] = [
    ("new", "`recto init` writes a manifest from a folder of photos"),
    ("create", "`recto init` writes a manifest from a folder of photos"),
    ("watch", PREVIEW),
    ("serve", PREVIEW),
    ("dev", PREVIEW),
    ("export", BUILD),
    ("render", BUILD),
    ("make", BUILD),
    ("pdf", "`recto build --only print` writes the PDF for printers"),
    ("epub", "`recto build --only epub` writes the e-book"),
    ("validate", "`recto check` checks the book without building it"),
    ("lint", "`recto check` checks the book without building it"),
];
const PREVIEW: &str =
    "`recto preview` shows the book in the browser and rebuilds it when it changes";
const BUILD: &str = "`recto build` writes the editions";

/// Options that people try, and what to use.
const OTHER_OPTIONS: [(&str, &str); 6] = [
    ("--watch", PREVIEW),
    ("--serve", PREVIEW),
    ("--strict", "`--deny warnings` makes warnings fail"),
    ("--werror", "`--deny warnings` makes warnings fail"),
    ("--pdf", "`--only print` writes the PDF for printers"),
    ("--epub", "`--only epub` writes the e-book"),
];

/// A message about an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hint(String);

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Hint {}

/// What is said about a name that is not an edition.
pub(super) fn edition(name: &str) -> Hint {
    let known = OTHER_EDITIONS.iter().find(|(other, _)| *other == name);
    let reason = known.map_or("it is not an edition", |(_, reason)| reason);
    let valid = Edition::ALL.map(Edition::name).join(", ");
    Hint(format!("{reason}; valid editions: {valid}"))
}

/// Refuses the name of a file as the output folder.
pub(super) fn output_folder(path: PathBuf) -> Result<PathBuf, Hint> {
    const FILES: [&str; 8] = ["pdf", "epub", "zip", "html", "yaml", "yml", "jpg", "txt"];
    let extension = path.extension().map(|it| it.to_string_lossy().to_lowercase());
    if extension.is_none_or(|it| !FILES.contains(&it.as_str())) || path.is_dir() {
        return Ok(path);
    }
    Err(Hint(
        "a folder is expected; the names of the files in it are made from the title of the book"
            .to_owned(),
    ))
}

/// Accepts the name of a preview's file. Any other file may be one of the book's.
pub(super) fn preview_file(path: PathBuf) -> Result<PathBuf, Hint> {
    let extension = path.extension().map(|it| it.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("html" | "htm") if !path.is_dir() => Ok(path),
        _ => Err(Hint("the name of a file that ends in .html is expected".to_owned())),
    }
}

/// Reads the code of a finding as it stands in a message, in any case.
pub(super) fn code(text: &str) -> Result<Code, Hint> {
    let inner = text.split_once('[').map_or(text, |(_, inner)| inner);
    let name = inner.trim_end_matches([']', ':']).trim().to_lowercase().replace('_', "-");
    name.parse().map_err(|_| {
        let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        Hint(match manifest::nearest(&name, &names) {
            Some(nearest) => format!("there is no such finding; did you mean {nearest}?"),
            None => "there is no such finding; `recto explain` lists all codes".to_owned(),
        })
    })
}

/// The error with a hint instead of the usual words, if the argument is one that people try.
pub(super) fn with_hint(error: clap::Error, mut command: Command) -> clap::Error {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.to_lowercase()),
        _ => None,
    };
    let (written, what, list) = match error.kind() {
        ErrorKind::UnknownArgument => {
            (text(ContextKind::InvalidArg), "option", OTHER_OPTIONS.as_slice())
        }
        ErrorKind::InvalidSubcommand => {
            (text(ContextKind::InvalidSubcommand), "command", OTHER_COMMANDS.as_slice())
        }
        _ => return error,
    };
    let Some(written) = written else { return error };
    match list.iter().find(|(name, _)| *name == written) {
        Some((_, hint)) => {
            command.error(error.kind(), format!("there is no {what} `{written}`\n\n  tip: {hint}"))
        }
        None => error,
    }
}
