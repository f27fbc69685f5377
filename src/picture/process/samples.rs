//! Decoded samples, and operations on single pixels.

use crate::model::{ColorModel, Orientation, Pixels};

/// The channels of a pixel, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::picture) enum Channels {
    Gray,
    GrayAlpha,
    Rgb,
    Rgba,
    /// Cyan, magenta, yellow, black; 255 is full ink.
    Cmyk,
}

impl Channels {
    /// The channels of a colour model without alpha.
    pub(in crate::picture) fn from_color_model(colour: ColorModel) -> Self {
        match colour {
            ColorModel::Gray => Self::Gray,
            ColorModel::Rgb => Self::Rgb,
            ColorModel::Cmyk { .. } => Self::Cmyk,
        }
    }

    /// The number of samples per pixel.
    pub(in crate::picture) fn count(self) -> usize {
        match self {
            Self::Gray => 1,
            Self::GrayAlpha => 2,
            Self::Rgb => 3,
            Self::Rgba | Self::Cmyk => 4,
        }
    }
}

/// Rows of 8-bit samples, not premultiplied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::picture) struct Samples {
    pub(in crate::picture) pixels: Pixels,
    pub(in crate::picture) channels: Channels,
    pub(in crate::picture) bytes: Vec<u8>,
}

impl Samples {
    /// Removes the alpha channel by blending with white.
    pub(in crate::picture) fn flattened(self) -> Self {
        let channels = match self.channels {
            Channels::GrayAlpha => Channels::Gray,
            Channels::Rgba => Channels::Rgb,
            _ => return self,
        };
        let bytes = match self.channels {
            Channels::GrayAlpha => {
                self.bytes.chunks_exact(2).map(|pixel| on_white(pixel[0], pixel[1])).collect()
            }
            _ => self
                .bytes
                .chunks_exact(4)
                .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]].map(|c| on_white(c, pixel[3])))
                .collect(),
        };
        Self { channels, bytes, ..self }
    }

    /// The samples without their alpha channel, and that channel, if there is one.
    pub(in crate::picture) fn split_alpha(self) -> (Self, Option<Vec<u8>>) {
        let channels = match self.channels {
            Channels::GrayAlpha => Channels::Gray,
            Channels::Rgba => Channels::Rgb,
            Channels::Gray | Channels::Rgb | Channels::Cmyk => return (self, None),
        };
        let pixels = self.bytes.chunks_exact(self.channels.count());
        let alpha = pixels.clone().filter_map(|pixel| pixel.last().copied()).collect();
        let bytes = pixels.flat_map(|pixel| &pixel[..channels.count()]).copied().collect();
        (Self { channels, bytes, ..self }, Some(alpha))
    }

    /// Converts one grey channel to three equal channels.
    pub(in crate::picture) fn gray_to_rgb(self) -> Self {
        if self.channels != Channels::Gray {
            return self;
        }
        let bytes = self.bytes.iter().flat_map(|&level| [level; 3]).collect();
        Self { channels: Channels::Rgb, bytes, ..self }
    }

    /// Turns the pixels upright.
    pub(in crate::picture) fn upright(self, orientation: Orientation) -> Self {
        match self.channels.count() {
            _ if orientation == Orientation::Upright => self,
            1 => self.reoriented::<1>(orientation),
            2 => self.reoriented::<2>(orientation),
            3 => self.reoriented::<3>(orientation),
            _ => self.reoriented::<4>(orientation),
        }
    }

    fn reoriented<const N: usize>(self, orientation: Orientation) -> Self {
        let (width, height) = (self.pixels.width as usize, self.pixels.height as usize);
        let (source, _) = self.bytes.as_chunks::<N>();
        let pixels = if orientation.swaps_axes() {
            Pixels { width: self.pixels.height, height: self.pixels.width }
        } else {
            self.pixels
        };
        let columns = pixels.width as usize;
        let mut bytes = vec![0; self.bytes.len()];
        let (upright, _) = bytes.as_chunks_mut::<N>();
        for (y, row) in upright.chunks_exact_mut(columns).enumerate() {
            for (x, pixel) in row.iter_mut().enumerate() {
                // The stored position of the pixel that is moved here.
                let (from_x, from_y) = match orientation {
                    Orientation::Upright => (x, y),
                    Orientation::MirroredHorizontally => (width - 1 - x, y),
                    Orientation::Turned180 => (width - 1 - x, height - 1 - y),
                    Orientation::MirroredVertically => (x, height - 1 - y),
                    Orientation::Transposed => (y, x),
                    Orientation::Turned90 => (y, height - 1 - x),
                    Orientation::Transversed => (width - 1 - y, height - 1 - x),
                    Orientation::Turned270 => (width - 1 - y, x),
                };
                *pixel = source[from_y * width + from_x];
            }
        }
        Self { pixels, bytes, ..self }
    }
}

fn on_white(sample: u8, alpha: u8) -> u8 {
    blended(sample, alpha, u8::MAX)
}

/// A sample on a backdrop that shows as far as the sample is transparent.
pub(in crate::picture) fn blended(sample: u8, alpha: u8, backdrop: u8) -> u8 {
    let [sample, alpha, backdrop] = [sample, alpha, backdrop].map(u32::from);
    let sum = sample * alpha + backdrop * (255 - alpha);
    u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
}
