//! The width of text before a reading system sets it.

/// The width of a text in letters of average width; Chinese, Japanese and Korean letters count
/// as two.
pub(crate) fn text_width(text: &str) -> usize {
    let is_wide = |c| {
        matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
            | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
    };
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// The width of the longest word of a text, in letters of average width. Scripts that are broken
/// within words have none.
pub(crate) fn longest_word(text: &str) -> usize {
    let is_end = |c: char| {
        c.is_whitespace()
            || matches!(c, '-' | '/' | '\u{2010}'..='\u{2014}' | '\u{e00}'..='\u{eff}'
                | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{abff}'
                | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
    };
    text.split(is_end).map(text_width).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{longest_word, text_width};

    #[test]
    fn chinese_japanese_and_korean_letters_are_twice_as_wide() {
        assert_eq!(["first light", "새벽 2", "夜明け。"].map(text_width), [11, 6, 8]);
    }

    #[test]
    fn the_longest_word_decides_and_characters_between_which_lines_break_are_none() {
        assert_eq!(longest_word("Vom Hochwasserschutz-Gesetz"), 16);
        assert_eq!(longest_word("一個很長很長的標題"), 0);
        assert_eq!(longest_word("새벽 두 시"), 4);
    }
}
