//! Colour spaces that a photo states by other means than an ICC profile, and profiles that state
//! none.

use image::ExtendedColorType;
use recto::finding::Finding;
use recto::model::{HdrTransfer, Picture, StatedSpace};
use recto::picture::{PressOptions, Probed, ScaleOptions};

use crate::support::fixture::{BookFixture, with_code};
use crate::support::image_formats::{self, Png};
use crate::support::images::{self, HEIGHT, WIDTH};

const WHOLE: ScaleOptions = ScaleOptions { max_edge: 4000, max_pixels: 16_000_000, quality: 95 };

/// The first pixel, converted to sRGB.
fn first_pixel(picture: &Picture) -> [u8; 3] {
    *images::raster(picture, &WHOLE).unwrap().rgb.first_chunk().unwrap()
}

/// A directory of EXIF at an offset.
fn directory(entries: &[(u16, u16, u32, [u8; 4])]) -> Vec<u8> {
    let mut bytes = u16::try_from(entries.len()).unwrap().to_le_bytes().to_vec();
    for (tag, kind, count, value) in entries {
        bytes.extend(tag.to_le_bytes());
        bytes.extend(kind.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        bytes.extend(value);
    }
    bytes.extend([0; 4]);
    bytes
}

/// An EXIF block with this colour space and this index of interoperability.
fn exif(color_space: Option<u16>, index: Option<&[u8; 3]>) -> Vec<u8> {
    const EXIF: u32 = 26;
    let mut entries = Vec::new();
    if let Some(space) = color_space {
        let [low, high] = space.to_le_bytes();
        entries.push((0xA001, 3, 1, [low, high, 0, 0]));
    }
    let length = 2 + 12 * (entries.len() + usize::from(index.is_some())) + 4;
    let interoperability = EXIF + u32::try_from(length).unwrap();
    if index.is_some() {
        entries.push((0xA005, 4, 1, interoperability.to_le_bytes()));
    }
    let mut block = b"II\x2A\0\x08\0\0\0".to_vec();
    block.extend(directory(&[(0x8769, 4, 1, EXIF.to_le_bytes())]));
    block.extend(directory(&entries));
    if let Some([first, second, third]) = index {
        block.extend(directory(&[(0x0001, 2, 4, [*first, *second, *third, 0])]));
    }
    block
}

fn jpeg_with_exif(block: &[u8]) -> Vec<u8> {
    images::with_segment(&images::jpeg(), 0xE1, &images::exif_segment(block))
}

#[test]
fn a_photo_by_the_dcf_rule_for_adobe_rgb_is_adobe_rgb() {
    for (space, index) in [(Some(0xFFFF), Some(b"R03")), (Some(2), None), (Some(2), Some(b"R03"))] {
        let (_folder, probed) = images::probed("_DSC1.JPG", &jpeg_with_exif(&exif(space, index)));
        assert!(probed.picture.profile.is_some(), "{space:?} {index:?}");
        let [red, green, blue] = first_pixel(&probed.picture);
        let [plain, ..] = images::CORNERS[0];
        assert!(red > plain + 20 && green < 40 && blue < 40, "{red} {green} {blue}");
        // The data is copied with the profile.
        assert!(PressOptions::UNCHANGED.is_copied(&probed.picture));
    }
}

#[test]
fn a_photo_that_exif_says_is_srgb_is_no_guess_and_an_uncalibrated_one_is() {
    for (space, index, stated) in [
        (Some(1), Some(b"R98"), StatedSpace::Srgb),
        (Some(1), None, StatedSpace::Srgb),
        // Converted by a program that kept the index.
        (Some(1), Some(b"R03"), StatedSpace::Srgb),
        (None, Some(b"R98"), StatedSpace::Srgb),
        (Some(0xFFFF), None, StatedSpace::Unknown),
        (Some(0xFFFF), Some(b"THM"), StatedSpace::Unknown),
        (None, None, StatedSpace::Unknown),
    ] {
        let (_folder, probed) = images::probed("a.jpg", &jpeg_with_exif(&exif(space, index)));
        assert_eq!(probed.picture.profile, None);
        assert_eq!(probed.picture.stated_space, stated, "{space:?} {index:?}");
    }
}

#[test]
fn an_embedded_profile_takes_precedence_over_exif() {
    let mut jpeg = jpeg_with_exif(&exif(Some(0xFFFF), Some(b"R03")));
    for segment in images::profile_segments(recto::picture::srgb(), 1) {
        jpeg = images::with_segment(&jpeg, 0xE2, &segment);
    }
    let (_folder, probed) = images::probed("a.jpg", &jpeg);
    assert_eq!(probed.picture.profile.as_ref().unwrap().bytes, recto::picture::srgb());
}

#[test]
fn the_primaries_in_exif_are_used() {
    let ratios = |values: &[u32]| -> Vec<u8> {
        values.iter().flat_map(|value| [*value, 10_000]).flat_map(u32::to_le_bytes).collect()
    };
    let white = ratios(&[3127, 3290]);
    let photo = |primaries: &[u32; 6]| {
        let primaries = ratios(primaries);
        let block = images::exif(&[(0x013E, 5, 2, &white), (0x013F, 5, 6, &primaries)], &[]);
        images::probed("a.jpg", &jpeg_with_exif(&block)).1
    };
    // Display P3, Adobe RGB, sRGB, and numbers that are no colours.
    let p3 = photo(&[6800, 3200, 2650, 6900, 1500, 600]);
    assert!(p3.picture.profile.is_some());
    let adobe = photo(&[6400, 3300, 2100, 7100, 1500, 600]);
    assert!(adobe.picture.profile.is_some_and(|profile| p3.picture.profile != Some(profile)));
    let srgb = photo(&[6400, 3300, 3000, 6000, 1500, 600]);
    assert_eq!((srgb.picture.profile, srgb.picture.stated_space), (None, StatedSpace::Srgb));
    let odd = photo(&[u32::MAX, 1, 0, 0, 1, 1]);
    assert_eq!((odd.picture.profile, odd.picture.stated_space), (None, StatedSpace::Unknown));
}

/// The findings of a book with this photo.
fn findings(name: &str, bytes: &[u8]) -> Vec<Finding> {
    let book = BookFixture::with_pages(&[&format!("photo: {name}")]).file(name, bytes).load();
    let book_findings = |book: &recto::model::Book| {
        let faces = recto::typeset::Faces::load(&book.fonts).unwrap();
        let pages = recto::layout::paginate(book, &faces);
        recto::preflight::findings(book, &pages, &faces, recto::model::Edition::Print.into())
    };
    let mut findings = book.findings;
    findings.extend(book.book.as_ref().map(book_findings).unwrap_or_default());
    findings
}

#[test]
fn only_photos_that_state_nothing_are_untagged() {
    for (bytes, untagged) in [
        (jpeg_with_exif(&exif(Some(1), None)), 0),
        (jpeg_with_exif(&exif(Some(0xFFFF), Some(b"R03"))), 0),
        (jpeg_with_exif(&exif(Some(0xFFFF), None)), 1),
    ] {
        assert_eq!(with_code(&findings("a.jpg", &bytes), "photo-untagged").len(), untagged);
    }
    let png = |chunks: &[([u8; 4], Vec<u8>)]| {
        images::png(&images::rgb(), ExtendedColorType::Rgb8, chunks)
    };
    let primaries = [31_270_u32, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000];
    let primaries = primaries.iter().flat_map(|value| value.to_be_bytes()).collect();
    for (chunks, untagged) in [
        (vec![], 1),
        (vec![(*b"sRGB", vec![0])], 0),
        (vec![(*b"cICP", vec![1, 13, 0, 1])], 0),
        (vec![(*b"gAMA", 45_455_u32.to_be_bytes().to_vec()), (*b"cHRM", primaries)], 0),
        // Unspecified code points say nothing.
        (vec![(*b"cICP", vec![2, 2, 0, 1])], 1),
    ] {
        let found = findings("a.png", &png(&chunks));
        assert_eq!(with_code(&found, "photo-untagged").len(), untagged, "{chunks:?}");
    }
}

/// A PNG with three grey steps of this depth, the lightest of which is at the right.
fn steps(bits: u8, levels: [u16; 3], code_points: [u8; 4]) -> Vec<u8> {
    let chunks = [(*b"cICP", code_points.to_vec())];
    let png = Png { size: (30, 8), bits, colour: 2, interlaced: false, chunks: &chunks };
    png.encode(|x, _| vec![levels[x as usize / 10]; 3])
}

/// The grey levels of the three steps after conversion.
fn converted_steps(probed: &Probed) -> [u8; 3] {
    let pixels = images::raster(&probed.picture, &WHOLE).unwrap().rgb;
    [4, 14, 24].map(|x| {
        let [red, green, blue] = *pixels[x * 3..].first_chunk().unwrap();
        assert!(red.abs_diff(green) <= 1 && green.abs_diff(blue) <= 1, "{red} {green} {blue}");
        red
    })
}

#[test]
fn hdr_without_highlights_has_its_reference_white_at_white() {
    // In units of 1/65535: for PQ 0.38, 0.49 and 0.5807, for HLG 0.25, 0.5 and 0.75.
    for (transfer, levels) in [(16, [24_903, 32_112, 38_056]), (18, [16_384, 32_768, 49_151])] {
        let png = steps(16, levels, [9, transfer, 0, 1]);
        let (_folder, probed) = images::probed("a.png", &png);
        let [dark, middle, light] = converted_steps(&probed);
        assert!(
            dark + 30 < middle && middle + 30 < light && light >= 253,
            "{dark} {middle} {light}"
        );
        assert_eq!(probed.findings.len(), 1);
        assert_eq!(probed.findings[0].code.name(), "photo-hdr");
    }
}

#[test]
fn highlights_above_the_reference_white_are_compressed_and_stay_apart() {
    let png = steps(8, [148, 192, 230], [9, 16, 0, 1]);
    let (_folder, probed) = images::probed("a.png", &png);
    let [white, brighter, brightest] = converted_steps(&probed);
    assert!(white > 180 && white + 8 < brighter && brighter < brightest && brightest == 255);
    // The levels of video are between 16 and 235.
    let png = steps(8, [16, 120, 235], [9, 18, 0, 0]);
    let (_folder, probed) = images::probed("a.png", &png);
    let [black, _, white] = converted_steps(&probed);
    assert_eq!((black, white), (0, 255));
}

#[test]
fn gray_and_transparent_hdr_is_converted() {
    let chunks = [(*b"cICP", vec![9, 16, 0, 1])];
    for (colour, pixel) in
        [(0, vec![38_055]), (4, vec![38_055, 65_535]), (6, vec![38_055, 38_055, 38_055, 65_535])]
    {
        let png = Png { size: (8, 8), bits: 16, colour, interlaced: false, chunks: &chunks };
        let (_folder, probed) = images::probed("a.png", &png.encode(|_, _| pixel.clone()));
        assert!(matches!(probed.picture.stated_space, StatedSpace::Hdr(_)));
        assert!(first_pixel(&probed.picture)[0] >= 253, "{colour}");
    }
}

/// A profile with this transfer function in its `cicp` tag, or only in its curves.
fn hdr_profile(with_tag: bool) -> Vec<u8> {
    let mut profile = moxcms::ColorProfile::new_display_p3_pq();
    if with_tag {
        profile.cicp = Some(moxcms::CicpProfile {
            color_primaries: moxcms::CicpColorPrimaries::Smpte432,
            transfer_characteristics: moxcms::TransferCharacteristics::Smpte2084,
            matrix_coefficients: moxcms::MatrixCoefficients::Identity,
            full_range: true,
        });
    } else {
        profile.cicp = None;
    }
    profile.encode().unwrap()
}

#[test]
fn hdr_in_a_profile_is_converted_and_never_copied() {
    let gray = vec![148; usize::from(WIDTH) * usize::from(HEIGHT) * 3];
    for with_tag in [true, false] {
        let profile = hdr_profile(with_tag);
        let mut jpeg = images::jpeg_of(&gray, WIDTH, HEIGHT, jpeg_encoder::ColorType::Rgb);
        for segment in images::profile_segments(&profile, 2) {
            jpeg = images::with_segment(&jpeg, 0xE2, &segment);
        }
        let (_folder, probed) = images::probed("a.jpg", &jpeg);
        let StatedSpace::Hdr(encoding) = probed.picture.stated_space else { panic!("{with_tag}") };
        assert_eq!(encoding.transfer, HdrTransfer::Pq);
        let [red, green, blue] = first_pixel(&probed.picture);
        assert!(red > 250 && green > 250 && blue > 250, "{red} {green} {blue}");
        assert!(!PressOptions::UNCHANGED.is_copied(&probed.picture));
    }
}

#[test]
fn profiles_that_describe_no_colours_of_a_photo_are_ignored() {
    let with_bytes = |at: usize, bytes: &[u8; 4]| {
        let mut profile = recto::picture::srgb().to_vec();
        profile[at..at + 4].copy_from_slice(bytes);
        profile
    };
    for (profile, reason) in [
        (with_bytes(12, b"link"), "device link"),
        (with_bytes(12, b"abst"), "abstract"),
        (with_bytes(12, b"nmcl"), "named-colour"),
        (with_bytes(12, b"xxxx"), "unknown class"),
        (with_bytes(20, b"RGB "), "connection space"),
        (with_bytes(8, &[5, 0, 0, 0]), "version"),
    ] {
        let png = {
            let chunk = [b"profile\0\0", image_formats::deflated(&profile).as_slice()].concat();
            images::png(&images::rgb(), ExtendedColorType::Rgb8, &[(*b"iCCP", chunk)])
        };
        let jpeg = images::profile_segments(&profile, 1)
            .iter()
            .fold(images::jpeg(), |jpeg, segment| images::with_segment(&jpeg, 0xE2, segment));
        for (name, bytes) in [("a.png", png), ("a.jpg", jpeg)] {
            let (_folder, probed) = images::probed(name, &bytes);
            assert_eq!(probed.picture.profile, None);
            let found = with_code(&probed.findings, "profile-broken");
            assert!(found[0].message.contains(reason), "{}", found[0].message);
        }
    }
    for class in [b"scnr", b"mntr", b"prtr", b"spac"] {
        let segment = images::profile_segments(&with_bytes(12, class), 1).remove(0);
        let jpeg = images::with_segment(&images::jpeg(), 0xE2, &segment);
        let (_folder, probed) = images::probed("a.jpg", &jpeg);
        assert!(probed.picture.profile.is_some() && probed.findings.is_empty());
    }
}
