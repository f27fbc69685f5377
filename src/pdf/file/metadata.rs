//! Writes the file's metadata twice: as XMP and as the older information dictionary, with the same
//! values.

use std::fmt::{self, Write as _};
use std::io::{self, Write};

use pdf_writer::types::TrappingStatus;
use pdf_writer::{Date, Name, Ref, TextStr};
use sha2::{Digest, Sha256};
use time::{OffsetDateTime, UtcOffset};

use crate::model::{Book, PdfX, Standards, is_xml_char};
use crate::picture::{PressOptions, ScaleOptions};

use crate::pdf::file::object_writer::ObjectWriter;
use crate::pdf::options::{Options, PictureOptions};

/// The name and version of the program.
const PROGRAM: &str = concat!("recto ", env!("CARGO_PKG_VERSION"));

/// The file identifier: 16 bytes that depend on the book, the edition and the timestamp only.
pub(in crate::pdf) fn file_id(book: &Book, options: &Options<'_>) -> [u8; 16] {
    // The processor affects how photos are processed, but not the result.
    let Options { standard, marks, bleed, pictures, links, tagged, modified, guides, processor: _ } =
        options;
    let pictures = PictureDescription(pictures);
    let standard = describe_standard(*standard);
    let guides = if guides.is_empty() { "" } else { " guides" };
    digest(format_args!(
        "{}\n{}\n{standard} {marks:?} {bleed} {pictures} {links} {tagged}{guides}\n{}",
        book.identifier.urn(),
        book.title,
        modified.unix_timestamp(),
    ))
}

/// The standards as text. It is part of the identifier, too.
fn describe_standard(standards: Standards) -> String {
    match standards {
        Standards::X4 => "PdfX4".to_owned(),
        Standards::NONE => "None".to_owned(),
        other => other.to_string(),
    }
}

/// The options for photos as text. It is part of the identifier, so it must never change, not even
/// when a type or a field is renamed.
struct PictureDescription<'a>(&'a PictureOptions<'a>);

impl fmt::Display for PictureDescription<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            PictureOptions::Press(PressOptions { colour, profile, intent, compression }) => write!(
                f,
                "Press(Press {{ colour: {colour:?}, profile: {profile:?}, intent: {intent:?}, \
                 compression: {compression:?} }})"
            ),
            PictureOptions::Scaled(ScaleOptions { max_edge, max_pixels, quality }) => write!(
                f,
                "Scaled(Recipe {{ max_edge: {max_edge}, max_pixels: {max_pixels}, quality: \
                 {quality} }})"
            ),
        }
    }
}

/// The document identifier: 16 bytes that are the same for all editions of a book.
fn document_id(book: &Book) -> [u8; 16] {
    digest(format_args!("{}\n{}", book.identifier.urn(), book.title))
}

/// Takes the text piece by piece: that of a profile is many times as long as the profile.
fn digest(text: fmt::Arguments<'_>) -> [u8; 16] {
    struct Hasher(Sha256);

    impl fmt::Write for Hasher {
        fn write_str(&mut self, piece: &str) -> fmt::Result {
            self.0.update(piece.as_bytes());
            Ok(())
        }
    }

    let mut hasher = Hasher(Sha256::new());
    // The hasher takes everything.
    let _ = hasher.write_fmt(text);
    let hash = hasher.0.finalize();
    let mut id = [0; 16];
    id.iter_mut().zip(hash.iter()).for_each(|(to, from)| *to = *from);
    id
}

/// Writes the information dictionary (ISO 32000-2, 14.3.3; ISO 15930-7, 6.4).
pub(in crate::pdf) fn write_info<W: Write>(
    id: Ref,
    book: &Book,
    options: &Options<'_>,
    writer: &mut ObjectWriter<'_, W>,
) -> io::Result<()> {
    writer.object(id, |chunk| {
        let mut info = chunk.indirect(id).start::<pdf_writer::writers::DocumentInfo<'_>>();
        info.title(TextStr(&book.title));
        let author = authors(book).join(", ");
        if !author.is_empty() {
            info.author(TextStr(&author));
        }
        if let Some(description) = &book.description {
            info.subject(TextStr(description));
        }
        if !book.subjects.is_empty() {
            info.keywords(TextStr(&book.subjects.join(", ")));
        }
        info.creator(TextStr(PROGRAM)).producer(TextStr(PROGRAM));
        info.creation_date(date(options.modified)).modified_date(date(options.modified));
        info.trapped(TrappingStatus::NotTrapped);
        if let Some((version, conformance)) = x1a_names(options.standard) {
            info.pair(Name(b"GTS_PDFXVersion"), TextStr(version));
            info.pair(Name(b"GTS_PDFXConformance"), TextStr(conformance));
        }
    })
}

