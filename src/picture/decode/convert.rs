//! Converts samples of other widths, and premultiplied samples, to 8 bits.

/// Converts 16-bit samples to 8 bits, rounded: 65535 becomes 255.
pub(super) fn from_16(bytes: &[u8]) -> Vec<u8> {
    let (samples, _) = bytes.as_chunks::<2>();
    samples.iter().map(|&sample| short_to_8(u16::from_ne_bytes(sample))).collect()
}

pub(super) fn short_to_8(sample: u16) -> u8 {
    u8::try_from((u32::from(sample) + 128) / 257).unwrap_or(u8::MAX)
}

/// Converts a float to 8 bits, rounded: 1.0 becomes 255.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
pub(super) fn float_to_8(sample: f32) -> u8 {
    (sample.clamp(0.0, 1.0) * 255.0).round() as u8
}

/// Undoes the multiplication with alpha, which is the last sample of each pixel.
pub(super) fn unpremultiply(bytes: &mut [u8], channels: usize) {
    for pixel in bytes.chunks_exact_mut(channels) {
        let Some((&mut alpha, colours)) = pixel.split_last_mut() else { continue };
        let alpha = u16::from(alpha);
        for colour in colours {
            let divided = (u16::from(*colour) * 255 + alpha / 2).checked_div(alpha);
            *colour = u8::try_from(divided.unwrap_or(0)).unwrap_or(u8::MAX);
        }
    }
}
