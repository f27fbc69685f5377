//! Distributes the entries of the book over files.
//!
//! Reading systems with two columns begin each file in the left one. A file therefore has a whole
//! chapter or text with the pictures after it, which face each other there; only a long one
//! continues in further files. A panorama takes both columns, which reading systems can only do at
//! the beginning of a file, and has one of its own. So has a picture that would be alone in the left
//! column at the end of a chapter: it is in the middle. Pictures that follow no title have a file
//! each, so that each can be addressed, shared and opened alone.

use crate::epub::names::FRONT;
use crate::html::content::caption::PlateText;
use crate::html::content::text_width::text_width;
use crate::model::{Block, Book, Entry, Pixels, Plate, PlateLayout, figures, plain_text};

/// The maximum number of pictures in a file: reading systems may decode all of them at once, and
/// readers with electronic ink have little memory. It is even, so that a file that is full ends
/// with a right column.
const MAX_PICTURES: usize = 12;

/// Where an entry is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::epub) struct Address {
    /// The file.
    pub(in crate::epub) file: String,
    /// The `id` in the file, unless the file begins with the entry or its title.
    pub(in crate::epub) anchor: Option<String>,
}

/// The addresses of all entries with content, in the order of the book.
pub(in crate::epub) fn addresses(book: &Book) -> Vec<Address> {
    let mut names = Names::default();
    let mut addresses: Vec<Address> = Vec::new();
    let entries: Vec<&Entry> = book.with_content().map(|(_, entry)| entry).collect();
    let mut rest = entries.as_slice();
    // Whether the last plates follow a title.
    let mut is_titled = false;
    while let Some((&entry, others)) = rest.split_first() {
        if let Some(anchor) = front_anchor(entry) {
            let (file, anchor) = (FRONT.to_owned(), Some(anchor.to_owned()));
            addresses.push(Address { file, anchor });
            rest = others;
            continue;
        }
        let head = (!is_plate(entry)).then_some(entry);
        let base = names.next(head);
        let follows_plate = addresses.len().checked_sub(1).and_then(|last| entries.get(last));
        let follows_plate =
            follows_plate.is_some_and(|entry| is_plate(entry) && !is_wide(entry, book));
        let is_last = is_last_text(rest, book);
        if let Some(last) = addresses.last().filter(|_| follows_plate && is_titled && is_last) {
            // The last text of a book begins beside its last plate, if that is on the left.
            addresses.push(Address { file: last.file.clone(), anchor: Some(base) });
            break;
        }
        let begins = head.map(|head| {
            // The title of a chapter whose file begins with the picture before it.
            let has_picture = head.opening().is_some_and(|opening| opening.picture.is_some());
            Address { file: file(&base, 0), anchor: has_picture.then(|| base.clone()) }
        });
        addresses.extend(begins);
        if head.is_some() {
            rest = others;
        }
        let taken = head.map_or(0, |head| taken_by(head, book));
        if taken < MAX_PICTURES {
            let plates = rest.iter().take_while(|entry| is_plate(entry)).count();
            let numbers = match head {
                Some(head) => {
                    let beginning = Beginning {
                        taken,
                        columns: columns_of(head),
                        is_before_last: is_last_text(&rest[plates..], book),
                    };
                    files_of_plates(&rest[..plates], beginning, book)
                }
                None => (0..plates).collect(),
            };
            addresses.extend(
                numbers.into_iter().map(|number| Address {
                    file: file(&base, number),
                    anchor: Some(names.plate()),
                }),
            );
            is_titled = head.is_some();
            rest = &rest[plates..];
        }
    }
    addresses
}

/// The `id` of an entry that is in the file of the front matter.
fn front_anchor(entry: &Entry) -> Option<&'static str> {
    match entry {
        Entry::Frontispiece(_) => Some("frontispiece"),
        Entry::Dedication(_) => Some("dedication"),
        Entry::Epigraph(_) => Some("epigraph"),
        Entry::Part(_)
        | Entry::Chapter(_)
        | Entry::Essay(_)
        | Entry::Colophon(_)
        | Entry::Plate(_)
        | Entry::Blank(_) => None,
    }
}

