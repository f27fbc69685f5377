//! Notes on files, each good for as long as its file stays as it was.
//!
//! There is a small file for each note, named for the path of what it is about; nobody
//! needs a lock, and one that is damaged or lost costs no more than finding out again.

use std::fs;
use std::io::{self, Write as _};
use std::path::{self, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use super::folder::{CacheOptions, UNFINISHED, create_folders};
use super::stamp::FileStamp;

/// A folder of notes, beside the pictures on their shelf.
#[derive(Debug)]
pub struct FileNotes {
    shelf: PathBuf,
    name: &'static str,
    now: Duration,
    written: AtomicBool,
}

/// A note is written again from time to time, so that what is old is not used any more.
const FRESH: Duration = Duration::from_hours(24 * 30);
const OLD: Duration = Duration::from_hours(24 * 90);

impl FileNotes {
    /// The notes of one kind.
    pub fn new(shelf: &CacheOptions, name: &'static str) -> Self {
        let CacheOptions { folder, most: _, now } = shelf;
        Self { shelf: folder.clone(), name, now: *now, written: AtomicBool::new(false) }
    }

    fn folder(&self) -> PathBuf {
        self.shelf.join(self.name)
    }

    /// Where the note on a file is.
    fn entry(&self, file: &Path) -> Option<PathBuf> {
        let file = path::absolute(file).ok()?;
        let name = blake3::hash(file.as_os_str().as_encoded_bytes()).to_hex();
        Some(self.folder().join(name.as_str()))
    }

    /// What was noted of a file, if its stamp was the same then.
    pub fn find(&self, file: &Path, stamp: &FileStamp) -> Option<String> {
        let entry = self.entry(file).filter(|_| stamp.is_telling())?;
        let line = fs::read_to_string(&entry).ok()?;
        let note = line.strip_suffix(&format!(" {stamp}\n"))?;
        if age(&entry, self.now).is_some_and(|age| age > FRESH) {
            // One that stays as old as it is costs finding out again, some day.
            let _ = self.write(&entry, note, stamp);
        }
        Some(note.to_owned())
    }

    /// Notes one line on a file in this state.
    ///
    /// # Errors
    /// The note cannot be written, which does no harm.
    pub fn keep(&self, file: &Path, stamp: &FileStamp, note: &str) -> io::Result<()> {
        let Some(entry) = self.entry(file).filter(|_| stamp.is_telling()) else { return Ok(()) };
        self.write(&entry, note, stamp)?;
        self.written.store(true, Ordering::Relaxed);
        Ok(())
    }

    fn write(&self, entry: &Path, note: &str, stamp: &FileStamp) -> io::Result<()> {
        let folder = self.folder();
        if !folder.is_dir() {
            create_folders(&self.shelf, &folder)?;
        }
        let mut draft =
            tempfile::Builder::new().prefix(".").suffix(UNFINISHED).tempfile_in(&folder)?;
        writeln!(draft, "{note} {stamp}")?;
        draft.as_file().set_modified(UNIX_EPOCH + self.now)?;
        draft.persist(entry)?;
        Ok(())
    }

    /// Ends a build: forgets the files that nobody asked for in a long time.
    pub fn close(&self) {
        if !self.written.load(Ordering::Relaxed) {
            return;
        }
        let Ok(files) = fs::read_dir(self.folder()) else { return };
        for file in files.flatten() {
            if age(&file.path(), self.now).is_some_and(|age| age > OLD) {
                // Another build may have removed it already; either way it is gone.
                let _ = fs::remove_file(file.path());
            }
        }
    }
}

fn age(entry: &Path, now: Duration) -> Option<Duration> {
    let modified = fs::metadata(entry).ok()?.modified().ok()?;
    now.checked_sub(modified.duration_since(UNIX_EPOCH).ok()?)
}
