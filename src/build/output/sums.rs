//! `SHA256SUMS`: the checksums of the files in a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::durability::WriteOptions;
use super::file;
use crate::model::{OfflineForm, SUMS, checksum_list};

/// Adds the checksums of an edition that was just written, or replaces those of an earlier one.
pub(in crate::build) fn add(
    folder: &Path,
    name: &str,
    sum: &str,
    options: WriteOptions<'_>,
) -> io::Result<()> {
    let mut sums = read(folder);
    let inside = format!("{name}/");
    sums.retain(|listed, _| !listed.starts_with(&inside));
    sums.append(&mut of_edition(folder, name, sum));
    write(folder, &sums, options)
}

/// Writes the checksums of these files, by name, and no others. If the list cannot be written, an
/// earlier one that lists others is removed: no list is better than a wrong one.
///
/// # Errors
/// The list cannot be written, or somebody else wrote the one that is there.
pub(in crate::build) fn write(
    folder: &Path,
    sums: &BTreeMap<String, String>,
    options: WriteOptions<'_>,
) -> io::Result<()> {
    let list = checksum_list(sums);
    let path = folder.join(SUMS);
    let earlier = earlier_list(&path);
    if list == earlier {
        return Ok(());
    }
    if !earlier.lines().all(is_ours) {
        let message = "it is not a list that recto wrote";
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
    }
    if list.is_empty() {
        return fs::remove_file(path);
    }
    let written = file::write(folder, SUMS, options, |out| out.write_all(list.as_bytes()));
    if written.is_err() && !earlier.lines().all(|line| list.lines().any(|it| it == line)) {
        // If it cannot be removed either, the error says that it is wrong.
        let _ = fs::remove_file(path);
    }
    written.map(|_| ())
}

/// Whether a line may be one of recto's: about a file in the same folder, or in that of an offline
/// edition.
fn is_ours(line: &str) -> bool {
    sum_line(line).is_some_and(|(name, _)| {
        name.split_once('/').is_none_or(|(folder, _)| OfflineForm::Folder.is_name(folder))
    })
}

/// The ends of the names of editions that are one file.
pub(in crate::build) const BOOKS: [&str; 4] = [".epub", ".pdf", ".zip", ".html"];

/// The checksums of an earlier build, by name.
pub(in crate::build) fn read(folder: &Path) -> BTreeMap<String, String> {
    let list = earlier_list(&folder.join(SUMS));
    let lines = list.lines().filter_map(sum_line);
    lines.map(|(name, sum)| (name.to_owned(), sum.to_owned())).collect()
}

/// The names of the files in a folder, and of folders that can be offline editions.
pub(in crate::build) fn names_in(folder: &Path) -> BTreeSet<String> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeSet::new() };
    let mut names = BTreeSet::new();
    for entry in entries.flatten() {
        let (Ok(kind), Ok(name)) = (entry.file_type(), entry.file_name().into_string()) else {
            continue;
        };
        if kind.is_file() || (kind.is_dir() && OfflineForm::Folder.is_name(&name)) {
            names.insert(name);
        }
    }
    names
}

/// The checksums of an edition: of its file, or of all files in its folder, by their names seen
/// from the folder around it. `sum` is that of the file, or of the list of checksums in its folder.
pub(in crate::build) fn of_edition(
    folder: &Path,
    name: &str,
    sum: &str,
) -> BTreeMap<String, String> {
    let path = folder.join(name);
    if !path.is_dir() {
        return BTreeMap::from([(name.to_owned(), sum.to_owned())]);
    }
    let below = |file: String| format!("{name}/{file}");
    let files = read(&path).into_iter().map(|(file, sum)| (below(file), sum));
    files.chain([(below(SUMS.to_owned()), sum.to_owned())]).collect()
}

