//! `recto build`: writes the editions.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::build::{
    BuildAllOptions, BuildReport, Durability, EditionResult, Outcome, Progress, Project,
    RunningBuild, WrittenFile, default_timestamp,
};
use crate::model::{Edition, EditionSet, OfflineForm};

use super::load;
use super::print_facts;
use super::progress::ProgressBar;
use super::removed_metadata;
use crate::cli::args::BuildArgs;
use crate::cli::environment;
use crate::cli::machine;
use crate::cli::report::Report;
use crate::cli::terminal::{Stream, Terminal, Verbosity};
use crate::cli::text::{bytes, counted, display_path, visible};

pub(in crate::cli) fn run(
    args: &BuildArgs,
    running: RunningBuild,
    terminal: &mut Terminal,
    report: &mut Report,
) -> io::Result<()> {
    report.accompanies_build();
    let Some(project) = load::project(&args.source, &args.resources, false, terminal, report)
    else {
        return Ok(());
    };
    let modified = match environment::source_date_epoch() {
        Ok(epoch) => epoch.unwrap_or_else(|| default_timestamp(project.book().date)),
        Err(finding) => {
            report.add(finding);
            return Ok(());
        }
    };
    if args.output.is_none()
        && let Some(finding) = project.default_folder_outside()
    {
        report.add(finding);
        return Ok(());
    }
    let editions = if args.only.is_empty() {
        project.default_editions()
    } else {
        args.only.iter().copied().collect()
    };
    load::lay_out(&project, terminal);
    if let Some(line) = print_facts::settings(&project) {
        terminal.verbose(line);
    }
    report.extend(project.check(editions));
    report.show(terminal)?;

    let options = BuildAllOptions {
        modified,
        guides: args.guides,
        deny_warnings: report.denies_warnings(),
        processor: machine::processor_options(&args.resources),
        program: environment::program(),
        running,
        durability: if args.no_sync { Durability::Unsynced } else { Durability::Synced },
    };
    let folder = args.output.clone().unwrap_or_else(|| project.default_folder());
    let mut output = BuildPrinter::new(&project, terminal, report);
    let BuildReport { editions, outdated, findings, converted, cached } =
        project.build_all(editions, &folder, &options, &mut output);
    output.error.map_or(Ok(()), Err)?;
    if editions.iter().any(|result| result.outcome.file().is_some())
        && terminal.verbosity() > Verbosity::Quiet
        && let Some(line) = removed_metadata::summary(project.book(), terminal.verbosity())
    {
        terminal.message(line);
    }
    let file_of = |edition: Edition| {
        let mut results = editions.iter().filter(|result| result.outcome.file().is_some());
        results.find(|result| result.edition == edition).map(|result| &result.file)
    };
    if terminal.verbosity() > Verbosity::Quiet {
        if let Some(file) = file_of(Edition::Cover) {
            if let Some(line) = print_facts::cover(&project) {
                terminal.message(line);
            }
            if args.guides {
                let path = display_path(file, report.base());
                terminal.message(format_args!(
                    "{path} has guides, so it claims no standard; build it without --guides for \
                     the printer"
                ));
            }
        } else if file_of(Edition::Print).is_some() {
            for line in print_facts::spines(&project) {
                terminal.message(line);
            }
        }
        if let Some(line) =
            file_of(Edition::Print).and_then(|_| print_facts::scaled_photos(&project))
        {
            terminal.verbose(line);
        }
    }
    report.extend(findings);
    if args.open
        && let Some(path) = to_open(&editions, &folder, project.book().offline.form)
    {
        terminal.verbose(format_args!("opening {}", display_path(&path, report.base())));
        if let Err(error) = open::that_detached(&path) {
            let path = display_path(&path, report.base());
            terminal.message(format_args!("recto: cannot open {path}: {error}"));
        }
    }
    for result in &editions {
        if result.outcome.file().is_none() {
            let line = not_written(result, project.book().offline.included(), report);
            report.last_line(line);
        }
    }
    for file in &outdated {
        let path = display_path(file, report.base());
        report.last_line(format!("{path}  not built; {}", earlier(file)));
    }
    let converted = counted(converted, "picture");
    terminal.verbose(format_args!("converted {converted}, {cached} from the cache"));
    Ok(())
}

