//! Parses the properties of XMP packets (ISO 16684-1, 7).

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{NamespaceResolver, ResolveResult};
use quick_xml::reader::NsReader;

use super::text;
use super::text::DecodedText;

/// RDF that is nested more deeply is not read.
const MAX_DEPTH: usize = 64;

/// The namespaces of the properties that are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Namespace {
    Rdf,
    Xml,
    Dc,
    Photoshop,
    Xmp,
    /// `xmpRights`.
    Rights,
    /// Creative Commons.
    Cc,
    Tiff,
    Exif,
    /// IPTC Core.
    Core,
    /// IPTC Extension.
    Extension,
    /// `lr`: Lightroom.
    Lightroom,
    /// `xmpNote`.
    Note,
    Other,
}

impl Namespace {
    fn from_result(result: &ResolveResult) -> Self {
        let name = match result {
            ResolveResult::Bound(namespace) => namespace.0,
            // Some programs do not declare well-known prefixes.
            ResolveResult::Unknown(prefix) => prefix,
            ResolveResult::Unbound => return Self::Other,
        };
        match name {
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#" | "rdf" => Self::Rdf,
            "http://www.w3.org/XML/1998/namespace" => Self::Xml,
            "http://purl.org/dc/elements/1.1/" | "dc" => Self::Dc,
            "http://ns.adobe.com/photoshop/1.0/" | "photoshop" => Self::Photoshop,
            "http://ns.adobe.com/xap/1.0/" | "xmp" | "xap" => Self::Xmp,
            "http://ns.adobe.com/xap/1.0/rights/" | "xmpRights" | "xapRights" => Self::Rights,
            "http://creativecommons.org/ns#" | "http://web.resource.org/cc/" | "cc" => Self::Cc,
            "http://ns.adobe.com/tiff/1.0/" | "tiff" => Self::Tiff,
            "http://ns.adobe.com/exif/1.0/" | "exif" => Self::Exif,
            "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" | "Iptc4xmpCore" => Self::Core,
            "http://iptc.org/std/Iptc4xmpExt/2008-02-29/" | "Iptc4xmpExt" => Self::Extension,
            "http://ns.adobe.com/lightroom/1.0/" | "lr" => Self::Lightroom,
            "http://ns.adobe.com/xmp/note/" | "xmpNote" => Self::Note,
            _ => Self::Other,
        }
    }
}

/// A value with its translations.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Alternatives {
    pub(super) value: DecodedText,
    pub(super) translations: Vec<(String, String)>,
}

#[derive(Debug)]
struct XmpProperty {
    space: Namespace,
    /// The name; for a field of a structure, the structure's name, a slash and the field's name.
    name: String,
    /// The values with their languages, in file order.
    values: Vec<(Option<String>, String)>,
}

/// The properties of the packets of one picture.
#[derive(Debug, Default)]
pub(super) struct XmpProperties {
    list: Vec<XmpProperty>,
}

/// The position of the parser in the structure of RDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RdfLevel {
    /// Outside of descriptions.
    Outside,
    /// `rdf:Description`, whose attributes and children are properties.
    Description,
    /// A property.
    Property,
    /// An item of a property's array.
    Item,
    /// A field of a structure.
    Field,
    /// Any other element inside a property.
    Nested,
}

impl XmpProperties {
    fn values(
        &self,
        space: Namespace,
        name: &str,
    ) -> impl Iterator<Item = (Option<&str>, DecodedText)> {
        self.list
            .iter()
            .filter(move |property| property.space == space && property.name == name)
            .flat_map(|property| &property.values)
            .filter_map(|(language, value)| {
                Some((language.as_deref(), text::clean(value.clone())?))
            })
    }

    /// The value in the default language, else the first one, and the values in other languages.
    pub(super) fn localized(&self, space: Namespace, name: &str) -> Option<Alternatives> {
        let values: Vec<_> = self.values(space, name).collect();
        let default = values.iter().find(|(language, _)| *language == Some("x-default"));
        let text = default.or(values.first())?.1.text.clone();
        let encoding = values.iter().map(|(_, value)| value.encoding).max()?;
        let translations = values
            .into_iter()
            .filter_map(|(language, value)| Some((language?.to_owned(), value.text)))
            .filter(|(language, _)| language != "x-default")
            .collect();
        Some(Alternatives { value: DecodedText { text, encoding }, translations })
    }

    /// All values, joined by commas.
    pub(super) fn joined(&self, space: Namespace, name: &str) -> Option<DecodedText> {
        let values: Vec<_> = self.values(space, name).map(|(_, value)| value).collect();
        DecodedText::join(&values, ", ")
    }

    /// All values.
    pub(super) fn each(&self, space: Namespace, name: &str) -> Vec<DecodedText> {
        self.values(space, name).map(|(_, value)| value).collect()
    }

    /// Whether there are no properties.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether there is a property whose name satisfies `predicate`.
    pub(super) fn has_property(&self, space: Namespace, predicate: impl Fn(&str) -> bool) -> bool {
        self.list.iter().any(|property| property.space == space && predicate(&property.name))
    }

