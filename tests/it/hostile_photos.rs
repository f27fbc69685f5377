//! Photos that claim more than they are, or unpack into more than anybody needs: a finding, soon,
//! and little memory.

use std::time::{Duration, Instant};

use recto::finding::{Code, Finding};
use recto::picture::{Probed, Profiles, probe};

use crate::support::image_formats::deflated;
use crate::support::images::{self, exif_segment, png_chunk, with_segment};

/// Probes a file, which takes seconds at most.
fn probed(name: &str, bytes: &[u8]) -> Result<Probed, Finding> {
    let folder = tempfile::tempdir().unwrap();
    let path = images::write(folder.path(), name, bytes);
    let start = Instant::now();
    let result = probe(&path, name, &mut Profiles::default());
    assert!(start.elapsed() < Duration::from_mins(1), "{name}: {:?}", start.elapsed());
    result
}

fn png(size: (u32, u32), bits: u8, colour: u8, chunks: &[Vec<u8>]) -> Vec<u8> {
    let mut head = Vec::new();
    head.extend(size.0.to_be_bytes());
    head.extend(size.1.to_be_bytes());
    head.extend([bits, colour, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1A\n".to_vec();
    png.extend(png_chunk(*b"IHDR", &head));
    png.extend(chunks.concat());
    png.extend(png_chunk(*b"IDAT", &deflated(&[0; 400])));
    png.extend(png_chunk(*b"IEND", &[]));
    png
}

#[test]
fn a_photo_of_more_samples_than_fit_into_2_gib_is_too_large() {
    let code = |size, bits, colour| {
        probed("a.png", &png(size, bits, colour, &[])).map_err(|finding| finding.code).map(|_| ())
    };
    assert_eq!(code((17_000, 17_000), 8, 2), Ok(()));
    assert_eq!(code((17_000, 17_000), 16, 2), Ok(()));
    assert_eq!(code((17_000, 17_000), 16, 6), Err(Code::PhotoTooLarge));
    assert_eq!(code((17_400, 17_400), 8, 0), Err(Code::PhotoTooLarge));
    assert_eq!(code((65_001, 1), 8, 0), Err(Code::PhotoTooLarge));
    assert_eq!(code((u32::MAX >> 1, u32::MAX >> 1), 8, 2), Err(Code::PhotoTooLarge));
    assert_eq!(code((0, 1), 8, 2), Err(Code::PhotoUnreadable));
}

#[test]
fn compressed_metadata_of_a_png_is_unpacked_up_to_a_limit() {
    let zeros = deflated(&vec![0; 17 << 20]);
    let profile = [&b"profile\0\0"[..], &zeros].concat();
    let photo = probed("a.png", &png((10, 10), 8, 2, &[png_chunk(*b"iCCP", &profile)])).unwrap();
    assert!(photo.picture.profile.is_none());
    let codes: Vec<Code> = photo.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::ProfileBroken]);

    let xmp = [&b"XML:com.adobe.xmp\0\x01\0\0\0"[..], &zeros].concat();
    let photo = probed("a.png", &png((10, 10), 8, 2, &[png_chunk(*b"iTXt", &xmp)])).unwrap();
    assert!(photo.picture.private.other);

    let text = [&b"Description\0\0"[..], &deflated(&vec![0; 256 << 10])].concat();
    let many = vec![png_chunk(*b"zTXt", &text); 2_000];
    assert!(probed("a.png", &png((10, 10), 8, 2, &many)).is_ok());
}

#[test]
fn chunks_and_segments_that_lie_about_their_length_end_the_metadata() {
    let mut lying = png((10, 10), 8, 2, &[png_chunk(*b"tEXt", b"Title\0a")]);
    let chunk = 8 + 25;
    lying[chunk..chunk + 4].copy_from_slice(&0xFFFF_FFF0_u32.to_be_bytes());
    assert!(probed("a.png", &lying).is_err());
    let empty = vec![png_chunk(*b"tEXt", b"a\0b"); 200_000];
    assert!(probed("a.png", &png((10, 10), 8, 2, &empty)).is_ok());
    let mut jpeg = images::jpeg();
    let segments = [0xFF, 0xEF, 0, 2].repeat(200_000);
    jpeg.splice(2..2, segments);
    assert!(probed("a.jpg", &jpeg).is_ok());
}

#[test]
fn directories_of_exif_that_name_each_other_are_read_once() {
    // The directory names itself as that of EXIF, as that of GPS, and as the next one.
    let pointer = 8_u32.to_le_bytes();
    let mut exif = images::exif(&[(0x8769, 4, 1, &pointer), (0x8825, 4, 1, &pointer)], &[]);
    let next = 8 + 2 + 2 * 12;
    exif[next..next + 4].copy_from_slice(&pointer);
    let photo = probed("a.jpg", &with_segment(&images::jpeg(), 0xE1, &exif_segment(&exif)));
    assert!(photo.is_ok());
    let huge = [0xFF; 4];
    let tag: images::Tag = (0x010E, 2, u32::MAX, &huge);
    let exif = images::exif(&[tag], &[]);
    let photo = probed("a.jpg", &with_segment(&images::jpeg(), 0xE1, &exif_segment(&exif)));
    assert!(photo.unwrap().metadata.caption.is_none());
}

#[test]
fn entities_and_depth_of_xmp_do_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = images::write(folder.path(), "a.jpg", &images::jpeg());
    let mut entities = String::from(
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY z SYSTEM \"file:///etc/passwd\">",
    );
    for (entity, before) in ('b'..='k').zip('a'..) {
        let value = format!("&{before};").repeat(10);
        entities.extend(["<!ENTITY ", &entity.to_string(), " \"", &value, "\">"]);
    }
    let head = "]><x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">ice &k;&z; road</rdf:li></rdf:Alt></dc:description>";
    let tail = "</rdf:Description></rdf:RDF></x:xmpmeta>";
    let deep = "<dc:subject><rdf:Bag><rdf:li>".repeat(100_000);
    for xmp in [format!("{entities}{head}{tail}"), format!("{entities}{head}{deep}{tail}")] {
        images::write(folder.path(), "a.jpg.xmp", xmp.as_bytes());
        let start = Instant::now();
        let photo = probe(&path, "a.jpg", &mut Profiles::default()).unwrap();
        assert!(start.elapsed() < Duration::from_mins(1));
        let caption = photo.metadata.caption.map(|caption| caption.value);
        assert!(caption.is_none_or(|caption| caption.len() < 40 && !caption.contains("root:")));
    }
}
