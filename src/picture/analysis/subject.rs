//! Finds what a photo shows, for a crop whose author does not say what to keep.
//!
//! The measure is the contrast of each part with its surroundings. A part counts less if its colour
//! is spread over the whole photo, which is a background, and if it is near an edge. The outline of what
//! stands out is a rectangle that ends where the photo has little detail.

use std::convert::Infallible;
use std::ops::Range;

use crate::model::{Focus, Picture, Pixels, Region, Subject};

use crate::picture::errors::PictureError;
use crate::picture::process::pool::MemorySize;
use crate::picture::process::processed_image::ProcessedImage;
use crate::picture::process::processor::ImageProcessor;
use crate::picture::process::same_files::SameFile;
use crate::picture::process::samples::{Channels, Samples};

use super::{scaled, size_within};

/// The longer side that photos are scaled down to: enough to see the subject without its details.
const MAX_EDGE: u32 = 48;
/// On a shorter side, there is nothing to choose.
const MIN_EDGE: u32 = 12;
/// The part of the pixels that do not count, in per cent: those with the least contrast.
const BACKGROUND: usize = 75;
/// The part of what stands out that does not count at each end of an axis: it is often noise.
const OUTLIERS: f64 = 0.05;
/// The same for the outline, which has the thin ends of what stands out: a head, a summit, a leaf.
const OUTLINE_OUTLIERS: f64 = 0.02;
/// A line of pixels is quiet if it has less than this part of the detail within the outline.
const QUIET: f64 = 0.7;
/// The pixels of a line with the most detail, one in so many, which are compared.
const STRONGEST: usize = 6;
/// How far a quiet line is looked for, in per cent of the side. Beyond it, the detail is a texture
/// that has no end, not an outline.
const MAX_GROWTH: usize = 20;

