//! Writes a folder, whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use super::durability::{Durability, WriteOptions};
use super::file::WrittenFile;
use super::sums;
use crate::model::{SUMS, hexadecimal};
use crate::offline::{self, OfflineFiles};
use crate::picture;

/// Why a folder was not written.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The folder that is there holds files that no build wrote, by their names in it.
    #[error("it holds files that recto did not write: {}", .0.join(", "))]
    OtherFiles(Vec<String>),
    /// There is a file in its place.
    #[error("there is a file of this name")]
    NoFolder,
    /// A file cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Files that systems put into folders by themselves.
const OF_THE_SYSTEM: [&str; 4] = [".DS_Store", "Thumbs.db", "desktop.ini", ".directory"];

/// Writes the folder `parent/name` as a temporary one, which takes the place of an earlier one when
/// it is complete.
///
/// An earlier folder is replaced only if its checksums list all of its files, and these have names
/// that an edition writes: anything else is not ours to remove.
pub(in crate::build) fn write<E: From<FolderError>>(
    parent: &Path,
    name: &str,
    options: WriteOptions<'_>,
    fill: impl FnOnce(&mut FolderFiles<'_>) -> Result<(), E>,
) -> Result<WrittenFile, E> {
    let WriteOptions { running, durability } = options;
    let path = parent.join(name);
    check_earlier(&path)?;
    let create = || TemporaryFolder::new(parent, name);
    let (temporary, guard) =
        running.create(create, |it| it.folder.path()).map_err(FolderError::Io)?;
    let new_folder = temporary.new_folder();
    let mut files = FolderFiles { folder: &new_folder, durability, size: 0 };
    fill(&mut files)?;
    let size = files.size;
    let sum = sum_of_list(&new_folder.join(SUMS)).map_err(FolderError::Io)?;
    for folder in sums::folders_below(&new_folder) {
        durability.sync_folder(&folder);
    }
    running.commit(guard, &path, || temporary.persist(&path)).map_err(FolderError::Io)?;
    durability.sync_folder(parent);
    Ok(WrittenFile { size, sha256: sum })
}

/// Creates a folder, with those around it, unless it is there.
pub(in crate::build) fn create(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// The file in a temporary folder that its build holds a lock on.
const LOCK: &str = "lock";
/// The earlier folder, while the new one takes its place.
const EARLIER: &str = "earlier";
/// The earlier folder, when the new one has taken its place.
const REPLACED: &str = "replaced";
/// How often a folder is created again that another process has just removed.
const ATTEMPTS: usize = 8;

/// A folder that holds the new one until it is complete, and then the earlier one.
struct TemporaryFolder {
    folder: TempDir,
    _lock: File,
}

impl TemporaryFolder {
    fn new(parent: &Path, name: &str) -> io::Result<Self> {
        create(parent)?;
        let prefix = format!(".{name}.");
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(".part");
        let mut attempts = 1..=ATTEMPTS;
        loop {
            let folder = builder.tempdir_in(parent)?;
            match File::create_new(folder.path().join(LOCK)) {
                // Another process took it for abandoned before it was locked.
                Err(_) if attempts.next().is_some() && !folder.path().exists() => {}
                Err(error) => return Err(error),
                Ok(lock) => {
                    // Without locks, nothing is removed either.
                    let _ = lock.try_lock();
                    let temporary = Self { folder, _lock: lock };
                    create(&temporary.new_folder())?;
                    return Ok(temporary);
                }
            }
        }
    }

    fn new_folder(&self) -> PathBuf {
        self.folder.path().join("new")
    }

    /// Puts the new folder in the place of the earlier one.
    fn persist(mut self, path: &Path) -> io::Result<()> {
        let earlier = self.folder.path().join(EARLIER);
        let has_earlier = path.exists();
        if has_earlier {
            fs::rename(path, &earlier)?;
        }
        let renamed = fs::rename(self.new_folder(), path);
        if renamed.is_err() && has_earlier && fs::rename(&earlier, path).is_err() {
            // It can be neither replaced nor put back, but it is not lost.
            self.folder.disable_cleanup(true);
        }
        if renamed.is_ok() && has_earlier {
            // Half removed, it must not be put back.
            let _ = fs::rename(&earlier, self.folder.path().join(REPLACED));
        }
        renamed
    }
}

/// Removes the temporary folders that killed builds left for folders of these names. A running
/// build holds a lock.
pub(super) fn remove_abandoned(parent: &Path, is_ours: impl Fn(&str) -> bool) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten().filter(|it| it.file_type().is_ok_and(|kind| kind.is_dir())) {
        let (path, file_name) = (entry.path(), entry.file_name());
        let Some(name) = picture::temporary_name(&file_name).filter(|name| is_ours(name)) else {
            continue;
        };
        let (lock, earlier, target) = (path.join(LOCK), path.join(EARLIER), parent.join(name));
        if lock.is_file() {
            let lock = File::options().write(true).open(lock);
            if !lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
                continue;
            }
        } else if fs::read_dir(&path).is_ok_and(|mut files| files.next().is_none()) {
            // A running build may have just created it; it creates another one.
            let _ = fs::remove_dir(path);
            continue;
        }
        // The build ended after it had moved the earlier edition away.
        if earlier.exists() && !target.exists() && fs::rename(&earlier, &target).is_err() {
            continue;
        }
        // A folder that cannot be removed does no harm.
        let _ = fs::remove_dir_all(path);
    }
}

