//! The e-book: which sizes its pictures get, so that stores take it and the file stays
//! below its limit.

use std::io::{self, Write};

use time::OffsetDateTime;

use crate::epub::{self, WriteError};
use crate::finding::{Code, Finding};
use crate::layout;
use crate::model::{Edition, Pages};
use crate::picture::{Darkroom, Recipe};
use crate::preflight::stores::Rules;

use super::load::Read;

/// All that an e-book is made of but the size of its pictures.
pub(super) struct Bindery<'a> {
    pub(super) read: &'a Read,
    pub(super) pages: &'a Pages,
    pub(super) modified: OffsetDateTime,
    pub(super) darkroom: &'a Darkroom,
    pub(super) form: Edition,
    /// Whether nothing stops the printed edition.
    pub(super) printable: bool,
}

/// So many times pictures may be made smaller, each time by a seventh of their pixels and as
/// much of what quality there is above the least.
const RUNGS: u8 = 12;
/// What is left of the pixels on each rung, in thousandths: down to 600 000 of 3.8 million,
/// which fill a phone.
const SHARES: [u64; RUNGS as usize + 1] =
    [1000, 858, 736, 631, 541, 464, 398, 341, 293, 251, 215, 185, 158];
/// JPEGs below this quality show their blocks.
const LEAST_QUALITY: u8 = 60;

impl Bindery<'_> {
    /// Writes it.
    pub(super) fn write(
        &self,
        recipe: Recipe,
        out: &mut impl Write,
        picture_done: &mut dyn FnMut(),
    ) -> Result<(), WriteError> {
        let Read { book, faces, .. } = self.read;
        let rules = Rules::of(book.ebook.store);
        let shape = match self.form {
            Edition::EpubFixed => self.pages.trim,
            _ => layout::SHOP_COVER,
        };
        let edition = epub::Edition {
            pictures: recipe,
            viewport: rules.viewport,
            cover: &layout::cover(book, faces, shape),
            cover_pixels: rules.cover,
            cover_alt: rules.alt_at_most(),
            // Whether or not it is built this time, the printed edition has these folios.
            print: Some(self.pages),
            printable: self.printable,
            modified: self.modified,
            darkroom: self.darkroom,
        };
        match self.form {
            Edition::EpubFixed => epub::write_fixed(book, faces, &edition, out, picture_done),
            _ => epub::write(book, faces, &edition, out, picture_done),
        }
    }

    /// The largest pictures with which the file is no larger than the manifest allows, found
    /// by measuring: the whole file is written to nowhere. What was done is told.
    pub(super) fn recipe(&self) -> Result<(Recipe, Option<Finding>), WriteError> {
        let full = self.rung(0);
        let Some(limit) = self.read.book.ebook.max_size else { return Ok((full, None)) };
        let size = |rung: u8| -> Result<u64, WriteError> {
            let mut scale = Weighed::default();
            self.write(self.rung(rung), &mut scale, &mut || {})?;
            Ok(scale.size)
        };
        let before = size(0)?;
        if before <= limit {
            return Ok((full, None));
        }
        let fits = first_fitting(before, limit, size)?;
        let recipe = self.rung(fits);
        let after = if fits == RUNGS { size(RUNGS)? } else { limit };
        Ok((recipe, Some(told(recipe, before, after, limit).editions(self.form))))
    }

    fn rung(&self, rung: u8) -> Recipe {
        let ebook = &self.read.book.ebook;
        let rules = Rules::of(ebook.store);
        let spare = u16::from(ebook.quality.saturating_sub(LEAST_QUALITY));
        let less = spare * u16::from(rung) / u16::from(RUNGS);
        Recipe {
            max_edge: rules.picture_edge,
            max_pixels: rules.picture_pixels * SHARES[usize::from(rung.min(RUNGS))] / 1000,
            quality: ebook.quality - u8::try_from(less).unwrap_or(0),
        }
    }
}

