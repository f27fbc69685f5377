//! XMP (ISO 16684-1): properties in RDF/XML, inside pictures and beside them.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{NamespaceResolver, ResolveResult};
use quick_xml::reader::NsReader;

use crate::model::{Metadata, Sourced};

use super::text;

/// RDF nested deeper than this is not read.
const MOST_NESTED: usize = 64;

/// What was found in the properties.
#[derive(Debug, Default)]
pub(in super::super) struct Xmp {
    pub(in super::super) metadata: Metadata,
    /// `tiff:Orientation`.
    pub(in super::super) orientation: Option<u32>,
    /// Whether it says where the picture was taken.
    pub(in super::super) location: bool,
}

/// Which names to give as the source of what was found.
#[derive(Debug, Clone, Copy)]
pub(in super::super) enum From {
    /// The packet inside the picture.
    Packet,
    /// The file beside it.
    Sidecar,
}

/// Reads a packet; what is damaged ends it.
pub(in super::super) fn read(packet: &[u8], from: From) -> Xmp {
    let packet = match packet {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => text::utf16(packet, true),
        _ => String::from_utf8_lossy(packet).into_owned(),
    };
    let properties = Properties::parse(&packet);
    let named = |packet, sidecar| match from {
        From::Packet => packet,
        From::Sidecar => sidecar,
    };
    let sourced = |value: Option<String>, packet, sidecar| {
        Some(Sourced { value: value?, source: named(packet, sidecar) })
    };
    let day = |space, name| properties.one(space, name).and_then(|moment| text::day(&moment));
    let place: Vec<String> =
        [(Space::Core, "Location"), (Space::Photoshop, "City"), (Space::Photoshop, "Country")]
            .into_iter()
            .filter_map(|(space, name)| properties.one(space, name))
            .collect();
    let place = (!place.is_empty()).then(|| place.join(", "));
    let metadata = Metadata {
        caption: sourced(
            properties.one(Space::Dc, "description"),
            "XMP dc:description",
            "sidecar dc:description",
        ),
        headline: sourced(
            properties.one(Space::Photoshop, "Headline"),
            "XMP photoshop:Headline",
            "sidecar photoshop:Headline",
        ),
        alt: sourced(
            properties.one(Space::Core, "AltTextAccessibility"),
            "XMP Iptc4xmpCore:AltTextAccessibility",
            "sidecar Iptc4xmpCore:AltTextAccessibility",
        ),
        creator: sourced(
            properties.all(Space::Dc, "creator"),
            "XMP dc:creator",
            "sidecar dc:creator",
        ),
        credit: sourced(
            properties.one(Space::Photoshop, "Credit"),
            "XMP photoshop:Credit",
            "sidecar photoshop:Credit",
        ),
        rights: sourced(properties.one(Space::Dc, "rights"), "XMP dc:rights", "sidecar dc:rights"),
        place: sourced(
            place,
            "XMP Iptc4xmpCore:Location, photoshop:City, photoshop:Country",
            "sidecar Iptc4xmpCore:Location, photoshop:City, photoshop:Country",
        ),
        taken: sourced(
            day(Space::Photoshop, "DateCreated"),
            "XMP photoshop:DateCreated",
            "sidecar photoshop:DateCreated",
        )
        .or_else(|| {
            sourced(
                day(Space::Exif, "DateTimeOriginal"),
                "XMP exif:DateTimeOriginal",
                "sidecar exif:DateTimeOriginal",
            )
        })
        .or_else(|| {
            sourced(day(Space::Xmp, "CreateDate"), "XMP xmp:CreateDate", "sidecar xmp:CreateDate")
        }),
    };
    let orientation = properties.one(Space::Tiff, "Orientation");
    Xmp {
        metadata,
        orientation: orientation.and_then(|value| value.parse().ok()),
        location: properties.list.iter().any(|property| {
            property.space == Space::Exif
                && property.name.starts_with("GPS")
                && !matches!(&*property.name, "GPSVersionID" | "GPSTimeStamp")
        }),
    }
}

/// The namespaces that matter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Space {
    Rdf,
    Xml,
    Dc,
    Photoshop,
    Xmp,
    Tiff,
    Exif,
    /// IPTC Core.
    Core,
    Other,
}

impl Space {
    fn of(result: &ResolveResult) -> Self {
        let name = match result {
            ResolveResult::Bound(namespace) => namespace.0,
            // Some programs forget to declare what everybody knows.
            ResolveResult::Unknown(prefix) => prefix,
            ResolveResult::Unbound => return Self::Other,
        };
        match name {
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#" | "rdf" => Self::Rdf,
            "http://www.w3.org/XML/1998/namespace" => Self::Xml,
            "http://purl.org/dc/elements/1.1/" | "dc" => Self::Dc,
            "http://ns.adobe.com/photoshop/1.0/" | "photoshop" => Self::Photoshop,
            "http://ns.adobe.com/xap/1.0/" | "xmp" | "xap" => Self::Xmp,
            "http://ns.adobe.com/tiff/1.0/" | "tiff" => Self::Tiff,
            "http://ns.adobe.com/exif/1.0/" | "exif" => Self::Exif,
            "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" | "Iptc4xmpCore" => Self::Core,
            _ => Self::Other,
        }
    }
}

