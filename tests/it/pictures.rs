//! Photos: probing, orientation, metadata, profiles, scaling, and images for the PDF.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use image::ExtendedColorType;
use jpeg_encoder::ColorType;
use recto::finding::{Code, Finding, Severity};
use recto::model::{ColorModel, Format, Orientation, Picture, Pixels, ProfileSpace};
use recto::picture::{
    self, Candidates, ImageEncoding, ImageProcessor, Inspection, MetadataSource, PdfImage,
    PictureError, PressOptions, PressPlacement, ProcessorOptions, Profiles, ScaleOptions,
};
use tempfile::TempDir;

use crate::support::images::{self, CORNERS, HEIGHT, WIDTH, probed};

const FULL_SIZE: ScaleOptions =
    ScaleOptions { max_edge: u32::MAX, max_pixels: u64::MAX, quality: 95 };

fn error(name: &str, bytes: &[u8]) -> Finding {
    images::probe(name, bytes).1.unwrap_err()
}

/// The stream of a photo in the PDF.
fn pdf_stream(picture: &Picture) -> Vec<u8> {
    let image = pdf_image(picture).unwrap();
    let length = image.length;
    let mut bytes = Vec::new();
    image.copy(&mut bytes).unwrap();
    assert_eq!(bytes.len() as u64, length);
    bytes
}

pub(crate) fn pdf_image(picture: &Picture) -> Result<PdfImage, PictureError> {
    ImageProcessor::new(ProcessorOptions::default()).pdf_image(
        picture,
        &PressOptions::UNCHANGED,
        PressPlacement::PLAIN,
    )
}

/// The samples of a photo in the PDF, without the predictor (ISO/IEC 15948, 9.2).
fn pdf_samples(picture: &Picture) -> Vec<u8> {
    let image = pdf_image(picture).unwrap();
    assert_eq!(image.encoding, ImageEncoding::Deflated);
    let step = match image.colour {
        ColorModel::Gray => 1,
        ColorModel::Rgb => 3,
        ColorModel::Cmyk { .. } => 4,
    };
    let length = image.pixels.width as usize * step;
    let rows = inflated(&pdf_stream(picture));
    images::without_predictor(&rows, step, length)
}

fn inflated(bytes: &[u8]) -> Vec<u8> {
    let mut decoder = flate2::write::ZlibDecoder::new(Vec::new());
    decoder.write_all(bytes).unwrap();
    decoder.finish().unwrap()
}

/// The colours in the middle of the four quarters, in reading order.
pub(crate) fn corners(pixels: Pixels, rgb: &[u8]) -> Vec<[u8; 3]> {
    let (width, height) = (pixels.width as usize, pixels.height as usize);
    [(1, 1), (3, 1), (1, 3), (3, 3)]
        .map(|(x, y)| (width * x / 4, height * y / 4))
        .into_iter()
        .map(|(x, y)| rgb[(y * width + x) * 3..][..3].try_into().unwrap())
        .collect()
}

#[track_caller]
pub(crate) fn assert_near(found: &[u8], expected: &[u8], tolerance: u8) {
    assert_eq!(found.len(), expected.len());
    let is_near = |(a, b): (&u8, &u8)| a.abs_diff(*b) <= tolerance;
    assert!(found.iter().zip(expected).all(is_near), "{found:?} is not near {expected:?}");
}

fn decoded(jpeg: &[u8]) -> image::RgbImage {
    image::load_from_memory_with_format(jpeg, image::ImageFormat::Jpeg).unwrap().to_rgb8()
}

// ── probing ──

#[test]
fn a_format_is_identified_by_the_content() {
    let (_folder, probed) = probed("a.jpg", &images::jpeg());
    let picture = probed.picture;
    assert_eq!(picture.format, Format::Jpeg);
    assert_eq!(picture.stored, Pixels { width: WIDTH.into(), height: HEIGHT.into() });
    assert_eq!(picture.colour, ColorModel::Rgb);
    assert_eq!((picture.bits, picture.alpha, picture.profile), (8, false, None));
    assert!(!picture.private.location && !picture.private.other);
    assert!(probed.findings.is_empty());
}

#[test]
fn a_wrong_extension_is_a_note() {
    let (_folder, probed) = probed("a.png", &images::jpeg());
    assert_eq!(probed.picture.format, Format::Jpeg);
    assert_eq!(probed.findings[0].code.name(), "photo-extension");
    assert_eq!(probed.findings[0].severity, Severity::Note);
}