impl ImageProcessor {
    /// What stands out in photos, on all threads within the memory budget, and passes it to `take`
    /// with the photos of each file; `None` if the photo is too small or too long for that, or
    /// cannot be decoded. It is the same on every machine, and cached.
    pub fn subjects<'p>(
        &self,
        pictures: impl IntoIterator<Item = &'p Picture>,
        mut take: impl FnMut(&[(usize, &'p Picture)], Option<Subject>),
    ) {
        let work = |file: &SameFile<'p>| Found(file.picture().and_then(|it| self.subject(it)));
        let taken = self.in_order(
            SameFile::groups(pictures),
            |file| file.pictures.first().map(|(_, first)| *first),
            work,
            |file: SameFile<'p>, found| {
                take(&file.pictures, found.0);
                Ok::<(), Infallible>(())
            },
        );
        match taken {
            Ok(()) => {}
        }
    }

    fn subject(&self, picture: &Picture) -> Option<Subject> {
        let make = || -> Result<ProcessedImage, PictureError> { Ok(pack(find(picture)?)) };
        unpack(&self.process(picture, "subject and outline", make).ok()?)
    }
}

/// What stands out in a photo.
struct Found(Option<Subject>);

impl MemorySize for Found {
    fn memory_size(&self) -> u64 {
        size_of::<Subject>() as u64
    }
}

fn find(picture: &Picture) -> Result<Option<Subject>, PictureError> {
    let samples = scaled(picture, size_within(picture.stored, MAX_EDGE))?;
    Ok(subject(&samples.flattened().upright(picture.orientation)))
}

/// A pixel of the scaled photo.
#[derive(Debug, Clone, Copy)]
struct Spot {
    /// In fractions of the longer side.
    x: f64,
    y: f64,
    /// How far it is from the middle, in fractions of half of each side.
    from_middle: (f64, f64),
    /// The lightness, and the colour on the axes from green to red and from blue to yellow, scaled
    /// so that equal distances are about equally visible.
    colour: [f64; 3],
}

/// The pixels that stand out: their centroid, the rectangle with nearly all of them, and that which
/// ends where the photo is quiet.
fn subject(samples: &Samples) -> Option<Subject> {
    let Pixels { width, height } = samples.pixels;
    if width.min(height) < MIN_EDGE {
        return None;
    }
    let spots = spots(samples);
    let salience: Vec<f64> = spots.iter().map(|spot| salience(spot, &spots)).collect();
    let mut sorted = salience.clone();
    sorted.sort_unstable_by(f64::total_cmp);
    let threshold = *sorted.get(sorted.len() * BACKGROUND / 100)?;
    let weights: Vec<f64> = salience.iter().map(|value| (value - threshold).max(0.0)).collect();
    let columns = usize::try_from(width).ok()?;
    let mut across = vec![0.0; columns];
    let mut down = vec![0.0; usize::try_from(height).ok()?];
    for (row, weights) in down.iter_mut().zip(weights.chunks_exact(columns)) {
        for (column, weight) in across.iter_mut().zip(weights) {
            *column += weight;
            *row += weight;
        }
    }
    // A photo of one colour has none.
    let middle = Focus::new(share(centroid(&across)?, width), share(centroid(&down)?, height));
    let area = |outliers| Area { across: extent(&across, outliers), down: extent(&down, outliers) };
    let detail = Detail { columns, values: detail(&spots, columns) };
    let region = |area: Area| Region {
        from: Focus::new(part(area.across.start, columns), part(area.down.start, down.len())),
        to: Focus::new(part(area.across.end, columns), part(area.down.end, down.len())),
    };
    let (core, outline) = (area(OUTLIERS), detail.to_quiet_lines(area(OUTLINE_OUTLIERS)));
    Some(Subject { core: region(core), outline: region(outline), middle })
}

/// A rectangle of pixels.
#[derive(Debug, Clone)]
struct Area {
    across: Range<usize>,
    down: Range<usize>,
}

/// How much each pixel differs from its neighbours.
struct Detail {
    columns: usize,
    values: Vec<f64>,
}

impl Detail {
    /// The area with its sides moved outward to the next quiet lines, if there are any near them.
    fn to_quiet_lines(&self, area: Area) -> Area {
        let Area { across, down } = area;
        let rows = self.values.len() / self.columns.max(1);
        let value = |x: usize, y: usize| self.values.get(y * self.columns + x).copied();
        let within = |across: Range<usize>, down: Range<usize>| {
            let pixels = down.flat_map(|y| across.clone().map(move |x| (x, y)));
            strongest(pixels.filter_map(|(x, y)| value(x, y)).collect())
        };
        let quiet = within(across.clone(), down.clone()) * QUIET;
        let is_quiet_row = |y: usize| within(across.clone(), y..y + 1) < quiet;
        let is_quiet_column = |x: usize| within(x..x + 1, down.clone()) < quiet;
        // The number of lines up to the first quiet one.
        let [reach_across, reach_down] = [self.columns, rows].map(|all| all * MAX_GROWTH / 100 + 1);
        let left = (0..across.start).rev().take(reach_across).position(is_quiet_column);
        let right = (across.end..self.columns).take(reach_across).position(is_quiet_column);
        let above = (0..down.start).rev().take(reach_down).position(is_quiet_row);
        let below = (down.end..rows).take(reach_down).position(is_quiet_row);
        Area {
            across: across.start - left.unwrap_or(0)..across.end + right.unwrap_or(0),
            down: down.start - above.unwrap_or(0)..down.end + below.unwrap_or(0),
        }
    }
}

/// The mean of the highest values.
fn strongest(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(|one, other| other.total_cmp(one));
    values.truncate((values.len() / STRONGEST).max(1));
    let count = (1u32..).zip(&values).map(|(number, _)| f64::from(number)).last();
    count.map_or(0.0, |count| values.iter().sum::<f64>() / count)
}

fn detail(spots: &[Spot], columns: usize) -> Vec<f64> {
    let mut detail = vec![0.0; spots.len()];
    let mut add = |one: usize, other: usize| {
        if let (Some(first), Some(second)) = (spots.get(one), spots.get(other)) {
            let difference = difference(first, second).sqrt();
            detail[one] += difference;
            detail[other] += difference;
        }
    };
    for index in 0..spots.len() {
        if (index + 1) % columns != 0 {
            add(index, index + 1);
        }
        add(index, index + columns);
    }
    detail
}

/// The square of the distance of two colours.
fn difference(one: &Spot, other: &Spot) -> f64 {
    let [light, red, yellow] = [0, 1, 2].map(|n| one.colour[n] - other.colour[n]);
    light * light + red * red + yellow * yellow
}

/// The mean position of the weights of one axis, in pixels.
fn centroid(weights: &[f64]) -> Option<f64> {
    let whole: f64 = weights.iter().sum();
    let middles = (0u32..).map(|pixel| f64::from(pixel) + 0.5);
    let moment: f64 = weights.iter().zip(middles).map(|(weight, at)| weight * at).sum();
    (whole > 0.0).then_some(moment / whole)
}

/// The pixels of one axis with the weights, without a part of them at each end.
fn extent(weights: &[f64], outliers: f64) -> Range<usize> {
    let whole: f64 = weights.iter().sum();
    let sums = || {
        weights.iter().scan(0.0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        })
    };
    let from = sums().position(|sum| sum > whole * outliers);
    let to = sums().position(|sum| sum >= whole * (1.0 - outliers));
    from.unwrap_or(0)..to.map_or(weights.len(), |last| last + 1)
}

