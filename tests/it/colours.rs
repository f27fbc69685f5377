//! Photos in the press's colours: what becomes of each kind of photo under each policy.

use std::io::Write;
use std::sync::LazyLock;

use image::ExtendedColorType;
use jpeg_encoder::ColorType;
use recto::layout;
use recto::model::{ColorModel, ColorPolicy, Compression, Edition, Picture, RenderingIntent};
use recto::picture::{
    self, ImageEncoding, ImageProcessor, PdfImage, PressOptions, Probed, ProcessorOptions, Profiles,
};
use recto::preflight;
use recto::typeset::Faces;
use tempfile::TempDir;

use crate::support::fixture::BookFixture;
use crate::support::generate;

static DARKROOM: LazyLock<ImageProcessor> =
    LazyLock::new(|| ImageProcessor::new(ProcessorOptions::default()));

fn press(colour: ColorPolicy, compression: Compression) -> PressOptions<'static> {
    let profile = picture::fogra39();
    PressOptions { colour, profile, intent: RenderingIntent::Relative, compression }
}

const EXACT: Compression = Compression::Lossless;

fn probed(name: &str, bytes: &[u8]) -> (TempDir, Probed) {
    let folder = TempDir::new().unwrap();
    let path = generate::put(folder.path(), name, bytes);
    let probed = picture::probe(&path, name, &mut Profiles::default()).unwrap();
    (folder, probed)
}

fn passage(picture: &Picture, press: &PressOptions<'_>) -> (PdfImage, Vec<u8>) {
    let mut bytes = Vec::new();
    DARKROOM.pdf_image(picture, press).unwrap().copy(&mut bytes).unwrap();
    (DARKROOM.pdf_image(picture, press).unwrap(), bytes)
}

/// Samples that were put away without loss.
fn samples(passage: &PdfImage, bytes: &[u8]) -> Vec<u8> {
    assert_eq!(passage.encoding, ImageEncoding::Deflated);
    let mut inflated = flate2::write::ZlibDecoder::new(Vec::new());
    inflated.write_all(bytes).unwrap();
    let step = match passage.colour {
        ColorModel::Gray => 1,
        ColorModel::Rgb => 3,
        ColorModel::Cmyk { .. } => 4,
    };
    let row = passage.pixels.width as usize * step;
    generate::unpredicted(&inflated.finish().unwrap(), step, row)
}

/// 2 × 2 pixels of these colours, with a profile.
fn png(colours: &[[u8; 3]; 4], profile: Option<&[u8]>) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1A\n".to_vec();
    png.extend(generate::png_chunk(*b"IHDR", &[0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0]));
    let packed = |bytes: &[u8]| {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    };
    if let Some(profile) = profile {
        let chunk = [b"profile\0\0", packed(profile).as_slice()].concat();
        png.extend(generate::png_chunk(*b"iCCP", &chunk));
    }
    let rows = colours.concat();
    let rows = [&[0], &rows[..6], &[0], &rows[6..]].concat();
    png.extend(generate::png_chunk(*b"IDAT", &packed(&rows)));
    png.extend(generate::png_chunk(*b"IEND", &[]));
    png
}

fn near(found: &[u8], per_cent: &[[f64; 4]]) {
    let inks = found.chunks(4).zip(per_cent);
    for (found, wanted) in inks {
        for (ink, wanted) in found.iter().zip(wanted) {
            let ink = f64::from(*ink) / 2.55;
            assert!((ink - wanted).abs() < 1.6, "{found:?}, wanted {wanted:?}");
        }
    }
    assert_eq!(found.len(), per_cent.len() * 4);
}

/// The numbers are those that Little CMS's `transicc -t 1 -b` gives.
#[test]
fn light_becomes_ink_with_its_own_profile() {
    let colours = [[0; 3], [255; 3], [128; 3], [255, 0, 0]];
    let (_folder, untagged) = probed("a.png", &png(&colours, None));
    let policy = press(ColorPolicy::Cmyk, EXACT);
    let (made, bytes) = passage(&untagged.picture, &policy);
    assert_eq!((made.colour, &made.profile), (ColorModel::Cmyk { inverted: false }, &None));
    near(
        &samples(&made, &bytes),
        &[
            [76.99, 68.49, 59.43, 92.87],
            [0.0; 4],
            [48.38, 38.79, 38.42, 20.21],
            [0.0, 91.96, 96.79, 0.0],
        ],
    );

    // The same numbers are other colours in another space.
    let p3 = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let (_folder, wide) = probed("a.png", &png(&colours, Some(&p3)));
    let (other, wide) = passage(&wide.picture, &policy);
    assert_ne!(samples(&other, &wide), samples(&made, &bytes));
}