/// What a PDF/X-1a file says of its version and its conformance (ISO 15930-1, 6.13; ISO 15930-4,
/// 6.13).
fn x1a_names(standards: Standards) -> Option<(&'static str, &'static str)> {
    match standards.x? {
        PdfX::X4 => None,
        PdfX::X1a2001 => Some(("PDF/X-1:2001", "PDF/X-1a:2001")),
        PdfX::X1a2003 => Some(("PDF/X-1a:2003", "PDF/X-1a:2003")),
    }
}

/// Writes the XMP packet, uncompressed, so that programs find it without parsing the PDF (ISO
/// 16684-1).
pub(in crate::pdf) fn write_xmp<W: Write>(
    id: Ref,
    book: &Book,
    options: &Options<'_>,
    writer: &mut ObjectWriter<'_, W>,
) -> io::Result<()> {
    let packet = packet(book, options);
    writer.object(id, |chunk| {
        let mut stream = chunk.stream(id, packet.as_bytes());
        stream.pair(Name(b"Type"), Name(b"Metadata")).pair(Name(b"Subtype"), Name(b"XML"));
    })
}

fn packet(book: &Book, options: &Options<'_>) -> String {
    let mut xmp = XmpPacket::default();
    let instance = uuid(file_id(book, options));
    let timestamp = timestamp(options.modified);
    let standards = options.standard;

    xmp.alternative("dc:title", &book.title);
    xmp.array("dc:creator", "Seq", &authors(book));
    if let Some(publisher) = &book.publisher {
        xmp.array("dc:publisher", "Bag", &[publisher]);
    }
    if let Some(description) = &book.description {
        xmp.alternative("dc:description", description);
    }
    if let Some(rights) = &book.rights {
        xmp.alternative("dc:rights", rights);
    }
    if let Some(date) = book.date {
        xmp.array("dc:date", "Seq", &[&date.to_string()]);
    }
    xmp.array("dc:subject", "Bag", &book.subjects);
    let others = book.translations.iter().map(|translation| translation.language.tag());
    let languages: Vec<&str> = std::iter::once(book.language.tag()).chain(others).collect();
    xmp.array("dc:language", "Bag", &languages);
    let editions = &book.editions;
    let identifier = if options.links { &editions.screen } else { &editions.print };
    xmp.value("dc:identifier", &identifier.urn());
    xmp.value("dc:format", "application/pdf");
    if book.rights.is_some() {
        xmp.value("xmpRights:Marked", "True");
    }
    if let Some(license) = &book.license {
        xmp.value("xmpRights:WebStatement", license);
    }
    xmp.value("xmp:CreatorTool", PROGRAM);
    for property in ["xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"] {
        xmp.value(property, &timestamp);
    }
    xmp.value("xmpMM:DocumentID", &uuid(document_id(book)));
    xmp.value("xmpMM:InstanceID", &instance);
    if !standards.is_none() {
        xmp.value("xmpMM:VersionID", "1");
        xmp.value("xmpMM:RenditionClass", "default");
    }
    xmp.value("pdf:Producer", PROGRAM);
    if !book.subjects.is_empty() {
        xmp.value("pdf:Keywords", &book.subjects.join(", "));
    }
    xmp.value("pdf:Trapped", "False");
    if standards.x == Some(PdfX::X4) {
        xmp.value("pdfxid:GTS_PDFXVersion", "PDF/X-4");
    }
    if let Some((version, conformance)) = x1a_names(standards) {
        xmp.value("pdfx:GTS_PDFXVersion", version);
        xmp.value("pdfx:GTS_PDFXConformance", conformance);
    }
    if standards.a2b {
        xmp.value("pdfaid:part", "2");
        xmp.value("pdfaid:conformance", "B");
    }
    if standards.ua1 {
        xmp.value("pdfuaid:part", "1");
    }
    if standards.a2b {
        xmp.extension_schemas();
    }
    xmp.finish()
}

/// The names of all creators, in the manifest's order.
fn authors(book: &Book) -> Vec<&str> {
    book.creators.iter().map(|creator| creator.name.as_str()).collect()
}

