//! The keys of what is read on screens: the e-book, and the PDF to look at.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::manifest::keys::forms::Key;
use crate::manifest::keys::scalars::{FileSize, PixelCount, Quality};
use crate::model::{EbookLayout, Store};

/// The e-book.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Ebook")]
pub(crate) struct EbookKeys {
    /// Which forms are written.
    #[schemars(extend("default" = "reflowable"))]
    pub layout: Key<EbookLayout>,
    /// The size that the file stays below, such as `45 MB`.
    pub max_size: Key<FileSize>,
    /// The JPEG quality of its pictures.
    #[schemars(extend("default" = 85))]
    pub quality: Key<Quality>,
    /// The store whose rules it is to keep; what breaks one is found. By default the sizes
    /// are such that every store takes them, and nothing else is looked for.
    pub store: Key<Store>,
}

/// The file to look at on a screen.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Screen")]
pub(crate) struct ScreenKeys {
    /// The longer side of its pictures.
    #[schemars(extend("default" = "2560 px"))]
    pub max_edge: Key<PixelCount>,
}
