//! Editions that are up to date are not written again, and keep their date.
//!
//! An edition depends on the book as it was read, the files of its photos, its timestamp, and
//! this program. Whether a file has changed is known from its stamp; where the system gives no
//! reliable stamps, every edition is written in every build.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;

use crate::model::{Book, Edition, SUMS, hexadecimal};
use crate::picture::{CacheOptions, FileNotes, FileStamp};

use super::file::WrittenFile;
use super::sums;

/// What is known about the editions that earlier builds wrote.
pub(in crate::build) struct UpToDate<'a> {
    /// The stamp of this program.
    program: String,
    modified: OffsetDateTime,
    /// Whether the printed cover has guides.
    guides: bool,
    book: &'a Book,
    /// The hash of what all editions of `book` depend on, except for the photos.
    own: Fingerprinter,
    notes: FileNotes,
    /// The time of the build, since 1970.
    now: Duration,
}

/// A hash of everything that an edition depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::build) struct Fingerprint(String);

impl<'a> UpToDate<'a> {
    /// `None` if the program's own file cannot be identified.
    pub(in crate::build) fn new(
        cache: &CacheOptions,
        program: &Path,
        book: &'a Book,
        modified: OffsetDateTime,
        guides: bool,
    ) -> Option<Self> {
        let program = FileStamp::read(program).ok()?.to_string();
        let mut own = Fingerprinter::default();
        (&program, modified, book).hash(&mut own);
        let notes = FileNotes::new(cache, "editions");
        Some(Self { program, modified, guides, book, own, notes, now: cache.now })
    }

    /// The fingerprint of an edition; `None` if a photo was changed so recently that another
    /// change might go unnoticed.
    pub(in crate::build) fn fingerprint(&self, edition: Edition) -> Option<Fingerprint> {
        self.add_edition(self.own.clone(), self.book, edition)
    }

    /// The fingerprint of an edition of the book in another language.
    pub(in crate::build) fn fingerprint_of(
        &self,
        book: &Book,
        edition: Edition,
    ) -> Option<Fingerprint> {
        let mut hasher = Fingerprinter::default();
        (&self.program, self.modified, book).hash(&mut hasher);
        self.add_edition(hasher, book, edition)
    }

    fn add_edition(
        &self,
        mut hasher: Fingerprinter,
        book: &Book,
        edition: Edition,
    ) -> Option<Fingerprint> {
        edition.name().hash(&mut hasher);
        if edition == Edition::Cover {
            self.guides.hash(&mut hasher);
        }
        for picture in book.pictures() {
            let stamp = FileStamp::read(&picture.path).ok()?;
            stamp.is_settled(self.now).then_some(())?;
            stamp.to_string().hash(&mut hasher);
        }
        Some(Fingerprint(hasher.hexadecimal()))
    }

    /// What an earlier build recorded about a file or folder that has not changed since.
    pub(in crate::build) fn record(&self, path: &Path) -> Option<Record> {
        let state = EditionState::read(path).ok()?;
        let note = self.notes.get(&state.noted, &state.stamp)?;
        let note = match &state.below {
            Some(below) => note.strip_suffix(&format!(" {below}"))?,
            None => &note,
        };
        Record::parse(note, state.size)
    }

    /// The file of an earlier build, if writing it again would change nothing and report nothing.
    pub(in crate::build) fn find(
        &self,
        path: &Path,
        fingerprint: &Fingerprint,
    ) -> Option<WrittenFile> {
        let record = self.record(path)?;
        (record.fingerprint == *fingerprint && !record.has_findings).then_some(record.file)
    }

    /// Records a file, unless something that it depends on has changed meanwhile.
    pub(in crate::build) fn remember(&self, edition: Edition, path: &Path, record: &Record) {
        let same = self.fingerprint(edition).as_ref() == Some(&record.fingerprint);
        if let Ok(state) = EditionState::read(path)
            && same
            && state.size == record.file.size
        {
            let note = match &state.below {
                Some(below) => format!("{record} {below}"),
                None => record.to_string(),
            };
            // Without the note, the edition is written again.
            let _ = self.notes.set(&state.noted, &state.stamp, &note);
        }
    }

    /// Ends a build.
    pub(in crate::build) fn close(&self) {
        self.notes.close();
    }
}

/// The state of an edition on the disk.
struct EditionState {
    /// The file about which a note is written: that of the edition, or the list of checksums in its
    /// folder.
    noted: PathBuf,
    stamp: FileStamp,
    /// The size of all its files in bytes.
    size: u64,
    /// A hash of the stamps of all files in its folder, if it is one.
    below: Option<String>,
}

impl EditionState {
    fn read(path: &Path) -> io::Result<Self> {
        if !path.is_dir() {
            let stamp = FileStamp::read(path)?;
            return Ok(Self { noted: path.to_owned(), stamp, size: stamp.length(), below: None });
        }
        let noted = path.join(SUMS);
        let stamp = FileStamp::read(&noted)?;
        let (mut size, mut hash) = (0, Fingerprinter::default());
        for name in sums::names_below(path) {
            let file = FileStamp::read(&path.join(&name))?;
            size += file.length();
            (name, file.to_string()).hash(&mut hash);
        }
        Ok(Self { noted, stamp, size, below: Some(hash.hexadecimal()) })
    }
}

/// What a build records about a file that it wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::build) struct Record {
    pub(in crate::build) fingerprint: Fingerprint,
    pub(in crate::build) file: WrittenFile,
    /// Whether writing it reported findings, which an unchanged file would not report again.
    pub(in crate::build) has_findings: bool,
    /// The language of the edition.
    pub(in crate::build) language: String,
    /// The hash of the path of the manifest.
    pub(in crate::build) manifest: String,
}

impl Record {
    /// Parses a note, as [`Display`](fmt::Display) writes it.
    fn parse(note: &str, size: u64) -> Option<Self> {
        let mut parts = note.split(' ').map(str::to_owned);
        let mut next = || parts.next();
        Some(Self {
            fingerprint: Fingerprint(next()?),
            file: WrittenFile { size, sha256: next()? },
            has_findings: next()? == "findings",
            language: next()?,
            manifest: next()?,
        })
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fingerprint, file, has_findings, language, manifest } = self;
        let findings = if *has_findings { "findings" } else { "clean" };
        write!(f, "{} {} {findings} {language} {manifest}", fingerprint.0, file.sha256)
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
        hexadecimal(&self.hash.finalize())
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
