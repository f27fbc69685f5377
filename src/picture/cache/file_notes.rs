//! Notes about files, each valid as long as its file is unchanged.
//!
//! Each note is a small file, named by a hash of the path that it is about. No locks are needed,
//! and a damaged or lost note only means that its content is determined again.

use std::fs;
use std::io::{self, Write as _};
use std::path::{self, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use super::file_stamp::FileStamp;
use super::folder::{CacheOptions, create_folders, read_file};
use super::temporary::{Readers, remove_abandoned, temporary_file};

/// A folder of notes beside the cached pictures.
#[derive(Debug)]
pub struct FileNotes {
    cache_folder: PathBuf,
    name: &'static str,
    now: Duration,
    written: AtomicBool,
}

/// A note that is used is rewritten after this time, so that unused notes can be recognized by
/// their age.
const REFRESH_AFTER: Duration = Duration::from_hours(24 * 30);
const EXPIRE_AFTER: Duration = Duration::from_hours(24 * 90);
const TEMPORARY_NAME: &str = "note";
/// The maximum size of a note in bytes; a larger file is none.
const MAX_NOTE: u64 = 4096;

impl FileNotes {
    /// The notes of one kind, in a folder of this name.
    pub fn new(options: &CacheOptions, name: &'static str) -> Self {
        let CacheOptions { folder, max_bytes: _, now } = options;
        Self { cache_folder: folder.clone(), name, now: *now, written: AtomicBool::new(false) }
    }

    fn folder(&self) -> PathBuf {
        self.cache_folder.join(self.name)
    }

    /// The path of the note about a file.
    fn entry(&self, file: &Path) -> Option<PathBuf> {
        let file = path::absolute(file).ok()?;
        let name = blake3::hash(file.as_os_str().as_encoded_bytes()).to_hex();
        Some(self.folder().join(name.as_str()))
    }

    /// The note about a file, if the file had the same stamp when the note was written.
    pub fn get(&self, file: &Path, stamp: &FileStamp) -> Option<String> {
        let entry = self.entry(file).filter(|_| stamp.is_reliable())?;
        let line = String::from_utf8(read_file(&entry, MAX_NOTE)?).ok()?;
        let note = line.strip_suffix(&format!(" {stamp}\n"))?;
        if age(&entry, self.now).is_some_and(|age| age > REFRESH_AFTER) {
            // If this fails, the note may expire and is then determined again.
            let _ = self.write(&entry, note, stamp);
        }
        Some(note.to_owned())
    }

    /// Writes a note of one line about a file in this state.
    ///
    /// # Errors
    /// The note cannot be written. Callers may ignore this.
    pub fn set(&self, file: &Path, stamp: &FileStamp, note: &str) -> io::Result<()> {
        let Some(entry) = self.entry(file).filter(|_| stamp.is_reliable()) else { return Ok(()) };
        self.write(&entry, note, stamp)?;
        self.written.store(true, Ordering::Relaxed);
        Ok(())
    }

    fn write(&self, entry: &Path, note: &str, stamp: &FileStamp) -> io::Result<()> {
        let folder = self.folder();
        if !folder.is_dir() {
            create_folders(&self.cache_folder, &folder)?;
        }
        let mut temporary = temporary_file(&folder, TEMPORARY_NAME, Readers::Owner)?;
        writeln!(temporary, "{note} {stamp}")?;
        temporary.as_file().set_modified(UNIX_EPOCH + self.now)?;
        temporary.persist(entry)?;
        Ok(())
    }

    /// Ends a build: removes notes that have not been used for a long time.
    pub fn close(&self) {
        if !self.written.load(Ordering::Relaxed) {
            return;
        }
        remove_abandoned(&self.folder(), |name| name == TEMPORARY_NAME);
        let Ok(files) = fs::read_dir(self.folder()) else { return };
        for file in files.flatten() {
            if age(&file.path(), self.now).is_some_and(|age| age > EXPIRE_AFTER) {
                // Another build may have removed it already.
                let _ = fs::remove_file(file.path());
            }
        }
    }
}

fn age(entry: &Path, now: Duration) -> Option<Duration> {
    let modified = fs::metadata(entry).ok()?.modified().ok()?;
    now.checked_sub(modified.duration_since(UNIX_EPOCH).ok()?)
}
