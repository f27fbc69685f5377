//! A folder in memory for the files that recto reads.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use jpeg_encoder::{ColorType, Encoder};
use tempfile::TempDir;

/// A folder of this process, in that of the run. It stays behind when the fuzzer stops at a fault.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder"));

/// Writes a file and returns its path.
pub fn write(name: &str, bytes: &[u8]) -> PathBuf {
    let path = FOLDER.path().join(name);
    fs::write(&path, bytes).expect("a file in memory");
    path
}

/// A small grey JPEG of this size.
pub fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let pixels = vec![0x80; usize::from(width) * usize::from(height)];
    let mut bytes = Vec::new();
    let encoder = Encoder::new(&mut bytes, 80);
    encoder.encode(&pixels, width, height, ColorType::Luma).expect("a JPEG");
    bytes
}

/// The JPEG with a segment after its first marker.
pub fn with_segments<'s>(
    jpeg: &[u8],
    segments: impl IntoIterator<Item = (u8, &'s [u8], &'s [u8])>,
) -> Vec<u8> {
    let (start, rest) = jpeg.split_at(2);
    let mut bytes = start.to_vec();
    for (marker, header, body) in segments {
        let body = &body[..body.len().min(65_533 - header.len())];
        let length = u16::try_from(header.len() + body.len() + 2).expect("it was cut");
        bytes.extend([0xff, marker]);
        bytes.extend(length.to_be_bytes());
        bytes.extend(header);
        bytes.extend(body);
    }
    bytes.extend(rest);
    bytes
}
