//! The metadata of photos: EXIF, XMP, IPTC and the chunks of PNG files, in all encodings.

use image::ExtendedColorType;
use recto::model::{Language, Sourced};
use recto::picture::Probed;

use crate::support::image_formats;
use crate::support::images;

#[track_caller]
fn probed(name: &str, bytes: &[u8]) -> Probed {
    images::probed(name, bytes).1
}

fn with_xmp(properties: &str) -> Probed {
    let xmp = images::xmp_segment(&images::xmp(properties));
    probed("a.jpg", &images::with_segment(&images::jpeg(), 0xE1, &xmp))
}

/// A value and the field that it was read from.
#[track_caller]
fn value_and_source(value: Option<Sourced>) -> (String, &'static str) {
    let found = value.unwrap();
    (found.value, found.source)
}

#[test]
fn the_caption_in_the_language_of_the_book_is_used() {
    let probed = with_xmp(
        r#"><dc:description><rdf:Alt><rdf:li xml:lang="x-default">The quay</rdf:li>
        <rdf:li xml:lang="de-DE">Der Kai</rdf:li><rdf:li xml:lang="de-CH">Dr Kai</rdf:li>
        <rdf:li xml:lang="nb">Kaia</rdf:li></rdf:Alt></dc:description>"#,
    );
    let caption = probed.metadata.caption.unwrap();
    for (language, text) in [
        ("en", "The quay"),
        ("de", "Der Kai"),
        ("de-CH", "Dr Kai"),
        ("de-at", "Der Kai"),
        ("NB", "Kaia"),
        ("fr", "The quay"),
    ] {
        assert_eq!(caption.in_language(&Language::new(language)), text, "{language}");
    }
}

#[test]
fn alt_text_is_the_short_one_or_else_the_long_one() {
    let short = "<Iptc4xmpCore:AltTextAccessibility>A boat</Iptc4xmpCore:AltTextAccessibility>";
    let long = "<Iptc4xmpCore:ExtDescrAccessibility>A boat at the quay, two men beside it\
                </Iptc4xmpCore:ExtDescrAccessibility>";
    assert_eq!(
        value_and_source(with_xmp(&format!(">{long}{short}")).metadata.alt),
        ("A boat".into(), "XMP Iptc4xmpCore:AltTextAccessibility")
    );
    assert_eq!(
        value_and_source(with_xmp(&format!(">{long}")).metadata.alt),
        ("A boat at the quay, two men beside it".into(), "XMP Iptc4xmpCore:ExtDescrAccessibility")
    );
}

