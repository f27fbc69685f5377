//! `fallback: system`: fonts of the machine for what no other font has.

use std::collections::BTreeSet;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use crate::finding::{Code, Finding};
use crate::manifest;
use crate::model::{Book, Fallback, FontFile};
use crate::preflight;
use crate::typeset::{FaceError, Faces};

use super::output;

/// Gives the book the machine's fonts that it needs, each told of with its hash: another
/// machine may have others, and the book would not be the same.
pub(super) fn fall_back(book: &mut Book, faces: Faces) -> Result<(Faces, Vec<Finding>), FaceError> {
    if book.fonts.fallback != Fallback::System {
        return Ok((faces, Vec::new()));
    }
    let mut missing = preflight::missing_characters(book, &faces);
    if missing.is_empty() {
        return Ok((faces, Vec::new()));
    }
    let mut files = Vec::new();
    let mut findings = Vec::new();
    manifest::system_fonts(&folders(), &mut |file| {
        let has = Faces::having(&file, &missing);
        if !has.is_empty() {
            findings.push(used(&file, &has));
            missing.retain(|character| !has.contains(character));
            files.push(file);
        }
        !missing.is_empty()
    });
    book.fonts.fallback = Fallback::Files(files);
    Ok((Faces::load(&book.fonts)?, findings))
}

fn used(file: &FontFile, has: &BTreeSet<char>) -> Finding {
    let first = has.first().copied().unwrap_or_default();
    let count = match has.len() {
        1 => String::new(),
        2 => " and another character".to_owned(),
        more => format!(" and {} more characters", more - 1),
    };
    let hash = output::hexadecimal(&Sha256::digest(&file.bytes));
    let message = format!("“{first}” (U+{:04X}){count} came from {}", u32::from(first), file.name);
    Finding::new(Code::FontSystem, message).help(format!(
        "to have the same book everywhere, name the file under fonts: {{ fallback: […] }}; \
         its SHA-256 is {hash}"
    ))
}

/// Where systems keep their fonts, for all users and for this one.
fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts"]
            .map(PathBuf::from)
            .into();
    let of_user = [
        ("HOME", ".fonts"),
        ("HOME", ".local/share/fonts"),
        ("HOME", "Library/Fonts"),
        ("XDG_DATA_HOME", "fonts"),
        ("WINDIR", "Fonts"),
        ("LOCALAPPDATA", "Microsoft/Windows/Fonts"),
    ];
    folders.extend(
        of_user.into_iter().filter_map(|(variable, folder)| Some(home(variable)?.join(folder))),
    );
    folders.retain(|folder| folder.is_dir());
    folders
}

#[expect(clippy::disallowed_methods, reason = "cli is where the environment is read")]
fn home(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|path| !path.is_empty()).map(PathBuf::from)
}