/// The first rung on which the file is not too large, or the last one. To try a rung is to
/// make all pictures, so the first guess is a good one: two tries are usual.
fn first_fitting<E>(before: u64, limit: u64, size: impl Fn(u8) -> Result<u64, E>) -> Result<u8, E> {
    let (mut too_large, mut least, mut fits) = (0, before, RUNGS);
    while fits - too_large > 1 {
        let guess = too_large + rungs_between(least, limit).clamp(1, fits - too_large - 1);
        let found = size(guess)?;
        if found <= limit {
            fits = guess;
        } else {
            (too_large, least) = (guess, found);
        }
    }
    Ok(fits)
}

/// How many rungs may lie between two sizes: each makes a file about a sixth smaller.
fn rungs_between(from: u64, to: u64) -> u8 {
    let sizes = std::iter::successors(Some(from), |size| Some(size - size / 6));
    let above = sizes.take(usize::from(RUNGS)).take_while(|&size| size > to).count();
    u8::try_from(above).unwrap_or(RUNGS)
}

fn told(recipe: Recipe, before: u64, after: u64, limit: u64) -> Finding {
    let tenths = |bytes: u64| {
        if bytes < 1_000_000 {
            return format!("{} kB", bytes.div_ceil(1000));
        }
        let tenths = bytes.div_ceil(100_000);
        format!("{}.{} MB", tenths / 10, tenths % 10)
    };
    let made = format!(
        "pictures have {} megapixels at most and quality {}",
        format_args!(
            "{}.{:02}",
            recipe.max_pixels / 1_000_000,
            recipe.max_pixels % 1_000_000 / 10_000
        ),
        recipe.quality
    );
    if after > limit {
        Finding::new(
            Code::MaxSizeMissed,
            format!(
                "the e-book stays above {}, with {}: {made}, and are not made worse",
                tenths(limit),
                tenths(after)
            ),
        )
        .help("make the book of fewer pictures or in two volumes, or allow a larger file")
    } else {
        let message = format!(
            "the e-book would have {}; to stay below {}, {made}",
            tenths(before),
            tenths(limit)
        );
        Finding::new(Code::MaxSizeMet, message)
    }
}

/// A file that is only weighed.
#[derive(Debug, Default)]
struct Weighed {
    size: u64,
}

impl Write for Weighed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.size += bytes.len() as u64;
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
    fn a_small_limit_is_told_as_it_is() {
        let recipe = Recipe { max_edge: 3200, max_pixels: 600_000, quality: 60 };
        let told = told(recipe, 90_000, 64_000, 1_000).message;
        assert!(told.contains("stays above 1 kB, with 64 kB"), "{told}");
    }

    #[test]
    fn the_first_rung_that_fits_is_found_in_few_tries() {
        // As pictures get smaller, files do so evenly, slowly at first, or hardly at all.
        let smaller = |&size: &u64| Some(size / 100 * 82);
        let even: Vec<u64> = std::iter::successors(Some(1_000_000), smaller).take(13).collect();
        let slow = (0..=12).map(|rung| 1_000_000 - rung * rung * 6_000).collect();
        let hard = (0..=12).map(|rung| 1_000_000 - rung * 1_000).collect();
        for (sizes, most) in [(even, 3), (slow, 6), (hard, 11)] {
            for limit in (1..10).map(|tenths| tenths * 100_000).chain(sizes[1..].iter().copied()) {
                let tried = RefCell::new(Vec::new());
                let found = first_fitting::<()>(sizes[0], limit, |rung| {
                    tried.borrow_mut().push(rung);
                    Ok(sizes[usize::from(rung)])
                });
                let first = sizes.iter().position(|&size| size <= limit).unwrap_or(12);
                assert_eq!(found.map(usize::from), Ok(first), "{limit}");
                let tried = tried.into_inner();
                assert!(tried.len() <= most, "{limit}: {tried:?}");
            }
        }
    }
}
