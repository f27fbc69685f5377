//! Detects whether a file has changed.
//!
//! A stamp contains the time at which the system last saw the file change (`ctime`), which no
//! program can set. On systems without such a time, stamps are not reliable.

use std::fmt;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

/// The state of a file, as far as the system reports it. The names of one file have the same stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileStamp {
    length: u64,
    /// Since 1970; `None` for earlier times.
    modified: Option<Duration>,
    changed: Option<ChangeTime>,
}

/// The data of a file that its owner cannot set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct ChangeTime {
    device: u64,
    inode: u64,
    /// In seconds and nanoseconds, since 1970.
    time: (i64, i64),
}

impl ChangeTime {
    #[cfg(unix)]
    #[expect(clippy::unnecessary_wraps, reason = "other systems have no such time")]
    fn from_metadata(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        Some(Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            time: (metadata.ctime(), metadata.ctime_nsec()),
        })
    }

    #[cfg(not(unix))]
    fn from_metadata(_: &Metadata) -> Option<Self> {
        None
    }
}

impl FileStamp {
    /// The stamp of the file at this path.
    ///
    /// # Errors
    /// The file does not exist, or its metadata cannot be read.
    pub fn read(path: &Path) -> io::Result<Self> {
        Self::from_metadata(&fs::metadata(path)?)
    }

    pub(super) fn from_file(file: &File) -> io::Result<Self> {
        Self::from_metadata(&file.metadata()?)
    }

    fn from_metadata(metadata: &Metadata) -> io::Result<Self> {
        let modified = metadata.modified()?.duration_since(UNIX_EPOCH).ok();
        Ok(Self { length: metadata.len(), modified, changed: ChangeTime::from_metadata(metadata) })
    }

    /// The length of the file in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Whether the stamp differs whenever the file has changed.
    pub(in crate::picture) fn is_reliable(&self) -> bool {
        self.changed.is_some()
    }

    /// Whether a change of the file after `now` would give it another stamp, even though clocks are
    /// coarse and may disagree.
    pub fn is_settled(&self, now: Duration) -> bool {
        let before = |second: u64| second.saturating_add(CLOCK_GRANULARITY) <= now.as_secs();
        let changed = self.changed.and_then(|changed| u64::try_from(changed.time.0).ok());
        changed.is_some_and(before)
            && self.modified.is_some_and(|modified| before(modified.as_secs()))
    }
}

/// The form that is stored in notes and compared as text.
impl fmt::Display for FileStamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { length, modified, changed } = self;
        write!(f, "{length} {}", modified.unwrap_or_default().as_nanos())?;
        if let Some(ChangeTime { device, inode, time: (seconds, nanoseconds) }) = changed {
            write!(f, " {device} {inode} {seconds}.{nanoseconds:09}")?;
        }
        Ok(())
    }
}

/// The coarsest granularity of a file system's timestamps, that of FAT, in seconds.
const CLOCK_GRANULARITY: u64 = 2;
