//! The characters of a paragraph, and what kinds of characters they are.

/// A character of the paragraph. A fixed one, as in code, is only a neighbour of the others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    pub(super) character: char,
    pub(super) fixed: bool,
}

/// Whether it is a letter of a script without spaces between words, or of Korean, whose
/// particles follow a quotation without one.
pub(super) fn is_unspaced(character: char) -> bool {
    matches!(
        character,
        '\u{E00}'..='\u{EFF}' // Thai, Lao
            | '\u{F00}'..='\u{109F}' // Tibetan, Burmese
            | '\u{1100}'..='\u{11FF}' // Hangul
            | '\u{1780}'..='\u{17FF}' // Khmer
            | '\u{2E80}'..='\u{A4CF}' // Han, Kana, Bopomofo, Yi
            | '\u{A960}'..='\u{A97F}'
            | '\u{AC00}'..='\u{D7FF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{FF66}'..='\u{FFDC}'
            | '\u{20000}'..='\u{3FFFF}'
    ) && character.is_alphanumeric()
}

/// Whether it is a Hebrew letter, after which `'` is a geresh.
pub(super) fn is_hebrew(character: char) -> bool {
    matches!(character, '\u{5B0}'..='\u{5EA}' | '\u{FB1D}'..='\u{FB4F}')
}

/// Whether only a quotation can begin after it.
pub(super) fn is_opening(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '(' | '[' | '{' | '<' | '“' | '„' | '‘' | '‚' | '«' | '‹' | '¿' | '¡'
        )
        || matches!(character, '（' | '「' | '『' | '【' | '〈' | '《' | '〔' | '［' | '｛')
}

/// Whether a quotation may begin or end after it, if there is no space.
pub(super) fn is_tight(character: char) -> bool {
    is_joining(character)
        || matches!(character, '.' | '…' | ',' | ':' | ';' | '!' | '?' | '。' | '、' | '，' | '：')
}

/// A dash or a slash, which joins the words at its sides.
pub(super) fn is_joining(character: char) -> bool {
    matches!(character, '-' | '–' | '—' | '―' | '/')
}

/// Whether a quotation does not begin before it.
pub(super) fn is_closing(character: char) -> bool {
    matches!(character, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '”' | '’' | '»' | '›')
        || matches!(
            character,
            '。' | '、'
                | '，'
                | '．'
                | '；'
                | '：'
                | '！'
                | '？'
                | '）'
                | '」'
                | '』'
                | '】'
                | '〉'
                | '》'
                | '〕'
                | '］'
                | '｝'
                | '،'
                | '؛'
                | '؟'
                | '।'
        )
}
