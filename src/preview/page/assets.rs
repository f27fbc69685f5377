//! The preview's own stylesheet and script.

/// The stylesheet.
pub(in crate::preview) const PREVIEW_CSS: &str = include_str!("preview.css");
/// The script.
pub(in crate::preview) const PREVIEW_JS: &str = include_str!("preview.js");
