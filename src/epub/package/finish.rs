//! Completes and corrects the skeleton from epub-builder. Every node to be corrected must be
//! present: a skeleton of another structure is an error and never results in a broken book.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, BytesText, Event};

use crate::model::{Digits, Language, Strings};

use crate::epub::error::EpubError;
use crate::epub::package::metadata::PackageMetadata;
use crate::epub::package::navigation::{Landmark, NavigationPoint};
use crate::html::content::heading::Heading;
use crate::html::content::page_break::{PageBreak, page_break};
use crate::html::content::text_width::text_width;
use crate::html::xml::{Xml, one_line};

/// The properties of the reading order that the skeleton lacks.
#[derive(Debug, Default)]
pub(in crate::epub) struct Spine<'a> {
    /// The page after which the table of contents is placed; `None` if it is not in the reading
    /// order.
    pub(in crate::epub) contents_after: Option<&'a str>,
    /// The properties of pages, by their `id`.
    pub(in crate::epub) properties: BTreeMap<String, &'static str>,
}

/// Completes the package document.
///
/// epub-builder gives the language and the first creator the same `id`, makes every creator an
/// author, supports no identifiers except UUIDs and no subtitle, reads the modification time
/// from the clock, writes no accessibility metadata, and supports no properties of pages in the
/// reading order.
pub(in crate::epub) fn package(
    skeleton: &[u8],
    metadata: &PackageMetadata<'_>,
    spine: &Spine<'_>,
) -> Result<Vec<u8>, EpubError> {
    let contents_after = spine.contents_after;
    let mut rewriter = Rewriter::new("content.opf", skeleton)?;
    while let Some(event) = rewriter.next()? {
        match event {
            Event::Start(tag) => match tag.name().as_ref() {
                "package" => {
                    let language = &metadata.book.language;
                    let mut tag = tag.into_owned();
                    tag.push_attribute(("xml:lang", language.tag()));
                    if language.is_right_to_left() {
                        tag.push_attribute(("dir", "rtl"));
                    }
                    rewriter.replace_with("package", |xml| xml.event(Event::Start(tag)));
                }
                "metadata" => {
                    let namespace = ("xmlns:dc", "http://purl.org/dc/elements/1.1/");
                    rewriter.replace_with("metadata", |xml| xml.open("metadata", &[namespace]));
                }
                "dc:identifier" => {
                    rewriter.replace(&tag, "identifier", |xml| metadata.identifier(xml))?;
                }
                "dc:title" => rewriter.replace(&tag, "title", |xml| metadata.titles(xml))?,
                "dc:language" => {
                    rewriter
                        .replace(&tag, "language", |xml| metadata.language_and_creators(xml))?;
                }
                "meta" if has(&tag, "property", "dcterms:modified") => {
                    rewriter.replace(&tag, "modified", |xml| metadata.modified(xml))?;
                }
                // In EPUB 3, the landmarks replace the guide.
                "guide" => rewriter.replace(&tag, "guide", |_| {})?,
                _ => rewriter.copy(Event::Start(tag)),
            },
            Event::Empty(tag) => {
                let is_page = tag.name().as_ref() == "itemref";
                let id = if is_page { value(&tag, "idref") } else { None };
                let is_before = contents_after.is_some_and(|file| id == Some(manifest_id(file)));
                let mut tag = tag.into_owned();
                if let Some(properties) = id.as_ref().and_then(|id| spine.properties.get(id)) {
                    tag.push_attribute(("properties", *properties));
                }
                rewriter.copy(Event::Empty(tag));
                if is_before {
                    rewriter
                        .replace_with("itemref", |xml| xml.empty("itemref", &[("idref", "nav")]));
                }
            }
            Event::End(tag) if tag.name().as_ref() == "metadata" => {
                rewriter.replace_with("rest", |xml| {
                    metadata.rest(xml);
                    xml.event(Event::End(tag));
                });
            }
            event => rewriter.copy(event),
        }
    }
    let expected =
        ["package", "metadata", "identifier", "title", "language", "modified", "rest", "guide"];
    rewriter.finish(expected.into_iter().chain(contents_after.map(|_| "itemref")))
}

/// The `id` that epub-builder gives to a file.
pub(in crate::epub) fn manifest_id(file: &str) -> String {
    format!("id_{}", file.replace('/', "_"))
}

