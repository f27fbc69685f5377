//! The cache's folder and its options.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where the cache is and how large it may grow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheOptions {
    /// The folder; it is created when the first entry is written.
    pub folder: PathBuf,
    /// The size in bytes that the entries are reduced to at the end of a build. Entries that the
    /// build used are always kept.
    pub max_bytes: u64,
    /// The time of the build, since 1970. Entries that the build uses get it as their modification
    /// time.
    pub now: Duration,
}

/// Reads a regular file of at most this size. `None` if there is none: what is in the cache is not
/// always what recto wrote.
pub(super) fn read_file(path: &Path, limit: u64) -> Option<Vec<u8>> {
    // Opening a pipe would wait for somebody who writes to it.
    fs::metadata(path).ok().filter(|it| it.is_file() && it.len() <= limit)?;
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(limit + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= limit).then_some(bytes)
}

/// Creates the folders, readable by their owner only, with a tag that excludes them from backups.
pub(super) fn create_folders(folder: &Path, pictures: &Path) -> io::Result<()> {
    /// See <https://bford.info/cachedir/>.
    const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n\
        # recto keeps scaled pictures here; they may be deleted at any time.\n";
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(pictures)?;
    // Without the tag, backups are larger, but nothing fails.
    let tag = File::create_new(folder.join("CACHEDIR.TAG"));
    let _ = tag.and_then(|mut tag| tag.write_all(TAG.as_bytes()));
    Ok(())
}
