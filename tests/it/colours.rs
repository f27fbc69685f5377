//! Colour conversion of photos for print, under each colour policy.

use std::io::Write;
use std::sync::LazyLock;

use image::ExtendedColorType;
use jpeg_encoder::ColorType;
use recto::layout;
use recto::model::{
    ColorModel, ColorPolicy, Compression, Edition, Ink, Picture, Pixels, RenderingIntent,
};
use recto::picture::{
    self, ImageEncoding, ImageProcessor, PdfImage, PressOptions, PressPlacement, ProcessorOptions,
    ScaleOptions,
};
use recto::preflight;
use recto::typeset::Faces;

use crate::support::fixture::BookFixture;
use crate::support::image_formats::deflated;
use crate::support::images::{self, probed};

static PROCESSOR: LazyLock<ImageProcessor> =
    LazyLock::new(|| ImageProcessor::new(ProcessorOptions::default()));

fn press(colour: ColorPolicy, compression: Compression) -> PressOptions<'static> {
    let profile = picture::fogra39();
    PressOptions { colour, profile, intent: RenderingIntent::Relative, compression }
}

const LOSSLESS: Compression = Compression::Lossless;

/// A photo as it is written into the PDF, and its stream.
fn pdf_image(picture: &Picture, press: &PressOptions<'_>) -> (PdfImage, Vec<u8>) {
    let mut bytes = Vec::new();
    PROCESSOR.pdf_image(picture, press, PressPlacement::PLAIN).unwrap().copy(&mut bytes).unwrap();
    (PROCESSOR.pdf_image(picture, press, PressPlacement::PLAIN).unwrap(), bytes)
}

/// The samples of a photo on a page of this colour.
fn samples_on(picture: &Picture, press: &PressOptions<'_>, backdrop: Ink) -> (ColorModel, Vec<u8>) {
    let mut bytes = Vec::new();
    let image =
        || PROCESSOR.pdf_image(picture, press, PressPlacement { size: None, backdrop }).unwrap();
    image().copy(&mut bytes).unwrap();
    (image().colour, samples(&image(), &bytes))
}

/// The samples of a stream that is compressed without loss.
fn samples(image: &PdfImage, bytes: &[u8]) -> Vec<u8> {
    assert_eq!(image.encoding, ImageEncoding::Deflated);
    let mut inflated = flate2::write::ZlibDecoder::new(Vec::new());
    inflated.write_all(bytes).unwrap();
    let step = match image.colour {
        ColorModel::Gray => 1,
        ColorModel::Rgb => 3,
        ColorModel::Cmyk { .. } => 4,
    };
    let row = image.pixels.width as usize * step;
    images::without_predictor(&inflated.finish().unwrap(), step, row)
}

/// A PNG of 2 × 2 pixels of these colours, with a profile.
fn png(colours: &[[u8; 3]; 4], profile: Option<&[u8]>) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1A\n".to_vec();
    png.extend(images::png_chunk(*b"IHDR", &[0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0]));

    if let Some(profile) = profile {
        let chunk = [b"profile\0\0", deflated(profile).as_slice()].concat();
        png.extend(images::png_chunk(*b"iCCP", &chunk));
    }
    let rows = colours.concat();
    let rows = [&[0], &rows[..6], &[0], &rows[6..]].concat();
    png.extend(images::png_chunk(*b"IDAT", &deflated(&rows)));
    png.extend(images::png_chunk(*b"IEND", &[]));
    png
}

/// Compares CMYK samples with percentages.
fn assert_near(found: &[u8], percentages: &[[f64; 4]]) {
    let pixels = found.chunks(4).zip(percentages);
    for (found, expected) in pixels {
        for (ink, expected) in found.iter().zip(expected) {
            let ink = f64::from(*ink) / 2.55;
            assert!((ink - expected).abs() < 1.6, "{found:?}, expected {expected:?}");
        }
    }
    assert_eq!(found.len(), percentages.len() * 4);
}

/// The expected values are those of `transicc -t 1 -b` of Little CMS.
#[test]
fn rgb_is_converted_to_cmyk_with_its_own_profile() {
    let colours = [[0; 3], [255; 3], [128; 3], [255, 0, 0]];
    let (_folder, untagged) = probed("a.png", &png(&colours, None));
    let policy = press(ColorPolicy::Cmyk, LOSSLESS);
    let (image, bytes) = pdf_image(&untagged.picture, &policy);
    assert_eq!((image.colour, &image.profile), (ColorModel::Cmyk { inverted: false }, &None));
    assert_near(
        &samples(&image, &bytes),
        &[
            [76.99, 68.49, 59.43, 92.87],
            [0.0; 4],
            [48.38, 38.79, 38.42, 20.21],
            [0.0, 91.96, 96.79, 0.0],
        ],
    );

    // The same samples are different colours in another colour space.
    let p3 = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let (_folder, wide) = probed("a.png", &png(&colours, Some(&p3)));
    let (other, wide) = pdf_image(&wide.picture, &policy);
    assert_ne!(samples(&other, &wide), samples(&image, &bytes));
}

