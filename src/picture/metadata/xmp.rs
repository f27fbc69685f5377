//! Maps the properties of XMP (ISO 16684-1) to metadata fields.

use crate::model::{Metadata, Sourced};

use super::rdf::{Alternatives, Namespace, XmpProperties};
use super::{DeviceNames, text};

/// The XMP metadata of a picture.
#[derive(Debug, Default)]
pub(in super::super) struct Xmp {
    pub(in super::super) metadata: Metadata,
    /// `tiff:Orientation`.
    pub(in super::super) orientation: Option<u32>,
    /// Whether it contains the location of the camera.
    pub(in super::super) location: bool,
    /// Whether there is any property.
    pub(super) has_properties: bool,
    /// `photoshop:SidecarForExtension`: the extension of the file that a sidecar is about.
    pub(super) sidecar_for_extension: Option<String>,
    /// `tiff:Make`, `tiff:Model` and `xmp:CreatorTool`.
    pub(in super::super) device: DeviceNames,
}

/// Where XMP comes from, which determines the names of its sources.
#[derive(Debug, Clone, Copy)]
pub(in super::super) enum XmpOrigin {
    /// A packet embedded in the picture.
    Packet,
    /// A sidecar file.
    Sidecar,
}

/// A property, and the names of its source for each origin.
type Field = (Namespace, &'static str, [&'static str; 2]);

const CAPTION: [Field; 3] = [
    (Namespace::Dc, "description", ["XMP dc:description", "sidecar dc:description"]),
    (
        Namespace::Tiff,
        "ImageDescription",
        ["XMP tiff:ImageDescription", "sidecar tiff:ImageDescription"],
    ),
    (Namespace::Exif, "UserComment", ["XMP exif:UserComment", "sidecar exif:UserComment"]),
];
const HEADLINE: [Field; 2] = [
    (Namespace::Photoshop, "Headline", ["XMP photoshop:Headline", "sidecar photoshop:Headline"]),
    (Namespace::Dc, "title", ["XMP dc:title", "sidecar dc:title"]),
];
const ALT: [Field; 2] = [
    (
        Namespace::Core,
        "AltTextAccessibility",
        ["XMP Iptc4xmpCore:AltTextAccessibility", "sidecar Iptc4xmpCore:AltTextAccessibility"],
    ),
    (
        Namespace::Core,
        "ExtDescrAccessibility",
        ["XMP Iptc4xmpCore:ExtDescrAccessibility", "sidecar Iptc4xmpCore:ExtDescrAccessibility"],
    ),
];
const CREATOR: [Field; 2] = [
    (Namespace::Dc, "creator", ["XMP dc:creator", "sidecar dc:creator"]),
    (Namespace::Tiff, "Artist", ["XMP tiff:Artist", "sidecar tiff:Artist"]),
];
const CREDIT: [Field; 1] =
    [(Namespace::Photoshop, "Credit", ["XMP photoshop:Credit", "sidecar photoshop:Credit"])];
const RIGHTS: [Field; 3] = [
    (Namespace::Dc, "rights", ["XMP dc:rights", "sidecar dc:rights"]),
    (Namespace::Tiff, "Copyright", ["XMP tiff:Copyright", "sidecar tiff:Copyright"]),
    (Namespace::Rights, "UsageTerms", ["XMP xmpRights:UsageTerms", "sidecar xmpRights:UsageTerms"]),
];
const LICENSE: [Field; 2] = [
    (Namespace::Cc, "license", ["XMP cc:license", "sidecar cc:license"]),
    (
        Namespace::Rights,
        "WebStatement",
        ["XMP xmpRights:WebStatement", "sidecar xmpRights:WebStatement"],
    ),
];
const KEYWORDS: Field = (Namespace::Dc, "subject", ["XMP dc:subject", "sidecar dc:subject"]);
const KEYWORD_PATHS: Field = (
    Namespace::Lightroom,
    "hierarchicalSubject",
    ["XMP lr:hierarchicalSubject", "sidecar lr:hierarchicalSubject"],
);
const PEOPLE: Field = (
    Namespace::Extension,
    "PersonInImage",
    ["XMP Iptc4xmpExt:PersonInImage", "sidecar Iptc4xmpExt:PersonInImage"],
);
const TAKEN: [Field; 2] = [
    (
        Namespace::Photoshop,
        "DateCreated",
        ["XMP photoshop:DateCreated", "sidecar photoshop:DateCreated"],
    ),
    (
        Namespace::Exif,
        "DateTimeOriginal",
        ["XMP exif:DateTimeOriginal", "sidecar exif:DateTimeOriginal"],
    ),
];
const DIGITIZED: [Field; 2] = [
    (
        Namespace::Exif,
        "DateTimeDigitized",
        ["XMP exif:DateTimeDigitized", "sidecar exif:DateTimeDigitized"],
    ),
    (Namespace::Xmp, "CreateDate", ["XMP xmp:CreateDate", "sidecar xmp:CreateDate"]),
];

