//! Looks at the pixels of photos for what a press makes of them: the total of inks, colours that it
//! cannot print, and where the detail is; and for what a crop should keep. A photo is decoded once,
//! scaled down, and the result is cached.

mod packed;
mod subject;

use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use fast_image_resize::FilterType;
use sha2::{Digest, Sha256};

use crate::model::{ColorPolicy, PhotoCell, PhotoMap, Picture, Pixels, RenderingIntent};

use crate::picture::color::{ColorTarget, SampleTransform};
use crate::picture::decode::decode;
use crate::picture::decode::planes::{Chroma, decode_planes};
use crate::picture::errors::{PictureError, decode_error};
use crate::picture::format::source::read_file;
use crate::picture::jpeg_scan::has_end_marker;
use crate::picture::press::options::PressOptions;
use crate::picture::process::pool::MemorySize;
use crate::picture::process::processed_image::ProcessedImage;
use crate::picture::process::processor::ImageProcessor;
use crate::picture::process::resize::resized;
use crate::picture::process::same_files::SameFile;
use crate::picture::process::samples::{Channels, Samples};
use crate::picture::ycbcr;

/// The longer side that photos are scaled down to. On a page of 210 mm, a pixel is a quarter of a
/// millimetre, the size of a dot of a halftone.
const MAX_EDGE: u32 = 768;
/// The side of a cell, in pixels of the scaled photo.
const CELL: usize = 4;
/// The difference from which a colour counts as one that the press cannot print, in tenths of
/// CIEDE2000.
const MAX_DIFFERENCE: u8 = 50;

impl ImageProcessor {
    /// Maps photos for a press with this profile, on all threads within the memory budget, and
    /// passes the maps to `take`, with the numbers of the photos, in the order of the first photos
    /// of their files. A photo that cannot be decoded is left out.
    ///
    /// Colours are mapped as `color: cmyk` converts them, which is also what a printer does with
    /// photos that keep their profiles.
    pub fn photo_maps<'p>(
        &self,
        pictures: impl IntoIterator<Item = &'p Picture>,
        profile: &[u8],
        intent: RenderingIntent,
        mut take: impl FnMut(&[(usize, &'p Picture)], Option<&PhotoMap>),
    ) {
        let mapper = Mapper::new(self, profile, intent);
        let work =
            |file: &SameFile<'p>| Mapped(file.picture().and_then(|picture| mapper.map(picture)));
        let files = SameFile::groups(pictures);
        let taken = self.in_order(
            files,
            |file| file.pictures.first().map(|(_, first)| *first),
            work,
            |file: SameFile<'p>, mapped| {
                take(&file.pictures, mapped.0.as_ref());
                Ok::<(), Infallible>(())
            },
        );
        match taken {
            Ok(()) => {}
        }
    }
}

/// Maps photos for one press.
#[derive(Debug)]
pub(in crate::picture) struct Mapper<'m> {
    processor: &'m ImageProcessor,
    press: PressOptions<'m>,
    /// The process in the keys of the cache.
    description: String,
}

impl<'m> Mapper<'m> {
    pub(in crate::picture) fn new(
        processor: &'m ImageProcessor,
        profile: &'m [u8],
        intent: RenderingIntent,
    ) -> Self {
        let press =
            PressOptions { colour: ColorPolicy::Cmyk, profile, intent, ..PressOptions::UNCHANGED };
        let description = format!("map {intent:?} {:?}", Sha256::digest(profile));
        Self { processor, press, description }
    }

    /// The map of a photo, made or taken from the cache.
    fn map(&self, picture: &Picture) -> Option<PhotoMap> {
        let make = || -> Result<ProcessedImage, PictureError> {
            Ok(packed::pack(&self.cells(picture, scaled(picture, map_size(picture))?)?))
        };
        let packed = self.processor.process(picture, &self.description, make).ok()?;
        packed::unpack(&packed)
    }

    /// Maps a photo whose decoder finds all damage, and stores the map in the cache: decoding is
    /// most of the work of both. Returns whether the photo is known to be whole; if not, it must be
    /// inspected, and is mapped later.
    pub(in crate::picture) fn map_if_whole(&self, picture: &Picture) -> bool {
        // Without a cache, the map would be made twice.
        if !self.processor.stores_results() {
            return false;
        }
        let attempt = || {
            let planes = decode_planes(picture, map_size(picture), Chroma::Full)?;
            has_end_marker(&read_file(&picture.path).ok()?).then(|| {
                // A photo whose colours cannot be converted is left out later, too.
                if let Ok(map) = self.cells(picture, ycbcr::rgb(&planes)) {
                    self.processor.store(picture, &self.description, &packed::pack(&map));
                }
            })
        };
        catch_unwind(AssertUnwindSafe(attempt)).is_ok_and(|mapped| mapped.is_some())
    }

    /// The map of a photo from its samples in the size of the map.
    fn cells(&self, picture: &Picture, samples: Samples) -> Result<PhotoMap, PictureError> {
        let failed = |error: &dyn std::error::Error| decode_error(picture, &error.to_string());
        let samples = samples.flattened().upright(picture.orientation);
        let (press, transforms) = (&self.press, self.processor.transforms());
        let inks = press
            .sample_transform(transforms, picture, samples.channels, press.target(picture))
            .map_err(|error| failed(&error))?;
        let difference = match samples.channels {
            Channels::Rgb => transforms
                .get(
                    Channels::Rgb,
                    picture.profile.as_deref(),
                    ColorTarget::Difference(press.profile),
                    RenderingIntent::Relative,
                )
                .map_err(|error| failed(&error))?,
            // Gray is printed in black, and CMYK is of a press.
            _ => None,
        };
        Ok(cells(&samples, &Transforms { inks, difference }))
    }
}

