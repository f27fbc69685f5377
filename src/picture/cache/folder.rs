//! The folder of the cache.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A folder for pictures that were made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheOptions {
    /// The folder, which may not be there yet.
    pub folder: PathBuf,
    /// How many bytes it may hold at the end of a build, beside what the build used.
    pub most: u64,
    /// The moment of the build, since 1970: what it uses is as young as it is.
    pub now: Duration,
}

/// What an entry that is being written ends with.
pub(super) const UNFINISHED: &str = ".part";

/// Makes the folders: the photos in them are their owner's business, and no backup's.
pub(super) fn create_folders(folder: &Path, pictures: &Path) -> io::Result<()> {
    /// See <https://bford.info/cachedir/>.
    const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n\
        # recto keeps scaled pictures here; they may be deleted at any time.\n";
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(pictures)?;
    // Without the tag, a backup is larger; that is all.
    let tag = File::create_new(folder.join("CACHEDIR.TAG"));
    let _ = tag.and_then(|mut tag| tag.write_all(TAG.as_bytes()));
    Ok(())
}
