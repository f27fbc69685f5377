//! Bytes of an unknown encoding into clean text.

/// UTF-8 when it is valid, else Windows-1252, of which Latin-1 is a part.
pub(super) fn guess(bytes: &[u8]) -> String {
    match str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&byte| windows_1252(byte)).collect(),
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

/// UTF-16 with a byte order mark, or in the given order.
pub(super) fn utf16(bytes: &[u8], little: bool) -> String {
    let (bytes, little) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (rest, true),
        [0xFE, 0xFF, rest @ ..] => (rest, false),
        _ => (bytes, little),
    };
    let (pairs, _) = bytes.as_chunks::<2>();
    let units = pairs
        .iter()
        .map(|&pair| if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) });
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Trimmed, with plain line ends and without control characters; nothing when nothing is
/// left. What follows a zero character is an old field's rest.
pub(super) fn clean(text: &str) -> Option<String> {
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
