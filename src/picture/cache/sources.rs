//! Files that were hashed before: one whose stamp is what it was holds the bytes it held.
//!
//! A photo changed in place, with its old length and its old date, is read again, since its
//! stamp is another. Systems whose stamps cannot be trusted have every file read in every
//! build.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use blake3::{Hash, Hasher};

use super::folder::CacheOptions;
use super::notebook::FileNotes;
use super::stamp::FileStamp;

/// So much is read at once.
const BLOCK: usize = 256 * 1024;

/// The files that were hashed.
#[derive(Debug)]
pub(super) struct SourceHashes {
    written: FileNotes,
    now: Duration,
    /// Those of this build, and what state they were in.
    known: Mutex<BTreeMap<PathBuf, (FileStamp, Hash)>>,
}

impl SourceHashes {
    pub(super) fn new(shelf: &CacheOptions) -> Self {
        let written = FileNotes::new(shelf, "sources");
        Self { written, now: shelf.now, known: Mutex::default() }
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<PathBuf, (FileStamp, Hash)>> {
        // What is noted is noted at once; there is no half of it.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A file's hash: that of an earlier reading as long as the file stays as it was.
    pub(super) fn hash(&self, path: &Path) -> io::Result<(FileStamp, Hash)> {
        let stamp = FileStamp::read(path)?;
        if let Some(&known) = self.known().get(path)
            && known.0 == stamp
        {
            return Ok(known);
        }
        let written = self.written.find(path, &stamp).and_then(|hash| Hash::from_hex(hash).ok());
        let known = match written {
            Some(hash) => (stamp, hash),
            None => self.read(path)?,
        };
        self.known().insert(path.to_owned(), known);
        Ok(known)
    }

    fn read(&self, path: &Path) -> io::Result<(FileStamp, Hash)> {
        let (stamp, hash) = read(path)?;
        if stamp.is_settled(self.now) {
            // What is not written down costs a reading.
            let _ = self.written.keep(path, &stamp, &hash.to_hex());
        }
        Ok((stamp, hash))
    }

    /// Ends a build.
    pub(super) fn close(&self) {
        self.written.close();
    }
}

/// Reads a file that stays as it is while it is read; otherwise the stamp is that of a file
/// that nobody will meet again.
fn read(path: &Path) -> io::Result<(FileStamp, Hash)> {
    let mut file = File::open(path)?;
    let stamp = FileStamp::of_open(&file)?;
    let mut hasher = Hasher::new();
    let mut block = vec![0; BLOCK];
    loop {
        match file.read(&mut block)? {
            0 => break,
            count => hasher.update(&block[..count]),
        };
    }
    Ok((stamp, hasher.finalize()))
}
