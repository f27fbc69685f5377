//! Encodes samples as JPEG files.

use crate::picture::jpeg_write;
use crate::picture::process::samples::Samples;
use crate::picture::ycbcr;

/// From this quality on, chroma is not subsampled.
const FULL_CHROMA_QUALITY: u8 = 90;

/// Whether chroma is not subsampled at this quality.
pub(super) fn has_full_chroma(quality: u8) -> bool {
    quality >= FULL_CHROMA_QUALITY
}

/// A JPEG has at most 65,535 pixels per side.
#[derive(Debug, thiserror::Error)]
#[error("it is too large for a JPEG")]
pub(in crate::picture) struct TooLarge;

/// Encodes RGB samples in sRGB, without metadata. Gray pictures are written with three channels
/// too: it costs little, and no caller needs to know the number.
pub(in crate::picture) fn jpeg(samples: &Samples, quality: u8) -> Result<Vec<u8>, TooLarge> {
    let planes = ycbcr::planes(samples);
    let planes = if has_full_chroma(quality) { planes } else { planes.with_half_chroma() };
    jpeg_write::written(&planes, quality).ok_or(TooLarge)
}
