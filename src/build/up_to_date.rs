//! Editions that are up to date are not written again, and keep their date.
//!
//! An edition depends on the book as it was read, the files of its photos, its timestamp, and
//! this program. Whether a file has changed is known from its stamp; where the system gives no
//! reliable stamps, every edition is written in every build.

use std::hash::{Hash, Hasher};
use std::path::Path;
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;

use crate::model::{Book, Edition};
use crate::picture::{CacheOptions, FileNotes, FileStamp};

use super::output::{self, WrittenFile};

/// What is known about the editions that earlier builds wrote.
pub(super) struct UpToDate<'a> {
    book: &'a Book,
    notes: FileNotes,
    /// The time of the build, since 1970.
    now: Duration,
    /// The hash of what all editions depend on, except for the photos.
    common: Fingerprinter,
}

/// A hash of everything that an edition depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fingerprint(String);

impl<'a> UpToDate<'a> {
    /// `None` if the program's own file cannot be identified.
    pub(super) fn new(
        cache: &CacheOptions,
        program: &Path,
        book: &'a Book,
        modified: OffsetDateTime,
    ) -> Option<Self> {
        let program = FileStamp::read(program).ok()?;
        let mut common = Fingerprinter::default();
        (program.to_string(), modified, book).hash(&mut common);
        Some(Self { book, notes: FileNotes::new(cache, "editions"), now: cache.now, common })
    }

    /// The fingerprint of an edition; `None` if a photo was changed so recently that another
    /// change might go unnoticed.
    pub(super) fn fingerprint(&self, edition: Edition) -> Option<Fingerprint> {
        let mut hasher = self.common.clone();
        edition.name().hash(&mut hasher);
        for picture in self.book.pictures() {
            let stamp = FileStamp::read(&picture.path).ok()?;
            stamp.is_settled(self.now).then_some(())?;
            stamp.to_string().hash(&mut hasher);
        }
        Some(Fingerprint(hasher.hexadecimal()))
    }

    /// The file of an earlier build, if it has the same fingerprint and was not changed since.
    pub(super) fn find(&self, path: &Path, fingerprint: &Fingerprint) -> Option<WrittenFile> {
        let stamp = FileStamp::read(path).ok()?;
        let note = self.notes.get(path, &stamp)?;
        let (of_note, sha256) = note.split_once(' ')?;
        let sha256 = sha256.to_owned();
        (of_note == fingerprint.0).then(|| WrittenFile { size: stamp.length(), sha256 })
    }

    /// Remembers a file, unless something that it depends on has changed meanwhile.
    pub(super) fn remember(
        &self,
        edition: Edition,
        path: &Path,
        fingerprint: &Fingerprint,
        written: &WrittenFile,
    ) {
        let same = self.fingerprint(edition).as_ref() == Some(fingerprint);
        if let Ok(stamp) = FileStamp::read(path)
            && same
            && stamp.length() == written.size
        {
            // Without the note, the edition is written again.
            let note = format!("{} {}", fingerprint.0, written.sha256);
            let _ = self.notes.set(path, &stamp, &note);
        }
    }

    /// Ends a build.
    pub(super) fn close(&self) {
        self.notes.close();
    }
}

/// A SHA-256 of values that implement [`Hash`]. It is only comparable within this program.
#[derive(Debug, Clone, Default)]
struct Fingerprinter {
    hash: Sha256,
    /// Most values are a few bytes long, so they are collected first.
    buffer: Vec<u8>,
}

/// The size of the buffer in bytes.
const BLOCK: usize = 4096;

impl Fingerprinter {
    fn hexadecimal(mut self) -> String {
        self.hash.update(&self.buffer);
        output::hexadecimal(&self.hash.finalize())
    }
}

impl Hasher for Fingerprinter {
    fn write(&mut self, bytes: &[u8]) {
        if self.buffer.len() + bytes.len() > BLOCK {
            self.hash.update(&self.buffer);
            self.buffer.clear();
        }
        if bytes.len() > BLOCK {
            self.hash.update(bytes);
        } else {
            self.buffer.extend_from_slice(bytes);
        }
    }

    /// Not used: see [`Fingerprinter::hexadecimal`].
    fn finish(&self) -> u64 {
        0
    }
}
