//! The image formats that recto reads: colour models, bit depths, orientations, damaged files.

use image::ExtendedColorType;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use recto::finding::{Code, Severity};
use recto::model::{ColorModel, Format, Orientation, Pixels};
use recto::picture::{self, Inspection, Probed, Profiles, ScaleOptions};
use tempfile::TempDir;

use crate::pictures::{as_stored, assert_near, corners, pdf_image};
use crate::support::image_formats::{self, Png};
use crate::support::images::{self, CORNERS, HEIGHT, WIDTH, probe, probed};

const FULL_SIZE: ScaleOptions =
    ScaleOptions { max_edge: u32::MAX, max_pixels: u64::MAX, quality: 95 };
const SIZE: Pixels = Pixels { width: 40, height: 24 };

fn codes(probed: &Probed) -> Vec<&str> {
    probed.findings.iter().map(|finding| finding.code.name()).collect()
}

/// The pixels of a file in sRGB and upright.
#[track_caller]
fn upright_pixels(name: &str, bytes: &[u8]) -> Vec<u8> {
    let (_folder, probed) = probed(name, bytes);
    let raster = images::raster(&probed.picture, &FULL_SIZE).unwrap();
    assert_eq!(raster.pixels, probed.picture.upright());
    raster.rgb
}

#[track_caller]
fn assert_corners(name: &str, bytes: &[u8]) {
    let (_folder, probed) = probed(name, bytes);
    let raster = images::raster(&probed.picture, &FULL_SIZE).unwrap();
    assert_eq!(raster.pixels, SIZE, "{name}");
    let found = corners(raster.pixels, &raster.rgb);
    assert_near(found.as_flattened(), CORNERS.as_flattened(), 16);
}

fn orientation_exif(value: u8) -> Vec<u8> {
    images::exif(&[(0x0112, 3, 1, &[value, 0])], &[])
}