/// A number of pixels of a side in ten-thousandths of it.
fn part(pixels: usize, side: usize) -> u16 {
    u16::try_from((pixels * 20_000 / side.max(1)).div_ceil(2)).unwrap_or(u16::MAX)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a position on a side in ten-thousandths of it"
)]
fn share(position: f64, side: u32) -> u16 {
    (position / f64::from(side) * 10_000.0).round().clamp(0.0, 10_000.0) as u16
}

/// How much a pixel stands out. Only operations that are exact in IEEE 754 are used, so that all
/// machines agree.
fn salience(spot: &Spot, spots: &[Spot]) -> f64 {
    let (mut contrast, mut near) = (0.0, 0.0);
    // The weight, the sums of positions and of their squares of the pixels with a similar colour.
    let (mut alike, mut sum, mut squares) = (0.0, (0.0, 0.0), 0.0);
    for other in spots {
        let difference = difference(spot, other);
        let (x, y) = (spot.x - other.x, spot.y - other.y);
        let nearness = falloff((x * x + y * y) / 0.08);
        contrast += difference.sqrt() * nearness;
        near += nearness;
        let likeness = falloff(difference / (14.0 * 14.0));
        alike += likeness;
        sum = (sum.0 + likeness * other.x, sum.1 + likeness * other.y);
        squares += likeness * (other.x * other.x + other.y * other.y);
    }
    let mean = (sum.0 / alike, sum.1 / alike);
    let spread = (squares / alike - mean.0 * mean.0 - mean.1 * mean.1).max(0.0);
    let compact = 1.0 + 5.0 * spread;
    let (across, down) = spot.from_middle;
    let central = (1.0 - 0.45 * across * across) * (1.0 - 0.45 * down * down);
    contrast / near * central / (compact * compact * compact)
}

/// 1 at 0, and a quarter at 1.
fn falloff(distance: f64) -> f64 {
    1.0 / ((1.0 + distance) * (1.0 + distance))
}

fn spots(samples: &Samples) -> Vec<Spot> {
    let Pixels { width, height } = samples.pixels;
    let count = samples.channels.count();
    let points = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let longer = f64::from(width.max(height));
    let middle = |place: u32, side: u32| (f64::from(place) + 0.5) / f64::from(side);
    let spot = |((x, y), pixel): ((u32, u32), &[u8])| {
        let [r, g, b] = rgb(pixel, samples.channels).map(f64::from);
        let (across, down) = (middle(x, width), middle(y, height));
        Spot {
            x: across * f64::from(width) / longer,
            y: down * f64::from(height) / longer,
            from_middle: (across * 2.0 - 1.0, down * 2.0 - 1.0),
            colour: [
                (2.0 * r + 5.0 * g + b) / 16.0,
                (r - g) / 2.0,
                (f64::midpoint(r, g) - b) * 0.4,
            ],
        }
    };
    points.zip(samples.bytes.chunks_exact(count)).map(spot).collect()
}

fn rgb(pixel: &[u8], channels: Channels) -> [u8; 3] {
    match *pixel {
        [r, g, b] => [r, g, b],
        [c, m, y, k] if channels == Channels::Cmyk => [c, m, y].map(|ink| {
            let light = u16::from(!ink) * u16::from(!k) / 255;
            u8::try_from(light).unwrap_or(u8::MAX)
        }),
        _ => [pixel.first().copied().unwrap_or(0); 3],
    }
}

/// What stands out as bytes, for the cache; none for `None`.
fn pack(subject: Option<Subject>) -> ProcessedImage {
    let numbers = subject.map(|Subject { core, outline, middle }| {
        [core.from, core.to, outline.from, outline.to, middle]
            .map(|focus| [focus.across.to_be_bytes(), focus.down.to_be_bytes()])
    });
    let bytes = numbers.map(|numbers| numbers.as_flattened().concat()).unwrap_or_default();
    ProcessedImage { bytes, pixels: Pixels { width: 1, height: 1 } }
}

