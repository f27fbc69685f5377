//! The characters of emoji.

use std::ops::RangeInclusive;

use regex_automata::meta::Regex;

/// The selector of the coloured form of a character (UTS #51, 1.4.3).
const EMOJI_FORM: char = '\u{FE0F}';
pub(super) const JOINER: char = '\u{200D}';
const KEYCAP: char = '\u{20E3}';
const SKIN_TONES: RangeInclusive<char> = '\u{1F3FB}'..='\u{1F3FF}';
pub(super) const FLAG_LETTERS: RangeInclusive<char> = '\u{1F1E6}'..='\u{1F1FF}';
/// The letters that follow a black flag, such as those of Scotland.
const TAGS: RangeInclusive<char> = '\u{E0020}'..='\u{E007F}';

/// Whether a character is an emoji or a part of one.
pub(super) fn is_emoji(character: char) -> bool {
    if character.is_ascii() || is_modifier(character) {
        return !character.is_ascii();
    }
    let mut buffer = [0; 4];
    Regex::new(r"^\p{Emoji}$")
        .is_ok_and(|emoji| emoji.is_match(&*character.encode_utf8(&mut buffer)))
}

/// Whether a character is in the blocks of emoji and their parts, most of which are not in the
/// texts of most books.
pub(super) fn may_be_emoji(character: char) -> bool {
    matches!(u32::from(character), 0x203C..=0x303D | 0x3297..=0x3299 | 0x1F000..=0x1FAFF)
}

/// Whether a character only changes the emoji before it.
pub(super) fn is_modifier(character: char) -> bool {
    matches!(character, EMOJI_FORM | JOINER | KEYCAP)
        || SKIN_TONES.contains(&character)
        || TAGS.contains(&character)
}