/// The samples of a photo in a smaller size, as they are stored.
fn scaled(picture: &Picture, size: Pixels) -> Result<Samples, PictureError> {
    match decode_planes(picture, size, Chroma::Full) {
        Some(planes) => Ok(ycbcr::rgb(&planes)),
        None => resized(decode(picture)?, size, FilterType::Box)
            .map_err(|error| decode_error(picture, &error.to_string())),
    }
}

/// The size in which a photo is mapped.
fn map_size(picture: &Picture) -> Pixels {
    size_within(picture.stored, MAX_EDGE)
}

/// The map of a photo, which is small.
struct Mapped(Option<PhotoMap>);

impl MemorySize for Mapped {
    fn memory_size(&self) -> u64 {
        self.0.as_ref().map_or(0, |map| size_of_val(map.cells()) as u64)
    }
}

/// The size of a photo that is scaled down to this longer side, if it is larger.
fn size_within(pixels: Pixels, max_edge: u32) -> Pixels {
    let longer = pixels.width.max(pixels.height);
    if longer <= max_edge {
        return pixels;
    }
    let scaled = |side: u32| {
        let side = u64::from(side) * u64::from(max_edge) / u64::from(longer);
        u32::try_from(side).unwrap_or(max_edge).max(1)
    };
    Pixels { width: scaled(pixels.width), height: scaled(pixels.height) }
}

/// The conversions of a photo's colours.
struct Transforms {
    /// To the inks of the press; `None` if the samples are those.
    inks: Option<Arc<SampleTransform>>,
    /// To the difference from the nearest colour of the press, if there can be one.
    difference: Option<Arc<SampleTransform>>,
}

/// The values of a row of pixels.
struct RowValues {
    ink: Vec<u16>,
    is_unprintable: Vec<bool>,
    lightness: Vec<u8>,
}

fn row_values(row: &[u8], channels: Channels, transforms: &Transforms) -> RowValues {
    let count = channels.count();
    let width = row.len() / count;
    let ink = if let Some(transform) = &transforms.inks {
        let mut inks = vec![0; width * transform.outputs()];
        transform.convert(row, &mut inks);
        // One channel is black ink, inverted.
        let total = |pixel: &[u8]| match pixel {
            [paper] => u32::from(255 - paper),
            inks => inks.iter().map(|&ink| u32::from(ink)).sum(),
        };
        inks.chunks_exact(transform.outputs()).map(|pixel| tenths(total(pixel))).collect()
    } else {
        let total = |pixel: &[u8]| pixel.iter().map(|&ink| u32::from(ink)).sum();
        row.chunks_exact(count).map(|pixel| tenths(total(pixel))).collect()
    };
    let is_unprintable = match &transforms.difference {
        Some(transform) => {
            let mut is_above = vec![false; width];
            transform.is_above(MAX_DIFFERENCE, row, &mut is_above);
            is_above
        }
        None => vec![false; width],
    };
    let lightness = row.chunks_exact(count).map(lightness).collect();
    RowValues { ink, is_unprintable, lightness }
}

/// A total of samples in tenths of a per cent.
fn tenths(total: u32) -> u16 {
    u16::try_from(total * 1000 / 255).unwrap_or(u16::MAX)
}

/// About the lightness of a pixel, for finding edges.
fn lightness(pixel: &[u8]) -> u8 {
    let weighted = |[r, g, b]: [u8; 3]| (2 * u32::from(r) + 5 * u32::from(g) + u32::from(b)) / 8;
    let light = match *pixel {
        [r, g, b] => weighted([r, g, b]),
        [c, m, y, k] => weighted([!c, !m, !y]) * u32::from(!k) / 255,
        _ => pixel.first().copied().map_or(0, u32::from),
    };
    u8::try_from(light).unwrap_or(u8::MAX)
}

/// The sums of a cell.
#[derive(Debug, Clone, Copy, Default)]
struct CellSums {
    pixels: u32,
    ink: u32,
    unprintable: u32,
    detail: u32,
}

fn cells(samples: &Samples, transforms: &Transforms) -> PhotoMap {
    let width = samples.pixels.width as usize;
    let columns = width.div_ceil(CELL);
    let rows = (samples.pixels.height as usize).div_ceil(CELL);
    let mut sums = vec![CellSums::default(); columns * rows];
    let length = width * samples.channels.count();
    let mut above: Option<Vec<u8>> = None;
    for (y, row) in samples.bytes.chunks_exact(length.max(1)).enumerate() {
        let RowValues { ink, is_unprintable, lightness } =
            row_values(row, samples.channels, transforms);
        for x in 0..width {
            let sum = &mut sums[y / CELL * columns + x / CELL];
            let left = lightness[x.saturating_sub(1)];
            let over = above.as_ref().map_or(lightness[x], |above| above[x]);
            sum.pixels += 1;
            sum.ink += u32::from(ink[x]);
            sum.unprintable += u32::from(is_unprintable[x]);
            sum.detail +=
                u32::from(lightness[x].abs_diff(left)) + u32::from(lightness[x].abs_diff(over));
        }
        above = Some(lightness);
    }
    let mean = |sum: u32, pixels: u32| u16::try_from(sum / pixels.max(1)).unwrap_or(u16::MAX);
    let cells = sums.into_iter().map(|sum| PhotoCell {
        ink: mean(sum.ink, sum.pixels),
        unprintable: mean(sum.unprintable * 1000, sum.pixels),
        detail: mean(sum.detail, sum.pixels),
    });
    PhotoMap::new(columns, cells.collect())
}
