//! Formats numbers and sizes, and writes texts.

use std::io;
use std::path::Path;

/// `1 photo`, `2 photos`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{s}")
}

/// A size in decimal units, like the limits of printers and stores, rounded up: a file of
/// `10.0 MB` is not larger than that.
pub(super) fn bytes(size: u64) -> String {
    let tenths = |unit: u64| {
        let tenths = size.div_ceil(unit / 10);
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match size {
        0..1_000 => format!("{size} B"),
        1_000..1_000_000 => format!("{} kB", size.div_ceil(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}

/// Writes a text, with a line break at the end.
pub(super) fn write_line(out: &mut impl io::Write, text: &[u8]) -> io::Result<()> {
    out.write_all(text)?;
    if !text.ends_with(b"\n") {
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// A path for display: relative to `base` if it is inside, with `/` as separator.
pub(super) fn display_path(path: &Path, base: &Path) -> String {
    let relative = path.strip_prefix(base).unwrap_or(path);
    let relative = relative.strip_prefix(".").unwrap_or(relative);
    let text = relative.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// Escapes control characters, line separators and direction overrides: a file name or a caption
/// may contain escape sequences that a terminal would run, or hide what a path really is.
pub(super) fn visible(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => escaped.push('\n'),
            '\t' => escaped.push_str("    "),
            c if c.is_control() || is_deceptive(c) => escaped.extend(c.escape_unicode()),
            c => escaped.push(c),
        }
    }
    escaped
}

fn is_deceptive(c: char) -> bool {
    matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// Breaks a paragraph into lines.
pub(super) fn wrapped(text: &str, width: usize) -> String {
    let mut wrapped = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            wrapped.push('\n');
            column = 0;
        } else if column > 0 {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += length;
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_decimal_units() {
        let sizes = [0, 999, 1_001, 9_750_000, 650_000_001, 10_000_000_000].map(bytes);
        assert_eq!(sizes, ["0 B", "999 B", "2 kB", "9.8 MB", "650.1 MB", "10.0 GB"]);
    }

    #[test]
    fn words_are_kept_and_lines_are_short() {
        let text = "Write `alt:` with a sentence that describes the photo.";
        let lines = wrapped(text, 20);
        assert!(lines.lines().all(|line| line.chars().count() <= 20), "{lines}");
        assert_eq!(lines.replace('\n', " "), text);
        assert_eq!(wrapped("incomprehensibilities", 5), "incomprehensibilities");
    }
}