/// The tags of an 8-bit RGB TIFF with one strip.
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
fn every_orientation_is_applied_in_every_format_that_has_one() {
    for value in 1..=8_u8 {
        let orientation = Orientation::from_exif(value.into());
        let (samples, width, height) = as_stored(orientation);
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
        let index = |x: u32, y: u32| (y * u32::from(width) + x) as usize * 3;
        let png = png.encode(|x, y| {
            samples[index(x, y)..][..3].iter().map(|&sample| sample.into()).collect()
        });
        let (wide, high) = (width.to_le_bytes(), height.to_le_bytes());
        let orientation_value = [value, 0];
        let mut tags = tiff_tags(&wide, &high);
        tags.push((274, 3, 1, &orientation_value));
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
fn jpeg_xl_is_rotated_by_its_own_header_and_not_by_its_exif() {
    for value in 1..=8_u8 {
        let (samples, width, height) = as_stored(Orientation::from_exif(value.into()));
        let bare = image_formats::jxl(&samples, width, height, value);
        assert_corners("a.jxl", &bare);
        // A converter that copies EXIF leaves the orientation in it.
        let exif = [&[0; 4][..], &orientation_exif(value)].concat();
        assert_corners("a.jxl", &image_formats::jxl_boxes(&bare, &[(*b"Exif", exif)]));
    }
}

#[test]
fn the_orientation_in_exif_precedes_xmp_and_that_of_a_sidecar_is_ignored() {
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
fn jpegs_of_every_sampling_are_read_progressive_and_with_restarts() {
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
            let rgb = upright_pixels("a.jpg", &jpeg);
            // Away from the edges between colours, where chroma subsampling blurs them.
            for (pixel, corner) in [(0, 0), (39, 1), (23 * 40, 2), (23 * 40 + 39, 3)] {
                assert_near(&rgb[pixel * 3..][..3], &CORNERS[corner], 24);
            }
        }
    }
}

/// The sides are odd, so that the last blocks and rows are parts of ones, and the targets are more
/// than a half, three eighths, a quarter and an eighth of them.
#[test]
fn sequential_jpegs_of_every_sampling_are_scaled_like_progressive_ones() {
    use SamplingFactor::{F_1_1, F_1_2, F_1_4, F_2_1, F_2_2, F_2_4, F_4_1, F_4_2};
    const SIDES: (u16, u16) = (333, 277);
    let wave = |at: u16, length: u16| {
        let phase = at % length;
        u8::try_from(phase.min(length - phase) * 200 / length + 60).unwrap()
    };
    let pixels: Vec<u8> = (0..SIDES.1)
        .flat_map(|y| (0..SIDES.0).map(move |x| (x, y)))
        .flat_map(|(x, y)| [wave(x, 92), wave(y, 68), wave(x + y, 164)])
        .collect();
    for sampling in [F_1_1, F_1_2, F_1_4, F_2_1, F_2_2, F_2_4, F_4_1, F_4_2] {
        for max_edge in [170, 120, 90, 65, 33, 20] {
            let scaled = |is_progressive: bool| {
                let mut jpeg = Vec::new();
                let mut encoder = Encoder::new(&mut jpeg, 97);
                encoder.set_sampling_factor(sampling);
                encoder.set_progressive(is_progressive);
                encoder.encode(&pixels, SIDES.0, SIDES.1, ColorType::Rgb).unwrap();
                let (_folder, probed) = probed("a.jpg", &jpeg);
                let options = ScaleOptions { max_edge, ..FULL_SIZE };
                images::raster(&probed.picture, &options).unwrap().rgb
            };
            let (sequential, progressive) = (scaled(false), scaled(true));
            assert_eq!(sequential.len(), progressive.len());
            let differences = sequential.iter().zip(&progressive).map(|(a, b)| a.abs_diff(*b));
            let most = differences.max();
            assert!(most.is_some_and(|most| most < 10), "{sampling:?}, {max_edge}: {most:?}");
        }
    }
}

#[test]
fn gray_and_rgb_jpegs_have_their_declared_colour_model() {
    let gray: Vec<u8> = (0..=255).cycle().take(40 * 24).collect();
    let jpeg = images::jpeg_of(&gray, WIDTH, HEIGHT, ColorType::Luma);
    let (_folder, probed) = probed("a.jpg", &jpeg);
    assert_eq!(probed.picture.colour, ColorModel::Gray);
    let rgb = images::raster(&probed.picture, &FULL_SIZE).unwrap().rgb;
    assert!(rgb.as_chunks::<3>().0.iter().all(|[r, g, b]| r == g && g == b));
    // Three components are YCbCr unless an Adobe marker or the component names say RGB.
    let plain = images::jpeg_of(&images::rgb(), WIDTH, HEIGHT, ColorType::Ycbcr);
    let adobe = images::with_segment(&plain, 0xEE, b"Adobe\0\x64\0\0\0\0\0");
    let mut named = plain.clone();
    let frame = named.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    let scan = named.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    for (number, name) in b"RGB".iter().enumerate() {
        named[frame + 10 + number * 3] = *name;
        named[scan + 5 + number * 2] = *name;
    }
    // With a JFIF marker it would still be YCbCr.
    let jfif = named.windows(4).position(|bytes| bytes == b"JFIF").unwrap();
    named.splice(jfif - 4..jfif + 14, []);
    assert_corners("a.jpg", &adobe);
    assert_corners("a.jpg", &named);
}

#[test]
fn cmyk_without_an_adobe_marker_is_not_inverted() {
    let cyan = [255, 0, 0, 0].repeat(64);
    let marked = images::jpeg_of(&cyan, 8, 8, ColorType::Cmyk);
    let adobe = marked.windows(5).position(|bytes| bytes == b"Adobe").unwrap();
    // The encoder inverts CMYK and writes the marker. Without the marker, cyan becomes red.
    let mut unmarked = marked.clone();
    unmarked.splice(adobe - 4..adobe + 12, []);
    let (_folder, probed) = probed("a.jpg", &unmarked);
    assert_eq!(probed.picture.colour, ColorModel::Cmyk { inverted: false });
    let (cyan, red) = (upright_pixels("a.jpg", &marked), upright_pixels("a.jpg", &unmarked));
    assert!(cyan[0] < 40 && cyan[2] > 180, "{:?}", &cyan[..3]);
    assert!(red[0] < 60 && red[1] < 60, "magenta, yellow and black: {:?}", &red[..3]);
}

#[test]
fn data_after_a_jpeg_and_fill_bytes_in_it_are_ignored() {
    let plain = images::jpeg();
    let expected = upright_pixels("a.jpg", &plain);
    // Previews, gain maps and further images of the Multi-Picture Format follow the first image.
    let mut longer = plain.clone();
    longer.extend(b"MPF\0");
    longer.extend(images::jpeg_of(&[9; 192], 8, 8, ColorType::Rgb));
    assert_eq!(upright_pixels("a.jpg", &longer), expected);
    // Any number of fill bytes 0xFF may precede a marker.
    let mut filled = plain.clone();
    let frame = filled.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    filled.splice(frame..frame, [0xFF; 7]);
    assert_eq!(upright_pixels("a.jpg", &filled), expected);
    // Zeros after the end, as memory cards and downloads leave them.
    let mut padded = plain;
    padded.extend([0; 4096]);
    let (_folder, probed) = probed("a.jpg", &padded);
    assert!(probed.findings.is_empty(), "{:?}", probed.findings);
}

// ── PNG ──

/// The index of the quarter of the test image that a pixel lies in.
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
            let found = corners(SIZE, &upright_pixels("a.png", &gray_alpha));
            assert_eq!(found, [[255; 3], [60; 3], [60; 3], [60; 3]]);
        }
        for bits in [1, 2, 4, 8, 16] {
            let max = u16::try_from((1_u32 << bits) - 1).unwrap();
            let level = |quarter: u16| quarter.min(max) * (max / 3).max(1);
            let gray =
                png(bits, 0, interlaced, &[]).encode(|x, y| vec![level(quarter(x, y)).min(max)]);
            let found = corners(SIZE, &upright_pixels("a.png", &gray));
            let expected = [0, 1, 2, 3].map(|quarter| {
                let level = u32::from(level(quarter).min(max)) * 255 / u32::from(max);
                [u8::try_from(level).unwrap(); 3]
            });
            assert_near(found.as_flattened(), expected.as_flattened(), 1);
        }
        for bits in [1, 2, 4, 8_u8] {
            let colours: u16 = 1 << bits.min(2);
            let palette = CORNERS[..colours.into()].as_flattened().to_vec();
            let chunks = [(*b"PLTE", palette)];
            let indexed =
                png(bits, 3, interlaced, &chunks).encode(|x, y| vec![quarter(x, y) % colours]);
            let found = corners(SIZE, &upright_pixels("a.png", &indexed));
            assert_eq!(found, [0, 1, 2, 3].map(|quarter| CORNERS[usize::from(quarter % colours)]));
        }
    }
}

