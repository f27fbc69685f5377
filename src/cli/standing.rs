//! EditionIdentifiers that stand: nothing that they are made of has changed since they were written,
//! so they are not written again, and keep their date.
//!
//! An edition is made of the book as it was read, the files of its pictures, the moment that
//! it names, and this program. That files are what they were is told by their stamps, those
//! of the pictures and of the edition; where stamps tell too little, everything is written
//! in every build.

use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;

use crate::model::{Book, Edition};
use crate::picture::{Notebook, Shelf, Stamp};

use super::output::{self, Written};

/// The notes on the editions that were written before.
pub(super) struct Standing<'a> {
    book: &'a Book,
    notes: Notebook,
    /// The moment of the build, since 1970.
    now: Duration,
    /// What is in every edition, but for the pictures.
    common: Sum,
}

/// All that an edition is made of, in a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Makeup(String);

impl<'a> Standing<'a> {
    /// `None` where nothing is kept, or this program does not know itself.
    pub(super) fn new(shelf: &Shelf, book: &'a Book, modified: OffsetDateTime) -> Option<Self> {
        let program = Stamp::of(&program()?).ok()?;
        let mut common = Sum::default();
        (program.to_string(), modified, book).hash(&mut common);
        Some(Self { book, notes: Notebook::new(shelf, "editions"), now: shelf.now, common })
    }

    /// What the edition is made of; `None` where a picture was changed just now, so that the
    /// next change might not be seen.
    pub(super) fn makeup(&self, edition: Edition) -> Option<Makeup> {
        let mut sum = self.common.clone();
        edition.name().hash(&mut sum);
        for picture in self.book.pictures() {
            let stamp = Stamp::of(&picture.path).ok()?;
            stamp.is_settled(self.now).then_some(())?;
            stamp.to_string().hash(&mut sum);
        }
        Some(Makeup(sum.hexadecimal()))
    }

    /// What was written there, if it was made of the same and is still what it was.
    pub(super) fn find(&self, path: &Path, makeup: &Makeup) -> Option<Written> {
        let stamp = Stamp::of(path).ok()?;
        let note = self.notes.find(path, &stamp)?;
        let (made_of, sha256) = note.split_once(' ')?;
        let sha256 = sha256.to_owned();
        (made_of == makeup.0).then(|| Written { size: stamp.length(), sha256 })
    }

    /// Notes what was written, unless something that it is made of was changed meanwhile.
    pub(super) fn keep(&self, edition: Edition, path: &Path, makeup: &Makeup, written: &Written) {
        let same = self.makeup(edition).as_ref() == Some(makeup);
        if let Ok(stamp) = Stamp::of(path)
            && same
            && stamp.length() == written.size
        {
            // Without the note, it is written again.
            let _ = self.notes.keep(path, &stamp, &format!("{} {}", makeup.0, written.sha256));
        }
    }

    /// Ends a build.
    pub(super) fn close(&self) {
        self.notes.close();
    }
}

#[expect(clippy::disallowed_methods, reason = "cli is where the environment is read")]
fn program() -> Option<PathBuf> {
    std::env::current_exe().ok()
}

/// A sum over what hashes itself, equal for what is equal to this very program.
#[derive(Debug, Clone, Default)]
struct Sum {
    sum: Sha256,
    /// Most of what comes is a few bytes long.
    waiting: Vec<u8>,
}

/// So many bytes wait at least until they are added.
const BLOCK: usize = 4096;

impl Sum {
    fn hexadecimal(mut self) -> String {
        self.sum.update(&self.waiting);
        output::hexadecimal(&self.sum.finalize())
    }
}

impl Hasher for Sum {
    fn write(&mut self, bytes: &[u8]) {
        if self.waiting.len() + bytes.len() > BLOCK {
            self.sum.update(&self.waiting);
            self.waiting.clear();
        }
        if bytes.len() > BLOCK {
            self.sum.update(bytes);
        } else {
            self.waiting.extend_from_slice(bytes);
        }
    }

    /// Half a sum would be of no use; see [`Sum::hexadecimal`].
    fn finish(&self) -> u64 {
        0
    }
}
