//! Reads the files that a manifest names, and finds similar names for missing files.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::finding::{Code, Finding};
use crate::manifest::syntax::de::control_character;
use crate::manifest::syntax::source::{SourceFile, SourceSpan, span_at};
use crate::picture::file_names::equivalent_name;
use crate::picture::{self, Confinement, Content};

/// The maximum size of a manifest.
pub(crate) const MAX_MANIFEST: u64 = 16 << 20;
/// The maximum size of a Markdown text or a design: an 800-page novel has a megabyte.
pub(crate) const MAX_TEXT: u64 = 2 << 20;
/// The maximum size of a font or profile.
const MAX_BYTES: u64 = 128 << 20;
/// The number of bytes at the start of a file that tell its format.
const HEAD: usize = 1024;
/// The maximum number of entries of a folder that are compared for a suggestion.
const MAX_ENTRIES: usize = 5_000;

/// Why a file could not be read.
#[derive(Debug)]
pub(crate) enum FileError {
    /// It does not exist.
    Missing,
    /// It is a folder or another thing that is not a file.
    NotAFile,
    /// It is outside the folder that files must be in.
    Outside,
    /// It is larger than this number of bytes.
    TooLarge(u64),
    /// The system reported an error.
    Io(io::Error),
}

impl FileError {
    /// The error, as the end of a sentence that starts with the file name.
    pub(crate) fn description(&self) -> String {
        match self {
            Self::Missing => "does not exist".to_owned(),
            Self::NotAFile => "is not a file".to_owned(),
            Self::Outside => "is outside the folder of the manifest".to_owned(),
            Self::TooLarge(limit) => format!("is larger than {} MB", limit >> 20),
            Self::Io(error) => format!("cannot be read: {error}"),
        }
    }
}

/// The finding that a file, folder or pattern of this name is outside the folder of the manifest.
pub(crate) fn outside(name: &str) -> Finding {
    let message = format!("{name} {}", FileError::Outside.description());
    Finding::new(Code::OutsideFolder, message)
        .help("copy what it names into that folder; --confined reads nothing else")
}

/// Checks that there is a file at this path.
pub(crate) fn check_is_file(path: &Path, confinement: &Confinement) -> Result<(), FileError> {
    if !confinement.allows(path) {
        return Err(FileError::Outside);
    }
    match path.metadata() {
        Ok(metadata) if metadata.is_file() => Ok(()),
        Ok(_) => Err(FileError::NotAFile),
        Err(error) => Err(match error.kind() {
            io::ErrorKind::NotFound
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::InvalidFilename
            | io::ErrorKind::InvalidInput => FileError::Missing,
            _ => FileError::Io(error),
        }),
    }
}

/// Whether a file has no bytes. Such files of the system, as in `/proc`, may have some, but reading
/// them may wait for ever.
fn is_empty(path: &Path) -> bool {
    path.metadata().is_ok_and(|it| it.len() == 0)
}

/// Whether there is a file at this path, wherever it is.
fn is_file(path: &Path) -> bool {
    check_is_file(path, &Confinement::default()).is_ok()
}

/// Reads a file.
pub(crate) fn bytes(path: &Path, confinement: &Confinement) -> Result<Vec<u8>, FileError> {
    limited_bytes(path, MAX_BYTES, confinement)
}

/// Reads a file of at most this size.
#[expect(clippy::disallowed_methods, reason = "only this file of the manifest reads files")]
pub(crate) fn limited_bytes(
    path: &Path,
    limit: u64,
    confinement: &Confinement,
) -> Result<Vec<u8>, FileError> {
    check_is_file(path, confinement)?;
    if is_empty(path) {
        return Ok(Vec::new());
    }
    let file = File::open(path).map_err(FileError::Io)?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(FileError::Io)?;
    if bytes.len() as u64 > limit { Err(FileError::TooLarge(limit)) } else { Ok(bytes) }
}

