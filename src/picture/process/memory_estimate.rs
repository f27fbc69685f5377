//! How much memory it takes to make a picture smaller, from its header alone.

use crate::model::{ColorModel, Format, Picture};

use crate::picture::format::jpeg;
use crate::picture::format::source::{RandomAccess, Source};

/// Pictures are scaled to this edge, or a shorter one; what is made larger than this is
/// not made smaller by much.
const EDGE: u64 = 4096;
/// Tables, buffers and what else does not grow with the picture.
const BESIDE: u64 = 8 << 20;
/// An encoder holds a pixel's three colours, and the coefficients of three colours.
const ENCODING: u64 = 12;

/// An estimate, on the safe side, of the bytes that are held at the worst moment.
pub(in crate::picture) fn need(picture: &Picture) -> u64 {
    let jpeg = || {
        let mut source = Source::open(&picture.path).ok()?;
        let frame = jpeg::frame(&mut source).ok()?;
        Some(source.length() + frame.coefficients)
    };
    // A file that cannot be read will not take any memory.
    let held = if picture.format == Format::Jpeg { jpeg().unwrap_or(0) } else { 0 };
    of(picture, held)
}

/// `held` is what a decoder holds beside the samples, where the file itself tells.
///
/// Decoding and scaling follow each other, and each lets go of what it had; so the larger
/// one counts. The factors are those of the decoders, and were measured: the test below
/// has the peaks.
fn of(picture: &Picture, held: u64) -> u64 {
    let pixels = picture.stored.count();
    let colours = match picture.colour {
        ColorModel::Gray => 1,
        ColorModel::Rgb => 3,
        ColorModel::Cmyk { .. } => 4,
    };
    // A GIF is decoded with an alpha channel in any case.
    let alpha = picture.alpha || picture.format == Format::Gif;
    let channels = colours + u64::from(alpha);
    let bytes = u64::from(picture.bits.div_ceil(8));
    let decoding = match picture.format {
        Format::Jpeg => pixels * channels + held,
        // Planes of 32 bits, some of them twice.
        Format::Jxl => pixels * channels * 10,
        // Wide samples become narrow ones, in a second buffer.
        _ if bytes > 1 => pixels * channels * (bytes + 1),
        // Planes become pixels.
        Format::Tiff => pixels * channels * 2,
        // A lossless one is decoded with alpha and then freed of it; a lossy one holds two
        // planes of colour.
        Format::WebP => pixels * (2 * channels + if alpha { 3 } else { 1 }),
        Format::Png | Format::Gif | Format::Bmp => pixels * channels,
    };
    // First the rows become shorter, then the columns.
    let longer = u64::from(picture.stored.width.max(picture.stored.height));
    let scaled = |size: u64| if longer > EDGE { size * EDGE / longer } else { size };
    // With alpha, colours are multiplied before they are mixed: in a copy.
    let scaling = pixels * channels * if alpha { 2 } else { 1 }
        + scaled(pixels * channels)
        + scaled(scaled(pixels * channels));
    let made = scaled(scaled(pixels));
    decoding.max(scaling).max(made * ENCODING) + BESIDE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Orientation, Pixels, PrivateMetadata};

    /// What a process took at most to scale a picture of 8484 × 5656 pixels to 2560, in MB
    /// beyond what it takes for a tiny one; and the megabytes that a JPEG's decoder holds.
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
            private: PrivateMetadata::default(),
        }
    }

    #[test]
    fn no_picture_takes_more_than_was_estimated_and_none_much_less() {
        let pixels = Pixels { width: 8484, height: 5656 };
        for (kind, format, colours, bits, measured, held) in MEASURED {
            let estimate = of(&picture(format, colours, bits, pixels), held * 1_000_000);
            let told = format!("{format:?}, {kind}: {} MB", estimate / 1_000_000);
            assert!(estimate >= measured * 1_000_000, "{told}, measured {measured}");
            assert!(estimate <= measured * 1_800_000 + (40 << 20), "{told}, measured {measured}");
        }
    }
}
