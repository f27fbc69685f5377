//! The head of the page: what it may load, its stylesheet and its script.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::html::xml::{Xml, one_line};
use crate::model::Book;
use crate::offline::names::{SCRIPT, STYLESHEET};

/// How a page gets its stylesheet and its script.
pub(super) trait HeadFiles {
    /// What browsers may load (Content Security Policy, level 2).
    fn policy(&self) -> String;
    /// Writes the elements at the end of the head.
    fn head(&self, xml: &mut Xml);
    /// Writes the elements at the end of the body.
    fn end(&self, _xml: &mut Xml) {}
}

/// A page with files beside it.
pub(super) struct Linked;

impl HeadFiles for Linked {
    /// What `'self'` means for a file is not settled, so `file:` stands beside it; over HTTP it
    /// allows nothing more.
    fn policy(&self) -> String {
        "default-src 'none'; script-src 'self' file:; style-src 'self' file:; \
         img-src 'self' file: data:; font-src 'self' file: data:; base-uri 'none'; \
         form-action 'none'"
            .to_owned()
    }

    fn head(&self, xml: &mut Xml) {
        xml.empty("link", &[("rel", "stylesheet"), ("href", STYLESHEET)]);
        xml.line();
        xml.empty("script", &[("src", SCRIPT), ("defer", "")]);
        xml.line();
    }
}

/// A page with everything inside.
pub(super) struct Single<'a> {
    pub(super) css: &'a str,
    pub(super) script: &'a str,
}

impl HeadFiles for Single<'_> {
    fn policy(&self) -> String {
        let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
        format!(
            "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; img-src data:; \
             font-src data:; base-uri 'none'; form-action 'none'",
            hash(self.script),
            hash(self.css)
        )
    }

    fn head(&self, xml: &mut Xml) {
        xml.element("style", &[], |xml| xml.raw(self.css));
        xml.line();
    }

    fn end(&self, xml: &mut Xml) {
        xml.element("script", &[], |xml| xml.raw(self.script));
        xml.line();
    }
}

/// Writes the head of the page of a book.
pub(super) fn write(xml: &mut Xml, book: &Book, files: &dyn HeadFiles) {
    xml.open("head", &[]);
    xml.line();
    let meta = |xml: &mut Xml, attributes: &[(&str, &str)]| {
        xml.empty("meta", attributes);
        xml.line();
    };
    meta(xml, &[("charset", "utf-8")]);
    let policy = files.policy();
    meta(xml, &[("http-equiv", "Content-Security-Policy"), ("content", &policy)]);
    meta(xml, &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    meta(xml, &[("name", "color-scheme"), ("content", "light dark")]);
    meta(xml, &[("name", "referrer"), ("content", "no-referrer")]);
    let author = book.bylines().join("; ");
    if !author.is_empty() {
        meta(xml, &[("name", "author"), ("content", &author)]);
    }
    if let Some(description) = &book.description {
        meta(xml, &[("name", "description"), ("content", description)]);
    }
    xml.text_element("title", &[], &one_line(&book.title));
    xml.line();
    // Without it, browsers ask a server for an icon.
    xml.empty("link", &[("rel", "icon"), ("href", "data:,")]);
    xml.line();
    files.head(xml);
    xml.close("head");
    xml.line();
}
