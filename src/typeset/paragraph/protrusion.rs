//! Optical margins: light marks hang into the margin, so that the edge of the letters is
//! what the eye takes for the edge of the column.

/// By how much of its width a character hangs at the end of a line, in per cent.
pub(in crate::typeset) fn at_end(c: char) -> i64 {
    match c {
        '.' | ',' | '-' | '\u{2010}' | '\u{2011}' => 80,
        '’' | '‘' | '”' | '“' | '"' | '\'' | '،' | '؛' | '۔' => 70,
        // Guillemets are darker than commas.
        ':' | ';' | '–' | '»' | '›' | '«' | '‹' => 50,
        _ if is_half_empty(c) => 50,
        '…' | '—' => 30,
        '!' | '?' | ')' | ']' => 15,
        _ => 0,
    }
}

/// By how much of its width a character hangs at the start of a line, in per cent.
pub(in crate::typeset) fn at_start(c: char) -> i64 {
    match c {
        '“' | '‘' | '„' | '‚' | '"' | '\'' | '’' | '”' => 70,
        '»' | '›' | '«' | '‹' | '–' | '-' | '\u{2010}' => 50,
        _ if opens_half_empty(c) => 50,
        '—' | '…' => 30,
        '(' | '[' => 15,
        _ => 0,
    }
}

/// Fullwidth marks that leave the second half of their square white.
fn is_half_empty(c: char) -> bool {
    matches!(c, '、' | '。' | '，' | '．' | '」' | '』' | '）' | '》' | '〉' | '】')
}

/// Fullwidth marks that leave the first half of their square white.
fn opens_half_empty(c: char) -> bool {
    matches!(c, '「' | '『' | '（' | '《' | '〈' | '【')
}
