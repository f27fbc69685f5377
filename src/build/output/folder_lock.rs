//! Lets one build at a time write into a folder, so that the checksums in it always fit.

use std::fs::{File, TryLockError};
use std::path::Path;

/// A lock on a folder, which the system releases when the process ends.
#[derive(Debug)]
pub(in crate::build) struct FolderLock {
    _folder: Option<File>,
}

impl FolderLock {
    /// Waits until no other build writes into the folder; calls `waiting` once if there is one.
    /// On Windows, and on file systems without locks, nothing is locked.
    pub(in crate::build) fn acquire(folder: &Path, waiting: impl FnOnce()) -> Self {
        if cfg!(windows) {
            return Self { _folder: None };
        }
        #[expect(clippy::disallowed_methods, reason = "it opens a folder, not a file")]
        let folder = File::open(folder).ok();
        if let Some(folder) = &folder
            && matches!(folder.try_lock(), Err(TryLockError::WouldBlock))
        {
            waiting();
            // Without the lock, both builds still write whole files.
            let _ = folder.lock();
        }
        Self { _folder: folder }
    }
}