#[test]
fn the_transparent_colour_of_a_png_becomes_white() {
    let palette = (*b"PLTE", CORNERS.as_flattened().to_vec());
    let chunks = [palette, (*b"tRNS", vec![0, 255, 128])];
    let indexed = png(8, 3, false, &chunks).encode(|x, y| vec![quarter(x, y)]);
    let (_folder, probed) = probed("a.png", &indexed);
    assert!(probed.picture.alpha);
    let found = corners(SIZE, &upright_pixels("a.png", &indexed));
    assert_eq!((found[0], found[1], found[3]), ([255; 3], CORNERS[1], CORNERS[3]));
    assert_near(&found[2], &[152, 157, 237], 1);
    let chunks = [(*b"tRNS", vec![0, 0])];
    let gray = png(8, 0, false, &chunks).encode(|x, y| vec![quarter(x, y)]);
    assert_eq!(corners(SIZE, &upright_pixels("a.png", &gray)), [[255; 3], [1; 3], [2; 3], [3; 3]]);
}

#[test]
fn the_first_frame_of_an_animated_png_is_used_with_a_note() {
    let first = images::png(
        &images::rgb(),
        ExtendedColorType::Rgb8,
        &[(*b"acTL", vec![0, 0, 0, 2, 0, 0, 0, 0])],
    );
    let (_folder, probed) = probed("a.png", &first);
    assert_eq!(codes(&probed), ["photo-animated"]);
    assert_corners("a.png", &first);
}

/// A PNG of one colour, with these chunks that define its colour space.
fn png_with_colour_space(rgb: [u16; 3], chunks: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    Png { size: (8, 8), bits: 8, colour: 2, interlaced: false, chunks }.encode(|_, _| rgb.to_vec())
}

