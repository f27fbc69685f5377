//! Photos: their headers and pixels, metadata and profiles.

use std::sync::LazyLock;

use recto::model::Pixels;
use recto::picture::{
    ImageProcessor, Inspection, Probed, ProcessorOptions, Profiles, ScaleOptions, probe,
};

use super::scratch;

static JPEG: LazyLock<Vec<u8>> = LazyLock::new(|| scratch::jpeg(16, 16));

/// Any file: its format is found by its content.
pub fn photo(bytes: &[u8]) {
    // A header may ask for pictures that take seconds; the tests of limits are about those.
    const MOST_PIXELS: u64 = 1 << 20;
    let Some(mut probed) = read(bytes) else { return };
    let Pixels { width, height } = probed.picture.stored;
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return;
    }
    let processor = ImageProcessor::new(ProcessorOptions::default());
    let inspections = processor.inspect(&[&probed.picture]);
    if let Some(Inspection::Damaged(damage)) = inspections.into_values().next() {
        probed.picture.damage = Some(damage);
    }
    let options = ScaleOptions { max_edge: 64, max_pixels: 4096, quality: 80 };
    let _ = processor.scaled(&probed.picture, &options);
}

/// The EXIF block of a JPEG.
pub fn exif(bytes: &[u8]) {
    read(&scratch::with_segments(&JPEG, [(0xe1, &b"Exif\0\0"[..], bytes)]));
}

/// The XMP packet of a JPEG.
pub fn xmp(bytes: &[u8]) {
    read(&scratch::with_segments(&JPEG, [(0xe1, &b"http://ns.adobe.com/xap/1.0/\0"[..], bytes)]));
}

/// The Photoshop resources of a JPEG, among them IPTC data sets.
pub fn iptc(bytes: &[u8]) {
    read(&scratch::with_segments(&JPEG, [(0xed, &b"Photoshop 3.0\0"[..], bytes)]));
}

/// The colour profile of a JPEG, with its conversion.
pub fn profile(bytes: &[u8]) {
    let header = &b"ICC_PROFILE\0\x01\x01"[..];
    photo(&scratch::with_segments(&JPEG, [(0xe2, header, bytes)]));
}

fn read(bytes: &[u8]) -> Option<Probed> {
    let path = scratch::write("photo.jpg", bytes);
    probe(&path, "photo.jpg", &mut Profiles::default()).ok()
}
