//! Files that are read here and there, never whole.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// Bytes that can be had from any place.
pub(in crate::picture) trait RandomAccess {
    /// How many there are.
    fn length(&self) -> u64;

    /// Fills the buffer from a place on.
    fn read_at(&mut self, at: u64, into: &mut [u8]) -> io::Result<()>;

    /// Some bytes, unless the file ends before; a lying count costs no memory.
    fn bytes(&mut self, at: u64, count: u64) -> io::Result<Vec<u8>> {
        if at.checked_add(count).is_none_or(|end| end > self.length()) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut bytes = vec![0; usize::try_from(count).map_err(io::Error::other)?];
        self.read_at(at, &mut bytes)?;
        Ok(bytes)
    }

    /// As many bytes as there are from a place on, up to the buffer's size.
    fn some(&mut self, at: u64, into: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.length().saturating_sub(at)).unwrap_or(usize::MAX);
        let count = left.min(into.len());
        self.read_at(at, &mut into[..count])?;
        Ok(count)
    }

    /// Some bytes of a fixed number.
    fn array<const N: usize>(&mut self, at: u64) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.read_at(at, &mut bytes)?;
        Ok(bytes)
    }
}

impl RandomAccess for &[u8] {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    fn read_at(&mut self, at: u64, into: &mut [u8]) -> io::Result<()> {
        let found = usize::try_from(at)
            .ok()
            .and_then(|at| self.get(at..at.checked_add(into.len())?))
            .ok_or(io::ErrorKind::UnexpectedEof)?;
        into.copy_from_slice(found);
        Ok(())
    }
}

/// An open file with a small buffer.
#[derive(Debug)]
pub(in crate::picture) struct Source {
    file: BufReader<File>,
    length: u64,
    at: u64,
}

impl Source {
    /// Opens a file.
    pub(in crate::picture) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let about = file.metadata()?;
        if !about.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
        }
        // Headers lie close together; what is far away is skipped, not read.
        let file = BufReader::with_capacity(8 * 1024, file);
        Ok(Self { file, length: about.len(), at: 0 })
    }

    /// The whole file from its beginning, for a decoder.
    pub(in crate::picture) fn into_reader(mut self) -> io::Result<BufReader<File>> {
        self.file.seek(SeekFrom::Start(0))?;
        Ok(BufReader::with_capacity(256 * 1024, self.file.into_inner()))
    }
}

impl RandomAccess for Source {
    fn length(&self) -> u64 {
        self.length
    }

    fn read_at(&mut self, at: u64, into: &mut [u8]) -> io::Result<()> {
        match at.checked_signed_diff(self.at) {
            Some(0) => {}
            Some(way) => self.file.seek_relative(way)?,
            None => return Err(io::ErrorKind::UnexpectedEof.into()),
        }
        self.at = at;
        self.file.read_exact(into).inspect_err(|_| self.at = u64::MAX)?;
        self.at += into.len() as u64;
        Ok(())
    }
}
