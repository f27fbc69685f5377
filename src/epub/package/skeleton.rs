//! Generates the package document, the navigation and the container with epub-builder from the
//! names of the files alone.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ZipLibrary};
use zip::ZipArchive;

use crate::model::{Book, Strings};

use crate::epub::error::EpubError;
use crate::html::xml::one_line;

/// An item of the EPUB manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::epub) struct ManifestItem {
    /// The path relative to the package document.
    pub(in crate::epub) href: String,
    /// The type of the file.
    pub(in crate::epub) kind: ItemKind,
}

/// The type of a file in the EPUB manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::epub) enum ItemKind {
    /// A page in the reading order.
    Page,
    /// The cover picture.
    Cover,
    /// Any other file, by its media type.
    Resource(&'static str),
}

/// The package files by their paths in the archive.
#[derive(Debug)]
pub(in crate::epub) struct Skeleton(BTreeMap<String, Vec<u8>>);

impl Skeleton {
    /// A file that is required to exist.
    pub(in crate::epub) fn file(&self, path: &str) -> Result<&[u8], EpubError> {
        let bytes = self.0.get(path).map(Vec::as_slice);
        bytes.ok_or_else(|| EpubError::Skeleton(format!("{path} is missing")))
    }
}

/// Generates the skeleton, with an empty table of contents.
pub(in crate::epub) fn generate(
    book: &Book,
    strings: &Strings,
    items: &[ManifestItem],
) -> Result<Skeleton, EpubError> {
    let archive = build(book, strings, items).map_err(|error| match error {
        epub_builder::Error::IoError { cause, .. } => EpubError::Io(cause),
        error => EpubError::Skeleton(error.to_string()),
    })?;
    // All pages and pictures in it are empty, so it is a few hundred bytes for each.
    let mut archive = ZipArchive::new(Cursor::new(archive)).map_err(io::Error::from)?;
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(io::Error::from)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        files.insert(file.name().map_err(io::Error::from)?.replace('\\', "/"), bytes);
    }
    Ok(Skeleton(files))
}

fn build(book: &Book, strings: &Strings, items: &[ManifestItem]) -> epub_builder::Result<Vec<u8>> {
    let empty = io::empty;
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    // `epub_direction` sets a field that the template does not use.
    let direction = if book.language.is_right_to_left() { "rtl" } else { "ltr" };
    builder.metadata("direction", direction)?;
    builder.set_title(one_line(&book.title));
    builder.add_language(book.language.tag());
    builder.set_toc_name(strings.contents);
    builder.set_generator("recto");
    if let Some(description) = &book.description {
        builder.add_description(one_line(description));
    }
    for subject in &book.subjects {
        builder.add_subject(one_line(subject));
    }
    builder.stylesheet(empty())?;
    for ManifestItem { href, kind } in items {
        match kind {
            ItemKind::Page => {
                builder.add_content(EpubContent::new(href, empty()))?;
            }
            ItemKind::Cover => {
                builder.add_cover_image(href, empty(), "image/jpeg")?;
            }
            ItemKind::Resource(media_type) => {
                builder.add_resource(href, empty(), *media_type)?;
            }
        }
    }
    let mut archive = Vec::new();
    builder.generate(&mut archive)?;
    Ok(archive)
}
