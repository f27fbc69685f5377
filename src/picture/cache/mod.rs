//! Pictures that were made before, in a folder that all books share.
//!
//! An entry is named for what it was made of: the source's bytes, what was read from its
//! header, the process with its parameters, and the version of the code. It is written
//! under another name and appears under its own in one step, so nobody needs a lock to
//! read, and two builds may write the same entry: they write the same bytes. Its checksum
//! tells a damaged one, which is made again. The times of the files tell what was used
//! last; what was not used for longest goes when there are too many.
//!
//! A cache that cannot be read is an empty one, and one that cannot be written is a note:
//! no build fails for it.

mod folder;
mod notebook;
mod sources;
mod stamp;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use blake3::{Hash, Hasher};
use crc32fast::Hasher as Crc;

use crate::finding::{Code, Finding};
use crate::model::{Picture, Pixels};

use crate::picture::process::processed_image::ProcessedImage;

pub use folder::CacheOptions;
use folder::{UNFINISHED, create_folders};
pub use notebook::FileNotes;
use sources::SourceHashes;
pub use stamp::FileStamp;

/// To be raised whenever the same process makes other bytes of the same picture than
/// before, so that what older code made is not taken for what this code makes.
pub const CACHE_VERSION: u32 = 3;

/// Every release keeps to its own entries, whatever [`CACHE_VERSION`] says.
const RELEASE: &str = env!("CARGO_PKG_VERSION");

/// The pictures that were made before.
#[derive(Debug)]
pub(super) struct Cache {
    shelf: CacheOptions,
    sources: SourceHashes,
    notes: Mutex<CacheState>,
}

/// What the cache remembers of a build.
#[derive(Debug, Default)]
struct CacheState {
    /// The entries that were found or kept.
    used: BTreeSet<String>,
    found: usize,
    kept: bool,
    /// Why nothing can be kept any more.
    fault: Option<String>,
}

/// The name of an entry, and the source that it was found by, if that is a file.
#[derive(Debug)]
pub(super) struct CacheKey {
    hash: Hash,
    source: Option<(PathBuf, FileStamp)>,
}

/// An entry ends with its mark, the picture's size, and the checksum of all of it and of its
/// name: an entry under another's name is a damaged one.
const MARK: &[u8; 8] = b"recto 2\n";
const HASH: usize = 32;
const TRAILER: usize = MARK.len() + 4 + 4 + 4;
/// So old, nobody is writing it any more.
const ABANDONED: Duration = Duration::from_hours(24);

impl Cache {
    pub(super) fn new(shelf: CacheOptions) -> Self {
        let sources = SourceHashes::new(&shelf);
        Self { shelf, sources, notes: Mutex::default() }
    }

    fn notes(&self) -> MutexGuard<'_, CacheState> {
        // What is noted is noted at once; there is no half of it.
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pictures(&self) -> PathBuf {
        self.shelf.folder.join("pictures")
    }

    /// What the process makes of the picture is kept under this key; there is none when
    /// the source cannot be read.
    pub(super) fn key(&self, picture: &Picture, process: &str) -> io::Result<CacheKey> {
        let (stamp, source) = self.sources.hash(&picture.path)?;
        // Every field, so that none is forgotten: what is new in a picture is part of the
        // key, or is said here not to be.
        let Picture {
            path: _,
            name: _,
            format,
            stored,
            orientation,
            colour,
            bits,
            alpha,
            profile,
            private: _,
        } = picture;
        let profile = profile.as_ref().map(|profile| blake3::hash(&profile.bytes));
        let about = format!(
            "{format:?} {stored:?} {orientation:?} {colour:?} {bits} {alpha} {profile:?}\n{process}"
        );
        Ok(CacheKey { hash: name_of(&source, &about), source: Some((picture.path.clone(), stamp)) })
    }

    /// What the process makes of pixels that come from no file.
    pub(super) fn key_of_drawing(drawn: &[u8], process: &str) -> CacheKey {
        CacheKey { hash: name_of(&blake3::hash(drawn), process), source: None }
    }

    /// What was made before.
    pub(super) fn find(&self, key: &CacheKey) -> Option<ProcessedImage> {
        let name = name(key);
        let path = self.pictures().join(&name);
        let made = read(&path, &key.hash)?;
        let mut notes = self.notes();
        notes.used.insert(name);
        notes.found += 1;
        drop(notes);
        // To set a time, a file must be open for writing on some systems, and cannot be on
        // a disk that is only read.
        let touched = File::options().write(true).open(path);
        let _ = touched.and_then(|file| file.set_modified(UNIX_EPOCH + self.shelf.now));
        Some(made)
    }

