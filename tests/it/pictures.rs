//! The room's promises.

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
    self, Candidates, ImageEncoding, ImageProcessor, MetadataSource, PdfImage, PictureError,
    PressOptions, Probed, ProcessorOptions, Profiles, ScaleOptions,
};
use tempfile::TempDir;

use crate::support::generate::{self, CORNERS, HEIGHT, WIDTH};

const WHOLE: ScaleOptions = ScaleOptions { max_edge: u32::MAX, max_pixels: u64::MAX, quality: 95 };

fn look(name: &str, bytes: &[u8]) -> (TempDir, Result<Probed, Finding>) {
    let folder = TempDir::new().unwrap();
    let path = generate::put(folder.path(), name, bytes);
    let probed = picture::probe(&path, name, &mut Profiles::default());
    (folder, probed)
}

fn probed(name: &str, bytes: &[u8]) -> (TempDir, Probed) {
    let (folder, probed) = look(name, bytes);
    (folder, probed.unwrap())
}

fn refusal(name: &str, bytes: &[u8]) -> Finding {
    look(name, bytes).1.unwrap_err()
}

fn copied(picture: &Picture) -> Vec<u8> {
    let passage = passage(picture).unwrap();
    let length = passage.length;
    let mut bytes = Vec::new();
    passage.copy(&mut bytes).unwrap();
    assert_eq!(bytes.len() as u64, length);
    bytes
}

pub(crate) fn passage(picture: &Picture) -> Result<PdfImage, PictureError> {
    ImageProcessor::new(ProcessorOptions::default()).pdf_image(picture, &PressOptions::UNCHANGED)
}

