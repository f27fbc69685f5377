//! Decodes text of unknown encoding, and cleans it.

use std::cmp::Ordering;

use encoding_rs::{Encoding, ISO_2022_JP, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::mojibake::{Mojibake, repair};
use crate::model::{Sourced, TextEncoding};

/// A text, and how certain its characters are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct DecodedText {
    pub(in super::super) text: String,
    pub(in super::super) encoding: TextEncoding,
}

impl From<String> for DecodedText {
    /// A text whose encoding is known.
    fn from(text: String) -> Self {
        Self { text, encoding: TextEncoding::Known }
    }
}

impl DecodedText {
    /// Joins texts. `None` if there are none.
    pub(super) fn join(texts: &[Self], separator: &str) -> Option<Self> {
        let encoding = texts.iter().map(|text| text.encoding).max()?;
        let texts: Vec<&str> = texts.iter().map(|text| text.text.as_str()).collect();
        Some(Self { text: texts.join(separator), encoding })
    }

    /// The text as the value of a field.
    pub(in super::super) fn with_source(self, source: &'static str) -> Sourced {
        Sourced { encoding: self.encoding, ..Sourced::new(self.text, source) }
    }
}

/// Decodes UTF-8; otherwise as Windows-1252, which includes Latin-1, or Mac Roman, which Photoshop
/// wrote on old Macs, whichever gives fewer implausible characters.
pub(in super::super) fn decode(bytes: &[u8]) -> DecodedText {
    /// The start of an escape sequence of ISO 2022 that designates a set of two bytes.
    const TWO_BYTES: &[u8] = b"\x1B$";
    if bytes.is_ascii() && bytes.windows(2).any(|pair| pair == TWO_BYTES) {
        let text = ISO_2022_JP.decode_without_bom_handling(bytes).0.into_owned();
        return DecodedText { text, encoding: TextEncoding::Guessed };
    }
    if let Some(text) = utf8(bytes) {
        return text.to_owned().into();
    }
    DecodedText { text: decode_single_bytes(bytes).0, encoding: TextEncoding::Guessed }
}

/// Decodes Windows-1252 or Mac Roman, whichever gives fewer implausible characters, and names it.
fn decode_single_bytes(bytes: &[u8]) -> (String, &'static str) {
    let windows = WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
    let mac = MACINTOSH.decode_without_bom_handling(bytes).0.into_owned();
    if implausible_characters(&mac) < implausible_characters(&windows) {
        (mac, "Mac Roman")
    } else {
        (windows, "Windows-1252")
    }
}

/// The text of a file that was written by another program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DecodedFile {
    /// Its text, without a byte order mark.
    pub(crate) text: String,
    /// Its encoding, if the file does not state it and it is not UTF-8.
    pub(crate) guess: Option<&'static str>,
    /// The byte of the text with the first character that could not be decoded, or that is a
    /// control character.
    pub(crate) invalid: Option<usize>,
}

/// Decodes a text file: by its byte order mark, else UTF-16 if every other byte of its beginning is
/// zero, else UTF-8, else Windows-1252 or Mac Roman.
pub(crate) fn decode_file(bytes: &[u8]) -> DecodedFile {
    // The mark of the end of a file in DOS.
    let bytes = bytes.strip_suffix(b"\x1A").unwrap_or(bytes);
    let (text, is_damaged, guess) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => {
            let (text, is_damaged) = UTF_8.decode_without_bom_handling(rest);
            (text.into_owned(), is_damaged, None)
        }
        [0xFF, 0xFE, rest @ ..] => wide(rest, UTF_16LE),
        [0xFE, 0xFF, rest @ ..] => wide(rest, UTF_16BE),
        _ => match (unmarked_utf16(bytes), str::from_utf8(bytes)) {
            (Some(encoding), _) => wide(bytes, encoding),
            (None, Ok(text)) => (text.to_owned(), false, None),
            (None, Err(_)) => {
                let (text, name) = decode_single_bytes(bytes);
                (text, false, Some(name))
            }
        },
    };
    let is_invalid = |c: char| {
        (is_damaged && c == char::REPLACEMENT_CHARACTER)
            || (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0B' | '\x0C' | '\u{85}'))
    };
    let invalid = text.find(is_invalid);
    DecodedFile { text, guess, invalid }
}

fn wide(bytes: &[u8], encoding: &'static Encoding) -> (String, bool, Option<&'static str>) {
    let (text, is_damaged) = encoding.decode_without_bom_handling(bytes);
    (text.into_owned(), is_damaged, None)
}

/// The order of the bytes of UTF-16 without a byte order mark: every other byte of text in most
/// languages is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    const HEAD: usize = 1024;
    let head = &bytes[..bytes.len().min(HEAD)];
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    match [zeros(0), zeros(1)] {
        [0, odd] if odd * 2 > head.len() / 2 => Some(UTF_16LE),
        [even, 0] if even * 2 > head.len() / 2 => Some(UTF_16BE),
        _ => None,
    }
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