#[expect(clippy::disallowed_methods, reason = "recto has just written the list")]
fn sum_of_list(list: &Path) -> io::Result<String> {
    Ok(hexadecimal(&Sha256::digest(fs::read(list)?)))
}

/// Checks that everything in an earlier folder is ours to remove.
fn check_earlier(path: &Path) -> Result<(), FolderError> {
    if path.symlink_metadata().is_ok_and(|it| !it.is_dir()) {
        return Err(FolderError::NoFolder);
    }
    let listed = sums::read(path);
    let is_known = |name: &String| {
        let last = name.rsplit('/').next().unwrap_or(name);
        name == SUMS
            || (listed.contains_key(name) && offline::may_write(name))
            || OF_THE_SYSTEM.contains(&last)
            // What macOS writes beside each file on a stick.
            || last.starts_with("._")
    };
    let others: Vec<_> = sums::names_below(path).into_iter().filter(|it| !is_known(it)).collect();
    if others.is_empty() { Ok(()) } else { Err(FolderError::OtherFiles(others)) }
}

/// The files of a folder that is being written.
#[derive(Debug)]
pub(in crate::build) struct FolderFiles<'a> {
    folder: &'a Path,
    durability: Durability,
    size: u64,
}

impl FolderFiles<'_> {
    fn create(&self, name: &str) -> io::Result<BufWriter<File>> {
        let path = self.folder.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(BufWriter::new(File::create_new(path)?))
    }

    fn close(&self, file: BufWriter<File>) -> io::Result<()> {
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        self.durability.sync_file(&file)
    }
}

