//! Findings, gathered and told.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::finding::{Finding, Severity};

use super::args::Format;
use super::json::JsonReport;
use super::snippet::{self, Source};
use super::terminal::{Stream, Terminal, Verbosity};

/// All that a command found, in the order in which it was found.
#[derive(Debug)]
pub(super) struct Report {
    format: Format,
    denies_warnings: bool,
    /// Where findings go: they are the result of a check, but messages of a build.
    stream: Stream,
    /// Paths are told from here; that is where the reader is.
    base: PathBuf,
    findings: Vec<Finding>,
    sources: BTreeMap<PathBuf, String>,
    shown: usize,
    closing: Closing,
}

/// What is said after the last finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closing {
    /// The counts, if there is anything to count.
    Counts,
    /// The counts, and that there are none.
    EvenNone,
    /// Nothing: the command does not judge.
    Nothing,
}

impl Report {
    pub(super) fn new(format: Format, denies_warnings: bool) -> Self {
        Self {
            format,
            denies_warnings,
            stream: Stream::Err,
            base: PathBuf::new(),
            findings: Vec::new(),
            sources: BTreeMap::new(),
            shown: 0,
            closing: Closing::Nothing,
        }
    }

    /// Says where the reader is, from where paths are told.
    pub(super) fn set_base(&mut self, base: PathBuf) {
        self.base = base;
    }

    /// The findings are told while something else is made.
    pub(super) fn accompanies(&mut self) {
        self.closing = Closing::Counts;
    }

    /// The findings are the result of the command, and even none is one.
    pub(super) fn is_the_result(&mut self) {
        self.stream = Stream::Out;
        self.closing = Closing::EvenNone;
    }

    pub(super) fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    pub(super) fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
    }

    /// The texts that locations point into.
    pub(super) fn sources(&mut self, sources: BTreeMap<PathBuf, String>) {
        self.sources.extend(sources);
    }

    pub(super) fn base(&self) -> &Path {
        &self.base
    }

    /// Whether the findings are told as one object, so that nothing else may go to
    /// standard output.
    pub(super) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Whether something was found that makes the command fail.
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

    /// Tells what has not been told yet, so that it is read while the work goes on; an
    /// object is told when it is complete.
    pub(super) fn show(&mut self, terminal: &mut Terminal) -> io::Result<()> {
        if self.format == Format::Json {
            return Ok(());
        }
        let verbosity = terminal.verbosity();
        let width = Terminal::width(self.stream);
        let out = terminal.stream(self.stream);
        for finding in &self.findings[self.shown..] {
            if verbosity == Verbosity::Quiet && !self.counts_as_error(finding) {
                continue;
            }
            match self.format {
                Format::Short => self.short(finding, out)?,
                Format::Human | Format::Json => self.human(finding, width, out)?,
            }
        }
        self.shown = self.findings.len();
        out.flush()
    }

    /// Tells the rest, and counts.
    pub(super) fn close(&mut self, terminal: &mut Terminal) -> io::Result<()> {
        if self.closing == Closing::Nothing && self.findings.is_empty() {
            return Ok(());
        }
        if self.format == Format::Json {
            return JsonReport::new(&self.findings, &self.base).write(&mut terminal.out());
        }
        self.show(terminal)?;
        let says_something = !self.findings.is_empty() || self.closing == Closing::EvenNone;
        if terminal.verbosity() > Verbosity::Quiet && says_something {
            terminal.say(self.tally());
        }
        Ok(())
    }

    fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// `2 errors, 1 warning`.
    fn tally(&self) -> String {
        let counts = [
            (self.count(Severity::Error), "error", ""),
            (
                self.count(Severity::Warning),
                "warning",
                if self.denies_warnings { " (denied)" } else { "" },
            ),
            (self.count(Severity::Note), "note", ""),
        ];
        let told: Vec<String> = counts
            .iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, name, aside)| {
                let s = if *count == 1 { "" } else { "s" };
                format!("{count} {name}{s}{aside}")
            })
            .collect();
        if told.is_empty() { "no problems found".to_owned() } else { told.join(", ") }
    }

    fn human(&self, finding: &Finding, width: usize, out: &mut dyn Write) -> io::Result<()> {
        let source = finding.at.as_ref().map(|at| Source {
            file: display_path(&at.file, &self.base),
            line: usize::try_from(at.line)
                .ok()
                .and_then(|line| self.sources.get(&at.file)?.lines().nth(line.checked_sub(1)?)),
        });
        snippet::draw(finding, source.as_ref(), width, out)
    }

    /// `book.yaml:14:12: error[photo-missing]: message (help)`.
    fn short(&self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        if let Some(at) = &finding.at {
            write!(out, "{}:{}:{}: ", display_path(&at.file, &self.base), at.line, at.column)?;
        }
        let one_line = |text: &str| snippet::visible(text).replace('\n', " ");
        let (severity, code) = (finding.severity, finding.code);
        write!(out, "{severity}[{code}]: {}", one_line(&finding.message))?;
        if let Some(help) = &finding.help {
            write!(out, " ({})", one_line(help))?;
        }
        writeln!(out)
    }
}

/// A path as it is told: from `base` when it lies below, with `/` everywhere.
pub(super) fn display_path(path: &Path, base: &Path) -> String {
    let near = path.strip_prefix(base).unwrap_or(path);
    let near = near.strip_prefix(".").unwrap_or(near);
    let told = near.to_string_lossy();
    if cfg!(windows) { told.replace('\\', "/") } else { told.into_owned() }
}

#[cfg(test)]
mod tests {
    use crate::finding::Code;

    use super::*;

    fn report(denies_warnings: bool, findings: Vec<Finding>) -> Report {
        Report { findings, ..Report::new(Format::Short, denies_warnings) }
    }

    #[test]
    fn the_tally_leaves_out_what_there_is_none_of() {
        let found = [Code::PhotoMissing, Code::TextMissing, Code::AltMissing]
            .map(|code| Finding::new(code, ""))
            .to_vec();
        assert_eq!(report(false, found.clone()).tally(), "2 errors, 1 warning");
        assert_eq!(report(true, found).tally(), "2 errors, 1 warning (denied)");
        assert_eq!(report(true, Vec::new()).tally(), "no problems found");
    }
}
