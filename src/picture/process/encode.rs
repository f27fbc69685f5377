//! Encodes samples as JPEG files.

use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder, EncodingError, SamplingFactor};

use crate::picture::process::samples::Samples;

/// From this quality on, chroma is not subsampled.
const FULL_CHROMA_QUALITY: u8 = 90;

/// Whether chroma is not subsampled at this quality.
pub(super) fn has_full_chroma(quality: u8) -> bool {
    quality >= FULL_CHROMA_QUALITY
}

/// Why samples cannot be encoded.
#[derive(Debug, thiserror::Error)]
pub(in crate::picture) enum EncodeError {
    /// A JPEG has at most 65,535 pixels per side.
    #[error("it is too large for a JPEG")]
    TooLarge,
    /// The error of the encoder.
    #[error(transparent)]
    Encoder(#[from] EncodingError),
}

/// Encodes RGB samples in sRGB, without metadata. Gray pictures are written with three channels
/// too: it costs little, and no caller needs to know the number.
pub(in crate::picture) fn jpeg(samples: &Samples, quality: u8) -> Result<Vec<u8>, EncodeError> {
    let mut jpeg = Vec::new();
    let quality = quality.clamp(1, 100);
    let mut encoder = Encoder::new(&mut jpeg, quality);
    let chroma =
        if has_full_chroma(quality) { SamplingFactor::F_1_1 } else { SamplingFactor::F_2_2 };
    encoder.set_sampling_factor(chroma);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder.set_optimized_huffman_tables(true);
    let side = |side: u32| u16::try_from(side).map_err(|_| EncodeError::TooLarge);
    let (width, height) = (side(samples.pixels.width)?, side(samples.pixels.height)?);
    encoder.encode(&samples.bytes, width, height, ColorType::Rgb)?;
    Ok(jpeg)
}