fn is_plate(entry: &Entry) -> bool {
    matches!(entry, Entry::Plate(_))
}

/// How much of the room for pictures the beginning of a file takes. The opening of a chapter is
/// one column, as a picture is. Text in another language shares its file with no plates, because
/// the file has one language.
fn taken_by(head: &Entry, book: &Book) -> usize {
    let mut pictures = 0;
    figures(head.blocks(), &mut |_| pictures += 1);
    match head {
        Entry::Part(opening) | Entry::Chapter(opening) => {
            pictures + 1 + usize::from(opening.picture.is_some())
        }
        Entry::Essay(essay) if essay.language.as_ref().is_some_and(|it| *it != book.language) => {
            MAX_PICTURES
        }
        _ => pictures,
    }
}

/// Whether a text without pictures is all that is left of a book. An index comes before it.
fn is_last_text(rest: &[&Entry], book: &Book) -> bool {
    matches!(rest, [last] if !is_plate(last) && taken_by(last, book) == 0) && book.index.is_empty()
}

/// The number of columns of a text, or of the opening of a chapter with its picture, on a screen
/// with two of them; `None` if it depends on the screen.
pub(in crate::epub) fn columns_of(head: &Entry) -> Option<usize> {
    /// With so many letters, a text has one column on each screen that has two.
    const ONE_COLUMN: usize = 700;
    let picture = head.opening().is_some_and(|opening| opening.picture.is_some());
    let letters = letters_of(head.blocks())?;
    (letters <= ONE_COLUMN).then_some(1 + usize::from(picture))
}

/// The letters of paragraphs and headings, with those that would fill their last lines; `None` if
/// there is anything else.
fn letters_of(blocks: &[Block]) -> Option<usize> {
    const LAST_LINE: usize = 40;
    let letters = blocks.iter().map(|block| match block {
        Block::Paragraph(content) | Block::Dateline(content) => {
            Some(text_width(&plain_text(content)) + LAST_LINE)
        }
        Block::Heading { content, .. } => Some(2 * text_width(&plain_text(content)) + LAST_LINE),
        Block::Translation(translation) => letters_of(&translation.blocks),
        _ => None,
    });
    letters.sum()
}

/// What a file begins with, before its plates.
#[derive(Debug, Clone, Copy)]
struct Beginning {
    /// The room for pictures that it takes.
    taken: usize,
    /// Its columns, if that is known.
    columns: Option<usize>,
    /// Whether the last text of the book follows the plates, and begins beside the last one.
    is_before_last: bool,
}

/// The numbers of the files, from 0, of plates after a beginning. A wide one has a file of its own,
/// and so has one that would be alone in a left column.
fn files_of_plates(plates: &[&Entry], beginning: Beginning, book: &Book) -> Vec<usize> {
    let mut numbers = Vec::with_capacity(plates.len());
    // The next file, and what is at its beginning.
    let (mut first, mut is_begun, mut taken) = (0, true, beginning.taken);
    for run in plates.chunk_by(|one, other| !is_wide(one, book) && !is_wide(other, book)) {
        if run.iter().any(|entry| is_wide(entry, book)) {
            first += usize::from(is_begun);
            numbers.push(first);
            first += 1;
        } else {
            let own = (0..run.len()).map(|plate| first + file_of_plate(plate, taken, run.len()));
            let mut own: Vec<usize> = own.collect();
            let last = own.last().copied().unwrap_or(first);
            let before = if is_begun && last == first { beginning.columns } else { Some(0) };
            let with_it = own.iter().filter(|number| **number == last).count();
            let is_odd = before.is_some_and(|before| (before + with_it) % 2 == 1);
            let is_at_end = numbers.len() + run.len() == plates.len();
            let is_short = run.last().is_some_and(|entry| has_short_caption(entry, book));
            if is_odd && is_short && !(is_at_end && beginning.is_before_last) {
                // It begins a file, if it does not have one already.
                let is_alone_already = with_it == 1 && !(is_begun && last == first);
                if let Some(number) = own.last_mut() {
                    *number += usize::from(!is_alone_already);
                }
            }
            numbers.extend(own);
            first = numbers.last().map_or(first, |last| last + 1);
        }
        (is_begun, taken) = (false, 0);
    }
    numbers
}

