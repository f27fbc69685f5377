//! The e-book: the size of its pictures, so that stores accept the file and it stays below the
//! limit that the manifest sets.

use std::io::{self, Write};

use crate::epub::{self, EpubError};
use crate::finding::{Code, Finding};
use crate::layout;
use crate::model::{Edition, Pages};
use crate::picture::ScaleOptions;
use crate::preflight::stores::StoreRules;

use super::options::BuildOptions;
use super::project::Project;

/// An e-book whose pictures may have any size.
pub(super) struct EbookPictures<'a> {
    project: &'a Project,
    edition: Edition,
    options: &'a BuildOptions<'a>,
    rules: StoreRules,
    cover: Pages,
    /// Whether no error stops the printed edition, so that its page numbers mean something.
    printable: bool,
}

/// How many times the pictures may be made smaller: each step takes a seventh of their pixels,
/// and as much of the quality above the lowest one.
const STEPS: u8 = 12;
/// The share of the pixels that is left after each step, in thousandths: down to 600,000 of
/// 3.8 million, which still fill the screen of a phone.
const PIXEL_SHARES: [u64; STEPS as usize + 1] =
    [1000, 858, 736, 631, 541, 464, 398, 341, 293, 251, 215, 185, 158];
/// Below this quality, the blocks of a JPEG become visible.
const MIN_QUALITY: u8 = 60;

impl<'a> EbookPictures<'a> {
    pub(super) fn new(
        project: &'a Project,
        edition: Edition,
        options: &'a BuildOptions<'a>,
    ) -> Self {
        let shape = match edition {
            Edition::EpubFixed => project.pages().trim,
            _ => layout::SHOP_COVER,
        };
        Self {
            project,
            edition,
            options,
            rules: StoreRules::new(project.book().ebook.store),
            cover: layout::cover(project.printable(), project.faces(), shape),
            printable: !project.stopped_editions(false).contains(Edition::Print),
        }
    }

    /// Writes it with pictures of this size.
    pub(super) fn write(
        &self,
        size: ScaleOptions,
        out: &mut impl Write,
        picture_done: &mut dyn FnMut(),
    ) -> Result<(), EpubError> {
        let (book, faces) = (self.project.book(), self.project.faces());
        let options = epub::Options {
            pictures: size,
            viewport: self.rules.viewport,
            cover: &self.cover,
            cover_pixels: self.rules.cover,
            cover_alt: self.rules.max_alt_length(),
            // Whether or not it is built this time, the printed edition has these folios.
            print: Some(self.project.pages()),
            printable: self.printable,
            modified: self.options.modified,
            processor: self.options.processor,
        };
        match self.edition {
            Edition::EpubFixed => epub::write_fixed(book, faces, &options, out, picture_done),
            _ => epub::write(book, faces, &options, out, picture_done),
        }
    }

    /// The largest pictures with which the file is no larger than the manifest allows, and a
    /// finding if they had to be made smaller. It is measured, by writing the whole file to
    /// nowhere.
    pub(super) fn fitting_size(&self) -> Result<(ScaleOptions, Option<Finding>), EpubError> {
        let full = self.size_at(0);
        let Some(limit) = self.project.book().ebook.max_size else { return Ok((full, None)) };
        let file_size = |step: u8| -> Result<u64, EpubError> {
            let mut counter = ByteCounter::default();
            self.write(self.size_at(step), &mut counter, &mut || {})?;
            Ok(counter.bytes)
        };
        let before = file_size(0)?;
        if before <= limit {
            return Ok((full, None));
        }
        let step = first_fitting(before, limit, file_size)?;
        let size = self.size_at(step);
        let after = if step == STEPS { file_size(STEPS)? } else { limit };
        Ok((size, Some(size_finding(size, before, after, limit).editions(self.edition))))
    }

    fn size_at(&self, step: u8) -> ScaleOptions {
        let ebook = &self.project.book().ebook;
        let spare = u16::from(ebook.quality.saturating_sub(MIN_QUALITY));
        let less = spare * u16::from(step) / u16::from(STEPS);
        ScaleOptions {
            max_edge: self.rules.picture_edge,
            max_pixels: self.rules.picture_pixels * PIXEL_SHARES[usize::from(step.min(STEPS))]
                / 1000,
            quality: ebook.quality - u8::try_from(less).unwrap_or(0),
        }
    }
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

fn size_finding(size: ScaleOptions, before: u64, after: u64, limit: u64) -> Finding {
    let rounded = |bytes: u64| {
        if bytes < 1_000_000 {
            return format!("{} kB", bytes.div_ceil(1000));
        }
        let tenths = bytes.div_ceil(100_000);
        format!("{}.{} MB", tenths / 10, tenths % 10)
    };
    let pictures = format!(
        "pictures are limited to {}.{:02} megapixels and quality {}",
        size.max_pixels / 1_000_000,
        size.max_pixels % 1_000_000 / 10_000,
        size.quality
    );
    let limit_text = rounded(limit);
    if after > limit {
        let message = format!(
            "the e-book is larger than {limit_text}: it has {}, although {pictures}",
            rounded(after),
        );
        Finding::new(Code::MaxSizeMissed, message)
            .help("use fewer photos, split the book into two volumes, or allow a larger file")
    } else {
        let message =
            format!("to stay below {limit_text} instead of {}, {pictures}", rounded(before));
        Finding::new(Code::MaxSizeMet, message)
    }
}

/// Counts what is written to it.
#[derive(Debug, Default)]
struct ByteCounter {
    bytes: u64,
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
        let size = ScaleOptions { max_edge: 3200, max_pixels: 600_000, quality: 60 };
        let message = size_finding(size, 90_000, 64_000, 1_000).message;
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