#[test]
fn a_licence_is_a_url() {
    let by = "https://creativecommons.org/licenses/by/4.0/";
    let cc = r#"xmlns:cc="http://creativecommons.org/ns#""#;
    let rights = r#"xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/""#;
    for (properties, source) in [
        (format!(r#"{cc}><cc:license rdf:resource="{by}"/>"#), "XMP cc:license"),
        (format!(r#"{cc} cc:license="{by}">"#), "XMP cc:license"),
        (format!(r#"{rights} xmpRights:WebStatement="{by}">"#), "XMP xmpRights:WebStatement"),
    ] {
        assert_eq!(value_and_source(with_xmp(&properties).metadata.license), (by.into(), source));
    }
    let terms = format!(
        r#"{rights}><xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">Not for sale
        </rdf:li></rdf:Alt></xmpRights:UsageTerms>"#
    );
    assert_eq!(
        value_and_source(with_xmp(&terms).metadata.rights),
        ("Not for sale".into(), "XMP xmpRights:UsageTerms")
    );
}

#[test]
fn a_place_may_be_a_structure() {
    let space = r#"xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/""#;
    let elements = r#"<rdf:li rdf:parseType="Resource"><Iptc4xmpExt:City>Nes</Iptc4xmpExt:City>
        <Iptc4xmpExt:LocationName><rdf:Alt><rdf:li xml:lang="x-default">no</rdf:li></rdf:Alt>
        </Iptc4xmpExt:LocationName><Iptc4xmpExt:CountryName>Norway</Iptc4xmpExt:CountryName>
        </rdf:li>"#;
    let described = r"<rdf:li><rdf:Description><Iptc4xmpExt:City>Nes</Iptc4xmpExt:City>
        <Iptc4xmpExt:CountryName>Norway</Iptc4xmpExt:CountryName></rdf:Description></rdf:li>";
    let attributes = r#"<rdf:li Iptc4xmpExt:City="Nes" Iptc4xmpExt:CountryName="Norway"/>"#;
    for item in [elements, described, attributes] {
        let probed = with_xmp(&format!(
            r"{space}><Iptc4xmpExt:LocationCreated><rdf:Bag>{item}</rdf:Bag>
            </Iptc4xmpExt:LocationCreated><dc:creator><rdf:Seq><rdf:li>Ada</rdf:li>
            <rdf:li>Bo</rdf:li></rdf:Seq></dc:creator>"
        ));
        assert_eq!(
            value_and_source(probed.metadata.place),
            ("Nes, Norway".into(), "XMP Iptc4xmpExt:LocationCreated")
        );
        assert_eq!(value_and_source(probed.metadata.creator).0, "Ada, Bo");
    }
}

#[test]
fn an_xmp_packet_may_continue_in_other_segments() {
    let identifier = [b'A'; 32];
    let main = images::xmp(&format!(
        r#"xmlns:xmpNote="http://ns.adobe.com/xmp/note/" photoshop:Headline="Ebb"
        xmpNote:HasExtendedXMP="{}">"#,
        str::from_utf8(&identifier).unwrap()
    ));
    let more = images::xmp("><dc:description>Far out</dc:description>");
    let parts: Vec<Vec<u8>> = more
        .chunks(200)
        .enumerate()
        .map(|(number, part)| {
            let mut segment = b"http://ns.adobe.com/xmp/extension/\0".to_vec();
            segment.extend(identifier);
            segment.extend(u32::try_from(more.len()).unwrap().to_be_bytes());
            segment.extend(u32::try_from(number * 200).unwrap().to_be_bytes());
            segment.extend(part);
            segment
        })
        .collect();
    let jpeg = |parts: &[Vec<u8>]| {
        let add = |jpeg: Vec<u8>, part: &Vec<u8>| images::with_segment(&jpeg, 0xE1, part);
        let jpeg = parts.iter().fold(images::jpeg(), add);
        images::with_segment(&jpeg, 0xE1, &images::xmp_segment(&main))
    };
    // In whatever order they come.
    let whole = probed("a.jpg", &jpeg(&parts));
    assert_eq!(value_and_source(whole.metadata.caption), ("Far out".into(), "XMP dc:description"));
    assert_eq!(value_and_source(whole.metadata.headline).0, "Ebb");
    // An incomplete packet is ignored; the main packet is still read.
    let broken = probed("a.jpg", &jpeg(&parts[1..]));
    assert_eq!(broken.metadata.caption, None);
    assert_eq!(value_and_source(broken.metadata.headline).0, "Ebb");
}

#[test]
fn the_declared_encoding_of_iptc_is_used() {
    let utf8 = "Bjørn på brygga".as_bytes();
    for (mark, text) in [
        (&b"\x1B%G"[..], utf8),
        (b"\x1B.A", b"Bj\xF8rn p\xE5 brygga"),
        (b"\x1B-A", b"Bj\xF8rn p\xE5 brygga"),
        // Marked as Latin-1 by one program, written in UTF-8 by the next.
        (b"\x1B.A", utf8),
        // Unmarked, as from an old Mac.
        (b"", b"Bj\xBFrn p\x8C brygga"),
    ] {
        let segment = images::iptc_segment(&[(1, 90, mark), (2, 120, text)]);
        let probed = probed("a.jpg", &images::with_segment(&images::jpeg(), 0xED, &segment));
        assert_eq!(
            value_and_source(probed.metadata.caption),
            ("Bjørn på brygga".into(), "IPTC 2:120")
        );
    }
}

#[test]
fn a_place_has_its_state_and_no_part_twice() {
    let place = |sets: &[(u8, u8, &[u8])]| {
        let segment = images::iptc_segment(sets);
        let photo = probed("a.jpg", &images::with_segment(&images::jpeg(), 0xED, &segment));
        value_and_source(photo.metadata.place).0
    };
    let springfield: [(u8, u8, &[u8]); 3] =
        [(2, 90, b"Springfield"), (2, 95, b"Illinois"), (2, 101, b"United States")];
    assert_eq!(place(&springfield), "Springfield, Illinois, United States");
    let berlin: [(u8, u8, &[u8]); 3] = [(2, 90, b"Berlin"), (2, 95, b"Berlin"), (2, 100, b"DEU")];
    assert_eq!(place(&berlin), "Berlin, DEU");
}

/// The caption of a JPEG whose IPTC states this character set and has this caption.
fn iptc_caption(mark: &[u8], text: &[u8]) -> String {
    let segment = images::iptc_segment(&[(1, 90, mark), (2, 120, text)]);
    let probed = probed("a.jpg", &images::with_segment(&images::jpeg(), 0xED, &segment));
    value_and_source(probed.metadata.caption).0
}

#[test]
fn the_parts_of_iso_8859_are_read_as_they_are_declared() {
    for (last, encoding, text) in [
        (b'B', encoding_rs::ISO_8859_2, "Łódź i żółw o świcie"),
        (b'L', encoding_rs::ISO_8859_5, "Утро на реке"),
        (b'F', encoding_rs::ISO_8859_7, "Καλημέρα"),
        (b'M', encoding_rs::WINDOWS_1254, "Işık ve gölge"),
        (b'b', encoding_rs::ISO_8859_15, "Œuvres à 5 €"),
    ] {
        let (bytes, _, has_unmappable) = encoding.encode(text);
        assert!(!has_unmappable);
        for set in [b'-', b'.', b'/'] {
            assert_eq!(iptc_caption(&[0x1B, set, last], &bytes), text);
        }
        // Written in UTF-8 by a later program, which kept the mark.
        assert_eq!(iptc_caption(&[0x1B, b'-', last], text.as_bytes()), text);
    }
}

#[test]
fn a_caption_that_was_cut_within_a_character_loses_that_character_only() {
    let text = "Möwen über der Brücke, café é";
    let cut = &text.as_bytes()[..text.len() - 1];
    for mark in [&b"\x1B%G"[..], b""] {
        assert_eq!(iptc_caption(mark, cut), "Möwen über der Brücke, café");
    }
    // A last letter of Latin-1 is no cut character.
    assert_eq!(iptc_caption(b"", b"caf\xE9"), "café");
}

#[test]
fn a_text_that_is_not_the_utf_8_it_is_marked_as_is_read_as_windows_1252() {
    assert_eq!(iptc_caption(b"\x1B%G", b"M\xF6wen \xFCber \x96 5 \x80"), "Möwen über – 5 €");
}

#[test]
fn exif_3_texts_in_utf_8_are_read() {
    let exif = images::exif(&[(0x010E, 129, 13, "Grüße, Kai\0".as_bytes())], &[]);
    let segment = images::exif_segment(&exif);
    let probed = probed("a.jpg", &images::with_segment(&images::jpeg(), 0xE1, &segment));
    assert_eq!(value_and_source(probed.metadata.caption).0, "Grüße, Kai");
}

/// A JPEG with an EXIF user comment in this encoding.
fn with_comment(code: [u8; 8], comment: &[u8]) -> Probed {
    let comment = [&code[..], comment].concat();
    // The EXIF directory follows the first one, and the comment follows both.
    let mut exif = b"II\x2A\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x1A\0\0\0\0\0\0\0".to_vec();
    exif.extend(b"\x01\0\x86\x92\x07\0");
    exif.extend(u32::try_from(comment.len()).unwrap().to_le_bytes());
    exif.extend(44_u32.to_le_bytes());
    exif.extend([0; 4]);
    assert_eq!(exif.len(), 44);
    exif.extend(comment);
    let segment = images::exif_segment(&exif);
    probed("a.jpg", &images::with_segment(&images::jpeg(), 0xE1, &segment))
}

#[test]
fn a_users_comment_is_read_in_all_its_encodings() {
    let text = "Grüße vom Kai";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (code, comment) in [
        (*b"UNICODE\0", little),
        (*b"UNICODE\0", big),
        (*b"ASCII\0\0\0", text.as_bytes().to_vec()),
        ([0; 8], text.as_bytes().to_vec()),
        ([0; 8], b"Gr\xFC\xDFe vom Kai\0\0\0".to_vec()),
    ] {
        let found = value_and_source(with_comment(code, &comment).metadata.caption);
        assert_eq!(found, (text.into(), "EXIF UserComment"));
    }
    assert_eq!(with_comment(*b"JIS\0\0\0\0\0", b"\x1B$B9A\x1B(B").metadata.caption, None);
    assert_eq!(with_comment(*b"ASCII\0\0\0", b"        ").metadata.caption, None);
}

#[test]
fn the_fields_of_windows_are_read() {
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let (author, subject) = (wide("Ada"), wide("At the quay"));
    let count = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap();
    let exif = images::exif(
        &[(0x9C9D, 1, count(&author), &author), (0x9C9F, 1, count(&subject), &subject)],
        &[],
    );
    let segment = images::exif_segment(&exif);
    let probed = probed("a.jpg", &images::with_segment(&images::jpeg(), 0xE1, &segment));
    assert_eq!(value_and_source(probed.metadata.creator), ("Ada".into(), "EXIF XPAuthor"));
    assert_eq!(value_and_source(probed.metadata.caption), ("At the quay".into(), "EXIF XPSubject"));
}

#[test]
fn png_texts_and_packets_are_read() {
    let text = |keyword: &[u8], text: &[u8]| [keyword, b"\0", text].concat();
    let international = b"Author\0\0\0\0\0Bj\xC3\xB8rn".to_vec();
    let png = images::png(
        &images::rgb(),
        ExtendedColorType::Rgb8,
        &[
            (*b"tEXt", text(b"Description", b"Gr\xFC\xDFe")),
            (*b"tEXt", text(b"Software", b"secret")),
            (*b"zTXt", [&b"Copyright\0\0"[..], &image_formats::deflated(b"Shore Press")].concat()),
            (*b"iTXt", international),
        ],
    );
    let probed = probed("a.png", &png);
    assert_eq!(value_and_source(probed.metadata.caption), ("Grüße".into(), "PNG Description"));
    assert_eq!(value_and_source(probed.metadata.creator), ("Bjørn".into(), "PNG Author"));
    assert_eq!(value_and_source(probed.metadata.rights), ("Shore Press".into(), "PNG Copyright"));
    assert!(probed.picture.private.other);
    let packet = images::xmp(r#"photoshop:Headline="Ebb">"#);
    let chunk = [&b"XML:com.adobe.xmp\0\0\0\0\0"[..], &packet].concat();
    let png = images::png(&images::rgb(), ExtendedColorType::Rgb8, &[(*b"iTXt", chunk)]);
    assert_eq!(value_and_source(self::probed("a.png", &png).metadata.headline).0, "Ebb");
}

#[test]
fn the_xmp_packet_of_a_gif_is_read() {
    let gif = image_formats::gif(&images::xmp(r#"photoshop:Headline="Ebb" photoshop:City="Nes">"#));
    let probed = probed("a.gif", &gif);
    assert_eq!(value_and_source(probed.metadata.headline).0, "Ebb");
    assert_eq!(value_and_source(probed.metadata.place).0, "Nes");
    assert!(probed.picture.private.other);
}

#[test]
fn a_damaged_packet_is_read_up_to_the_damage() {
    for end in [
        "<dc:description><rdf:Alt><rdf:li>",
        "<a:b:c <<&&;",
        "</rdf:li></rdf:Bag></x></y></z>",
        "<Iptc4xmpExt:LocationCreated><Iptc4xmpExt:City>",
        "<dc:title><rdf:Alt><rdf:Description><rdf:li><rdf:li><rdf:li/>",
    ] {
        let probed = with_xmp(&format!(r#"photoshop:Headline="Ebb">{end}"#));
        assert_eq!(value_and_source(probed.metadata.headline).0, "Ebb", "{end}");
    }
}
