//! Optical margins: light punctuation hangs into the margin, so that the edge of the column
//! looks straight.

/// The part of a character's width that hangs at the end of a line, in per cent.
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

/// The part of a character's width that hangs at the start of a line, in per cent.
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

/// Fullwidth punctuation whose second half is empty.
fn is_half_empty(c: char) -> bool {
    matches!(
        c,
        '、' | '。'
            | '，'
            | '．'
            | '」'
            | '』'
            | '）'
            | '》'
            | '〉'
            | '】'
            | '〕'
            | '］'
            | '｝'
            | '〗'
    )
}

/// Fullwidth punctuation whose first half is empty. It is removed at the start of a paragraph, too,
/// whose indent would look larger.
pub(in crate::typeset) fn opens_half_empty(c: char) -> bool {
    matches!(c, '「' | '『' | '（' | '《' | '〈' | '【' | '〔' | '［' | '｛' | '〖')
}
