//! Decodes TIFF files, including CMYK.

mod fax;
mod layout;

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;

use crate::model::{ColorModel, Damage, LostPart, Picture, Pixels};

use super::convert::{float_to_8, short_to_8, unpremultiply};
use super::error::DecodeError;
use super::limits::WORKING_MEMORY;
use crate::picture::format::source::Source;
use crate::picture::format::tiff_images::WithFirstDirectory;
use crate::picture::process::samples::{Channels, Samples};
use layout::TiffLayout;

/// Bytes at any position.
trait ReadSeek: Read + Seek {}

impl<R: Read + Seek> ReadSeek for R {}

type TiffDecoder<'a> = Decoder<Box<dyn ReadSeek + 'a>>;

/// Uses the `tiff` crate directly, since `image` converts CMYK to RGB without a profile. What is
/// left of a damaged file is decoded strip by strip, or tile by tile.
pub(super) fn decode(
    picture: &Picture,
    mut source: Source,
) -> Result<(Samples, Option<Damage>), DecodeError> {
    let layout = TiffLayout::read(&mut source)?;
    let equivalent = layout.equivalent_file(&mut source)?;
    drop(source);
    let open = || -> io::Result<Box<dyn ReadSeek + '_>> {
        Ok(match &equivalent {
            Some(file) => Box::new(Cursor::new(file.as_slice())),
            None => Box::new(WithFirstDirectory::new(
                Source::open(&picture.path)?.into_reader()?,
                layout.directory_field.clone(),
            )),
        })
    };
    let present = layout.present();
    let is_truncated = present.iter().any(|&part| part < 1.0);
    let page = Page::new(&mut open_decoder(picture, open()?)?, layout.palette.is_some())?;
    let whole =
        open_decoder(picture, open()?).and_then(|mut decoder| page.decode_whole(&mut decoder));
    let (samples, lost, cause) = match whole {
        Ok(samples) if !is_truncated => (samples, None, String::new()),
        Ok(samples) => (samples, Some(0.0), String::new()),
        Err(DecodeError::Io(error)) => return Err(DecodeError::Io(error)),
        Err(DecodeError::Damaged(cause)) => {
            let reader = ZeroPadded { inner: open()?, pads: layout.is_uncompressed() };
            let mut decoder = open_decoder(picture, Box::new(reader))?;
            let (samples, lost) = page.decode_chunks(&mut decoder, &present, &cause)?;
            (samples, Some(lost), cause)
        }
    };
    let samples = page.finished(picture, samples, layout.palette.as_deref())?;
    let damage = lost.map(|lost| Damage {
        cause: if is_truncated {
            "its image data extends beyond the end of the file".to_owned()
        } else {
            format!("its image data cannot be decoded: {}", cause.trim_end_matches('.'))
        },
        lost: LostPart::from_fraction(lost),
        is_truncated,
    });
    Ok((samples, damage))
}

fn open_decoder<'a>(
    picture: &Picture,
    reader: Box<dyn ReadSeek + 'a>,
) -> Result<TiffDecoder<'a>, DecodeError> {
    let to_usize = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
    let mut limits = Limits::default();
    limits.decoding_buffer_size = to_usize(picture.stored.count() * 16 + (1 << 20));
    limits.intermediate_buffer_size = to_usize(picture.stored.count() * 16 + WORKING_MEMORY);
    let mut decoder = Decoder::new(reader).map_err(failed)?.with_limits(limits);
    let (width, height) = decoder.dimensions().map_err(failed)?;
    if (Pixels { width, height }) != picture.stored {
        return Err(DecodeError::Damaged("its size does not match its header".to_owned()));
    }
    Ok(decoder)
}

fn failed(error: tiff::TiffError) -> DecodeError {
    match error {
        tiff::TiffError::IoError(error) => DecodeError::from(error),
        error => DecodeError::Damaged(error.to_string()),
    }
}

/// The form of the samples of a page.
struct Page {
    pixels: Pixels,
    kind: ColorType,
    /// Whether the samples are indices of a palette.
    has_palette: bool,
    /// Whether colours are premultiplied with alpha.
    is_premultiplied: bool,
    /// The number of planes, if each channel has one of its own.
    planes: usize,
}

impl Page {
    fn new(decoder: &mut TiffDecoder<'_>, has_palette: bool) -> Result<Self, DecodeError> {
        let (width, height) = decoder.dimensions().map_err(failed)?;
        let kind = decoder.colortype().map_err(failed)?;
        // Extra samples of type 1: the colours are premultiplied with alpha.
        let extra = decoder.find_tag_unsigned_vec::<u16>(Tag::ExtraSamples).map_err(failed)?;
        let is_planar = decoder
            .find_tag_unsigned::<u16>(Tag::PlanarConfiguration)
            .map_err(failed)?
            .is_some_and(|configuration| configuration == 2);
        let samples = decoder.find_tag_unsigned::<u16>(Tag::SamplesPerPixel).map_err(failed)?;
        Ok(Self {
            pixels: Pixels { width, height },
            kind,
            has_palette,
            is_premultiplied: extra.is_some_and(|extra| extra.first() == Some(&1)),
            planes: if is_planar { samples.unwrap_or(1).into() } else { 1 },
        })
    }

    /// Decodes all planes, one after the other, to 8 bits.
    fn decode_whole(&self, decoder: &mut TiffDecoder<'_>) -> Result<Vec<u8>, DecodeError> {
        let mut result = DecodingResult::U8(Vec::new());
        decoder.read_image_to_buffer(&mut result).map_err(failed)?;
        self.to_bytes(result, self.pixels)
    }

