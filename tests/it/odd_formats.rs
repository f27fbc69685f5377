//! Rare kinds of image files that other programs read: faxes, palettes, arithmetic codes, partial
//! frames, missing tags.

use jpeg_encoder::{ColorType, Encoder};
use recto::finding::Code;
use recto::model::{ColorModel, Pixels};
use recto::picture::{ImageEncoding, ScaleOptions};

use crate::pictures::{assert_near, corners, pdf_image};
use crate::support::image_formats;
use crate::support::images::{self, CORNERS, HEIGHT, WIDTH, inspect, probe, probed};
use crate::support::jpegs;

const FULL_SIZE: ScaleOptions =
    ScaleOptions { max_edge: u32::MAX, max_pixels: u64::MAX, quality: 95 };

#[track_caller]
fn pixels(name: &str, bytes: &[u8]) -> Vec<u8> {
    let (_folder, mut photo) = probed(name, bytes);
    assert_eq!(inspect(&mut photo.picture), None, "{name} is whole");
    images::raster(&photo.picture, &FULL_SIZE).unwrap().rgb
}

#[track_caller]
fn assert_corners(name: &str, bytes: &[u8]) {
    let rgb = pixels(name, bytes);
    let size = Pixels { width: WIDTH.into(), height: HEIGHT.into() };
    assert_near(corners(size, &rgb).as_flattened(), CORNERS.as_flattened(), 16);
}

// ── faxes ──

/// Packs codes of zeros and ones into bytes; `|` fills up a byte.
fn packed(codes: &str) -> Vec<u8> {
    let mut bits = Vec::new();
    for code in codes.chars() {
        match code {
            '0' | '1' => bits.push(u8::from(code == '1')),
            '|' => bits.resize(bits.len().next_multiple_of(8), 0),
            _ => {}
        }
    }
    bits.chunks(8)
        .map(|bits| bits.iter().enumerate().fold(0, |byte, (at, bit)| byte | bit << (7 - at)))
        .collect()
}

/// A bilevel TIFF of 24 columns.
fn fax(compression: u8, options: u8, fill_order: u8, rows: u8, strips: &[Vec<u8>]) -> Vec<u8> {
    let per_strip = [rows / u8::try_from(strips.len()).unwrap(), 0];
    let tags: [images::Tag; 9] = [
        (256, 3, 1, &[24, 0]),
        (257, 3, 1, &[rows, 0]),
        (258, 3, 1, &[1, 0]),
        (259, 3, 1, &[compression, 0]),
        (262, 3, 1, &[0, 0]),
        (266, 3, 1, &[fill_order, 0]),
        (277, 3, 1, &[1, 0]),
        (278, 3, 1, &per_strip),
        (292, 4, 1, &[options, 0, 0, 0]),
    ];
    image_formats::tiff(&tags, strips, false)
}

/// The rows of a picture: for each, the columns where black begins and ends.
#[track_caller]
fn assert_rows(name: &str, file: &[u8], rows: &[(usize, usize)]) {
    let rgb = pixels(name, file);
    for (y, &(begin, end)) in rows.iter().enumerate() {
        for x in 0..24 {
            let level = if (begin..end).contains(&x) { 0 } else { 255 };
            assert_eq!(rgb[(y * 24 + x) * 3], level, "{name}: column {x} of row {y}");
        }
    }
}

/// 8 white, 8 black, 8 white; and 4 white, 16 black, 4 white (T.4, table 2).
const NARROW: &str = "10011 000101 10011";
const WIDE: &str = "1011 0000010111 1011";
const MARK: &str = "000000000001";

#[test]
fn a_fax_of_group_3_in_one_dimension_is_read() {
    let marked = packed(&format!("{MARK}{NARROW}{MARK}{WIDE}{MARK}{MARK}{MARK}"));
    let rows = [(8, 16), (4, 20)];
    assert_rows("marks.tif", &fax(3, 0, 1, 2, std::slice::from_ref(&marked)), &rows);
    let reversed: Vec<u8> = marked.iter().map(|byte| byte.reverse_bits()).collect();
    assert_rows("reversed.tif", &fax(3, 0, 2, 2, &[reversed]), &rows);
    let filled = packed(&format!("0000 {MARK}{NARROW} 0000000000 {MARK}{WIDE}{MARK}"));
    assert_rows("filled.tif", &fax(3, 4, 1, 2, &[filled]), &rows);
    let strips = [packed(&format!("{NARROW}|{WIDE}")), packed(&format!("{WIDE}|{NARROW}"))];
    let rows = [(8, 16), (4, 20), (4, 20), (8, 16)];
    assert_rows("strips.tif", &fax(2, 0, 1, 4, &strips), &rows);
}

