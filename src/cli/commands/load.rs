//! Loads the project that a command works on.

use crate::build::{LoadedProject, Project, ProjectOptions};
use crate::finding::{Code, Finding};
use crate::manifest;

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
    let path = match manifest::find(source.manifest.as_deref(), &current) {
        Ok(path) => path,
        Err(finding) => {
            report.add(finding);
            return None;
        }
    };
    terminal.verbose(format_args!("reading {}", path.display()));
    let options = ProjectOptions {
        language: source.language.clone(),
        all_translations,
        system_font_folders: environment::font_folders(),
        today: environment::today(),
        converters: environment::converters(),
        processor: machine::processor_options(resources),
    };
    let LoadedProject { project, findings } = Project::load(&path, &options);
    report.extend(findings.list);
    report.sources(findings.sources);
    project
}

/// Lays out the pages.
pub(super) fn lay_out(project: &Project, terminal: &mut Terminal) {
    let count = project.pages().pages.len();
    terminal.verbose(format_args!("laid out {count} pages"));
}
