//! The command line: parses the arguments, runs a command, and returns the exit code.
//!
//! Every command adds its findings to a [`Report`]. Results are written to standard output,
//! messages to standard error, and a panic anywhere becomes a finding.

mod args;
mod commands;
mod environment;
mod hints;
mod interrupt;
mod machine;
mod panics;
mod report;
mod terminal;
mod text;

use std::io;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use crate::build::RunningBuild;
use crate::finding::Finding;

use args::{Args, Command};
use commands::{build, check, completions, explain, init, man, preview, printers, schema};
use report::Report;
use terminal::{Stream, Terminal};

/// There are errors.
const PROBLEMS: u8 = 1;
/// The arguments are invalid.
const USAGE: u8 = 2;

/// Runs the command that the arguments ask for.
pub fn run() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let error = hints::with_hint(error, Args::command());
            // Help and version come as errors too. Their output may be a broken pipe.
            let _ = error.print();
            return if error.use_stderr() { USAGE.into() } else { ExitCode::SUCCESS };
        }
    };
    let mut terminal = Terminal::new(args.color, args.verbosity());
    let mut report = Report::new(args.format(), args.denies_warnings(), args.all_findings());
    let running = RunningBuild::default();
    interrupt::handle(running.clone(), args.command.is_server());
    let result = panics::catch_panic(|| {
        command(&args.command, running, &mut terminal, &mut report)?;
        report.close(&mut terminal)
    });
    match result {
        Ok(Ok(())) => report.exit_code(),
        Ok(Err(error)) => {
            terminal.message(format_args!("recto: cannot write to standard output: {error}"));
            PROBLEMS.into()
        }
        Err(panic) => report_panic(panic, &mut terminal, report),
    }
}

fn command(
    command: &Command,
    running: RunningBuild,
    terminal: &mut Terminal,
    report: &mut Report,
) -> io::Result<()> {
    match command {
        Command::Init(args) => init::run(args, terminal, report),
        Command::Check(args) => {
            check::run(args, terminal, report);
            Ok(())
        }
        Command::Build(args) => build::run(args, running, terminal, report),
        Command::Preview(args) => preview::run(args, &running, terminal, report),
        Command::Explain(args) => explain::run(args, Terminal::width(Stream::Out), terminal.out()),
        Command::Printers(args) => {
            printers::run(args, Terminal::width(Stream::Out), terminal.out())
        }
        Command::Schema(args) => schema::run(args, terminal.out()),
        Command::Completions { shell } => completions::run(*shell, terminal.out()),
        Command::Man => man::run(terminal.out()),
    }
}

/// Shows the findings from before the panic too, in the requested format.
fn report_panic(panic: Finding, terminal: &mut Terminal, mut report: Report) -> ExitCode {
    report.add(panic);
    let result = panics::catch_panic(|| report.close(terminal));
    if !matches!(result, Ok(Ok(()))) {
        terminal.message("recto: internal error, and another one while reporting it");
    }
    PROBLEMS.into()
}

impl Report {
    fn exit_code(&self) -> ExitCode {
        if self.failed() { PROBLEMS.into() } else { ExitCode::SUCCESS }
    }
}