/// What a picture's rows hold, the predictions undone (ISO/IEC 15948, 9.2).
fn rows_of(picture: &Picture) -> Vec<u8> {
    let passage = passage(picture).unwrap();
    assert_eq!(passage.encoding, ImageEncoding::Deflated);
    let step = match passage.colour {
        ColorModel::Gray => 1,
        ColorModel::Rgb => 3,
        ColorModel::Cmyk { .. } => 4,
    };
    let length = passage.pixels.width as usize * step;
    let rows = inflated(&copied(picture));
    generate::unpredicted(&rows, step, length)
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
pub(crate) fn assert_near(found: &[u8], wanted: &[u8], tolerance: u8) {
    assert_eq!(found.len(), wanted.len());
    let far = found.iter().zip(wanted).any(|(found, wanted)| found.abs_diff(*wanted) > tolerance);
    assert!(!far, "{found:?} is not near {wanted:?}");
}

fn decoded(jpeg: &[u8]) -> image::RgbImage {
    image::load_from_memory_with_format(jpeg, image::ImageFormat::Jpeg).unwrap().to_rgb8()
}

// ── looking ──

#[test]
fn a_jpeg_is_known_by_its_content() {
    let (_folder, probed) = probed("a.jpg", &generate::jpeg());
    let picture = probed.picture;
    assert_eq!(picture.format, Format::Jpeg);
    assert_eq!(picture.stored, Pixels { width: WIDTH.into(), height: HEIGHT.into() });
    assert_eq!(picture.colour, ColorModel::Rgb);
    assert_eq!((picture.bits, picture.alpha, picture.profile), (8, false, None));
    assert!(!picture.private.location && !picture.private.other);
    assert!(probed.findings.is_empty());
}

#[test]
fn a_wrong_extension_is_noted_and_does_no_harm() {
    let (_folder, probed) = probed("a.png", &generate::jpeg());
    assert_eq!(probed.picture.format, Format::Jpeg);
    assert_eq!(probed.findings[0].code.name(), "photo-extension");
    assert_eq!(probed.findings[0].severity, Severity::Note);
}

#[test]
fn refusals_name_the_format_and_the_way_out() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic rest";
    let finding = refusal("in the fog.heic", heic);
    assert_eq!(finding.code, Code::PhotoFormat);
    assert_eq!(finding.message, "in the fog.heic is a HEIC image, which recto cannot read");
    let help = finding.help.unwrap();
    assert_eq!(help, r#"convert it: magick "in the fog.heic" -quality 95 "in the fog.jpg""#);
    for (bytes, word) in [
        (&b"\0\0\0\x18ftypavif\0\0\0\0mif1avif"[..], "AVIF"),
        (b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom", "CR3"),
        (b"8BPS\0\x01 rest", "Photoshop"),
        (b"<?xml version=\"1.0\"?><svg xmlns=''/>", "SVG"),
        (b"%PDF-1.7 rest", "PDF"),
        (b"FUJIFILMCCD-RAW 0201", "RAF"),
        (b"II\x2A\0\x10\0\0\0CR\x02\0 rest", "CR2"),
    ] {
        let finding = refusal("a.jpg", bytes);
        assert_eq!((finding.code.name(), finding.severity), ("photo-format", Severity::Error));
        assert!(finding.message.contains(word), "{}", finding.message);
        assert!(finding.help.is_some());
    }
}

#[test]
fn a_raw_file_that_looks_like_a_tiff_is_refused() {
    let dng = generate::exif(&[(254, 4, 1, &[1]), (50706, 1, 4, &[1, 4, 0, 0])], &[]);
    let finding = refusal("a.dng", &dng);
    assert_eq!(finding.code, Code::PhotoFormat);
    assert!(finding.message.contains("DNG") && finding.help.unwrap().contains("develop"));
}

#[test]
fn unusual_jpegs_are_refused_by_name() {
    for (marker, precision, word) in
        [(0xC3, 8, "lossless"), (0xC9, 8, "arithmetic"), (0xC1, 12, "12 bits"), (0xC5, 8, "hier")]
    {
        let mut jpeg = generate::jpeg();
        let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
        jpeg[frame + 1] = marker;
        jpeg[frame + 4] = precision;
        let finding = refusal("a.jpg", &jpeg);
        assert_eq!(finding.code, Code::PhotoFormat);
        assert!(finding.message.contains(word), "{}", finding.message);
    }
}

#[test]
fn what_is_no_picture_is_unreadable() {
    for bytes in [&b""[..], b"hello", &generate::jpeg()[..50], b"\xFF\xD8\xFF", b"GIF89a"] {
        assert_eq!(refusal("a.jpg", bytes).code.name(), "photo-unreadable");
    }
    let folder = TempDir::new().unwrap();
    let finding = picture::probe(folder.path(), "a", &mut Profiles::default()).unwrap_err();
    assert_eq!(finding.code, Code::PhotoUnreadable);
}

#[test]
fn a_size_that_would_eat_the_machine_is_too_large() {
    let mut png = generate::png(&generate::rgb(), ExtendedColorType::Rgb8, &[]);
    let header = generate::png_chunk(*b"IHDR", &[0, 1, 0, 0, 0, 1, 0, 0, 8, 2, 0, 0, 0]);
    png.splice(8..33, header);
    let finding = refusal("a.png", &png);
    assert_eq!(finding.code, Code::PhotoTooLarge);
    assert!(finding.message.contains("65536 × 65536"));
}

#[test]
fn a_jpeg_that_was_cut_off_is_taken_with_a_warning() {
    let jpeg = generate::jpeg();
    let (_folder, probed) = probed("a.jpg", &jpeg[..jpeg.len() - 40]);
    assert_eq!(probed.findings[0].code.name(), "photo-truncated");
    assert_eq!(probed.findings[0].severity, Severity::Warning);
    let stream = copied(&probed.picture);
    assert!(stream.ends_with(&[0xFF, 0xD9]));
    assert!(picture::scaled(&probed.picture, &WHOLE).is_ok());
}

#[test]
fn a_single_pixel_is_a_picture() {
    let jpeg = generate::jpeg_of(&[200, 100, 50], 1, 1, ColorType::Rgb);
    let (_folder, probed) = probed("a.jpg", &jpeg);
    let raster = picture::raster(&probed.picture, &ScaleOptions { max_edge: 1, ..WHOLE }).unwrap();
    assert_eq!(raster.pixels.count(), 1);
    assert_near(&raster.rgb, &[200, 100, 50], 4);
}

// ── turning ──

/// The picture as a camera stores it that was held in such a way.
pub(crate) fn stored(orientation: Orientation) -> (Vec<u8>, u16, u16) {
    let upright = generate::rgb();
    let (wide, high) = (i32::from(WIDTH), i32::from(HEIGHT));
    let (width, height) = if orientation.swaps_axes() { (high, wide) } else { (wide, high) };
    // The matrix lays the stored unit square upright, and its second axis points upwards:
    // places are counted from the middle, in half pixels.
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
fn every_orientation_ends_upright() {
    for value in 1..=8_u8 {
        let orientation = Orientation::from_exif(value.into());
        let (samples, width, height) = stored(orientation);
        let jpeg = generate::jpeg_of(&samples, width, height, ColorType::Rgb);
        let exif = generate::exif(&[(0x0112, 3, 1, &[value, 0])], &[]);
        let jpeg = generate::with_segment(&jpeg, 0xE1, &generate::exif_segment(&exif));
        let (_folder, probed) = probed("a.jpg", &jpeg);
        assert_eq!(probed.picture.orientation, orientation);
        let upright = Pixels { width: WIDTH.into(), height: HEIGHT.into() };
        assert_eq!(probed.picture.upright(), upright);
        for recipe in [WHOLE, ScaleOptions { max_edge: 20, ..WHOLE }] {
            let raster = picture::raster(&probed.picture, &recipe).unwrap();
            assert!(raster.pixels.width > raster.pixels.height);
            let found = corners(raster.pixels, &raster.rgb);
            assert_near(found.as_flattened(), CORNERS.as_flattened(), 12);
        }
    }
}

#[test]
fn the_orientation_may_stand_in_xmp_or_in_a_png() {
    let xmp = generate::xmp(r#"tiff:Orientation="6">"#);
    let jpeg = generate::with_segment(&generate::jpeg(), 0xE1, &generate::xmp_segment(&xmp));
    assert_eq!(probed("a.jpg", &jpeg).1.picture.orientation, Orientation::Turned90);
    let exif = generate::exif(&[(0x0112, 3, 1, &[8, 0])], &[]);
    let png = generate::png(&generate::rgb(), ExtendedColorType::Rgb8, &[(*b"eXIf", exif)]);
    let (_folder, probed) = probed("a.png", &png);
    assert_eq!(probed.picture.orientation, Orientation::Turned270);
    assert!(probed.picture.private.other);
}

// ── what pictures say ──

#[test]
fn a_place_is_seen_wherever_it_stands() {
    let latitude: &[u8] =
        &[52, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0];
    let exif =
        generate::exif(&[(0x0112, 3, 1, &[1, 0])], &[(1, 2, 2, b"N\0"), (2, 5, 3, latitude)]);
    let xmp = generate::xmp(r#"exif:GPSLatitude="52,0N">"#);
    for payload in [generate::exif_segment(&exif), generate::xmp_segment(&xmp)] {
        let jpeg = generate::with_segment(&generate::jpeg(), 0xE1, &payload);
        let (_folder, probed) = probed("a.jpg", &jpeg);
        assert!(probed.picture.private.location);
        let stream = copied(&probed.picture);
        assert!(!stream.windows(4).any(|bytes| bytes == b"Exif" || bytes == b"http"));
    }
    let clock = generate::exif(&[(0x0112, 3, 1, &[1, 0])], &[(0, 1, 4, &[2, 3, 0, 0])]);
    let jpeg = generate::with_segment(&generate::jpeg(), 0xE1, &generate::exif_segment(&clock));
    assert!(!probed("a.jpg", &jpeg).1.picture.private.location);
}

#[test]
fn captions_come_from_xmp_before_iptc_before_exif() {
    let exif = generate::exif(&[(0x010E, 2, 10, b"from EXIF\0"), (0x013B, 2, 4, b"Ada\0")], &[]);
    let xmp = generate::xmp(
        r#"photoshop:City="Nes"><dc:description><rdf:Alt><rdf:li xml:lang="de">aus XMP</rdf:li>
        <rdf:li xml:lang="x-default">from XMP &amp; co</rdf:li></rdf:Alt></dc:description>
        <Iptc4xmpCore:Location>Pier</Iptc4xmpCore:Location>
        <Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A boat</rdf:li>
        </rdf:Alt></Iptc4xmpCore:AltTextAccessibility>"#,
    );
    let iptc = generate::iptc_segment(&[(2, 120, b"from IPTC"), (2, 110, b"Shore Press")]);
    let mut jpeg = generate::with_segment(&generate::jpeg(), 0xED, &iptc);
    jpeg = generate::with_segment(&jpeg, 0xE1, &generate::xmp_segment(&xmp));
    jpeg = generate::with_segment(&jpeg, 0xE1, &generate::exif_segment(&exif));
    let (_folder, probed) = probed("a.jpg", &jpeg);
    let said = |value: &Option<recto::model::Sourced>| {
        value.as_ref().map(|found| (found.value.clone(), found.source)).unwrap()
    };
    let metadata = &probed.metadata;
    assert_eq!(said(&metadata.caption), ("from XMP & co".into(), "XMP dc:description"));
    assert_eq!(said(&metadata.alt).0, "A boat");
    assert_eq!(said(&metadata.place).0, "Pier, Nes");
    assert_eq!(said(&metadata.credit), ("Shore Press".into(), "IPTC 2:110"));
    assert_eq!(said(&metadata.creator), ("Ada".into(), "EXIF Artist"));
    let other = probed.candidates.merged(&[MetadataSource::Exif, MetadataSource::Xmp]);
    assert_eq!(said(&other.caption), ("from EXIF".into(), "EXIF ImageDescription"));
    assert_eq!(other.credit, None);
}

#[test]
fn a_sidecar_goes_before_what_the_picture_says() {
    let xmp = generate::xmp(r#"photoshop:Headline="inside" photoshop:Credit="inside">"#);
    let jpeg = generate::with_segment(&generate::jpeg(), 0xE1, &generate::xmp_segment(&xmp));
    let folder = TempDir::new().unwrap();
    let path = generate::put(folder.path(), "a.jpg", &jpeg);
    let sidecar = generate::xmp(r#"photoshop:Headline="beside">"#);
    for name in ["a.xmp", "a.jpg.xmp"] {
        let beside = generate::put(folder.path(), name, &sidecar);
        let probed = picture::probe(&path, "a.jpg", &mut Profiles::default()).unwrap();
        let headline = probed.metadata.headline.unwrap();
        assert_eq!((&*headline.value, headline.source), ("beside", "sidecar photoshop:Headline"));
        assert_eq!(probed.metadata.credit.unwrap().value, "inside");
        std::fs::remove_file(beside).unwrap();
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
        let jpeg = generate::with_segment(&generate::jpeg(), 0xED, &generate::iptc_segment(sets));
        let metadata = probed("a.jpg", &jpeg).1.metadata;
        assert_eq!(metadata.caption.unwrap().value, "Bjørn på brygga");
    }
    let sets: &[(u8, u8, &[u8])] =
        &[(2, 80, b"Ada"), (2, 80, b"Bo"), (2, 55, b"20260112"), (2, 90, b"Nes"), (2, 101, b"NO")];
    let jpeg = generate::with_segment(&generate::jpeg(), 0xED, &generate::iptc_segment(sets));
    let metadata = probed("a.jpg", &jpeg).1.metadata;
    assert_eq!(metadata.creator.unwrap().value, "Ada, Bo");
    assert_eq!(metadata.taken.unwrap().value, "2026-01-12");
    assert_eq!(metadata.place.unwrap().value, "Nes, NO");
}

#[test]
fn exif_texts_are_read_in_their_encodings() {
    let wide: Vec<u8> = "Grüße".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let exif = generate::exif(
        &[
            (0x010E, 2, 4, b"   \0"),
            (0x8298, 2, 12, b"Ada\0Shore P\0"),
            (0x9C9B, 1, u32::try_from(wide.len()).unwrap(), &wide),
            (0x9C9C, 1, u32::try_from(wide.len()).unwrap(), &wide),
        ],
        &[],
    );
    let jpeg = generate::with_segment(&generate::jpeg(), 0xE1, &generate::exif_segment(&exif));
    let metadata = probed("a.jpg", &jpeg).1.metadata;
    let caption = metadata.caption.unwrap();
    assert_eq!((&*caption.value, caption.source), ("Grüße", "EXIF XPComment"));
    assert_eq!(metadata.headline.unwrap().source, "EXIF XPTitle");
    assert_eq!(metadata.rights.unwrap().value, "Ada; Shore P");
}

#[test]
fn the_usual_order_is_the_documented_one() {
    assert_eq!(
        Candidates::DEFAULT_ORDER,
        [MetadataSource::Xmp, MetadataSource::Iptc, MetadataSource::Exif]
    );
}

// ── profiles ──

/// A profile of another make than sRGB.
fn display_p3() -> Vec<u8> {
    moxcms::ColorProfile::new_display_p3().encode().unwrap()
}

fn with_profile(jpeg: &[u8], segments: &[Vec<u8>]) -> Vec<u8> {
    segments
        .iter()
        .fold(jpeg.to_vec(), |jpeg, segment| generate::with_segment(&jpeg, 0xE2, segment))
}

#[test]
fn photos_with_the_same_profile_share_it() {
    let folder = TempDir::new().unwrap();
    let mut profiles = Profiles::default();
    let mut look = |name: &str, parts| {
        // The segments end up in reverse order, which is allowed.
        let jpeg =
            with_profile(&generate::jpeg(), &generate::profile_segments(&display_p3(), parts));
        let path = generate::put(folder.path(), name, &jpeg);
        picture::probe(&path, name, &mut profiles).unwrap()
    };
    let (one, two) = (look("a.jpg", 1), look("b.jpg", 3));
    let (one, two) = (one.picture.profile.unwrap(), two.picture.profile.unwrap());
    assert!(Arc::ptr_eq(&one, &two));
    assert_eq!((one.space, &one.bytes), (ProfileSpace::Rgb, &display_p3()));
}

#[test]
fn a_broken_profile_is_noted_and_left_aside() {
    let profile = display_p3();
    let whole = generate::profile_segments(&profile, 1);
    let mut unmarked = profile.clone();
    unmarked[36] = b'x';
    let gray = generate::jpeg_of(&[120; 64], 8, 8, ColorType::Luma);
    for jpeg in [
        with_profile(&generate::jpeg(), &generate::profile_segments(&profile, 3)[..2]),
        with_profile(&generate::jpeg(), &generate::profile_segments(&profile[..200], 1)),
        with_profile(&generate::jpeg(), &generate::profile_segments(&unmarked, 1)),
        with_profile(&gray, &whole),
    ] {
        let (_folder, probed) = probed("a.jpg", &jpeg);
        assert_eq!(probed.picture.profile, None);
        assert_eq!(probed.findings[0].code.name(), "profile-broken");
        assert!(picture::scaled(&probed.picture, &WHOLE).is_ok());
    }
}

#[test]
fn colours_of_another_space_arrive_in_srgb() {
    // Display P3's 200, 100, 50 lies at about 213, 97, 37 in sRGB.
    let samples = [200, 100, 50].repeat(64);
    let jpeg = generate::jpeg_of(&samples, 8, 8, ColorType::Rgb);
    let jpeg = with_profile(&jpeg, &generate::profile_segments(&display_p3(), 1));
    let (_folder, probed) = probed("a.jpg", &jpeg);
    let raster = picture::raster(&probed.picture, &WHOLE).unwrap();
    assert_near(&raster.rgb[..3], &[213, 96, 36], 5);
    let scaled = picture::scaled(&probed.picture, &WHOLE).unwrap();
    assert!(!scaled.jpeg.windows(4).any(|bytes| bytes == b"ICC_" || bytes == b"Exif"));
}

#[test]
fn srgb_itself_is_not_touched() {
    let srgb = moxcms::ColorProfile::new_srgb().encode().unwrap();
    let plain = generate::jpeg();
    let tagged = with_profile(&plain, &generate::profile_segments(&srgb, 1));
    let raster = |jpeg: &[u8]| {
        let (_folder, probed) = probed("a.jpg", jpeg);
        picture::raster(&probed.picture, &WHOLE).unwrap()
    };
    assert_eq!(raster(&plain), raster(&tagged));
}

#[test]
fn ink_becomes_light_by_a_profile() {
    // No ink, all inks, cyan alone, and red of two inks. The encoder stores them inverted,
    // as Adobe's programs do.
    for (ink, light, tolerance) in [
        ([0, 0, 0, 0], [255, 255, 255], 3),
        ([255, 255, 255, 255], [0, 0, 0], 12),
        ([255, 0, 0, 0], [0, 158, 224], 22),
        ([0, 255, 255, 0], [226, 0, 26], 22),
    ] {
        for colour in [ColorType::Cmyk, ColorType::CmykAsYcck] {
            let jpeg = generate::jpeg_of(&ink.repeat(64), 8, 8, colour);
            let (_folder, probed) = probed("a.jpg", &jpeg);
            assert_eq!(probed.picture.colour, ColorModel::Cmyk { inverted: true });
            let raster = picture::raster(&probed.picture, &WHOLE).unwrap();
            assert_near(&raster.rgb[..3], &light, tolerance);
            let passage = passage(&probed.picture).unwrap();
            assert_eq!(passage.colour, ColorModel::Cmyk { inverted: true });
            let stream = copied(&probed.picture);
            assert!(stream.windows(5).any(|bytes| bytes == b"Adobe"));
        }
    }
}

// ── passing through ──

#[test]
fn a_jpeg_passes_with_its_picture_and_nothing_else() {
    let plain = generate::jpeg();
    let mut jpeg = generate::with_segment(&plain, 0xFE, b"a comment");
    let exif = generate::exif(&[(0x010E, 2, 7, b"secret\0")], &[]);
    jpeg = generate::with_segment(&jpeg, 0xE1, &generate::exif_segment(&exif));
    jpeg = generate::with_segment(&jpeg, 0xED, &generate::iptc_segment(&[(2, 120, b"secret")]));
    jpeg = with_profile(&jpeg, &generate::profile_segments(&display_p3(), 2));
    // A second picture behind the first, as phones append it.
    jpeg.extend(generate::jpeg());
    let (_folder, probed) = probed("a.jpg", &jpeg);
    assert!(probed.picture.private.other);
    let passage = passage(&probed.picture).unwrap();
    assert_eq!(passage.encoding, ImageEncoding::Jpeg);
    assert_eq!((passage.pixels, passage.colour), (probed.picture.stored, ColorModel::Rgb));
    let stream = copied(&probed.picture);
    assert!(stream.len() < plain.len());
    assert_eq!(decoded(&stream), decoded(&plain));
    for word in [&b"secret"[..], b"Exif", b"Photoshop", b"ICC_PROFILE", b"JFIF", b"comment"] {
        assert!(!stream.windows(word.len()).any(|bytes| bytes == word));
    }
}

#[test]
fn a_progressive_jpeg_passes_with_all_its_scans() {
    let mut jpeg = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut jpeg, 90);
    encoder.set_progressive(true);
    encoder.set_restart_interval(2);
    encoder.encode(&generate::rgb(), WIDTH, HEIGHT, ColorType::Rgb).unwrap();
    let (_folder, probed) = probed("a.jpg", &jpeg);
    let stream = copied(&probed.picture);
    let scans = |bytes: &[u8]| bytes.windows(2).filter(|pair| *pair == [0xFF, 0xDA]).count();
    assert!(scans(&jpeg) > 1);
    assert_eq!(scans(&stream), scans(&jpeg));
    assert_eq!(decoded(&stream), decoded(&jpeg));
}

#[test]
fn sixteen_bits_become_eight() {
    let samples: Vec<u8> = generate::rgb()
        .into_iter()
        .flat_map(|sample| (u16::from(sample) * 257).to_ne_bytes())
        .collect();
    let png = generate::png(&samples, ExtendedColorType::Rgb16, &[]);
    let (_folder, probed) = probed("a.png", &png);
    assert_eq!(probed.picture.bits, 16);
    let passage = passage(&probed.picture).unwrap();
    assert_eq!((passage.encoding, passage.colour), (ImageEncoding::Deflated, ColorModel::Rgb));
    assert_eq!(rows_of(&probed.picture), generate::rgb());
}

#[test]
fn what_shines_through_is_white() {
    let samples: Vec<u8> = [[255, 0, 0, 0], [255, 0, 0, 255], [0, 0, 0, 128]]
        .into_iter()
        .cycle()
        .take(usize::from(WIDTH) * usize::from(HEIGHT))
        .flatten()
        .collect();
    let png = generate::png(&samples, ExtendedColorType::Rgba8, &[]);
    let (_folder, probed) = probed("a.png", &png);
    assert!(probed.picture.alpha);
    let rows = rows_of(&probed.picture);
    assert_eq!(rows[..9], [255, 255, 255, 255, 0, 0, 127, 127, 127]);
    assert_eq!(picture::raster(&probed.picture, &WHOLE).unwrap().rgb, rows);
}

#[test]
fn gray_stays_gray() {
    let samples: Vec<u8> = (0..usize::from(WIDTH) * usize::from(HEIGHT))
        .map(|place| u8::try_from(place % 256).unwrap())
        .collect();
    let png = generate::png(&samples, ExtendedColorType::L8, &[]);
    let (_folder, probed) = probed("a.png", &png);
    assert_eq!(probed.picture.colour, ColorModel::Gray);
    let passage = passage(&probed.picture).unwrap();
    assert_eq!(passage.colour, ColorModel::Gray);
    assert_eq!(rows_of(&probed.picture), samples);
    // On screens everything is red, green and blue, so that nobody has to ask.
    let scaled = picture::scaled(&probed.picture, &WHOLE).unwrap();
    let colour = image::load_from_memory(&scaled.jpeg).unwrap().color();
    assert_eq!(colour, image::ColorType::Rgb8);
    let raster = picture::raster(&probed.picture, &WHOLE).unwrap();
    assert!(raster.rgb.chunks_exact(3).zip(&samples).all(|(pixel, level)| pixel == [*level; 3]));
}

#[test]
fn a_palette_is_spread_out() {
    // 2 × 2 pixels, one bit each: 0 1 over 1 0.
    let mut rows = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    rows.write_all(&[0, 0b0100_0000, 0, 0b1000_0000]).unwrap();
    let mut png = b"\x89PNG\r\n\x1A\n".to_vec();
    png.extend(generate::png_chunk(*b"IHDR", &[0, 0, 0, 2, 0, 0, 0, 2, 1, 3, 0, 0, 0]));
    png.extend(generate::png_chunk(*b"PLTE", &[10, 20, 30, 200, 210, 220]));
    png.extend(generate::png_chunk(*b"IDAT", &rows.finish().unwrap()));
    png.extend(generate::png_chunk(*b"IEND", &[]));
    let (_folder, probed) = probed("a.png", &png);
    assert_eq!((probed.picture.colour, probed.picture.bits), (ColorModel::Rgb, 1));
    let (dark, light) = ([10, 20, 30], [200, 210, 220]);
    assert_eq!(rows_of(&probed.picture), [dark, light, light, dark].concat());
}

#[test]
fn a_tiff_in_ink_keeps_its_ink() {
    use tiff::encoder::{TiffEncoder, colortype::CMYK8};
    let samples = [10, 20, 30, 40].repeat(16);
    let mut file = std::io::Cursor::new(Vec::new());
    TiffEncoder::new(&mut file).unwrap().write_image::<CMYK8>(4, 4, &samples).unwrap();
    let (_folder, probed) = probed("a.tif", file.get_ref());
    assert_eq!(probed.picture.colour, ColorModel::Cmyk { inverted: false });
    assert_eq!(rows_of(&probed.picture), samples);
    let light = picture::raster(&probed.picture, &WHOLE).unwrap().rgb;
    assert!(light[0] > 120 && light[0] > light[2], "{:?}", &light[..3]);
}

#[test]
fn the_other_formats_are_read_too() {
    use image::ImageFormat::{Bmp, Gif, Tiff, WebP};
    let picture = image::RgbImage::from_raw(WIDTH.into(), HEIGHT.into(), generate::rgb()).unwrap();
    for (name, format) in [("a.bmp", Bmp), ("a.gif", Gif), ("a.tif", Tiff), ("a.webp", WebP)] {
        let mut file = std::io::Cursor::new(Vec::new());
        let made = image::DynamicImage::from(picture.clone());
        if format == Gif {
            let frame = image::Frame::new(made.to_rgba8());
            image::codecs::gif::GifEncoder::new(&mut file).encode_frame(frame).unwrap();
        } else if format == WebP {
            let encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut file);
            made.write_with_encoder(encoder).unwrap();
        } else {
            made.write_to(&mut file, format).unwrap();
        }
        let (_folder, probed) = probed(name, file.get_ref());
        assert_eq!(probed.picture.upright().width, u32::from(WIDTH));
        assert!(probed.findings.is_empty(), "{:?}", probed.findings);
        let raster = picture::raster(&probed.picture, &WHOLE).unwrap();
        let found = corners(raster.pixels, &raster.rgb);
        assert_near(found.as_flattened(), CORNERS.as_flattened(), 12);
    }
}

// ── scaling ──

#[test]
fn both_limits_of_a_recipe_are_kept_and_nothing_is_enlarged() {
    let (_folder, probed) = probed("a.jpg", &generate::jpeg());
    let size = |max_edge, max_pixels| {
        let recipe = ScaleOptions { max_edge, max_pixels, quality: 80 };
        picture::scaled(&probed.picture, &recipe).unwrap().pixels
    };
    assert_eq!(size(1000, u64::MAX), Pixels { width: 40, height: 24 });
    assert_eq!(size(20, u64::MAX), Pixels { width: 20, height: 12 });
    assert_eq!(size(1000, 240), Pixels { width: 20, height: 12 });
    for most in 1..200 {
        assert!(size(1000, most).count() <= most);
    }
}

#[test]
fn the_same_photo_gives_the_same_bytes() {
    let (_folder, probed) = probed("a.jpg", &generate::jpeg());
    let recipe = ScaleOptions { max_edge: 17, max_pixels: u64::MAX, quality: 70 };
    let first = picture::scaled(&probed.picture, &recipe).unwrap();
    let processor =
        ImageProcessor::new(ProcessorOptions { jobs: 4, ..ProcessorOptions::default() });
    processor
        .in_order(
            [&probed.picture; 8],
            |picture| Some(picture),
            |picture| processor.scaled(picture, &recipe),
            |_, scaled| {
                if scaled.unwrap() == first { Ok(()) } else { Err("other bytes") }
            },
        )
        .unwrap();
}

// ── the photos and the torture chamber beside the repository ──

fn shared(folder: &str) -> Vec<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").into_os_string();
    #[expect(clippy::disallowed_methods, reason = "a test may look where its photos are")]
    let root: OsString = std::env::var_os("RECTO_SHARED").unwrap_or_else(beside);
    let Ok(files) = std::fs::read_dir(Path::new(&root).join(folder)) else { return Vec::new() };
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

/// The decoders are part of what is tested, and slow in a build that is not optimised; there,
/// pictures of more pixels are only looked at. `tests/run` tests an optimised build.
const MOST_UNOPTIMISED: u64 = 10_000_000;
/// No file may hang a build; unoptimised, photos take their time all the same.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 240 } else { 10 });

#[test]
fn every_shared_file_gives_a_picture_or_a_finding() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    let mut files: Vec<_> = shared("photos").into_iter().chain(shared("torture")).collect();
    // The largest first, so that no thread is left with one at the end.
    files.sort_by_key(|path| std::cmp::Reverse(path.metadata().unwrap().len()));
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    try_all_ways(path);
                }
            });
        }
    });
}