/// Trims text, normalizes line ends, removes control characters, and repairs text that was encoded
/// twice; `None` when nothing is left. Whatever follows a zero character is a remnant of an older
/// value.
pub(in super::super) fn clean(text: impl Into<DecodedText>) -> Option<DecodedText> {
    let DecodedText { text, mut encoding } = text.into();
    let text = text.trim_start_matches(['\0', '\u{FEFF}']);
    let mut text = text.split('\0').next().unwrap_or_default().to_owned();
    match repair(&text) {
        Mojibake::None => {}
        Mojibake::Repaired(repaired) => {
            text = repaired;
            encoding = TextEncoding::Repaired;
        }
        Mojibake::Partial => encoding = TextEncoding::Garbled,
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text: String =
        text.chars().filter(|&c| c == '\n' || c == '\t' || !c.is_control()).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| DecodedText { text: text.to_owned(), encoding })
}

/// The parts of a place, from the smallest to the largest, without repetitions: `Berlin, Germany`
/// if city and state are both Berlin.
pub(super) fn place(parts: impl IntoIterator<Item = Option<DecodedText>>) -> Option<DecodedText> {
    let mut parts: Vec<DecodedText> = parts.into_iter().flatten().collect();
    parts.dedup();
    DecodedText::join(&parts, ", ")
}

/// The time at the beginning of a text, `10:20:30.5` or `102030`, with its colons. What follows, such
/// as a time zone, is left out.
pub(super) fn time(text: &str) -> Option<String> {
    let text = text.trim_start();
    let end = text.find(|c: char| !matches!(c, '0'..='9' | ':' | '.')).unwrap_or(text.len());
    let digits = &text[..end];
    let time = match digits.as_bytes() {
        [_, _, b':', _, _] | [_, _, b':', _, _, b':', ..] => digits.to_owned(),
        [_, _, _, _, _, _] => format!("{}:{}:{}", &digits[..2], &digits[2..4], &digits[4..]),
        _ => return None,
    };
    let has_digits = |range: std::ops::Range<usize>| time.get(range)?.parse::<u8>().ok();
    let is_valid = has_digits(0..2)? < 24 && has_digits(3..5)? < 60;
    is_valid.then_some(time)
}

/// The date at the beginning of a timestamp: `2026-01-12T…`, `2026:01:12 …` or `20260112`. A month
/// or a day that is missing, blank or zero is not known: `1956`, `1956-07`, `1956:07:00`, `1956:  `.
pub(super) fn date(moment: &str) -> Option<String> {
    let moment = moment.trim_end();
    let (year, rest) = moment.split_at_checked(4)?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(year) || year == "0000" {
        return None;
    }
    // Compact, or with separators; in that case the time follows.
    let (month, day) = if digits(rest) {
        match rest.len() {
            0 | 2 | 4 => (rest.get(..2), rest.get(2..4)),
            _ => return None,
        }
    } else {
        let mut parts = rest.splitn(3, ['-', ':', '/', '.']);
        if !parts.next()?.is_empty() {
            return None;
        }
        let month = parts.next();
        (month, parts.next().map(|rest| rest.get(..2).unwrap_or(rest)))
    };
    let number = |part: Option<&str>| match part.map(str::trim) {
        None | Some("" | "0" | "00") => Some(None),
        Some(part) if part.len() == 2 && digits(part) => part.parse::<u8>().ok().map(Some),
        Some(_) => None,
    };
    let Some(month) = number(month)? else { return Some(year.to_owned()) };
    let month_length = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    match number(day)? {
        None => Some(format!("{year}-{month:02}")),
        Some(day) if (1..=month_length).contains(&day) => {
            Some(format!("{year}-{month:02}-{day:02}"))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{date, decode, utf16};

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
            (b"\x1B$B9A\x1B(B, dawn", "港, dawn"),
        ] {
            assert_eq!(decode(bytes).text, text, "{bytes:?}");
        }
    }

    #[test]
    fn a_date_is_as_precise_as_it_is_known() {
        for (moment, read) in [
            ("2026-01-12T10:30:00+01:00", Some("2026-01-12")),
            ("2026:01:12 10:30:00", Some("2026-01-12")),
            ("20260112", Some("2026-01-12")),
            ("1956", Some("1956")),
            ("1956-07", Some("1956-07")),
            ("195607", Some("1956-07")),
            ("19560000", Some("1956")),
            ("19560700", Some("1956-07")),
            ("1956:00:00 00:00:00", Some("1956")),
            ("1956:07:00", Some("1956-07")),
            ("1956:  :     :  :  ", Some("1956")),
            ("2021:06:   ", Some("2021-06")),
            ("2021:06:", Some("2021-06")),
            ("1956/07/04", Some("1956-07-04")),
            ("0000:00:00 00:00:00", None),
            ("    :  :     :  :  ", None),
            ("2026-13-01", None),
            ("2026-02-30", None),
            ("1956 07", None),
            ("12.7.1956", None),
            ("", None),
        ] {
            assert_eq!(date(moment).as_deref(), read, "{moment}");
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
