//! Where editions are made, each as the manifest asks for it.

use std::io::BufWriter;
use std::path::Path;
use std::time::{Duration, Instant};

use time::OffsetDateTime;

use crate::model::{Book, Edition, Marks, Pages, Standard};
use crate::pdf;
use crate::picture::{self, Darkroom, Recipe};

use super::ebook::Bindery;
use super::judge;
use super::load::Read;
use super::output::{self, Draft, Written};
use super::report::Report;
use super::standing::Standing;
use super::unwritten::Fault;

/// How the files are made, whatever they hold.
#[derive(Clone, Copy)]
pub(super) struct Making<'a> {
    pub(super) modified: OffsetDateTime,
    pub(super) darkroom: &'a Darkroom,
    pub(super) standing: Option<&'a Standing<'a>>,
}

/// All that it takes to write an edition.
pub(super) struct Press<'a> {
    pub(super) read: &'a Read,
    pub(super) pages: &'a Pages,
    pub(super) making: Making<'a>,
    pub(super) folder: &'a Path,
}

/// What became of an edition.
pub(super) struct Done {
    pub(super) written: Written,
    /// What it took; nothing where the edition stands as it was written before.
    pub(super) time: Option<Duration>,
}

impl Press<'_> {
    /// Writes an edition, unless it stands.
    pub(super) fn make(
        &self,
        edition: Edition,
        name: &str,
        report: &mut Report,
        picture_done: &mut dyn FnMut(),
    ) -> Result<Done, Fault> {
        let path = self.folder.join(name);
        let standing = self.making.standing;
        let makeup = standing.and_then(|standing| Some((standing, standing.makeup(edition)?)));
        if let Some((standing, makeup)) = &makeup
            && let Some(written) = standing.find(&path, makeup)
        {
            return Ok(Done { written, time: None });
        }
        let start = Instant::now();
        let told = report.total();
        let written = self.write(edition, name, report, picture_done)?;
        // An edition that stands has nothing to tell: what has, is written again.
        if let Some((standing, makeup)) = makeup
            && report.total() == told
        {
            standing.keep(edition, &path, &makeup, &written);
        }
        Ok(Done { written, time: Some(start.elapsed()) })
    }

    /// Writes an edition; what was done to keep it small is told, even where it failed.
    fn write(
        &self,
        edition: Edition,
        name: &str,
        report: &mut Report,
        picture_done: &mut dyn FnMut(),
    ) -> Result<Written, Fault> {
        match edition {
            Edition::Print => {
                output::write(self.folder, name, |out| self.pdf(&self.print(), out, picture_done))
            }
            Edition::Screen => {
                output::write(self.folder, name, |out| self.pdf(&self.screen(), out, picture_done))
            }
            Edition::Epub | Edition::EpubFixed => self.ebook(edition, name, report, picture_done),
        }
    }

    fn ebook(
        &self,
        form: Edition,
        name: &str,
        report: &mut Report,
        picture_done: &mut dyn FnMut(),
    ) -> Result<Written, Fault> {
        let bindery = self.bindery(form);
        let (recipe, told) = bindery.recipe()?;
        report.extend(told);
        output::write(self.folder, name, |out| Ok(bindery.write(recipe, out, picture_done)?))
    }

    fn bindery(&self, form: Edition) -> Bindery<'_> {
        Bindery {
            read: self.read,
            pages: self.pages,
            modified: self.making.modified,
            darkroom: self.making.darkroom,
            form,
            printable: judge::is_printable(self.read, self.pages),
        }
    }

    fn pdf(
        &self,
        edition: &pdf::Edition<'_>,
        out: &mut BufWriter<Draft<'_>>,
        picture_done: &mut dyn FnMut(),
    ) -> Result<(), Fault> {
        let Read { book, faces, .. } = self.read;
        Ok(pdf::write(book, self.pages, faces, edition, out, picture_done)?)
    }

    fn print(&self) -> pdf::Edition<'_> {
        let print = &self.read.book.print;
        pdf::Edition {
            // The manifest's room notes that the other standards are not made yet.
            standard: match print.standard {
                Standard::None => Standard::None,
                Standard::PdfX4 | Standard::PdfX1a | Standard::PdfA2b => Standard::PdfX4,
            },
            marks: print.marks,
            bleed: true,
            art: pdf::Art::Press(picture::Press {
                colour: print.colour,
                profile: picture::press_profile(&print.profile),
                intent: print.intent,
                compression: print.compression,
            }),
            interactive: false,
            modified: self.making.modified,
            darkroom: self.making.darkroom,
        }
    }

    fn screen(&self) -> pdf::Edition<'_> {
        let Book { screen, ebook, .. } = &self.read.book;
        pdf::Edition {
            standard: Standard::None,
            marks: Marks::None,
            bleed: false,
            art: pdf::Art::Scaled(Recipe {
                max_edge: screen.max_edge,
                max_pixels: u64::MAX,
                quality: ebook.quality,
            }),
            interactive: true,
            modified: self.making.modified,
            darkroom: self.making.darkroom,
        }
    }
}