impl OfflineFiles for FolderFiles<'_> {
    fn text(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.compressed(name, bytes)
    }

    fn compressed(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.size += bytes.len() as u64;
        let mut file = self.create(name)?;
        file.write_all(bytes)?;
        self.close(file)
    }

    fn copy(&mut self, name: &str, from: &mut dyn Read) -> io::Result<()> {
        let mut file = self.create(name)?;
        self.size += io::copy(from, &mut file)?;
        self.close(file)
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests look at the files")]
mod tests {
    use super::*;
    use crate::build::running::RunningBuild;

    fn write<E: From<FolderError>>(
        parent: &Path,
        name: &str,
        fill: impl FnOnce(&mut FolderFiles<'_>) -> Result<(), E>,
    ) -> Result<WrittenFile, E> {
        let running = RunningBuild::default();
        let options = WriteOptions { running: &running, durability: Durability::Synced };
        super::write(parent, name, options, fill)
    }

    fn remove_abandoned(parent: &Path) {
        super::remove_abandoned(parent, |name| name == "book-offline");
    }

    fn write_one(parent: &Path, text: &str) -> Result<WrittenFile, FolderError> {
        write(parent, "book-offline", |files| {
            files.text("index.html", text.as_bytes())?;
            files.text("book/book.css", b"p {}")?;
            let line = |name: &str| format!("{}  {name}\n", "0".repeat(64));
            let sums = [line("book/book.css"), line("index.html")].concat();
            Ok(files.text(SUMS, sums.as_bytes())?)
        })
    }

    #[test]
    fn a_folder_takes_the_place_of_an_earlier_one() {
        let parent = tempfile::tempdir().expect("a folder");
        write_one(parent.path(), "old").expect("a folder");
        let written = write_one(parent.path(), "newer").expect("a folder");
        let index = parent.path().join("book-offline/index.html");
        assert_eq!(fs::read_to_string(index).expect("a file"), "newer");
        assert_eq!(written.size, 5 + 4 + 2 * 66 + 10 + 13 + 2);
        assert_eq!(fs::read_dir(parent.path()).expect("the folder").count(), 1);
    }

    #[test]
    fn a_folder_with_a_file_of_somebody_else_stays_as_it_is() {
        let parent = tempfile::tempdir().expect("a folder");
        write_one(parent.path(), "old").expect("a folder");
        let notes = parent.path().join("book-offline/book/notes.txt");
        fs::write(&notes, "mine").expect("a file");
        let error = write_one(parent.path(), "new").expect_err("an error");
        assert!(matches!(error, FolderError::OtherFiles(names) if names == ["book/notes.txt"]));
        let index = parent.path().join("book-offline/index.html");
        assert_eq!(fs::read_to_string(index).expect("a file"), "old");
        fs::remove_file(notes).expect("no file");
        // A list that was written again does not make it ours.
        let letter = parent.path().join("book-offline/letter.txt");
        fs::write(&letter, "mine").expect("a file");
        let list = parent.path().join("book-offline").join(SUMS);
        let listed = fs::read_to_string(&list).expect("a list");
        fs::write(&list, format!("{listed}{}  letter.txt\n", "0".repeat(64))).expect("a list");
        assert!(write_one(parent.path(), "new").is_err() && letter.exists());
        fs::remove_file(letter).expect("no file");
        fs::write(parent.path().join("book-offline/.DS_Store"), "").expect("a file");
        write_one(parent.path(), "new").expect("a folder");
    }

    #[test]
    fn a_killed_build_leaves_its_earlier_folder_and_no_temporary_one() {
        let parent = tempfile::tempdir().expect("a folder");
        let left = parent.path().join(".book-offline.Xy12ab.part");
        fs::create_dir_all(left.join("new/book")).expect("a folder");
        fs::write(left.join(LOCK), "").expect("a file");
        fs::create_dir_all(left.join(EARLIER)).expect("a folder");
        fs::write(left.join(EARLIER).join("index.html"), "earlier").expect("a file");
        remove_abandoned(parent.path());
        let index = parent.path().join("book-offline/index.html");
        assert_eq!(fs::read_to_string(&index).expect("a file"), "earlier");
        fs::remove_dir_all(parent.path().join("book-offline")).expect("no folder");
        fs::create_dir_all(left.join("new/book")).expect("a folder");
        fs::write(left.join(LOCK), "").expect("a file");
        let empty = parent.path().join(".book-offline.Xy12ac.part");
        fs::create_dir(&empty).expect("a folder");
        let running = TemporaryFolder::new(parent.path(), "book-offline").expect("a folder");
        remove_abandoned(parent.path());
        assert!(!left.exists() && !empty.exists() && running.new_folder().exists());
    }

    #[test]
    fn a_folder_that_fails_leaves_nothing() {
        let parent = tempfile::tempdir().expect("a folder");
        let failed = write(parent.path(), "book", |files| {
            files.text("index.html", b"half")?;
            Err(FolderError::Io(io::Error::other("the disk is full")))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_dir(parent.path()).expect("the folder").count(), 0);
    }
}
