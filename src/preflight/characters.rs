//! Characters that no font has.

use std::collections::BTreeMap;

use crate::finding::{Code, Finding};
use crate::model::{
    Block, Book, Entry, Ink, Inline, Length, Location, ParagraphText, paragraphs, plain_text,
};
use crate::typeset::{Capitals, Faces, Family, Figures, MissingCharacter, Slant, Style, Weight};

use super::{fonts, names};

/// One finding for each missing character, at its first use.
pub(super) fn missing(book: &Book, faces: &Faces) -> Vec<Finding> {
    search(book, faces).into_iter().map(|(missing, first)| finding(missing, &first)).collect()
}

/// The missing characters, in order.
pub(super) fn list(book: &Book, faces: &Faces) -> Vec<char> {
    search(book, faces).into_keys().map(|MissingCharacter(character)| character).collect()
}

fn search(book: &Book, faces: &Faces) -> BTreeMap<MissingCharacter, FirstUse> {
    let mut search = Search { faces, found: BTreeMap::new() };
    let book_texts =
        [Some(&book.title), book.subtitle.as_ref(), book.publisher.as_ref(), book.rights.as_ref()];
    for text in book_texts.into_iter().flatten() {
        search.text(text, "the title pages", None);
    }
    for creator in &book.creators {
        search.text(&creator.name, "the title pages", None);
    }
    for (id, entry) in book.numbered() {
        match entry {
            Entry::Plate(plate) | Entry::Frontispiece(plate) => {
                let place = format!("the caption of {}", plate.picture.name);
                let at = plate.location.as_ref();
                search.inlines(&plate.caption, &place, at);
                for text in [&plate.credit, &plate.place].into_iter().flatten() {
                    search.text(text, &place, at);
                }
            }
            Entry::Chapter(chapter) => {
                let place = format!("the chapter “{}”", plain_text(&chapter.title));
                search.inlines(&chapter.title, &place, None);
                search.blocks(&chapter.intro, &place);
            }
            Entry::Essay(essay) | Entry::Dedication(essay) | Entry::Colophon(essay) => {
                let place = match essay.title() {
                    Some(title) => format!("the text “{}”", plain_text(title)),
                    None => format!("the text in entry {} of pages", id.0 + 1),
                };
                search.blocks(&essay.blocks, &place);
            }
        }
    }
    search.found
}

/// The first use of a character.
struct FirstUse {
    place: String,
    at: Option<Location>,
}

struct Search<'a> {
    faces: &'a Faces,
    found: BTreeMap<MissingCharacter, FirstUse>,
}

impl Search<'_> {
    fn text(&mut self, text: &str, place: &str, at: Option<&Location>) {
        for missing in self.faces.missing(text, &any_style()) {
            self.found
                .entry(missing)
                .or_insert_with(|| FirstUse { place: place.to_owned(), at: at.cloned() });
        }
    }

    fn inlines(&mut self, inlines: &[Inline], place: &str, at: Option<&Location>) {
        self.text(&plain_text(inlines), place, at);
    }

    fn blocks(&mut self, blocks: &[Block], place: &str) {
        paragraphs(blocks, &mut |part| match part {
            ParagraphText::Inlines(inlines) => self.inlines(inlines, place, None),
            ParagraphText::Code(text) => self.text(text, place, None),
        });
    }
}

/// Any style: all fall back to the same faces.
fn any_style() -> Style {
    Style {
        family: Family::Serif,
        slant: Slant::Upright,
        weight: Weight::Regular,
        size: Length::pt(10),
        tracking: 0,
        capitals: Capitals::AsWritten,
        figures: Figures::OldStyle,
        ink: Ink::BLACK,
    }
}

fn finding(MissingCharacter(character): MissingCharacter, first: &FirstUse) -> Finding {
    let name = format!("U+{:04X} {}", u32::from(character), names::name(character));
    let quoted = if character.is_control() { String::new() } else { format!("“{character}” ") };
    let message = format!("no font has {quoted}({name}), used in {}", first.place);
    Finding::new(Code::MissingGlyph, message).at(first.at.clone()).help(fonts::advice(character))
}