    /// Keeps what was made, unless the source was changed meanwhile.
    pub(super) fn keep(&self, key: &CacheKey, made: &ProcessedImage) {
        let changed = key
            .source
            .as_ref()
            .is_some_and(|(path, stamp)| FileStamp::read(path).ok() != Some(*stamp));
        let too_large = made.bytes.len() as u64 > self.shelf.most;
        if changed || too_large || self.notes().fault.is_some() {
            return;
        }
        let name = name(key);
        match self.write(&name, &key.hash, made) {
            Ok(()) => {
                let mut notes = self.notes();
                notes.kept = true;
                notes.used.insert(name);
            }
            // One that fails is enough: a full disk would fail with every picture.
            Err(error) => self.notes().fault = Some(error.to_string()),
        }
    }

    fn write(&self, name: &str, hash: &Hash, made: &ProcessedImage) -> io::Result<()> {
        let folder = self.pictures();
        let path = folder.join(name);
        if !folder.is_dir() {
            create_folders(&self.shelf.folder, &folder)?;
        }
        let mut draft =
            tempfile::Builder::new().prefix(".").suffix(UNFINISHED).tempfile_in(&folder)?;
        draft.write_all(&made.bytes)?;
        draft.write_all(&trailer(&made.bytes, made.pixels, hash))?;
        draft.as_file().set_modified(UNIX_EPOCH + self.shelf.now)?;
        match draft.persist(&path) {
            Ok(_) => Ok(()),
            // Where a file that is being read cannot be replaced, another build made it.
            Err(_) if read(&path, hash).is_some() => Ok(()),
            Err(refused) => Err(refused.error),
        }
    }

    /// How many pictures were made before.
    pub(super) fn found(&self) -> usize {
        self.notes().found
    }

    /// Ends a build: removes what was used longest ago, until no more is left than may be.
    /// What this build used stays. Tells if anything could not be kept.
    pub(super) fn close(&self) -> Option<Finding> {
        self.sources.close();
        let notes = self.notes();
        if notes.kept {
            clean(&self.pictures(), &self.shelf, &notes.used);
        }
        let told = |fault: &String| {
            let folder = self.shelf.folder.display();
            let message = format!("scaled pictures cannot be kept in {folder}: {fault}");
            Finding::new(Code::CacheUnwritable, message)
                .help("choose another folder with --cache, or none with --no-cache")
        };
        notes.fault.as_ref().map(told)
    }
}

/// What an entry is called by: its source, what was read from its header, the process, and
/// the code.
fn name_of(source: &Hash, about: &str) -> Hash {
    let about = format!("recto {RELEASE} making {CACHE_VERSION}\n{about}\n");
    let mut hasher = Hasher::new();
    hasher.update(source.as_bytes()).update(about.as_bytes());
    hasher.finalize()
}

/// An entry's name.
fn name(key: &CacheKey) -> String {
    key.hash.to_hex().to_string()
}

fn is_entry(name: &str) -> bool {
    name.len() == 2 * HASH && Hash::from_hex(name).is_ok()
}

fn trailer(bytes: &[u8], pixels: Pixels, hash: &Hash) -> Vec<u8> {
    let mut end = MARK.to_vec();
    end.extend(pixels.width.to_le_bytes());
    end.extend(pixels.height.to_le_bytes());
    // Against a failing disk, not against anybody: whoever may write here may build books.
    let mut sum = Crc::new();
    sum.update(hash.as_bytes());
    sum.update(bytes);
    sum.update(&end);
    end.extend(sum.finalize().to_le_bytes());
    end
}

/// Reads an entry, if it is there and whole.
fn read(path: &Path, hash: &Hash) -> Option<ProcessedImage> {
    let mut bytes = fs::read(path).ok()?;
    let end = bytes.split_off(bytes.len().checked_sub(TRAILER)?);
    let number = |at: usize| end[at..].first_chunk().map(|bytes| u32::from_le_bytes(*bytes));
    let pixels = Pixels { width: number(MARK.len())?, height: number(MARK.len() + 4)? };
    (end == trailer(&bytes, pixels, hash)).then_some(ProcessedImage { bytes, pixels })
}

/// A file that may be removed.
struct OldEntry {
    modified: Duration,
    name: String,
    length: u64,
}

fn clean(folder: &Path, shelf: &CacheOptions, used: &BTreeSet<String>) {
    let Ok(files) = fs::read_dir(folder) else { return };
    let mut all = 0;
    let mut old = Vec::new();
    for file in files.flatten() {
        let Ok(name) = file.file_name().into_string() else { continue };
        let Ok(about) = file.metadata() else { continue };
        let modified = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let modified = modified.unwrap_or_default();
        if is_entry(&name) {
            all += about.len();
            if !used.contains(&name) {
                old.push(OldEntry { modified, name, length: about.len() });
            }
        } else if name.starts_with('.')
            && name.ends_with(UNFINISHED)
            && modified + ABANDONED < shelf.now
        {
            // A build was killed; left where it is, the file does no harm.
            let _ = fs::remove_file(file.path());
        }
    }
    old.sort_by(|a, b| (a.modified, &a.name).cmp(&(b.modified, &b.name)));
    for OldEntry { name, length, .. } in old {
        if all <= shelf.most {
            break;
        }
        // Another build may have removed it already; either way it is gone.
        let _ = fs::remove_file(folder.join(name));
        all -= length;
    }
}
