//! The only place that opens files to write them: whole, or not at all.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread::{self, JoinHandle};

use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;

/// One system call for so many bytes.
const BUFFER: usize = 256 * 1024;

/// The file beside the editions that tells whether they arrived whole.
pub(super) const SUMS: &str = "SHA256SUMS";

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// In bytes.
    pub(super) size: u64,
    /// In hexadecimal.
    pub(super) sha256: String,
}

/// Writes `folder/name`. The file appears under its name when it is whole, in one step;
/// until then, and if anything fails, what was there before stays as it is.
///
/// The step is a rename, which waits for no disk: a build can be repeated, and the sums
/// tell whether a power cut came in between.
pub(super) fn write<E: From<io::Error>>(
    folder: &Path,
    name: &str,
    fill: impl FnOnce(&mut BufWriter<Draft<'_>>) -> Result<(), E>,
) -> Result<Written, E> {
    fs::create_dir_all(folder)?;
    sweep(folder, name);
    let draft = unfinished(folder, name)?;
    let mut out = BufWriter::with_capacity(BUFFER, Draft::new(draft.as_file()));
    fill(&mut out)?;
    let written = out.into_inner().map_err(io::IntoInnerError::into_error)?.finish();
    draft.persist(folder.join(name)).map_err(|refused| refused.error)?;
    Ok(written)
}

const UNFINISHED: &str = ".part";

fn prefix_of(name: &str) -> String {
    format!(".{name}.")
}

/// In the same folder, since a rename cannot cross from one file system to another.
fn unfinished(folder: &Path, name: &str) -> io::Result<NamedTempFile> {
    let prefix = prefix_of(name);
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(UNFINISHED);
    // A book is no secret: it gets the permissions of any new file, which the system then
    // cuts by the user's mask.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder)?;
    // Where locks are unknown, nothing is swept either.
    let _ = file.as_file().try_lock();
    Ok(file)
}

/// Removes what a killed build left behind. A living one holds a lock on its file.
fn sweep(folder: &Path, name: &str) {
    let prefix = prefix_of(name);
    let is_ours = |file: &OsStr| {
        file.to_str().is_some_and(|file| file.starts_with(&prefix) && file.ends_with(UNFINISHED))
    };
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| is_ours(&entry.file_name())) {
        let abandoned = File::options()
            .write(true)
            .open(entry.path())
            .is_ok_and(|file| file.try_lock().is_ok());
        if abandoned {
            // Left where it is, it does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A file being written, hashed on the way.
pub(super) struct Draft<'f> {
    file: &'f File,
    sum: Sum,
    size: u64,
}

impl<'f> Draft<'f> {
    fn new(file: &'f File) -> Self {
        Self { file, sum: Sum::new(), size: 0 }
    }

    fn finish(self) -> Written {
        Written { size: self.size, sha256: hexadecimal(&self.sum.finish().finalize()) }
    }
}

impl io::Write for Draft<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(&bytes[..bytes.len().min(BUFFER)])?;
        self.sum.add(&bytes[..count]);
        self.size += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A sum that is reckoned while the next bytes are written: it takes longer than writing
/// them does, as long as they go no farther than the system's memory.
struct Sum {
    blocks: SyncSender<Vec<u8>>,
    /// Blocks that were added up, to be filled again.
    spare: Receiver<Vec<u8>>,
    reckoner: JoinHandle<Sha256>,
}

impl Sum {
    /// So many blocks may wait to be added.
    const WAITING: usize = 8;

    fn new() -> Self {
        let (blocks, waiting) = mpsc::sync_channel::<Vec<u8>>(Self::WAITING);
        let (done, spare) = mpsc::channel();
        let reckoner = thread::spawn(move || {
            let mut hash = Sha256::new();
            for block in waiting {
                hash.update(&block);
                // At the end, nobody wants it back.
                let _ = done.send(block);
            }
            hash
        });
        Self { blocks, spare, reckoner }
    }

    fn add(&self, bytes: &[u8]) {
        let mut block = self.spare.try_recv().unwrap_or_default();
        block.clear();
        block.extend_from_slice(bytes);
        // It fails only if the reckoner panicked, which `finish` tells.
        let _ = self.blocks.send(block);
    }

    fn finish(self) -> Sha256 {
        drop(self.blocks);
        self.reckoner.join().unwrap_or_else(|panic| resume_unwind(panic))
    }
}

/// A sum as it is told.
pub(super) fn hexadecimal(sum: &[u8]) -> String {
    sum.iter().fold(String::with_capacity(2 * sum.len()), |mut text, byte| {
        // Into a string, this cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Writes the sums of `written`, by name, into the folder's list, if they are not there. The
/// lines of other files that are still there stay: an edition that was not built this time,
/// or another book.
pub(super) fn write_sums(folder: &Path, written: &BTreeMap<String, String>) -> io::Result<()> {
    let earlier = earlier_sums(&folder.join(SUMS));
    let mut sums: BTreeMap<&str, &str> = earlier
        .lines()
        .filter_map(sum_line)
        .filter(|(name, _)| folder.join(name).is_file())
        .collect();
    sums.extend(written.iter().map(|(name, sum)| (name.as_str(), sum.as_str())));
    let list = sums.iter().fold(String::new(), |list, (name, sum)| list + sum + "  " + name + "\n");
    if list == earlier {
        return Ok(());
    }
    write(folder, SUMS, |out| out.write_all(list.as_bytes())).map(|_| ())
}

/// A list that cannot be read is replaced, as is one that is not there.
#[expect(clippy::disallowed_methods, reason = "its own list is the one thing that cli reads")]
fn earlier_sums(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

/// The name and the sum of a line as `sha256sum` writes it, if the name is that of a file
/// in the same folder.
fn sum_line(line: &str) -> Option<(&str, &str)> {
    let (sum, name) = line.split_once("  ")?;
    let is_sum = sum.len() == 64 && sum.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_near = !name.is_empty() && !name.contains(['/', '\\']);
    (is_sum && is_near).then_some((name, sum))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests look at the files")]
mod tests {
    use super::*;

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
    fn what_a_killed_build_left_is_swept() {
        let folder = tempfile::tempdir().expect("a folder");
        let left = folder.path().join(".book.epub.Xy12ab.part");
        fs::write(&left, "half").expect("a file");
        let living = unfinished(folder.path(), "book.epub").expect("a file");
        let written = write(folder.path(), "book.epub", |out| out.write_all(b"abc"));
        let sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(written.expect("a file"), Written { size: 3, sha256: sum.to_owned() });
        assert!(!left.exists() && living.path().exists());
    }

    #[test]
    fn the_sum_is_that_of_all_blocks_in_their_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let bytes: Vec<u8> = (0..=250).cycle().take(5 * BUFFER + 77).collect();
        let written = write(folder.path(), "a", |out| {
            bytes.chunks(3 * BUFFER / 2).try_for_each(|part| out.write_all(part))
        });
        let Written { size, sha256 } = written.expect("a file");
        assert_eq!(size, bytes.len() as u64);
        let sum = Sha256::digest(&bytes);
        let pairs =
            sha256.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).expect("text"));
        let told = pairs.map(|pair| u8::from_str_radix(pair, 16).expect("a number"));
        assert!(told.eq(sum.iter().copied()));
        assert!(fs::read(folder.path().join("a")).expect("the file") == bytes);
    }

    #[test]
    fn the_sums_of_other_files_stay_while_the_files_do() {
        let folder = tempfile::tempdir().expect("a folder");
        let (old, new) = ("0".repeat(64), "1".repeat(64));
        fs::write(folder.path().join("a.epub"), "").expect("a file");
        fs::write(
            folder.path().join(SUMS),
            format!("{old}  a.epub\n{old}  b.epub\n{old}  gone.pdf\n{old}  ../c\nnonsense\n"),
        )
        .expect("a list");
        let written = BTreeMap::from([("b.epub".to_owned(), new.clone())]);
        write_sums(folder.path(), &written).expect("a list");
        assert_eq!(
            fs::read_to_string(folder.path().join(SUMS)).expect("a list"),
            format!("{old}  a.epub\n{new}  b.epub\n"),
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_book_can_be_read_by_whom_the_users_mask_lets() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "a", |out| out.write_all(b"a")).expect("a file");
        fs::write(folder.path().join("b"), "b").expect("a file");
        let mode =
            |name| fs::metadata(folder.path().join(name)).expect("a file").permissions().mode();
        assert_eq!(mode("a"), mode("b"));
    }
}
