//! Whole books, from a manifest to files.

use arbitrary::Unstructured;
use recto::build::{BuildError, BuildOptions, Project, ProjectOptions, default_timestamp};
use recto::model::Edition;
use recto::picture::{ImageProcessor, ProcessorOptions};

use super::{any_book, scratch};

/// A book of any kind, in one of four editions, since each takes long.
pub fn book(bytes: &[u8]) {
    let Ok(book) = any_book::any_book(&mut Unstructured::new(bytes)) else { return };
    for (name, width, height) in &book.photos {
        scratch::write(name, &scratch::jpeg(*width, *height));
    }
    let path = scratch::write("book.yaml", book.manifest.as_bytes());
    let loaded = Project::load(&path, &ProjectOptions::default());
    let project = loaded.project.expect("a manifest without errors");
    let pages = &project.pages().pages;
    assert!(pages.windows(2).all(|pair| pair[0].side != pair[1].side));
    assert!(book.plates.len() <= pages.len());
    let editions = [Edition::Epub, Edition::EpubFixed, Edition::Print, Edition::Offline];
    let edition = editions[bytes.len() % editions.len()];
    let built = build(&project, edition).expect("an edition without errors");
    assert!(!built.is_empty());
}

/// Builds an edition.
pub fn build(project: &Project, edition: Edition) -> Result<Vec<u8>, BuildError> {
    let processor = ImageProcessor::new(ProcessorOptions::default());
    let modified = default_timestamp(project.book().date);
    let options = BuildOptions { guides: false, modified, processor: &processor };
    let mut bytes = Vec::new();
    project.build(edition, &mut bytes, &options, &mut Vec::new(), &mut || {})?;
    Ok(bytes)
}
