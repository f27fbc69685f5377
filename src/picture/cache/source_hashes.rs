//! Remembers the hashes of source files: a file with the same stamp has the same bytes.
//!
//! A photo that was changed in place, with the same length and date, is read again, since its stamp
//! differs. On systems without reliable stamps, every file is read in every build.

use std::collections::BTreeMap;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use blake3::{Hash, Hasher};

use super::file_notes::FileNotes;
use super::file_stamp::FileStamp;
use super::folder::CacheOptions;
use crate::picture::format::source::open_regular;

/// How many bytes are read at once.
const BLOCK_SIZE: usize = 256 * 1024;

/// The hashes of source files.
#[derive(Debug)]
pub(super) struct SourceHashes {
    notes: FileNotes,
    now: Duration,
    /// The files of this build, with the stamps that they had.
    hashed: Mutex<BTreeMap<PathBuf, (FileStamp, Hash)>>,
    /// The same by stamp: a file with several names is read once.
    by_stamp: Mutex<BTreeMap<FileStamp, Hash>>,
}

impl SourceHashes {
    pub(super) fn new(options: &CacheOptions) -> Self {
        let notes = FileNotes::new(options, "sources");
        let (hashed, by_stamp) = Default::default();
        Self { notes, now: options.now, hashed, by_stamp }
    }

    fn hashed(&self) -> MutexGuard<'_, BTreeMap<PathBuf, (FileStamp, Hash)>> {
        // Every update is a single step, so the state is valid even after a panic.
        self.hashed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A file's hash; one that was calculated earlier, if the file has not changed since.
    pub(super) fn hash(&self, path: &Path) -> io::Result<(FileStamp, Hash)> {
        let stamp = FileStamp::read(path)?;
        if let Some(&known) = self.hashed().get(path)
            && known.0 == stamp
        {
            return Ok(known);
        }
        let note = self.notes.get(path, &stamp).and_then(|hash| Hash::from_hex(hash).ok());
        let known = if let Some(hash) = note {
            (stamp, hash)
        } else {
            let same = self.by_stamp().get(&stamp).copied().filter(|_| stamp.is_reliable());
            self.noted(path, same.map_or_else(|| read(path), |hash| Ok((stamp, hash)))?)
        };
        self.by_stamp().insert(known.0, known.1);
        self.hashed().insert(path.to_owned(), known);
        Ok(known)
    }

    fn by_stamp(&self) -> MutexGuard<'_, BTreeMap<FileStamp, Hash>> {
        self.by_stamp.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn noted(&self, path: &Path, (stamp, hash): (FileStamp, Hash)) -> (FileStamp, Hash) {
        if stamp.is_settled(self.now) {
            // If this fails, the file is read again next time.
            let _ = self.notes.set(path, &stamp, &hash.to_hex());
        }
        (stamp, hash)
    }

    /// Ends a build.
    pub(super) fn close(&self) {
        self.notes.close();
    }
}

/// Hashes a file.
pub(in crate::picture) fn hash_file(path: &Path) -> io::Result<Hash> {
    read(path).map(|(_, hash)| hash)
}

/// Hashes a file. If it changes meanwhile, the result has the stamp of the old file, which will
/// never match again.
fn read(path: &Path) -> io::Result<(FileStamp, Hash)> {
    let mut file = open_regular(path)?;
    let stamp = FileStamp::from_file(&file)?;
    let mut hasher = Hasher::new();
    let mut block = vec![0; BLOCK_SIZE];
    loop {
        match file.read(&mut block)? {
            0 => break,
            count => hasher.update(&block[..count]),
        };
    }
    Ok((stamp, hasher.finalize()))
}
