//! The rules of the indents of lines of verse.

use std::fmt::Write as _;

/// The class of lines that are indented by this many halves of an em.
pub(crate) fn class(indent: u16) -> String {
    format!("indent-{indent}")
}

/// The rules of the classes of these indents.
pub(crate) fn rules(indents: impl IntoIterator<Item = u16>) -> String {
    let mut css = String::new();
    for indent in indents {
        // Writing to a string cannot fail.
        let _ = write!(
            css,
            "\n.{} {{\n  margin-inline-start: {}.{}em;\n}}\n",
            class(indent),
            indent / 2,
            indent % 2 * 5
        );
    }
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_halves_are_an_em() {
        assert_eq!(rules([3]), "\n.indent-3 {\n  margin-inline-start: 1.5em;\n}\n");
        assert_eq!(rules([]), "");
    }
}
