//! Decodes the entropy-coded data of JPEG files to coefficients, without transforming them to
//! samples: `inspect` finds damage, and `rewritten` writes what can be decoded as a file that every
//! decoder reads.

mod arithmetic;
mod bits;
mod coder;
mod displacement;
mod end;
mod frame;
mod huffman;
mod intervals;
mod rewrite;
mod rows;
mod store;
mod transform;
mod walk;

use displacement::Brightness;
use frame::Frame;
use store::{Coefficients, Masks, NoStore};
use walk::{first_frame, walk};

pub(in crate::picture) use end::has_end_marker;
pub(in crate::picture) use rows::SequentialJpeg;
pub(in crate::picture) use transform::Reduction;
pub(in crate::picture) use walk::ScanError;

/// With a larger part of the picture missing at its end, the file was cut.
const MAX_MISSING: f64 = 0.1;

/// Damage of a JPEG file.
#[derive(Debug, Clone, Copy)]
pub(in crate::picture) struct JpegDamage {
    /// The first sign of it. `None` if only the end marker is missing.
    pub(in crate::picture) scan_error: Option<ScanError>,
    /// The part of the picture that is lost, 0 to 1.
    pub(in crate::picture) lost: f64,
    /// Whether not a single block can be decoded.
    pub(in crate::picture) is_empty: bool,
}

/// Looks for damage in the scans of a JPEG file.
pub(in crate::picture) fn inspect(file: &[u8]) -> Option<JpegDamage> {
    let frame = first_frame(file)?;
    let walked = if frame.is_progressive {
        walk(file, &frame, &mut Masks::new(&frame))
    } else {
        walk(file, &frame, &mut NoStore)
    };
    // A few missing blocks at the end are a sign that data is missing somewhere before; many of
    // them, that the file was cut.
    let may_be_displaced =
        matches!(walked.scan_error, Some(ScanError::EndsEarly | ScanError::DataLeftOver))
            && !frame.is_progressive
            && !walked.has_restarts
            && walked.lost < MAX_MISSING;
    let lost =
        if may_be_displaced { walked.lost.max(displaced_part(file, &frame)) } else { walked.lost };
    let is_whole = walked.scan_error.is_none() && walked.has_end;
    (!is_whole).then_some(JpegDamage {
        scan_error: walked.scan_error,
        lost,
        is_empty: walked.is_empty,
    })
}

/// The part of a picture after the place from which it is displaced, 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "only a ratio")]
fn displaced_part(file: &[u8], frame: &Frame) -> f64 {
    let mut brightness = Brightness::new(frame);
    walk(file, frame, &mut brightness);
    let rows = frame.units.1.max(1) as f64;
    brightness.displaced_row().map_or(0.0, |row| 1.0 - row as f64 / rows)
}

/// A JPEG file with the same coefficients, as far as they can be decoded, in one sequential scan.
/// `None` if its headers are damaged.
pub(in crate::picture) fn rewritten(file: &[u8]) -> Option<Vec<u8>> {
    let frame = first_frame(file)?;
    let mut coefficients = Coefficients::new(&frame);
    let walked = walk(file, &frame, &mut coefficients);
    rewrite::written(&frame, &walked.headers, &coefficients)
}