#[test]
fn an_unsupported_format_is_named_with_a_way_to_convert_it() {
    let finding = error("in the fog.avif", b"\0\0\0\x18ftypavif\0\0\0\0mif1avif");
    assert_eq!(finding.code, Code::PhotoFormat);
    assert_eq!(finding.message, "in the fog.avif is an AVIF image, which recto cannot read");
    assert_eq!(
        finding.help.unwrap(),
        r#"convert it: heif-convert -q 95 "in the fog.avif" "in the fog.jpg" (to install it: apt install libheif-examples)"#
    );
    for (bytes, word) in [
        (&b"\0\0\0\x18ftypavif\0\0\0\0mif1avif"[..], "AVIF"),
        (b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom", "CR3"),
        (b"8BPS\0\x01 rest", "Photoshop"),
        (b"<?xml version=\"1.0\"?><svg xmlns=''/>", "SVG"),
        (b"%PDF-1.7 rest", "PDF"),
        (b"FUJIFILMCCD-RAW 0201", "RAF"),
        (b"II\x2A\0\x10\0\0\0CR\x02\0 rest", "CR2"),
    ] {
        let finding = error("a.jpg", bytes);
        assert_eq!((finding.code.name(), finding.severity), ("photo-format", Severity::Error));
        assert!(finding.message.contains(word), "{}", finding.message);
        assert!(finding.help.is_some());
    }
}

#[test]
fn a_raw_file_that_looks_like_a_tiff_is_refused() {
    let dng = images::exif(&[(254, 4, 1, &[1]), (50706, 1, 4, &[1, 4, 0, 0])], &[]);
    let finding = error("a.dng", &dng);
    assert_eq!(finding.code, Code::PhotoFormat);
    assert!(finding.message.contains("DNG") && finding.help.unwrap().contains("develop"));
}

#[test]
fn unsupported_kinds_of_jpeg_are_refused_by_name() {
    for (marker, precision, word) in
        [(0xC3, 8, "lossless"), (0xCB, 8, "arithmetic"), (0xC1, 12, "12 bits"), (0xC5, 8, "hier")]
    {
        let mut jpeg = images::jpeg();
        let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
        jpeg[frame + 1] = marker;
        jpeg[frame + 4] = precision;
        let finding = error("a.jpg", &jpeg);
        assert_eq!(finding.code, Code::PhotoFormat);
        assert!(finding.message.contains(word), "{}", finding.message);
    }
}

#[test]
fn jpeg_xl_whose_decoded_colours_are_xyb_is_refused_by_name() {
    // Its decoder panics if it is asked for their profile.
    let header =
        b"\xff\x0a\x02\x10\x01\x89\x50\x2b\x01\x08\xe8\x0a\x10\x00\x50\x00\x00\x00\x40\x01";
    let finding =
        error("a.jxl", &[&header[..], b"\xff\xd8\xff\xe0\x00\x10JFIF", &[0; 64]].concat());
    assert_eq!(finding.code, Code::PhotoFormat, "{}", finding.message);
    assert!(finding.message.contains("XYB"), "{}", finding.message);
}

#[test]
fn jpeg_xl_with_a_gamma_of_zero_is_damaged() {
    // Its decoder panics if it is asked for the profile.
    let bytes = b"\xff\x0a\x38\x42\x49\x4d\x01\x08\xa8\x00\x00\x00\x14\x40\x01\x14\x40\x01\x14\x00\
        \x00\x00\x4b\x00\xd8\x01\x14\x40\x01\x14\x40\x01\x14\x40\x01\x14\x00\x02\x12\x00\x08\x20\xe5\
        \x3c\xc0\xe6\x92\x7f\xe8\x90\x3f\x0d\x93\xa8\x39\x01\x00";
    let finding = error("a.jxl", bytes);
    assert!(finding.message.contains("transfer function"), "{}", finding.message);
}

#[test]
fn a_file_that_is_not_an_image_is_unreadable() {
    for bytes in [&b""[..], b"hello", &images::jpeg()[..50], b"\xFF\xD8\xFF", b"GIF89a"] {
        assert_eq!(error("a.jpg", bytes).code.name(), "photo-unreadable");
    }
    let folder = TempDir::new().unwrap();
    let finding = picture::probe(folder.path(), "a", &mut Profiles::default()).unwrap_err();
    assert_eq!(finding.code, Code::PhotoUnreadable);
}

#[test]
fn a_size_that_would_exhaust_memory_is_too_large() {
    let mut png = images::png(&images::rgb(), ExtendedColorType::Rgb8, &[]);
    let header = images::png_chunk(*b"IHDR", &[0, 1, 0, 0, 0, 1, 0, 0, 8, 2, 0, 0, 0]);
    png.splice(8..33, header);
    let finding = error("a.png", &png);
    assert_eq!(finding.code, Code::PhotoTooLarge);
    assert!(finding.message.contains("65536 × 65536"));
}

#[test]
fn a_truncated_jpeg_is_used_with_a_warning() {
    let jpeg = images::jpeg();
    let (_folder, mut probed) = probed("a.jpg", &jpeg[..jpeg.len() - 40]);
    let Some(Inspection::Damaged(damage)) = images::inspect(&mut probed.picture) else {
        panic!("it is truncated");
    };
    assert!(damage.is_truncated);
    let stream = pdf_stream(&probed.picture);
    assert!(stream.ends_with(&[0xFF, 0xD9]));
    assert!(images::scaled(&probed.picture, &FULL_SIZE).is_ok());
}

#[test]
fn an_image_may_have_a_single_pixel() {
    let jpeg = images::jpeg_of(&[200, 100, 50], 1, 1, ColorType::Rgb);
    let (_folder, probed) = probed("a.jpg", &jpeg);
    let raster =
        images::raster(&probed.picture, &ScaleOptions { max_edge: 1, ..FULL_SIZE }).unwrap();
    assert_eq!(raster.pixels.count(), 1);
    assert_near(&raster.rgb, &[200, 100, 50], 4);
}

// ── orientation ──

/// The samples of the test image as a camera in this orientation stores them, and their size.
pub(crate) fn as_stored(orientation: Orientation) -> (Vec<u8>, u16, u16) {
    let upright = images::rgb();
    let (wide, high) = (i32::from(WIDTH), i32::from(HEIGHT));
    let (width, height) = if orientation.swaps_axes() { (high, wide) } else { (wide, high) };
    // The matrix rotates the stored unit square upright; its second axis points upwards.
    // Coordinates are relative to the centre, in half pixels.
    let [across, down, over, rise, ..] = orientation.matrix().0.map(i32::from);
    let mut samples = vec![0; upright.len()];
    for row in 0..height {
        for column in 0..width {
            let (right, up) = (2 * column + 1 - width, height - 1 - 2 * row);
            let (x, y) = (across * right + over * up, down * right + rise * up);
            let from = (high - 1 - y) / 2 * wide + (x + wide - 1) / 2;
            let (from, to) =
                (from.unsigned_abs() as usize, (row * width + column).unsigned_abs() as usize);
            samples[to * 3..][..3].copy_from_slice(&upright[from * 3..][..3]);
        }
    }
    (samples, u16::try_from(width).unwrap(), u16::try_from(height).unwrap())
}

#[test]
fn every_orientation_is_applied() {
    for value in 1..=8_u8 {
        let orientation = Orientation::from_exif(value.into());
        let (samples, width, height) = as_stored(orientation);
        let jpeg = images::jpeg_of(&samples, width, height, ColorType::Rgb);
        let exif = images::exif(&[(0x0112, 3, 1, &[value, 0])], &[]);
        let jpeg = images::with_segment(&jpeg, 0xE1, &images::exif_segment(&exif));
        let (_folder, probed) = probed("a.jpg", &jpeg);
        assert_eq!(probed.picture.orientation, orientation);
        let upright = Pixels { width: WIDTH.into(), height: HEIGHT.into() };
        assert_eq!(probed.picture.upright(), upright);
        for options in [FULL_SIZE, ScaleOptions { max_edge: 20, ..FULL_SIZE }] {
            let raster = images::raster(&probed.picture, &options).unwrap();
            assert!(raster.pixels.width > raster.pixels.height);
            let found = corners(raster.pixels, &raster.rgb);
            assert_near(found.as_flattened(), CORNERS.as_flattened(), 12);
        }
    }
}

#[test]
fn the_orientation_is_read_from_xmp_and_from_png() {
    let xmp = images::xmp(r#"tiff:Orientation="6">"#);
    let jpeg = images::with_segment(&images::jpeg(), 0xE1, &images::xmp_segment(&xmp));
    assert_eq!(probed("a.jpg", &jpeg).1.picture.orientation, Orientation::Turned90);
    let exif = images::exif(&[(0x0112, 3, 1, &[8, 0])], &[]);
    let png = images::png(&images::rgb(), ExtendedColorType::Rgb8, &[(*b"eXIf", exif)]);
    let (_folder, probed) = probed("a.png", &png);
    assert_eq!(probed.picture.orientation, Orientation::Turned270);
    assert!(probed.picture.private.other);
}

// ── metadata ──

#[test]
fn a_location_is_found_in_exif_and_in_xmp() {
    let latitude: &[u8] =
        &[52, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0];
    let exif = images::exif(&[(0x0112, 3, 1, &[1, 0])], &[(1, 2, 2, b"N\0"), (2, 5, 3, latitude)]);
    let xmp = images::xmp(r#"exif:GPSLatitude="52,0N">"#);
    for payload in [images::exif_segment(&exif), images::xmp_segment(&xmp)] {
        let jpeg = images::with_segment(&images::jpeg(), 0xE1, &payload);
        let (_folder, probed) = probed("a.jpg", &jpeg);
        assert!(probed.picture.private.location);
        let stream = pdf_stream(&probed.picture);
        assert!(!stream.windows(4).any(|bytes| bytes == b"Exif" || bytes == b"http"));
    }
    let without_location = images::exif(&[(0x0112, 3, 1, &[1, 0])], &[(0, 1, 4, &[2, 3, 0, 0])]);
    let jpeg =
        images::with_segment(&images::jpeg(), 0xE1, &images::exif_segment(&without_location));
    assert!(!probed("a.jpg", &jpeg).1.picture.private.location);
}

#[test]
fn captions_come_from_xmp_before_iptc_before_exif() {
    let exif = images::exif(&[(0x010E, 2, 10, b"from EXIF\0"), (0x013B, 2, 4, b"Ada\0")], &[]);
    let xmp = images::xmp(
        r#"photoshop:City="Nes"><dc:description><rdf:Alt><rdf:li xml:lang="de">aus XMP</rdf:li>
        <rdf:li xml:lang="x-default">from XMP &amp; co</rdf:li></rdf:Alt></dc:description>
        <Iptc4xmpCore:Location>Pier</Iptc4xmpCore:Location>
        <Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A boat</rdf:li>
        </rdf:Alt></Iptc4xmpCore:AltTextAccessibility>"#,
    );
    let iptc = images::iptc_segment(&[(2, 120, b"from IPTC"), (2, 110, b"Shore Press")]);
    let mut jpeg = images::with_segment(&images::jpeg(), 0xED, &iptc);
    jpeg = images::with_segment(&jpeg, 0xE1, &images::xmp_segment(&xmp));
    jpeg = images::with_segment(&jpeg, 0xE1, &images::exif_segment(&exif));
    let (_folder, probed) = probed("a.jpg", &jpeg);
    let value_and_source = |value: &Option<recto::model::Sourced>| {
        value.as_ref().map(|found| (found.value.clone(), found.source)).unwrap()
    };
    let metadata = &probed.metadata;
    assert_eq!(value_and_source(&metadata.caption), ("from XMP & co".into(), "XMP dc:description"));
    assert_eq!(value_and_source(&metadata.alt).0, "A boat");
    assert_eq!(value_and_source(&metadata.place).0, "Pier, Nes");
    assert_eq!(value_and_source(&metadata.credit), ("Shore Press".into(), "IPTC 2:110"));
    assert_eq!(value_and_source(&metadata.creator), ("Ada".into(), "EXIF Artist"));
    let other = probed.candidates.merged(&[MetadataSource::Exif, MetadataSource::Xmp]);
    assert_eq!(value_and_source(&other.caption), ("from EXIF".into(), "EXIF ImageDescription"));
    assert_eq!(other.credit, None);
}

#[test]
fn a_sidecar_takes_precedence_over_the_metadata_of_the_photo() {
    let xmp = images::xmp(r#"photoshop:Headline="inside" photoshop:Credit="inside">"#);
    let jpeg = images::with_segment(&images::jpeg(), 0xE1, &images::xmp_segment(&xmp));
    let folder = TempDir::new().unwrap();
    let path = images::write(folder.path(), "a.jpg", &jpeg);
    let sidecar = images::xmp(r#"photoshop:Headline="beside">"#);
    for name in ["a.xmp", "a.jpg.xmp"] {
        let sidecar = images::write(folder.path(), name, &sidecar);
        let probed = picture::probe(&path, "a.jpg", &mut Profiles::default()).unwrap();
        let headline = probed.metadata.headline.unwrap();
        assert_eq!((&*headline.value, headline.source), ("beside", "sidecar photoshop:Headline"));
        assert_eq!(probed.metadata.credit.unwrap().value, "inside");
        std::fs::remove_file(sidecar).unwrap();
    }
}

#[test]
fn iptc_is_read_in_utf_8_and_in_latin_1() {
    let utf8 = "Bjørn på brygga".as_bytes();
    let latin1 = b"Bj\xF8rn p\xE5 brygga";
    for sets in [
        &[(1, 90, &b"\x1B%G"[..]), (2, 120, utf8)][..],
        &[(2, 120, utf8)][..],
        &[(2, 120, &latin1[..])][..],
    ] {
        let jpeg = images::with_segment(&images::jpeg(), 0xED, &images::iptc_segment(sets));
        let metadata = probed("a.jpg", &jpeg).1.metadata;
        assert_eq!(metadata.caption.unwrap().value, "Bjørn på brygga");
    }
    let sets: &[(u8, u8, &[u8])] =
        &[(2, 80, b"Ada"), (2, 80, b"Bo"), (2, 55, b"20260112"), (2, 90, b"Nes"), (2, 101, b"NO")];
    let jpeg = images::with_segment(&images::jpeg(), 0xED, &images::iptc_segment(sets));
    let metadata = probed("a.jpg", &jpeg).1.metadata;
    assert_eq!(metadata.creator.unwrap().value, "Ada, Bo");
    assert_eq!(metadata.taken.unwrap().value, "2026-01-12");
    assert_eq!(metadata.place.unwrap().value, "Nes, NO");
}

#[test]
fn exif_texts_are_read_in_their_encodings() {
    let wide: Vec<u8> = "Grüße".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let exif = images::exif(
        &[
            (0x010E, 2, 4, b"   \0"),
            (0x8298, 2, 12, b"Ada\0Shore P\0"),
            (0x9C9B, 1, u32::try_from(wide.len()).unwrap(), &wide),
            (0x9C9C, 1, u32::try_from(wide.len()).unwrap(), &wide),
        ],
        &[],
    );
    let jpeg = images::with_segment(&images::jpeg(), 0xE1, &images::exif_segment(&exif));
    let metadata = probed("a.jpg", &jpeg).1.metadata;
    let caption = metadata.caption.unwrap();
    assert_eq!((&*caption.value, caption.source), ("Grüße", "EXIF XPComment"));
    assert_eq!(metadata.headline.unwrap().source, "EXIF XPTitle");
    assert_eq!(metadata.rights.unwrap().value, "Ada; Shore P");
}

#[test]
fn the_default_order_of_metadata_is_the_documented_one() {
    assert_eq!(
        Candidates::DEFAULT_ORDER,
        [MetadataSource::Xmp, MetadataSource::Iptc, MetadataSource::Exif]
    );
}

// ── profiles ──

/// A profile other than sRGB.
fn display_p3() -> Vec<u8> {
    moxcms::ColorProfile::new_display_p3().encode().unwrap()
}

fn with_profile(jpeg: &[u8], segments: &[Vec<u8>]) -> Vec<u8> {
    segments.iter().fold(jpeg.to_vec(), |jpeg, segment| images::with_segment(&jpeg, 0xE2, segment))
}

#[test]
fn photos_with_the_same_profile_share_it() {
    let folder = TempDir::new().unwrap();
    let mut profiles = Profiles::default();
    let mut profile = |name: &str, parts| {
        // The segments are in reverse order, which is allowed.
        let jpeg = with_profile(&images::jpeg(), &images::profile_segments(&display_p3(), parts));
        let path = images::write(folder.path(), name, &jpeg);
        picture::probe(&path, name, &mut profiles).unwrap().picture.profile.unwrap()
    };
    let (one, two) = (profile("a.jpg", 1), profile("b.jpg", 3));
    assert!(Arc::ptr_eq(&one, &two));
    assert_eq!((one.space, &one.bytes), (ProfileSpace::Rgb, &display_p3()));
}

#[test]
fn a_broken_profile_is_reported_and_ignored() {
    let profile = display_p3();
    let whole = images::profile_segments(&profile, 1);
    let mut unmarked = profile.clone();
    unmarked[36] = b'x';
    let gray = images::jpeg_of(&[120; 64], 8, 8, ColorType::Luma);
    for jpeg in [
        with_profile(&images::jpeg(), &images::profile_segments(&profile, 3)[..2]),
        with_profile(&images::jpeg(), &images::profile_segments(&profile[..200], 1)),
        with_profile(&images::jpeg(), &images::profile_segments(&unmarked, 1)),
        with_profile(&gray, &whole),
    ] {
        let (_folder, probed) = probed("a.jpg", &jpeg);
        assert_eq!(probed.picture.profile, None);
        assert_eq!(probed.findings[0].code.name(), "profile-broken");
        assert!(images::scaled(&probed.picture, &FULL_SIZE).is_ok());
    }
}

#[test]
fn other_colour_spaces_are_converted_to_srgb() {
    // 200, 100, 50 in Display P3 is about 213, 97, 37 in sRGB.
    let samples = [200, 100, 50].repeat(64);
    let jpeg = images::jpeg_of(&samples, 8, 8, ColorType::Rgb);
    let jpeg = with_profile(&jpeg, &images::profile_segments(&display_p3(), 1));
    let (_folder, probed) = probed("a.jpg", &jpeg);
    let raster = images::raster(&probed.picture, &FULL_SIZE).unwrap();
    assert_near(&raster.rgb[..3], &[213, 96, 36], 5);
    let scaled = images::scaled(&probed.picture, &FULL_SIZE).unwrap();
    assert!(!scaled.jpeg.windows(4).any(|bytes| bytes == b"ICC_" || bytes == b"Exif"));
}

#[test]
fn srgb_is_not_converted() {
    let srgb = moxcms::ColorProfile::new_srgb().encode().unwrap();
    let plain = images::jpeg();
    let tagged = with_profile(&plain, &images::profile_segments(&srgb, 1));
    let raster = |jpeg: &[u8]| {
        let (_folder, probed) = probed("a.jpg", jpeg);
        images::raster(&probed.picture, &FULL_SIZE).unwrap()
    };
    assert_eq!(raster(&plain), raster(&tagged));
}

#[test]
fn cmyk_is_converted_to_srgb_by_a_profile() {
    // No ink, all inks, cyan alone, and red of two inks. The encoder stores them inverted, as
    // programs by Adobe do.
    for (ink, expected, tolerance) in [
        ([0, 0, 0, 0], [255, 255, 255], 3),
        ([255, 255, 255, 255], [0, 0, 0], 12),
        ([255, 0, 0, 0], [0, 158, 224], 22),
        ([0, 255, 255, 0], [226, 0, 26], 22),
    ] {
        for colour in [ColorType::Cmyk, ColorType::CmykAsYcck] {
            let jpeg = images::jpeg_of(&ink.repeat(64), 8, 8, colour);
            let (_folder, probed) = probed("a.jpg", &jpeg);
            assert_eq!(probed.picture.colour, ColorModel::Cmyk { inverted: true });
            let raster = images::raster(&probed.picture, &FULL_SIZE).unwrap();
            assert_near(&raster.rgb[..3], &expected, tolerance);
            let image = pdf_image(&probed.picture).unwrap();
            assert_eq!(image.colour, ColorModel::Cmyk { inverted: true });
            let stream = pdf_stream(&probed.picture);
            assert!(stream.windows(5).any(|bytes| bytes == b"Adobe"));
        }
    }
}

// ── images in the PDF ──

#[test]
fn a_jpeg_is_copied_into_the_pdf_without_its_metadata() {
    let plain = images::jpeg();
    let mut jpeg = images::with_segment(&plain, 0xFE, b"a comment");
    let exif = images::exif(&[(0x010E, 2, 7, b"secret\0")], &[]);
    jpeg = images::with_segment(&jpeg, 0xE1, &images::exif_segment(&exif));
    jpeg = images::with_segment(&jpeg, 0xED, &images::iptc_segment(&[(2, 120, b"secret")]));
    jpeg = with_profile(&jpeg, &images::profile_segments(&display_p3(), 2));
    // A second image after the first, as phones append it.
    jpeg.extend(images::jpeg());
    let (_folder, probed) = probed("a.jpg", &jpeg);
    assert!(probed.picture.private.other);
    let image = pdf_image(&probed.picture).unwrap();
    assert_eq!(image.encoding, ImageEncoding::Jpeg);
    assert_eq!((image.pixels, image.colour), (probed.picture.stored, ColorModel::Rgb));
    let stream = pdf_stream(&probed.picture);
    assert!(stream.len() < plain.len());
    assert_eq!(decoded(&stream), decoded(&plain));
    for word in [&b"secret"[..], b"Exif", b"Photoshop", b"ICC_PROFILE", b"JFIF", b"comment"] {
        assert!(!stream.windows(word.len()).any(|bytes| bytes == word));
    }
}

#[test]
fn a_progressive_jpeg_is_copied_with_all_its_scans() {
    let mut jpeg = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut jpeg, 90);
    encoder.set_progressive(true);
    encoder.set_restart_interval(2);
    encoder.encode(&images::rgb(), WIDTH, HEIGHT, ColorType::Rgb).unwrap();
    let (_folder, probed) = probed("a.jpg", &jpeg);
    let stream = pdf_stream(&probed.picture);
    let scans = |bytes: &[u8]| bytes.windows(2).filter(|pair| *pair == [0xFF, 0xDA]).count();
    assert!(scans(&jpeg) > 1);
    assert_eq!(scans(&stream), scans(&jpeg));
    assert_eq!(decoded(&stream), decoded(&jpeg));
}

#[test]
fn sixteen_bits_become_eight() {
    let samples: Vec<u8> = images::rgb()
        .into_iter()
        .flat_map(|sample| (u16::from(sample) * 257).to_ne_bytes())
        .collect();
    let png = images::png(&samples, ExtendedColorType::Rgb16, &[]);
    let (_folder, probed) = probed("a.png", &png);
    assert_eq!(probed.picture.bits, 16);
    let image = pdf_image(&probed.picture).unwrap();
    assert_eq!((image.encoding, image.colour), (ImageEncoding::Deflated, ColorModel::Rgb));
    assert_eq!(pdf_samples(&probed.picture), images::rgb());
}

#[test]
fn transparent_pixels_become_white() {
    let samples: Vec<u8> = [[255, 0, 0, 0], [255, 0, 0, 255], [0, 0, 0, 128]]
        .into_iter()
        .cycle()
        .take(usize::from(WIDTH) * usize::from(HEIGHT))
        .flatten()
        .collect();
    let png = images::png(&samples, ExtendedColorType::Rgba8, &[]);
    let (_folder, probed) = probed("a.png", &png);
    assert!(probed.picture.alpha);
    let rows = pdf_samples(&probed.picture);
    assert_eq!(rows[..9], [255, 255, 255, 255, 0, 0, 127, 127, 127]);
    assert_eq!(images::raster(&probed.picture, &FULL_SIZE).unwrap().rgb, rows);
}

#[test]
fn gray_stays_gray() {
    let samples: Vec<u8> = (0..usize::from(WIDTH) * usize::from(HEIGHT))
        .map(|index| u8::try_from(index % 256).unwrap())
        .collect();
    let png = images::png(&samples, ExtendedColorType::L8, &[]);
    let (_folder, probed) = probed("a.png", &png);
    assert_eq!(probed.picture.colour, ColorModel::Gray);
    let image = pdf_image(&probed.picture).unwrap();
    assert_eq!(image.colour, ColorModel::Gray);
    assert_eq!(pdf_samples(&probed.picture), samples);
    // E-books have RGB only, which every reading system shows.
    let scaled = images::scaled(&probed.picture, &FULL_SIZE).unwrap();
    let colour = image::load_from_memory(&scaled.jpeg).unwrap().color();
    assert_eq!(colour, image::ColorType::Rgb8);
    let raster = images::raster(&probed.picture, &FULL_SIZE).unwrap();
    assert!(raster.rgb.chunks_exact(3).zip(&samples).all(|(pixel, level)| pixel == [*level; 3]));
}

#[test]
fn a_palette_is_expanded_to_rgb() {
    // 2 × 2 pixels, one bit each: 0 1 over 1 0.
    let mut rows = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    rows.write_all(&[0, 0b0100_0000, 0, 0b1000_0000]).unwrap();
    let mut png = b"\x89PNG\r\n\x1A\n".to_vec();
    png.extend(images::png_chunk(*b"IHDR", &[0, 0, 0, 2, 0, 0, 0, 2, 1, 3, 0, 0, 0]));
    png.extend(images::png_chunk(*b"PLTE", &[10, 20, 30, 200, 210, 220]));
    png.extend(images::png_chunk(*b"IDAT", &rows.finish().unwrap()));
    png.extend(images::png_chunk(*b"IEND", &[]));
    let (_folder, probed) = probed("a.png", &png);
    assert_eq!((probed.picture.colour, probed.picture.bits), (ColorModel::Rgb, 1));
    let (dark, light) = ([10, 20, 30], [200, 210, 220]);
    assert_eq!(pdf_samples(&probed.picture), [dark, light, light, dark].concat());
}

#[test]
fn a_cmyk_tiff_stays_cmyk() {
    use tiff::encoder::{TiffEncoder, colortype::CMYK8};
    let samples = [10, 20, 30, 40].repeat(16);
    let mut file = std::io::Cursor::new(Vec::new());
    TiffEncoder::new(&mut file).unwrap().write_image::<CMYK8>(4, 4, &samples).unwrap();
    let (_folder, probed) = probed("a.tif", file.get_ref());
    assert_eq!(probed.picture.colour, ColorModel::Cmyk { inverted: false });
    assert_eq!(pdf_samples(&probed.picture), samples);
    let rgb = images::raster(&probed.picture, &FULL_SIZE).unwrap().rgb;
    assert!(rgb[0] > 120 && rgb[0] > rgb[2], "{:?}", &rgb[..3]);
}

#[test]
fn bmp_gif_tiff_and_webp_are_read() {
    use image::ImageFormat::{Bmp, Gif, Tiff, WebP};
    let picture = image::RgbImage::from_raw(WIDTH.into(), HEIGHT.into(), images::rgb()).unwrap();
    for (name, format) in [("a.bmp", Bmp), ("a.gif", Gif), ("a.tif", Tiff), ("a.webp", WebP)] {
        let mut file = std::io::Cursor::new(Vec::new());
        let image = image::DynamicImage::from(picture.clone());
        if format == Gif {
            let frame = image::Frame::new(image.to_rgba8());
            image::codecs::gif::GifEncoder::new(&mut file).encode_frame(frame).unwrap();
        } else if format == WebP {
            let encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut file);
            image.write_with_encoder(encoder).unwrap();
        } else {
            image.write_to(&mut file, format).unwrap();
        }
        let (_folder, probed) = probed(name, file.get_ref());
        assert_eq!(probed.picture.upright().width, u32::from(WIDTH));
        assert!(probed.findings.is_empty(), "{:?}", probed.findings);
        let raster = images::raster(&probed.picture, &FULL_SIZE).unwrap();
        let found = corners(raster.pixels, &raster.rgb);
        assert_near(found.as_flattened(), CORNERS.as_flattened(), 12);
    }
}

// ── scaling ──

#[test]
fn both_size_limits_are_respected_and_photos_are_never_enlarged() {
    let (_folder, probed) = probed("a.jpg", &images::jpeg());
    let size = |max_edge, max_pixels| {
        let options = ScaleOptions { max_edge, max_pixels, quality: 80 };
        images::scaled(&probed.picture, &options).unwrap().pixels
    };
    assert_eq!(size(1000, u64::MAX), Pixels { width: 40, height: 24 });
    assert_eq!(size(20, u64::MAX), Pixels { width: 20, height: 12 });
    assert_eq!(size(1000, 240), Pixels { width: 20, height: 12 });
    for max in 1..200 {
        assert!(size(1000, max).count() <= max);
    }
}

#[test]
fn scaling_gives_the_same_bytes_on_every_thread() {
    let (_folder, probed) = probed("a.jpg", &images::jpeg());
    let options = ScaleOptions { max_edge: 17, max_pixels: u64::MAX, quality: 70 };
    let first = images::scaled(&probed.picture, &options).unwrap();
    let processor =
        ImageProcessor::new(ProcessorOptions { jobs: 4, ..ProcessorOptions::default() });
    processor
        .in_order(
            [&probed.picture; 8],
            |picture| Some(picture),
            |picture| processor.scaled(picture, &options),
            |_, scaled| {
                if scaled.unwrap() == first { Ok(()) } else { Err("different bytes") }
            },
        )
        .unwrap();
}

// ── the photos and the malformed files beside the repository ──

fn shared_files(folder: &str) -> Vec<PathBuf> {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").into_os_string();
    #[expect(clippy::disallowed_methods, reason = "the folder of the shared files is configurable")]
    let root: OsString = std::env::var_os("RECTO_SHARED").unwrap_or_else(default);
    let Ok(files) = std::fs::read_dir(Path::new(&root).join(folder)) else { return Vec::new() };
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

/// Decoders are slow in an unoptimised build, where larger images are only probed. `tests/run`
/// tests an optimised build.
const MAX_PIXELS_UNOPTIMISED: u64 = 10_000_000;
/// No file may hang a build. Unoptimised builds are slow.
const TIMEOUT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 240 } else { 10 });

#[test]
fn every_shared_file_gives_a_picture_or_a_finding() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    let mut files: Vec<_> =
        shared_files("photos").into_iter().chain(shared_files("torture")).collect();
    // The largest first, so that no thread is left with a large one at the end.
    files.sort_by_key(|path| std::cmp::Reverse(path.metadata().unwrap().len()));
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    process(path);
                }
            });
        }
    });
}