/// Whether an entry is a panorama that takes both columns of a screen.
fn is_wide(entry: &Entry, book: &Book) -> bool {
    /// The least width for the height: more than twice as wide as most plates are high.
    const WIDE: u32 = 2;
    let Entry::Plate(plate) = entry else { return false };
    let Pixels { width, height } = plate.picture.upright();
    let is_spread = plate.layout == PlateLayout::Spread && width > height;
    (is_spread || width > height.saturating_mul(WIDE)) && has_short_caption(entry, book)
}

/// Whether an entry is a plate that may take both columns of a screen. What does so cannot continue
/// on the next one, so that its caption must be short.
pub(in crate::epub) fn has_short_caption(entry: &Entry, book: &Book) -> bool {
    /// The most letters under it: with these, it fits on a phone in type of 200 %.
    const MAX_LETTERS: usize = 220;
    let Entry::Plate(plate) = entry else { return false };
    letters_under(plate, book) <= MAX_LETTERS
}

fn letters_under(plate: &Plate, book: &Book) -> usize {
    let texts = PlateText::all(plate, book);
    let credit = plate.credit.as_deref().map_or(0, text_width);
    let common = PlateText::common_place(plate, book).map_or(0, |place| place.width());
    texts.iter().map(PlateText::width).sum::<usize>() + common + credit
}

/// The number of the file, from 0, of one of `plates` plates after a beginning that takes the room
/// of `taken` pictures. The files have about equally many pictures, an even number in each.
fn file_of_plate(plate: usize, taken: usize, plates: usize) -> usize {
    let all = taken + plates;
    let files = all.div_ceil(MAX_PICTURES).max(1);
    let share = all.div_ceil(files).next_multiple_of(2);
    (taken + plate) / share.max(1)
}

/// The name of a file: its base and, from the second on, its number.
fn file(base: &str, number: usize) -> String {
    match number {
        0 => format!("{base}.xhtml"),
        number => format!("{base}-{}.xhtml", number + 1),
    }
}

/// The names given so far. They are numbered, so they are ASCII, unique and independent of the
/// captions.
#[derive(Debug, Default)]
struct Names {
    texts: usize,
    parts: usize,
    chapters: usize,
    groups: usize,
    plates: usize,
}

impl Names {
    /// The name, without number and ending, of the files that begin with a text or, without one,
    /// with a plate.
    fn next(&mut self, head: Option<&Entry>) -> String {
        let (name, count) = match head {
            Some(Entry::Colophon(_)) => return "colophon".to_owned(),
            Some(Entry::Part(_)) => ("part", &mut self.parts),
            Some(Entry::Chapter(_)) => ("chapter", &mut self.chapters),
            Some(_) => ("text", &mut self.texts),
            None => ("plates", &mut self.groups),
        };
        *count += 1;
        format!("{name}-{count:02}")
    }

    /// The `id` of the next plate.
    fn plate(&mut self) -> String {
        self.plates += 1;
        format!("plate-{}", self.plates)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pictures_of_a_long_chapter_are_divided_evenly() {
        let counts = |taken, plates| {
            let mut counts = Vec::new();
            for plate in 0..plates {
                let file = file_of_plate(plate, taken, plates);
                counts.resize(counts.len().max(file + 1), 0);
                counts[file] += 1;
            }
            counts
        };
        assert_eq!(counts(0, 12), [12]);
        // The opening of a chapter faces the first of them.
        assert_eq!(counts(1, 11), [11]);
        assert_eq!(counts(1, 12), [7, 5]);
        assert_eq!(counts(0, 300), [12; 25]);
        assert_eq!(counts(1, 26), [9, 10, 7]);
    }
}
