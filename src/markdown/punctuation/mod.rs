//! Replaces straight quotes, hyphens and full stops by the marks of a language.
//!
//! A mark is chosen by the characters on both sides of it, across emphasis and links, and by
//! the open quotations. Typographic marks, code, and what is not prose, such as an address,
//! stay as they are.

mod conventions;
mod elisions;
mod line;
mod literals;
mod measures;
mod setter;

use crate::model::{Block, Epigraph, Inline, Language, Translation, VerseLine, place_note_marks};

use line::Letter;
use setter::Piece;

/// Sets the marks in all blocks, each paragraph on its own.
pub(super) fn set_blocks(blocks: &mut [Block], language: &Language) {
    for block in blocks {
        match block {
            Block::Heading { content, .. }
            | Block::Paragraph(content)
            | Block::Dateline(content) => {
                set(content, language);
                place_note_marks(content, language);
            }
            Block::Quote(inner) => set_blocks(inner, language),
            Block::Verse(verse) => verse.stanzas.iter_mut().for_each(|it| set_stanza(it, language)),
            Block::Epigraph(Epigraph { blocks, source }) => {
                set_blocks(blocks, language);
                set(source, language);
            }
            Block::Translation(Translation { language, blocks }) => set_blocks(blocks, language),
            Block::List { items, .. } => {
                for item in items {
                    set_blocks(item, language);
                }
            }
            Block::Definitions(definitions) => {
                for definition in definitions {
                    set(&mut definition.term, language);
                    place_note_marks(&mut definition.term, language);
                    for meaning in &mut definition.meanings {
                        set_blocks(meaning, language);
                    }
                }
            }
            Block::Table(table) => {
                for cell in table.head.iter_mut().chain(table.rows.iter_mut().flatten()) {
                    set(cell, language);
                    place_note_marks(cell, language);
                }
            }
            Block::Figure(figure) => set(&mut figure.caption, language),
            Block::Break | Block::Code(_) => {}
        }
    }
}

/// Sets the marks in the lines of a stanza together, since a quotation may extend over several.
fn set_stanza(stanza: &mut [VerseLine], language: &Language) {
    let mut joined = Vec::new();
    for line in stanza.iter_mut() {
        joined.append(&mut line.content);
        joined.push(Inline::LineBreak);
    }
    set(&mut joined, language);
    let mut lines = joined.split(|inline| *inline == Inline::LineBreak);
    for (line, content) in stanza.iter_mut().zip(&mut lines) {
        line.content = content.to_vec();
    }
}

/// Sets the marks in the inlines of one paragraph.
pub(super) fn set(inlines: &mut [Inline], language: &Language) {
    let mut line = Vec::new();
    gather(inlines, &mut line);
    literals::fix(&mut line);
    let pieces = setter::Setter::new(&line, language).pieces();
    let mut pieces = pieces.iter();
    spread(inlines, &mut pieces);
    notes(inlines, language);
}

/// A note is a text of its own.
fn notes(inlines: &mut [Inline], language: &Language) {
    for inline in inlines {
        match inline {
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Link { content: inner, .. } => notes(inner, language),
            Inline::Note(note) => set_blocks(&mut note.content, language),
            Inline::Text(_) | Inline::Code(_) | Inline::LineBreak => {}
        }
    }
}

/// Whether a link shows its own address.
fn is_address(target: &str, content: &[Inline]) -> bool {
    let shown = crate::model::plain_text(content);
    target == shown || target.strip_prefix("mailto:") == Some(&*shown)
}

fn gather(inlines: &[Inline], line: &mut Vec<Letter>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => {
                line.extend(text.chars().map(|character| Letter { character, fixed: false }));
            }
            Inline::Emphasis(inner) | Inline::Strong(inner) => gather(inner, line),
            Inline::Link { target, content } => {
                let from = line.len();
                gather(content, line);
                if is_address(target, content) {
                    line[from..].iter_mut().for_each(|letter| letter.fixed = true);
                }
            }
            Inline::Code(text) => {
                line.extend(text.chars().map(|character| Letter { character, fixed: true }));
            }
            Inline::LineBreak => line.push(Letter { character: '\n', fixed: true }),
            Inline::Note(_) => {}
        }
    }
}

