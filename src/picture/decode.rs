//! Files into samples: 8 bits, as stored, with their alpha channel.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::bmp::BmpDecoder;
use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::tiff::TiffDecoder;
use image::codecs::webp::WebPDecoder;
use image::{ColorType, ImageDecoder, Limits};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::model::{ColourModel, Format, Picture, Pixels};

use super::samples::{Channels, Samples};
use super::scale::PictureError;
use super::source::{Bytes, Source};

/// What a decoder may take beside the picture itself.
const WORKING_SPACE: u64 = 512 * 1024 * 1024;

/// Decodes a picture.
pub(super) fn decode(picture: &Picture) -> Result<Samples, PictureError> {
    let read = |source| PictureError::Read { name: picture.name.clone(), source };
    let damaged = |reason| PictureError::Decode { name: picture.name.clone(), reason };
    let source = Source::open(&picture.path).map_err(read)?;
    // The decoders promise not to panic; a book of a hundred photos must not hang on it.
    let samples = catch_unwind(AssertUnwindSafe(|| match picture.format {
        Format::Jpeg => jpeg(picture, source),
        _ => other(picture, source),
    }))
    .unwrap_or_else(|_| Err(Reason::Damaged("the decoder gave up on it".to_owned())))
    .map_err(|reason| match reason {
        Reason::Io(error) => read(error),
        Reason::Damaged(reason) => damaged(reason),
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
        Self::Io(error)
    }
}

/// The same decoder that `image` has inside, asked for the samples that we want: `image`
/// turns ink into light without any profile.
fn jpeg(picture: &Picture, mut source: Source) -> Result<Samples, Reason> {
    let length = source.length();
    let file = source.bytes(0, length)?;
    let failed = |error| Reason::Damaged(format!("{error}"));
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(u16::MAX.into())
        .set_max_height(u16::MAX.into());
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&file[..]), options);
    decoder.decode_headers().map_err(failed)?;
    let stored = decoder.input_colorspace().unwrap_or(ColorSpace::Unknown);
    let (wanted, channels) = match picture.colour {
        ColourModel::Gray => (ColorSpace::Luma, Channels::Gray),
        ColourModel::Rgb => (ColorSpace::RGB, Channels::Rgb),
        ColourModel::Cmyk { .. } => (stored, Channels::Cmyk),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(wanted));
    let mut bytes = decoder.decode().map_err(failed)?;
    let (width, height) = decoder.dimensions().unwrap_or_default();
    if bytes.len() != width * height * channels.count() {
        return Err(Reason::Damaged("its number of components is not what it says".to_owned()));
    }
    if let ColourModel::Cmyk { inverted } = picture.colour {
        if stored == ColorSpace::YCCK {
            ycck_to_cmyk(&mut bytes);
        }
        if inverted {
            bytes.iter_mut().for_each(|sample| *sample = !*sample);
        }
    }
    Ok(Samples { pixels: picture.stored, channels, bytes })
}

/// Undoes the transform of three of four inks (Adobe Technical Note 5116): they were
/// turned into red, green and blue, and those into YCbCr; black was left alone.
fn ycck_to_cmyk(bytes: &mut [u8]) {
    let (pixels, _) = bytes.as_chunks_mut::<4>();
    for [y, cb, cr, _] in pixels {
        let (luma, blue, red) = (i32::from(*y) << 16, i32::from(*cb) - 128, i32::from(*cr) - 128);
        let sample = |value: i32| {
            let light = ((value + (1 << 15)) >> 16).clamp(0, 255);
            255 - u8::try_from(light).unwrap_or(u8::MAX)
        };
        // 1.402, 0.344136, 0.714136 and 1.772 in units of 2^-16 (ITU-T T.871, 7).
        *y = sample(luma + 91_881 * red);
        *cb = sample(luma - 22_554 * blue - 46_802 * red);
        *cr = sample(luma + 116_130 * blue);
    }
}

fn other(picture: &Picture, source: Source) -> Result<Samples, Reason> {
    let reader = source.into_reader()?;
    match picture.format {
        Format::Png => samples(picture, PngDecoder::with_limits(reader, limits(picture))),
        Format::Tiff => samples(picture, TiffDecoder::new(reader)),
        Format::WebP => samples(picture, WebPDecoder::new(reader)),
        Format::Gif => samples(picture, GifDecoder::new(reader)),
        Format::Bmp | Format::Jpeg => samples(picture, BmpDecoder::new(reader)),
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
        image::ImageError::IoError(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            Reason::Io(error)
        }
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
        ColorType::Rgb32F => (Channels::Rgb, from_float(&bytes)),
        ColorType::Rgba32F => (Channels::Rgba, from_float(&bytes)),
        _ => return Err(Reason::Damaged(format!("{color:?} samples are new to recto"))),
    };
    Ok(Samples { pixels, channels, bytes })
}

/// 65535 becomes 255, rounded.
fn from_16(bytes: &[u8]) -> Vec<u8> {
    let (samples, _) = bytes.as_chunks::<2>();
    samples.iter().map(|&sample| to_8(u16::from_ne_bytes(sample))).collect()
}

fn to_8(sample: u16) -> u8 {
    u8::try_from((u32::from(sample) + 128) / 257).unwrap_or(u8::MAX)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
fn from_float(bytes: &[u8]) -> Vec<u8> {
    let (samples, _) = bytes.as_chunks::<4>();
    let to_8 = |sample| (f32::from_ne_bytes(sample).clamp(0.0, 1.0) * 255.0).round() as u8;
    samples.iter().copied().map(to_8).collect()
}
