//! A laid-out page in HTML: every picture is cropped to its visible part, and every line of text
//! is real text at its printed position, in the same faces.
//!
//! `contents` lists what each page shows, `lines` groups its text into passages, `stylesheet`
//! writes the CSS, and `writer` the HTML.

pub(crate) mod contents;
pub(crate) mod crop;
mod lines;
pub(crate) mod stylesheet;
pub(crate) mod viewport;
pub(crate) mod writer;
