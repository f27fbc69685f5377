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

#[cfg(test)]
mod tests {
    use super::text_width;

    #[test]
    fn chinese_japanese_and_korean_letters_are_twice_as_wide() {
        assert_eq!(["first light", "새벽 2", "夜明け。"].map(text_width), [11, 6, 8]);
    }
}
