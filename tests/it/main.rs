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
mod file_patterns;
mod fixed;
mod formats;
mod huge_texts;
mod kept;
mod languages;
mod library;
mod manifest;
mod markdown;
mod matter;
mod odd_texts;
mod pagination;
mod pdf;
mod pictures;
mod plates;
mod processor;
mod said;
mod specimen;
mod stores;
mod support;
mod typesetting;
mod words;