/// The first bytes of a file, enough to know its format. `None` if it cannot be read.
pub(crate) fn head(path: &Path, confinement: &Confinement) -> Option<Vec<u8>> {
    check_is_file(path, confinement).ok()?;
    if is_empty(path) {
        return Some(Vec::new());
    }
    #[expect(clippy::disallowed_methods, reason = "only this file of the manifest reads files")]
    let file = File::open(path).ok()?;
    let mut bytes = Vec::new();
    file.take(HEAD as u64).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Reads a text file of at most this size, with a finding if it has an invalid character.
pub(crate) fn text(
    path: &Path,
    limit: u64,
    confinement: &Confinement,
) -> Result<(SourceFile, Option<Finding>), FileError> {
    let bytes = limited_bytes(path, limit, confinement)?;
    let file = path.to_path_buf();
    if let Some((message, help)) = not_utf_8(&bytes) {
        let source = SourceFile { file, text: String::new() };
        let finding =
            Finding::new(Code::TextEncoding, message).at(source.at(SourceSpan::START)).help(help);
        return Ok((source, Some(finding)));
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            let text = text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text);
            let source = SourceFile { file, text };
            let finding = control_character(&source.text).map(|character| {
                let offset = source.text.find(character).unwrap_or(0);
                let message = format!(
                    "the text contains the control character U+{:04X}",
                    u32::from(character)
                );
                Finding::new(Code::TextControlCharacter, message)
                    .at(source.at(source.span_at(offset)))
                    .help("remove it")
            });
            Ok((source, finding))
        }
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let valid = String::from_utf8_lossy(&bytes[..offset]);
            let span = span_at(&valid, offset);
            let source = SourceFile { file, text: String::from_utf8_lossy(&bytes).into_owned() };
            let finding = Finding::new(Code::TextEncoding, "this character is not valid UTF-8")
                .at(source.at(span))
                .help("save the file as UTF-8");
            Ok((source, Some(finding)))
        }
    }
}

/// What a file is that is certainly no text in UTF-8, and what to do about it.
fn not_utf_8(bytes: &[u8]) -> Option<(String, &'static str)> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let is_utf_16 = bytes.starts_with(&[0xFF, 0xFE])
        || bytes.starts_with(&[0xFE, 0xFF])
        || is_utf_16_without_mark(head);
    if is_utf_16 {
        return Some(("this file is UTF-16".to_owned(), "save it as UTF-8"));
    }
    // The last character of the head may be incomplete.
    let is_utf_8 = std::str::from_utf8(head).err().is_none_or(|error| error.error_len().is_none());
    if is_utf_8 && !head.contains(&0) {
        return None;
    }
    match picture::content(head) {
        Content::Photo => Some((
            "this file is a picture, not a text".to_owned(),
            "a manifest is a text such as book.yaml; it names pictures with `photo:`",
        )),
        Content::Picture(format) | Content::Raw(format) => Some((
            format!("this file is {format}, not a text"),
            "a manifest is a text such as book.yaml; it names pictures with `photo:`",
        )),
        Content::Other(format) if !format.contains("unknown") => Some((
            format!("this file is {format}, not a text"),
            "save its text as a Markdown file in UTF-8",
        )),
        Content::Other(_) => None,
    }
}

/// Whether a file that begins with these bytes is UTF-16 without a byte order mark: every other
/// byte of text in most languages is zero.
fn is_utf_16_without_mark(head: &[u8]) -> bool {
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let [even, odd] = [zeros(0), zeros(1)];
    let pairs = head.len() / 2;
    pairs > 1 && (even == 0) != (odd == 0) && (even + odd) * 2 > pairs
}

/// The path of a file that the manifest names with `/`, relative to itself.
pub(crate) fn path(base: &Path, name: &str) -> PathBuf {
    base.join(&*name_on_disk(base, name))
}

