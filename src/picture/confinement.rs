//! Keeps the files of a book in one folder, for books of strangers.

use std::io;
use std::path::{self, Component, Path, PathBuf};

/// Where the files of a book may be. By default, anywhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Confinement(Option<PathBuf>);

impl Confinement {
    /// Files must be in this folder or below it, wherever links lead.
    ///
    /// # Errors
    /// The folder cannot be found.
    pub fn to_folder(folder: &Path) -> io::Result<Self> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        Ok(Self(Some(folder.canonicalize()?)))
    }

    /// Whether there is a limit.
    pub fn is_confined(&self) -> bool {
        self.0.is_some()
    }

    /// Whether this path may be read. One that does not exist is judged by the folder around it, so
    /// that the answer says nothing about other folders.
    pub fn allows(&self, path: &Path) -> bool {
        let Some(folder) = &self.0 else { return true };
        resolved(path).is_some_and(|path| path.starts_with(folder))
    }
}

/// The path without links. `None` if it is not known where it leads.
fn resolved(path: &Path) -> Option<PathBuf> {
    let path = path::absolute(path).ok()?;
    let mut existing = path.as_path();
    let mut missing = Vec::new();
    loop {
        if let Ok(resolved) = existing.canonicalize() {
            return Some(missing.iter().rev().fold(resolved, |path, part| path.join(part)));
        }
        // A link to nothing may lead anywhere, and so may `..` after what does not exist.
        let Some(Component::Normal(part)) = existing.components().next_back() else { return None };
        if existing.is_symlink() {
            return None;
        }
        missing.push(part);
        existing = existing.parent()?;
    }
}
