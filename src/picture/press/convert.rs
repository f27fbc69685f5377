//! Converts photos for print that cannot be copied: decodes them, flattens them, converts their
//! colours row by row, and compresses them.

use std::fmt::Write as _;
use std::io::{self, Seek, SeekFrom, Write};
use std::sync::Arc;

use flate2::Compression as Level;
use flate2::write::ZlibEncoder;
use jpeg_encoder::{
    Encoder, ImageBuffer, JpegColorType, SamplingFactor, cmyk_to_ycck, rgb_to_ycbcr,
};
use tempfile::SpooledTempFile;

use crate::model::{ColorModel, Compression, Format, Ink, Picture, Pixels, Profile};

use crate::picture::color::SampleTransform;
use crate::picture::decode::decode;
use crate::picture::errors::{PictureError, decode_error};
use crate::picture::press::options::{PressOptions, is_copyable};
use crate::picture::press::pdf_image::{ImageEncoding, PdfImage, PdfImageContent, copied_jpeg};
use crate::picture::press::png_predictor::predict;
use crate::picture::process::processed_image::ProcessedImage;
use crate::picture::process::processor::ImageProcessor;
use crate::picture::process::resize::scaled_to;
use crate::picture::process::samples::{Channels, Samples, blended};

/// Compressed samples that are larger are stored in a temporary file.
const MAX_IN_MEMORY: usize = 32 * 1024 * 1024;
/// The JPEG quality of converted photos, without chroma subsampling: what image editors call
/// maximum. The loss is invisible in print.
const QUALITY: u8 = 97;

/// How a photo is placed in print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PressPlacement {
    /// The size in pixels that it is scaled to, as stored; `None` for its own.
    pub size: Option<Pixels>,
    /// The colour of the page, which shows where the photo is transparent.
    pub backdrop: Ink,
}

impl PressPlacement {
    /// At its own size on white paper.
    pub const PLAIN: Self = Self { size: None, backdrop: Ink::PAPER };
}

impl ImageProcessor {
    /// A photo in the form of a PDF image stream: its file's own data if that can be copied, else
    /// the converted data, which may come from the cache.
    ///
    /// # Errors
    /// The photo cannot be read or decoded, or its colours cannot be converted.
    pub fn pdf_image(
        &self,
        picture: &Picture,
        press: &PressOptions<'_>,
        placement: PressPlacement,
    ) -> Result<PdfImage, PictureError> {
        let PressPlacement { size, backdrop } = placement;
        let backdrop = Some(backdrop).filter(|ink| picture.alpha && *ink != Ink::PAPER);
        let target = match backdrop {
            Some(_) => Some(press.flattened_target(picture)),
            None => press.target(picture),
        };
        let transform = press.sample_transform(
            self.transforms(),
            picture,
            Channels::from_color_model(picture.colour),
            target,
        );
        let transform = transform.map_err(|error| decode_error(picture, &error.to_string()))?;
        let rows = || match (backdrop, size) {
            (Some(ink), Some(size)) => {
                ConvertedRows::new(picture, transform.clone(), Some(ink), None)?
                    .scaled(picture, size)
            }
            _ => ConvertedRows::new(picture, transform.clone(), backdrop, size),
        };
        match (&transform, picture.format, press.compression) {
            (None, _, _) if is_copyable(picture) && size.is_none() => copied_jpeg(picture),
            (None, Format::Jpeg, Compression::Jpeg) => {
                let profile = picture.profile.clone();
                let process = description(press, placement, false);
                self.encoded_image(picture, rows, picture.colour, profile, &process)
            }
            (Some(transform), _, Compression::Jpeg) => {
                let colour = match backdrop {
                    Some(_) => ColorModel::Cmyk { inverted: false },
                    None => output_color_model(transform),
                };
                let process = description(press, placement, backdrop.is_some());
                self.encoded_image(picture, rows, colour, None, &process)
            }
            // Too large for the cache.
            (_, _, _) => rows()?.deflate(picture),
        }
    }

    /// A photo that is decoded, converted and encoded as a JPEG, or the cached result.
    fn encoded_image(
        &self,
        picture: &Picture,
        rows: impl FnOnce() -> Result<ConvertedRows, PictureError>,
        colour: ColorModel,
        profile: Option<Arc<Profile>>,
        process: &str,
    ) -> Result<PdfImage, PictureError> {
        let ProcessedImage { bytes, pixels } = self.process(picture, process, || {
            let rows = rows()?;
            let pixels = rows.samples.pixels;
            Ok(ProcessedImage { bytes: rows.encode_jpeg(picture)?, pixels })
        })?;
        Ok(PdfImage {
            encoding: ImageEncoding::Jpeg,
            length: bytes.len() as u64,
            pixels,
            // Image editors store CMYK inverted, and readers expect that of a JPEG with Adobe's
            // marker.
            colour: match colour {
                ColorModel::Cmyk { .. } => ColorModel::Cmyk { inverted: true },
                colour => colour,
            },
            profile,
            content: PdfImageContent::Memory(bytes),
        })
    }
}