/// The sizes in bytes of the files of an edition, by their names seen from the folder around it.
pub(in crate::build) fn sizes(folder: &Path, name: &str) -> BTreeMap<String, u64> {
    let path = folder.join(name);
    let names = if path.is_dir() {
        names_below(&path).into_iter().map(|file| format!("{name}/{file}")).collect()
    } else {
        vec![name.to_owned()]
    };
    let size = |name: String| Some((folder.join(&name).metadata().ok()?.len(), name));
    names.into_iter().filter_map(size).map(|(size, name)| (name, size)).collect()
}

/// The names of all files in a folder and below it, with `/` between folders, in order.
pub(in crate::build) fn names_below(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return names };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().is_ok_and(|it| it.is_dir()) {
            let below = names_below(&entry.path());
            names.extend(below.into_iter().map(|file| format!("{name}/{file}")));
        } else {
            names.push(name);
        }
    }
    names.sort();
    names
}

/// The maximum size of a list in bytes; a larger one is not recto's.
const MAX_LIST: u64 = 64 << 20;

/// A list that cannot be read is replaced.
#[expect(clippy::disallowed_methods, reason = "recto wrote the list itself")]
fn earlier_list(path: &Path) -> String {
    // Opening a pipe would wait for somebody who writes to it.
    if !path.metadata().is_ok_and(|it| it.is_file() && it.len() <= MAX_LIST) {
        return String::new();
    }
    fs::read_to_string(path).unwrap_or_default()
}

/// A folder and all folders below it, the lowest ones first.
pub(super) fn folders_below(folder: &Path) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            folders.append(&mut folders_below(&entry.path()));
        }
    }
    folders.push(folder.to_owned());
    folders
}

/// The name and the checksum of a line as `sha256sum` writes it, if the name is that of a file
/// in the same folder or below it.
fn sum_line(line: &str) -> Option<(&str, &str)> {
    let (sum, name) = line.split_once("  ")?;
    let is_sum = sum.len() == 64 && sum.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_in_folder = !name.contains('\\')
        && name.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
    (is_sum && is_in_folder).then_some((name, sum))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests look at the files")]
mod tests {
    use super::super::durability::Durability;
    use super::*;
    use crate::build::running::RunningBuild;

    fn add(folder: &Path, name: &str, sum: &str) -> io::Result<()> {
        let running = RunningBuild::default();
        let options = WriteOptions { running: &running, durability: Durability::Unsynced };
        super::add(folder, name, sum, options)
    }

    fn write(folder: &Path, sums: &BTreeMap<String, String>) -> io::Result<()> {
        let running = RunningBuild::default();
        let options = WriteOptions { running: &running, durability: Durability::Unsynced };
        super::write(folder, sums, options)
    }

    #[test]
    fn a_new_sum_replaces_that_of_the_same_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let (old, new) = ("0".repeat(64), "1".repeat(64));
        let list = folder.path().join(SUMS);
        fs::write(&list, format!("{old}  a.epub\n{old}  b.epub\n")).expect("a list");
        add(folder.path(), "b.epub", &new).expect("a list");
        let read = || fs::read_to_string(&list).expect("a list");
        assert_eq!(read(), format!("{old}  a.epub\n{new}  b.epub\n"));
        write(folder.path(), &BTreeMap::from([("b.epub".to_owned(), new.clone())]))
            .expect("a list");
        assert_eq!(read(), format!("{new}  b.epub\n"));
    }

    #[test]
    fn a_list_that_somebody_else_wrote_stays_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let list = folder.path().join(SUMS);
        let sum = "0".repeat(64);
        for other in ["a/b.pdf", "../c.epub", "a.epub\nnonsense"] {
            let text = format!("{sum}  {other}\n");
            fs::write(&list, &text).expect("a list");
            assert!(add(folder.path(), "a.epub", &sum).is_err(), "{other}");
            assert!(write(folder.path(), &BTreeMap::new()).is_err(), "{other}");
            assert_eq!(fs::read_to_string(&list).expect("a list"), text);
        }
    }

    #[test]
    fn a_list_of_no_files_is_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        add(folder.path(), "a.epub", &"0".repeat(64)).expect("a list");
        write(folder.path(), &BTreeMap::new()).expect("no list");
        assert!(!folder.path().join(SUMS).exists());
    }
}
