//! Writes XML elements, attributes and text, all of them escaped.

use std::borrow::Cow;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::epub::content::language_runs::LanguageRuns;

/// The name and the unescaped value of an attribute.
pub(in crate::epub) type Attribute<'a> = (&'a str, &'a str);

/// Builds an XML document. The first error is stored and returned at the end, so that the
/// methods in between need not return results.
pub(in crate::epub) struct Xml {
    out: Writer<Vec<u8>>,
    fault: io::Result<()>,
    /// If set, runs of text in another language than the book's are marked.
    tongues: Option<LanguageRuns>,
}

impl Xml {
    /// Creates an empty document with its XML declaration.
    pub(in crate::epub) fn document() -> Self {
        let mut xml = Self { out: Writer::new(Vec::new()), fault: Ok(()), tongues: None };
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml.line();
        xml
    }

    /// Creates an indented document whose elements contain either text or elements.
    pub(in crate::epub) fn indented() -> Self {
        let out = Writer::new_with_indent(Vec::new(), b' ', 2);
        Self { out, fault: Ok(()), tongues: None }
    }

    /// From here on, text in another language than the book's is marked.
    pub(in crate::epub) fn mark(&mut self, tongues: LanguageRuns) {
        self.tongues = Some(tongues);
    }

    /// The language attributes of an element whose entire text (in an attribute or as content)
    /// is in another language.
    pub(in crate::epub) fn tongue<'a>(&self, words: &str) -> Vec<Attribute<'a>> {
        let tag = self.tongues.as_ref().and_then(|tongues| tongues.whole(words));
        tag.map_or_else(Vec::new, |tag| vec![("lang", tag), ("xml:lang", tag)])
    }

    /// Writes an event.
    pub(in crate::epub) fn event(&mut self, event: Event<'_>) {
        if self.fault.is_ok() {
            self.fault = self.out.write_event(event);
        }
    }

    /// Writes a line break where white space is not significant.
    pub(in crate::epub) fn line(&mut self) {
        self.event(Event::Text(BytesText::from_escaped("\n")));
    }

    /// Writes text.
    pub(in crate::epub) fn text(&mut self, words: &str) {
        let runs = self.tongues.as_ref().map(|tongues| tongues.runs(words)).unwrap_or_default();
        let mut written = 0;
        for (run, tag) in runs {
            self.plain(&words[written..run.start]);
            written = run.end;
            self.open("span", &[("lang", tag), ("xml:lang", tag)]);
            self.plain(&words[run]);
            self.close("span");
        }
        self.plain(&words[written..]);
    }

    fn plain(&mut self, words: &str) {
        if !words.is_empty() {
            self.event(Event::Text(BytesText::new(&clean(words))));
        }
    }

    /// Writes a start tag; [`Xml::close`] must follow.
    pub(in crate::epub) fn open(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.event(Event::Start(start(name, attributes)));
    }

    /// Writes an end tag.
    pub(in crate::epub) fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// Writes an element without content.
    pub(in crate::epub) fn empty(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.event(Event::Empty(start(name, attributes)));
    }

    /// Writes an element with its content.
    pub(in crate::epub) fn element(
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
    pub(in crate::epub) fn words(&mut self, name: &str, attributes: &[Attribute<'_>], words: &str) {
        self.element(name, attributes, |xml| xml.text(words));
    }

    /// The bytes of the document, or the first error.
    pub(in crate::epub) fn into_bytes(self) -> io::Result<Vec<u8>> {
        self.fault?;
        Ok(self.out.into_inner())
    }
}

/// A start tag with its attributes.
pub(in crate::epub) fn start<'a>(name: &'a str, attributes: &[Attribute<'_>]) -> BytesStart<'a> {
    let mut tag = BytesStart::new(name);
    for (key, value) in attributes {
        tag.push_attribute((*key, clean(value).as_ref()));
    }
    tag
}

/// Removes the characters that XML 1.0 does not allow (section 2.2, Char) and the C1 controls
/// that it discourages.
pub(in crate::epub) fn clean(words: &str) -> Cow<'_, str> {
    let holds = |c: char| match c {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        c => !c.is_control(),
    };
    if words.chars().all(holds) {
        Cow::Borrowed(words)
    } else {
        Cow::Owned(words.chars().filter(|c| holds(*c)).collect())
    }
}

/// The text on one line, for labels and attributes.
pub(in crate::epub) fn one_line(words: &str) -> String {
    clean(words).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_xml_cannot_hold_are_left_out() {
        assert_eq!(clean("a\u{0}b\u{1b}[31mc\u{ffff}\u{85}d\te"), "ab[31mcd\te");
    }
}