/// What distinguishes a converted photo in the cache.
fn description(press: &PressOptions<'_>, placement: PressPlacement, is_flattened: bool) -> String {
    let PressPlacement { size, backdrop } = placement;
    let mut description = press.cache_description();
    if let Some(Pixels { width, height }) = size {
        // Writing into a string cannot fail.
        let _ = write!(description, " {width} x {height}");
    }
    if is_flattened {
        let _ = write!(description, " on {backdrop:?}");
    }
    description
}

/// The colour model of the transform's output.
fn output_color_model(transform: &SampleTransform) -> ColorModel {
    match transform.outputs() {
        1 => ColorModel::Gray,
        3 => ColorModel::Rgb,
        _ => ColorModel::Cmyk { inverted: false },
    }
}

/// The rows of a photo, each converted on demand, so that there is never a second copy of the whole
/// picture.
struct ConvertedRows {
    samples: Samples,
    transform: Option<Arc<SampleTransform>>,
    backdrop: Option<Backdrop>,
    /// Whether its colours are no longer those of the photo's profile.
    is_converted: bool,
}

/// What a transparent photo lies on.
struct Backdrop {
    /// The inks, of 255 each.
    inks: [u8; 4],
    /// The opacity of each pixel of the photo.
    alpha: Vec<u8>,
}

impl ConvertedRows {
    fn new(
        picture: &Picture,
        transform: Option<Arc<SampleTransform>>,
        backdrop: Option<Ink>,
        size: Option<Pixels>,
    ) -> Result<Self, PictureError> {
        let samples = decode(picture)?;
        let Some(ink) = backdrop else {
            let mut samples = samples.flattened();
            if let Some(size) = size {
                samples = scaled_to(samples, size)
                    .map_err(|error| decode_error(picture, &error.to_string()))?;
            }
            let is_converted = transform.is_some();
            return Ok(Self { samples, transform, backdrop: None, is_converted });
        };
        let (samples, alpha) = samples.split_alpha();
        let inks = [ink.c, ink.m, ink.y, ink.k].map(|per_cent| {
            let full = u32::from(u8::MAX);
            let level = (u32::from(per_cent.min(100)) * full + 50) / 100;
            u8::try_from(level).unwrap_or(u8::MAX)
        });
        let alpha = alpha.unwrap_or_else(|| vec![u8::MAX; samples.bytes.len()]);
        let backdrop = Some(Backdrop { inks, alpha });
        Ok(Self { samples, transform, backdrop, is_converted: true })
    }

    /// Converts all rows, and scales the result: where a photo is transparent, its own colour must
    /// not mix with that of the page.
    fn scaled(self, picture: &Picture, size: Pixels) -> Result<Self, PictureError> {
        let length = self.row_length();
        let mut bytes = vec![0; length * self.samples.pixels.height as usize];
        bytes.chunks_exact_mut(length.max(1)).enumerate().for_each(|(y, row)| self.row(y, row));
        let samples = Samples { bytes, channels: Channels::Cmyk, ..self.samples };
        let samples =
            scaled_to(samples, size).map_err(|error| decode_error(picture, &error.to_string()))?;
        Ok(Self { samples, transform: None, backdrop: None, is_converted: true })
    }

    fn colour(&self) -> ColorModel {
        if self.backdrop.is_some() {
            return ColorModel::Cmyk { inverted: false };
        }
        match (&self.transform, self.samples.channels) {
            (Some(transform), _) => output_color_model(transform),
            (None, Channels::Gray | Channels::GrayAlpha) => ColorModel::Gray,
            (None, Channels::Rgb | Channels::Rgba) => ColorModel::Rgb,
            (None, Channels::Cmyk) => ColorModel::Cmyk { inverted: false },
        }
    }

    fn channels(&self) -> usize {
        if self.backdrop.is_some() { Channels::Cmyk.count() } else { self.outputs() }
    }

    /// The number of channels after the conversion and before the backdrop.
    fn outputs(&self) -> usize {
        self.transform
            .as_ref()
            .map_or(self.samples.channels.count(), |transform| transform.outputs())
    }

