//! The manifest's settings for the editions that are read on a screen.

use schemars::JsonSchema;
use serde::Deserialize;

/// The settings in the manifest's `ebook` section.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ebook {
    /// The layouts to be written.
    pub layout: EbookLayout,
    /// The maximum size of the file, in bytes.
    pub max_size: Option<u64>,
    /// The JPEG quality of its pictures, 1 to 100.
    pub quality: u8,
    /// The store whose rules the file has to meet.
    pub store: Option<Store>,
    /// Whether the manifest has this section.
    pub requested: bool,
}

/// A store for e-books.
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
    /// All of these: the strictest rules of all stores.
    All,
}

impl Default for Ebook {
    fn default() -> Self {
        Self {
            layout: EbookLayout::Reflowable,
            max_size: None,
            quality: 85,
            store: None,
            requested: false,
        }
    }
}

/// The layouts of the e-book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EbookLayout {
    /// Text and pictures adapt to the screen.
    #[default]
    Reflowable,
    /// The printed pages.
    Fixed,
    /// Both, in two files.
    Both,
}

/// The settings in the manifest's `screen` section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Screen {
    /// The maximum length of a picture's longer side, in pixels.
    pub max_edge: u32,
    /// Whether the manifest has this section.
    pub requested: bool,
}

impl Default for Screen {
    fn default() -> Self {
        Self { max_edge: 2560, requested: false }
    }
}
