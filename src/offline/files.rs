//! Where the files of the offline edition go.

use std::io::{self, Read, Write};
use std::path::Path;

use time::OffsetDateTime;

use crate::archive::Archive;

/// Receives the files of the offline edition. Names are relative, with `/` between folders.
pub trait OfflineFiles {
    /// Adds a text.
    ///
    /// # Errors
    /// It cannot be written.
    fn text(&mut self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// Adds a file that is already compressed, such as a photo.
    ///
    /// # Errors
    /// It cannot be written.
    fn compressed(&mut self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// Adds a copy of a file of any size.
    ///
    /// # Errors
    /// It cannot be read or written.
    fn copy(&mut self, name: &str, from: &mut dyn Read) -> io::Result<()>;
}

/// A ZIP archive.
pub struct ZipFiles<'a, W: Write> {
    archive: Archive<W>,
    scratch: Option<&'a Path>,
}

impl<W: Write> std::fmt::Debug for ZipFiles<'_, W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ZipFiles").field("scratch", &self.scratch).finish_non_exhaustive()
    }
}

impl<'a, W: Write> ZipFiles<'a, W> {
    /// Starts an archive whose files have this time. Large files are copied through a temporary
    /// file in `scratch`.
    pub fn new(out: W, modified: OffsetDateTime, scratch: Option<&'a Path>) -> Self {
        Self { archive: Archive::dated(out, modified), scratch }
    }

    /// Writes the end of the archive.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn finish(self) -> io::Result<()> {
        self.archive.finish()
    }
}

impl<W: Write> OfflineFiles for ZipFiles<'_, W> {
    fn text(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.archive.deflated(name, bytes)
    }

    fn compressed(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.archive.stored(name, bytes)
    }

    fn copy(&mut self, name: &str, from: &mut dyn Read) -> io::Result<()> {
        self.archive.copied(name, from, self.scratch)
    }
}
