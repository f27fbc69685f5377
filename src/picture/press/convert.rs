//! Pictures that cannot go into print as they are: decoded, opaque, in the colours that the
//! edition asks for, and packed again row by row.

use std::io::{self, Seek, SeekFrom, Write};
use std::sync::Arc;

use flate2::Compression as Level;
use flate2::write::ZlibEncoder;
use jpeg_encoder::{
    Encoder, ImageBuffer, JpegColorType, SamplingFactor, cmyk_to_ycck, rgb_to_ycbcr,
};
use tempfile::SpooledTempFile;

use crate::model::{ColorModel, Compression, Format, Picture};

use crate::picture::color::SampleTransform;
use crate::picture::decode::decode;
use crate::picture::errors::PictureError;
use crate::picture::press::options::PressOptions;
use crate::picture::press::pdf_image::{Content, PdfImage, Stored, jpeg};
use crate::picture::press::png_predictor::predicted;
use crate::picture::process::processed_image::ProcessedImage;
use crate::picture::process::processor::ImageProcessor;
use crate::picture::process::samples::{Channels, Samples};

/// Packed samples beyond this size wait on disk, not in memory.
const IN_MEMORY: usize = 32 * 1024 * 1024;
/// Of converted JPEGs, with all colour at full resolution: what image editors call their
/// maximum. What it loses cannot be told from the original in print.
const QUALITY: u8 = 97;

impl ImageProcessor {
    /// A picture as the press is to have it: its file's own data where that will do, else
    /// what was made of it, now or before.
    pub fn passage(
        &self,
        picture: &Picture,
        press: &PressOptions<'_>,
    ) -> Result<PdfImage, PictureError> {
        let link = press.link::<u8>(picture, Channels::from_color_model(picture.colour));
        let link = link.map_err(|reason| damaged(picture, reason))?;
        match (link, picture.format, press.compression) {
            (None, Format::Jpeg, _) => jpeg(picture),
            (Some(link), _, Compression::Jpeg) => {
                let colour = made_colour(&link);
                let ProcessedImage { bytes, pixels } =
                    self.process(picture, &press.process(), || {
                        let pixels = picture.stored;
                        Ok(ProcessedImage {
                            bytes: Rows::new(picture, Some(link))?.encoded(picture)?,
                            pixels,
                        })
                    })?;
                Ok(PdfImage {
                    stored: Stored::Jpeg,
                    length: bytes.len() as u64,
                    pixels,
                    // As image editors write it, and as readers expect it of a marked file.
                    colour: match colour {
                        ColorModel::Cmyk { .. } => ColorModel::Cmyk { inverted: true },
                        colour => colour,
                    },
                    profile: None,
                    content: Content::Memory(bytes),
                })
            }
            // Too large for the cache, and seldom asked for twice.
            (link, _, _) => Rows::new(picture, link)?.deflated(picture),
        }
    }
}

fn damaged(picture: &Picture, reason: String) -> PictureError {
    PictureError::Decode { name: picture.name.clone(), reason }
}

/// The colour model of what comes out of a conversion.
fn made_colour(link: &SampleTransform) -> ColorModel {
    match link.outputs() {
        1 => ColorModel::Gray,
        3 => ColorModel::Rgb,
        _ => ColorModel::Cmyk { inverted: false },
    }
}

/// A picture's rows, each converted when it is asked for: never is there a second whole
/// picture beside the first.
struct Rows {
    samples: Samples,
    link: Option<Arc<SampleTransform>>,
}

impl Rows {
    fn new(picture: &Picture, link: Option<Arc<SampleTransform>>) -> Result<Self, PictureError> {
        Ok(Self { samples: decode(picture)?.flattened(), link })
    }

    fn colour(&self) -> ColorModel {
        match (&self.link, self.samples.channels) {
            (Some(link), _) => made_colour(link),
            (None, Channels::Gray | Channels::GrayAlpha) => ColorModel::Gray,
            (None, Channels::Rgb | Channels::Rgba) => ColorModel::Rgb,
            (None, Channels::Cmyk) => ColorModel::Cmyk { inverted: false },
        }
    }

    fn channels(&self) -> usize {
        self.link.as_ref().map_or(self.samples.channels.count(), |link| link.outputs())
    }

    /// Puts row `y` into `into`, which is as long as a row.
    fn row(&self, y: usize, into: &mut [u8]) {
        let length = self.samples.pixels.width as usize * self.samples.channels.count();
        let row = &self.samples.bytes[y * length..][..length];
        match &self.link {
            Some(link) => link.convert(row, into),
            None => into.copy_from_slice(row),
        }
    }

    fn row_length(&self) -> usize {
        self.samples.pixels.width as usize * self.channels()
    }

    /// A JPEG; its Huffman tables are the standard's own, for better ones would take all
    /// of its coefficients into memory.
    fn encoded(&self, picture: &Picture) -> Result<Vec<u8>, PictureError> {
        let mut jpeg = Vec::new();
        let mut encoder = Encoder::new(&mut jpeg, QUALITY);
        encoder.set_sampling_factor(SamplingFactor::F_1_1);
        encoder.encode_image(self).map_err(|error| damaged(picture, error.to_string()))?;
        Ok(jpeg)
    }

    fn deflated(&self, picture: &Picture) -> Result<PdfImage, PictureError> {
        let packed = || -> io::Result<(SpooledTempFile, u64)> {
            let mut packer = ZlibEncoder::new(SpooledTempFile::new(IN_MEMORY), Level::new(6));
            let mut row = vec![0; self.row_length()];
            let mut rest = Vec::with_capacity(row.len() + 1);
            for y in 0..self.samples.pixels.height as usize {
                self.row(y, &mut row);
                predicted(&row, self.channels(), &mut rest);
                packer.write_all(&rest)?;
            }
            let mut file = packer.finish()?;
            let length = file.seek(SeekFrom::End(0))?;
            file.rewind()?;
            Ok((file, length))
        };
        let (file, length) =
            packed().map_err(|source| PictureError::Read { name: picture.name.clone(), source })?;
        Ok(PdfImage {
            stored: Stored::Deflated,
            length,
            pixels: self.samples.pixels,
            colour: self.colour(),
            profile: if self.link.is_some() { None } else { picture.profile.clone() },
            content: Content::Packed(file),
        })
    }
}

impl ImageBuffer for &Rows {
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
