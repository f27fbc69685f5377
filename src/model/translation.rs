//! The texts of a book that is printed in several languages together, apart from those in its first
//! language.

use super::{Inline, Language, Taken};

/// The texts of the title page in another language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BookTranslation {
    /// The language.
    pub language: Language,
    /// The title, unless it is the same as in the first language.
    pub title: Option<String>,
    /// The subtitle, unless it is the same.
    pub subtitle: Option<String>,
    /// The bylines, apart from those that are the same.
    pub bylines: Vec<String>,
}

/// The title of a chapter in another language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TitleTranslation {
    /// The language.
    pub language: Language,
    /// The title.
    pub title: Vec<Inline>,
}

/// The texts below a plate in another language. What is the same as in the first language is left
/// out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PlateTranslation {
    /// The language.
    pub language: Language,
    /// The caption; may be empty.
    pub caption: Vec<Inline>,
    /// The place.
    pub place: Option<String>,
    /// The date.
    pub taken: Option<Taken>,
}
