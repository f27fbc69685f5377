//! The checksums of all files, by which a reader can tell whether anything was damaged on the way.

use std::fmt::Write as _;
use std::io::{self, Read};

use sha2::{Digest as _, Sha256};

use super::error::OfflineError;
use super::files::OfflineFiles;
use super::names::SUMS;

/// Adds up the checksums of the files that pass through.
pub(super) struct SummedFiles<'a> {
    files: &'a mut dyn OfflineFiles,
    /// The lines of `SHA256SUMS`, by name.
    sums: Vec<(String, String)>,
}

impl<'a> SummedFiles<'a> {
    pub(super) fn new(files: &'a mut dyn OfflineFiles) -> Self {
        Self { files, sums: Vec::new() }
    }

    /// Adds the file with the checksums.
    pub(super) fn finish(mut self) -> Result<(), OfflineError> {
        self.sums.sort();
        let lines = self.sums.iter().map(|(name, sum)| format!("{sum}  {name}\n"));
        Ok(self.files.text(SUMS, lines.collect::<String>().as_bytes())?)
    }

    fn add(&mut self, name: &str, sum: Sha256) {
        let sum = sum.finalize().iter().fold(String::new(), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        });
        self.sums.push((name.to_owned(), sum));
    }
}

impl OfflineFiles for SummedFiles<'_> {
    fn text(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.add(name, Sha256::new_with_prefix(bytes));
        self.files.text(name, bytes)
    }

    fn compressed(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.add(name, Sha256::new_with_prefix(bytes));
        self.files.compressed(name, bytes)
    }

    fn copy(&mut self, name: &str, from: &mut dyn Read) -> io::Result<()> {
        let mut from = HashingReader { from, hash: Sha256::new() };
        self.files.copy(name, &mut from)?;
        let HashingReader { hash, .. } = from;
        self.add(name, hash);
        Ok(())
    }
}

/// A reader whose bytes are hashed as they pass.
struct HashingReader<'r> {
    from: &'r mut dyn Read,
    hash: Sha256,
}

impl Read for HashingReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(buffer)?;
        self.hash.update(&buffer[..count]);
        Ok(count)
    }
}
