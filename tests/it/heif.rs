//! HEIC images, which are read with the feature `heif`.

use recto::finding::Code;
use recto::model::{ColorModel, Format, Pixels, StatedSpace};
use recto::picture::ScaleOptions;

use crate::support::heif::{CODED, Heif};
use crate::support::images::{self, CORNERS, probe, probed};

const FULL_SIZE: ScaleOptions = ScaleOptions { max_edge: 4096, max_pixels: u64::MAX, quality: 90 };
const RED: [u8; 3] = CORNERS[0];
const GREEN: [u8; 3] = CORNERS[1];
const BLUE: [u8; 3] = CORNERS[2];
const YELLOW: [u8; 3] = CORNERS[3];

/// The size of a photo as it is shown, and the colours near its corners: top left, top right,
/// bottom left, bottom right.
#[track_caller]
fn shown(heif: &Heif) -> ((u32, u32), [[u8; 3]; 4]) {
    let (_folder, probed) = probed("a.heic", &heif.encode());
    let raster = images::raster(&probed.picture, &FULL_SIZE).unwrap();
    let Pixels { width, height } = raster.pixels;
    assert_eq!(probed.picture.upright(), raster.pixels);
    let at = |x: u32, y: u32| {
        let index = (y * width + x) as usize * 3;
        [raster.rgb[index], raster.rgb[index + 1], raster.rgb[index + 2]]
    };
    let (right, bottom) = (width - 5, height - 5);
    ((width, height), [at(4, 4), at(right, 4), at(4, bottom), at(right, bottom)])
}

#[track_caller]
fn assert_shown(heif: &Heif, size: (u32, u32), corners: [[u8; 3]; 4]) {
    let (shown_size, found) = shown(heif);
    assert_eq!(shown_size, size);
    for (found, expected) in found.iter().flatten().zip(corners.iter().flatten()) {
        assert!(found.abs_diff(*expected) <= 12, "{found} is not {expected}: {corners:?}");
    }
}

#[test]
fn a_heic_image_is_a_photo() {
    let (_folder, probed) = probed("a.heic", &Heif::default().encode());
    let picture = &probed.picture;
    assert_eq!((picture.format, picture.colour), (Format::Heif, ColorModel::Rgb));
    assert_eq!((picture.bits, picture.alpha), (8, false));
    assert!(probed.findings.is_empty(), "{:?}", probed.findings);
    assert_shown(&Heif::default(), CODED, CORNERS);
}

#[test]
fn a_grid_is_one_picture() {
    let grid = Heif { grid: Some((3, 2)), ..Heif::default() };
    assert_shown(&grid, (CODED.0 * 3, CODED.1 * 2), CORNERS);
}

#[test]
fn rotations_are_counter_clockwise_and_applied_once() {
    let turned = (CODED.1, CODED.0);
    for (quarters, size, corners) in [
        (1, turned, [GREEN, YELLOW, RED, BLUE]),
        (2, CODED, [YELLOW, BLUE, GREEN, RED]),
        (3, turned, [BLUE, RED, YELLOW, GREEN]),
    ] {
        let heif = Heif::default().with(*b"irot", &[quarters]);
        assert_shown(&heif, size, corners);
        // The orientation in EXIF says the same once more, as phones write it.
        let exif = images::exif(&[(0x0112, 3, 1, &[6, 0])], &[]);
        assert_shown(&Heif { exif: Some(exif), ..heif.clone() }, size, corners);
        assert_shown(&Heif { grid: Some((1, 1)), ..heif }, size, corners);
    }
    // Without a rotation, EXIF does not turn the picture.
    let exif = images::exif(&[(0x0112, 3, 1, &[6, 0])], &[]);
    assert_shown(&Heif { exif: Some(exif), ..Heif::default() }, CODED, CORNERS);
}

#[test]
fn mirrors_exchange_top_and_bottom_or_left_and_right() {
    let mirrored = |axis| Heif::default().with(*b"imir", &[axis]);
    assert_shown(&mirrored(0), CODED, [BLUE, YELLOW, RED, GREEN]);
    assert_shown(&mirrored(1), CODED, [GREEN, RED, YELLOW, BLUE]);
}

