//! What a handler of interrupts needs to know of a running build.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::model::SUMS;

/// The files of a running build. Clones refer to the same build.
#[derive(Debug, Clone, Default)]
pub struct RunningBuild(Arc<Mutex<Files>>);

#[derive(Debug, Default)]
struct Files {
    /// The temporary files and folders that are being written.
    temporary: BTreeSet<PathBuf>,
    /// The editions that are complete.
    written: Vec<PathBuf>,
    /// Whether the list of checksums was changed.
    sums_changed: bool,
    /// Whether the build was abandoned: nothing may be changed from then on.
    is_abandoned: bool,
}

/// What a build had done until it was abandoned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AbandonedBuild {
    /// The editions that it had written.
    pub written: Vec<PathBuf>,
    /// Whether it had changed the list of checksums.
    pub sums_changed: bool,
}

impl RunningBuild {
    /// Removes the temporary files, so that the process can exit. The build changes nothing more.
    pub fn abandon(&self) -> AbandonedBuild {
        let mut files = self.files();
        files.is_abandoned = true;
        for path in std::mem::take(&mut files.temporary) {
            // What cannot be removed now is removed by the next build.
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
        AbandonedBuild { written: files.written.clone(), sums_changed: files.sums_changed }
    }

    /// Creates a temporary file or folder, which is registered until the guard is dropped.
    pub(super) fn create<T>(
        &self,
        create: impl FnOnce() -> io::Result<T>,
        path: impl Fn(&T) -> &Path,
    ) -> io::Result<(T, TemporaryGuard<'_>)> {
        let mut files = self.files();
        files.check()?;
        let created = create()?;
        let path = path(&created).to_owned();
        files.temporary.insert(path.clone());
        Ok((created, TemporaryGuard { build: self, path }))
    }

    /// Puts a complete file or folder in its place. An interrupt comes before or after it.
    pub(super) fn commit<T>(
        &self,
        guard: &TemporaryGuard<'_>,
        target: &Path,
        rename: impl FnOnce() -> io::Result<T>,
    ) -> io::Result<T> {
        let mut files = self.files();
        files.check()?;
        let renamed = rename();
        files.temporary.remove(&guard.path);
        if renamed.is_ok() {
            if target.file_name().is_some_and(|name| name == SUMS) {
                files.sums_changed = true;
            } else {
                files.written.push(target.to_owned());
            }
        }
        drop(files);
        renamed
    }

    fn files(&self) -> MutexGuard<'_, Files> {
        // Every change is a single step, so a panic leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Files {
    fn check(&self) -> io::Result<()> {
        if self.is_abandoned { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
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
        let path = |name: &str| folder.path().join(name);
        let build = RunningBuild::default();
        let create = |name: &str| {
            let create = || fs::write(path(name), "").map(|()| path(name));
            build.create(create, |path| path).expect("a file")
        };
        let (first, guard) = create(".a.part");
        build.commit(&guard, &path("a.pdf"), || fs::rename(first, path("a.pdf"))).expect("a file");
        let (_, guard) = create(".b.part");
        let abandoned = AbandonedBuild { written: vec![path("a.pdf")], sums_changed: false };
        assert_eq!(build.clone().abandon(), abandoned);
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1);
        let late = build.commit(&guard, &path("b.pdf"), || fs::write(path("b.pdf"), ""));
        assert!(late.is_err() && !path("b.pdf").exists());
        assert!(build.create(|| Ok(path(".c.part")), |path| path).is_err());
    }
}
