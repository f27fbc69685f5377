//! Writes XML elements, attributes and text, all of them escaped.

use std::borrow::Cow;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::html::content::table::TableWidths;
use crate::html::long_words::{LongWords, Piece, SOFT_HYPHEN, beside};
use crate::model::LanguageRuns;
use crate::model::{Digits, Language, Table, is_xml_char};

/// The name and the unescaped value of an attribute.
pub(crate) type Attribute<'a> = (&'a str, &'a str);

/// Builds an XML document. The first error is stored and returned at the end, so that the
/// methods in between need not return results.
pub(crate) struct Xml {
    out: Writer<Vec<u8>>,
    error: io::Result<()>,
    /// If set, runs of text in another language than the book's are marked.
    language_runs: Option<LanguageRuns>,
    /// The digits of numbers that the author has not written.
    digits: Digits,
    /// If set, long words have soft hyphens.
    long_words: Option<LongWords>,
    /// The widths below which tables are set as lists.
    tables: TableWidths,
    /// Whether it is HTML, which has no namespaces and no elements that are closed at once.
    is_html: bool,
}

/// The language of the text around a text in another one.
pub(crate) struct OuterLanguage {
    runs: Option<LanguageRuns>,
    digits: Digits,
    words: Option<LongWords>,
}

/// Elements that have no end tag in HTML.
pub(crate) const VOID: [&str; 7] = ["br", "col", "hr", "img", "link", "meta", "wbr"];

impl Xml {
    fn new(out: Writer<Vec<u8>>, is_html: bool) -> Self {
        Self {
            out,
            error: Ok(()),
            language_runs: None,
            digits: Digits::LATIN,
            long_words: None,
            tables: TableWidths::default(),
            is_html,
        }
    }

    /// Creates an empty document with its XML declaration.
    pub(crate) fn document() -> Self {
        let mut xml = Self::new(Writer::new(Vec::new()), false);
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml.line();
        xml
    }

    /// Creates an HTML file, or a part of one.
    pub(crate) fn html() -> Self {
        Self::new(Writer::new(Vec::new()), true)
    }

    /// Adds a finished part.
    pub(crate) fn raw(&mut self, fragment: &str) {
        self.event(Event::Text(BytesText::from_escaped(fragment)));
    }

    /// Creates an indented document whose elements contain either text or elements.
    pub(crate) fn indented() -> Self {
        Self::new(Writer::new_with_indent(Vec::new(), b' ', 2), false)
    }

    /// From here on, text is in this language, and text in another one is marked.
    pub(crate) fn mark_others_than(&mut self, language: &Language) {
        self.language_runs = Some(LanguageRuns::new(language));
        self.digits = language.digits();
    }

    /// The digits of numbers that the author has not written.
    pub(crate) fn digits(&self) -> Digits {
        self.digits
    }

    /// From here on, no text is marked and no word divided.
    pub(crate) fn mark_nothing(&mut self) {
        self.language_runs = None;
        self.long_words = None;
    }

    /// From here on, tables are those of a book with these widths.
    pub(crate) fn use_table_widths(&mut self, tables: &TableWidths) {
        self.tables.clone_from(tables);
    }

    /// The width, in ems, below which a table is set as a list, if there is one.
    pub(crate) fn table_width(&self, table: &Table) -> Option<usize> {
        self.tables.of(table)
    }

    /// Whether the text is in Chinese, Japanese or Korean.
    pub(crate) fn is_east_asian(&self) -> bool {
        self.language_runs.as_ref().is_some_and(LanguageRuns::is_east_asian)
    }

    /// From here on, the long words of text, which is in this language, can be divided.
    pub(crate) fn divide_long_words(&mut self, language: &Language) {
        self.long_words = Some(LongWords::in_text(language));
    }

    /// A text for an attribute that a stylesheet shows, with its long words divided as in text.
    pub(crate) fn divided(&self, text: &str) -> String {
        let Some(words) = self.long_words else { return text.to_owned() };
        let pieces = words.pieces(text, [None; 2]).into_iter().map(|piece| match piece {
            Piece::Text(text) => text.into_owned(),
            Piece::Word(word) => word,
            Piece::WordAndDash(word, dash) => word + dash,
            Piece::Unbroken(text) => text.to_owned(),
            Piece::Break => String::new(),
        });
        pieces.collect()
    }

    /// From here on, text is a title; returns what [`Xml::restore_words`] needs.
    pub(crate) fn begin_title(&mut self) -> Option<LongWords> {
        let words = self.long_words.map(LongWords::in_title);
        std::mem::replace(&mut self.long_words, words)
    }

