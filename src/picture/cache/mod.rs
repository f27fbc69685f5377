//! Stores processed photos in a folder that all books share.
//!
//! The name of an entry is a hash of everything that it depends on: the source's bytes, the values
//! read from its header, the process with its parameters, and the version of the code. An entry is
//! written to a temporary file, which is then renamed; so readers need no lock, and two builds may
//! write the same entry, since they write the same bytes. A checksum detects damaged entries, which
//! are processed again. The modification times of the files show when they were last used; when the
//! cache is too large, the least recently used entries are removed.
//!
//! A cache that cannot be read counts as empty, and one that cannot be written is reported as a
//! note: no build fails because of it.

mod file_notes;
mod file_stamp;
mod folder;
mod source_hashes;
mod temporary;

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

pub use file_notes::FileNotes;
pub use file_stamp::FileStamp;
pub use folder::CacheOptions;
use folder::{create_folders, read_file};
use source_hashes::SourceHashes;
pub(super) use source_hashes::hash_file;
pub use temporary::{Readers, remove_abandoned, temporary_file, temporary_name};

/// The version of the cached results. It must be increased whenever the same process gives other
/// bytes for the same picture than before, so that results of older code are not used.
pub const CACHE_VERSION: u32 = 8;

/// Entries of other releases are never used, even if [`CACHE_VERSION`] is the same.
const RELEASE: &str = env!("CARGO_PKG_VERSION");

/// A persistent cache of processed photos.
#[derive(Debug)]
pub(super) struct Cache {
    options: CacheOptions,
    sources: SourceHashes,
    state: Mutex<CacheState>,
}

/// What happened in the current build.
#[derive(Debug, Default)]
struct CacheState {
    /// The entries that were read or written.
    used: BTreeSet<String>,
    hits: usize,
    written: bool,
    /// Why writing failed. After the first failure nothing more is written.
    error: Option<String>,
}

/// The key of an entry, with the source file and its stamp if there is one.
#[derive(Debug)]
pub(super) struct CacheKey {
    hash: Hash,
    source: Option<(PathBuf, FileStamp)>,
}

/// The trailer of an entry: these bytes, the picture's size, and a checksum of the entry and its
/// name, so that an entry under another's name counts as damaged.
const MAGIC: &[u8; 8] = b"recto 2\n";
const HASH_LENGTH: usize = 32;
const TRAILER: usize = MAGIC.len() + 4 + 4 + 4;
/// The name of temporary files.
const TEMPORARY_NAME: &str = "picture";
/// The maximum size of an entry in bytes: a picture without compression at the limit of `probe`.
const MAX_ENTRY: u64 = 2 << 30;

