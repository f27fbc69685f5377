//! Maps the book's entries to files: their names, labels and page breaks.

use crate::model::{
    Block, Book, Entry, Figure, Inline, Pages, Pixels, Plate, Said, Strings, figures, paragraphs,
    plain_text,
};

use crate::epub::content::page_breaks;
use crate::epub::content::page_breaks::PageBreak;
use crate::epub::package::xml::one_line;

/// The maximum length, in characters, of a label that is not a title: a caption or the first
/// words of a text.
const LABEL: usize = 60;

/// One entry of the book and the file it is written to.
#[derive(Debug)]
pub(in crate::epub) struct Part<'a> {
    /// The entry.
    pub(in crate::epub) entry: &'a Entry,
    /// Its XHTML file.
    pub(in crate::epub) file: String,
    /// Its label in lists, on one line, never empty.
    pub(in crate::epub) label: String,
    /// The number of the plate, counted from 1, and the file of its picture.
    pub(in crate::epub) plate: Option<(usize, String)>,
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
    pub(in crate::epub) fn shown(&self) -> Option<(&'a Plate, &str)> {
        match (self.entry, &self.plate) {
            (Entry::Plate(plate), Some((_, file))) => Some((plate, file)),
            (Entry::Frontispiece(plate), _) => Some((plate, "images/frontispiece.jpg")),
            _ => None,
        }
    }

    /// Whether it comes before the contents.
    pub(in crate::epub) fn is_front(&self) -> bool {
        self.entry.is_front()
    }
}

/// The parts of the book in reading order. File names are numbered, so they are ASCII, unique
/// and independent of the captions.
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
                    let picture = format!("images/p{plates:04}.jpg");
                    (format!("p{plates:04}.xhtml"), Some(label), Some((plates, picture)))
                }
            };
            let breaks = match print {
                Some(print) => page_breaks::printed(id, entry, book.print.links, print),
                None => plate.iter().map(|(number, _)| PageBreak::at_start(*number)).collect(),
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
            Part { entry, file, label, plate, breaks, figures: shown }
        })
        .collect()
}

/// The label of a plate: its caption, or else location and date.
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

/// The full text of a title: titles are never truncated.
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

/// Truncates a text to the length of a label.
pub(in crate::epub) fn cut(text: &str) -> String {
    shortened(text, LABEL)
}

/// Truncates a text at the end of a word, with an ellipsis, to at most `max_chars` characters.
pub(in crate::epub) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most.saturating_sub(1)).collect();
    let end = head.rfind(' ').filter(|end| *end >= most / 2).unwrap_or(head.len());
    let kept = head[..end].trim_end_matches(|c: char| c == ',' || c == ';' || c.is_whitespace());
    format!("{kept}…")
}