/// What shows the edition that was written or is unchanged, or the folder if there are several. A
/// browser cannot open a book in an archive, and what unpacks it is a choice of the user.
fn to_open(editions: &[EditionResult], folder: &Path, form: OfflineForm) -> Option<PathBuf> {
    let mut there = editions.iter().filter(|result| result.outcome.file().is_some());
    match (there.next(), there.next()) {
        (Some(only), None) if only.edition == Edition::Offline => Some(match form {
            OfflineForm::Zip => folder.to_owned(),
            OfflineForm::Folder => only.file.join("index.html"),
            OfflineForm::File => only.file.clone(),
        }),
        (Some(only), None) => Some(only.file.clone()),
        (Some(_), Some(_)) => Some(folder.to_owned()),
        (None, _) => None,
    }
}

/// What is said about a file or a folder that this build has not replaced.
fn earlier(path: &Path) -> &'static str {
    if path.is_dir() {
        "the folder there is from an earlier build"
    } else {
        "the file there is from an earlier build"
    }
}

/// `dist/winter-road-print.pdf  not written (1 error); the file there is from an earlier build`.
fn not_written(result: &EditionResult, included: EditionSet, report: &Report) -> String {
    let path = display_path(&result.file, report.base());
    let errors = match report.errors_of(result.edition) {
        none if none.is_empty() && result.edition == Edition::Offline => {
            errors_inside(included, report)
        }
        own => own,
    };
    let left =
        if result.file.exists() { format!("; {}", earlier(&result.file)) } else { String::new() };
    format!("{path}  not written ({errors}){left}")
}

/// The errors that stop the offline edition because they concern an edition inside it:
/// `1 error in screen, which it includes`.
fn errors_inside(included: EditionSet, report: &Report) -> String {
    let stopped = included.filter(|edition| !report.errors_of(edition).is_empty());
    let names: Vec<_> = stopped.iter().map(Edition::name).collect();
    format!("{} in {}, which it includes", report.errors_of(stopped), names.join(" and "))
}

/// Prints each edition and its findings as soon as it is finished.
struct BuildPrinter<'a> {
    project: &'a Project,
    terminal: &'a mut Terminal,
    report: &'a mut Report,
    bar: Option<ProgressBar>,
    start: Instant,
    /// Why standard output could not be written.
    error: Option<io::Error>,
}

impl<'a> BuildPrinter<'a> {
    fn new(project: &'a Project, terminal: &'a mut Terminal, report: &'a mut Report) -> Self {
        Self { project, terminal, report, bar: None, start: Instant::now(), error: None }
    }

    fn show(&mut self, result: &EditionResult) -> io::Result<()> {
        let path = display_path(&result.file, self.report.base());
        let extent = extent(result.edition, self.project);
        match &result.outcome {
            Outcome::Written(file) => {
                self.line(&result_line(&path, &extent, file, Some(self.start.elapsed())))?;
            }
            Outcome::Unchanged(file) => self.line(&result_line(&path, &extent, file, None))?,
            Outcome::Failed | Outcome::Stopped => {}
        }
        self.report.extend(result.findings.iter().cloned());
        self.report.show(self.terminal)
    }

    /// Writes a line to standard output, or to standard error if the findings are written there
    /// as JSON.
    fn line(&mut self, line: &str) -> io::Result<()> {
        if self.terminal.verbosity() == Verbosity::Quiet {
            return Ok(());
        }
        let stream = if self.report.is_json() { Stream::Err } else { Stream::Out };
        let out = self.terminal.stream(stream);
        writeln!(out, "{}", visible(line))?;
        out.flush()
    }
}

