//! Converts photos for print that cannot be copied: decodes them, flattens them, converts their
//! colours row by row, and compresses them.

use std::io::{self, Seek, SeekFrom, Write};
use std::sync::Arc;

use fast_image_resize::FilterType;
use flate2::Compression as Level;
use flate2::write::ZlibEncoder;
use jpeg_encoder::{
    Encoder, ImageBuffer, JpegColorType, SamplingFactor, cmyk_to_ycck, rgb_to_ycbcr,
};
use tempfile::SpooledTempFile;

use crate::model::{ColorModel, Compression, Format, Picture, Pixels, Profile};

use crate::picture::color::SampleTransform;
use crate::picture::decode::decode;
use crate::picture::errors::{PictureError, decode_error};
use crate::picture::press::options::{PressOptions, is_copyable};
use crate::picture::press::pdf_image::{ImageEncoding, PdfImage, PdfImageContent, copied_jpeg};
use crate::picture::press::png_predictor::predict;
use crate::picture::process::processed_image::ProcessedImage;
use crate::picture::process::processor::ImageProcessor;
use crate::picture::process::samples::{Channels, Samples};
use crate::picture::process::scale::resized;

/// Compressed samples that are larger are stored in a temporary file.
const MAX_IN_MEMORY: usize = 32 * 1024 * 1024;
/// The JPEG quality of converted photos, without chroma subsampling: what image editors call
/// maximum. The loss is invisible in print.
const QUALITY: u8 = 97;

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
    ) -> Result<PdfImage, PictureError> {
        self.pdf_image_of_size(picture, press, None)
    }

    /// Like [`ImageProcessor::pdf_image`], but scaled to a size as stored. Colours are kept or
    /// converted as without scaling.
    ///
    /// # Errors
    /// The photo cannot be read or decoded, or its colours cannot be converted.
    pub fn scaled_pdf_image(
        &self,
        picture: &Picture,
        press: &PressOptions<'_>,
        pixels: Pixels,
    ) -> Result<PdfImage, PictureError> {
        self.pdf_image_of_size(picture, press, Some(pixels))
    }

    fn pdf_image_of_size(
        &self,
        picture: &Picture,
        press: &PressOptions<'_>,
        size: Option<Pixels>,
    ) -> Result<PdfImage, PictureError> {
        let transform = press.sample_transform(
            self.transforms(),
            picture,
            Channels::from_color_model(picture.colour),
        );
        let transform = transform.map_err(|error| decode_error(picture, &error.to_string()))?;
        match (transform, picture.format, press.compression) {
            (None, _, _) if is_copyable(picture) && size.is_none() => copied_jpeg(picture),
            (None, Format::Jpeg, Compression::Jpeg) => {
                let profile = picture.profile.clone();
                let form = EncodedForm { transform: None, colour: picture.colour, profile, size };
                self.encoded_image(picture, form, press)
            }
            (Some(transform), _, Compression::Jpeg) => {
                let colour = output_color_model(&transform);
                let transform = Some(transform);
                let form = EncodedForm { transform, colour, profile: None, size };
                self.encoded_image(picture, form, press)
            }
            // Too large for the cache.
            (transform, _, _) => ConvertedRows::new(picture, transform, size)?.deflate(picture),
        }
    }

    /// A photo that is decoded, converted and encoded as a JPEG, or the cached result.
    fn encoded_image(
        &self,
        picture: &Picture,
        form: EncodedForm,
        press: &PressOptions<'_>,
    ) -> Result<PdfImage, PictureError> {
        let EncodedForm { transform, colour, profile, size } = form;
        let mut description = press.cache_description();
        if let Some(Pixels { width, height }) = size {
            description += &format!(" {width} x {height}");
        }
        let ProcessedImage { bytes, pixels } = self.process(picture, &description, || {
            let rows = ConvertedRows::new(picture, transform, size)?;
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

/// What a photo is encoded as.
struct EncodedForm {
    transform: Option<Arc<SampleTransform>>,
    /// The colour model of the result.
    colour: ColorModel,
    /// The profile of the result.
    profile: Option<Arc<Profile>>,
    /// The size of the result as stored; `None` for that of the photo.
    size: Option<Pixels>,
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
}

impl ConvertedRows {
    fn new(
        picture: &Picture,
        transform: Option<Arc<SampleTransform>>,
        size: Option<Pixels>,
    ) -> Result<Self, PictureError> {
        let mut samples = decode(picture)?.flattened();
        if let Some(size) = size {
            samples = resized(samples, size, FilterType::Lanczos3)
                .map_err(|error| decode_error(picture, &error.to_string()))?;
        }
        Ok(Self { samples, transform })
    }

    fn colour(&self) -> ColorModel {
        match (&self.transform, self.samples.channels) {
            (Some(transform), _) => output_color_model(transform),
            (None, Channels::Gray | Channels::GrayAlpha) => ColorModel::Gray,
            (None, Channels::Rgb | Channels::Rgba) => ColorModel::Rgb,
            (None, Channels::Cmyk) => ColorModel::Cmyk { inverted: false },
        }
    }

    fn channels(&self) -> usize {
        self.transform
            .as_ref()
            .map_or(self.samples.channels.count(), |transform| transform.outputs())
    }

    /// Converts row `y` into `out`, which has the length of a row.
    fn row(&self, y: usize, out: &mut [u8]) {
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
            profile: if self.transform.is_some() { None } else { picture.profile.clone() },
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
