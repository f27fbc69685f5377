//! The keys of `ebook` and `screen`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::manifest::keys::forms::Key;
use crate::manifest::keys::scalars::{FileSize, PixelCount, Quality};
use crate::model::{EbookLayout, Store};

/// The e-books.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Ebook")]
pub(crate) struct EbookKeys {
    /// The e-books that are written by default.
    #[schemars(extend("examples" = ["both"], "default" = "reflowable"))]
    pub layout: Key<EbookLayout>,
    /// The maximum size of the file. The photos are scaled down as far as necessary.
    #[schemars(extend("examples" = ["45 MB"]))]
    pub max_size: Key<FileSize>,
    /// The JPEG quality of the photos, from 1 to 100.
    #[schemars(extend("examples" = [90], "default" = 85))]
    pub quality: Key<Quality>,
    /// The store whose limits are checked. By default, the photos fit every store and nothing else
    /// is checked.
    #[schemars(extend("examples" = ["all"]))]
    pub store: Key<Store>,
}

/// The PDF for screens.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Screen")]
pub(crate) struct ScreenKeys {
    /// The maximum length of the longer side of a photo, from 64 to 30,000 pixels.
    #[schemars(extend("examples" = ["1600 px"], "default" = "2560 px"))]
    pub max_edge: Key<PixelCount<64, 30_000>>,
}
