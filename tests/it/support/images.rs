//! The test image, and photos with metadata.

use std::path::{Path, PathBuf};

use jpeg_encoder::{ColorType, Encoder};
use recto::finding::Finding;
use recto::model::Picture;
use recto::picture::{
    self, ImageProcessor, Inspection, PictureError, Probed, ProcessorOptions, Profiles, Raster,
    ScaleOptions, Scaled,
};
use tempfile::TempDir;

/// The colours of the quarters of the test image: red at the top left, green at the top right,
/// blue at the bottom left, yellow at the bottom right.
pub(crate) const CORNERS: [[u8; 3]; 4] =
    [[220, 40, 40], [40, 200, 60], [50, 60, 220], [230, 220, 50]];

pub(crate) const WIDTH: u16 = 40;
pub(crate) const HEIGHT: u16 = 24;

/// The samples of the test image.
pub(crate) fn rgb() -> Vec<u8> {
    (0..usize::from(HEIGHT))
        .flat_map(|y| (0..usize::from(WIDTH)).map(move |x| (x, y)))
        .flat_map(|(x, y)| {
            let right = usize::from(x >= usize::from(WIDTH) / 2);
            let bottom = usize::from(y >= usize::from(HEIGHT) / 2);
            CORNERS[bottom * 2 + right]
        })
        .collect()
}

/// The test image as a JPEG.
pub(crate) fn jpeg() -> Vec<u8> {
    jpeg_of(&rgb(), WIDTH, HEIGHT, ColorType::Rgb)
}

/// Encodes samples as a JPEG.
pub(crate) fn jpeg_of(samples: &[u8], width: u16, height: u16, colour: ColorType) -> Vec<u8> {
    let mut jpeg = Vec::new();
    Encoder::new(&mut jpeg, 95).encode(samples, width, height, colour).unwrap();
    jpeg
}

/// Encodes samples of the size of the test image as a PNG, with chunks before the pixel data.
pub(crate) fn png(
    samples: &[u8],
    colour: image::ExtendedColorType,
    chunks: &[([u8; 4], Vec<u8>)],
) -> Vec<u8> {
    let mut png = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut png);
    image::ImageEncoder::write_image(encoder, samples, WIDTH.into(), HEIGHT.into(), colour)
        .unwrap();
    for (kind, body) in chunks.iter().rev() {
        png.splice(33..33, png_chunk(*kind, body));
    }
    png
}

/// One PNG chunk, with its checksum.
pub(crate) fn png_chunk(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    let mut checked = kind.to_vec();
    checked.extend(body);
    let mut chunk = u32::try_from(body.len()).unwrap().to_be_bytes().to_vec();
    let mut sum = flate2::Crc::new();
    sum.update(&checked);
    chunk.extend(checked);
    chunk.extend(sum.sum().to_be_bytes());
    chunk
}

/// Inserts a segment at the beginning of a JPEG.
pub(crate) fn with_segment(jpeg: &[u8], marker: u8, payload: &[u8]) -> Vec<u8> {
    let mut longer = jpeg[..2].to_vec();
    longer.extend([0xFF, marker]);
    longer.extend(u16::try_from(payload.len() + 2).unwrap().to_be_bytes());
    longer.extend(payload);
    longer.extend(&jpeg[2..]);
    longer
}

/// One tag of an EXIF block: number, type, count, and the bytes of the values.
pub(crate) type Tag<'a> = (u16, u16, u32, &'a [u8]);

/// A little-endian EXIF block with a first directory, and a GPS directory if there are tags for it.
pub(crate) fn exif(tags: &[Tag], gps: &[Tag]) -> Vec<u8> {
    let mut block = b"II\x2A\0\x08\0\0\0".to_vec();
    let pointers = usize::from(!gps.is_empty());
    let data_start = 8 + 2 + 12 * (tags.len() + pointers) + 4;
    let mut data = Vec::new();
    let mut first = Vec::new();
    for &(number, kind, count, value) in tags {
        first.extend(entry(number, kind, count, value, data_start, &mut data));
    }
    if pointers == 1 {
        let offset = data_start + data.len();
        let mut second = u16::try_from(gps.len()).unwrap().to_le_bytes().to_vec();
        let gps_data_start = offset + 2 + 12 * gps.len() + 4;
        let mut gps_data = Vec::new();
        for &(number, kind, count, value) in gps {
            second.extend(entry(number, kind, count, value, gps_data_start, &mut gps_data));
        }
        second.extend([0; 4]);
        second.extend(gps_data);
        let offset = u32::try_from(offset).unwrap().to_le_bytes();
        first.extend(entry(0x8825, 4, 1, &offset, 0, &mut Vec::new()));
        data.extend(second);
    }
    block.extend(u16::try_from(tags.len() + pointers).unwrap().to_le_bytes());
    block.extend(first);
    block.extend([0; 4]);
    block.extend(data);
    block
}

fn entry(
    number: u16,
    kind: u16,
    count: u32,
    value: &[u8],
    data_start: usize,
    data: &mut Vec<u8>,
) -> Vec<u8> {
    let mut entry = number.to_le_bytes().to_vec();
    entry.extend(kind.to_le_bytes());
    entry.extend(count.to_le_bytes());
    if value.len() <= 4 {
        entry.extend(value);
        entry.resize(12, 0);
    } else {
        entry.extend(u32::try_from(data_start + data.len()).unwrap().to_le_bytes());
        data.extend(value);
    }
    entry
}