#[test]
fn a_fax_of_group_3_in_two_dimensions_is_read() {
    // The first row by itself, the others as differences (T.4, table 4).
    let horizontal = "001 1011 0000010111 1";
    let same = "1 1 1";
    let narrower = "000011 000010 1";
    let white = "0001 1";
    let codes = format!(
        "{MARK}1{NARROW} {MARK}0{horizontal} {MARK}0{same} {MARK}0{narrower} {MARK}0{white} \
         {MARK}1{WIDE} {MARK}1"
    );
    let rows = [(8, 16), (4, 20), (4, 20), (6, 18), (0, 0), (4, 20)];
    assert_rows("two.tif", &fax(3, 1, 1, 6, &[packed(&codes)]), &rows);
}

#[test]
fn a_damaged_row_of_a_fax_leaves_the_others() {
    let invalid = "00000000 1";
    let codes = format!("{MARK}{NARROW}{MARK}{invalid}{MARK}{WIDE}{MARK}");
    let rgb = pixels("damaged.tif", &fax(3, 0, 1, 3, &[packed(&codes)]));
    assert_eq!([rgb[8 * 3], rgb[(2 * 24 + 4) * 3]], [0, 0]);
}

// ── other TIFFs ──

#[test]
fn a_tiff_with_a_palette_is_read() {
    for (bits, per_byte) in [(8_u8, 1_usize), (4, 2), (2, 4)] {
        let index = |x: usize, y: usize| u8::from(y >= 12) * 2 + u8::from(x >= 20);
        let count = 1 << bits;
        let colour_map: Vec<u8> = (0..3)
            .flat_map(|channel| {
                (0..count).map(move |entry| {
                    CORNERS.get(entry).map_or(0, |colour| u16::from(colour[channel]) * 257)
                })
            })
            .flat_map(u16::to_le_bytes)
            .collect();
        let rows: Vec<u8> = (0..usize::from(HEIGHT))
            .flat_map(|y| {
                (0..usize::from(WIDTH)).step_by(per_byte).map(move |x| {
                    (x..x + per_byte).fold(0, |byte, x| {
                        if per_byte == 1 { index(x, y) } else { byte << bits | index(x, y) }
                    })
                })
            })
            .collect();
        let (wide, high) = (WIDTH.to_le_bytes(), HEIGHT.to_le_bytes());
        for compression in [1, 8] {
            let tags: [images::Tag; 8] = [
                (256, 3, 1, &wide),
                (257, 3, 1, &high),
                (258, 3, 1, &[bits, 0]),
                (259, 3, 1, &[compression, 0]),
                (262, 3, 1, &[3, 0]),
                (277, 3, 1, &[1, 0]),
                (278, 3, 1, &high),
                (320, 3, 3 << bits, &colour_map),
            ];
            let strip =
                if compression == 8 { image_formats::deflated(&rows) } else { rows.clone() };
            assert_corners("a.tif", &image_formats::tiff(&tags, &[strip], false));
        }
    }
}

#[test]
fn lengths_of_strips_that_are_missing_are_calculated() {
    let (wide, high) = (WIDTH.to_le_bytes(), HEIGHT.to_le_bytes());
    for compression in [1, 8] {
        let tags: [images::Tag; 7] = [
            (256, 3, 1, &wide),
            (257, 3, 1, &high),
            (258, 3, 3, &[8, 0, 8, 0, 8, 0]),
            (259, 3, 1, &[compression, 0]),
            (262, 3, 1, &[2, 0]),
            (277, 3, 1, &[3, 0]),
            (278, 3, 1, &[6, 0]),
        ];
        let strips: Vec<Vec<u8>> = images::rgb()
            .chunks(usize::from(WIDTH) * 3 * 6)
            .map(|rows| if compression == 8 { image_formats::deflated(rows) } else { rows.into() })
            .collect();
        let mut file = image_formats::tiff(&tags, &strips, false);
        assert_corners("a.tif", &file);
        // Another number in place of the tag.
        let tag = file.windows(4).position(|bytes| bytes == [0x17, 1, 4, 0]).unwrap();
        file[tag..tag + 2].copy_from_slice(&0x8000_u16.to_le_bytes());
        assert_corners("a.tif", &file);
    }
}

