//! Temporary files that are renamed when they are complete. The process that writes one holds a
//! lock on it, so that those of killed processes can be told apart and removed.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

/// The end of the name of every temporary file.
const SUFFIX: &str = ".part";
/// How often a file is created again that another process has just removed.
const ATTEMPTS: usize = 8;

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Only the user.
    Owner,
    /// Whoever may read any new file of the user.
    Default,
}

/// Creates a file in this folder that is removed unless it is persisted. Its name begins with a dot
/// and `name`.
///
/// # Errors
/// Errors of the system.
pub fn temporary_file(folder: &Path, name: &str, readers: Readers) -> io::Result<NamedTempFile> {
    let prefix = format!(".{name}.");
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(SUFFIX);
    #[cfg(unix)]
    if readers == Readers::Default {
        // The system applies the user's mask.
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = readers;
    for _ in 1..ATTEMPTS {
        let file = builder.tempfile_in(folder)?;
        // Where there are no locks, nothing is removed either.
        if file.as_file().lock().is_err() || file.path().exists() {
            return Ok(file);
        }
        // Another process took it for abandoned before it was locked.
    }
    builder.tempfile_in(folder)
}

/// Removes the temporary files in this folder that killed processes left, if `is_ours` accepts
/// their names without the dot, the random part and the suffix.
pub fn remove_abandoned(folder: &Path, is_ours: impl Fn(&str) -> bool) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if !is_file || !temporary_name(&entry.file_name()).is_some_and(&is_ours) {
            continue;
        }
        let file = File::options().write(true).open(entry.path());
        if file.is_ok_and(|file| file.try_lock().is_ok()) {
            // A file that cannot be removed does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The name that a temporary file or folder was created for: `book.epub` of
/// `.book.epub.Xy12ab.part`.
pub fn temporary_name(file: &OsStr) -> Option<&str> {
    let inner = file.to_str()?.strip_prefix('.')?.strip_suffix(SUFFIX)?;
    let (name, random) = inner.rsplit_once('.')?;
    let is_random = random.len() == 6 && random.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_random.then_some(name)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests look at the files")]
mod tests {
    use super::*;

    #[test]
    fn only_abandoned_files_of_known_names_are_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        for name in [".a.epub.Xy12ab.part", ".b.txt.Xy12ab.part", ".a.epub.part", "a.epub"] {
            fs::write(path(name), "half").expect("a file");
        }
        let running = temporary_file(folder.path(), "a.epub", Readers::Default).expect("a file");
        remove_abandoned(folder.path(), |name| name == "a.epub");
        assert!(!path(".a.epub.Xy12ab.part").exists());
        assert!(running.path().exists());
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 4);
    }
}
