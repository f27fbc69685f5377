//! Files into samples: 8 bits, as stored, with their alpha channel.

mod jpeg;
mod jxl;
mod tiff;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::bmp::BmpDecoder;
use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{ColorType, ImageDecoder, Limits};

use crate::model::{Format, Picture, Pixels};

use crate::picture::errors::PictureError;
use crate::picture::format::source::Source;
use crate::picture::process::samples::{Channels, Samples};

/// What a decoder may take beside the picture itself.
const WORKING_SPACE: u64 = 512 * 1024 * 1024;

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
    .unwrap_or_else(|_| Err(Reason::Damaged("the decoder gave up on it".to_owned())))
    .map_err(|reason| match reason {
        Reason::Io(error) => read(error),
        Reason::Damaged(reason) => damaged(reason.trim_end_matches('.').to_owned()),
    })?;
    if samples.pixels != picture.stored {
        return Err(damaged("it is not the picture any more that it was before".to_owned()));
    }
    Ok(samples)
}

enum Reason {
    Io(io::Error),
    Damaged(String),
}

impl From<io::Error> for Reason {
    fn from(error: io::Error) -> Self {
        // Decoders report damage as errors of reading; the system's own carry a number.
        match (error.raw_os_error(), error.kind()) {
            (Some(_), _) => Self::Io(error),
            (None, io::ErrorKind::UnexpectedEof) => Self::Damaged("it ends too early".to_owned()),
            (None, _) => Self::Damaged(error.to_string()),
        }
    }
}

fn other(picture: &Picture, source: Source) -> Result<Samples, Reason> {
    let reader = source.into_reader()?;
    match picture.format {
        Format::Png => samples(picture, PngDecoder::with_limits(reader, limits(picture))),
        Format::WebP => samples(picture, WebPDecoder::new(reader)),
        Format::Gif => samples(picture, GifDecoder::new(reader)),
        _ => samples(picture, BmpDecoder::new(reader)),
    }
}

fn limits(picture: &Picture) -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(picture.stored.count() * 8 + WORKING_SPACE);
    limits
}

/// Reads all of a decoder's samples, whatever their width.
fn samples(
    picture: &Picture,
    decoder: image::ImageResult<impl ImageDecoder>,
) -> Result<Samples, Reason> {
    let failed = |error: image::ImageError| match error {
        image::ImageError::IoError(error) => Reason::from(error),
        error => Reason::Damaged(error.to_string()),
    };
    let mut decoder = decoder.map_err(failed)?;
    decoder.set_limits(limits(picture)).map_err(failed)?;
    let (width, height) = decoder.dimensions();
    let pixels = Pixels { width, height };
    let most = picture.stored.count() * 16;
    let size = decoder.total_bytes();
    if pixels != picture.stored || size > most {
        return Err(Reason::Damaged("its size is not what its header says".to_owned()));
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
        _ => return Err(Reason::Damaged(format!("{color:?} samples are new to recto"))),
    };
    Ok(Samples { pixels, channels, bytes })
}

/// 65535 becomes 255, rounded.
fn from_16(bytes: &[u8]) -> Vec<u8> {
    let (samples, _) = bytes.as_chunks::<2>();
    samples.iter().map(|&sample| short_to_8(u16::from_ne_bytes(sample))).collect()
}

fn short_to_8(sample: u16) -> u8 {
    u8::try_from((u32::from(sample) + 128) / 257).unwrap_or(u8::MAX)
}

/// 1.0 becomes 255, rounded.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
fn float_to_8(sample: f32) -> u8 {
    (sample.clamp(0.0, 1.0) * 255.0).round() as u8
}

/// Undoes the multiplication with alpha, which is a pixel's last sample.
fn divide(bytes: &mut [u8], channels: usize) {
    for pixel in bytes.chunks_exact_mut(channels) {
        let Some((&mut alpha, colours)) = pixel.split_last_mut() else { continue };
        let alpha = u16::from(alpha);
        for colour in colours {
            let divided = (u16::from(*colour) * 255 + alpha / 2).checked_div(alpha);
            *colour = u8::try_from(divided.unwrap_or(0)).unwrap_or(u8::MAX);
        }
    }
}