#[test]
fn a_cmyk_tiff_with_a_predictor_has_the_colours_of_one_without() {
    let inks: Vec<[u8; 4]> = (0..usize::from(HEIGHT) * usize::from(WIDTH))
        .map(|at| {
            [at % 251, at / 3 % 256, at * 7 % 199, at % 90].map(|ink| u8::try_from(ink).unwrap())
        })
        .collect();
    let (wide, high) = (WIDTH.to_le_bytes(), HEIGHT.to_le_bytes());
    let file = |predictor: u8, samples: &[u8]| {
        let tags: [images::Tag; 8] = [
            (256, 3, 1, &wide),
            (257, 3, 1, &high),
            (258, 3, 4, &[8, 0, 8, 0, 8, 0, 8, 0]),
            (259, 3, 1, &[8, 0]),
            (262, 3, 1, &[5, 0]),
            (277, 3, 1, &[4, 0]),
            (278, 3, 1, &high),
            (317, 3, 1, &[predictor, 0]),
        ];
        image_formats::tiff(&tags, &[image_formats::deflated(samples)], false)
    };
    let differences: Vec<u8> = inks
        .chunks(WIDTH.into())
        .flat_map(|row| {
            let before = std::iter::once(&[0; 4]).chain(row);
            row.iter().zip(before).flat_map(|(ink, before)| {
                [0, 1, 2, 3].map(|channel| ink[channel].wrapping_sub(before[channel]))
            })
        })
        .collect();
    let plain = pixels("plain.tif", &file(1, inks.as_flattened()));
    assert_eq!(pixels("predicted.tif", &file(2, &differences)), plain);
}

// ── JPEGs ──

#[test]
fn a_jpeg_with_arithmetic_codes_is_read_and_converted_for_print() {
    for file in [jpegs::ARITHMETIC, jpegs::ARITHMETIC_PROGRESSIVE] {
        let file = jpegs::bytes(file);
        assert_corners("a.jpg", &file);
        let (_folder, photo) = probed("a.jpg", &file);
        let image = pdf_image(&photo.picture).unwrap();
        assert_eq!(image.encoding, ImageEncoding::Jpeg);
        let mut stream = Vec::new();
        image.copy(&mut stream).unwrap();
        assert!(!stream.windows(2).any(|pair| matches!(pair, [0xFF, 0xC9 | 0xCA])));
        assert_corners("b.jpg", &stream);
    }
}

#[test]
fn damage_of_arithmetic_codes_is_found() {
    let mut file = jpegs::bytes(jpegs::ARITHMETIC);
    let at = file.len() - 90;
    file[at..at + 40].fill(0x5A);
    let (_folder, mut photo) = probed("a.jpg", &file);
    assert!(inspect(&mut photo.picture).is_some());
    assert!(images::raster(&photo.picture, &FULL_SIZE).is_ok());
}

#[test]
fn all_kinds_of_scans_give_the_same_picture() {
    let [sequential, progressive, refined] =
        [jpegs::ARITHMETIC, jpegs::ARITHMETIC_PROGRESSIVE, jpegs::PROGRESSIVE_REFINED]
            .map(|file| pixels("a.jpg", &jpegs::bytes(file)));
    assert_eq!(sequential, progressive);
    assert_near(&sequential, &refined, 2);
    // A progressive file that is damaged at its very end is read by recto's own decoder.
    let file = jpegs::bytes(jpegs::PROGRESSIVE_REFINED);
    let (_folder, mut photo) = probed("a.jpg", &file[..file.len() - 4]);
    assert!(inspect(&mut photo.picture).is_some());
    let raster = images::raster(&photo.picture, &FULL_SIZE).unwrap();
    assert_near(&sequential, &raster.rgb, 12);
}

