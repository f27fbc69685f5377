//! Decodes photos to 8-bit samples, as stored, with their alpha channel.

mod convert;
mod error;
mod jpeg;
mod jxl;
mod limits;
mod tiff;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::bmp::BmpDecoder;
use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{ColorType, ImageDecoder};

use crate::model::{Format, Picture, Pixels};

use convert::from_16;
use error::DecodeError;
use limits::limits;

use crate::picture::errors::PictureError;
use crate::picture::format::source::Source;
use crate::picture::process::samples::{Channels, Samples};

/// Decodes a picture.
pub(super) fn decode(picture: &Picture) -> Result<Samples, PictureError> {
    let read = |source| PictureError::Read { name: picture.name.clone(), source };
    let damaged = |reason| PictureError::Decode { name: picture.name.clone(), reason };
    let source = Source::open(&picture.path).map_err(read)?;
    // The decoders promise not to panic; a book of a hundred photos must not hang on it.
    let samples = catch_unwind(AssertUnwindSafe(|| match picture.format {
        Format::Jpeg => jpeg::decode(picture, source),
        Format::Tiff => tiff::decode(picture, source),
        Format::Jxl => jxl::decode(picture, source),
        _ => other(picture, source),
    }))
    .unwrap_or_else(|_| Err(DecodeError::Damaged("the decoder gave up on it".to_owned())))
    .map_err(|reason| match reason {
        DecodeError::Io(error) => read(error),
        DecodeError::Damaged(reason) => damaged(reason.trim_end_matches('.').to_owned()),
    })?;
    if samples.pixels != picture.stored {
        return Err(damaged("it is not the picture any more that it was before".to_owned()));
    }
    Ok(samples)
}

fn other(picture: &Picture, source: Source) -> Result<Samples, DecodeError> {
    let reader = source.into_reader()?;
    match picture.format {
        Format::Png => samples(picture, PngDecoder::with_limits(reader, limits(picture))),
        Format::WebP => samples(picture, WebPDecoder::new(reader)),
        Format::Gif => samples(picture, GifDecoder::new(reader)),
        _ => samples(picture, BmpDecoder::new(reader)),
    }
}

/// Reads all of a decoder's samples, whatever their width.
fn samples(
    picture: &Picture,
    decoder: image::ImageResult<impl ImageDecoder>,
) -> Result<Samples, DecodeError> {
    let failed = |error: image::ImageError| match error {
        image::ImageError::IoError(error) => DecodeError::from(error),
        error => DecodeError::Damaged(error.to_string()),
    };
    let mut decoder = decoder.map_err(failed)?;
    decoder.set_limits(limits(picture)).map_err(failed)?;
    let (width, height) = decoder.dimensions();
    let pixels = Pixels { width, height };
    let most = picture.stored.count() * 16;
    let size = decoder.total_bytes();
    if pixels != picture.stored || size > most {
        return Err(DecodeError::Damaged("its size is not what its header says".to_owned()));
    }
    let color = decoder.color_type();
    let mut bytes = vec![0; usize::try_from(size).map_err(io::Error::other)?];
    decoder.read_image(&mut bytes).map_err(failed)?;
    let (channels, bytes) = match color {
        ColorType::L8 => (Channels::Gray, bytes),
        ColorType::La8 => (Channels::GrayAlpha, bytes),
        ColorType::Rgb8 => (Channels::Rgb, bytes),
        ColorType::Rgba8 => (Channels::Rgba, bytes),
        ColorType::L16 => (Channels::Gray, from_16(&bytes)),
        ColorType::La16 => (Channels::GrayAlpha, from_16(&bytes)),
        ColorType::Rgb16 => (Channels::Rgb, from_16(&bytes)),
        ColorType::Rgba16 => (Channels::Rgba, from_16(&bytes)),
        _ => return Err(DecodeError::Damaged(format!("{color:?} samples are new to recto"))),
    };
    Ok(Samples { pixels, channels, bytes })
}
