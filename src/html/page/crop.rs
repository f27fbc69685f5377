//! Crops the pictures of a page to the visible part and scales them to the size shown.

use crate::model::{Orientation, Picture, Pixels, PlacedPicture, Point, Rect, Size, Turn};
use crate::picture::{
    self, ImageProcessor, PictureError, ProcessedImage, Raster, ScaleOptions, Scaled,
};

use super::viewport::Viewport;

/// A picture to be cropped and scaled for a page.
#[derive(Debug)]
pub(crate) struct CroppedPicture<'p> {
    /// The picture.
    pub(crate) picture: &'p Picture,
    /// Its file in the archive.
    pub(crate) file: String,
    /// The size of the whole picture and its encoding.
    options: ScaleOptions,
    /// The visible part in millionths of the sides: left, top, right, bottom; `None` if the
    /// picture is not cropped.
    part: Option<[u32; 4]>,
    /// The rotation of the picture on the page.
    turn: Turn,
}

/// What makes two crops of one photo different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CropKey {
    scaled: Pixels,
    quality: u8,
    part: Option<[u32; 4]>,
    turn: Turn,
    orientation: Orientation,
}

const WHOLE: u32 = 1_000_000;

/// The part of a picture's frame that lies within the page; `None` if it lies outside.
pub(crate) fn visible(placed: &PlacedPicture, trim: &Rect) -> Option<Rect> {
    intersection(&intersection(&placed.frame, &placed.clip)?, trim)
}

/// The intersection of two rectangles.
pub(crate) fn intersection(one: &Rect, other: &Rect) -> Option<Rect> {
    let (left, top) = (one.x.max(other.x), one.y.max(other.y));
    let (right, bottom) = (one.right().min(other.right()), one.bottom().min(other.bottom()));
    (left < right && top < bottom)
        .then(|| Rect::new(Point::new(left, top), Size::new(right - left, bottom - top)))
}

impl<'p> CroppedPicture<'p> {
    /// The cropped picture for a placed picture at `scale` picture pixels per pixel of the
    /// viewport; `None` if no part of it is visible.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a page has some thousand pixels each way"
    )]
    pub(crate) fn new(
        placed: &'p PlacedPicture,
        file: String,
        trim: &Rect,
        viewport: Viewport,
        density: f64,
        quality: u8,
    ) -> Option<Self> {
        let frame = &placed.frame;
        let visible = visible(placed, trim)?;
        let side = |length| (viewport.px(length) * density).max(1.0);
        let (width, height) = (side(frame.width), side(frame.height));
        let options = ScaleOptions {
            max_edge: width.max(height).round() as u32,
            max_pixels: (width * height).round() as u64,
            quality,
        };
        let share = |from, length| {
            let share = viewport.px(from) / viewport.px(length) * f64::from(WHOLE);
            share.round().clamp(0.0, f64::from(WHOLE)) as u32
        };
        let part = [
            share(visible.x - frame.x, frame.width),
            share(visible.y - frame.y, frame.height),
            share(visible.right() - frame.x, frame.width),
            share(visible.bottom() - frame.y, frame.height),
        ];
        let part = (part != [0, 0, WHOLE, WHOLE]).then_some(part);
        Some(Self { picture: &placed.picture, file, options, part, turn: placed.turn })
    }

    /// All that the pixels of its file depend on, except for the photo.
    pub(crate) fn key(&self) -> CropKey {
        CropKey {
            scaled: self.options.size_of(self.picture.stored),
            quality: self.options.quality,
            part: self.part,
            turn: self.turn,
            orientation: self.picture.orientation,
        }
    }

    /// Scales, crops, rotates and encodes the picture.
    pub(crate) fn process(&self, processor: &ImageProcessor) -> Result<Scaled, PictureError> {
        if self.part.is_none() && self.turn == Turn::Upright {
            return processor.scaled(self.picture, &self.options);
        }
        let part = self.part.unwrap_or([0, 0, WHOLE, WHOLE]);
        let process = format!("part {part:?} of {:?}, {:?}", self.options, self.turn);
        let ProcessedImage { bytes: jpeg, pixels } =
            processor.process(self.picture, &process, || {
                let original =
                    rotated(processor.uncached_raster(self.picture, &self.options)?, self.turn);
                let Scaled { jpeg: bytes, pixels } =
                    picture::encoded(crop(&original, part), self.options.quality)?;
                Ok(ProcessedImage { bytes, pixels })
            })?;
        Ok(Scaled { jpeg, pixels })
    }
}