#[test]
fn a_cmyk_jpeg_with_its_components_in_separate_scans_keeps_its_colours() {
    let inks: Vec<u8> = (0..64 * 48)
        .flat_map(|at| if at % 64 < 32 { [200, 30, 90, 20] } else { [10, 160, 60, 120] })
        .collect();
    for colour in [ColorType::Cmyk, ColorType::CmykAsYcck] {
        let files = [false, true].map(|split| {
            let mut jpeg = Vec::new();
            let mut encoder = Encoder::new(&mut jpeg, 95);
            encoder.set_optimized_huffman_tables(split);
            encoder.encode(&inks, 64, 48, colour).unwrap();
            jpeg
        });
        let scans = |jpeg: &[u8]| jpeg.windows(2).filter(|pair| *pair == [0xFF, 0xDA]).count();
        assert_eq!(files.each_ref().map(|jpeg| scans(jpeg)), [1, 4]);
        let [whole, split] = files.map(|jpeg| pixels("a.jpg", &jpeg));
        assert_near(&whole, &split, 3);
        let (_folder, photo) = probed("a.jpg", &images::jpeg());
        assert_eq!(photo.picture.colour, ColorModel::Rgb);
    }
}

#[test]
fn a_jpeg_with_a_gain_map_is_copied_without_it() {
    let base = images::jpeg();
    let mut gain_map = Vec::new();
    Encoder::new(&mut gain_map, 80).encode(&[128; 20 * 12], 20, 12, ColorType::Luma).unwrap();
    // A multi-picture index (CIPA DC-007), which gives the length of the base picture.
    let index = [b"MPF\0II\x2A\0".as_slice(), &[8, 0, 0, 0, 0, 0, 0, 0, 0, 0]].concat();
    let primary = images::with_segment(&base, 0xE2, &index);
    let file = [primary, gain_map.clone()].concat();
    let (_folder, mut photo) = probed("a.jpg", &file);
    assert_eq!(inspect(&mut photo.picture), None);
    let mut stream = Vec::new();
    pdf_image(&photo.picture).unwrap().copy(&mut stream).unwrap();
    let scan = base.windows(2).position(|pair| pair == [0xFF, 0xDB]).unwrap();
    assert!(stream.ends_with(&base[scan..]), "the base picture is copied as it is");
    assert!(!stream.windows(3).any(|bytes| bytes == b"MPF"));
    assert!(stream.len() <= base.len());
}

// ── GIFs ──

/// A GIF of the test image with this canvas and this place of its frame.
fn gif(canvas: (u16, u16), place: (u16, u16)) -> Vec<u8> {
    let mut gif = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut gif);
    let (width, height) = (WIDTH.into(), HEIGHT.into());
    encoder.encode(&images::rgb(), width, height, image::ExtendedColorType::Rgb8).unwrap();
    drop(encoder);
    gif[6..8].copy_from_slice(&canvas.0.to_le_bytes());
    gif[8..10].copy_from_slice(&canvas.1.to_le_bytes());
    let frame = [&[0x2C, 0, 0, 0, 0][..], &WIDTH.to_le_bytes(), &HEIGHT.to_le_bytes()].concat();
    let at = gif.windows(frame.len()).position(|bytes| bytes == frame).unwrap();
    gif[at + 1..at + 3].copy_from_slice(&place.0.to_le_bytes());
    gif[at + 3..at + 5].copy_from_slice(&place.1.to_le_bytes());
    gif
}

#[test]
fn a_first_frame_that_does_not_fill_the_canvas_stands_on_white() {
    let (_folder, photo) = probed("a.gif", &gif((60, 50), (10, 20)));
    assert_eq!(photo.picture.stored, Pixels { width: 60, height: 50 });
    assert!(photo.picture.alpha, "so that a design with coloured pages is reported");
    let rgb = images::raster(&photo.picture, &FULL_SIZE).unwrap().rgb;
    let pixel = |x: usize, y: usize| &rgb[(y * 60 + x) * 3..][..3];
    assert_eq!([pixel(0, 0), pixel(59, 49), pixel(9, 30)], [[255; 3]; 3]);
    assert_near(pixel(12, 22), &CORNERS[0], 8);
    assert_near(pixel(48, 42), &CORNERS[3], 8);
}

#[test]
fn a_canvas_that_is_too_small_is_enlarged_to_the_first_frame() {
    for canvas in [(0, 0), (20, 10), (WIDTH, 3)] {
        assert_corners("a.gif", &gif(canvas, (0, 0)));
    }
}

#[test]
fn formats_that_are_not_read_are_named() {
    // A lossless JPEG.
    let mut jpeg = images::jpeg();
    let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 1] = 0xC3;
    assert_eq!(probe("a.jpg", &jpeg).1.unwrap_err().code, Code::PhotoFormat);
}
