//! The keys of the entries under `pages`, and of the frontispiece.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::manifest::keys::forms::{Key, OneOrMany};
use crate::manifest::keys::placement::{FocusPoint, PlateKeys};
use crate::manifest::keys::scalars::{AltText, Line, Prose, Taken};
use crate::manifest::syntax::de::Spanned;

/// A page, or several: exactly one of `photo`, `photos`, `text` and `chapter`, and the
/// keys that belong to it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PageEntry {
    /// A picture file, relative to the manifest.
    pub photo: Key<Line>,
    /// Picture files by pattern, such as `photos/*.jpg`, in natural order; what is said
    /// about them is read from their metadata.
    pub photos: Key<OneOrMany<Line>>,
    /// A Markdown file, or Markdown in place.
    pub text: Key<Prose>,
    /// The title of a chapter that begins here, in Markdown.
    pub chapter: Key<Line>,
    /// The caption of a photo, in Markdown. By default it is read from the picture's
    /// metadata; empty for none.
    pub caption: Key<Prose>,
    /// What is to be seen on a photo, for those who cannot see it; empty when it is
    /// mere decoration. By default it is read from the picture's metadata.
    pub alt: Key<AltText>,
    /// The credit line of a photo. By default it is read from the picture's metadata,
    /// else the book's; empty for none.
    pub credit: Key<Line>,
    /// Where a photo was taken. By default it is read from the picture's metadata;
    /// empty for none.
    pub place: Key<Line>,
    /// The day a photo was taken, or its month or year. By default it is read from the
    /// picture's metadata; empty for none.
    pub taken: Key<Taken>,
    /// How a photo stands on its page.
    #[schemars(extend("default" = "framed"))]
    pub layout: Key<PlateKeys>,
    /// What must be seen when a photo is cropped: across and down, each from 0 to 1, from
    /// the upper left corner of the upright photo.
    #[schemars(extend("default" = [0.5, 0.5]))]
    pub focus: Key<FocusPoint>,
    /// The text that opens a chapter: a Markdown file, or Markdown in place.
    pub intro: Key<Prose>,
}

/// A kind of page with the keys that it has beside the one that names it.
#[derive(Debug)]
pub(crate) struct Kind {
    /// The key that makes a page one of this kind.
    pub name: &'static str,
    /// Its other keys.
    pub keys: &'static [&'static str],
}

const PLATE_KEYS: &[&str] = &["caption", "alt", "credit", "place", "taken", "layout", "focus"];

/// All kinds of pages.
pub(crate) const KINDS: [Kind; 4] = [
    Kind { name: "photo", keys: PLATE_KEYS },
    Kind { name: "photos", keys: PLATE_KEYS },
    Kind { name: "text", keys: &[] },
    Kind { name: "chapter", keys: &["intro"] },
];

/// The picture that faces the title page.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Frontispiece {
    /// A picture file, relative to the manifest.
    pub photo: Spanned<Line>,
    /// Its caption, in Markdown; by default none.
    pub caption: Key<Prose>,
    /// What is to be seen on it. By default it is read from the picture's metadata.
    pub alt: Key<AltText>,
    /// Its credit line. By default it is read from the picture's metadata, else the book's.
    pub credit: Key<Line>,
    /// Where it was taken; by default nothing is said.
    pub place: Key<Line>,
    /// The day it was taken; by default nothing is said.
    pub taken: Key<Taken>,
}
