//! Loads the book again and again, and decides which state of it is shown.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::build::{Examination, LoadedProject, Project, ProjectOptions};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::manifest;
use crate::model::EditionSet;

use super::options::PreviewOptions;
use super::page::shown::{BookState, Shown};

/// The states of a book so far.
#[derive(Debug)]
pub(super) struct Loader {
    options: PreviewOptions,
    /// What is shown.
    shown: Option<ShownBook>,
    /// The findings about damaged photos, from when they were last examined.
    damage: Vec<Finding>,
    /// The folders with the files of the book.
    folders: BTreeSet<PathBuf>,
    /// The findings of the last time that the book was loaded.
    newest: Findings,
}

/// A state of the book.
#[derive(Debug)]
struct ShownBook {
    project: Arc<Project>,
    findings: Vec<Finding>,
    /// Whether an error leaves out a part of it.
    is_partial: bool,
}

impl Loader {
    pub(super) fn new(options: PreviewOptions) -> Self {
        Self {
            options,
            shown: None,
            damage: Vec::new(),
            folders: BTreeSet::new(),
            newest: Findings::default(),
        }
    }

    /// Loads the book. Photos are not examined for damage; what is known of it stays.
    pub(super) fn load(&mut self) -> io::Result<Shown> {
        let options =
            ProjectOptions { examination: Examination::Headers, ..self.options.project.clone() };
        let loaded = Project::load(&self.options.manifest, &options);
        self.accept(loaded, false)
    }

    /// Loads the book, and examines its photos for damage.
    pub(super) fn load_and_inspect(&mut self) -> io::Result<Shown> {
        let loaded = Project::load(&self.options.manifest, &self.options.project);
        self.accept(loaded, true)
    }

    /// What another thread does to examine the photos while the book is loaded again and again;
    /// [`Loader::accept`] takes the result.
    pub(super) fn inspection(&self) -> impl FnOnce() -> LoadedProject + Send + 'static {
        let PreviewOptions { manifest, project, .. } = &self.options;
        let (manifest, mut options) = (manifest.clone(), project.clone());
        // What is looked at comes first.
        options.processor.jobs = (options.processor.jobs / 2).max(1);
        move || Project::load(&manifest, &options)
    }

    /// Shows a loaded book. A book with errors does not replace one without: that one is shown
    /// with the errors over it.
    pub(super) fn accept(
        &mut self,
        loaded: LoadedProject,
        is_inspected: bool,
    ) -> io::Result<Shown> {
        let LoadedProject { project, findings } = loaded;
        self.watch(project.as_ref(), findings.sources.keys());
        self.newest = findings.clone();
        let mut findings = findings.list;
        if is_inspected {
            self.damage = findings.iter().filter(|it| is_damage(it)).cloned().collect();
        } else {
            findings.extend(self.damage.iter().cloned());
        }
        let is_partial = findings.iter().any(|finding| {
            let stops_all = finding.editions == EditionSet::ALL && !is_damage(finding);
            finding.severity == Severity::Error && stops_all
        });
        let was_whole = self.shown.as_ref().is_some_and(|shown| !shown.is_partial);
        let mut problems = Vec::new();
        match project {
            Some(project) if !is_partial || !was_whole => {
                let project = Arc::new(project);
                self.shown = Some(ShownBook { project, findings, is_partial });
            }
            _ => problems = findings,
        }
        self.show(&problems)
    }

    fn show(&self, problems: &[Finding]) -> io::Result<Shown> {
        Shown::new(&BookState {
            manifest: &self.options.manifest,
            project: self.shown.as_ref().map(|shown| &shown.project),
            editions: self.options.editions,
            findings: self.shown.as_ref().map_or(&[], |shown| &shown.findings),
            problems,
            has_thumbnails: !self.options.is_file,
        })
    }

    /// Remembers the folders of all files that were read; those of the last book stay, because
    /// one of them may have the error.
    fn watch<'p>(&mut self, project: Option<&Project>, sources: impl Iterator<Item = &'p PathBuf>) {
        let manifest = &self.options.manifest;
        let base = manifest.parent().unwrap_or(manifest);
        let mut files: Vec<PathBuf> = sources.cloned().collect();
        if let Some(book) = project.map(Project::book) {
            files.extend(book.pictures().into_iter().map(|picture| picture.path.clone()));
            files.extend(book.fonts.files().map(|font| base.join(&font.name)));
        }
        let files = files.iter().map(PathBuf::as_path);
        // What is written into a cache beside the book is no change of the book.
        let cache = self.options.project.processor.cache.as_ref();
        let cache = cache.and_then(|cache| cache.folder.canonicalize().ok());
        let is_in_cache = |folder: &Path| {
            cache.as_ref().is_some_and(|cache| {
                folder.canonicalize().is_ok_and(|folder| folder.starts_with(cache))
            })
        };
        let folders = manifest::folders_to_watch(manifest, files);
        self.folders.retain(|folder| !is_in_cache(folder));
        self.folders.extend(folders.into_iter().filter(|folder| !is_in_cache(folder)));
    }

    /// The folders in which a change may change the book.
    pub(super) fn folders(&self) -> &BTreeSet<PathBuf> {
        &self.folders
    }

    /// Whether there is a book to show.
    pub(super) fn has_book(&self) -> bool {
        self.shown.is_some()
    }

    /// The findings of the last time that the book was loaded.
    pub(super) fn findings(&self) -> &Findings {
        &self.newest
    }
}

/// Whether a finding comes from examining the data of photos.
fn is_damage(finding: &Finding) -> bool {
    matches!(finding.code, Code::PhotoDamaged | Code::PhotoTruncated | Code::PhotoUnreadable)
}
