//! Which files in the output folder are this book's, and which of them are up to date.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::model::{Edition, EditionSet, OfflineForm};

use super::sums;
use super::up_to_date::{Record, UpToDate};
use crate::build::progress::EditionResult;
use crate::build::project::{LoadedProject, Project, ProjectOptions};

/// The files in the output folder after a build.
#[derive(Debug, Default)]
pub(in crate::build) struct Delivery {
    /// The checksums of the files that are this book as it is now, by name.
    pub(in crate::build) current: BTreeMap<String, String>,
    /// The files of this book that are from an earlier build, and not known to be up to date.
    pub(in crate::build) outdated: Vec<PathBuf>,
    /// The files that are not of this book as it is now.
    pub(in crate::build) others: Vec<(PathBuf, Origin)>,
}

/// Where a file comes from that is not of this book as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::build) enum Origin {
    /// An earlier build of this book wrote it, under another title.
    OtherTitle,
    /// A build of another book wrote it.
    OtherBook,
    /// There is no record of it, but the checksums of the folder listed it.
    Unknown,
}

impl Delivery {
    /// Looks at the files in `folder` after a build with these results.
    pub(in crate::build) fn new(
        project: &Project,
        folder: &Path,
        results: &[EditionResult],
        stopped: EditionSet,
        up_to_date: Option<&UpToDate<'_>>,
    ) -> Self {
        let mut delivery = Self::default();
        let built: EditionSet = results.iter().map(|result| result.edition).collect();
        for result in results {
            if let (Some(file), Some(name)) = (result.outcome.file(), name_of(&result.file)) {
                delivery.add_current(folder, &name, &file.sha256);
            }
        }
        let mut own = BTreeSet::new();
        for edition in Edition::ALL {
            let name = project.file_name(edition);
            let path = folder.join(&name);
            own.insert(name.clone());
            if built.contains(edition) || !path.exists() {
                continue;
            }
            // With an error, the book as it was read is not the one that the manifest means.
            let record = up_to_date
                .filter(|_| !stopped.contains(edition))
                .and_then(|it| Some((it.fingerprint(edition)?, it.record(&path)?)));
            match record {
                Some((fingerprint, record)) if record.fingerprint == fingerprint => {
                    delivery.add_current(folder, &name, &record.file.sha256);
                }
                _ => delivery.outdated.push(path),
            }
        }
        for form in OfflineForm::ALL {
            let name = project.file_name_in(Edition::Offline, form);
            let path = folder.join(&name);
            if !own.contains(&name) && path.exists() {
                own.insert(name);
                delivery.outdated.push(path);
            }
        }
        let listed = sums::read(folder);
        let manifest = project.manifest_hash();
        let mut languages = ProjectsByLanguage::default();
        for name in sums::names_in(folder) {
            let path = folder.join(&name);
            if own.contains(&name) {
                continue;
            }
            let inside = format!("{name}/");
            let is_listed =
                listed.contains_key(&name) || listed.keys().any(|it| it.starts_with(&inside));
            match up_to_date.filter(|_| is_book(&path)).and_then(|it| it.record(&path)) {
                Some(record) if Some(&record.manifest) == manifest.as_ref() => {
                    match languages.state(project, up_to_date, &name, &record) {
                        FileState::Current => {
                            delivery.add_current(folder, &name, &record.file.sha256);
                        }
                        FileState::Outdated => delivery.outdated.push(path),
                        FileState::OtherTitle => {
                            delivery.others.push((path, Origin::OtherTitle));
                        }
                    }
                }
                Some(_) if is_listed => delivery.others.push((path, Origin::OtherBook)),
                None if is_listed => delivery.others.push((path, Origin::Unknown)),
                _ => {}
            }
        }
        delivery
    }

    /// Adds an edition that is up to date: its file, or all files of its folder.
    fn add_current(&mut self, folder: &Path, name: &str, sum: &str) {
        self.current.append(&mut sums::of_edition(folder, name, sum));
    }
}

/// What a file of this manifest is that does not have the name of an edition in this language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileState {
    Current,
    Outdated,
    OtherTitle,
}

/// The same book in its other languages, each loaded when a file in it is found.
#[derive(Default)]
struct ProjectsByLanguage(BTreeMap<String, Option<Project>>);

impl ProjectsByLanguage {
    fn state(
        &mut self,
        project: &Project,
        up_to_date: Option<&UpToDate<'_>>,
        name: &str,
        record: &Record,
    ) -> FileState {
        if record.language == project.book().language.tag() {
            return FileState::OtherTitle;
        }
        let load = || {
            let options = ProjectOptions {
                language: Some(record.language.clone()),
                today: project.today(),
                processor: project.processor().clone(),
                confined: project.is_confined(),
                ..ProjectOptions::default()
            };
            let LoadedProject { project, .. } = Project::load(project.manifest()?, &options);
            project
        };
        let Some(other) = self.0.entry(record.language.clone()).or_insert_with(load) else {
            return FileState::OtherTitle;
        };
        let Some(edition) =
            Edition::ALL.into_iter().find(|edition| other.file_name(*edition) == name)
        else {
            return FileState::OtherTitle;
        };
        let fingerprint = up_to_date
            .filter(|_| !other.stopped_editions(false).contains(edition))
            .and_then(|it| it.fingerprint_of(other.book(), edition));
        if fingerprint.as_ref() == Some(&record.fingerprint) {
            FileState::Current
        } else {
            FileState::Outdated
        }
    }
}

/// Whether a file or a folder could be an edition, by its name.
fn is_book(path: &Path) -> bool {
    let name = name_of(path).unwrap_or_default();
    sums::BOOKS.iter().any(|end| name.ends_with(end)) || OfflineForm::Folder.is_name(&name)
}

fn name_of(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_str()?.to_owned())
}
