//! Maps the book's entries to files: their names, labels and page breaks.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::model::{
    Book, Entry, Figure, Pages, Picture, Plate, RetainedMetadata, Strings, figures,
};
use crate::picture::ImageProcessor;

use crate::epub::content::page_breaks;
use crate::html::content::figure::PictureFile;
use crate::html::content::labels::entry_label;
use crate::html::content::page_break::PageBreak;
use crate::html::xml::one_line;

/// One entry of the book and the file it is written to.
#[derive(Debug)]
pub(in crate::epub) struct Part<'a> {
    /// The entry.
    pub(in crate::epub) entry: &'a Entry,
    /// Its XHTML file.
    pub(in crate::epub) file: String,
    /// Its label in lists, on one line, never empty.
    pub(in crate::epub) label: String,
    /// The number of the plate, counted from 1.
    pub(in crate::epub) plate: Option<usize>,
    /// The file of the picture of a plate or a frontispiece.
    pub(in crate::epub) picture: Option<String>,
    /// The page breaks within the entry, in order.
    pub(in crate::epub) breaks: Vec<PageBreak>,
    /// The pictures in its text, in order.
    pub(in crate::epub) figures: Vec<PictureFile<'a>>,
}

impl<'a> Part<'a> {
    /// The plate that this part shows, and the file of its picture.
    pub(in crate::epub) fn plate_and_picture(&self) -> Option<(&'a Plate, &str)> {
        self.entry.plate().zip(self.picture.as_deref())
    }

    /// Whether it comes before the contents.
    pub(in crate::epub) fn is_front(&self) -> bool {
        self.entry.is_front()
    }
}

/// The parts of the book in reading order. File names are numbered, so they are ASCII, unique
/// and independent of the captions.
pub(in crate::epub) fn parts<'a>(book: &'a Book, print: Option<&Pages>) -> Vec<Part<'a>> {
    let strings = Strings::for_language(&book.language);
    let (mut text_count, mut chapter_count, mut plate_count, mut picture_count) = (0, 0, 0, 0);
    book.with_content()
        .map(|(id, entry)| {
            let (file, plate) = match entry {
                Entry::Blank(_) => (String::new(), None),
                Entry::Essay(_) => {
                    text_count += 1;
                    (format!("text-{text_count:02}.xhtml"), None)
                }
                Entry::Chapter(_) => {
                    chapter_count += 1;
                    (format!("chapter-{chapter_count:02}.xhtml"), None)
                }
                Entry::Frontispiece(_) => ("frontispiece.xhtml".to_owned(), None),
                Entry::Dedication(_) => ("dedication.xhtml".to_owned(), None),
                Entry::Epigraph(_) => ("epigraph.xhtml".to_owned(), None),
                Entry::Colophon(_) => ("colophon.xhtml".to_owned(), None),
                Entry::Plate(_) => {
                    plate_count += 1;
                    (format!("p{plate_count:04}.xhtml"), Some(plate_count))
                }
            };
            let breaks = match print {
                Some(print) => page_breaks::printed(id, entry, book.print.links, print),
                None => plate.iter().map(|number| PageBreak::at_start(*number)).collect(),
            };
            let label = entry_label(entry, book);
            let mut pictures = Vec::new();
            let mut add = |figure: &'a Figure| {
                picture_count += 1;
                let file = format!("images/f{picture_count:04}.jpg");
                let alt = figure.alt.as_deref().map(one_line);
                let alt = alt.unwrap_or_else(|| strings.name_without_alt(entry));
                pictures.push(PictureFile {
                    figure,
                    file,
                    alt,
                    pixels: None,
                    attributes: Vec::new(),
                });
            };
            figures(entry.blocks(), &mut add);
            let picture = match entry {
                Entry::Frontispiece(_) => Some("images/frontispiece.jpg".to_owned()),
                _ => plate.map(|number| format!("images/p{number:04}.jpg")),
            };
            Part { entry, file, label, plate, picture, breaks, figures: pictures }
        })
        .collect()
}

/// Gives pictures whose files would be equal the name of the first one, so that it is stored once.
pub(in crate::epub) fn share_pictures(parts: &mut [Part<'_>], processor: &ImageProcessor) {
    let none = RetainedMetadata::default();
    let pictures = |part: &Part<'_>| {
        let plate = part.entry.plate().map(|plate| &plate.picture);
        let figures = part.figures.iter().map(|figure| &figure.figure.picture);
        plate.into_iter().chain(figures).map(|picture| picture.path.clone()).collect::<Vec<_>>()
    };
    let paths: Vec<_> = parts.iter().flat_map(pictures).collect();
    let originals = processor.originals(paths.iter().map(PathBuf::as_path));
    let mut first = HashMap::new();
    for part in parts {
        let mut share = |picture: &Picture, metadata: &RetainedMetadata, file: &mut String| {
            let path = originals.get(picture.path.as_path()).copied();
            let key = (path.map(Path::to_owned), picture.orientation, metadata.clone());
            *file = first.entry(key).or_insert_with(|| file.clone()).clone();
        };
        if let (Some(plate), Some(file)) = (part.entry.plate(), &mut part.picture) {
            share(&plate.picture, &plate.retained_metadata, file);
        }
        for figure in &mut part.figures {
            share(&figure.figure.picture, &none, &mut figure.file);
        }
    }
}
