//! recto's tests: one binary, a file per subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at what it does not expect"
)]

mod architecture;
mod cli;
mod colours;
mod design;
mod docs;
mod epub;
mod essays;
mod fixed;
mod fonts;
mod formats;
mod kept;
mod languages;
mod library;
mod manifest;
mod markdown;
mod matter;
mod pagination;
mod pdf;
mod pictures;
mod plates;
mod processor;
mod punctuation;
mod said;
mod same_photo;
mod specimen;
mod stores;
mod support;
mod typesetting;
mod words;
