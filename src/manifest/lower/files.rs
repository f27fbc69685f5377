//! The files that a manifest names, and what lies beside those that are not there.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::finding::{Code, Finding};
use crate::manifest::syntax::de::control_character;
use crate::manifest::syntax::source::{Place, Source, place_of};

/// More than any manifest or essay needs.
const MOST_TEXT: u64 = 16 << 20;
/// More than any font or profile has.
const MOST_BYTES: u64 = 128 << 20;
/// As many entries of a folder as are looked at for a hint.
const MOST_ENTRIES: usize = 5_000;

/// Why a file was not read.
#[derive(Debug)]
pub(crate) enum FileFault {
    /// It is not there.
    Missing,
    /// It is a folder, or no file at all.
    NotAFile,
    /// It is larger than anything of its kind.
    TooLarge,
    /// The system says no.
    PictureErrors(io::Error),
}

impl FileFault {
    /// The end of a sentence that begins with the file's name.
    pub(crate) fn says(&self) -> String {
        match self {
            Self::Missing => "is not there".to_owned(),
            Self::NotAFile => "is not a file".to_owned(),
            Self::TooLarge => "is far too large".to_owned(),
            Self::PictureErrors(fault) => format!("cannot be read: {fault}"),
        }
    }
}

/// Whether there is a file that can be read.
pub(crate) fn look(path: &Path) -> Result<(), FileFault> {
    match path.metadata() {
        Ok(about) if about.is_file() => Ok(()),
        Ok(_) => Err(FileFault::NotAFile),
        Err(fault) => Err(match fault.kind() {
            io::ErrorKind::NotFound
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::InvalidFilename
            | io::ErrorKind::InvalidInput => FileFault::Missing,
            _ => FileFault::PictureErrors(fault),
        }),
    }
}

/// A file, whole.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, FileFault> {
    at_most(path, MOST_BYTES)
}

#[expect(clippy::disallowed_methods, reason = "the manifest's room reads files, and here it does")]
fn at_most(path: &Path, limit: u64) -> Result<Vec<u8>, FileFault> {
    look(path)?;
    let file = File::open(path).map_err(FileFault::PictureErrors)?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(FileFault::PictureErrors)?;
    if bytes.len() as u64 > limit { Err(FileFault::TooLarge) } else { Ok(bytes) }
}

/// A text file; in the second place what is wrong with its characters.
pub(crate) fn text(path: &Path) -> Result<(Source, Option<Finding>), FileFault> {
    let bytes = at_most(path, MOST_TEXT)?;
    let file = path.to_path_buf();
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        let source = Source { file, text: String::new() };
        let finding = Finding::new(Code::TextEncoding, "this file is UTF-16")
            .at(source.at(Place::START))
            .help("save it as UTF-8");
        return Ok((source, Some(finding)));
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            let text = text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text);
            let source = Source { file, text };
            let finding = control_character(&source.text).map(|character| {
                let offset = source.text.find(character).unwrap_or(0);
                let message = format!(
                    "here stands the control character U+{:04X}, which cannot be set",
                    u32::from(character)
                );
                Finding::new(Code::TextControlCharacter, message)
                    .at(source.at(source.place_of(offset)))
                    .help("take it out")
            });
            Ok((source, finding))
        }
        Err(fault) => {
            let offset = fault.utf8_error().valid_up_to();
            let bytes = fault.into_bytes();
            let valid = String::from_utf8_lossy(&bytes[..offset]);
            let place = place_of(&valid, offset);
            let source = Source { file, text: String::from_utf8_lossy(&bytes).into_owned() };
            let finding = Finding::new(Code::TextEncoding, "this character is not UTF-8")
                .at(source.at(place))
                .help("save the file as UTF-8");
            Ok((source, Some(finding)))
        }
    }
}

/// The path of a file that the manifest names with `/`, relative to itself.
pub(crate) fn path(base: &Path, name: &str) -> PathBuf {
    base.join(name)
}

/// A file near to one that is missing, named as the manifest would name it.
pub(crate) fn near(base: &Path, name: &str) -> Option<String> {
    if name.contains('\\') {
        let slashed = name.replace('\\', "/");
        if look(&path(base, &slashed)).is_ok() {
            return Some(slashed);
        }
    }
    let (folder, leaf) = name.rsplit_once('/').unwrap_or(("", name));
    let folder_path = path(base, folder);
    if let Some(names) = entries(&folder_path) {
        let near = near_word(leaf, &names)?;
        return Some(if folder.is_empty() { near } else { format!("{folder}/{near}") });
    }
    // The folder itself may be the one that is misspelt.
    let (above, missing) = folder.rsplit_once('/').unwrap_or(("", folder));
    let folders = entries(&path(base, above))?;
    let right = near_word(missing, &folders)?;
    let right = if above.is_empty() { right } else { format!("{above}/{right}") };
    let whole = format!("{right}/{leaf}");
    if look(&path(base, &whole)).is_ok() {
        return Some(whole);
    }
    let names = entries(&path(base, &right))?;
    near_word(leaf, &names).map(|near| format!("{right}/{near}"))
}

/// The names in a folder, sorted; `None` when there is no such folder.
pub(crate) fn entries(folder: &Path) -> Option<Vec<String>> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut names: Vec<_> = folder
        .read_dir()
        .ok()?
        .take(MOST_ENTRIES)
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort_unstable();
    Some(names)
}

/// The same name in other letters, the same stem with another extension, or one that
/// is spelt much alike, in this order.
fn near_word(missing: &str, names: &[String]) -> Option<String> {
    let lower = missing.to_lowercase();
    let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
    let same = names.iter().find(|name| name.to_lowercase() == lower);
    let kin = || names.iter().find(|name| stem(name) == stem(missing));
    let alike = || {
        names
            .iter()
            .map(|name| {
                (strsim::normalized_damerau_levenshtein(&lower, &name.to_lowercase()), name)
            })
            .filter(|&(likeness, _)| likeness >= 0.7)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
            .map(|(_, name)| name)
    };
    same.or_else(kin).or_else(alike).cloned()
}