/// The name under which a file is on the disk. If there is no file of exactly this name, it is
/// one that is canonically equivalent (UAX #15): macOS and some archives decompose `é` into a
/// letter and an accent. If there is none either, it is the name as it is.
pub(crate) fn name_on_disk<'a>(base: &Path, name: &'a str) -> Cow<'a, str> {
    let is_there = |name: &str| base.join(name).symlink_metadata().is_ok();
    if name.is_ascii() || is_there(name) {
        return Cow::Borrowed(name);
    }
    let mut on_disk = String::with_capacity(name.len() + 8);
    for part in name.split('/') {
        let start = on_disk.len();
        on_disk.push_str(part);
        if !part.is_ascii() && !is_there(&on_disk) {
            on_disk.truncate(start);
            match equivalent_name(&base.join(&on_disk), part) {
                Some(equivalent) => on_disk.push_str(&equivalent),
                None => return Cow::Borrowed(name),
            }
        }
        on_disk.push('/');
    }
    on_disk.pop();
    Cow::Owned(on_disk)
}

/// What is known about a missing file: that it is a link, or the name of a similar file.
pub(crate) fn missing_help(base: &Path, name: &str) -> Option<String> {
    if path(base, name).is_symlink() {
        return Some(format!("{name} is a link to a file that does not exist"));
    }
    if let Some(help) = foreign_path_help(base, name) {
        return Some(help);
    }
    if let Some(similar) = similar_file(base, name) {
        return Some(format!("{similar} is there"));
    }
    let (folder, file_name) = name.rsplit_once('/').unwrap_or(("", name));
    let folder = path(base, folder);
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
    let names = folder.read_dir().ok()?.take(MAX_ENTRIES).filter_map(|entry| {
        let name = entry.ok()?.file_name();
        name.to_str().is_none().then(|| (name.to_string_lossy().into_owned(), escaped(&name)))
    });
    let (lossy, escaped): (Vec<_>, Vec<_>) = names.unzip();
    let similar = similar_name(file_name, &lossy)?;
    let similar = escaped.get(lossy.iter().position(|name| *name == similar)?)?;
    Some(format!("{similar} is there, but its name is not valid Unicode; rename it"))
}

/// What to write instead of a path that only a shell, a browser or Windows understands. If the file
/// itself is in or below the folder of the manifest, its path from there.
fn foreign_path_help(base: &Path, name: &str) -> Option<String> {
    let what = foreign_path(name)?;
    let below = suffixes(name).find(|below| is_file(&path(base, below)));
    Some(match below {
        Some(below) => format!("{what}; write {below}"),
        None => format!("{what}; copy the file next to the manifest and write its name"),
    })
}

/// The ends of a path, from the whole path to the file name, with `/` between folders.
pub(crate) fn suffixes(name: &str) -> impl Iterator<Item = String> {
    let slashed = name.replace('\\', "/");
    let parts: Vec<String> =
        slashed.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    (0..parts.len()).map(move |from| parts[from..].join("/"))
}

/// Why a path that only a shell, a browser or Windows understands is not one of a manifest.
pub(crate) fn foreign_path(name: &str) -> Option<&'static str> {
    let slashed = name.replace('\\', "/");
    let has_drive = slashed.as_bytes().get(1) == Some(&b':')
        && slashed.starts_with(|c: char| c.is_ascii_alphabetic());
    if name.starts_with("file://") {
        Some("a file: address is not a path")
    } else if name.contains("://") {
        Some("a web address is not a path")
    } else if name.starts_with('~') {
        Some("~ is not expanded")
    } else if name.starts_with('$') || name.starts_with('%') {
        Some("variables are not expanded")
    } else if has_drive || name.starts_with("\\\\") {
        Some("this path exists on one Windows computer only")
    } else {
        None
    }
}

/// A name, with the bytes that are not Unicode in hexadecimal.
pub(crate) fn escaped(name: &OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            let _ = write!(text, "\\x{byte:02X}");
        }
    }
    text
}

