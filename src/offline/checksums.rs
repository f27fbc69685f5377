//! The checksums of all files, by which a reader can tell whether anything was damaged on the way.

use std::collections::BTreeMap;
use std::io::{self, Read};

use sha2::{Digest as _, Sha256};

use crate::model::{SUMS, checksum_list, hexadecimal};

use super::error::OfflineError;
use super::files::OfflineFiles;

/// Notes the checksums of the files that pass through.
pub(super) struct SummedFiles<'a> {
    files: &'a mut dyn OfflineFiles,
    /// The checksums by name.
    sums: BTreeMap<String, String>,
}

impl<'a> SummedFiles<'a> {
    pub(super) fn new(files: &'a mut dyn OfflineFiles) -> Self {
        Self { files, sums: BTreeMap::new() }
    }

    /// Adds the file with the checksums.
    pub(super) fn finish(self) -> Result<(), OfflineError> {
        Ok(self.files.text(SUMS, checksum_list(&self.sums).as_bytes())?)
    }

    fn add(&mut self, name: &str, sum: Sha256) {
        self.sums.insert(name.to_owned(), hexadecimal(&sum.finalize()));
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
