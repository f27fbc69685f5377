//! `print.max-resolution`: photos that are scaled down when they are placed.

use crate::support::fixture::{BookFixture, jpeg};
use crate::support::images::{exif, exif_segment, with_segment};

/// A book of a photo, a second one, and these keys under `print`.
fn fixture(print: &str) -> BookFixture {
    let manifest = format!(
        "title: Road\npages:\n  - {{ photo: a.jpg, alt: A. }}\n  - {{ photo: b.jpg, alt: B. }}\n\
         print: {{ trim: 100 x 100 mm, {print} }}\n"
    );
    BookFixture::new(&manifest).photo("a.jpg", 1_500, 1_000).photo("b.jpg", 750, 500)
}

fn built(fixture: &BookFixture) -> Vec<u8> {
    let output = fixture.recto("build --only print --no-cache");
    assert_eq!(output.code, 0, "{}", output.err);
    fixture.read("dist/road-print.pdf")
}

/// The sizes of the images of a PDF.
fn images(pdf: &[u8]) -> Vec<(u32, u32)> {
    let text = String::from_utf8_lossy(pdf);
    let parts = text.split("/Subtype/Image").skip(1);
    let number = |part: &str, key: &str| {
        let rest = &part[part.find(key).unwrap() + key.len()..];
        rest.trim_start().split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap()
    };
    parts.map(|part| (number(part, "/Width"), number(part, "/Height"))).collect()
}

#[test]
fn photos_that_are_finer_are_scaled_to_it_and_others_keep_every_byte() {
    // Both are 78 mm wide: 490 and 245 pixels per inch.
    let plain = built(&fixture("marks: none"));
    assert_eq!(images(&plain), [(1_500, 1_000), (750, 500)]);
    let scaled = built(&fixture("max-resolution: 300 ppi"));
    let [(width, height), second] = images(&scaled)[..] else { panic!() };
    assert!((915..=920).contains(&width), "{width}");
    assert!((610..=614).contains(&height), "{height}");
    assert_eq!(second, (750, 500));
    let copied = jpeg(750, 500);
    let body = &copied[copied.len() - 2_000..];
    assert!(scaled.windows(body.len()).any(|window| window == body), "b.jpg is copied");
    assert!(built(&fixture("max-resolution: 495 ppi")) == plain, "nothing is finer than that");
}

#[test]
fn the_result_is_the_same_every_time_and_its_profile_is_that_of_the_photo() {
    let one = built(&fixture("max-resolution: 300 ppi"));
    assert!(one == built(&fixture("max-resolution: 300 ppi")));
    let text = String::from_utf8_lossy(&one);
    assert_eq!(text.matches("/ICCBased").count(), 2, "both are in their own profile");
    let cmyk = built(&fixture("max-resolution: 300 ppi, color: cmyk"));
    assert!(String::from_utf8_lossy(&cmyk).contains("/DeviceCMYK"));
    assert!(images(&cmyk)[0].0 < 960);
    let lossless = built(&fixture("max-resolution: 300 ppi, color: cmyk, compression: lossless"));
    assert!(images(&lossless)[0].0 < 960);
}

#[test]
fn a_photo_in_two_sizes_is_scaled_once_for_the_larger_one() {
    let pdf = built(&fixture("max-resolution: 300 ppi, list-of-plates: thumbnails"));
    let sizes = images(&pdf);
    assert_eq!(sizes.len(), 2, "{sizes:?}");
    assert!((915..=920).contains(&sizes[0].0), "{sizes:?}");
}

#[test]
fn a_turned_photo_is_scaled_as_it_is_stored() {
    // Stored landscape, shown portrait.
    let turned = exif_segment(&exif(&[(0x0112, 3, 1, &[6, 0])], &[]));
    let photo = with_segment(&jpeg(1_500, 1_000), 0xE1, &turned);
    let fixture = fixture("max-resolution: 200 ppi").file("a.jpg", photo);
    let (width, height) = images(&built(&fixture))[0];
    assert!(width < 1_000 && width > height, "{width} x {height}");
    assert!((u64::from(width) * 2).abs_diff(u64::from(height) * 3) <= 4, "{width} x {height}");
}

#[test]
fn check_says_how_many_photos_are_scaled_and_a_low_number_is_found() {
    let output = fixture("max-resolution: 300 ppi").recto("check -v");
    let line = "print.max-resolution: 1 of 2 photos is scaled down to 300 pixels per inch";
    assert!(output.err.contains(line), "{}", output.err);
    let low = fixture("max-resolution: 200 ppi").recto("check");
    assert!(low.out.contains("`max-resolution` scales 2 photos down to 200"), "{}", low.out);
    assert!(!output.out.contains("`max-resolution` scales"), "{}", output.out);
}

#[test]
fn a_maximum_of_the_printer_suggests_the_key_and_scales_nothing() {
    let own = "name: Mine\nresolution: { recommended: 300 ppi, max: 400 ppi }\n";
    let fixture = fixture("printer: own.yaml").file("own.yaml", own);
    let output = fixture.recto("check");
    assert!(output.out.contains("`max-resolution: 400 ppi` under print"), "{}", output.out);
    assert_eq!(images(&built(&fixture))[0], (1_500, 1_000));
}