/// The name of an existing file that is similar to a missing one, relative to the manifest.
pub(crate) fn similar_file(base: &Path, name: &str) -> Option<String> {
    if name.contains('\\') {
        let slashed = name.replace('\\', "/");
        if is_file(&path(base, &slashed)) {
            return Some(slashed);
        }
    }
    let (folder, file_name) = name.rsplit_once('/').unwrap_or(("", name));
    let folder_path = path(base, folder);
    if let Some(names) = entries(&folder_path) {
        let similar = similar_name(file_name, &names)?;
        return Some(if folder.is_empty() { similar } else { format!("{folder}/{similar}") });
    }
    // The folder itself may be misspelt.
    let (above, missing) = folder.rsplit_once('/').unwrap_or(("", folder));
    let folders = entries(&path(base, above))?;
    let right = similar_name(missing, &folders)?;
    let right = if above.is_empty() { right } else { format!("{above}/{right}") };
    let whole = format!("{right}/{file_name}");
    if is_file(&path(base, &whole)) {
        return Some(whole);
    }
    let names = entries(&path(base, &right))?;
    similar_name(file_name, &names).map(|similar| format!("{right}/{similar}"))
}

/// The names in a folder, sorted. `None` if there is no such folder.
pub(crate) fn entries(folder: &Path) -> Option<Vec<String>> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut names: Vec<_> = folder
        .read_dir()
        .ok()?
        .take(MAX_ENTRIES)
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort_unstable();
    Some(names)
}

/// The same name in another case, the same stem with another extension, or a name with a similar
/// spelling, in this order.
fn similar_name(missing: &str, names: &[String]) -> Option<String> {
    /// No file system has longer names, and comparing them takes long.
    const MAX: usize = 1024;
    if missing.len() > MAX {
        return None;
    }
    let lower = missing.to_lowercase();
    let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
    let same = names.iter().find(|name| name.to_lowercase() == lower);
    let same_stem = || names.iter().find(|name| stem(name) == stem(missing));
    let similar = || {
        names
            .iter()
            .map(|name| {
                (strsim::normalized_damerau_levenshtein(&lower, &name.to_lowercase()), name)
            })
            .filter(|&(similarity, _)| similarity >= 0.7)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
            .map(|(_, name)| name)
    };
    same.or_else(same_stem).or_else(similar).cloned()
}

#[cfg(test)]
mod tests {
    use super::{foreign_path, suffixes};

    #[test]
    fn paths_of_one_windows_computer_are_recognized() {
        for path in [
            r"C:\Users\Ada\a.jpg",
            "c:/Users/Ada/a.jpg",
            "C:a.jpg",
            r"\\server\share\a.jpg",
            r"\\?\C:\very\long\path\a.jpg",
            r"\\.\PhysicalDrive0",
        ] {
            let expected = Some("this path exists on one Windows computer only");
            assert_eq!(foreign_path(path), expected, "{path}");
        }
        for path in [r"%USERPROFILE%\a.jpg", "%TEMP%/a.jpg"] {
            assert_eq!(foreign_path(path), Some("variables are not expanded"), "{path}");
        }
    }

    #[test]
    fn paths_that_only_look_like_those_of_windows_are_left_alone() {
        for path in ["a.jpg", r"photos\a.jpg", "1:2.jpg", "é:a.jpg", "ab:c.jpg", "", "/", r"\a.jpg"]
        {
            assert_eq!(foreign_path(path), None, "{path}");
        }
    }

    #[test]
    fn a_path_of_windows_ends_in_the_same_names() {
        let ends: Vec<String> = suffixes(r"C:\Photos\a.jpg").collect();
        assert_eq!(ends, ["C:/Photos/a.jpg", "Photos/a.jpg", "a.jpg"]);
        let ends: Vec<String> = suffixes(r"\\server\share\a.jpg").collect();
        assert_eq!(ends, ["server/share/a.jpg", "share/a.jpg", "a.jpg"]);
    }
}
