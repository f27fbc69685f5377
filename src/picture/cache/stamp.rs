//! What tells that a file was changed while we looked away.
//!
//! A stamp has the moment at which the system last saw the file change, which nobody can
//! set back. Systems that tell no such moment have no stamp that can be trusted.

use std::fmt;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

/// The state of a file, as far as the system tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileStamp {
    length: u64,
    /// Since 1970; before it, nothing.
    modified: Option<Duration>,
    changed: Option<ChangeTime>,
}

/// What the system knows of a file beside what its owner may set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ChangeTime {
    device: u64,
    inode: u64,
    /// In seconds and billionths of them, since 1970.
    moment: (i64, i64),
}

impl ChangeTime {
    #[cfg(unix)]
    #[expect(clippy::unnecessary_wraps, reason = "other systems do not tell")]
    fn from_metadata(about: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        Some(Self {
            device: about.dev(),
            inode: about.ino(),
            moment: (about.ctime(), about.ctime_nsec()),
        })
    }

    #[cfg(not(unix))]
    fn from_metadata(_: &Metadata) -> Option<Self> {
        None
    }
}

impl FileStamp {
    /// The stamp of the file with this name.
    ///
    /// # Errors
    /// There is none, or the system does not tell.
    pub fn read(path: &Path) -> io::Result<Self> {
        Self::told(&fs::metadata(path)?)
    }

    pub(super) fn of_open(file: &File) -> io::Result<Self> {
        Self::told(&file.metadata()?)
    }

    fn told(about: &Metadata) -> io::Result<Self> {
        let modified = about.modified()?.duration_since(UNIX_EPOCH).ok();
        Ok(Self { length: about.len(), modified, changed: ChangeTime::from_metadata(about) })
    }

    /// In bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Whether the system tells enough for the stamp to be another when the file is.
    pub(super) fn is_telling(&self) -> bool {
        self.changed.is_some()
    }

    /// Whether the file would have another stamp if it had been changed after `now`, for
    /// all that a clock's steps are coarse and no two clocks agree.
    pub fn is_settled(&self, now: Duration) -> bool {
        let before = |second: u64| second.saturating_add(COARSE) <= now.as_secs();
        let changed = self.changed.and_then(|changed| u64::try_from(changed.moment.0).ok());
        changed.is_some_and(before)
            && self.modified.is_some_and(|modified| before(modified.as_secs()))
    }
}

/// What is written down, and must be found again to the letter.
impl fmt::Display for FileStamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { length, modified, changed } = self;
        write!(f, "{length} {}", modified.unwrap_or_default().as_nanos())?;
        if let Some(ChangeTime { device, inode, moment: (seconds, billionths) }) = changed {
            write!(f, " {device} {inode} {seconds}.{billionths:09}")?;
        }
        Ok(())
    }
}

/// In seconds: the coarsest steps of any file system's clock, FAT's.
const COARSE: u64 = 2;
