//! A picture in running text.

use crate::model::{Figure, Pixels};

/// A picture in a text and the file it is written to.
#[derive(Debug)]
pub(crate) struct PictureFile<'a> {
    /// The picture.
    pub(crate) figure: &'a Figure,
    /// Its file.
    pub(crate) file: String,
    /// Its alternative text, or a generic name if it has none.
    pub(crate) alt: String,
    /// Its size, once it is scaled.
    pub(crate) pixels: Option<Pixels>,
    /// Further attributes of its element.
    pub(crate) attributes: Vec<(&'static str, String)>,
}
