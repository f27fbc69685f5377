//! Decodes photos to 8-bit samples, as stored, with their alpha channel.

mod convert;
mod error;
mod gif;
#[cfg(feature = "heif")]
mod heif;
mod jpeg;
mod jxl;
mod limits;
pub(super) mod planes;
pub(super) mod png;
mod range;
mod tiff;

use std::io::{self, Cursor};
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::bmp::BmpDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{ColorType, ImageDecoder};

use crate::model::{Damage, Format, Picture, Pixels};

use error::DecodeError;
use limits::limits;
use range::{narrowed, standard_range};

use crate::picture::errors::PictureError;
use crate::picture::format::source::{RandomAccess, Source};
use crate::picture::process::samples::{Channels, Samples};

/// Decodes a photo, or as much of it as is left.
pub(super) fn decode(picture: &Picture) -> Result<Samples, PictureError> {
    decode_reporting(picture).map(|(samples, _)| samples)
}

/// Decodes a photo, and returns the damage that the decoder finds in formats without checksums.
pub(super) fn decode_reporting(
    picture: &Picture,
) -> Result<(Samples, Option<Damage>), PictureError> {
    let read = |source| PictureError::Read { name: picture.name.clone(), source };
    let damaged = |reason| PictureError::Decode { name: picture.name.clone(), reason };
    let source = Source::open(&picture.path).map_err(read)?;
    // Decoders should not panic, but one photo must not stop a whole book.
    let whole = |samples| (samples, None);
    let (samples, damage) = catch_unwind(AssertUnwindSafe(|| match picture.format {
        Format::Jpeg => jpeg::decode(picture, source).map(|it| whole(standard_range(picture, it))),
        Format::Tiff => {
            let (samples, damage) = tiff::decode(picture, source)?;
            Ok((standard_range(picture, samples), damage))
        }
        Format::Gif => gif::decode(picture, source),
        Format::Jxl => jxl::decode(picture, source),
        #[cfg(feature = "heif")]
        Format::Heif => heif::decode(picture, source).map(whole),
        _ => decode_with_image(picture, source).map(whole),
    }))
    .unwrap_or_else(|_| Err(DecodeError::Damaged("the decoder failed".to_owned())))
    .map_err(|reason| match reason {
        DecodeError::Io(error) => read(error),
        DecodeError::Damaged(reason) => damaged(reason.trim_end_matches('.').to_owned()),
    })?;
    if samples.pixels != picture.stored {
        return Err(damaged("the file has changed since it was read first".to_owned()));
    }
    Ok((samples, damage))
}

fn decode_with_image(picture: &Picture, mut source: Source) -> Result<Samples, DecodeError> {
    if picture.format == Format::Png && picture.damage.is_some() {
        let length = source.length();
        let repaired = png::repaired(&source.read_bytes(0, length)?)
            .ok_or_else(|| DecodeError::Damaged("its headers are damaged".to_owned()))?;
        let decoder = PngDecoder::with_limits(Cursor::new(repaired), limits(picture));
        return read_samples(picture, decoder);
    }
    let reader = source.into_reader()?;
    match picture.format {
        Format::Png => read_samples(picture, PngDecoder::with_limits(reader, limits(picture))),
        Format::WebP => read_samples(picture, WebPDecoder::new(reader)),
        _ => read_samples(picture, BmpDecoder::new(reader)),
    }
}

/// Reads all samples of a decoder, whatever their width, as 8 bits.
fn read_samples(
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
    let max_size = picture.stored.count() * 16;
    let size = decoder.total_bytes();
    if pixels != picture.stored || size > max_size {
        return Err(DecodeError::Damaged("its size does not match its header".to_owned()));
    }
    let color = decoder.color_type();
    let mut bytes = vec![0; usize::try_from(size).map_err(io::Error::other)?];
    decoder.read_image(&mut bytes).map_err(failed)?;
    let channels = match color {
        ColorType::L8 | ColorType::L16 => Channels::Gray,
        ColorType::La8 | ColorType::La16 => Channels::GrayAlpha,
        ColorType::Rgb8 | ColorType::Rgb16 => Channels::Rgb,
        ColorType::Rgba8 | ColorType::Rgba16 => Channels::Rgba,
        _ => {
            return Err(DecodeError::Damaged(format!(
                "samples of the type {color:?} are not supported"
            )));
        }
    };
    Ok(if usize::from(color.bytes_per_pixel()) > channels.count() {
        narrowed(picture, channels, &bytes)
    } else {
        standard_range(picture, Samples { pixels, channels, bytes })
    })
}
