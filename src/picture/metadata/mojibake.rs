//! Text that was encoded twice: a program decoded UTF-8 with another encoding, and encoded the
//! result again, so that `é` became `Ã©`.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};

/// The encodings with which programs decode UTF-8 by mistake.
const ENCODINGS: [&Encoding; 4] = [WINDOWS_1252, MACINTOSH, WINDOWS_1251, WINDOWS_1250];
/// A text is rarely encoded more than three times.
const MAX_ROUNDS: usize = 3;

/// Longer texts in bytes are not examined. Captions of more characters are reported anyway.
const MAX_LENGTH: usize = 256 * 1024;

/// What is known about a text that may have been encoded twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mojibake {
    /// It is as it was written.
    None,
    /// It was encoded twice as a whole; this is the text.
    Repaired(String),
    /// A part of it was encoded twice.
    Partial,
}

/// Repairs a text that was encoded twice beyond doubt.
pub(super) fn repair(text: &str) -> Mojibake {
    if text.is_ascii() || text.len() > MAX_LENGTH {
        return Mojibake::None;
    }
    let mut current = text.to_owned();
    let mut repaired: Option<String> = None;
    for _ in 0..MAX_ROUNDS {
        let Some(next) = ENCODINGS.iter().find_map(|encoding| decoded_once(&current, encoding))
        else {
            break;
        };
        // Control characters are bytes of a text that was encoded once more.
        if !next.chars().any(|c| matches!(c, '\u{80}'..='\u{9F}')) {
            repaired = Some(next.clone());
        }
        current = next;
    }
    match repaired {
        Some(repaired) => Mojibake::Repaired(repaired),
        None if ENCODINGS.iter().any(|encoding| has_garbled_part(text, encoding)) => {
            Mojibake::Partial
        }
        None => Mojibake::None,
    }
}

/// The text before it was encoded the last time, if the bytes of this encoding are UTF-8, and no
/// language writes at least one of its characters like this.
fn decoded_once(text: &str, encoding: &'static Encoding) -> Option<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut bytes = Vec::with_capacity(characters.len());
    for &c in &characters {
        bytes.push(byte(c, encoding)?);
    }
    let decoded = str::from_utf8(&bytes).ok()?;
    let mut at = 0;
    let mut is_certain = false;
    for c in decoded.chars() {
        let length = c.len_utf8();
        if !c.is_ascii() {
            if !is_plausible(c) {
                return None;
            }
            is_certain |= is_impossible(&characters, at, c);
        }
        at += length;
    }
    is_certain.then(|| decoded.to_owned())
}

/// Whether a part of the text is UTF-8 in this encoding, and no language writes it like this.
fn has_garbled_part(text: &str, encoding: &'static Encoding) -> bool {
    let characters: Vec<char> = text.chars().collect();
    let bytes: Vec<Option<u8>> = characters.iter().map(|&c| byte(c, encoding)).collect();
    (0..bytes.len()).any(|at| {
        let length = match bytes[at] {
            Some(0xC3..=0xDF) => 2,
            Some(0xE2..=0xEF) => 3,
            Some(0xF0..=0xF4) => 4,
            _ => return false,
        };
        let Some(sequence) = bytes.get(at..at + length) else { return false };
        let Some(sequence) = sequence.iter().copied().collect::<Option<Vec<u8>>>() else {
            return false;
        };
        let decoded = str::from_utf8(&sequence).ok().and_then(|text| text.chars().next());
        decoded.is_some_and(|c| is_plausible(c) && is_impossible(&characters, at, c))
    })
}

/// The byte of a character. The bytes that an encoding does not use, and the control characters of
/// Latin-1, stand for themselves, as in most programs.
fn byte(c: char, encoding: &'static Encoding) -> Option<u8> {
    if c.is_ascii() {
        return u8::try_from(c).ok();
    }
    if matches!(c, '\u{80}'..='\u{9F}') && encoding != MACINTOSH {
        return u8::try_from(c).ok();
    }
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = encoding.encode(c.encode_utf8(&mut buffer));
    match bytes[..] {
        [byte] if !unmappable => Some(byte),
        _ => None,
    }
}

/// Whether a decoded character occurs in captions.
fn is_plausible(c: char) -> bool {
    !matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FFF0}'..='\u{FFFF}' | '\u{F0000}'..)
}

