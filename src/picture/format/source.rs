//! Random access to files without reading them as a whole.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// Bytes that can be read at any offset.
pub(in crate::picture) trait RandomAccess {
    /// The number of bytes.
    fn length(&self) -> u64;

    /// Fills the buffer from an offset.
    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<()>;

    /// Reads `count` bytes. The length is checked first, so that a wrong count allocates no memory.
    fn read_bytes(&mut self, offset: u64, count: u64) -> io::Result<Vec<u8>> {
        if offset.checked_add(count).is_none_or(|end| end > self.length()) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut bytes = vec![0; usize::try_from(count).map_err(io::Error::other)?];
        self.read_at(offset, &mut bytes)?;
        Ok(bytes)
    }

    /// Reads up to the buffer's length, or up to the end. Returns the number of bytes read.
    fn read_up_to(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.length().saturating_sub(offset)).unwrap_or(usize::MAX);
        let count = left.min(buffer.len());
        self.read_at(offset, &mut buffer[..count])?;
        Ok(count)
    }

    /// Reads an array.
    fn read_array<const N: usize>(&mut self, offset: u64) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.read_at(offset, &mut bytes)?;
        Ok(bytes)
    }
}

impl RandomAccess for &[u8] {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        let bytes = usize::try_from(offset)
            .ok()
            .and_then(|offset| self.get(offset..offset.checked_add(buffer.len())?))
            .ok_or(io::ErrorKind::UnexpectedEof)?;
        buffer.copy_from_slice(bytes);
        Ok(())
    }
}

/// Opens a regular file. Opening a pipe would wait for somebody who writes to it, and a device may
/// have no end.
///
/// # Errors
/// The file cannot be opened, or is not a regular one.
pub(in crate::picture) fn open_regular(path: &Path) -> io::Result<File> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
    }
    File::open(path)
}

/// Reads a whole file.
///
/// # Errors
/// The file cannot be read, or is not a regular one.
pub(in crate::picture) fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let mut source = Source::open(path)?;
    let length = source.length();
    source.read_bytes(0, length)
}

/// An open file with a small buffer.
#[derive(Debug)]
pub(in crate::picture) struct Source {
    file: BufReader<File>,
    length: u64,
    offset: u64,
}

impl Source {
    /// Opens a file.
    pub(in crate::picture) fn open(path: &Path) -> io::Result<Self> {
        let file = open_regular(path)?;
        let metadata = file.metadata()?;
        // Headers are close together; whatever is further away is skipped without reading.
        let file = BufReader::with_capacity(8 * 1024, file);
        Ok(Self { file, length: metadata.len(), offset: 0 })
    }

    /// A reader of the whole file from its beginning, for a decoder.
    pub(in crate::picture) fn into_reader(mut self) -> io::Result<BufReader<File>> {
        self.file.seek(SeekFrom::Start(0))?;
        Ok(BufReader::with_capacity(256 * 1024, self.file.into_inner()))
    }
}

impl RandomAccess for Source {
    fn length(&self) -> u64 {
        self.length
    }

    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        match offset.checked_signed_diff(self.offset) {
            Some(0) => {}
            Some(distance) => self.file.seek_relative(distance)?,
            None => return Err(io::ErrorKind::UnexpectedEof.into()),
        }
        self.offset = offset;
        self.file.read_exact(buffer).inspect_err(|_| self.offset = u64::MAX)?;
        self.offset += buffer.len() as u64;
        Ok(())
    }
}
