//! Every format that recto reads: its colour models and depths, its orientations, its damage.

use image::ExtendedColorType;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use recto::finding::{Code, Finding, Severity};
use recto::model::{ColorModel, Format, Orientation, Pixels};
use recto::picture::{self, Probed, Profiles, ScaleOptions};
use tempfile::TempDir;

use crate::pictures::passage;
use crate::pictures::{assert_near, corners, stored};
use crate::support::image_formats::{self, Png};
use crate::support::images::{self, CORNERS, HEIGHT, WIDTH};

const WHOLE: ScaleOptions = ScaleOptions { max_edge: u32::MAX, max_pixels: u64::MAX, quality: 95 };
const SIZE: Pixels = Pixels { width: 40, height: 24 };

fn look(name: &str, bytes: &[u8]) -> (TempDir, Result<Probed, Finding>) {
    let folder = TempDir::new().unwrap();
    let path = images::write(folder.path(), name, bytes);
    let probed = picture::probe(&path, name, &mut Profiles::default());
    (folder, probed)
}

#[track_caller]
fn probed(name: &str, bytes: &[u8]) -> (TempDir, Probed) {
    let (folder, probed) = look(name, bytes);
    (folder, probed.unwrap())
}

fn codes(probed: &Probed) -> Vec<&str> {
    probed.findings.iter().map(|finding| finding.code.name()).collect()
}

/// The pixels as they are to be looked at.
#[track_caller]
fn shown(name: &str, bytes: &[u8]) -> Vec<u8> {
    let (_folder, probed) = probed(name, bytes);
    let raster = picture::raster(&probed.picture, &WHOLE).unwrap();
    assert_eq!(raster.pixels, probed.picture.upright());
    raster.rgb
}

#[track_caller]
fn assert_corners(name: &str, bytes: &[u8]) {
    let (_folder, probed) = probed(name, bytes);
    let raster = picture::raster(&probed.picture, &WHOLE).unwrap();
    assert_eq!(raster.pixels, SIZE, "{name}");
    let found = corners(raster.pixels, &raster.rgb);
    assert_near(found.as_flattened(), CORNERS.as_flattened(), 16);
}

fn orientation_exif(value: u8) -> Vec<u8> {
    images::exif(&[(0x0112, 3, 1, &[value, 0])], &[])
}

/// The tags of an 8-bit RGB TIFF of one strip.
fn tiff_tags<'a>(width: &'a [u8], height: &'a [u8]) -> Vec<images::Tag<'a>> {
    vec![
        (256, 3, 1, width),
        (257, 3, 1, height),
        (258, 3, 3, &[8, 0, 8, 0, 8, 0]),
        (259, 3, 1, &[1, 0]),
        (262, 3, 1, &[2, 0]),
        (277, 3, 1, &[3, 0]),
        (278, 3, 1, height),
    ]
}

// ── orientation ──

