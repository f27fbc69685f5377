//! The content of the reflowable e-book without a package around it, for showing it elsewhere.

use std::io;

use crate::epub::content;
use crate::epub::content::page_breaks::FrontBreaks;
use crate::epub::content::pages::PageTemplates;
use crate::epub::content::parts::Part;
use crate::epub::names::{COVER, COVER_PICTURE, FRONT};
use crate::html::fonts::embedded::EmbeddedFace;
use crate::html::style::stylesheet::{Stylesheet, StylesheetBase};
use crate::model::{Book, EntryId, Pages, Picture, Pixels};
use crate::picture::ScaleOptions;
use crate::typeset::Faces;

/// The documents of the reflowable e-book in reading order, and the files that they refer to.
#[derive(Debug)]
pub(crate) struct Documents<'a> {
    /// The documents.
    pub(crate) list: Vec<Document>,
    /// The pictures except for that of the cover, by their names in the documents.
    pub(crate) pictures: Vec<(String, &'a Picture)>,
    /// The stylesheet.
    pub(crate) css: String,
    /// The fonts of the stylesheet.
    pub(crate) faces: Vec<EmbeddedFace<'a>>,
}

/// One document.
#[derive(Debug)]
pub(crate) struct Document {
    /// Its name in links.
    pub(crate) file: String,
    /// The entries that it shows, with their `id` in it, unless it begins with the entry.
    pub(crate) entries: Vec<(EntryId, Option<String>)>,
    /// The whole file.
    pub(crate) xhtml: Vec<u8>,
}

/// What the documents depend on besides the book.
#[derive(Debug)]
pub(crate) struct DocumentOptions<'a> {
    /// How pictures are scaled, which decides the sizes in the documents.
    pub(crate) pictures: ScaleOptions,
    /// The size of the cover picture.
    pub(crate) cover: Pixels,
    /// The maximum number of characters of the cover's alternative text.
    pub(crate) cover_alt: usize,
    /// The printed pages.
    pub(crate) print: &'a Pages,
}

/// The name of the cover picture in the documents.
pub(crate) const DOCUMENT_COVER: &str = COVER_PICTURE;

/// Writes the documents. No picture is read.
///
/// # Errors
/// None in practice: the documents are written to memory.
pub(crate) fn documents<'a>(
    book: &'a Book,
    faces: &Faces,
    options: &DocumentOptions<'a>,
) -> io::Result<Documents<'a>> {
    let templates = PageTemplates::new(book);
    let mut parts = content::parts::parts(book, Some(options.print));
    let stylesheet = Stylesheet::new(book, faces, Some(options.print), &StylesheetBase::EBOOK);
    let mut pictures = Vec::new();
    for picture in parts.iter_mut().flat_map(Part::pictures_mut) {
        *picture.pixels = Some(options.pictures.size_of(picture.picture.upright()));
        pictures.push((picture.file.to_owned(), picture.picture));
    }
    let entries = |parts: &[Part<'_>]| {
        let entries = parts.iter().map(|part| (part.id, part.anchor.clone()));
        entries.collect::<Vec<_>>()
    };
    let cover =
        templates.cover(&templates.cover_alt(options.cover_alt), COVER_PICTURE, options.cover)?;
    let (front, body) = content::parts::front_and_body(&parts);
    let mut documents = vec![
        Document { file: COVER.to_owned(), entries: Vec::new(), xhtml: cover },
        Document {
            file: FRONT.to_owned(),
            entries: entries(front),
            xhtml: templates.front(front, &FrontBreaks::default())?,
        },
    ];
    for parts in body {
        let file = parts.first().map_or("", |part| &part.file);
        let xhtml = templates.file(parts)?;
        documents.push(Document { file: file.to_owned(), entries: entries(parts), xhtml });
    }
    Ok(Documents { list: documents, pictures, css: stylesheet.css(), faces: stylesheet.faces })
}
