//! Loads the project that a command works on.

use std::path::PathBuf;

use crate::build::{Examination, LoadedProject, Project, ProjectOptions};
use crate::finding::{Code, Finding};
use crate::manifest;

use super::progress::ProgressBar;
use crate::cli::args::{ResourceArgs, SourceArgs};
use crate::cli::environment;
use crate::cli::machine;
use crate::cli::report::Report;
use crate::cli::terminal::Terminal;

/// Locates and reads the manifest, and adds the findings to the report. `None` if there is no
/// book.
pub(super) fn project(
    source: &SourceArgs,
    resources: &ResourceArgs,
    all_translations: bool,
    terminal: &mut Terminal,
    report: &mut Report,
) -> Option<Project> {
    project_with(source, &options(source, resources, all_translations), terminal, report)
}

/// Like [`project`], with these options.
pub(super) fn project_with(
    source: &SourceArgs,
    options: &ProjectOptions,
    terminal: &mut Terminal,
    report: &mut Report,
) -> Option<Project> {
    let path = manifest(source, terminal, report)?;
    let bar = ProgressBar::new("examining photos", 0, terminal.shows_progress());
    let examined = |done, all| bar.set(done, all);
    let loaded = Project::load_with_progress(&path, options, examined);
    drop(bar);
    let LoadedProject { project, findings } = loaded;
    report.extend(findings.list);
    report.sources(findings.sources);
    project
}

/// Locates the manifest. `None` if there is none, with a finding in the report.
pub(super) fn manifest(
    source: &SourceArgs,
    terminal: &mut Terminal,
    report: &mut Report,
) -> Option<PathBuf> {
    let current = match environment::current_folder() {
        Ok(current) => current,
        Err(error) => {
            let message = format!("cannot read the current folder: {error}");
            report.add(
                Finding::new(Code::ManifestMissing, message).help("change to a folder that exists"),
            );
            return None;
        }
    };
    report.set_base(current.clone());
    match manifest::find(source.manifest.as_deref(), &current) {
        Ok(path) => {
            terminal.verbose(format_args!("reading {}", path.display()));
            Some(path)
        }
        Err(finding) => {
            report.add(finding);
            None
        }
    }
}

/// How a project is loaded with these arguments.
pub(super) fn options(
    source: &SourceArgs,
    resources: &ResourceArgs,
    all_translations: bool,
) -> ProjectOptions {
    ProjectOptions {
        language: source.language.clone(),
        all_translations,
        system_font_folders: environment::font_folders(),
        today: environment::today(),
        converters: environment::converters(),
        processor: machine::processor_options(resources),
        confined: source.confined,
        examination: Examination::Damage,
    }
}

/// Lays out the pages.
pub(super) fn lay_out(project: &Project, terminal: &mut Terminal) {
    let count = project.pages().pages.len();
    terminal.verbose(format_args!("laid out {count} pages"));
}