#[test]
fn a_converted_jpeg_is_an_inverted_cmyk_jpeg_close_to_the_lossless_one() {
    let jpeg = images::jpeg();
    let (_folder, photo) = probed("a.jpg", &jpeg);
    let (image, bytes) = pdf_image(&photo.picture, &press(ColorPolicy::Cmyk, Compression::Jpeg));
    assert_eq!(
        (image.encoding, image.colour),
        (ImageEncoding::Jpeg, ColorModel::Cmyk { inverted: true })
    );
    assert_eq!(image.pixels, photo.picture.stored);
    let (_folder, back) = probed("b.jpg", &bytes);
    assert_eq!(back.picture.colour, ColorModel::Cmyk { inverted: true });
    let (_, same) = pdf_image(&back.picture, &PressOptions::UNCHANGED);
    assert!(same.len() <= bytes.len());
    let (lossless, rows) = pdf_image(&photo.picture, &press(ColorPolicy::Cmyk, LOSSLESS));
    let rows = samples(&lossless, &rows);
    let decoded = images::raster(&back.picture, &FULL_SIZE).unwrap().rgb;
    let original = images::raster(&photo.picture, &FULL_SIZE).unwrap().rgb;
    let distance: u64 =
        decoded.iter().zip(&original).map(|(one, other)| u64::from(one.abs_diff(*other))).sum();
    assert!(distance / (decoded.len() as u64) < 30, "{distance}");
    assert_eq!(rows.len(), decoded.len() / 3 * 4);
}

const FULL_SIZE: ScaleOptions =
    ScaleOptions { max_edge: u32::MAX, max_pixels: u64::MAX, quality: 90 };

#[test]
fn total_ink_stays_below_the_limit_of_the_paper() {
    let colours = [[0; 3], [0, 0, 60], [40, 0, 0], [0, 30, 10]];
    let (_folder, dark) = probed("a.png", &png(&colours, None));
    let (image, bytes) = pdf_image(&dark.picture, &press(ColorPolicy::Cmyk, LOSSLESS));
    for pixel in samples(&image, &bytes).chunks(4) {
        let ink: u32 = pixel.iter().map(|&ink| u32::from(ink)).sum();
        assert!(ink <= 300 * 255 / 100 + 4, "{pixel:?}");
    }
}

#[test]
fn grey_stays_black_ink_alone() {
    let levels: Vec<u8> =
        (0..40 * 24_u32).map(|index| u8::try_from(index % 256).unwrap()).collect();
    let png = images::png(&levels, ExtendedColorType::L8, &[]);
    let (_folder, grey) = probed("a.png", &png);
    let (image, bytes) = pdf_image(&grey.picture, &press(ColorPolicy::Cmyk, LOSSLESS));
    assert_eq!((image.colour, &image.profile), (ColorModel::Gray, &None));
    let rows = samples(&image, &bytes);
    assert_eq!((rows[0], rows[255]), (0, 255), "black is full ink, and white none");
    assert!(rows[..256].is_sorted());
    let (image, bytes) = pdf_image(&grey.picture, &press(ColorPolicy::Cmyk, Compression::Jpeg));
    assert_eq!((image.encoding, image.colour), (ImageEncoding::Jpeg, ColorModel::Gray));
    let back = probed("b.jpg", &bytes).1.picture;
    assert_eq!(back.colour, ColorModel::Gray);
}