/// The properties that together name a place, from the smallest to the largest unit, then the code
/// of the country for a place without its name, and the names of their source. The location of the camera takes precedence over the location shown.
type PlaceProperties = ([(Namespace, &'static str); 5], [&'static str; 2]);
const PLACE: [PlaceProperties; 3] = [
    (
        [
            (Namespace::Core, "Location"),
            (Namespace::Photoshop, "City"),
            (Namespace::Photoshop, "State"),
            (Namespace::Photoshop, "Country"),
            (Namespace::Core, "CountryCode"),
        ],
        [
            "XMP Iptc4xmpCore:Location, photoshop:City, photoshop:State, photoshop:Country",
            "sidecar Iptc4xmpCore:Location, photoshop:City, photoshop:State, photoshop:Country",
        ],
    ),
    (
        [
            (Namespace::Extension, "LocationCreated/Sublocation"),
            (Namespace::Extension, "LocationCreated/City"),
            (Namespace::Extension, "LocationCreated/ProvinceState"),
            (Namespace::Extension, "LocationCreated/CountryName"),
            (Namespace::Extension, "LocationCreated/CountryCode"),
        ],
        ["XMP Iptc4xmpExt:LocationCreated", "sidecar Iptc4xmpExt:LocationCreated"],
    ),
    (
        [
            (Namespace::Extension, "LocationShown/Sublocation"),
            (Namespace::Extension, "LocationShown/City"),
            (Namespace::Extension, "LocationShown/ProvinceState"),
            (Namespace::Extension, "LocationShown/CountryName"),
            (Namespace::Extension, "LocationShown/CountryCode"),
        ],
        ["XMP Iptc4xmpExt:LocationShown", "sidecar Iptc4xmpExt:LocationShown"],
    ),
];

/// Reads a packet and its extension, up to the first syntax error.
pub(in super::super) fn read(packet: &[u8], extension: Option<&[u8]>, from: XmpOrigin) -> Xmp {
    let mut properties = XmpProperties::default();
    for packet in [Some(packet), extension].into_iter().flatten() {
        properties.add(&match packet {
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => text::utf16(packet, true),
            _ => String::from_utf8_lossy(packet).into_owned(),
        });
    }
    let reader = PropertyReader { properties: &properties, from };
    let text = |space, name| Some(properties.localized(space, name)?.value.text);
    Xmp {
        metadata: Metadata {
            caption: reader.first(&CAPTION),
            headline: reader.first(&HEADLINE),
            alt: reader.first(&ALT),
            creator: reader.joined(&CREATOR),
            credit: reader.first(&CREDIT),
            rights: reader.first(&RIGHTS),
            license: reader.first(&LICENSE),
            place: PLACE.iter().find_map(|parts| reader.place(parts)),
            keywords: reader.each(&KEYWORDS),
            keyword_paths: reader.each(&KEYWORD_PATHS),
            people: reader.each(&PEOPLE),
            taken: TAKEN.iter().find_map(|field| reader.date(field)),
            time: TAKEN.iter().find_map(|field| reader.time(field)),
            digitized: DIGITIZED.iter().find_map(|field| reader.date(field)),
        },
        orientation: text(Namespace::Tiff, "Orientation").and_then(|value| value.parse().ok()),
        has_properties: !properties.is_empty(),
        sidecar_for_extension: text(Namespace::Photoshop, "SidecarForExtension"),
        device: DeviceNames {
            make: text(Namespace::Tiff, "Make"),
            model: text(Namespace::Tiff, "Model"),
            software: text(Namespace::Xmp, "CreatorTool"),
        },
        location: properties.has_property(Namespace::Exif, |name| {
            name.starts_with("GPS") && !matches!(name, "GPSVersionID" | "GPSTimeStamp")
        }),
    }
}

/// The identifier of the packet that extends this one (XMP part 3, 1.1.3.1).
pub(in super::super) fn extended_packet_id(packet: &[u8]) -> Option<String> {
    let mut properties = XmpProperties::default();
    properties.add(&String::from_utf8_lossy(packet));
    Some(properties.localized(Namespace::Note, "HasExtendedXMP")?.value.text)
}

/// Maps properties to metadata fields.
struct PropertyReader<'a> {
    properties: &'a XmpProperties,
    from: XmpOrigin,
}

impl PropertyReader<'_> {
    fn name(&self, [packet, sidecar]: [&'static str; 2]) -> &'static str {
        match self.from {
            XmpOrigin::Packet => packet,
            XmpOrigin::Sidecar => sidecar,
        }
    }

    /// The first property that is present, with its translations.
    fn first(&self, fields: &[Field]) -> Option<Sourced> {
        fields.iter().find_map(|&(space, name, names)| {
            let Alternatives { value, translations } = self.properties.localized(space, name)?;
            Some(Sourced { translations, ..value.with_source(self.name(names)) })
        })
    }

    /// All values of the first property that is present.
    fn joined(&self, fields: &[Field]) -> Option<Sourced> {
        fields.iter().find_map(|&(space, name, names)| {
            Some(self.properties.joined(space, name)?.with_source(self.name(names)))
        })
    }

    /// All values of a property.
    fn each(&self, &(space, name, names): &Field) -> Vec<Sourced> {
        let values = self.properties.each(space, name).into_iter();
        values.map(|value| value.with_source(self.name(names))).collect()
    }

    fn place(&self, (parts, names): &PlaceProperties) -> Option<Sourced> {
        let value = |(space, name)| Some(self.properties.localized(space, name)?.value);
        let [sublocation, city, state, country, code] = parts.map(value);
        let place = text::place([sublocation, city, state, country.or(code)])?;
        Some(place.with_source(self.name(*names)))
    }

    /// The time of day of a timestamp.
    fn time(&self, &(space, name, _): &Field) -> Option<String> {
        let moment = self.properties.localized(space, name)?.value.text;
        text::date(&moment)?;
        text::time(moment.split_once(['T', ' '])?.1)
    }

    fn date(&self, &(space, name, names): &Field) -> Option<Sourced> {
        let moment = self.properties.localized(space, name)?.value.text;
        Some(Sourced::new(text::date(&moment)?, self.name(names)))
    }
}
