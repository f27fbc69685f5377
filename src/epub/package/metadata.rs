//! Writes the metadata of the package document.

use time::{OffsetDateTime, UtcOffset};

use crate::model::{Book, Identifier, Pixels};

use crate::epub::package::accessibility::Accessibility;
use crate::html::address::address;
use crate::html::xml::{Xml, one_line};

/// The input for the metadata.
#[derive(Debug)]
pub(in crate::epub) struct PackageMetadata<'a> {
    /// The book.
    pub(in crate::epub) book: &'a Book,
    /// Its accessibility metadata.
    pub(in crate::epub) accessibility: &'a Accessibility,
    /// Whether the page list matches a printed edition.
    pub(in crate::epub) mirrors_print: bool,
    /// Whether there is a page list.
    pub(in crate::epub) has_pages: bool,
    /// The modification time.
    pub(in crate::epub) modified: OffsetDateTime,
    /// The page size of a fixed-layout book; `None` if it is reflowable.
    pub(in crate::epub) fixed: Option<Pixels>,
}

/// The `id` of the identifier in the skeleton.
const IDENTIFIER: &str = "epub-id-1";

impl PackageMetadata<'_> {
    /// Writes the identifier and its type.
    pub(in crate::epub) fn identifier(&self, xml: &mut Xml) {
        xml.text_element("dc:identifier", &[("id", IDENTIFIER)], &one_line(&self.urn()));
        if let Identifier::Isbn(_) = self.own() {
            // Code 15 of ONIX list 5 is an ISBN-13.
            refine(xml, IDENTIFIER, "identifier-type", Some("onix:codelist5"), "15");
        }
    }

    /// The identifier as a URN or URL.
    pub(in crate::epub) fn urn(&self) -> String {
        self.own().urn()
    }

    /// The identifier of this edition.
    fn own(&self) -> &Identifier {
        let editions = &self.book.editions;
        if self.fixed.is_some() { &editions.fixed } else { &editions.reflowable }
    }

    /// Writes the title, and the subtitle if there is one.
    pub(in crate::epub) fn titles(&self, xml: &mut Xml) {
        let titles = [
            ("title", "main", Some(&self.book.title)),
            ("subtitle", "subtitle", self.book.subtitle.as_ref()),
        ];
        let mut sequence = 0;
        for (id, kind, title) in titles {
            let Some(title) = title.map(|title| one_line(title)).filter(|title| !title.is_empty())
            else {
                continue;
            };
            sequence += 1;
            xml.text_element("dc:title", &[("id", id)], &title);
            refine(xml, id, "title-type", None, kind);
            refine(xml, id, "display-seq", None, &sequence.to_string());
        }
    }

    /// Writes the language and the creators, each with their own role.
    pub(in crate::epub) fn language_and_creators(&self, xml: &mut Xml) {
        xml.text_element("dc:language", &[], self.book.language.tag());
        for translation in &self.book.translations {
            xml.text_element("dc:language", &[], translation.language.tag());
        }
        for (index, creator) in self.book.creators.iter().enumerate() {
            let id = format!("creator-{}", index + 1);
            xml.text_element("dc:creator", &[("id", &id)], &one_line(&creator.name));
            refine(xml, &id, "role", Some("marc:relators"), creator.role.code);
            if let Some(sort) = &creator.sort {
                refine(xml, &id, "file-as", None, &one_line(sort));
            }
            refine(xml, &id, "display-seq", None, &(index + 1).to_string());
        }
    }

    /// Writes the modification time (EPUB 3.3, 5.5.4): UTC, to the second.
    pub(in crate::epub) fn modified(&self, xml: &mut Xml) {
        let at = self.modified.to_offset(UtcOffset::UTC);
        let stamp = format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            at.year(),
            u8::from(at.month()),
            at.day(),
            at.hour(),
            at.minute(),
            at.second()
        );
        property(xml, "dcterms:modified", &stamp);
    }

    /// Writes the metadata that the skeleton lacks.
    pub(in crate::epub) fn rest(&self, xml: &mut Xml) {
        let book = self.book;
        let date = book.date.map(|date| date.to_string());
        let lines = [
            ("dc:publisher", book.publisher.as_deref()),
            ("dc:date", date.as_deref()),
            ("dc:rights", book.rights.as_deref()),
        ];
        for (name, words) in lines {
            if let Some(words) = words.map(one_line).filter(|words| !words.is_empty()) {
                xml.text_element(name, &[], &words);
            }
        }
        if let Some(license) = book.license.as_deref().and_then(address) {
            xml.empty("link", &[("rel", "dcterms:license"), ("href", &license)]);
        }
        self.series(xml);
        if let Some(page) = self.fixed {
            rendition(xml, page);
        }
        self.page_source(xml);
        self.accessibility(xml);
    }

    /// Writes the series (EPUB 3.3, `belongs-to-collection`).
    fn series(&self, xml: &mut Xml) {
        let Some(series) = &self.book.series else { return };
        let id = "series";
        let attributes = [("property", "belongs-to-collection"), ("id", id)];
        xml.text_element("meta", &attributes, &one_line(&series.name));
        refine(xml, id, "collection-type", None, "series");
        if let Some(number) = series.position() {
            refine(xml, id, "group-position", None, number);
        }
    }

    /// Writes the source of the page numbers (EPUB Accessibility 1.1, 3.4): as a property, and
    /// for older reading systems as a refined source.
    fn page_source(&self, xml: &mut Xml) {
        if !self.has_pages {
            if let Some(source) = &self.book.source {
                xml.text_element("dc:source", &[], &one_line(source));
            }
            return;
        }
        if self.mirrors_print {
            let urn = one_line(&self.book.editions.print.urn());
            xml.text_element("dc:source", &[("id", "print")], &urn);
            refine(xml, "print", "source-of", None, "pagination");
            property(xml, "pageBreakSource", &urn);
        } else {
            if let Some(source) = &self.book.source {
                xml.text_element("dc:source", &[], &one_line(source));
            }
            property(xml, "pageBreakSource", "none");
        }
    }

    fn accessibility(&self, xml: &mut Xml) {
        let access = self.accessibility;
        for mode in &access.modes {
            property(xml, "schema:accessMode", mode);
        }
        for set in &access.sufficient {
            property(xml, "schema:accessModeSufficient", set);
        }
        for feature in &access.features {
            property(xml, "schema:accessibilityFeature", feature);
        }
        // Still pictures have no flashing, motion or sound.
        property(xml, "schema:accessibilityHazard", "none");
        let (summary, language) = &access.summary;
        let attributes = [("property", "schema:accessibilitySummary"), ("xml:lang", *language)];
        let foreign = self.book.language.primary() != *language;
        xml.text_element("meta", if foreign { &attributes } else { &attributes[..1] }, summary);
        if let Some(name) = &access.certified_by {
            property(xml, "dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA");
            property(xml, "a11y:certifiedBy", &one_line(name));
        }
    }
}

/// Writes the properties of fixed layout: pre-paginated, shown as spreads where there is room
/// (EPUB 3.3, 8.2); and the equivalents for Kindle, which require the page size.
fn rendition(xml: &mut Xml, page: Pixels) {
    property(xml, "rendition:layout", "pre-paginated");
    property(xml, "rendition:orientation", "auto");
    property(xml, "rendition:spread", "auto");
    let size = format!("{}x{}", page.width, page.height);
    for (name, content) in [("fixed-layout", "true"), ("original-resolution", &size)] {
        xml.empty("meta", &[("name", name), ("content", content)]);
    }
}

fn property(xml: &mut Xml, name: &str, value: &str) {
    xml.text_element("meta", &[("property", name)], value);
}

fn refine(xml: &mut Xml, id: &str, property: &str, scheme: Option<&str>, value: &str) {
    let target = format!("#{id}");
    let mut attributes = vec![("refines", target.as_str()), ("property", property)];
    attributes.extend(scheme.map(|scheme| ("scheme", scheme)));
    xml.text_element("meta", &attributes, value);
}
