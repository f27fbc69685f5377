//! What a picture says when it is handed out: a small XMP packet of our own making
//! (ISO 16684-1), never a piece of the one that it came with.

use std::fmt::Write;

use quick_xml::escape::escape;

use crate::model::{Language, RetainedMetadata};

/// The name that an APP1 segment with XMP begins with (ISO 16684-3, 1.1.3).
const SIGNATURE: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// The longest that a segment's contents can be.
const MOST: usize = 65_533;

/// The packet of what is kept, its texts in the language of the book; `None` when there
/// is nothing.
pub fn packet(kept: &RetainedMetadata, language: &Language) -> Option<Vec<u8>> {
    let RetainedMetadata { creators, credit, rights, license, caption } = kept;
    if *kept == RetainedMetadata::default() {
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
        let names: Vec<_> = creators.iter().map(|name| safe(name)).collect();
        let names = names.join("</rdf:li><rdf:li>");
        line(&mut xml, "dc:creator", &format!("<rdf:Seq><rdf:li>{names}</rdf:li></rdf:Seq>"));
    }
    if let Some(credit) = credit {
        line(&mut xml, "photoshop:Credit", &safe(credit));
    }
    if let Some(rights) = rights {
        line(&mut xml, "dc:rights", &worded(rights, language));
    }
    if rights.is_some() || license.is_some() {
        line(&mut xml, "xmpRights:Marked", "True");
    }
    if let Some(license) = license {
        line(&mut xml, "xmpRights:WebStatement", &safe(license));
        line(&mut xml, "xmpRights:UsageTerms", &worded(license, language));
    }
    if let Some(caption) = caption {
        line(&mut xml, "dc:description", &worded(caption, language));
    }
    xml.push_str("</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
    Some(xml.into_bytes())
}

/// A JPEG with a packet behind its header. One that is too long for a segment, which takes
/// a caption of ten thousand words, is left out.
pub fn with_packet(jpeg: Vec<u8>, packet: &[u8]) -> Vec<u8> {
    let length = SIGNATURE.len() + packet.len();
    if length > MOST || !jpeg.starts_with(&[0xFF, 0xD8]) {
        return jpeg;
    }
    // JFIF wants its own segment to be the first.
    let after = match jpeg[2..] {
        [0xFF, 0xE0, high, low, ..] => 4 + usize::from(u16::from_be_bytes([high, low])),
        _ => 2,
    };
    let after = after.min(jpeg.len());
    let size = u16::try_from(length + 2).unwrap_or(u16::MAX).to_be_bytes();
    [&jpeg[..after], &[0xFF, 0xE1], &size, SIGNATURE, packet, &jpeg[after..]].concat()
}

fn line(xml: &mut String, name: &str, value: &str) {
    // Writing into a string cannot fail.
    let _ = writeln!(xml, "<{name}>{value}</{name}>");
}

/// A text by its language; the first one is for whoever asks for no language.
fn worded(text: &str, language: &Language) -> String {
    let (text, tag) = (safe(text), safe(language.tag()));
    format!(
        "<rdf:Alt><rdf:li xml:lang=\"x-default\">{text}</rdf:li>\
         <rdf:li xml:lang=\"{tag}\">{text}</rdf:li></rdf:Alt>"
    )
}

/// As XML can hold it (XML 1.0, 2.2).
fn safe(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() || ('\u{FFFE}'..='\u{FFFF}').contains(&c) { ' ' } else { c })
        .collect();
    escape(text.as_str()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packet_goes_behind_the_header_of_a_jpeg() {
        let jpeg = [&[0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2][..], &[0xFF, 0xDA]].concat();
        let with = with_packet(jpeg, b"<x/>");
        assert_eq!(with[..8], [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2]);
        assert_eq!(with[8..12], [0xFF, 0xE1, 0, 35]);
        assert!(with.ends_with(b"http://ns.adobe.com/xap/1.0/\0<x/>\xFF\xDA"));
        let bare = vec![0xFF, 0xD8, 0xFF, 0xDA];
        assert_eq!(with_packet(bare.clone(), &vec![b' '; 70_000]), bare);
    }

    #[test]
    fn markup_in_a_name_stays_a_name() {
        let kept = RetainedMetadata {
            creators: vec!["A <b> & \u{1}".into()],
            ..RetainedMetadata::default()
        };
        let packet = String::from_utf8(packet(&kept, &Language::default()).unwrap()).unwrap();
        assert!(packet.contains("<rdf:li>A &lt;b&gt; &amp;  </rdf:li>"));
        assert_eq!(super::packet(&RetainedMetadata::default(), &Language::default()), None);
    }
}