#[test]
fn a_converted_jpeg_is_a_jpeg_in_inverted_ink_near_to_the_exact_one() {
    let jpeg = generate::jpeg();
    let (_folder, photo) = probed("a.jpg", &jpeg);
    let (made, bytes) = passage(&photo.picture, &press(ColorPolicy::Cmyk, Compression::Jpeg));
    assert_eq!(
        (made.encoding, made.colour),
        (ImageEncoding::Jpeg, ColorModel::Cmyk { inverted: true })
    );
    assert_eq!(made.pixels, photo.picture.stored);
    // Read back as what it is, it is right again.
    let (_folder, back) = probed("b.jpg", &bytes);
    assert_eq!(back.picture.colour, ColorModel::Cmyk { inverted: true });
    let keep = PressOptions::UNCHANGED;
    let (_, same) = passage(&back.picture, &keep);
    assert!(same.len() <= bytes.len());
    let (exact, rows) = passage(&photo.picture, &press(ColorPolicy::Cmyk, EXACT));
    let rows = samples(&exact, &rows);
    let decoded = picture::raster(&back.picture, &WHOLE).unwrap().rgb;
    let original = picture::raster(&photo.picture, &WHOLE).unwrap().rgb;
    let far: u64 =
        decoded.iter().zip(&original).map(|(one, other)| u64::from(one.abs_diff(*other))).sum();
    assert!(far / (decoded.len() as u64) < 30, "{far}: the picture is still the picture");
    assert_eq!(rows.len(), decoded.len() / 3 * 4);
}

const WHOLE: picture::ScaleOptions =
    picture::ScaleOptions { max_edge: u32::MAX, max_pixels: u64::MAX, quality: 90 };

#[test]
fn total_ink_stays_below_what_the_paper_takes() {
    let colours = [[0; 3], [0, 0, 60], [40, 0, 0], [0, 30, 10]];
    let (_folder, dark) = probed("a.png", &png(&colours, None));
    let (made, bytes) = passage(&dark.picture, &press(ColorPolicy::Cmyk, EXACT));
    for pixel in samples(&made, &bytes).chunks(4) {
        let ink: u32 = pixel.iter().map(|&ink| u32::from(ink)).sum();
        assert!(ink <= 300 * 255 / 100 + 4, "{pixel:?}");
    }
}

#[test]
fn grey_stays_one_ink() {
    let levels: Vec<u8> =
        (0..40 * 24_u32).map(|place| u8::try_from(place % 256).unwrap()).collect();
    let png = generate::png(&levels, ExtendedColorType::L8, &[]);
    let (_folder, grey) = probed("a.png", &png);
    let (made, bytes) = passage(&grey.picture, &press(ColorPolicy::Cmyk, EXACT));
    assert_eq!((made.colour, &made.profile), (ColorModel::Gray, &None));
    let rows = samples(&made, &bytes);
    assert_eq!((rows[0], rows[255]), (0, 255), "black is all of the ink, and white none");
    assert!(rows[..256].is_sorted());
    let (made, bytes) = passage(&grey.picture, &press(ColorPolicy::Cmyk, Compression::Jpeg));
    assert_eq!((made.encoding, made.colour), (ImageEncoding::Jpeg, ColorModel::Gray));
    let back = probed("b.jpg", &bytes).1.picture;
    assert_eq!(back.colour, ColorModel::Gray);
}

