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
        let (columns, lines) = (pixels.width as usize, pixels.height as usize);
        let mut bytes = vec![0; self.bytes.len()];
        let (upright, _) = bytes.as_chunks_mut::<N>();
        // The stored position of the first pixel, and the distances to those beside and below it.
        let (last_x, last_y) = (width - 1, (height - 1) * width);
        let (right, down) = (1_isize, width.cast_signed());
        let (first, across, along) = match orientation {
            Orientation::Upright => (0, right, down),
            Orientation::MirroredHorizontally => (last_x, -right, down),
            Orientation::Turned180 => (last_x + last_y, -right, -down),
            Orientation::MirroredVertically => (last_y, right, -down),
            Orientation::Transposed => (0, down, right),
            Orientation::Turned90 => (last_y, -down, right),
            Orientation::Transversed => (last_x + last_y, -down, -right),
            Orientation::Turned270 => (last_x, down, -right),
        };
        // Tile by tile, since the pixels of a row may come from as many rows.
        for (top, left) in tiles(lines, columns) {
            for y in top..(top + TILE).min(lines) {
                let row = &mut upright[y * columns..][..columns];
                let start = first.cast_signed() + y.cast_signed() * along;
                let pixels = &mut row[left..(left + TILE).min(columns)];
                for (x, pixel) in (left..).zip(pixels) {
                    *pixel = source[(start + x.cast_signed() * across).cast_unsigned()];
                }
            }
        }
        Self { pixels, bytes, ..self }
    }
}

/// The side of the tiles that are turned one after the other.
const TILE: usize = 64;

/// The first row and column of each tile.
fn tiles(rows: usize, columns: usize) -> impl Iterator<Item = (usize, usize)> {
    let lefts = move |top| (0..columns).step_by(TILE).map(move |left| (top, left));
    (0..rows).step_by(TILE).flat_map(lefts)
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
