//! Builds several editions into a folder.

use std::cell::Cell;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::finding::{Code, Finding};
use crate::model::{Edition, EditionSet, OfflineForm, SUMS};
use crate::picture::ImageProcessor;
use crate::preflight::{self, stores};

use super::error::{BuildError, not_written};
use super::offline::OfflineBuild;
use super::options::{BuildAllOptions, BuildOptions};
use super::output::abandoned;
use super::output::delivery::{Delivery, Origin};
use super::output::durability::WriteOptions;
use super::output::file::{self, HashingFile, WrittenFile};
use super::output::folder;
use super::output::folder_lock::FolderLock;
use super::output::sums;
use super::output::up_to_date::{Record, UpToDate};
use super::progress::{EditionResult, Outcome, Progress};
use super::project::Project;

/// The result of a build.
#[derive(Debug)]
pub struct BuildReport {
    /// The editions, in the order in which they were built.
    pub editions: Vec<EditionResult>,
    /// The files of this book that were not built this time and are not known to be up to date.
    /// `SHA256SUMS` does not list them.
    pub outdated: Vec<PathBuf>,
    /// What was found about the build as a whole.
    pub findings: Vec<Finding>,
    /// How many photos were converted.
    pub converted: usize,
    /// How many converted photos came from the cache.
    pub cached: usize,
}

impl Project {
    /// Writes editions into a folder, and their checksums into `SHA256SUMS`. Editions that an
    /// error concerns are left out: see [`Project::stopped_editions`].
    pub fn build_all(
        &self,
        editions: EditionSet,
        folder: &Path,
        options: &BuildAllOptions,
        progress: &mut dyn Progress,
    ) -> BuildReport {
        let cache = options.processor.cache.clone();
        let up_to_date = cache.as_ref().zip(options.program.as_deref()).and_then(|(cache, it)| {
            UpToDate::new(cache, it, self.book(), options.modified, options.guides)
        });
        let processor = ImageProcessor::new(options.processor.clone());
        let build = EditionBuild {
            project: self,
            folder,
            options: BuildOptions {
                modified: options.modified,
                guides: options.guides,
                processor: &processor,
            },
            up_to_date: up_to_date.as_ref(),
            write: WriteOptions { running: &options.running, durability: options.durability },
        };
        let stopped = self.stopped_editions(options.deny_warnings);
        if editions.iter().any(|edition| !stopped.contains(edition)) {
            // If it cannot be created, each edition says so.
            let _ = folder::create(folder);
        }
        let _lock = FolderLock::acquire(folder, || progress.waiting(folder));
        abandoned::remove(folder);
        // Whatever ends the build early, nothing is vouched for that is out of date. The list is
        // written again at the end, which reports an error.
        let mut others = Vec::new();
        if folder.join(SUMS).exists() {
            let before = Delivery::new(self, folder, &[], stopped, up_to_date.as_ref());
            let _ = sums::write(folder, &before.current, build.write);
            others = before.others;
        }
        let mut results = Vec::new();
        for edition in editions.iter() {
            let result = build.run(edition, stopped.contains(edition), &results, progress);
            progress.edition_finished(&result);
            results.push(result);
        }
        let mut delivery = Delivery::new(self, folder, &results, stopped, up_to_date.as_ref());
        // The list does not name them any more.
        others.retain(|(path, _)| delivery.others.iter().all(|(other, _)| other != path));
        delivery.others.extend(others);
        let mut findings = self.allowed().apply(write_sums(folder, &delivery, build.write));
        if let Some(up_to_date) = &up_to_date {
            up_to_date.close();
        }
        let stats = processor.close();
        findings.extend(stats.cache_error);
        BuildReport {
            editions: results,
            outdated: delivery.outdated,
            findings,
            converted: stats.processed,
            cached: stats.cache_hits,
        }
    }
}

/// Builds single editions.
struct EditionBuild<'a> {
    project: &'a Project,
    folder: &'a Path,
    options: BuildOptions<'a>,
    up_to_date: Option<&'a UpToDate<'a>>,
    write: WriteOptions<'a>,
}

