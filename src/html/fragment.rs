//! Takes the content of an XHTML document over into another file in HTML.

use std::borrow::Cow;
use std::io;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};

use crate::html::xml::VOID;

/// The content of a document's `body`.
#[derive(Debug)]
pub(crate) struct Fragment {
    /// The classes of the body.
    pub(crate) class: String,
    /// Its content, in a syntax that is both HTML and XML.
    pub(crate) content: String,
}

/// The content of a document. `rewrite` may replace the value of an attribute, by its name.
///
/// # Errors
/// The document is not well-formed.
pub(crate) fn fragment(
    xhtml: &[u8],
    mut rewrite: impl FnMut(&str, &str) -> Option<String>,
) -> io::Result<Fragment> {
    let text = std::str::from_utf8(xhtml).map_err(io::Error::other)?;
    let mut reader = Reader::from_str(text);
    let mut fragment = Fragment { class: String::new(), content: String::new() };
    let mut in_body = false;
    loop {
        let event = reader.read_event().map_err(io::Error::other)?;
        match event {
            Event::Eof => return Ok(fragment),
            Event::Start(tag) if tag.name().as_ref() == "body" => {
                in_body = true;
                let class = tag.try_get_attribute("class").map_err(io::Error::other)?;
                fragment.class = class.map(|class| class.value.into_owned()).unwrap_or_default();
            }
            Event::End(tag) if tag.name().as_ref() == "body" => in_body = false,
            _ if !in_body => {}
            Event::Start(tag) => fragment.start(&tag, &mut rewrite)?,
            Event::Empty(tag) => {
                fragment.start(&tag, &mut rewrite)?;
                let name = tag.name();
                let name = name.as_ref();
                if !VOID.contains(&name) {
                    fragment.add(&["</", name, ">"]);
                }
            }
            Event::End(tag) => fragment.add(&["</", tag.name().as_ref(), ">"]),
            Event::Text(text) => fragment.add(&[&text]),
            Event::GeneralRef(name) => fragment.add(&["&", &name, ";"]),
            Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
}

impl Fragment {
    fn start(
        &mut self,
        tag: &BytesStart<'_>,
        rewrite: &mut impl FnMut(&str, &str) -> Option<String>,
    ) -> io::Result<()> {
        self.add(&["<", tag.name().as_ref()]);
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(io::Error::other)?;
            let name = attribute.key.as_ref();
            // HTML has no namespaces.
            if name.contains(':') || name == "xmlns" {
                continue;
            }
            let value = quick_xml::escape::unescape(&attribute.value).map_err(io::Error::other)?;
            let value = rewrite(name, &value).map_or(value, Cow::Owned);
            self.add(&[" ", name, "=\"", &escape(&*value), "\""]);
        }
        self.add(&[">"]);
        Ok(())
    }

    fn add(&mut self, texts: &[&str]) {
        self.content.extend(texts.iter().copied());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_elements_get_end_tags_and_attributes_of_namespaces_are_dropped() {
        let document = b"<html xmlns='x'><head><title>T</title></head><body class='essay'>\
            <span id='a' epub:type='pagebreak'/>a &amp; <img src='b.jpg' alt='&lt;'/></body></html>";
        let rewrite = |name: &str, value: &str| (name == "src").then(|| format!("/{value}"));
        let Fragment { class, content } = fragment(document, rewrite).unwrap();
        assert_eq!(class, "essay");
        assert_eq!(content, "<span id=\"a\"></span>a &amp; <img src=\"/b.jpg\" alt=\"&lt;\">");
    }
}