/// Rotates a picture to its orientation on the page.
fn rotated(upright: Raster, turn: Turn) -> Raster {
    let Pixels { width, height } = upright.pixels;
    let at = |column: u32, row: u32| {
        let pixel = u64::from(row) * u64::from(width) + u64::from(column);
        let start = usize::try_from(pixel * 3).unwrap_or(usize::MAX);
        upright.rgb.get(start..start.saturating_add(3)).unwrap_or_default()
    };
    let from = |column: u32, row: u32| match turn {
        Turn::Upright => at(column, row),
        Turn::HeadLeft => at(width - 1 - row, column),
        Turn::HeadRight => at(row, height - 1 - column),
    };
    if turn == Turn::Upright {
        return upright;
    }
    let mut rgb = Vec::with_capacity(upright.rgb.len());
    for row in 0..width {
        for column in 0..height {
            rgb.extend_from_slice(from(column, row));
        }
    }
    Raster { pixels: Pixels { width: height, height: width }, rgb }
}

/// Copies a rectangular part of a picture.
fn crop(original: &Raster, [left, top, right, bottom]: [u32; 4]) -> Raster {
    let Pixels { width, height } = original.pixels;
    let at = |share: u32, side: u32| {
        let index = (u64::from(share) * u64::from(side) + u64::from(WHOLE) / 2) / u64::from(WHOLE);
        usize::try_from(index).unwrap_or(usize::MAX)
    };
    let span = |from: u32, to: u32, side: u32| {
        let end = at(to, side).clamp(1, at(WHOLE, side).max(1));
        at(from, side).min(end - 1)..end
    };
    let (columns, rows) = (span(left, right, width), span(top, bottom, height));
    let row_length = at(WHOLE, width) * 3;
    let rgb = rows
        .clone()
        .flat_map(|row| {
            let start = row * row_length;
            original.rgb.get(start + columns.start * 3..start + columns.end * 3).unwrap_or_default()
        })
        .copied()
        .collect();
    let side = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Raster { pixels: Pixels { width: side(columns.len()), height: side(rows.len()) }, rgb }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_rotated_to_its_orientation_on_the_page() {
        let rgb = (0..3 * 2).flat_map(|number| [number; 3]).collect();
        let upright = Raster { pixels: Pixels { width: 3, height: 2 }, rgb };
        let rotated_pixels = |turn| {
            let rotated = rotated(upright.clone(), turn);
            assert_eq!(rotated.pixels, Pixels { width: 2, height: 3 });
            rotated.rgb.iter().step_by(3).copied().collect::<Vec<_>>()
        };
        // Upright: 0 1 2 over 3 4 5, the head being 0 1 2.
        assert_eq!(rotated_pixels(Turn::HeadLeft), [2, 5, 1, 4, 0, 3]);
        assert_eq!(rotated_pixels(Turn::HeadRight), [3, 0, 4, 1, 5, 2]);
    }

    #[test]
    fn a_part_is_cropped_to_the_pixel() {
        let rgb = (0..4 * 2).flat_map(|number| [number; 3]).collect();
        let original = Raster { pixels: Pixels { width: 4, height: 2 }, rgb };
        let right_half = crop(&original, [WHOLE / 2, 0, WHOLE, WHOLE]);
        assert_eq!(right_half.pixels, Pixels { width: 2, height: 2 });
        assert_eq!(right_half.rgb.iter().step_by(3).copied().collect::<Vec<_>>(), [2, 3, 6, 7]);
        let single_pixel = crop(&original, [WHOLE, WHOLE, WHOLE, WHOLE]);
        assert_eq!((single_pixel.pixels.count(), single_pixel.rgb[0]), (1, 7));
    }
}
