//! Decodes JPEG files.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::model::{ColorModel, Picture};

use super::error::DecodeError;
use crate::picture::format::jpeg;
use crate::picture::format::source::{RandomAccess, Source};
use crate::picture::jpeg_scan;
use crate::picture::process::samples::{Channels, Samples};
use crate::picture::ycbcr::rgb_from_ycbcr;

/// Uses the decoder of the `image` crate directly, since `image` converts CMYK to RGB without a
/// profile.
pub(super) fn decode(picture: &Picture, mut source: Source) -> Result<Samples, DecodeError> {
    let length = source.length();
    let mut file = source.read_bytes(0, length)?;
    let frame = jpeg::frame(&mut &file[..]);
    let frame = frame.map_err(|_| DecodeError::Damaged("its headers are damaged".to_owned()))?;
    let is_rgb = picture.colour == ColorModel::Rgb;
    let is_split = frame.is_split_into_scans();
    if picture.damage.is_some() || frame.arithmetic || (is_split && !is_rgb) {
        // What can be decoded of a damaged file. The decoders read no arithmetic codes, and
        // zune-jpeg 0.5.15 reads components in separate scans wrongly.
        file = jpeg_scan::rewritten(&file)
            .ok_or_else(|| DecodeError::Damaged("its headers are damaged".to_owned()))?;
    } else if is_split {
        return decode_with_jpeg_decoder(picture, &file);
    }
    if is_rgb && frame.has_unusual_sampling() {
        return decode_with_jpeg_decoder(picture, &file);
    }
    let failed = |error| DecodeError::Damaged(format!("{error}"));
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(u16::MAX.into())
        .set_max_height(u16::MAX.into());
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&file[..]), options);
    decoder.decode_headers().map_err(failed)?;
    let stored = decoder.input_colorspace().unwrap_or(ColorSpace::Unknown);
    let (output_space, channels) = match picture.colour {
        ColorModel::Gray => (ColorSpace::Luma, Channels::Gray),
        ColorModel::Rgb => (ColorSpace::RGB, Channels::Rgb),
        ColorModel::Cmyk { .. } => (stored, Channels::Cmyk),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(output_space));
    let mut bytes = decoder.decode().map_err(failed)?;
    let (width, height) = decoder.dimensions().unwrap_or_default();
    if bytes.len() != width * height * channels.count() {
        return Err(DecodeError::Damaged("its image data does not match its header".to_owned()));
    }
    if let ColorModel::Cmyk { inverted } = picture.colour {
        if stored == ColorSpace::YCCK {
            ycck_to_cmyk(&mut bytes);
        }
        if inverted {
            for sample in &mut bytes {
                *sample = !*sample;
            }
        }
    }
    Ok(Samples { pixels: picture.stored, channels, bytes })
}

/// Uses another decoder: zune-jpeg 0.5.15 silently drops the chroma of baseline pictures whose
/// chroma is subsampled by 4 in some direction, and reads components in separate scans wrongly
/// (its issue 419): pictures come out green.
fn decode_with_jpeg_decoder(picture: &Picture, file: &[u8]) -> Result<Samples, DecodeError> {
    let mut decoder = jpeg_decoder::Decoder::new(file);
    let bytes = decoder.decode().map_err(|error| DecodeError::Damaged(error.to_string()))?;
    let pixels = picture.stored;
    let count = pixels.width as usize * pixels.height as usize * Channels::Rgb.count();
    if bytes.len() != count {
        return Err(DecodeError::Damaged("its image data does not match its header".to_owned()));
    }
    Ok(Samples { pixels, channels: Channels::Rgb, bytes })
}

/// Converts YCCK to CMYK (Adobe Technical Note 5116): cyan, magenta and yellow were converted to
/// RGB by inversion, and that to YCbCr; black was not changed.
fn ycck_to_cmyk(bytes: &mut [u8]) {
    let (pixels, _) = bytes.as_chunks_mut::<4>();
    for [y, cb, cr, _] in pixels {
        [*y, *cb, *cr] = rgb_from_ycbcr([*y, *cb, *cr]).map(|level| !level);
    }
}
