//! Writes XMP packets for photos (ISO 16684-1): a packet of recto's own, never a part of the
//! photo's original one.

use std::fmt::Write;

use quick_xml::escape::escape;

use crate::model::{Language, RetainedMetadata, is_xml_char};

/// The signature of an APP1 segment with XMP (ISO 16684-3, 1.1.3).
const SIGNATURE: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// The maximum length of a segment's payload.
const MAX_SEGMENT: usize = 65_533;

/// The packet for the retained metadata, with texts in the language of the book; `None` if there is
/// none.
pub fn xmp_packet(metadata: &RetainedMetadata, language: &Language) -> Option<Vec<u8>> {
    let RetainedMetadata { creators, credit, rights, license, caption } = metadata;
    if *metadata == RetainedMetadata::default() {
        return None;
    }
    let mut xml = String::from(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\"\n \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n \
         xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\"\n \
         xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\">\n",
    );
    if !creators.is_empty() {
        let names: Vec<_> = creators.iter().map(|name| escaped(name)).collect();
        let names = names.join("</rdf:li><rdf:li>");
        write_property(
            &mut xml,
            "dc:creator",
            &format!("<rdf:Seq><rdf:li>{names}</rdf:li></rdf:Seq>"),
        );
    }
    if let Some(credit) = credit {
        write_property(&mut xml, "photoshop:Credit", &escaped(credit));
    }
    if let Some(rights) = rights {
        write_property(&mut xml, "dc:rights", &alternatives(rights, language));
    }
    if rights.is_some() || license.is_some() {
        write_property(&mut xml, "xmpRights:Marked", "True");
    }
    if let Some(license) = license {
        write_property(&mut xml, "xmpRights:WebStatement", &escaped(license));
        write_property(&mut xml, "xmpRights:UsageTerms", &alternatives(license, language));
    }
    if let Some(caption) = caption {
        write_property(&mut xml, "dc:description", &alternatives(caption, language));
    }
    xml.push_str("</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
    Some(xml.into_bytes())
}

/// Adds the retained metadata, if there is any, to a JPEG.
pub fn with_retained_metadata(
    jpeg: Vec<u8>,
    metadata: &RetainedMetadata,
    language: &Language,
) -> Vec<u8> {
    match xmp_packet(metadata, language) {
        Some(packet) => with_xmp_packet(jpeg, &packet),
        None => jpeg,
    }
}

/// Inserts a packet after the header of a JPEG. A packet that is too long for a segment, which
/// takes a caption of ten thousand words, is left out.
fn with_xmp_packet(jpeg: Vec<u8>, packet: &[u8]) -> Vec<u8> {
    let length = SIGNATURE.len() + packet.len();
    if length > MAX_SEGMENT || !jpeg.starts_with(&[0xFF, 0xD8]) {
        return jpeg;
    }
    // JFIF requires its own segment to be the first.
    let after = match jpeg[2..] {
        [0xFF, 0xE0, high, low, ..] => 4 + usize::from(u16::from_be_bytes([high, low])),
        _ => 2,
    };
    let after = after.min(jpeg.len());
    let size = u16::try_from(length + 2).unwrap_or(u16::MAX).to_be_bytes();
    [&jpeg[..after], &[0xFF, 0xE1], &size, SIGNATURE, packet, &jpeg[after..]].concat()
}

fn write_property(xml: &mut String, name: &str, value: &str) {
    // Writing into a string cannot fail.
    let _ = writeln!(xml, "<{name}>{value}</{name}>");
}

/// A text with its language; the first item is the default for readers of any language.
fn alternatives(text: &str, language: &Language) -> String {
    let (text, tag) = (escaped(text), escaped(language.tag()));
    format!(
        "<rdf:Alt><rdf:li xml:lang=\"x-default\">{text}</rdf:li>\
         <rdf:li xml:lang=\"{tag}\">{text}</rdf:li></rdf:Alt>"
    )
}

/// Escapes a text, and replaces characters that XML forbids (XML 1.0, 2.2).
fn escaped(text: &str) -> String {
    let text: String =
        text.chars().map(|c| if c.is_control() || !is_xml_char(c) { ' ' } else { c }).collect();
    escape(text.as_str()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packet_goes_behind_the_header_of_a_jpeg() {
        let jpeg = [&[0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2][..], &[0xFF, 0xDA]].concat();
        let with = with_xmp_packet(jpeg, b"<x/>");
        assert_eq!(with[..8], [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2]);
        assert_eq!(with[8..12], [0xFF, 0xE1, 0, 35]);
        assert!(with.ends_with(b"http://ns.adobe.com/xap/1.0/\0<x/>\xFF\xDA"));
        let bare = vec![0xFF, 0xD8, 0xFF, 0xDA];
        assert_eq!(with_xmp_packet(bare.clone(), &vec![b' '; 70_000]), bare);
    }

    #[test]
    fn markup_in_a_name_stays_a_name() {
        let metadata = RetainedMetadata {
            creators: vec!["A <b> & \u{1}".into()],
            ..RetainedMetadata::default()
        };
        let packet =
            String::from_utf8(xmp_packet(&metadata, &Language::default()).unwrap()).unwrap();
        assert!(packet.contains("<rdf:li>A &lt;b&gt; &amp;  </rdf:li>"));
        assert_eq!(xmp_packet(&RetainedMetadata::default(), &Language::default()), None);
    }
}