/// Whether these characters, which are the bytes of one character, cannot be text: a symbol, a mark
/// or a control character that follows a letter, or a capital letter after a small one.
fn is_impossible(characters: &[char], at: usize, decoded: char) -> bool {
    let length = decoded.len_utf8();
    let sequence = &characters[at..at + length];
    let before = at.checked_sub(1).map(|before| characters[before]);
    let after = characters.get(at + length).copied();
    let is_small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let first = sequence[0];
    // In UTF-8, these too begin a character; `4×½` has no Hebrew letter, though.
    let is_symbol = matches!(first, '√' | '‚' | '„' | '‡' | '·')
        || (first == '×' && matches!(decoded, '\u{5D0}'..='\u{5EA}'));
    if !(first.is_alphabetic() || is_symbol) {
        return false;
    }
    // Punctuation and the letters of Latin-1, decoded as Mac Roman.
    if let ['‚', 'Ä', _] | ['√', _] = sequence {
        return sequence[1] != 'π';
    }
    let in_word = is_small(before) && first.is_uppercase();
    sequence[1..].iter().enumerate().any(|(index, &c)| {
        let next = sequence.get(index + 2).copied().or(after);
        match c {
            // What can follow a word, or belong to a number.
            '…' | '”' | '’' | '“' | '‘' | '–' | '—' | '»' | '«' | '›' | '‹' | '®' | '™' | '°'
            | 'ª' | 'º' | '„' | '²' | '³' | '¹' | '·' => {
                in_word && next.is_some_and(char::is_alphanumeric)
            }
            // Between a word and its mark, as in French, but not before another space.
            '\u{A0}' => in_word || (first.is_uppercase() && next.is_some_and(char::is_whitespace)),
            c if c.is_alphabetic() => in_word && c.is_uppercase() && is_small(next),
            _ => true,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text as a program leaves it that decodes its UTF-8 with this encoding.
    fn twice(text: &str, encoding: &'static Encoding) -> String {
        encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn text_that_was_encoded_twice_is_repaired() {
        for text in [
            "Möwen über der Brücke",
            "Café à l’été",
            "Agence Élysée",
            "It’s “here” – at 5 €…",
            "привет из Москвы",
            "Łódź o świcie",
            "港の朝",
            "Αθήνα",
            "שלום",
            "😀 at sea",
            "© 2026 Ünal",
        ] {
            let garbled = twice(text, WINDOWS_1252);
            assert_eq!(repair(&garbled), Mojibake::Repaired(text.into()), "{garbled}");
            let again = twice(&garbled, WINDOWS_1252);
            assert_eq!(repair(&again), Mojibake::Repaired(text.into()), "{again}");
        }
        for (text, encoding) in
            [("Möwen über", MACINTOSH), ("Привет", WINDOWS_1251), ("It’s", MACINTOSH)]
        {
            let garbled = twice(text, encoding);
            assert_eq!(repair(&garbled), Mojibake::Repaired(text.into()), "{garbled}");
        }
    }

    #[test]
    fn text_that_is_right_stays() {
        for text in [
            "SÃO PAULO, Ã is a letter",
            "CAFÉ…",
            "CAFÉ”",
            "VOILÀ »",
            "CAFÉ\u{A0}»",
            "IRMÃ…",
            "IRMÃ”",
            "MÜLL–KIPPE",
            "NORDÉ™",
            "Ünal Ç. Öz",
            "Привет",
            "Ελλάδα",
            "ŁÓDŹ",
            "Ø 5 cm, N° 3",
            "Ñ° 1",
            "5 m²",
            "4×½ cm",
            "√π",
            "‚Äpfel‘",
            "4 ×\u{A0}5",
            "£5 at the fair",
            "naïve façade",
            "Ærø…",
        ] {
            assert_eq!(repair(text), Mojibake::None, "{text}");
        }
    }

    #[test]
    fn a_part_that_was_encoded_twice_is_noticed() {
        for text in ["Café, MÃ¶wen", "«Ã©tÃ©»", "Ñandú: itâ€™s – 港"] {
            assert_eq!(repair(text), Mojibake::Partial, "{text}");
        }
    }
}