fn be_bytes(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

#[test]
fn the_colour_space_chunks_of_a_png_are_honoured() {
    let gray = [128; 3];
    // In linear light, half is much lighter to the eye.
    let linear = png_with_colour_space(gray, &[(*b"gAMA", be_bytes(&[100_000]))]);
    assert_near(&upright_pixels("a.png", &linear)[..3], &[188; 3], 2);
    let srgb_gamma = png_with_colour_space(gray, &[(*b"gAMA", be_bytes(&[45_455]))]);
    assert_eq!(upright_pixels("a.png", &srgb_gamma)[..3], [128; 3]);
    // The chunk sRGB takes precedence over gAMA.
    let both = [(*b"gAMA", be_bytes(&[100_000])), (*b"sRGB", vec![0])];
    assert_eq!(upright_pixels("a.png", &png_with_colour_space(gray, &both))[..3], [128; 3]);
    // Display P3 by its primaries, and by code points: 200, 100, 50 is 215, 93, 31 in sRGB.
    let colour = [200, 100, 50];
    let p3 = [31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000];
    for chunk in [(*b"cHRM", be_bytes(&p3)), (*b"cICP", vec![12, 13, 0, 1])] {
        assert_near(
            &upright_pixels("a.png", &png_with_colour_space(colour, &[chunk]))[..3],
            &[215, 93, 31],
            2,
        );
    }
    let srgb = [(*b"cICP", vec![1, 13, 0, 1]), (*b"gAMA", be_bytes(&[100_000]))];
    assert_eq!(upright_pixels("a.png", &png_with_colour_space(colour, &srgb))[..3], [200, 100, 50]);
    // Invalid values are ignored.
    for chunk in [
        (*b"gAMA", be_bytes(&[0])),
        (*b"cHRM", be_bytes(&[0; 8])),
        (*b"cHRM", be_bytes(&[u32::MAX; 8])),
        (*b"cICP", vec![0, 0, 0, 0]),
        (*b"gAMA", vec![1, 2]),
    ] {
        assert_eq!(
            upright_pixels("a.png", &png_with_colour_space(colour, &[chunk]))[..3],
            [200, 100, 50]
        );
    }
}

#[test]
fn the_same_colour_space_chunks_give_the_same_profile() {
    let png = png_with_colour_space([1; 3], &[(*b"gAMA", be_bytes(&[50_000]))]);
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
        let unchanged = whole.iter().filter(|tag| changes.iter().all(|change| change.0 != tag.0));
        unchanged.copied().chain(changes.iter().copied()).collect()
    };
    assert_corners("a.tif", &image_formats::tiff(&whole, std::slice::from_ref(&rgb), false));
    // Seven rows per strip; the last strip is shorter.
    let strips: Vec<Vec<u8>> = rgb.chunks(7 * 120).map(<[u8]>::to_vec).collect();
    assert_corners("a.tif", &image_formats::tiff(&with(&[(278, 3, 1, &[7, 0])]), &strips, false));
    // One plane per colour.
    let planes: Vec<Vec<u8>> =
        (0..3).map(|plane| rgb.iter().skip(plane).step_by(3).copied().collect()).collect();
    assert_corners("a.tif", &image_formats::tiff(&with(&[(284, 3, 1, &[2, 0])]), &planes, false));
    // Tiles of 16 × 16, which extend beyond the edges.
    let tile = |left: usize, top: usize| -> Vec<u8> {
        (0..256)
            .flat_map(|pixel| {
                let (x, y) = ((left + pixel % 16).min(39), (top + pixel / 16).min(23));
                rgb[(y * 40 + x) * 3..][..3].to_vec()
            })
            .collect()
    };
    let tiles: Vec<Vec<u8>> =
        [0, 16].iter().flat_map(|&top| [0, 16, 32].map(|left| tile(left, top))).collect();
    let tags = with(&[(322, 3, 1, &[16, 0]), (323, 3, 1, &[16, 0]), (278, 3, 1, &[24, 0])]);
    let tags: Vec<_> = tags.into_iter().filter(|tag| tag.0 != 278).collect();
    assert_corners("a.tif", &image_formats::tiff(&tags, &tiles, true));
    // Deflate, alone and with the horizontal predictor.
    let packed = image_formats::deflated(&rgb);
    assert_corners("a.tif", &image_formats::tiff(&with(&[(259, 3, 1, &[8, 0])]), &[packed], false));
    let differences: Vec<u8> = rgb
        .chunks(120)
        .flat_map(|row| {
            (0..120).map(|x| if x < 3 { row[x] } else { row[x].wrapping_sub(row[x - 3]) })
        })
        .collect();
    let tags = with(&[(259, 3, 1, &[8, 0]), (317, 3, 1, &[2, 0])]);
    assert_corners(
        "a.tif",
        &image_formats::tiff(&tags, &[image_formats::deflated(&differences)], false),
    );
    // A JPEG in a TIFF, in YCbCr.
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
    // Black on white and white on black, one bit per pixel.
    let (w, h) = (WIDTH.to_le_bytes(), HEIGHT.to_le_bytes());
    let rows: Vec<u8> = (0..HEIGHT).flat_map(|_| [0xFF, 0xFF, 0xF0, 0, 0]).collect();
    for (zero, left) in [(1, 255), (0, 0)] {
        let photometric = [zero, 0];
        let tags: [images::Tag; 7] = [
            (256, 3, 1, &w),
            (257, 3, 1, &h),
            (258, 3, 1, &[1, 0]),
            (259, 3, 1, &[1, 0]),
            (262, 3, 1, &photometric),
            (277, 3, 1, &[1, 0]),
            (278, 3, 1, &h),
        ];
        let tiff = image_formats::tiff(&tags, std::slice::from_ref(&rows), false);
        let found = corners(SIZE, &upright_pixels("a.tif", &tiff));
        assert_eq!(found[0], [left; 3]);
        assert_eq!(found[1], [255 - left; 3]);
    }
}

