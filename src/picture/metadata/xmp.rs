//! XMP (ISO 16684-1) inside pictures and beside them: which properties matter.

use crate::model::{Metadata, Sourced};

use super::rdf::{Alternatives, Namespace, XmpProperties};
use super::text;

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
pub(in super::super) enum SourceNames {
    /// The packet inside the picture.
    Packet,
    /// The file beside it.
    Sidecar,
}

/// A property and the two names of its source.
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
const TAKEN: [Field; 3] = [
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
    (Namespace::Xmp, "CreateDate", ["XMP xmp:CreateDate", "sidecar xmp:CreateDate"]),
];

/// The properties that make a place together, from the nearest to the farthest, and the two
/// names of their source. Where the camera stood goes before what it shows.
type PlaceProperties = ([(Namespace, &'static str); 3], [&'static str; 2]);
const PLACE: [PlaceProperties; 3] = [
    (
        [
            (Namespace::Core, "Location"),
            (Namespace::Photoshop, "City"),
            (Namespace::Photoshop, "Country"),
        ],
        [
            "XMP Iptc4xmpCore:Location, photoshop:City, photoshop:Country",
            "sidecar Iptc4xmpCore:Location, photoshop:City, photoshop:Country",
        ],
    ),
    (
        [
            (Namespace::Extension, "LocationCreated/Sublocation"),
            (Namespace::Extension, "LocationCreated/City"),
            (Namespace::Extension, "LocationCreated/CountryName"),
        ],
        ["XMP Iptc4xmpExt:LocationCreated", "sidecar Iptc4xmpExt:LocationCreated"],
    ),
    (
        [
            (Namespace::Extension, "LocationShown/Sublocation"),
            (Namespace::Extension, "LocationShown/City"),
            (Namespace::Extension, "LocationShown/CountryName"),
        ],
        ["XMP Iptc4xmpExt:LocationShown", "sidecar Iptc4xmpExt:LocationShown"],
    ),
];

/// Reads a packet and what extends it; what is damaged ends it.
pub(in super::super) fn read(packet: &[u8], extension: Option<&[u8]>, from: SourceNames) -> Xmp {
    let mut properties = XmpProperties::default();
    for packet in [Some(packet), extension].into_iter().flatten() {
        properties.add(&match packet {
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => text::utf16(packet, true),
            _ => String::from_utf8_lossy(packet).into_owned(),
        });
    }
    let finder = PropertyReader { properties: &properties, from };
    let orientation = properties.one(Namespace::Tiff, "Orientation");
    Xmp {
        metadata: Metadata {
            caption: finder.first(&CAPTION),
            headline: finder.first(&HEADLINE),
            alt: finder.first(&ALT),
            creator: finder.all(&CREATOR),
            credit: finder.first(&CREDIT),
            rights: finder.first(&RIGHTS),
            license: finder.first(&LICENSE),
            place: PLACE.iter().find_map(|parts| finder.place(parts)),
            taken: TAKEN.iter().find_map(|field| finder.day(field)),
        },
        orientation: orientation.and_then(|found| found.value.parse().ok()),
        location: properties.any(Namespace::Exif, |name| {
            name.starts_with("GPS") && !matches!(name, "GPSVersionID" | "GPSTimeStamp")
        }),
    }
}

/// The identifier of the packet that extends this one (XMP part 3, 1.1.3.1).
pub(in super::super) fn extension(packet: &[u8]) -> Option<String> {
    let mut properties = XmpProperties::default();
    properties.add(&String::from_utf8_lossy(packet));
    Some(properties.one(Namespace::Note, "HasExtendedXMP")?.value)
}

/// Looks for fields among properties.
struct PropertyReader<'a> {
    properties: &'a XmpProperties,
    from: SourceNames,
}

impl PropertyReader<'_> {
    fn name(&self, [packet, sidecar]: [&'static str; 2]) -> &'static str {
        match self.from {
            SourceNames::Packet => packet,
            SourceNames::Sidecar => sidecar,
        }
    }

    /// The first that is there, with its translations.
    fn first(&self, fields: &[Field]) -> Option<Sourced> {
        fields.iter().find_map(|&(space, name, names)| {
            let Alternatives { value, translations } = self.properties.one(space, name)?;
            Some(Sourced { value, source: self.name(names), translations })
        })
    }

    /// All values of the first that is there.
    fn all(&self, fields: &[Field]) -> Option<Sourced> {
        fields.iter().find_map(|&(space, name, names)| {
            Some(Sourced::new(self.properties.all(space, name)?, self.name(names)))
        })
    }

    fn place(&self, (parts, names): &PlaceProperties) -> Option<Sourced> {
        let parts: Vec<String> = parts
            .iter()
            .filter_map(|&(space, name)| Some(self.properties.one(space, name)?.value))
            .collect();
        (!parts.is_empty()).then(|| Sourced::new(parts.join(", "), self.name(*names)))
    }

    fn day(&self, &(space, name, names): &Field) -> Option<Sourced> {
        let moment = self.properties.one(space, name)?.value;
        Some(Sourced::new(text::day(&moment)?, self.name(names)))
    }
}