/// The lists of the navigation document other than the table of contents.
#[derive(Debug)]
pub(in crate::epub) struct NavigationLists<'a> {
    /// The table of contents.
    pub(in crate::epub) contents: &'a [NavigationPoint],
    /// The landmarks.
    pub(in crate::epub) landmarks: &'a [Landmark],
    /// The page numbers.
    pub(in crate::epub) pages: &'a [NavigationPoint],
    /// The plates.
    pub(in crate::epub) plates: &'a [NavigationPoint],
    /// Whether the table of contents is in the reading order, and not only in the interface of
    /// reading systems.
    pub(in crate::epub) shows_contents: bool,
    /// The printed page that begins with the table of contents, if that is in the reading order.
    pub(in crate::epub) contents_break: Option<&'a PageBreak>,
}

/// Completes the navigation document.
///
/// epub-builder omits the language, lists at most one point for each file, writes an empty list of
/// landmarks, and supports neither a page list nor a list of illustrations.
pub(in crate::epub) fn navigation(
    skeleton: &[u8],
    language: &Language,
    text: &Strings,
    lists: &NavigationLists<'_>,
) -> Result<Vec<u8>, EpubError> {
    let mut rewriter = Rewriter::new("nav.xhtml", skeleton)?;
    while let Some(event) = rewriter.next()? {
        match event {
            Event::Start(tag) => match tag.name().as_ref() {
                "html" => {
                    let mut tag = tag.into_owned();
                    tag.push_attribute(("lang", language.tag()));
                    tag.push_attribute(("xml:lang", language.tag()));
                    if language.is_right_to_left() {
                        tag.push_attribute(("dir", "rtl"));
                    }
                    rewriter.replace_with("html", |xml| xml.event(Event::Start(tag)));
                }
                "body" => rewriter.replace_with("body", |xml| {
                    xml.open("body", &[("class", "contents")]);
                    if let Some(page) = lists.contents_break {
                        page_break(xml, page);
                    }
                }),
                "nav" if has(&tag, "epub:type", "toc") => {
                    let language = Some(language).filter(|_| lists.shows_contents);
                    rewriter.replace(&tag, "toc", |xml| {
                        contents(xml, text.contents, lists, language);
                    })?;
                }
                "nav" if has(&tag, "epub:type", "landmarks") => {
                    rewriter.replace(&tag, "landmarks", |xml| landmarks(xml, lists.landmarks))?;
                }
                _ => rewriter.copy(Event::Start(tag)),
            },
            Event::Empty(tag) if has_key(&tag, "charset") => {
                rewriter.replace_with("charset", |xml| xml.empty("meta", &[("charset", "utf-8")]));
            }
            Event::End(tag) if tag.name().as_ref() == "body" => {
                rewriter.replace_with("end", |xml| {
                    list(xml, "loi", text.list_of_plates, lists.plates);
                    list(xml, "page-list", text.pages, lists.pages);
                    xml.event(Event::End(tag));
                });
            }
            event => rewriter.copy(event),
        }
    }
    rewriter.finish(["html", "body", "charset", "toc", "landmarks", "end"].into_iter())
}

/// The table of contents, with long words divided by the patterns of a language.
fn contents(xml: &mut Xml, title: &str, lists: &NavigationLists<'_>, language: Option<&Language>) {
    let lines = format!("--lines: {}", contents_height(lists.contents));
    let attributes = [
        ("epub:type", "toc"),
        ("role", "doc-toc"),
        ("id", "toc"),
        ("aria-labelledby", "toc-title"),
    ];
    // In a book in fixed layout, they are not a page.
    let style = language.map(|_| ("style", lines.as_str()));
    let attributes = attributes.into_iter().chain(style).collect::<Vec<_>>();
    xml.element("nav", &attributes, |xml| {
        if let Some(language) = language {
            xml.divide_long_words(language);
            Heading::write(xml, "h1", &[("id", "toc-title")], title);
        } else {
            xml.text_element("h1", &[("id", "toc-title")], title);
        }
        xml.begin_contents();
        contents_list(xml, lists.contents);
        xml.mark_nothing();
    });
}