impl Progress for BuildPrinter<'_> {
    fn waiting(&mut self, folder: &Path) {
        let folder = display_path(folder, self.report.base());
        self.terminal.message(format_args!("waiting for another build that writes into {folder}"));
    }

    fn edition_started(&mut self, _: Edition, file: &Path, pictures: usize) {
        let path = display_path(file, self.report.base());
        self.bar = Some(ProgressBar::new(&path, pictures, self.terminal.shows_progress()));
        self.start = Instant::now();
    }

    fn bytes_written(&mut self, bytes: u64) {
        if let Some(bar) = &self.bar {
            bar.set_bytes(bytes);
        }
    }

    fn picture_done(&mut self) {
        if let Some(bar) = &self.bar {
            bar.advance();
        }
    }

    fn edition_finished(&mut self, result: &EditionResult) {
        self.bar = None;
        let shown = self.show(result);
        self.error = self.error.take().or(shown.err());
    }
}

/// `dist/winter-road-print.pdf  34 pages  9.8 MB  0.4 s`; without a time it is unchanged.
fn result_line(path: &str, extent: &str, file: &WrittenFile, time: Option<Duration>) -> String {
    let time = time.map(|time| format!("{:.1} s", time.as_secs_f64()));
    let time = time.as_deref().unwrap_or("unchanged");
    format!("{path}  {extent}  {}  {time}", bytes(file.size))
}

/// `34 pages`, or `12 pictures` for an edition without pages, or `432 mm × 216 mm` for the cover.
fn extent(edition: Edition, project: &Project) -> String {
    if let (Edition::Cover, Ok(cover)) = (edition, project.cover()) {
        cover.sheet.trim.to_string()
    } else if edition.is_paged() {
        counted(project.pages().pages.len(), "page")
    } else {
        counted(project.book().picture_count(), "picture")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_only_file_is_opened_or_the_folder_of_several() {
        let result = |edition: Edition, outcome| EditionResult {
            edition,
            file: format!("dist/a.{}", edition.name()).into(),
            outcome,
            findings: Vec::new(),
        };
        let written = || Outcome::Written(WrittenFile { size: 1, sha256: String::new() });
        let folder = Path::new("dist");
        let to_open = |editions: &[EditionResult]| to_open(editions, folder, OfflineForm::Zip);
        let failed = result(Edition::Print, Outcome::Failed);
        assert_eq!(to_open(std::slice::from_ref(&failed)), None);
        let epub = result(Edition::Epub, written());
        let one = [failed.clone(), epub.clone()];
        assert_eq!(to_open(&one), Some("dist/a.epub".into()));
        let two = [failed, epub, result(Edition::Screen, written())];
        assert_eq!(to_open(&two), Some(folder.into()));
    }

    #[test]
    fn the_offline_edition_is_opened_where_a_browser_can_open_it() {
        let offline = [EditionResult {
            edition: Edition::Offline,
            file: "dist/a-offline".into(),
            outcome: Outcome::Written(WrittenFile { size: 1, sha256: String::new() }),
            findings: Vec::new(),
        }];
        let opened = |form| to_open(&offline, Path::new("dist"), form).unwrap();
        assert_eq!(opened(OfflineForm::Zip), Path::new("dist"));
        assert_eq!(opened(OfflineForm::Folder), Path::new("dist/a-offline/index.html"));
        assert_eq!(opened(OfflineForm::File), Path::new("dist/a-offline"));
    }

    #[test]
    fn a_result_has_a_file_an_extent_a_size_and_a_time() {
        let file = |size| WrittenFile { size, sha256: String::new() };
        assert_eq!(
            result_line(
                "dist/a.epub",
                &counted(1, "picture"),
                &file(4_100_000),
                Some(Duration::from_millis(412))
            ),
            "dist/a.epub  1 picture  4.1 MB  0.4 s"
        );
        assert_eq!(
            result_line("a.epub", &counted(2, "picture"), &file(900), None),
            "a.epub  2 pictures  900 B  unchanged"
        );
    }
}
