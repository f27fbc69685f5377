//! Fonts to recommend for characters that no font of a book has.

use std::ops::RangeInclusive;

use unicode_script::{Script, UnicodeScript};

use super::emoji;

const DEJAVU: &str = "DejaVu Sans (Debian: fonts-dejavu-core)";
const MATH: &str = "Noto Sans Math (Debian: fonts-noto-core)";
const MUSIC: &str = "Noto Music (Debian: fonts-noto-core)";
const SYMBOLS: &str = "Noto Sans Symbols (Debian: fonts-noto-core)";
const SYMBOLS_2: &str = "Noto Sans Symbols 2 (Debian: fonts-noto-core)";
const CJK: &str = "Noto Serif CJK (Debian: fonts-noto-cjk)";

/// Fonts with all characters of a range that are neither emoji nor letters. Characters that are
/// not in the list get no example, so a wrong one is never given.
const RANGES: [(RangeInclusive<u32>, &str); 42] = [
    (0x2010..=0x20B5, DEJAVU),
    (0x2100..=0x2109, DEJAVU),
    (0x210A..=0x2113, MATH),
    (0x2114..=0x2149, DEJAVU),
    (0x2150..=0x2185, DEJAVU),
    (0x2186..=0x2188, SYMBOLS),
    (0x218A..=0x218B, SYMBOLS),
    (0x2190..=0x2311, DEJAVU),
    (0x2312..=0x2315, SYMBOLS),
    (0x2318..=0x2321, DEJAVU),
    (0x2324..=0x2327, DEJAVU),
    (0x232D..=0x2335, SYMBOLS),
    (0x2336..=0x237A, MATH),
    (0x237D..=0x237F, SYMBOLS_2),
    (0x2380..=0x2394, SYMBOLS),
    (0x2396..=0x239A, SYMBOLS),
    (0x239B..=0x23B9, MATH),
    (0x23BE..=0x23CD, SYMBOLS),
    (0x23D0..=0x23DB, SYMBOLS),
    (0x23DC..=0x23E7, MATH),
    (0x23F4..=0x244A, SYMBOLS_2),
    (0x2460..=0x24FF, SYMBOLS),
    (0x2500..=0x269A, DEJAVU),
    (0x269E..=0x26B8, DEJAVU),
    (0x26BF..=0x26E1, SYMBOLS_2),
    (0x26E2..=0x26FF, SYMBOLS),
    (0x2700..=0x271C, SYMBOLS_2),
    (0x271E..=0x275E, DEJAVU),
    (0x275F..=0x2775, SYMBOLS_2),
    (0x2776..=0x27BE, DEJAVU),
    (0x27C0..=0x27FF, MATH),
    (0x2800..=0x28FF, DEJAVU),
    (0x2900..=0x2AFF, MATH),
    (0x2B4D..=0x2BFD, SYMBOLS_2),
    (0x4DC0..=0x4DFF, SYMBOLS_2),
    (0x1_D100..=0x1_D1EA, MUSIC),
    (0x1_D400..=0x1_D7FF, MATH),
    (0x1_F000..=0x1_F0F5, SYMBOLS_2),
    (0x1_F110..=0x1_F16C, SYMBOLS),
    (0x1_F1AD..=0x1_F545, SYMBOLS_2),
    (0x1_F568..=0x1_F6F2, SYMBOLS_2),
    (0x1_F780..=0x1_FBF9, SYMBOLS_2),
];

/// What to do about a missing character.
pub(super) fn advice(character: char) -> String {
    match character {
        '\u{FFFD}' => {
            return "it stands for a character that another program could not read; write the \
                    right one in its place"
                .to_owned();
        }
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => {
            return "it is a private-use character, which each font defines for itself; replace \
                    it, or add the font that it was written for to fonts: { fallback: […] }"
                .to_owned();
        }
        _ => {}
    }
    let add = "add a font that has it to fonts: { fallback: […] }";
    if emoji::is_emoji(character) {
        return format!(
            "take it out, or {add}: not a colour font, but one with outlines, such as Noto Emoji \
             (https://fonts.google.com/noto/specimen/Noto+Emoji)"
        );
    }
    match example(character) {
        Some(example) => format!("{add}, such as {example}"),
        None => format!("{add}, or replace the character"),
    }
}

/// A font that has this character.
fn example(character: char) -> Option<&'static str> {
    if is_cjk(character) {
        return Some(CJK);
    }
    Some(match character.script() {
        Script::Arabic => "Noto Naskh Arabic (Debian: fonts-noto-core)",
        Script::Hebrew => "Noto Serif Hebrew (Debian: fonts-noto-core)",
        Script::Braille => DEJAVU,
        Script::Common | Script::Inherited => {
            let code = u32::from(character);
            return RANGES.iter().find(|(range, _)| range.contains(&code)).map(|&(_, font)| font);
        }
        Script::Unknown => return None,
        _ => "the Noto font for its script (Debian: fonts-noto-core)",
    })
}

/// Whether Chinese, Japanese and Korean fonts have this character: their letters, punctuation,
/// and forms of the width of their letters.
fn is_cjk(character: char) -> bool {
    const SCRIPTS: [Script; 5] =
        [Script::Han, Script::Hiragana, Script::Katakana, Script::Hangul, Script::Bopomofo];
    let extension = character.script_extension();
    let is_shared = extension.is_common() || extension.is_inherited();
    (!is_shared && SCRIPTS.iter().any(|script| extension.contains_script(*script)))
        || matches!(
            character,
            '\u{3000}'..='\u{303F}' | '\u{3200}'..='\u{33FF}' | '\u{FE30}'..='\u{FE4F}'
                | '\u{FF01}'..='\u{FFEE}'
        )
}
