//! The characters that XML can hold.

/// Whether a text in XML may contain a character (XML 1.0, 2.2). The control characters that XML
/// allows but discourages count as forbidden, except for tabs and line breaks.
pub fn is_xml_char(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        c => !c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_and_noncharacters_are_forbidden() {
        assert!(['a', '\n', '\t', '\u{10FFFF}', '\u{FFFD}'].into_iter().all(is_xml_char));
        assert!(!['\0', '\u{1B}', '\u{85}', '\u{FFFE}', '\u{FFFF}'].into_iter().any(is_xml_char));
    }
}
