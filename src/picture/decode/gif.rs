//! Decodes the first frame of GIF files.

use gif::{ColorOutput, DecodeOptions, DecodingError};

use crate::model::{Damage, LostPart, Picture};

use super::error::DecodeError;
use crate::picture::format::source::Source;
use crate::picture::process::samples::{Channels, Samples};

/// The first row of each pass of an interlaced frame, and the distance of its rows.
const PASSES: [(usize, usize); 4] = [(0, 8), (4, 8), (2, 4), (1, 2)];

/// Decodes the first frame, or the rows of it that the file contains. What it does not cover is
/// transparent, as in browsers.
pub(super) fn decode(
    picture: &Picture,
    source: Source,
) -> Result<(Samples, Option<Damage>), DecodeError> {
    let failed = |error: DecodingError| match error {
        DecodingError::Io(error) => DecodeError::from(error),
        error => DecodeError::Damaged(error.to_string()),
    };
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::RGBA);
    let mut decoder = options.read_info(source.into_reader()?).map_err(failed)?;
    let frame = decoder.next_frame_info().map_err(failed)?;
    let frame = frame.ok_or_else(|| DecodeError::Damaged("it has no image data".to_owned()))?;
    let (left, top) = (usize::from(frame.left), usize::from(frame.top));
    let (columns, rows) = (usize::from(frame.width), usize::from(frame.height));
    let is_interlaced = frame.interlaced;
    let (width, height) = (picture.stored.width as usize, picture.stored.height as usize);
    if left + columns > width || top + rows > height {
        return Err(DecodeError::Damaged("its size does not match its header".to_owned()));
    }
    let order: Vec<usize> = if is_interlaced {
        PASSES.iter().flat_map(|&(first, step)| (first..rows).step_by(step)).collect()
    } else {
        (0..rows).collect()
    };
    let channels = Channels::Rgba;
    let mut bytes = vec![0; width * height * channels.count()];
    let mut kept = 0;
    let mut error = None;
    for row in order {
        let start = ((top + row) * width + left) * channels.count();
        match decoder.fill_buffer(&mut bytes[start..start + columns * channels.count()]) {
            Ok(true) => kept += 1,
            Ok(false) => break,
            Err(reason) => {
                error = Some(reason);
                break;
            }
        }
    }
    if kept == 0 && rows > 0 {
        return Err(
            error.map_or_else(|| DecodeError::Damaged("it has no image data".to_owned()), failed)
        );
    }
    let is_truncated = matches!(error, None | Some(DecodingError::Io(_)));
    #[expect(clippy::cast_precision_loss, reason = "only a ratio")]
    let damage = (kept < rows).then(|| Damage {
        cause: if is_truncated {
            "its image data ends too early".to_owned()
        } else {
            "its compressed data is invalid".to_owned()
        },
        lost: LostPart::from_fraction(1.0 - kept as f64 / rows as f64),
        is_truncated,
    });
    Ok((Samples { pixels: picture.stored, channels, bytes }, damage))
}
