//! What can be fuzzed: a function for each kind of input.

#[allow(dead_code, reason = "the tests of properties need more of it")]
#[path = "../../../it/support/any_book.rs"]
pub mod any_book;

mod book;
mod font;
mod manifest;
mod markdown;
mod photo;
mod scratch;
mod typesetting;

/// Takes any bytes, and panics if recto does something wrong with them.
pub type Target = fn(&[u8]);

/// All targets with their names.
pub const TARGETS: [(&str, Target); 11] = [
    ("manifest", manifest::manifest),
    ("captions", manifest::captions),
    ("exif", photo::exif),
    ("xmp", photo::xmp),
    ("iptc", photo::iptc),
    ("profile", photo::profile),
    ("photo", photo::photo),
    ("markdown", markdown::markdown),
    ("font", font::font),
    ("typesetting", typesetting::typesetting),
    ("book", book::book),
];

/// A photo to begin with.
pub fn jpeg_seed() -> Vec<u8> {
    scratch::jpeg(16, 16)
}

/// Small fonts to begin with: those of an e-book.
pub fn embedded_fonts() -> Vec<Vec<u8>> {
    font::embedded()
}
