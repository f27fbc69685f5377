//! Decodes JPEG XL files.

use crate::model::{ColorModel, Damage, LostPart, Picture, Pixels};

use super::convert::unpremultiply;
use super::error::DecodeError;
use crate::picture::format::jxl::{JxlError, open};
use crate::picture::format::source::Source;
use crate::picture::process::samples::{Channels, Samples};

/// The memory of the decoder per pixel: planes of 32 bits, some of them twice.
const BYTES_PER_PIXEL: u64 = 64;

/// Decodes the first frame, or as much of it as the file contains.
pub(super) fn decode(
    picture: &Picture,
    source: Source,
) -> Result<(Samples, Option<Damage>), DecodeError> {
    let failed = |error: JxlError| DecodeError::Damaged(error.to_string());
    let memory = usize::try_from(picture.stored.count() * BYTES_PER_PIXEL).unwrap_or(usize::MAX);
    let mut image = open(source, memory).map_err(failed)?;
    let frame = if image.num_loaded_keyframes() > 0 {
        image.render_frame(0)
    } else {
        image.render_loading_frame()
    };
    let frame = frame.map_err(|error| DecodeError::Damaged(error.to_string()))?;
    let mut stream = frame.stream();
    let pixels = Pixels { width: stream.width(), height: stream.height() };
    let channels = match (picture.colour, picture.alpha) {
        (ColorModel::Gray, false) => Channels::Gray,
        (ColorModel::Gray, true) => Channels::GrayAlpha,
        (_, false) => Channels::Rgb,
        (_, true) => Channels::Rgba,
    };
    if stream.channels() as usize != channels.count() || pixels != picture.stored {
        return Err(DecodeError::Damaged("its image data does not match its header".to_owned()));
    }
    let count = pixels.width as usize * pixels.height as usize * channels.count();
    let mut bytes = vec![0; count];
    if stream.write_to_buffer(&mut bytes) != count {
        return Err(DecodeError::Damaged("its image data is incomplete".to_owned()));
    }
    let mut extra = image.image_header().metadata.ec_info.iter();
    if extra.any(|channel| channel.alpha_associated() == Some(true)) {
        unpremultiply(&mut bytes, channels.count());
    }
    let damage = (!image.is_loading_done()).then(|| Damage {
        cause: "its image data ends too early".to_owned(),
        lost: LostPart::Unknown,
        is_truncated: true,
    });
    Ok((Samples { pixels, channels, bytes }, damage))
}
