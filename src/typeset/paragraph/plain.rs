//! Lines of plain text, in which all characters have the same width, or twice that.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::model::Language;

use crate::typeset::paragraph::break_opportunities::{is_dropped, segment};

/// Divides a paragraph into lines of at most this many columns. A word that is longer has a line of
/// its own.
pub fn plain_lines(text: &str, columns: usize, language: &Language) -> Vec<String> {
    // Korean has spaces between words.
    let breaks = segment(text, language.primary() == "ko").filter(|at| can_break(text, *at));
    let mut lines = Vec::new();
    let (mut start, mut end) = (0, 0);
    for at in breaks.chain([text.len()]) {
        if plain_width(text[start..at].trim_end_matches(is_dropped)) > columns && end > start {
            lines.push(line(&text[start..end]));
            start = end;
        }
        end = at;
    }
    lines.push(line(&text[start..]));
    lines
}

/// The width of plain text in columns: East Asian characters have two.
pub fn plain_width(text: &str) -> usize {
    text.width()
}

fn line(text: &str) -> String {
    text.trim_end_matches(is_dropped).to_owned()
}

/// Whether a line can end here: at a space, or between East Asian characters. Addresses and
/// compounds with hyphens are not broken.
fn can_break(text: &str, at: usize) -> bool {
    let is_wide = |c: char| c.width() == Some(2);
    let before = text[..at].chars().next_back();
    let after = text[at..].chars().next();
    before.is_some_and(|c| is_dropped(c) || is_wide(c)) || after.is_some_and(is_wide)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, columns: usize, tag: &str) -> Vec<String> {
        plain_lines(text, columns, &Language::new(tag))
    }

    #[test]
    fn lines_end_at_words() {
        assert_eq!(lines("A road along the coast", 11, "en"), ["A road", "along the", "coast"]);
        assert_eq!(lines("", 11, "en"), [""]);
    }

    #[test]
    fn an_address_is_not_broken() {
        let text = "See https://example.org/a/long-address for more";
        let expected = ["See", "https://example.org/a/long-address", "for more"];
        assert_eq!(lines(text, 12, "en"), expected);
    }

    #[test]
    fn east_asian_characters_have_two_columns_and_no_full_stop_begins_a_line() {
        assert_eq!(lines("冬の道です。", 10, "ja"), ["冬の道で", "す。"]);
        assert_eq!(plain_width("冬の道"), 6);
    }

    #[test]
    fn korean_words_are_whole() {
        assert_eq!(lines("겨울길을 걷는다", 12, "ko"), ["겨울길을", "걷는다"]);
    }
}