/// How high the contents are, in lines of a phone.
fn contents_height(points: &[NavigationPoint]) -> usize {
    const LINE: usize = 36;
    let lines = |point: &NavigationPoint| {
        text_width(&point.label).div_ceil(LINE).max(1) + contents_height(&point.children)
    };
    points.iter().map(lines).sum()
}

fn contents_list(xml: &mut Xml, points: &[NavigationPoint]) {
    xml.element("ol", &[], |xml| {
        for point in points {
            xml.element("li", &[], |xml| {
                xml.text_element("a", &[("href", &point.href)], &point.label);
                if !point.children.is_empty() {
                    contents_list(xml, &point.children);
                }
            });
        }
    });
}

fn landmarks(xml: &mut Xml, landmarks: &[Landmark]) {
    let attributes = [("epub:type", "landmarks"), ("id", "landmarks"), ("hidden", "hidden")];
    xml.element("nav", &attributes, |xml| {
        xml.element("ol", &[], |xml| {
            for Landmark { kind, point } in landmarks {
                xml.element("li", &[], |xml| {
                    let attributes = [("epub:type", *kind), ("href", &point.href)];
                    xml.text_element("a", &attributes, &point.label);
                });
            }
        });
    });
}

/// A list that is hidden on the page and that reading systems show in their own interface.
fn list(xml: &mut Xml, kind: &str, label: &str, points: &[NavigationPoint]) {
    if points.is_empty() {
        return;
    }
    let title = format!("{kind}-title");
    let mut attributes = vec![("epub:type", kind), ("id", kind), ("aria-labelledby", &title)];
    if kind == "page-list" {
        attributes.push(("role", "doc-pagelist"));
    }
    attributes.push(("hidden", "hidden"));
    xml.element("nav", &attributes, |xml| {
        // A custom list must have a heading (EPUB 3.3, 7.4).
        xml.text_element("h2", &[("id", &title)], label);
        xml.element("ol", &[], |xml| {
            for point in points {
                xml.element("li", &[], |xml| {
                    xml.text_element("a", &[("href", &point.href)], &point.label);
                });
            }
        });
    });
}

/// Completes the navigation of EPUB 2, which some shops still require.
///
/// epub-builder uses the name of the contents list as the title of the book and writes no
/// identifier and no page list; its play order counts links instead of distinct positions, and it
/// lists at most one point for each file.
pub(in crate::epub) fn ncx(
    skeleton: &[u8],
    metadata: &PackageMetadata<'_>,
    contents: &[NavigationPoint],
    pages: &[NavigationPoint],
) -> Result<Vec<u8>, EpubError> {
    let depth = contents.iter().map(NavigationPoint::depth).max().unwrap_or(1);
    let mut rewriter = Rewriter::new("toc.ncx", skeleton)?;
    let last = pages.iter().filter_map(|page| Digits::read(&page.label)).max().unwrap_or(0);
    while let Some(event) = rewriter.next()? {
        match event {
            Event::Start(tag) => match tag.name().as_ref() {
                "ncx" => {
                    let mut tag = tag.into_owned();
                    tag.push_attribute(("xml:lang", metadata.book.language.tag()));
                    rewriter.replace_with("ncx", |xml| xml.event(Event::Start(tag)));
                }
                "head" => rewriter.replace(&tag, "head", |xml| {
                    let values = [
                        ("dtb:uid", metadata.urn()),
                        ("dtb:depth", depth.to_string()),
                        ("dtb:totalPageCount", pages.len().to_string()),
                        ("dtb:maxPageNumber", last.to_string()),
                    ];
                    xml.element("head", &[], |xml| {
                        for (name, value) in values {
                            xml.empty("meta", &[("name", name), ("content", &value)]);
                        }
                    });
                })?,
                "docTitle" => rewriter.replace(&tag, "docTitle", |xml| {
                    label(xml, "docTitle", &one_line(&metadata.book.title));
                    for creator in &metadata.book.creators {
                        label(xml, "docAuthor", &one_line(&creator.name));
                    }
                })?,
                "navMap" => rewriter.replace(&tag, "navMap", |xml| {
                    let mut count = 0;
                    xml.element("navMap", &[], |xml| nav_points(xml, contents, &mut count));
                    page_list(xml, pages);
                })?,
                _ => rewriter.copy(Event::Start(tag)),
            },
            event => rewriter.copy(event),
        }
    }
    rewriter.finish(["ncx", "head", "docTitle", "navMap"].into_iter())
}

