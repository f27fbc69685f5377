//! The offline edition: the editions that lie inside it, and the size of its pictures.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use crate::finding::Finding;
use crate::layout;
use crate::model::{Edition, OfflineForm, Pages};
use crate::offline::{self, EditionInside, OfflineError, OfflineFiles, OfflineOptions, ZipFiles};
use crate::picture::ScaleOptions;

use super::error::BuildError;
use super::options::BuildOptions;
use super::output::file as output;
use super::project::Project;
use super::size_limit::{self, ByteCounter};

/// An offline edition whose pictures may have any size.
pub(super) struct OfflineBuild<'a> {
    project: &'a Project,
    build: &'a BuildOptions<'a>,
    /// The folder for temporary files; that of the system by default.
    scratch: Option<&'a Path>,
    cover: Pages,
    included: Vec<EditionInside>,
}

/// What can be done if the edition is still too large.
const HELP: &str = "include fewer editions, use fewer photos, or allow a larger edition";

impl<'a> OfflineBuild<'a> {
    /// Prepares the editions that lie inside. `ready` is the file of an edition that is already
    /// written; others are written to temporary files in `scratch`.
    pub(super) fn new(
        project: &'a Project,
        build: &'a BuildOptions<'a>,
        scratch: Option<&'a Path>,
        ready: &dyn Fn(Edition) -> Option<PathBuf>,
        findings: &mut Vec<Finding>,
        picture_done: &mut dyn FnMut(),
    ) -> Result<Self, BuildError> {
        let mut included = Vec::new();
        for edition in project.book().offline.included().iter() {
            let file = if let Some(path) = ready(edition) {
                output::open(&path)?
            } else {
                let mut out = BufWriter::new(temporary_file(scratch)?);
                project.build(edition, &mut out, build, findings, picture_done)?;
                out.into_inner().map_err(io::IntoInnerError::into_error)?
            };
            let (name, size) = (project.file_name(edition), file.metadata()?.len());
            included.push(EditionInside { edition, name, size, file });
        }
        let shape = project.pages().trim;
        let cover = layout::cover(project.printable(), project.faces(), shape);
        Ok(Self { project, build, scratch, cover, included })
    }

    /// The largest pictures with which the edition is no larger than the manifest allows, and a
    /// finding if they had to be made smaller. It is measured, by writing everything to nowhere.
    pub(super) fn fitting_size(&self) -> Result<(ScaleOptions, Option<Finding>), BuildError> {
        let book = self.project.book();
        let Some(limit) = book.offline.max_size else { return Ok((self.size_at(0), None)) };
        let fitting = size_limit::fitting_step(limit, |step| self.measured(self.size_at(step)))?;
        let size = self.size_at(fitting.step);
        let pictures = format!("{} pixels and quality {}", size.max_edge, size.quality);
        let finding = fitting.finding("the offline edition", &pictures, HELP, limit);
        Ok((size, finding.map(|finding| finding.editions(Edition::Offline))))
    }

    /// The size of the edition with pictures of this size.
    fn measured(&self, size: ScaleOptions) -> Result<u64, OfflineError> {
        let mut counter = ByteCounter::default();
        let mut rest = 0;
        match self.project.book().offline.form {
            OfflineForm::File => self.write(size, &mut counter, &mut || {})?,
            OfflineForm::Folder => {
                let mut files = MeasuredFiles::<ByteCounter> { zip: None, bytes: 0 };
                self.write_files(size, &mut files, &mut || {})?;
                rest = files.bytes;
            }
            OfflineForm::Zip => {
                let mut zip = ZipFiles::new(&mut counter, self.build.modified, self.scratch);
                let mut files = MeasuredFiles { zip: Some(&mut zip), bytes: 0 };
                self.write_files(size, &mut files, &mut || {})?;
                rest = files.bytes;
                zip.finish()?;
            }
        }
        Ok(counter.bytes + rest)
    }

    fn size_at(&self, step: u8) -> ScaleOptions {
        let book = self.project.book();
        let edge = u64::from(book.offline.max_edge);
        // The step is a share of the pixels, so its root is that of the edge.
        let edge = size_limit::pixels_at(step, edge * edge).isqrt();
        ScaleOptions {
            max_edge: u32::try_from(edge).unwrap_or(book.offline.max_edge),
            max_pixels: u64::MAX,
            quality: size_limit::quality_at(step, book.ebook.quality),
        }
    }

    /// Writes it to a stream: as one HTML file, or as an archive.
    pub(super) fn write(
        &self,
        size: ScaleOptions,
        out: &mut impl Write,
        picture_done: &mut dyn FnMut(),
    ) -> Result<(), OfflineError> {
        let (book, faces) = (self.project.book(), self.project.faces());
        let options = self.options(size);
        match book.offline.form {
            OfflineForm::File => {
                offline::write_single_file(book, faces, &options, out, picture_done)
            }
            OfflineForm::Zip | OfflineForm::Folder => {
                offline::write_zip(book, faces, &options, out, picture_done)
            }
        }
    }

    /// Writes its files.
    pub(super) fn write_files(
        &self,
        size: ScaleOptions,
        files: &mut dyn OfflineFiles,
        picture_done: &mut dyn FnMut(),
    ) -> Result<(), OfflineError> {
        let (book, faces) = (self.project.book(), self.project.faces());
        offline::write_files(book, faces, &self.options(size), files, picture_done)
    }

    fn options(&self, pictures: ScaleOptions) -> OfflineOptions<'_> {
        OfflineOptions {
            pictures,
            cover: &self.cover,
            print: self.project.pages(),
            included: &self.included,
            modified: self.build.modified,
            scratch: self.scratch,
            processor: self.build.processor,
        }
    }
}

/// A file without a name, which vanishes when it is closed.
fn temporary_file(folder: Option<&Path>) -> io::Result<File> {
    match folder {
        Some(folder) => tempfile::tempfile_in(folder),
        None => tempfile::tempfile(),
    }
}

/// Measures files without writing them.
struct MeasuredFiles<'f, 'a, W: Write> {
    /// An archive that counts what is added to it, if the edition is one.
    zip: Option<&'f mut ZipFiles<'a, W>>,
    /// The bytes of the files that are not in `zip`.
    bytes: u64,
}

/// The most that an archive needs for a file of any size besides its name, twice, and its content.
const ZIP_HEADERS: u64 = 160;

impl<W: Write> MeasuredFiles<'_, '_, W> {
    fn add(
        &mut self,
        bytes: &[u8],
        add: impl FnOnce(&mut ZipFiles<'_, W>) -> io::Result<()>,
    ) -> io::Result<()> {
        if let Some(zip) = &mut self.zip {
            return add(zip);
        }
        self.bytes += bytes.len() as u64;
        Ok(())
    }
}

impl<W: Write> OfflineFiles for MeasuredFiles<'_, '_, W> {
    fn text(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.add(bytes, |zip| zip.text(name, bytes))
    }

    fn compressed(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.add(bytes, |zip| zip.compressed(name, bytes))
    }

    fn copy(&mut self, name: &str, from: &mut dyn Read) -> io::Result<()> {
        self.bytes += io::copy(from, &mut io::sink())?;
        if self.zip.is_some() {
            self.bytes += ZIP_HEADERS + 2 * name.len() as u64;
        }
        Ok(())
    }
}
