//! The content of the reflowable e-book without a package around it, for showing it elsewhere.

use std::io;

use crate::epub::content;
use crate::epub::content::pages::PageTemplates;
use crate::epub::package::archive::{COVER, COVER_PICTURE, IMPRINT, INDEX, TITLE_PAGE};
use crate::html::fonts::embedded::EmbeddedFace;
use crate::html::style::stylesheet::{Stylesheet, StylesheetBase};
use crate::model::{Book, Entry, EntryId, Pages, Picture, Pixels};
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
    /// The entry that it shows, if any.
    pub(crate) entry: Option<EntryId>,
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

/// The file of the colophon, which is the last.
const COLOPHON: &str = "colophon.xhtml";

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
    let size = |picture: &Picture| options.pictures.size_of(picture.upright());
    let mut pictures = Vec::new();
    let mut front = Vec::new();
    let mut body = Vec::new();
    for (part, (id, entry)) in parts.iter_mut().zip(book.with_content()) {
        for figure in &mut part.figures {
            let picture = &figure.figure.picture;
            figure.pixels = Some(size(picture));
            pictures.push((figure.file.clone(), picture));
        }
        if let Some((plate, file)) = part.opener() {
            let pixels = size(&plate.picture);
            pictures.push((file.to_owned(), &plate.picture));
            part.opener_pixels = Some(pixels);
        }
        let xhtml = match part.plate_and_picture() {
            Some((plate, file)) => {
                pictures.push((file.to_owned(), &plate.picture));
                templates.plate(plate, part, file, size(&plate.picture))?
            }
            None => templates.text(part)?,
        };
        let document = Document { file: part.file.clone(), entry: Some(id), xhtml };
        let before_title = matches!(entry, Entry::Frontispiece(_));
        if before_title { front.push(document) } else { body.push(document) }
    }
    let matter = |file: &str, xhtml| Document { file: file.to_owned(), entry: None, xhtml };
    let cover =
        templates.cover(&templates.cover_alt(options.cover_alt), COVER_PICTURE, options.cover)?;
    let mut documents = vec![matter(COVER, cover)];
    documents.append(&mut front);
    documents.push(matter(TITLE_PAGE, templates.title_page(None)?));
    if templates.has_imprint() {
        documents.push(matter(IMPRINT, templates.imprint(None)?));
    }
    if !book.index.is_empty() {
        let last = body.iter().rposition(|it| it.file != COLOPHON).map_or(0, |last| last + 1);
        body.insert(last, matter(INDEX, templates.index(&parts)?));
    }
    documents.append(&mut body);
    Ok(Documents { list: documents, pictures, css: stylesheet.css(), faces: stylesheet.faces })
}
