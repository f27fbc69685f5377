//! Replaces straight quotes, hyphens and full stops by the marks of a language.
//!
//! A mark is chosen by the characters on both sides of it, across emphasis and links, and by
//! the open quotations. Typographic marks, code and bare addresses stay as they are.

use crate::model::{Block, Inline, Language};

/// U+202F, narrow and not to be broken.
const NARROW: char = '\u{202F}';

/// Sets the marks in all blocks, each paragraph on its own.
pub(super) fn set_blocks(blocks: &mut [Block], language: &Language) {
    for block in blocks {
        match block {
            Block::Heading { content, .. } | Block::Paragraph(content) => set(content, language),
            Block::Quote(inner) => set_blocks(inner, language),
            Block::List { items, .. } => {
                for item in items {
                    set_blocks(item, language);
                }
            }
            Block::Definitions(definitions) => {
                for definition in definitions {
                    set(&mut definition.term, language);
                    for meaning in &mut definition.meanings {
                        set_blocks(meaning, language);
                    }
                }
            }
            Block::Table(table) => {
                for cell in table.head.iter_mut().chain(table.rows.iter_mut().flatten()) {
                    set(cell, language);
                }
            }
            Block::Figure(figure) => set(&mut figure.caption, language),
            Block::Break | Block::Code(_) => {}
        }
    }
}

/// Sets the marks in the inlines of one paragraph.
pub(super) fn set(inlines: &mut [Inline], language: &Language) {
    let mut line = Vec::new();
    gather(inlines, &mut line);
    let mut setter = Setter { line: &line, conventions: conventions(language), open: Vec::new() };
    let pieces = setter.pieces();
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

/// A character of the paragraph; those in code are only neighbours.
#[derive(Debug, Clone, Copy)]
struct Letter {
    character: char,
    fixed: bool,
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

/// What becomes of a character.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Same,
    Other(String),
}

/// A quotation that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Quotation {
    typed: char,
    closing: &'static str,
}

struct Setter<'a> {
    line: &'a [Letter],
    conventions: Option<Conventions>,
    open: Vec<Quotation>,
}

impl Setter<'_> {
    fn pieces(&mut self) -> Vec<Piece> {
        let mut pieces = vec![Piece::Same; self.line.len()];
        // A single quote that is followed by no other can only be an apostrophe.
        let last_closing = (0..self.line.len()).rev().find(|&at| self.may_close_single(at));
        let mut at = 0;
        while let Some(letter) = self.line.get(at) {
            let (piece, length) = match letter.character {
                _ if letter.fixed => (None, 1),
                '"' => (self.double(at), 1),
                '\'' => (self.single(at, last_closing), 1),
                '-' => self.run(at, '-', |length| match length {
                    2 => Some("–"),
                    3 => Some("—"),
                    _ => None,
                }),
                '.' => self.run(at, '.', |length| (length == 3).then_some("…")),
                ' ' => (self.space(at), 1),
                _ => (None, 1),
            };
            if let Some(mark) = piece {
                pieces[at] = Piece::Other(mark);
                for rest in &mut pieces[at + 1..at + length] {
                    *rest = Piece::Other(String::new());
                }
            }
            at += length;
        }
        pieces
    }

    fn character(&self, at: usize) -> Option<char> {
        self.line.get(at).map(|letter| letter.character)
    }

    fn before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).and_then(|at| self.character(at))
    }

    fn after(&self, at: usize) -> Option<char> {
        self.character(at + 1)
    }

    /// Equal characters in a row, and what they become.
    fn run(
        &self,
        at: usize,
        character: char,
        mark: impl Fn(usize) -> Option<&'static str>,
    ) -> (Option<String>, usize) {
        let same = |letter: &&Letter| letter.character == character && !letter.fixed;
        let length = self.line[at..].iter().take_while(same).count();
        (mark(length).map(str::to_owned), length)
    }

    fn begins_something(&self, at: usize) -> bool {
        self.before(at).is_none_or(is_opening)
            && self.after(at).is_some_and(|next| !next.is_whitespace() && !is_closing(next))
    }

    fn double(&mut self, at: usize) -> Option<String> {
        let conventions = self.conventions?;
        let begins = self.begins_something(at);
        let is_open = self.open.iter().any(|quotation| quotation.typed == '"');
        if begins || (!is_open && self.before(at).is_none_or(is_opening)) {
            let nested = self.open.iter().filter(|quotation| quotation.typed == '"').count() % 2;
            let marks = if nested == 1 { conventions.inner } else { conventions.outer };
            return Some(self.opening('"', marks));
        }
        if is_open {
            return Some(self.closing('"', at));
        }
        let before = self.before(at)?;
        if before.is_ascii_digit() {
            return Some("″".to_owned());
        }
        Some(conventions.outer.1.to_owned())
    }

    fn single(&mut self, at: usize, last_closing: Option<usize>) -> Option<String> {
        const APOSTROPHE: &str = "’";
        let (before, after) = (self.before(at), self.after(at));
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if is_word(before) && is_word(after) {
            return Some(APOSTROPHE.to_owned());
        }
        let Some(conventions) = self.conventions else {
            return is_word(before).then(|| APOSTROPHE.to_owned());
        };
        let is_open = self.open.iter().any(|quotation| quotation.typed == '\'');
        if self.begins_something(at) {
            let closes_later = last_closing.is_some_and(|last| last > at);
            if closes_later && !self.is_elision(at) {
                return Some(self.opening('\'', conventions.inner));
            }
            return Some(APOSTROPHE.to_owned());
        }
        if is_open && before.is_some_and(|c| !c.is_whitespace()) {
            return Some(self.closing('\'', at));
        }
        if before.is_some_and(|c| c.is_ascii_digit()) && !is_word(after) {
            return Some("′".to_owned());
        }
        Some(APOSTROPHE.to_owned())
    }

    fn may_close_single(&self, at: usize) -> bool {
        let letter = self.line[at];
        !letter.fixed
            && letter.character == '\''
            && self.before(at).is_some_and(|c| !c.is_whitespace() && !is_opening(c))
            && !self.after(at).is_some_and(char::is_alphanumeric)
    }

    /// `'90s`, `'tis`, `rock 'n' roll`: letters or digits left out at the beginning.
    fn is_elision(&self, at: usize) -> bool {
        const WORDS: [&str; 10] =
            ["tis", "twas", "twere", "twill", "em", "n", "til", "cause", "bout", "round"];
        let word: String = (at + 1..)
            .map_while(|at| self.character(at).filter(|c| c.is_alphanumeric()))
            .take(8)
            .collect();
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let decade = digits == 2 && matches!(&word[2..], "" | "s" | "er" | "ers");
        decade || WORDS.contains(&word.to_lowercase().as_str())
    }

    fn opening(&mut self, typed: char, marks: (&'static str, &'static str)) -> String {
        self.open.push(Quotation { typed, closing: marks.1 });
        if self.spaced() && marks.0 == "«" {
            format!("{}{NARROW}", marks.0)
        } else {
            marks.0.to_owned()
        }
    }

    /// Closes the innermost quotation of this kind, and those in it that never closed.
    fn closing(&mut self, typed: char, at: usize) -> String {
        while let Some(quotation) = self.open.pop() {
            if quotation.typed == typed {
                let spaced = self.spaced() && quotation.closing == "»";
                let already = self.before(at).is_some_and(char::is_whitespace);
                return if spaced && !already {
                    format!("{NARROW}{}", quotation.closing)
                } else {
                    quotation.closing.to_owned()
                };
            }
        }
        String::from(typed)
    }

    fn spaced(&self) -> bool {
        self.conventions.is_some_and(|conventions| conventions.spaced)
    }

    /// In French, the blank before high punctuation and inside guillemets holds them
    /// to the word.
    fn space(&self, at: usize) -> Option<String> {
        if !self.spaced() || self.before(at).is_none_or(char::is_whitespace) {
            return None;
        }
        let after_opening = self.before(at) == Some('«');
        match self.after(at)? {
            ';' | '!' | '?' | '»' => Some(NARROW.to_string()),
            ':' => Some("\u{A0}".to_owned()),
            _ if after_opening => Some(NARROW.to_string()),
            _ => None,
        }
    }
}

