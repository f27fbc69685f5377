//! Writes the ZIP archive in one pass (EPUB 3.3, 4).

use std::io::{self, Seek, SeekFrom, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// An EPUB archive being written.
pub(in crate::epub) struct Container<W: Write> {
    zip: ZipWriter<Window<W>>,
}

impl<W: Write> Container<W> {
    /// Starts an archive with its media type, which the standard requires to be first, stored,
    /// and without extra fields (4.3).
    pub(in crate::epub) fn new(out: W) -> io::Result<Self> {
        let mut container = Self { zip: ZipWriter::new(Window::over(out)) };
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
struct Window<W: Write> {
    out: W,
    /// The number of bytes written to the output.
    gone: u64,
    held: Vec<u8>,
    /// The position in `buffer` of the next byte.
    at: usize,
}

impl<W: Write> Window<W> {
    fn over(out: W) -> Self {
        Self { out, gone: 0, held: Vec::new(), at: 0 }
    }

    fn let_go(&mut self) -> io::Result<()> {
        self.out.write_all(&self.held)?;
        self.gone += self.held.len() as u64;
        self.held.clear();
        self.at = 0;
        Ok(())
    }

    fn close(mut self) -> io::Result<()> {
        self.let_go()?;
        self.out.flush()
    }
}

impl<W: Write> Write for Window<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let over = bytes.len().min(self.held.len() - self.at);
        let (over, beyond) = bytes.split_at(over);
        self.held[self.at..self.at + over.len()].copy_from_slice(over);
        self.held.extend_from_slice(beyond);
        self.at += bytes.len();
        Ok(bytes.len())
    }

    /// The header is filled in only when the file is complete, so a flush before that does
    /// nothing.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<W: Write> Seek for Window<W> {
    /// Seeking forward to the end means that the header has been filled in.
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(by) => (self.gone + self.held.len() as u64).checked_add_signed(by),
            SeekFrom::Current(by) => (self.gone + self.at as u64).checked_add_signed(by),
        };
        let within = target.and_then(|target| target.checked_sub(self.gone));
        let at = within.and_then(|place| usize::try_from(place).ok());
        let at = at.filter(|&at| at <= self.held.len()).ok_or(io::ErrorKind::NotSeekable)?;
        let came_back = self.at < at && at == self.held.len();
        self.at = at;
        if came_back {
            self.let_go()?;
        }
        Ok(self.gone + self.at as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_let_go_when_it_is_whole() {
        let mut out = Vec::new();
        let mut window = Window::over(&mut out);
        window.write_all(b"size ? ").unwrap();
        window.write_all(b"twelve bytes").unwrap();
        assert_eq!(window.stream_position().unwrap(), 19);
        window.seek(SeekFrom::Start(5)).unwrap();
        window.write_all(b"!").unwrap();
        assert!(window.out.is_empty());
        window.seek(SeekFrom::Start(19)).unwrap();
        assert_eq!(window.out.as_slice(), b"size ! twelve bytes");

        window.write_all(b" and more").unwrap();
        assert!(window.seek(SeekFrom::Start(5)).is_err(), "it is gone");
        assert!(window.seek(SeekFrom::End(1)).is_err(), "nothing is there yet");
        window.seek(SeekFrom::Current(-4)).unwrap();
        window.write_all(b"less, or so").unwrap();
        window.close().unwrap();
        assert_eq!(out, b"size ! twelve bytes and less, or so");
    }

    #[test]
    fn an_archive_holds_no_more_than_the_file_that_is_being_added() {
        let mut out = Vec::new();
        let mut container = Container::new(&mut out).unwrap();
        for number in 0..20 {
            let text = vec![b'a' + number; 1000];
            container.stored(&format!("{number}"), &text).unwrap();
            container.deflated(&format!("{number}.txt"), &text).unwrap();
            let held = container.zip.get_ref().map(|window| window.held.len());
            assert!(held.is_some_and(|held| held < 2200), "{held:?}");
        }
        container.finish().unwrap();
        assert_eq!(&out[30..38], b"mimetype");
        assert_eq!(&out[38..58], b"application/epub+zip");
    }
}
