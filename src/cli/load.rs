//! From a manifest's path, or none, to the book.

use std::io;
use std::path::PathBuf;

use crate::finding::{Code, Finding};
use crate::layout;
use crate::manifest::{self, LoadOptions};
use crate::model::{Book, Pages};
use crate::typeset::{FaceError, Faces};

use super::args::Source;
use super::report::{Report, told_path};
use super::system;
use super::terminal::Terminal;

/// A book, ready to be judged and written.
pub(super) struct Read {
    /// Where its manifest is.
    pub(super) manifest: PathBuf,
    /// The book.
    pub(super) book: Book,
    /// What it is set in.
    pub(super) faces: Faces,
}

/// Finds and reads the manifest; what is wrong with it goes into the report. `None` when
/// there is nothing to go on with.
pub(super) fn read(
    source: &Source,
    wanted: &LoadOptions,
    terminal: &mut Terminal,
    report: &mut Report,
) -> Option<Read> {
    let here = match here() {
        Ok(here) => here,
        Err(error) => {
            report.add(
                Finding::new(Code::ManifestMissing, format!("the current folder is gone: {error}"))
                    .help("change to a folder that is there"),
            );
            return None;
        }
    };
    report.set_base(here.clone());
    let manifest = match manifest::find(source.manifest.as_deref(), &here) {
        Ok(manifest) => manifest,
        Err(finding) => {
            report.add(finding);
            return None;
        }
    };
    terminal.tell(format_args!("reading {}", manifest.display()));
    let loaded = manifest::load_with(&manifest, wanted);
    report.extend(loaded.findings);
    report.sources(loaded.sources);
    let Some(mut book) = loaded.book else {
        if !report.failed() {
            // That there is no book is bad enough, whether or not anyone said why.
            let told = told_path(&manifest, report.base());
            report.add(Finding::new(Code::ManifestUnreadable, format!("{told} holds no book")));
        }
        return None;
    };
    let faces = Faces::load(&book.fonts).and_then(|faces| system::fall_back(&mut book, faces));
    match faces {
        Ok((faces, findings)) => {
            report.extend(findings);
            Some(Read { manifest, book, faces })
        }
        Err(error) => {
            report.add(face_finding(&error));
            None
        }
    }
}

/// Sets the pages.
pub(super) fn pages(read: &Read, terminal: &mut Terminal) -> Pages {
    let pages = layout::paginate(&read.book, &read.faces);
    terminal.tell(format_args!("set {} pages", pages.pages.len()));
    pages
}

#[expect(clippy::disallowed_methods, reason = "cli is where the environment is read")]
fn here() -> io::Result<PathBuf> {
    std::env::current_dir()
}

fn face_finding(error: &FaceError) -> Finding {
    let code = match error {
        FaceError::Unreadable(_) => Code::FontUnreadable,
        FaceError::Restricted(_) => Code::FontRestricted,
    };
    Finding::new(code, error.to_string()).help("name another font file under fonts")
}
