//! The e-book: the size of its pictures, so that stores accept the file and it stays below the
//! limit that the manifest sets.

use std::io::Write;

use crate::epub::{self, EpubError};
use crate::finding::Finding;
use crate::layout;
use crate::model::{Edition, Pages};
use crate::picture::ScaleOptions;
use crate::preflight::stores::StoreRules;

use super::options::BuildOptions;
use super::project::Project;
use super::size_limit::{self, ByteCounter};

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

/// What can be done if an e-book is still too large.
const HELP: &str = "use fewer photos, split the book into two volumes, or allow a larger file";

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
            print: Some(match self.edition {
                Edition::EpubFixed => self.project.screen_pages(),
                _ => self.project.pages(),
            }),
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
        let pictures = |size: &ScaleOptions| {
            let (whole, hundredths) =
                (size.max_pixels / 1_000_000, size.max_pixels % 1_000_000 / 10_000);
            format!("{whole}.{hundredths:02} megapixels and quality {}", size.quality)
        };
        let fitting = size_limit::fitting_step(limit, file_size)?;
        let size = self.size_at(fitting.step);
        let finding = fitting.finding("the e-book", &pictures(&size), HELP, limit);
        Ok((size, finding.map(|finding| finding.editions(self.edition))))
    }

    fn size_at(&self, step: u8) -> ScaleOptions {
        ScaleOptions {
            max_edge: self.rules.picture_edge,
            max_pixels: size_limit::pixels_at(step, self.rules.picture_pixels),
            quality: size_limit::quality_at(step, self.project.book().ebook.quality),
        }
    }
}
