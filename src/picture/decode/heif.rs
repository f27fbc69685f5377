//! Decodes HEIC images: pictures in HEVC, or grids of them, in a HEIF container.

use heic_rs::color::convert;
use heic_rs::context::Context;
use heic_rs::hevc::{Frame, decode_still};
use heic_rs::props::ItemProps;
use heic_rs::{
    Error, Image, MatrixCoefficients, Mirror, Nclx, PixelLayout, Range, Transform, grid, transform,
};

use crate::model::{ColorModel, Picture, Pixels};

use super::convert::unpremultiply;
use super::error::DecodeError;
use super::range::{narrowed, standard_range};
use crate::picture::format::heif::{HeifContainer, HeifImage, HevcSignal};
use crate::picture::format::source::{RandomAccess, Source};
use crate::picture::process::samples::{Channels, Samples};

/// Larger files are not read. The codes of 300 megapixels take less.
const MAX_FILE: u64 = 1 << 30;

/// Decodes the picture that the file shows, cut and turned as the file says.
///
/// The steps of the decoder are called one by one, because it ignores what the codec's data says
/// about the samples, and that is the only place where phones say it.
pub(super) fn decode(picture: &Picture, mut source: Source) -> Result<Samples, DecodeError> {
    let container = HeifContainer::read(&mut source)?;
    let header = HeifImage::read(&container)?;
    let length = source.length();
    if length > MAX_FILE {
        return Err(DecodeError::Damaged("the file is too large".to_owned()));
    }
    let file = source.read_bytes(0, length)?;
    let channels = match (picture.colour, picture.alpha) {
        (ColorModel::Gray, false) => Channels::Gray,
        (ColorModel::Gray, true) => Channels::GrayAlpha,
        (_, false) => Channels::Rgb,
        (_, true) => Channels::Rgba,
    };
    let is_wide = picture.bits > 8;
    let layout = match (channels, is_wide) {
        (Channels::Gray, false) => PixelLayout::Gray8,
        (Channels::Gray | Channels::Rgb, true) => PixelLayout::Rgb16,
        (Channels::Rgb, _) => PixelLayout::Rgb8,
        (_, false) => PixelLayout::Rgba8,
        (_, true) => PixelLayout::Rgba16,
    };
    let image = image(&file, header.coded, header.signal, layout, channels)
        .map_err(|error| DecodeError::Damaged(error.to_string()))?;
    let pixels = Pixels { width: image.width, height: image.height };
    if pixels != picture.stored {
        return Err(DecodeError::Damaged("its image data does not match its header".to_owned()));
    }
    let size = layout.bytes_per_channel();
    let mut bytes = image.data;
    if channels.count() < layout.channels() {
        bytes = gray(&bytes, channels, layout);
    }
    let mut samples = if size == 2 {
        narrowed(picture, channels, &bytes)
    } else {
        standard_range(picture, Samples { pixels, channels, bytes })
    };
    if header.is_premultiplied {
        unpremultiply(&mut samples.bytes, channels.count());
    }
    Ok(samples)
}

fn image(
    file: &[u8],
    coded: Pixels,
    signal: Option<HevcSignal>,
    layout: PixelLayout,
    channels: Channels,
) -> Result<Image, Error> {
    let context = Context::open(file)?;
    let item = context.meta.primary;
    let properties = context.props(item)?;
    let limit = coded.count();
    let frame = frame(&context, item, &properties, limit)?;
    if (frame.width, frame.height) != (coded.width, coded.height) {
        return Err(Error::Malformed("the size of the picture is not that in its header"));
    }
    let alpha = match context.alpha_item(item)? {
        Some(alpha) if matches!(channels, Channels::GrayAlpha | Channels::Rgba) => {
            let alpha = self::frame(&context, alpha, &context.props(alpha)?, limit)?;
            if (alpha.width, alpha.height) != (coded.width, coded.height) {
                return Err(Error::Unsupported("the alpha channel has another size"));
            }
            Some(alpha)
        }
        _ => None,
    };
    let image = convert(&frame, alpha.as_ref(), interpretation(signal)?, layout, limit, Some(1))?;
    drop((frame, alpha));
    let transforms: Vec<Transform> = properties.transforms.into_iter().map(standard).collect();
    transform::apply_all(image, &transforms)
}

