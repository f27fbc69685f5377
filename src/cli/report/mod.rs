//! Collects findings and prints them.

mod groups;
pub(super) mod json;
mod snippet;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::finding::{Code, Finding, Severity};
use crate::model::EditionSet;

use crate::cli::args::MessageFormat;
use crate::cli::terminal::{Stream, Terminal, Verbosity};
use crate::cli::text::{counted, display_path, visible};
use groups::Group;
use json::JsonReport;
use snippet::SourceLine;

/// The findings of a command, in the order in which they were added.
#[derive(Debug)]
pub(super) struct Report {
    format: MessageFormat,
    denies_warnings: bool,
    /// Where findings are written: they are the result of a check, but messages of a build.
    stream: Stream,
    /// The folder that printed paths are relative to: the current one.
    base: PathBuf,
    findings: Vec<Finding>,
    sources: BTreeMap<PathBuf, String>,
    shown: usize,
    summary: Summary,
    /// Whether findings of the same cause are shown one by one.
    all: bool,
    /// What is printed after everything else.
    last_lines: Vec<String>,
    /// How large the book is, which is said before the number of findings.
    extent: Option<String>,
}

/// What is printed after the last finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Summary {
    /// The number of findings, if there are any.
    IfAny,
    /// The number of findings, or that there are none.
    Always,
    /// Nothing: the command checks nothing.
    None,
}

impl Report {
    pub(super) fn new(format: MessageFormat, denies_warnings: bool, all: bool) -> Self {
        Self {
            all,
            last_lines: Vec::new(),
            extent: None,
            format,
            denies_warnings,
            stream: Stream::Err,
            base: PathBuf::new(),
            findings: Vec::new(),
            sources: BTreeMap::new(),
            shown: 0,
            summary: Summary::None,
        }
    }

    /// Sets the folder that printed paths are relative to.
    pub(super) fn set_base(&mut self, base: PathBuf) {
        self.base = base;
    }

    /// The findings are messages beside the results of a build.
    pub(super) fn accompanies_build(&mut self) {
        self.summary = Summary::IfAny;
    }

    /// The findings are the result of the command, even if there are none.
    pub(super) fn is_the_result(&mut self) {
        self.stream = Stream::Out;
        self.summary = Summary::Always;
    }

    /// Sets how large the book is: `61 photos, 74 pages`.
    pub(super) fn set_extent(&mut self, extent: String) {
        self.extent = Some(extent);
    }

