//! `fallback: system`: uses fonts of the machine for characters that no other font has.

use std::collections::BTreeSet;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use crate::finding::{Code, Finding};
use crate::manifest;
use crate::model::{Book, Fallback, FontFile, hexadecimal};
use crate::preflight;
use crate::typeset::{FaceError, Faces};

/// Adds the fonts that the book needs from these folders. Each is reported with its hash, since
/// another machine may have other fonts, and the book would not be the same.
pub(super) fn add(
    book: &mut Book,
    faces: Faces,
    folders: &[PathBuf],
) -> Result<(Faces, Vec<Finding>), FaceError> {
    if book.fonts.fallback != Fallback::System {
        return Ok((faces, Vec::new()));
    }
    let mut missing = preflight::missing_characters(book, &faces);
    if missing.is_empty() {
        return Ok((faces, Vec::new()));
    }
    let mut files = Vec::new();
    let mut findings = Vec::new();
    manifest::system_fonts(folders, &mut |file| {
        let supported = Faces::supported_characters(&file, &missing);
        if !supported.is_empty() {
            findings.push(used_finding(&file, &supported));
            missing.retain(|character| !supported.contains(character));
            files.push(file);
        }
        !missing.is_empty()
    });
    book.fonts.fallback = Fallback::Files(files);
    Ok((Faces::load(&book.fonts)?, findings))
}

fn used_finding(file: &FontFile, characters: &BTreeSet<char>) -> Finding {
    let first = characters.first().copied().unwrap_or_default();
    let others = match characters.len() {
        1 => String::new(),
        2 => " and another character".to_owned(),
        count => format!(" and {} more characters", count - 1),
    };
    let hash = hexadecimal(&Sha256::digest(&file.bytes));
    let message =
        format!("“{first}” (U+{:04X}){others} is set in the font {}", u32::from(first), file.name);
    Finding::new(Code::FontSystem, message).help(format!(
        "for the same book on every machine, name the file under fonts: {{ fallback: […] }}; \
         its SHA-256 is {hash}"
    ))
}