#[test]
fn cmyk_for_the_same_press_is_copied_and_for_another_is_converted() {
    let inks: Vec<u8> = [[200, 30, 90, 10], [255, 0, 0, 0]].concat().repeat(16 * 16 / 2);
    let plain = images::jpeg_of(&inks, 16, 16, ColorType::Cmyk);
    let with_profile = |profile: &[u8]| {
        images::profile_segments(profile, 17)
            .iter()
            .fold(plain.clone(), |jpeg, segment| images::with_segment(&jpeg, 0xE2, segment))
    };
    let policy = press(ColorPolicy::Cmyk, Compression::Jpeg);
    let stripped = pdf_image(&probed("a.jpg", &plain).1.picture, &PressOptions::UNCHANGED).1;
    assert!(stripped.is_empty() || stripped.len() <= plain.len());
    let same = with_profile(picture::fogra39());
    // Another date of creation makes it another profile.
    let mut other = picture::fogra39().to_vec();
    other[25] ^= 1;
    let other = with_profile(&other);

    let (_folder, untagged) = probed("a.jpg", &plain);
    let (_folder_too, same) = probed("a.jpg", &same);
    let (_folder_also, other) = probed("a.jpg", &other);
    assert!(same.picture.profile.is_some() && other.picture.profile.is_some());
    for copied in [&untagged.picture, &same.picture] {
        assert!(policy.is_copied(copied));
        assert_eq!(
            pdf_image(copied, &policy).1,
            pdf_image(&untagged.picture, &PressOptions::UNCHANGED).1
        );
    }
    assert!(!policy.is_copied(&other.picture));
    let (image, bytes) = pdf_image(&other.picture, &press(ColorPolicy::Cmyk, LOSSLESS));
    // The conversion through Lab may change the darkest colours, but not pure cyan.
    let rows = samples(&image, &bytes);
    let cyan = rows.chunks(4).max_by_key(|pixel| pixel[0]).unwrap();
    assert!(cyan[0] > 245 && cyan[1] < 12 && cyan[3] < 6, "{cyan:?}");
}

#[test]
fn with_the_srgb_policy_only_other_colour_spaces_are_converted() {
    let policy = press(ColorPolicy::Srgb, LOSSLESS);
    let tagged = |profile: &[u8]| {
        images::profile_segments(profile, 1)
            .iter()
            .fold(images::jpeg(), |jpeg, segment| images::with_segment(&jpeg, 0xE2, segment))
    };
    let (_folder, untagged) = probed("a.jpg", &images::jpeg());
    let (_folder_too, same) = probed("a.jpg", &tagged(picture::srgb()));
    for picture in [&untagged.picture, &same.picture] {
        assert_eq!(pdf_image(picture, &policy).0.encoding, ImageEncoding::Jpeg);
    }
    let p3 = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let (_folder_also, wide) = probed("a.jpg", &tagged(&p3));
    let (image, bytes) = pdf_image(&wide.picture, &policy);
    assert_eq!((image.colour, &image.profile), (ColorModel::Rgb, &None));
    assert_eq!(samples(&image, &bytes), images::raster(&wide.picture, &FULL_SIZE).unwrap().rgb);
    let grey = images::png(&[90; 40 * 24], ExtendedColorType::L8, &[]);
    let (_folder_last, grey) = probed("a.png", &grey);
    let (image, bytes) = pdf_image(&grey.picture, &policy);
    assert_eq!(image.colour, ColorModel::Rgb);
    assert!(samples(&image, &bytes).iter().all(|&level| level == 90));
}

/// The findings about missing profiles in a book of four photos: two in RGB without a profile, one
/// in RGB with a profile, and one in CMYK without a profile.
fn findings_about_profiles(policy: &str) -> Vec<String> {
    let plain = images::jpeg();
    let cmyk = images::jpeg_of(&[0; 40 * 24 * 4], 40, 24, ColorType::Cmyk);
    let manifest = format!(
        "title: T\nprint: {{ color: {policy} }}\npages:\n  - photos: [a.jpg, b.jpg, c.jpg, d.jpg]\n"
    );
    let fixture = BookFixture::new(&manifest).file("a.jpg", &plain).file("b.jpg", &plain);
    let fixture = fixture.photo("c.jpg", 30, 20).file("d.jpg", cmyk);
    let book = fixture.load().book.unwrap();
    let faces = Faces::load(&book.fonts).unwrap();
    let pages = layout::paginate(&book, &faces);
    let findings = preflight::findings(&book, &pages, &faces, Edition::Print.into()).into_iter();
    let about = findings.filter(|finding| finding.code.name().ends_with("-untagged"));
    about.map(|it| format!("{} {} {}", it.severity, it.code, it.message)).collect()
}

#[test]
fn photos_without_a_profile_are_reported_once() {
    let rgb = "note photo-untagged a.jpg, b.jpg have no colour profile";
    let cmyk = "warning ink-untagged d.jpg is CMYK but has no colour profile";
    assert_eq!(findings_about_profiles("keep"), [rgb]);
    assert_eq!(findings_about_profiles("cmyk"), [rgb, cmyk]);
    assert_eq!(findings_about_profiles("srgb"), [rgb, cmyk]);
}

