//! Maps the book's entries to places in files: their names, labels and page breaks.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::model::{
    Book, Entry, EntryId, Figure, Ink, Pages, Picture, Pixels, Plate, RetainedMetadata, Strings,
    figures,
};
use crate::picture::ImageProcessor;

use crate::epub::content::files::{self, Address};
use crate::epub::content::page_breaks;
use crate::html::content::figure::PictureFile;
use crate::html::content::labels::entry_label;
use crate::html::content::page_break::PageBreak;
use crate::html::xml::one_line;

/// One entry of the book and the file it is written to.
#[derive(Debug)]
pub(in crate::epub) struct Part<'a> {
    /// The entry's position in the book.
    pub(in crate::epub) id: EntryId,
    /// The entry.
    pub(in crate::epub) entry: &'a Entry,
    /// Whether it belongs to a part of several chapters.
    pub(in crate::epub) is_nested: bool,
    /// Its XHTML file, which it may share with its neighbours.
    pub(in crate::epub) file: String,
    /// Its `id` in the file, unless the file begins with it.
    pub(in crate::epub) anchor: Option<String>,
    /// Its label in lists, on one line, never empty.
    pub(in crate::epub) label: String,
    /// The number of the plate, counted from 1.
    pub(in crate::epub) plate: Option<usize>,
    /// The file of the picture of a plate, a frontispiece, or the opening of a chapter.
    pub(in crate::epub) picture: Option<String>,
    /// The size of that picture, once it is scaled.
    pub(in crate::epub) pixels: Option<Pixels>,
    /// The colour of its pages, if it is not that of the design.
    pub(in crate::epub) page_colour: Option<Ink>,
    /// The page breaks within the entry, in order.
    pub(in crate::epub) breaks: Vec<PageBreak>,
    /// The pictures in its text, in order.
    pub(in crate::epub) figures: Vec<PictureFile<'a>>,
}

impl<'a> Part<'a> {
    /// The plate that this part shows, and the file of its picture.
    pub(in crate::epub) fn plate_and_picture(&self) -> Option<(&'a Plate, &str)> {
        let is_opening = self.entry.opening().is_some();
        self.entry.plate().filter(|_| !is_opening).zip(self.picture.as_deref())
    }

    /// The picture of an opening, and its file.
    pub(in crate::epub) fn opener(&self) -> Option<(&'a Plate, &str)> {
        self.entry.opening()?.picture.as_deref().zip(self.picture.as_deref())
    }

    /// Its address in the book.
    pub(in crate::epub) fn href(&self) -> String {
        match &self.anchor {
            Some(anchor) => format!("{}#{anchor}", self.file),
            None => self.file.clone(),
        }
    }

    /// Its pictures, with their files, the metadata that they keep, and their sizes to be set.
    pub(in crate::epub) fn pictures_mut(&mut self) -> impl Iterator<Item = PartPicture<'a, '_>> {
        let plate = self.entry.plate().zip(self.picture.as_deref()).map(|(plate, file)| {
            let metadata = Some(&plate.retained_metadata);
            PartPicture { picture: &plate.picture, file, metadata, pixels: &mut self.pixels }
        });
        let figures = self.figures.iter_mut().map(|figure| {
            let PictureFile { figure, file, pixels, .. } = figure;
            PartPicture { picture: &figure.picture, file, metadata: None, pixels }
        });
        plate.into_iter().chain(figures)
    }

    /// Whether it comes before the contents.
    pub(in crate::epub) fn is_front(&self) -> bool {
        self.entry.is_front()
    }
}

/// A picture of a part.
#[derive(Debug)]
pub(in crate::epub) struct PartPicture<'a, 'p> {
    /// The picture.
    pub(in crate::epub) picture: &'a Picture,
    /// Its file.
    pub(in crate::epub) file: &'p str,
    /// What is kept of the photo's metadata, if it is a plate.
    pub(in crate::epub) metadata: Option<&'a RetainedMetadata>,
    /// Its size, to be set.
    pub(in crate::epub) pixels: &'p mut Option<Pixels>,
}

/// The parts of the book in reading order. File names are numbered, so they are ASCII, unique
/// and independent of the captions.
pub(in crate::epub) fn parts<'a>(book: &'a Book, print: Option<&Pages>) -> Vec<Part<'a>> {
    let strings = Strings::for_language(&book.language);
    let digits = book.language.digits();
    let (mut plate_count, mut picture_count) = (0, 0);
    let mut page_colour = None;
    let in_parts = book.parts_of_entries();
    book.with_content()
        .zip(files::addresses(book))
        .map(|((id, entry), Address { file, anchor })| {
            let plate = matches!(entry, Entry::Plate(_)).then(|| {
                plate_count += 1;
                plate_count
            });
            let breaks = match print {
                Some(print) => page_breaks::printed(id, entry, book, print),
                None => plate.iter().map(|number| PageBreak::at_start(*number, digits)).collect(),
            };
            let label = entry_label(entry, book);
            let mut pictures = Vec::new();
            let mut add = |figure: &'a Figure| {
                picture_count += 1;
                let file = format!("images/f{picture_count:04}.jpg");
                let alt = figure.alt.as_deref().map(one_line);
                let alt = alt.unwrap_or_else(|| strings.name_without_alt(entry, digits));
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
                Entry::Part(chapter) | Entry::Chapter(chapter) => {
                    let stem = file.trim_end_matches(".xhtml");
                    chapter.picture.as_ref().map(|_| format!("images/{stem}.jpg"))
                }
                _ => plate.map(|number| format!("images/p{number:04}.jpg")),
            };
            if let Some(opening) = entry.opening() {
                page_colour = opening.page_colour;
            }
            Part {
                page_colour,
                id,
                entry,
                is_nested: in_parts[id.0].is_some(),
                file,
                anchor,
                label,
                plate,
                picture,
                pixels: None,
                breaks,
                figures: pictures,
            }
        })
        .collect()
}

/// The parts of the front matter, which share a file, and those of each file after it.
pub(in crate::epub) fn front_and_body<'p, 'a>(
    parts: &'p [Part<'a>],
) -> (&'p [Part<'a>], impl Iterator<Item = &'p [Part<'a>]>) {
    let front = parts.iter().take_while(|part| part.is_front()).count();
    let (front, body) = parts.split_at(front);
    (front, body.chunk_by(|one, other| one.file == other.file))
}

/// The plates of a file that a plate may face on a screen with two columns, and the plate itself: of
/// all plates of the file, where it is not known in which column they are.
pub(in crate::epub) fn facing<'p, 'a>(parts: &'p [Part<'a>], plate: usize) -> &'p [Part<'a>] {
    let is_text = |part: &Part<'_>| part.plate.is_none();
    let begin = usize::from(parts.first().is_some_and(is_text));
    let end = parts.len() - usize::from(parts.len() > 1 && parts.last().is_some_and(is_text));
    let before = parts[..begin].first().map_or(Some(0), |head| files::columns_of(head.entry));
    let Some(before) = before else { return &parts[begin..end] };
    let column = before + plate - begin;
    let first = plate - column % 2;
    if column % 2 == 1 && first < begin {
        return &parts[plate..=plate];
    }
    &parts[first..end.min(first + 2)]
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
