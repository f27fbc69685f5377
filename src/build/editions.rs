//! Writes one edition to a stream, with the options that the manifest asks for.

use std::io::Write;

use crate::finding::Finding;
use crate::model::{Book, Edition, Marks, Pages, PdfX, Standards};
use crate::pdf;
use crate::picture::{self, ScaleOptions};

use super::ebook::EbookPictures;
use super::error::BuildError;
use super::offline::OfflineBuild;
use super::options::BuildOptions;
use super::project::Project;

impl Project {
    /// Writes an edition to `out`, and calls `picture_done` after each picture. The offline edition
    /// is written as an archive where the manifest asks for a folder.
    ///
    /// Adds findings of the build to `findings`, such as how much smaller its pictures had to be;
    /// they stay there if the edition cannot be written. The findings of loading and of
    /// [`Project::check`] are ignored: see [`Project::stopped_editions`].
    ///
    /// # Errors
    /// A photo that cannot be decoded or is not as it was when it was read, a font that cannot be
    /// embedded, or an error of `out`.
    pub fn build(
        &self,
        edition: Edition,
        out: &mut impl Write,
        options: &BuildOptions<'_>,
        findings: &mut Vec<Finding>,
        picture_done: &mut dyn FnMut(),
    ) -> Result<(), BuildError> {
        match edition {
            Edition::Print if self.begins_with_cover() => {
                let cover = self.cover().map_err(|missing| BuildError::Cover(missing.to_vec()))?;
                let pages = self.pages().after_cover(&cover.pages);
                self.write_pdf(&pages, &self.print(options), out, picture_done)?;
            }
            Edition::Print => {
                self.write_pdf(self.pages(), &self.print(options), out, picture_done)?;
            }
            Edition::Cover => {
                let cover = self.cover().map_err(|missing| BuildError::Cover(missing.to_vec()))?;
                let guides = if options.guides { cover.sheet.guides() } else { Vec::new() };
                // A sheet to be printed and folded has no reading order.
                let mut options =
                    pdf::Options { guides: &guides, tagged: false, ..self.print(options) };
                if !guides.is_empty() {
                    // No standard allows a layer that is only shown on screens.
                    options.standard = Standards::NONE;
                }
                self.write_pdf(&cover.pages, &options, out, picture_done)?;
            }
            Edition::Screen => {
                self.write_pdf(self.screen_pages(), &self.screen(options), out, picture_done)?;
            }
            Edition::Epub | Edition::EpubFixed => {
                let ebook = EbookPictures::new(self, edition, options);
                let (size, finding) = ebook.fitting_size()?;
                findings.extend(self.allowed().apply(finding.into_iter().collect()));
                ebook.write(size, out, picture_done)?;
            }
            Edition::Offline => {
                let offline =
                    OfflineBuild::new(self, options, None, &|_| None, findings, picture_done)?;
                let (size, finding) = offline.fitting_size()?;
                findings.extend(self.allowed().apply(finding.into_iter().collect()));
                offline.write(size, out, picture_done)?;
            }
        }
        self.check_unchanged()
    }

    fn write_pdf(
        &self,
        pages: &Pages,
        options: &pdf::Options<'_>,
        out: &mut impl Write,
        picture_done: &mut dyn FnMut(),
    ) -> Result<(), BuildError> {
        Ok(pdf::write(self.book(), pages, self.faces(), options, out, picture_done)?)
    }

    fn print<'a>(&'a self, options: &BuildOptions<'a>) -> pdf::Options<'a> {
        let print = &self.book().print;
        pdf::Options {
            standard: print.standard,
            marks: print.marks,
            bleed: true,
            pictures: pdf::PictureOptions::Press(picture::PressOptions {
                colour: print.colour,
                profile: picture::press_profile(&print.profile),
                intent: print.intent,
                compression: print.compression,
            }),
            links: false,
            // PDF 1.3 has no structure for screen readers.
            tagged: print.standard.x != Some(PdfX::X1a2001),
            guides: &[],
            modified: options.modified,
            processor: options.processor,
        }
    }

    fn screen<'a>(&self, options: &BuildOptions<'a>) -> pdf::Options<'a> {
        let Book { screen, ebook, .. } = self.book();
        pdf::Options {
            // Everything else that PDF/UA-1 asks for is in every book.
            standard: Standards {
                x: None,
                a2b: true,
                ua1: self.pages().undescribed_pictures().is_empty(),
            },
            marks: Marks::None,
            bleed: false,
            pictures: pdf::PictureOptions::Scaled(ScaleOptions {
                max_edge: screen.max_edge,
                max_pixels: u64::MAX,
                quality: ebook.quality,
            }),
            links: true,
            tagged: true,
            guides: &[],
            modified: options.modified,
            processor: options.processor,
        }
    }
}
