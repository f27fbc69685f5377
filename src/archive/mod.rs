//! Writes a ZIP archive in one pass, with bytes that depend on its content only.

mod tail_buffer;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use tail_buffer::{TailBuffer, WriteThrough};

/// An archive that is being written. One file at a time is in memory.
pub(crate) struct Archive<W: Write> {
    /// `None` after the end is written.
    zip: Option<ZipWriter<TailBuffer<W>>>,
    write_through: WriteThrough,
    time: DateTime,
}

impl<W: Write> Archive<W> {
    /// Starts an archive whose files are dated 1980, the earliest year that an archive can state.
    pub(crate) fn new(out: W) -> Self {
        Self::with_time(out, DateTime::default())
    }

    /// Starts an archive whose files are dated `time`, or 1980 if an archive cannot state it.
    pub(crate) fn dated(out: W, time: time::OffsetDateTime) -> Self {
        let ((hour, minute, second), day) = (time.to_hms(), time.date());
        let year = u16::try_from(day.year()).unwrap_or_default();
        let month = u8::from(day.month());
        let time = DateTime::from_date_and_time(year, month, day.day(), hour, minute, second);
        Self::with_time(out, time.unwrap_or_default())
    }

    fn with_time(out: W, time: DateTime) -> Self {
        let write_through = WriteThrough::default();
        let zip = Some(ZipWriter::new(TailBuffer::new(out, &write_through)));
        Self { zip, write_through, time }
    }

    /// Adds a file that is already compressed, without compression.
    pub(crate) fn stored(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.add(path, bytes, CompressionMethod::Stored)
    }

    /// Adds a text file, compressed.
    pub(crate) fn deflated(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.add(path, bytes, CompressionMethod::Deflated)
    }

    /// Adds a file of any size, without compression. It is first copied to a temporary file in
    /// `scratch`, because its checksum stands before it in the archive.
    pub(crate) fn copied(
        &mut self,
        path: &str,
        file: &mut dyn Read,
        scratch: Option<&Path>,
    ) -> io::Result<()> {
        let temporary: File = match scratch {
            Some(folder) => tempfile::tempfile_in(folder)?,
            None => tempfile::tempfile()?,
        };
        let mut copy = ZipWriter::new(temporary);
        copy.start_file(path, self.options(CompressionMethod::Stored).large_file(true))?;
        io::copy(file, &mut copy)?;
        let mut copy = ZipArchive::new(copy.finish()?)?;
        self.write_through.set(true);
        let result = self.zip()?.raw_copy_file(copy.by_index_raw(0)?);
        self.write_through.set(false);
        Ok(result?)
    }

    fn add(&mut self, path: &str, bytes: &[u8], method: CompressionMethod) -> io::Result<()> {
        let options = self.options(method);
        let zip = self.zip()?;
        zip.start_file(path, options)?;
        zip.write_all(bytes)
    }

    /// The archive must not depend on the machine or the clock.
    fn options(&self, method: CompressionMethod) -> SimpleFileOptions {
        SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(self.time)
            .system(System::Unix)
            .unix_permissions(0o644)
    }

    /// Writes the central directory.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        match self.zip.take() {
            Some(zip) => zip.finish()?.close(),
            None => Ok(()),
        }
    }

    fn zip(&mut self) -> io::Result<&mut ZipWriter<TailBuffer<W>>> {
        self.zip.as_mut().ok_or_else(|| io::Error::other("the archive is complete"))
    }
}

/// The library would try to complete an archive that is given up, and report to standard error
/// that it cannot.
impl<W: Write> Drop for Archive<W> {
    fn drop(&mut self) {
        std::mem::forget(self.zip.take());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_buffers_only_the_current_file() {
        let mut out = Vec::new();
        let mut archive = Archive::new(&mut out);
        for number in 0..20 {
            let text = vec![b'a' + number; 1000];
            archive.stored(&format!("{number}"), &text).unwrap();
            archive.deflated(&format!("{number}.txt"), &text).unwrap();
            let buffer =
                archive.zip.as_ref().and_then(|zip| zip.get_ref()).map(TailBuffer::buffered);
            assert!(buffer.is_some_and(|buffer| buffer < 2200), "{buffer:?}");
        }
        archive.finish().unwrap();
        assert_eq!(&out[30..31], b"0");
    }

    #[test]
    fn a_copied_file_is_not_buffered() {
        let mut out = Vec::new();
        let mut archive = Archive::new(&mut out);
        archive.stored("first", b"one").unwrap();
        let large = vec![7; 1_000_000];
        archive.copied("large", &mut large.as_slice(), None).unwrap();
        let buffer = archive.zip.as_ref().and_then(|zip| zip.get_ref()).map(TailBuffer::buffered);
        assert_eq!(buffer, Some(0));
        archive.deflated("last", b"three").unwrap();
        archive.finish().unwrap();
        let mut read = ZipArchive::new(io::Cursor::new(out)).unwrap();
        let mut content = |name| {
            let mut bytes = Vec::new();
            read.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
            bytes
        };
        assert_eq!((content("first"), content("last")), (b"one".to_vec(), b"three".to_vec()));
        assert!(content("large") == large);
    }
}
