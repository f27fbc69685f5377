//! The faces a book is set in.

use crate::model::{FaceId, Fonts};

use super::Style;

/// Every face at hand, in the order in which they are tried.
#[derive(Debug)]
pub struct Faces {
    faces: Vec<Face>,
}

/// One face, ready to be shaped with and embedded.
#[derive(Debug)]
pub struct Face {
    /// The PostScript name (name table, ID 6).
    pub name: String,
    /// The font file.
    pub data: std::borrow::Cow<'static, [u8]>,
}

/// Why a font file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaceError {
    /// It is not an OpenType font, or is damaged.
    #[error("{0} is not a font that can be read")]
    Unreadable(String),
    /// Its licence bits forbid embedding (OS/2 `fsType`).
    #[error("{0} does not allow embedding")]
    Restricted(String),
}

/// A character that no face has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Missing(pub char);

impl Faces {
    /// The bundled faces and those that the manifest brings along.
    pub fn load(fonts: &Fonts) -> Result<Self, FaceError> {
        let _ = fonts;
        Ok(Self { faces: Vec::new() })
    }

    /// The face with this number; `None` for a number of another collection.
    pub fn get(&self, id: FaceId) -> Option<&Face> {
        self.faces.get(usize::from(id.0))
    }

    /// The first of the characters in `text` that no face has.
    pub fn missing(&self, text: &str, style: &Style) -> Vec<Missing> {
        let _ = (text, style);
        Vec::new()
    }
}

/// The measures of a style's face at its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metrics {
    /// From the baseline to the top of capitals.
    pub cap_height: crate::model::Length,
}

impl Faces {
    /// stub
    pub fn metrics(&self, style: &Style) -> Metrics {
        Metrics { cap_height: style.size }
    }
}
