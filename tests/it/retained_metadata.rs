//! The metadata of photos in the editions: none, or what `metadata: { keep }` retains.

use crate::pdf::press;
use crate::support::fixture::{BookFixture, jpeg};
use crate::support::images;

use recto::layout;
use recto::model::{Language, Pages, RetainedMetadata};
use recto::pdf;
use recto::picture;
use recto::typeset::Faces;

const HEAD: &str = "title: Winter Road\nlanguage: nb\ncreators: [Ada Field]\n\
    rights: © 2026 Ada Field\nlicense: https://creativecommons.org/licenses/by/4.0/\n\
    credit: Ada Field / Shore Press\npages:\n";

/// A photo with a creator and rights of its own, a location, and a private description.
fn photo_with_metadata() -> Vec<u8> {
    let exif = images::exif(&[(0x010E, 2, 7, b"secret\0")], &[(0x0001, 2, 2, b"N\0")]);
    let jpeg = images::with_segment(&jpeg(60, 40), 0xE1, &images::exif_segment(&exif));
    let own: &[(u8, u8, &[u8])] = &[(2, 80, b"Bo Strand"), (2, 116, b"(c) Bo Strand")];
    images::with_segment(&jpeg, 0xED, &images::iptc_segment(own))
}

fn retained(pages: &str, keep: &str) -> Vec<RetainedMetadata> {
    let manifest = format!("{HEAD}{pages}\nmetadata: {{ keep: {keep} }}\n");
    let fixture = BookFixture::new(&manifest).file("own.jpg", photo_with_metadata()).photo(
        "plain.jpg",
        60,
        40,
    );
    let book = fixture.load().book.unwrap();
    book.plates().map(|(_, plate)| plate.retained_metadata.clone()).collect()
}

const BOTH: &str = "  - { photo: plain.jpg, alt: a, caption: The *quay* }\n  \
    - { photo: own.jpg, alt: b, caption: '' }";

#[test]
fn no_metadata_is_retained_by_default() {
    assert_eq!(retained(BOTH, "[]"), [RetainedMetadata::default(), RetainedMetadata::default()]);
}

#[test]
fn photos_without_rights_get_those_of_the_book() {
    let found = retained(BOTH, "[creator, credit, rights, caption]");
    assert_eq!(found[0].creators, ["Ada Field"]);
    assert_eq!(found[0].credit.as_deref(), Some("Ada Field / Shore Press"));
    assert_eq!(found[0].rights.as_deref(), Some("© 2026 Ada Field"));
    assert!(found[0].license.as_deref().unwrap().ends_with("/by/4.0/"));
    assert_eq!(found[0].caption.as_deref(), Some("The quay"));

    assert_eq!(found[1].creators, ["Bo Strand"]);
    assert_eq!(found[1].rights.as_deref(), Some("(c) Bo Strand"));
    assert_eq!((&found[1].license, &found[1].caption), (&None, &None));

    // The creator of a photo with another credit line is unknown.
    let other = retained("  - { photo: plain.jpg, alt: a, credit: Archive }", "[creator, rights]");
    assert_eq!(other, [RetainedMetadata::default()]);
}

#[test]
fn an_xmp_packet_is_read_back_with_the_same_values() {
    let retained = RetainedMetadata {
        creators: vec!["Ada & Co".into()],
        credit: Some("Shore Press".into()),
        rights: Some("© Ada".into()),
        license: Some("https://example.org/l".into()),
        caption: Some("Båt".into()),
    };
    let packet = picture::xmp_packet(&retained, &Language::new("nb")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let language = Language::new("nb");
    let file = picture::with_retained_metadata(jpeg(60, 40), &retained, &language);
    let path = images::write(folder.path(), "a.jpg", &file);
    let probed = picture::probe(&path, "a.jpg", &mut picture::Profiles::default()).unwrap();
    let value = |it: Option<recto::model::Sourced>| it.unwrap().value;
    assert_eq!(value(probed.metadata.creator), "Ada & Co");
    assert_eq!(value(probed.metadata.credit), "Shore Press");
    assert_eq!(value(probed.metadata.rights), "© Ada");
    assert_eq!(value(probed.metadata.license), "https://example.org/l");
    assert_eq!(value(probed.metadata.caption), "Båt");
    assert!(!probed.picture.private.location);
    assert!(String::from_utf8(packet).unwrap().contains("<rdf:li xml:lang=\"nb\">Båt"));
}

fn contains(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

#[test]
fn the_print_pdf_has_the_retained_metadata_and_no_other() {
    for (keep, expected) in [("[creator]", true), ("[]", false)] {
        let manifest = format!("{HEAD}{BOTH}\nmetadata: {{ keep: {keep} }}\n");
        let fixture = BookFixture::new(&manifest).file("own.jpg", photo_with_metadata()).photo(
            "plain.jpg",
            60,
            40,
        );
        let book = fixture.load().book.unwrap();
        let faces = Faces::load(&book.fonts).unwrap();
        let pages: Pages = layout::paginate(&book, &faces);
        let mut out = Vec::new();
        pdf::write(&book, &pages, &faces, &press(), &mut out, &mut || ()).unwrap();
        assert_eq!(contains(&out, "<rdf:li>Bo Strand</rdf:li>"), expected);
        assert!(!contains(&out, "secret") && !contains(&out, "(c) Bo Strand"));
    }
}
