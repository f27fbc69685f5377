//! The book's entries as files: their names, labels and page breaks.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::model::{
    Block, Book, Entry, Figure, Inline, Pages, Picture, Pixels, Plate, RetainedMetadata, Said,
    Strings, figures, paragraphs, plain_text,
};
use crate::picture;

use crate::epub::content::page_breaks;
use crate::epub::content::page_breaks::PageBreak;
use crate::epub::package::xml::one_line;

/// What stands for a title in a list, a caption or the first words of a text, is cut after about
/// this many characters.
const LABEL: usize = 60;

/// One entry of the book and the file that it becomes.
#[derive(Debug)]
pub(in crate::epub) struct Part<'a> {
    /// The entry.
    pub(in crate::epub) entry: &'a Entry,
    /// Its XHTML file.
    pub(in crate::epub) file: String,
    /// What it is called in lists, on one line, never empty.
    pub(in crate::epub) label: String,
    /// The number of the plate, from 1.
    pub(in crate::epub) plate: Option<usize>,
    /// The file of the plate's or the frontispiece's picture.
    pub(in crate::epub) picture: Option<String>,
    /// The page breaks within it, in order.
    pub(in crate::epub) breaks: Vec<PageBreak>,
    /// The pictures in its text, in order.
    pub(in crate::epub) figures: Vec<PictureFile<'a>>,
}

/// A picture in a text, and the file that it becomes.
#[derive(Debug)]
pub(in crate::epub) struct PictureFile<'a> {
    /// The picture.
    pub(in crate::epub) figure: &'a Figure,
    /// Its file.
    pub(in crate::epub) file: String,
    /// What is to be seen, or else what it is.
    pub(in crate::epub) alt: String,
    /// Its size there, once it is scaled.
    pub(in crate::epub) pixels: Option<Pixels>,
}

impl<'a> Part<'a> {
    /// The picture that it shows, and its file.
    pub(in crate::epub) fn shown(&self) -> Option<(&'a Plate, &str)> {
        self.entry.plate().zip(self.picture.as_deref())
    }

    /// Whether it stands before the contents.
    pub(in crate::epub) fn is_front(&self) -> bool {
        self.entry.is_front()
    }
}

/// The book's entries in order. Names count, so they are ASCII, unique, and the same
/// whatever the captions say.
pub(in crate::epub) fn parts<'a>(book: &'a Book, print: Option<&Pages>) -> Vec<Part<'a>> {
    let words = Strings::for_language(&book.language);
    let (mut texts, mut chapters, mut plates, mut pictures) = (0, 0, 0, 0);
    book.numbered()
        .map(|(id, entry)| {
            let (file, label, plate) = match entry {
                Entry::Essay(essay) => {
                    texts += 1;
                    let label = essay.title().map(whole).filter(|label| !label.is_empty());
                    let label = label.or_else(|| first_words(&essay.blocks));
                    (format!("text-{texts:02}.xhtml"), label, None)
                }
                Entry::Chapter(chapter) => {
                    chapters += 1;
                    let label = Some(whole(&chapter.title)).filter(|label| !label.is_empty());
                    let label = label.or_else(|| first_words(&chapter.intro));
                    (format!("chapter-{chapters:02}.xhtml"), label, None)
                }
                Entry::Frontispiece(plate) => {
                    let label = plate_label(plate, book);
                    let label = label.unwrap_or_else(|| words.frontispiece.to_owned());
                    ("frontispiece.xhtml".to_owned(), Some(label), None)
                }
                Entry::Dedication(_) => {
                    ("dedication.xhtml".to_owned(), Some(words.dedication.to_owned()), None)
                }
                Entry::Colophon(essay) => {
                    let label = essay.title().map(whole).filter(|label| !label.is_empty());
                    let label = label.unwrap_or_else(|| words.colophon.to_owned());
                    ("colophon.xhtml".to_owned(), Some(label), None)
                }
                Entry::Plate(plate) => {
                    plates += 1;
                    let label = plate_label(plate, book)
                        .unwrap_or_else(|| format!("{} {plates}", words.plate));
                    (format!("p{plates:04}.xhtml"), Some(label), Some(plates))
                }
            };
            let breaks = match print {
                Some(print) => page_breaks::printed(id, entry, book.print.links, print),
                None => plate.iter().map(|number| PageBreak::at_start(*number)).collect(),
            };
            let label = label.unwrap_or_else(|| one_line(&book.title));
            let mut shown = Vec::new();
            let mut show = |figure: &'a Figure| {
                pictures += 1;
                let file = format!("images/f{pictures:04}.jpg");
                let alt = figure.alt.as_deref().map(one_line);
                let alt = alt.unwrap_or_else(|| words.name_without_alt(entry));
                shown.push(PictureFile { figure, file, alt, pixels: None });
            };
            figures(entry.blocks(), &mut show);
            let picture = match entry {
                Entry::Frontispiece(_) => Some("images/frontispiece.jpg".to_owned()),
                _ => plate.map(|number| format!("images/p{number:04}.jpg")),
            };
            Part { entry, file, label, plate, picture, breaks, figures: shown }
        })
        .collect()
}

