//! Decodes JPEG photos to luminance and chrominance in a smaller size, a few rows at a time.

use std::io;

use crate::model::{ColorModel, Format, Picture, Pixels, StatedSpace};

use crate::picture::format::jpeg;
use crate::picture::format::source::{RandomAccess, Source};
use crate::picture::jpeg_scan::{Reduction, SequentialJpeg};
use crate::picture::jpeg_write::{Plane, Planes, half};
use crate::picture::process::plane::PlaneScaler;
use crate::picture::process::samples::Channels;

/// The size of the chrominance that is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::picture) enum Chroma {
    /// That of the luminance.
    Full,
    /// Half of it in each direction.
    Half,
}

/// Blocks are decoded in a smaller size as long as so many of their samples become one: what the
/// filter takes away is then more than what the smaller blocks lack.
const MIN_STEP: f64 = 1.2;
/// The same for blocks that become their mean, which a filter would not have taken.
const MIN_STEP_OF_MEANS: f64 = 1.6;

/// Decodes a photo in this size. `None` if it cannot be decoded that way: if it is no sequential
/// colour JPEG, is damaged, or is HDR, whose samples are converted before they are scaled. A photo
/// that is not scaled is decoded as everywhere else.
pub(in crate::picture) fn decode_planes(
    picture: &Picture,
    target: Pixels,
    chroma: Chroma,
) -> Option<Planes> {
    let is_hdr = matches!(picture.stated_space, StatedSpace::Hdr(_));
    let is_empty = target.count() == 0;
    if picture.format != Format::Jpeg
        || picture.colour != ColorModel::Rgb
        || picture.damage.is_some()
        || is_hdr
        || is_empty
        || target == picture.stored
    {
        return None;
    }
    let file = read(picture).ok()?;
    let frame = jpeg::frame(&mut &file[..]).ok()?;
    if frame.pixels != picture.stored || frame.is_rgb() {
        return None;
    }
    let jpeg = SequentialJpeg::new(&file)?;
    if jpeg.component_count() != Channels::Rgb.count() {
        return None;
    }
    let size = (target.width as usize, target.height as usize);
    let sizes = match chroma {
        Chroma::Full => [size; 3],
        Chroma::Half => {
            let half = (half(size.0), half(size.1));
            [size, half, half]
        }
    };
    let mut scalers: Vec<PlaneScaler> = Vec::new();
    let mut plans = Vec::new();
    for (component, size) in sizes.into_iter().enumerate() {
        let reduction = reduction(&jpeg, component, size);
        let whole = jpeg.component_size(component, reduction);
        // The last sample of half a side may reach beyond the picture.
        let reach = |extent: f64, size: usize, target: u32| {
            let factor = if chroma == Chroma::Half && component > 0 { 2.0 } else { 1.0 };
            #[expect(clippy::cast_precision_loss, reason = "a side has at most 65,535 pixels")]
            let size = size as f64;
            extent * size * factor / f64::from(target)
        };
        let extent = (
            reach(whole.extent.0, size.0, target.width),
            reach(whole.extent.1, size.1, target.height),
        );
        let plan = (whole, reduction, size);
        // The two channels of the chrominance have the same size.
        let scaler = match scalers.last() {
            Some(last) if plans.last() == Some(&plan) => last.another(),
            _ => PlaneScaler::new(whole.samples, extent, size),
        };
        scalers.push(scaler);
        plans.push(plan);
    }
    let reductions: Vec<Reduction> = plans.iter().map(|(_, reduction, _)| *reduction).collect();
    jpeg.read_rows(&reductions, |component, rows| {
        scalers[component].push(rows.columns, rows.count);
    })?;
    let mut planes = scalers.into_iter().zip(sizes).map(|(scaler, (width, height))| {
        let samples = scaler.finish();
        (samples.len() == width * height).then_some(Plane { width, height, samples })
    });
    let mut next = || planes.next().flatten();
    Some(Planes { luma: next()?, blue: next()?, red: next()? })
}

fn read(picture: &Picture) -> io::Result<Vec<u8>> {
    let mut source = Source::open(&picture.path)?;
    let length = source.length();
    source.read_bytes(0, length)
}

/// The largest reduction of a component from which it is still scaled down.
fn reduction(jpeg: &SequentialJpeg, component: usize, target: (usize, usize)) -> Reduction {
    let is_enough = |reduction: &Reduction| {
        let (width, height) = jpeg.component_size(component, *reduction).extent;
        #[expect(clippy::cast_precision_loss, reason = "a side has at most 65,535 pixels")]
        let (across, down) = (width / target.0 as f64, height / target.1 as f64);
        let least = if *reduction == Reduction::Eighth { MIN_STEP_OF_MEANS } else { MIN_STEP };
        across.min(down) >= least
    };
    let reductions =
        [Reduction::Eighth, Reduction::Quarter, Reduction::ThreeEighths, Reduction::Half];
    reductions.into_iter().find(is_enough).unwrap_or(Reduction::None)
}