#[test]
fn every_orientation_ends_upright_in_every_format_that_carries_one() {
    for value in 1..=8_u8 {
        let orientation = Orientation::from_exif(value.into());
        let (samples, width, height) = stored(orientation);
        let exif = orientation_exif(value);
        let jpeg = images::jpeg_of(&samples, width, height, ColorType::Rgb);
        let in_exif = images::with_segment(&jpeg, 0xE1, &images::exif_segment(&exif));
        let xmp = images::xmp(&format!(r#"tiff:Orientation="{value}">"#));
        let in_xmp = images::with_segment(&jpeg, 0xE1, &images::xmp_segment(&xmp));
        let png = Png {
            size: (width.into(), height.into()),
            bits: 8,
            colour: 2,
            interlaced: false,
            chunks: &[(*b"eXIf", exif.clone())],
        };
        let place = |x: u32, y: u32| (y * u32::from(width) + x) as usize * 3;
        let png = png
            .encode(|x, y| samples[place(x, y)..][..3].iter().map(|&sample| sample.into()).collect());
        let (wide, high) = (width.to_le_bytes(), height.to_le_bytes());
        let turn = [value, 0];
        let mut tags = tiff_tags(&wide, &high);
        tags.push((274, 3, 1, &turn));
        let tiff = image_formats::tiff(&tags, std::slice::from_ref(&samples), false);
        for (name, bytes) in [
            ("exif.jpg", in_exif),
            ("xmp.jpg", in_xmp),
            ("a.png", png),
            ("a.tif", tiff),
            ("a.webp", image_formats::webp(&samples, width, height, &exif)),
        ] {
            let (_folder, probed) = probed(name, &bytes);
            assert_eq!(probed.picture.orientation, orientation, "{name}");
            assert_eq!(probed.picture.upright(), SIZE, "{name} {value}");
            assert_corners(name, &bytes);
        }
    }
}

#[test]
fn jpeg_xl_is_turned_by_its_own_header_and_not_by_its_exif() {
    for value in 1..=8_u8 {
        let (samples, width, height) = stored(Orientation::from_exif(value.into()));
        let bare = image_formats::jxl(&samples, width, height, value);
        assert_corners("a.jxl", &bare);
        // A converter that copies EXIF along leaves the number in it as well.
        let exif = [&[0; 4][..], &orientation_exif(value)].concat();
        assert_corners("a.jxl", &image_formats::jxl_boxes(&bare, &[(*b"Exif", exif)]));
    }
}

#[test]
fn exif_goes_before_xmp_and_a_sidecar_turns_nothing() {
    let xmp = |value| images::xmp(&format!(r#"tiff:Orientation="{value}">"#));
    let exif = images::exif_segment(&orientation_exif(1));
    let jpeg = images::with_segment(&images::jpeg(), 0xE1, &images::xmp_segment(&xmp(6)));
    let jpeg = images::with_segment(&jpeg, 0xE1, &exif);
    let folder = TempDir::new().unwrap();
    let path = images::write(folder.path(), "a.jpg", &jpeg);
    images::write(folder.path(), "a.xmp", &xmp(3));
    let probed = picture::probe(&path, "a.jpg", &mut Profiles::default()).unwrap();
    assert_eq!(probed.picture.orientation, Orientation::Upright);
}

// ── JPEG ──

fn encoded(change: impl Fn(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, 95);
    change(&mut encoder);
    encoder.encode(&images::rgb(), WIDTH, HEIGHT, ColorType::Rgb).unwrap();
    jpeg
}

#[test]
fn jpegs_of_every_sampling_are_read_with_and_without_scans_and_restarts() {
    use SamplingFactor::{
        F_1_1, F_1_2, F_1_4, F_2_1, F_2_2, F_2_4, F_4_1, F_4_2, R_4_1_1, R_4_2_0, R_4_2_2, R_4_4_0,
        R_4_4_1, R_4_4_4,
    };
    for sampling in [
        F_1_1, F_1_2, F_1_4, F_2_1, F_2_2, F_2_4, F_4_1, F_4_2, R_4_1_1, R_4_2_0, R_4_2_2, R_4_4_0,
        R_4_4_1, R_4_4_4,
    ] {
        for (progressive, restarts) in [(false, 0), (false, 1), (true, 0), (true, 2)] {
            let jpeg = encoded(|encoder| {
                encoder.set_sampling_factor(sampling);
                encoder.set_progressive(progressive);
                if restarts > 0 {
                    encoder.set_restart_interval(restarts);
                }
            });
            let rgb = shown("a.jpg", &jpeg);
            // Far from the seams, where colours of coarse samples run into one another.
            for (place, wanted) in [(0, 0), (39, 1), (23 * 40, 2), (23 * 40 + 39, 3)] {
                assert_near(&rgb[place * 3..][..3], &CORNERS[wanted], 24);
            }
        }
    }
}

#[test]
fn gray_and_rgb_jpegs_are_what_they_say() {
    let gray: Vec<u8> = (0..=255).cycle().take(40 * 24).collect();
    let jpeg = images::jpeg_of(&gray, WIDTH, HEIGHT, ColorType::Luma);
    let (_folder, probed) = probed("a.jpg", &jpeg);
    assert_eq!(probed.picture.colour, ColorModel::Gray);
    let rgb = picture::raster(&probed.picture, &WHOLE).unwrap().rgb;
    assert!(rgb.as_chunks::<3>().0.iter().all(|[r, g, b]| r == g && g == b));
    // The encoder takes three components for YCbCr; two markers say that they are none.
    let plain = images::jpeg_of(&images::rgb(), WIDTH, HEIGHT, ColorType::Ycbcr);
    let adobe = images::with_segment(&plain, 0xEE, b"Adobe\0\x64\0\0\0\0\0");
    let mut named = plain.clone();
    let frame = named.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    let scan = named.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    for (number, name) in b"RGB".iter().enumerate() {
        named[frame + 10 + number * 3] = *name;
        named[scan + 5 + number * 2] = *name;
    }
    // A JFIF marker would say that it is YCbCr all the same.
    let jfif = named.windows(4).position(|bytes| bytes == b"JFIF").unwrap();
    named.splice(jfif - 4..jfif + 14, []);
    assert_corners("a.jpg", &adobe);
    assert_corners("a.jpg", &named);
}

#[test]
fn ink_without_adobes_marker_is_not_inverted() {
    let cyan = [255, 0, 0, 0].repeat(64);
    let marked = images::jpeg_of(&cyan, 8, 8, ColorType::Cmyk);
    let at = marked.windows(5).position(|bytes| bytes == b"Adobe").unwrap();
    // The encoder inverts what it marks; taken out, the marker leaves red behind.
    let mut unmarked = marked.clone();
    unmarked.splice(at - 4..at + 12, []);
    let (_folder, probed) = probed("a.jpg", &unmarked);
    assert_eq!(probed.picture.colour, ColorModel::Cmyk { inverted: false });
    let (cyan, red) = (shown("a.jpg", &marked), shown("a.jpg", &unmarked));
    assert!(cyan[0] < 40 && cyan[2] > 180, "{:?}", &cyan[..3]);
    assert!(red[0] < 60 && red[1] < 60, "magenta, yellow and black: {:?}", &red[..3]);
}

#[test]
fn what_follows_a_jpeg_and_what_fills_it_does_no_harm() {
    let plain = images::jpeg();
    let wanted = shown("a.jpg", &plain);
    // Previews and gain maps behind the picture, and a picture format of many pictures.
    let mut longer = plain.clone();
    longer.extend(b"MPF\0");
    longer.extend(images::jpeg_of(&[9; 192], 8, 8, ColorType::Rgb));
    assert_eq!(shown("a.jpg", &longer), wanted);
    // Any number of 0xFF may stand before a marker.
    let mut filled = plain.clone();
    let frame = filled.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    filled.splice(frame..frame, [0xFF; 7]);
    assert_eq!(shown("a.jpg", &filled), wanted);
    // Zeros behind the end, as cards and downloads leave them.
    let mut padded = plain;
    padded.extend([0; 4096]);
    let (_folder, probed) = probed("a.jpg", &padded);
    assert!(probed.findings.is_empty(), "{:?}", probed.findings);
}

// ── PNG ──

/// The quarter that a place lies in.
fn quarter(x: u32, y: u32) -> u16 {
    u16::from(y >= u32::from(HEIGHT) / 2) * 2 + u16::from(x >= u32::from(WIDTH) / 2)
}

fn png(bits: u8, colour: u8, interlaced: bool, chunks: &[([u8; 4], Vec<u8>)]) -> Png<'_> {
    Png { size: (40, 24), bits, colour, interlaced, chunks }
}

#[test]
fn pngs_of_every_colour_type_and_depth_are_read() {
    for interlaced in [false, true] {
        let at = |x, y| CORNERS[usize::from(quarter(x, y))];
        for bits in [8, 16] {
            let wide = |sample: u8| u16::from(sample) * if bits == 16 { 257 } else { 1 };
            let opaque = wide(255);
            let rgb = png(bits, 2, interlaced, &[]).encode(|x, y| at(x, y).map(wide).to_vec());
            let rgba = png(bits, 6, interlaced, &[])
                .encode(|x, y| [&at(x, y).map(wide)[..], &[opaque]].concat());
            assert_corners("a.png", &rgb);
            assert_corners("a.png", &rgba);
            let gray_alpha = png(bits, 4, interlaced, &[])
                .encode(|x, y| vec![wide(60), if quarter(x, y) == 0 { 0 } else { opaque }]);
            let found = corners(SIZE, &shown("a.png", &gray_alpha));
            assert_eq!(found, [[255; 3], [60; 3], [60; 3], [60; 3]]);
        }
        for bits in [1, 2, 4, 8, 16] {
            let most = u16::try_from((1_u32 << bits) - 1).unwrap();
            let level = |place: u16| place.min(most) * (most / 3).max(1);
            let gray =
                png(bits, 0, interlaced, &[]).encode(|x, y| vec![level(quarter(x, y)).min(most)]);
            let found = corners(SIZE, &shown("a.png", &gray));
            let wanted = [0, 1, 2, 3].map(|place| {
                let level = u32::from(level(place).min(most)) * 255 / u32::from(most);
                [u8::try_from(level).unwrap(); 3]
            });
            assert_near(found.as_flattened(), wanted.as_flattened(), 1);
        }
        for bits in [1, 2, 4, 8_u8] {
            let colours: u16 = 1 << bits.min(2);
            let palette = CORNERS[..colours.into()].as_flattened().to_vec();
            let chunks = [(*b"PLTE", palette)];
            let indexed =
                png(bits, 3, interlaced, &chunks).encode(|x, y| vec![quarter(x, y) % colours]);
            let found = corners(SIZE, &shown("a.png", &indexed));
            assert_eq!(found, [0, 1, 2, 3].map(|place| CORNERS[usize::from(place % colours)]));
        }
    }
}

#[test]
fn a_transparent_colour_of_a_png_is_white() {
    let palette = (*b"PLTE", CORNERS.as_flattened().to_vec());
    let chunks = [palette, (*b"tRNS", vec![0, 255, 128])];
    let indexed = png(8, 3, false, &chunks).encode(|x, y| vec![quarter(x, y)]);
    let (_folder, probed) = probed("a.png", &indexed);
    assert!(probed.picture.alpha);
    let found = corners(SIZE, &shown("a.png", &indexed));
    assert_eq!((found[0], found[1], found[3]), ([255; 3], CORNERS[1], CORNERS[3]));
    assert_near(&found[2], &[152, 157, 237], 1);
    let chunks = [(*b"tRNS", vec![0, 0])];
    let gray = png(8, 0, false, &chunks).encode(|x, y| vec![quarter(x, y)]);
    assert_eq!(corners(SIZE, &shown("a.png", &gray)), [[255; 3], [1; 3], [2; 3], [3; 3]]);
}

#[test]
fn an_animated_png_is_its_first_frame() {
    let first = images::png(
        &images::rgb(),
        ExtendedColorType::Rgb8,
        &[(*b"acTL", vec![0, 0, 0, 2, 0, 0, 0, 0])],
    );
    let (_folder, probed) = probed("a.png", &first);
    assert_eq!(codes(&probed), ["photo-animated"]);
    assert_corners("a.png", &first);
}

/// A PNG of one colour whose colours are described by some chunks.
fn described(rgb: [u16; 3], chunks: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    Png { size: (8, 8), bits: 8, colour: 2, interlaced: false, chunks }.encode(|_, _| rgb.to_vec())
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

#[test]
fn what_a_png_says_of_its_colours_is_heeded() {
    let gray = [128; 3];
    // Linear light: half of it is much lighter to the eye.
    let linear = described(gray, &[(*b"gAMA", numbers(&[100_000]))]);
    assert_near(&shown("a.png", &linear)[..3], &[188; 3], 2);
    let usual = described(gray, &[(*b"gAMA", numbers(&[45_455]))]);
    assert_eq!(shown("a.png", &usual)[..3], [128; 3]);
    // The chunk that says sRGB goes before the one that says otherwise.
    let both = [(*b"gAMA", numbers(&[100_000])), (*b"sRGB", vec![0])];
    assert_eq!(shown("a.png", &described(gray, &both))[..3], [128; 3]);
    // Display P3 by its primaries, and by code points: 200, 100, 50 is 215, 93, 31 in sRGB.
    let colour = [200, 100, 50];
    let p3 = [31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000];
    for chunk in [(*b"cHRM", numbers(&p3)), (*b"cICP", vec![12, 13, 0, 1])] {
        assert_near(&shown("a.png", &described(colour, &[chunk]))[..3], &[215, 93, 31], 2);
    }
    let srgb = [(*b"cICP", vec![1, 13, 0, 1]), (*b"gAMA", numbers(&[100_000]))];
    assert_eq!(shown("a.png", &described(colour, &srgb))[..3], [200, 100, 50]);
    // Numbers that describe no colours describe nothing.
    for chunk in [
        (*b"gAMA", numbers(&[0])),
        (*b"cHRM", numbers(&[0; 8])),
        (*b"cHRM", numbers(&[u32::MAX; 8])),
        (*b"cICP", vec![0, 0, 0, 0]),
        (*b"gAMA", vec![1, 2]),
    ] {
        assert_eq!(shown("a.png", &described(colour, &[chunk]))[..3], [200, 100, 50]);
    }
}

#[test]
fn the_same_description_gives_the_same_profile() {
    let png = described([1; 3], &[(*b"gAMA", numbers(&[50_000]))]);
    let profile = || probed("a.png", &png).1.picture.profile.unwrap().bytes.clone();
    assert_eq!(profile(), profile());
    assert_eq!(profile()[24..26], [0x07, 0xEA]);
}

// ── TIFF ──

#[test]
fn tiffs_of_strips_tiles_and_planes_are_read() {
    let (wide, high) = (WIDTH.to_le_bytes(), HEIGHT.to_le_bytes());
    let rgb = images::rgb();
    let whole = tiff_tags(&wide, &high);
    let with = |changes: &[images::Tag<'static>]| -> Vec<images::Tag<'_>> {
        let kept = whole.iter().filter(|tag| changes.iter().all(|change| change.0 != tag.0));
        kept.copied().chain(changes.iter().copied()).collect()
    };
    assert_corners("a.tif", &image_formats::tiff(&whole, std::slice::from_ref(&rgb), false));
    // Seven rows a strip, and the last one shorter.
    let strips: Vec<Vec<u8>> = rgb.chunks(7 * 120).map(<[u8]>::to_vec).collect();
    assert_corners("a.tif", &image_formats::tiff(&with(&[(278, 3, 1, &[7, 0])]), &strips, false));
    // One plane a colour.
    let planes: Vec<Vec<u8>> =
        (0..3).map(|plane| rgb.iter().skip(plane).step_by(3).copied().collect()).collect();
    assert_corners("a.tif", &image_formats::tiff(&with(&[(284, 3, 1, &[2, 0])]), &planes, false));
    // Tiles of 16 × 16, which reach over the edges.
    let tile = |left: usize, top: usize| -> Vec<u8> {
        (0..256)
            .flat_map(|place| {
                let (x, y) = ((left + place % 16).min(39), (top + place / 16).min(23));
                rgb[(y * 40 + x) * 3..][..3].to_vec()
            })
            .collect()
    };
    let tiles: Vec<Vec<u8>> =
        [0, 16].iter().flat_map(|&top| [0, 16, 32].map(|left| tile(left, top))).collect();
    let tags = with(&[(322, 3, 1, &[16, 0]), (323, 3, 1, &[16, 0]), (278, 3, 1, &[24, 0])]);
    let tags: Vec<_> = tags.into_iter().filter(|tag| tag.0 != 278).collect();
    assert_corners("a.tif", &image_formats::tiff(&tags, &tiles, true));
    // Deflate, alone and with the differences of neighbours.
    let packed = image_formats::deflated(&rgb);
    assert_corners("a.tif", &image_formats::tiff(&with(&[(259, 3, 1, &[8, 0])]), &[packed], false));
    let differences: Vec<u8> = rgb
        .chunks(120)
        .flat_map(|row| {
            (0..120).map(|at| if at < 3 { row[at] } else { row[at].wrapping_sub(row[at - 3]) })
        })
        .collect();
    let tags = with(&[(259, 3, 1, &[8, 0]), (317, 3, 1, &[2, 0])]);
    assert_corners(
        "a.tif",
        &image_formats::tiff(&tags, &[image_formats::deflated(&differences)], false),
    );
    // A JPEG in a TIFF, whose colours are luminance and differences.
    let tags = with(&[(259, 3, 1, &[7, 0]), (262, 3, 1, &[6, 0])]);
    assert_corners("a.tif", &image_formats::tiff(&tags, &[images::jpeg()], false));
}

#[test]
fn tiffs_of_other_depths_are_read() {
    use tiff::encoder::{TiffEncoder, colortype};
    let rgb = images::rgb();
    let wide: Vec<u16> = rgb.iter().map(|&sample| u16::from(sample) * 257).collect();
    let float: Vec<f32> = rgb.iter().map(|&sample| f32::from(sample) / 255.0).collect();
    let (width, height) = (u32::from(WIDTH), u32::from(HEIGHT));
    let mut file = std::io::Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut file).unwrap();
    encoder.write_image::<colortype::RGB16>(width, height, &wide).unwrap();
    assert_corners("a.tif", file.get_ref());
    let mut file = std::io::Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut file).unwrap();
    encoder.write_image::<colortype::RGB32Float>(width, height, &float).unwrap();
    assert_corners("a.tif", file.get_ref());
    for compression in [
        tiff::encoder::Compression::Lzw,
        tiff::encoder::Compression::Packbits,
        tiff::encoder::Compression::Deflate(tiff::encoder::DeflateLevel::Fast),
    ] {
        let mut packed = std::io::Cursor::new(Vec::new());
        let encoder = TiffEncoder::new(&mut packed).unwrap();
        let mut encoder = encoder.with_compression(compression);
        encoder.write_image::<colortype::RGB8>(width, height, &rgb).unwrap();
        assert_corners("a.tif", packed.get_ref());
    }
    // Black on white and white on black, one bit a pixel.
    let (w, h) = (WIDTH.to_le_bytes(), HEIGHT.to_le_bytes());
    let rows: Vec<u8> = (0..HEIGHT).flat_map(|_| [0xFF, 0xFF, 0xF0, 0, 0]).collect();
    for (zero, left) in [(1, 255), (0, 0)] {
        let meaning = [zero, 0];
        let tags: [images::Tag; 7] = [
            (256, 3, 1, &w),
            (257, 3, 1, &h),
            (258, 3, 1, &[1, 0]),
            (259, 3, 1, &[1, 0]),
            (262, 3, 1, &meaning),
            (277, 3, 1, &[1, 0]),
            (278, 3, 1, &h),
        ];
        let tiff = image_formats::tiff(&tags, std::slice::from_ref(&rows), false);
        let found = corners(SIZE, &shown("a.tif", &tiff));
        assert_eq!(found[0], [left; 3]);
        assert_eq!(found[1], [255 - left; 3]);
    }
}

// ── the others ──

#[test]
fn webp_is_read_in_all_its_forms() {
    assert_corners("a.webp", &image_formats::webp_lossy());
    let rgba: Vec<u8> = images::rgb()
        .chunks(3)
        .enumerate()
        .flat_map(|(place, pixel)| {
            let alpha = if place % 40 < 20 { 0 } else { 255 };
            [pixel[0], pixel[1], pixel[2], alpha]
        })
        .collect();
    let see_through = image_formats::webp_alpha(&rgba, WIDTH, HEIGHT);
    assert!(probed("a.webp", &see_through).1.picture.alpha);
    let found = corners(SIZE, &shown("a.webp", &see_through));
    assert_eq!(found, [[255; 3], CORNERS[1], [255; 3], CORNERS[3]]);
    let animated = image_formats::webp_animated([&images::rgb(), &[7; 40 * 24 * 3]]);
    assert_eq!(codes(&probed("a.webp", &animated).1), ["photo-animated"]);
    assert_corners("a.webp", &animated);
}

#[test]
fn the_first_frame_of_a_gif_is_taken_with_a_note() {
    let mut gif = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut gif);
    for samples in [images::rgb(), vec![7; 40 * 24 * 3]] {
        let frame = image::RgbImage::from_raw(WIDTH.into(), HEIGHT.into(), samples).unwrap();
        let frame = image::Frame::new(image::DynamicImage::from(frame).to_rgba8());
        encoder.encode_frame(frame).unwrap();
    }
    drop(encoder);
    let (_folder, probed) = probed("a.gif", &gif);
    assert_eq!(codes(&probed), ["photo-animated"]);
    assert_eq!(probed.findings[0].severity, Severity::Note);
    assert_corners("a.gif", &gif);
}

#[test]
fn bitmaps_are_read_from_either_end() {
    for top_down in [false, true] {
        let bmp = image_formats::bmp(&images::rgb(), top_down);
        assert_corners("a.bmp", &bmp);
        assert!(probed("a.bmp", &bmp).1.findings.is_empty());
    }
}

#[test]
fn jpeg_xl_says_what_it_is_and_what_stands_in_its_boxes() {
    let bare = image_formats::jxl(&images::rgb(), WIDTH, HEIGHT, 1);
    let (_folder, plain) = probed("a.jxl", &bare);
    assert_eq!((plain.picture.format, plain.picture.bits), (Format::Jxl, 8));
    assert_eq!((plain.picture.colour, plain.picture.alpha), (ColorModel::Rgb, false));
    assert!(plain.findings.is_empty() && plain.picture.profile.is_none());
    assert_eq!(shown("a.jxl", &bare), images::rgb());
    let xmp = images::xmp(r#"photoshop:Headline="Ebb">"#);
    let exif = images::exif(&[(0x010E, 2, 9, b"The quay\0")], &[]);
    let exif = [&[0; 4][..], &exif].concat();
    let file = image_formats::jxl_boxes(&bare, &[(*b"xml ", xmp), (*b"Exif", exif)]);
    let (_folder, said) = probed("a.jxl", &file);
    assert_eq!(said.metadata.headline.unwrap().value, "Ebb");
    assert_eq!(said.metadata.caption.unwrap().value, "The quay");
    assert!(said.picture.private.other);
    let passage = passage(&said.picture).unwrap();
    assert_eq!((passage.pixels, passage.colour), (SIZE, ColorModel::Rgb));
    let damaged = look("a.jxl", &bare[..7]).1.unwrap_err();
    assert_eq!(damaged.code, Code::PhotoUnreadable);
}

// ── damage ──

#[test]
fn a_wrong_checksum_in_a_png_is_seen_without_decoding_it() {
    let mut png = images::png(&images::rgb(), ExtendedColorType::Rgb8, &[]);
    let data = png.windows(4).position(|bytes| bytes == b"IDAT").unwrap();
    png[data + 20] ^= 1;
    let finding = look("a.png", &png).1.unwrap_err();
    assert_eq!(finding.code, Code::PhotoUnreadable);
    assert!(finding.message.contains("checksum"), "{}", finding.message);
    let mut png = images::png(&images::rgb(), ExtendedColorType::Rgb8, &[]);
    png[19] ^= 1;
    let finding = look("a.png", &png).1.unwrap_err();
    assert!(finding.message.contains("checksum"), "{}", finding.message);
}

#[test]
fn a_png_without_its_end_is_warned_of() {
    let png = images::png(&images::rgb(), ExtendedColorType::Rgb8, &[]);
    let (_folder, probed) = probed("a.png", &png[..png.len() - 12]);
    assert_eq!(codes(&probed), ["photo-truncated"]);
    assert_eq!(look("a.png", &png[..png.len() - 20]).1.unwrap_err().code, Code::PhotoUnreadable);
}

#[test]
fn a_tiff_whose_strips_lie_outside_is_unreadable() {
    let (wide, high) = (WIDTH.to_le_bytes(), HEIGHT.to_le_bytes());
    let tags = tiff_tags(&wide, &high);
    let whole = image_formats::tiff(&tags, &[images::rgb()], false);
    assert_eq!(look("a.tif", &whole[..whole.len() - 9]).1.unwrap_err().code, Code::PhotoUnreadable);
    let mut packed = tags.clone();
    packed[3] = (259, 3, 1, &[8, 0]);
    let whole = image_formats::tiff(&packed, &[image_formats::deflated(&images::rgb())], false);
    let (_folder, cut) = probed("a.tif", &whole[..whole.len() - 2]);
    assert_eq!(codes(&cut), ["photo-truncated"]);
}
