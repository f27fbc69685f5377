//! Decodes TIFF files, including CMYK.

use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;

use crate::model::{ColorModel, Damage, Picture, Pixels};

use super::convert::{float_to_8, short_to_8, unpremultiply};
use super::error::DecodeError;
use super::limits::WORKING_MEMORY;
use crate::picture::format::source::Source;
use crate::picture::process::samples::{Channels, Samples};

/// Uses the `tiff` crate directly, since `image` converts CMYK to RGB without a profile.
pub(super) fn decode(
    picture: &Picture,
    source: Source,
) -> Result<(Samples, Option<Damage>), DecodeError> {
    let failed = |error: tiff::TiffError| match error {
        tiff::TiffError::IoError(error) => DecodeError::from(error),
        error => DecodeError::Damaged(error.to_string()),
    };
    let to_usize = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
    let mut limits = Limits::default();
    limits.decoding_buffer_size = to_usize(picture.stored.count() * 16 + (1 << 20));
    limits.intermediate_buffer_size = to_usize(picture.stored.count() * 16 + WORKING_MEMORY);
    let mut decoder = Decoder::new(source.into_reader()?).map_err(failed)?.with_limits(limits);
    let (width, height) = decoder.dimensions().map_err(failed)?;
    let pixels = Pixels { width, height };
    if pixels != picture.stored {
        return Err(DecodeError::Damaged("its size does not match its header".to_owned()));
    }
    let kind = decoder.colortype().map_err(failed)?;
    // Extra samples of type 1: the colours are premultiplied with alpha.
    let extra = decoder.find_tag_unsigned_vec::<u16>(Tag::ExtraSamples).map_err(failed)?;
    let premultiplied = extra.is_some_and(|extra| extra.first() == Some(&1));
    let mut result = DecodingResult::U8(Vec::new());
    let layout = decoder.read_image_to_buffer(&mut result).map_err(failed)?;
    let bytes = match result {
        DecodingResult::U8(bytes) if kind.bit_depth() < 8 => {
            unpack(&bytes, kind.bit_depth(), pixels, kind.num_samples().into())
        }
        DecodingResult::U8(bytes) => bytes,
        DecodingResult::U16(samples) => samples.into_iter().map(short_to_8).collect(),
        DecodingResult::F32(samples) => samples.into_iter().map(float_to_8).collect(),
        _ => {
            return Err(DecodeError::Damaged(format!(
                "samples of the type {kind:?} are not supported"
            )));
        }
    };
    let count = pixels.width as usize * pixels.height as usize;
    let sample_count = bytes.len() / count.max(1);
    let bytes = if layout.planes > 1 { interleaved(&bytes, layout.planes) } else { bytes };
    let (channel_count, channels) = match (picture.colour, picture.alpha) {
        (ColorModel::Gray, false) => (1, Channels::Gray),
        (ColorModel::Gray, true) => (2, Channels::GrayAlpha),
        (ColorModel::Rgb, false) => (3, Channels::Rgb),
        (ColorModel::Rgb, true) => (4, Channels::Rgba),
        (ColorModel::Cmyk { .. }, _) => (4, Channels::Cmyk),
    };
    if sample_count < channel_count || bytes.len() != sample_count * count {
        return Err(DecodeError::Damaged("its image data is incomplete".to_owned()));
    }
    let mut bytes = if sample_count == channel_count {
        bytes
    } else {
        bytes
            .chunks_exact(sample_count)
            .flat_map(|pixel| &pixel[..channel_count])
            .copied()
            .collect()
    };
    if matches!(kind, ColorType::YCbCr(_)) {
        ycbcr_to_rgb(&mut bytes);
    }
    if premultiplied && picture.alpha {
        unpremultiply(&mut bytes, channel_count);
    }
    Ok((Samples { pixels, channels, bytes }, None))
}

/// Unpacks samples of 1, 2 or 4 bits, whose rows begin at whole bytes, to 8 bits.
fn unpack(packed: &[u8], bits: u8, pixels: Pixels, channels: usize) -> Vec<u8> {
    let columns = pixels.width as usize * channels;
    let per_byte = usize::from(8 / bits.max(1));
    let max = (1_u8 << bits) - 1;
    let mut samples = Vec::with_capacity(columns * pixels.height as usize);
    for row in packed.chunks(columns.div_ceil(per_byte)) {
        samples.extend((0..columns).map_while(|column| {
            let byte = row.get(column / per_byte)?;
            let shift = 8 - usize::from(bits) * (column % per_byte + 1);
            Some(((byte >> shift) & max) * (255 / max))
        }));
    }
    samples
}

/// Converts one plane per channel to interleaved pixels.
fn interleaved(bytes: &[u8], planes: usize) -> Vec<u8> {
    let plane = bytes.len() / planes;
    (0..plane)
        .flat_map(|pixel| (0..planes).map(move |number| bytes[number * plane + pixel]))
        .collect()
}

/// Converts full-range YCbCr to RGB (ITU-T T.871, 7).
fn ycbcr_to_rgb(bytes: &mut [u8]) {
    let (pixels, _) = bytes.as_chunks_mut::<3>();
    for pixel in pixels {
        *pixel = super::jpeg::rgb_from_ycbcr(*pixel);
    }
}