#[test]
fn a_transparent_photo_has_the_inks_of_the_page_behind_it_whatever_its_colours() {
    // 4, 4, 6 and 6 per cent of 255, and those of a dark page.
    let pages = [
        (Ink { c: 4, m: 4, y: 6, k: 6 }, [10, 10, 15, 15]),
        (Ink { c: 40, m: 0, y: 0, k: 100 }, [102, 0, 0, 255]),
    ];
    let alpha = |alpha: u8| -> Vec<u8> {
        let samples = images::rgb();
        samples.chunks(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], alpha]).collect()
    };
    let rgba = |level| images::png(&alpha(level), ExtendedColorType::Rgba8, &[]);
    let gray: Vec<u8> = images::rgb().chunks(3).flat_map(|pixel| [pixel[0], 0]).collect();
    let gray = images::png(&gray, ExtendedColorType::La8, &[]);
    for (ink, inks) in pages {
        for policy in [ColorPolicy::Keep, ColorPolicy::Srgb, ColorPolicy::Cmyk] {
            let press = press(policy, LOSSLESS);
            for png in [rgba(0), gray.clone()] {
                let (_folder, photo) = probed("a.png", &png);
                let (colour, samples) = samples_on(&photo.picture, &press, ink);
                assert_eq!(colour, ColorModel::Cmyk { inverted: false });
                assert!(samples.chunks(4).all(|pixel| pixel == inks), "{ink:?} {policy:?}");
            }
            // What is opaque is the same as without a backdrop.
            let (_folder, opaque) = probed("a.png", &rgba(255));
            let cmyk = self::press(ColorPolicy::Cmyk, LOSSLESS);
            let (image, bytes) = pdf_image(&opaque.picture, &cmyk);
            assert_eq!(samples_on(&opaque.picture, &press, ink).1, samples(&image, &bytes));
        }
    }
    // On paper, the photo keeps its colours, and its transparent parts are white.
    let (_folder, photo) = probed("a.png", &rgba(0));
    let press = press(ColorPolicy::Keep, LOSSLESS);
    let (colour, samples) = samples_on(&photo.picture, &press, Ink::PAPER);
    assert_eq!(colour, ColorModel::Rgb);
    assert!(samples.iter().all(|sample| *sample == 255));
}

#[test]
fn a_transparent_photo_that_is_scaled_has_the_inks_of_the_page_behind_it() {
    let ink = Ink { c: 4, m: 4, y: 6, k: 6 };
    let samples: Vec<u8> = images::rgb().chunks(3).flat_map(|p| [p[0], p[1], p[2], 0]).collect();
    let png = images::png(&samples, ExtendedColorType::Rgba8, &[]);
    let (_folder, photo) = probed("a.png", &png);
    let Pixels { width, height } = photo.picture.stored;
    let half = Pixels { width: width / 2, height: height / 2 };
    let placement = PressPlacement { size: Some(half), backdrop: ink };
    let press = press(ColorPolicy::Keep, LOSSLESS);
    let image = || PROCESSOR.pdf_image(&photo.picture, &press, placement).unwrap();
    let mut bytes = Vec::new();
    image().copy(&mut bytes).unwrap();
    assert_eq!((image().pixels, image().profile.is_none()), (half, true));
    assert!(self::samples(&image(), &bytes).chunks(4).all(|pixel| pixel == [10, 10, 15, 15]));
}

#[test]
fn a_transparent_photo_of_the_screen_pdf_has_the_colour_of_the_page_behind_it() {
    let samples: Vec<u8> = images::rgb().chunks(3).flat_map(|p| [p[0], p[1], p[2], 0]).collect();
    let png = images::png(&samples, ExtendedColorType::Rgba8, &[]);
    let (_folder, photo) = probed("a.png", &png);
    let options = ScaleOptions { max_edge: 16, max_pixels: 1000, quality: 95 };
    let decoded = |jpeg: &[u8]| jpeg_decoder::Decoder::new(jpeg).decode().unwrap();
    let page = [230, 225, 215];
    let on_page = PROCESSOR.scaled_on(&photo.picture, &options, page).unwrap();
    let near = |pixel: &[u8]| pixel.iter().zip(page).all(|(a, b)| a.abs_diff(b) <= 1);
    assert!(decoded(&on_page.jpeg).chunks(3).all(near));
    let on_white = PROCESSOR.scaled(&photo.picture, &options).unwrap();
    assert!(decoded(&on_white.jpeg).iter().all(|sample| *sample >= 254));
}