fn uuid(bytes: [u8; 16]) -> String {
    let mut text = String::from("uuid:");
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// A timestamp in UTC, to the second; the information dictionary has no finer precision, and the
/// two must agree.
fn timestamp(timestamp: OffsetDateTime) -> String {
    let utc = timestamp.to_offset(UtcOffset::UTC);
    let (hour, minute, second) = utc.to_hms();
    let (year, month, day) = (utc.year().max(0), u8::from(utc.month()), utc.day());
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

fn date(timestamp: OffsetDateTime) -> Date {
    let utc = timestamp.to_offset(UtcOffset::UTC);
    let (hour, minute, second) = utc.to_hms();
    Date::new(u16::try_from(utc.year()).unwrap_or_default())
        .month(u8::from(utc.month()))
        .day(utc.day())
        .hour(hour)
        .minute(minute)
        .second(second)
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

/// The namespace of RDF, in which XMP is written.
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// A property that PDF/A does not know, and what it is.
struct ExtensionProperty {
    prefix: &'static str,
    name: &'static str,
    value_type: &'static str,
    /// The name of its schema.
    schema: &'static str,
    description: &'static str,
}

/// The properties that a PDF/A file must describe in order to have them (ISO 19005-2, 6.6.2.3).
/// Each is the only one of its schema here.
const EXTENSIONS: [ExtensionProperty; 3] = [
    ExtensionProperty {
        prefix: "pdf",
        name: "Trapped",
        value_type: "Boolean",
        schema: "Adobe PDF",
        description: "Whether the document has been trapped",
    },
    ExtensionProperty {
        prefix: "pdfxid",
        name: "GTS_PDFXVersion",
        value_type: "Text",
        schema: "PDF/X identification",
        description: "The PDF/X standard to which the document conforms",
    },
    ExtensionProperty {
        prefix: "pdfuaid",
        name: "part",
        value_type: "Integer",
        schema: "PDF/UA identification",
        description: "The part of ISO 14289 to which the document conforms",
    },
];

/// The namespaces of all properties.
const NAMESPACES: [(&str, &str); 13] = [
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"),
    ("pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"),
    ("pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"),
    ("pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
    ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
    ("pdfx", "http://ns.adobe.com/pdfx/1.3/"),
    ("pdfxid", "http://www.npes.org/pdfx/ns/id/"),
    ("rdf", RDF),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("xmpMM", "http://ns.adobe.com/xap/1.0/mm/"),
    ("xmpRights", "http://ns.adobe.com/xap/1.0/rights/"),
];

/// An XMP packet under construction.
#[derive(Default)]
struct XmpPacket {
    properties: String,
}

impl XmpPacket {
    fn value(&mut self, property: &str, value: &str) {
        let _ = writeln!(self.properties, "<{property}>{}</{property}>", escaped(value));
    }

    /// A text with language alternatives, of which only the default is given.
    fn alternative(&mut self, property: &str, value: &str) {
        let _ = writeln!(
            self.properties,
            "<{property}><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></{property}>",
            escaped(value)
        );
    }

    /// An ordered (`Seq`) or unordered (`Bag`) array; an empty one is left out.
    fn array(&mut self, property: &str, kind: &str, values: &[impl AsRef<str>]) {
        if values.is_empty() {
            return;
        }
        let _ = write!(self.properties, "<{property}><rdf:{kind}>");
        for value in values {
            let _ = write!(self.properties, "<rdf:li>{}</rdf:li>", escaped(value.as_ref()));
        }
        let _ = writeln!(self.properties, "</rdf:{kind}></{property}>");
    }

    /// Describes the properties that the packet has and PDF/A does not know. The form is that of
    /// ISO 19005-2, 6.6.2.3.3.
    fn extension_schemas(&mut self) {
        let mut schemas = String::new();
        for ExtensionProperty { prefix, name, value_type, schema, description } in EXTENSIONS {
            if !self.properties.contains(&format!("<{prefix}:{name}>")) {
                continue;
            }
            let namespace = NAMESPACES.into_iter().find(|(known, _)| *known == prefix);
            let namespace = namespace.map_or("", |(_, namespace)| namespace);
            let _ = write!(
                schemas,
                "<rdf:li rdf:parseType=\"Resource\">\n\
                 <pdfaSchema:schema>{schema}</pdfaSchema:schema>\n\
                 <pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>\n\
                 <pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>\n\
                 <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n\
                 <pdfaProperty:name>{name}</pdfaProperty:name>\n\
                 <pdfaProperty:valueType>{value_type}</pdfaProperty:valueType>\n\
                 <pdfaProperty:category>internal</pdfaProperty:category>\n\
                 <pdfaProperty:description>{description}</pdfaProperty:description>\n\
                 </rdf:li></rdf:Seq></pdfaSchema:property>\n</rdf:li>\n"
            );
        }
        if !schemas.is_empty() {
            let _ = writeln!(
                self.properties,
                "<pdfaExtension:schemas><rdf:Bag>\n{schemas}</rdf:Bag></pdfaExtension:schemas>"
            );
        }
    }

    fn finish(self) -> String {
        let mut packet =
            String::from("<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
        packet.push_str("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf=\"");
        packet.push_str(RDF);
        packet.push_str("\">\n<rdf:Description rdf:about=\"\"");
        for (prefix, name) in NAMESPACES {
            if prefix != "rdf" && self.properties.contains(&format!("<{prefix}:")) {
                let _ = write!(packet, " xmlns:{prefix}=\"{name}\"");
            }
        }
        packet.push_str(">\n");
        packet.push_str(&self.properties);
        packet.push_str("</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
        packet
    }
}

/// Escapes markup in a text, and removes characters that XML 1.0 forbids.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            character if is_xml_char(character) => escaped.push(character),
            _ => {}
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_title_stays_text() {
        assert_eq!(escaped("A < B & C\u{1}"), "A &lt; B &amp; C");
    }
}
