//! Writes files, each whole or not at all. Nothing else in recto opens a file for writing, except
//! for the cache.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread::{self, JoinHandle};

use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;

use super::durability::{Durability, WriteOptions};
use crate::build::running::RunningBuild;
use crate::model::hexadecimal;
use crate::picture::{self, Readers};

/// How many bytes one system call writes.
const BUFFER: usize = 256 * 1024;

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenFile {
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
}

/// Writes `folder/name` through a temporary file, which is renamed when it is complete and, unless
/// the options say otherwise, on the disk. Until then, and if anything fails, an earlier file stays
/// unchanged.
pub(in crate::build) fn write<E: From<io::Error>>(
    folder: &Path,
    name: &str,
    options: WriteOptions<'_>,
    fill: impl FnOnce(&mut BufWriter<HashingFile<'_>>) -> Result<(), E>,
) -> Result<WrittenFile, E> {
    let WriteOptions { running, durability } = options;
    fs::create_dir_all(folder)?;
    let create = || picture::temporary_file(folder, name, Readers::Default);
    let (temporary, guard) = running.create(create, NamedTempFile::path)?;
    let mut out = BufWriter::with_capacity(BUFFER, HashingFile::new(temporary.as_file()));
    fill(&mut out)?;
    let written = out.into_inner().map_err(io::IntoInnerError::into_error)?.finish();
    durability.sync_file(temporary.as_file())?;
    let path = folder.join(name);
    running.commit(guard, &path, || temporary.persist(&path).map_err(|error| error.error))?;
    durability.sync_folder(folder);
    Ok(written)
}

/// Creates a text file that an author goes on to edit, such as a manifest.
///
/// # Errors
/// `AlreadyExists` if there is a file of this name, which stays as it is, and errors of the system.
pub fn create_text_file(path: &Path, text: &str) -> io::Result<()> {
    let temporary = temporary_text(path, text)?;
    temporary.persist_noclobber(path).map_err(|error| error.error)?;
    Durability::Synced.sync_folder(folder(path));
    Ok(())
}

/// Replaces the text of a file, which keeps its permissions. A link leads to the same file as
/// before.
///
/// # Errors
/// Errors of the system. The file stays as it is.
pub fn replace_text_file(path: &Path, text: &str) -> io::Result<()> {
    let path = path.canonicalize()?;
    let temporary = temporary_text(&path, text)?;
    fs::set_permissions(temporary.path(), path.metadata()?.permissions())?;
    temporary.persist(&path).map_err(|error| error.error)?;
    Durability::Synced.sync_folder(folder(&path));
    Ok(())
}

/// A temporary file with this text, to be renamed to `path`, after those of killed processes are
/// removed.
fn temporary_text(path: &Path, text: &str) -> io::Result<NamedTempFile> {
    let (folder, name) = (folder(path), name(path));
    picture::remove_abandoned(folder, |other| other == name);
    let mut temporary = picture::temporary_file(folder, &name, Readers::Default)?;
    temporary.write_all(text.as_bytes())?;
    Durability::Synced.sync_file(temporary.as_file())?;
    Ok(temporary)
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Writes a file that is no edition, whole or not at all.
///
/// # Errors
/// The file cannot be written, or an error of `fill`.
pub fn write_file<E: From<io::Error>>(
    path: &Path,
    running: &RunningBuild,
    fill: impl FnOnce(&mut dyn io::Write) -> Result<(), E>,
) -> Result<WrittenFile, E> {
    let name = path.file_name().and_then(OsStr::to_str);
    let name = name.ok_or_else(|| io::Error::other("it is not the name of a file"))?;
    let folder = folder(path);
    picture::remove_abandoned(folder, |other| other == name);
    write(folder, name, WriteOptions { running, durability: Durability::Synced }, |out| fill(out))
}

/// Opens the file of an edition that is complete.
#[expect(clippy::disallowed_methods, reason = "a build wrote it")]
pub(in crate::build) fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// A file that is hashed while it is written.
pub(in crate::build) struct HashingFile<'f> {
    file: &'f File,
    hash: Hash,
    size: u64,
}

impl<'f> HashingFile<'f> {
    fn new(file: &'f File) -> Self {
        Self { file, hash: Hash::new(), size: 0 }
    }

    fn finish(self) -> WrittenFile {
        WrittenFile { size: self.size, sha256: hexadecimal(&self.hash.finish().finalize()) }
    }
}

impl io::Write for HashingFile<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(&bytes[..bytes.len().min(BUFFER)])?;
        self.hash.add(&bytes[..count]);
        self.size += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A SHA-256 that is calculated on its own thread while the next bytes are written: hashing takes
/// longer than writing to the page cache.
struct Hash {
    blocks: SyncSender<Vec<u8>>,
    /// Blocks that were hashed, to be used again.
    spare: Receiver<Vec<u8>>,
    thread: JoinHandle<Sha256>,
}

impl Hash {
    /// How many blocks may be in the queue.
    const QUEUE: usize = 8;

    fn new() -> Self {
        let (blocks, queue) = mpsc::sync_channel::<Vec<u8>>(Self::QUEUE);
        let (done, spare) = mpsc::channel();
        let thread = thread::spawn(move || {
            let mut hash = Sha256::new();
            for block in queue {
                hash.update(&block);
                // It fails at the end, when no block is needed any more.
                let _ = done.send(block);
            }
            hash
        });
        Self { blocks, spare, thread }
    }

    fn add(&self, bytes: &[u8]) {
        let mut block = self.spare.try_recv().unwrap_or_default();
        block.clear();
        block.extend_from_slice(bytes);
        // It fails only if the thread panicked, and `finish` passes the panic on.
        let _ = self.blocks.send(block);
    }

    fn finish(self) -> Sha256 {
        drop(self.blocks);
        self.thread.join().unwrap_or_else(|panic| resume_unwind(panic))
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests look at the files")]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn write(
        folder: &Path,
        name: &str,
        fill: impl FnOnce(&mut BufWriter<HashingFile<'_>>) -> io::Result<()>,
    ) -> io::Result<WrittenFile> {
        let running = RunningBuild::default();
        let options = WriteOptions { running: &running, durability: Durability::Unsynced };
        super::write(folder, name, options, fill)
    }

    #[test]
    fn an_interrupted_file_leaves_the_earlier_one_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let book = folder.path().join("book.epub");
        fs::write(&book, "the earlier book").expect("a file");
        let done = write(folder.path(), "book.epub", |out| {
            out.write_all(b"half of the new")?;
            Err(io::Error::other("the disk is full"))
        });
        assert_eq!(done.map_err(|error| error.to_string()), Err("the disk is full".to_owned()));
        assert_eq!(fs::read_to_string(&book).expect("the book"), "the earlier book");
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1);
    }

    #[test]
    fn the_hash_covers_all_blocks_in_their_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let bytes: Vec<u8> = (0..=250).cycle().take(5 * BUFFER + 77).collect();
        let written = write(folder.path(), "a", |out| {
            bytes.chunks(3 * BUFFER / 2).try_for_each(|part| out.write_all(part))
        });
        let WrittenFile { size, sha256 } = written.expect("a file");
        assert_eq!(size, bytes.len() as u64);
        let sum = Sha256::digest(&bytes);
        let pairs =
            sha256.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).expect("text"));
        let decoded = pairs.map(|pair| u8::from_str_radix(pair, 16).expect("a number"));
        assert!(decoded.eq(sum.iter().copied()));
        assert!(fs::read(folder.path().join("a")).expect("the file") == bytes);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_gets_the_permissions_of_any_new_file() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "a", |out| out.write_all(b"a")).expect("a file");
        fs::write(folder.path().join("b"), "b").expect("a file");
        let mode =
            |name| fs::metadata(folder.path().join(name)).expect("a file").permissions().mode();
        assert_eq!(mode("a"), mode("b"));
    }
}
