//! The names of characters.

/// The Unicode name of a character, or the code point label of one without a name
/// (Unicode 17, 4.8).
pub(super) fn name(character: char) -> String {
    let code = u32::from(character);
    if let Some(name) = unicode_names2::name(character) {
        return name.to_string();
    }
    match code {
        // Named by rule, like Han ideographs.
        0x17000..=0x187FF | 0x18D00..=0x18D1E => format!("TANGUT IDEOGRAPH-{code:04X}"),
        _ if character.is_control() => format!("<control-{code:04X}>"),
        0xE000..=0xF8FF | 0xF_0000..=0xF_FFFD | 0x10_0000..=0x10_FFFD => {
            format!("<private-use-{code:04X}>")
        }
        _ if code & 0xFFFE == 0xFFFE || matches!(code, 0xFDD0..=0xFDEF) => {
            format!("<noncharacter-{code:04X}>")
        }
        _ => format!("<reserved-{code:04X}>"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_has_its_unicode_name() {
        let named = [
            ('\u{1F4F7}', "CAMERA"),
            ('é', "LATIN SMALL LETTER E WITH ACUTE"),
            ('\u{A0}', "NO-BREAK SPACE"),
            ('\u{64B}', "ARABIC FATHATAN"),
            ('\u{32FF}', "SQUARE ERA NAME REIWA"),
        ];
        for (character, expected) in named {
            assert_eq!(name(character), expected);
        }
    }

    #[test]
    fn characters_of_large_scripts_are_named_by_rule() {
        let named = [
            ('一', "CJK UNIFIED IDEOGRAPH-4E00"),
            ('\u{323B0}', "CJK UNIFIED IDEOGRAPH-323B0"),
            ('\u{F900}', "CJK COMPATIBILITY IDEOGRAPH-F900"),
            ('가', "HANGUL SYLLABLE GA"),
            ('빛', "HANGUL SYLLABLE BIC"),
            ('힣', "HANGUL SYLLABLE HIH"),
            ('\u{17000}', "TANGUT IDEOGRAPH-17000"),
            ('\u{18D00}', "TANGUT IDEOGRAPH-18D00"),
            ('\u{1B170}', "NUSHU CHARACTER-1B170"),
        ];
        for (character, expected) in named {
            assert_eq!(name(character), expected);
        }
    }

    #[test]
    fn a_character_without_a_name_has_a_label() {
        let unnamed =
            ['\u{7}', '\u{9F}', '\u{E000}', '\u{10FFFD}', '\u{FDD0}', '\u{1FFFE}', '\u{378}'];
        assert_eq!(
            unnamed.map(name),
            [
                "<control-0007>",
                "<control-009F>",
                "<private-use-E000>",
                "<private-use-10FFFD>",
                "<noncharacter-FDD0>",
                "<noncharacter-1FFFE>",
                "<reserved-0378>",
            ]
        );
    }
}
