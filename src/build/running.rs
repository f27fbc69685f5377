//! What a handler of interrupts needs to know of a running build.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The files of a running build. Clones refer to the same build.
#[derive(Debug, Clone, Default)]
pub struct RunningBuild(Arc<Mutex<Files>>);

#[derive(Debug, Default)]
struct Files {
    /// The temporary files that are being written.
    temporary: BTreeSet<PathBuf>,
    /// The files that are complete.
    written: Vec<PathBuf>,
}

impl RunningBuild {
    /// Removes the temporary files, so that the process can exit; returns the files that the
    /// build has written before.
    pub fn abandon(&self) -> Vec<PathBuf> {
        let mut files = self.files();
        for path in std::mem::take(&mut files.temporary) {
            // One that was renamed at this moment is complete.
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
        files.written.clone()
    }

    /// Registers a temporary file until the guard is dropped.
    pub(super) fn temporary(&self, path: &Path) -> TemporaryGuard<'_> {
        self.files().temporary.insert(path.to_owned());
        TemporaryGuard { build: self, path: path.to_owned() }
    }

    pub(super) fn written(&self, path: &Path) {
        self.files().written.push(path.to_owned());
    }

    fn files(&self) -> MutexGuard<'_, Files> {
        // Every change is a single step, so a panic leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Unregisters a temporary file when it is dropped.
#[derive(Debug)]
pub(super) struct TemporaryGuard<'a> {
    build: &'a RunningBuild,
    path: PathBuf,
}

impl Drop for TemporaryGuard<'_> {
    fn drop(&mut self) {
        self.build.files().temporary.remove(&self.path);
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the test makes the files")]
mod tests {
    use super::*;

    #[test]
    fn abandoning_a_build_removes_what_is_not_complete() {
        let folder = tempfile::tempdir().expect("a folder");
        let paths = ["done.pdf", ".a.part", ".b.part"].map(|name| folder.path().join(name));
        for path in &paths {
            fs::write(path, "").expect("a file");
        }
        let build = RunningBuild::default();
        build.written(&paths[0]);
        drop(build.temporary(&paths[1]));
        let _guard = build.temporary(&paths[2]);
        assert_eq!(build.clone().abandon(), [paths[0].clone()]);
        assert_eq!(paths.map(|path| path.exists()), [true, true, false]);
    }
}
