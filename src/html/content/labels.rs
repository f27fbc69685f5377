//! The labels of a book's entries in lists, on one line.

use crate::model::{
    Block, Book, Chapter, Entry, Essay, Inline, ParagraphText, Plate, Strings, paragraphs,
    plain_text, split_dateline,
};

use crate::html::xml::one_line;
use crate::typeset::{shorten, without_full_stop};

/// The maximum length, in characters, of a label that is not a title: a caption or the first
/// words of a text.
const MAX_LABEL_CHARS: usize = 60;

/// The label of an entry; never empty.
pub(crate) fn entry_label(entry: &Entry, book: &Book) -> String {
    let strings = Strings::for_language(&book.language);
    let title = |essay: &Essay| essay.title().map(title_text).filter(|label| !label.is_empty());
    let label = match entry {
        Entry::Essay(essay) => title(essay).or_else(|| first_words(&essay.blocks)),
        Entry::Part(chapter) | Entry::Chapter(chapter) => {
            let title = Some(chapter_title(chapter)).filter(|label| !label.is_empty());
            title.or_else(|| first_words(&chapter.intro))
        }
        Entry::Frontispiece(plate) => {
            plate_label(plate, book).or_else(|| Some(strings.frontispiece.to_owned()))
        }
        Entry::Dedication(_) => Some(strings.dedication.to_owned()),
        Entry::Epigraph(_) => Some(strings.epigraph.to_owned()),
        Entry::Colophon(essay) => title(essay).or_else(|| Some(strings.colophon.to_owned())),
        Entry::Plate(plate) => plate_label(plate, book).or_else(|| {
            let number = book.language.digits().write(plate.number);
            Some(format!("{} {number}", strings.plate))
        }),
        Entry::Blank(_) => None,
    };
    label.unwrap_or_else(|| one_line(&book.title))
}

/// The label of a plate: its caption, or else location and date.
fn plate_label(plate: &Plate, book: &Book) -> Option<String> {
    let caption = label_text(&plate.caption);
    if !caption.is_empty() {
        return Some(caption);
    }
    let parts = plate.place_and_date(&book.language);
    let parts: Vec<_> =
        parts.iter().map(|part| one_line(part)).filter(|text| !text.is_empty()).collect();
    if parts.is_empty() { None } else { Some(shorten_label(&parts.join(", "))) }
}

/// The title of a chapter in all languages.
fn chapter_title(chapter: &Chapter) -> String {
    let mut title = title_text(&chapter.title);
    for translation in &chapter.translations {
        title = format!("{title} / {}", title_text(&translation.title));
    }
    title
}

/// The full text of a title: titles are never shortened.
pub(crate) fn title_text(inlines: &[Inline]) -> String {
    one_line(&plain_text(inlines))
}

fn label_text(inlines: &[Inline]) -> String {
    shorten_label(&title_text(inlines))
}

/// The first words of a text that has no title, after its dateline.
fn first_words(blocks: &[Block]) -> Option<String> {
    let (_, blocks) = split_dateline(blocks);
    let mut first = None;
    paragraphs(blocks, &mut |text| {
        let label = match text {
            ParagraphText::Inlines(inlines) => label_text(inlines),
            ParagraphText::Code(text) => shorten_label(&one_line(text)),
        };
        if first.is_none() && !label.is_empty() {
            first = Some(label);
        }
    });
    first
}

/// Shortens a text to the length of a label. As an entry of a list, it has no full stop at its end.
pub(crate) fn shorten_label(text: &str) -> String {
    without_full_stop(&shorten(text, MAX_LABEL_CHARS))
}