    /// Adds the properties of a packet, up to the first syntax error.
    pub(super) fn add(&mut self, packet: &str) {
        let mut reader = NsReader::from_str(packet.trim_matches(['\0', '\u{FEFF}']));
        reader.config_mut().check_end_names = false;
        reader.config_mut().expand_empty_elements = true;
        let mut levels = vec![RdfLevel::Outside];
        let mut value = String::new();
        let mut language = None;
        while let Ok((space, event)) = reader.read_resolved_event() {
            let space = Namespace::from_result(&space);
            let level = levels.last().copied().unwrap_or(RdfLevel::Outside);
            match event {
                Event::Start(start) => {
                    if levels.len() == MAX_DEPTH {
                        break;
                    }
                    let name = start.local_name();
                    let name = name.as_ref();
                    let next = match level {
                        RdfLevel::Outside if space == Namespace::Rdf && name == "Description" => {
                            self.add_attributes(&start, reader.resolver_mut());
                            RdfLevel::Description
                        }
                        RdfLevel::Outside => RdfLevel::Outside,
                        RdfLevel::Description => {
                            let values = resource_attribute(&start, reader.resolver_mut());
                            let values = values.into_iter().map(|value| (None, value)).collect();
                            self.list.push(XmpProperty { space, name: name.to_owned(), values });
                            value.clear();
                            RdfLevel::Property
                        }
                        RdfLevel::Field | RdfLevel::Nested => RdfLevel::Nested,
                        _ if space == Namespace::Rdf && name == "li" => {
                            value.clear();
                            language = language_attribute(&start, reader.resolver_mut());
                            self.add_field_attributes(&start, reader.resolver_mut());
                            RdfLevel::Item
                        }
                        _ if space == Namespace::Rdf => {
                            self.add_field_attributes(&start, reader.resolver_mut());
                            level.nested()
                        }
                        RdfLevel::Item | RdfLevel::Property => {
                            self.add_field(name, None);
                            value.clear();
                            RdfLevel::Field
                        }
                    };
                    levels.push(next);
                }
                Event::End(_) => {
                    levels.pop();
                    let parent = levels.last().copied();
                    match level {
                        RdfLevel::Field => self.close_field(std::mem::take(&mut value)),
                        // A `Description` within an item is not an item of its own.
                        RdfLevel::Item if parent != Some(RdfLevel::Item) => {
                            if let Some(property) = self.current_property() {
                                let value = std::mem::take(&mut value);
                                property.values.push((language.take(), value));
                            }
                        }
                        RdfLevel::Property if parent == Some(RdfLevel::Description) => {
                            if let Some(property) = self.current_property()
                                && property.values.is_empty()
                            {
                                property.values.push((None, std::mem::take(&mut value)));
                            }
                        }
                        _ => {}
                    }
                }
                Event::Text(text) => value.push_str(&text.xml10_content()),
                Event::CData(text) => value.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => value.extend(character(&reference)),
                Event::Eof => break,
                _ => {}
            }
        }
    }

    /// The property that is being parsed; fields of its structures follow it in the list.
    fn current_property(&mut self) -> Option<&mut XmpProperty> {
        self.list.iter_mut().rev().find(|property| !property.name.contains('/'))
    }

    /// Adds a field of the structure that is being parsed.
    fn add_field(&mut self, name: &str, value: Option<String>) {
        if let Some(structure) = self.current_property() {
            let (space, name) = (structure.space, format!("{}/{name}", structure.name));
            let values = value.into_iter().map(|value| (None, value)).collect();
            self.list.push(XmpProperty { space, name, values });
        }
    }

    fn close_field(&mut self, value: String) {
        if let Some(field) = self.list.last_mut() {
            field.values.push((None, value));
        }
    }

    /// Simple properties may be written as attributes (ISO 16684-1, 7.9.2.2).
    fn add_attributes(&mut self, start: &BytesStart, resolver: &NamespaceResolver) {
        for (space, name, value) in property_attributes(start, resolver) {
            self.list.push(XmpProperty { space, name, values: vec![(None, value)] });
        }
    }

    /// The fields of a structure may be written as attributes too.
    fn add_field_attributes(&mut self, start: &BytesStart, resolver: &NamespaceResolver) {
        for (_, name, value) in property_attributes(start, resolver) {
            self.add_field(&name, Some(value));
        }
    }
}

impl RdfLevel {
    /// The level of an array or a description within a property or an item.
    fn nested(self) -> Self {
        match self {
            Self::Property => Self::Property,
            Self::Item => Self::Item,
            _ => Self::Nested,
        }
    }
}

/// The attributes that are properties or fields.
fn property_attributes(
    start: &BytesStart,
    resolver: &NamespaceResolver,
) -> Vec<(Namespace, String, String)> {
    let mut attributes = start.attributes();
    let named = attributes.with_checks(false).flatten().filter_map(|attribute| {
        let (space, name) = resolver.resolve_attribute(attribute.key);
        let space = Namespace::from_result(&space);
        if matches!(space, Namespace::Rdf | Namespace::Xml | Namespace::Other) {
            return None;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        Some((space, name.as_ref().to_owned(), value.into_owned()))
    });
    named.collect()
}

/// The URI of a property that has `rdf:resource` instead of a text.
fn resource_attribute(start: &BytesStart, resolver: &NamespaceResolver) -> Option<String> {
    attribute(start, resolver, Namespace::Rdf, "resource")
}

/// The `xml:lang` of an item.
fn language_attribute(start: &BytesStart, resolver: &NamespaceResolver) -> Option<String> {
    attribute(start, resolver, Namespace::Xml, "lang")
}

fn attribute(
    start: &BytesStart,
    resolver: &NamespaceResolver,
    wanted_space: Namespace,
    wanted_name: &str,
) -> Option<String> {
    start.attributes().with_checks(false).flatten().find_map(|attribute| {
        let (space, name) = resolver.resolve_attribute(attribute.key);
        if Namespace::from_result(&space) != wanted_space || name.as_ref() != wanted_name {
            return None;
        }
        Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
    })
}

/// The character of an entity or a character reference.
fn character(reference: &BytesRef) -> Option<char> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character);
    }
    resolve_predefined_entity(reference).and_then(|text| text.chars().next())
}