    /// Decodes the strips or tiles that can be decoded, and returns the part of the picture that
    /// is lost. `cause` is the error if nothing is left.
    fn decode_chunks(
        &self,
        decoder: &mut TiffDecoder<'_>,
        present: &[f64],
        cause: &str,
    ) -> Result<(Vec<u8>, f64), DecodeError> {
        let (width, height) = (self.pixels.width as usize, self.pixels.height as usize);
        let nothing = || DecodeError::Damaged(cause.to_owned());
        let (chunk_width, chunk_height) = decoder.chunk_dimensions();
        let across = width.div_ceil((chunk_width as usize).max(1));
        let per_plane = across * height.div_ceil((chunk_height as usize).max(1));
        let mut canvas: Option<Vec<u8>> = None;
        let mut kept = 0.0;
        for number in 0..per_plane * self.planes {
            let part = present.get(number).copied().unwrap_or(0.0);
            let index = u32::try_from(number).map_err(|_| nothing())?;
            let (columns, rows) = decoder.chunk_data_dimensions(index);
            let pixels = Pixels { width: columns, height: rows };
            if part <= 0.0 || pixels.count() == 0 {
                continue;
            }
            let Ok(chunk) = decoder.read_chunk(index) else { continue };
            let bytes = self.to_bytes(chunk, pixels)?;
            let channels = bytes.len() / usize::try_from(pixels.count()).unwrap_or(usize::MAX);
            let plane_length = width * height * channels;
            // Gray, or half of the ink.
            let canvas = canvas.get_or_insert_with(|| vec![0x80; plane_length * self.planes]);
            let (plane, at) = (number / per_plane, number % per_plane);
            let left = at % across * chunk_width as usize;
            let top = at / across * chunk_height as usize;
            for (y, row) in bytes.chunks_exact((columns as usize * channels).max(1)).enumerate() {
                let start = plane * plane_length + ((top + y) * width + left) * channels;
                if let Some(target) = canvas.get_mut(start..start + row.len()) {
                    target.copy_from_slice(row);
                }
            }
            #[expect(clippy::cast_precision_loss, reason = "only a ratio")]
            let share = pixels.count() as f64 / (self.pixels.count() as f64 * self.planes as f64);
            kept += share * part;
        }
        canvas.map(|canvas| (canvas, 1.0 - kept)).ok_or_else(nothing)
    }

    /// Converts samples to 8 bits, except for the indices of a palette.
    fn to_bytes(&self, result: DecodingResult, pixels: Pixels) -> Result<Vec<u8>, DecodeError> {
        Ok(match result {
            DecodingResult::U8(bytes) if self.kind.bit_depth() < 8 => {
                let bits = self.kind.bit_depth();
                let channels = self.kind.num_samples().into();
                unpack(&bytes, bits, pixels, channels, !self.has_palette)
            }
            DecodingResult::U8(bytes) => bytes,
            DecodingResult::U16(samples) => samples.into_iter().map(short_to_8).collect(),
            DecodingResult::F32(samples) => samples.into_iter().map(float_to_8).collect(),
            _ => {
                return Err(DecodeError::Damaged(format!(
                    "samples of the type {:?} are not supported",
                    self.kind
                )));
            }
        })
    }

    /// Interleaves planes, leaves out extra samples and converts the colours.
    fn finished(
        &self,
        picture: &Picture,
        bytes: Vec<u8>,
        palette: Option<&[[u8; 3]]>,
    ) -> Result<Samples, DecodeError> {
        let pixels = self.pixels;
        let count = pixels.width as usize * pixels.height as usize;
        let sample_count = bytes.len() / count.max(1);
        let bytes = if self.planes > 1 { interleaved(&bytes, self.planes) } else { bytes };
        if let Some(palette) = palette {
            let colour = |&index: &u8| palette.get(usize::from(index)).copied().unwrap_or_default();
            let indices = bytes.iter().step_by(sample_count.max(1)).take(count);
            let bytes = indices.flat_map(colour).collect();
            return Ok(Samples { pixels, channels: Channels::Rgb, bytes });
        }
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
        if matches!(self.kind, ColorType::YCbCr(_)) {
            ycbcr_to_rgb(&mut bytes);
        }
        if self.is_premultiplied && picture.alpha {
            unpremultiply(&mut bytes, channel_count);
        }
        Ok(Samples { pixels, channels, bytes })
    }
}

/// A reader that continues with zeros after the end, so that the rows before it can be read.
struct ZeroPadded<R> {
    inner: R,
    pads: bool,
}

impl<R: Read> Read for ZeroPadded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        if count > 0 || !self.pads {
            return Ok(count);
        }
        buffer.fill(0);
        Ok(buffer.len())
    }
}

impl<R: Seek> Seek for ZeroPadded<R> {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.inner.seek(position)
    }
}

/// Unpacks samples of 1, 2 or 4 bits, whose rows begin at whole bytes, to 8 bits.
/// `scales` says whether the highest value becomes 255.
fn unpack(packed: &[u8], bits: u8, pixels: Pixels, channels: usize, scales: bool) -> Vec<u8> {
    let columns = pixels.width as usize * channels;
    let per_byte = usize::from(8 / bits.max(1));
    let max = (1_u8 << bits) - 1;
    let factor = if scales { 255 / max } else { 1 };
    let mut samples = Vec::with_capacity(columns * pixels.height as usize);
    for row in packed.chunks(columns.div_ceil(per_byte)) {
        samples.extend((0..columns).map_while(|column| {
            let byte = row.get(column / per_byte)?;
            let shift = 8 - usize::from(bits) * (column % per_byte + 1);
            Some(((byte >> shift) & max) * factor)
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
        *pixel = crate::picture::ycbcr::rgb_from_ycbcr(*pixel);
    }
}
