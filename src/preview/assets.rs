//! The preview's own stylesheet and script.

/// The stylesheet.
pub(super) const PREVIEW_CSS: &str = include_str!("preview.css");
/// The script.
pub(super) const PREVIEW_JS: &str = include_str!("preview.js");