impl EditionBuild<'_> {
    fn run(
        &self,
        edition: Edition,
        stopped: bool,
        earlier: &[EditionResult],
        progress: &mut dyn Progress,
    ) -> EditionResult {
        let name = self.project.file_name(edition);
        let file = self.folder.join(&name);
        if stopped {
            return EditionResult {
                edition,
                file,
                outcome: Outcome::Stopped,
                findings: Vec::new(),
            };
        }
        let book = self.project.book();
        let ready = |edition| self.ready(edition, earlier);
        let mut rounds = 1;
        if edition == Edition::Offline {
            // The editions that are still to be written for it take as long as others.
            rounds += book.offline.included().iter().filter(|it| ready(*it).is_none()).count();
        }
        let pictures = match edition {
            Edition::Cover => 0,
            _ => rounds * book.picture_count(),
        };
        progress.edition_started(edition, &file, pictures);
        let mut findings = Vec::new();
        let outcome = match self.write(edition, &name, &file, &ready, &mut findings, progress) {
            Ok(outcome) => outcome,
            Err(error) => {
                // A photo that cannot be decoded may be one that has changed meanwhile.
                let error = match error {
                    BuildError::Pictures(_) => {
                        self.project.check_unchanged().err().unwrap_or(error)
                    }
                    error => error,
                };
                findings.extend(error.into_findings(&display(&file), book));
                Outcome::Failed
            }
        };
        if let Some(file) = outcome.file() {
            findings.extend(self.file_sizes(edition, &name, file.size));
        }
        let findings = self.project.allowed().apply(findings);
        let findings = findings.into_iter().map(|finding| finding.editions(edition)).collect();
        EditionResult { edition, file, outcome, findings }
    }

    /// Writes an edition, unless it is up to date.
    fn write(
        &self,
        edition: Edition,
        name: &str,
        file: &Path,
        ready: &dyn Fn(Edition) -> Option<PathBuf>,
        findings: &mut Vec<Finding>,
        progress: &mut dyn Progress,
    ) -> Result<Outcome, BuildError> {
        let known = self.up_to_date.and_then(|known| Some((known, known.fingerprint(edition)?)));
        if let Some((known, fingerprint)) = &known
            && let Some(written) = known.find(file, fingerprint)
        {
            return Ok(Outcome::Unchanged(written));
        }
        let written = if edition == Edition::Offline {
            self.write_offline(name, ready, findings, progress)?
        } else {
            self.write_file(name, progress, |out, picture_done| {
                self.project.build(edition, out, &self.options, findings, picture_done)
            })?
        };
        // The list is written again at the end, which reports an error.
        let _ = sums::add(self.folder, name, &written.sha256, self.write);
        if let Some((known, fingerprint)) = known {
            let record = Record {
                fingerprint,
                file: written.clone(),
                has_findings: !findings.is_empty(),
                language: self.project.book().language.tag().to_owned(),
                manifest: self.project.manifest_hash().unwrap_or_default(),
            };
            known.remember(edition, file, &record);
        }
        Ok(Outcome::Written(written))
    }

    /// Writes the offline edition in the form that the manifest asks for.
    fn write_offline(
        &self,
        name: &str,
        ready: &dyn Fn(Edition) -> Option<PathBuf>,
        findings: &mut Vec<Finding>,
        progress: &mut dyn Progress,
    ) -> Result<WrittenFile, BuildError> {
        folder::create(self.folder)?;
        let scratch = Some(self.folder);
        let picture_done = &mut || progress.picture_done();
        let offline =
            OfflineBuild::new(self.project, &self.options, scratch, ready, findings, picture_done)?;
        let (size, finding) = offline.fitting_size()?;
        findings.extend(finding);
        if self.project.book().offline.form == OfflineForm::Folder {
            return folder::write(self.folder, name, self.write, |files| {
                offline.write_files(size, files, &mut || progress.picture_done())?;
                self.project.check_unchanged()
            });
        }
        self.write_file(name, progress, |out, picture_done| {
            offline.write(size, out, picture_done)?;
            self.project.check_unchanged()
        })
    }

    /// Writes the file of an edition, and reports how much of it is written after each picture.
    fn write_file(
        &self,
        name: &str,
        progress: &mut dyn Progress,
        fill: impl FnOnce(&mut Counted<'_, '_>, &mut dyn FnMut()) -> Result<(), BuildError>,
    ) -> Result<WrittenFile, BuildError> {
        file::write(self.folder, name, self.write, |out| {
            let count = Cell::new(0);
            let mut out = Counted { out, count: &count };
            let picture_done = &mut || {
                progress.bytes_written(count.get());
                progress.picture_done();
            };
            fill(&mut out, picture_done)
        })
    }

    /// What is said about the size of the files of an edition.
    fn file_sizes(&self, edition: Edition, name: &str, size: u64) -> Vec<Finding> {
        let book = self.project.book();
        match edition {
            Edition::Epub | Edition::EpubFixed => {
                stores::file_size(book, size).into_iter().collect()
            }
            Edition::Print => preflight::printer::file_size(book, size).into_iter().collect(),
            Edition::Cover | Edition::Screen => Vec::new(),
            Edition::Offline => {
                let form = book.offline.form;
                let files = sums::sizes(self.folder, name).into_iter();
                files
                    .filter_map(|(name, size)| preflight::offline::file_size(form, &name, size))
                    .collect()
            }
        }
    }

    /// The file of an edition that was just written, or is up to date.
    fn ready(&self, edition: Edition, earlier: &[EditionResult]) -> Option<PathBuf> {
        let file = self.folder.join(self.project.file_name(edition));
        let is_written =
            |result: &EditionResult| result.edition == edition && result.outcome.file().is_some();
        let is_known = || {
            let known = self.up_to_date?;
            known.find(&file, &known.fingerprint(edition)?)
        };
        (earlier.iter().any(is_written) || is_known().is_some()).then_some(file)
    }
}

/// Counts the bytes that are written.
struct Counted<'a, 'f> {
    out: &'a mut BufWriter<HashingFile<'f>>,
    count: &'a Cell<u64>,
}

impl Write for Counted<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.count.set(self.count.get() + written as u64);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes the checksums of the files that are up to date; findings about the others.
fn write_sums(folder: &Path, delivery: &Delivery, options: WriteOptions<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        delivery.others.iter().map(|(path, origin)| other_file(path, *origin)).collect();
    if let Err(error) = sums::write(folder, &delivery.current, options) {
        findings.push(not_written(&display(&folder.join(SUMS)), &error));
    }
    findings
}

fn other_file(path: &Path, origin: Origin) -> Finding {
    let (remark, help) = match origin {
        Origin::OtherTitle => (
            "is from an earlier build of this book, under another title",
            "delete it when nobody needs it any more; SHA256SUMS does not list it",
        ),
        Origin::OtherBook => (
            "belongs to another book, and SHA256SUMS no longer lists it",
            "build each book into a folder of its own",
        ),
        Origin::Unknown => (
            "is not known to be of this book as it is now, and SHA256SUMS no longer lists it",
            "build it again, or keep other files in a folder of their own",
        ),
    };
    Finding::new(Code::FileOutdated, format!("{} {remark}", display(path))).help(help)
}

/// A path in a message, with `/` everywhere.
fn display(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path).to_string_lossy();
    if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() }
}