#[test]
fn pictures_are_cut_before_they_are_turned() {
    // 32 × 16 pixels in the middle of the right half.
    let clap = [32, 1, 16, 1, 32, 1, 0_u32, 1].map(u32::to_be_bytes).concat();
    let heif = Heif::default().with(*b"clap", &clap).with(*b"irot", &[1]);
    assert_shown(&heif, (16, 32), [GREEN, YELLOW, GREEN, YELLOW]);
}

#[test]
fn colours_are_those_of_the_profile_or_of_the_code_points() {
    let nclx = |primaries, transfer| {
        let body = [b"nclx".as_slice(), &[0, primaries, 0, transfer, 0, 6, 0x80]].concat();
        Heif::default().with(*b"colr", &body)
    };
    let space = |heif: &Heif| {
        let (_folder, probed) = probed("a.heic", &heif.encode());
        (probed.picture.profile.is_some(), probed.picture.stated_space)
    };
    assert_eq!(space(&nclx(1, 13)), (false, StatedSpace::Srgb));
    // Display P3.
    assert_eq!(space(&nclx(12, 13)), (true, StatedSpace::Unknown));
    assert!(matches!(space(&nclx(9, 16)), (false, StatedSpace::Hdr(_))));
    let icc = Heif::default().with(*b"colr", &[b"prof", recto::picture::srgb()].concat());
    assert_eq!(space(&icc), (true, StatedSpace::Unknown));
    let (_, [p3_red, ..]) = shown(&nclx(12, 13));
    assert!(
        p3_red[0] > RED[0] + 8,
        "the red of Display P3 is stronger than that of sRGB: {p3_red:?}"
    );
}

#[test]
fn metadata_is_read_and_the_location_is_only_noticed() {
    let exif = images::exif(
        &[(0x010E, 2, 8, b"By EXIF\0"), (0x013B, 2, 4, b"Ann\0")],
        &[(0x0002, 5, 1, &[1, 0, 0, 0, 1, 0, 0, 0])],
    );
    let xmp = images::xmp(r#"photoshop:Headline="By XMP">"#);
    let heif = Heif { exif: Some(exif), xmp: Some(xmp), ..Heif::default() };
    let (_folder, probed) = probed("a.heic", &heif.encode());
    let text = |field: &Option<recto::model::Sourced>| field.as_ref().unwrap().value.clone();
    assert_eq!(text(&probed.metadata.caption), "By EXIF");
    assert_eq!(text(&probed.metadata.creator), "Ann");
    assert_eq!(text(&probed.metadata.headline), "By XMP");
    assert!(probed.picture.private.location && probed.picture.private.other);
}

#[test]
fn what_the_decoder_cannot_read_correctly_is_refused() {
    let file = Heif::default().encode();
    let position = |name: &[u8]| memchr::memmem::find(&file, name).unwrap();
    // The sampling of the colours in the configuration record.
    for (sampling, word) in [(2, "4:2:2"), (3, "4:4:4")] {
        let mut changed = file.clone();
        changed[position(b"hvcC") + 4 + 16] = 0xFC | sampling;
        let finding = probe("a.heic", &changed).1.unwrap_err();
        assert_eq!(finding.code, Code::PhotoFormat);
        assert!(finding.message.contains(word), "{}", finding.message);
        assert!(finding.help.is_some());
    }
    let mut avif = file.clone();
    let kind = position(b"infe") + 12;
    assert_eq!(&avif[kind..kind + 4], b"hvc1");
    avif[kind..kind + 4].copy_from_slice(b"av01");
    assert_eq!(
        probe("a.heic", &avif).1.unwrap_err().message,
        "a.heic is an AVIF image, which recto cannot read"
    );
}

#[test]
fn no_damage_stops_a_book() {
    let original = Heif { grid: Some((2, 2)), ..Heif::default() }.encode();
    let mut refused = 0;
    for at in 0..original.len() {
        let mut changed = original.clone();
        if at % 3 == 0 {
            changed.truncate(at);
        } else {
            changed[at] ^= 1 << (at % 8);
        }
        let (_folder, probed) = probe("a.heic", &changed);
        let shown = probed.map(|it| images::raster(&it.picture, &FULL_SIZE));
        refused += usize::from(!matches!(shown, Ok(Ok(_))));
    }
    assert!(refused > original.len() / 3, "{refused}");
}