/// Whether a quotation may begin after it.
fn is_opening(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '(' | '['
                | '{'
                | '<'
                | '—'
                | '–'
                | '-'
                | '/'
                | '“'
                | '„'
                | '‘'
                | '‚'
                | '«'
                | '‹'
                | '"'
                | '\''
                | '¿'
                | '¡'
        )
}

/// Whether a quotation does not begin before it.
fn is_closing(character: char) -> bool {
    matches!(character, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '”' | '’' | '»' | '›')
}

/// The quotation marks of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Conventions {
    /// For text in double quotes.
    outer: (&'static str, &'static str),
    /// For text in single quotes, and in double quotes within a quotation.
    inner: (&'static str, &'static str),
    /// Whether quotation marks and high punctuation have spaces, as in French.
    spaced: bool,
}

const HIGH: (&str, &str) = ("“", "”");
const HIGH_INNER: (&str, &str) = ("‘", "’");
const LOW: (&str, &str) = ("„", "“");
const LOW_INNER: (&str, &str) = ("‚", "‘");
const ANGLED: (&str, &str) = ("«", "»");
const ANGLED_INNER: (&str, &str) = ("‹", "›");

/// The quotation marks of a language; `None` if straight quotes stay.
fn conventions(language: &Language) -> Option<Conventions> {
    let tag = language.tag().to_ascii_lowercase();
    let marks = |outer, inner| Some(Conventions { outer, inner, spaced: false });
    // Swiss presses use guillemets without spaces in all languages but Romansh.
    if tag.split('-').skip(1).any(|part| part == "ch") {
        return marks(ANGLED, ANGLED_INNER);
    }
    match language.primary().as_str() {
        "de" | "at" | "lb" | "cs" | "sk" | "sl" | "bg" | "is" | "et" | "lt" | "ka" | "hsb"
        | "dsb" => marks(LOW, LOW_INNER),
        "pl" | "ro" | "hu" => marks(("„", "”"), ANGLED),
        "hr" | "sr" | "bs" => marks(("„", "”"), ("‚", "’")),
        "fr" | "br" => Some(Conventions { outer: ANGLED, inner: HIGH, spaced: true }),
        "es" if tag == "es" || tag.ends_with("-es") => marks(ANGLED, HIGH),
        "pt" if tag.ends_with("-pt") => marks(ANGLED, HIGH),
        "it" | "ca" | "gl" | "eu" | "el" | "sq" | "hy" | "fa" | "oc" => marks(ANGLED, HIGH),
        "ru" | "uk" | "be" | "kk" => marks(ANGLED, LOW),
        "no" | "nb" | "nn" => marks(ANGLED, HIGH_INNER),
        "da" => marks(("»", "«"), ("›", "‹")),
        "sv" | "fi" | "se" => marks(("”", "”"), ("’", "’")),
        "ja" | "zh" | "he" | "iw" | "yi" => None,
        _ => marks(HIGH, HIGH_INNER),
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
        assert_eq!(set_in("zh", "Ada's 'x'"), "Ada’s 'x’");
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
