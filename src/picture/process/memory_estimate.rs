//! Estimates the memory that processing a picture takes, from its header alone.

use crate::model::{ColorModel, Format, Picture, StatedSpace};

use crate::picture::format::jpeg;
use crate::picture::format::source::{RandomAccess, Source};

/// The edge that pictures are assumed to be scaled to. Larger results are hardly scaled at all.
const SCALED_EDGE: u64 = 4096;
/// Tables, buffers and whatever else does not grow with the picture.
const CONSTANT: u64 = 8 << 20;
/// An encoder holds three colours and three coefficients for each pixel.
const ENCODER_BYTES_PER_PIXEL: u64 = 12;

/// An upper estimate of the peak memory in bytes.
pub(in crate::picture) fn memory_estimate(picture: &Picture) -> u64 {
    let jpeg = || {
        let mut source = Source::open(&picture.path).ok()?;
        let frame = jpeg::frame(&mut source).ok()?;
        // What is left of a damaged file is written anew from all coefficients.
        let is_rewritten = picture.damage.is_some() || frame.arithmetic;
        let rewritten = if is_rewritten { source.length() + frame.all_coefficients } else { 0 };
        Some(source.length() + rewritten.max(frame.coefficients))
    };
    // A file that cannot be read will not take any memory.
    let decoder_bytes = if picture.format == Format::Jpeg { jpeg().unwrap_or(0) } else { 0 };
    estimate(picture, decoder_bytes)
}

/// `decoder_bytes` is the memory of a JPEG decoder in addition to the samples.
///
/// Decoding and scaling happen one after the other, and each frees its buffers; so only the
/// larger one counts. The factors depend on the decoders and were measured: the test below has
/// the peaks.
fn estimate(picture: &Picture, decoder_bytes: u64) -> u64 {
    let pixels = picture.stored.count();
    let colours = match picture.colour {
        ColorModel::Gray => 1,
        ColorModel::Rgb => 3,
        ColorModel::Cmyk { .. } => 4,
    };
    // A GIF is always decoded with an alpha channel.
    let alpha = picture.alpha || picture.format == Format::Gif;
    let channels = colours + u64::from(alpha);
    let bytes = u64::from(picture.bits.div_ceil(8));
    let decoding = match picture.format {
        Format::Jpeg => pixels * channels + decoder_bytes,
        // Planes of 32 bits, some of them twice.
        Format::Jxl => pixels * channels * 10,
        // Planes of 16 bits for each part of a grid and for the whole, and what is turned.
        Format::Heif => pixels * (channels * 2 + 12),
        // Samples of 16 bits are converted to 8 bits in a second buffer.
        _ if bytes > 1 => pixels * channels * (bytes + 1),
        // Planes are interleaved in a second buffer.
        Format::Tiff => pixels * channels * 2,
        // A lossless file is decoded with alpha, which is then removed; a lossy one has two planes
        // of colour.
        Format::WebP => pixels * (2 * channels + if alpha { 3 } else { 1 }),
        Format::Png | Format::Gif | Format::Bmp => pixels * channels,
    };
    // HDR is converted to standard range in a second buffer, unless that narrows 16 bits already.
    let is_hdr = matches!(picture.stated_space, StatedSpace::Hdr(_));
    let decoding = decoding + if is_hdr && bytes == 1 { pixels * channels } else { 0 };
    // Rows are scaled first, then columns.
    let longer = u64::from(picture.stored.width.max(picture.stored.height));
    let scaled = |size: u64| if longer > SCALED_EDGE { size * SCALED_EDGE / longer } else { size };
    // With alpha, the colours are premultiplied in a copy.
    let scaling = pixels * channels * if alpha { 2 } else { 1 }
        + scaled(pixels * channels)
        + scaled(scaled(pixels * channels));
    let output = scaled(scaled(pixels));
    decoding.max(scaling).max(output * ENCODER_BYTES_PER_PIXEL) + CONSTANT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Orientation, Pixels, PrivateMetadata};

    /// The measured peaks of scaling a picture of 8484 × 5656 pixels to 2560, in MB beyond those of
    /// a tiny one; and the megabytes that a JPEG decoder holds.
    const MEASURED: [(&str, Format, Colours, u8, u64, u64); 21] = [
        ("baseline", Format::Jpeg, RGB, 8, 199, 5),
        ("progressive 4:2:0", Format::Jpeg, RGB, 8, 288, 2 + 144),
        ("progressive 4:4:4", Format::Jpeg, RGB, 8, 434, 4 + 288),
        ("gray", Format::Jpeg, GRAY, 8, 65, 2),
        ("ink", Format::Jpeg, INK, 8, 266, 6),
        ("gray", Format::Png, GRAY, 8, 64, 0),
        ("palette", Format::Png, RGB, 8, 198, 0),
        ("interlaced", Format::Png, RGB, 8, 198, 0),
        ("alpha", Format::Png, ALPHA, 8, 457, 0),
        ("16 bit", Format::Png, RGB, 16, 428, 0),
        ("16 bit with alpha", Format::Png, ALPHA, 16, 571, 0),
        ("LZW", Format::Tiff, RGB, 8, 198, 0),
        ("ink", Format::Tiff, INK, 8, 265, 0),
        ("alpha", Format::Tiff, ALPHA, 8, 457, 0),
        ("16 bit", Format::Tiff, RGB, 16, 429, 0),
        ("JPEG inside", Format::Tiff, RGB, 8, 199, 0),
        ("lossy", Format::WebP, RGB, 8, 214, 0),
        ("lossless", Format::WebP, RGB, 8, 333, 0),
        ("alpha", Format::WebP, ALPHA, 8, 501, 0),
        ("palette", Format::Gif, RGB, 8, 457, 0),
        ("plain", Format::Bmp, RGB, 8, 198, 0),
    ];

    type Colours = (ColorModel, bool);
    const GRAY: Colours = (ColorModel::Gray, false);
    const RGB: Colours = (ColorModel::Rgb, false);
    const ALPHA: Colours = (ColorModel::Rgb, true);
    const INK: Colours = (ColorModel::Cmyk { inverted: false }, false);

    fn picture(format: Format, (colour, alpha): Colours, bits: u8, pixels: Pixels) -> Picture {
        Picture {
            path: "a".into(),
            name: "a".into(),
            format,
            stored: pixels,
            orientation: Orientation::Upright,
            colour,
            bits,
            alpha,
            profile: None,
            stated_space: StatedSpace::Unknown,
            private: PrivateMetadata::default(),
            arithmetic: false,
            damage: None,
            subject: None,
        }
    }

    #[test]
    fn no_picture_takes_more_than_was_estimated_and_none_much_less() {
        let pixels = Pixels { width: 8484, height: 5656 };
        for (kind, format, colours, bits, measured, decoder_bytes) in MEASURED {
            let estimate =
                estimate(&picture(format, colours, bits, pixels), decoder_bytes * 1_000_000);
            let context = format!("{format:?}, {kind}: {} MB", estimate / 1_000_000);
            assert!(estimate >= measured * 1_000_000, "{context}, measured {measured}");
            assert!(
                estimate <= measured * 1_800_000 + (40 << 20),
                "{context}, measured {measured}"
            );
        }
    }
}
