//! How files are written: whether they are on the disk before they get their names.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::build::running::RunningBuild;

/// How the files of a build are written.
#[derive(Debug, Clone, Copy)]
pub(in crate::build) struct WriteOptions<'a> {
    /// What an interrupt has to remove.
    pub(in crate::build) running: &'a RunningBuild,
    /// Whether to wait for the disk.
    pub(in crate::build) durability: Durability,
}

/// Whether a build waits until its files are on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// A file is on the disk before it takes the place of an earlier one, so that a power cut
    /// leaves either of them whole.
    #[default]
    Synced,
    /// The system writes files to the disk when it likes.
    Unsynced,
}

impl Durability {
    /// Waits until the content of a file is on the disk.
    pub(super) fn sync_file(self, file: &File) -> io::Result<()> {
        match self {
            Self::Synced => file.sync_all(),
            Self::Unsynced => Ok(()),
        }
    }

    /// Waits until the names of the files in a folder are on the disk. On Windows, and on file
    /// systems that cannot do so, the system decides.
    pub(super) fn sync_folder(self, folder: &Path) {
        if cfg!(unix) && self == Self::Synced {
            #[expect(clippy::disallowed_methods, reason = "it opens a folder, not a file")]
            let folder = File::open(folder);
            let _ = folder.and_then(|folder| folder.sync_all());
        }
    }
}
