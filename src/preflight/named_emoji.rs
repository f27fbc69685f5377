//! Emoji that no font has are printed as their names in brackets: a smile must not stop a book.

use std::collections::BTreeSet;

use crate::model::{Book, Entry, Taken, change_blocks, change_inlines};
use crate::typeset::Faces;

use super::emoji::{FLAG_LETTERS, JOINER, is_emoji, is_modifier, may_be_emoji};
use super::{characters, names};

/// The book with names for the emoji that no font has. `None` if there are none.
pub fn with_named_emoji(book: &Book, faces: &Faces) -> Option<Book> {
    let missing = characters::missing_among(book, faces, &may_be_emoji).into_iter();
    let missing: BTreeSet<char> = missing.filter(|it| is_emoji(*it)).collect();
    if missing.is_empty() {
        return None;
    }
    let mut book = book.clone();
    let mut change = |text: &mut String| {
        if text.contains(|c| missing.contains(&c)) {
            *text = named(text, &missing);
        }
    };
    change(&mut book.title);
    let options = [&mut book.subtitle, &mut book.publisher, &mut book.rights];
    options.into_iter().flatten().for_each(&mut change);
    book.creators.iter_mut().for_each(|creator| change(&mut creator.name));
    for entry in &mut book.entries {
        match entry {
            Entry::Plate(plate) | Entry::Frontispiece(plate) => {
                change_inlines(&mut plate.caption, &mut change);
                let words = match &mut plate.taken {
                    Some(Taken::Text(words)) => Some(words),
                    _ => None,
                };
                let texts = [plate.credit.as_mut(), plate.place.as_mut(), words];
                texts.into_iter().flatten().for_each(&mut change);
            }
            Entry::Chapter(chapter) => {
                change_inlines(&mut chapter.title, &mut change);
                change_blocks(&mut chapter.intro, &mut change);
            }
            Entry::Essay(essay)
            | Entry::Dedication(essay)
            | Entry::Epigraph(essay)
            | Entry::Colophon(essay) => {
                change_blocks(&mut essay.blocks, &mut change);
            }
            Entry::Blank(_) => {}
        }
    }
    Some(book)
}

/// A text with names for these emoji. Those that are joined to one picture are in one pair of
/// brackets.
fn named(text: &str, missing: &BTreeSet<char>) -> String {
    let mut result = String::with_capacity(text.len() + 16);
    let mut rest = text.chars().peekable();
    while let Some(first) = rest.next() {
        let mut group = vec![first];
        while let Some(&next) = rest.peek() {
            let is_part = is_modifier(next)
                || group.last() == Some(&JOINER)
                || (group.len() == 1 && [first, next].iter().all(|it| FLAG_LETTERS.contains(it)));
            if !is_part {
                break;
            }
            group.push(next);
            rest.next();
        }
        if group.iter().any(|c| missing.contains(c)) {
            result.extend(["[", name(&group).as_str(), "]"]);
        } else {
            result.extend(group);
        }
    }
    result
}

/// The name of an emoji of one or more characters.
fn name(group: &[char]) -> String {
    if FLAG_LETTERS.contains(&group[0]) {
        let letter = |c: &char| {
            u8::try_from(u32::from(*c) - u32::from(*FLAG_LETTERS.start()))
                .map_or('?', |index| char::from(b'A' + index))
        };
        let letters = group.iter().filter(|c| FLAG_LETTERS.contains(*c)).map(letter);
        return format!("flag {}", letters.collect::<String>());
    }
    let pictures = group.iter().filter(|c| !is_modifier(**c));
    let name = |c: &char| {
        if c.is_ascii() { c.to_string() } else { names::name(*c).to_lowercase() }
    };
    let names: Vec<String> = pictures.map(name).collect();
    if names.is_empty() { names::name(group[0]).to_lowercase() } else { names.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_named(text: &str) -> String {
        let missing = text.chars().filter(|c| is_emoji(*c)).collect();
        named(text, &missing)
    }

    #[test]
    fn an_emoji_becomes_its_name() {
        assert_eq!(all_named("Home \u{1F600}!"), "Home [grinning face]!");
        assert_eq!(all_named("\u{2764}\u{FE0F}"), "[heavy black heart]");
        assert_eq!(all_named("No. 5 of 12 © Ada"), "No. 5 of 12 [copyright sign] Ada");
    }

    #[test]
    fn a_sequence_is_one_name() {
        assert_eq!(all_named("\u{1F44D}\u{1F3FD}"), "[thumbs up sign]");
        let family = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}";
        assert_eq!(all_named(family), "[man, woman, girl]");
        assert_eq!(all_named("\u{1F1F3}\u{1F1F4}\u{1F1F8}\u{1F1EA}"), "[flag NO][flag SE]");
        assert_eq!(all_named("1\u{FE0F}\u{20E3} day"), "[1] day");
        let scotland = "\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}";
        assert_eq!(all_named(scotland), "[waving black flag]");
    }

    #[test]
    fn what_a_font_has_stays() {
        let text = "\u{2600} and \u{1F600}";
        assert_eq!(named(text, &BTreeSet::from(['\u{1F600}'])), "\u{2600} and [grinning face]");
    }
}
