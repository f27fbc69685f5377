//! Words for photos in findings.

use crate::model::{Book, Location, Picture, PressProfile};

/// The position of a photo in the manifest: that of its first plate.
pub(super) fn location(book: &Book, picture: &Picture) -> Option<Location> {
    let mut plates = book.entries.iter().filter_map(|entry| entry.plate());
    plates.find(|plate| plate.picture.path == picture.path)?.location.clone()
}

/// The name of the printing condition.
pub(super) fn condition(book: &Book) -> String {
    match &book.print.profile {
        PressProfile::Bundled(profile) => profile.title().to_owned(),
        PressProfile::File { path, .. } => {
            path.file_name().unwrap_or_default().to_string_lossy().into_owned()
        }
    }
}

/// A fraction in whole per cent.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100")]
pub(super) fn percent(fraction: f64) -> u32 {
    (fraction.clamp(0.0, 1.0) * 100.0).round() as u32
}
