//! Why an edition was not written.

use std::io;

use crate::epub;
use crate::finding::{Code, Finding};
use crate::model::{Book, Location};
use crate::pdf;
use crate::picture::{PictureError, Unreadable};

/// Why an edition was not written.
#[derive(Debug)]
pub(super) enum Fault {
    Stream(io::Error),
    Pictures(Unreadable),
    Face(String),
    Standard(String),
    Skeleton(String),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Stream(error)
    }
}

impl From<pdf::WriteError> for Fault {
    fn from(error: pdf::WriteError) -> Self {
        match error {
            pdf::WriteError::Io(error) => Self::Stream(error),
            pdf::WriteError::Pictures(errors) => Self::Pictures(errors),
            face @ pdf::WriteError::Face { .. } => Self::Face(face.to_string()),
            standard @ pdf::WriteError::Standard(_) => Self::Standard(standard.to_string()),
        }
    }
}

impl From<epub::WriteError> for Fault {
    fn from(error: epub::WriteError) -> Self {
        match error {
            epub::WriteError::Io(error) => Self::Stream(error),
            epub::WriteError::Pictures(errors) => Self::Pictures(errors),
            skeleton @ epub::WriteError::Skeleton(_) => Self::Skeleton(skeleton.to_string()),
        }
    }
}

/// Where the manifest names a picture.
fn place_of(book: &Book, name: &str) -> Option<Location> {
    let mut plates = book.plates().map(|(_, plate)| plate);
    plates.find(|plate| plate.picture.name == name)?.location.clone()
}

impl Fault {
    /// What is to be told: of a fault one finding, of unreadable pictures one each.
    pub(super) fn findings(self, path: &str, book: &Book) -> Vec<Finding> {
        vec![match self {
            Self::Pictures(errors) => {
                let finding = |error: PictureError| {
                    let (PictureError::Read { name, .. } | PictureError::Decode { name, .. }) =
                        &error;
                    let place = place_of(book, name);
                    let help = format!("{path} stays as it was; mend the picture or leave it out");
                    Finding::new(Code::PhotoUnreadable, error.to_string()).help(help).at(place)
                };
                return errors.into_iter().map(finding).collect();
            }
            Self::Stream(error) => not_written(path, &error),
            Self::Face(error) => {
                Finding::new(Code::FontUnreadable, error).help("name another font file under fonts")
            }
            Self::Standard(error) => Finding::new(Code::StandardUnmade, error)
                .help("choose standard: pdf/x-4 under print, or none"),
            Self::Skeleton(error) => Finding::new(Code::Internal, error)
                .help(format!("please report it with the manifest; {path} stays as it was")),
        }]
    }
}

pub(super) fn not_written(path: &str, error: &io::Error) -> Finding {
    let finding = Finding::new(Code::NotWritten, format!("cannot write {path}: {error}"));
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => finding
            .help("the earlier file stays as it was; make room or choose another folder with -o"),
        io::ErrorKind::PermissionDenied => {
            finding.help("choose another folder with -o, and close the file if a program shows it")
        }
        _ => finding,
    }
}
