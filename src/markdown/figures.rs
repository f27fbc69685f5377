//! Pictures in a text.

use crate::model::{Location, Picture};

/// Finds a picture by the name in the text, its alt text in the text, and its location **within
/// the text**. Returns `None` after reporting why the picture cannot be used.
pub type FindPicture<'a> = dyn FnMut(&str, &str, Location) -> Option<FoundPicture> + 'a;

/// A picture in a text.
#[derive(Debug, Clone)]
pub struct FoundPicture {
    /// The picture.
    pub picture: Picture,
    /// Its alt text, from the text or the picture's metadata.
    pub alt: Option<String>,
}