impl Cache {
    pub(super) fn new(options: CacheOptions) -> Self {
        let sources = SourceHashes::new(&options);
        Self { options, sources, state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, CacheState> {
        // Every update is a single step, so the state is valid even after a panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pictures(&self) -> PathBuf {
        self.options.folder.join("pictures")
    }

    /// The hash of a source file, which is read only if it has changed.
    pub(super) fn source_hash(&self, path: &Path) -> io::Result<Hash> {
        self.sources.hash(path).map(|(_, hash)| hash)
    }

    /// The key for the result of processing a picture.
    pub(super) fn key(&self, picture: &Picture, process: &str) -> io::Result<CacheKey> {
        let (stamp, source) = self.sources.hash(&picture.path)?;
        // All fields are listed, so that a new field of `Picture` must be added here, either as
        // part of the key or as irrelevant.
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
            stated_space,
            private: _,
            // It follows from the source.
            arithmetic: _,
            damage,
            subject: _,
        } = picture;
        let profile = profile.as_ref().map(|profile| blake3::hash(&profile.bytes));
        let description = format!(
            "{format:?} {stored:?} {orientation:?} {colour:?} {bits} {alpha} {profile:?} \
             {stated_space:?} {damage:?}\n{process}"
        );
        Ok(CacheKey {
            hash: entry_hash(&source, &description),
            source: Some((picture.path.clone(), stamp)),
        })
    }

    /// The key for the result of processing pixels that come from no file.
    pub(super) fn key_for_pixels(rgb: &[u8], process: &str) -> CacheKey {
        CacheKey { hash: entry_hash(&blake3::hash(rgb), process), source: None }
    }

    /// The cached result for a key.
    pub(super) fn get(&self, key: &CacheKey) -> Option<ProcessedImage> {
        let name = name(key);
        let path = self.pictures().join(&name);
        let image = read(&path, &key.hash)?;
        let mut state = self.state();
        state.used.insert(name);
        state.hits += 1;
        drop(state);
        // Some systems need write access to the file to set its time; on a read-only disk this
        // fails, which does no harm.
        let touched = File::options().write(true).open(path);
        let _ = touched.and_then(|file| file.set_modified(UNIX_EPOCH + self.options.now));
        Some(image)
    }

    /// Stores a result, unless the source has changed since the key was calculated.
    pub(super) fn insert(&self, key: &CacheKey, image: &ProcessedImage) {
        let changed = key
            .source
            .as_ref()
            .is_some_and(|(path, stamp)| FileStamp::read(path).ok() != Some(*stamp));
        let too_large = image.bytes.len() as u64 > self.options.max_bytes;
        if changed || too_large || self.state().error.is_some() {
            return;
        }
        let name = name(key);
        match self.write(&name, &key.hash, image) {
            Ok(()) => {
                let mut state = self.state();
                state.written = true;
                state.used.insert(name);
            }
            // After one failure no more attempts are made: on a full disk each would fail.
            Err(error) => self.state().error = Some(error.to_string()),
        }
    }

    fn write(&self, name: &str, hash: &Hash, image: &ProcessedImage) -> io::Result<()> {
        let folder = self.pictures();
        let path = folder.join(name);
        if !folder.is_dir() {
            create_folders(&self.options.folder, &folder)?;
        }
        let mut temporary = temporary_file(&folder, TEMPORARY_NAME, Readers::Owner)?;
        temporary.write_all(&image.bytes)?;
        temporary.write_all(&trailer(&image.bytes, image.pixels, hash))?;
        temporary.as_file().set_modified(UNIX_EPOCH + self.options.now)?;
        match temporary.persist(&path) {
            Ok(_) => Ok(()),
            // On systems where an open file cannot be replaced, another build has written the
            // entry.
            Err(_) if read(&path, hash).is_some() => Ok(()),
            Err(error) => Err(error.error),
        }
    }

    /// Whether no entry has failed to be written so far.
    pub(super) fn is_writable(&self) -> bool {
        self.state().error.is_none()
    }

    /// How many results came from the cache.
    pub(super) fn hits(&self) -> usize {
        self.state().hits
    }

    /// Ends a build: removes the least recently used entries until the cache is small enough,
    /// except for those that this build used. Returns a finding if an entry could not be written.
    pub(super) fn close(&self) -> Option<Finding> {
        self.sources.close();
        let state = self.state();
        if state.written {
            clean(&self.pictures(), &self.options, &state.used);
        }
        let finding = |error: &String| {
            let folder = self.options.folder.display();
            let message = format!("scaled pictures cannot be written to {folder}: {error}");
            Finding::new(Code::CacheUnwritable, message)
                .help("choose another folder with --cache, or pass --no-cache")
        };
        state.error.as_ref().map(finding)
    }
}

/// The hash of everything that an entry depends on.
fn entry_hash(source: &Hash, description: &str) -> Hash {
    let description = format!("recto {RELEASE} making {CACHE_VERSION}\n{description}\n");
    let mut hasher = Hasher::new();
    hasher.update(source.as_bytes()).update(description.as_bytes());
    hasher.finalize()
}

/// The file name of an entry.
fn name(key: &CacheKey) -> String {
    key.hash.to_hex().to_string()
}

fn is_entry(name: &str) -> bool {
    name.len() == 2 * HASH_LENGTH && Hash::from_hex(name).is_ok()
}

fn trailer(bytes: &[u8], pixels: Pixels, hash: &Hash) -> Vec<u8> {
    let mut end = MAGIC.to_vec();
    end.extend(pixels.width.to_le_bytes());
    end.extend(pixels.height.to_le_bytes());
    // The checksum guards against disk errors, not against attackers: anyone who can write here can
    // build books.
    let mut sum = Crc::new();
    sum.update(hash.as_bytes());
    sum.update(bytes);
    sum.update(&end);
    end.extend(sum.finalize().to_le_bytes());
    end
}

/// Reads an entry, if it exists and is undamaged.
fn read(path: &Path, hash: &Hash) -> Option<ProcessedImage> {
    let mut bytes = read_file(path, MAX_ENTRY)?;
    let end = bytes.split_off(bytes.len().checked_sub(TRAILER)?);
    let number = |at: usize| end[at..].first_chunk().map(|bytes| u32::from_le_bytes(*bytes));
    let pixels = Pixels { width: number(MAGIC.len())?, height: number(MAGIC.len() + 4)? };
    (end == trailer(&bytes, pixels, hash)).then_some(ProcessedImage { bytes, pixels })
}

/// An entry that may be removed.
struct OldEntry {
    modified: Duration,
    name: String,
    length: u64,
}

fn clean(folder: &Path, options: &CacheOptions, used: &BTreeSet<String>) {
    remove_abandoned(folder, |name| name == TEMPORARY_NAME);
    let Ok(files) = fs::read_dir(folder) else { return };
    let mut all = 0;
    let mut old = Vec::new();
    for file in files.flatten() {
        let Ok(name) = file.file_name().into_string() else { continue };
        let Ok(metadata) = file.metadata() else { continue };
        let modified =
            metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let modified = modified.unwrap_or_default();
        if is_entry(&name) {
            all += metadata.len();
            if !used.contains(&name) {
                old.push(OldEntry { modified, name, length: metadata.len() });
            }
        }
    }
    old.sort_by(|a, b| (a.modified, &a.name).cmp(&(b.modified, &b.name)));
    for OldEntry { name, length, .. } in old {
        if all <= options.max_bytes {
            break;
        }
        // Another build may have removed it already.
        let _ = fs::remove_file(folder.join(name));
        all -= length;
    }
}
