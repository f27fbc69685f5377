//! Builds several editions into a folder.

use std::collections::BTreeMap;
use std::path::Path;

use crate::finding::Finding;
use crate::model::{Edition, EditionSet};
use crate::picture::ImageProcessor;
use crate::preflight::stores;

use super::error::{BuildError, not_written};
use super::options::{BuildAllOptions, BuildOptions};
use super::output::{self, WrittenFile};
use super::progress::{EditionResult, Outcome, Progress};
use super::project::Project;
use super::sums::{self, SUMS};
use super::up_to_date::UpToDate;

/// The result of a build.
#[derive(Debug)]
pub struct BuildReport {
    /// The editions, in the order in which they were built.
    pub editions: Vec<EditionResult>,
    /// The findings about the build as a whole.
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
        let up_to_date = cache
            .as_ref()
            .zip(options.program.as_deref())
            .and_then(|(cache, it)| UpToDate::new(cache, it, self.book(), options.modified));
        let processor = ImageProcessor::new(options.processor.clone());
        let build = EditionBuild {
            project: self,
            folder,
            options: BuildOptions { modified: options.modified, processor: &processor },
            up_to_date: up_to_date.as_ref(),
        };
        let stopped = self.stopped_editions(options.deny_warnings);
        let mut results = Vec::new();
        for edition in editions.iter() {
            let result = build.run(edition, stopped.contains(edition), progress);
            progress.edition_finished(&result);
            results.push(result);
        }
        let mut findings = Vec::from_iter(write_sums(folder, &results));
        if let Some(up_to_date) = &up_to_date {
            up_to_date.close();
        }
        let stats = processor.close();
        findings.extend(stats.cache_error);
        BuildReport {
            editions: results,
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
}

impl EditionBuild<'_> {
    fn run(&self, edition: Edition, stopped: bool, progress: &mut dyn Progress) -> EditionResult {
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
        progress.edition_started(edition, &file, book.picture_count());
        let mut findings = Vec::new();
        let outcome = match self.write(edition, &name, &file, &mut findings, progress) {
            Ok(outcome) => outcome,
            Err(error) => {
                findings.extend(error.into_findings(&display(&file), book));
                Outcome::Failed
            }
        };
        if let Some(file) = outcome.file().filter(|_| edition.is_ebook()) {
            findings.extend(stores::file_size(book, file.size));
        }
        let findings = findings.into_iter().map(|finding| finding.editions(edition)).collect();
        EditionResult { edition, file, outcome, findings }
    }

    /// Writes an edition, unless it is up to date.
    fn write(
        &self,
        edition: Edition,
        name: &str,
        file: &Path,
        findings: &mut Vec<Finding>,
        progress: &mut dyn Progress,
    ) -> Result<Outcome, BuildError> {
        let known = self.up_to_date.and_then(|known| Some((known, known.fingerprint(edition)?)));
        if let Some((known, fingerprint)) = &known
            && let Some(written) = known.find(file, fingerprint)
        {
            return Ok(Outcome::Unchanged(written));
        }
        let written = output::write(self.folder, name, |out| {
            let picture_done = &mut || progress.picture_done();
            self.project.build(edition, out, &self.options, findings, picture_done)
        })?;
        // An edition with findings is written again next time, so that they are reported again.
        if let Some((known, fingerprint)) = known
            && findings.is_empty()
        {
            known.remember(edition, file, &fingerprint, &written);
        }
        Ok(Outcome::Written(written))
    }
}

/// Adds the files to the folder's checksums; a finding if that fails.
fn write_sums(folder: &Path, results: &[EditionResult]) -> Option<Finding> {
    let written: BTreeMap<String, String> = results
        .iter()
        .filter_map(|result| {
            let WrittenFile { sha256, .. } = result.outcome.file()?;
            Some((result.file.file_name()?.to_str()?.to_owned(), sha256.clone()))
        })
        .collect();
    if written.is_empty() {
        return None;
    }
    let error = sums::write(folder, &written).err()?;
    Some(not_written(&display(&folder.join(SUMS)), &error))
}

/// A path in a message, with `/` everywhere.
fn display(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path).to_string_lossy();
    if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() }
}
