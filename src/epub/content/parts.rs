//! Maps the book's entries to files: their names, labels and page breaks.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::model::{
    Block, Book, Chapter, Entry, Figure, Inline, Pages, ParagraphText, Picture, Pixels, Plate,
    RetainedMetadata, Strings, figures, paragraphs, plain_text,
};
use crate::picture::ImageProcessor;

use crate::epub::content::page_breaks;
use crate::epub::content::page_breaks::PageBreak;
use crate::html::xml::one_line;

/// The maximum length, in characters, of a label that is not a title: a caption or the first
/// words of a text.
const MAX_LABEL_CHARS: usize = 60;

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

/// A picture in a text and the file it is written to.
#[derive(Debug)]
pub(in crate::epub) struct PictureFile<'a> {
    /// The picture.
    pub(in crate::epub) figure: &'a Figure,
    /// Its file.
    pub(in crate::epub) file: String,
    /// Its alternative text, or a generic name if it has none.
    pub(in crate::epub) alt: String,
    /// Its size in the e-book, once it is scaled.
    pub(in crate::epub) pixels: Option<Pixels>,
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
    book.numbered()
        .map(|(id, entry)| {
            let (file, label, plate) = match entry {
                Entry::Essay(essay) => {
                    text_count += 1;
                    let label = essay.title().map(title_text).filter(|label| !label.is_empty());
                    let label = label.or_else(|| first_words(&essay.blocks));
                    (format!("text-{text_count:02}.xhtml"), label, None)
                }
                Entry::Chapter(chapter) => {
                    chapter_count += 1;
                    let label = Some(chapter_title(chapter)).filter(|label| !label.is_empty());
                    let label = label.or_else(|| first_words(&chapter.intro));
                    (format!("chapter-{chapter_count:02}.xhtml"), label, None)
                }
                Entry::Frontispiece(plate) => {
                    let label = plate_label(plate, book);
                    let label = label.unwrap_or_else(|| strings.frontispiece.to_owned());
                    ("frontispiece.xhtml".to_owned(), Some(label), None)
                }
                Entry::Dedication(_) => {
                    ("dedication.xhtml".to_owned(), Some(strings.dedication.to_owned()), None)
                }
                Entry::Colophon(essay) => {
                    let label = essay.title().map(title_text).filter(|label| !label.is_empty());
                    let label = label.unwrap_or_else(|| strings.colophon.to_owned());
                    ("colophon.xhtml".to_owned(), Some(label), None)
                }
                Entry::Plate(plate) => {
                    plate_count += 1;
                    let label = plate_label(plate, book)
                        .unwrap_or_else(|| format!("{} {plate_count}", strings.plate));
                    (format!("p{plate_count:04}.xhtml"), Some(label), Some(plate_count))
                }
            };
            let breaks = match print {
                Some(print) => page_breaks::printed(id, entry, book.print.links, print),
                None => plate.iter().map(|number| PageBreak::at_start(*number)).collect(),
            };
            let label = label.unwrap_or_else(|| one_line(&book.title));
            let mut pictures = Vec::new();
            let mut add = |figure: &'a Figure| {
                picture_count += 1;
                let file = format!("images/f{picture_count:04}.jpg");
                let alt = figure.alt.as_deref().map(one_line);
                let alt = alt.unwrap_or_else(|| strings.name_without_alt(entry));
                pictures.push(PictureFile { figure, file, alt, pixels: None });
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

/// The label of a plate: its caption, or else location and date.
fn plate_label(plate: &Plate, book: &Book) -> Option<String> {
    let caption = label_text(&plate.caption);
    if !caption.is_empty() {
        return Some(caption);
    }
    let taken = plate.taken.as_ref().map(|date| date.localized(&book.language));
    let location = plate.place.as_deref().map(one_line).filter(|text| !text.is_empty());
    let parts: Vec<_> = location.into_iter().chain(taken).collect();
    if parts.is_empty() { None } else { Some(truncate_label(&parts.join(", "))) }
}

/// The title of a chapter in all languages.
fn chapter_title(chapter: &Chapter) -> String {
    let mut title = title_text(&chapter.title);
    for translation in &chapter.translations {
        title = format!("{title} / {}", title_text(&translation.title));
    }
    title
}

/// The full text of a title: titles are never truncated.
fn title_text(inlines: &[Inline]) -> String {
    one_line(&plain_text(inlines))
}

fn label_text(inlines: &[Inline]) -> String {
    truncate_label(&title_text(inlines))
}

/// The first words of a text that has no title.
fn first_words(blocks: &[Block]) -> Option<String> {
    let mut first = None;
    paragraphs(blocks, &mut |text| {
        let label = match text {
            ParagraphText::Inlines(inlines) => label_text(inlines),
            ParagraphText::Code(text) => truncate_label(&one_line(text)),
        };
        if first.is_none() && !label.is_empty() {
            first = Some(label);
        }
    });
    first
}

/// Truncates a text to the length of a label.
pub(in crate::epub) fn truncate_label(text: &str) -> String {
    truncate(text, MAX_LABEL_CHARS)
}

/// Truncates a text at the end of a word, with an ellipsis, to at most `max_chars` characters.
pub(in crate::epub) fn truncate(text: &str, max_chars: usize) -> String {
    if text.chars().count() <= max_chars {
        return text.to_owned();
    }
    let head: String = text.chars().take(max_chars.saturating_sub(1)).collect();
    let end = head.rfind(' ').filter(|end| *end >= max_chars / 2).unwrap_or(head.len());
    let trimmed = head[..end].trim_end_matches(|c: char| c == ',' || c == ';' || c.is_whitespace());
    format!("{trimmed}…")
}