/// An EXIF block with these texts in its EXIF directory.
pub(crate) fn exif_texts(dates: &[(u16, &str)]) -> Vec<u8> {
    let mut block = b"II\x2A\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x1A\0\0\0\0\0\0\0".to_vec();
    block.extend(u16::try_from(dates.len()).unwrap().to_le_bytes());
    let mut at = 26 + 2 + 12 * dates.len() + 4;
    for (tag, date) in dates {
        block.extend(tag.to_le_bytes());
        block.extend(2_u16.to_le_bytes());
        block.extend(u32::try_from(date.len() + 1).unwrap().to_le_bytes());
        if date.len() < 4 {
            block.extend(date.as_bytes());
            block.resize(block.len() + 4 - date.len(), 0);
            continue;
        }
        block.extend(u32::try_from(at).unwrap().to_le_bytes());
        at += date.len() + 1;
    }
    block.extend([0; 4]);
    for (_, date) in dates.iter().filter(|(_, date)| date.len() >= 4) {
        block.extend(date.as_bytes());
        block.push(0);
    }
    block
}

/// The payload of an EXIF segment.
pub(crate) fn exif_segment(block: &[u8]) -> Vec<u8> {
    [b"Exif\0\0", block].concat()
}

/// An XMP packet with these properties. The usual prefixes are declared.
pub(crate) fn xmp(properties: &str) -> Vec<u8> {
    format!(
        r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" {properties}
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"#
    )
    .into_bytes()
}

/// The payload of an XMP segment.
pub(crate) fn xmp_segment(packet: &[u8]) -> Vec<u8> {
    [b"http://ns.adobe.com/xap/1.0/\0", packet].concat()
}

/// The payload of a segment with Photoshop resources, among them these IPTC data sets.
pub(crate) fn iptc_segment(sets: &[(u8, u8, &[u8])]) -> Vec<u8> {
    let mut data = Vec::new();
    for &(record, number, value) in sets {
        data.extend([0x1C, record, number]);
        data.extend(u16::try_from(value.len()).unwrap().to_be_bytes());
        data.extend(value);
    }
    let mut segment = b"Photoshop 3.0\0".to_vec();
    // Another resource before it, with a name and an odd length.
    segment.extend(b"8BIM\x03\xED\x03abc\0\0\0\x01x\0");
    segment.extend(b"8BIM\x04\x04\0\0");
    segment.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
    segment.extend(data);
    segment
}

/// The payloads of the segments of an ICC profile that is split into parts.
pub(crate) fn profile_segments(profile: &[u8], parts: usize) -> Vec<Vec<u8>> {
    profile
        .chunks(profile.len().div_ceil(parts))
        .zip(1_u8..)
        .map(|(part, number)| {
            let mut segment = b"ICC_PROFILE\0".to_vec();
            segment.extend([number, u8::try_from(parts).unwrap()]);
            segment.extend(part);
            segment
        })
        .collect()
}

/// Writes a file into a folder.
#[expect(clippy::disallowed_methods, reason = "a test writes into its own folder")]
pub(crate) fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Undoes the PNG predictor *Sub* of all rows.
pub(crate) fn without_predictor(rows: &[u8], step: usize, length: usize) -> Vec<u8> {
    let mut samples: Vec<u8> = Vec::new();
    for (y, row) in rows.chunks(length + 1).enumerate() {
        assert_eq!(row[0], 1, "the predictor is Sub");
        for (x, &difference) in row[1..].iter().enumerate() {
            let index = y * length + x;
            let left = if x < step { 0 } else { samples[index - step] };
            samples.push(difference.wrapping_add(left));
        }
    }
    samples
}

/// Probes a file with this content. The file exists until the folder is dropped.
pub(crate) fn probe(name: &str, bytes: &[u8]) -> (TempDir, Result<Probed, Finding>) {
    let folder = TempDir::new().unwrap();
    let path = write(folder.path(), name, bytes);
    let probed = picture::probe(&path, name, &mut Profiles::default());
    (folder, probed)
}

/// Probes a file that has no errors.
#[track_caller]
pub(crate) fn probed(name: &str, bytes: &[u8]) -> (TempDir, Probed) {
    let (folder, probed) = probe(name, bytes);
    (folder, probed.unwrap())
}

/// Scales a photo without a cache.
pub(crate) fn scaled(picture: &Picture, options: &ScaleOptions) -> Result<Scaled, PictureError> {
    ImageProcessor::new(ProcessorOptions::default()).scaled(picture, options)
}

/// The scaled pixels of a photo, without a cache.
pub(crate) fn raster(picture: &Picture, options: &ScaleOptions) -> Result<Raster, PictureError> {
    ImageProcessor::new(ProcessorOptions::default()).raster(picture, options)
}

/// Examines a photo that was probed, and marks its damage as loading a book does.
pub(crate) fn inspect(picture: &mut Picture) -> Option<Inspection> {
    let processor = ImageProcessor::new(ProcessorOptions::default());
    let inspection = processor.inspect(&[picture]).into_values().next();
    if let Some(Inspection::Damaged(damage)) = &inspection {
        picture.damage = Some(damage.clone());
    }
    inspection
}