fn unpack(packed: &ProcessedImage) -> Option<Subject> {
    let number = |at: usize| {
        let bytes = packed.bytes.get(at * 2..at * 2 + 2)?;
        bytes.try_into().ok().map(u16::from_be_bytes)
    };
    let point = |at: usize| Some(Focus::new(number(at)?, number(at + 1)?));
    let region = |at: usize| Some(Region { from: point(at)?, to: point(at + 2)? });
    let is_whole = packed.bytes.len() == 20;
    is_whole.then_some(Subject { core: region(0)?, outline: region(4)?, middle: point(8)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grey photo of 48 × 32 pixels with a red patch.
    fn photo(patch: Option<(u32, u32)>) -> Samples {
        let pixels = Pixels { width: 48, height: 32 };
        let pixel = |x: u32, y: u32| match patch {
            Some((left, top)) if (left..left + 8).contains(&x) && (top..top + 8).contains(&y) => {
                [200, 40, 30]
            }
            _ => [120, 130, 140],
        };
        let points = (0..pixels.height).flat_map(|y| (0..pixels.width).map(move |x| (x, y)));
        Samples {
            pixels,
            channels: Channels::Rgb,
            bytes: points.flat_map(|(x, y)| pixel(x, y)).collect(),
        }
    }

    #[test]
    fn the_subject_is_what_the_photo_shows() {
        for (left, top) in [(0, 12), (40, 0), (20, 24), (4, 20)] {
            let subject = subject(&photo(Some((left, top)))).expect("a subject");
            let near = |place: u16, wanted: u32, side: u32| {
                u32::from(place).abs_diff(wanted * 10_000 / side) < 1_000
            };
            let Subject { core, outline, middle } = subject;
            for (focus, offset) in [(core.from, 0), (middle, 4), (core.to, 8)] {
                assert!(near(focus.across, left + offset, 48), "{subject:?}, {left}");
                assert!(near(focus.down, top + offset, 32), "{subject:?}, {top}");
            }
            // The outline has all of it, and little more.
            let place = |pixels: u32, side: u32| i64::from(pixels * 10_000 / side);
            let over = [
                place(left, 48) - i64::from(outline.from.across),
                place(top, 32) - i64::from(outline.from.down),
                i64::from(outline.to.across) - place(left + 8, 48),
                i64::from(outline.to.down) - place(top + 8, 32),
            ];
            assert!(over.iter().all(|over| (-1..1_800).contains(over)), "{subject:?}: {over:?}");
        }
    }

    /// A summit is a small part of a mountain, and what stands out most is its foot.
    #[test]
    fn the_outline_has_the_thin_end_of_what_the_photo_shows() {
        let pixels = Pixels { width: 48, height: 32 };
        let (top, foot) = (6_u32, 24_u32);
        let pixel = |x: u32, y: u32| {
            let is_mountain = (top..foot).contains(&y) && x.abs_diff(24) <= (y - top) * 3 / 4;
            if is_mountain { [70, 60, 50] } else { [150, 180, 220] }
        };
        let points = (0..pixels.height).flat_map(|y| (0..pixels.width).map(move |x| (x, y)));
        let bytes = points.flat_map(|(x, y)| pixel(x, y)).collect();
        let photo = Samples { pixels, channels: Channels::Rgb, bytes };
        let Subject { core, outline, .. } = subject(&photo).expect("a subject");
        let row = |y: u32| u16::try_from(y * 10_000 / pixels.height).unwrap_or(u16::MAX);
        assert!(core.from.down > row(top), "{core:?} does not need the outline");
        assert!(outline.from.down <= row(top), "{outline:?}");
        assert!(outline.from.down >= row(top - 3), "{outline:?} has more than the summit");
    }

    #[test]
    fn a_texture_has_no_outline_that_grows_without_end() {
        let area = Area { across: 20..28, down: 12..20 };
        let detail = Detail { columns: 48, values: vec![1.0; 48 * 32] };
        let grown = detail.to_quiet_lines(area.clone());
        assert_eq!((grown.across, grown.down), (area.across, area.down));
    }

    #[test]
    fn a_photo_of_one_colour_shows_nothing() {
        assert_eq!(subject(&photo(None)), None);
    }

    #[test]
    fn the_subject_of_a_gray_or_cmyk_photo_is_found_too() {
        let rgb = photo(Some((4, 20)));
        let gray = rgb.bytes.chunks_exact(3).map(|pixel| pixel[1]).collect();
        let gray = Samples { channels: Channels::Gray, bytes: gray, ..rgb.clone() };
        let inks = rgb.bytes.chunks_exact(3).flat_map(|p| [!p[0], !p[1], !p[2], 0]).collect();
        let cmyk = Samples { channels: Channels::Cmyk, bytes: inks, ..rgb.clone() };
        assert_eq!(subject(&cmyk), subject(&rgb));
        let middle = subject(&gray).map(|subject| subject.middle);
        assert!(middle.is_some_and(|focus| focus.across < 3_000 && focus.down > 6_000));
    }

    #[test]
    fn a_photo_that_is_small_or_long_has_none() {
        for (width, height) in [(11, 11), (48, 4), (1, 48)] {
            let pixels = Pixels { width, height };
            let bytes = vec![128; (width * height) as usize];
            assert_eq!(subject(&Samples { pixels, channels: Channels::Gray, bytes }), None);
        }
    }

    #[test]
    fn a_packed_subject_is_the_same_when_unpacked() {
        let point = |number: u16| Focus::new(number, number * 3);
        let region = |number| Region { from: point(number), to: point(number + 1) };
        let subject = Subject { core: region(1), outline: region(300), middle: point(600) };
        assert_eq!(unpack(&pack(Some(subject))), Some(subject));
        assert_eq!(unpack(&pack(None)), None);
    }
}