/// The decoder mirrors pictures at the wrong axis: 0 exchanges top and bottom, and 1 left and right
/// (ISO/IEC 23008-12:2022, 6.5.12).
fn standard(transform: Transform) -> Transform {
    match transform {
        Transform::Mirror(Mirror::LeftRight) => Transform::Mirror(Mirror::TopBottom),
        Transform::Mirror(Mirror::TopBottom) => Transform::Mirror(Mirror::LeftRight),
        other => other,
    }
}

/// Decodes an item, or the parts of a grid.
fn frame(
    context: &Context<'_>,
    item: u32,
    properties: &ItemProps<'_>,
    limit: u64,
) -> Result<Frame, Error> {
    let Some((grid, parts)) = context.grid(item)? else {
        return coded_frame(context, item, properties, limit);
    };
    let mut frames = Vec::new();
    let mut total = 0;
    for part in parts {
        let frame = coded_frame(context, part, &context.props(part)?, limit)?;
        total += u64::from(frame.width) * u64::from(frame.height);
        // The parts at the right and at the bottom can reach beyond the picture.
        if total > limit.saturating_mul(2) + (1 << 24) {
            return Err(Error::Malformed("the parts of the picture are larger than it"));
        }
        frames.push(frame);
    }
    grid::compose(&grid, &frames, limit)
}

fn coded_frame(
    context: &Context<'_>,
    item: u32,
    properties: &ItemProps<'_>,
    limit: u64,
) -> Result<Frame, Error> {
    let configuration = properties.hvcc.as_ref().ok_or(Error::MissingBox("hvcC"))?;
    let sets = configuration.parameter_sets();
    let info = heic_rs::hevc::probe(&sets)?;
    // Checked before the planes are allocated. A small picture is padded to whole blocks.
    let pixels = u64::from(info.width) * u64::from(info.height);
    if pixels > limit.saturating_mul(2) + (1 << 20) {
        return Err(Error::Malformed("a part of the picture is larger than it"));
    }
    let data = context.item_data(item)?;
    let frame = decode_still(&sets, &configuration.split_nals(&data)?)?;
    frame.validate()?;
    Ok(frame)
}

/// How the samples are converted to RGB. Without any statement, as MIAF says (ISO/IEC 23000-22,
/// 7.3.6.4): with the matrix of BT.601 and the full range.
fn interpretation(signal: Option<HevcSignal>) -> Result<Nclx, Error> {
    const BT_601: u8 = 6;
    const UNSPECIFIED: u8 = 2;
    let is_full = signal.is_none_or(|it| it.is_full_range);
    let [primaries, transfer, matrix] =
        signal.and_then(|it| it.code_points).unwrap_or([1, 13, BT_601]);
    let code = u16::from(if matrix == UNSPECIFIED { BT_601 } else { matrix });
    let matrix = MatrixCoefficients::from_code(code);
    if let MatrixCoefficients::Other(_) = matrix {
        return Err(Error::Unsupported("its colours are encoded in an unusual way"));
    }
    Ok(Nclx {
        primaries: primaries.into(),
        transfer: transfer.into(),
        matrix,
        matrix_code: code,
        range: if is_full { Range::Full } else { Range::Limited },
    })
}

/// Keeps one of three equal colours.
fn gray(bytes: &[u8], channels: Channels, layout: PixelLayout) -> Vec<u8> {
    let size = layout.bytes_per_channel();
    let pixels = bytes.chunks_exact(layout.bytes_per_pixel());
    pixels
        .flat_map(|pixel| {
            let alpha = if channels == Channels::GrayAlpha { &pixel[3 * size..] } else { &[] };
            pixel[..size].iter().chain(alpha).copied()
        })
        .collect()
}
