//! The properties of scripts that matter for embedding fonts and spacing lines in an e-book.

/// Whether a letter needs only its outline: no joining with its neighbours, no kerning, no mark
/// positioning.
pub(crate) fn needs_no_layout(c: char) -> bool {
    let is_sign = !c.is_alphabetic() && c < '\u{300}';
    let is_mark = matches!(c, '\u{302a}'..='\u{302f}' | '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}');
    is_sign || matches!(c, '\u{2000}'..='\u{2bff}') || (is_cjk(c) && !is_mark)
}

/// Whether a letter is an ideograph, kana, hangul, or a sign of these scripts (set on a square).
pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe10}'..='\u{fe6f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a letter belongs to a script that is justified between letters: all scripts set on a
/// square except Korean, which has spaces between words.
pub(crate) fn is_ideograph(c: char) -> bool {
    is_cjk(c) && !matches!(c, '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}')
}

/// Whether a letter is shown with the glyph of the font's `cmap`, whatever its context: the
/// space, which may differ between words of another script, and Latin, Greek and Cyrillic, which
/// are readable without layout tables.
pub(crate) fn is_plain(c: char) -> bool {
    let western = matches!(c, '\0'..='\u{2af}' | '\u{370}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}');
    c == ' ' || (western && c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_join_or_kern_or_combine_need_layout() {
        assert!("새벽 두 시, 1926年。「春」①—→𠀀".chars().all(needs_no_layout));
        assert!("aé Дλ".chars().all(is_plain));
        assert!(!"aéДλשم\u{301}\u{3099}\u{1100}क\u{fe0f}".chars().any(needs_no_layout));
        assert!(!"שم\u{301}क1,春".chars().any(is_plain));
        assert!("春、㈱ㄅ".chars().all(is_ideograph) && !"새벽ㄱ a—".chars().any(is_ideograph));
    }
}
