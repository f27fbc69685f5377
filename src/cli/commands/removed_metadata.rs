//! The summary of the private metadata that was removed from the photos.

use std::collections::BTreeMap;
use std::path::Path;

use crate::model::{Book, Cover, Picture, PrivateMetadata, figures};

use crate::cli::terminal::Verbosity;
use crate::cli::text::counted;

/// `location removed from 9 photos`; `None` if nothing was removed.
pub(super) fn summary(book: &Book, verbosity: Verbosity) -> Option<String> {
    let mut pictures = Vec::new();
    if let Cover::Photo { picture, .. } = &book.cover {
        pictures.push(&**picture);
    }
    for entry in &book.entries {
        pictures.extend(entry.plate().map(|plate| &plate.picture));
        figures(entry.blocks(), &mut |figure| pictures.push(&figure.picture));
    }
    describe(&pictures, verbosity)
}

/// A photo that is used twice counts once.
fn describe(pictures: &[&Picture], verbosity: Verbosity) -> Option<String> {
    let photos: BTreeMap<&Path, PrivateMetadata> =
        pictures.iter().map(|picture| (picture.path.as_path(), picture.private)).collect();
    let count = |is: fn(&PrivateMetadata) -> bool| photos.values().filter(|data| is(data)).count();
    let (located, other) = (count(|data| data.location), count(|data| data.other));
    let from = |count: usize| format!("removed from {}", counted(count, "photo"));
    let mut lines = Vec::new();
    if located > 0 {
        lines.push(format!("location {}", from(located)));
    }
    if other > 0 && verbosity == Verbosity::Verbose {
        lines.push(format!("all other metadata {}", from(other)));
    }
    (!lines.is_empty()).then(|| lines.join("; "))
}