    pub(super) fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    pub(super) fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
    }

    /// Adds the texts that locations point into.
    pub(super) fn sources(&mut self, sources: BTreeMap<PathBuf, String>) {
        self.sources.extend(sources);
    }

    pub(super) fn base(&self) -> &Path {
        &self.base
    }

    /// Whether the findings are printed as one JSON object, so that nothing else may be written
    /// to standard output.
    pub(super) fn is_json(&self) -> bool {
        self.format == MessageFormat::Json
    }

    /// Whether there is a finding that makes the command fail.
    pub(super) fn failed(&self) -> bool {
        self.findings.iter().any(|finding| self.counts_as_error(finding))
    }

    /// Whether warnings count as errors.
    pub(super) fn denies_warnings(&self) -> bool {
        self.denies_warnings
    }

    fn counts_as_error(&self, finding: &Finding) -> bool {
        match finding.severity {
            Severity::Error => true,
            Severity::Warning => self.denies_warnings,
            Severity::Note => false,
        }
    }

    /// Prints the findings that have not been printed yet. A JSON object is printed at the end.
    pub(super) fn show(&mut self, terminal: &mut Terminal) -> io::Result<()> {
        if self.format == MessageFormat::Json {
            return Ok(());
        }
        let verbosity = terminal.verbosity();
        let width = Terminal::width(self.stream);
        let out = terminal.stream(self.stream);
        let findings = self.findings[self.shown..]
            .iter()
            .filter(|finding| verbosity > Verbosity::Quiet || self.counts_as_error(finding));
        match self.format {
            MessageFormat::Short => findings.into_iter().try_for_each(|it| self.short(it, out))?,
            MessageFormat::Human | MessageFormat::Json => {
                let groups =
                    if self.all { Group::each(findings) } else { Group::collect(findings) };
                groups.iter().try_for_each(|group| self.human(group, width, out))?;
            }
        }
        self.shown = self.findings.len();
        out.flush()
    }

    /// Prints the remaining findings and the summary.
    pub(super) fn close(&mut self, terminal: &mut Terminal) -> io::Result<()> {
        if self.summary == Summary::None && self.findings.is_empty() && self.last_lines.is_empty() {
            return Ok(());
        }
        if self.format == MessageFormat::Json {
            JsonReport::new(&self.findings, &self.base).write(&mut terminal.out())?;
            return self.write_last_lines(terminal, Stream::Err);
        }
        self.show(terminal)?;
        let has_summary = !self.findings.is_empty() || self.summary == Summary::Always;
        if terminal.verbosity() > Verbosity::Quiet && has_summary {
            let counts = self.counts();
            match &self.extent {
                Some(extent) => terminal.message(format_args!("{extent}: {counts}")),
                None => terminal.message(counts),
            }
            // Not in a log, where nobody can run it.
            if let Some(code) = self.most_severe().filter(|_| Terminal::is_interactive()) {
                terminal.message(format_args!("`recto explain {code}` says more about a finding"));
            }
        }
        self.write_last_lines(terminal, Stream::Out)
    }

    /// Adds a line to be printed after everything else.
    pub(super) fn last_line(&mut self, line: String) {
        self.last_lines.push(line);
    }

    fn write_last_lines(&self, terminal: &mut Terminal, stream: Stream) -> io::Result<()> {
        if terminal.verbosity() == Verbosity::Quiet {
            return Ok(());
        }
        let out = terminal.stream(stream);
        self.last_lines.iter().try_for_each(|line| writeln!(out, "{}", visible(line)))?;
        out.flush()
    }

    /// The errors that stop an edition, or any of several: `1 error`, `1 error, 2 denied warnings`;
    /// empty if there are none.
    pub(super) fn errors_of(&self, editions: impl Into<EditionSet>) -> String {
        let editions = editions.into();
        let concerned =
            self.findings.iter().filter(|finding| finding.editions.intersects(editions));
        let (errors, warnings): (Vec<_>, Vec<_>) = concerned
            .filter(|finding| self.counts_as_error(finding))
            .partition(|finding| finding.severity == Severity::Error);
        let counts = [(errors.len(), "error"), (warnings.len(), "denied warning")];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        counts.map(|(count, noun)| counted(count, noun)).collect::<Vec<_>>().join(", ")
    }

    /// The code of the first error, or else of the first warning.
    fn most_severe(&self) -> Option<Code> {
        let of = |severity| self.findings.iter().find(|finding| finding.severity == severity);
        of(Severity::Error).or_else(|| of(Severity::Warning)).map(|finding| finding.code)
    }

    fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// `2 errors, 1 warning`.
    fn counts(&self) -> String {
        let counts = [
            (self.count(Severity::Error), "error", ""),
            (
                self.count(Severity::Warning),
                "warning",
                if self.denies_warnings { " (denied)" } else { "" },
            ),
            (self.count(Severity::Note), "note", ""),
        ];
        let parts: Vec<String> = counts
            .iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, name, remark)| {
                let s = if *count == 1 { "" } else { "s" };
                format!("{count} {name}{s}{remark}")
            })
            .collect();
        if parts.is_empty() { "no problems found".to_owned() } else { parts.join(", ") }
    }

    fn human(&self, group: &Group<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
        let source = group.first.at.as_ref().map(|at| SourceLine {
            file: display_path(&at.file, &self.base),
            line: usize::try_from(at.line)
                .ok()
                .and_then(|line| self.sources.get(&at.file)?.lines().nth(line.checked_sub(1)?)),
        });
        let (others, more) = group.shown();
        let mut places: Vec<String> =
            others.iter().map(|other| self.place(other, group.first)).collect();
        if more > 0 {
            places.push(format!("{more} more; --all-findings shows each"));
        }
        snippet::draw(group.first, source.as_ref(), &places, width, out)
    }

    /// Another finding of the same cause: its message, place and help, as far as they differ.
    fn place(&self, finding: &Finding, first: &Finding) -> String {
        let at =
            finding.at.as_ref().filter(|_| finding.at != first.at).map(|at| {
                format!("{}:{}:{}", display_path(&at.file, &self.base), at.line, at.column)
            });
        let page = finding.page.as_ref().filter(|_| finding.page != first.page);
        let place: Vec<String> =
            at.into_iter().chain(page.map(|page| format!("page {page}"))).collect();
        let line = match (finding.message == first.message, place.is_empty()) {
            (true, false) => place.join(", "),
            (_, true) => finding.message.clone(),
            (false, false) => format!("{} ({})", finding.message, place.join(", ")),
        };
        match &finding.help {
            Some(help) if groups::has_other_words(help, first.help.as_deref()) => {
                format!("{line}; {help}")
            }
            _ => line,
        }
    }

    /// `book.yaml:14:12: error[photo-missing]: message (help)`.
    fn short(&self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        if let Some(at) = &finding.at {
            let path = visible(&display_path(&at.file, &self.base));
            write!(out, "{path}:{}:{}: ", at.line, at.column)?;
        }
        let one_line = |text: &str| visible(text).replace('\n', " ");
        let (severity, code) = (finding.severity, finding.code);
        write!(out, "{severity}[{code}]: {}", one_line(&finding.message))?;
        if let Some(help) = &finding.help {
            write!(out, " ({})", one_line(help))?;
        }
        writeln!(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(denies_warnings: bool, findings: Vec<Finding>) -> Report {
        Report { findings, ..Report::new(MessageFormat::Short, denies_warnings, false) }
    }

    #[test]
    fn the_summary_omits_severities_without_findings() {
        let found = [Code::PhotoMissing, Code::TextMissing, Code::AltMissing]
            .map(|code| Finding::new(code, ""))
            .to_vec();
        assert_eq!(report(false, found.clone()).counts(), "2 errors, 1 warning");
        assert_eq!(report(true, found).counts(), "2 errors, 1 warning (denied)");
        assert_eq!(report(true, Vec::new()).counts(), "no problems found");
    }
}
