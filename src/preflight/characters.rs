//! Characters that no font has.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Excerpt, Finding, Severity};
use crate::model::{
    Block, Book, BookTranslation, Entry, EntryId, Inline, Length, Location, ParagraphText, Plate,
    Taken, paragraphs, plain_text,
};
use crate::typeset::{Faces, Family, MissingCharacter, Style};

use super::{emoji, fonts, names};

/// One finding for each missing character, at its first use.
pub(super) fn missing(book: &Book, faces: &Faces) -> Vec<Finding> {
    let found = search(book, faces, &|_| true).into_iter();
    found.filter_map(|(missing, first)| finding(missing, &first, "")).collect()
}

/// One finding for each missing character on the cover of the reflowable e-book. It is a
/// picture, so that no reading system can show the character in a font of its own.
pub(super) fn missing_on_cover(book: &Book, faces: &Faces) -> Vec<Finding> {
    let mut search = Search { faces, is_wanted: &|_| true, found: BTreeMap::new(), until: None };
    search.front(book, "the cover of the e-book");
    let found = search.found.into_iter();
    let finding = |(missing, first)| finding(missing, &first, ", which leaves it out");
    let findings = found.filter_map(finding);
    findings.map(|finding| finding.severity(Severity::Warning)).collect()
}

/// One finding for each missing character on the printed cover.
pub(super) fn missing_on_printed_cover(book: &Book, faces: &Faces) -> Vec<Finding> {
    let mut search = Search { faces, is_wanted: &|_| true, found: BTreeMap::new(), until: None };
    search.front(book, "the front of the cover");
    search.blocks(&book.cover_back.text, "the back of the cover", None);
    search.blocks(&book.cover_flaps.front, "the front flap of the cover", None);
    search.blocks(&book.cover_flaps.back, "the back flap of the cover", None);
    let found = search.found.into_iter();
    found.filter_map(|(missing, first)| finding(missing, &first, "")).collect()
}

/// The missing characters, in order.
pub(super) fn list(book: &Book, faces: &Faces) -> Vec<char> {
    missing_among(book, faces, &|_| true)
}

/// All characters of the texts.
pub(super) fn all(book: &Book, faces: &Faces) -> BTreeSet<char> {
    let characters = RefCell::new(BTreeSet::new());
    search(book, faces, &|c| {
        characters.borrow_mut().insert(c);
        false
    });
    characters.into_inner()
}

/// The missing characters of texts that have one of these characters, in order.
pub(super) fn missing_among(
    book: &Book,
    faces: &Faces,
    is_wanted: &dyn Fn(char) -> bool,
) -> Vec<char> {
    let found = search(book, faces, is_wanted);
    found.into_keys().map(|MissingCharacter(character)| character).collect()
}

fn search(
    book: &Book,
    faces: &Faces,
    is_wanted: &dyn Fn(char) -> bool,
) -> BTreeMap<MissingCharacter, FirstUse> {
    let mut search = Search { faces, is_wanted, found: BTreeMap::new(), until: None };
    let book_texts =
        [Some(&book.title), book.subtitle.as_ref(), book.publisher.as_ref(), book.rights.as_ref()];
    for text in book_texts.into_iter().flatten() {
        search.text(text, "the title pages", None);
    }
    for creator in &book.creators {
        search.text(&creator.name, "the title pages", None);
    }
    for BookTranslation { title, subtitle, bylines, .. } in &book.translations {
        for text in [title, subtitle].into_iter().flatten().chain(bylines) {
            search.text(text, "the title pages", None);
        }
    }
    search.text(&book.language.digits().write("0123456789"), "the numbers of pages", None);
    for (id, entry) in book.numbered() {
        search.until = next_line(book, id, entry);
        match entry {
            Entry::Plate(plate) | Entry::Frontispiece(plate) => search.plate(plate),
            Entry::Part(chapter) | Entry::Chapter(chapter) => {
                let what = if matches!(entry, Entry::Part(_)) { "part" } else { "chapter" };
                let place = format!("the {what} “{}”", plain_text(&chapter.title));
                chapter.picture.iter().for_each(|plate| search.plate(plate));
                search.inlines(&chapter.title, &place, chapter.location.as_ref());
                for translation in &chapter.translations {
                    search.inlines(&translation.title, &place, chapter.location.as_ref());
                }
                search.blocks(&chapter.intro, &place, chapter.intro_location.as_ref());
            }
            Entry::Essay(essay)
            | Entry::Dedication(essay)
            | Entry::Epigraph(essay)
            | Entry::Colophon(essay) => {
                let place = match essay.title() {
                    Some(title) => format!("the text “{}”", plain_text(title)),
                    None => format!("the text in entry {} of pages", id.0 + 1),
                };
                search.blocks(&essay.blocks, &place, essay.location.as_ref());
            }
            Entry::Blank(_) => {}
        }
    }
    search.found
}

