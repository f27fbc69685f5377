//! Font files of a book.

use recto::build::{Project, ProjectOptions};
use recto::model::{Edition, EditionSet};

use super::{book, scratch};

/// A font as the book's only fallback: it is opened, sets a few words, and its glyphs are embedded.
pub fn font(bytes: &[u8]) {
    scratch::write("any.otf", bytes);
    scratch::write("1.jpg", &scratch::jpeg(30, 20));
    let manifest = "title: \"A\\u4e2d\\u0915\"\nfonts: { fallback: any.otf }\npages: [{ photo: 1.jpg, \
        alt: '', caption: \"fi \\u4e2d\\u0915\\u094d\\u0937 \\u0e01\" }]\n";
    let path = scratch::write("book.yaml", manifest.as_bytes());
    let loaded = Project::load(&path, &ProjectOptions::default());
    if let Some(project) = loaded.project {
        project.check(EditionSet::from_iter([Edition::Print, Edition::Epub]));
        for edition in [Edition::Print, Edition::Epub] {
            let _ = book::build(&project, edition);
        }
    }
}
