//! Decodes text of unknown encoding, and cleans it.

use std::cmp::Ordering;

use encoding_rs::{MACINTOSH, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Decodes UTF-8; otherwise as Windows-1252, which includes Latin-1, or Mac Roman, which Photoshop
/// wrote on old Macs, whichever gives fewer implausible characters.
pub(in super::super) fn decode(bytes: &[u8]) -> String {
    if let Some(text) = utf8(bytes) {
        return text.to_owned();
    }
    let windows = WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
    let mac = MACINTOSH.decode_without_bom_handling(bytes).0.into_owned();
    if implausible_characters(&mac) < implausible_characters(&windows) { mac } else { windows }
}

/// Whether bytes are UTF-8, apart from a character that was cut off at the end.
pub(super) fn is_utf8(bytes: &[u8]) -> bool {
    utf8(bytes).is_some()
}

/// The text of UTF-8. Fields of a limited length are often cut within their last character, which
/// is left out; that is only assumed if there is another character that is not ASCII, since `é` of
/// Latin-1 at the end of a text looks the same.
fn utf8(bytes: &[u8]) -> Option<&str> {
    let error = match str::from_utf8(bytes) {
        Ok(text) => return Some(text),
        Err(error) => error,
    };
    let text = str::from_utf8(&bytes[..error.valid_up_to()]).ok()?;
    (error.error_len().is_none() && !text.is_ascii()).then_some(text)
}

/// Counts the characters that no language has in their place: a capital letter or a symbol after or
/// among small letters, or a control character.
fn implausible_characters(text: &str) -> usize {
    let characters: Vec<char> = text.chars().collect();
    let character_at =
        |index: Option<usize>| index.and_then(|index| characters.get(index)).copied();
    let is_small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let is_implausible = |index: usize, c: char| {
        let (before, after) = (character_at(index.checked_sub(1)), character_at(Some(index + 1)));
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
    (0..characters.len()).filter(|&index| is_implausible(index, characters[index])).count()
}

/// Decodes UTF-16 by its byte order mark; without one, in the order in which more high bytes are
/// zero, since most scripts have ASCII spaces; else in the given order.
pub(super) fn utf16(bytes: &[u8], little_endian: bool) -> String {
    let zeros =
        |first: usize| bytes.iter().skip(first).step_by(2).filter(|&&byte| byte == 0).count();
    let (bytes, little_endian) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (rest, true),
        [0xFE, 0xFF, rest @ ..] => (rest, false),
        _ => match zeros(0).cmp(&zeros(1)) {
            Ordering::Less => (bytes, true),
            Ordering::Greater => (bytes, false),
            Ordering::Equal => (bytes, little_endian),
        },
    };
    let encoding = if little_endian { UTF_16LE } else { UTF_16BE };
    encoding.decode_without_bom_handling(&bytes[..bytes.len() / 2 * 2]).0.into_owned()
}

/// Trims text, normalizes line ends, and removes control characters; `None` when nothing is left.
/// Whatever follows a zero character is a remnant of an older value.
pub(in super::super) fn clean(text: &str) -> Option<String> {
    let text = text.trim_start_matches(['\0', '\u{FEFF}']);
    let text = text.split('\0').next().unwrap_or_default();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text: String =
        text.chars().filter(|&c| c == '\n' || c == '\t' || !c.is_control()).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The parts of a place, from the smallest to the largest, without repetitions: `Berlin, Germany`
/// if city and state are both Berlin.
pub(super) fn place(parts: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let mut parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.dedup();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The date at the beginning of a timestamp: `2026-01-12T…`, `2026:01:12 …` or `20260112`.
pub(super) fn date(moment: &str) -> Option<String> {
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
    use super::{decode, utf16};

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
            assert_eq!(decode(bytes), text, "{bytes:?}");
        }
    }

    #[test]
    fn sixteen_bits_are_read_in_the_order_in_which_they_make_sense() {
        let wide = |units: &str, little_endian| -> Vec<u8> {
            let bytes =
                |unit: u16| if little_endian { unit.to_le_bytes() } else { unit.to_be_bytes() };
            units.encode_utf16().flat_map(bytes).collect()
        };
        for little_endian in [true, false] {
            assert_eq!(utf16(&wide("Grüße", true), little_endian), "Grüße");
            assert_eq!(utf16(&wide("Grüße", false), little_endian), "Grüße");
            assert_eq!(utf16(&wide("港の朝", little_endian), little_endian), "港の朝");
            assert_eq!(utf16(&wide("\u{FEFF}港の朝", !little_endian), little_endian), "港の朝");
        }
    }
}