/// The line where the next entry begins in the file of this one.
fn next_line(book: &Book, id: EntryId, entry: &Entry) -> Option<u32> {
    let at = entry.location()?;
    let next = book.entries.get(id.0 + 1..)?.iter().filter_map(Entry::location);
    next.filter(|next| next.file == at.file && next.line > at.line).map(|next| next.line).next()
}

/// The first use of a character.
struct FirstUse {
    place: String,
    at: Option<Location>,
    until: Option<u32>,
}

struct Search<'a> {
    faces: &'a Faces,
    /// Texts without one of these characters are not looked at.
    is_wanted: &'a dyn Fn(char) -> bool,
    found: BTreeMap<MissingCharacter, FirstUse>,
    /// The line where the next entry begins.
    until: Option<u32>,
}

impl Search<'_> {
    /// The texts of the front cover.
    fn front(&mut self, book: &Book, place: &str) {
        let names = book.bylines();
        let texts = [Some(&book.title), book.subtitle.as_ref(), book.publisher.as_ref()];
        for text in texts.into_iter().flatten().chain(&names) {
            self.text(text, place, None);
        }
    }

    fn text(&mut self, text: &str, place: &str, at: Option<&Location>) {
        if !text.contains(self.is_wanted) {
            return;
        }
        let until = self.until;
        for missing in self.faces.missing(text, &any_style()) {
            self.found.entry(missing).or_insert_with(|| FirstUse {
                place: place.to_owned(),
                at: at.cloned(),
                until,
            });
        }
    }

    /// The texts under a plate.
    fn plate(&mut self, plate: &Plate) {
        let place = format!("the caption of {}", plate.picture.name);
        let at = plate.location.as_ref();
        self.inlines(&plate.caption, &place, at);
        let words = match &plate.taken {
            Some(Taken::Text(words)) => Some(words),
            _ => None,
        };
        let texts = [plate.credit.as_ref(), plate.place.as_ref(), words];
        for text in texts.into_iter().flatten() {
            self.text(text, &place, at);
        }
        for translation in &plate.translations {
            self.inlines(&translation.caption, &place, at);
            translation.place.iter().for_each(|text| self.text(text, &place, at));
        }
        let place = format!("the index, for {}", plate.picture.name);
        for text in plate.terms.people.iter().chain(plate.terms.subjects.iter().flatten()) {
            self.text(text, &place, at);
        }
    }

    fn inlines(&mut self, inlines: &[Inline], place: &str, at: Option<&Location>) {
        self.text(&plain_text(inlines), place, at);
    }

    fn blocks(&mut self, blocks: &[Block], place: &str, at: Option<&Location>) {
        paragraphs(blocks, &mut |part| match part {
            ParagraphText::Inlines(inlines) => self.inlines(inlines, place, at),
            ParagraphText::Code(text) => self.text(text, place, at),
        });
    }
}

/// Any style: all fall back to the same faces.
fn any_style() -> Style {
    Style::plain(Family::Serif, Length::pt(10))
}

/// The finding about a missing character; `consequence` follows its first place.
fn finding(
    MissingCharacter(character): MissingCharacter,
    first: &FirstUse,
    consequence: &str,
) -> Option<Finding> {
    if emoji::is_modifier(character) {
        return None;
    }
    let name = format!("U+{:04X} {}", u32::from(character), names::name(character));
    let quoted = if character.is_control() { String::new() } else { format!("“{character}” ") };
    let finding = if emoji::is_emoji(character) {
        let message = format!(
            "no font has the emoji {quoted}({name}), used in {}; its name is printed in brackets",
            first.place
        );
        Finding::new(Code::EmojiNamed, message)
    } else {
        let place = &first.place;
        let message = format!("no font has {quoted}({name}), used in {place}{consequence}");
        Finding::new(Code::MissingGlyph, message)
    };
    let excerpt = Excerpt { text: character.to_string(), until: first.until };
    Some(finding.at(first.at.clone()).excerpt(excerpt).help(fonts::advice(character)))
}
