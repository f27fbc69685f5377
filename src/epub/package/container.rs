//! Writes the ZIP archive in one pass (EPUB 3.3, 4).

use std::io::{self, Seek, SeekFrom, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// An EPUB archive being written.
pub(in crate::epub) struct Container<W: Write> {
    zip: ZipWriter<TailBuffer<W>>,
}

impl<W: Write> Container<W> {
    /// Starts an archive with its media type, which the standard requires to be first, stored,
    /// and without extra fields (4.3).
    pub(in crate::epub) fn new(out: W) -> io::Result<Self> {
        let mut container = Self { zip: ZipWriter::new(TailBuffer::overwritten(out)) };
        container.stored("mimetype", b"application/epub+zip")?;
        Ok(container)
    }

    /// Adds a file that is already compressed, without compression.
    pub(in crate::epub) fn stored(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.add(path, bytes, CompressionMethod::Stored)
    }

    /// Adds a text file, compressed.
    pub(in crate::epub) fn deflated(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.add(path, bytes, CompressionMethod::Deflated)
    }

    fn add(&mut self, path: &str, bytes: &[u8], method: CompressionMethod) -> io::Result<()> {
        // The archive must not depend on the machine or the clock.
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .system(System::Unix)
            .unix_permissions(0o644);
        self.zip.start_file(path, options)?;
        self.zip.write_all(bytes)
    }

    /// Writes the central directory.
    pub(in crate::epub) fn finish(self) -> io::Result<()> {
        self.zip.finish()?.close()
    }
}

/// Buffers the end of a stream from the header of the current file on: the ZIP writer seeks back
/// to fill in size and checksum once the file is complete, and only then is the file written to
/// the output.
struct TailBuffer<W: Write> {
    out: W,
    /// The number of bytes written to the output.
    written: u64,
    buffer: Vec<u8>,
    /// The position in `buffer` of the next byte.
    at: usize,
}

impl<W: Write> TailBuffer<W> {
    fn overwritten(out: W) -> Self {
        Self { out, written: 0, buffer: Vec::new(), at: 0 }
    }

    fn write_out(&mut self) -> io::Result<()> {
        self.out.write_all(&self.buffer)?;
        self.written += self.buffer.len() as u64;
        self.buffer.clear();
        self.at = 0;
        Ok(())
    }

    fn close(mut self) -> io::Result<()> {
        self.write_out()?;
        self.out.flush()
    }
}

impl<W: Write> Write for TailBuffer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let overwritten = bytes.len().min(self.buffer.len() - self.at);
        let (overwritten, appended) = bytes.split_at(overwritten);
        self.buffer[self.at..self.at + overwritten.len()].copy_from_slice(overwritten);
        self.buffer.extend_from_slice(appended);
        self.at += bytes.len();
        Ok(bytes.len())
    }

    /// The header is filled in only when the file is complete, so a flush before that does
    /// nothing.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<W: Write> Seek for TailBuffer<W> {
    /// Seeking forward to the end means that the header has been filled in.
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(by) => (self.written + self.buffer.len() as u64).checked_add_signed(by),
            SeekFrom::Current(by) => (self.written + self.at as u64).checked_add_signed(by),
        };
        let within = target.and_then(|target| target.checked_sub(self.written));
        let at = within.and_then(|position| usize::try_from(position).ok());
        let at = at.filter(|&at| at <= self.buffer.len()).ok_or(io::ErrorKind::NotSeekable)?;
        let returned_to_end = self.at < at && at == self.buffer.len();
        self.at = at;
        if returned_to_end {
            self.write_out()?;
        }
        Ok(self.written + self.at as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_out_when_its_header_is_complete() {
        let mut out = Vec::new();
        let mut tail = TailBuffer::overwritten(&mut out);
        tail.write_all(b"size ? ").unwrap();
        tail.write_all(b"twelve bytes").unwrap();
        assert_eq!(tail.stream_position().unwrap(), 19);
        tail.seek(SeekFrom::Start(5)).unwrap();
        tail.write_all(b"!").unwrap();
        assert!(tail.out.is_empty());
        tail.seek(SeekFrom::Start(19)).unwrap();
        assert_eq!(tail.out.as_slice(), b"size ! twelve bytes");

        tail.write_all(b" and more").unwrap();
        assert!(tail.seek(SeekFrom::Start(5)).is_err(), "it is gone");
        assert!(tail.seek(SeekFrom::End(1)).is_err(), "nothing is there yet");
        tail.seek(SeekFrom::Current(-4)).unwrap();
        tail.write_all(b"less, or so").unwrap();
        tail.close().unwrap();
        assert_eq!(out, b"size ! twelve bytes and less, or so");
    }

    #[test]
    fn an_archive_buffers_only_the_current_file() {
        let mut out = Vec::new();
        let mut container = Container::new(&mut out).unwrap();
        for number in 0..20 {
            let text = vec![b'a' + number; 1000];
            container.stored(&format!("{number}"), &text).unwrap();
            container.deflated(&format!("{number}.txt"), &text).unwrap();
            let buffer = container.zip.get_ref().map(|tail| tail.buffer.len());
            assert!(buffer.is_some_and(|buffer| buffer < 2200), "{buffer:?}");
        }
        container.finish().unwrap();
        assert_eq!(&out[30..38], b"mimetype");
        assert_eq!(&out[38..58], b"application/epub+zip");
    }
}