#[derive(Debug)]
struct Property {
    space: Space,
    name: String,
    /// The values with their languages, in the order of the file.
    values: Vec<(Option<String>, String)>,
}

#[derive(Debug, Default)]
struct Properties {
    list: Vec<Property>,
}

/// Where the reader stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// Around the descriptions.
    Outside,
    /// `rdf:Description`, whose attributes and children are properties.
    Description,
    /// A property.
    Property,
    /// An item of a property's array.
    Item,
    /// Anything else inside a property.
    Inside,
}

impl Properties {
    /// The value in the default language, else the first.
    fn one(&self, space: Space, name: &str) -> Option<String> {
        let values = || {
            let wanted = |property: &&Property| property.space == space && property.name == name;
            self.list.iter().filter(wanted).flat_map(|property| &property.values)
        };
        values()
            .find(|(language, _)| language.as_deref() == Some("x-default"))
            .and_then(|(_, value)| text::clean(value))
            .or_else(|| values().find_map(|(_, value)| text::clean(value)))
    }

    /// All values, joined by commas.
    fn all(&self, space: Space, name: &str) -> Option<String> {
        let wanted = |property: &&Property| property.space == space && property.name == name;
        let values: Vec<String> = self
            .list
            .iter()
            .filter(wanted)
            .flat_map(|property| &property.values)
            .filter_map(|(_, value)| text::clean(value))
            .collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    fn parse(packet: &str) -> Self {
        let mut reader = NsReader::from_str(packet.trim_matches(['\0', '\u{FEFF}']));
        reader.config_mut().check_end_names = false;
        reader.config_mut().expand_empty_elements = true;
        let mut found = Self::default();
        let mut levels = vec![Level::Outside];
        let mut value = String::new();
        let mut language = None;
        while let Ok((space, event)) = reader.read_resolved_event() {
            let space = Space::of(&space);
            let level = levels.last().copied().unwrap_or(Level::Outside);
            match event {
                Event::Start(start) => {
                    if levels.len() == MOST_NESTED {
                        break;
                    }
                    let name = start.local_name();
                    let next = match level {
                        Level::Outside if space == Space::Rdf && name.as_ref() == "Description" => {
                            found.attributes(&start, reader.resolver_mut());
                            Level::Description
                        }
                        Level::Outside => Level::Outside,
                        Level::Description => {
                            let name = name.as_ref().to_owned();
                            found.list.push(Property { space, name, values: Vec::new() });
                            value.clear();
                            Level::Property
                        }
                        _ if space == Space::Rdf && name.as_ref() == "li" => {
                            value.clear();
                            language = self::language(&start, reader.resolver_mut());
                            Level::Item
                        }
                        _ => Level::Inside,
                    };
                    levels.push(next);
                }
                Event::End(_) => {
                    levels.pop();
                    let Some(property) = found.list.last_mut() else { continue };
                    if level == Level::Item {
                        property.values.push((language.take(), std::mem::take(&mut value)));
                    } else if level == Level::Property && property.values.is_empty() {
                        property.values.push((None, std::mem::take(&mut value)));
                    }
                }
                Event::Text(text) => value.push_str(&text.xml10_content()),
                Event::CData(text) => value.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => value.extend(character(&reference)),
                Event::Eof => break,
                _ => {}
            }
        }
        found
    }

    /// Simple properties may be written as attributes (ISO 16684-1, 7.9.2.2).
    fn attributes(&mut self, start: &BytesStart, resolver: &NamespaceResolver) {
        for attribute in start.attributes().with_checks(false).flatten() {
            let (space, name) = resolver.resolve_attribute(attribute.key);
            let space = Space::of(&space);
            if matches!(space, Space::Rdf | Space::Xml | Space::Other) {
                continue;
            }
            let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else { continue };
            let name = name.as_ref().to_owned();
            self.list.push(Property { space, name, values: vec![(None, value.into_owned())] });
        }
    }
}

/// The `xml:lang` of an item.
fn language(start: &BytesStart, resolver: &NamespaceResolver) -> Option<String> {
    start.attributes().with_checks(false).flatten().find_map(|attribute| {
        let (space, name) = resolver.resolve_attribute(attribute.key);
        if Space::of(&space) != Space::Xml || name.as_ref() != "lang" {
            return None;
        }
        Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
    })
}

/// What an entity or a character reference stands for.
fn character(reference: &BytesRef) -> Option<char> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character);
    }
    resolve_predefined_entity(reference).and_then(|text| text.chars().next())
}
