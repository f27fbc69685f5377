//! How small the pictures of an edition must be for a file of limited size.

use std::io::{self, Write};

use crate::finding::{Code, Finding};

/// How many times the pictures may be made smaller: each step takes a seventh of their pixels,
/// and as much of the quality above the lowest one.
const STEPS: u8 = 12;
/// The share of the pixels that is left after each step, in thousandths: down to 600,000 of
/// 3.8 million, which still fill the screen of a phone.
const PIXEL_SHARES: [u64; STEPS as usize + 1] =
    [1000, 858, 736, 631, 541, 464, 398, 341, 293, 251, 215, 185, 158];
/// Below this quality, the blocks of a JPEG become visible.
const MIN_QUALITY: u8 = 60;

/// The maximum number of pixels at a step, of `most` at step 0.
pub(super) fn pixels_at(step: u8, most: u64) -> u64 {
    most * PIXEL_SHARES[usize::from(step.min(STEPS))] / 1000
}

/// The JPEG quality at a step, of `best` at step 0.
pub(super) fn quality_at(step: u8, best: u8) -> u8 {
    let spare = u16::from(best.saturating_sub(MIN_QUALITY));
    let less = spare * u16::from(step) / u16::from(STEPS);
    best - u8::try_from(less).unwrap_or(0)
}

/// The step at which a file is not larger than its limit, or the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FittingStep {
    /// The step.
    pub(super) step: u8,
    /// The size of the file at step 0.
    before: u64,
    /// Its size at this step, if that is not known to be below the limit.
    after: Option<u64>,
}

/// The first step at which a file is not larger than `limit`. `file_size` says how large it is at
/// a step, by writing it to nowhere.
pub(super) fn fitting_step<E>(
    limit: u64,
    file_size: impl Fn(u8) -> Result<u64, E>,
) -> Result<FittingStep, E> {
    let before = file_size(0)?;
    if before <= limit {
        return Ok(FittingStep { step: 0, before, after: None });
    }
    let step = first_fitting(before, limit, &file_size)?;
    let after = if step == STEPS { Some(file_size(STEPS)?) } else { None };
    Ok(FittingStep { step, before, after })
}

impl FittingStep {
    /// What is said about it; `None` if nothing had to be made smaller. `pictures` describes the
    /// size of the pictures at this step, `help` what can be done if it is still too large.
    pub(super) fn finding(
        &self,
        edition: &str,
        pictures: &str,
        help: &str,
        limit: u64,
    ) -> Option<Finding> {
        if self.step == 0 {
            return None;
        }
        let pictures = format!("pictures are limited to {pictures}");
        let limit_text = rounded(limit);
        let Some(after) = self.after.filter(|after| *after > limit) else {
            let message = format!(
                "to stay below {limit_text} instead of {}, {pictures}",
                rounded(self.before)
            );
            return Some(Finding::new(Code::MaxSizeMet, message));
        };
        let message = format!(
            "{edition} is larger than {limit_text}: it has {}, although {pictures}",
            rounded(after),
        );
        Some(Finding::new(Code::MaxSizeMissed, message).help(help))
    }
}

/// A size in megabytes or kilobytes.
fn rounded(bytes: u64) -> String {
    if bytes < 1_000_000 {
        return format!("{} kB", bytes.div_ceil(1000));
    }
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

/// The first step at which the file is not too large, or the last one. Trying a step means
/// scaling all pictures, so the first guess is a good one: two tries are usual.
fn first_fitting<E>(
    before: u64,
    limit: u64,
    file_size: impl Fn(u8) -> Result<u64, E>,
) -> Result<u8, E> {
    let (mut too_large, mut smallest, mut fits) = (0, before, STEPS);
    while fits - too_large > 1 {
        let guess = too_large + steps_between(smallest, limit).clamp(1, fits - too_large - 1);
        let size = file_size(guess)?;
        if size <= limit {
            fits = guess;
        } else {
            (too_large, smallest) = (guess, size);
        }
    }
    Ok(fits)
}

/// How many steps are likely between two sizes: each makes a file about a sixth smaller.
fn steps_between(from: u64, to: u64) -> u8 {
    let sizes = std::iter::successors(Some(from), |size| Some(size - size / 6));
    let above = sizes.take(usize::from(STEPS)).take_while(|&size| size > to).count();
    u8::try_from(above).unwrap_or(STEPS)
}

/// Counts what is written to it.
#[derive(Debug, Default)]
pub(super) struct ByteCounter {
    pub(super) bytes: u64,
}

impl Write for ByteCounter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn a_small_limit_is_given_in_kilobytes() {
        let missed = FittingStep { step: STEPS, before: 90_000, after: Some(64_000) };
        let finding = missed.finding("the e-book", "0.60 megapixels", "use fewer", 1_000);
        let message = finding.map(|finding| finding.message).unwrap_or_default();
        assert!(message.contains("larger than 1 kB: it has 64 kB"), "{message}");
    }

    #[test]
    fn the_first_step_that_fits_is_found_in_few_tries() {
        // As pictures get smaller, files do so evenly, slowly at first, or hardly at all.
        let smaller = |&size: &u64| Some(size / 100 * 82);
        let even: Vec<u64> = std::iter::successors(Some(1_000_000), smaller).take(13).collect();
        let slow = (0..=12).map(|step| 1_000_000 - step * step * 6_000).collect();
        let hard = (0..=12).map(|step| 1_000_000 - step * 1_000).collect();
        for (sizes, most) in [(even, 3), (slow, 6), (hard, 11)] {
            for limit in (1..10).map(|tenths| tenths * 100_000).chain(sizes[1..].iter().copied()) {
                let tried = RefCell::new(Vec::new());
                let found = first_fitting::<()>(sizes[0], limit, |step| {
                    tried.borrow_mut().push(step);
                    Ok(sizes[usize::from(step)])
                });
                let first = sizes.iter().position(|&size| size <= limit).unwrap_or(12);
                assert_eq!(found.map(usize::from), Ok(first), "{limit}");
                let tried = tried.into_inner();
                assert!(tried.len() <= most, "{limit}: {tried:?}");
            }
        }
    }
}
