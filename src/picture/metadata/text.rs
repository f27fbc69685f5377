//! Bytes of an unknown encoding into clean text.

use std::cmp::Ordering;

/// UTF-8 when it is valid; else Windows-1252, of which Latin-1 is a part, or Mac Roman, in
/// whichever fewer words look broken.
pub(in super::super) fn guess(bytes: &[u8]) -> String {
    if let Ok(text) = str::from_utf8(bytes) {
        return text.to_owned();
    }
    let windows = latin_1(bytes);
    let mac: String = bytes.iter().map(|&byte| mac_roman(byte)).collect();
    if broken(&mac) < broken(&windows) { mac } else { windows }
}

/// Windows-1252: what calls itself Latin-1 has quotation marks and dashes all the same.
pub(super) fn latin_1(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| windows_1252(byte)).collect()
}

/// How many characters stand where no language has them: a capital or a sign in the midst
/// of a word's small letters, or a control character.
fn broken(text: &str) -> usize {
    let characters: Vec<char> = text.chars().collect();
    let at = |place: Option<usize>| place.and_then(|place| characters.get(place)).copied();
    let is_small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let odd = |place: usize, c: char| {
        let (before, after) = (at(place.checked_sub(1)), at(Some(place + 1)));
        if c.is_ascii() || matches!(c, '’' | '‘' | '–' | '—') {
            return false;
        }
        if c.is_control() {
            return true;
        }
        let within = before.is_some_and(char::is_alphabetic) && is_small(after);
        !c.is_lowercase()
            && !matches!(c, '…' | '”' | '»' | '®' | '™' | '©')
            && (is_small(before) || within)
    };
    (0..characters.len()).filter(|&place| odd(place, characters[place])).count()
}

/// The upper half of Apple's character set, as Photoshop wrote it on old Macs.
fn mac_roman(byte: u8) -> char {
    const HIGH: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø\
        ¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";
    match byte {
        0x80.. => HIGH.chars().nth(usize::from(byte - 0x80)).unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::from(byte),
    }
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž',
        '\u{8F}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// UTF-16 with a byte order mark, else in the order in which the high bytes are zero, as
/// they are in most scripts' spaces; else in the given one.
pub(super) fn utf16(bytes: &[u8], little: bool) -> String {
    let zeros =
        |first: usize| bytes.iter().skip(first).step_by(2).filter(|&&byte| byte == 0).count();
    let (bytes, little) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (rest, true),
        [0xFE, 0xFF, rest @ ..] => (rest, false),
        _ => match zeros(0).cmp(&zeros(1)) {
            Ordering::Less => (bytes, true),
            Ordering::Greater => (bytes, false),
            Ordering::Equal => (bytes, little),
        },
    };
    let (pairs, _) = bytes.as_chunks::<2>();
    let units = pairs
        .iter()
        .map(|&pair| if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) });
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Trimmed, with plain line ends and without control characters; nothing when nothing is
/// left. What follows a zero character is an old field's rest.
pub(in super::super) fn clean(text: &str) -> Option<String> {
    let text = text.trim_start_matches(['\0', '\u{FEFF}']);
    let text = text.split('\0').next().unwrap_or_default();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text: String =
        text.chars().filter(|&c| c == '\n' || c == '\t' || !c.is_control()).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The day at the beginning of a moment: `2026-01-12T…`, `2026:01:12 …` or `20260112`.
pub(super) fn day(moment: &str) -> Option<String> {
    let moment = moment.trim();
    let digits: Vec<u8> = match moment.as_bytes() {
        [y3, y2, y1, y0, b'-' | b':', m1, m0, b'-' | b':', d1, d0, ..]
        | [y3, y2, y1, y0, m1, m0, d1, d0] => vec![*y3, *y2, *y1, *y0, *m1, *m0, *d1, *d0],
        _ => return None,
    };
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let text = str::from_utf8(&digits).ok()?;
    let (year, month, day) = (&text[..4], &text[4..6], &text[6..]);
    let (number, months) = (day.parse::<u8>().ok()?, month.parse::<u8>().ok()?);
    let month_length = match months {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let possible =
        year != "0000" && (1..=12).contains(&months) && (1..=month_length).contains(&number);
    possible.then(|| format!("{year}-{month}-{day}"))
}

#[cfg(test)]
mod tests {
    use super::{guess, utf16};

    #[test]
    fn an_unmarked_text_is_read_as_whichever_its_words_fit() {
        for (bytes, text) in [
            (&b"Bj\xF8rn p\xE5 brygga"[..], "Bjørn på brygga"),
            (b"Bj\xBFrn p\x8C brygga", "Bjørn på brygga"),
            (b"caf\xE9 \xE0 la cr\xE8me", "café à la crème"),
            (b"caf\x8E \x88 la cr\x8Fme", "café à la crème"),
            (b"M\xFCnchen", "München"),
            (b"M\x9Fnchen", "München"),
            (b"don\x92t \x96 \x93yes\x94 \xA9 2026", "don’t – “yes” © 2026"),
            (b"the harbour\xD5s edge", "the harbour’s edge"),
            ("Bjørn".as_bytes(), "Bjørn"),
        ] {
            assert_eq!(guess(bytes), text, "{bytes:?}");
        }
    }

    #[test]
    fn sixteen_bits_are_read_in_the_order_in_which_they_make_sense() {
        let wide = |units: &str, little| -> Vec<u8> {
            let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
            units.encode_utf16().flat_map(bytes).collect()
        };
        for little in [true, false] {
            assert_eq!(utf16(&wide("Grüße", true), little), "Grüße");
            assert_eq!(utf16(&wide("Grüße", false), little), "Grüße");
            assert_eq!(utf16(&wide("港の朝", little), little), "港の朝");
            assert_eq!(utf16(&wide("\u{FEFF}港の朝", !little), little), "港の朝");
        }
    }
}