#[test]
fn ink_of_the_same_press_is_copied_and_of_another_converted() {
    let inks: Vec<u8> = [[200, 30, 90, 10], [255, 0, 0, 0]].concat().repeat(16 * 16 / 2);
    let plain = generate::jpeg_of(&inks, 16, 16, ColorType::Cmyk);
    let with = |profile: &[u8]| {
        generate::profile_segments(profile, 17)
            .iter()
            .fold(plain.clone(), |jpeg, segment| generate::with_segment(&jpeg, 0xE2, segment))
    };
    let policy = press(ColorPolicy::Cmyk, Compression::Jpeg);
    let stripped = passage(&probed("a.jpg", &plain).1.picture, &PressOptions::UNCHANGED).1;
    assert!(stripped.is_empty() || stripped.len() <= plain.len());
    let same = with(picture::fogra39());
    // The date of its making alone makes it another profile, though of the same press.
    let mut other = picture::fogra39().to_vec();
    other[25] ^= 1;
    let other = with(&other);

    let (_folder, untagged) = probed("a.jpg", &plain);
    let (_folder_too, same) = probed("a.jpg", &same);
    let (_folder_also, other) = probed("a.jpg", &other);
    assert!(same.picture.profile.is_some() && other.picture.profile.is_some());
    for copied in [&untagged.picture, &same.picture] {
        assert!(policy.is_copied(copied));
        assert_eq!(
            passage(copied, &policy).1,
            passage(&untagged.picture, &PressOptions::UNCHANGED).1
        );
    }
    assert!(!policy.is_copied(&other.picture));
    let (made, bytes) = passage(&other.picture, &press(ColorPolicy::Cmyk, EXACT));
    // Through Lab and back: the darkest inks may be mixed anew, pure cyan stays cyan.
    let rows = samples(&made, &bytes);
    let cyan = rows.chunks(4).max_by_key(|pixel| pixel[0]).unwrap();
    assert!(cyan[0] > 245 && cyan[1] < 12 && cyan[3] < 6, "{cyan:?}");
}

#[test]
fn under_srgb_only_what_is_not_srgb_is_converted() {
    let policy = press(ColorPolicy::Srgb, EXACT);
    let tagged = |profile: &[u8]| {
        generate::profile_segments(profile, 1)
            .iter()
            .fold(generate::jpeg(), |jpeg, segment| generate::with_segment(&jpeg, 0xE2, segment))
    };
    let (_folder, untagged) = probed("a.jpg", &generate::jpeg());
    let (_folder_too, same) = probed("a.jpg", &tagged(picture::srgb()));
    for picture in [&untagged.picture, &same.picture] {
        assert_eq!(passage(picture, &policy).0.encoding, ImageEncoding::Jpeg);
    }
    let p3 = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let (_folder_also, wide) = probed("a.jpg", &tagged(&p3));
    let (made, bytes) = passage(&wide.picture, &policy);
    assert_eq!((made.colour, &made.profile), (ColorModel::Rgb, &None));
    assert_eq!(samples(&made, &bytes), picture::raster(&wide.picture, &WHOLE).unwrap().rgb);
    let grey = generate::png(&[90; 40 * 24], ExtendedColorType::L8, &[]);
    let (_folder_last, grey) = probed("a.png", &grey);
    let (made, bytes) = passage(&grey.picture, &policy);
    assert_eq!(made.colour, ColorModel::Rgb);
    assert!(samples(&made, &bytes).iter().all(|&level| level == 90));
}

/// The findings about the colours of a book of four photos: red, green and blue twice, without
/// a profile; the same with one; and ink without one.
fn guesses(policy: &str) -> Vec<String> {
    let plain = generate::jpeg();
    let ink = generate::jpeg_of(&[0; 40 * 24 * 4], 40, 24, ColorType::Cmyk);
    let manifest = format!(
        "title: T\nprint: {{ color: {policy} }}\npages:\n  - photos: [a.jpg, b.jpg, c.jpg, d.jpg]\n"
    );
    let fixture = BookFixture::new(&manifest).file("a.jpg", &plain).file("b.jpg", &plain);
    let fixture = fixture.photo("c.jpg", 30, 20).file("d.jpg", ink);
    let book = fixture.load().book.unwrap();
    let faces = Faces::load(&book.fonts).unwrap();
    let pages = layout::paginate(&book, &faces);
    let findings = preflight::findings(&book, &pages, &faces, Edition::Print.into()).into_iter();
    let about = findings.filter(|finding| finding.code.name().ends_with("-untagged"));
    about.map(|it| format!("{} {} {}", it.severity, it.code, it.message)).collect()
}

#[test]
fn photos_whose_colours_are_a_guess_are_noted_once() {
    let light = "note photo-untagged a.jpg, b.jpg have no colour profile";
    let ink = "warning ink-untagged d.jpg is CMYK but has no colour profile";
    assert_eq!(guesses("keep"), [light]);
    assert_eq!(guesses("cmyk"), [light, ink]);
    assert_eq!(guesses("srgb"), [light, ink]);
}
