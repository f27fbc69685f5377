//! Decides which part of the cover's photo is kept by a crop, if neither the cover nor a plate says
//! so.

use crate::model::{Book, Cover};
use crate::picture::{ImageProcessor, ProcessorOptions};

/// Sets the focus of the cover's photo to what it shows. A photo in which nothing can be found
/// keeps its usual crop.
pub(super) fn set(book: &mut Book, options: &ProcessorOptions) {
    if let Cover::Photo { picture, focus: focus @ None, .. } = &mut book.cover {
        let processor = ImageProcessor::new(options.clone());
        *focus = processor.salient_focus(picture);
        processor.close();
    }
}