/// Gives pictures that would be the same file, byte for byte, the name of the first one.
pub(in crate::epub) fn share_pictures(parts: &mut [Part<'_>]) {
    let none = RetainedMetadata::default();
    let shown = |part: &Part<'_>| {
        let plate = part.entry.plate().map(|plate| &plate.picture);
        let figures = part.figures.iter().map(|shown| &shown.figure.picture);
        plate.into_iter().chain(figures).map(|picture| picture.path.clone()).collect::<Vec<_>>()
    };
    let paths: Vec<_> = parts.iter().flat_map(shown).collect();
    let originals = picture::originals(paths.iter().map(PathBuf::as_path));
    let mut first = HashMap::new();
    for part in parts {
        let mut share = |picture: &Picture, kept: &RetainedMetadata, file: &mut String| {
            let path = originals.get(picture.path.as_path()).copied();
            let key = (path.map(Path::to_owned), picture.orientation, kept.clone());
            *file = first.entry(key).or_insert_with(|| file.clone()).clone();
        };
        if let (Some(plate), Some(file)) = (part.entry.plate(), &mut part.picture) {
            share(&plate.picture, &plate.kept, file);
        }
        for shown in &mut part.figures {
            share(&shown.figure.picture, &none, &mut shown.file);
        }
    }
}

/// What a plate is called in a list: by its caption, else by place and date.
fn plate_label(plate: &Plate, book: &Book) -> Option<String> {
    let caption = short(&plate.caption);
    if !caption.is_empty() {
        return Some(caption);
    }
    let taken = plate.taken.map(|date| date.in_words(&book.language));
    let location = plate.place.as_deref().map(one_line).filter(|words| !words.is_empty());
    let parts: Vec<_> = location.into_iter().chain(taken).collect();
    if parts.is_empty() { None } else { Some(cut(&parts.join(", "))) }
}

/// A title is told whole: whoever wrote it wanted it so.
fn whole(inlines: &[Inline]) -> String {
    one_line(&plain_text(inlines))
}

fn short(inlines: &[Inline]) -> String {
    cut(&whole(inlines))
}

/// The first words of a text that has no title.
fn first_words(blocks: &[Block]) -> Option<String> {
    let mut first = None;
    paragraphs(blocks, &mut |said| {
        let words = match said {
            Said::Inlines(inlines) => short(inlines),
            Said::Code(text) => cut(&one_line(text)),
        };
        if first.is_none() && !words.is_empty() {
            first = Some(words);
        }
    });
    first
}

/// Cut to the length of a label.
pub(in crate::epub) fn cut(text: &str) -> String {
    shortened(text, LABEL)
}

/// Cut at the end of a word, with an ellipsis, to so many characters at most.
pub(in crate::epub) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most.saturating_sub(1)).collect();
    let end = head.rfind(' ').filter(|end| *end >= most / 2).unwrap_or(head.len());
    let kept = head[..end].trim_end_matches(|c: char| c == ',' || c == ';' || c.is_whitespace());
    format!("{kept}…")
}
