//! What is on the cover, and how the printed cover is bound.

use crate::model::{Binding, Block, Focus, Length, Location, Picture, Size};

/// The content of the front cover.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cover {
    /// Only text.
    Typographic,
    /// A picture with the title.
    Photo {
        /// The picture.
        picture: Box<Picture>,
        /// The alternative text; `Some("")` marks a decorative picture.
        alt: Option<String>,
        /// The point that is kept when the picture is cropped.
        focus: Option<Focus>,
    },
}

/// The content of the back of the printed cover.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct CoverBack {
    /// The text, such as a description of the book.
    pub text: Vec<Block>,
    /// The picture.
    pub photo: Option<Box<Picture>>,
}

/// The texts on the flaps of a jacket.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct CoverFlaps {
    /// The text on the flap beside the front.
    pub front: Vec<Block>,
    /// The text on the flap beside the back.
    pub back: Vec<Block>,
}

/// How the printed cover is bound: what the manifest says, which is used in place of the
/// numbers of the printer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CoverSettings {
    /// The binding.
    pub binding: Binding,
    /// The width of the spine.
    pub spine: Option<Length>,
    /// The size of the front as it is seen, from the spine to the outer edge.
    pub panel: Option<Size>,
    /// What is turned in around the boards of a hardcover.
    pub wrap: Option<Length>,
    /// The joint between the spine and a board, which folds when the book is opened.
    pub hinge: Option<Length>,
    /// The width of a flap of a jacket.
    pub flap: Option<Length>,
    /// The barcode on the back.
    pub barcode: Barcode,
    /// Its location in the manifest.
    pub location: Option<Location>,
}

impl Default for CoverSettings {
    /// A paperback with the barcode of its ISBN.
    fn default() -> Self {
        Self {
            binding: Binding::Paperback,
            spine: None,
            panel: None,
            wrap: None,
            hinge: None,
            flap: None,
            barcode: Barcode::Auto,
            location: None,
        }
    }
}

/// The barcode on the back of the printed cover (EAN-13, ISO/IEC 15420).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Barcode {
    /// That of the ISBN of the printed edition, if it has one.
    #[default]
    Auto,
    /// None.
    None,
    /// That of another number.
    Isbn {
        /// The 13 digits of the ISBN; `None` for that of the printed edition.
        isbn: Option<String>,
        /// The five digits of the price (EAN-5).
        price: Option<String>,
    },
}