    /// From here on, text is in a list or a table; returns what [`Xml::restore_words`] needs.
    pub(crate) fn begin_narrow_text(&mut self) -> Option<LongWords> {
        let words = self.long_words.map(LongWords::in_narrow_text);
        std::mem::replace(&mut self.long_words, words)
    }

    /// From here on, text is in the contents; returns what [`Xml::restore_words`] needs.
    pub(crate) fn begin_contents(&mut self) -> Option<LongWords> {
        let words = self.long_words.map(LongWords::in_entry);
        std::mem::replace(&mut self.long_words, words)
    }

    /// From here on, text is a caption or verse; returns what [`Xml::restore_words`] needs.
    pub(crate) fn begin_ragged_text(&mut self) -> Option<LongWords> {
        let words = self.long_words.map(LongWords::in_ragged_text);
        std::mem::replace(&mut self.long_words, words)
    }

    /// From here on, no word is divided, as in code and addresses; returns what
    /// [`Xml::restore_words`] needs.
    pub(crate) fn keep_words_whole(&mut self) -> Option<LongWords> {
        self.long_words.take()
    }

    /// From here on, words are divided as before a title, code or an address.
    pub(crate) fn restore_words(&mut self, outer: Option<LongWords>) {
        self.long_words = outer;
    }

    /// The language attributes of an element whose entire text (in an attribute or as content)
    /// is in another language.
    pub(crate) fn language_attributes<'a>(&self, text: &str) -> Vec<Attribute<'a>> {
        let tag = self
            .language_runs
            .as_ref()
            .and_then(|language_runs| language_runs.single_language(text));
        tag.map_or_else(Vec::new, |tag| vec![("lang", tag), ("xml:lang", tag)])
    }

    /// From here on, text is in this language; returns what [`Xml::restore`] needs.
    pub(crate) fn set_language(&mut self, language: &Language) -> OuterLanguage {
        let runs = self.language_runs.as_ref().map(|_| LanguageRuns::new(language));
        let words = self.long_words.map(|words| words.in_language(language));
        OuterLanguage {
            runs: std::mem::replace(&mut self.language_runs, runs),
            digits: std::mem::replace(&mut self.digits, language.digits()),
            words: std::mem::replace(&mut self.long_words, words),
        }
    }

    /// From here on, text is in the language as before [`Xml::set_language`].
    pub(crate) fn restore(&mut self, outer: OuterLanguage) {
        self.language_runs = outer.runs;
        self.digits = outer.digits;
        self.long_words = outer.words;
    }

    /// Writes an event.
    pub(crate) fn event(&mut self, event: Event<'_>) {
        if self.error.is_ok() {
            self.error = self.out.write_event(event);
        }
    }

    /// Writes a line break where white space is not significant.
    pub(crate) fn line(&mut self) {
        self.event(Event::Text(BytesText::from_escaped("\n")));
    }

    /// Writes text.
    pub(crate) fn text(&mut self, text: &str) {
        self.text_between(text, [None; 2]);
    }

    /// Writes text between these characters, which are on the same line but in other elements.
    pub(crate) fn text_between(&mut self, text: &str, around: [Option<char>; 2]) {
        let runs = self
            .language_runs
            .as_ref()
            .map(|language_runs| language_runs.runs(text))
            .unwrap_or_default();
        let mut written = 0;
        for (run, tag) in runs {
            self.plain(&text[written..run.start], beside(text, written..run.start, around));
            written = run.end;
            self.open("span", &[("lang", tag), ("xml:lang", tag)]);
            self.plain(&text[run.clone()], beside(text, run, around));
            self.close("span");
        }
        self.plain(&text[written..], beside(text, written..text.len(), around));
    }

    fn plain(&mut self, text: &str, around: [Option<char>; 2]) {
        let Some(words) = self.long_words else { return self.unchanged(text) };
        if words.is_title() && text.trim_end().contains(": ") {
            // What precedes a colon and what follows it are kept together, if there is room.
            for phrase in text.split_inclusive(": ") {
                let trimmed = phrase.trim_end();
                self.open("span", &[("class", "phrase")]);
                self.pieces(words, trimmed, [None; 2]);
                self.close("span");
                self.unchanged(&phrase[trimmed.len()..]);
            }
            return;
        }
        self.pieces(words, text, around);
    }