fn nav_points(xml: &mut Xml, points: &[NavigationPoint], count: &mut usize) {
    for point in points {
        *count += 1;
        xml.element("navPoint", &[("id", &format!("navPoint-{count}"))], |xml| {
            label(xml, "navLabel", &point.label);
            xml.empty("content", &[("src", &point.href)]);
            nav_points(xml, &point.children, count);
        });
    }
}

fn page_list(xml: &mut Xml, pages: &[NavigationPoint]) {
    if pages.is_empty() {
        return;
    }
    xml.element("pageList", &[], |xml| {
        for (index, page) in pages.iter().enumerate() {
            let id = format!("page-{}", index + 1);
            let value = Digits::read(&page.label).map(|number| number.to_string());
            let kind = if value.is_some() { "normal" } else { "front" };
            let mut attributes = vec![("id", id.as_str()), ("type", kind)];
            if let Some(value) = &value {
                attributes.push(("value", value));
            }
            xml.element("pageTarget", &attributes, |xml| {
                label(xml, "navLabel", &page.label);
                xml.empty("content", &[("src", &page.href)]);
            });
        }
    });
}

fn label(xml: &mut Xml, name: &str, text: &str) {
    xml.element(name, &[], |xml| xml.text_element("text", &[], text));
}

/// One pass over an XML document, which copies or replaces its events.
struct Rewriter<'a> {
    document: &'static str,
    reader: Reader<&'a [u8]>,
    xml: Xml,
    visited: BTreeSet<&'static str>,
}

impl<'a> Rewriter<'a> {
    fn new(document: &'static str, skeleton: &'a [u8]) -> Result<Self, EpubError> {
        let text = std::str::from_utf8(skeleton)
            .map_err(|_| EpubError::Skeleton(format!("{document} is not UTF-8")))?;
        let xml = Xml::indented();
        Ok(Self { document, reader: Reader::from_str(text), xml, visited: BTreeSet::new() })
    }

    /// The next event. White space between elements is skipped because the writer indents anew.
    fn next(&mut self) -> Result<Option<Event<'a>>, EpubError> {
        loop {
            return match self.reader.read_event() {
                Ok(Event::Eof) => Ok(None),
                Ok(Event::Text(text)) if text.trim().is_empty() && text.contains('\n') => continue,
                // The writer would put a reference on its own line.
                Ok(Event::GeneralRef(name)) => {
                    let reference = format!("&{};", &*name);
                    Ok(Some(Event::Text(BytesText::from_escaped(reference))))
                }
                Ok(event) => Ok(Some(event)),
                Err(error) => Err(self.error(&error.to_string())),
            };
        }
    }

    fn copy(&mut self, event: Event<'_>) {
        self.xml.event(event);
    }

    fn replace_with(&mut self, node: &'static str, write: impl FnOnce(&mut Xml)) {
        self.visited.insert(node);
        write(&mut self.xml);
    }

    /// Skips an element up to its end tag and writes other content in its place.
    fn replace(
        &mut self,
        tag: &BytesStart<'_>,
        node: &'static str,
        write: impl FnOnce(&mut Xml),
    ) -> Result<(), EpubError> {
        if let Err(error) = self.reader.read_to_end(tag.name()) {
            return Err(self.error(&error.to_string()));
        }
        self.replace_with(node, write);
        Ok(())
    }

    fn finish(self, expected: impl Iterator<Item = &'static str>) -> Result<Vec<u8>, EpubError> {
        for node in expected {
            if !self.visited.contains(node) {
                return Err(self.error(&format!("{node} is missing")));
            }
        }
        let mut bytes = self.xml.into_bytes()?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    fn error(&self, reason: &str) -> EpubError {
        EpubError::Skeleton(format!("{}: {reason}", self.document))
    }
}

/// The value of an attribute.
fn value(tag: &BytesStart<'_>, key: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(key).ok().flatten()?;
    Some(attribute.value.into_owned())
}

fn has(tag: &BytesStart<'_>, key: &str, expected: &str) -> bool {
    value(tag, key).as_deref() == Some(expected)
}

fn has_key(tag: &BytesStart<'_>, key: &str) -> bool {
    value(tag, key).is_some()
}
