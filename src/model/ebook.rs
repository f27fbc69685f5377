//! What the manifest asks of the files that are read on a screen.

use schemars::JsonSchema;
use serde::Deserialize;

/// What the manifest's `ebook` section asks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ebook {
    /// Which forms are written.
    pub layout: EbookLayout,
    /// The size that the file should stay below, in bytes.
    pub max_size: Option<u64>,
    /// The JPEG quality of its pictures, 1 to 100.
    pub quality: u8,
    /// The store whose rules it is to keep.
    pub store: Option<Store>,
    /// Whether the manifest has the section at all.
    pub asked: bool,
}

/// A shop for e-books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Store {
    /// Apple Books.
    Apple,
    /// Kobo.
    Kobo,
    /// Amazon's Kindle Direct Publishing.
    Kdp,
    /// Google Play Books.
    Google,
    /// All of these: of every rule the strictest.
    All,
}

impl Default for Ebook {
    fn default() -> Self {
        Self {
            layout: EbookLayout::Reflowable,
            max_size: None,
            quality: 85,
            store: None,
            asked: false,
        }
    }
}

/// The forms of the e-book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EbookLayout {
    /// Text and pictures flow.
    #[default]
    Reflowable,
    /// The printed pages.
    Fixed,
    /// One file of each.
    Both,
}

/// What the manifest's `screen` section asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Screen {
    /// The longer side of its pictures, in pixels.
    pub max_edge: u32,
    /// Whether the manifest has the section at all.
    pub asked: bool,
}

impl Default for Screen {
    fn default() -> Self {
        Self { max_edge: 2560, asked: false }
    }
}
