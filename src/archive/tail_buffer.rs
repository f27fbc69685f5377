//! A stream whose last bytes can still be changed.

use std::cell::Cell;
use std::io::{self, Seek, SeekFrom, Write};
use std::rc::Rc;

/// Buffers the end of a stream from the header of the current file on: the ZIP writer seeks back
/// to fill in size and checksum once the file is complete, and only then is the file written to
/// the output.
pub(super) struct TailBuffer<W: Write> {
    out: W,
    /// The number of bytes written to the output.
    written: u64,
    buffer: Vec<u8>,
    /// The position in `buffer` of the next byte.
    at: usize,
    write_through: Rc<Cell<bool>>,
}

/// Whether bytes are written at once, because the header of their file is complete from the
/// beginning.
#[derive(Debug, Clone, Default)]
pub(super) struct WriteThrough(Rc<Cell<bool>>);

impl WriteThrough {
    pub(super) fn set(&self, on: bool) {
        self.0.set(on);
    }
}

impl<W: Write> TailBuffer<W> {
    pub(super) fn new(out: W, write_through: &WriteThrough) -> Self {
        let write_through = Rc::clone(&write_through.0);
        Self { out, written: 0, buffer: Vec::new(), at: 0, write_through }
    }

    /// How many bytes are in memory.
    #[cfg(test)]
    pub(super) fn buffered(&self) -> usize {
        self.buffer.len()
    }

    fn write_out(&mut self) -> io::Result<()> {
        self.out.write_all(&self.buffer)?;
        self.written += self.buffer.len() as u64;
        self.buffer.clear();
        self.at = 0;
        Ok(())
    }

    pub(super) fn close(mut self) -> io::Result<()> {
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
        if self.write_through.get() && self.at == self.buffer.len() {
            self.write_out()?;
        }
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
        let mut tail = TailBuffer::new(&mut out, &WriteThrough::default());
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
}
