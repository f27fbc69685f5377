//! The scripts of characters.

use unicode_script::{Script, UnicodeScript};

/// The script of a character, without a table search for the most frequent ones.
pub(in crate::typeset) fn script_of(c: char) -> Script {
    match c {
        'A'..='Z' | 'a'..='z' => Script::Latin,
        '\0'..='\x7f' => Script::Common,
        _ => c.script(),
    }
}

/// Scripts justified between letters, since they have no spaces to stretch.
pub(in crate::typeset) fn is_ideographic(script: Script) -> bool {
    matches!(
        script,
        Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo | Script::Yi
    )
}

/// Scripts whose letters are separate, so that slight spacing between them is not noticeable.
pub(in crate::typeset) fn is_alphabetic(script: Script) -> bool {
    matches!(
        script,
        Script::Latin | Script::Greek | Script::Cyrillic | Script::Armenian | Script::Georgian
    )
}

/// Scripts whose letters join, so that their shapes depend on their neighbours.
pub(in crate::typeset) fn is_joining(script: Script) -> bool {
    matches!(
        script,
        Script::Arabic
            | Script::Syriac
            | Script::Mandaic
            | Script::Nko
            | Script::Mongolian
            | Script::Adlam
            | Script::Hanifi_Rohingya
    )
}