/// Looks at a file, scales it and passes it to the press; whatever it is, that must end.
fn try_all_ways(path: &Path) {
    let recipe = ScaleOptions { max_edge: 600, max_pixels: u64::MAX, quality: 85 };
    let name = path.file_name().unwrap().to_str().unwrap();
    let begin = Instant::now();
    let Ok(probed) = picture::probe(path, name, &mut Profiles::default()) else { return };
    let picture = &probed.picture;
    if cfg!(debug_assertions) && picture.stored.count() > MOST_UNOPTIMISED {
        return;
    }
    if let Ok(scaled) = picture::scaled(picture, &recipe) {
        assert!(scaled.pixels.width.max(scaled.pixels.height) <= 600, "{name}");
        assert_eq!(&scaled.jpeg[..2], [0xFF, 0xD8], "{name}");
    }
    if let Ok(passage) = passage(picture) {
        let (length, stored) = (passage.length, passage.encoding);
        let mut bytes = Vec::new();
        passage.copy(&mut bytes).unwrap();
        assert_eq!(bytes.len() as u64, length, "{name}");
        if stored == ImageEncoding::Jpeg {
            assert!(bytes.ends_with(&[0xFF, 0xD9]), "{name}");
        }
    }
    assert!(begin.elapsed() < PATIENCE, "{name}: {:?}", begin.elapsed());
}
