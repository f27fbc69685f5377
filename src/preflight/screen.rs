//! What keeps the PDF for screens from being accessible.

use crate::finding::{Code, Finding};
use crate::model::Pages;

/// A finding with the number of photos that have no alt text: PDF/UA-1 requires one for each.
pub(super) fn undescribed_photos(pages: &Pages) -> Option<Finding> {
    let photos = match pages.undescribed_pictures().as_slice() {
        [] => return None,
        [photo] => format!("{} has no alt text", photo.name),
        photos => format!("{} photos have no alt text", photos.len()),
    };
    let message = format!("the PDF for screens is not PDF/UA-1: {photos}");
    let help = "write `alt:` with a sentence that describes the photo, or `alt: \"\"` if it is \
                only decoration";
    Some(Finding::new(Code::ScreenNotAccessible, message).help(help))
}
