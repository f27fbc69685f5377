//! Why an edition was not written, as an error and as findings.

use std::io;

use crate::epub;
use crate::finding::{Code, Finding};
use crate::model::{Book, Location, MissingNumber, Standards};
use crate::offline::OfflineError;
use crate::pdf;
use crate::picture::{PictureError, PictureErrors};
use crate::preflight;

use super::output::FolderError;

/// Why an edition was not written.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The output cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Some photos cannot be decoded.
    #[error(transparent)]
    Pictures(#[from] PictureErrors),
    /// The PDF cannot be written.
    #[error(transparent)]
    Pdf(pdf::PdfError),
    /// The EPUB cannot be written.
    #[error(transparent)]
    Epub(epub::EpubError),
    /// Some photos are not as they were when they were read.
    #[error("{} changed while the book was built", names(.0))]
    Changed(Vec<ChangedPhoto>),
    /// The numbers of the cover's sheet are not known.
    #[error("a number that the cover needs is not known")]
    Cover(Vec<MissingNumber>),
    /// A folder that is there is not from an earlier build.
    #[error(transparent)]
    Folder(FolderError),
}

/// A photo that is not as it was when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedPhoto {
    /// Its name in the manifest.
    pub name: String,
    /// Whether it cannot be found any more.
    pub is_gone: bool,
}

fn names(photos: &[ChangedPhoto]) -> String {
    photos.iter().map(|photo| photo.name.as_str()).collect::<Vec<_>>().join(", ")
}

impl From<OfflineError> for BuildError {
    fn from(error: OfflineError) -> Self {
        match error {
            OfflineError::Io(error) => Self::Io(error),
            OfflineError::Pictures(errors) => Self::Pictures(errors),
        }
    }
}

impl From<FolderError> for BuildError {
    fn from(error: FolderError) -> Self {
        match error {
            FolderError::Io(error) => Self::Io(error),
            error @ (FolderError::OtherFiles(_) | FolderError::NoFolder) => Self::Folder(error),
        }
    }
}

impl From<epub::EpubError> for BuildError {
    fn from(error: epub::EpubError) -> Self {
        match error {
            epub::EpubError::Io(error) => Self::Io(error),
            epub::EpubError::Pictures(errors) => Self::Pictures(errors),
            error @ epub::EpubError::Skeleton(_) => Self::Epub(error),
        }
    }
}

impl From<pdf::PdfError> for BuildError {
    fn from(error: pdf::PdfError) -> Self {
        match error {
            pdf::PdfError::Io(error) => Self::Io(error),
            pdf::PdfError::Pictures(errors) => Self::Pictures(errors),
            error => Self::Pdf(error),
        }
    }
}

impl BuildError {
    /// The error as findings: one for each photo that cannot be decoded, else a single one.
    pub(super) fn into_findings(self, file: &str, book: &Book) -> Vec<Finding> {
        match self {
            Self::Io(error) => vec![not_written(file, &error)],
            Self::Pictures(errors) => {
                errors.into_iter().map(|error| unreadable(&error, file, book)).collect()
            }
            Self::Changed(photos) => {
                photos.iter().map(|photo| changed(photo, file, book)).collect()
            }
            Self::Cover(missing) => preflight::cover::sheet(book, Err(&missing)),
            Self::Pdf(pdf::PdfError::Standard { standards, violations }) => {
                violations.iter().map(|it| unmet(standards, it, file)).collect()
            }
            Self::Pdf(error) => {
                vec![
                    Finding::new(Code::FontUnreadable, error.to_string())
                        .help("name another font file under `fonts`"),
                ]
            }
            Self::Folder(FolderError::OtherFiles(names)) => {
                preflight::offline::other_files(file, &names).into_iter().collect()
            }
            Self::Folder(error) => {
                vec![
                    Finding::new(Code::NotWritten, format!("cannot write {file}: {error}"))
                        .help("move or rename it, or choose another folder with -o"),
                ]
            }
            Self::Epub(error) => {
                vec![Finding::new(Code::Internal, error.to_string()).help(format!(
                    "please report it together with the manifest; {file} is unchanged"
                ))]
            }
        }
    }
}

fn unmet(standards: Standards, violation: &pdf::Violation, file: &str) -> Finding {
    let message = format!("{file} cannot be {standards}: {violation}");
    Finding::new(Code::StandardUnmet, message).help(violation.help())
}

fn unreadable(error: &PictureError, file: &str, book: &Book) -> Finding {
    let (PictureError::Read { name, .. } | PictureError::Decode { name, .. }) = error;
    let help = format!("{file} is unchanged; repair the photo or leave it out");
    Finding::new(Code::PhotoUnreadable, error.to_string()).help(help).at(location(book, name))
}

fn changed(photo: &ChangedPhoto, file: &str, book: &Book) -> Finding {
    let ChangedPhoto { name, is_gone } = photo;
    let what = if *is_gone { "was removed" } else { "has changed" };
    let message = format!("{name} {what} since it was read");
    let help = format!("build again when nothing writes to the photos; {file} is unchanged");
    Finding::new(Code::PhotoChanged, message).help(help).at(location(book, name))
}

/// Where the manifest names a photo.
fn location(book: &Book, name: &str) -> Option<Location> {
    let mut plates = book.plates_and_openers().map(|(_, plate)| plate);
    plates.find(|plate| plate.picture.name == name)?.location.clone()
}

/// The finding that a file cannot be written.
pub(super) fn not_written(file: &str, error: &io::Error) -> Finding {
    let finding = Finding::new(Code::NotWritten, format!("cannot write {file}: {error}"));
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => finding.help(
            "the earlier file is unchanged; free some space or choose another folder with -o",
        ),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            finding.help("choose another folder with -o, or close the file where it is open")
        }
        _ => finding,
    }
}
