//! The page around the spreads: the bar, the page strip, the e-book and the findings.

use std::io;

use crate::html::xml::Xml;

use super::views::Views;

/// What the page shows.
pub(in crate::preview) struct Shell<'a> {
    /// The title of the book; `None` while there is none.
    pub(in crate::preview) title: Option<&'a str>,
    /// The language of the title.
    pub(in crate::preview) language: &'a str,
    /// What is shown.
    pub(in crate::preview) views: Views,
    /// Whether the book is bound on the right.
    pub(in crate::preview) binding_right: bool,
    /// The address of the stylesheet of the pages.
    pub(in crate::preview) style: Option<&'a str>,
    /// The list of spreads in miniature.
    pub(in crate::preview) strip: &'a str,
    /// The spreads.
    pub(in crate::preview) spreads: &'a str,
    /// The number of spreads.
    pub(in crate::preview) count: usize,
    /// Whether there is an e-book at [`EBOOK`].
    pub(in crate::preview) has_ebook: bool,
    /// The list of findings.
    pub(in crate::preview) findings: &'a str,
    /// The number of findings.
    pub(in crate::preview) finding_count: usize,
    /// The errors that keep a newer state of the book from being shown; empty if there are none.
    pub(in crate::preview) problems: &'a str,
}

/// The address of the preview's own stylesheet.
pub(in crate::preview) const STYLE: &str = "/preview.css";
/// The address of its script.
pub(in crate::preview) const SCRIPT: &str = "/preview.js";
/// The address of the e-book.
pub(in crate::preview) const EBOOK: &str = "/ebook";
/// What stands for the version of the page until it is known.
pub(in crate::preview) const VERSION: &str = "VERSION-OF-THE-PAGE";

impl Shell<'_> {
    /// The whole page.
    pub(in crate::preview) fn html(&self) -> io::Result<String> {
        let mut xml = Xml::html();
        xml.raw("<!DOCTYPE html>\n");
        xml.element("html", &[("lang", "en")], |xml| {
            xml.element("head", &[], |xml| self.head(xml));
            xml.line();
            self.body(xml);
        });
        Ok(String::from_utf8_lossy(&xml.into_bytes()?).into_owned())
    }

    fn title(&self) -> &str {
        self.title.unwrap_or("No book yet")
    }

    fn head(&self, xml: &mut Xml) {
        xml.empty("meta", &[("charset", "utf-8")]);
        xml.empty(
            "meta",
            &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")],
        );
        xml.empty("meta", &[("name", "color-scheme"), ("content", "dark")]);
        xml.text_element("title", &[], &format!("{} – preview", self.title()));
        xml.empty("link", &[("rel", "icon"), ("href", "data:,")]);
        xml.empty("link", &[("rel", "stylesheet"), ("href", STYLE)]);
        if let Some(style) = self.style {
            let link = [("rel", "stylesheet"), ("id", "book-style"), ("href", style)];
            xml.empty("link", &link);
        }
        xml.element("script", &[("src", SCRIPT), ("defer", "")], |_| {});
    }

    fn body(&self, xml: &mut Xml) {
        let binding = if self.binding_right { "right" } else { "left" };
        let mut classes = Vec::new();
        if self.views.has_pages() {
            classes.push("has-pages show-pages");
        }
        if self.has_ebook {
            let only = !self.views.has_pages();
            classes.push(if only { "has-ebook show-ebook" } else { "has-ebook" });
        }
        let classes = classes.join(" ");
        let body = [("class", &*classes), ("data-binding", binding), ("data-version", VERSION)];
        xml.element("body", &body, |xml| {
            xml.line();
            xml.text_element("a", &[("class", "skip"), ("href", "#book")], "Skip to the pages");
            self.bar(xml);
            xml.element("div", &[("class", "workspace")], |xml| {
                xml.line();
                if self.views.has_pages() {
                    let strip = [("id", "strip"), ("aria-label", "All spreads")];
                    xml.element("nav", &strip, |xml| xml.raw(self.strip));
                }
                self.book(xml);
                let findings =
                    [("id", "findings"), ("aria-labelledby", "findings-title"), ("tabindex", "0")];
                xml.element("aside", &findings, |xml| {
                    xml.text_element("h2", &[("id", "findings-title")], "Findings");
                    xml.raw(self.findings);
                });
            });
            let status = [("id", "status"), ("class", "unseen"), ("role", "status")];
            xml.element("p", &status, |_| {});
        });
    }

    fn book(&self, xml: &mut Xml) {
        let book = [("id", "book"), ("tabindex", "-1"), ("aria-label", "The book")];
        xml.element("main", &book, |xml| {
            xml.line();
            xml.element("div", &[("id", "problems"), ("role", "alert")], |xml| {
                xml.raw(self.problems);
            });
            if self.views.has_pages() {
                let pages = [
                    ("id", "pages"),
                    ("tabindex", "0"),
                    ("role", "region"),
                    ("aria-label", "Pages"),
                ];
                xml.element("div", &pages, |xml| {
                    xml.line();
                    xml.raw(self.spreads);
                });
            }
            if self.has_ebook {
                xml.element("div", &[("id", "ebook")], |xml| {
                    xml.element("iframe", &[("src", EBOOK), ("title", "E-book")], |_| {});
                });
            }
        });
        xml.line();
    }

    fn bar(&self, xml: &mut Xml) {
        xml.element("header", &[("class", "bar")], |xml| {
            let language = self.title.map(|_| ("lang", self.language));
            xml.text_element("h1", language.as_slice(), self.title());
            if self.views.has_pages() {
                self.turning(xml);
            }
            let tools = [("class", "tools"), ("role", "group"), ("aria-label", "View")];
            xml.element("div", &tools, |xml| {
                if self.views.has_pages() && self.has_ebook {
                    toggle(xml, "show-pages", self.views.name_of_pages(), true);
                    toggle(xml, "show-ebook", "E-book", false);
                    xml.element("span", &[("class", "gap")], |_| {});
                }
                if self.views.has_pages() {
                    toggle(xml, "show-trim", "Trim", false);
                    if self.views.is_printed() {
                        toggle(xml, "show-bleed", "Bleed", false);
                        toggle(xml, "show-safety", "Safe area", false);
                    }
                    xml.element("span", &[("class", "gap")], |_| {});
                    toggle(xml, "singles", "Single pages", false);
                    toggle(xml, "show-strip", "Strip", true);
                }
                let label = match self.finding_count {
                    0 => "Findings".to_owned(),
                    count => format!("Findings ({count})"),
                };
                toggle(xml, "show-findings", &label, false);
            });
        });
        xml.line();
    }

    fn turning(&self, xml: &mut Xml) {
        let group = [("class", "turning"), ("role", "group"), ("aria-label", "Turn pages")];
        xml.element("div", &group, |xml| {
            let (previous, next) = if self.binding_right { ("›", "‹") } else { ("‹", "›") };
            let button = |id, label| [("type", "button"), ("id", id), ("aria-label", label)];
            xml.text_element("button", &button("previous", "Previous spread"), previous);
            let count =
                if self.count == 1 { "1 spread" } else { &format!("{} spreads", self.count) };
            xml.text_element("span", &[("id", "position")], count);
            xml.text_element("button", &button("next", "Next spread"), next);
        });
    }
}

/// A button that switches a class of the body on and off.
fn toggle(xml: &mut Xml, class: &str, label: &str, pressed: bool) {
    let pressed = if pressed { "true" } else { "false" };
    let attributes = [("type", "button"), ("data-toggle", class), ("aria-pressed", pressed)];
    xml.text_element("button", &attributes, label);
}