/// Probes a file, scales it and converts it for the PDF. None of this may panic or hang.
fn process(path: &Path) {
    let options = ScaleOptions { max_edge: 600, max_pixels: u64::MAX, quality: 85 };
    let name = path.file_name().unwrap().to_str().unwrap();
    let start = Instant::now();
    let Ok(probed) = picture::probe(path, name, &mut Profiles::default()) else { return };
    let picture = &probed.picture;
    if cfg!(debug_assertions) && picture.stored.count() > MAX_PIXELS_UNOPTIMISED {
        return;
    }
    if let Ok(scaled) = images::scaled(picture, &options) {
        assert!(scaled.pixels.width.max(scaled.pixels.height) <= 600, "{name}");
        assert_eq!(&scaled.jpeg[..2], [0xFF, 0xD8], "{name}");
    }
    if let Ok(image) = pdf_image(picture) {
        let (length, stored) = (image.length, image.encoding);
        let mut bytes = Vec::new();
        image.copy(&mut bytes).unwrap();
        assert_eq!(bytes.len() as u64, length, "{name}");
        if stored == ImageEncoding::Jpeg {
            assert!(bytes.ends_with(&[0xFF, 0xD9]), "{name}");
        }
    }
    assert!(start.elapsed() < TIMEOUT, "{name}: {:?}", start.elapsed());
}