/// Puts the pieces back, one for each letter that [`gather`] took.
fn spread<'a>(inlines: &mut [Inline], pieces: &mut impl Iterator<Item = &'a Piece>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => {
                let mut set = String::with_capacity(text.len());
                for (character, piece) in text.chars().zip(&mut *pieces) {
                    match piece {
                        Piece::Same => set.push(character),
                        Piece::Other(mark) => set.push_str(mark),
                    }
                }
                *text = set;
            }
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Link { content: inner, .. } => spread(inner, pieces),
            Inline::Code(text) => pieces.by_ref().take(text.chars().count()).for_each(drop),
            Inline::LineBreak => pieces.by_ref().take(1).for_each(drop),
            Inline::Note(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::set;
    use crate::model::{Inline, Language, plain_text};

    fn set_in(language: &str, text: &str) -> String {
        let mut inlines = vec![Inline::Text(text.to_owned())];
        set(&mut inlines, &Language::new(language));
        plain_text(&inlines)
    }

    #[test]
    fn english_quotes_turn_and_nest() {
        assert_eq!(
            set_in("en", r#""He said 'no' to 'it'," she wrote. ("Why?")"#),
            "“He said ‘no’ to ‘it’,” she wrote. (“Why?”)"
        );
        assert_eq!(set_in("en", r#""'No,' he said.""#), "“‘No,’ he said.”");
        assert_eq!(set_in("en", r#""Wait--" and "then--""#), "“Wait–” and “then–”");
    }

    #[test]
    fn apostrophes_are_told_from_quotes() {
        assert_eq!(set_in("en", "Ada's dogs' don't"), "Ada’s dogs’ don’t");
        assert_eq!(set_in("en", "'tis the '90s, rock 'n' roll"), "’tis the ’90s, rock ’n’ roll");
        assert_eq!(set_in("fr", "l'eau d'hiver"), "l’eau d’hiver");
        assert_eq!(set_in("zh", "Ada's 'x'"), "Ada’s 'x'");
    }

    #[test]
    fn dashes_and_dots_come_in_their_numbers() {
        assert_eq!(set_in("en", "1--2 --- and... ---- ...."), "1–2 — and… ---- ....");
    }

    #[test]
    fn feet_and_inches_are_primes() {
        assert_eq!(set_in("en", r#"8" by 10", 6' tall"#), "8″ by 10″, 6′ tall");
    }

    #[test]
    fn each_language_quotes_in_its_own_way() {
        for (language, expected) in [
            ("de", "„Das ‚Meer‘“"),
            ("de-CH", "«Das ‹Meer›»"),
            ("fr", "«\u{202F}Das “Meer”\u{202F}»"),
            ("es", "«Das “Meer”»"),
            ("es-MX", "“Das ‘Meer’”"),
            ("it", "«Das “Meer”»"),
            ("sv", "”Das ’Meer’”"),
            ("fi", "”Das ’Meer’”"),
            ("pl", "„Das «Meer»”"),
            ("nl", "“Das ‘Meer’”"),
            ("da", "»Das ›Meer‹«"),
            ("ru", "«Das „Meer“»"),
            ("ko", "“Das ‘Meer’”"),
        ] {
            assert_eq!(set_in(language, r#""Das 'Meer'""#), expected, "{language}");
        }
    }

    #[test]
    fn french_holds_high_punctuation_to_the_word() {
        assert_eq!(
            set_in("fr", "Quoi ? « Rien » : tout !"),
            "Quoi\u{202F}? «\u{202F}Rien\u{202F}»\u{A0}: tout\u{202F}!"
        );
    }

    #[test]
    fn marks_reach_across_emphasis_and_spare_code_and_typeset_text() {
        let mut inlines = vec![
            Inline::Text("\"".into()),
            Inline::Emphasis(vec![Inline::Text("Hello".into())]),
            Inline::Text("\" ".into()),
            Inline::Code("\"--\"".into()),
            Inline::Text(" “so”…".into()),
        ];
        set(&mut inlines, &Language::default());
        assert_eq!(plain_text(&inlines), "“Hello” \"--\" “so”…");
    }
}
