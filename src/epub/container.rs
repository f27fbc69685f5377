//! The archive, written in one pass (EPUB 3.3, 4).

use std::io::{self, Seek, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// An EPUB archive that grows.
pub(super) struct Container<W: Write + Seek> {
    zip: ZipWriter<W>,
}

impl<W: Write + Seek> Container<W> {
    /// An archive that begins with its media type, as the standard wants it: first,
    /// stored, and without extra fields (4.3).
    pub(super) fn new(out: W) -> io::Result<Self> {
        let mut container = Self { zip: ZipWriter::new(out) };
        container.stored("mimetype", b"application/epub+zip")?;
        Ok(container)
    }

    /// A file that is compressed already.
    pub(super) fn stored(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.add(path, bytes, CompressionMethod::Stored)
    }

    /// A file of text.
    pub(super) fn deflated(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.add(path, bytes, CompressionMethod::Deflated)
    }

    fn add(&mut self, path: &str, bytes: &[u8], method: CompressionMethod) -> io::Result<()> {
        // The same on every machine and every day: no clock, no system of its own.
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .system(System::Unix)
            .unix_permissions(0o644);
        self.zip.start_file(path, options)?;
        self.zip.write_all(bytes)
    }

    /// Writes the directory.
    pub(super) fn finish(self) -> io::Result<()> {
        self.zip.finish()?.flush()
    }
}