// ── other formats ──

#[test]
fn webp_is_read_lossy_lossless_transparent_and_animated() {
    assert_corners("a.webp", &image_formats::webp_lossy());
    let rgba: Vec<u8> = images::rgb()
        .chunks(3)
        .enumerate()
        .flat_map(|(index, pixel)| {
            let alpha = if index % 40 < 20 { 0 } else { 255 };
            [pixel[0], pixel[1], pixel[2], alpha]
        })
        .collect();
    let transparent = image_formats::webp_alpha(&rgba, WIDTH, HEIGHT);
    assert!(probed("a.webp", &transparent).1.picture.alpha);
    let found = corners(SIZE, &upright_pixels("a.webp", &transparent));
    assert_eq!(found, [[255; 3], CORNERS[1], [255; 3], CORNERS[3]]);
    let animated = image_formats::webp_animated([&images::rgb(), &[7; 40 * 24 * 3]]);
    assert_eq!(codes(&probed("a.webp", &animated).1), ["photo-animated"]);
    assert_corners("a.webp", &animated);
}

#[test]
fn the_first_frame_of_a_gif_is_used_with_a_note() {
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
fn bitmaps_are_read_top_down_and_bottom_up() {
    for top_down in [false, true] {
        let bmp = image_formats::bmp(&images::rgb(), top_down);
        assert_corners("a.bmp", &bmp);
        assert!(probed("a.bmp", &bmp).1.findings.is_empty());
    }
}

#[test]
fn the_header_and_the_metadata_boxes_of_jpeg_xl_are_read() {
    let bare = image_formats::jxl(&images::rgb(), WIDTH, HEIGHT, 1);
    let (_folder, plain) = probed("a.jxl", &bare);
    assert_eq!((plain.picture.format, plain.picture.bits), (Format::Jxl, 8));
    assert_eq!((plain.picture.colour, plain.picture.alpha), (ColorModel::Rgb, false));
    assert!(plain.findings.is_empty() && plain.picture.profile.is_none());
    assert_eq!(upright_pixels("a.jxl", &bare), images::rgb());
    let xmp = images::xmp(r#"photoshop:Headline="Ebb">"#);
    let exif = images::exif(&[(0x010E, 2, 9, b"The quay\0")], &[]);
    let exif = [&[0; 4][..], &exif].concat();
    let file = image_formats::jxl_boxes(&bare, &[(*b"xml ", xmp), (*b"Exif", exif)]);
    let (_folder, boxed) = probed("a.jxl", &file);
    assert_eq!(boxed.metadata.headline.unwrap().value, "Ebb");
    assert_eq!(boxed.metadata.caption.unwrap().value, "The quay");
    assert!(boxed.picture.private.other);
    let image = pdf_image(&boxed.picture).unwrap();
    assert_eq!((image.pixels, image.colour), (SIZE, ColorModel::Rgb));
    let damaged = probe("a.jxl", &bare[..7]).1.unwrap_err();
    assert_eq!(damaged.code, Code::PhotoUnreadable);
}

// ── damaged files ──

#[test]
fn a_wrong_checksum_in_a_png_is_found_without_decoding_it() {
    let mut png = images::png(&images::rgb(), ExtendedColorType::Rgb8, &[]);
    let data = png.windows(4).position(|bytes| bytes == b"IDAT").unwrap();
    png[data + 20] ^= 1;
    let (_folder, mut photo) = probed("a.png", &png);
    let inspection = format!("{:?}", images::inspect(&mut photo.picture));
    assert!(inspection.contains("checksum"), "{inspection}");
    let mut png = images::png(&images::rgb(), ExtendedColorType::Rgb8, &[]);
    png[19] ^= 1;
    let finding = probe("a.png", &png).1.unwrap_err();
    assert!(finding.message.contains("checksum"), "{}", finding.message);
}

#[test]
fn a_png_without_its_end_is_a_warning() {
    let png = images::png(&images::rgb(), ExtendedColorType::Rgb8, &[]);
    for (missing, is_harmless) in [(12, true), (30, false)] {
        let (_folder, mut probed) = probed("a.png", &png[..png.len() - missing]);
        let Some(Inspection::Damaged(damage)) = images::inspect(&mut probed.picture) else {
            panic!("it is truncated");
        };
        assert_eq!((damage.is_truncated, damage.is_harmless()), (true, is_harmless));
    }
}

#[test]
fn a_tiff_whose_strip_ends_outside_the_file_is_truncated() {
    let (wide, high) = (WIDTH.to_le_bytes(), HEIGHT.to_le_bytes());
    let tags = tiff_tags(&wide, &high);
    let whole = image_formats::tiff(&tags, &[images::rgb()], false);
    let is_truncated = |bytes: &[u8]| {
        let (_folder, mut probed) = probed("a.tif", bytes);
        let inspection = images::inspect(&mut probed.picture);
        matches!(inspection, Some(Inspection::Damaged(damage)) if damage.is_truncated)
    };
    assert!(is_truncated(&whole[..whole.len() - 9]));
    let mut packed = tags.clone();
    packed[3] = (259, 3, 1, &[8, 0]);
    let whole = image_formats::tiff(&packed, &[image_formats::deflated(&images::rgb())], false);
    assert!(is_truncated(&whole[..whole.len() - 2]));
}

/// jpeg-encoder writes each component in a scan of its own when it optimizes the Huffman tables,
/// as recto's own pictures are.
#[test]
fn a_jpeg_with_its_components_in_separate_scans_keeps_its_colours() {
    let (width, height) = (64, 48);
    let colour = |x: usize| if x < 32 { [200, 60, 40] } else { [30, 90, 180] };
    let pixels: Vec<u8> = (0..width * height).flat_map(|index| colour(index % width)).collect();
    for sampling in [SamplingFactor::F_1_1, SamplingFactor::F_2_2, SamplingFactor::F_2_1] {
        let mut jpeg = Vec::new();
        let mut encoder = Encoder::new(&mut jpeg, 95);
        encoder.set_sampling_factor(sampling);
        encoder.set_optimized_huffman_tables(true);
        encoder.encode(&pixels, 64, 48, ColorType::Rgb).unwrap();
        let (_folder, photo) = probed("a.jpg", &jpeg);
        let raster = images::raster(&photo.picture, &FULL_SIZE).unwrap();
        for (index, pixel) in raster.rgb.chunks(3).enumerate().filter(|(index, _)| index % 32 == 8)
        {
            let expected = colour(index % width);
            let is_near = pixel.iter().zip(expected).all(|(&a, b)| a.abs_diff(b) < 12);
            assert!(is_near, "{sampling:?}: {pixel:?} is not {expected:?}");
        }
    }
}
