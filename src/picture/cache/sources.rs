//! Files that were hashed before: one whose stamp is what it was holds the bytes it held.
//!
//! A stamp has the moment at which the system last saw the file change, which nobody can
//! set back, so that a photo changed in place, with its old length and its old date, is
//! read again. Systems that tell no such moment have every file read in every build.
//!
//! There is a small file for each, named for the photo's path; as with made pictures,
//! nobody needs a lock, and one that is damaged or lost costs a reading.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _, Write as _};
use std::path::{self, Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use blake3::{Hash, Hasher};

use super::{UNFINISHED, prepare};

/// What tells that a file was changed while we looked away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    length: u64,
    /// Since 1970; before it, nothing.
    modified: Option<Duration>,
    changed: Option<Changed>,
}

/// What the system knows of a file beside what its owner may set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Changed {
    device: u64,
    inode: u64,
    /// In seconds and billionths of them, since 1970.
    moment: (i64, i64),
}

impl Changed {
    #[cfg(unix)]
    #[expect(clippy::unnecessary_wraps, reason = "other systems do not tell")]
    fn of(about: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        Some(Self {
            device: about.dev(),
            inode: about.ino(),
            moment: (about.ctime(), about.ctime_nsec()),
        })
    }

    #[cfg(not(unix))]
    fn of(_: &Metadata) -> Option<Self> {
        None
    }
}

impl Stamp {
    pub(super) fn of(about: &Metadata) -> io::Result<Self> {
        let modified = about.modified()?.duration_since(UNIX_EPOCH).ok();
        Ok(Self { length: about.len(), modified, changed: Changed::of(about) })
    }

    /// Whether the file would have another stamp if it had been changed after `now`, for
    /// all that a clock's steps are coarse and no two clocks agree.
    fn settled(&self, now: Duration) -> bool {
        let before = |second: u64| second.saturating_add(COARSE) <= now.as_secs();
        let changed = self.changed.and_then(|changed| u64::try_from(changed.moment.0).ok());
        changed.is_some_and(before)
            && self.modified.is_some_and(|modified| before(modified.as_secs()))
    }
}

/// What is written down, and must be found again to the letter.
impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { length, modified, changed } = self;
        write!(f, "{length} {}", modified.unwrap_or_default().as_nanos())?;
        if let Some(Changed { device, inode, moment: (seconds, billionths) }) = changed {
            write!(f, " {device} {inode} {seconds}.{billionths:09}")?;
        }
        Ok(())
    }
}

/// In seconds: the coarsest steps of any file system's clock, FAT's.
const COARSE: u64 = 2;
/// What is written down is written down again from time to time, so that what is old is
/// not used any more.
const FRESH: Duration = Duration::from_hours(24 * 30);
const OLD: Duration = Duration::from_hours(24 * 90);
/// So much is read at once.
const BLOCK: usize = 256 * 1024;

/// The files that were hashed.
#[derive(Debug)]
pub(super) struct Sources {
    shelf: PathBuf,
    now: Duration,
    notes: Mutex<Notes>,
}

#[derive(Debug, Default)]
struct Notes {
    /// Those of this build, and what state they were in.
    known: BTreeMap<PathBuf, (Stamp, Hash)>,
    written: bool,
}

impl Sources {
    pub(super) fn new(shelf: &Path, now: Duration) -> Self {
        Self { shelf: shelf.to_owned(), now, notes: Mutex::default() }
    }

    fn folder(&self) -> PathBuf {
        self.shelf.join("sources")
    }

    fn notes(&self) -> std::sync::MutexGuard<'_, Notes> {
        // What is noted is noted at once; there is no half of it.
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A file's hash: that of an earlier reading as long as the file stays as it was.
    pub(super) fn hash(&self, path: &Path) -> io::Result<(Stamp, Hash)> {
        let stamp = Stamp::of(&fs::metadata(path)?)?;
        if let Some(&known) = self.notes().known.get(path)
            && known.0 == stamp
        {
            return Ok(known);
        }
        let entry = stamp.changed.and_then(|_| self.entry(path));
        if let Some(hash) = entry.as_deref().and_then(|entry| self.find(entry, &stamp)) {
            self.notes().known.insert(path.to_owned(), (stamp, hash));
            return Ok((stamp, hash));
        }
        let known @ (stamp, hash) = read(path)?;
        if let Some(entry) = entry
            && stamp.settled(self.now)
            && self.write(&entry, &stamp, &hash).is_ok()
        {
            self.notes().written = true;
        }
        self.notes().known.insert(path.to_owned(), known);
        Ok(known)
    }

    /// Where a file's hash is written down.
    fn entry(&self, path: &Path) -> Option<PathBuf> {
        let path = path::absolute(path).ok()?;
        let name = blake3::hash(path.as_os_str().as_encoded_bytes()).to_hex();
        Some(self.folder().join(name.as_str()))
    }

    fn find(&self, entry: &Path, stamp: &Stamp) -> Option<Hash> {
        let text = fs::read_to_string(entry).ok()?;
        let (hash, told) = text.strip_suffix('\n')?.split_once(' ')?;
        let hash = Hash::from_hex(hash).ok().filter(|_| told == stamp.to_string())?;
        if age(entry, self.now).is_some_and(|age| age > FRESH) {
            // One that stays as old as it is costs a reading, some day.
            let _ = self.write(entry, stamp, &hash);
        }
        Some(hash)
    }

    fn write(&self, entry: &Path, stamp: &Stamp, hash: &Hash) -> io::Result<()> {
        let folder = self.folder();
        if !folder.is_dir() {
            prepare(&self.shelf, &folder)?;
        }
        let mut draft =
            tempfile::Builder::new().prefix(".").suffix(UNFINISHED).tempfile_in(&folder)?;
        writeln!(draft, "{} {stamp}", hash.to_hex())?;
        draft.as_file().set_modified(UNIX_EPOCH + self.now)?;
        draft.persist(entry)?;
        Ok(())
    }

    /// Ends a build: forgets the files that nobody asked for in a long time.
    pub(super) fn close(&self) {
        if !self.notes().written {
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

/// Reads a file that stays as it is while it is read; otherwise the stamp is that of a file
/// that nobody will meet again.
fn read(path: &Path) -> io::Result<(Stamp, Hash)> {
    let mut file = File::open(path)?;
    let stamp = Stamp::of(&file.metadata()?)?;
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

fn age(entry: &Path, now: Duration) -> Option<Duration> {
    let modified = fs::metadata(entry).ok()?.modified().ok()?;
    now.checked_sub(modified.duration_since(UNIX_EPOCH).ok()?)
}