    /// Converts row `y` into `out`, which has the length of a row.
    fn row(&self, y: usize, out: &mut [u8]) {
        let Some(backdrop) = &self.backdrop else {
            self.converted_row(y, out);
            return;
        };
        let width = self.samples.pixels.width as usize;
        let outputs = self.outputs();
        let mut converted = vec![0; width * outputs];
        self.converted_row(y, &mut converted);
        let pixels = converted.chunks_exact(outputs).zip(&backdrop.alpha[y * width..]);
        for (blend, (pixel, alpha)) in out.chunks_exact_mut(4).zip(pixels) {
            let inks = match *pixel {
                // Black alone is inverted: 255 is paper.
                [light] => [0, 0, 0, u8::MAX - light],
                [c, m, y, k] => [c, m, y, k],
                _ => backdrop.inks,
            };
            for ((out, ink), behind) in blend.iter_mut().zip(inks).zip(backdrop.inks) {
                *out = blended(ink, *alpha, behind);
            }
        }
    }

    fn converted_row(&self, y: usize, out: &mut [u8]) {
        let length = self.samples.pixels.width as usize * self.samples.channels.count();
        let row = &self.samples.bytes[y * length..][..length];
        match &self.transform {
            Some(transform) => transform.convert(row, out),
            None => out.copy_from_slice(row),
        }
    }

    fn row_length(&self) -> usize {
        self.samples.pixels.width as usize * self.channels()
    }

    /// Encodes a JPEG with the standard Huffman tables: optimized ones would take all coefficients
    /// into memory.
    fn encode_jpeg(&self, picture: &Picture) -> Result<Vec<u8>, PictureError> {
        let mut jpeg = Vec::new();
        let mut encoder = Encoder::new(&mut jpeg, QUALITY);
        encoder.set_sampling_factor(SamplingFactor::F_1_1);
        encoder.encode_image(self).map_err(|error| decode_error(picture, &error.to_string()))?;
        Ok(jpeg)
    }

    fn deflate(&self, picture: &Picture) -> Result<PdfImage, PictureError> {
        let write_rows = || -> io::Result<(SpooledTempFile, u64)> {
            let mut encoder = ZlibEncoder::new(SpooledTempFile::new(MAX_IN_MEMORY), Level::new(6));
            let mut row = vec![0; self.row_length()];
            let mut filtered = Vec::with_capacity(row.len() + 1);
            for y in 0..self.samples.pixels.height as usize {
                self.row(y, &mut row);
                predict(&row, self.channels(), &mut filtered);
                encoder.write_all(&filtered)?;
            }
            let mut file = encoder.finish()?;
            let length = file.seek(SeekFrom::End(0))?;
            file.rewind()?;
            Ok((file, length))
        };
        let (file, length) = write_rows()
            .map_err(|source| PictureError::Read { name: picture.name.clone(), source })?;
        Ok(PdfImage {
            encoding: ImageEncoding::Deflated,
            length,
            pixels: self.samples.pixels,
            colour: self.colour(),
            profile: if self.is_converted { None } else { picture.profile.clone() },
            content: PdfImageContent::Packed(file),
        })
    }
}

impl ImageBuffer for &ConvertedRows {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        match self.channels() {
            1 => JpegColorType::Luma,
            3 => JpegColorType::Ycbcr,
            _ => JpegColorType::Ycck,
        }
    }

    fn width(&self) -> u16 {
        u16::try_from(self.samples.pixels.width).unwrap_or(u16::MAX)
    }

    fn height(&self) -> u16 {
        u16::try_from(self.samples.pixels.height).unwrap_or(u16::MAX)
    }

    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        let mut row = vec![0; self.row_length()];
        self.row(y.into(), &mut row);
        match self.channels() {
            1 => buffers[0].extend_from_slice(&row),
            3 => {
                for &[r, g, b] in row.as_chunks::<3>().0 {
                    let (y, cb, cr) = rgb_to_ycbcr(r, g, b);
                    for (buffer, sample) in buffers.iter_mut().zip([y, cb, cr]) {
                        buffer.push(sample);
                    }
                }
            }
            _ => {
                for &[c, m, y, k] in row.as_chunks::<4>().0 {
                    let (y, cb, cr, k) = cmyk_to_ycck(c, m, y, k);
                    for (buffer, sample) in buffers.iter_mut().zip([y, cb, cr, k]) {
                        buffer.push(sample);
                    }
                }
            }
        }
    }
}