    fn pieces(&mut self, words: LongWords, text: &str, around: [Option<char>; 2]) {
        for piece in words.pieces(text, around) {
            match piece {
                Piece::Text(text) => self.unchanged(&text),
                Piece::Word(word) => {
                    self.open("span", &[("class", "word")]);
                    self.unchanged(&word);
                    self.close("span");
                }
                Piece::WordAndDash(word, dash) => {
                    // The end of the word takes the dash along to the next line.
                    let end = word.char_indices().rfind(|(_, c)| *c == SOFT_HYPHEN);
                    let (word, end) = word.split_at(end.map_or(0, |(at, c)| at + c.len_utf8()));
                    self.open("span", &[("class", "word")]);
                    self.unchanged(word);
                    self.open("span", &[("class", "nowrap")]);
                    self.unchanged(&format!("{end}{dash}"));
                    self.close("span");
                    self.close("span");
                }
                Piece::Unbroken(text) => {
                    self.open("span", &[("class", "nowrap")]);
                    self.unchanged(text);
                    self.close("span");
                }
                Piece::Break => self.empty("wbr", &[]),
            }
        }
    }

    fn unchanged(&mut self, text: &str) {
        if !text.is_empty() {
            self.event(Event::Text(BytesText::new(&clean(text))));
        }
    }

    /// Writes a start tag; [`Xml::close`] must follow.
    pub(crate) fn open(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        let tag = self.tag(name, attributes);
        self.event(Event::Start(tag));
    }

    /// Writes an end tag.
    pub(crate) fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// Writes an element without content.
    pub(crate) fn empty(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        let tag = self.tag(name, attributes);
        if !self.is_html {
            return self.event(Event::Empty(tag));
        }
        self.event(Event::Start(tag));
        if !VOID.contains(&name) {
            self.close(name);
        }
    }

    fn tag<'t>(&self, name: &'t str, attributes: &[Attribute<'_>]) -> BytesStart<'t> {
        if !self.is_html {
            return start(name, attributes);
        }
        let has_no_namespace = |(name, _): &&Attribute<'_>| !name.contains(':');
        start(name, &attributes.iter().filter(has_no_namespace).copied().collect::<Vec<_>>())
    }

    /// Writes an element with its content.
    pub(crate) fn element(
        &mut self,
        name: &str,
        attributes: &[Attribute<'_>],
        content: impl FnOnce(&mut Self),
    ) {
        self.open(name, attributes);
        content(self);
        self.close(name);
    }

    /// Writes an element that contains only text.
    pub(crate) fn text_element(&mut self, name: &str, attributes: &[Attribute<'_>], text: &str) {
        self.element(name, attributes, |xml| xml.text(text));
    }

    /// The bytes of the document, or the first error.
    pub(crate) fn into_bytes(self) -> io::Result<Vec<u8>> {
        self.error?;
        Ok(self.out.into_inner())
    }
}

/// The attributes of an element in this language.
pub(crate) fn attributes_of(language: &Language) -> [Attribute<'_>; 3] {
    let direction = if language.is_right_to_left() { "rtl" } else { "ltr" };
    [("lang", language.tag()), ("xml:lang", language.tag()), ("dir", direction)]
}

/// A start tag with its attributes.
pub(crate) fn start<'a>(name: &'a str, attributes: &[Attribute<'_>]) -> BytesStart<'a> {
    let mut tag = BytesStart::new(name);
    for (key, value) in attributes {
        tag.push_attribute((*key, clean(value).as_ref()));
    }
    tag
}

/// Removes the characters that XML cannot contain.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_xml_char) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|c| is_xml_char(*c)).collect())
    }
}

/// The text on one line, for labels and attributes.
pub(crate) fn one_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_xml_does_not_allow_are_removed() {
        assert_eq!(clean("a\u{0}b\u{1b}[31mc\u{ffff}\u{85}d\te"), "ab[31mcd\te");
    }

    #[test]
    fn html_has_no_namespaces_and_only_void_elements_lack_an_end() {
        let write = |mut xml: Xml| {
            xml.empty("span", &[("id", "a"), ("epub:type", "pagebreak")]);
            xml.empty("br", &[]);
            String::from_utf8(xml.into_bytes().unwrap()).unwrap()
        };
        assert_eq!(write(Xml::html()), "<span id=\"a\"></span><br>");
        let xhtml = write(Xml::document());
        assert!(xhtml.ends_with("<span id=\"a\" epub:type=\"pagebreak\"/><br/>"), "{xhtml}");
    }
}
